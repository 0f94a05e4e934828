"""Degrees, planes, distances: against published and against independently computed values."""

from __future__ import annotations

import math

import pytest

from sozialtool.fach.felder import felder_of
from sozialtool.fach.lage import Lage, compute_entfernung, compute_randabstand, lies_in
from sozialtool.fach.planung import Einrichtung

QUADRAT = ((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0))
LOCH = ((40.0, 40.0), (60.0, 40.0), (60.0, 60.0), (40.0, 60.0))


def grad(grad, minuten, sekunden):
    return math.copysign(abs(grad) + minuten / 60 + sekunden / 3600, grad)


def haversine(a, b):
    """Great-circle distance on the same sphere (R. W. Sinnott, Virtues of the Haversine, 1984)."""
    dy, dx = math.radians(b.breite - a.breite), math.radians(b.laenge - a.laenge)
    h = (
        math.sin(dy / 2) ** 2
        + math.cos(math.radians(a.breite)) * math.cos(math.radians(b.breite)) * math.sin(dx / 2) ** 2
    )
    return 2 * 6_371_008.8 * math.asin(math.sqrt(h))


def test_a_published_distance_on_the_ellipsoid_is_met_within_half_a_percent():
    # Flinders Peak to Buninyong, 54,972.271 m on GRS80: the test data of the Geocentric Datum of Australia Technical Manual (ICSM,
    # version 2.3, chapter 4), also those of Geoscience Australia's calculator for Vincenty's formulae (vincenty_inverse).
    flinders = Lage(grad(-37, 57, 3.72030), grad(144, 25, 29.52440))
    buninyong = Lage(grad(-37, 39, 10.15610), grad(143, 55, 35.38390))
    assert compute_entfernung(flinders, buninyong) == pytest.approx(54_972.271, rel=0.005)


@pytest.mark.parametrize(("breite", "nord", "ost"), [(45, 111_132, 78_847), (60, 111_412, 55_800)])
def test_a_degree_is_as_long_as_published_on_both_sides_of_germany(breite, nord, ost):
    # Length of a degree of latitude and of longitude on WGS84 in metres: table in Wikipedia, "Longitude" (Germany: 47° to 55°).
    halb = 0.5
    assert compute_entfernung(Lage(breite - halb, 7), Lage(breite + halb, 7)) == pytest.approx(nord, rel=0.005)
    assert compute_entfernung(Lage(breite, 7 - halb), Lage(breite, 7 + halb)) == pytest.approx(ost, rel=0.005)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (Lage(51.7205, 6.6871), Lage(51.7205, 6.7011)),
        (Lage(51.7205, 6.6871), Lage(51.9, 6.4)),
        (Lage(47.3, 10.2), Lage(47.45, 10.2)),
        (Lage(54.9, 8.3), Lage(54.8, 8.9)),
    ],
)
def test_flat_is_as_good_as_the_sphere_within_a_county(a, b):
    assert compute_entfernung(a, b) == pytest.approx(haversine(a, b), rel=1e-4)
    assert compute_entfernung(a, b) == compute_entfernung(b, a)


def test_flat_and_back_and_as_text():
    bezug = Lage.from_text("51.7205 6.6871")
    assert bezug == Lage(51.7205, 6.6871)
    ort = Lage(51.75, 6.61)
    zurueck = bezug.unflatten(bezug.flatten(ort))
    assert (zurueck.breite, zurueck.laenge) == pytest.approx((ort.breite, ort.laenge), abs=1e-9)
    assert Lage.from_text(bezug.to_text()) == bezug
    # One thousandth of a degree: 111.195 m to the north, cos 51.7205° = 0.61953 of it to the east.
    assert bezug.flatten(Lage(51.7215, 6.6881)) == pytest.approx((68.9, 111.2), abs=0.1)
    for text in ("", "51,7 6,6", "51.7", "91 6", "51 200", "nan 6", "hier dort", "1 2 3"):
        assert Lage.from_text(text) is None


def test_inside_outside_in_a_hole_and_how_far():
    ringe = (QUADRAT, LOCH)
    assert lies_in((10, 10), ringe)
    assert not lies_in((50, 50), ringe)
    assert not lies_in((150, 50), ringe)
    assert compute_randabstand((10, 10), ringe) == 0
    assert compute_randabstand((150, 50), ringe) == 50
    assert compute_randabstand((103, -4), ringe) == 5
    assert compute_randabstand((50, 45), ringe) == 5


@pytest.mark.parametrize("text", ["51,720", "51.720", " 51.720 "])
def test_a_latitude_with_three_decimals_is_not_taken_for_thousands(text):
    breite = next(f for f in felder_of(Einrichtung) if f.name == "breite")
    assert breite.from_text(text) == 51.72
