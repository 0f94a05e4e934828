"""Intervals: published figures and properties."""

from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialtool.rechnen.grenzen import find_garwood
from sozialtool.rechnen.intervalle import Z, compute_byar, compute_poisson, compute_wilson


def wilson(x, n):
    unten, oben = compute_wilson(pl.lit(float(x)), pl.lit(float(n)))
    return pl.select(unten.alias("u"), oben.alias("o")).row(0)


def poisson(x):
    unten, oben = compute_poisson(pl.lit(float(x)))
    return pl.select(unten.alias("u"), oben.alias("o")).row(0)


def test_wilson_of_the_rules():
    unten, oben = wilson(12, 73)
    assert round(unten * 100, 2) == 9.66
    assert round(oben * 100, 2) == 26.57


@pytest.mark.parametrize(("x", "n"), [(12, 73), (0, 5), (5, 5), (1, 1), (300, 40000)])
def test_wilson_solves_its_equation(x, n):
    # The limits are the p at which |x/n − p| = z·√(p(1−p)/n) (Wilson 1927), an independent way to the same numbers.
    for grenze in wilson(x, n):
        if 0 < grenze < 1:
            assert (x / n - grenze) ** 2 == pytest.approx(Z**2 * grenze * (1 - grenze) / n, rel=1e-9)


@pytest.mark.parametrize(("x", "n"), [(80, 73), (-1, 10), (0, 0), (5, -2)])
def test_wilson_undefined(x, n):
    assert wilson(x, n) == (None, None)


def test_wilson_ends_are_exact():
    assert wilson(0, 10)[0] == 0.0
    assert wilson(73, 73)[1] == 1.0


# Exact limits after Garwood 1936; their tail probabilities are checked below.
@pytest.mark.parametrize(
    ("x", "unten", "oben"),
    [(0, 0.0, 3.68888), (1, 0.02532, 5.57164), (2, 0.24221, 7.22469), (5, 1.62349, 11.66833), (9, 4.11537, 17.08480)],
)
def test_exact_poisson(x, unten, oben):
    assert poisson(x) == (pytest.approx(unten, abs=1e-5), pytest.approx(oben, abs=1e-5))


@settings(deadline=None)
@given(st.integers(0, 60))
def test_garwood_holds_its_probabilities(x):
    unten, oben = find_garwood(x)

    def cdf(k, rate):
        return math.fsum(math.exp(-rate) * rate**i / math.factorial(i) for i in range(k + 1))

    assert cdf(x, oben) == pytest.approx(0.025, abs=1e-10)
    if x:
        assert 1 - cdf(x - 1, unten) == pytest.approx(0.025, abs=1e-10)


def test_byar_formula():
    x = 20.0
    unten, oben = compute_byar(pl.lit(x))
    erwartet = (
        x * (1 - 1 / (9 * x) - Z / (3 * math.sqrt(x))) ** 3,
        (x + 1) * (1 - 1 / (9 * (x + 1)) + Z / (3 * math.sqrt(x + 1))) ** 3,
    )
    assert pl.select(unten.alias("u"), oben.alias("o")).row(0) == pytest.approx(erwartet, rel=1e-14)


@settings(deadline=None)
@given(st.integers(10, 100_000))
def test_byar_is_near_the_exact_limits(x):
    if x <= 200:
        assert poisson(x) == pytest.approx(find_garwood(x), rel=0.004)
    unten, oben = poisson(x)
    assert unten < x < oben


def test_poisson_undefined():
    assert poisson(-1) == (None, None)
    unten, oben = compute_poisson(pl.lit(None, pl.Float64))
    assert pl.select(unten.alias("u"), oben.alias("o")).row(0) == (None, None)


@settings(deadline=None)
@given(st.floats(0, 5000), st.floats(0.001, 5000))
def test_wilson_contains_the_estimate(x, n):
    unten, oben = wilson(x, n)
    if x <= n:
        assert 0 <= unten <= x / n <= oben <= 1
    else:
        assert unten is None


@settings(deadline=None)
@given(st.integers(1, 3000), st.data())
def test_wilson_is_monotone(n, data):
    x = data.draw(st.integers(0, n - 1))
    tiefer, hoeher = wilson(x, n), wilson(x + 1, n)
    assert tiefer[0] <= hoeher[0]
    assert tiefer[1] <= hoeher[1]


@settings(deadline=None)
@given(st.floats(0, 200), st.floats(0, 5))
def test_poisson_is_monotone_and_contains(x, mehr):
    tiefer, hoeher = poisson(x), poisson(x + mehr)
    assert tiefer[0] <= x <= tiefer[1]
    assert tiefer[0] <= hoeher[0] + 1e-12
    assert tiefer[1] <= hoeher[1] + 1e-12
