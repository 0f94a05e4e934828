"""One worksheet part of an xlsx: error cells, formulas without value, hidden rows and columns, formats, far cells.

Layout: ECMA-376 part 1, 18.3.1. A sheet without any sign of these costs a few searches through its bytes; up to
`GENAU_BIS` bytes the rest is read exactly, beyond that by patterns and without number formats.
Runs in the child process (no attrs here).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from sozialtool.einlesen.xmlhilfe import Attribute, XmlFehler, parse_xml

GENAU_BIS = 8 * 1024 * 1024
_LUECKE_SPALTEN = 200
_LUECKE_ZEILEN = 5000

_ADRESSE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_FEHLER = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+[0-9]+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)</',
    re.DOTALL,
)
_OHNE_WERT = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="(?:str|inlineStr)")[^>]*?\br="([A-Z]+[0-9]+)"[^>/]*>'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_ZEILE_VERBORGEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="([0-9]+)"')
_SPALTE_VERBORGEN = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_LETZTE_ZEILE = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]+)"')
_ZELLE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*?(?:/>|>.*?</(?:\w+:)?c>)', re.DOTALL)
_GEFUELLT = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"(?:[^>]*[^>/])?>')
"""A cell that is more than formatting; empty cells cost no room."""

Ort = tuple[int, int]


def empty_zusatz() -> dict[str, Any]:
    """Extras of a sheet about which nothing is known or nothing is to say."""
    return {
        "fehler": {}, "ohne_wert": [], "angezeigt": {}, "verborgene_zeilen": [], "verborgene_spalten": [],
        "kommentare": {}, "verbunden": [], "befunde": [],
    }  # fmt: skip


def parse_adresse(text: str) -> Ort | None:
    """Turn "D5" into (4, 3); None for anything else."""
    treffer = _ADRESSE.fullmatch(text)
    return (int(treffer.group(2)) - 1, spalte_of(treffer.group(1))) if treffer else None


def spalte_of(buchstaben: str) -> int:
    """Turn "A" into 0, "AA" into 26."""
    nummer = 0
    for zeichen in buchstaben.upper():
        nummer = nummer * 26 + ord(zeichen) - 64
    return nummer - 1


def scan_blatt(xml: bytes, formate: list[str]) -> dict[str, Any]:
    """Collect the extras of one sheet.

    Args:
        xml: the part, UTF-8.
        formate: number format of each style (`Paket.formate`).

    Returns:
        the dict of `empty_zusatz`; befunde are (code, Schwere, meldung, vorschlag, zelle).
    """
    from sozialtool.einlesen.zahlformat import is_interesting

    zusatz = empty_zusatz()
    spannend = {nummer for nummer, code in enumerate(formate) if is_interesting(code)}
    gestaltet = any(b' s="%d"' % nummer in xml for nummer in spannend)
    # Few short searches: each costs 1 % of what python-calamine needs for the whole sheet.
    daten = max(xml.find(b"sheetData"), 0)
    merkmale = (b"'",) if b"='" in xml[daten : daten + 2000] else (b't="e"', b'hidden="', b"f>")
    if not gestaltet and not any(merkmal in xml for merkmal in merkmale):
        return zusatz
    if len(xml) <= GENAU_BIS:
        try:
            _Leser(zusatz, {nummer: formate[nummer] for nummer in spannend}).read(xml)
        except XmlFehler:
            # Broken behind the data: what was seen until then counts; python-calamine judges the values itself.
            return zusatz
        return zusatz
    _scan_patterns(xml, zusatz)
    if gestaltet:
        zusatz["befunde"].append((
            "FORMATE-NICHT-GEPRUEFT", "HINWEIS",
            "Das Blatt ist so groß, dass Zahlenformate nicht geprüft wurden: eine 0 kann in Excel als „-“ erscheinen.",
            "Bei Zweifeln die Spalte in Excel ansehen.", "",
        ))  # fmt: skip
    return zusatz


def _scan_patterns(xml: bytes, zusatz: dict[str, Any]) -> None:
    if b't="e"' in xml:
        for treffer in _FEHLER.finditer(xml):
            zusatz["fehler"][parse_adresse(treffer.group(1).decode())] = treffer.group(2).decode("utf-8", "replace")
    if b"<f" in xml or b":f" in xml:
        zusatz["ohne_wert"] = [parse_adresse(treffer.group(1).decode()) for treffer in _OHNE_WERT.finditer(xml)]
    zusatz["verborgene_zeilen"] = [int(treffer.group(1)) - 1 for treffer in _ZEILE_VERBORGEN.finditer(xml)]
    for treffer in _SPALTE_VERBORGEN.finditer(xml):
        grenzen = dict(re.findall(rb'(min|max)="([0-9]+)"', treffer.group()))
        zusatz["verborgene_spalten"].extend(_columns(int(grenzen.get(b"min", 0)), int(grenzen.get(b"max", 0))))


def _columns(von: int, bis: int) -> range:
    return range(von - 1, min(bis, 16384)) if von > 0 else range(0)


class _Leser:
    """Exact walk over the rows and cells of one sheet."""

    def __init__(self, zusatz: dict[str, Any], formate: dict[int, str]) -> None:
        self._zusatz = zusatz
        self._formate = formate
        self._zeile = self._spalte = -1
        self._art = self._stil = ""
        self._formel = self._in_wert = False
        self._wert = ""

    def read(self, xml: bytes) -> None:
        parse_xml(xml, self._start, self._end, self._text)

    def _start(self, name: str, attribute: Attribute) -> None:
        if name == "c":
            self._begin_zelle(attribute)
        elif name == "v":
            self._in_wert = True
        elif name == "f":
            self._formel = True
        elif name == "row":
            nummer = attribute.get("r", "")
            self._zeile = int(nummer) - 1 if nummer.isdigit() else self._zeile + 1
            self._spalte = -1
            if attribute.get("hidden") in ("1", "true"):
                self._zusatz["verborgene_zeilen"].append(self._zeile)
        elif name == "col" and attribute.get("hidden") in ("1", "true"):
            von, bis = attribute.get("min", ""), attribute.get("max", "")
            if von.isdigit() and bis.isdigit():
                self._zusatz["verborgene_spalten"].extend(_columns(int(von), int(bis)))

    def _begin_zelle(self, attribute: Attribute) -> None:
        ort = parse_adresse(attribute.get("r", ""))
        self._zeile, self._spalte = ort or (self._zeile, self._spalte + 1)
        self._art, self._stil = attribute.get("t", "n"), attribute.get("s", "")
        self._formel, self._wert = False, ""

    def _text(self, text: str) -> None:
        if self._in_wert:
            self._wert += text

    def _end(self, name: str) -> None:
        if name == "v":
            self._in_wert = False
        elif name == "c":
            self._end_zelle()

    def _end_zelle(self) -> None:
        ort = (self._zeile, self._spalte)
        if self._art == "e":
            self._zusatz["fehler"][ort] = self._wert.strip() or "#NV"
        elif self._formel and not self._wert and self._art not in ("str", "inlineStr"):
            self._zusatz["ohne_wert"].append(ort)
        elif self._art == "n" and self._wert and self._stil.isdigit():
            code = self._formate.get(int(self._stil))
            gezeigt = _show(self._wert, code) if code else None
            if gezeigt is not None:
                self._zusatz["angezeigt"][ort] = gezeigt


def _show(wert: str, code: str) -> str | None:
    from sozialtool.einlesen.zahlformat import show_zahl

    try:
        return show_zahl(float(wert), code)
    except ValueError:
        return None


def cut_far_cells(xml: bytes, zellen: int) -> tuple[bytes, str] | None:
    """Cut off cells that stand so far out that the grid would not fit.

    Args:
        xml: the part.
        zellen: how many cells a grid may have.

    Returns:
        (shorter part, German sentence on what was cut), or None when the sheet fits.
    """
    if _fits_roughly(xml, zellen):
        return None
    orte = [(int(z), spalte_of(s.decode())) for s, z in _GEFUELLT.findall(xml)]
    if not orte:
        return None
    hoehe, breite = max(z for z, _ in orte), max(s for _, s in orte) + 1
    if hoehe * breite <= zellen:
        return None
    bis_spalte = _before_gap({s for _, s in orte}, _LUECKE_SPALTEN) + 1
    bis_zeile = _before_gap({z for z, s in orte if s < bis_spalte}, _LUECKE_ZEILEN)
    bis_zeile = max(1, min(bis_zeile, zellen // bis_spalte))

    def keep(treffer: re.Match[bytes]) -> bytes:
        drin = spalte_of(treffer.group(1).decode()) < bis_spalte and int(treffer.group(2)) <= bis_zeile
        return treffer.group() if drin else b""

    satz = f"Gelesen sind {bis_zeile} Zeilen und {bis_spalte} Spalten von {hoehe} Zeilen und {breite} Spalten."
    return _ZELLE.sub(keep, xml), satz


def _fits_roughly(xml: bytes, zellen: int) -> bool:
    """Judge by the last row and the longest column letters, without touching each cell."""
    ende = xml.rfind(b"row ", 0, max(xml.rfind(b"row "), 0))
    letzte = max(map(int, _LETZTE_ZEILE.findall(xml, max(0, ende - 300))), default=0)
    buchstaben = next((n for n in (3, 2) if re.search(rb'r="[A-Z]{%d}[0-9]' % n, xml)), 1)
    breite = {3: 16384, 2: 702, 1: 26}[buchstaben]
    return letzte * breite <= zellen


def fits_by_dimension(kopf: bytes, zellen: int) -> bool:
    """Whether the dimension stated in the head of the part promises a grid that fits.

    Every usual writer states it truly. One that lies about a far cell makes the child run into its limit of memory.
    """
    angabe = re.search(rb'dimension ref="[A-Z]+[0-9]+:([A-Z]+)([0-9]+)"', kopf)
    return angabe is not None and int(angabe.group(2)) * (spalte_of(angabe.group(1).decode()) + 1) <= zellen


def _before_gap(nummern: Iterable[int], luecke: int) -> int:
    """Last number before the first gap of more than `luecke`."""
    sortiert = sorted(nummern)
    return next((a for a, b in pairwise(sortiert) if b - a > luecke), sortiert[-1]) if sortiert else 0
