"""One area over the years: small pictures of all Indikatoren, with the word of the trend test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from sozialtool.ablauf.werte import Monitoring
from sozialtool.fach.auswertung import Auswertung
from sozialtool.fach.raum import Gebiet
from sozialtool.tui.befehle import Befehl, Befehle
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.teile import kleinebilder
from sozialtool.tui.text import Schrift


class NaechstesGebiet(Befehl):
    """Zeigt das nächste Gebiet; ← das vorige."""

    titel = "Nächstes Gebiet"
    taste = "right"
    kurz = "nächstes Gebiet"


class EntwicklungSeite(Seite[None]):
    """Small multiples of one area."""

    CSS_PATH = "auswertung.tcss"
    TITEL = "Entwicklung"
    HILFE = (
        "Je Indikator zwei kleine Reihen: oben das Gebiet, darunter die Stadt, Quoten auf derselben Skala; links der erste, rechts der neueste "
        "Wert. ≠ ist ein Bruch in der Definition, eine Lücke ein fehlender oder geheimer Wert. „steigt“ und „sinkt“ stehen nur da, "
        "wo mindestens drei vergleichbare Jahre eine Richtung haben, die Zufall allein kaum erklärt."
    )
    BEFEHLE: ClassVar[Befehle] = (NaechstesGebiet, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "naechstes_gebiet(1)", "Nächstes", show=False, priority=True),
        Binding("left", "naechstes_gebiet(-1)", "Voriges", show=False, priority=True),
    ]

    def __init__(self, monitoring: Monitoring, auswertungen: Sequence[Auswertung], gebiet: Gebiet) -> None:
        super().__init__(gebiet.name)
        self._monitoring = monitoring
        self._auswertungen = tuple(auswertungen)
        self._gebiet = gebiet

    def inhalt(self) -> ComposeResult:
        """Lay out one scrolling text."""
        with VerticalScroll(id="bilder"):
            yield Schrift("")

    def on_mount(self) -> None:
        """Draw and take the keys for scrolling."""
        self._zeichne()
        self.query_one("#bilder").focus()

    def on_resize(self, ereignis: events.Resize) -> None:
        """Draw for the new width."""
        del ereignis
        self._zeichne()

    def _zeichne(self) -> None:
        monitoring, gebiet = self._monitoring, self._gebiet
        erstes, letztes = monitoring.jahre[0], monitoring.jahr
        self.query_one(".seitentitel", Schrift).schreibe(f"{gebiet.name} · Entwicklung {erstes} bis {letztes}")
        breite = max(self.size.width - 4, kleinebilder.BREITE)
        bild = kleinebilder.zeichne(monitoring, self._auswertungen, gebiet, monitoring.handlungsfelder, breite)
        self.query_one("#bilder Schrift", Schrift).schreibe(bild)

    def action_naechstes_gebiet(self, um: int = 1) -> None:
        """Show the next area."""
        gebiete = [g for g in self._monitoring.gebiete if not g.ist_rest]
        stelle = gebiete.index(self._gebiet) if self._gebiet in gebiete else 0
        self._gebiet = gebiete[(stelle + um) % len(gebiete)]
        self._zeichne()
        self.query_one("#bilder").scroll_home(animate=False)
