"""All agreements on one page: what is agreed, what is open, and who has it next."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf.vereinbarungsliste import Vereinbarungszeile
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.vereinbarung import Gegenstand
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.beschluss import beschliesse
from sozialtool.tui.bildschirme.seite import Projektseite, Seite, Zurueck
from sozialtool.tui.bildschirme.vereinbarung import VereinbarungSeite
from sozialtool.tui.deutsch import anzahl, datum
from sozialtool.tui.dialoge.formular import Werte
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.listen import frage_ziel
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz

_MEHRZAHL = {
    Gegenstand.GEBIETSSTAND: "Gebietsstände", Gegenstand.SCHWELLE: "Schwellen", Gegenstand.INDIKATOR: "Indikatoren",
    Gegenstand.INDEX: "Indizes", Gegenstand.SZENARIO: "Mittelverteilungen",
}  # fmt: skip


class VerlaufZeigen(Befehl):
    """Zeigt alle Beschlüsse dazu, mit abweichenden Meinungen und dem, was sich an der Definition geändert hat."""

    titel = "Verlauf zeigen"
    taste = "enter"
    kurz = "Verlauf"


class BeschlussFesthalten(Befehl):
    """Hält fest, was ein Gremium beschlossen hat: vereinbart, ruht, verworfen oder vorgeschlagen."""

    titel = "Beschluss festhalten"
    taste = "v"
    kurz = "Beschluss"


class ZustandWaehlen(Befehl):
    """Zeigt nur Vereinbartes, nur Vorgeschlagenes, Ruhendes, Verworfenes; danach wieder alles."""

    titel = "Nach Zustand filtern"
    taste = "z"
    kurz = "Zustand"


class NachExcel(Befehl):
    """Schreibt Stand und Verlauf der gezeigten Vereinbarungen als Excel."""

    titel = "Vereinbarungen nach Excel"
    taste = "x"
    kurz = "nach Excel"


class VereinbarungenSeite(MitDetail, Projektseite):
    """The overview."""

    CSS_PATH = "vereinbarungen.tcss"
    TITEL = "Vereinbarungen"
    HILFE = (
        "Gebietsstände, Schwellen und Indikatoren mit dem Stand ihrer Vereinbarung; unten steht, was offen ist und wer es als "
        "Nächstes berät. Eine vereinbarte Mindestfallzahl gilt sofort für die Geheimhaltung; vorher sehen Sie, was sie sperrt. "
        "Gebietsstände vereinbaren Sie bei den Räumen (F3)."
    )
    BEFEHLE: ClassVar[Befehle] = (VerlaufZeigen, BeschlussFesthalten, ZustandWaehlen, NachExcel, Zuruecknehmen, Zurueck)
    BINDINGS: ClassVar[list[BindingType]] = bindings((BeschlussFesthalten, ZustandWaehlen, NachExcel))

    def __init__(self, zeilen: tuple[Vereinbarungszeile, ...]) -> None:
        super().__init__("Vereinbarungen")
        self._zeilen = zeilen
        self._nur: Zustand | None = None
        self._zuletzt: Werte = {}

    def inhalt(self) -> ComposeResult:
        """Lay out summary, table and detail."""
        yield Schrift("", id="zusammenfassung", classes="vorspann")
        yield Tabelle(
            Spalte("", 6), Spalte("Was"), Spalte("Zustand", 16), Spalte("Datum", 11), Spalte("Fass.", 6, "right"),
            id="vereinbarungen",
        )  # fmt: skip
        yield Schrift("", id="vereinbarungsdetail", classes="detail")

    def on_mount(self) -> None:
        """Fill the page."""
        self._zeige()
        tabelle = self.query_one(Tabelle)
        tabelle.focus()
        tabelle.waehle(lambda reihe: reihe.wert is not None)

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Show its history."""
        ereignis.stop()
        self.action_verlauf_zeigen()

    def action_zustand_waehlen(self) -> None:
        """Show the next state only; after the last one everything."""
        folge = (None, *Zustand)
        self._nur = folge[(folge.index(self._nur) + 1) % len(folge)]
        self._zeige()
        self.query_one(Tabelle).waehle(lambda reihe: reihe.wert is not None)

    @arbeit
    async def action_verlauf_zeigen(self) -> None:
        """Show the history of the marked line."""
        zeile = self._markiert()
        if zeile is not None:
            await show_verlauf(self, zeile)

    @arbeit
    async def action_beschluss_festhalten(self) -> None:
        """Ask what was decided and record it."""
        zeile = self._markiert()
        if zeile is None:
            return
        werte = await beschliesse(self.tool, zeile, self._zuletzt)
        if werte is not None:
            self._zuletzt = werte
            await self.frisch()

    async def frisch(self) -> None:
        """Read the agreements anew."""
        self._zeilen = await self.tool.rufe(lambda: ablauf.list_vereinbarungen(self.tool.projekt))
        self._zeige()

    @arbeit
    async def action_nach_excel(self) -> None:
        """Write overview and history as Excel."""
        tool = self.tool
        ziel = await frage_ziel(tool, "Vereinbarungen nach Excel", tool.projekt.pfad.parent / "vereinbarungen.xlsx")
        if ziel is not None:
            nur = [self._nur] if self._nur else []
            pfad = await tool.rufe(lambda: ablauf.write_vereinbarungen(tool.projekt, ziel, nur))
            tool.melde_datei(pfad)

    def _markiert(self) -> Vereinbarungszeile | None:
        return self.query_one(Tabelle).markiert

    def _zeige(self) -> None:
        gezeigt = [zeile for zeile in self._zeilen if self._nur in (None, zeile.zustand)]
        reihen: list[Reihe] = []
        for gegenstand, gruppe in groupby(gezeigt, key=lambda zeile: zeile.gegenstand):
            reihen.append(Reihe(f"#{gegenstand.name}", ("", _MEHRZAHL[gegenstand], "", "", ""), None, "bold"))
            reihen += [_reihe(zeile) for zeile in gruppe]
        self.query_one(Tabelle).setze(reihen)
        self.query_one("#zusammenfassung", Schrift).schreibe(describe_stand(self._zeilen, self._nur))
        self._zeige_detail()

    def _zeige_detail(self) -> None:
        zeile = self._markiert()
        leer = (
            "↓ zur ersten Vereinbarung."
            if self.query_one(Tabelle).reihen
            else "Nichts in diesem Zustand. z zeigt mehr."
        )
        self.query_one("#vereinbarungsdetail", Schrift).schreibe(_detail(zeile) if zeile else leer)


