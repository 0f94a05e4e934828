"""A council table of the Bausteine comes in: the three columns of a paper, or one line per text (baustein, art, text).

Source of the three columns: fach/regeln.md section 6 (council paper of Voerde, 15.08.2024).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import attrs

from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.einlesen.rohblatt import Rohblatt
from sozialtool.fach.felder import parse_datum
from sozialtool.fehler import DateiUnlesbar

_PUNKT = re.compile(r"^\s*(?:[–—\-•▪*●]\s+)")
_NUMMER = re.compile(r"^\s*\d\s*[.)]?\s+")
_TAG = re.compile(r"\s*\((\d{1,2}\.\d{1,2}\.\d{4})\)$")
_KOPFSUCHE = 30


@attrs.frozen
class Tabellensatz:
    """One text of the table: name of the Baustein, whether it is an Inhalt (else a sentence on where it stands), its day."""

    baustein: str
    inhalt: bool
    text: str
    datum: dt.date | None = None


def read_bausteintabelle(pfad: Path | str) -> tuple[Tabellensatz, ...]:
    """Read a table (xlsx, ods, csv) in the order of its lines; a text with a day behind it in brackets keeps the day.

    Raises:
        DateiFehler: missing, locked or unreadable. DateiUnlesbar: BAUSTEINE-FREMD, there is no such table in it.
    """
    for blatt in read_rohmappe(pfad).blaetter:
        for zeile in range(min(blatt.hoehe, _KOPFSUCHE)):
            koepfe = {_key(wert): spalte for spalte, wert in enumerate(blatt.zeilen[zeile]) if isinstance(wert, str)}
            spalten = _find_spalten(koepfe)
            if spalten is not None:
                return tuple(_read(blatt, zeile + 1, spalten))
    raise DateiUnlesbar(
        f"In „{Path(pfad).name}“ steht keine Tabelle der Bausteine.",
        "Erwartet werden die Spalten Baustein, Inhalte, Umsetzungsstand – oder baustein, art (Inhalt oder Stand), text.",
        "BAUSTEINE-FREMD",
    )


def _key(wert: str) -> str:
    return " ".join(wert.split()).casefold()


def _find_spalten(koepfe: dict[str, int]) -> tuple[int, int, int, bool] | None:
    """Find name, second and third column, and whether it is the long form."""
    name = next((ort for kopf, ort in koepfe.items() if kopf in ("baustein", "bausteine")), None)
    if name is None:
        return None
    if {"art", "text"} <= koepfe.keys():
        return name, koepfe["art"], koepfe["text"], True
    inhalte = next((ort for kopf, ort in koepfe.items() if kopf.startswith("inhalt")), None)
    stand = next((ort for kopf, ort in koepfe.items() if kopf.startswith("umsetzungsstand")), None)
    return None if inhalte is None or stand is None else (name, inhalte, stand, False)


def _read(blatt: Rohblatt, ab: int, spalten: tuple[int, int, int, bool]) -> Iterator[Tabellensatz]:
    ort, zweite, dritte, lang = spalten
    name = ""
    for zeile in range(ab, blatt.hoehe):
        kopf = _text(blatt, zeile, ort)
        if kopf:
            name = _NUMMER.sub("", kopf.splitlines()[0]).strip()
        if not name or _key(name) in ("baustein", "bausteine"):  # the head once more, on the next page
            continue
        if lang:
            yield from _split(
                name, _text(blatt, zeile, dritte), inhalt=_key(_text(blatt, zeile, zweite)).startswith("inhalt")
            )
            continue
        if kopf and not _text(blatt, zeile, zweite) and not _text(blatt, zeile, dritte):
            return  # below the table
        yield from _split(name, _text(blatt, zeile, zweite), inhalt=True)
        yield from _split(name, _text(blatt, zeile, dritte), inhalt=False)


def _text(blatt: Rohblatt, zeile: int, spalte: int) -> str:
    wert = blatt.wert(zeile, spalte)
    return wert.strip() if isinstance(wert, str) else ""


def _split(name: str, zelle: str, *, inhalt: bool) -> Iterator[Tabellensatz]:
    """Make one entry of each line of a cell; a line without a point behind one with a point goes on with it."""
    zeilen: list[str] = []
    mit_punkten = any(_PUNKT.match(zeile) for zeile in zelle.splitlines())
    for zeile in zelle.splitlines():
        if not zeile.strip():
            continue
        if mit_punkten and zeilen and not _PUNKT.match(zeile):
            zeilen[-1] += " " + zeile.strip()
        else:
            zeilen.append(_PUNKT.sub("", zeile).strip())
    for zeile in zeilen:
        tag = None if inhalt else _TAG.search(zeile)
        yield Tabellensatz(name, inhalt, _TAG.sub("", zeile) if tag else zeile, parse_datum(tag[1]) if tag else None)
