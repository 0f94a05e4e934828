"""A title that gives all figures a unit, and figures left of the names of the areas: nothing is misread without a word."""

from __future__ import annotations

import attrs
import pytest
from bauen import blatt, mappe

from sozialtool.einlesen.pruefung import Pruefung, answer_frage, build_profil, examine_rohmappe
from sozialtool.einlesen.rohblatt import Zellwert
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.fach.messwert import Merkmal, Merkmalart
from sozialtool.fach.raum import Gebiet, Kommune

NAMEN = ("Altstadt", "Nord", "Süd")
UMFELD = Umfeld(
    Kommune("05999038", "Lindenrath"),
    gebiete=tuple(Gebiet(f"0{i}", name, "sozialraum", "05999038") for i, name in enumerate(NAMEN, 1)),
    merkmale=(
        Merkmal("ew", "Einwohner"),
        Merkmal("arbeitslose", "Arbeitslose"),
        Merkmal("quote", "Quote", Merkmalart.ANTEIL),
    ),
)


def liefern(*zeilen: tuple[Zellwert, ...], umfeld: Umfeld = UMFELD) -> Pruefung:
    return examine_rohmappe(mappe(blatt(*zeilen)), umfeld)


def tabelle(titel: str, *kopf: str, umfeld: Umfeld = UMFELD) -> Pruefung:
    werte = [(name, *(float(7 + i + s) for s in range(len(kopf)))) for i, name in enumerate(NAMEN)]
    return liefern(("Stand 31.12.2025",), (titel,), ("Sozialraum", *kopf), *werte, umfeld=umfeld)


def codes(pruefung: Pruefung) -> list[str]:
    return [befund.code for befund in pruefung.befunde]


@pytest.mark.parametrize(
    "titel",
    ["Angaben in Prozent", "Arbeitslose in %", "Bestand (in Tsd.)", "Arbeitslose je 1.000 Einwohner", "Zahlen in v. H.",
     "Alle Angaben in 1.000"],
)  # fmt: skip
def test_a_unit_in_the_title_is_no_count(titel):
    pruefung = tabelle(titel, "Arbeitslose")
    assert pruefung.messwerte == ()
    assert [frage.kennung for frage in pruefung.fragen] == ["merkmal:0:arbeitslose"]
    assert codes(pruefung) == ["EINHEIT-TITEL"]


@pytest.mark.parametrize(
    "titel", ["Arbeitslose, Anzahl und Anteil in %", "Arbeitslose der 1.000-Jahr-Feier", "Arbeitslose"]
)
def test_a_title_without_a_unit_of_its_own(titel):
    pruefung = tabelle(titel, "Arbeitslose")
    assert len(pruefung.messwerte) == 3
    assert codes(pruefung) == []


def test_columns_that_say_it_themselves():
    pruefung = tabelle("Arbeitslose, Angaben in Prozent", "Arbeitslose Anzahl", "Anteil in %")
    assert "EINHEIT-TITEL" not in codes(pruefung)


def test_thousands_are_multiplied_when_the_planner_says_so():
    pruefung = tabelle("Bevölkerung (Angaben in Tsd.)", "Einwohner")
    pruefung = answer_frage(pruefung, UMFELD, pruefung.fragen[0].kennung, "ew")
    assert [frage.art for frage in pruefung.fragen] == ["einheit"]
    fertig = answer_frage(pruefung, UMFELD, pruefung.fragen[0].kennung, "1000")
    assert [wert.wert for wert in fertig.messwerte] == [7000.0, 8000.0, 9000.0]
    assert codes(fertig) == []
    umfeld = attrs.evolve(UMFELD, profile=(build_profil(fertig, "Bevölkerung"),))
    wieder = tabelle("Bevölkerung (Angaben in Tsd.)", "Einwohner", umfeld=umfeld)
    assert [wert.wert for wert in wieder.messwerte] == [7000.0, 8000.0, 9000.0]


def test_figures_left_of_the_names_are_not_lost_without_a_word():
    werte = ((101, "Altstadt", 2101), (152, "Nord", 3152), (83, "Süd", 2083))
    pruefung = liefern(("Stand 31.12.2025",), ("Arbeitslose", "Sozialraum", "Einwohner"), *werte)
    assert [befund.meldung for befund in pruefung.befunde if befund.code == "SPALTE-UNGELESEN"] == [
        "Nicht eingelesen: „Arbeitslose“."
    ]


def test_numbers_of_rows_left_of_the_names_are_no_figures():
    werte = ((1, "Altstadt", 2101), (2, "Nord", 3152), (3, "Süd", 2083))
    pruefung = liefern(("Stand 31.12.2025",), ("Lfd. Nr.", "Sozialraum", "Einwohner"), *werte)
    assert codes(pruefung) == [] or codes(pruefung) == ["CODE-NULLEN"]
    assert len(pruefung.messwerte) == 3


@pytest.mark.parametrize("titel", ["Bevölkerungsprognose 2035", "Einwohner – Vorausberechnung bis 2040"])
def test_a_forecast_is_not_read_without_a_word(titel: str) -> None:
    assert "PROGNOSE" in codes(tabelle(titel, "Einwohner"))
    assert "PROGNOSE" not in codes(tabelle("Einwohner in den Sozialräumen", "Einwohner"))
