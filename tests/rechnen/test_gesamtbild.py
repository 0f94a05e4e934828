"""Population, segregation, standardised rates: what is released counts, what is secret is left out and named."""

from __future__ import annotations

import datetime as dt

import pytest

from sozialtool.fach.auswertung import Altersgruppe, Standardquote
from sozialtool.fach.indikator import Bruch
from sozialtool.fach.messwert import Merkmal, Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.rechnen.gesamtbild import (
    Stoff,
    build_gesamtbild,
    evaluate_segregation,
    list_entwicklung,
    read_grundzahlen,
    standardise,
)
from sozialtool.rechnen.segregation import compute_is
from sozialtool.rechnen.standardisierung import compute_standardisiert, sum_europa

GEBIETE = (
    Gebiet("S", "Stadt", "stadt"), *(Gebiet(f"R{n}", f"Raum {n}", "sozialraum", "S") for n in range(1, 5)),
    Gebiet("nz", "nicht zuzuordnen", "sozialraum", "S"),
)  # fmt: skip
MERKMALE = (Merkmal("ew", "Einwohner"), Merkmal("auslaender", "Personen ohne deutschen Pass", teil_von="ew"))
EW = {"R1": 1000, "R2": 800, "R3": 600, "R4": 400}
AUS = {"R1": 300, "R2": 80, "R3": 30, "R4": 10}


def zeilen(geheim=(), jahre=(2023, 2024, 2025)):
    for jahr in jahre:
        for merkmal, werte in (("ew", EW), ("auslaender", AUS)):
            mehr = 1 + (jahr - 2023) / 100 if merkmal == "ew" else 1
            for gebiet, wert in {**werte, "S": sum(werte.values())}.items():
                zu = (gebiet, merkmal, jahr) in geheim
                yield gebiet, merkmal, dt.date(jahr, 12, 31), None if zu else wert * mehr, "GEHEIM" if zu else None


def stoff(geheim=(), **angaben):
    return Stoff(read_grundzahlen(zeilen(geheim)), GEBIETE, MERKMALE, **angaben)


def test_population():
    stadt, eins, *_, rest = list_entwicklung(stoff(geheim={("R2", "ew", 2023)}), 2025)
    assert (stadt.von, stadt.bis, round(stadt.absolut, 6), round(stadt.index, 6)) == (2023, 2025, 56, 102)
    assert round(eins.absolut, 6) == 20
    zwei = list_entwicklung(stoff(geheim={("R2", "ew", 2023)}), 2025)[2]
    assert (zwei.absolut, zwei.index, zwei.zeichen) == (None, None, {2023: Zeichen.GEHEIM})
    assert set(rest.zeichen.values()) == {Zeichen.FEHLT}
    assert list_entwicklung(stoff(), 2024)[0].bis == 2024
    assert list_entwicklung(stoff(), 2023) == ()


def test_population_is_not_compared_across_a_break():
    def bild(ab_jahr):
        return build_gesamtbild(stoff(brueche=(Bruch("ew", ab_jahr, "Zensus"),)), 2025)

    spaet = bild(2024)
    assert [(e.von, e.bis, sorted(e.ew)) for e in spaet.entwicklungen[:2]] == [(2024, 2025, [2024, 2025])] * 2
    assert "28 mehr als 2024" in spaet.bevoelkerung.satz
    assert "Mit den Jahren vor 2024 wird nicht verglichen (Zensus)." in spaet.bevoelkerung.satz
    assert (bild(2025).entwicklungen, bild(2025).bevoelkerung) == ((), None)
    assert bild(2023) == bild(2026) == build_gesamtbild(stoff(), 2025)


def test_one_growing_area_is_singular():
    werte = {(g, m, j): (wert if j == 2025 or g in ("S", "R1") else wert + 5, z)
             for (g, m, j), (wert, z) in stoff().zahlen.items() if m == "ew" for wert in [1000 + (j == 2025) * 2]}  # fmt: skip
    satz = build_gesamtbild(Stoff(werte, GEBIETE, MERKMALE), 2025).bevoelkerung.satz
    assert satz.endswith("Gewachsen ist 1 von 4 Gebieten.")


def test_segregation_is_the_plain_index_over_all_areas():
    ergebnis = evaluate_segregation(stoff(), "auslaender", 2025)
    von_hand = compute_is(list(AUS.values()), [n * 1.02 for n in EW.values()])
    assert ergebnis.werte[2025] == von_hand
    assert list(ergebnis.werte) == [2023, 2024, 2025]
    assert (ergebnis.gesamt, ergebnis.ohne) == ("Einwohner", ())
    assert "müssten umziehen" in ergebnis.aussage.satz


