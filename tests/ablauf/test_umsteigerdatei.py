"""Varianten edited in Excel, and the published crosswalk of a real reform."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from raumstadt import build_raumstadt

from sozialtool import ablauf
from sozialtool.fehler import BedienFehler, DatenFehler


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_raumstadt(tmp_path / "stadt", range(2025, 2026)) as projekt:
        ablauf.make_variante(projekt, "v1", "Variante 1")
        yield projekt


def edit(pfad, aendern):
    """Change cells of column C (Sozialraum) by the area in column B; a key of another kind goes into that column itself."""
    mappe = openpyxl.load_workbook(pfad)
    blatt = mappe.worksheets[0]
    for zeile in blatt.iter_rows():
        if len(zeile) > 2 and zeile[1].value in aendern:
            spalte, wert = aendern[zeile[1].value]
            zeile[spalte].value = wert
    mappe.save(pfad)
    return pfad


def test_variante_is_made_in_excel(projekt, tmp_path):
    pfad = ablauf.export_variante(projekt, "v1", tmp_path / "v1.xlsx")
    assert not ablauf.import_variante(projekt, "v1", pfad)
    edit(pfad, {"b1c": (2, "02"), "b4a": (2, "raum 3")})
    unterschiede = ablauf.import_variante(projekt, "v1", pfad)
    assert len(unterschiede.geaendert) == 2
    assert ablauf.raumplan(projekt, "v1").zuordnung["b1c"] == "01"
    ablauf.save_liste(projekt, unterschiede)
    nachher = ablauf.raumplan(projekt, "v1").zuordnung
    assert (nachher["b1c"], nachher["b4a"], nachher["b1a"]) == ("02", "03", "01")
    ablauf.undo(projekt)
    assert ablauf.raumplan(projekt, "v1").zuordnung["b1c"] == "01"


@pytest.mark.parametrize(("aenderung", "wort"), [((2, "99"), "„99“"), ((1, "S1"), "„S1“"), ((0, "2019"), "„2019“")])
def test_what_does_not_fit_is_named(projekt, tmp_path, aenderung, wort):
    pfad = edit(ablauf.export_variante(projekt, "v1", tmp_path / "v1.xlsx"), {"b1c": aenderung})
    with pytest.raises(DatenFehler, match=wort):
        ablauf.import_variante(projekt, "v1", pfad)


def test_an_agreed_one_is_not_edited(projekt, tmp_path):
    pfad = ablauf.export_variante(projekt, "v1", tmp_path / "v1.xlsx")
    ablauf.agree_gebietsstand(projekt, "v1", dt.date(2025, 5, 1), "Rat")
    with pytest.raises(BedienFehler, match="vereinbart"):
        ablauf.import_variante(projekt, "v1", pfad)


def test_crosswalk_with_german_commas_and_leading_zeros(tmp_path):
    pfad = tmp_path / "schluessel.csv"
    pfad.write_text("alt;neu;Anteil\n0101;0201;0,25\n0101;0202;0,75\n0102;0202;1\n", encoding="utf-8")
    datei = ablauf.read_umsteigerdatei(pfad, ["0101", "0102", "0103"], ["0201", "0202"])
    assert [(u.von, u.nach, u.gewicht) for u in datei.umsteiger] == [
        ("0101", "0201", 0.25),
        ("0101", "0202", 0.75),
        ("0102", "0202", 1.0),
    ]
    assert [b.code for b in datei.befunde] == ["UMSTEIGER-FEHLT"]


def test_a_file_without_crosswalk_is_refused(tmp_path):
    pfad = tmp_path / "anderes.csv"
    pfad.write_text("Gebiet;Einwohner\n01;500\n02;700\n", encoding="utf-8")
    with pytest.raises(DatenFehler, match="kein Umsteigeschlüssel"):
        ablauf.read_umsteigerdatei(pfad)


@pytest.mark.parametrize(
    ("text", "schwere", "wort"),
    [
        ("Ort;Straße;Note\nA1;B1;1\nC1;D1;1\n", "FRAGE", "„Note“ als Gewicht"),
        (
            "alt;neu;Flächenanteil;Bevölkerungsanteil\nA1;B1;0,5;0,1\nA1;B2;0,5;0,9\n",
            "FRAGE",
            "auch da: „Bevölkerungsanteil“",
        ),
        ("0101;0201;1\n0102;0202;1\n0103;0203;1\n", "FEHLER", "0101 · 0201 · 1"),
    ],
)
def test_a_list_that_does_not_say_weight_is_doubted(tmp_path, text, schwere, wort):
    pfad = tmp_path / "liste.csv"
    pfad.write_text(text, encoding="utf-8")
    (befund,) = ablauf.read_umsteigerdatei(pfad).befunde
    assert (befund.code, befund.schwere.name) == ("UMSTEIGER-KOPF", schwere)
    assert wort in befund.meldung


def test_the_column_called_weight_is_the_weight(tmp_path):
    pfad = tmp_path / "liste.csv"
    pfad.write_text("alt;neu;Gewicht\n1;1;0,3\n1;0;0,7\n", encoding="utf-8")
    datei = ablauf.read_umsteigerdatei(pfad)
    assert [(u.von, u.nach, u.gewicht) for u in datei.umsteiger] == [("1", "0", 0.7), ("1", "1", 0.3)]


@pytest.mark.real
def test_the_berlin_crosswalk_is_read_through_the_door(daten):
    datei = ablauf.read_umsteigerdatei(daten / "gebietsreform" / "lor_umsteiger_2006_2021.csv")
    assert (datei.quellen, datei.ziele) == (448, 542)
    assert {len(u.von) for u in datei.umsteiger} == {8}
    assert [b.code for b in datei.befunde] == ["UMSTEIGER-SPLITTER"]
    je = {}
    for u in datei.umsteiger:
        je[u.von] = je.get(u.von, 0) + u.gewicht
    assert all(summe == pytest.approx(1) for summe in je.values())
