"""95 % limits of shares, rates and means, as Polars expressions.

Each function takes expressions and returns (lower, upper) as expressions; where a measure is not defined (no population,
more events than people in a share) both are null. The formulas are those of fach/regeln.md section 2, which are the ones of
UKHSA's PHEindicatormethods (`phe_proportion`, `phe_rate`).
"""

from __future__ import annotations

import functools
import itertools
from statistics import NormalDist

import polars as pl

from sozialtool.rechnen.grenzen import find_garwood
from sozialtool.rechnen.tverteilung import WENIGSTE_WERTE, expand_t

SICHERHEIT = 0.95
Z = NormalDist().inv_cdf(0.5 + SICHERHEIT / 2)
"""Quantile of the normal distribution, 1.959963984540054."""
EXAKT_UNTER = 10
"""Below this number of events the limits are exact (UKHSA convention)."""


def compute_wilson(x: pl.Expr, n: pl.Expr, z: float = Z) -> tuple[pl.Expr, pl.Expr]:
    """Limits of the share x / n, within [0, 1]; null unless 0 ≤ x ≤ n and n > 0.

    Source: Wilson EB (1927), Probable inference, the law of succession, and statistical inference. JASA 22: 209–212.
    """
    gilt = (n > 0) & (x >= 0) & (x <= n)
    anteil = x / n
    wurzel = (z * z + 4 * x * (1 - anteil)).sqrt() * z
    teiler = 2 * (n + z * z)
    unten = pl.min_horizontal((2 * x + z * z - wurzel) / teiler, anteil).clip(0.0, 1.0)
    oben = pl.max_horizontal((2 * x + z * z + wurzel) / teiler, anteil).clip(0.0, 1.0)
    # At the ends the limit is exactly 0 or 1; rounding must not leave 1e-17 there.
    unten = pl.when(x == 0).then(0.0).otherwise(unten)
    oben = pl.when(x == n).then(1.0).otherwise(oben)
    return pl.when(gilt).then(unten), pl.when(gilt).then(oben)


def compute_byar(x: pl.Expr, z: float = Z) -> tuple[pl.Expr, pl.Expr]:
    """Byar's approximate limits of a count of events; null for x < 0. Source: Breslow & Day 1987, IARC 82, p. 69."""
    # At x = 0 the formula divides by zero; the limit is 0 there.
    sicher = pl.when(x > 0).then(x)
    unten = sicher * (1 - 1 / (9 * sicher) - z / (3 * sicher.sqrt())).pow(3)
    plus = x + 1
    oben = plus * (1 - 1 / (9 * plus) + z / (3 * plus.sqrt())).pow(3)
    gilt = x >= 0
    return pl.when(gilt).then(unten.clip(lower_bound=0.0).fill_null(0.0)), pl.when(gilt).then(oben)


def compute_poisson(x: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """95 % limits of a count of events: exact Poisson below 10 events, else Byar; null for x < 0.

    Estimated counts may be fractions: between two whole numbers the exact limits are interpolated linearly, and between
    9 and 10 they run into Byar's, so that the limits stay monotone. Exact limits: Garwood F (1936), Biometrika 28: 437–442.
    """
    byar_unten, byar_oben = compute_byar(x)
    unten, oben = _table()
    klein = x < EXAKT_UNTER
    gilt = x >= 0
    return (
        pl.when(gilt).then(pl.when(klein).then(_interpolate(x, unten)).otherwise(byar_unten)),
        pl.when(gilt).then(pl.when(klein).then(_interpolate(x, oben)).otherwise(byar_oben)),
    )


def compute_mittelwert(mittel: pl.Expr, varianz: pl.Expr, n: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Limits (t) of a mean of n values with this (n − 1) variance; null below `WENIGSTE_WERTE` values or where no variance is known.

    Source: Student (1908), Biometrika 6: 1–25; in this form NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2.
    """
    gilt = (n >= WENIGSTE_WERTE) & (varianz >= 0)
    halb = expand_t(Z, n - 1) * (varianz / n).sqrt()
    return pl.when(gilt).then(mittel - halb), pl.when(gilt).then(mittel + halb)


@functools.cache
def _table() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Lower and upper limits for 0 … 9 events (exact) and 10 (Byar)."""
    grenzen = [find_garwood(x) for x in range(EXAKT_UNTER)]
    unten, oben = compute_byar(pl.lit(float(EXAKT_UNTER)))
    letzte = pl.select(unten.alias("unten"), oben.alias("oben")).row(0)
    return (*(g[0] for g in grenzen), letzte[0]), (*(g[1] for g in grenzen), letzte[1])


def _interpolate(x: pl.Expr, tabelle: tuple[float, ...]) -> pl.Expr:
    """Piecewise linear function through (0, t0), (1, t1) and so on."""
    ausdruck = pl.lit(tabelle[0])
    for stelle, (links, rechts) in enumerate(itertools.pairwise(tabelle)):
        ausdruck = ausdruck + (x - stelle).clip(0.0, 1.0) * (rechts - links)
    return ausdruck
