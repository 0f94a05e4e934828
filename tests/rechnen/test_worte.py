"""Sentences: "deutlich" only when the interval says so."""

from __future__ import annotations

import pytest

from sozialtool.fach.auswertung import Bezugsart, Gegenueber, Trend, Wandel
from sozialtool.fach.indikator import Intervallart
from sozialtool.fach.messwert import Zeichen
from sozialtool.rechnen.worte import satz, satz_gegenueber, satz_trend, satz_wandel, where

from .ort import STADT, indikator, rechne


def sage(arm, ew, gebiet="R1", name="Rheinfeld", **angaben):
    ind = indikator(**angaben)
    zeilen = [("R1", "arm", 2024, arm), ("R1", "ew", 2024, ew), (STADT, "arm", 2024, 3000), (STADT, "ew", 2024, 30000)]
    return satz(rechne(zeilen, ind)["A", 2024, gebiet], ind, name)


def test_within_chance_names_the_few_cases():
    assert sage(12, 73) == (
        "Die Armutsquote liegt in Rheinfeld mit 16,4 % etwas über dem Stadtwert von 10,0 %; bei nur 12 Fällen kann das Zufall "
        "sein. Das sind 12 von 73; Zufallsspanne 9,7 bis 26,6 %."
    )
    assert "der Unterschied liegt im Rahmen des Zufalls." in sage(52, 500)


def test_clearly_higher_and_lower():
    assert sage(400, 2000).startswith(
        "Die Armutsquote liegt in Rheinfeld mit 20,0 % deutlich über dem Stadtwert von 10,0 %; "
        "die Fallzahl ist groß genug, um Zufall auszuschließen. "
    )
    assert "mit 2,5 % deutlich unter dem Stadtwert von 10,0 %; die Fallzahl ist groß genug" in sage(50, 2000)
    mild = sage(260, 2000)
    assert "mit 13,0 % über dem Stadtwert von 10,0 %" in mild
    assert "deutlich" not in mild


def test_chance_is_ruled_out_by_the_wider_limits_only():
    knapp = sage(17, 90)
    assert "deutlich über" in knapp
    assert "durch Zufall allein ist das kaum zu erklären" in knapp
    assert "auszuschließen" not in knapp


def test_large_ratio_of_few_is_not_called_clear():
    assert "deutlich" not in sage(2, 10)
    assert "bei nur 2 Fällen kann das Zufall sein" in sage(2, 10)
    assert "bei nur einem Fall kann" in sage(1, 8)


def test_twice_as_high_is_not_a_little_whatever_chance_says():
    assert "mit 20,0 % über dem Stadtwert von 10,0 %; bei nur 2 Fällen" in sage(2, 10)
    assert "mit 0,0 % unter dem Stadtwert von 10,0 %; der Unterschied" in sage(0, 10)
    assert "etwas über" in sage(12, 73)


def test_a_difference_that_rounding_hides_is_called_small():
    ind = indikator(nachkommastellen=0)
    zeilen = [("R1", "arm", 2024, 10_400), ("R1", "ew", 2024, 100_000)]
    zeilen += [(STADT, "arm", 2024, 96_000), (STADT, "ew", 2024, 1_000_000)]
    assert "mit 10 % knapp über dem Stadtwert von 10 %;" in satz(rechne(zeilen, ind)["A", 2024, "R1"], ind, "Rheinfeld")


def test_only_of_a_share_is_the_numerator_a_part_of_the_denominator():
    assert "Das ist 1 von 8;" in sage(1, 8)
    assert "Das sind 12 Fälle auf 73;" in sage(12, 73, intervall=Intervallart.BYAR)
    assert "Das ist ein Fall auf 73;" in sage(1, 73, intervall=Intervallart.BYAR)
    assert sage(99_775, 2_222, intervall=Intervallart.KEINES, einheit="m²").endswith(
        "Gerechnet aus 99.775 geteilt durch 2.222."
    )


def test_equal():
    assert sage(200, 2000).startswith(
        "Die Armutsquote liegt in Rheinfeld mit 10,0 % gleichauf mit dem Stadtwert von 10,0 %."
    )


def test_town_and_no_interval():
    assert sage(12, 73, STADT, "Lahnau") == (
        "Die Armutsquote liegt in Lahnau bei 10,0 %. Das sind 3.000 von 30.000; Zufallsspanne 9,7 bis 10,3 %."
    )
    assert sage(12, 73, nenner="", einheit="Personen", nachkommastellen=0) == (
        "Rheinfeld: Armutsquote 12 Personen, in der ganzen Stadt 3.000 Personen."
    )


def test_a_count_is_said_as_share_of_the_town():
    ind = indikator(nenner="", einheit="Personen", nachkommastellen=0)
    zeilen = [("R1", "arm", 2024, 750), (STADT, "arm", 2024, 3000)]
    werte = rechne(zeilen, ind)
    assert satz(werte["A", 2024, "R1"], ind, "Hafenviertel", summe=True) == (
        "Hafenviertel: Armutsquote 750 Personen. Das sind 25,0 % der Stadt (3.000 Personen)."
    )
    assert satz(werte["A", 2024, STADT], ind, "Stadt", summe=True) == "Stadt: Armutsquote 3.000 Personen."


