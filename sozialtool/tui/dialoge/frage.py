"""A question with answers that say what follows; Enter takes the proposal, which stands first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

import attrs
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sozialtool.fehler import SozialtoolFehler
from sozialtool.tui.befehle import Befehl, Befehle
from sozialtool.tui.dialoge.dialog import Abbrechen, Dialog, Uebernehmen
from sozialtool.tui.teile.arbeit import is_going
from sozialtool.tui.text import UMBRUCH, Schrift, klar, satz

T = TypeVar("T")
_ANTWORTEN, _ZEICHEN, _RAND = 12, 64, 2
"""Lines of answers at most, and letters in one (app.tcss); the margin below the text, and the line that says how to read on."""


@attrs.frozen
class Antwort(Generic[T]):
    """One answer: what stands there, what it means, what follows from it."""

    text: str
    wert: T
    folge: str = ""


class Frage(Dialog[T]):
    """Ask one thing; the result is the value of the answer, or None for Esc."""

    BEFEHLE: ClassVar[Befehle] = (Uebernehmen, Abbrechen)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "rolle(1)", "Text weiter", show=False, priority=True),
        Binding("pageup", "rolle(-1)", "Text zurück", show=False, priority=True),
    ]

    def __init__(self, titel: str, text: str, antworten: Sequence[Antwort[T]], klein: str = "") -> None:
        super().__init__(titel)
        self._text = text
        self._antworten = tuple(antworten)
        self._klein = klein

    def inhalt(self) -> ComposeResult:
        """Lay out text and answers."""
        if self._text:
            with VerticalScroll(id="fragetext", can_focus=False):
                yield Schrift(self._text)
                if self._klein:
                    yield Schrift(self._klein, classes="klein")
            yield Schrift("Bild↓ Bild↑ im Text blättern", id="fragerest", classes="klein")
        yield OptionList(*(self._option(antwort) for antwort in self._antworten), id="antworten")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the keys for scrolling reach the list of answers where the text needs none."""
        del parameters
        return action != "rolle" or bool(self._text and self.query_one("#fragetext").max_scroll_y)

    def action_rolle(self, um: int) -> None:
        """Scroll a long text."""
        feld = self.query_one("#fragetext")
        feld.scroll_relative(y=um * max(feld.size.height - 1, 1), animate=False)

    def on_resize(self) -> None:
        """Say how to read on when the text is longer than its place."""
        if self._text:
            zeilen = sum(_count_zeilen(antwort) for antwort in self._antworten)
            self.begrenze(self.query_one("#fragetext"), min(zeilen, _ANTWORTEN) + _RAND)
        self.call_after_refresh(self._zeige_rest)

    def _zeige_rest(self) -> None:
        if self._text and not is_going(self):
            self.query_one("#fragerest").display = self.query_one("#fragetext").max_scroll_y > 0

    def _option(self, antwort: Antwort[T]) -> Option:
        text = klar(antwort.text)
        return Option(satz(text, UMBRUCH, f"  {antwort.folge}") if antwort.folge else text)

    def on_mount(self) -> None:
        """Put the focus on the first answer."""
        liste = self.query_one(OptionList)
        liste.highlighted = 0
        liste.focus()

    def on_option_list_option_selected(self, ereignis: OptionList.OptionSelected) -> None:
        """Close with the value of the answer."""
        ereignis.stop()
        self.dismiss(self._antworten[ereignis.option_index].wert)

    def action_uebernehmen(self) -> None:
        """Take the highlighted answer (for a click on the key line)."""
        self.query_one(OptionList).action_select()


def _count_zeilen(antwort: Antwort[T]) -> int:
    """Lines of an answer in a window of the usual width."""
    return sum(1 + len(text) // _ZEICHEN for text in (antwort.text, antwort.folge) if text)


class Weiter(Befehl):
    """Schließt die Meldung; Esc ebenso."""

    titel = "Weiter"
    taste = "enter"
    kurz = "weiter"


class Meldung(Frage[bool]):
    """A message: there is nothing to take or to break off, only to go on."""

    BEFEHLE: ClassVar[Befehle] = (Weiter,)

    def __init__(self, titel: str, text: str, klein: str = "") -> None:
        super().__init__(titel, text, [Antwort("Weiter", wert=True)], klein)

    def action_weiter(self) -> None:
        """Close (for a click on the key line)."""
        self.action_uebernehmen()


def fehler_frage(fehler: SozialtoolFehler) -> Frage[bool]:
    """Show an error: what happened, what to do, and small behind it the code."""
    text = f"{fehler.meldung}\n\n{fehler.abhilfe}" if fehler.abhilfe else fehler.meldung
    return Meldung(fehler.titel, text, klein=fehler.code)


def gesperrt_frage(fehler: SozialtoolFehler) -> Frage[bool]:
    """Say who has the project open, and offer to look at it."""
    antworten = [
        Antwort("Nur zum Lesen öffnen", wert=True, folge="Ansehen und rechnen geht; geändert werden kann nichts."),
        Antwort("Nicht öffnen", wert=False, folge="Zurück zur Auswahl."),
    ]
    return Frage(fehler.titel, f"{fehler.meldung}\n\n{fehler.abhilfe}", antworten, klein=fehler.code)


def meldung(titel: str, text: str, klein: str = "") -> Frage[bool]:
    """Show a message that waits to be read."""
    return Meldung(titel, text, klein)
