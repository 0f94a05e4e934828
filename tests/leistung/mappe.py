"""The monitoring workbook of Lindenrath against raw xlsxwriter with the same cells and formats."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from sozialtool import ablauf
from sozialtool.ablauf.beispiel import STAND
from sozialtool.ablauf.bericht import build_bericht
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.ausgabe.monitoring import write_monitoring
from tests.leistung.messen import Messung, in_turn

Blatt = tuple[str, list[tuple[int, int, Any, int]], int]


def read_cells(pfad: Path) -> tuple[list[Blatt], int]:
    """Read all cells of the finished workbook: (row, column, value, number of its format) per sheet."""
    mappe = openpyxl.load_workbook(pfad)
    stile: dict[int, int] = {}
    blaetter: list[Blatt] = []
    for blatt in mappe.worksheets:
        zellen = [
            (zelle.row - 1, zelle.column - 1, zelle.value, stile.setdefault(zelle.style_id, len(stile)))
            for zeile in blatt.iter_rows()
            for zelle in zeile
            if zelle.value is not None or zelle.style_id
        ]
        blaetter.append((blatt.title, zellen, blatt.max_column))
    return blaetter, len(stile)


def write_raw(pfad: Path, blaetter: list[Blatt], formate: int) -> None:
    """Write the same cells without any thought."""
    with xlsxwriter.Workbook(str(pfad), {"strings_to_formulas": False, "strings_to_urls": False}) as mappe:
        stile = [mappe.add_format({"font_size": 10, "num_format": "0.0", "indent": n % 3}) for n in range(formate)]
        for name, zellen, _ in blaetter:
            blatt = mappe.add_worksheet(name)
            for zeile, spalte, wert, stil in zellen:
                if isinstance(wert, str) and wert.startswith("="):
                    blatt.write_formula(zeile, spalte, wert, stile[stil], 0)
                elif wert is None:
                    blatt.write_blank(zeile, spalte, None, stile[stil])
                elif isinstance(wert, str):
                    blatt.write_string(zeile, spalte, wert, stile[stil])
                else:
                    blatt.write(zeile, spalte, wert, stile[stil])


def write_raw_without_collector(pfad: Path, blaetter: list[Blatt], formate: int) -> None:
    """Write the same cells with the garbage collector paused, as `write_monitoring` does it."""
    gc.disable()
    try:
        write_raw(pfad, blaetter, formate)
    finally:
        gc.enable()


def measure(projekt: ablauf.Projekt, ordner: Path) -> list[Messung]:
    bericht = build_bericht(projekt, compute(projekt), projekt.kommune.berichtsjahr, "17/801", STAND)
    fertig, roh = ordner / "Monitoring.xlsx", ordner / "roh.xlsx"
    write_monitoring(fertig, bericht)
    blaetter, formate = read_cells(fertig)
    anzahl = sum(len(zellen) for _, zellen, _ in blaetter)
    # What is read for the floor must not slow the floor down: its garbage collector would walk through it.
    gc.collect()
    gc.freeze()
    unser, boden, strenger = in_turn(
        [
            lambda: write_monitoring(fertig, bericht),
            lambda: write_raw(roh, blaetter, formate),
            lambda: write_raw_without_collector(roh, blaetter, formate),
        ],
        runden=5,
    )
    gc.unfreeze()
    was = f"Arbeitsmappe ({len(blaetter)} Blätter, {anzahl} Zellen)"
    return [
        Messung(was, unser, "xlsxwriter mit denselben Zellen", boden, 1.3),
        Messung("  wie wir ohne Speicherbereinigung", unser, "xlsxwriter mit denselben Zellen", strenger, None),
    ]
