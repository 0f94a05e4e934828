"""The history of one agreement: who decided what when, against which view, and what is different today."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import DataTable

from sozialtool.ablauf.vereinbarungsliste import Schritt, Vereinbarungszeile
from sozialtool.tui.befehle import Befehle
from sozialtool.tui.bildschirme.seite import Seite, Zurueck
from sozialtool.tui.deutsch import datum
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz


class VereinbarungSeite(MitDetail, Seite[None]):
    """Steps of one agreement, the newest first."""

    CSS_PATH = "vereinbarungen.tcss"
    TITEL = "Verlauf der Vereinbarung"
    HILFE = (
        "Jeder Beschluss, der neueste oben. Unten steht zum markierten Schritt, wer es anders sah, was sich damit an der "
        "Definition änderte und was heute anders ist als damals. Ausgaben von damals behalten ihre Definition."
    )
    BEFEHLE: ClassVar[Befehle] = (Zurueck,)

    def __init__(self, zeile: Vereinbarungszeile, schritte: tuple[Schritt, ...]) -> None:
        super().__init__(zeile.titel)
        self._zeile = zeile
        self._schritte = schritte

    def inhalt(self) -> ComposeResult:
        """Lay out state, steps and detail."""
        yield Schrift(describe_zustand(self._zeile), classes="vorspann")
        yield Tabelle(
            Spalte("Nr.", 4), Spalte("Zustand", 17), Spalte("Datum", 11), Spalte("Gremium"), Spalte("Sitzung", 15),
            Spalte("Fassung", 8, "right"), id="schritte",
        )  # fmt: skip
        with VerticalScroll(id="schrittdetail", classes="detail", can_focus=False):
            yield Schrift("", id="schritttext")

    def on_mount(self) -> None:
        """Fill the table."""
        reihen = [_reihe(schritt) for schritt in reversed(self._schritte)]
        self.query_one(Tabelle).setze(reihen)
        self.query_one(Tabelle).focus()
        self._zeige_detail()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Do nothing; the detail is shown already."""
        ereignis.stop()

    def _zeige_detail(self) -> None:
        reihe = self.query_one(Tabelle).gewaehlt
        leer = "Dazu ist noch nichts beschlossen worden."
        self.query_one("#schritttext", Schrift).schreibe(_detail(reihe.wert) if reihe else leer)


def describe_zustand(zeile: Vereinbarungszeile) -> Content:
    """Say in one line how far it is and what is open."""
    offen = f" · {zeile.offen}" if zeile.offen else ""
    return satz((f"{zeile.zustand.symbol} {zeile.zustand.value}", "bold"), f" · Fassung {zeile.fassung}{offen}")


def _reihe(schritt: Schritt) -> Reihe:
    v = schritt.vereinbarung
    texte = (str(v.nummer), f"{v.zustand.symbol} {v.zustand.value}", datum(v.am), v.gremium, v.sitzung, str(v.fassung))
    return Reihe(str(v.nummer), texte, schritt)


def _detail(schritt: Schritt) -> Content:
    v = schritt.vereinbarung
    teile = [satz(("Abweichende Meinung: ", "$leise"), v.abweichend or "keine festgehalten")]
    teile += [satz(("Damit geändert: ", "$leise"), text) for text in schritt.gegen_vorher]
    teile += [satz(("Heute anders: ", "$leise"), text) for text in schritt.gegen_heute]
    if not schritt.gegen_heute:
        teile.append(satz(("Die Definition gilt heute noch so.", "$leise")))
    return UMBRUCH.join(teile)
