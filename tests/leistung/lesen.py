"""Reading 37,000 × 10 xlsx against python-calamine alone and against pandas with openpyxl; ten times the rows."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from tests.leistung.messen import Messung, cpu_seconds, in_turn, program

CALAMINE = """
import sys
import python_calamine
mappe = python_calamine.load_workbook(sys.argv[1])
for name in mappe.sheet_names:
    mappe.get_sheet_by_name(name).to_python(skip_empty_area=False)
"""


def write_tabelle(pfad: Path, zeilen: int) -> None:
    """Write an invented table with ten columns: codes, names, counts, shares, dates as text."""
    import xlsxwriter

    zufall = random.Random(5)
    with xlsxwriter.Workbook(str(pfad), {"constant_memory": True}) as mappe:
        blatt = mappe.add_worksheet("Bestand")
        blatt.write_row(0, 0, ["Nr", "Straße", "Haus", "Raum", "Alter", "Jahr", "Anteil", "Art", "Stand", "Notiz"])
        for z in range(1, zeilen + 1):
            wahl = zufall.randrange
            werte = [z, f"Weg {wahl(480)}", wahl(200), f"{wahl(12) + 1:02}", wahl(100), 1930 + wahl(95), wahl(1000) / 10,
                     "abcd"[wahl(4)], "31.12.2025", ""]  # fmt: skip
            blatt.write_row(z, 0, werte)


def read_calamine(pfad: Path) -> int:
    import python_calamine

    mappe = python_calamine.load_workbook(str(pfad))
    return sum(len(mappe.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in mappe.sheet_names)


def compare_calamine(was: str, pfad: Path, unser: Callable[[], object]) -> list[Messung]:
    """Measure our reading against python-calamine alone, by the clock and by processor time.

    We read in a process of our own, because a foreign file may crash its reader; so the floor has one, too. What it takes
    without, in a process that has read the file before, stands below it.
    """
    dinge = [unser, program(CALAMINE, str(pfad)), lambda: read_calamine(pfad)]
    zeilen = []
    for einheit, uhr in (("", time.perf_counter), (", Rechenzeit", cpu_seconds)):
        eigene, boden, warm = in_turn(dinge, runden=7, uhr=uhr)
        zeilen.append(Messung(was + einheit, eigene, "python-calamine allein, eigener Prozess", boden, 1.6))
        zeilen.append(Messung(was + einheit, eigene, "python-calamine allein, ohne Prozess", warm, None))
    return zeilen


def read_pandas(pfad: Path) -> int:
    import pandas as pd

    return len(pd.read_excel(pfad, engine="openpyxl", dtype=str))


def read_ours(pfad: Path) -> int:
    from sozialtool.einlesen.lesen import read_rohmappe

    return sum(blatt.hoehe for blatt in read_rohmappe(pfad).blaetter)


def measure(ordner: Path) -> list[Messung]:
    klein, gross = ordner / "klein.xlsx", ordner / "gross.xlsx"
    write_tabelle(klein, 37_000)
    write_tabelle(gross, 370_000)
    zeilen = compare_calamine("Lesen 37.000 × 10", klein, lambda: read_ours(klein))
    unser = zeilen[0].sekunden
    (pandas,) = in_turn([lambda: read_pandas(klein)], runden=1)
    (zehnfach,) = in_turn([lambda: read_ours(gross)], runden=1)
    return [
        *zeilen,
        Messung("Lesen 37.000 × 10", unser, "pandas mit openpyxl", pandas, None),
        Messung("Lesen 370.000 × 10", zehnfach, "Lesen 37.000 × 10", unser, 11.0),
    ]
