"""The day of printing or evaluating a delivery is not the day that its figures speak of."""

from __future__ import annotations

import attrs
import pytest
from bauen import blatt, mappe

from sozialtool.einlesen.pruefung import Pruefung, build_profil, examine_rohmappe
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet, Kommune

UMFELD = Umfeld(
    Kommune("05999038", "Lindenrath"),
    gebiete=tuple(Gebiet(f"0{i}", name, "sozialraum", "05999038") for i, name in enumerate(("Altstadt", "Nord"), 1)),
    merkmale=(Merkmal("ew", "Einwohner"),),
)


def liefern(*titel: str, umfeld: Umfeld = UMFELD) -> Pruefung:
    zeilen = (*((text,) for text in titel), ("Sozialraum", "Einwohner"), ("Altstadt", 1210), ("Nord", 987))
    return examine_rohmappe(mappe(blatt(*zeilen)), umfeld)


def staende(pruefung: Pruefung) -> set[str]:
    return {str(wert.stand) for wert in pruefung.messwerte}


@pytest.mark.parametrize(
    "titel",
    [
        "Auswertung vom 15.01.2026, Berichtsjahr 2025",
        "Einwohner 2025 (erstellt am 15.01.2026)",
        "Druckdatum: 15.01.2026 – Daten zum 31.12.2025",
        "Stichtag 31.12.2025, abgerufen am 3. Februar 2026",
        "Einwohner im Dezember 2025, exportiert 2026-02-03",
        "erstellt im März 2026, Stand 31.12.2025",
    ],
)
def test_the_year_of_the_figures_counts(titel):
    pruefung = liefern(titel)
    assert staende(pruefung) == {"2025-12-31"}
    assert not [befund for befund in pruefung.befunde if befund.code == "STAND-WIDERSPRUCH"]


@pytest.mark.parametrize(
    "titel",
    [
        "Auswertung vom 15.01.2026",
        "Druckdatum: 03.02.2026",
        "erstellt im März 2026",
        "erstellt 2026",
        "Abruf: 03.02.2026",
    ],
)
def test_without_another_date_it_is_asked_for(titel):
    pruefung = liefern(titel)
    assert pruefung.messwerte == ()
    assert [frage.kennung for frage in pruefung.fragen] == ["stand:0:"]


def test_printing_beside_the_title_is_no_contradiction():
    pruefung = liefern("Jobcenter – erstellt am 12.02.2026", "Einwohner im Dezember 2025")
    assert staende(pruefung) == {"2025-12-31"}
    assert not [befund for befund in pruefung.befunde if befund.code == "STAND-WIDERSPRUCH"]


def test_a_saved_profile_does_not_take_it_either():
    profil = build_profil(liefern("Einwohner am 31.12.2025"), "Einwohner")
    umfeld = attrs.evolve(UMFELD, profile=(profil,))
    pruefung = liefern("Einwohner, ausgewertet am 12.02.2027", umfeld=umfeld)
    assert pruefung.profil is not None
    assert "2027-02-12" not in staende(pruefung)
    assert staende(liefern("Einwohner am 31.12.2026", umfeld=umfeld)) == {"2026-12-31"}
