"""The header above a data block: which rows belong to it, and what stands over each column."""

from __future__ import annotations

import re

import attrs

from sozialtool.einlesen.fund import cell_text
from sozialtool.einlesen.rohblatt import Bereich
from sozialtool.einlesen.zeilenbild import Bild, Raster, is_year_header
from sozialtool.einlesen.zellart import Zellart

_HOECHSTENS = 12
_TITELWORT = re.compile(r"^(?:tabelle|tab\.|titel|stand|quelle|stichtag|berichts|abb)\b", re.IGNORECASE)


@attrs.frozen
class Kopf:
    """Header rows from top to bottom, rows of column numbers among them, and the first row of the body."""

    zeilen: tuple[int, ...]
    nummern: tuple[int, ...]
    rumpf: int

    @property
    def oben(self) -> int:
        """First row that belongs to the header, or to the body when there is none."""
        return min((*self.zeilen, *self.nummern, self.rumpf))


def find_kopf(raster: Raster, ab: int, erste: int, werte: list[int]) -> Kopf:
    """Walk up from the first data row `erste`, not above row `ab`, and collect the header rows.

    `werte` are the columns with figures. Rows between header and data that stand over the label columns only are
    sections of the body.
    """
    zeilen: list[int] = []
    nummern: list[int] = []
    rumpf = erste
    z = erste - 1
    while z >= ab and len(zeilen) < _HOECHSTENS:
        bild = raster.bilder[z]
        if bild is Bild.LEER:
            if zeilen or z < erste - 3:
                break
        elif bild is Bild.NUMMERN:
            nummern.append(z)
            rumpf = min(rumpf, z + 1) if not zeilen else rumpf
        elif not zeilen and not nummern and _is_section(raster, z, werte) and not _is_label_row(raster, z, werte):
            rumpf = z
        elif _belongs(raster, z, zeilen, werte):
            zeilen.append(z)
        else:
            break
        z -= 1
    if not zeilen:
        return Kopf((), tuple(nummern), rumpf if nummern else erste)
    rumpf = max(min(erste, rumpf), max(zeilen) + 1)
    while rumpf < erste and (raster.bilder[rumpf] is Bild.LEER or rumpf in nummern):
        rumpf += 1
    return Kopf(tuple(reversed(zeilen)), tuple(nummern), rumpf)


def _is_section(raster: Raster, z: int, werte: list[int]) -> bool:
    """One text over the label columns, nothing over the figures, not merged across them."""
    belegt = raster.texte(z)
    if raster.bilder[z] is Bild.JAHRE or not werte or belegt[-1] >= werte[0]:
        return False
    if raster.bilder[z] is not Bild.EINZELTEXT and raster.bilder[z] is not Bild.DATEN:
        return False
    return not any(b.zeile <= z <= b.bis_zeile and b.bis_zeile > b.zeile for b in _merges(raster, z, belegt[0]))


def _is_label_row(raster: Raster, z: int, werte: list[int]) -> bool:
    """The names of the label columns on a line of their own, below the names of the columns with figures."""
    if raster.bilder[z] is not Bild.TEXTE or not werte or z == 0:
        return False
    belegt, darueber = raster.texte(z), raster.texte(z - 1)
    if not belegt or not darueber or belegt[-1] >= werte[0] or darueber[0] < werte[0]:
        return False
    return raster.bilder[z - 1] in (Bild.TEXTE, Bild.JAHRE) and len(darueber) * 2 >= len(werte)


def _merges(raster: Raster, z: int, s: int) -> list[Bereich]:
    return [b for b in raster.blatt.verbunden if b.zeile <= z <= b.bis_zeile and b.spalte <= s <= b.bis_spalte]


