"""Limits, differences, trend, many comparisons, shrinkage, segregation, standardisation: published figures and properties."""

from __future__ import annotations

import itertools
import math

import polars as pl
import pytest

from sozialtool.fach.indikator import Intervallart
from sozialtool.rechnen.grenzen import (
    SICHER,
    combine_grenzen,
    compute_grenzen,
    find_byar,
    find_garwood,
    find_p,
    find_wilson,
)
from sozialtool.rechnen.intervalle import compute_poisson, compute_wilson
from sozialtool.rechnen.mehrfach import adjust_holm, count_zufaellige
from sozialtool.rechnen.schrumpfung import compute_marshall
from sozialtool.rechnen.segregation import compute_id, compute_is, expect_abweichung
from sozialtool.rechnen.standardisierung import EUROPA_2013, compute_standardisiert, sum_europa
from sozialtool.rechnen.trend import compute_trend, find_abschnitt

WILSON, BYAR = Intervallart.WILSON, Intervallart.BYAR

# -- limits ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("x", "n"), [(0, 5), (5, 5), (1, 7), (12, 73), (300, 40000), (9.5, 60)])
def test_numbers_and_expressions_agree(x, n):
    unten, oben = compute_wilson(pl.lit(float(x)), pl.lit(float(n)))
    assert find_wilson(x, n) == pytest.approx(pl.select(unten.alias("u"), oben.alias("o")).row(0), abs=1e-12)
    unten, oben = compute_poisson(pl.lit(float(x)))
    paar = tuple(g * n for g in compute_grenzen(BYAR, x, n))
    assert paar == pytest.approx(pl.select(unten.alias("u"), oben.alias("o")).row(0), abs=1e-9)


def test_second_confidence_is_wider_and_has_its_z():
    assert compute_grenzen(WILSON, 12, 73, 100, SICHER)[0] < compute_grenzen(WILSON, 12, 73, 100)[0]
    # The share at the limit is z standard errors off: z = 3.0902 for 99.8 % (normal table).
    for grenze in find_wilson(12, 73, SICHER):
        assert abs(12 / 73 - grenze) / math.sqrt(grenze * (1 - grenze) / 73) == pytest.approx(3.0902, abs=1e-4)
    assert find_garwood(0, 0.002)[1] == pytest.approx(-math.log(0.001), abs=1e-9)


def test_no_limits_where_there_are_none():
    assert compute_grenzen(Intervallart.KEINES, 5, 10) is None
    assert compute_grenzen(WILSON, 11, 10) is None
    assert compute_grenzen(BYAR, 1, 0) is None


# -- difference of two years ------------------------------------------------------------------------------------------

# Newcombe (1998), Statistics in Medicine 17: 873–890, Table II, method 10, printed to four decimals.
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926), (0, 10, 0, 20, -0.1611, 0.2775), (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
]  # fmt: skip


def compute_differenz(art, neu, alt, faktor=1.0):
    """Limits of the difference of two counts, as the evaluation of two released years finds them."""
    paare = [(x / n * faktor, *compute_grenzen(art, x, n, faktor)) for x, n in (neu, alt)]
    return combine_grenzen(*paare)


@pytest.mark.parametrize(("x1", "n1", "x2", "n2", "unten", "oben"), NEWCOMBE)
def test_newcombe_published(x1, n1, x2, n2, unten, oben):
    assert compute_differenz(WILSON, (x1, n1), (x2, n2)) == (
        pytest.approx(unten, abs=5e-5),
        pytest.approx(oben, abs=5e-5),
    )


def test_rate_difference_holds_its_ends():
    unten, oben = compute_differenz(BYAR, (40, 1000), (25, 1000), 1000)
    assert unten < 15 < oben
    # Against a rate known exactly (endless population) only the first's own limit is left.
    u, o = compute_differenz(BYAR, (40, 1000), (25e9, 1e12), 1000)
    assert (u + 25, o + 25) == pytest.approx([g * 1 for g in find_byar(40)], abs=1e-2)


# -- p values ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("art", "x", "n"), [(WILSON, 12, 73), (WILSON, 300, 2000), (BYAR, 3, 500), (BYAR, 60, 500)])
@pytest.mark.parametrize("sicherheit", [0.95, SICHER])
def test_p_and_limits_never_contradict(art, x, n, sicherheit):
    for grenze in compute_grenzen(art, x, n, 1, sicherheit):
        assert find_p(art, x, n, grenze) == pytest.approx(1 - sicherheit, rel=1e-6)


def test_p_of_impossible_and_certain():
    assert find_p(WILSON, 3, 10, 0.0) == 0.0
    assert find_p(WILSON, 0, 10, 0.0) == 1.0
    assert find_p(Intervallart.KEINES, 3, 10, 0.1) is None
    assert find_p(WILSON, 11, 10, 0.5) is None


# -- trend ------------------------------------------------------------------------------------------------------------


