"""How a number is rounded and written, the same on the screen, in a command and in the workbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

_DEUTSCH = str.maketrans(",.-", ".,−")

LAGE_ZEICHEN = {2: "▲▲", 1: "▲", 0: "●", -1: "▼", -2: "▼▼"}
"""Sign of a position against the city; the sign carries the meaning, colour only helps."""
LAGE_WORT = {2: "deutlich höher", 1: "höher", 0: "im Rahmen des Zufalls", -1: "niedriger", -2: "deutlich niedriger"}
"""The same in words; the direction is above or below, not good or bad."""
LAGE_TEXT = {lage: f"{zeichen} {LAGE_WORT[lage]}" for lage, zeichen in LAGE_ZEICHEN.items()}
"""Sign and word together."""


FEST = "\u00a0"
"""A space at which no line is broken."""
_MONATE = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_EINHEITEN = r"Euro|EUR|Cent|Mio\.|Mrd\.|Tsd\.|km²?|m²?|ha|Min\.|Minuten?|Stunden?|Uhr|Prozent|Prozentpunkten?|Jahren?|Personen|Person"
_VOR_ZAHL = (
    r"Abs\.|Nr\.|Art\.|Kap\.|Abb\.|Tab\.|Ziff\.|§§?|Absatz|Seite|Tabelle|Abbildung|Anlage|Drucksache|Rang|je|[<>≤≥±]"
)
_LUECKE = re.compile(
    r" (?=[%‰€])|(?<=[\dprs)]) (?=[▲▼●])|(?<=[▲▼●•]) (?=[^\W\d])"
    rf"|(?<=[\d)]) (?=(?:{_EINHEITEN})(?!\w))"
    rf"|(?<=\d\.) (?=(?:{_MONATE})\b)"
    r"|(?<=\bMio\.|\bMrd\.|\bTsd\.) (?=Euro\b|€)"
    r"|(?<=\bSGB) (?=[IVX]+\b)"
    r"|(?<=\b[A-Za-z]\.) (?=[A-Za-z]{1,2}\.)"
)
_DAVOR = re.compile(rf"(?<!\w)({_VOR_ZAHL}) (?=\d)|(?<![{{\w])([A-Z]\d\d[a-z]?) (?=[^\W\d]{{1,12}}\b)")


def binde(text: str) -> str:
    """Put a space that breaks no line where number and unit, day and month, "Abs." and its number, a Kennung and its name meet.

    Every space stays one character, so places in the text stay the same; where spaces are fixed: DIN 5008. A place in braces is left as it is.
    """
    return _DAVOR.sub(lambda treffer: f"{treffer[0][:-1]}{FEST}", _LUECKE.sub(FEST, text))


def runde(wert: float, stellen: int) -> float:
    """Round half away from zero as DIN 1333 and Excel do; hidden decimals must not leave the house.

    The value is taken with 15 significant digits, like in Excel, so that 0.285 × 100 rounds to 28.5 and not to 28.4.
    """
    if round(wert, stellen) == wert:  # released figures are rounded already: the usual case
        return wert + 0.0  # no negative zero
    from decimal import ROUND_HALF_UP, Decimal  # seldom needed: the start of every command is spared it

    schritt = Decimal(1).scaleb(-stellen)
    return float(Decimal(f"{wert:.15g}").quantize(schritt, rounding=ROUND_HALF_UP)) + 0.0


def format_zahl(wert: float | None, stellen: int = 0, *, plus: bool = False, leer: str = "") -> str:
    """Write a number as German offices do: 38.214 or −1.234,5; `leer` stands for None, `plus` shows the sign of a gain."""
    if wert is None:
        return leer
    gerundet = runde(wert, stellen)
    vorzeichen = "+" if plus and gerundet else ""
    return f"{gerundet:{vorzeichen},.{stellen}f}".translate(_DEUTSCH)


def format_anzahl(anzahl: int, eins: str = "Person", viele: str = "Personen") -> str:
    """Write how many with the right noun: "1 Person", "1.204 Personen", "0 Personen"."""
    return f"{format_zahl(anzahl)} {eins if anzahl == 1 else viele}"


def format_dauer(beginn: dt.date | None, ende: dt.date | None) -> str:
    """Write from when to when something lasts; without an end it is meant to stay: "ab 01.10.2024, auf Dauer"."""
    if ende is None:
        return f"ab {beginn:%d.%m.%Y}, auf Dauer" if beginn else "Beginn offen, auf Dauer"
    return f"{beginn:%d.%m.%Y} bis {ende:%d.%m.%Y}" if beginn else f"bis {ende:%d.%m.%Y}"


def end_satz(text: str) -> str:
    """End words that may be a whole sentence of somebody's with one full stop: "Neu: Raum 3" and "Es gilt.", as commands and screens say it."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def norm_wort(text: str) -> str:
    """Return words as they are compared, whatever blanks and case somebody typed: " Mit  Kindern" is "mit kindern"."""
    return " ".join(text.split()).casefold()


def name_einige(namen: Sequence[str], hoechstens: int = 4, trenner: str = ", ") -> str:
    """List names in a sentence; of those beyond `hoechstens` only how many: "A, B und 2 weitere".

    A single one beyond is named, too: "1 weitere" would fit only feminine nouns, and is hardly shorter than a name.
    """
    rest = len(namen) - hoechstens
    return trenner.join(namen[:hoechstens]) + f" und {rest} weitere" if rest > 1 else trenner.join(namen)


def cut_zeilen(zeilen: Sequence[str], hoechstens: int) -> list[str]:
    """Return the first lines of a long message, and in the last one how many more there are; as in `name_einige` at least two."""
    rest = len(zeilen) - hoechstens
    return [*zeilen[:hoechstens], f"… und {rest} weitere"] if rest > 1 else list(zeilen)


def join_und(teile: Sequence[str]) -> str:
    """Write a list as people do: "A", "A und B", "A, B und C"."""
    return " und ".join(filter(None, (", ".join(teile[:-1]), *teile[-1:])))
