"""Ctrl+P: every command by name. Typing filters; German, and without the symbols of Textual's own palette."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import attrs
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from sozialtool.tui.befehle import Befehl, Befehle
from sozialtool.tui.deutsch import NICHTS_GEFUNDEN, taste_lang
from sozialtool.tui.dialoge.dialog import Abbrechen, Dialog, Uebernehmen
from sozialtool.tui.text import klar, satz


@attrs.frozen
class Ruf:
    """A command and the namespace in which its action lives."""

    raum: str
    befehl: type[Befehl]

    @property
    def aktion(self) -> str:
        """The action as Textual calls it."""
        return f"{self.raum}.{self.befehl.aktion()}"


class Palette(Dialog[Ruf]):
    """Choose a command; the result is the command, or None for Esc."""

    BEFEHLE: ClassVar[Befehle] = (Uebernehmen, Abbrechen)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "rueck(1)", "weiter", show=False),
        Binding("up", "rueck(-1)", "zurück", show=False),
        Binding("pagedown", "rueck(8)", "weiter", show=False),
        Binding("pageup", "rueck(-8)", "zurück", show=False),
    ]

    def __init__(self, rufe: Sequence[Ruf]) -> None:
        super().__init__("Befehle")
        self._rufe = tuple(rufe)
        self._treffer = self._rufe

    def inhalt(self) -> ComposeResult:
        """Lay out the search line and the commands."""
        yield Input(placeholder="Name des Befehls …", id="suche", compact=True)
        yield OptionList(id="treffer")

    def on_mount(self) -> None:
        """Show everything."""
        self._zeige("")
        self.query_one("#treffer").can_focus = False
        self.query_one(Input).focus()

    def on_input_changed(self, ereignis: Input.Changed) -> None:
        """Filter by what was typed."""
        self._zeige(ereignis.value)

    def _zeige(self, suche: str) -> None:
        worte = suche.casefold().split()
        self._treffer = tuple(ruf for ruf in self._rufe if all(wort in _suchtext(ruf) for wort in worte))
        liste = self.query_one("#treffer", OptionList)
        liste.clear_options()
        liste.add_options([_option(ruf) for ruf in self._treffer] or [Option(klar(NICHTS_GEFUNDEN), disabled=True)])
        liste.highlighted = 0 if self._treffer else None

    def action_rueck(self, um: int) -> None:
        """Move the mark."""
        liste = self.query_one("#treffer", OptionList)
        if self._treffer:
            liste.highlighted = max(0, min(len(self._treffer) - 1, (liste.highlighted or 0) + um))

    def on_input_submitted(self) -> None:
        """Take the marked command."""
        self.action_uebernehmen()

    def on_option_list_option_selected(self, ereignis: OptionList.OptionSelected) -> None:
        """Take the clicked command."""
        if self._treffer:
            self.dismiss(self._treffer[ereignis.option_index])

    def action_uebernehmen(self) -> None:
        """Close with the marked command."""
        stelle = self.query_one("#treffer", OptionList).highlighted
        if stelle is not None and self._treffer:
            self.dismiss(self._treffer[stelle])


def _suchtext(ruf: Ruf) -> str:
    return f"{ruf.befehl.titel} {ruf.befehl.hilfe()}".casefold()


def _option(ruf: Ruf) -> Option:
    return Option(satz((f"{taste_lang(ruf.befehl.taste):<12}", ""), (ruf.befehl.titel, "bold")))
