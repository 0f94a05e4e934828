"""Totals and subtotals among the rows of a found table: told by words and confirmed by arithmetic."""

from __future__ import annotations

import re

import attrs

from sozialtool.einlesen.fund import Fundzeile, Zeilenart
from sozialtool.einlesen.rohblatt import Rohblatt, Zellwert
from sozialtool.einlesen.texte import norm
from sozialtool.einlesen.zahltext import normalize, read_zahl, split_zahl
from sozialtool.einlesen.zellart import has_letters

_STARK = re.compile(
    r"^(?:gesamt|insgesamt|zusammen|summe|total|gesamtergebnis|gesamtsumme|zwischensumme|gesamtstadt|stadtgebiet)\b"
    r"|\b(?:gesamt|insgesamt|zusammen|summe)$"
)
_SCHWACH = re.compile(r"^(?:stadt|kreis|gemeinde|land|bund|kommune)\b")
_ZWISCHEN = re.compile(r"\b(?:zwischensumme|zusammen|summe)\b")


@attrs.define
class _Laufend:
    """Running sums of rows, column by column; a column with an unknown figure has no sum."""

    anzahl: int = 0
    summen: list[float | None] = attrs.field(factory=list)

    def add(self, werte: list[float | None]) -> None:
        """Add a row."""
        if not self.anzahl:
            self.summen = list(werte)
        else:
            self.summen = [None if a is None or b is None else a + b for a, b in zip(self.summen, werte, strict=True)]
        self.anzahl += 1

    def gives(self, ganzes: list[float | None], *, ohne_wort: bool) -> bool:
        """Whether a row is the sum of the rows so far in every column where all figures are known (at least one).

        Without a word that says so, the sum must not be an accident: three parts, one figure above 20.
        """
        if self.anzahl < (3 if ohne_wort else 2):
            return False
        paare = [(s, g) for s, g in zip(self.summen, ganzes, strict=True) if s is not None and g is not None]
        if not paare or (ohne_wort and max(abs(g) for _, g in paare) <= 20):
            return False
        return all(abs(s - g) <= 1e-6 * max(1.0, abs(g)) for s, g in paare)


def mark_totals(blatt: Rohblatt, zeilen: list[Fundzeile], wertspalten: list[int]) -> list[Fundzeile]:
    """Set the kind of total and subtotal rows.

    A strong word (insgesamt, Summe, zusammen, gesamt …) is enough; a weak one (Stadt, Kreis) and a row without any
    such word need the arithmetic: the sum of the rows before it (or, on top, after it) in every column.
    """
    daten = [i for i, z in enumerate(zeilen) if z.art is Zeilenart.DATEN]
    ergebnis = list(zeilen)
    offen, alle = _Laufend(), _Laufend()
    for i in daten:
        zeile, werte = zeilen[i], _numbers(blatt, zeilen[i].nummer, wertspalten)
        stark = any(is_total_word(teil) for teil in zeile.texte if teil)
        beschriftung = " ".join(zeile.texte)
        # Tens of thousands of rows with nothing but a code: no word, nothing to normalise.
        text = norm(beschriftung) if has_letters(beschriftung) else ""
        ohne_wort = not stark and not _SCHWACH.search(text)
        letzte = i == daten[-1]
        ganz = letzte and alle.anzahl > offen.anzahl and alle.gives(werte, ohne_wort=ohne_wort)
        teil = offen.gives(werte, ohne_wort=ohne_wort)
        if stark or ganz or teil:
            zwischen = teil or _ZWISCHEN.search(text)
            summe = letzte or ganz or not zwischen
            ergebnis[i] = attrs.evolve(zeile, art=Zeilenart.SUMME if summe else Zeilenart.ZWISCHENSUMME)
            offen = _Laufend()
        else:
            offen.add(werte)
            alle.add(werte)
    return _mark_top(blatt, ergebnis, daten, wertspalten)


def _mark_top(blatt: Rohblatt, zeilen: list[Fundzeile], daten: list[int], wertspalten: list[int]) -> list[Fundzeile]:
    """A total may stand first, above its parts."""
    if len(daten) < 4 or zeilen[daten[0]].art is not Zeilenart.DATEN:
        return zeilen
    rest = _Laufend()
    for i in daten[1:]:
        if zeilen[i].art is Zeilenart.DATEN:
            rest.add(_numbers(blatt, zeilen[i].nummer, wertspalten))
    if rest.gives(_numbers(blatt, zeilen[daten[0]].nummer, wertspalten), ohne_wort=True):
        zeilen[daten[0]] = attrs.evolve(zeilen[daten[0]], art=Zeilenart.SUMME)
    return zeilen


def is_total_word(text: str) -> bool:
    """Whether a label is nothing but a word for a total."""
    return len(text) <= 60 and has_letters(text) and bool(_STARK.search(norm(text)))


def _numbers(blatt: Rohblatt, zeile: int, spalten: list[int]) -> list[float | None]:
    werte = blatt.zeilen[zeile]
    return [rough_number(werte[s]) for s in spalten]


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
