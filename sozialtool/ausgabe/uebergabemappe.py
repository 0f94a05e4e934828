"""Plain workbooks for a successor: one table per sheet from A1, heads in German, every value as it is stored.

What a cell holds is told by `describe_art`, so that everything can be read back without this program.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from sozialtool.ausgabe.mappe import Mappe, sauber
from sozialtool.fach.felder import Feld

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

STUECK = 16_000
"""Characters of a text in one cell; Excel holds 32,767 UTF-16 units, and a character takes up to two."""
ZEILEN_JE_BLATT = 100_000
"""Rows of a sheet; Excel holds 1,048,576, but such a workbook opens slowly and is too large for a mail."""
_ERSTER_TAG = dt.date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; days before it are written as text."""
_NULL = dt.date(1899, 12, 30).toordinal()
_TAG = 86_400
_GENAU = 2**53
"""Whole numbers beyond are not exact in a cell and are written as text."""
_BREITESTE = 420
_UNMOEGLICH = {0xFFFE: "\N{REPLACEMENT CHARACTER}", 0xFFFF: "\N{REPLACEMENT CHARACTER}"}
"""What XML cannot carry in any form (XML 1.0, 2.2); control characters xlsxwriter writes as Excel does, _x0001_."""


@attrs.frozen
class Rohspalte:
    """One column: head, type of its values, in how many cells a long text is split."""

    titel: str
    art: type = str
    stuecke: int = 1

    @classmethod
    def from_feld(cls, feld: Feld, werte: Iterable[object]) -> Rohspalte:
        """Make the column of a described field, wide enough for its longest text."""
        laenge = max((len(wert) for wert in werte if isinstance(wert, str)), default=0) if feld.art is str else 0
        return cls(feld.titel, feld.art, max(1, -(-laenge // STUECK)))

    @property
    def koepfe(self) -> tuple[str, ...]:
        """Heads of its cells; a long text goes on in the next."""
        return (self.titel, *(f"{self.titel} (Fortsetzung {n})" for n in range(2, self.stuecke + 1)))


@attrs.frozen
class Rohtabelle:
    """One sheet: name, columns, rows of values as they are stored."""

    name: str
    spalten: tuple[Rohspalte, ...]
    zeilen: Sequence[Sequence[Any]]


def write_rohmappe(pfad: Path, titel: str, tabellen: Sequence[Rohtabelle], stand: dt.date) -> None:
    """Write a workbook at this very path; the same content gives the same bytes.

    Raises:
        OSError: it cannot be written.
    """
    mappe = Mappe(pfad)
    mappe.set_eigenschaften(titel, "Übergabe: nicht weitergeben", "Sozialplanung", stand)
    for tabelle in tabellen:
        _write_tabelle(mappe, tabelle)
    mappe.close()


def _write_tabelle(mappe: Mappe, tabelle: Rohtabelle) -> None:
    blatt = mappe.add_blatt(tabelle.name)
    koepfe = [kopf for spalte in tabelle.spalten for kopf in spalte.koepfe]
    fett = mappe.formate.get(bold=True, bg_color=mappe.stil.band)
    for nummer, kopf in enumerate(koepfe):
        blatt.write_string(0, nummer, sauber(kopf), fett)
        blatt.set_column_pixels(nummer, nummer, min(_BREITESTE, max(80, 9 * len(kopf) + 20)))
    blatt.freeze_panes(1, 0)
    blatt.autofilter(0, 0, max(len(tabelle.zeilen), 1), len(koepfe) - 1)
    blatt.set_landscape()
    blatt.set_paper(9)
    blatt.repeat_rows(0)
    ort = 0
    for nummer, spalte in enumerate(tabelle.spalten):
        write = _writer_of(mappe, blatt, spalte)
        for zeile, werte in enumerate(tabelle.zeilen, start=1):
            wert = werte[nummer]
            if wert is not None:
                write(zeile, ort, wert)
        ort += len(spalte.koepfe)


_Schreiber = Callable[[int, int, Any], object]


def _writer_of(mappe: Mappe, blatt: Worksheet, spalte: Rohspalte) -> _Schreiber:
    """Return what writes a value of this column into a cell; looked up once, not for each of many thousand cells."""
    if issubclass(spalte.art, dt.date):
        zeit = issubclass(spalte.art, dt.datetime)
        form = mappe.formate.get(num_format="dd.mm.yyyy hh:mm:ss" if zeit else "dd.mm.yyyy", align="left")
        return lambda zeile, ort, wert: _write_tag(blatt, zeile, ort, wert, form)
    if spalte.art in (int, float):
        return lambda zeile, ort, wert: _write_zahl(blatt, zeile, ort, wert)
    if spalte.stuecke > 1:
        return lambda zeile, ort, wert: _write_stuecke(blatt, zeile, ort, wert)
    text_of = _to_text_of(spalte.art)
    return lambda zeile, ort, wert: _write_text(blatt, zeile, ort, text_of(wert))


def _to_text_of(art: type) -> Callable[[Any], str]:
    """Return what turns a value of this type into text."""
    if issubclass(art, enum.Enum):
        texte = {glied: str(glied.value) for glied in art}
        return texte.__getitem__
    if art is bool:
        return lambda wert: "ja" if wert else "nein"
    return write_liste if art is tuple else str


def write_liste(texte: tuple[str, ...]) -> str:
    """Write a list of texts as "a; b"; as JSON where a text holds a semicolon or could be read otherwise."""
    einfach = all(text and ";" not in text and text == text.strip() for text in texte)
    if einfach and not (texte and texte[0].startswith("[")):
        return "; ".join(texte)
    return json.dumps(list(texte), ensure_ascii=False)


def _write_text(blatt: Worksheet, zeile: int, ort: int, text: str) -> None:
    if text:
        blatt.write_string(zeile, ort, text.translate(_UNMOEGLICH))


def _write_stuecke(blatt: Worksheet, zeile: int, ort: int, text: str) -> None:
    for nummer, ab in enumerate(range(0, len(text), STUECK)):
        blatt.write_string(zeile, ort + nummer, text[ab : ab + STUECK].translate(_UNMOEGLICH))


def _write_zahl(blatt: Worksheet, zeile: int, ort: int, wert: float) -> None:
    if abs(wert) > _GENAU and isinstance(wert, int):
        blatt.write_string(zeile, ort, str(wert))
    else:
        blatt.write_number(zeile, ort, wert)


def _write_tag(blatt: Worksheet, zeile: int, ort: int, wert: dt.date, form: Format) -> None:
    tag = wert.date() if isinstance(wert, dt.datetime) else wert
    genau = isinstance(wert, dt.datetime) and (wert.microsecond or wert.tzinfo)
    if tag < _ERSTER_TAG or genau:
        blatt.write_string(zeile, ort, wert.isoformat())
        return
    zahl: float = tag.toordinal() - _NULL
    if isinstance(wert, dt.datetime):
        zahl += (wert.hour * 3600 + wert.minute * 60 + wert.second) / _TAG
    blatt.write_number(zeile, ort, zahl, form)


def describe_art(feld: Feld) -> str:
    """Say in German what the cells of a column hold, so that they can be read back."""
    if issubclass(feld.art, enum.Enum):
        return f"eines von: {', '.join(wert or '(leer)' for wert in feld.auswahl)}"
    arten: dict[type, str] = {
        bool: "ja oder nein", int: "ganze Zahl", float: "Zahl", dt.date: "Datum", dt.datetime: "Datum mit Uhrzeit",
        tuple: "Texte, durch „; “ getrennt; enthält einer ein Semikolon, dann als JSON-Liste in eckigen Klammern",
    }  # fmt: skip
    return arten.get(feld.art, "Text")
