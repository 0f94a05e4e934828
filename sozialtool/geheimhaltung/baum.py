"""The attacker on a hidden part without a ring: intervals by passing bounds along the relations, exact, without a solver.

Cells and relations as the two kinds of knots of a graph: if it is a tree, whatever lies behind one relation of a cell does
not touch what lies behind another. Then the values left for a cell are what its own limits and each of its relations leave,
and two passes (towards a root and back) give them all. With factors ±1 and whole numbers every end is reached by whole
numbers too. Source: Dechter, Constraint Processing (2003), chapters 4 and 9 (acyclic networks).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import attrs

from sozialtool.geheimhaltung.system import GENAU, System

_NIE = -1
"""No relation: the limits of the cell itself decide."""


@attrs.frozen
class _Glied:
    """A relation of the hidden cells, by their numbers inside the part: Σ factor · cell = `seite`; `nummer` in the system."""

    nummer: int
    glieder: tuple[tuple[int, float], ...]
    seite: float


class Baum:
    """Attack on one hidden part whose relations form a tree; numbers of cells are those of the system."""

    def __init__(self, system: System, teil: Sequence[int], zeilen: Sequence[_Glied]) -> None:
        self._system, self._teil, self._zeilen = system, teil, zeilen
        self._stelle = {i: k for k, i in enumerate(teil)}
        grenzen = [system.zellen[i].grenzen for i in teil]
        self._von = [von for von, _ in grenzen]
        self._bis = [math.inf if bis is None else bis for _, bis in grenzen]
        self._von_jetzt, self._bis_jetzt = self._von, self._bis
        self._fest: frozenset[int] = frozenset()
        self._zeilen_von: list[list[int]] = [[] for _ in teil]
        for z, zeile in enumerate(zeilen):
            for k, _ in zeile.glieder:
                self._zeilen_von[k].append(z)
        self._ordnung = self._order(0)

    @property
    def ist_ganz(self) -> bool:
        """Whether whole numbers reach every end that fractions reach."""
        grenzen = (g for g in (*self._von, *self._bis) if math.isfinite(g))
        return all(g == round(g) for g in grenzen) and all(
            abs(zeile.seite - round(zeile.seite)) <= GENAU and all(abs(f) == 1.0 for _, f in zeile.glieder)
            for zeile in self._zeilen
        )

    def know(self, bekannt: Mapping[int, float]) -> None:
        """Let the attacker know these cells (and no other hidden one)."""
        self._fest = frozenset(bekannt)
        self._von_jetzt, self._bis_jetzt = list(self._von), list(self._bis)
        for i, wert in bekannt.items():
            self._von_jetzt[self._stelle[i]] = self._bis_jetzt[self._stelle[i]] = wert

    def measure(self) -> dict[int, tuple[float, float]]:
        """Smallest and largest value of every cell of the part."""
        von, bis = list(self._von_jetzt), list(self._bis_jetzt)
        for z, oben, _ in reversed(self._ordnung):
            self._tighten(z, (oben,), von, bis)
        for z, _, unten in self._ordnung:
            self._tighten(z, unten, von, bis)
        return {i: (von[k], bis[k]) for k, i in enumerate(self._teil)}

    def price(self, nummer: int, richtung: int) -> dict[int, float]:
        """Reduced costs of the smallest (+1) or largest (−1) value of a cell, as `Antwort.preise`; {} if there is no limit."""
        ordnung = self._order(self._stelle[nummer])
        enden = [[von, bis] for von, bis in zip(self._von_jetzt, self._bis_jetzt, strict=True)]
        grund = [[_NIE, _NIE] for _ in self._teil]
        for z, oben, _ in reversed(ordnung):
            for seite, wert in enumerate(self._reach(z, oben, enden)):
                if (wert > enden[oben][0]) if seite == 0 else (wert < enden[oben][1]):
                    enden[oben][seite], grund[oben][seite] = wert, z
        if not math.isfinite(enden[self._stelle[nummer]][0 if richtung > 0 else 1]):
            return {}
        preise = self._pass_down(nummer, float(richtung), grund)
        return {i: p for i, p in sorted(preise.items()) if abs(p) > 1e-7 and i not in self._fest}

    def _order(self, wurzel: int) -> list[tuple[int, int, tuple[int, ...]]]:
        """Relations from a root outward as (relation, cell towards the root, cells beyond)."""
        ordnung: list[tuple[int, int, tuple[int, ...]]] = []
        rand, gesehen = [wurzel], {_NIE}
        for k in rand:
            for z in self._zeilen_von[k]:
                if z not in gesehen:
                    gesehen.add(z)
                    unten = tuple(j for j, _ in self._zeilen[z].glieder if j != k)
                    ordnung.append((z, k, unten))
                    rand += unten
        return ordnung

    def _tighten(self, z: int, ziele: Collection[int], von: list[float], bis: list[float]) -> None:
        """Narrow cells by what a relation and the limits of its other cells leave for them."""
        zeile = self._zeilen[z]
        if len(zeile.glieder) == 2:
            self._tighten_paar(zeile, ziele, von, bis)
            return
        unten, oben, offen_unten, offen_oben = 0.0, 0.0, 0, 0
        spannen = []
        for k, f in zeile.glieder:
            a, b = (f * von[k], f * bis[k]) if f > 0 else (f * bis[k], f * von[k])
            spannen.append((k, f, a, b))
            if a == -math.inf:
                offen_unten += 1
            else:
                unten += a
            if b == math.inf:
                offen_oben += 1
            else:
                oben += b
        for k, f, a, b in spannen:
            if k not in ziele:
                continue
            if offen_oben == (b == math.inf):
                wert = (zeile.seite - (oben if b == math.inf else oben - b)) / f
                if f > 0:
                    von[k] = max(von[k], wert)
                else:
                    bis[k] = min(bis[k], wert)
            if offen_unten == (a == -math.inf):
                wert = (zeile.seite - (unten if a == -math.inf else unten - a)) / f
                if f > 0:
                    bis[k] = min(bis[k], wert)
                else:
                    von[k] = max(von[k], wert)

    @staticmethod
    def _tighten_paar(zeile: _Glied, ziele: Collection[int], von: list[float], bis: list[float]) -> None:
        """As `_tighten`, where each of two cells is what the other leaves: most relations (a part and its remainder)."""
        for (k, f), (j, g) in (zeile.glieder, zeile.glieder[::-1]):
            if k in ziele:
                a, b = (zeile.seite - g * von[j]) / f, (zeile.seite - g * bis[j]) / f
                von[k], bis[k] = max(von[k], min(a, b)), min(bis[k], max(a, b))

    def _reach(self, z: int, ziel: int, enden: Sequence[Sequence[float]]) -> tuple[float, float]:
        """What a relation and the limits of its other cells leave for one cell."""
        zeile = self._zeilen[z]
        faktor = next(f for k, f in zeile.glieder if k == ziel)
        unten = oben = zeile.seite / faktor
        for k, f in zeile.glieder:
            if k != ziel:
                anteil = -f / faktor
                unten += anteil * enden[k][0 if anteil > 0 else 1]
                oben += anteil * enden[k][1 if anteil > 0 else 0]
        return unten, oben

    def _pass_down(self, nummer: int, richtung: float, grund: Sequence[Sequence[int]]) -> dict[int, float]:
        """Follow the reasons outward: each relation used takes the price of its cell away and charges it to the others."""
        preise = {nummer: richtung}
        rand = [nummer]
        for i in rand:
            preis = preise[i]
            z = grund[self._stelle[i]][0 if preis > 0 else 1]
            if z == _NIE:
                continue
            voll = self._system.zeilen[self._zeilen[z].nummer]
            je = preis / next(f for j, f in voll if j == i)
            for j, f in voll:
                preise[j] = preise.get(j, 0.0) - f * je
            rand += [j for j, _ in voll if j != i and j in self._stelle]
        return preise


def find_baum(system: System, teil: Sequence[int]) -> Baum | None:
    """The part as a tree; None if there is a ring in it. `teil` hangs together."""
    drin = set(teil)
    nummern = sorted({nummer for i in teil for nummer in system.zeilen_von[i]})
    zeilen, kanten = [], 0
    for nummer in nummern:
        seite, glieder = system.seiten[nummer], []
        for i, faktor in system.zeilen[nummer]:
            if i in drin:
                glieder.append((i, faktor))
            else:
                seite -= faktor * system.werte[i]
        kanten += len(glieder)
        zeilen.append((nummer, glieder, round(seite, 9)))
    if kanten != len(teil) + len(nummern) - 1:
        return None
    stelle = {i: k for k, i in enumerate(teil)}
    return Baum(
        system, teil, [_Glied(n, tuple((stelle[i], f) for i, f in glieder), seite) for n, glieder, seite in zeilen]
    )
