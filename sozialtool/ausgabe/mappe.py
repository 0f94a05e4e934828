"""The workbook behind the sheets: options, document properties, sheet names, numbering, entries of the Inhalt."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import xlsxwriter

from sozialtool.ausgabe.datei import KATEGORIE, forget_system
from sozialtool.ausgabe.formate import Formate
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.fehler import Abgebrochen

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_OPTIONEN = {
    # Text from files, departments and the planner stays text.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_row_height": 17,
    # No figures in temporary files, and no line ends of the system in the parts of the workbook.
    "in_memory": True,
}
_VERBOTEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_STEUERZEICHEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RESERVIERT = ("history",)

Fortschritt = Callable[[int, int, str], None]
"""Called with done, of, what is being done."""


def sauber(text: str) -> str:
    """Remove what XML cannot carry (control characters, lone surrogates)."""
    return _STEUERZEICHEN.sub("", text)


@attrs.frozen
class Eintrag:
    """One line of the Inhalt: what, on which sheet, in which row (from 0)."""

    text: str
    blatt: str
    zeile: int = 0
    stufe: int = 0


class Mappe:
    """A workbook under construction."""

    def __init__(self, pfad: Path, stil: Stil = STIL) -> None:
        schrift = {"font_name": stil.schrift, "font_size": stil.groesse}
        self._pfad = pfad
        self.workbook = xlsxwriter.Workbook(str(pfad), {**_OPTIONEN, "default_format_properties": schrift})
        self.stil = stil
        self.formate = Formate(self.workbook, stil)
        self.eintraege: list[Eintrag] = []
        self._namen: set[str] = set()
        self._tabellen = 0
        self._abbildungen = 0

    def add_blatt(self, wunsch: str) -> Worksheet:
        """Add a worksheet under a name that Excel accepts and that is not taken."""
        return self.workbook.add_worksheet(self.reserve_name(wunsch))

    def add_reserviertes(self, name: str) -> Worksheet:
        """Add a worksheet under a name from `reserve_name`."""
        return self.workbook.add_worksheet(name)

    def reserve_name(self, wunsch: str) -> str:
        """Return an accepted sheet name: at most 31 characters, no special signs, no apostrophe at an end, unique."""
        name = _kurz(_VERBOTEN.sub(" ", sauber(wunsch)).strip().strip("'").strip(), 31) or "Blatt"
        if name.casefold() in _RESERVIERT:
            name += "_"
        kandidat, nummer = name, 1
        while kandidat.casefold() in self._namen:
            nummer += 1
            anhang = f" ({nummer})"
            kandidat = _kurz(name, 31 - len(anhang)).rstrip() + anhang
        self._namen.add(kandidat.casefold())
        return kandidat

    def next_tabelle(self) -> int:
        """Return the next number of a table."""
        self._tabellen += 1
        return self._tabellen

    def next_abbildung(self) -> int:
        """Return the next number of a chart."""
        self._abbildungen += 1
        return self._abbildungen

    def set_eigenschaften(self, titel: str, thema: str, urheber: str, stand: dt.date) -> None:
        """Set the document properties; the date is that of the report, so that the bytes are the same every time."""
        self.workbook.set_properties({
            "title": sauber(titel), "subject": sauber(thema), "author": sauber(urheber), "company": sauber(urheber),
            "category": KATEGORIE, "created": dt.datetime.combine(stand, dt.time(12)),
        })  # fmt: skip

    def close(self) -> None:
        """Write the file."""
        self.workbook.close()
        forget_system(self._pfad)


def _kurz(text: str, laenge: int) -> str:
    """Cut to a number of UTF-16 units, which is how Excel counts."""
    while len(text.encode("utf-16-le")) // 2 > laenge:
        text = text[:-1]
    return text.rstrip("'").strip()


def verweis(blatt: str, zeile: int = 0) -> str:
    """Return an internal link to the first cell of a row."""
    return f"internal:'{blatt.replace(chr(39), chr(39) * 2)}'!A{zeile + 1}"


def check_stop(stop: threading.Event | None) -> None:
    """Raise `Abgebrochen` when the planner pressed stop."""
    if stop is not None and stop.is_set():
        raise Abgebrochen("Die Ausgabe wurde angehalten. Die bisherige Datei ist unverändert.", "", "ABGEBROCHEN")
