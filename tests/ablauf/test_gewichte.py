"""Weights for areas that cut across Sozialräume: given as an Excel list, checked, and used at once."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.raum import Ebene, Gebiet, Umsteiger
from sozialtool.fehler import DatenFehler


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        with projekt.change("Stimmbezirk quer") as schreiber:
            schreiber.put(Ebene("stimmbezirk", "Stimmbezirk", "Stimmbezirke", veroeffentlichen=False))
            schreiber.put(Gebiet("S1", "Stimmbezirk 1", "stimmbezirk"))
            schreiber.put(Messwert("S1", "waehler", dt.date(2025, 9, 14), 400.0))
        yield projekt


def write_gewichte(projekt, pfad, zeilen):
    ablauf.export_liste(projekt, "gewichte", pfad)
    mappe = openpyxl.load_workbook(pfad)
    blatt = mappe.worksheets[0]
    kopf = next(z[0].row for z in blatt.iter_rows(max_col=1) if str(z[0].value).startswith("Von Gebiet"))
    for nummer, zeile in enumerate(zeilen, start=1):
        for spalte, wert in enumerate(zeile, start=1):
            blatt.cell(kopf + nummer, spalte, wert)
    mappe.save(pfad)
    return pfad


def test_weights_come_from_excel_and_are_taken_back(projekt, tmp_path):
    assert any("mehreren Sozialräumen" in schritt.text for schritt in ablauf.uebersicht(projekt).naechste)
    pfad = write_gewichte(projekt, tmp_path / "gewichte.xlsx", [("S1", "01", 0.25), ("S1", "02", 0.75)])
    unterschiede = ablauf.import_liste(projekt, "gewichte", pfad)
    ablauf.save_liste(projekt, unterschiede)
    assert projekt.read(Umsteiger) == [Umsteiger("S1", "01", 0.25), Umsteiger("S1", "02", 0.75)]
    assert not any("mehreren Sozialräumen" in schritt.text for schritt in ablauf.uebersicht(projekt).naechste)
    ablauf.undo(projekt)
    assert projekt.read(Umsteiger) == []


@pytest.mark.parametrize(
    ("zeilen", "wort"),
    [
        ([("S1", "01", 0.25), ("S1", "02", 0.5)], "0,750"),
        ([("S1", "99", 1)], "„99“"),
        ([("S1", "01", 1.5), ("S1", "02", -0.5)], "zwischen 0 und 1"),
    ],
)
def test_weights_that_cannot_be_are_named(projekt, tmp_path, zeilen, wort):
    pfad = write_gewichte(projekt, tmp_path / "gewichte.xlsx", zeilen)
    with pytest.raises(DatenFehler, match=wort):
        ablauf.import_liste(projekt, "gewichte", pfad)
    assert projekt.read(Umsteiger) == []
