"""The solver behind a plain class: a linear program that is asked often (the covering problem: `auswahl`).

HiGHS with one thread, a fixed seed and no limit on time, so that the same input gives the same pattern everywhere.
Source of the interface: HiGHS documentation, https://ergo-code.github.io/HiGHS/ (highspy 1.15).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs
import highspy
import numpy as np

if TYPE_CHECKING:  # the Windows folder leaves numpy.typing out
    from numpy.typing import NDArray


@attrs.frozen
class Loesung:
    """An optimum: value of the objective, values of the columns, prices of the rows."""

    ziel: float
    werte: tuple[float, ...]
    preise: tuple[float, ...]


def make_highs() -> highspy.Highs:
    """A silent solver that gives the same answer everywhere."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy is partly typed
    for name, wert in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        highs.setOptionValue(name, wert)
    return highs


def add_rows(
    highs: highspy.Highs,
    zeilen: Sequence[Sequence[tuple[int, float]]],
    unten: NDArray[np.float64],
    oben: NDArray[np.float64],
) -> None:
    """Add rows unten ≤ Σ factor · column ≤ oben at one go."""
    beginn = np.cumsum([0, *[len(glieder) for glieder in zeilen]], dtype=np.int32)
    spalten = np.array([k for glieder in zeilen for k, _ in glieder], dtype=np.int32)
    faktoren = np.array([faktor for glieder in zeilen for _, faktor in glieder], dtype=np.float64)
    highs.addRows(len(zeilen), unten, oben, len(spalten), beginn[:-1], spalten, faktoren)


class Programm:
    """A linear (or whole-number) program over bounded columns with equations, minimised for many objectives.

    `selten`: asked now and then with other bounds. Then each question is solved from the start, which takes a fraction of
    the time that the primal simplex needs from a basis that no longer fits.
    """

    def __init__(
        self, grenzen: Sequence[tuple[float, float | None]], ganzzahlig: Collection[int], *, selten: bool = False
    ) -> None:
        self._highs = make_highs()
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

    def add_gleichungen(self, gleichungen: Sequence[tuple[Sequence[tuple[int, float]], float]]) -> None:
        """Add rows Σ factor · column = seite, each given as ((column, factor), …), seite."""
        seiten = np.array([seite for _, seite in gleichungen], dtype=np.float64)
        add_rows(self._highs, [glieder for glieder, _ in gleichungen], seiten, seiten)

    def set_grenzen(self, grenzen: Mapping[int, tuple[float, float | None]]) -> None:
        """Change the bounds of columns."""
        spalten = np.array(list(grenzen), dtype=np.int32)
        unten = np.array([von for von, _ in grenzen.values()], dtype=np.float64)
        oben = np.array([highspy.kHighsInf if bis is None else bis for _, bis in grenzen.values()], dtype=np.float64)
        self._highs.changeColsBounds(len(spalten), spalten, unten, oben)

    def minimize(self, kosten: Mapping[int, float]) -> Loesung | None:
        """Return the optimum; None if there is no lower limit. Raises `ArithmeticError` if nothing fits."""
        neu = dict.fromkeys(self._kosten, 0.0) | dict(kosten)
        werte = np.array(list(neu.values()), dtype=np.float64)
        self._highs.changeColsCost(len(neu), np.array(list(neu), dtype=np.int32), werte)
        self._kosten = list(kosten)
        self._highs.run()
        zustand = self._highs.getModelStatus()
        if zustand == highspy.HighsModelStatus.kUnknown:
            # Started from its last point it can lose its way; from the beginning it finds it.
            zustand = self._start_over()
        if zustand in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return None
        if zustand != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"Solver: {self._highs.modelStatusToString(zustand)}")
        loesung = self._highs.getSolution()
        ziel = float(self._highs.getInfo().objective_function_value)
        return Loesung(ziel, tuple(loesung.col_value), () if self._ganz else tuple(loesung.row_dual))

    def _start_over(self) -> highspy.HighsModelStatus:
        """Solve from the start, with everything the solver knows: seldom the simplex gets stuck in noise."""
        for name, wert in (("presolve", "choose"), ("simplex_strategy", 1)):
            self._highs.setOptionValue(name, wert)
        self._highs.clearSolver()
        self._highs.run()
        return self._highs.getModelStatus()
