"""The signs of our tables in words: the legend under a table names those that occur, the Zeichenerklärung all."""

from __future__ import annotations

from collections.abc import Iterable

from sozialtool.ausgabe.formate import VERMERK_BUCHSTABE
from sozialtool.ausgabe.stil import LAGE_WORTE
from sozialtool.ausgabe.tabelle import Grund, Zahl, Zeile
from sozialtool.fach.auswertung import Gebietsauswertung, Trendmangel
from sozialtool.fach.messwert import Vermerk, Zeichen
from sozialtool.fach.schreibweise import LAGE_TEXT, LAGE_ZEICHEN

LEGENDE_LAGE = "Gegen die Stadt: " + " · ".join(LAGE_TEXT.values())
"""Legend of the position signs."""
TREND_ZEICHEN = {1: "↑", 0: "→", -1: "↓"}
"""Signs of a trend: not those of the position, which stand on the same sheet."""
TREND_WORTE = {1: "steigt", 0: "stabil", -1: "fällt"}
TREND_BEDEUTUNG = {
    1: "Der Wert steigt über die Jahre, mehr als durch Zufall",
    0: "keine Richtung über den Zufall hinaus",
    -1: "Der Wert fällt über die Jahre, mehr als durch Zufall",
}
ORT_TREND = "Spalte „Trend“"
"""Where the signs of a trend stand; a report in Word has no such column."""
LEGENDE_TREND = "Trend: ↑ und ↓ mehr als durch Zufall · → keine Richtung über den Zufall hinaus · ≠ Bruch: seit dem Bruch weniger als drei Jahre."
"""Legend of the trend signs."""


def _worte_je_symbol() -> dict[str, str]:
    """Join the meanings of reasons that share a symbol."""
    worte: dict[str, str] = {}
    for zeichen in Zeichen:
        worte[zeichen.symbol] = (
            f"{worte[zeichen.symbol]} oder {zeichen.value}" if zeichen.symbol in worte else zeichen.value
        )
    return worte


_WORTE = _worte_je_symbol()

ZEICHEN_WORTE: tuple[tuple[str, str, str], ...] = (
    *((symbol, wort, "steht statt einer Zahl") for symbol, wort in _WORTE.items()),
    *((buchstabe, vermerk.value, "steht hinter der Zahl") for vermerk, buchstabe in VERMERK_BUCHSTABE.items()),
    ("( )", Vermerk.EINGESCHRAENKT.value, "steht um die Zahl"),
    *((LAGE_ZEICHEN[lage], LAGE_WORTE[lage], "steht neben der Zahl") for lage in LAGE_ZEICHEN),
    *((TREND_ZEICHEN[richtung], bedeutung, ORT_TREND) for richtung, bedeutung in TREND_BEDEUTUNG.items()),
)
"""Sign, meaning, place."""


def write_trend(zeile: Gebietsauswertung | None) -> str:
    """Sign and word of the trend of an area, or why there is none; "" where none could be tested."""
    if zeile is None:
        return ""
    if zeile.trendmangel is not None:
        bruch = f"{Zeichen.BRUCH.symbol} " if zeile.trendmangel is Trendmangel.BRUCH else ""
        return f"{bruch}{zeile.trendmangel.value}"
    if zeile.trend is None:
        return ""
    return f"{TREND_ZEICHEN[zeile.trend.richtung]} {TREND_WORTE[zeile.trend.richtung]}"


def legende(zeilen: Iterable[Zeile]) -> str:
    """Explain the signs that occur in these rows; empty when there are none."""
    symbole: set[str] = set()
    vermerke: set[Vermerk] = set()
    mit_lage = False
    for zeile in zeilen:
        for zelle in zeile.zellen:
            if isinstance(zelle, Grund):
                symbole.add(zelle.symbol)
            elif isinstance(zelle, Zahl):
                vermerke.add(zelle.vermerk)
                mit_lage = mit_lage or zelle.lage is not None
                if zelle.strich:
                    symbole.add(Zeichen.NICHTS.symbol)
    teile = [LEGENDE_LAGE] if mit_lage else []
    worte = [f"{symbol} {wort}" for symbol, wort in _WORTE.items() if symbol in symbole]
    worte += [f"{buchstabe} {vermerk.value}" for vermerk, buchstabe in VERMERK_BUCHSTABE.items() if vermerk in vermerke]
    if Vermerk.EINGESCHRAENKT in vermerke:
        worte.append(f"( ) {Vermerk.EINGESCHRAENKT.value}")
    if worte:
        teile.append("Zeichen: " + " · ".join(worte))
    return ". ".join(teile)
