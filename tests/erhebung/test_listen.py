"""A list goes to Excel, is edited there and comes back."""

from __future__ import annotations

import datetime as dt

import attrs
import openpyxl
import pytest

from sozialtool.ausgabe.katalogblatt import KOPFZEILE, write_liste
from sozialtool.erhebung.listen import Unterschiede, compare_listen, read_liste
from sozialtool.fach.felder import felder_of
from sozialtool.fach.indikator import Indikator, Intervallart, Richtung, Zustand
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet
from sozialtool.fehler import DateiUnlesbar, DatenFehler
from tests.ausgabe.bau import indikatoren
from tests.ausgabe.hilfen import convert

GEBIETE = [
    Gebiet("007", "Müllersgrund", "sozialraum", "05999044", namen=("Müllers-Grund", "MG"), reihenfolge=1, kachel_x=0),
    Gebiet("=1+1", '=HYPERLINK("http://example.invalid";"x")', "sozialraum"),
    Gebiet("1-2", "Übergröße; ßäöü", "sozialraum", namen=("+49", "@Stadt", "-5")),
    Gebiet("05170044", "'mit Apostroph", "stadt", reihenfolge=-3),
]  # fmt: skip
INDIKATOR = Indikator(
    "X1", "Name", "arbeit", "a", nenner="b", faktor=0.1 + 0.2, richtung=Richtung.ENTLASTEND, jahre=3, stufe=True,
    intervall=Intervallart.BYAR, zustand=Zustand.VEREINBART, vereinbart_am=dt.date(2025, 6, 1), hinweis="Zeile 1\nZeile 2",
)  # fmt: skip


def edit(pfad, tun):
    mappe = openpyxl.load_workbook(pfad)
    tun(mappe.worksheets[0])
    mappe.save(pfad)


@pytest.mark.parametrize(
    ("klasse", "objekte"),
    [(Gebiet, GEBIETE), (Indikator, [INDIKATOR, *indikatoren()]), (Merkmal, [Merkmal("m", "M", einheit="", mindestfallzahl=0)]), (Gebiet, [])],
)  # fmt: skip
def test_what_goes_out_comes_back(tmp_path, klasse, objekte):
    pfad = tmp_path / "liste.xlsx"
    write_liste(pfad, klasse, objekte, "Liste & Titel")
    zurueck = read_liste(pfad, klasse)
    assert not compare_listen(objekte, zurueck)
    assert [type(objekt) for objekt in zurueck] == [klasse] * len(objekte)


def test_codes_keep_their_zeros_and_formulas_stay_text(tmp_path):
    pfad = tmp_path / "liste.xlsx"
    write_liste(pfad, Gebiet, GEBIETE, "Gebiete")
    zurueck = {gebiet.schluessel: gebiet for gebiet in read_liste(pfad, Gebiet)}
    assert set(zurueck) == {"007", "=1+1", "1-2", "05170044"}
    assert zurueck["=1+1"].name.startswith("=HYPERLINK(")
    assert zurueck["1-2"].namen == ("+49", "@Stadt", "-5")
    assert zurueck["007"].kachel_x == 0
    assert zurueck["1-2"].kachel_x is None


def test_every_kind_of_difference_is_found(tmp_path):
    pfad = tmp_path / "liste.xlsx"
    write_liste(pfad, Gebiet, GEBIETE, "Gebiete")
    namen = [feld.name for feld in felder_of(Gebiet)]

    def tun(blatt):
        blatt.cell(KOPFZEILE + 2, namen.index("name") + 1).value = "Müllersgrund-West"
        blatt.delete_rows(KOPFZEILE + 3)
        zeile = KOPFZEILE + 5
        for name, wert in (("schluessel", "099"), ("name", "Neues Viertel"), ("ebene", "sozialraum")):
            blatt.cell(zeile, namen.index(name) + 1).value = wert

    edit(pfad, tun)
    unterschiede = compare_listen(GEBIETE, read_liste(pfad, Gebiet))
    assert unterschiede.kurz() == "1 neu, 1 geändert, 1 entfernt"
    assert unterschiede.neu == (Gebiet("099", "Neues Viertel", "sozialraum"),)
    assert unterschiede.geaendert == ((GEBIETE[0], attrs.evolve(GEBIETE[0], name="Müllersgrund-West")),)
    assert unterschiede.entfernt == (GEBIETE[1],)
    assert "Name: „Müllersgrund“ → „Müllersgrund-West“" in unterschiede.zeilen()[1]


