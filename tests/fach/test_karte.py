"""Tiles that are placed and moved; rings that are joined; centres of gravity."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialtool.fach.karte import HOECHSTENS, Umriss, arrange, compute_flaeche, compute_mitte, dissolve, move

QUADRAT = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0))


def test_centre_and_area_of_figures_worked_out_by_hand():
    # An L of three unit squares: the mean of their centres.
    winkel = ((0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2))
    assert compute_flaeche(winkel) == 3
    assert compute_mitte([winkel]) == pytest.approx(((0.5 + 1.5 + 0.5) / 3, (0.5 + 0.5 + 1.5) / 3))
    weit = tuple((x + 32_400_000, y + 5_700_000) for x, y in winkel)
    assert compute_mitte([weit]) == pytest.approx((32_400_000 + 2.5 / 3, 5_700_000 + 2.5 / 3), abs=1e-6)
    assert compute_mitte([QUADRAT, ((10, 10), (11, 10), (11, 11))]) == (1, 1)
    assert compute_mitte([((0, 0), (2, 0), (4, 0))]) == (2, 0)


def test_two_areas_become_one_without_the_line_between_them():
    rechts = tuple((x + 2, y) for x, y in QUADRAT)
    (ring,) = dissolve([QUADRAT, tuple(reversed(rechts))])
    assert set(ring) == set(QUADRAT) | set(rechts)
    assert abs(compute_flaeche(ring)) == 8
    for innen in zip(ring, (*ring[1:], ring[0]), strict=True):
        assert set(innen) != {(2.0, 0.0), (2.0, 2.0)}


def test_a_courtyard_stays_a_hole_and_areas_apart_stay_apart():
    feld = [tuple((x + i, y + j) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))) for i in range(3) for j in range(3)]
    ohne_mitte = [ring for ring in feld if ring[0] != (1, 1)]
    assert sorted(abs(compute_flaeche(ring)) for ring in dissolve(ohne_mitte)) == [1, 9]
    assert len(dissolve([QUADRAT, tuple((x + 50, y) for x, y in QUADRAT)])) == 2


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1))
def test_joining_keeps_the_whole_area(felder):
    ringe = [((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)) for i, j in sorted(felder)]
    neu = dissolve(ringe)
    # Filled by the even–odd rule: a point in the middle of each field lies within exactly where the field belongs to it.
    for i in range(7):
        for j in range(7):
            drin = sum(_inside((i + 0.5, j + 0.5), ring) for ring in neu) % 2
            assert bool(drin) == ((i, j) in felder)


def _inside(punkt, ring):
    x, y = punkt
    kreuzt = 0
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        kreuzt += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return kreuzt % 2


def test_an_outline_survives_as_text():
    umriss = Umriss.from_punkte("03", [[*((x * 100.4, y * 100.4) for x, y in QUADRAT), (0, 0)], [(0, 0), (1, 1)]])
    assert umriss.ringe == ("0 0,201 0,201 201,0 201",)
    assert umriss.punkte() == (((0, 0), (201, 0), (201, 201), (0, 201)),)


def test_without_outlines_the_tiles_stand_row_by_row():
    assert arrange([f"{n}" for n in range(5)]) == {"0": (0, 0), "1": (1, 0), "2": (2, 0), "3": (0, 1), "4": (1, 1)}
    assert arrange([]) == {}
    assert arrange(["a", "b"], {"a": (0.0, 0.0)}) == {"a": (0, 0), "b": (1, 0)}  # one centre is missing: none counts


@given(
    st.dictionaries(
        st.text("abcdefghij", min_size=1, max_size=2),
        st.tuples(st.floats(0, 9000), st.floats(0, 9000)),
        min_size=1,
        max_size=40,
    )
)
def test_an_arrangement_gives_each_its_own_place_near_where_it_lies(mitten):
    plaetze = arrange(sorted(mitten), mitten)
    assert set(plaetze) == set(mitten)
    assert len(set(plaetze.values())) == len(plaetze)
    assert min(x for x, _ in plaetze.values()) == min(y for _, y in plaetze.values()) == 0
    assert plaetze == arrange(sorted(mitten), mitten)


def test_the_lie_of_the_land_is_kept():
    mitten = {"nw": (0.0, 100.0), "no": (100.0, 100.0), "sw": (0.0, 0.0), "so": (100.0, 0.0)}
    plaetze = arrange(list(mitten), mitten)
    assert plaetze["nw"][0] < plaetze["no"][0]
    assert plaetze["nw"][1] < plaetze["sw"][1]
    assert math.dist(plaetze["nw"], plaetze["so"]) > math.dist(plaetze["nw"], plaetze["no"])


def test_moving_swaps_and_may_widen_the_map():
    plaetze = {"a": (0, 0), "b": (1, 0), "c": (0, 1)}
    assert move(plaetze, "a", (1, 0)) == {"a": (1, 0), "b": (0, 0), "c": (0, 1)}
    assert move(plaetze, "c", (2, 2)) == {"a": (0, 0), "b": (1, 0), "c": (2, 2)}
    assert move(plaetze, "c", (-1, 0)) == {"a": (1, 0), "b": (2, 0), "c": (0, 0)}
    with pytest.raises(ValueError, match="30"):
        move(plaetze, "c", (HOECHSTENS, 0))
    with pytest.raises(KeyError):
        move(plaetze, "x", (0, 0))
