"""Verlauf: every indicator over the years, with sparklines; a few of them as charts with breaks as gaps."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from sozialtool.ausgabe.blatt import Blatt
from sozialtool.ausgabe.diagramme import beschreibe_linien, draw_linien
from sozialtool.ausgabe.reihen import Reihe, build_reihe
from sozialtool.ausgabe.tabelle import Grund, Spalte, Spaltenart, Tabelle, Zahl, Zeile, Zellwert
from sozialtool.ausgabe.tabellenblatt import write_tabelle
from sozialtool.ausgabe.werkbank import Werkbank, dativ, grund, leitindikatoren, zeilenart, zelle
from sozialtool.ausgabe.zeichen import legende
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import runde

_NAME, _SEIT, _JAHR = 240, 80, 72
_GESAMT = 1030
"""Width of the sheet in pixels at most."""
_SKALA = 87
"""Print scale at which two tables of a dozen areas share a page."""
_HOEHE = 304
"""Height of a chart in pixels: two and the words above them share a page."""


def write_verlauf(bank: Werkbank) -> None:
    """Write charts of the leading indicators, then the series of all."""
    reihen = [reihe for ind in bank.bericht.geordnete if (reihe := build_reihe(bank, ind)) is not None]
    if not reihen:
        return
    anzahl = max(len(reihe.jahre) for reihe in reihen)
    name = bank.namensbreite(_NAME)
    jahr = min(_JAHR, (_GESAMT - name - _SEIT - 120) // anzahl)
    verlauf = min(190, _GESAMT - name - _SEIT - jahr * anzahl)
    blatt = bank.blatt("Verlauf", (name, *(jahr,) * anzahl, _SEIT, verlauf), skala=_SKALA)
    blatt.titel("Verlauf", "Verlauf: lange Reihen und Diagramme")
    leitreihen = _leitreihen(bank, reihen)
    _write_diagramme(bank, blatt, leitreihen)
    if leitreihen:
        bank.ende_druck(blatt, "Die Reihen aller Indikatoren")
    for reihe in reihen:
        blatt.leer(14)
        _write_reihe(bank, blatt, reihe, anzahl)
    blatt.fertig()


def _leitreihen(bank: Werkbank, reihen: list[Reihe]) -> list[Reihe]:
    """Take the series of the leading indicators, in the order of the sheets."""
    gewollt = {indikator.kennung for indikator in leitindikatoren(bank)}
    return [reihe for reihe in reihen if reihe.indikator.kennung in gewollt]


def _write_diagramme(bank: Werkbank, blatt: Blatt, reihen: list[Reihe]) -> None:
    """Write the charts, two on a page, below the words that explain their lines."""
    if not reihen:
        return
    blatt.klein(
        "Dunkle Linie: Stadt. Farbig: das Gebiet mit dem höchsten und das mit dem niedrigsten neuesten Wert. "
        "Blass: die übrigen Gebiete. ≠ Bruch in der Definition: davor und danach ist nicht vergleichbar. "
        f"Quelle: {bank.quelle([reihe.indikator for reihe in reihen])}"
    )
    for reihe in reihen:
        blatt.braucht(_HOEHE)
        diagramm = draw_linien(bank, reihe)
        diagramm.set_size({"width": blatt.breite - 4, "height": _HOEHE - 14})
        optionen = {"description": beschreibe_linien(bank, reihe), "object_position": 1, "x_offset": 2, "y_offset": 4}
        blatt.ws.insert_chart(blatt.zeile, 0, diagramm, optionen)
        blatt.platz_fuer(_HOEHE)


def _write_reihe(bank: Werkbank, blatt: Blatt, reihe: Reihe, anzahl: int) -> None:
    tabelle = describe_reihe(bank, reihe, anzahl, blatt.breiten)
    orte = write_tabelle(blatt, tabelle)
    # One scale per table, from zero: bars of rates compare across rows, and the rows do not touch. Counts of areas are
    # far below that of the town: each row has its own scale.
    werte = [zelle.wert for zeile in tabelle.zeilen for zelle in zeile.zellen[1:-2] if isinstance(zelle, Zahl)]
    blatt.ws.add_sparkline(orte[0], anzahl + 2, {
        "location": [xl_rowcol_to_cell(zeile, anzahl + 2) for zeile in orte],
        "range": [reihe.block.als_text(nummer) for nummer in range(len(orte))],
        "type": "column", "empty_cells": "gap", "min": min(0, min(werte, default=0.0)),
        **({"max": max(werte, default=0) * 1.2 or 1} if reihe.indikator.nenner else {}),
        "series_color": blatt.stil.balken, "negative_points": True, "negative_color": blatt.stil.linien[0],
    })  # fmt: skip


def describe_reihe(bank: Werkbank, reihe: Reihe, anzahl: int, breiten: tuple[int, ...]) -> Tabelle:
    """Describe the series of an indicator; years are columns, filled up on the left to `anzahl`."""
    bericht, indikator = bank.bericht, reihe.indikator
    leer = anzahl - len(reihe.jahre)
    art, stellen = Spaltenart.ZAHL, indikator.nachkommastellen
    ab = max(reihe.brueche, default=reihe.jahre[0])
    spalten = [Spalte(bericht.planungsebene.name, breite=breiten[0])]
    spalten += [Spalte("", art, "", breiten[1]) for _ in range(leer)]
    spalten += [
        Spalte(
            f"≠ {jahr}" if jahr in reihe.brueche else str(jahr),
            art,
            "",
            breiten[1],
            stellen,
            trennung=jahr in reihe.brueche,
        )
        for jahr in reihe.jahre
    ]
    spalten += [
        Spalte(f"seit {ab}", Spaltenart.DIFFERENZ, "", _SEIT, stellen),
        Spalte(
            "Verlauf (von 0 an)" if indikator.nenner else "Verlauf je Zeile (von 0 an)",
            Spaltenart.VERLAUF,
            "",
            breiten[-1],
        ),
    ]
    zeilen = [_zeile(bank, reihe, gebiet, leer, ab) for gebiet in reihe.gebiete]
    anmerkungen = [
        f"≠ {jahr}: {text}. Davor und danach ist nicht vergleichbar." for jahr, text in sorted(reihe.brueche.items())
    ]
    if indikator.hinweis:
        anmerkungen.append(indikator.hinweis)
    einheit = "" if indikator.einheit == "Anzahl" else f" ({indikator.einheit})"
    return Tabelle(
        f"{indikator.name}{einheit} in den {dativ(bericht.planungsebene.mehrzahl)} von {bericht.kommune.name}, "
        f"{reihe.jahre[0]} bis {reihe.jahre[-1]}",
        tuple(spalten), tuple(zeilen), nummer=bank.mappe.next_tabelle(), anmerkungen=tuple(anmerkungen),
        quelle=bank.quelle([indikator]), legende=legende(zeilen),
    )  # fmt: skip


def _zeile(bank: Werkbank, reihe: Reihe, gebiet: Gebiet, leer: int, ab: int) -> Zeile:
    indikator = reihe.indikator
    zeilen = {jahr: bank.zahlen.get(indikator.kennung, jahr, gebiet.schluessel) for jahr in reihe.jahre}
    zellen: list[Zellwert] = [gebiet.name, *(None,) * leer]
    zellen += [zelle(zeilen[jahr], indikator) for jahr in reihe.jahre]
    zellen += [_seit(zellen, indikator, ab, reihe), None]
    return Zeile(tuple(zellen), zeilenart(gebiet))


def _seit(zellen: list[Zellwert], indikator: Indikator, ab: int, reihe: Reihe) -> Zellwert:
    """Subtract what is shown: newest value less that of the first comparable year; a formula the reader can follow."""
    erste = len(zellen) - len(reihe.jahre) + reihe.jahre.index(ab)
    letzte = len(zellen) - 1
    von, bis = zellen[erste], zellen[letzte]
    if not isinstance(von, Zahl) or not isinstance(bis, Zahl):
        gruende = [zelle for zelle in (von, bis) if isinstance(zelle, Grund)]
        geheim = any(zelle.geheim for zelle in gruende)
        return None if erste == letzte else grund(Zeichen.GEHEIM) if geheim else gruende[0] if gruende else None
    stellen = indikator.nachkommastellen
    wert = runde(bis.wert - von.wert, stellen)
    return Zahl(wert, formel=f"ROUND({{{letzte}}}-{{{erste}}},{stellen})", nachkommastellen=stellen)
