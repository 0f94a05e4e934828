"""The solver behind two plain classes: a linear program that is asked often, and a covering problem in 0/1.

HiGHS with one thread, a fixed seed and no limit on time, so that the same input gives the same pattern everywhere.
Source of the interface: HiGHS documentation, https://ergo-code.github.io/HiGHS/ (highspy 1.15).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import attrs
import highspy
import numpy as np


@attrs.frozen
class Loesung:
    """An optimum: value of the objective, values of the columns, prices of the rows."""

    ziel: float
    werte: tuple[float, ...]
    preise: tuple[float, ...]


def _make_highs() -> highspy.Highs:
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy is partly typed
    for name, wert in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        highs.setOptionValue(name, wert)
    return highs


class Programm:
    """A linear (or whole-number) program over bounded columns with equations, minimised for many objectives.

    `selten`: asked now and then with other bounds. Then each question is solved from the start, which takes a fraction of
    the time that the primal simplex needs from a basis that no longer fits.
    """

    def __init__(
        self, grenzen: Sequence[tuple[float, float | None]], ganzzahlig: Collection[int], *, selten: bool = False
    ) -> None:
        self._highs = _make_highs()
        self._anzahl = len(grenzen)
        self._ganz = bool(ganzzahlig)
        self._kosten: list[int] = []
        unten = np.array([von for von, _ in grenzen], dtype=np.float64)
        oben = np.array([highspy.kHighsInf if bis is None else bis for _, bis in grenzen], dtype=np.float64)
        self._highs.addVars(self._anzahl, unten, oben)
        if self._ganz:
            self._highs.setOptionValue("mip_rel_gap", 0.0)
            spalten = np.array(sorted(ganzzahlig), dtype=np.int32)
            self._highs.changeColsIntegrality(
                len(spalten), spalten, np.array([highspy.HighsVarType.kInteger] * len(spalten))
            )
        elif not selten:
            # Only the objective changes between two questions: the primal simplex goes on from where it stands.
            for name, wert in (("presolve", "off"), ("solver", "simplex"), ("simplex_strategy", 4)):
                self._highs.setOptionValue(name, wert)

    def add_gleichung(self, glieder: Sequence[tuple[int, float]], seite: float) -> None:
        """Add Σ factor · column = seite."""
        spalten = np.array([i for i, _ in glieder], dtype=np.int32)
        faktoren = np.array([faktor for _, faktor in glieder], dtype=np.float64)
        self._highs.addRow(seite, seite, len(glieder), spalten, faktoren)

    def set_grenzen(self, spalte: int, von: float, bis: float | None) -> None:
        """Change the bounds of a column."""
        self._highs.changeColBounds(spalte, von, highspy.kHighsInf if bis is None else bis)

    def minimize(self, kosten: Mapping[int, float]) -> Loesung | None:
        """Return the optimum; None if there is no lower limit. Raises `ArithmeticError` if nothing fits."""
        for spalte in self._kosten:
            self._highs.changeColCost(spalte, 0.0)
        for spalte, wert in kosten.items():
            self._highs.changeColCost(spalte, wert)
        self._kosten = list(kosten)
        self._highs.run()
        zustand = self._highs.getModelStatus()
        if zustand == highspy.HighsModelStatus.kUnknown:
            # Started from its last point it can lose its way; from the beginning it finds it.
            self._highs.clearSolver()
            self._highs.run()
            zustand = self._highs.getModelStatus()
        if zustand in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None
        if zustand != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"Solver: {self._highs.modelStatusToString(zustand)}")
        loesung = self._highs.getSolution()
        ziel = float(self._highs.getInfo().objective_function_value)
        return Loesung(ziel, tuple(loesung.col_value), () if self._ganz else tuple(loesung.row_dual))


_Zeile = tuple[tuple[tuple[int, float], ...], float]
_GANZ = 1e-7


class Auswahl:
    """Choose 0/1 columns of least total weight under covering rows Σ factor · y ≥ seite."""

    def __init__(self, gewichte: Sequence[float], grenze_knoten: int) -> None:
        self._gewichte = list(gewichte)
        self._knoten = grenze_knoten
        self._zeilen: list[_Zeile] = []
        self._eltern: dict[int, int] = {}
        self._bekannt: dict[tuple[int, int], tuple[frozenset[int], bool]] = {}

    def add_deckung(self, glieder: Sequence[tuple[int, float]], seite: float) -> None:
        """Add Σ factor · y ≥ seite (all columns together must reach it)."""
        if glieder:
            self._zeilen.append((tuple(glieder), seite))
            erster = self._root(glieder[0][0])
            for i, _ in glieder[1:]:
                self._eltern[self._root(i)] = erster

    def _root(self, i: int) -> int:
        while self._eltern.setdefault(i, i) != i:
            self._eltern[i] = self._eltern[self._eltern[i]]
            i = self._eltern[i]
        return i

    def choose(self) -> tuple[frozenset[int], bool]:
        """Return the chosen columns, and whether no lighter choice exists (proven).

        Rows that share no column are chosen apart; what was chosen once for the same rows is kept.
        """
        teile: dict[int, list[_Zeile]] = {}
        for zeile in self._zeilen:
            teile.setdefault(self._root(zeile[0][0][0]), []).append(zeile)
        gewaehlt: set[int] = set()
        bewiesen = True
        for wurzel, teil in teile.items():
            # Rows are only ever added: as many as before are the same as before.
            schluessel = (wurzel, len(teil))
            if schluessel not in self._bekannt:
                self._bekannt[schluessel] = self._choose_teil(teil)
            spalten, sicher = self._bekannt[schluessel]
            gewaehlt |= spalten
            bewiesen &= sicher
        return frozenset(gewaehlt), bewiesen

    def _choose_teil(self, zeilen: list[_Zeile]) -> tuple[frozenset[int], bool]:
        """First without whole numbers, which takes a tenth of the time and most often gives them all the same."""
        gebraucht = sorted({i for glieder, _ in zeilen for i, _ in glieder})
        highs = self._build(zeilen, gebraucht)
        highs.run()
        if highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            werte = highs.getSolution().col_value
            if all(min(abs(wert), abs(1 - wert)) <= _GANZ for wert in werte):
                return frozenset(i for i, wert in zip(gebraucht, werte, strict=True) if wert > 0.5), True
        return self._choose_ganz(highs, gebraucht)

    def _choose_ganz(self, highs: highspy.Highs, gebraucht: list[int]) -> tuple[frozenset[int], bool]:
        n = len(gebraucht)
        # Presolve costs more than it saves: the rows are cuts already.
        for name, wert in (
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.0),
            ("mip_max_nodes", self._knoten),
            ("presolve", "off"),
        ):
            highs.setOptionValue(name, wert)
        highs.clearSolver()
        highs.changeColsIntegrality(n, np.arange(n, dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * n))
        highs.run()
        bewiesen = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if not bewiesen and not math.isfinite(highs.getInfo().objective_function_value):
            return frozenset(gebraucht), False
        werte = highs.getSolution().col_value
        return frozenset(i for i, wert in zip(gebraucht, werte, strict=True) if wert > 0.5), bewiesen

    def _build(self, zeilen: list[_Zeile], gebraucht: list[int]) -> highspy.Highs:
        neu = {alt: k for k, alt in enumerate(gebraucht)}
        highs = _make_highs()
        n = len(gebraucht)
        highs.addVars(n, np.zeros(n), np.ones(n))
        gewichte = np.array([self._gewichte[i] for i in gebraucht], dtype=np.float64)
        highs.changeColsCost(n, np.arange(n, dtype=np.int32), gewichte)
        beginn = np.cumsum([0, *(len(glieder) for glieder, _ in zeilen)], dtype=np.int32)
        spalten = np.array([neu[i] for glieder, _ in zeilen for i, _ in glieder], dtype=np.int32)
        faktoren = np.array([faktor for glieder, _ in zeilen for _, faktor in glieder], dtype=np.float64)
        unten = np.array([seite * (1 - 1e-7) for _, seite in zeilen], dtype=np.float64)
        oben = np.full(len(zeilen), highspy.kHighsInf)
        highs.addRows(len(zeilen), unten, oben, len(spalten), beginn[:-1], spalten, faktoren)
        return highs
