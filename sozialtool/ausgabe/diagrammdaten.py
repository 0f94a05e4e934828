"""The figures behind charts and sparklines on a sheet of their own: empty cells where a table shows a sign.

Excel draws a text such as "•" as zero; an empty cell is a gap. The sheet is visible: nothing in the workbook is hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import attrs
from xlsxwriter.utility import quote_sheetname, xl_range_abs

from sozialtool.ausgabe.blatt import Seitenrahmen, set_seite
from sozialtool.ausgabe.mappe import Mappe, sauber

BRUCH = "≠"
"""Head of the empty column that opens a gap at a break in definition."""
_KOPFZEILEN = 3

Bereich = list[str | int]
"""Sheet, first row, first column, last row, last column, as xlsxwriter charts take it."""


@attrs.frozen
class Block:
    """Where a block of series stands: one head row, one row per series, values from column B on."""

    blatt: str
    zeile: int
    breite: int

    @property
    def kategorien(self) -> Bereich:
        """Cells of the head."""
        return [self.blatt, self.zeile, 1, self.zeile, self.breite]

    def werte(self, reihe: int) -> Bereich:
        """Cells of one series, from 0."""
        return [self.blatt, self.zeile + 1 + reihe, 1, self.zeile + 1 + reihe, self.breite]

    def name(self, reihe: int) -> Bereich:
        """Cell with the name of one series."""
        return [self.blatt, self.zeile + 1 + reihe, 0]

    def als_text(self, reihe: int) -> str:
        """Cells of one series as a reference for a sparkline."""
        zeile = self.zeile + 1 + reihe
        return f"{quote_sheetname(self.blatt)}!{xl_range_abs(zeile, 1, zeile, self.breite)}"


class Diagrammdaten:
    """Collects blocks while the sheets are written; `write` puts them down at the end."""

    def __init__(self, mappe: Mappe) -> None:
        self._mappe = mappe
        self.blatt = mappe.reserve_name("Diagrammdaten")
        self._zeilen: list[tuple[str, tuple[str | float | None, ...]]] = []

    def add(self, titel: str, kopf: Sequence[str], reihen: Sequence[tuple[str, Sequence[float | None]]]) -> Block:
        """Add a block; return where it will stand."""
        zeile = _KOPFZEILEN + len(self._zeilen)
        self._zeilen.append((titel, tuple(kopf)))
        self._zeilen.extend((name, tuple(werte)) for name, werte in reihen)
        self._zeilen.append(("", ()))
        return Block(self.blatt, zeile, len(kopf))

    def add_text(self, text: str) -> Bereich:
        """Add a title; return its cell.

        Charts take their texts from cells only: a title that looks like a reference ("x!A1") would become a formula.
        """
        zeile = _KOPFZEILEN + len(self._zeilen)
        self._zeilen.append((text, ()))
        return [self.blatt, zeile, 0]

    def write(self, rahmen: Seitenrahmen, ohne: Collection[str] = ()) -> None:
        """Write the sheet; printed is only its head. Without the sheets that draw (`ohne` names some) there is none."""
        if ohne and not self._zeilen:
            return
        ws = self._mappe.add_reserviertes(self.blatt)
        set_seite(ws, self._mappe.stil, rahmen)
        formate = self._mappe.formate
        titel = formate.get(bold=True, font_size=16, font_color=self._mappe.stil.kopf)
        kopf = formate.get(bold=True, bg_color=self._mappe.stil.band)
        klein = formate.get(font_color=self._mappe.stil.neben)
        zahl = formate.get(num_format="#,##0.0#")
        text = formate.get()
        ws.write_string(0, 0, "Diagrammdaten", titel)
        warum = "." if "verlauf" in ohne else "; warum, steht im Blatt „Verlauf“."
        hinweis = f"Die Zahlen hinter den Diagrammen. Eine leere Zelle ist eine Lücke im Bild{warum}"
        ws.write_string(1, 0, hinweis, klein)
        ws.set_column_pixels(0, 0, 300)
        ws.print_area(0, 0, 1, 9)
        for nummer, (name, werte) in enumerate(self._zeilen, start=_KOPFZEILEN):
            ist_kopf = any(isinstance(wert, str) for wert in werte)
            if name:
                ws.write_string(nummer, 0, sauber(name), kopf if ist_kopf else text)
            for spalte, wert in enumerate(werte, start=1):
                if isinstance(wert, str):
                    ws.write_string(nummer, spalte, sauber(wert), kopf)
                elif wert is not None:
                    ws.write_number(nummer, spalte, wert, zahl)
        ws.set_selection(0, 0, 0, 0)