def test_trend_as_r_prints_it():
    # R, ?prop.trend.test: smokers 83, 90, 129, 70 of patients 86, 93, 136, 82: X-squared = 8.2249, p-value = 0.004132.
    reihe = {1: (83, 86), 2: (90, 93), 3: (129, 136), 4: (70, 82)}
    trend = compute_trend(WILSON, reihe, (1, 2, 3, 4))
    assert (round(trend.chi2, 4), round(trend.p, 6)) == (8.2249, 0.004132)
    assert trend.richtung == -1


def test_trend_of_rates_is_the_binomial_one_for_rare_events():
    reihe = {j: (x, 10**7) for j, x in zip(range(2020, 2025), (10, 14, 13, 22, 30), strict=True)}
    anteil, rate = (compute_trend(art, reihe, tuple(reihe)) for art in (WILSON, BYAR))
    assert rate.chi2 == pytest.approx(anteil.chi2, rel=1e-5)
    assert rate.richtung == 1
    # One χ² over two equal populations is the well-known (a−b)²/(a+b); three years with the middle at the mean keep it.
    drei = compute_trend(BYAR, {1: (30, 50), 2: (20, 50), 3: (10, 50)}, (1, 2, 3))
    assert drei.chi2 == pytest.approx(20**2 / (2 * 20))


def test_no_trend_without_three_years_or_counts():
    reihe = {1: (5, 10), 2: (6, 10), 3: (7, 10)}
    assert compute_trend(WILSON, reihe, (1, 2)) is None
    assert compute_trend(Intervallart.KEINES, reihe, (1, 2, 3)) is None
    assert compute_trend(WILSON, {**reihe, 3: (17, 10)}, (1, 2, 3)) is None
    assert compute_trend(WILSON, dict.fromkeys(reihe, (0, 10)), (1, 2, 3)) is None


def test_series_stops_at_break_and_gap():
    jahre = {2018, 2019, 2021, 2022, 2023, 2024, 2025}
    assert find_abschnitt(jahre, (), 2025) == (2021, 2022, 2023, 2024, 2025)
    assert find_abschnitt(jahre, {2023}, 2025) == (2023, 2024, 2025)
    assert find_abschnitt(jahre, {2026}, 2025) == (2021, 2022, 2023, 2024, 2025)
    assert find_abschnitt(jahre, (), 2020) == ()


def test_pooled_years_do_not_overlap():
    jahre = set(range(2015, 2026))
    assert find_abschnitt(jahre, (), 2025, 3) == (2016, 2019, 2022, 2025)
    # A pool of 2020–2022 reaches over a break in 2021, one of 2023–2025 does not.
    assert find_abschnitt(jahre, {2021}, 2025, 3) == (2025,)
    assert find_abschnitt(jahre, {2023}, 2025, 3) == (2025,)
    assert find_abschnitt(jahre, {2024}, 2025, 3) == ()


# -- many comparisons -------------------------------------------------------------------------------------------------


def test_holm():
    # Printed by the documentation of pingouin.holm; by that of @stdlib/stats/padjust (three decimals, the fourth left out).
    assert adjust_holm([0.5, 0.003, 0.32, 0.054, 0.0003]) == pytest.approx([0.64, 0.012, 0.64, 0.162, 0.0015])
    zweite = adjust_holm([0.319, 0.201, 0.4, 0.374, 0.113])
    assert [zweite[i] for i in (0, 1, 3, 4)] == pytest.approx([0.957, 0.804, 0.957, 0.565], abs=5e-4)
    # By hand, smallest first: 0.005·4, 0.01·3, 0.03·2, then 0.04·1, which must not fall below the one before it.
    assert adjust_holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert adjust_holm([None, 0.04, None]) == [None, 0.04, None]
    assert count_zufaellige(240) == pytest.approx(12)


# -- shrinkage --------------------------------------------------------------------------------------------------------


def test_marshall_by_hand():
    # The steps of esda.smoothing.Empirical_Bayes (PySAL) by hand: m = 30/300 = 0.1; s² = (100·0.0025 + 0 + 100·0.0025)/300; A = s² − 0.1/100.
    werte = compute_marshall([5, 10, 15], [100, 100, 100])
    a = 0.5 / 300 - 0.001
    w = a / (a + 0.001)
    assert werte == pytest.approx([0.1 - w * 0.05, 0.1, 0.1 + w * 0.05])


def test_marshall_draws_small_areas_more_and_never_beyond():
    faelle, menge = [2, 60, 400, 9], [10, 500, 2000, 300]
    m = sum(faelle) / sum(menge)
    for x, n, eb in zip(faelle, menge, compute_marshall(faelle, menge), strict=True):
        assert min(x / n, m) <= eb <= max(x / n, m)
    assert abs(compute_marshall(faelle, menge)[0] - 0.2) > abs(compute_marshall(faelle, menge)[2] - 0.2)
    assert compute_marshall([1, 1], [10, 10]) == [0.1, 0.1]
    assert compute_marshall([0, 0], [10, 20]) == [0, 0]
    assert compute_marshall([3], [10]) == [0.3]


# -- segregation ------------------------------------------------------------------------------------------------------


