"""What kind of thing a cell holds, seen from outside: number, sign, code, date, text, nothing."""

from __future__ import annotations

import datetime as dt
import enum
import re

from sozialtool.einlesen.rohblatt import Zellwert

_ZAHL = re.compile(
    r"^(?:ca\.\s*|[<>≤≥]\s*|rd\.\s*)?\(?\s*[-–−+]?\s*\d+(?:[.,\s\u00a0\u202f'’]\d+)*\s*\)?\s*(?:%|‰|€|v\.\s?H\.|\*|[prs])?\s*(?:\d\))?$",
)
_CODE = re.compile(r"^0\d+$")
_BUCHSTABEN = re.compile(r"[^\W\d_]")
_ZEICHEN = frozenset((
    "-", "–", "—", "−", ".", "..", "...", "…", "/", "x", "*", "**", "•", "●", "( )", "()", "k. a.", "k.a.", "ka", "n. v.",
    "n.v.", "nv", "n/a", "na", "entfällt", "geheim", "gesperrt", "null", "o. a.", "o.a.", "keine angabe", "keine angaben",
    "nicht verfügbar", "#n/a",
))  # fmt: skip


class Zellart(enum.Enum):
    """Kind of a cell."""

    LEER = "leer"
    ZAHL = "Zahl"
    ZEICHEN = "Zeichen"
    CODE = "Code"
    DATUM = "Datum"
    TEXT = "Text"


WERTIG = frozenset((Zellart.ZAHL, Zellart.ZEICHEN, Zellart.DATUM))
"""Kinds that stand in a data block."""


def classify(wert: Zellwert) -> Zellart:
    """Say what a cell holds. Digits with a leading zero are a code, never a number."""
    if wert is None:
        return Zellart.LEER
    if type(wert) in (int, float):  # most cells of a large sheet; a bool is not one of them
        return Zellart.ZAHL
    if isinstance(wert, bool):
        return Zellart.TEXT
    if isinstance(wert, int | float):
        return Zellart.ZAHL
    if isinstance(wert, dt.date | dt.time | dt.timedelta):
        return Zellart.DATUM
    text = wert.strip().strip("\u00a0").strip()
    if not text:
        return Zellart.LEER
    if _CODE.match(text):
        return Zellart.CODE
    if len(text) <= 20 and text.casefold() in _ZEICHEN:
        return Zellart.ZEICHEN
    if len(text) <= 30 and _ZAHL.match(text):
        return Zellart.ZAHL
    return Zellart.TEXT


def as_jahr(wert: Zellwert) -> int | None:
    """Return the year that a cell is (2023, 2023.0, "2023", "2022/23" gives 2022), else None."""
    if isinstance(wert, bool) or wert is None:
        return None
    if isinstance(wert, int | float):
        return int(wert) if wert == int(wert) and 1900 <= wert <= 2100 else None
    if isinstance(wert, str):
        treffer = re.fullmatch(r"\s*((?:19|20)\d{2})(?:[.,]0|/\d{2}|/20\d{2})?\s*\**\s*", wert)
        return int(treffer[1]) if treffer else None
    return None


def has_letters(text: str) -> bool:
    """Whether a text contains at least one letter."""
    return _BUCHSTABEN.search(text) is not None
