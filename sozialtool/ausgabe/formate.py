"""Cell formats, each made once: number formats of official statistics from position, Vermerk and decimals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sozialtool.ausgabe.stil import Stil
from sozialtool.ausgabe.tabelle import Spaltenart
from sozialtool.fach.messwert import Vermerk
from sozialtool.fach.schreibweise import LAGE_ZEICHEN

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

VERMERK_BUCHSTABE = {
    Vermerk.VORLAEUFIG: "p",
    Vermerk.GESCHAETZT: "s",
    Vermerk.BERICHTIGT: "r",
}
"""Letters behind a number, as Eurostat and the towns use them."""


def zahlenformat(
    stellen: int,
    *,
    lage: int | None = None,
    vermerk: Vermerk = Vermerk.KEINER,
    differenz: bool = False,
    strich: bool = False,
) -> str:
    """Build an Excel number format; `#,##0.0` shows as 1.234,5 in a German Excel.

    Args:
        stellen: decimals.
        lage: position against the city; its sign stands left in the cell, the number right.
        vermerk: a letter behind the number, or parentheses.
        differenz: plus sign before positive numbers.
        strich: an exact zero is shown as "–" (nichts vorhanden).
    """
    zahl = "#,##0" + ("." + "0" * stellen if stellen else "")
    vorn = f'"{LAGE_ZEICHEN[lage]}"* ' if lage is not None else ""
    buchstabe = VERMERK_BUCHSTABE.get(vermerk)
    hinten = f'"{buchstabe}"' if buchstabe else "_s"
    if vermerk is Vermerk.EINGESCHRAENKT:
        vorn, hinten = f'{vorn}"("', '")"'
    plus = '"+"' if differenz else ""
    null = f'{vorn}"–"{hinten}' if strich else f"{vorn}{zahl}{hinten}"
    return f'{vorn}{plus}{zahl}{hinten};{vorn}"−"{zahl}{hinten};{null}'


Rahmen = tuple[tuple[str, Any], ...]
"""Properties of a format as pairs, for instance those that all cells of a row share."""


class Formate:
    """The formats of one workbook, each combination of properties once."""

    def __init__(self, workbook: Workbook, stil: Stil) -> None:
        self._workbook = workbook
        self.stil = stil
        self._nach: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._zahlen: dict[tuple[object, ...], Format] = {}
        self._paare: dict[tuple[Rahmen, Rahmen], Format] = {}

    def get(self, **eigenschaften: Any) -> Format:
        """Return the format with these xlsxwriter properties."""
        schluessel = tuple(sorted(eigenschaften.items()))
        gefunden = self._nach.get(schluessel)
        if gefunden is None:
            voll = {"font_color": self.stil.tinte, "valign": "vcenter", **eigenschaften}
            gefunden = self._nach[schluessel] = self._workbook.add_format(voll)
        return gefunden

    def aus(self, rahmen: Rahmen, weitere: Rahmen) -> Format:
        """Return the format with the properties of a row and those of a cell."""
        gefunden = self._paare.get((rahmen, weitere))
        if gefunden is None:
            gefunden = self._paare[rahmen, weitere] = self.get(**{**dict(rahmen), **dict(weitere)})
        return gefunden

    def zahl(
        self,
        art: Spaltenart,
        stellen: int,
        *,
        lage: int | None = None,
        farbe: str = "",
        vermerk: Vermerk = Vermerk.KEINER,
        strich: bool = False,
        rahmen: Rahmen = (),
    ) -> Format:
        """Return the format of a number cell; `rahmen` are the properties of its row (bold, lines)."""
        schluessel = (art, stellen, lage, farbe, vermerk, strich, rahmen)
        gefunden = self._zahlen.get(schluessel)
        if gefunden is None:
            differenz = art is Spaltenart.DIFFERENZ
            form = zahlenformat(stellen, lage=lage, vermerk=vermerk, differenz=differenz, strich=strich)
            grund = {"bg_color": farbe} if farbe else {}
            gefunden = self.get(num_format=form, align="right", **grund, **dict(rahmen))
            self._zahlen[schluessel] = gefunden
        return gefunden
