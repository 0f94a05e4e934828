"""Daten: every approved figure once, flat and machine-readable, as a real Excel table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sozialtool.ausgabe.blatt import Blatt
from sozialtool.ausgabe.mappe import Eintrag, sauber
from sozialtool.ausgabe.werkbank import Werkbank, grund, zeitangabe
from sozialtool.ausgabe.zahlen import Kennzahl, runde
from sozialtool.fach.indikator import Indikator

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_SPALTEN = (
    ("Gebiet", 66), ("Name", 140), ("Ebene", 76), ("Kennung", 60), ("Indikator", 230), ("Einheit", 64), ("Jahr", 44),
    ("Zeit", 90), ("Zähler", 60), ("Nenner", 60), ("Wert", 60), ("von", 54), ("bis", 54), ("Lage", 40),
    ("zum Vorjahr", 60), ("zu vor 5 Jahren", 66), ("Zeichen", 54), ("Bedeutung", 120), ("Vermerk", 80), ("Bruch", 150),
)  # fmt: skip


def write_daten(bank: Werkbank) -> None:
    """Write the flat table: one row per Gebiet × Indikator × Jahr; a suppressed value is its sign and nothing else."""
    blatt = bank.blatt("Daten", tuple(breite for _, breite in _SPALTEN))
    bank.mappe.eintraege.append(
        Eintrag("Daten – alle Kennzahlen in einer flachen, maschinenlesbaren Tabelle", blatt.name)
    )
    kopf = blatt.formate.get(bold=True, bg_color=blatt.stil.band, text_wrap=True)
    titel = f"Sozialmonitoring {bank.bericht.kommune.name} {bank.bericht.jahr}: alle Kennzahlen"
    ende = len(bank.zahlen.zeilen)
    blatt.ws.set_row_pixels(0, 34)
    blatt.ws.add_table(0, 0, ende, len(_SPALTEN) - 1, {
        "columns": [{"header": spalte, "header_format": kopf} for spalte, _ in _SPALTEN],
        "name": "Kennzahlen", "style": "Table Style Light 1", "title": sauber(titel)[:250],
        "description": "Eine Zeile je Gebiet, Indikator und Jahr. Steht kein Wert da, nennt die Spalte Zeichen den "
        "Grund. Geheime Werte sind nicht enthalten.",
    })  # fmt: skip
    _write_zeilen(bank, blatt)
    blatt.ws.freeze_panes(1, 0)
    blatt.ws.repeat_rows(0)
    blatt.zeile = ende + 1
    blatt.fertig()
    # Thousands of rows help nobody on paper: only the head is printed, under a line that says so.
    hinweis = f"Blatt „Daten“: {ende} Zeilen zur Weiterverarbeitung, nur in der Datei, nicht im Druck"
    blatt.ws.set_header(f'&C&"{blatt.stil.schrift},Bold"&11{hinweis}', {"margin": 0.4})
    blatt.ws.print_area(0, 0, 0, 9)


def _write_zeilen(bank: Werkbank, blatt: Blatt) -> None:
    """Write the body: one call per cell, texts and formats looked up once per indicator."""
    bericht = bank.bericht
    namen = {gebiet.schluessel: sauber(gebiet.name) for gebiet in (bericht.stadt, *bericht.gebiete)}
    ebenen = {ebene.schluessel: sauber(ebene.name) for ebene in bericht.ebenen}
    indikatoren = {indikator.kennung: indikator for indikator in bericht.indikatoren}
    formate = _Zahlformate(blatt)
    for nummer, kennzahl in enumerate(bank.zahlen.zeilen, start=1):
        indikator = indikatoren.get(kennzahl.indikator)
        if indikator is None:
            indikator = Indikator(kennzahl.indikator, kennzahl.indikator, handlungsfeld="", zaehler="")
        texte = _texte(bank, kennzahl, indikator)
        texte[0:3] = [
            kennzahl.gebiet, namen.get(kennzahl.gebiet, kennzahl.gebiet), ebenen.get(kennzahl.ebene, kennzahl.ebene),
        ]  # fmt: skip
        _write_texte(blatt, nummer, texte, formate)
        blatt.ws.write_number(nummer, 6, kennzahl.jahr, formate.jahr)
        _write_zahlen(blatt, nummer, _zahlen(kennzahl, indikator.nachkommastellen), formate, indikator.nachkommastellen)


def _texte(bank: Werkbank, kennzahl: Kennzahl, indikator: Indikator) -> list[str]:
    zeichen = kennzahl.grund
    zeit = zeitangabe(indikator, kennzahl.jahr, bank.bericht.merkmale)
    return [
        "", "", "", indikator.kennung, sauber(indikator.name), sauber(indikator.einheit), zeit,
        grund(zeichen).symbol if zeichen else "", zeichen.value if zeichen else "",
        kennzahl.guete.value, sauber(kennzahl.bruch or ""),
    ]  # fmt: skip


def _zahlen(kennzahl: Kennzahl, stellen: int) -> tuple[float | None, ...]:
    rund = [
        None if wert is None else runde(wert, stellen)
        for wert in (kennzahl.wert, kennzahl.unten, kennzahl.oben, kennzahl.vorjahr, kennzahl.fuenfjahr)
    ]
    return (kennzahl.zaehler, kennzahl.nenner, *rund[:3], kennzahl.lage, *rund[3:])


class _Zahlformate:
    """Plain number formats of the flat table: no signs, no dashes, so that machines read what stands there."""

    def __init__(self, blatt: Blatt) -> None:
        self._formate = blatt.formate
        self.text = blatt.formate.get()
        self.jahr = blatt.formate.get(num_format="0", align="right")
        self.anzahl = blatt.formate.get(num_format="#,##0.##", align="right")
        self.ganz = blatt.formate.get(num_format="#,##0", align="right")

    def wert(self, stellen: int) -> Format:
        """Return the format of a value with these decimals."""
        return self._formate.get(num_format="#,##0" + ("." + "0" * stellen if stellen else ""), align="right")


def _write_texte(blatt: Blatt, zeile: int, texte: list[str], formate: _Zahlformate) -> None:
    for spalte, text in zip((0, 1, 2, 3, 4, 5, 7, 16, 17, 18, 19), texte, strict=True):
        if text:
            blatt.ws.write_string(zeile, spalte, text, formate.text)


def _write_zahlen(
    blatt: Blatt, zeile: int, zahlen: tuple[float | None, ...], formate: _Zahlformate, stellen: int
) -> None:
    wert = formate.wert(stellen)
    for spalte, zahl in enumerate(zahlen, start=8):
        if zahl is None:
            continue
        form = formate.jahr if spalte == 13 else wert
        if spalte < 10:
            form = formate.ganz if zahl == int(zahl) else formate.anzahl
        blatt.ws.write_number(zeile, spalte, zahl, form)
