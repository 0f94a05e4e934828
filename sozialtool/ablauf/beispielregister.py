"""Lindenrath's Straßenverzeichnis and register of residents: what the smallest areas of the example know."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import attrs

from sozialtool.ablauf import projekte
from sozialtool.ablauf.adressen import accept_register, accept_strassen, count_register, read_strassen
from sozialtool.ablauf.werte import Stop
from sozialtool.fach.raum import NICHT_ZUZUORDNEN
from sozialtool.fach.strasse import Strassenschreibweise
from sozialtool.projekt import Projekt

STRASSEN = "Strassenverzeichnis_Lindenrath.xlsx"
REGISTER = "Einwohnerregister_31-12-2025.xlsx"
STICHTAG = dt.date(2025, 12, 31)
ABSENDER = "Einwohnermeldewesen"


def take_register(projekt: Projekt, quelle: Path, zeitpunkt: dt.datetime, stop: Stop | None = None) -> None:
    """Copy both files into `register/`, take the Straßenverzeichnis, decide its spellings and count the people.

    What the Bürgerbüro has delivered for Sozialräume and "nicht zuzuordnen" stays; the register adds the smallest areas.

    Args:
        projekt: open for writing, with its areas.
        quelle: the folder beispieldaten.
        zeitpunkt: when it was read.
        stop: when set, reading ends at once.

    Raises:
        DateiFehler: the files cannot be copied or read. Abgebrochen: stopped.
    """
    ordner = projekt.pfad.parent / "register"
    projekte.make_folder(ordner)
    for name in (STRASSEN, REGISTER):
        projekte.copy_datei(quelle / "register" / name, ordner / name)
    accept_strassen(projekt, read_strassen(projekt, ordner / STRASSEN, stop=stop))
    with (quelle / "schreibweisen.csv").open(encoding="utf-8", newline="") as datei:
        entschieden = [Strassenschreibweise(**zeile) for zeile in csv.DictReader(datei, delimiter=";")]
    with projekt.change("Schreibweisen von Straßen entschieden", "beispieldaten") as schreiber:
        schreiber.put(*entschieden)
    lesung = count_register(projekt, ordner / REGISTER, STICHTAG, stop=stop)
    kleinste = tuple(wert for wert in lesung.messwerte if wert.gebiet != NICHT_ZUZUORDNEN)
    accept_register(projekt, attrs.evolve(lesung, messwerte=kleinste), absender=ABSENDER, zeitpunkt=zeitpunkt)
