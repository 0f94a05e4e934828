"""The one helper for text on the screen: foreign text stays text, figures look German.

Names of files, areas and people, and messages of errors may contain anything, `[/x]` and control characters included.
Textual reads markup in many widgets (trap 17), so nothing reaches a widget except through `klar`, `zelle` or `Schrift`.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Sequence
from typing import Literal

from rich.style import Style
from rich.text import Text
from textual.content import Content
from textual.widgets import Static

from sozialtool.fach.schreibweise import FEST, format_zahl
from sozialtool.fehler import ohne_praefix

Seite = Literal["left", "right", "center"]
_ZU_LEER = f"\r\n\t\v\f\x85\u2028\u2029{FEST}"


def saeubern(text: object, *, zeilen: bool = False) -> str:
    """Turn anything into printable text: control and direction characters vanish, line breaks and fixed blanks become spaces.

    Args:
        text: anything; `None` becomes "".
        zeilen: keep line breaks (paragraphs of a help text).
    """
    roh = "" if text is None else ohne_praefix(str(text))
    if roh.isascii() and roh.isprintable():
        return roh
    teile = []
    for zeichen in roh:
        if zeichen == "\n" and zeilen:
            teile.append(zeichen)
        elif zeichen in _ZU_LEER:
            teile.append(" ")
        elif unicodedata.category(zeichen) not in ("Cc", "Cf", "Cs", "Co", "Cn"):
            teile.append(zeichen)
    return "".join(teile)


def klar(text: object, stil: str = "", *, zeilen: bool = False) -> Content:
    """Make text for a widget; markup in it stays visible as text."""
    sauber = saeubern(text, zeilen=zeilen)
    return Content.styled(sauber, stil) if stil else Content(sauber)


def zelle(text: object, stil: Style | str = "", seite: Seite = "left") -> Text:
    """Make text for a cell of a table; markup in it stays visible as text, never wrapped."""
    return Text(saeubern(text), style=stil, justify=seite, no_wrap=True, overflow="ellipsis", end="")


UMBRUCH = Content("\n")
"""A line break between texts; one inside a foreign text becomes a space."""


def satz(*teile: str | Content | tuple[object, str]) -> Content:
    """Join texts and (text, style) pairs to one line; none of them is read as markup."""
    return Content.assemble(
        *(klar(*teil) if isinstance(teil, tuple) else klar(teil) if isinstance(teil, str) else teil for teil in teile)
    )


class Schrift(Static):
    """Text on the screen, never read as markup."""

    def __init__(self, text: object = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        inhalt = text if isinstance(text, Content) else klar(text, zeilen=True)
        super().__init__(inhalt, markup=False, id=id, classes=classes)

    def schreibe(self, text: object) -> None:
        """Replace the text."""
        self.update(text if isinstance(text, Content) else klar(text, zeilen=True))


def zahl(wert: float | None, stellen: int = 0, leer: str = "") -> str:
    """Write a number as German offices do: 38.214 or 16,8."""
    return format_zahl(wert, stellen, leer=leer)


def kuerzen(text: object, breite: int) -> str:
    """Cut to a number of cells; "…" marks the cut."""
    from rich.cells import cell_len, set_cell_size

    sauber = saeubern(text)
    if cell_len(sauber) <= breite:
        return sauber
    return set_cell_size(sauber, max(breite - 1, 0)).rstrip() + "…" if breite > 0 else ""


def schmale_zeichen() -> bool:
    """Whether the terminal shows only the characters of code page 437 (the classic Windows console, trap 24).

    `SOZIALTOOL_ZEICHEN=einfach` or `=voll` overrules the guess.
    """
    wunsch = os.environ.get("SOZIALTOOL_ZEICHEN", "")
    if wunsch in ("einfach", "voll"):
        return wunsch == "einfach"
    return sys.platform == "win32" and "WT_SESSION" not in os.environ


def verlaufszeile(werte: Sequence[float | None], *, einfach: bool | None = None) -> str:
    """Draw a series as a line of blocks; a missing value is a gap.

    Args:
        werte: the series, oldest first.
        einfach: use only `_▄█`, which every console font has; None: find out.
    """
    stufen = "_▄█" if (schmale_zeichen() if einfach is None else einfach) else "▁▂▃▄▅▆▇█"
    da = [wert for wert in werte if wert is not None]
    if not da:
        return ""
    unten, spanne = min(da), max(da) - min(da)

    def stufe(wert: float) -> str:
        anteil = 0.5 if spanne == 0 else (wert - unten) / spanne
        return stufen[min(int(anteil * len(stufen)), len(stufen) - 1)]

    return "".join(" " if wert is None else stufe(wert) for wert in werte)