def test_no_difference_says_so():
    assert Unterschiede().kurz() == "keine Unterschiede"
    assert not compare_listen(GEBIETE, GEBIETE[::-1])


@pytest.mark.parametrize(
    ("feld", "wert", "erwartet"),
    [
        ("richtung", "schlecht", "Richtung.*schlecht.*Möglich sind: belastend"),
        ("name", None, "Name.*leer"),
        ("nachkommastellen", 1.5, "Nachkommastellen.*1,5 ist keine ganze Zahl"),
        ("faktor", "viel", "Faktor.*viel.*eine Zahl"),
        ("vereinbart_am", "irgendwann", "Vereinbart am.*Datum"),
        ("quelle", dt.date(2025, 3, 1), "Quelle.*Excel hat hier ein Datum"),
    ],
)
def test_a_wrong_value_is_named_with_cell_and_field(tmp_path, feld, wert, erwartet):
    pfad = tmp_path / "liste.xlsx"
    write_liste(pfad, Indikator, [INDIKATOR], "Indikatoren")
    spalte = [f.name for f in felder_of(Indikator)].index(feld) + 1
    orte = []

    def tun(blatt):
        zelle = blatt.cell(KOPFZEILE + 2, spalte)
        zelle.value = wert
        orte.append(zelle.coordinate)

    edit(pfad, tun)
    with pytest.raises(DatenFehler, match=f"Zelle {orte[0] if orte else ''}.*{erwartet}"):
        read_liste(pfad, Indikator)


def test_typed_values_are_understood(tmp_path):
    pfad = tmp_path / "liste.xlsx"
    write_liste(pfad, Indikator, [INDIKATOR], "Indikatoren")
    namen = [feld.name for feld in felder_of(Indikator)]

    def tun(blatt):
        for name, wert in (
            ("vereinbart_am", "01.07.2025"),
            ("faktor", "0,5"),
            ("stufe", "nein"),
            ("richtung", "Neutral"),
            ("quelle", 5),
        ):
            blatt.cell(KOPFZEILE + 2, namen.index(name) + 1).value = wert

    edit(pfad, tun)
    gelesen = read_liste(pfad, Indikator)[0]
    assert (gelesen.vereinbart_am, gelesen.faktor, gelesen.stufe, gelesen.richtung, gelesen.quelle) == (
        dt.date(2025, 7, 1), 0.5, False, Richtung.NEUTRAL, "5",
    )  # fmt: skip


def test_doubled_key_missing_column_and_foreign_file(tmp_path):
    pfad = tmp_path / "liste.xlsx"
    write_liste(pfad, Gebiet, GEBIETE, "Gebiete")
    edit(pfad, lambda blatt: setattr(blatt.cell(KOPFZEILE + 3, 1), "value", "007"))
    with pytest.raises(DatenFehler, match="mehrfach: 007"):
        read_liste(pfad, Gebiet)
    write_liste(pfad, Gebiet, GEBIETE, "Gebiete")
    edit(pfad, lambda blatt: setattr(blatt.cell(KOPFZEILE + 1, 4), "value", "Ganz anders"))
    with pytest.raises(DatenFehler, match="fehlen die Spalten: Teil von"):
        read_liste(pfad, Gebiet)
    with pytest.raises(DateiUnlesbar, match="keine Liste mit den Überschriften"):
        read_liste(pfad, Indikator)


@pytest.mark.buero
def test_libreoffice_opens_and_saves_it_without_a_difference(tmp_path):
    for klasse, objekte in ((Gebiet, GEBIETE), (Indikator, [INDIKATOR, *indikatoren()])):
        pfad = tmp_path / f"{klasse.__name__}.xlsx"
        write_liste(pfad, klasse, objekte, "Liste")
        for endung in ("xlsx", "ods"):
            gespeichert = convert(pfad, endung, tmp_path)
            assert not compare_listen(objekte, read_liste(gespeichert, klasse))
