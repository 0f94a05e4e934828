"""Daten: every approved figure once, flat and machine-readable, as a real Excel table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from sozialtool.ausgabe.formate import Rahmen
from sozialtool.ausgabe.mappe import Eintrag, sauber
from sozialtool.ausgabe.werkbank import Werkbank, zeitangabe
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.schreibweise import runde

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SPALTEN = (
    ("Gebiet", 66), ("Name", 140), ("Ebene", 76), ("Kennung", 60), ("Indikator", 230), ("Einheit", 64), ("Jahr", 44),
    ("Zeit", 90), ("Zähler", 60), ("Nenner", 60), ("Wert", 60), ("von", 54), ("bis", 54), ("Lage", 40),
    ("zum Vorjahr", 60), ("zu vor 5 Jahren", 66), ("Zeichen", 54), ("Bedeutung", 120), ("Vermerk", 80), ("Bruch", 150),
)  # fmt: skip
"""Heads of the flat table and their width in pixels."""


def write_daten(bank: Werkbank) -> None:
    """Write the flat table: one row per Gebiet × Indikator × Jahr; a suppressed value is its sign and nothing else."""
    blatt = bank.blatt("Daten", tuple(breite for _, breite in SPALTEN))
    bank.mappe.eintraege.append(
        Eintrag("Daten – alle Kennzahlen in einer flachen, maschinenlesbaren Tabelle", blatt.name)
    )
    kopf = blatt.formate.get(bold=True, bg_color=blatt.stil.band, text_wrap=True)
    titel = f"Sozialmonitoring {bank.bericht.kommune.name} {bank.bericht.jahr}: alle Kennzahlen"
    ende = len(bank.zahlen.zeilen)
    blatt.ws.set_row_pixels(0, 34)
    blatt.ws.add_table(0, 0, ende, len(SPALTEN) - 1, {
        "columns": [{"header": spalte, "header_format": kopf} for spalte, _ in SPALTEN],
        "name": "Kennzahlen", "style": "Table Style Light 1", "title": sauber(titel)[:250],
        "description": "Eine Zeile je Gebiet, Indikator und Jahr. Steht kein Wert da, nennt die Spalte Zeichen den "
        "Grund. Geheime Werte sind nicht enthalten.",
    })  # fmt: skip
    write_zeilen(bank, blatt.ws)
    blatt.ws.freeze_panes(1, 0)
    blatt.ws.repeat_rows(0)
    blatt.zeile = ende + 1
    blatt.fertig()
    # Thousands of rows help nobody on paper: only the head is printed, under a line that says so.
    hinweis = f"Blatt „Daten“: {ende} Zeilen zur Weiterverarbeitung, nur in der Datei, nicht im Druck"
    blatt.ws.set_header(f'&C&"{blatt.stil.schrift},Bold"&11{hinweis}', {"margin": 0.4})
    blatt.ws.print_area(0, 0, 0, 9)
    blatt.ws.set_print_scale(100)


@attrs.frozen
class _Je:
    """What is the same in all rows of an indicator, looked up once."""

    texte: tuple[str, str, str]
    stellen: int
    wert: Format
    zeiten: dict[int, str]


def write_zeilen(bank: Werkbank, ws: Worksheet, erste: int = 1, schrift: Rahmen = ()) -> None:
    """Write the body from this row on: one call per cell, everything that repeats looked up once."""
    bericht, formate = bank.bericht, bank.mappe.formate
    wie = dict(schrift)
    namen = {gebiet.schluessel: sauber(gebiet.name) for gebiet in (bericht.stadt, *bericht.gebiete)}
    ebenen = {ebene.schluessel: sauber(ebene.name) for ebene in bericht.ebenen}
    je = {ind.kennung: _je_indikator(bank, ind, schrift) for ind in _alle_indikatoren(bank)}
    gruende = {zeichen: (zeichen.symbol, zeichen.value) for zeichen in Zeichen}
    ganz = formate.get(num_format="0", align="right", **wie)
    anzahl = formate.get(num_format="#,##0", align="right", **wie)
    genau = formate.get(num_format="#,##0.##", align="right", **wie)
    text = formate.get(**wie)
    write_string, write_number = ws.write_string, ws.write_number
    for zeile, z in enumerate(bank.zahlen.zeilen, start=erste):
        ind = je[z.indikator]
        symbol, bedeutung = gruende[z.zeichen] if z.zeichen else ("", "")
        texte = (
            (0, z.gebiet), (1, namen.get(z.gebiet, z.gebiet)), (2, ebenen.get(z.ebene, z.ebene)), (3, ind.texte[0]),
            (4, ind.texte[1]), (5, ind.texte[2]), (7, ind.zeiten[z.jahr]), (16, symbol), (17, bedeutung),
            (18, z.vermerk.value), (19, sauber(z.bruch) if z.bruch else ""),
        )  # fmt: skip
        for spalte, inhalt in texte:
            if inhalt:
                write_string(zeile, spalte, inhalt, text)
        write_number(zeile, 6, z.jahr, ganz)
        for spalte, zahl in ((8, z.zaehler), (9, z.nenner)):
            if zahl is not None:
                write_number(zeile, spalte, zahl, anzahl if zahl == int(zahl) else genau)
        if z.lage is not None:
            write_number(zeile, 13, z.lage, ganz)
        for spalte, zahl in ((10, z.wert), (11, z.unten), (12, z.oben), (14, z.vorjahr), (15, z.fuenfjahr)):
            if zahl is not None:
                write_number(zeile, spalte, runde(zahl, ind.stellen), ind.wert)


def _alle_indikatoren(bank: Werkbank) -> Iterable[Indikator]:
    """Return the described indicators and a plain one for figures without description."""
    bekannt = {indikator.kennung: indikator for indikator in bank.bericht.indikatoren}
    for kennung in dict.fromkeys(zeile.indikator for zeile in bank.zahlen.zeilen):
        yield bekannt.get(kennung) or Indikator(kennung, kennung, handlungsfeld="", zaehler="")


def _je_indikator(bank: Werkbank, indikator: Indikator, schrift: Rahmen) -> _Je:
    stellen = indikator.nachkommastellen
    return _Je(
        (indikator.kennung, sauber(indikator.name), sauber(indikator.einheit)),
        stellen,
        bank.mappe.formate.get(
            num_format="#,##0" + ("." + "0" * stellen if stellen else ""), align="right", **dict(schrift)
        ),
        {jahr: zeitangabe(indikator, jahr, bank.bericht.merkmale) for jahr in bank.zahlen.jahre(indikator.kennung)},
    )