def test_an_area_that_is_secret_in_one_year_is_left_out_of_all_and_named():
    ergebnis = evaluate_segregation(stoff(geheim={("R4", "auslaender", 2025)}), "auslaender", 2025)
    assert ergebnis.ohne == ("Raum 4",)
    assert "ohne Raum 4" in ergebnis.aussage.basis
    drei = compute_is([300, 80, 30], [1020, 816, 612])
    assert ergebnis.werte[2025] == drei
    assert ergebnis.dabei == ("Raum 1", "Raum 2", "Raum 3")
    # A secret of an earlier year takes that year out where it would take too many areas with it.
    frueher = evaluate_segregation(stoff(geheim={("R4", "auslaender", 2024)}), "auslaender", 2025)
    assert (list(frueher.werte), frueher.ohne) == ([2023, 2025], ())


def test_too_few_areas_give_no_segregation():
    geheim = {(g, "auslaender", j) for g in ("R3", "R4") for j in (2023, 2024, 2025)}
    assert evaluate_segregation(stoff(geheim=geheim), "auslaender", 2025) is None
    assert evaluate_segregation(stoff(), "mh", 2025) is None


def test_a_year_without_figures_does_not_empty_the_base_set():
    geheim = {(g, "auslaender", 2023) for g in ("R2", "R3", "R4")}
    ergebnis = evaluate_segregation(stoff(geheim=geheim), "auslaender", 2025)
    assert list(ergebnis.werte) == [2024, 2025]
    assert ergebnis.ohne == ()


def test_breaks_are_named():
    ergebnis = evaluate_segregation(
        stoff(brueche=(Bruch("auslaender", 2024, "neu"), Bruch("x", 2024, "y"))), "auslaender", 2025
    )
    assert ergebnis.brueche == (2024,)
    assert ergebnis.aussage.vorbehalte[0].startswith("Bruch 2024")


QUOTE = Standardquote("Probe", "M", (
    Altersgruppe({"a": 1}, {"n": 1}, 0, 18), Altersgruppe({"b": 1, "a": -1}, {"m": 1, "n": -1}, 18, 65),
))  # fmt: skip


def test_standardised_rate_of_differences():
    werte = {"a": 10, "b": 50, "n": 100, "m": 900}
    rohe = [(g, m, dt.date(2025, 12, 31), None if (g, m) == ("R2", "a") else float(w), "GEHEIM" if (g, m) == ("R2", "a") else None)
            for g in ("S", "R1", "R2") for m, w in werte.items()]  # fmt: skip
    ergebnis = standardise(Stoff(read_grundzahlen(rohe), GEBIETE, MERKMALE), QUOTE, 2025)
    roh, wert, _ = ergebnis.werte["R1"]
    assert roh == pytest.approx(50 / 900 * 100)
    assert wert == compute_standardisiert([10, 40], [100, 800], [sum_europa(0, 18), sum_europa(18, 65)], 100)
    # The plain rate needs no age group; the standardised one would.
    assert ergebnis.werte["R2"] == (pytest.approx(50 / 900 * 100), None, Zeichen.GEHEIM)
    assert ergebnis.werte["R3"] == (None, None, Zeichen.FEHLT)


def test_whole_picture_of_nothing():
    bild = build_gesamtbild(Stoff({}, GEBIETE, MERKMALE), 2025)
    assert (bild.entwicklungen, bild.bevoelkerung, bild.segregationen, bild.standardisiert) == ((), None, (), ())
    voll = build_gesamtbild(stoff(), 2025)
    assert voll.bevoelkerung.satz == (
        "Im Jahr 2025 leben in Stadt 2.856 Menschen, 56 mehr als 2023 (+2,0 %). Gewachsen sind 4 von 4 Gebieten."
    )


def test_segregation_is_told_without_a_judgement():
    """No source says from when on a small town is "deutlich" segregated; only chance is a measure."""
    satz = evaluate_segregation(stoff(), "auslaender", 2025).aussage.satz
    assert "müssten umziehen" in satz
    assert "bei zufälliger Verteilung." in satz
    assert not any(wort in satz for wort in ("deutlich", "etwas", "kaum", "sehr", "stark", "hoch"))
