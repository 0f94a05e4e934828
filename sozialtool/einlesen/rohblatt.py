"""Rohblatt: a typed cell grid with true cell addresses, before anybody has decided what it means.

Rows and columns count from 0 inside the program; addresses for people ("D5") come from `adresse`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from sozialtool.fach.quelle import Befund

Zellwert = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""A cell as stored: text, number, truth value, date, time, duration, or nothing."""


@attrs.frozen
class Bereich:
    """A rectangle of cells, both corners included, counted from 0."""

    zeile: int
    spalte: int
    bis_zeile: int
    bis_spalte: int

    def __str__(self) -> str:
        return f"{adresse(self.zeile, self.spalte)}:{adresse(self.bis_zeile, self.bis_spalte)}"


@attrs.frozen
class Rohblatt:
    """One sheet as it lies in the file.

    Attributes:
        name: name of the sheet; for a CSV the file name without ending.
        zeilen: rows of equal length; `zeilen[z][s]` is the cell in row z, column s.
        verbunden: merged ranges; only their first cell carries a value.
        fehler: (z, s) → error text ("#DIV/0!") of cells that hold an error instead of a value.
        ohne_wert: cells with a formula but no stored result.
        angezeigt: (z, s) → what the number format shows, where that differs in meaning from the stored value
            (a 0 shown as "-", an average shown without its decimals).
        verborgene_zeilen, verborgene_spalten: hidden in the file.
        sichtbar: whether the sheet itself is visible.
        kommentare: (z, s) → text of the comment.
    """

    name: str
    zeilen: tuple[tuple[Zellwert, ...], ...]
    verbunden: tuple[Bereich, ...] = ()
    fehler: dict[tuple[int, int], str] = attrs.field(factory=dict)
    ohne_wert: frozenset[tuple[int, int]] = frozenset()
    angezeigt: dict[tuple[int, int], str] = attrs.field(factory=dict)
    verborgene_zeilen: frozenset[int] = frozenset()
    verborgene_spalten: frozenset[int] = frozenset()
    sichtbar: bool = True
    kommentare: dict[tuple[int, int], str] = attrs.field(factory=dict)

    @property
    def hoehe(self) -> int:
        """Number of rows."""
        return len(self.zeilen)

    @property
    def breite(self) -> int:
        """Number of columns."""
        return len(self.zeilen[0]) if self.zeilen else 0

    def wert(self, zeile: int, spalte: int) -> Zellwert:
        """Return a cell; None outside the grid."""
        if 0 <= zeile < self.hoehe and 0 <= spalte < self.breite:
            return self.zeilen[zeile][spalte]
        return None

    def belegt(self) -> Iterator[tuple[int, int, Zellwert]]:
        """Walk over all cells that hold something."""
        for z, zeile in enumerate(self.zeilen):
            for s, wert in enumerate(zeile):
                if wert is not None and wert != "":
                    yield z, s, wert


@attrs.frozen
class Leseart:
    """How the bytes of a CSV were understood; shown to the planner, who can change it."""

    zeichensatz: str
    trenner: str
    dezimal: str


@attrs.frozen
class Rohmappe:
    """A whole file: its sheets, how it was read, and what stood in the way.

    `pruefsumme` is the SHA-256 of the bytes; `leseart` is set for text files only.
    """

    datei: str
    format: str
    pruefsumme: str
    blaetter: tuple[Rohblatt, ...]
    befunde: tuple[Befund, ...] = ()
    leseart: Leseart | None = None


def adresse(zeile: int, spalte: int) -> str:
    """Name a cell as Excel does: (4, 3) → "D5"."""
    buchstaben = ""
    rest = spalte + 1
    while rest:
        rest, stelle = divmod(rest - 1, 26)
        buchstaben = chr(65 + stelle) + buchstaben
    return f"{buchstaben}{zeile + 1}"
