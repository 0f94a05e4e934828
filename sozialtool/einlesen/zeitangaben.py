"""Dates, years and periods in cells, titles and file names."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sozialtool.einlesen.rohblatt import Zellwert

FRUEHESTES_JAHR = 1900
SPAETESTES_JAHR = 2100

_MONATE = {
    "januar": 1, "jänner": 1, "jan": 1, "februar": 2, "feb": 2, "märz": 3, "maerz": 3, "mrz": 3, "mär": 3,
    "april": 4, "apr": 4, "mai": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8,
    "september": 9, "sept": 9, "sep": 9, "oktober": 10, "okt": 10, "november": 11, "nov": 11, "dezember": 12, "dez": 12,
}  # fmt: skip
_ROEMISCH = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_M = "(" + "|".join(sorted(_MONATE, key=len, reverse=True)) + r")\.?"
_J = r"((?:19|20)\d\d)"
_A, _E = r"(?<![\d.,])", r"(?!\d|[.,]\d)"


class Zeitangabe(NamedTuple):
    """A date or period.

    `stand` is the day or the last day of the period; `jahre` its length in years (0: a day, month or quarter);
    `genauigkeit` is one of tag, monat, quartal, schuljahr, zeitraum, jahr.
    """

    stand: dt.date
    jahre: int
    genauigkeit: str


def _day(jahr: int, monat: int, tag: int) -> Zeitangabe | None:
    jahr = jahr if jahr >= 100 else (2000 if jahr < 70 else 1900) + jahr
    if not FRUEHESTES_JAHR <= jahr <= SPAETESTES_JAHR:
        return None
    try:
        return Zeitangabe(dt.date(jahr, monat, tag), 0, "tag")
    except ValueError:
        return None


def _month(jahr: int, monat: int, genauigkeit: str = "monat") -> Zeitangabe | None:
    if not 1 <= monat <= 12:
        return None
    jahr = jahr if jahr >= 100 else 2000 + jahr
    return Zeitangabe(dt.date(jahr, monat, calendar.monthrange(jahr, monat)[1]), 0, genauigkeit)


def _span(von: int, bis: int) -> Zeitangabe | None:
    bis = bis if bis >= 100 else von // 100 * 100 + bis
    jahre = bis - von + 1
    return Zeitangabe(dt.date(bis, 12, 31), jahre, "zeitraum") if 1 < jahre <= 30 else None


def _school(von: int, bis: int) -> Zeitangabe | None:
    """School years end on 31 July (SchulG NRW section 7)."""
    von = von if von >= 100 else 2000 + von
    bis = bis if bis >= 100 else von // 100 * 100 + bis
    return Zeitangabe(dt.date(bis, 7, 31), 1, "schuljahr") if bis == von + 1 else None


def _year(jahr: int) -> Zeitangabe:
    return Zeitangabe(dt.date(jahr, 12, 31), 1, "jahr")


def _quartal(text: str, jahr: int) -> Zeitangabe | None:
    nummer = _ROEMISCH.get(text.casefold()) or int(text)
    return _month(jahr, nummer * 3, "quartal")


_MUSTER: tuple[tuple[re.Pattern[str], Callable[..., Zeitangabe | None]], ...] = tuple(
    (re.compile(muster, re.IGNORECASE), deute)
    for muster, deute in (
        (rf"{_A}{_J}-(\d\d)-(\d\d)(?!\d)", lambda j, m, t: _day(int(j), int(m), int(t))),
        (rf"{_A}(\d\d?)\. ?(\d\d?)\. ?(\d{{4}}|\d\d)(?!\d)", lambda t, m, j: _day(int(j), int(m), int(t))),
        (rf"{_A}(\d\d?)/(\d\d?)/{_J}{_E}", lambda t, m, j: _day(int(j), int(m), int(t))),
        (rf"{_A}(\d\d?)\. ?{_M} ?{_J}{_E}", lambda t, m, j: _day(int(j), _MONATE[m.casefold()], int(t))),
        (rf"(?:jan(?:uar)?\.?) ?(?:-|bis) ?dez(?:ember)?\.? ?{_J}{_E}", lambda j: _year(int(j))),
        (rf"(?<![a-zäöü]){_M}[ _/-]*{_J}{_E}", lambda m, j: _month(int(j), _MONATE[m.casefold()])),
        (rf"(?<![a-zäöü]){_M}[ -]'?(\d\d)(?![\d.])", lambda m, j: _month(int(j), _MONATE[m.casefold()])),
        (rf"(?<![a-z\d])(iv|i{{1,3}}|[1-4])\.? ?(?:quartal|vierteljahr|quart\.|qu\.|q)[ /_-]*{_J}{_E}", lambda q, j: _quartal(q, int(j))),
        (rf"(?<![a-z])q([1-4])[ /_-]*{_J}{_E}", lambda q, j: _quartal(q, int(j))),
        (rf"{_A}{_J}[ /_-]*q([1-4])(?!\d)", lambda j, q: _quartal(q, int(j))),
        (rf"(?<![a-z])(iv|i{{1,3}})/{_J}{_E}", lambda q, j: _quartal(q, int(j))),
        (r"(?:schuljahr|sj|kita-?jahr|kindergartenjahr)[ :_]*((?:20)?\d\d) ?[/_-] ?((?:20)?\d\d)(?!\d)", lambda v, b: _school(int(v), int(b))),
        (rf"{_A}{_J} ?/ ?(\d{{4}}|\d\d)(?!\d)", lambda v, b: _school(int(v), int(b)) or (_month(int(v), int(b)) if len(b) == 2 else None)),
        (rf"{_A}{_J} ?(?:-|bis) ?{_J}{_E}", lambda v, b: _span(int(v), int(b))),
        (rf"{_A}{_J}-(0[1-9]|1[0-2])(?![\d-])", lambda j, m: _month(int(j), int(m))),
        (rf"{_A}{_J}-(\d\d)(?![\d-])", lambda v, b: _span(int(v), int(b))),
        (rf"{_A}(0?[1-9]|1[0-2])[/.] ?{_J}{_E}", lambda m, j: _month(int(j), int(m))),
        (r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)", lambda j, m, t: _day(int(j), int(m), int(t))),
        (r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(?!\d)", lambda j, m: _month(int(j), int(m))),
        (rf"{_A}{_J}{_E}", lambda j: _year(int(j))),
    )
)  # fmt: skip
_STRICHE = str.maketrans({"–": "-", "—": "-", "−": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
_NEBENSACHE = re.compile(
    r"(?:gebietsstand|gebietsstands|erstellt|erstellungsdatum|gedruckt|ausdruck|abruf|abgerufen|veröffentlicht)\W{0,3}(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_VORSATZ = re.compile(r"^(?:jahr|stand|stichtag|zum|am|ende|per)\W{0,2} ?", re.IGNORECASE)
_ANHANG = re.compile(r"(?: *[¹²³⁴⁵⁶⁷⁸⁹⁰]+\)?| *\*{1,3}\)?| +\d\)| ?[prs])$")


def find_zeitangaben(text: str) -> list[tuple[int, Zeitangabe]]:
    """Find all dates and periods in a text, as (position, Zeitangabe), from left to right, without overlap."""
    rein = text[:2000].translate(_STRICHE)
    belegt: list[tuple[int, int]] = []
    funde: list[tuple[int, Zeitangabe]] = []
    for von, bis, angabe in _all(rein):
        if all(bis <= a or von >= b for a, b in belegt):
            belegt.append((von, bis))
            funde.append((von, angabe))
    return sorted(funde)


def _all(text: str) -> Iterator[tuple[int, int, Zeitangabe]]:
    for muster, deute in _MUSTER:
        for treffer in muster.finditer(text):
            angabe = deute(*treffer.groups())
            if angabe is not None:
                yield treffer.start(), treffer.end(), angabe


def parse_stand(wert: Zellwert) -> Zeitangabe | None:
    """Find the date that a cell, title or file name speaks of; None when there is none.

    Of several the first counts; the date of the area version or of printing only when there is no other.
    """
    if not isinstance(wert, str):
        return parse_jahr(wert)
    funde = find_zeitangaben(wert)
    if not funde:
        return None
    rein = wert.translate(_STRICHE)
    haupt = [angabe for von, angabe in funde if not _NEBENSACHE.search(rein[:von])]
    return haupt[0] if haupt else funde[0][1]


def parse_jahr(wert: Zellwert) -> Zeitangabe | None:
    """Read a cell that is nothing but a date or period ("2023", 2023.0, "31.12.2023", "2022/23", "2023 1)")."""
    if isinstance(wert, dt.datetime):
        return Zeitangabe(wert.date(), 0, "tag")
    if isinstance(wert, dt.date):
        return Zeitangabe(wert, 0, "tag")
    if isinstance(wert, bool) or wert is None or isinstance(wert, (dt.time, dt.timedelta)):
        return None
    if isinstance(wert, (int, float)):
        ganz = wert == wert // 1 and FRUEHESTES_JAHR <= wert <= SPAETESTES_JAHR
        return _year(int(wert)) if ganz else None
    rein = _VORSATZ.sub("", wert.translate(_STRICHE).strip())
    for kandidat in (rein, _ANHANG.sub("", rein)):
        for muster, deute in _MUSTER:
            treffer = muster.fullmatch(kandidat)
            angabe = deute(*treffer.groups()) if treffer else None
            if angabe is not None:
                return angabe
    return None