@pytest.mark.parametrize(
    ("name", "anfang"),
    [
        ("Anteil der unter 18-Jährigen", "Der Anteil der unter 18-Jährigen liegt in Rheinfeld"),
        ("SGB-II-Quote der unter 15-Jährigen", "Die SGB-II-Quote der unter 15-Jährigen liegt in Rheinfeld"),
        ("Grundsicherung im Alter", "Die Grundsicherung im Alter liegt"),
        ("Wanderungsvolumen", "Das Wanderungsvolumen liegt"),
        ("Geburten je 1.000 Personen", "Rheinfeld: Geburten je 1.000 Personen 16,4 %, etwas über dem Stadtwert"),
        ("Auffällige Visuomotorik", "Rheinfeld: Auffällige Visuomotorik 16,4 %, etwas über"),
    ],
)
def test_names_become_subjects(name, anfang):
    ind = indikator(name=name)
    zeilen = [("R1", "arm", 2024, 12), ("R1", "ew", 2024, 73), (STADT, "arm", 2024, 3000), (STADT, "ew", 2024, 30000)]
    assert satz(rechne(zeilen, ind)["A", 2024, "R1"], ind, "Rheinfeld").startswith(anfang)


def test_places_of_common_nouns_get_their_level():
    assert where("Bahnhofsviertel", "Stadtteil") == "im Stadtteil Bahnhofsviertel"
    assert where("Altstadt") == "im Sozialraum Altstadt"
    assert where("Am Bahnhof") == "im Sozialraum Am Bahnhof"
    assert where("Linder Berg") == "im Sozialraum Linder Berg"
    assert where("Linder Berg", "Planungsregion") == "in der Planungsregion Linder Berg"
    assert [where(n) for n in ("Wöhr", "Rheinfeld Nord", "St. Marien")] == [
        "in Wöhr",
        "in Rheinfeld Nord",
        "in St. Marien",
    ]


@pytest.mark.parametrize(("zeichen", "wort"), [("GEHEIM", "geheim"), ("FEHLT", "keine Zahl"), ("UNSICHER", "sicher")])
def test_reasons(zeichen, wort):
    text = sage(zeichen, 73)
    assert wort in text
    assert not any(ziffer.isdigit() for ziffer in text)


def test_every_reason_has_a_sentence():
    for zeichen in Zeichen:
        zeile = {"wert": None, "zeichen": zeichen}
        assert satz(zeile, indikator(), "Raum").startswith("Raum: ")


def test_against_ortsteil_and_outside():
    ind = indikator()
    assert satz_gegenueber(Gegenueber(Bezugsart.ORTSTEIL, "Süd", 12.0, 4.4, 1.4, 1, sicher=False), ind) == (
        "Gegenüber dem Ortsteil Süd (12,0 %): darüber, durch Zufall kaum zu erklären."
    )
    assert satz_gegenueber(Gegenueber(Bezugsart.REFERENZ, "Kreis X 2025", 8.0, -4.0, 0.5, -2, sicher=True), ind) == (
        "Gegenüber Kreis X 2025 (8,0 %): deutlich darunter, Zufall ist ausgeschlossen."
    )
    assert "Rahmen des Zufalls" in satz_gegenueber(Gegenueber(Bezugsart.REFERENZ, "Land", 8.0, 1.0, 1.1, 0), ind)
    ohne = satz_gegenueber(Gegenueber(Bezugsart.REFERENZ, "Land", 8.0, 1.0, 1.1), ind)
    assert ohne == "Gegenüber Land (8,0 %): 1,0 Prozentpunkte darüber."


def test_changes_and_trends():
    ind = indikator()
    assert satz_wandel(Wandel(2020, 2025, 2.14, 0.2, 4.0), ind) == (
        "Seit 2020 ist der Wert um 2,1 Prozentpunkte gestiegen, mehr als durch Zufall zu erwarten (Spanne +0,2 bis +4,0)."
    )
    assert satz_wandel(Wandel(2020, 2025, -2.1, -5.0, 0.9), ind) == (
        "Seit 2020: 2,1 Prozentpunkte niedriger, im Rahmen des Zufalls (Spanne −5,0 bis +0,9)."
    )
    assert satz_wandel(Wandel(2020, 2025, 0.01, -1, 1), ind) == "Seit 2020 ist der Wert gleich geblieben."
    assert satz_wandel(Wandel(2020, 2025, 3.0), ind) == "Seit 2020 ist der Wert um 3,0 Prozentpunkte gestiegen."
    assert satz_trend(Trend(2019, 2025, 7, 0.83, 9, 0.003), ind) == (
        "2019 bis 2025 steigt der Wert, im Mittel um 0,8 Prozentpunkte im Jahr; Zufall allein erklärt das kaum."
    )
    assert satz_trend(Trend(2019, 2025, 7, -0.01, 9, 0.003), ind).startswith(
        "2019 bis 2025 sinkt der Wert, im Mittel um weniger als 0,1 Prozentpunkte im Jahr"
    )
    assert satz_trend(Trend(2023, 2025, 3, 0.8, 1, 0.3), ind) == "2023 bis 2025: keine klare Richtung."


def test_what_reads_equal_is_called_equal():
    ind = indikator(einheit="je 1.000")
    gleich = Gegenueber(Bezugsart.ORTSTEIL, "Kernstadt", 4.69, 0.05, 1.01, None, False)
    assert satz_gegenueber(gleich, ind) == "Gegenüber dem Ortsteil Kernstadt (4,7 je 1.000): gleichauf."
