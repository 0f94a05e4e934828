"""The two lines at the top: which town, which year; and where one is."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from sozialtool.tui.text import Schrift, klar, saeubern, satz

BEREICHE: tuple[tuple[str, str, str], ...] = (
    ("f2", "ueberblick", "Überblick"),
    ("f3", "raeume", "Räume"),
    ("f4", "indikatoren", "Indikatoren"),
    ("f5", "daten", "Daten"),
    ("f6", "monitoring", "Monitor."),
    ("f7", "planung", "Planung"),
    ("f8", "ausgabe", "Ausgabe"),
)
"""Key, name of the mode, word in the line of areas (together 80 cells)."""

_GANZ = 80
"""Cells that all words need."""


class Kopf(Widget):
    """Head of every screen."""

    def __init__(self, bereich: str, titel: str = "") -> None:
        super().__init__()
        self._bereich = bereich
        self._titel = titel

    def compose(self) -> ComposeResult:
        """Lay out name, place and areas."""
        with Horizontal(id="kopfzeile"):
            yield Schrift(" sozialtool", id="marke")
            yield Schrift(self._titel, id="ort")
            yield Schrift("F1 Hilfe ", id="hilfehinweis")
        if self._bereich:
            yield Schrift(self._bereichszeile(), id="bereiche")

    def on_resize(self) -> None:
        """Where the words do not fit, the keys alone stand there, and the word of the place one is at."""
        if self._bereich:
            self.query_one("#bereiche", Schrift).schreibe(self._bereichszeile(schmal=self.size.width < _GANZ))

    def zeige_ort(self, titel: str) -> None:
        """Say which project is open."""
        self._titel = saeubern(titel)
        self.query_one("#ort", Schrift).schreibe(self._titel)

    def _bereichszeile(self, *, schmal: bool = False) -> Content:
        teile: list[Content] = []
        for taste, bereich, wort in BEREICHE:
            hier = bereich == self._bereich
            text = satz((taste.upper(), "bold"), "" if schmal and not hier else f" {wort}")
            klick = Style.from_meta({"@click": f"app.gehe('{bereich}')"})
            # No link where one is already: Textual's link colours would hide the mark.
            teile += [klar(" "), text.stylize("bold $kopftinte on $kopf") if hier else text.stylize(klick)]
        return Content.assemble(*teile)
