"""One Indikator on the map of tiles: the figure of each Sozialraum, its sign against the city, and the colour that helps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from sozialtool import ablauf
from sozialtool.ablauf.werte import Monitoring
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.raum import Gebiet
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.teile import matrix
from sozialtool.tui.teile.kacheln import Beschriftung, build_kachelbild, to_stil
from sozialtool.tui.text import Schrift, satz
from sozialtool.tui.themen import lage_stil

_RUHIG = "$tinte on $band"


class NaechsterIndikator(Befehl):
    """Zeigt den nächsten Indikator auf der Karte."""

    titel = "Nächster Indikator"
    taste = "right"
    kurz = "nächster"


class VorigerIndikator(Befehl):
    """Zeigt den vorigen Indikator auf der Karte."""

    titel = "Voriger Indikator"
    taste = "left"
    kurz = "voriger"


class KachelkarteSeite(Seite[None]):
    """The map of one Indikator."""

    TITEL = "Kachelkarte"
    HILFE = (
        "Jeder Sozialraum steht ungefähr dort, wo er in der Stadt liegt. ▲ und ▼ heißen höher oder niedriger als die Stadt, "
        "doppelt: deutlich. Die Farbe sagt nur, ob das be- oder entlastet. • ist geheim. "
        "Wo die Kacheln liegen, legen Sie im Bereich Räume fest (F3, k)."
    )
    BEFEHLE: ClassVar[Befehle] = (VorigerIndikator, NaechsterIndikator, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings((VorigerIndikator, NaechsterIndikator))

    def __init__(
        self, monitoring: Monitoring, indikatoren: Sequence[Indikator], nummer: int, karte: ablauf.Kachelkarte
    ) -> None:
        super().__init__("")
        self._monitoring, self._indikatoren, self._nummer, self._karte = monitoring, tuple(indikatoren), nummer, karte

    def inhalt(self) -> ComposeResult:
        """Lay out the town's line, the map and the legend."""
        yield Schrift("", id="stadtzeile", classes="vorspann")
        with VerticalScroll():
            yield Schrift("", id="kachelbild")
        yield Schrift(
            "▲ höher · ▼ niedriger als die Stadt · doppelt: deutlich · ohne Zeichen: im Rahmen des Zufalls · • geheim",
            classes="vorspann",
        )

    def on_mount(self) -> None:
        """Show the first."""
        self.query_one(VerticalScroll).focus()
        self._zeige()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self._zeige()

    @property
    def _indikator(self) -> Indikator:
        return self._indikatoren[self._nummer]

    def _zeige(self) -> None:
        monitoring, indikator = self._monitoring, self._indikator
        self.query_one(".seitentitel", Schrift).schreibe(f"{indikator.name} · {monitoring.jahr}")
        stadt = monitoring.gebiete[0]
        wert = matrix.wert_mit_einheit(indikator, monitoring.zelle(stadt.schluessel, indikator.kennung))
        vorschlag = "   ! Die Kacheln sind noch ein Vorschlag (F3, k)." if self._karte.vorschlag else ""
        stelle = f"   {self._nummer + 1} von {len(self._indikatoren)}"
        self.query_one("#stadtzeile", Schrift).schreibe(
            satz((f"{stadt.name} {wert}", "bold"), (stelle, "$leise"), (vorschlag, "$warnung"))
        )
        bild = build_kachelbild(self._karte.reihen(), self._beschrifte, (self.size.width - 4, self.size.height - 9))
        self.query_one("#kachelbild", Schrift).schreibe(bild)

    def _beschrifte(self, gebiet: Gebiet | None, spalte: int, zeile: int) -> Beschriftung | None:
        del spalte, zeile
        if gebiet is None:
            return None
        kennzahl = self._monitoring.zelle(gebiet.schluessel, self._indikator.kennung)
        lage = (kennzahl.lage or 0) if kennzahl else 0
        stil = lage_stil(matrix.burden(self._indikator, lage), dunkel=self.app.current_theme.dark)
        return f"{matrix.wert(self._indikator, kennzahl)} {matrix.LAGE[lage]}".strip(), to_stil(stil, _RUHIG)

    def action_naechster_indikator(self) -> None:
        """Show the next Indikator."""
        self._nummer = (self._nummer + 1) % len(self._indikatoren)
        self._zeige()

    def action_voriger_indikator(self) -> None:
        """Show the one before."""
        self._nummer = (self._nummer - 1) % len(self._indikatoren)
        self._zeige()
