"""A Word document of one page: its parts are measured before they are written, so that what fits is known without Word.

The measure rests on the widths of the letters (`schrift`) and on the spaces that `word` sets; a test lets LibreOffice count the pages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs

from sozialtool.ausgabe.schrift import umbrechen
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.ausgabe.word import BREITE_HOCH, ENG, Dokument, Eintraege, Worttabelle, Zelle
from sozialtool.ausgabe.wordteile import wortlaut

_PIXEL_JE_CM = 96 / 2.54
_PUNKT_JE_CM = 72 / 2.54
_HOEHE = (29.7 - 2 * 2.0) * _PUNKT_JE_CM
"""Points between the margins of A4 upright; the foot stands in the lower margin."""
_VORRAT = 0.99
"""What of the page is used: other programs break lines a little differently."""
_ZEILE = 1.32
"""Height of a line against its size: 1.149 of Arial, times the 1.15 that the documents are set with."""
_NACH, _IN_ZELLE, _POLSTER_CM, _EINZUG_CM = 4.0, 4.0, 0.38, 0.63
"""Points behind a paragraph, around that of a cell; centimetres that cell and point of a list take from the width."""
_TITEL, _LINIE, _KOPF, _VOR_KOPF = 18.0, 3.0, 12.0, 10.0


@attrs.frozen
class Kopf:
    """The title of the page and the line below it."""

    text: str
    unter: str = ""


@attrs.frozen
class Ueberschrift:
    """A head of the second level."""

    text: str


@attrs.frozen
class Absatz:
    """A paragraph; `vorweg` stands bold before it; `klein` is for notes."""

    text: str
    vorweg: str = ""
    klein: bool = False


@attrs.frozen
class Liste:
    """Points of a list."""

    punkte: tuple[str, ...]


Teil = Kopf | Ueberschrift | Absatz | Liste | Worttabelle
"""What a page consists of, from top to bottom."""


def fits(teile: Iterable[Teil], groesse: float) -> bool:
    """Tell whether these parts fit on one page with text of this size in points."""
    return sum(_measure(teil, groesse) for teil in teile) <= _HOEHE * _VORRAT


def write_einseiter(
    pfad: Path | str, teile: Sequence[Teil], titel: str, stand: dt.date, thema: str, groesse: float, stil: Stil = STIL
) -> None:
    """Write the parts with text of this size.

    Raises:
        DateiGesperrt: the target is open in Word. DateiFehler: it cannot be written.
    """
    wort = Dokument(titel, stand, thema=thema, stil=attrs.evolve(stil, groesse=groesse))
    for teil in teile:
        _write(wort, teil)
    wort.write(pfad)


def _write(wort: Dokument, teil: Teil) -> None:
    match teil:
        case Kopf():
            wort.titel(teil.text, teil.unter)
        case Ueberschrift():
            wort.ueberschrift(teil.text, 2)
        case Absatz():
            wort.absatz(teil.text, vorweg=teil.vorweg, klein=teil.klein)
        case Liste():
            wort.liste(teil.punkte)
        case Worttabelle():
            wort.tabelle(teil)


def _measure(teil: Teil, groesse: float) -> float:
    """Height of a part in points."""
    match teil:
        case Kopf():
            unter = _lines(teil.unter, BREITE_HOCH, groesse + 1) * (groesse + 1) * _ZEILE + _NACH if teil.unter else 0.0
            return _lines(teil.text, BREITE_HOCH, _TITEL) * _TITEL * _ZEILE + _NACH + _LINIE + unter
        case Ueberschrift():
            return _VOR_KOPF + _lines(teil.text, BREITE_HOCH, _KOPF, fett=True) * _KOPF * _ZEILE + _NACH
        case Absatz():
            schrift = groesse - 1.5 if teil.klein else groesse
            text = f"{teil.vorweg} {teil.text}".strip()
            return _lines(text, BREITE_HOCH, schrift) * max(schrift, groesse) * _ZEILE + _NACH
        case Liste():
            platz = BREITE_HOCH - _EINZUG_CM
            return sum(_lines(p, platz, groesse) * groesse * _ZEILE + _NACH for p in teil.punkte)
        case Worttabelle():
            alle: list[tuple[tuple[Zelle, ...], bool]] = [(teil.kopf, True)] if teil.kopf else []
            alle += [(zeile, False) for zeile in teil.zeilen]
            polster = 1.0 if teil.eng else _IN_ZELLE
            hoehen = [_measure_zeile(zeile, teil.breiten, groesse, polster, fett=fett) for zeile, fett in alle]
            hoehe = _measure_verbunden(teil, hoehen, groesse, polster) if teil.verbinde else sum(hoehen)
            return hoehe + (ENG if teil.eng else groesse * _ZEILE) + 2


def _measure_zeile(
    zeile: Sequence[Zelle], breiten: Sequence[float], groesse: float, polster: float, *, fett: bool
) -> float:
    hoehen = []
    for ort, (zelle, breite) in enumerate(zip(zeile, breiten, strict=True)):
        texte = zelle.texte if isinstance(zelle, Eintraege) else (zelle,)
        platz = breite - _POLSTER_CM - (_EINZUG_CM if isinstance(zelle, Eintraege) else 0.0)
        lang = sum(_lines(text, platz, groesse, fett=fett or ort == 0) for text in texte)
        hoehen.append(lang * groesse * _ZEILE + polster + (len(texte) - 1) * polster / 2)
    return max(hoehen) + 0.5


def _measure_verbunden(tabelle: Worttabelle, hoehen: Sequence[float], groesse: float, polster: float) -> float:
    """Height of a table whose first cells span rows: each group is as high as its first cell, or as its rows without it."""
    kopf = 1 if tabelle.kopf else 0
    gruppen: list[tuple[float, float]] = []
    for zeile in tabelle.zeilen:
        ganz = _measure_zeile(zeile[:1], tabelle.breiten[:1], groesse, polster, fett=False)
        rest = _measure_zeile(("", *zeile[1:]), tabelle.breiten, groesse, polster, fett=False)
        if zeile[0] or not gruppen:
            gruppen.append((ganz, rest))
        else:
            gruppen[-1] = (gruppen[-1][0], gruppen[-1][1] + rest)
    return sum(hoehen[:kopf]) + sum(max(gruppe) for gruppe in gruppen)


def _lines(text: str, breite_cm: float, groesse: float, *, fett: bool = False) -> int:
    return len(umbrechen(wortlaut(text), breite_cm * _PIXEL_JE_CM, groesse, fett=fett))
