"""Shrinkage: rates of small areas are drawn to the mean of all."""

from __future__ import annotations

import math
from collections.abc import Sequence


def compute_marshall(faelle: Sequence[float], menge: Sequence[float]) -> list[float]:
    """Global empirical Bayes estimates of e / b for each area, as fractions.

    m = Σe/Σb; s² = Σb(r−m)²/Σb; A = max(0, s² − m/mean(b)); w = A/(A + m/b); EB = w·r + (1−w)·m.
    Source: Marshall RJ (1991), Mapping disease and mortality rates using empirical Bayes estimators, Applied Statistics 40:
    283–294; fach/regeln.md section 3. All populations must be positive; fewer than two areas are returned as they are.
    """
    raten = [e / b for e, b in zip(faelle, menge, strict=True)]
    if len(raten) < 2 or not sum(faelle):
        return raten
    gesamt = math.fsum(menge)
    m = math.fsum(faelle) / gesamt
    streuung = math.fsum(b * (r - m) ** 2 for r, b in zip(raten, menge, strict=True)) / gesamt
    a = max(0.0, streuung - m / (gesamt / len(raten)))
    gewichte = [a / (a + m / b) for b in menge]
    return [w * r + (1 - w) * m for w, r in zip(gewichte, raten, strict=True)]