async def show_verlauf(seite: Seite[None], zeile: Vereinbarungszeile) -> None:
    """Show the history of one agreement over a page. Only inside a worker."""
    tool = seite.tool
    schritte = await tool.rufe(lambda: ablauf.describe_schritte(tool.projekt, zeile))
    await tool.push_screen_wait(VereinbarungSeite(zeile, schritte))


def describe_stand(zeilen: tuple[Vereinbarungszeile, ...], nur: Zustand | None) -> Content:
    """Count the states, and say which one is shown."""
    je = {zustand: sum(zeile.zustand is zustand for zeile in zeilen) for zustand in Zustand}
    text = " · ".join(f"{zahl} {zustand.value}" for zustand, zahl in je.items() if zahl)
    return satz(text, (f"   gezeigt: nur {nur.value}", "bold") if nur else "")


def _reihe(zeile: Vereinbarungszeile) -> Reihe:
    kennung = zeile.bezug if zeile.gegenstand in (Gegenstand.INDIKATOR, Gegenstand.INDEX) else ""
    texte = (kennung, zeile.name, f"{zeile.zustand.symbol} {zeile.zustand.value}", datum(zeile.am), str(zeile.fassung))
    return Reihe(f"{zeile.gegenstand.name} {zeile.bezug}", texte, zeile)


def _detail(zeile: Vereinbarungszeile) -> Content:
    letzter = zeile.letzter
    teile = [satz((zeile.name, "bold"))]
    wer = ", ".join(text for text in (zeile.gremium, letzter.sitzung if letzter else "") if text)
    if wer:
        teile.append(satz((f"{zeile.zustand.value}: ", "$leise"), wer))
    if letzter is not None and letzter.abweichend:
        teile.append(satz(("Abweichende Meinung: ", "$leise"), letzter.abweichend))
    teile.append(satz(("Offen: ", "$leise"), zeile.offen or "nichts"))
    if len(zeile.schritte) > 1:
        teile.append(satz((f"{anzahl(len(zeile.schritte), 'Schritt', 'Schritte')}; Enter zeigt sie.", "$leise")))
    return UMBRUCH.join(teile)
