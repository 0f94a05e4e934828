"""Ctrl+P: every command by name. Typing filters; German, and without the symbols of Textual's own palette."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import attrs
from textual.widgets.option_list import Option

from sozialtool.tui.befehle import Befehl
from sozialtool.tui.deutsch import taste_lang
from sozialtool.tui.dialoge.suche import Suche
from sozialtool.tui.text import satz


@attrs.frozen
class Ruf:
    """A command and the namespace in which its action lives."""

    raum: str
    befehl: type[Befehl]

    @property
    def aktion(self) -> str:
        """The action as Textual calls it."""
        return f"{self.raum}.{self.befehl.aktion()}"


class Palette(Suche):
    """Choose a command; the result is its action, or None for Esc."""

    PLATZHALTER: ClassVar[str] = "Name des Befehls …"

    def __init__(self, rufe: Sequence[Ruf]) -> None:
        super().__init__("Befehle", {ruf.aktion: ruf.befehl.titel for ruf in rufe})
        self._rufe = {ruf.aktion: ruf.befehl for ruf in rufe}

    def suchtext(self, schluessel: str) -> str:
        """Look for words in name and help."""
        return f"{self._rufe[schluessel].titel} {self._rufe[schluessel].hilfe()}"

    def option(self, schluessel: str) -> Option:
        """Make the line: key and name."""
        befehl = self._rufe[schluessel]
        return Option(satz(f"{taste_lang(befehl.taste):<12}", (befehl.titel, "bold")))
