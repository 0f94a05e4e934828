"""Distributing a sum: adds up exactly, keeps floor and cap or says why not, and nobody with more need gets less."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sozialtool.fach.verteilung import Mitteleinheit, Verteilungsszenario
from sozialtool.fehler import DatenFehler, FeldFehler
from sozialtool.rechnen.verteilen import distribute


def pieces(*angaben):
    return [z.stuecke for z in distribute(*angaben)]


def test_largest_remainder_by_hand():
    # shares 33.33 33.33 33.33: the first in the town's order gets the cent that is left
    assert pieces(100, [1, 1, 1]) == [34, 33, 33]
    # shares 4.286 2.857 2.857 (quota 10 over 3:2:2): two pieces left, to the remainders .857
    assert pieces(10, [3, 2, 2]) == [4, 3, 3]
    # equal remainders .5 .5: the larger weight first, wherever it stands
    assert pieces(4, [1, 3]) == [1, 3]
    assert pieces(2, [1, 3]) == [0, 2]


def test_floor_and_cap_by_hand():
    # by weight alone 10, 30, 60; the floor of 20 is taken from the others in proportion
    assert pieces(100, [1, 3, 6], 20) == [20, 27, 53]
    # the cap of 50 gives the rest to the others in proportion
    assert pieces(100, [1, 3, 6], 0, 50) == [12, 38, 50]
    sockel = distribute(100, [1, 3, 6], 20)
    assert [z.am_sockel for z in sockel] == [True, False, False]
    deckel = distribute(100, [1, 3, 6], 0, 50)
    assert [z.an_obergrenze for z in deckel] == [False, False, True]
    assert deckel[0].anteil == Fraction(25, 2)


def test_an_area_without_weight_gets_the_floor_alone():
    assert pieces(100, [0, 1, 1], 10) == [10, 45, 45]
    assert pieces(0, [1, 2]) == [0, 0]


@pytest.mark.parametrize(
    ("angaben", "warum"),
    [
        ((100, []), "Kein Gebiet"),
        ((100, [0, 0]), "Kein Gebiet"),
        ((100, [1, -1]), "negativ"),
        ((100, [1, float("nan")]), "negativ oder keine Zahl"),
        ((100, [1, 1], 60), "2 Gebiete brauchen"),
        ((100, [1, 1], 0, 40), "bleibt etwas übrig"),
        ((100, [1, 0], 0, 60), "1 Gebiete können"),
        ((100, [1, 1], 50, 40), "größer als die Obergrenze"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_reason(angaben, warum):
    with pytest.raises(DatenFehler, match=warum) as fehler:
        distribute(*angaben)
    assert fehler.value.abhilfe


GEWICHTE = st.lists(st.one_of(st.integers(0, 10**6), st.floats(0, 1e6, allow_nan=False)), min_size=1, max_size=15)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9), GEWICHTE, st.integers(0, 10**5), st.one_of(st.none(), st.integers(0, 10**9)))
@example(10, [1, 1, 1], 3, 4)
@example(7, [0, 5e-324, 1e6], 1, 5)
def test_whatever_comes_out_is_right(summe, gewichte, mindestens, hoechstens):
    positiv = sum(w > 0 for w in gewichte)
    oben = summe if hoechstens is None else hoechstens
    platz = oben * positiv + mindestens * (len(gewichte) - positiv)
    if not (positiv and mindestens <= oben and mindestens * len(gewichte) <= summe <= platz):
        with pytest.raises(DatenFehler):
            distribute(summe, gewichte, mindestens, hoechstens)
        return
    zuteilungen = distribute(summe, gewichte, mindestens, hoechstens)
    stuecke = [z.stuecke for z in zuteilungen]
    assert sum(stuecke) == summe
    assert all(mindestens <= zahl for zahl in stuecke)
    assert hoechstens is None or all(zahl <= hoechstens for zahl in stuecke)
    assert all(abs(z.stuecke - z.anteil) < 1 for z in zuteilungen)
    for wa, a in zip(gewichte, stuecke, strict=True):
        for wb, b in zip(gewichte, stuecke, strict=True):
            assert not (wa > wb and a < b), "more weight, less money"
    assert zuteilungen == distribute(summe, gewichte, mindestens, hoechstens)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(1, 1000), min_size=2, max_size=10, unique=True), st.randoms())
def test_with_different_weights_the_order_of_the_areas_does_not_matter(summe, gewichte, zufall):
    folge = list(range(len(gewichte)))
    zufall.shuffle(folge)
    gerade = pieces(summe, gewichte)
    gemischt = pieces(summe, [gewichte[i] for i in folge])
    assert gemischt == [gerade[i] for i in folge]


@pytest.mark.parametrize(
    ("einheit", "betrag", "stuecke"),
    [
        (Mitteleinheit.EURO, 1234.56, 123456),
        (Mitteleinheit.EURO, 0.1 + 0.2, 30),
        (Mitteleinheit.VOLLE_EURO, 250000.0, 250000),
        (Mitteleinheit.PLAETZE, 40.0, 40),
        (Mitteleinheit.STELLEN, 3.5, 35),
    ],
)
def test_amounts_are_whole_pieces(einheit, betrag, stuecke):
    assert einheit.to_stuecke(betrag) == stuecke
    assert einheit.to_betrag(stuecke) == pytest.approx(betrag)


@pytest.mark.parametrize(
    ("einheit", "betrag"),
    [
        (Mitteleinheit.EURO, 0.005),
        (Mitteleinheit.PLAETZE, 2.5),
        (Mitteleinheit.STELLEN, 1.25),
        (Mitteleinheit.EURO, -1.0),
    ],
)
def test_half_a_piece_is_refused(einheit, betrag):
    with pytest.raises(FeldFehler, match="nicht in"):
        einheit.to_stuecke(betrag)


def test_factors_of_steps():
    szenario = Verteilungsszenario("a", "A", 1.0, stufen=("1", "1,5", "2"))
    assert szenario.faktoren == (1.0, 1.5, 2.0)
    for text in ("-1", "viel", "inf", ""):
        with pytest.raises(FeldFehler):
            _ = Verteilungsszenario("a", "A", 1.0, stufen=(text,)).faktoren
