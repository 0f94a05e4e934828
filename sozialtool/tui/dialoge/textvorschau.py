"""How a text with places will read in Word, and what could not be filled in."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from sozialtool import ablauf
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.dialoge.dialog import Dialog
from sozialtool.tui.text import UMBRUCH, Schrift, klar

if TYPE_CHECKING:
    from sozialtool.ablauf.textfelder import Textfelder, Textstueck


class VorschauSchliessen(Befehl):
    """Geht zum Schreiben zurück."""

    titel = "Zurück zum Schreiben"
    taste = "escape,f5,enter"
    kurz = "zurück zum Schreiben"


class Vorschau(Dialog[bool]):
    """The filled text to read; Esc goes back."""

    HILFE = (
        "So wird der Text in Word stehen; hervorgehoben ist, was eingesetzt wurde. Was in eckigen Klammern mit Fragezeichen steht, "
        "konnte nicht eingesetzt werden; darunter steht, woran das liegt. ↑↓ und Bild↑ Bild↓ blättern."
    )
    BEFEHLE: ClassVar[Befehle] = (VorschauSchliessen,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE)

    def __init__(self, titel: str, felder: Textfelder, text: str) -> None:
        super().__init__(f"Vorschau · {titel}")
        self._bild = ablauf.preview_text(felder, text)

    def inhalt(self) -> ComposeResult:
        """Lay out the paragraphs, the footnotes, what is missing."""
        with VerticalScroll(id="vorschau"):
            for absatz, danach in zip_longest(self._bild.absaetze, self._bild.absaetze[1:]):
                anfang = klar("• " if absatz.punkt else "")
                text = Schrift(Content("").join([anfang, *map(_show, absatz.stuecke)]))
                text.set_class(absatz.punkt, "vorschaupunkt")
                text.set_class(not (absatz.punkt and danach is not None and danach.punkt), "vorschauabsatz")
                yield text
            if not self._bild.absaetze:
                yield Schrift("Hier steht noch nichts.", classes="klein")
            noten = [klar(f"[{nummer}] {note}") for nummer, note in enumerate(self._bild.noten, start=1)]
            if noten:
                yield Schrift(UMBRUCH.join(noten), classes="vorschauabsatz klein")
            for hinweis in self._bild.hinweise:
                yield Schrift(f"! {hinweis}", classes="fehler")

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one("#vorschau").focus()

    def action_vorschau_schliessen(self) -> None:
        """Close."""
        self.dismiss(None)


def _show(stueck: Textstueck) -> Content:
    stil = "bold $warnung" if stueck.offen else "bold $petrol" if stueck.feld else ""
    return klar(stueck.text, stil)
