"""Choose one of many by typing: Merkmale, Gebiete, signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from sozialtool.tui.befehle import Befehle
from sozialtool.tui.deutsch import NICHTS_GEFUNDEN
from sozialtool.tui.dialoge.dialog import Abbrechen, Dialog, Uebernehmen
from sozialtool.tui.text import klar

HOECHSTENS = 200


class Suche(Dialog[str]):
    """The result is the key of the chosen name, or None for Esc."""

    BEFEHLE: ClassVar[Befehle] = (Uebernehmen, Abbrechen)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "rueck(1)", "weiter", show=False),
        Binding("up", "rueck(-1)", "zurück", show=False),
        Binding("pagedown", "rueck(8)", "weiter", show=False),
        Binding("pageup", "rueck(-8)", "zurück", show=False),
    ]
    PLATZHALTER: ClassVar[str] = "tippen grenzt ein …"

    def __init__(self, titel: str, namen: Mapping[str, str]) -> None:
        super().__init__(titel)
        self._namen = dict(namen)
        self._treffer: Sequence[str] = ()

    def inhalt(self) -> ComposeResult:
        """Lay out the search line and the names."""
        yield Input(placeholder=self.PLATZHALTER, id="suche", compact=True)
        yield OptionList(id="treffer")

    def on_mount(self) -> None:
        """Show everything."""
        self._zeige("")
        self.query_one("#treffer").can_focus = False
        self.query_one(Input).focus()

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
        self._treffer = passend[:HOECHSTENS]
        liste = self.query_one("#treffer", OptionList)
        liste.clear_options()
        liste.add_options([self.option(s) for s in self._treffer] or [Option(klar(NICHTS_GEFUNDEN), disabled=True)])
        liste.highlighted = 0 if self._treffer else None

    def action_rueck(self, um: int) -> None:
        """Move the mark."""
        liste = self.query_one("#treffer", OptionList)
        if self._treffer:
            liste.highlighted = max(0, min(len(self._treffer) - 1, (liste.highlighted or 0) + um))

    def on_input_submitted(self) -> None:
        """Take the marked name."""
        self.action_uebernehmen()

    def on_option_list_option_selected(self, ereignis: OptionList.OptionSelected) -> None:
        """Take the clicked name."""
        if self._treffer:
            self.dismiss(self.ergebnis(self._treffer[ereignis.option_index]))

    def action_uebernehmen(self) -> None:
        """Close with the marked name."""
        stelle = self.query_one("#treffer", OptionList).highlighted
        if stelle is not None and self._treffer:
            self.dismiss(self.ergebnis(self._treffer[stelle]))
