"""A workbook of plain tables: they are counted through all sheets, so that a paper can name one."""

from __future__ import annotations

import datetime as dt
import re

from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zahl, Zeile
from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt, write_vergleich
from tests.ausgabe.hilfen import load


def tabelle(titel, *zeilen):
    return Tabelle(titel, (Spalte("Gebiet"), Spalte("Zahl", Spaltenart.ANZAHL)), tuple(Zeile(z) for z in zeilen), 1)


def test_tables_are_numbered_through_the_workbook(tmp_path):
    zeile = ("Altstadt", Zahl(3))
    blaetter = [
        Vergleichsblatt("Eins", (), tabelle("A", zeile), (tabelle("leer"), tabelle("B", zeile))),
        Vergleichsblatt("Zwei", (), tabelle("C", zeile)),
    ]
    write_vergleich(tmp_path / "t.xlsx", blaetter, "Titel", dt.date(2026, 3, 1))
    mappe = load(tmp_path / "t.xlsx")
    texte = [str(z.value) for blatt in mappe for reihe in blatt.iter_rows() for z in reihe if z.value]
    assert [t for t in texte if re.match(r"Tabelle \d", t)] == ["Tabelle 1: A", "Tabelle 2: B", "Tabelle 3: C"]
