"""What a measure achieved stays when the next year is entered: by hand, from a list, from a Träger."""

from __future__ import annotations

import attrs
import openpyxl
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.ablauf.controlling import build_massnahmenbilder
from sozialtool.ablauf.listenpruefung import check_listen
from sozialtool.ablauf.plangrundlage import read_plangrundlage
from sozialtool.ablauf.zieltafel import describe_massnahme
from sozialtool.fach.planung import Massnahme, Massnahmenleistung
from sozialtool.fehler import BedienFehler, DatenFehler


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        with projekt.change("Maßnahme von früher, ohne Jahre") as schreiber:
            schreiber.put(
                Massnahme(
                    "M1",
                    "Treff",
                    "Stadt",
                    leistung="Treffen",
                    leistung_ziel=40.0,
                    leistung_ist=20.0,
                    leistung_jahr=2023,
                )
            )
        yield projekt


def jahre(projekt):
    return {(e.massnahme, e.jahr): (e.ziel, e.ist) for e in projekt.read(Massnahmenleistung)}


def test_each_year_stays_and_is_told(projekt):
    for jahr, ist in ((2024, 31.0), (2025, 38.0)):
        alt = projekt.get(Massnahme, "M1")
        ablauf.save_eintrag(projekt, Massnahme, {"leistung_ist": ist, "leistung_jahr": jahr}, alt)
    assert jahre(projekt) == {("M1", 2024): (40.0, 31.0), ("M1", 2025): (40.0, 38.0)}
    grundlage = read_plangrundlage(projekt)
    (bild,) = build_massnahmenbilder(projekt, grundlage)
    assert "Über die Jahre: 2024: 31 von 40; 2025: 38 von 40." in describe_massnahme(grundlage, bild)
    blatt = openpyxl.load_workbook(ablauf.write_planung(projekt))["Maßnahmen"]
    assert any("2024: 31 von 40" in str(z.value) for zeile in blatt.iter_rows() for z in zeile)
    ablauf.undo(projekt)
    assert jahre(projekt) == {("M1", 2024): (40.0, 31.0)}


def test_a_year_before_there_were_years_is_told_too(projekt):
    ablauf.save_eintrag(
        projekt, Massnahmenleistung, attrs.asdict(Massnahmenleistung("M1", 2022, "Treffen", 30.0, 11.0))
    )
    (bild,) = build_massnahmenbilder(projekt, read_plangrundlage(projekt))
    assert [(e.jahr, e.ist) for e in bild.leistungen] == [(2022, 11.0), (2023, 20.0)]


def test_a_list_from_excel_keeps_the_year(projekt, tmp_path):
    ablauf.export_liste(projekt, "massnahmen", tmp_path / "m.xlsx")
    mappe = openpyxl.load_workbook(tmp_path / "m.xlsx")
    ws = mappe["Maßnahme"]
    kopf = {z.value: z.column for zeile in ws.iter_rows(max_row=8) for z in zeile if z.value}
    zeile = next(nr for nr in range(1, ws.max_row + 1) if ws.cell(nr, kopf["Schlüssel"]).value == "M1")
    ws.cell(zeile, kopf["Stand der Leistung"]).value, ws.cell(zeile, kopf["Jahr der Leistung"]).value = 35, 2024
    mappe.save(tmp_path / "m.xlsx")
    ablauf.save_liste(projekt, ablauf.import_liste(projekt, "massnahmen", tmp_path / "m.xlsx"))
    assert jahre(projekt) == {("M1", 2024): (40.0, 35.0)}


def test_years_go_with_their_measure_and_must_belong_to_one(projekt, tmp_path):
    ablauf.save_eintrag(projekt, Massnahme, {"leistung_jahr": 2024}, projekt.get(Massnahme, "M1"))
    ablauf.remove_eintrag(projekt, projekt.get(Massnahme, "M1"))
    assert jahre(projekt) == {}
    ablauf.undo(projekt)
    assert jahre(projekt) == {("M1", 2024): (40.0, 20.0)}
    with pytest.raises(BedienFehler, match="Eine Maßnahme „M9“ gibt es nicht"):
        ablauf.save_eintrag(projekt, Massnahmenleistung, attrs.asdict(Massnahmenleistung("M9", 2022)))
    ablauf.export_liste(projekt, "leistungen", tmp_path / "l.xlsx")
    assert not ablauf.import_liste(projekt, "leistungen", tmp_path / "l.xlsx")
    with pytest.raises(DatenFehler, match="nicht unter null"):
        check_listen(projekt, {Massnahmenleistung: [Massnahmenleistung("M1", 2022, ist=-1.0)]})
