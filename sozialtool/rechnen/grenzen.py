"""Limits of one share or rate at any confidence, of the difference of two, and how surprising a value is.

The functions take plain numbers: they are used on released figures, a few at a time. The formulas are those of `intervalle`
(one row or a million rows give the same figures; a test compares them).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from statistics import NormalDist

from sozialtool.fach.indikator import Indikator, Intervallart
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.rechnen.tverteilung import WENIGSTE_WERTE, find_p_t, find_t

SICHER = 0.998
"""Second confidence beside 95 %: the control limits of UKHSA (three standard deviations of a normal distribution)."""
_GEZEIGT = 0.95
"""Confidence of the limits in the table."""
_EXAKT_UNTER = 10
_NORMAL = NormalDist()

Grenzen = tuple[float, float]
"""Lower and upper limit."""


@functools.cache
def find_z(sicherheit: float) -> float:
    """Quantile of the normal distribution for a two-sided interval of this confidence (0.95 → 1.96)."""
    return _NORMAL.inv_cdf(0.5 + sicherheit / 2)


def find_grenzen(zeile: Kennzahl, indikator: Indikator, sicherheit: float = 0.95) -> Grenzen | None:
    """Limits of a released figure in the unit of the indicator; None where it has none.

    Those of a mean are taken from its released 95 % limits: the sum of squares itself never leaves the house.
    """
    if not indikator.hat_spanne:
        return None
    if indikator.intervall is Intervallart.MITTELWERT:
        fehler = _find_standardfehler(zeile, indikator)
        if fehler is None or zeile.unten is None or zeile.oben is None:
            return None
        if sicherheit == _GEZEIGT:
            return zeile.unten, zeile.oben
        mitte, halb = (zeile.unten + zeile.oben) / 2, find_t(sicherheit, _freiheit(zeile)) * fehler
        return mitte - halb, mitte + halb
    if zeile.zaehler is None or zeile.nenner is None:
        return None
    return compute_grenzen(indikator.intervall, zeile.zaehler, zeile.nenner, indikator.faktor, sicherheit)


def find_p_gegen(zeile: Kennzahl, indikator: Indikator, erwartet: float) -> float | None:
    """How surprising a released figure would be if `erwartet` (in the unit of the indicator) were true; None without limits."""
    if indikator.intervall is Intervallart.MITTELWERT:
        fehler = _find_standardfehler(zeile, indikator)
        if not fehler or zeile.unten is None or zeile.oben is None:
            return None
        return find_p_t(((zeile.unten + zeile.oben) / 2 - erwartet) / fehler, _freiheit(zeile))
    if zeile.zaehler is None or zeile.nenner is None or not indikator.hat_spanne:
        return None
    return find_p(indikator.intervall, zeile.zaehler, zeile.nenner, erwartet / indikator.faktor)


def _find_standardfehler(zeile: Kennzahl, indikator: Indikator) -> float | None:
    """Standard error of a mean from its released limits, widened by what their rounding may hide; None without limits."""
    if not indikator.hat_spanne or zeile.unten is None or zeile.oben is None:
        return None
    halb = (zeile.oben - zeile.unten) / 2 + 0.5 * 10.0**-indikator.nachkommastellen
    return halb / find_t(_GEZEIGT, _freiheit(zeile))


def _freiheit(zeile: Kennzahl) -> float:
    """Degrees of freedom; of a delivered mean the fewest possible ones, because its number of values is not in the table."""
    return max(zeile.nenner or 0, WENIGSTE_WERTE) - 1


def compute_grenzen(
    art: Intervallart, x: float, n: float, faktor: float = 1.0, sicherheit: float = 0.95
) -> Grenzen | None:
    """Limits of x / n · faktor; None where the kind of interval has none or the counts allow none.

    Wilson for shares, Byar (exact below 10 events) for rates: fach/regeln.md section 2.
    """
    if n <= 0 or x < 0:
        return None
    if art is Intervallart.WILSON:
        paar = find_wilson(x, n, sicherheit)
    elif art is Intervallart.BYAR:
        unten, oben = find_poisson(x, sicherheit)
        paar = unten / n, oben / n
    else:
        return None
    return None if paar is None else (paar[0] * faktor, paar[1] * faktor)


def find_wilson(x: float, n: float, sicherheit: float = 0.95) -> Grenzen | None:
    """Wilson's limits of the share x / n; None unless 0 ≤ x ≤ n and n > 0. Source: Wilson 1927, JASA 22: 209–212."""
    if not 0 <= x <= n or n <= 0:
        return None
    z = find_z(sicherheit)
    wurzel = z * math.sqrt(z * z + 4 * x * (1 - x / n))
    teiler = 2 * (n + z * z)
    unten = 0.0 if x == 0 else (2 * x + z * z - wurzel) / teiler
    oben = 1.0 if x == n else (2 * x + z * z + wurzel) / teiler
    return max(unten, 0.0), min(oben, 1.0)


