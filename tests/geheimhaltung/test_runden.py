"""Rounding to 5 instead of suppression: what is shown, and what an attacker can make of it."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import sys
from pathlib import Path

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from stadt import STADT_KEY, aggregate, build_gebiete, compute, frame_of, indikator

from sozialtool.fach.messwert import Merkmal, Vermerk, Zeichen
from sozialtool.geheimhaltung.auskunft import list_befunde, warum_gesperrt
from sozialtool.geheimhaltung.festhalten import freeze, thaw
from sozialtool.geheimhaltung.freigabe import freigeben
from sozialtool.geheimhaltung.runden import limits_of, round_messwerte, round_zahl
from sozialtool.geheimhaltung.werte import Bezug, Frueher, Ort, Regel

GEBIETE = build_gebiete(2, 2)
RAEUME = ("S00", "S01", "S10", "S11", "nz")
ORTE = (*RAEUME, "O0", "O1", STADT_KEY)
EW, KIND, HILFE = (
    Merkmal("ew", "Einwohner"), Merkmal("kind", "Kinder", teil_von="ew"), Merkmal("hilfe", "Hilfen", teil_von="ew"),
)  # fmt: skip
RUNDEN = Regel(runden=["kind"])
QUOTE, BEZUG = indikator("A", "kind", "ew", nachkommastellen=2), Bezug("A", {"kind": 1.0}, {"ew": 1.0})


def blatt(merkmal, *werte, jahr=2025):
    return {(g, merkmal, jahr): float(w) for g, w in zip(RAEUME, werte, strict=True)}


EINWOHNER = blatt("ew", 811, 822, 833, 844, 41)


def gib(blaetter, regel=RUNDEN, merkmale=(EW, KIND), paare=((QUOTE, BEZUG),), *, exakt=False, messwerte=None, **mehr):
    """Release; `exakt` hands in Kennzahlen of exact counts, as a careless caller would."""
    messwerte = aggregate(blaetter, GEBIETE) if messwerte is None else messwerte
    indikatoren, bezuege = [i for i, _ in paare], [b for _, b in paare]
    basis = messwerte if exakt else round_messwerte(messwerte, regel)
    kennzahlen = compute(basis, indikatoren, bezuege, GEBIETE)
    return freigeben(kennzahlen, messwerte, indikatoren, merkmale, GEBIETE, bezuege, regel=regel, **mehr)


def zahlen(tabelle, merkmal="kind"):
    spalten = tabelle.messwerte.select("gebiet", "merkmal", "wert").iter_rows()
    return {g: w for g, m, w in spalten if m == merkmal}


def possible(shown, ganzes=None):
    """All that everybody can compute: the values of every Sozialraum over all tables that fit what is shown (brute force)."""

    def passt(wert, gezeigt):
        return gezeigt is None or round_zahl(wert) == gezeigt

    def spanne(gebiet):
        w = shown[gebiet]
        oben = 14 if w is None else w + 2
        unten = 0 if w is None else max(0, w - 2)
        grenze = oben if ganzes is None else min(oben, ganzes[gebiet, "ew", 2025])
        return range(int(unten), int(grenze) + 1)

    gefunden = {g: set() for g in RAEUME}
    for werte in itertools.product(*(spanne(g) for g in RAEUME)):
        s00, s01, s10, s11, nz = werte
        if passt(s00 + s01, shown["O0"]) and passt(s10 + s11, shown["O1"]) and passt(sum(werte), shown[STADT_KEY]):
            for g, w in zip(RAEUME, werte, strict=True):
                gefunden[g].add(w)
    assert nz is not None
    return gefunden


@pytest.mark.parametrize(("wert", "rund"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (12, 10), (2.5, 5), (-3, -5)])
def test_the_nearest_multiple_of_five(wert, rund):
    assert round_zahl(wert) == rund
    unten, oben = limits_of(wert, ganzzahlig=wert == round(wert))
    assert unten <= wert <= oben


def test_every_count_is_rounded_by_itself_and_rates_come_from_rounded_counts():
    tabelle = gib(EINWOHNER | blatt("kind", 133, 131, 142, 151, 17))
    assert zahlen(tabelle) == {
        "S00": 135, "S01": 130, "S10": 140, "S11": 150, "nz": 15, "O0": 265, "O1": 295, STADT_KEY: 575,
    }  # fmt: skip
    # 574 children: the town is not the sum of its rounded parts (570).
    assert zahlen(tabelle, "ew")["S00"] == 811, "the other source is shown as it is"
    zeile = tabelle.kennzahlen.filter(tabelle.kennzahlen["gebiet"] == "S00").to_dicts()[0]
    assert (zeile["zaehler"], zeile["nenner"], zeile["wert"]) == (135, 811, round(135 / 811 * 100, 2))
    vermerke = tabelle.messwerte.filter(pl.col("merkmal") == "kind")["vermerk"].unique().to_list()
    assert vermerke == [Vermerk.GERUNDET.name]
    assert tabelle.beweis.gesperrt == 0
    assert tabelle.beweis.gerundet == ("kind",)
    assert warum_gesperrt(tabelle, "A", 2025, "S00") == ""


def test_small_counts_are_shown_rounded_instead_of_suppressed():
    kinder = blatt("kind", 2, 130, 140, 150, 7)
    offen, rund = gib(EINWOHNER | kinder, Regel()), gib(EINWOHNER | kinder)
    assert zahlen(offen)["S00"] is None
    assert None in [zahlen(offen)[g] for g in ORTE if g != "S00"], "suppression needs shields"
    assert zahlen(rund)["S00"] == 0
    assert None not in zahlen(rund).values()
    assert possible(zahlen(rund))["S00"] == {0, 1, 2}


def test_a_dash_is_no_exact_zero_any_more():
    messwerte = aggregate(EINWOHNER | blatt("kind", 0, 130, 140, 150, 7), GEBIETE)
    strich = (pl.col("gebiet") == "S00") & (pl.col("merkmal") == "kind")
    messwerte = messwerte.with_columns(
        pl.when(strich).then(pl.lit(Zeichen.NICHTS.name)).otherwise(pl.col("zeichen")).alias("zeichen")
    )
    zeile = gib({}, messwerte=messwerte).messwerte.filter(strich).to_dicts()[0]
    assert (zeile["wert"], zeile["zeichen"]) == (0.0, None)


def test_rates_of_exact_counts_do_not_get_out():
    """A caller who forgets to round before computing shows nothing, instead of everything."""
    tabelle = gib(EINWOHNER | blatt("kind", 133, 131, 142, 151, 17), exakt=True)
    werte = dict(tabelle.kennzahlen.select("gebiet", "wert").iter_rows())
    assert werte["S00"] is None
    assert any("passen nicht zu den Grundzahlen" in text for text in list_befunde(tabelle))


def test_four_twos_below_a_total_of_eight():
    """0 + 0 + 0 + 0 shown below 10: each must be 2. One figure less, and nobody knows that."""
    kinder = dict(zip(RAEUME, (2, 2, 2, 2, 0), strict=True))
    ohne_nz = [g for g in GEBIETE if g.schluessel != "nz"]
    blaetter = {k: w for k, w in (EINWOHNER | blatt("kind", *kinder.values())).items() if k[0] != "nz"}
    messwerte = aggregate(blaetter, ohne_nz)
    naiv = dict(
        round_messwerte(messwerte, RUNDEN).filter(pl.col("merkmal") == "kind").select("gebiet", "wert").iter_rows()
    )
    assert possible(naiv | {"nz": 0.0})["S00"] > {2}, "with a rest nobody could tell"
    sicher = [w for w in itertools.product(range(3), repeat=4) if round_zahl(sum(w)) == naiv[STADT_KEY]]
    assert sicher == [(2, 2, 2, 2)], "the naive release gives all four away"

    kennzahlen = compute(round_messwerte(messwerte, RUNDEN), [QUOTE], [BEZUG], ohne_nz)
    tabelle = freigeben(kennzahlen, messwerte, [QUOTE], (EW, KIND), ohne_nz, [BEZUG], regel=RUNDEN)
    werte = zahlen(tabelle)

    def passt(wert, gebiet):
        return werte[gebiet] is None or round_zahl(wert) == werte[gebiet]

    moeglich = [
        w for w in itertools.product(range(15), repeat=4)
        if all(passt(x, g) for x, g in zip(w, RAEUME, strict=False))
        and passt(w[0] + w[1], "O0") and passt(w[2] + w[3], "O1") and passt(sum(w), STADT_KEY)
    ]  # fmt: skip
    for nummer, gebiet in enumerate(RAEUME[:4]):
        assert {0, 1, 2} <= {w[nummer] for w in moeglich}, gebiet
    weg = [g for g, w in werte.items() if w is None]
    assert weg, "something had to go"
    text = warum_gesperrt(tabelle, "A", 2025, weg[0])
    assert "schützt eine andere Zahl" in text
    assert {s.gebiet for s in tabelle.protokoll} == set(weg)


@pytest.mark.parametrize("seed", range(12))
def test_no_small_count_is_exact_whatever_the_table(seed):
    """Brute force over all tables that fit: a count of 1 or 2 is never known better than 0 to 2."""
    zufall = random.Random(seed)
    kinder = [zufall.choice([0, 1, 1, 2, 2, 2, 3, 4, 7, 8]) for _ in RAEUME]
    blaetter = EINWOHNER | blatt("kind", *kinder)
    tabelle = gib(blaetter)
    moeglich = possible(zahlen(tabelle))
    for gebiet, wert in zip(RAEUME, kinder, strict=True):
        assert wert in moeglich[gebiet]
        if wert in (1, 2):
            assert {0, 1, 2} <= moeglich[gebiet], (kinder, gebiet)
        elif wert >= 3:
            assert len(moeglich[gebiet]) > 1


def test_the_only_person_of_a_cell_learns_nothing_exact_about_others():
    """1 + 2, shown as 0 + 0 below 5 (three at least): whoever is the one knows the two, unless a figure goes."""
    werte = zahlen(gib(EINWOHNER | blatt("kind", 1, 2, 140, 150, 7)))
    moeglich = {
        b for b in range(15)
        if (werte["S01"] is None or round_zahl(b) == werte["S01"])
        and (werte["O0"] is None or round_zahl(1 + b) == werte["O0"])
    }  # fmt: skip
    assert len(moeglich) > 1


def test_a_small_remainder_to_an_exact_whole():
    """810 of 811: shown as 810, so that 811 − 810 says nothing; 809 would be shown as 810 too."""
    blaetter = EINWOHNER | blatt("kind", 810, 130, 140, 150, 7)
    tabelle = gib(blaetter)
    assert zahlen(tabelle)["S00"] == 810
    # A whole of 812 and 810 people: between 808 and 812, so the remainder is between 0 and 4.
    assert set(zahlen(tabelle).values()) & {None} == set()


def test_a_sum_with_another_source_gives_the_rounded_count_away_nowhere():
    """kind + hilfe shown beside hilfe: the difference is the rounded count, not the true one."""
    blaetter = EINWOHNER | blatt("kind", 2, 133, 142, 151, 17) | blatt("hilfe", 44, 52, 61, 70, 9)
    summe = (indikator("Z", "kind + hilfe"), Bezug("Z", {"kind": 1.0, "hilfe": 1.0}))
    tabelle = gib(blaetter, merkmale=(EW, KIND, HILFE), paare=((QUOTE, BEZUG), summe), daten_merkmale=["hilfe", "kind"])
    z = {g: w for i, g, w in tabelle.kennzahlen.select("indikator", "gebiet", "wert").iter_rows() if i == "Z"}
    hilfe = zahlen(tabelle, "hilfe")
    assert z["S00"] - hilfe["S00"] == 0
    assert z["S01"] - hilfe["S01"] == 135


def test_a_small_count_of_the_other_source_stays_suppressed_in_such_a_sum():
    blaetter = EINWOHNER | blatt("kind", 72, 131, 142, 151, 17) | blatt("hilfe", 2, 52, 61, 70, 9)
    summe = (indikator("Z", "kind + hilfe"), Bezug("Z", {"kind": 1.0, "hilfe": 1.0}))
    tabelle = gib(blaetter, merkmale=(EW, KIND, HILFE), paare=((QUOTE, BEZUG), summe), daten_merkmale=["hilfe", "kind"])
    z = {g: w for i, g, w in tabelle.kennzahlen.select("indikator", "gebiet", "wert").iter_rows() if i == "Z"}
    assert zahlen(tabelle, "hilfe")["S00"] is None
    assert zahlen(tabelle)["S00"] == 70
    # The rounded figure is known, so the sum less it would be the secret.
    assert z["S00"] is None


def test_two_releases_of_the_same_rounded_figures_add_nothing():
    blaetter = EINWOHNER | blatt("kind", 2, 130, 141, 150, 7)
    alt = gib(blaetter)
    frueher = thaw(freeze(alt), "2024")
    assert frueher.auftrag.is_gerundet(Ort("S00", "kind", 2025))
    neu = gib(blaetter, fruehere=[Frueher(frueher)])
    assert zahlen(neu) == zahlen(alt)


def test_shown_exactly_before_the_rule_it_is_known():
    blaetter = EINWOHNER | blatt("kind", 12, 130, 141, 150, 7)
    alt = gib(blaetter, Regel())
    neu = gib(blaetter, fruehere=[Frueher(thaw(freeze(alt), "2024"))])
    assert zahlen(neu)["S00"] == 10, "still rounded, though nobody is deceived"


def test_rounded_before_suppressed_now_the_limits_stay_known():
    """The town was shown as 20 (18 … 22); a new rule suppresses. What is shown now must be safe beside that."""
    blaetter = EINWOHNER | blatt("kind", 2, 5, 6, 4, 3)
    alt = gib(blaetter)
    neu = gib(blaetter, Regel(), fruehere=[Frueher(thaw(freeze(alt), "2024"))])
    assert zahlen(neu)["S00"] is None


def test_a_starred_value_of_the_source_stays_starred():
    werte = {(g, "kind", 2025): w for g, w in zip(RAEUME, (None, 130.0, 140.0, 150.0, 7.0), strict=True)}
    tabelle = gib(EINWOHNER | werte)
    assert zahlen(tabelle)["S00"] is None
    assert "schon in der Quelle geheim" in warum_gesperrt(tabelle, "A", 2025, "S00")


def test_frames_without_the_rule_stay_as_they_are():
    frame = frame_of({("S00", "kind", 2025): 12.0})
    assert round_messwerte(frame, Regel()).equals(frame)
    assert round_messwerte(frame, RUNDEN)["wert"].to_list() == [10.0]
    assert frame["stand"].to_list() == [dt.date(2025, 12, 31)]
