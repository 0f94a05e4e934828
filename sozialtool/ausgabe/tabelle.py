"""A table described before it is written: what, where, when, unit, columns, rows, notes, source, legend.

Nothing here knows Excel. `blatt` writes a `Tabelle` into a workbook; a Word document or a screen reader's list can be
written from the same description.
"""

from __future__ import annotations

import enum

import attrs

from sozialtool.fach.messwert import Vermerk


class Spaltenart(enum.Enum):
    """What stands in a column; decides alignment and number format."""

    TEXT = "Text"
    LANG = "langer Text"
    ANZAHL = "Anzahl"
    ZAHL = "Zahl mit Nachkommastellen"
    DIFFERENZ = "Veränderung mit Vorzeichen"
    ZEICHEN = "Zeichen"
    VERLAUF = "kleines Liniendiagramm"


class Zeilenart(enum.Enum):
    """What a row is about; the city stands first and bold, the rest last."""

    STADT = "Stadt"
    GEBIET = "Gebiet"
    REST = "nicht zuzuordnen"


@attrs.frozen
class Spalte:
    """One column: head, kind, unit under the head, width in pixels at 96 dpi, decimals, group head above.

    `trennung` draws a line before the column: a break in definition lies there.
    """

    titel: str
    art: Spaltenart = Spaltenart.TEXT
    einheit: str = ""
    breite: int = 80
    nachkommastellen: int = 0
    gruppe: str = ""
    trennung: bool = False


@attrs.frozen
class Zahl:
    """A number with what belongs to it.

    Attributes:
        wert: the value, already rounded to what is shown (hidden decimals disclose).
        lage: position against the city −2 … 2 (its sign stands in the cell), None without one.
        farbe: background `#RRGGBB` or empty.
        vermerk: what the value is good for.
        formel: Excel formula in English that gives the same value; `{0}`, `{1}` … are the cells of this row, from column A,
            `{oben}` the rows of the table above it in its own column.
        nachkommastellen: decimals where they differ from those of the column.
        strich: an exact zero, shown as "–" (nichts vorhanden).
    """

    wert: float
    lage: int | None = None
    farbe: str = ""
    vermerk: Vermerk = Vermerk.KEINER
    formel: str = ""
    nachkommastellen: int | None = None
    strich: bool = False


@attrs.frozen
class Grund:
    """A sign of official statistics in place of a number."""

    symbol: str
    geheim: bool = False


Zellwert = str | Zahl | Grund | None
"""What a cell can hold. None is an empty cell and stands only where nothing could stand."""


@attrs.frozen
class Zeile:
    """One row of a table."""

    zellen: tuple[Zellwert, ...]
    art: Zeilenart = Zeilenart.GEBIET


@attrs.frozen
class Tabelle:
    """A whole table as a council reads it.

    Attributes:
        titel: sentence fragment with what, where, when; without number.
        spalten: the columns.
        zeilen: the rows, in their order.
        nummer: number of the table in the workbook, 0 for none.
        anmerkungen: notes below, each with its own mark where it has one.
        quelle: who supplied the figures, with Stand.
        legende: signs that occur, explained on the same page.
        beschreibung: alternative text for readers who do not see the table.
    """

    titel: str
    spalten: tuple[Spalte, ...]
    zeilen: tuple[Zeile, ...]
    nummer: int = 0
    anmerkungen: tuple[str, ...] = ()
    quelle: str = ""
    legende: str = ""
    beschreibung: str = ""

    def __attrs_post_init__(self) -> None:
        for zeile in self.zeilen:
            if len(zeile.zellen) != len(self.spalten):
                raise ValueError(f"{self.titel}: {len(zeile.zellen)} cells in a table of {len(self.spalten)} columns")

    @property
    def ueberschrift(self) -> str:
        """Number and title as they stand above the table."""
        return f"Tabelle {self.nummer}: {self.titel}" if self.nummer else self.titel