def _belongs(raster: Raster, z: int, unten: list[int], werte: list[int]) -> bool:
    """Whether row z is a header row, seen with the header rows below it."""
    bild = raster.bilder[z]
    belegt = raster.texte(z)
    if bild is Bild.DATEN:
        return False
    if not unten and _is_label_row(raster, z, werte):
        return True
    if bild is Bild.JAHRE:
        return is_year_header(raster, z, belegt)
    erste_wertspalte = werte[0] if werte else 1
    ueber = [s for s in belegt if s >= erste_wertspalte or _covers(raster, z, s, erste_wertspalte)]
    if not ueber and not (len(werte) == 0 and len(belegt) > 1) and not _is_label_header(raster, z, unten, belegt):
        return False
    if bild is Bild.EINZELTEXT and _is_title(raster, z, belegt[0], erste_wertspalte):
        return False
    return not _label_twice(raster, z, unten, erste_wertspalte)


def _is_label_header(raster: Raster, z: int, unten: list[int], belegt: list[int]) -> bool:
    """A text over a label column whose header below is still empty (two-line headers), merged downwards."""
    return bool(unten) and any(b.bis_zeile > b.zeile for s in belegt for b in _merges(raster, z, s))


def _covers(raster: Raster, z: int, s: int, spalte: int) -> bool:
    return any(b.bis_spalte >= spalte for b in _merges(raster, z, s))


def _is_title(raster: Raster, z: int, s: int, erste_wertspalte: int) -> bool:
    text = cell_text(raster.blatt.wert(z, s))
    if s < erste_wertspalte or _TITELWORT.match(text):
        return True
    return not _merges(raster, z, s) and len(text) > 60


def _label_twice(raster: Raster, z: int, unten: list[int], erste_wertspalte: int) -> bool:
    """A text over a label column that has its own header below: then row z is a note, not a header.

    A label written on two lines is told by its hyphen, parenthesis or small letter.
    """
    for s in range(erste_wertspalte):
        if raster.arten[z][s] is Zellart.LEER or any(b.bis_zeile > z for b in _merges(raster, z, s)):
            continue
        for u in unten:
            darunter = cell_text(raster.blatt.wert(u, s))
            if not darunter:
                continue
            text = cell_text(raster.blatt.wert(z, s))
            if not (text.endswith(("-", "/")) or darunter.startswith("(") or darunter[0].islower()):
                return True
    return False


def header_texts(raster: Raster, kopf: Kopf, werte: list[int]) -> list[tuple[str, ...]]:
    """Return for each column of the sheet its header texts from top to bottom, merged and spanning ones filled in."""
    breite = raster.blatt.breite
    gitter = [[cell_text(raster.blatt.wert(z, s)) for s in range(breite)] for z in kopf.zeilen]
    waagerecht: set[int] = set()
    for b in raster.blatt.verbunden:
        if not any(b.zeile <= z <= b.bis_zeile for z in kopf.zeilen):
            continue
        text = cell_text(raster.blatt.wert(b.zeile, b.spalte))
        for i, z in enumerate(kopf.zeilen):
            if b.zeile <= z <= b.bis_zeile:
                if b.bis_spalte > b.spalte:
                    waagerecht.add(i)
                for s in range(b.spalte, min(b.bis_spalte, breite - 1) + 1):
                    gitter[i][s] = gitter[i][s] or text
    for i in range(len(gitter) - 1):
        if i not in waagerecht:
            _fill_spanning(gitter, i, werte)
    return [_stack([zeile[s] for zeile in gitter]) for s in range(breite)]


def _fill_spanning(gitter: list[list[str]], i: int, werte: list[int]) -> None:
    """A group name that stands only over its first column holds for the columns to its right as well."""
    gruppe = -1
    for s in werte:
        unten = any(gitter[j][s] for j in range(i + 1, len(gitter)))
        if gitter[i][s]:
            gruppe = s if unten else -1
        elif gruppe >= 0 and unten:
            gitter[i][s] = gitter[i][gruppe]
        else:
            gruppe = -1


def _stack(texte: list[str]) -> tuple[str, ...]:
    gestapelt: list[str] = []
    for text in texte:
        if text and (not gestapelt or gestapelt[-1] != text):
            gestapelt.append(text)
    return tuple(gestapelt)
