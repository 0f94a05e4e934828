"""Lists of people to counts: 37,000 × 10 xlsx against python-calamine, 4,000,000 rows of text against a bare group-by."""

from __future__ import annotations

import datetime as dt
import functools
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from sozialtool.fach.strasse import Seite, Strassenabschnitt
from tests.leistung.lesen import compare_calamine
from tests.leistung.messen import Messung, in_turn, program

STICHTAG = dt.date(2025, 12, 31)
KOPF = ["Lfd.", "Straßenschlüssel", "Straße", "Hausnummer", "Zusatz", "Geburtsdatum", "Geschlecht", "Staatsangehörigkeit",
        "Einzugsdatum", "Haushaltsnummer"]  # fmt: skip
MILLIONEN = 4_000_000
GRUPPIEREN = """
import sys
import polars as pl
spalten = ["Straßenschlüssel", "Straße", "Hausnummer", "Zusatz", "Geburtsdatum", "Geschlecht", "Staatsangehörigkeit", "Einzugsdatum"]
plan = pl.scan_csv(sys.argv[1], separator=";", infer_schema=False).group_by(spalten).len()
print(plan.collect(engine="streaming").height)
"""
ZAEHLEN = """
import json, resource, sys
from tests.leistung.register import count
personen = count(sys.argv[1], int(sys.argv[2]))
print(json.dumps([personen, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024]))
"""


def build_abschnitte(strassen: int) -> list[Strassenabschnitt]:
    """Build streets of three sections each, in 60 areas."""
    abschnitte = []
    for s in range(strassen):
        key, name = f"{s:05}", f"Zwetschgenweg {s}."
        abschnitte += [
            Strassenabschnitt(key, 1, name, f"{s % 60:03}", None, "", 50, "", Seite.GERADE),
            Strassenabschnitt(key, 2, name, f"{(s + 1) % 60:03}", 52, "", None, "", Seite.GERADE),
            Strassenabschnitt(key, 3, name, f"{(s + 2) % 60:03}", seite=Seite.UNGERADE),
        ]
    return abschnitte


