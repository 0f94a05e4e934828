"""Choose what is filled into a text: every place with its value, typing narrows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widgets.option_list import Option

from sozialtool import ablauf
from sozialtool.tui.dialoge.suche import HOECHSTENS, Suche
from sozialtool.tui.text import UMBRUCH, Schrift, klar, kuerzen, satz, zahl

if TYPE_CHECKING:
    from sozialtool.ablauf.textfelder import Textfelder

_JAHR = re.compile(r"\b(?:19|20)\d\d\b")
_BREITE, _FENSTER, _RAND = 40, 110, 8
"""Cells for the place, its value stands behind; of the window (app.tcss) and of what is around its lines."""


class Platzsuche(Suche):
    """The result is the place in braces, or None for Esc."""

    HILFE = (
        "Links steht, was in den Text kommt, rechts, was heute daraus wird. Getippt wird, was darin vorkommt, in beliebiger Folge: "
        "Kennung, Wörter aus dem Namen des Indikators, der Sozialraum, die Form (Vergleich, Anzahl, Spanne, höchste). Ein Jahr dazu "
        "nimmt die Zahl dieses Jahres. Enter setzt ein, Esc lässt den Text, wie er ist."
    )
    PLATZHALTER: ClassVar[str] = "tippen grenzt ein: A07 nord vergleich 2024"

    def __init__(self, felder: Textfelder, alt: str = "") -> None:
        """Take what can be filled; `alt` is the place that is replaced."""
        plaetze = ablauf.list_plaetze(felder)
        super().__init__(
            "Einsetzen" if not alt else f"Einsetzen statt {{{kuerzen(alt, 40)}}}", {p.feld: p.was for p in plaetze}
        )
        self._plaetze = {p.feld: p for p in plaetze}
        self._felder = felder
        self._jahr = 0

    def inhalt(self) -> ComposeResult:
        """Lay out search line, places, and what the marked one means."""
        yield from super().inhalt()
        yield Schrift("", id="platzdetail", classes="klein")

    def _zeige(self, suche: str) -> None:
        """Filter by what was typed; a year is no word to look for but the one whose figures are meant."""
        jahre = _JAHR.findall(suche)
        self._jahr = int(jahre[-1]) if jahre else 0
        super()._zeige(_JAHR.sub(" ", suche))
        self._zeige_detail()

    def suchtext(self, schluessel: str) -> str:
        """Look for words in the place and in what it means."""
        return self._plaetze[schluessel].suche

    def option(self, schluessel: str) -> Option:
        """Make the line: the place and its value."""
        platz = self._plaetze[schluessel].write(self._jahr)
        frei = min(_FENSTER, int(self.app.size.width * 0.96)) - _RAND - _BREITE
        return Option(satz((f"{kuerzen(platz, _BREITE):<{_BREITE}}", "bold"), kuerzen(self._value(platz)[0], frei)))

    def _value(self, platz: str) -> tuple[str, str]:
        """Return what a place becomes, and why it could not be filled."""
        gefuellt = self._felder.fill(platz)
        return gefuellt.text or "kommt unter den Text", " ".join(gefuellt.hinweise)

    def on_option_list_option_highlighted(self) -> None:
        """Say what the marked place means."""
        self._zeige_detail()

    def _zeige_detail(self) -> None:
        detail = self.query_one("#platzdetail", Schrift)
        if self.stelle is None:
            detail.schreibe("Kürzer tippen zeigt mehr. Esc geht zum Text zurück.")
            return
        platz = self._plaetze[self._treffer[self.stelle]]
        wert, hinweis = self._value(platz.write(self._jahr))
        teile = [klar(platz.was), klar(hinweis or wert, "$tinte")]
        if len(self._treffer) == HOECHSTENS:
            teile.append(klar(f"{HOECHSTENS} von {zahl(len(self._namen))} gezeigt; tippen grenzt ein."))
        detail.schreibe(UMBRUCH.join(teile))

    def ergebnis(self, schluessel: str) -> str:
        """Give the place as it is written into the text."""
        return self._plaetze[schluessel].write(self._jahr)
