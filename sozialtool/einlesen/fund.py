"""Tabellenfund: one table found on a sheet, described with true cell addresses."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.einlesen.rohblatt import Bereich, Zellwert
from sozialtool.einlesen.texte import clean


class Spaltenart(enum.Enum):
    """What a column of a found table holds."""

    BESCHRIFTUNG = "Beschriftung"
    WERT = "Wert"
    TEXT = "Text"


class Zeilenart(enum.Enum):
    """What a row of a found table is."""

    DATEN = "Daten"
    ABSCHNITT = "Abschnitt"
    ZWISCHENSUMME = "Zwischensumme"
    SUMME = "Summe"
    LEER = "leer"


@attrs.frozen
class Textstelle:
    """A text beside the table, with its place."""

    zeile: int
    spalte: int
    text: str


@attrs.frozen
class Fundspalte:
    """A column: its number on the sheet and its header texts from top to bottom."""

    nummer: int
    kopf: tuple[str, ...]
    art: Spaltenart


@attrs.frozen
class Fundzeile:
    """A row: its number on the sheet, the texts of its label columns (filled down), the sections it stands in.

    `texte` runs parallel to `Tabellenfund.beschriftungsspalten`.
    """

    nummer: int
    art: Zeilenart
    texte: tuple[str, ...] = ()
    abschnitt: tuple[str, ...] = ()

    @property
    def beschriftung(self) -> tuple[str, ...]:
        """Section texts and label texts, from the outermost to the innermost, without blanks."""
        return self.abschnitt + tuple(text for text in self.texte if text)


@attrs.frozen
class Tabellenfund:
    """One table on a sheet.

    Attributes:
        blatt: name of the sheet; `nummer`: which table on it, from 1.
        kopf: rows of the header (None when there is none); `daten`: all rows below it that belong to the table.
        titel: texts above; `fussnoten`: texts below.
        sicherheit: 0 … 1, how sure the finding is.
    """

    blatt: str
    nummer: int
    kopf: Bereich | None
    daten: Bereich
    spalten: tuple[Fundspalte, ...]
    zeilen: tuple[Fundzeile, ...]
    titel: tuple[Textstelle, ...] = ()
    fussnoten: tuple[Textstelle, ...] = ()
    sicherheit: float = 0.5

    @property
    def beschriftungsspalten(self) -> tuple[Fundspalte, ...]:
        """Columns with labels or codes."""
        return tuple(spalte for spalte in self.spalten if spalte.art is Spaltenart.BESCHRIFTUNG)

    @property
    def wertspalten(self) -> tuple[Fundspalte, ...]:
        """Columns with figures."""
        return tuple(spalte for spalte in self.spalten if spalte.art is Spaltenart.WERT)

    @property
    def datenzeilen(self) -> tuple[Fundzeile, ...]:
        """Rows with figures, totals included."""
        return tuple(
            zeile for zeile in self.zeilen if zeile.art in (Zeilenart.DATEN, Zeilenart.SUMME, Zeilenart.ZWISCHENSUMME)
        )


def cell_text(wert: Zellwert) -> str:
    """Render a cell as the text that a label is: 2014.0 → "2014", dates 31.12.2023, line breaks as blanks."""
    if wert is None:
        return ""
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, float):
        return str(int(wert)) if wert == int(wert) and abs(wert) < 1e15 else f"{wert:.15g}"
    if isinstance(wert, dt.datetime | dt.date):
        return wert.strftime("%d.%m.%Y")
    return clean(wert)
