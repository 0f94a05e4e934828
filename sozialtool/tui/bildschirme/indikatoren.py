"""The catalogue of Indikatoren by Handlungsfeld: read up, see what is missing, agree with date and Gremium."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Input

from sozialtool import ablauf
from sozialtool.ablauf.werte import IndikatorZeile
from sozialtool.fach.felder import felder_of
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.vereinbarung import Vereinbarung
from sozialtool.fehler import FeldFehler
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.bereich import Bereich
from sozialtool.tui.deutsch import NICHTS_GEFUNDEN, anzahl, datum
from sozialtool.tui.dialoge.formular import Formular, Werte
from sozialtool.tui.teile import listen
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.tabelle import Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, satz

Zeilen = tuple[IndikatorZeile, ...]


class Vereinbaren(Befehl):
    """Hält fest, was ein Gremium zu diesem Indikator beschlossen hat, mit dem Tag der Sitzung."""

    titel = "Indikator vereinbaren"
    taste = "v"
    kurz = "vereinbaren"


class Filtern(Befehl):
    """Springt in die Suchzeile: Was Sie tippen, grenzt die Liste ein. Esc zeigt wieder alles."""

    titel = "Liste filtern"
    taste = "f"
    kurz = "filtern"


class IndikatorenScreen(Bereich[Zeilen]):
    """The catalogue."""

    CSS_PATH = "indikatoren.tcss"
    BEREICH = "indikatoren"
    TITEL = "Indikatoren"
    HILFE = (
        "Der Katalog nach Handlungsfeldern. Unten steht zum markierten Indikator die Formel, die Richtung und was man "
        "beim Lesen wissen muss, und welche Merkmale bis zum Berichtsjahr noch fehlen. Nur vereinbarte Indikatoren "
        "stehen im Monitoring. Mit x geht die Liste nach Excel, mit r kommt sie zurück."
    )
    BEFEHLE: ClassVar[Befehle] = (Vereinbaren, Filtern, listen.ListeNachExcel, listen.ListeAusExcel)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(BEFEHLE),
        Binding("escape", "alles", "alles zeigen", show=False),
        Binding("down", "in_die_liste", "in die Liste", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._zuletzt: Werte = {}

    def inhalt(self) -> ComposeResult:
        """Lay out filter, table and detail."""
        with Horizontal(id="filterzeile"):
            yield Schrift("Filter", id="filterwort")
            yield Input(id="filter", placeholder="Name, Kennung oder Merkmal …", compact=True)
            yield Schrift("", id="zaehlung", classes="klein")
        yield Tabelle(Spalte("", 6), Spalte("Indikator"), Spalte("Zustand", 16), Spalte("Daten", 11), id="katalog")
        with VerticalScroll(id="indikatordetail", classes="detail", can_focus=False):
            yield Schrift("", id="detailtext")

    def lies(self) -> Zeilen:
        """Read the catalogue."""
        return ablauf.indikatoren(self.tool.projekt)

    def zuerst(self) -> None:
        """Begin in the table, on the first Indikator."""
        tabelle = self.query_one(Tabelle)
        tabelle.focus()
        tabelle.waehle(lambda reihe: reihe.wert is not None)

    def zeige(self, daten: Zeilen) -> None:
        """Show what passes the filter."""
        worte = self.query_one(Input).value.casefold().split()
        passend = [zeile for zeile in daten if all(wort in _suchtext(zeile) for wort in worte)]
        reihen: list[Reihe] = []
        for feld, gruppe in groupby(passend, key=lambda zeile: zeile.handlungsfeld):
            reihen.append(Reihe(f"feld {feld}", ("", feld, "", ""), None, "bold"))
            reihen += [_reihe(zeile) for zeile in gruppe]
        self.query_one(Tabelle).setze(reihen)
        vereinbart = sum(zeile.indikator.zustand is Zustand.VEREINBART for zeile in daten)
        self.query_one("#zaehlung", Schrift).schreibe(f"{vereinbart} von {len(daten)} vereinbart")
        self._zeige_detail()

    def on_input_changed(self) -> None:
        """Filter by what was typed."""
        if self.daten is not None:
            self.zeige(self.daten)
            self.query_one(Tabelle).waehle(lambda reihe: reihe.wert is not None)

    def on_input_submitted(self) -> None:
        """Go on into the list."""
        self.query_one(Tabelle).focus()

    def action_filtern(self) -> None:
        """Go to the filter."""
        self.query_one(Input).focus()

    def action_in_die_liste(self) -> None:
        """Go from the filter into the list."""
        self.query_one(Tabelle).focus()

    def action_alles(self) -> None:
        """Show everything again."""
        self.query_one(Input).value = ""
        self.query_one(Tabelle).focus()

    def on_data_table_row_highlighted(self, ereignis: DataTable.RowHighlighted) -> None:
        """Show the Indikator under the mark."""
        ereignis.stop()
        self._zeige_detail()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Agree on the Indikator under the mark."""
        ereignis.stop()
        self.action_vereinbaren()

    def _markiert(self) -> IndikatorZeile | None:
        reihe = self.query_one(Tabelle).gewaehlt
        return reihe.wert if reihe else None

    def _zeige_detail(self) -> None:
        zeile = self._markiert()
        leer = NICHTS_GEFUNDEN if not self.query_one(Tabelle).reihen else "Ein Handlungsfeld. ↓ zum ersten Indikator."
        self.query_one("#detailtext", Schrift).schreibe(_detail(zeile) if zeile else leer)

    @arbeit
    async def action_vereinbaren(self) -> None:
        """Ask for state, date and Gremium, and record them."""
        zeile = self._markiert()
        if zeile is None:
            return
        felder = [feld for feld in felder_of(Indikator) if feld.name in ("zustand", "vereinbart_am", "gremium")]
        felder += [feld for feld in felder_of(Vereinbarung) if feld.name in ("sitzung", "abweichend")]
        vorschlag = self._propose(zeile.indikator)
        titel = f"{zeile.indikator.kennung} {zeile.indikator.name}"
        werte = await self.tool.push_screen_wait(Formular(titel, felder, vorschlag, pruefe=_check_vereinbarung))
        if werte is None:
            return
        self._zuletzt = {**werte, "abweichend": ""}
        kennung = zeile.indikator.kennung
        await self.tool.rufe(
            lambda: ablauf.agree_indikator(
                self.tool.projekt,
                kennung,
                werte["zustand"],
                werte["vereinbart_am"],
                werte["gremium"],
                werte["sitzung"],
                werte["abweichend"],
            )
        )
        self.tool.geaendert()

    def _propose(self, indikator: Indikator) -> Werte:
        """Propose what was decided already; else what was entered last, so that a whole session is quickly written down."""
        if indikator.zustand is not Zustand.VORGESCHLAGEN or indikator.vereinbart_am is not None:
            return {
                "zustand": indikator.zustand,
                "vereinbart_am": indikator.vereinbart_am,
                "gremium": indikator.gremium,
            }
        return {"zustand": Zustand.VEREINBART, "vereinbart_am": dt.date.today(), "gremium": "", **self._zuletzt}

    @arbeit
    async def action_liste_nach_excel(self) -> None:
        """Write the catalogue as Excel."""
        await listen.nach_excel(self.tool, "indikatoren", "Indikatoren")

    @arbeit
    async def action_liste_aus_excel(self) -> None:
        """Read an edited catalogue."""
        await listen.aus_excel(self.tool, "indikatoren", "Indikatoren")


