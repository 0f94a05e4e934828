"""Planning: the Bausteine 4 to 6. Goals and measures come later; what is there is shown, nothing is faked."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf.werte import BausteinZeile
from sozialtool.tui.befehle import Befehle, bindings
from sozialtool.tui.bildschirme.bereich import Bereich
from sozialtool.tui.bildschirme.ueberblick import FortschrittSetzen, NeuerStand, StandBearbeiten
from sozialtool.tui.teile import weg
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import MitDetail, Spalte, Tabelle
from sozialtool.tui.text import Schrift

_TEXT = (
    "Bedarfe, Entwicklungsziele und Maßnahmen lassen sich hier noch nicht einzeln führen. "
    "Was schon geht: den Stand der Bausteine 4 bis 6 mit Datum festhalten (n) und ihren Fortschritt setzen (Enter)."
)


class PlanungScreen(MitDetail, Bereich[tuple[BausteinZeile, ...]]):
    """Bausteine 4 to 6."""

    CSS_PATH = "planung.tcss"
    BEREICH = "planung"
    TITEL = "Planung"
    HILFE = (
        "Entwicklungsziele vereinbaren, Maßnahmen planen und umsetzen, den Prozess auswerten: die Bausteine 4 bis 6 mit "
        "ihren Inhalten. Jeder Satz mit Datum, den Sie hier eintragen, steht auch im Überblick."
    )
    BEFEHLE: ClassVar[Befehle] = (NeuerStand, StandBearbeiten, FortschrittSetzen)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE)

    def inhalt(self) -> ComposeResult:
        """Lay out the notice, the Bausteine and their sentences."""
        yield Schrift(_TEXT, classes="leer")
        yield Tabelle(Spalte("Bausteine 4 bis 6"), Spalte("Stand", 14), id="bausteine")
        yield Schrift("", id="satz", classes="detail")

    def lies(self) -> tuple[BausteinZeile, ...]:
        """Read the last three Bausteine."""
        return tuple(z for z in ablauf.uebersicht(self.tool.projekt).bausteine if z.baustein.nummer >= 4)

    def zuerst(self) -> None:
        """Begin in the table."""
        self.query_one(Tabelle).focus()

    def zeige(self, daten: tuple[BausteinZeile, ...]) -> None:
        """Show the Bausteine."""
        self.query_one(Tabelle).setze([reihe for zeile in daten for reihe in weg.reihen(zeile)])
        self._zeige_detail()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Set the progress of what is marked."""
        ereignis.stop()
        self.action_fortschritt_setzen()

    def _stelle(self) -> weg.Stelle | None:
        reihe = self.query_one(Tabelle).gewaehlt
        return reihe.wert if reihe else None

    def _zeige_detail(self) -> None:
        stelle = self._stelle()
        if stelle is not None:
            self.query_one("#satz", Schrift).schreibe(weg.saetze(stelle))

    @arbeit
    async def action_neuer_stand(self) -> None:
        """Ask for a dated sentence and write it down."""
        stelle = self._stelle()
        if stelle is not None:
            await weg.frage_stand(self.tool, stelle.zeile.baustein, None)

    @arbeit
    async def action_stand_bearbeiten(self) -> None:
        """Change the newest sentence."""
        stelle = self._stelle()
        if stelle is not None:
            await weg.frage_stand(self.tool, stelle.zeile.baustein, next(iter(stelle.zeile.staende), None))

    @arbeit
    async def action_fortschritt_setzen(self) -> None:
        """Ask how far it is and set it."""
        stelle = self._stelle()
        if stelle is not None:
            await weg.frage_fortschritt(self.tool, stelle)
