"""Several of a list: Space sets and removes the mark, Enter takes what is marked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.dialoge.dialog import Abbrechen, Dialog
from sozialtool.tui.text import Schrift, klar


class HakenSetzen(Befehl):
    """Setzt das Kreuz in der markierten Zeile oder nimmt es weg."""

    titel = "Ankreuzen"
    taste = "space"
    kurz = "ankreuzen"
    vorrang = True


class HakenNehmen(Befehl):
    """Nimmt an, was angekreuzt ist."""

    titel = "Übernehmen"
    taste = "enter"
    kurz = "übernehmen"
    vorrang = True


class Haken(Dialog[frozenset[str]]):
    """Ask which of some things; the result is the keys of those that are marked, or None for Esc."""

    BEFEHLE: ClassVar[Befehle] = (HakenSetzen, HakenNehmen, Abbrechen)
    BINDINGS: ClassVar[list[BindingType]] = bindings((HakenSetzen, HakenNehmen))

    def __init__(self, titel: str, text: str, worte: Mapping[str, str], gewaehlt: Collection[str]) -> None:
        """Take key → word in their order, and the keys that are marked at the beginning."""
        super().__init__(titel)
        self._text = text
        self._worte = dict(worte)
        self._gewaehlt = set(gewaehlt)

    def inhalt(self) -> ComposeResult:
        """Lay out text and list."""
        yield Schrift(self._text)
        yield OptionList(*(Option(self._zeile(key), id=key) for key in self._worte), id="antworten")

    def on_mount(self) -> None:
        """Begin in the first line."""
        liste = self.query_one(OptionList)
        liste.highlighted = 0
        liste.focus()

    def _zeile(self, key: str) -> Content:
        return klar(f"[{'x' if key in self._gewaehlt else ' '}] {self._worte[key]}")

    def action_haken_setzen(self) -> None:
        """Set or remove the mark of the highlighted line."""
        liste = self.query_one(OptionList)
        if liste.highlighted is not None:
            key = list(self._worte)[liste.highlighted]
            self._gewaehlt ^= {key}
            liste.replace_option_prompt(key, self._zeile(key))

    def on_option_list_option_selected(self, ereignis: OptionList.OptionSelected) -> None:
        """Treat a click like Space."""
        ereignis.stop()
        self.action_haken_setzen()

    def action_haken_nehmen(self) -> None:
        """Close with what is marked."""
        self.dismiss(frozenset(self._gewaehlt))