def test_is_of_the_extremes():
    getrennt = compute_is([10, 0, 0], [10, 20, 30])
    assert getrennt.wert == pytest.approx(100)
    assert getrennt.bereinigt == pytest.approx(100)
    gleich = compute_is([10, 20, 30], [100, 200, 300])
    assert gleich.wert == pytest.approx(0)
    assert gleich.bereinigt < 0  # less uneven than chance
    assert compute_is([0, 0], [10, 20]) is None
    assert compute_is([10, 20], [10, 20]) is None
    assert compute_is([11, 2], [10, 20]) is None


def test_id_by_definition():
    eine, andere = [10, 40, 50], [80, 15, 5]
    von_hand = 50 * sum(abs(x / 100 - y / 100) for x, y in zip(eine, andere, strict=True))
    assert compute_id(eine, andere).wert == pytest.approx(von_hand)


@pytest.mark.parametrize("gruppen", [([100, 60, 40, 0], [0, 40, 60, 100]), ([80, 80, 20, 20], [20, 20, 80, 80])])
def test_id_published(gruppen):
    # R package segregation, ?dissimilarity ("Example where D and H deviate"), prints D = 0.6 for both.
    assert compute_id(*gruppen).wert == pytest.approx(60)


def test_expected_segregation_is_that_of_all_allocations():
    # Every way to choose who of 9 people in areas of 2, 3, 4 belongs to a group of 4, each as likely as the other.
    menge, gruppe = [2, 3, 4], 4
    wohnt = [0, 0, 1, 1, 1, 2, 2, 2, 2]
    werte = []
    for wahl in itertools.combinations(range(9), gruppe):
        zahlen = [sum(wohnt[w] == a for w in wahl) for a in range(3)]
        werte.append(50 * sum(abs(x / 4 - (n - x) / 5) for x, n in zip(zahlen, menge, strict=True)))
    assert compute_is([2, 1, 1], menge).zufall == pytest.approx(sum(werte) / len(werte))
    assert expect_abweichung(9, 4, 9) == pytest.approx(0)


@pytest.mark.parametrize(
    ("gesamt", "gruppe", "menge"), [(9, 4, 3), (50, 1, 20), (50, 49, 20), (40, 20, 40), (60, 0, 7), (300, 70, 90)]
)
def test_closed_form_is_the_sum_over_all_cases(gesamt, gruppe, menge):
    mitte = menge * gruppe / gesamt
    summe = sum(
        abs(x - mitte) * math.comb(gruppe, x) * math.comb(gesamt - gruppe, menge - x) / math.comb(gesamt, menge)
        for x in range(max(0, menge + gruppe - gesamt), min(menge, gruppe) + 1)
    )
    assert expect_abweichung(gesamt, gruppe, menge) == pytest.approx(summe, abs=1e-9)


# -- standardisation --------------------------------------------------------------------------------------------------


def test_standard_population():
    assert sum(EUROPA_2013) == 100_000
    assert sum_europa(0, None) == 100_000
    assert sum_europa(0, 15) == 16_000
    assert sum_europa(15, 18) == pytest.approx(3300)
    assert sum_europa(65, None) == 19_500
    assert sum_europa(0, 18) + sum_europa(18, None) == pytest.approx(100_000)


def test_standardised_rate_published():
    # Fay & Feuer (1997), Statistics in Medicine 16: 791–801, births of order 5+ in Michigan; dsrTest (CRAN) prints 75.52901.
    faelle, geburten = (0, 8, 63, 112, 262, 295), (327, 30666, 123419, 149919, 104088, 34392)
    standard = (319933, 931318, 786511, 488235, 237863, 61313)
    ergebnis = compute_standardisiert(faelle, geburten, standard, 1e5)
    assert round(ergebnis.wert, 5) == 75.52901
    assert ergebnis.unten < ergebnis.wert < ergebnis.oben
    # No limits of Dobson over Byar were found in print. What they are made of was: Byar's formula (its own test) and the variance of
    # the rate, which dsrTest's lower limit of the gamma method needs, too: v/y · (quantile of a gamma with shape y²/v), printed
    # 67.70212. Wilson and Hilferty's quantile of that gamma is Byar's lower limit of y²/v, good to about 1e-3 here.
    varianz = ((ergebnis.wert - ergebnis.unten) / (sum(faelle) - find_byar(sum(faelle))[0])) ** 2 * sum(faelle)
    assert varianz / ergebnis.wert * find_byar(ergebnis.wert**2 / varianz)[0] == pytest.approx(67.70212, abs=1e-3)


def test_dobson_is_byar_for_one_group():
    ergebnis = compute_standardisiert([40], [1000], [7], 1000)
    assert (ergebnis.unten, ergebnis.oben) == pytest.approx(find_byar(40))
    # Groups of equal weight per head are one group.
    zwei = compute_standardisiert([25, 15], [600, 400], [600, 400], 1000)
    assert attrs_of(zwei) == pytest.approx(attrs_of(ergebnis))


def attrs_of(wert):
    return wert.wert, wert.unten, wert.oben


def test_too_few_cases_give_no_standardised_rate():
    assert compute_standardisiert([4, 5], [100, 100], [1, 1]) is None
    assert compute_standardisiert([40, 5], [100, 0], [1, 1]) is None