def find_byar(x: float, sicherheit: float = 0.95) -> Grenzen:
    """Byar's limits of a count x ≥ 0. Source: Breslow & Day 1987, IARC 82, p. 69."""
    z = find_z(sicherheit)
    unten = 0.0 if x == 0 else x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3
    oben = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * math.sqrt(x + 1))) ** 3
    return max(unten, 0.0), oben


def find_poisson(x: float, sicherheit: float = 0.95) -> Grenzen:
    """Limits of a count of events: exact below 10 (between two whole numbers interpolated), else Byar."""
    if x >= _EXAKT_UNTER:
        return find_byar(x, sicherheit)
    links = math.floor(x)
    paare = [_find_stuetze(stelle, sicherheit) for stelle in (links, links + 1)]
    anteil = x - links
    unten, oben = ((1 - anteil) * a + anteil * b for a, b in zip(*paare, strict=True))
    return unten, oben


@functools.cache
def _find_stuetze(x: int, sicherheit: float) -> Grenzen:
    """Limits at a whole number: exact below 10, where Byar begins its own."""
    return find_byar(x, sicherheit) if x >= _EXAKT_UNTER else find_garwood(x, 1 - sicherheit)


def find_garwood(x: int, alpha: float = 0.05) -> Grenzen:
    """Exact limits of a Poisson count by bisection: P(X ≥ x | lower) = P(X ≤ x | upper) = alpha / 2.

    Source: Garwood F (1936), Biometrika 28: 437–442.
    """
    unten, oben = 0.0, 0.0
    if x:
        unten = _bisect(lambda rate: 1 - _poisson_cdf(x - 1, rate) < alpha / 2, x)
    oben = _bisect(lambda rate: _poisson_cdf(x, rate) > alpha / 2, 4 * x + 40)
    return unten, oben


def _poisson_cdf(k: int, rate: float) -> float:
    """P(X ≤ k) for a Poisson variable."""
    if k < 0:
        return 0.0
    if not rate:
        return 1.0
    return min(math.fsum(math.exp(i * math.log(rate) - rate - math.lgamma(i + 1)) for i in range(k + 1)), 1.0)


def _bisect(zu_klein: Callable[[float], bool], ende: float) -> float:
    """Root between 0 and `ende` of a monotone condition that holds below the root."""
    links, rechts = 0.0, float(ende)
    for _ in range(200):
        mitte = (links + rechts) / 2
        if zu_klein(mitte):
            links = mitte
        else:
            rechts = mitte
    return (links + rechts) / 2


def combine_grenzen(neu: tuple[float, float, float], alt: tuple[float, float, float]) -> Grenzen:
    """Limits of neu − alt, two independent figures, each (value, lower, upper) in the unit of the indicator.

    The distances of value and limit are squared and added: for shares that is method 10 of Newcombe RG (1998), Interval estimation for
    the difference between independent proportions, Statistics in Medicine 17: 873–890; for rates the same step over Byar's limits and for
    means over those of t, MOVER: Zou GY, Donner A (2008), Construction of confidence limits about effect measures, Statistics in
    Medicine 27: 1693–1702.
    """
    (w1, u1, o1), (w2, u2, o2) = neu, alt
    return w1 - w2 - math.hypot(w1 - u1, o2 - w2), w1 - w2 + math.hypot(o1 - w1, w2 - u2)


def find_p(art: Intervallart, x: float, n: float, erwartet: float) -> float | None:
    """Two-sided p value of a count x among n when the share or rate `erwartet` (a fraction, not percent) were true.

    It inverts the very limits of `compute_grenzen`, so that p < 5 % and "outside the 95 % interval" never contradict each other.
    None where there are no limits.
    """
    if art not in (Intervallart.WILSON, Intervallart.BYAR) or n <= 0 or x < 0 or erwartet < 0:
        return None
    if art is Intervallart.WILSON:
        if x > n or erwartet > 1:
            return None
        streuung = erwartet * (1 - erwartet) / n
        if streuung == 0:
            return 1.0 if x == erwartet * n else 0.0
        return math.erfc(abs(x / n - erwartet) / math.sqrt(2 * streuung))
    return _find_p_rate(x, erwartet * n)


def _find_p_rate(x: float, erwartet: float) -> float:
    """Exact below 10 events (twice the smaller tail, as Garwood's limits), from there on Byar's limit solved for z."""
    if x < _EXAKT_UNTER:
        fall = round(x)
        return min(1.0, 2 * min(_poisson_cdf(fall, erwartet), 1 - _poisson_cdf(fall - 1, erwartet)))
    if erwartet < x:
        z = 3 * math.sqrt(x) * (1 - 1 / (9 * x) - (erwartet / x) ** (1 / 3))
    else:
        z = 3 * math.sqrt(x + 1) * ((erwartet / (x + 1)) ** (1 / 3) - 1 + 1 / (9 * (x + 1)))
    return min(1.0, math.erfc(z / math.sqrt(2)))