def _check_vereinbarung(werte: Werte) -> None:
    if werte["zustand"] is Zustand.VEREINBART and werte["vereinbart_am"] is None:
        raise FeldFehler("Zu einer Vereinbarung gehört ein Datum.", "Bitte den Tag der Sitzung angeben.")


def _suchtext(zeile: IndikatorZeile) -> str:
    i = zeile.indikator
    return (
        f"{i.kennung} {i.name} {i.kurzname} {zeile.handlungsfeld} {i.zaehler} {i.nenner} {i.zustand.value}".casefold()
    )


def _reihe(zeile: IndikatorZeile) -> Reihe:
    indikator = zeile.indikator
    zustand = f"{indikator.zustand.symbol} {indikator.zustand.value}"
    daten = (
        "√ da"
        if zeile.vorhanden
        else f"○ {len(zeile.fehlende_merkmale)} {'fehlt' if len(zeile.fehlende_merkmale) == 1 else 'fehlen'}"
    )
    return Reihe(indikator.kennung, (indikator.kennung, indikator.name, zustand, daten), zeile)


def _detail(zeile: IndikatorZeile) -> Content:
    indikator = zeile.indikator
    beschlossen = ""
    if indikator.vereinbart_am:
        gremium = f", {indikator.gremium}" if indikator.gremium else ""
        beschlossen = f" · {indikator.zustand.value} am {datum(indikator.vereinbart_am)}{gremium}"
    teile = [
        satz((indikator.name, "bold"), f" ({indikator.einheit}) · {indikator.richtung.value}{beschlossen}"),
        satz(("Formel: ", "$leise"), indikator.formel),
    ]
    if zeile.fehlende_merkmale:
        fehlt = anzahl(len(zeile.fehlende_merkmale), "Merkmal", "Merkmale")
        teile.append(satz((f"○ Es fehlt noch {fehlt}: ", "bold"), ", ".join(zeile.fehlende_namen)))
    if indikator.hinweis:
        teile.append(satz(("Hinweis: ", "$leise"), indikator.hinweis))
    herkunft = " · ".join(text for text in (indikator.quelle, indikator.definition_nach) if text)
    if herkunft:
        teile.append(satz(("Quelle: ", "$leise"), herkunft))
    return UMBRUCH.join(teile)
