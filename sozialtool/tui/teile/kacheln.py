"""A map of tiles in characters: each Sozialraum a box of three lines where the planner put it. No widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.style import Style
from textual.content import Content

from sozialtool.fach.raum import Gebiet
from sozialtool.tui.text import klar, kuerzen

SCHMAL, BREIT = 7, 18
"""Cells of a tile, at least and at most; between two stands one blank."""
HOCH = 3
"""Lines of a tile; between two stands an empty one where there is room."""

Beschriftung = tuple[str, str]
"""Text of the last line, and the style of the tile in Textual's notation ("" for none)."""


def build_kachelbild(
    reihen: Sequence[Sequence[Gebiet | None]],
    beschrifte: Callable[[Gebiet | None, int, int], Beschriftung | None],
    platz: tuple[int, int],
    *,
    rand: bool = False,
) -> Content:
    """Draw the map.

    Args:
        reihen: the map row by row, None is an empty place.
        beschrifte: area (None: empty), column and row → last line and style; None leaves an empty place blank.
        platz: cells and lines there are. A map that does not fit is as small as it can be, and scrolls.
        rand: the outermost places are a margin of one cell or line.
    """
    spalten = max((len(reihe) for reihe in reihen), default=0)
    am_rand = 2 if rand else 0
    breite = max(SCHMAL, min(BREIT, (platz[0] + 1 - 2 * am_rand) // max(spalten - am_rand, 1) - 1))
    luft = (len(reihen) - am_rand) * (HOCH + 1) - 1 + am_rand <= platz[1]
    zeilen: list[Content] = []
    for y, reihe in enumerate(reihen):
        aussen = rand and y in (0, len(reihen) - 1)
        if luft and not aussen and y > am_rand // 2:
            zeilen.append(Content(""))
        hoch = 1 if aussen else HOCH
        kacheln = [
            _kachel(gebiet, beschrifte(gebiet, x, y), 1 if rand and x in (0, spalten - 1) else breite, hoch)
            for x, gebiet in enumerate(reihe)
        ]
        zeilen += [Content(" ").join([kachel[nummer] for kachel in kacheln]) for nummer in range(hoch)]
    return Content("\n").join(zeilen)


def _kachel(gebiet: Gebiet | None, beschriftung: Beschriftung | None, breite: int, hoch: int) -> list[Content]:
    if beschriftung is None:
        return [Content(" " * breite)] * hoch
    unten, stil = beschriftung
    texte = (*break_name(gebiet.name if gebiet else "", breite), unten)[-hoch:]
    return [klar(f"{kuerzen(text, breite):^{breite}}", stil) for text in texte]


def break_name(name: str, breite: int) -> tuple[str, str]:
    """Break a name into two lines: between words or behind a hyphen, where both parts fit; else it is cut."""
    if len(name) <= breite:
        return "", name
    stellen = [i for i, zeichen in enumerate(name) if zeichen in " -" and i <= breite]
    for stelle in reversed(stellen):
        links, rechts = name[: stelle + 1].rstrip(), name[stelle + 1 :].lstrip()
        if len(links) <= breite:
            return links, rechts
    return name[: breite - 1] + "-", name[breite - 1 :]


def to_stil(stil: Style, sonst: str) -> str:
    """Write a style of `themen.lage_stil` in Textual's notation; without a background the tile keeps that of `sonst`."""
    if stil.color is None:
        return sonst
    fett = "bold " if stil.bold else ""
    if stil.bgcolor is None:
        return f"{fett}{stil.color.name} {sonst[sonst.index('on ') :]}"
    return f"{fett}{stil.color.name} on {stil.bgcolor.name}"