def write_mappe(pfad: Path, personen: int) -> None:
    """Write an invented register: two people per household, 480 streets, 25 houses each."""
    import xlsxwriter

    zufall = random.Random(7)
    wohnung: list[object] = []
    with xlsxwriter.Workbook(str(pfad), {"constant_memory": True}) as mappe:
        blatt = mappe.add_worksheet("Register")
        blatt.write_row(0, 0, KOPF)
        for z in range(personen):
            if z % 2 == 0:
                s = zufall.randrange(480)
                wohnung = [f"{s:05}", f"Zwetschgenweg {s}.", str(zufall.randrange(25) + 1), "a" if z % 18 == 0 else ""]
            geboren = dt.date(1935, 1, 1) + dt.timedelta(zufall.randrange(33_000))
            einzug = dt.date(1990, 1, 1) + dt.timedelta(zufall.randrange(13_000))
            blatt.write_row(z + 1, 0, [z, *wohnung, f"{geboren:%d.%m.%Y}", "mw"[z % 2], ("deutsch", "polnisch", "türkisch")[z % 7 // 3],
                                       f"{einzug:%d.%m.%Y}", f"H{z // 2:06}"])  # fmt: skip


def write_text(pfad: Path, personen: int) -> None:
    """Write an invented register as text: one street per 400 people, 200 house numbers each."""
    import polars as pl

    nr = pl.int_range(personen, dtype=pl.UInt64)

    def some(saat: int, anzahl: int) -> pl.Expr:
        return nr.hash(saat) % anzahl

    tag = pl.lit(dt.date(1931, 1, 1))
    strasse = some(1, personen // 833)
    spalten = [
        nr, strasse.cast(pl.String).str.zfill(5), pl.format("Zwetschgenweg {}.", strasse), some(2, 199) + 1,
        pl.when(some(3, 10) == 0).then(pl.lit("a")).otherwise(pl.lit("")),
        (tag + pl.duration(days=some(4, 34_600))).dt.strftime("%d.%m.%Y"),
        pl.when(some(5, 2) == 0).then(pl.lit("m")).otherwise(pl.lit("w")),
        pl.when(some(6, 7) == 0).then(pl.lit("türkisch")).otherwise(pl.lit("deutsch")),
        (tag + pl.duration(days=some(7, 34_600))).dt.strftime("%d.%m.%Y"), pl.format("H{}", nr // 2),
    ]  # fmt: skip
    tabelle = pl.select(spalte.alias(name) for name, spalte in zip(KOPF, spalten, strict=True))
    tabelle.write_csv(pfad, separator=";", quote_style="never")


@functools.cache
def build_plan(strassen: int) -> dict[str, Any]:
    """Build what `ablauf.count_register` takes from an open project: Straßenverzeichnis and Merkmale."""
    from sozialtool import katalog
    from sozialtool.einlesen.register import lesen

    return lesen.build_plan(build_abschnitte(strassen), (), STICHTAG, [m.schluessel for m in katalog.load_merkmale()])


def count(pfad: Path | str, strassen: int) -> int:
    """Count a list as `ablauf.count_register` does, in the child process."""
    from sozialtool.einlesen.register.lesen import read_register

    return read_register(pfad, lambda: build_plan(strassen), modul="sozialtool.ablauf.registerkind").personen


def peak(pfad: Path, strassen: int) -> tuple[int, int]:
    """Count in a fresh process; return the people and the megabytes that the reading process needed at most."""
    fertig = subprocess.run([sys.executable, "-c", ZAEHLEN, str(pfad), str(strassen)], check=True, capture_output=True)
    personen, megabyte = json.loads(fertig.stdout)
    return personen, megabyte


def measure_mappe(ordner: Path) -> list[Messung]:
    klein, gross = ordner / "register.xlsx", ordner / "register_gross.xlsx"
    write_mappe(klein, 37_000)
    write_mappe(gross, 370_000)
    assert count(klein, 480) == 37_000
    zeilen = compare_calamine("Register 37.000 × 10 bis zu den Zahlen", klein, lambda: count(klein, 480))
    (zehnfach,) = in_turn([lambda: count(gross, 480)], runden=1)
    return [
        *zeilen,
        Messung("Register 370.000 × 10", zehnfach, "Register 37.000 × 10", zeilen[0].sekunden, 11.0),
    ]


def measure_text(ordner: Path) -> list[Messung]:
    gross, klein = ordner / "register.csv", ordner / "register_klein.csv"
    write_text(gross, MILLIONEN)
    write_text(klein, MILLIONEN // 10)
    personen, megabyte = peak(gross, MILLIONEN // 833)
    assert personen == MILLIONEN
    unser, boden, zehntel = in_turn(
        [
            program(ZAEHLEN, str(gross), str(MILLIONEN // 833)),
            program(GRUPPIEREN, str(gross)),
            program(ZAEHLEN, str(klein), str(MILLIONEN // 8330)),
        ],
        runden=3,
    )
    return [
        Messung(
            "Register 4.000.000 Zeilen Text (eigener Prozess)",
            unser,
            "Polars: scan_csv, group_by, streaming",
            boden,
            1.5,
        ),
        Messung("Register 4.000.000 Zeilen Text", unser, "Register 400.000 Zeilen", zehntel, 11.0),
        Messung("  Speicher des Leseprozesses höchstens", megabyte / 1000, "1 GB", 1.0, 1.0, "GB"),
    ]


def measure(ordner: Path) -> list[Messung]:
    # Compiled modules may be kept, as on any ordinary machine, also by the reading process.
    merken = os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        return [*measure_mappe(ordner), *measure_text(ordner)]
    finally:
        if merken is not None:
            os.environ["PYTHONDONTWRITEBYTECODE"] = merken


def main() -> int:
    import tempfile

    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        for zeile in measure(Path(name)):
            print(zeile.zeile())
    return 0


if __name__ == "__main__":
    sys.exit(main())
