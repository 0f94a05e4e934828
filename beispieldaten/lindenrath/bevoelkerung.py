"""Population model: whole people by single year of age and sex, per area and year.

Counts by single age make every span of ages consistent: all age limits of the indicators are sums of the same people.
"""

from __future__ import annotations

import functools
import itertools
import math
import random

from lindenrath.raum import ALLE, JAHRE, Sozialraum

SEED = 20260115
_ALTER = (0, 6, 14, 18, 22, 30, 40, 50, 58, 65, 72, 80, 86, 92, 100)
_GEWICHT = (0.92, 0.98, 0.96, 0.97, 1.02, 1.17, 1.22, 1.22, 1.52, 1.30, 1.02, 0.80, 0.52, 0.18, 0.01)
_FRAUEN = ((0, 0.487), (50, 0.496), (65, 0.515), (80, 0.575), (100, 0.74))


def noise(*schluessel: object) -> float:
    """A reproducible standard normal number that belongs to this key (and to no order of calls)."""
    return random.Random(":".join(str(teil) for teil in (SEED, *schluessel))).gauss(0.0, 1.0)


def teil(ganzes: int, anteil: float, merkmal: str, gebiet: str, jahr: int, streuung: float = 1.0) -> int:
    """Draw a part of a whole: expected share plus lasting and yearly deviation, always 0 ≤ part ≤ whole."""
    anteil = min(max(anteil, 0.0), 1.0)
    weite = math.sqrt(ganzes * anteil * (1 - anteil)) * streuung
    wert = ganzes * anteil + (0.7 * noise(merkmal, gebiet) + 0.35 * noise(merkmal, gebiet, jahr)) * weite
    return min(ganzes, max(0, round(wert)))


def lage(raum: Sozialraum, jahr: int) -> float:
    """Social position in that year, linear between 2019 and 2025."""
    von, bis = raum.lage
    return von + (bis - von) * (jahr - JAHRE[0]) / (JAHRE[-1] - JAHRE[0])


def _interpolate(alter: int) -> float:
    for links in range(len(_ALTER) - 1):
        a, b = _ALTER[links], _ALTER[links + 1]
        if a <= alter <= b:
            return _GEWICHT[links] + (_GEWICHT[links + 1] - _GEWICHT[links]) * (alter - a) / (b - a)
    raise ValueError(alter)


def _frauenanteil(alter: int) -> float:
    for (a, p), (b, q) in itertools.pairwise(_FRAUEN):
        if a <= alter <= b:
            return p + (q - p) * (alter - a) / (b - a)
    raise ValueError(alter)


def _profil(raum: Sozialraum, jahr: int) -> list[float]:
    altern = 1 + 0.007 * (jahr - 2022)
    gewichte = []
    for alter in range(101):
        faktor = raum.kinder if alter < 18 else raum.jung if alter < 35 else raum.alt * altern if alter >= 63 else 1.0
        gewichte.append(_interpolate(alter) * faktor * (1 + 0.06 * noise("alter", raum.schluessel, alter)))
    return gewichte


def share_out(summe: int, gewichte: list[float]) -> list[int]:
    """Whole numbers in proportion to weights that add up exactly (largest remainder)."""
    genau = [summe * g / sum(gewichte) for g in gewichte]
    ganz = [int(x) for x in genau]
    reste = sorted(range(len(genau)), key=lambda i: (ganz[i] - genau[i], i))
    for i in reste[: summe - sum(ganz)]:
        ganz[i] += 1
    return ganz


@functools.cache
def jahrgaenge(gebiet: str, jahr: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """People and women by single year of age (0 … 100)."""
    raum = next(r for r in ALLE if r.schluessel == gebiet)
    summe = round(raum.einwohner * (1 - raum.wachstum * (JAHRE[-1] - jahr)) + 4 * noise("ew", gebiet, jahr))
    alle = share_out(summe, _profil(raum, jahr))
    frauen = share_out(
        round(sum(n * _frauenanteil(a) for a, n in enumerate(alle))),
        [n * _frauenanteil(a) + 1e-9 for a, n in enumerate(alle)],
    )
    return tuple(alle), tuple(min(f, n) for f, n in zip(frauen, alle, strict=True))


SPANNEN = {
    "ew": (0, 101), "ew_unter_3": (0, 3), "ew_3_6": (3, 6), "ew_6_10": (6, 10), "ew_10_15": (10, 15),
    "ew_15_18": (15, 18), "ew_18_25": (18, 25), "ew_25_45": (25, 45), "ew_45_65": (45, 65), "ew_65_80": (65, 80),
    "ew_ab_80": (80, 101), "ew_unter_15": (0, 15), "ew_unter_18": (0, 18), "ew_unter_20": (0, 20),
    "ew_unter_21": (0, 21), "ew_14_21": (14, 21), "ew_15_25": (15, 25), "ew_15_65": (15, 65), "ew_18_65": (18, 65),
    "ew_20_65": (20, 65), "ew_unter_65": (0, 65), "ew_ab_5": (5, 101), "ew_ab_18": (18, 101), "ew_ab_65": (65, 101),
    "ew_ab_75": (75, 101),
}  # fmt: skip


def build_bevoelkerung(gebiet: str, jahr: int) -> dict[str, float]:
    """All age groups, sexes and the sum of ages (completed years + 0.5 each, see `fach.register`) of one area and year."""
    alle, frauen = jahrgaenge(gebiet, jahr)
    werte: dict[str, float] = {name: sum(alle[von:bis]) for name, (von, bis) in SPANNEN.items()}
    werte["ew_ab_regelalter"] = werte["ew_ab_65"] - round(alle[65] * (0.65 + 0.085 * (jahr - 2019)))
    werte["ew_weiblich"] = sum(frauen)
    werte["ew_maennlich"] = werte["ew"] - werte["ew_weiblich"]
    werte["frauen_15_45"] = sum(frauen[15:45])
    werte["alterssumme"] = sum(alter * anzahl for alter, anzahl in enumerate(alle)) + werte["ew"] / 2
    return werte
