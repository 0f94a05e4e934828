"""Small measures of a list of numbers, exact in their sums: the same in whatever order the areas come.

Pure Python: a town has a handful of areas, and hundreds of robustness runs must not wait for an engine.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

Zahlen = Sequence[float]
GLEICH = 1e-12
"""Two results that differ by less than this share of the largest one are equal: they differ by rounding alone."""


def mittel(werte: Zahlen) -> float:
    """Arithmetic mean; needs at least one value."""
    return math.fsum(werte) / len(werte)


def standardabweichung(werte: Zahlen, *, stichprobe: bool = False) -> float:
    """Standard deviation, ÷ N or (`stichprobe`) ÷ (N − 1); 0 where all values are equal or there is one only."""
    mitte = mittel(werte)
    if max(werte) - min(werte) <= GLEICH * max(map(abs, werte)):
        return 0.0
    return math.sqrt(math.fsum((x - mitte) ** 2 for x in werte) / (len(werte) - stichprobe))


def schiefe(werte: Zahlen) -> float:
    """Skewness of a sample, type 2 of Joanes & Gill (1998), The Statistician 47: 183–189, as Excel's SCHIEFE.

    0 for less than three values or without spread.
    """
    n, mitte = len(werte), mittel(werte)
    if n < 3 or not standardabweichung(werte):
        return 0.0
    quadrate = math.fsum((x - mitte) ** 2 for x in werte)
    kuben = math.fsum((x - mitte) ** 3 for x in werte)
    return math.sqrt(n) * kuben / math.pow(quadrate, 1.5) * math.sqrt(n * (n - 1)) / (n - 2)


def woelbung(werte: Zahlen) -> float:
    """Excess kurtosis of a sample, type 2 of Joanes & Gill (1998), as Excel's KURT; 0 below four values or without spread."""
    n, mitte = len(werte), mittel(werte)
    if n < 4 or not standardabweichung(werte):
        return 0.0
    quadrate = math.fsum((x - mitte) ** 2 for x in werte)
    roh = n * math.fsum((x - mitte) ** 4 for x in werte) / quadrate**2
    return ((n + 1) * (roh - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))


def mittlere_raenge(werte: Zahlen) -> list[float]:
    """Ranks from below (1 = smallest); equal values share the mean of their ranks."""
    folge = sorted(range(len(werte)), key=werte.__getitem__)
    raenge = [0.0] * len(werte)
    for anfang, ende in _gruppen([werte[i] for i in folge]):
        for i in folge[anfang:ende]:
            raenge[i] = (anfang + 1 + ende) / 2
    return raenge


def raenge_von_oben(werte: Zahlen) -> list[int]:
    """Ranks from above (1 = largest); equal values share the best rank, the next one is left out: 1, 1, 3."""
    return [rang + 1 for rang in zaehle_kleinere([-x for x in werte])]


def zaehle_kleinere(werte: Zahlen) -> list[int]:
    """Say for each value how many are smaller."""
    folge = sorted(range(len(werte)), key=werte.__getitem__)
    anzahl = [0] * len(werte)
    for anfang, ende in _gruppen([werte[i] for i in folge]):
        for i in folge[anfang:ende]:
            anzahl[i] = anfang
    return anzahl


def _gruppen(sortiert: Zahlen) -> list[tuple[int, int]]:
    """Split ascending values into runs of equal ones: (first, behind the last)."""
    if not sortiert:
        return []
    toleranz = GLEICH * max(abs(sortiert[0]), abs(sortiert[-1]))
    grenzen = [0, *(i for i in range(1, len(sortiert)) if sortiert[i] - sortiert[i - 1] > toleranz), len(sortiert)]
    return list(itertools.pairwise(grenzen))


def korrelation(x: Zahlen, y: Zahlen) -> float | None:
    """Pearson's correlation; None below three pairs or where one side has no spread."""
    if len(x) < 3 or not standardabweichung(x) or not standardabweichung(y):
        return None
    mx, my = mittel(x), mittel(y)
    oben = math.fsum((a - mx) * (b - my) for a, b in zip(x, y, strict=True))
    unten = math.sqrt(math.fsum((a - mx) ** 2 for a in x) * math.fsum((b - my) ** 2 for b in y))
    return max(-1.0, min(1.0, oben / unten))


def rangkorrelation(x: Zahlen, y: Zahlen) -> float | None:
    """Spearman's correlation: Pearson's of the ranks; None as there."""
    return korrelation(mittlere_raenge(x), mittlere_raenge(y))
