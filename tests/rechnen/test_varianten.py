"""Varianten side by side: evenness, variance between and within, small counts, what is cut, differencing."""

from __future__ import annotations

import itertools
import math
from decimal import Decimal, localcontext

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialtool import rechnen
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.strasse import Strassenabschnitt

from .ort import MERKMALE, indikator, messwerte

BLOECKE = ("a", "b", "c", "d")
ZWEI = {"a": "X", "b": "X", "c": "Y", "d": "Y"}
QUER = {"a": "X", "c": "X", "b": "Y", "d": "Y"}


def quoten(arm, ew, plan):
    gebiete = rechnen.build_gebiete([
        Gebiet("S", "Stadt", "stadt"),
        *(Gebiet(raum, raum, "sozialraum", "S") for raum in sorted(set(plan.values()))),
        *(Gebiet(block, block, "block", plan[block]) for block in plan),
    ])  # fmt: skip
    zeilen = [(b, "arm", 2024, z) for b, z in arm.items()] + [(b, "ew", 2024, z) for b, z in ew.items()]
    alle = rechnen.aggregate_gebiete(messwerte(zeilen), gebiete, rechnen.build_umsteiger([]), MERKMALE)
    ebenen = ("stadt", "sozialraum", "block")
    return rechnen.compute_kennzahlen(alle, gebiete, [indikator()], MERKMALE, ebenen=ebenen)


def test_evenness_and_range():
    gleich = rechnen.describe_verteilung([2000, 2000, 2000])
    assert gleich.gleichmaessigkeit == pytest.approx(1.0)
    assert (gleich.abweichung, gleich.verhaeltnis) == (0.0, 1.0)
    schief = rechnen.describe_verteilung([1000, 3000])
    # p = ¼, ¾: entropy 0.5623, ln 2 = 0.6931.
    assert schief.gleichmaessigkeit == pytest.approx(0.8113, abs=1e-4)
    assert (schief.kleinster, schief.groesster, schief.mittel, schief.abweichung) == (1000, 3000, 2000, 50.0)
    assert schief.verhaeltnis == 3.0
    assert rechnen.describe_verteilung([]) is None
    assert rechnen.describe_verteilung([0, 0]) is None
    assert rechnen.describe_verteilung([0, 5]).verhaeltnis is None
    assert rechnen.describe_verteilung([5]).gleichmaessigkeit is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 50_000), min_size=2, max_size=30))
def test_evenness_agrees_with_another_form_in_fifty_digits(zahlen):
    """H = ln S − Σ n·ln n / S, by decimal arithmetic: another algebra, another library."""
    with localcontext() as umgebung:
        umgebung.prec = 50
        summe = Decimal(sum(zahlen))
        entropie = summe.ln() - sum(Decimal(n) * Decimal(n).ln() for n in zahlen) / summe
        erwartet = entropie / Decimal(len(zahlen)).ln()
    assert rechnen.describe_verteilung(zahlen).gleichmaessigkeit == pytest.approx(float(erwartet), abs=1e-12)


def test_variance_between_hits_the_published_example():
    """η² = 6780/9640 = 0.7033: test scores in three topics, the worked example of the article "Correlation ratio".

    (Wikipedia; quoted in the documentation of incanter.stats/correlation-ratio). A score is a rate here: x of 100.
    """
    werte = {"A": (45, 70, 29, 15, 21), "G": (40, 20, 30, 42), "T": (65, 95, 80, 70, 85, 73)}
    arm = {f"{fach}{nr}": punkte for fach, reihe in werte.items() for nr, punkte in enumerate(reihe)}
    plan = {block: block[0] for block in arm}
    zeile = rechnen.compute_streuung(quoten(arm, dict.fromkeys(arm, 100), plan), plan, [indikator()]).row(0, named=True)
    assert zeile["zwischen"] == pytest.approx(6780 / 9640)
    assert (zeile["niedrigster"], zeile["hoechster"]) == pytest.approx((33.0, 78.0))


