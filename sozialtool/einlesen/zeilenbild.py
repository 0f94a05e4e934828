"""How each row of a sheet looks from outside: empty, one text, header-like, years, numbering, data."""

from __future__ import annotations

import enum
import itertools
import re

import attrs

from sozialtool.einlesen.rohblatt import Rohblatt, Zellwert
from sozialtool.einlesen.zellart import Zellart, as_jahr, classify

_TAG = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d{2}")


class Bild(enum.Enum):
    """Outer look of a row."""

    LEER = "leer"
    EINZELTEXT = "ein Text"
    TEXTE = "mehrere Texte"
    JAHRE = "Jahre"
    NUMMERN = "Spaltennummern"
    DATEN = "Daten"


@attrs.frozen
class Raster:
    """A sheet with the kind of each cell and the look of each row."""

    blatt: Rohblatt
    arten: tuple[tuple[Zellart, ...], ...]
    bilder: tuple[Bild, ...]

    def texte(self, zeile: int) -> list[int]:
        """List the columns of a row that hold something."""
        return [s for s, art in enumerate(self.arten[zeile]) if art is not Zellart.LEER]


def build_raster(blatt: Rohblatt) -> Raster:
    """Classify all cells and rows of a sheet once."""
    arten = tuple(tuple(classify(wert) for wert in zeile) for zeile in blatt.zeilen)
    breit = {b.zeile for b in blatt.verbunden if b.zeile == b.bis_zeile and b.bis_spalte > b.spalte}
    bilder = []
    for z, (zeile, zeilenarten) in enumerate(zip(blatt.zeilen, arten, strict=True)):
        fehler = sum(1 for s in range(len(zeile)) if (z, s) in blatt.fehler or (z, s) in blatt.ohne_wert)
        bilder.append(_bild(zeile, zeilenarten, fehler=fehler, breit=z in breit))
    return Raster(blatt, arten, tuple(bilder))


def _bild(zeile: tuple[Zellwert, ...], arten: tuple[Zellart, ...], *, fehler: int, breit: bool) -> Bild:
    belegt = [s for s, art in enumerate(arten) if art is not Zellart.LEER]
    if not belegt:
        return Bild.LEER
    zahlen = [s for s in belegt if arten[s] is Zellart.ZAHL]
    zeichen = [s for s in belegt if arten[s] is Zellart.ZEICHEN]
    if _is_numbering(zeile, belegt):
        return Bild.NUMMERN
    if len(belegt) == 1 and not fehler:
        return Bild.EINZELTEXT
    jahre = [as_jahr(zeile[s]) for s in zahlen]
    texte = sum(1 for s in belegt if arten[s] in (Zellart.TEXT, Zellart.CODE))
    if zahlen and all(jahr is not None for jahr in jahre) and not zeichen and (len(jahre) > 1 or texte) and not fehler:
        return Bild.JAHRE
    daten = [s for s in belegt if arten[s] is Zellart.DATUM]
    if _is_row_of_dates(zeile, belegt, [s for s in belegt if s in daten or _is_day(zeile[s])]):
        return Bild.TEXTE
    if zahlen or zeichen or (fehler and not breit) or (len(daten) > 0 and len(belegt) >= 3):
        return Bild.DATEN
    return Bild.TEXTE


def _is_day(wert: Zellwert) -> bool:
    return isinstance(wert, str) and _TAG.fullmatch(wert.strip()) is not None


def _is_row_of_dates(zeile: tuple[Zellwert, ...], belegt: list[int], daten: list[int]) -> bool:
    """A name and then different dates only, one after the other: "Sozialraum | 31.03.2025 | 30.06.2025" heads columns."""
    werte = {str(zeile[s]) for s in daten}
    return (
        len(daten) > 1 and len(werte) == len(daten) and belegt[-len(daten) :] == daten and len(belegt) <= len(daten) + 2
    )


def _is_numbering(zeile: tuple[Zellwert, ...], belegt: list[int]) -> bool:
    """A row of column numbers: nothing but 1, 2, 3 … (also "(1)"), at least two of them."""
    nummern = []
    for s in belegt:
        wert = zeile[s]
        treffer = re.fullmatch(r"\(?(\d{1,3})(?:\.0)?\)?", str(wert).strip())
        if treffer is None or isinstance(wert, bool):
            return False
        nummern.append(int(treffer[1]))
    start = nummern[0] if nummern else 0
    return len(nummern) >= 2 and start in (0, 1, 2) and nummern == list(range(start, start + len(nummern)))


def is_year_header(raster: Raster, zeile: int, spalten: list[int]) -> bool:
    """Decide whether a row whose numbers are all years is a header and not a data row with such values.

    It is one when nothing stands in its first column, when the years run evenly (three or more), or when no text
    header lies directly above.
    """
    werte = [as_jahr(raster.blatt.wert(zeile, s)) for s in spalten]
    jahre = [wert for wert in werte if wert is not None]
    belegt = raster.texte(zeile)
    if not jahre or not belegt:
        return False
    schritte = {b - a for a, b in itertools.pairwise(jahre)}
    if len(jahre) >= 3 and schritte <= {-1, 0, 1}:
        return True
    if as_jahr(raster.blatt.wert(zeile, belegt[0])) is not None:
        return True
    darueber = raster.bilder[zeile - 1] if zeile else Bild.LEER
    if darueber in (Bild.DATEN, Bild.JAHRE):
        return False
    mit_jahr = [s for s in spalten if as_jahr(raster.blatt.wert(zeile, s)) is not None]
    ueber = sum(1 for s in mit_jahr if zeile and raster.arten[zeile - 1][s] is not Zellart.LEER)
    return ueber < max(1, len(jahre) // 2)
