"""Datenübersicht: which data exist in which Fachbereich, what is missing, and what would help most."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

import attrs
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import DataTable

from sozialtool import ablauf
from sozialtool.ablauf.datenuebersicht import Datenuebersicht, Datenzeile
from sozialtool.fach.abfrage import Datenbestand, Verfuegbarkeit
from sozialtool.fach.felder import felder_of
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.bildschirme.seite import Projektseite, Zurueck
from sozialtool.tui.deutsch import anzahl, datum
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import Antwort, Frage
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.listen import frage_ziel
from sozialtool.tui.teile.tabelle import MitDetail, Reihe, Spalte, Tabelle
from sozialtool.tui.text import UMBRUCH, Schrift, kuerzen, satz

ZEICHEN = {
    Verfuegbarkeit.VORHANDEN: "● vorhanden",
    Verfuegbarkeit.BESCHAFFBAR: "◐ beschaffbar",
    Verfuegbarkeit.FEHLT: "× fehlt",
    Verfuegbarkeit.UNGEKLAERT: "○ ungeklärt",
}
"""Sign and word for whether a Merkmal exists."""


class BestandNotieren(Befehl):
    """Hält fest, in welcher Form der Fachbereich dieses Merkmal hat: Ebene, Stichtag, Turnus, Rechtsgrundlage, Datenschutz."""

    titel = "Bestand notieren"
    taste = "enter"
    kurz = "notieren"


class NurFehlende(Befehl):
    """Zeigt nur Merkmale, die ein Indikator braucht und die noch niemand geliefert hat; noch einmal: wieder alle."""

    titel = "Nur Fehlende zeigen"
    taste = "f"
    kurz = "nur Fehlende"


class WasHilft(Befehl):
    """Zeigt jedes fehlende Merkmal mit den Indikatoren, die es allein oder zusammen mit anderen berechenbar macht."""

    titel = "Was am meisten hilft"
    taste = "w"
    kurz = "was hilft"


class DatenuebersichtNachExcel(Befehl):
    """Schreibt die Datenübersicht als Excel: Bestand, was fehlt, was zu rechnen ist."""

    titel = "Datenübersicht nach Excel"
    taste = "x"
    kurz = "nach Excel"


class DatenuebersichtSeite(MitDetail, Projektseite):
    """The overview of data, by Fachbereich."""

    CSS_PATH = "befunde.tcss"
    TITEL = "Datenübersicht"
    HILFE = (
        "Welche Daten es im Haus gibt und welche fehlen. Was geliefert wurde, steht von selbst als vorhanden da; alles andere "
        "notieren Sie mit Enter. „nötig für“ nennt die Indikatoren, die ohne dieses Merkmal nicht zu rechnen sind. Oben steht, "
        "welches eine Merkmal am meisten freischalten würde; w zeigt alle, die fehlen, mit dem, was sie freischalten."
    )
    BEFEHLE: ClassVar[Befehle] = (
        BestandNotieren,
        NurFehlende,
        WasHilft,
        DatenuebersichtNachExcel,
        Zuruecknehmen,
        Zurueck,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings((NurFehlende, WasHilft, DatenuebersichtNachExcel))

    def __init__(self, uebersicht: Datenuebersicht, *, nur_fehlende: bool = False) -> None:
        super().__init__("Datenübersicht")
        self._uebersicht = uebersicht
        self._nur_fehlende = nur_fehlende

    def inhalt(self) -> ComposeResult:
        """Lay out what would help most, the table and the detail."""
        yield Schrift("", id="freischaltung", classes="vorspann")
        yield Tabelle(
            Spalte("Merkmal"),
            Spalte("Verfügbarkeit", 15),
            Spalte("Stand", 11),
            Spalte("nötig für", 14),
            id="befunde",
        )
        yield Schrift("", id="befunddetail", classes="detail")

    def on_mount(self) -> None:
        """Fill the page."""
        self._zeige()
        self.query_one(Tabelle).focus()

    def on_data_table_row_selected(self, ereignis: DataTable.RowSelected) -> None:
        """Note what the Fachbereich has."""
        ereignis.stop()
        self.action_bestand_notieren()

    def action_nur_fehlende(self) -> None:
        """Show only what is missing, or all again."""
        self._nur_fehlende = not self._nur_fehlende
        self._zeige()

    @arbeit
    async def action_was_hilft(self) -> None:
        """Show what each missing Merkmal would unlock."""
        antworten = [Antwort("Weiter", wert=True)]
        text = describe_freischaltungen(self._uebersicht)
        await self.tool.push_screen_wait(Frage("Was am meisten hilft", text, antworten))

    @arbeit
    async def action_datenuebersicht_nach_excel(self) -> None:
        """Write the overview as Excel."""
        tool = self.tool
        ziel = await frage_ziel(tool, "Datenübersicht nach Excel", tool.projekt.pfad.parent / "datenuebersicht.xlsx")
        if ziel is not None:
            pfad = await tool.rufe(lambda: ablauf.write_datenuebersicht(tool.projekt, ziel))
            tool.melde_datei(pfad)

    @arbeit
    async def action_bestand_notieren(self) -> None:
        """Ask for what is known about the marked Merkmal and note it."""
        zeile = self._markiert()
        if zeile is None:
            return
        felder = [feld for feld in felder_of(Datenbestand) if feld.name != "merkmal"]
        werte = {feld.name: getattr(zeile.bestand, feld.name) for feld in felder} | {"kleinste_ebene": zeile.ebene}
        neu = await self.tool.push_screen_wait(Formular(zeile.merkmal.name, felder, werte))
        if neu is None:
            return
        projekt, bestand = self.tool.projekt, Datenbestand(merkmal=zeile.merkmal.schluessel, **neu)
        await self.aendere(lambda: ablauf.save_datenbestand(projekt, bestand, zeile.fachbereich))

    async def frisch(self) -> None:
        """Read the overview anew."""
        self._uebersicht = await self.tool.rufe(lambda: ablauf.compute_datenuebersicht(self.tool.projekt))
        self._zeige()

    def _markiert(self) -> Datenzeile | None:
        return self.query_one(Tabelle).markiert

    def _zeige(self) -> None:
        self.query_one("#freischaltung", Schrift).schreibe(describe_uebersicht(self._uebersicht))
        zeilen = self._uebersicht.fehlend if self._nur_fehlende else self._uebersicht.zeilen
        reihen: list[Reihe] = []
        for name, gruppe in groupby(zeilen, key=lambda zeile: zeile.name):
            titel = name or "Ohne Fachbereich"
            reihen.append(Reihe(f"#{titel}", (Text(titel, "bold"), "", "", "")))
            reihen += [_reihe(zeile) for zeile in gruppe]
        self.query_one(Tabelle).setze(reihen)
        self._zeige_detail()

    def _zeige_detail(self) -> None:
        zeile = self._markiert()
        leer = (
            "Ein Fachbereich. ↓ zum ersten Merkmal."
            if self.query_one(Tabelle).reihen
            else "Es fehlt nichts. f zeigt wieder alle."
        )
        self.query_one("#befunddetail", Schrift).schreibe(_detail(zeile) if zeile else leer)


def _reihe(zeile: Datenzeile) -> Reihe:
    texte = (
        f"  {zeile.merkmal.name}", ZEICHEN[zeile.bestand.verfuegbarkeit], datum(zeile.letzter_stand),
        kuerzen(", ".join(zeile.indikatoren), 13) or "–",
    )  # fmt: skip
    return Reihe(f"{zeile.fachbereich}|{zeile.merkmal.schluessel}", texte, zeile)


def describe_uebersicht(uebersicht: Datenuebersicht) -> Content:
    """Say what can be computed, what is missing, and which Merkmal would unlock the most."""
    fehlend = anzahl(len(uebersicht.fehlend), "Merkmal fehlt", "Merkmale fehlen")
    text = satz(
        (f"{anzahl(len(uebersicht.berechenbar), 'Indikator ist', 'Indikatoren sind')} zu rechnen", "bold"),
        f"; {fehlend}.",
    )
    sofort = [frei for frei in uebersicht.freischaltungen if frei.sofort]
    if not sofort:
        return text
    beste = sofort[0]
    return satz(text, UMBRUCH, f"Am meisten hilft „{beste.merkmal.name}“: schaltet {', '.join(beste.sofort)} frei.")


def describe_freischaltungen(uebersicht: Datenuebersicht) -> str:
    """Write one line per missing Merkmal: what it unlocks alone, and what together with others."""
    zeilen = []
    for frei in uebersicht.freischaltungen:
        teile = [f"allein: {', '.join(frei.sofort)}"] if frei.sofort else []
        teile += [f"mit anderen: {', '.join(frei.mit_anderen)}"] if frei.mit_anderen else []
        woher = f" ({frei.merkmal.fachbereich})" if frei.merkmal.fachbereich else ""
        zeilen.append(f"{frei.merkmal.name}{woher} – {'; '.join(teile)}")
    return "\n".join(zeilen) or "Es fehlt nichts: Alle Indikatoren sind zu rechnen."


def _detail(zeile: Datenzeile) -> Content:
    bestand = attrs.evolve(zeile.bestand, kleinste_ebene=zeile.ebene)
    angaben = [
        (feld.titel, feld.to_text(getattr(bestand, feld.name)))
        for feld in felder_of(Datenbestand)
        if feld.name not in ("merkmal", "fachbereich", "verfuegbarkeit")
    ]
    rolle = f" · fragen: {zeile.ansprechrolle}" if zeile.ansprechrolle else ""
    text = satz((zeile.merkmal.name, "bold"), (f"  {zeile.merkmal.schluessel}{rolle}", "$leise"))
    if zeile.indikatoren:
        text = satz(text, UMBRUCH, f"Nötig für {', '.join(zeile.indikatoren)}")
    genannt = " · ".join(f"{titel}: {wert}" for titel, wert in angaben if wert)
    return satz(text, UMBRUCH, genannt or "Noch nichts notiert. Enter hält fest, was der Fachbereich hat.")