def test_homogeneous_division_has_all_variance_between():
    arm, ew = {"a": 10, "b": 20, "c": 60, "d": 30}, {"a": 100, "b": 200, "c": 200, "d": 100}
    streuung = rechnen.compute_streuung(quoten(arm, ew, ZWEI), ZWEI, [indikator()])
    zeile = streuung.row(0, named=True)
    assert zeile["zwischen"] == pytest.approx(1.0)
    assert (zeile["niedrigster"], zeile["hoechster"]) == pytest.approx((10.0, 30.0))
    assert (zeile["gebiete"], zeile["ohne"]) == (4, 0)
    # By hand for the other division: rates X 70/300, Y 50/300, town 0.2; Σ n (r − 0.2)² = 600 · 0.01.
    quer = rechnen.compute_streuung(quoten(arm, ew, QUER), QUER, [indikator()]).row(0, named=True)
    assert quer["zwischen"] == pytest.approx((300 * (1 / 30) ** 2 * 2) / 6)
    assert quer["zwischen"] + quer["innen"] == pytest.approx(1.0)


def test_areas_without_rate_are_left_out_and_counted_and_flat_rates_say_nothing():
    arm, ew = {"a": 10, "b": "GEHEIM", "c": 20, "d": 30}, {"a": 100, "b": 200, "c": 200, "d": 300}
    zeile = rechnen.compute_streuung(quoten(arm, ew, ZWEI), ZWEI, [indikator()]).row(0, named=True)
    assert (zeile["gebiete"], zeile["ohne"], zeile["zwischen"]) == (3, 1, None)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(51, 400)), min_size=4, max_size=4))
def test_variance_between_agrees_with_the_plain_formula(zahlen):
    arm, ew = ({b: z[i] for b, z in zip(BLOECKE, zahlen, strict=True)} for i in (0, 1))
    zeile = rechnen.compute_streuung(quoten(arm, ew, ZWEI), ZWEI, [indikator()]).row(0, named=True)
    r0 = sum(arm.values()) / sum(ew.values())
    alles = sum(ew[b] * (arm[b] / ew[b] - r0) ** 2 for b in BLOECKE)
    raeume = [[b for b in BLOECKE if ZWEI[b] == raum] for raum in "XY"]
    zwischen = sum(sum(ew[b] for b in r) * (sum(arm[b] for b in r) / sum(ew[b] for b in r) - r0) ** 2 for r in raeume)
    if alles > 1e-9:
        assert zeile["zwischen"] == pytest.approx(zwischen / alles, abs=1e-9)


def test_small_counts_are_counted_by_their_own_limit():
    merkmale = (Merkmal("arm", "Arme", mindestfallzahl=5), Merkmal("ew", "Einwohner", mindestfallzahl=0))
    frame = messwerte([
        ("X", "arm", 2024, 4), ("Y", "arm", 2024, 5), ("Z", "arm", 2024, 0), ("W", "arm", 2024, "GEHEIM"),
        ("X", "ew", 2024, 1), ("Y", "ew", 2024, "FEHLT"), ("a", "arm", 2024, 1), ("X", "anderes", 2024, 1),
    ])  # fmt: skip
    assert rechnen.count_kleine(frame, "XYZW", merkmale) == (2, 5)


def test_cut_districts_and_streets_that_change_sides():
    paare = [("s1", "a"), ("s1", "b"), ("s2", "b"), ("s2", "c"), ("s3", "unbekannt")]
    assert rechnen.find_zerschnitten(paare, ZWEI) == {"s2": ("X", "Y")}
    strassen = (
        Strassenabschnitt("002", 1, "Zum Teich", "b"),
        Strassenabschnitt("001", 2, "Amselweg", "c", von=10),
        Strassenabschnitt("001", 1, "Amselweg", "a", bis=9),
    )
    wechsel = rechnen.find_seitenwechsel(strassen, ZWEI, QUER)
    assert [(w.abschnitt.name, w.abschnitt.nummer, w.von, w.nach) for w in wechsel] == [
        ("Amselweg", 2, "Y", "X"),
        ("Zum Teich", 1, "X", "Y"),
    ]


