"""Delivered sums over several years that overlap: what they say together about a single year that nobody delivers.

With P(t) = people up to the end of year t, a sum over the years a to b is P(b) - P(a-1), and P never falls. That is a system of
difference constraints: the tightest bounds of every P(b) - P(a) are shortest paths (Cormen, Leiserson, Rivest, Stein,
Introduction to Algorithms, "Difference constraints and shortest paths"), and they are whole where all sums are.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from sozialtool.geheimhaltung.bestand import Bestand
from sozialtool.geheimhaltung.regeln import judge_zahl
from sozialtool.geheimhaltung.werte import Ort

Spanne = tuple[int, int]
"""Year before the first and last year of a sum."""


def find_verraeterische(bestand: Bestand) -> frozenset[Ort]:
    """Name the sums that together leave a single, undelivered year between 1 and n - 1.

    What is too small by itself counts as between 1 and n - 1, as everybody knows who knows the rule.
    """
    gefunden: set[Ort] = set()
    for summen, n in _list_ketten(bestand):
        genau = {spanne: bestand.werte[ort].wert or 0.0 for spanne, ort in summen.items()}
        schranken = {s: (1.0, n - 1.0) if judge_zahl(w, n) else (w, w) for s, w in genau.items()}
        kleine = {
            j for (vor, j), (lo, hi) in bound_jahre(schranken).items() if lo > 0 and hi < n and (vor, j) not in genau
        }
        gefunden |= {ort for (vor, bis), ort in summen.items() if any(vor < j <= bis for j in kleine)}
    return frozenset(gefunden)


def _list_ketten(bestand: Bestand) -> Iterator[tuple[dict[Spanne, Ort], int]]:
    """Figures of one Merkmal in one area, single years among them, where at least two sums overlap; with the Mindestfallzahl."""
    ketten: dict[tuple[str, str], dict[Spanne, Ort]] = {}
    for ort, eintrag in bestand.werte.items():
        name, at, laenge = ort.merkmal.partition("@")
        if name in bestand.zeitraeume and eintrag.wert is not None and not eintrag.ist_geheim:
            ketten.setdefault((ort.gebiet, name), {})[ort.jahr - (int(laenge) if at else 1), ort.jahr] = ort
    for (_, name), summen in ketten.items():
        merkmal = bestand.find_merkmal(name)
        lange = sorted(spanne for spanne in summen if spanne[1] - spanne[0] > 1)
        if merkmal is None or not merkmal.art.additiv or merkmal.mindestfallzahl <= 1:
            continue
        if any(naechste[0] < spanne[1] for spanne, naechste in itertools.pairwise(lange)):
            yield summen, merkmal.mindestfallzahl


def bound_jahre(schranken: dict[Spanne, tuple[float, float]]) -> dict[Spanne, tuple[float, float]]:
    """Return the tightest bounds of every single year (Floyd and Warshall)."""
    erstes, letztes = min(vor for vor, _ in schranken), max(bis for _, bis in schranken)
    stellen = range(letztes - erstes + 1)
    weg = [[0.0 if j <= i else float("inf") for j in stellen] for i in stellen]  # P(j) - P(i) at most; never falling
    for (vor, bis), (unten, oben) in schranken.items():
        i, j = vor - erstes, bis - erstes
        weg[i][j], weg[j][i] = min(weg[i][j], oben), min(weg[j][i], -unten)
    for k in stellen:
        for i in stellen:
            for j in stellen:
                weg[i][j] = min(weg[i][j], weg[i][k] + weg[k][j])
    return {(erstes + i, erstes + i + 1): (-weg[i + 1][i], weg[i][i + 1]) for i in stellen[:-1]}
