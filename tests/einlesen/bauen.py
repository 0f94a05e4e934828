"""Small sheets and workbooks for the tests of this room, built by hand."""

from __future__ import annotations

from sozialtool.einlesen.rohblatt import Bereich, Rohblatt, Rohmappe, Zellwert


def blatt(
    *zeilen: tuple[Zellwert, ...],
    name: str = "Tabelle1",
    verbunden: tuple[tuple[int, int, int, int], ...] = (),
    fehler: dict[tuple[int, int], str] | None = None,
    ohne_wert: frozenset[tuple[int, int]] = frozenset(),
) -> Rohblatt:
    """Build a sheet from rows of any length."""
    breite = max(map(len, zeilen), default=0)
    voll = tuple(zeile + (None,) * (breite - len(zeile)) for zeile in zeilen)
    return Rohblatt(name, voll, tuple(Bereich(*b) for b in verbunden), fehler or {}, ohne_wert)


def mappe(*blaetter: Rohblatt, datei: str = "Lieferung.xlsx", summe: str = "ab" * 32) -> Rohmappe:
    """Put sheets into a workbook."""
    return Rohmappe(datei, datei.rpartition(".")[2], summe, blaetter)