def test_one_moved_area_is_a_difference_that_can_be_computed():
    ew = {"a": 900.0, "b": 40.0, "c": 800.0}
    funde = rechnen.find_differenzen(ew, {"a": "X", "b": "X", "c": "Y"}, {"a": "X", "b": "Y", "c": "Y"}, 100)
    assert [(f.alt, f.neu, f.nur_alt, f.nur_neu, f.personen, f.genau) for f in funde] == [
        (("X",), ("X",), ("b",), (), 40.0, True)
    ]
    assert rechnen.find_differenzen(ew, {"a": "X", "b": "X", "c": "Y"}, {"a": "X", "b": "Y", "c": "Y"}, 40) == ()
    assert rechnen.find_differenzen(ew, ZWEI, ZWEI, 100) == ()


def test_nobody_is_not_disclosed_and_unknown_is_not_overlooked():
    vorher, nachher = {"a": "X", "b": "X", "c": "Y"}, {"a": "X", "b": "Y", "c": "Y"}
    assert rechnen.find_differenzen({"a": 500, "b": 0, "c": 500}, vorher, nachher) == ()
    assert len(rechnen.find_differenzen({"a": 500, "b": None, "c": 500}, vorher, nachher)) == 1


def test_exchange_is_no_exact_difference_but_a_union_can_be():
    ew = {"a": 900, "b": 40, "c": 800, "d": 30, "e": 700}
    tausch = rechnen.find_differenzen(
        ew, {"a": "X", "b": "X", "c": "Y", "d": "Y", "e": "Y"}, {"a": "X", "b": "Y", "c": "Y", "d": "X", "e": "Y"}, 100
    )
    assert [(f.nur_alt, f.nur_neu, f.genau) for f in tausch] in ([(("b",), ("d",), False)], [(("d",), ("b",), False)])
    # X + Y together lose d to Z although X and Y exchange more people than the bound.
    alt = {"a": "X", "b": "X", "c": "Y", "d": "Y", "e": "Z"}
    neu = {"a": "X", "b": "Y", "c": "X", "d": "Z", "e": "Z"}
    funde = rechnen.find_differenzen({"a": 900, "b": 300, "c": 800, "d": 30, "e": 700}, alt, neu, 100)
    assert [(f.personen, f.genau) for f in funde] == [(30, True)]
    assert set(funde[0].nur_alt + funde[0].nur_neu) == {"d"}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from("UVW"), st.sampled_from("XYZ")), min_size=2, max_size=7))
def test_search_finds_what_trying_all_unions_finds(zeilen):
    """Oracle: every pair of unions; the smallest non-empty difference must be among the findings, and each finding is real."""
    ew = {f"g{i}": zahl for i, (zahl, _, _) in enumerate(zeilen)}
    alt = {f"g{i}": a for i, (_, a, _) in enumerate(zeilen)}
    neu = {f"g{i}": b for i, (_, _, b) in enumerate(zeilen)}
    belegt = [g for g in ew if ew[g] > 0]
    alle_alt, alle_neu = sorted({alt[g] for g in belegt}), sorted({neu[g] for g in belegt})

    def unions(raeume):
        return itertools.chain.from_iterable(itertools.combinations(raeume, n) for n in range(1, len(raeume)))

    kleinste = math.inf
    for u, v in itertools.product(unions(alle_alt), unions(alle_neu)):
        anders = [g for g in belegt if (alt[g] in u) != (neu[g] in v)]
        # Where a Sozialraum lies in the difference as a whole, its own published figure is all that is disclosed.
        ganz = any(
            all(g in anders for g in belegt if plan[g] == r) for plan in (alt, neu) for r in {plan[g] for g in belegt}
        )
        if anders and not ganz:
            kleinste = min(kleinste, sum(ew[g] for g in anders))
    funde = rechnen.find_differenzen(ew, alt, neu, 50)
    for fund in funde:
        anders = [g for g in belegt if (alt[g] in fund.alt) != (neu[g] in fund.neu)]
        assert fund.personen == sum(ew[g] for g in anders)
        assert 0 < fund.personen < 50
    if kleinste < 50:
        assert funde
        assert funde[0].personen == kleinste


def test_frame_of_streuung_is_empty_without_rates():
    leer = rechnen.compute_streuung(quoten({}, {"a": 5}, {"a": "X"}), {"a": "X"}, [])
    assert leer.height == 0
    assert "zwischen" in leer.columns
    assert isinstance(leer, pl.DataFrame)
