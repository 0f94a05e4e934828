"""What a number format shows, where that differs in meaning from the stored value.

Format codes: ECMA-376 part 1, 18.8.31 (sections, conditions, literals, percent, scaling by trailing commas).
Shown the German way (1.234,5). Runs in the child process (no attrs here).
"""

from __future__ import annotations

import operator
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_STUECKE = re.compile(r'"([^"]*)"?|\\(.)|_(?:.)|\*(?:.)|\[([^\]]*)\]|(;)|(.)', re.DOTALL)
_BEDINGUNG = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)")
_VERGLEICHE = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_DATUM = re.compile(r"[dmyhsDMYHSgGeEaA]")

_GROESSTE = 1e15
"""Beyond that Excel has no digits left to show."""

Teil = tuple[str, str]
"""("l", literal) or ("c", one character of the code)."""
Abschnitt = tuple[tuple[str, float] | None, tuple[Teil, ...]]
"""(condition or None, pieces)"""


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Abschnitt, ...]:
    abschnitte: list[Abschnitt] = []
    bedingung: tuple[str, float] | None = None
    teile: list[Teil] = []
    for treffer in _STUECKE.finditer(code):
        literal, escape, klammer, ende, zeichen = treffer.groups()
        if ende:
            abschnitte.append((bedingung, tuple(teile)))
            bedingung, teile = None, []
        elif literal is not None or escape is not None:
            teile.append(("l", literal if literal is not None else escape))
        elif klammer is not None:
            if gefunden := _BEDINGUNG.fullmatch(klammer):
                bedingung = (gefunden.group(1), float(gefunden.group(2)))
            elif klammer.startswith("$"):
                teile.append(("l", klammer[1:].partition("-")[0]))
        elif zeichen is not None:
            teile.append(("c", zeichen))
    return (*abschnitte, (bedingung, tuple(teile)))


def is_interesting(code: str) -> bool:
    """Whether a format can show something else than the stored number (no date, no General, no plain text)."""
    if not code or code.casefold() in ("general", "standard", "@"):
        return False
    zeichen = "".join(c for _, teile in _sections(code)[:1] for art, c in teile if art == "c")
    return "general" not in zeichen.casefold() and not _DATUM.search(zeichen) and "/" not in zeichen


def show_zahl(zahl: float, code: str) -> str | None:
    """Return what is shown for a stored number, or None when it means the same as the number."""
    abschnitte = _sections(code)
    gewaehlt = _choose(zahl, abschnitte) if abs(zahl) < _GROESSTE else None
    if gewaehlt is None:
        return None
    teile, mit_minus = gewaehlt
    platz = "".join(c if art == "c" else "\0" for art, c in teile)
    if "general" in platz.casefold() or _DATUM.search(platz) or "@" in platz:
        return None
    ziffern = [i for i, c in enumerate(platz) if c in "0#?"]
    if not ziffern:
        return "".join(c for _, c in teile).strip()
    prozent = platz.count("%")
    ganz, _, rest = platz[ziffern[0] : ziffern[-1] + 1].partition(".")
    skaliert = len(re.match(r",*", platz[ziffern[-1] + 1 :]).group())  # type: ignore[union-attr]  # matches always
    stellen = sum(c in "0#?" for c in rest)
    wert = Decimal(repr(abs(zahl))) * 100**prozent / 1000**skaliert
    gerundet = wert.quantize(Decimal(1).scaleb(-stellen), ROUND_HALF_UP)
    text = _digits(gerundet, ganz, rest)
    davor = "".join(c for art, c in teile[: ziffern[0]] if art == "l" or c != ",").strip("\0")
    danach = "".join(c for art, c in teile[ziffern[-1] + 1 :] if art == "l" or c != ",")
    gezeigt = f"{'-' if mit_minus and text.strip('0,.') else ''}{davor}{text}{danach}".strip()
    aufgefuellt = text.startswith("0") and abs(zahl) >= 1  # 5315000 shown as 05315000: a code
    if not (prozent or skaliert or aufgefuellt or gerundet != wert or _has_meaning(davor + danach, text)):
        return None
    return gezeigt


def _choose(zahl: float, abschnitte: tuple[Abschnitt, ...]) -> tuple[tuple[Teil, ...], bool] | None:
    """Pick the section for a value; the second part says whether a minus sign is shown in front."""
    zahlen = abschnitte[:3]
    if any(bedingung for bedingung, _ in zahlen):
        for bedingung, teile in zahlen:
            if bedingung is None or _VERGLEICHE[bedingung[0]](zahl, bedingung[1]):
                return teile, zahl < 0
        return None
    if zahl < 0 and len(zahlen) > 1:
        return zahlen[1][1], False
    if zahl == 0 and len(zahlen) > 2:
        return zahlen[2][1], False
    return zahlen[0][1], zahl < 0


def _digits(wert: Decimal, ganz: str, rest: str) -> str:
    vorn, _, hinten = f"{wert:f}".partition(".")
    if vorn == "0" and "0" not in ganz:
        vorn = ""  # "#" and "?" show no zero
    vorn = vorn.rjust(ganz.count("0"), "0")
    if "," in ganz and len(vorn) > 3:
        vorn = f"{int(vorn):,}".replace(",", ".")
    pflicht = max((i + 1 for i, c in enumerate(c for c in rest if c in "0#?") if c == "0"), default=0)
    while len(hinten) > pflicht and hinten.endswith("0"):
        hinten = hinten[:-1]
    return f"{vorn},{hinten}" if hinten else vorn


def _has_meaning(beiwerk: str, text: str) -> bool:
    """Letters, brackets and signs mean something; blanks, dashes for alignment and currency signs do not."""
    if not text:
        return True
    return any(zeichen.isalpha() or zeichen in "()*./<>≤≥~" for zeichen in beiwerk.replace("EUR", ""))
