"""Totals and subtotals among the rows of a found table: told by words and confirmed by arithmetic."""

from __future__ import annotations

import re

import attrs

from sozialtool.einlesen.fund import Fundzeile, Zeilenart
from sozialtool.einlesen.rohblatt import Rohblatt, Zellwert
from sozialtool.einlesen.texte import norm
from sozialtool.einlesen.zahltext import normalize, read_zahl, split_zahl

_STARK = re.compile(
    r"^(?:gesamt|insgesamt|zusammen|summe|total|gesamtergebnis|gesamtsumme|zwischensumme|gesamtstadt|stadtgebiet)\b"
    r"|\b(?:gesamt|insgesamt|zusammen|summe)$"
)
_SCHWACH = re.compile(r"^(?:stadt|kreis|gemeinde|land|bund|kommune)\b")
_ZWISCHEN = re.compile(r"\b(?:zwischensumme|zusammen|summe)\b")


def mark_totals(blatt: Rohblatt, zeilen: list[Fundzeile], wertspalten: list[int]) -> list[Fundzeile]:
    """Set the kind of total and subtotal rows.

    A strong word (insgesamt, Summe, zusammen, gesamt …) is enough; a weak one (Stadt, Kreis) and a row without any
    such word need the arithmetic: the sum of the rows before it (or, on top, after it) in every column.
    """
    werte = {z.nummer: _numbers(blatt, z.nummer, wertspalten) for z in zeilen if z.art is Zeilenart.DATEN}
    daten = [i for i, z in enumerate(zeilen) if z.art is Zeilenart.DATEN]
    ergebnis = list(zeilen)
    offen: list[int] = []
    for stelle, i in enumerate(daten):
        zeile = zeilen[i]
        text = norm(" ".join(zeile.texte))
        stark = any(len(teil) <= 60 and _STARK.search(norm(teil)) for teil in zeile.texte if teil)
        schwach = bool(_SCHWACH.search(text))
        letzte = stelle == len(daten) - 1
        teile = [werte[zeilen[j].nummer] for j in offen]
        alle = [werte[zeilen[j].nummer] for j in daten[:stelle] if ergebnis[j].art is Zeilenart.DATEN]
        ganz = letzte and len(alle) > len(teile) and is_sum(werte[zeile.nummer], alle)
        teil = is_sum(werte[zeile.nummer], teile)
        if stark or ((teil or ganz) and (schwach or _convincing(werte[zeile.nummer], alle if ganz else teile))):
            summe = letzte or ganz or not (teil or _ZWISCHEN.search(text)) or len(alle) == len(teile) == 0
            art = Zeilenart.SUMME if summe else Zeilenart.ZWISCHENSUMME
            ergebnis[i] = attrs.evolve(zeile, art=art)
            offen = []
        else:
            offen.append(i)
    return _mark_top(ergebnis, daten, werte)


def _mark_top(zeilen: list[Fundzeile], daten: list[int], werte: dict[int, list[float | None]]) -> list[Fundzeile]:
    """A total may stand first, above its parts."""
    if len(daten) < 3 or zeilen[daten[0]].art is not Zeilenart.DATEN:
        return zeilen
    erste = zeilen[daten[0]]
    rest = [werte[zeilen[i].nummer] for i in daten[1:] if zeilen[i].art is Zeilenart.DATEN]
    if is_sum(werte[erste.nummer], rest) and _convincing(werte[erste.nummer], rest):
        zeilen[daten[0]] = attrs.evolve(erste, art=Zeilenart.SUMME)
    return zeilen


def is_sum(ganzes: list[float | None], teile: list[list[float | None]]) -> bool:
    """Whether a row is the sum of other rows in every column where all of them are known (at least one)."""
    if len(teile) < 2:
        return False
    verglichen = 0
    for s, gesamt in enumerate(ganzes):
        spalte = [teil[s] for teil in teile]
        if gesamt is None or any(wert is None for wert in spalte):
            continue
        if abs(sum(wert for wert in spalte if wert is not None) - gesamt) > 1e-6 * max(1.0, abs(gesamt)):
            return False
        verglichen += 1
    return verglichen > 0


def _convincing(ganzes: list[float | None], teile: list[list[float | None]]) -> bool:
    """Without a word the sum must not be an accident: three parts, at least one figure above 20."""
    groesste = max((abs(wert) for wert in ganzes if wert is not None), default=0.0)
    return len(teile) >= 3 and groesste > 20


def is_total_word(text: str) -> bool:
    """Whether a label is nothing but a word for a total."""
    return len(text) <= 60 and bool(_STARK.search(norm(text)))


def _numbers(blatt: Rohblatt, zeile: int, spalten: list[int]) -> list[float | None]:
    return [rough_number(blatt.wert(zeile, s)) for s in spalten]


def rough_number(wert: Zellwert) -> float | None:
    """Read a figure for arithmetic tests only; "-" is 0, every other sign None."""
    if isinstance(wert, bool) or wert is None:
        return None
    if isinstance(wert, int | float):
        return float(wert)
    if not isinstance(wert, str):
        return None
    text = normalize(wert)
    if text == "-":
        return 0.0
    teile = split_zahl(text) if len(text) <= 30 else None
    if teile is None or teile.vergleich:
        return None
    try:
        return read_zahl(teile.kern)[0]
    except ValueError:
        return None
