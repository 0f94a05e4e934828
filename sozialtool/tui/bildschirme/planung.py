"""Planning: from the inventory to measures and their controlling; below them the Bausteine 4 to 6."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf import Planstelle
from sozialtool.ablauf.werte import BausteinZeile, Fortschritt, Stop
from sozialtool.orte import zeige
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.bereich import Bereich
from sozialtool.tui.bildschirme.seite import Projektseite
from sozialtool.tui.bildschirme.ueberblick import FortschrittSetzen, NeuerStand, StandBearbeiten
from sozialtool.tui.dialoge.frage import meldung
from sozialtool.tui.teile import weg
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import Schrift, satz, zelle

Daten = tuple[tuple[Planstelle, ...], tuple[BausteinZeile, ...]]
_SEITEN = {
    "bestand": ("bestand", "BestandSeite"), "stimmen": ("bedarfe", "StimmenSeite"), "befragungen": ("bedarfe", "BefragungenSeite"),
    "bedarfe": ("bedarfe", "BedarfeSeite"), "ziele": ("ziele", "ZieleSeite"), "massnahmen": ("ziele", "MassnahmenSeite"),
    "foerderung": ("foerderung", "FoerderungSeite"), "gremien": ("gremien", "GremienSeite"), "sitzungen": ("sitzungen", "SitzungenSeite"),
    "beteiligung": ("beteiligung", "BeteiligungSeite"), "umlauf": ("gremien", "UmlaufSeite"), "aufgaben": ("sitzungen", "AufgabenSeite"), "bausteine": ("bausteine", "BausteineSeite"),
    "drucksachen": ("drucksachen", "DrucksachenSeite"),
}  # fmt: skip
"""Place → module and page."""
_WOZU = {
    "bestand": "Was es in den Sozialräumen gibt, und ob es für die Menschen dort reicht: Lücken und mögliche Doppelungen.",
    "stimmen": "Was Fachkräfte und Bewohnerschaft sagen, nach Sozialraum und Thema neben den Zahlen.",
    "befragungen": "Was geantwortet wurde, mit der Spanne des Zufalls; kleine Gruppen bleiben geheim.",
    "bedarfe": "Was fehlt, mit Belegen und einer Priorität nach sichtbarer Regel.",
    "ziele": "Was die Stadt will: je Sozialraum ein Indikator mit Start und Ziel, und ob es auf dem Weg ist.",
    "massnahmen": "Was dafür geschieht, was es kostet und wie es läuft; eine Ampel mit Zeichen und Wort.",
    "foerderung": "Für einen Förderaufruf: die Sozialräume gegen die Stadt, Bedarfe und Maßnahmen auf einer Seite Word und als Excel.",
    "gremien": "Wer berät, in welcher Reihenfolge, und wer Zahlen sehen soll, bevor sie hinausgehen.",
    "sitzungen": "Tagesordnung, Ergebnisse, Beschlüsse, Aufgaben; Einladung und Niederschrift als Word.",
    "umlauf": "Wo jedes Thema steht: Planungsrunde, Trägerrunde, Stadtteilarbeitskreise, Verwaltungsvorstand, Fachausschuss.",
    "beteiligung": "Wer sich bei welchem Schritt beteiligt, was daraus wurde, und was Unverzichtbares fehlt.",
    "aufgaben": "Wer bis wann was übernommen hat.",
    "drucksachen": "Vorlagen für Ausschuss und Rat als Word, mit eingesetzten Zahlen; was nach einer Berichtigung nicht mehr stimmt.",
    "bausteine": "Alle sechs Bausteine mit nächsten Schritten und Nachweisen, was sich seit einer Drucksache geändert hat, Tabelle für den Rat.",
}


class StelleOeffnen(Befehl):
    """Öffnet, was markiert ist; bei einem Baustein setzt er den Fortschritt."""

    titel = "Öffnen"
    taste = "enter"
    kurz = "öffnen"


class PlanungNachExcel(Befehl):
    """Schreibt Bestand, Versorgung, Stimmen, Befragungen, Bedarfe, Ziele und Maßnahmen als eine Mappe in den Ordner der Ausgaben."""

    titel = "Planung nach Excel"
    taste = "x"
    kurz = "nach Excel"


class PlanungScreen(MitDetail, Bereich[Daten]):
    """The places of the Planung and the Bausteine 4 to 6."""

    CSS_PATH = "planung.tcss"
    BEREICH = "planung"
    TITEL = "Planung"
    HILFE = (
        "Oben der Weg von dem, was da ist und gesagt wird, zu Bedarfen, Zielen und Maßnahmen: Enter öffnet. Darunter die Bausteine "
        "4 bis 6 mit ihren Inhalten; jeder Satz mit Datum, den Sie hier eintragen, steht auch im Überblick."
    )
    BEFEHLE: ClassVar[Befehle] = (StelleOeffnen, PlanungNachExcel, NeuerStand, StandBearbeiten, FortschrittSetzen)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE)

    def inhalt(self) -> ComposeResult:
        """Lay out the places, the Bausteine and what is said about the marked one."""
        yield Tabelle(Spalte("Planen"), Spalte("Stand", 26), id="bausteine")
        yield Schrift("", id="satz", classes="detail")

    def lies(self) -> Daten:
        """Read the places and the last three Bausteine."""
        projekt = self.tool.projekt
        return ablauf.list_planstellen(projekt), tuple(
            z for z in ablauf.uebersicht(projekt).bausteine if z.baustein.nummer >= 4
        )

    def zuerst(self) -> None:
        """Begin in the table."""
        self.query_one(Tabelle).focus()

    def zeige(self, daten: Daten) -> None:
        """Show both."""
        stellen, bausteine = daten
        oben = [Reihe(f"p{s.schluessel}", (s.name, zelle(s.stand)), s) for s in stellen]
        leer = Reihe("#leer", ("", Text("")), None)
        self.query_one(Tabelle).setze([*oben, leer, *(reihe for zeile in bausteine for reihe in weg.reihen(zeile))])
        self._zeige_detail()

    def zeige_stelle(self, stelle: str) -> None:
        """Mark a place and open it."""
        self.query_one(Tabelle).waehle(lambda reihe: reihe.schluessel == f"p{stelle}")
        for planstelle in self.daten[0] if self.daten else ():
            if planstelle.schluessel == stelle:
                self._oeffne(planstelle)

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Open what is marked."""
        ereignis.stop()
        self.action_stelle_oeffnen()

    @property
    def _markiert(self) -> Planstelle | weg.Stelle | None:
        return self.query_one(Tabelle).markiert

    def _stelle(self) -> weg.Stelle | None:
        wert = self._markiert
        return wert if isinstance(wert, weg.Stelle) else None

    def _zeige_detail(self) -> None:
        wert = self._markiert
        if isinstance(wert, weg.Stelle):
            text = weg.saetze(wert)
        elif wert is not None:
            text = satz((wert.name, "bold"), f" · {_WOZU[wert.schluessel]}")
        else:
            text = satz("")
        self.query_one("#satz", Schrift).schreibe(text)

    def action_stelle_oeffnen(self) -> None:
        """Open the marked place, or ask how far the marked Baustein is."""
        if isinstance(self._markiert, Planstelle):
            self._oeffne(self._markiert)
        else:
            self.action_fortschritt_setzen()

    @arbeit
    async def _oeffne(self, stelle: Planstelle) -> None:
        modul, klasse = _SEITEN[stelle.schluessel]
        seite = getattr(importlib.import_module(f"sozialtool.tui.bildschirme.{modul}"), klasse)()
        assert isinstance(seite, Projektseite)
        await self.tool.push_screen_wait(seite)

    @arbeit
    async def action_planung_nach_excel(self) -> None:
        """Write the workbook."""
        tool = self.tool

        def write(melde: Fortschritt, stop: Stop) -> tuple[Path, str]:
            pfad = ablauf.write_planung(tool.projekt, 0, "", melde, stop)
            return pfad, ablauf.say_planungsentwurf(tool.projekt)

        pfad, entwurf = await tool.rufe_lang("Planung wird geschrieben", write)
        if entwurf:
            await tool.push_screen_wait(meldung("Die Planung ist geschrieben", f"{zeige(pfad)}\n\n{entwurf}"))
        else:
            tool.melde_datei(pfad)

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
