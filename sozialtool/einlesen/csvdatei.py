"""Text files with separators: encoding, separator and decimal sign are found, shown, and can be overruled.

Runs in the child process (no attrs here). Cells stay text; what they mean is decided later.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from typing import Any

TRENNER = (";", "\t", "|", ",")
_PROBE = 400
_HINWEIS = tuple[str, str, str, str, str]
"""(code, name of Schwere, meldung, vorschlag, zelle)"""

_KOMMAZAHL = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]+ ?%?")
_PUNKTZAHL = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)\.[0-9]+ ?%?")
_DOS = re.compile(rb"(?<=[A-Za-z])[\x81\x84\x94](?=[A-Za-z])|\b[\x8e\x99\x9a](?=[a-z])")
"""Umlauts of code page 850 inside words; in Windows code these bytes are quotation marks, which stand at their ends."""
_WINDOWS = re.compile(rb"(?<=[A-Za-z])[\xc0-\xff]|[\xc0-\xff](?=[A-Za-z])")


def read_csv(inhalt: bytes, leseart: tuple[str, str, str] | None, zellen: int = 8_000_000) -> dict[str, Any]:
    """Read a text file.

    Args:
        inhalt: all bytes.
        leseart: (zeichensatz, trenner, dezimal) as the planner wants it, or None to find out.
        zellen: how many cells the grid may have.

    Returns:
        zeilen: list of rows of equal length, empty cells None; leseart: as used; befunde: list of
        (code, Schwere, meldung, vorschlag, zelle).

    Raises:
        LookupError: the encoding asked for does not exist.
    """
    befunde: list[_HINWEIS] = []
    zeichensatz = leseart[0] if leseart else find_zeichensatz(inhalt)
    text = _decode(inhalt, zeichensatz, befunde)
    kopf = re.match(r"sep=(.)\r?\n", text)
    trenner = leseart[1] if leseart else (kopf.group(1) if kopf else find_trenner(text))
    zeilen = _split(text, trenner, befunde)
    if kopf and zeilen:
        zeilen[0] = []  # Excel's hint is no data; the row stays, so that the addresses stay true
    dezimal = leseart[2] if leseart else find_dezimal(zeilen)
    return {
        "zeilen": _square(zeilen, zellen, befunde),
        "leseart": (zeichensatz, trenner, dezimal),
        "befunde": befunde,
    }


def find_zeichensatz(inhalt: bytes) -> str:
    """Find the encoding: byte order mark, UTF-16 by its zeros, valid UTF-8, else Windows or (umlauts decide) DOS."""
    for marke, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if inhalt.startswith(marke):
            return name
    probe = inhalt[:4096]
    if len(probe) >= 4 and probe.count(0) > len(probe) * 0.3:
        return "utf-16-le" if probe[1::2].count(0) > probe[::2].count(0) else "utf-16-be"
    try:
        inhalt.decode("utf-8")
    except UnicodeDecodeError:
        return _find_einbyte(inhalt)
    return "utf-8"


def _find_einbyte(inhalt: bytes) -> str:
    folgen = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]", inhalt))
    hoch = len(re.findall(rb"[\x80-\xff]", inhalt))
    if folgen * 2 > hoch * 0.9:
        return "utf-8"
    if len(_DOS.findall(inhalt)) > len(_WINDOWS.findall(inhalt)):
        return "cp850"
    try:
        inhalt.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"


def _decode(inhalt: bytes, zeichensatz: str, befunde: list[_HINWEIS]) -> str:
    text = inhalt.decode(zeichensatz, "replace").removeprefix("\ufeff")
    ersetzt = text.count("\ufffd")
    if ersetzt:
        befunde.append((
            "CSV-ZEICHEN", "FRAGE", f"{ersetzt} Zeichen lassen sich als {zeichensatz} nicht lesen; dort steht jetzt „\ufffd“.",
            "Den Zeichensatz beim Einlesen ändern, zum Beispiel auf cp1252 oder utf-8.", "",
        ))  # fmt: skip
    if "\0" in text:
        befunde.append((
            "CSV-NULLBYTES", "FRAGE", f"Die Datei enthält {text.count(chr(0))} Nullzeichen; sie wurden weggelassen.",
            "Den Absender um eine neue Datei bitten, wenn Werte fehlen.", "",
        ))  # fmt: skip
        text = text.replace("\0", "")
    return text.rstrip("\x1a")


def find_trenner(text: str) -> str:
    """Find the separator: the one that cuts the most lines into the same number of cells."""
    probe = "".join(text[:200_000].splitlines(keepends=True)[:_PROBE])
    bester, beste_note = ";", 0.0
    for trenner in TRENNER:
        felder = [zeile for zeile in _rows(probe, trenner) if any(zeile)]
        if trenner == "," and all(_KOMMAZAHL.fullmatch(",".join(zeile).strip()) for zeile in felder[1:] or felder):
            continue  # one column of decimal numbers
        breiten = Counter(len(zeile) for zeile in felder if len(zeile) > 1)
        if not breiten:
            continue
        breite, zahl = max(breiten.items(), key=lambda paar: (paar[1], paar[0]))
        note = zahl / len(felder) + min(breite, 20) * 0.01
        if note > beste_note + 0.02:
            bester, beste_note = trenner, note
    return bester


def find_dezimal(zeilen: list[list[str]]) -> str:
    """Find the decimal sign from the cells; a comma unless more numbers have a point."""
    komma = punkt = 0
    for zeile in zeilen[:5000]:
        for zelle in zeile:
            rein = zelle.strip()
            komma += _KOMMAZAHL.fullmatch(rein) is not None
            # "1.234" speaks for neither.
            punkt += _PUNKTZAHL.fullmatch(rein) is not None and not re.fullmatch(
                r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}", rein
            )
    return "." if punkt > komma else ","


def _rows(text: str, trenner: str, quoting: int = csv.QUOTE_MINIMAL, *, strict: bool = False) -> list[list[str]]:
    csv.field_size_limit(2**31 - 1)
    if quoting == csv.QUOTE_NONE:
        leser = csv.reader(io.StringIO(text, newline=""), delimiter=trenner, quoting=csv.QUOTE_NONE)
    else:
        leser = csv.reader(io.StringIO(text, newline=""), delimiter=trenner, strict=strict)
    return list(leser)


def _split(text: str, trenner: str, befunde: list[_HINWEIS]) -> list[list[str]]:
    if len(trenner) != 1 or trenner in '\r\n"':
        return [[zeile] for zeile in text.splitlines()]
    try:
        return _rows(text, trenner, strict=True)
    except csv.Error as ursache:
        if "unexpected end" not in str(ursache):
            return _rows(text, trenner)
    befunde.append((
        "CSV-ANFUEHRUNG", "FRAGE", "Ein Anführungszeichen wird nie geschlossen; Anführungszeichen gelten hier als Text.",
        "Die Zeilen in der Vorschau ansehen; stimmt etwas nicht, die Datei in Excel als xlsx speichern.", "",
    ))  # fmt: skip
    return _rows(text, trenner, csv.QUOTE_NONE)


def _square(zeilen: list[list[str]], zellen: int, befunde: list[_HINWEIS]) -> list[list[str | None]]:
    breite = max(map(len, zeilen), default=0)
    if breite * len(zeilen) > zellen:
        zeilen, breite = _cut(zeilen, breite, zellen, befunde)
    breiten = Counter(len(zeile) for zeile in zeilen if any(zeile))
    if len(breiten) > 1:
        uebliche = max(breiten.items(), key=lambda paar: (paar[1], paar[0]))[0]
        laenger = [nummer for nummer, zeile in enumerate(zeilen, 1) if len(zeile) > uebliche and any(zeile[uebliche:])]
        if laenger:
            orte = ", ".join(map(str, laenger[:5])) + (" …" if len(laenger) > 5 else "")
            befunde.append((
                "CSV-UNGLEICH", "HINWEIS",
                f"{len(laenger)} Zeilen haben mehr als die üblichen {uebliche} Spalten (Zeile {orte}).",
                "Steht dort ein Trennzeichen im Text, fehlen in der Datei Anführungszeichen.", f"A{laenger[0]}",
            ))  # fmt: skip
    return [[zelle or None for zelle in zeile] + [None] * (breite - len(zeile)) for zeile in zeilen]


def _cut(zeilen: list[list[str]], breite: int, zellen: int, befunde: list[_HINWEIS]) -> tuple[list[list[str]], int]:
    schmal = min(breite, max(1, zellen // len(zeilen), 1000))
    kurz = min(len(zeilen), max(1, zellen // schmal))
    befunde.append((
        "RASTER-ABGESCHNITTEN", "FRAGE",
        f"Gelesen sind {kurz} Zeilen und {schmal} Spalten von {len(zeilen)} Zeilen und {breite} Spalten.",
        "Ist die Datei wirklich so groß? Sonst das Trennzeichen ändern.", "",
    ))  # fmt: skip
    return [zeile[:schmal] for zeile in zeilen[:kurz]], schmal
