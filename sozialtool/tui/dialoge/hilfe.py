"""F1: what this place is for, and every command with its key; read from the same tuple as the key line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll

from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.deutsch import taste_lang
from sozialtool.tui.dialoge.dialog import Dialog
from sozialtool.tui.text import UMBRUCH, Schrift, satz


class Schliessen(Befehl):
    """Schließt die Hilfe."""

    titel = "Schließen"
    taste = "escape,f1,enter"
    kurz = "schließen"


class Hilfe(Dialog[bool]):
    """Help for the place where one is."""

    BEFEHLE: ClassVar[Befehle] = (Schliessen,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE)

    def __init__(self, titel: str, text: str, gruppen: Sequence[tuple[str, Befehle]]) -> None:
        super().__init__(titel)
        self._text = text
        self._gruppen = gruppen

    def inhalt(self) -> ComposeResult:
        """Lay out the text and the commands in groups."""
        with VerticalScroll(id="hilfetext"):
            yield Schrift(self._text)
            for ueberschrift, befehle in self._gruppen:
                if befehle:
                    yield Schrift(ueberschrift, classes="zwischentitel")
                for befehl in befehle:
                    with Horizontal(classes="befehl"):
                        yield Schrift(taste_lang(befehl.taste) or "Strg+P", classes="befehlstaste")
                        yield Schrift(satz((befehl.titel, "bold"), UMBRUCH, befehl.hilfe()), classes="befehlstext")

    def on_resize(self) -> None:
        """Scroll what the screen has no room for."""
        self.begrenze(self.query_one("#hilfetext"), 0)

    def action_schliessen(self) -> None:
        """Close."""
        self.dismiss(None)
