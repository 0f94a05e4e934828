"""How wide a text is in print, and where its lines break, before any program has drawn it.

Widths are the advance widths of Liberation Sans, which equal those of Arial and Helvetica (1/1000 of the font size).
"""

from __future__ import annotations

import functools
import re

from sozialtool.fach.schreibweise import FEST

_BREITEN = {
    191: "'", 222: "ijl‚‘’", 260: "|", 278: " !,./:;I[\\]ft·\u00a0\u202f", 333: "()-`r„“”²{}", 350: "•", 355: '"',
    389: "*", 400: "°", 469: "^", 500: "Jcksvxyz", 549: "≥≤±≠", 556: "#$0123456789?L_abdeghnopquäöü–€§",
    584: "+<=>~×", 604: "●", 611: "FTZß", 667: "&ABEKPSVXYÄ", 722: "CDHNRUwÜ", 778: "GOQÖ", 833: "Mm½", 889: "%",
    944: "W", 990: "▲▼", 1000: "—…", 1015: "@",
}  # fmt: skip


class _Breiten(dict[str, int]):
    """Width of a character; one that is not listed is as wide as a large letter."""

    def __missing__(self, zeichen: str) -> int:
        return 700


_breite_of = _Breiten({zeichen: breite for breite, gruppe in _BREITEN.items() for zeichen in gruppe}).__getitem__
_FETT = 1.08
_WEISS = re.compile(r"[^\S\u00a0]+")
"""Where a line may be broken."""
_PIXEL_JE_PUNKT = 96 / 72


def breite(text: str, groesse: float, *, fett: bool = False) -> float:
    """Return the width of a text in pixels at 96 dpi; `groesse` in points."""
    return sum(map(_breite_of, text)) / 1000 * groesse * _PIXEL_JE_PUNKT * (_FETT if fett else 1.0)


@functools.lru_cache(maxsize=4096)
def umbrechen(text: str, platz: float, groesse: float, *, fett: bool = False) -> tuple[str, ...]:
    """Break a text into lines of at most `platz` pixels; at least one line. Words too long are cut."""
    zeilen: list[str] = []
    for absatz in text.split("\n"):
        zeile = ""
        for wort in absatz.split() if FEST not in absatz else _WEISS.split(absatz.strip()):
            versuch = f"{zeile} {wort}" if zeile else wort
            if breite(versuch, groesse, fett=fett) <= platz:
                zeile = versuch
                continue
            if zeile:
                zeilen.append(zeile)
            zeile = wort
            while breite(zeile, groesse, fett=fett) > platz and len(zeile) > 1:
                schnitt = _cut(zeile, platz, groesse, fett=fett)
                zeilen.append(zeile[:schnitt])
                zeile = zeile[schnitt:]
        zeilen.append(zeile)
    return tuple(zeilen)


def _cut(wort: str, platz: float, groesse: float, *, fett: bool) -> int:
    """Return how many characters of a word fit (at least one), behind a hyphen where there is one."""
    ende = len(wort) - 1
    while ende > 1 and breite(wort[:ende], groesse, fett=fett) > platz:
        ende -= 1
    strich = wort.rfind("-", 0, ende) + 1
    return strich if strich > ende // 2 else ende
