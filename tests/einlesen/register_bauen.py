"""An invented small register for the tests: people whose traces can be searched for."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import xlsxwriter

from sozialtool.fach.strasse import Seite, Strassenabschnitt

STICHTAG = dt.date(2025, 12, 31)
KOPF = ["Lfd.", "Name", "Straßenschlüssel", "Straße", "Hausnummer", "Zusatz", "Geburtsdatum", "Geschlecht",
        "Staatsangehörigkeit", "Familienstand", "Einzugsdatum", "Haushaltsnummer"]  # fmt: skip
ABSCHNITTE = (
    Strassenabschnitt("0010", 1, "Xanthippenstraße", "001", None, "", 12, "", Seite.GERADE),
    Strassenabschnitt("0010", 2, "Xanthippenstraße", "002", 14, "", None, "", Seite.GERADE),
    Strassenabschnitt("0010", 3, "Xanthippenstraße", "002", seite=Seite.UNGERADE),
    Strassenabschnitt("0020", 1, "Zwetschgenweg", "001"),
)


def people(anzahl: int, saat: int = 1) -> list[list[object]]:
    """Invent rows below KOPF; every 50th person lives in a street that is misspelled, every 61st has no birth date."""
    zufall = random.Random(saat)
    zeilen: list[list[object]] = []
    for i in range(anzahl):
        strasse = zufall.choice([("0010", "Xanthippenstr."), ("0020", "Zwetschgenweg")])
        if i % 50 == 49:
            strasse = ("", "Xantippenstraat")
        geboren = dt.date(1931, 1, 1) + dt.timedelta(zufall.randrange(34_600))
        einzug = geboren + dt.timedelta(zufall.randrange(12_000))
        zeilen.append([
            i + 1, f"Quaxfamilie{i}", *strasse, zufall.randrange(1, 60), zufall.choice(["", "", "a"]),
            "" if i % 61 == 60 else f"{geboren:%d.%m.%Y}", zufall.choice(["m", "w", "m", "w", "d"]),
            zufall.choice(["deutsch", "deutsch", "polnisch", "syrisch", "türkisch/deutsch"]), "VH", f"{einzug:%d.%m.%Y}",
            f"H{i // 3:06}",
        ])  # fmt: skip
    return zeilen


def write_xlsx(pfad: Path, zeilen: list[list[object]], kopf: list[str] | None = None) -> Path:
    with xlsxwriter.Workbook(str(pfad)) as mappe:
        blatt = mappe.add_worksheet("Register")
        for z, zeile in enumerate([kopf or KOPF, *zeilen]):
            blatt.write_row(z, 0, zeile)
    return pfad


def write_csv(pfad: Path, zeilen: list[list[object]], kopf: list[str] | None = None) -> Path:
    text = "\n".join(";".join(map(str, zeile)) for zeile in [kopf or KOPF, *zeilen]) + "\n"
    pfad.write_text(text, encoding="utf-8")
    return pfad
