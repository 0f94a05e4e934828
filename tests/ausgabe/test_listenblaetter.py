"""Finding list and list to edit: what stands in them, validation, help, the same bytes."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from sozialtool.ausgabe.befundliste import write_befunde
from sozialtool.ausgabe.katalogblatt import EIGENSCHAFT, KOPFZEILE, write_liste
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fehler import DateiFehler
from tests.ausgabe.bau import indikatoren
from tests.ausgabe.hilfen import convert

STAND = dt.date(2026, 3, 20)
BEFUNDE = (
    Befund("ZAHL-MEHRDEUTIG", Schwere.FRAGE, "„1.234“ kann 1234 oder 1,234 heißen.", "1234", "a.xlsx", "T1", "D10"),
    Befund("SUMME-FALSCH", Schwere.FEHLER, "=1+1 Die Summe stimmt nicht." * 8, "@prüfen", "a.xlsx", "T1", "D5"),
    Befund("ZELLE-LEER", Schwere.HINWEIS, "Zelle ist leer.", "", "a.xlsx", "T1", "D5"),
)


def test_findings_come_heaviest_first_and_stay_text(tmp_path):
    pfad = tmp_path / "befunde.xlsx"
    write_befunde(pfad, BEFUNDE, "Befunde zu a.xlsx", STAND)
    blatt = openpyxl.load_workbook(pfad)["Befunde"]
    zeilen = [[zelle.value for zelle in zeile] for zeile in blatt.iter_rows(min_row=6)]
    assert [zeile[1] for zeile in zeilen] == ["Fehler", "Frage", "Hinweis"]
    assert zeilen[0][5].startswith("=1+1")
    assert blatt["F6"].data_type == "s"
    assert blatt["A2"].value == "Stand 20.03.2026 · Fehler: 1, Frage: 1, Hinweis: 1"
    assert blatt.print_title_rows == "$5:$5"
    assert list(blatt.tables) == ["Befunde"]


def test_an_empty_finding_list_says_so(tmp_path):
    pfad = tmp_path / "befunde.xlsx"
    write_befunde(pfad, (), "Befunde", STAND)
    blatt = openpyxl.load_workbook(pfad)["Befunde"]
    assert blatt["A3"].value == "Es ist nichts aufgefallen."


def test_the_folder_is_missing_and_cannot_be_made(tmp_path):
    (tmp_path / "datei").write_text("x", encoding="utf-8")
    with pytest.raises(DateiFehler, match="lässt sich im Ordner"):
        write_befunde(tmp_path / "datei" / "b.xlsx", (), "Befunde", STAND)


def test_a_list_brings_its_choices_help_and_formats(tmp_path):
    pfad = tmp_path / "liste.xlsx"
    write_liste(pfad, Indikator, indikatoren(), "Indikatoren")
    mappe = openpyxl.load_workbook(pfad)
    blatt = mappe["Indikator"]
    kopf = {zelle.value: zelle for zelle in blatt[KOPFZEILE + 1]}
    assert blatt.cell(KOPFZEILE, 1).value == "Schlüssel"
    assert {prop.name: prop.value for prop in mappe.custom_doc_props.props}[EIGENSCHAFT] == "Indikator"
    regeln = {regel.promptTitle or regel.formula1: regel for regel in blatt.data_validations.dataValidation}
    assert regeln["Richtung"].formula1 == '"belastend,entlastend,neutral"'
    assert regeln["Richtung"].prompt == "Was ein hoher Wert bedeutet."
    spalte = kopf["Vereinbart am"].column
    assert blatt.cell(KOPFZEILE + 2, spalte).value == dt.datetime(2025, 6, 12)
    assert blatt.cell(KOPFZEILE + 2, spalte).number_format == "dd.mm.yyyy"
    assert blatt.cell(KOPFZEILE + 2, kopf["Kennung"].column).number_format == "@"
    assert all(blatt.sheet_state == "visible" for blatt in mappe.worksheets)


def test_a_list_is_written_with_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_liste(tmp_path / name, Indikator, indikatoren(), "Indikatoren")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.buero
def test_libreoffice_prints_both(tmp_path):
    befunde, liste = tmp_path / "befunde.xlsx", tmp_path / "liste.xlsx"
    write_befunde(befunde, BEFUNDE * 20, "Befunde", STAND)
    write_liste(liste, Indikator, indikatoren(), "Indikatoren")
    assert convert(befunde, "pdf", tmp_path).stat().st_size > 5000
    assert convert(liste, "pdf", tmp_path).stat().st_size > 5000
