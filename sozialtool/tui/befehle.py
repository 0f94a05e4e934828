"""One command = one small class; key line, palette and F1 help all read the same tuple of a screen.

The docstring of a command is its help text for the planner and therefore German.
"""

from __future__ import annotations

import inspect
import re
from typing import ClassVar

from textual.binding import Binding, BindingType


class Befehl:
    """One command. Its docstring is what F1 says about it."""

    titel: ClassVar[str] = ""
    """Name in palette and help: "Neuen Stand eintragen"."""
    taste: ClassVar[str] = ""
    """Key in Textual's notation; empty: palette only."""
    kurz: ClassVar[str] = ""
    """Word in the key line; empty: not shown there."""
    vorrang: ClassVar[bool] = False
    """Whether the key works also while a widget with the focus knows it."""

    @classmethod
    def aktion(cls) -> str:
        """Name of the action: class `NeuerStand` → "neuer_stand"."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def hilfe(cls) -> str:
        """Help text, one paragraph."""
        return " ".join(inspect.cleandoc(cls.__doc__ or "").split())


Befehle = tuple[type[Befehl], ...]


def bindings(befehle: Befehle) -> list[BindingType]:
    """Make Textual's key bindings of the commands."""
    return [
        Binding(befehl.taste, befehl.aktion(), befehl.titel, show=False, priority=befehl.vorrang)
        for befehl in befehle
        if befehl.taste
    ]
