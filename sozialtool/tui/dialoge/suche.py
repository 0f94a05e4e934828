"""Choose one of many by typing: Merkmale, Gebiete, signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from sozialtool.tui.befehle import Befehle
from sozialtool.tui.deutsch import NICHTS_GEFUNDEN
from sozialtool.tui.dialoge.dialog import Abbrechen, Uebernehmen
from sozialtool.tui.dialoge.treffer import Trefferwahl
from sozialtool.tui.text import klar

HOECHSTENS = 200


class Suche(Trefferwahl[str]):
    """The result is the key of the chosen name, or None for Esc."""

    BEFEHLE: ClassVar[Befehle] = (Uebernehmen, Abbrechen)
    PLATZHALTER: ClassVar[str] = "tippen grenzt ein …"

    def __init__(self, titel: str, namen: Mapping[str, str]) -> None:
        super().__init__(titel)
        self._namen = dict(namen)
        self._treffer: Sequence[str] = ()

    def inhalt(self) -> ComposeResult:
        """Lay out the search line and the names."""
        yield Input(placeholder=self.PLATZHALTER, id="suche", compact=True)
        yield OptionList(id="treffer")

    def beginne(self) -> None:
        """Show everything."""
        self._zeige("")

    def on_input_changed(self, ereignis: Input.Changed) -> None:
        """Filter by what was typed."""
        self._zeige(ereignis.value)

    def suchtext(self, schluessel: str) -> str:
        """Text in which the typed words are looked for."""
        return f"{self._namen[schluessel]} {schluessel}"

    def option(self, schluessel: str) -> Option:
        """Make the line of the list."""
        return Option(klar(self._namen[schluessel]))

    def ergebnis(self, schluessel: str) -> str:
        """What the window closes with."""
        return schluessel

    def _zeige(self, suche: str) -> None:
        worte = suche.casefold().split()
        passend = [s for s in self._namen if all(wort in self.suchtext(s).casefold() for wort in worte)]
        passend.sort(key=lambda s: _rank(self._namen[s].casefold(), " ".join(worte)))
        self._treffer = passend[:HOECHSTENS]
        self.setze([self.option(s) for s in self._treffer], leer=klar(NICHTS_GEFUNDEN))

    def on_input_submitted(self) -> None:
        """Take the marked name."""
        self.action_uebernehmen()

    def on_option_list_option_selected(self, ereignis: OptionList.OptionSelected) -> None:
        """Take the clicked name."""
        if self._treffer:
            self.dismiss(self.ergebnis(self._treffer[ereignis.option_index]))

    def action_uebernehmen(self) -> None:
        """Close with the marked name."""
        if self.stelle is not None:
            self.dismiss(self.ergebnis(self._treffer[self.stelle]))


def _rank(name: str, suche: str) -> int:
    """What reads as it was typed comes first: "unter 3" is "Unter 3-Jährige", not "3- bis unter 6-Jährige"."""
    if name.startswith(suche):
        return 0
    return 1 if suche in name else 2
