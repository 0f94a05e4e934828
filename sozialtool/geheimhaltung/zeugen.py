"""Witnesses: tables that an attack on a hidden part has found, so that the next attack need not look for them again.

What everybody can compute leaves a convex set of tables. So between a table in which an insider's cell is smaller than it
is and one in which it is larger lies one in which it is what he knows; a few tables that pull the cells apart serve all
insiders of a part, where each of them cost several linear programs before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from sozialtool.geheimhaltung.system import GENAU, System

_PAARE = 24
"""Tables on either side of what an insider knows that are tried with each other; more of them seldom help."""


class Zeugen:
    """Tables that agree with everything published, as far as the cells of `ziele` go; the true one is the first."""

    def __init__(self, system: System, ziele: Sequence[int]) -> None:
        self._stelle = {i: k for k, i in enumerate(ziele)}
        self._tabellen = [np.array([system.werte[i] for i in ziele])]

    def add(self, tabelle: Mapping[int, float]) -> None:
        """Take note of a table (of all cells of the part)."""
        self._tabellen.append(np.array([tabelle[i] for i in self._stelle]))

    def measure(self, ziele: Collection[int], mitwisser: int | None) -> dict[int, tuple[float, float]]:
        """Smallest and largest value seen of some cells, as far as the insider can believe them."""
        werte = np.array(self._tabellen)
        spannen = self._measure(werte) if mitwisser is None else self._measure_mit(werte, self._stelle[mitwisser])
        return {i: spannen[self._stelle[i]] for i in ziele}

    def _measure(self, werte: np.ndarray) -> list[tuple[float, float]]:
        return list(zip(werte.min(axis=0).tolist(), werte.max(axis=0).tolist(), strict=True))

    def _measure_mit(self, werte: np.ndarray, stelle: int) -> list[tuple[float, float]]:
        """As `_measure`, of the tables that lie between these and in which one cell has its true value."""
        abstand = werte[:, stelle] - werte[0, stelle]
        zwischen = [werte[np.abs(abstand) <= GENAU]]
        unten, oben = np.flatnonzero(abstand < -GENAU)[:_PAARE], np.flatnonzero(abstand > GENAU)[:_PAARE]
        if len(unten) and len(oben):
            a, b = -abstand[unten][:, None, None], abstand[oben][None, :, None]
            gemischt = (b * werte[unten][:, None, :] + a * werte[oben][None, :, :]) / (a + b)
            zwischen.append(gemischt.reshape(-1, werte.shape[1]))
        return self._measure(np.concatenate(zwischen))
