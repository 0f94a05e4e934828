"""Questions are asked once for a file, not once for each of its tables."""

from __future__ import annotations

import datetime as dt

from bauen import blatt, mappe

from sozialtool.einlesen.pruefung import answer_frage, build_profil, examine_rohmappe
from sozialtool.einlesen.rohblatt import Rohblatt
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet, Kommune

UMFELD = Umfeld(
    Kommune("05999038", "Lindenrath"),
    gebiete=tuple(Gebiet(f"0{i}", name, "sozialraum", "05999038") for i, name in enumerate("ABC", 1)),
    merkmale=(Merkmal("ew", "Einwohner"), Merkmal("hh", "Haushalte"), Merkmal("bg", "Bedarfsgemeinschaften")),
)


def tabelle(kopf: str, name: str, titel: str = "") -> Rohblatt:
    return blatt((titel or None,), (), ("Sozialraum", kopf), ("A", 10), ("B", 20), ("C", 30), name=name)


def test_the_stand_of_a_file_name_is_asked_once() -> None:
    datei = mappe(tabelle("Einwohner", "x"), tabelle("Haushalte", "y"), datei="Lieferung 2023.xlsx")
    pruefung = examine_rohmappe(datei, UMFELD)
    assert [(f.art, f.schluessel) for f in pruefung.fragen] == [("stand", "0,1")]
    assert "2 Tabellen" in pruefung.fragen[0].frage
    fertig = answer_frage(pruefung, UMFELD, pruefung.fragen[0].kennung, pruefung.fragen[0].vorschlaege[0].schluessel)
    assert fertig.fragen == ()
    assert {(w.merkmal, w.stand) for w in fertig.messwerte} == {
        ("ew", dt.date(2023, 12, 31)), ("hh", dt.date(2023, 12, 31)),
    }  # fmt: skip
    assert build_profil(fertig, "x")


def test_a_typed_day_holds_for_all_tables_without_a_date() -> None:
    datei = mappe(
        tabelle("Einwohner", "x"), tabelle("Haushalte", "y"), tabelle("Bedarfsgemeinschaften", "z", "Stand 31.12.2021")
    )
    pruefung = examine_rohmappe(datei, UMFELD)
    assert [f.art for f in pruefung.fragen] == ["stand"]
    fertig = answer_frage(pruefung, UMFELD, pruefung.fragen[0].kennung, "31.12.2022")
    assert {(w.merkmal, w.stand.year) for w in fertig.messwerte} == {("ew", 2022), ("hh", 2022), ("bg", 2021)}


def test_code_and_name_of_two_areas_are_asked() -> None:
    zeilen = (("01", "A", 10), ("02", "C", 20), ("03", "B", 30))
    pruefung = examine_rohmappe(
        mappe(blatt(("Stand 31.12.2023",), ("Nr.", "Sozialraum", "Einwohner"), *zeilen)), UMFELD
    )
    assert [(f.art, f.zelle) for f in pruefung.fragen] == [("gebiet", "A4"), ("gebiet", "A5")]
    assert {v.schluessel for v in pruefung.fragen[0].vorschlaege} == {"02", "03"}
    assert [w.gebiet for w in pruefung.messwerte] == ["01"]
