"""Directly age-standardised rates with the interval of Dobson."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sozialtool.fach.auswertung import Standardwert
from sozialtool.rechnen.grenzen import find_byar

EUROPA_2013 = (
    5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
)  # fmt: skip
"""European Standard Population 2013: 100,000 people in age groups of five years from 0–4 to 90 and older.

Source: Eurostat, Revision of the European Standard Population, Report of Eurostat's task force, 2013 edition (KS-RA-13-028); the
figures as in UKHSA's PHEindicatormethods (dataset esp2013)."""
WENIGSTE_FAELLE = 10
"""Below so many cases a standardised rate says nothing (UKHSA; Morris et al. 2018, BMC Med Res Methodol)."""
_AELTESTE = 90


def sum_europa(von: int, bis: int | None) -> float:
    """People of the standard population from age `von` to below age `bis` (None: without end).

    Within a group of five years ages count equally; the group of 90 and older is not cut.
    """
    ende = math.inf if bis is None else bis
    summe = 0.0
    for nummer, menge in enumerate(EUROPA_2013):
        ab = 5 * nummer
        if ab == _AELTESTE:
            summe += menge if von <= ab and ende == math.inf else 0
        else:
            summe += menge * max(0.0, min(ab + 5, ende) - max(ab, von)) / 5
    return summe


def compute_standardisiert(
    faelle: Sequence[float],
    menge: Sequence[float],
    standard: Sequence[float],
    faktor: float = 1.0,
    sicherheit: float = 0.95,
) -> Standardwert | None:
    """Σ(w·x/n)/Σw · faktor with limits; None with a group without people or fewer than 10 cases altogether.

    Limits: Dobson AJ, Kuulasmaa K, Eberle E, Scherer J (1991), Confidence intervals for weighted sums of Poisson parameters,
    Statistics in Medicine 10: 457–462, over Byar's limits of the total, as UKHSA's `phe_dsr`.
    """
    gesamt, gewicht = math.fsum(faelle), math.fsum(standard)
    if gesamt < WENIGSTE_FAELLE or any(n <= 0 for n in menge) or gewicht <= 0:
        return None
    gruppen = list(zip(faelle, menge, standard, strict=True))
    wert = math.fsum(w * x / n for x, n, w in gruppen) / gewicht
    varianz = math.fsum(x * (w / n) ** 2 for x, n, w in gruppen) / gewicht**2
    unten, oben = (wert + math.sqrt(varianz / gesamt) * (grenze - gesamt) for grenze in find_byar(gesamt, sicherheit))
    return Standardwert(wert * faktor, max(unten, 0.0) * faktor, oben * faktor)
