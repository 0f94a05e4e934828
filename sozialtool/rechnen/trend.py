"""Change and trend of one series: which years may be compared, and whether counts rise or fall beyond chance.

Nothing is computed across a break in definition or over a missing year (fach/regeln.md section 2).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from sozialtool.fach.auswertung import Trend
from sozialtool.fach.indikator import Intervallart

WENIGSTE_JAHRE = 3
"""A trend needs at least so many years."""
Reihe = Mapping[int, tuple[float, float]]
"""Year → numerator and denominator."""


def find_abschnitt(reihe: Collection[int], brueche: Collection[int], jahr: int, schritt: int = 1) -> tuple[int, ...]:
    """Years up to `jahr` without a gap and without a break between them, oldest first; () when `jahr` itself is missing.

    With pooled years (`schritt` > 1) only those that share no year with each other: every `schritt`-th, as long as neither a
    pool nor a year between two of them reaches over a break.
    """
    jahre: list[int] = []
    stelle = jahr
    while stelle in reihe and not any(stelle - schritt + 1 < bruch <= stelle for bruch in brueche):
        jahre.insert(0, stelle)
        if stelle - schritt + 1 in brueche:
            break
        stelle -= schritt
    return tuple(jahre)


def compute_trend(art: Intervallart, reihe: Reihe, jahre: Sequence[int], faktor: float = 1.0) -> Trend | None:
    """Test whether a share or rate rises or falls steadily over at least three years; None where it cannot be tested.

    Shares: χ² for trend with one degree of freedom, Cochran (1954) Biometrics 10: 417–451 and Armitage (1955) Biometrics 11:
    375–386, as R's `prop.trend.test`. Rates: the same score statistic with the variance of Poisson counts given their total.
    The slope is that of the weighted regression on the year, in units of the indicator.
    """
    if art not in (Intervallart.WILSON, Intervallart.BYAR) or len(jahre) < WENIGSTE_JAHRE:
        return None
    paare = [reihe[jahr] for jahr in jahre]
    if any(n <= 0 or x < 0 or (art is Intervallart.WILSON and x > n) for x, n in paare):
        return None
    faelle, menge = sum(x for x, _ in paare), sum(n for _, n in paare)
    mitte = sum(n * jahr for jahr, (_, n) in zip(jahre, paare, strict=True)) / menge
    anteil = faelle / menge
    streuung = sum(n * (jahr - mitte) ** 2 for jahr, (_, n) in zip(jahre, paare, strict=True))
    summe = sum((jahr - mitte) * (x - n * anteil) for jahr, (x, n) in zip(jahre, paare, strict=True))
    varianz = streuung * anteil * ((1 - anteil) if art is Intervallart.WILSON else 1.0)
    if varianz <= 0:
        return None
    chi2 = summe * summe / varianz
    p = math.erfc(math.sqrt(chi2 / 2))
    return Trend(jahre[0], jahre[-1], len(jahre), summe / streuung * faktor, chi2, p)
