"""Build the form that the Sozialamt sends back: rebuilt in a spreadsheet, with rows and a sheet of its own, numbers as text.

Run as `python beispieldaten/ruecklauf_bilden.py [ORDNER]` after the Merkmale of the Sozialamt, the Sozialräume or the layout of
the forms changed (without a folder: ruecklaeufe/ beside it). tests/beispieldaten looks whether it still fits.
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.cell_range import CellRange

from sozialtool.ablauf.abfragen import build_formular, get_abfrage
from sozialtool.ablauf.beispieljahr import JAHR, RUECKLAEUFE, UMGEBAUT, fill, open_jahr
from sozialtool.ablauf.beispielstadt import create_lindenrath
from sozialtool.erhebung.abfrage import build_abfrage
from sozialtool.erhebung.angabenblatt import ERSTE_ZEILE
from sozialtool.erhebung.formular import ANGABEN, ANMERKUNG, stand_of
from sozialtool.fach.messwert import Zeichen

ORDNER = Path(__file__).resolve().parent
TEILE = {"01": "Kernstadt", "04": "Rheinfeld", "06": "Holthausen", "08": "Weststadt", "10": "übrige Ortsteile"}
"""Before which Sozialraum the Sozialamt puts a line of its own, and what stands in it."""
GESPEICHERT = dt.datetime(2026, 2, 24, 15, 40)
_ZEICHEN = {"geheim": "*", "-": "–", "k. A.": "k.A."}


def build(ziel: Path) -> Path:
    """Write the file into the folder and return its path."""
    pfad = ziel / RUECKLAEUFE[UMGEBAUT]
    ziel.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as ordner, create_lindenrath(Path(ordner) / "L", ORDNER) as projekt:
        open_jahr(projekt, ORDNER)
        formular = build_formular(projekt, get_abfrage(projekt, UMGEBAUT, JAHR))
        eintraege = {ort: _rewrite(wert) for ort, wert in fill(formular, _read_werte(formular)).items()}
        eintraege["11", ANMERKUNG] = "ohne Bewohner des Pflegeheims"
        build_abfrage(pfad, formular, eintraege=eintraege)
    mappe = openpyxl.load_workbook(pfad)
    _insert_rows(mappe[ANGABEN])
    _add_sheet(mappe)
    mappe.properties.modified = GESPEICHERT
    mappe.save(pfad)
    return pfad


def _read_werte(formular: Any) -> dict[tuple[str, str], float | Zeichen]:
    """What the Sozialamt knows, from the book of truth."""
    staende = {m.schluessel: stand_of(m, formular.jahr)[0].isoformat() for m in formular.merkmale}
    with (ORDNER / "wahrheit.csv").open(encoding="utf-8", newline="") as datei:
        return {
            (z["gebiet"], z["merkmal"]): Zeichen[z["zeichen"]] if z["zeichen"] else float(z["wert"])
            for z in csv.DictReader(datei, delimiter=";")
            if staende.get(z["merkmal"]) == z["stand"]
        }


def _rewrite(wert: str | float | None) -> str | float | None:
    """Numbers as text with a point for thousands, signs instead of words."""
    if isinstance(wert, str):
        return _ZEICHEN.get(wert, wert)
    return None if wert is None else f"{wert:,.0f}".replace(",", ".")


def _insert_rows(blatt: Any) -> None:
    """A line before each part of the town, as somebody does who pastes from a list of their own."""
    zeile = ERSTE_ZEILE + 1
    while blatt.cell(zeile, 1).value:
        name = TEILE.get(str(blatt.cell(zeile, 1).value))
        if name is not None:
            verbunden = [str(bereich) for bereich in blatt.merged_cells.ranges if bereich.min_row >= zeile]
            for bereich in verbunden:
                blatt.unmerge_cells(bereich)
            blatt.insert_rows(zeile)
            for bereich in verbunden:
                neu = CellRange(bereich)
                neu.shift(row_shift=1)
                blatt.merge_cells(neu.coord)
            blatt.cell(zeile, 2).value = name
            zeile += 1
        zeile += 1


def _add_sheet(mappe: Any) -> None:
    blatt = mappe.create_sheet("Tabelle1", 0)
    blatt["A1"] = "Zahlen kommen aus dem Fachverfahren, Stand Februar"
    blatt["A2"] = "BuT ohne Nachhilfe, sonst wie letztes Jahr"


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if len(sys.argv) > 1 else ORDNER / "ruecklaeufe"))
