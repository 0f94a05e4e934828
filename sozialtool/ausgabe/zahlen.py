"""The approved figures as plain rows, converted from the frame once and found by key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sozialtool.fach.kennzahl import Kennzahl

if TYPE_CHECKING:
    import polars as pl


class Zahlen:
    """All Kennzahlen of a report, by indicator, year and area."""

    def __init__(self, kennzahlen: pl.DataFrame) -> None:
        spalten = list(Kennzahl._fields)
        sortiert = kennzahlen.select(spalten).sort("indikator", "jahr", "gebiet")
        self.zeilen: list[Kennzahl] = [Kennzahl.from_zeile(zeile) for zeile in sortiert.iter_rows()]
        self._nach = {(z.indikator, z.jahr, z.gebiet): z for z in self.zeilen}
        self._jahre: dict[str, list[int]] = {}
        self._gebiete: dict[str, set[str]] = {}
        self._brueche: dict[str, dict[int, str]] = {}
        for zeile in self.zeilen:
            jahre = self._jahre.setdefault(zeile.indikator, [])
            if not jahre or jahre[-1] != zeile.jahr:
                jahre.append(zeile.jahr)
            self._gebiete.setdefault(zeile.indikator, set()).add(zeile.gebiet)
            if zeile.bruch:
                self._brueche.setdefault(zeile.indikator, {})[zeile.jahr] = zeile.bruch

    def get(self, indikator: str, jahr: int, gebiet: str) -> Kennzahl | None:
        """Return one Kennzahl or None."""
        return self._nach.get((indikator, jahr, gebiet))

    def jahre(self, indikator: str) -> list[int]:
        """List the years of an indicator, ascending."""
        return self._jahre.get(indikator, [])

    def brueche(self, indikator: str) -> dict[int, str]:
        """Return first year after a break → reason."""
        return self._brueche.get(indikator, {})

    def jahr(self, indikator: str, berichtsjahr: int) -> int | None:
        """Return the newest year of an indicator that is not after the Berichtsjahr."""
        return max((jahr for jahr in self.jahre(indikator) if jahr <= berichtsjahr), default=None)

    def hat_gebiete(self, indikator: str, gebiete: Iterable[str]) -> bool:
        """Tell whether any of these areas has a row for the indicator."""
        vorhanden = self._gebiete.get(indikator, set())
        return any(gebiet in vorhanden for gebiet in gebiete)
