"""Sozialraum × Indikator at one glance; the lines below say what the marked cell means."""

from __future__ import annotations

from typing import ClassVar

import attrs
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf.werte import Monitoring
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.raum import Gebiet
from sozialtool.fehler import Abgebrochen
from sozialtool.tui.befehle import Befehle, bindings
from sozialtool.tui.bildschirme.bereich import Bereich
from sozialtool.tui.bildschirme.monitoringbefehle import ALLE, WarumGesperrt
from sozialtool.tui.bildschirme.monitoringwege import Rechenwege
from sozialtool.tui.dialoge.frage import Antwort, Frage, meldung
from sozialtool.tui.teile import matrix
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import Spalte, Tabelle
from sozialtool.tui.teile.tasten import Tastenzeile
from sozialtool.tui.text import Schrift, kuerzen, satz


@attrs.frozen
class Sicht:
    """What the screen reads: the figures, and the names of the Handlungsfelder."""

    monitoring: Monitoring
    handlungsfelder: dict[str, str]
    gebietsstand: str = ""  # name of another Gebietsstand than the one in force


class MonitoringScreen(Rechenwege, Bereich[Sicht]):
    """The matrix."""

    CSS_PATH = "monitoring.tcss"
    BEREICH = "monitoring"
    TITEL = "Monitoring"
    HILFE = (
        "Oben die Stadt, darunter die Sozialräume in ihrer eigenen Reihenfolge. ▲ und ▼ heißen höher oder niedriger als "
        "die Stadt, doppelt: deutlich; ohne Zeichen liegt der Unterschied im Rahmen des Zufalls. Die Farbe sagt nur, ob "
        "das be- oder entlastet. • ist geheim, k. A. wurde nicht geliefert. "
        "Enter oder v zeigt den Verlauf, + und − blättern durch die Handlungsfelder."
    )
    BEFEHLE: ClassVar[Befehle] = ALLE
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(BEFEHLE),
        Binding("minus", "blaettern(-1)", "Voriges Handlungsfeld", show=False),
        Binding("right", "nach_rechts", "rechts", show=False, priority=True),
        Binding("left", "nach_links", "links", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._jahr: int | None = None
        self._bloecke: tuple[matrix.Block, ...] = ()
        self._seite = 0
        self._stand = ""

    def inhalt(self) -> ComposeResult:
        """Lay out the title line, the matrix and the lines below it."""
        yield Schrift("", id="matrixtitel")
        yield Tabelle(Spalte(""), cursor="cell", fest=1, id="matrix")
        yield Schrift("", id="matrixdetail", classes="detail")

    async def hole(self) -> Sicht:
        """Compute with progress and stop, on the Gebietsstand that was asked for as long as there is one of that key."""
        projekt, gefragt = self.tool.projekt, self.tool.gebietsstand
        namen = await self.tool.rufe(lambda: _names(projekt))
        stand = self._stand = gefragt if gefragt in namen else ""
        try:
            monitoring = await self.tool.rufe_lang(
                "Monitoring wird berechnet",
                lambda fortschritt, stop: ablauf.monitoring(projekt, None, fortschritt, stop, gebietsstand=stand),
            )
        except Abgebrochen as fehler:
            raise Abgebrochen("Die Berechnung ist angehalten.", "F9 rechnet noch einmal.") from fehler
        return Sicht(monitoring, monitoring.handlungsfelder, namen.get(stand, ""))

    @property
    def monitoring(self) -> Monitoring:
        """The figures of the shown year."""
        assert self.daten is not None
        gelesen = self.daten.monitoring
        return attrs.evolve(gelesen, jahr=self._jahr) if self._jahr in gelesen.jahre else gelesen

    def zuerst(self) -> None:
        """Begin in the matrix, on the first Sozialraum."""
        tabelle = self.query_one(Tabelle)
        tabelle.focus()
        tabelle.stelle_marke(1, 1)

    def zeige(self, daten: Sicht) -> None:
        """Show the page."""
        breite = matrix.name_width(daten.monitoring.gebiete)
        platz = self.size.width - breite - 4
        self._bloecke = matrix.build_bloecke(daten.monitoring.indikatoren, daten.handlungsfelder, platz)
        self._seite = min(self._seite, len(self._bloecke) - 1)
        block = self._bloecke[self._seite]
        figur = matrix.figure_width(platz, len(block.indikatoren))
        dunkel = self.app.current_theme.dark
        tabelle = self.query_one(Tabelle)
        tabelle.setze(matrix.reihen(self.monitoring, block, figur, dunkel=dunkel), matrix.spalten(block, breite, figur))
        seite = f"{self._seite + 1} von {len(self._bloecke)}"
        kopf, art = "Auf einen Blick ", "gegen die Stadt"
        if daten.gebietsstand:
            kopf, art = "", f"auf „{kuerzen(daten.gebietsstand, 24)}“, s = geschätzt"
        if len(f"{kopf}{self.monitoring.jahr} · {block.titel}   {seite} · {art}") > self.size.width - 2:
            kopf = ""  # the page says so itself; what it is compared with must stay readable
        titel = satz(
            (f"{kopf}{self.monitoring.jahr} · {block.titel}", "bold $petrol"), (f"   {seite} · {art}", "$leise")
        )
        self.query_one("#matrixtitel", Schrift).schreibe(titel)
        self._zeige_detail()

    def on_resize(self, ereignis: events.Resize) -> None:
        """Lay the pages out anew when the width changed."""
        del ereignis
        if self.daten is not None:
            self.zeige(self.daten)

    def on_data_table_cell_highlighted(self, ereignis: DataTable.CellHighlighted) -> None:
        """Say what the marked cell means."""
        ereignis.stop()
        self._zeige_detail()

    def on_data_table_cell_selected(self, ereignis: DataTable.CellSelected) -> None:
        """Show the series of the marked cell."""
        ereignis.stop()
        self.action_verlauf()

    def _markiert(self) -> tuple[Gebiet, Indikator] | None:
        tabelle = self.query_one(Tabelle)
        reihe, spalte = tabelle.gewaehlt, tabelle.cursor_column - 1
        if reihe is None or reihe.wert is None or not self._bloecke:
            return None
        indikatoren = self._bloecke[self._seite].indikatoren
        return reihe.wert, indikatoren[max(0, min(spalte, len(indikatoren) - 1))]

    def _zeige_detail(self) -> None:
        stelle = self._markiert()
        text = matrix.detail(self.monitoring, *stelle) if stelle else ""
        self.query_one("#matrixdetail", Schrift).schreibe(text)
        geheim = stelle and self.monitoring.warum_gesperrt(stelle[0].schluessel, stelle[1].kennung)
        tasten = self.query_one(Tastenzeile)
        tasten.verstecke(vorn=WarumGesperrt) if geheim else tasten.verstecke(WarumGesperrt)

    def action_nach_rechts(self) -> None:
        """Go one cell to the right, at the edge to the next page."""
        self._rueck(1)

    def action_nach_links(self) -> None:
        """Go one cell to the left, at the edge to the page before."""
        self._rueck(-1)

    def _rueck(self, um: int) -> None:
        tabelle = self.query_one(Tabelle)
        spalte = tabelle.cursor_column + um
        if self.daten is not None and not 1 <= spalte < len(tabelle.ordered_columns):
            self.action_blaettern(um)
            spalte = 1 if um > 0 else len(tabelle.ordered_columns) - 1
        tabelle.stelle_marke(tabelle.cursor_row, spalte)

    def action_blaettern(self, um: int = 1) -> None:
        """Show the next or the previous page."""
        if self.daten is not None and self._bloecke:
            self._seite = (self._seite + um) % len(self._bloecke)
            self.zeige(self.daten)

    def action_verlauf(self) -> None:
        """Show the marked Indikator over time."""
        from sozialtool.tui.bildschirme.verlauf import VerlaufSeite

        stelle = self._markiert()
        if stelle is not None:
            self.app.push_screen(VerlaufSeite(self.monitoring, *stelle))

    def action_steckbrief(self) -> None:
        """Show the marked Sozialraum against the city."""
        from sozialtool.tui.bildschirme.steckbrief import SteckbriefSeite

        stelle = self._markiert()
        if stelle is not None and self.daten is not None:
            self.app.push_screen(SteckbriefSeite(self.monitoring, stelle[0], self.daten.handlungsfelder))

    @arbeit
    async def action_gebietsvergleich(self) -> None:
        """Show the marked Indikator in all areas, with intervals."""
        from sozialtool.tui.bildschirme.gebietsvergleich import GebietsvergleichSeite

        stelle = self._markiert()
        if stelle is None:
            return
        projekt, jahr, stand = self.tool.projekt, self.monitoring.jahr, self._stand
        kennung = stelle[1].kennung
        auswertung = await self.tool.rufe(lambda: ablauf.evaluate_indikator(projekt, kennung, jahr, gebietsstand=stand))
        await self.tool.push_screen_wait(GebietsvergleichSeite(auswertung))

    @arbeit
    async def action_entwicklung(self) -> None:
        """Show the marked area over the years, one small picture per Indikator."""
        from sozialtool.tui.bildschirme.entwicklung import EntwicklungSeite

        stelle = self._markiert()
        if stelle is None:
            return
        projekt, jahr, stand = self.tool.projekt, self.monitoring.jahr, self._stand
        auswertungen = await self.tool.rufe(lambda: ablauf.evaluate_alle(projekt, jahr, gebietsstand=stand))
        await self.tool.push_screen_wait(EntwicklungSeite(self.monitoring, auswertungen, stelle[0]))

    @arbeit
    async def action_bevoelkerung(self) -> None:
        """Show population, segregation and standardised rates."""
        from sozialtool.tui.bildschirme.gesamtbild import GesamtbildSeite

        projekt, jahr, stand = self.tool.projekt, self.monitoring.jahr, self._stand
        bild = await self.tool.rufe(lambda: ablauf.describe_gesamtbild(projekt, jahr, gebietsstand=stand))
        await self.tool.push_screen_wait(GesamtbildSeite(bild, self.monitoring.gebiete))

    @arbeit
    async def action_kachelkarte(self) -> None:
        """Show the marked Indikator on the map of tiles; the arrows go on through those of the page."""
        from sozialtool.tui.bildschirme.kachelkarte import KachelkarteSeite

        stelle = self._markiert()
        if stelle is None:
            return
        karte = await self.tool.rufe(lambda: ablauf.read_kacheln(self.tool.projekt))
        indikatoren = self.monitoring.indikatoren
        if karte.gebiete:
            seite = KachelkarteSeite(self.monitoring, indikatoren, indikatoren.index(stelle[1]), karte)
            await self.tool.push_screen_wait(seite)

    @arbeit
    async def action_warum_gesperrt(self) -> None:
        """Say why the marked figure is kept secret."""
        stelle = self._markiert()
        if stelle is None:
            return
        gebiet, indikator = stelle
        saetze = self.monitoring.beweis(gebiet.schluessel, indikator.kennung)
        text = "\n\n".join(saetze) or "Dieser Wert ist nicht gesperrt."
        await self.tool.push_screen_wait(meldung(f"{gebiet.name} · {indikator.kurzname or indikator.name}", text))

    @arbeit
    async def action_jahr_wechseln(self) -> None:
        """Ask for a year and show it."""
        if self.daten is None:
            return
        jahre = sorted(self.daten.monitoring.jahre, key=lambda jahr: (jahr == self.monitoring.jahr, -jahr))
        jetzt = f"Gezeigt wird {self.monitoring.jahr}."
        jahr = await self.tool.push_screen_wait(Frage("Welches Jahr?", jetzt, [Antwort(str(j), j) for j in jahre]))
        if jahr is not None:
            self._jahr = jahr
            self.zeige(self.daten)

    @arbeit
    async def action_gebietsstand_waehlen(self) -> None:
        """Ask for a Gebietsstand and show all years on it."""
        zeilen = await self.tool.rufe(lambda: ablauf.list_gebietsstaende(self.tool.projekt))
        if not any(not z.gilt and z.raeume for z in zeilen):
            self.tool.melde("Es gibt nur einen Gebietsstand. Varianten entstehen im Bereich Räume (F3, dann v).")
            return
        wahl = [
            Antwort(z.stand.name, "" if z.gilt else z.stand.schluessel, _folge(z))
            for z in sorted(zeilen, key=lambda z: z.stand.schluessel == self.tool.gebietsstand)
            if z.gilt or z.raeume
        ]
        text = "Alle Jahre auf die Grenzen eines Gebietsstands umrechnen. Am Projekt und an den Ausgaben ändert das nichts."
        stand = await self.tool.push_screen_wait(Frage("Welcher Gebietsstand?", text, wahl))
        if stand is not None:
            self.tool.zeige_gebietsstand(stand)

    def action_nach_excel(self) -> None:
        """Go to the outputs and write the workbook there."""
        self.tool.action_gehe_und_tue("ausgabe", "monitoring_ausgeben")


def _names(projekt: ablauf.Projekt) -> dict[str, str]:
    """Key → name of every Gebietsstand but the one in force."""
    return {z.stand.schluessel: z.stand.name for z in ablauf.list_gebietsstaende(projekt) if not z.gilt}


def _folge(zeile: ablauf.GebietsstandZeile) -> str:
    if zeile.gilt:
        return "der geltende; so gehen die Zahlen in die Ausgabe"
    return "Variante, noch nicht vereinbart" if zeile.stand.variante else "ein früherer"
