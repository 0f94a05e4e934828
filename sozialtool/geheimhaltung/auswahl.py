"""The choice of what to suppress: 0/1 columns of least weight under covering rows, which are learned one by one.

Two things keep it small. Of the rows "a secondary cell alone in a relation protects nobody" (thousands, and each ties far
cells together) only those are used that a choice violates. And fractions are solved first, from where the last choice
stands; only parts in which something is left half chosen need whole numbers, each by itself.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import highspy
import numpy as np

from sozialtool.geheimhaltung.loeser import add_rows, make_highs
from sozialtool.geheimhaltung.verbund import Verbund

if TYPE_CHECKING:  # the Windows folder leaves numpy.typing out
    from numpy.typing import NDArray

_GANZ = 1e-7
_VERLETZT = 1e-6


class Auswahl:
    """Choose columns of least total weight; the same rows in the same order give the same choice everywhere.

    Args:
        gewichte: weight per column.
        alleinstehend: groups of columns of which none may be chosen alone.
        grenze_knoten: nodes of one whole-number choice.
    """

    def __init__(
        self, gewichte: Mapping[int, float], alleinstehend: Iterable[Sequence[int]], grenze_knoten: int
    ) -> None:
        self._spalten = list(gewichte)
        self._stelle = {i: k for k, i in enumerate(self._spalten)}
        self._gewichte = np.array(list(gewichte.values()), dtype=np.float64)
        self._knoten = grenze_knoten
        gruppen = [[self._stelle[i] for i in gruppe] for gruppe in alleinstehend]
        self._gruppen = np.array([k for gruppe in gruppen for k in gruppe], dtype=np.int32)
        self._beginn = np.cumsum([0, *(len(gruppe) for gruppe in gruppen)], dtype=np.int64)
        self._zeilen: dict[tuple[tuple[tuple[int, float], ...], float], None] = {}
        self._neue: list[tuple[tuple[tuple[int, float], ...], float]] = []
        self._programm = self._build(np.arange(len(self._spalten), dtype=np.int32))
        self._werte = np.zeros(len(self._spalten))
        self._bekannt: dict[tuple[int, ...], tuple[list[int], bool]] = {}

    def add_deckung(self, glieder: Collection[tuple[int, float]], seite: float) -> None:
        """Add Σ factor · y ≥ seite (all columns together must reach it)."""
        self._add(tuple((self._stelle[i], faktor) for i, faktor in glieder), seite)

    def _add(self, glieder: tuple[tuple[int, float], ...], seite: float) -> None:
        zeile = (glieder, seite)
        if glieder and zeile not in self._zeilen:
            self._zeilen[zeile] = None
            self._neue.append(zeile)

    def relax(self) -> tuple[frozenset[int], bool]:
        """The best choice of fractions: columns of which any is chosen, and whether they are all chosen whole."""
        while self._neue:
            _add_rows(self._programm, self._neue)
            self._neue = []
            self._programm.run()
            if self._programm.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                if len(self._gruppen):
                    self._forget_gruppen()
                    continue
                raise ArithmeticError(f"Solver: {self._programm.modelStatusToString(self._programm.getModelStatus())}")
            self._werte = np.array(self._programm.getSolution().col_value)
            self._add_verletzte(self._werte)
        bruch = np.minimum(np.abs(self._werte), np.abs(1 - self._werte)) > _GANZ
        return self._name(np.flatnonzero(self._werte > _GANZ)), not bruch.any()

    def _forget_gruppen(self) -> None:
        """Go on without the rows of `_add_verletzte`.

        Where a demand cannot be met at all they leave no choice; the next attack on "everything" must say so.
        """
        self._gruppen = self._gruppen[:0]
        self._zeilen = {zeile: None for zeile in self._zeilen if zeile[1] > 0}
        self._neue, self._bekannt = list(self._zeilen), {}
        self._programm = self._build(np.arange(len(self._spalten), dtype=np.int32))

    def choose(self) -> tuple[frozenset[int], bool]:
        """Return the chosen columns, and whether no lighter choice exists (proven)."""
        while True:
            _, ganz = self.relax()
            if ganz:
                return self._name(np.flatnonzero(self._werte > 0.5)), True
            werte, bewiesen = self._round()
            self._add_verletzte(werte)
            if not self._neue:
                return self._name(np.flatnonzero(werte > 0.5)), bewiesen

    def _name(self, stellen: Iterable[int]) -> frozenset[int]:
        return frozenset(self._spalten[k] for k in stellen)

    def _add_verletzte(self, werte: NDArray[np.float64]) -> None:
        """Add "if this one, then another of its group" where a choice has one alone."""
        if not len(self._gruppen):
            return
        laengen = np.diff(self._beginn)
        drin = werte[self._gruppen]
        andere = np.repeat(np.add.reduceat(drin, self._beginn[:-1]), laengen) - drin
        nummern = np.repeat(np.arange(len(laengen)), laengen)
        for stelle in np.flatnonzero(drin - andere > _VERLETZT):
            g = nummern[stelle]
            gruppe, k = self._gruppen[self._beginn[g] : self._beginn[g + 1]], int(self._gruppen[stelle])
            self._add((*((int(j), 1.0) for j in gruppe if j != k), (k, -1.0)), 0.0)

    # --- whole numbers

    def _round(self) -> tuple[NDArray[np.float64], bool]:
        """The choice of fractions, with every part that is not whole chosen anew in whole numbers."""
        werte, bewiesen = np.round(self._werte), True
        zeilen = list(self._zeilen)
        for teil in self._list_teile(zeilen):
            spalten = sorted({k for nummer in teil for k, _ in zeilen[nummer][0]})
            if all(min(abs(self._werte[k]), abs(1 - self._werte[k])) <= _GANZ for k in spalten):
                continue
            if teil not in self._bekannt:
                self._bekannt[teil] = self._choose_ganz([zeilen[nummer] for nummer in teil], spalten)
            gewaehlt, sicher = self._bekannt[teil]
            werte[spalten] = 0.0
            werte[gewaehlt] = 1.0
            bewiesen &= sicher
        return werte, bewiesen

    def _list_teile(self, zeilen: Sequence[tuple[tuple[tuple[int, float], ...], float]]) -> list[tuple[int, ...]]:
        """Numbers of rows that share columns, part by part."""
        verbund = Verbund()
        for glieder, _ in zeilen:
            verbund.join(k for k, _ in glieder)
        teile: dict[int, list[int]] = {}
        for nummer, (glieder, _) in enumerate(zeilen):
            teile.setdefault(verbund.find(glieder[0][0]), []).append(nummer)
        return [tuple(teil) for teil in teile.values()]

    def _choose_ganz(
        self, zeilen: list[tuple[tuple[tuple[int, float], ...], float]], spalten: list[int]
    ) -> tuple[list[int], bool]:
        neu = {alt: k for k, alt in enumerate(spalten)}
        highs, n = self._build(np.array(spalten, dtype=np.int32)), len(spalten)
        _add_rows(highs, [(tuple((neu[k], f) for k, f in glieder), seite) for glieder, seite in zeilen])
        for name, wert in (
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.0),
            ("mip_max_nodes", self._knoten),
            # Most choices are settled at the root: looking for more of the same costs more than it saves.
            ("mip_heuristic_effort", 0.0),
            ("mip_heuristic_run_shifting", True),
            ("mip_pool_soft_limit", 100),
            ("mip_heuristic_run_feasibility_jump", False),
            ("mip_detect_symmetry", False),
        ):
            highs.setOptionValue(name, wert)
        highs.changeColsIntegrality(n, np.arange(n, dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * n))
        highs.run()
        bewiesen = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if not bewiesen and not math.isfinite(highs.getInfo().objective_function_value):
            return spalten, False
        werte = highs.getSolution().col_value
        return [alt for alt, wert in zip(spalten, werte, strict=True) if wert > 0.5], bewiesen

    def _build(self, spalten: NDArray[np.int32]) -> highspy.Highs:
        highs, n = make_highs(), len(spalten)
        highs.addVars(n, np.zeros(n), np.ones(n))
        highs.changeColsCost(n, np.arange(n, dtype=np.int32), self._gewichte[spalten])
        return highs


def _add_rows(highs: highspy.Highs, zeilen: Sequence[tuple[tuple[tuple[int, float], ...], float]]) -> None:
    unten = np.array([seite * (1 - _GANZ) for _, seite in zeilen], dtype=np.float64)
    add_rows(highs, [glieder for glieder, _ in zeilen], unten, np.full(len(zeilen), highspy.kHighsInf))
