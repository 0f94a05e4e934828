"""Segregation: how unevenly a group is spread over areas, and how much of that would happen by chance."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sozialtool.fach.auswertung import Segregationswert


def compute_is(gruppe: Sequence[float], menge: Sequence[float]) -> Segregationswert | None:
    """Segregation index of a group against everybody else, and its adjusted value, both as percent (0 … 100).

    IS = ½Σ|x_a/X − (n_a−x_a)/(N−X)| (Duncan & Duncan 1955, Am Sociol Rev 20: 210–217). Adjusted: (IS−IS*)/(1−IS*) with IS* expected
    when X people are spread over areas of these sizes at random (Winship 1977, Social Forces 55: 1058–1066; Carrington & Troske 1997,
    J Bus Econ Stat 15: 402–409). IS* is exact: each area is a hypergeometric draw, and |x_a − n_a·X/N| is linear in IS. A negative
    adjusted value means less uneven than chance. None without a group, or where it is everybody.
    """
    summe, gesamt = math.fsum(gruppe), math.fsum(menge)
    if not 0 < summe < gesamt or any(not 0 <= x <= n for x, n in zip(gruppe, menge, strict=True)):
        return None
    je = gesamt / (2 * summe * (gesamt - summe))
    wert = je * math.fsum(abs(x - n * summe / gesamt) for x, n in zip(gruppe, menge, strict=True))
    zufall = je * math.fsum(expect_abweichung(round(gesamt), round(summe), round(n)) for n in menge)
    bereinigt = None if zufall >= 1 else (wert - zufall) / (1 - zufall)
    return Segregationswert(100 * wert, 100 * zufall, None if bereinigt is None else 100 * bereinigt)


def compute_id(eine: Sequence[float], andere: Sequence[float]) -> Segregationswert | None:
    """Dissimilarity of two groups, ID = ½Σ|x_a/X − y_a/Y|: the segregation of the one among the two together."""
    return compute_is(eine, [x + y for x, y in zip(eine, andere, strict=True)])


def expect_abweichung(gesamt: int, gruppe: int, menge: int) -> float:
    """E|x − menge·gruppe/gesamt| where x counts the group among `menge` people drawn from `gesamt` without replacement.

    The sum of all deviations in closed form: 2·m·(N−K−n+m)/N · P(x = m) with m the first whole number above the mean. Source: Diaconis P,
    Zabell S (1991), Closed form summation for classical distributions, Statistical Science 6: 284–302 (a test sums all cases).
    """
    m = menge * gruppe // gesamt + 1
    if m > min(menge, gruppe):
        return 0.0
    log_p = _log_binom(gruppe, m) + _log_binom(gesamt - gruppe, menge - m) - _log_binom(gesamt, menge)
    return 2 * m * (gesamt - gruppe - menge + m) / gesamt * math.exp(log_p)


def _log_binom(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
