"""Intervals of areas as lines of characters that every console font has (trap 24). No widget."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from sozialtool.fach.auswertung import Auswertung, Bezugsart, Gebietsauswertung
from sozialtool.tui.teile.bild import nice_ticks
from sozialtool.tui.text import zahl

PUNKT, ENG, WEIT, STADT = "●", "═", "─", "│"
BUCHSTABEN = "abcdef"
"""Marks of the values from outside, in their order."""


@attrs.frozen
class Skala:
    """Where values lie on so many cells."""

    von: float
    bis: float
    breite: int

    def platz(self, wert: float) -> int:
        """Cell of a value, at the edge for one beyond it."""
        anteil = (wert - self.von) / (self.bis - self.von)
        return max(0, min(self.breite - 1, round(anteil * (self.breite - 1))))


def build_skala(auswertung: Auswertung, breite: int) -> Skala:
    """From zero (or the lowest value below it) to above the highest 95 % limit, in round steps."""
    werte = [wert for _, wert in auswertung.bezuege]
    for zeile in auswertung.gebiete if has_stadt(auswertung) else auswertung.gebiete[1:]:
        k = zeile.kennzahl
        if k is not None and not zeile.gebiet.ist_rest:
            werte += [wert for wert in (k.wert, k.unten, k.oben) if wert is not None]
    striche = nice_ticks(werte)
    return Skala(striche[0], striche[-1], max(breite, 8))


def has_stadt(auswertung: Auswertung) -> bool:
    """Whether areas are compared with the town: a count of the town is the sum of its areas and beyond every scale."""
    return any(zeile.gegen(Bezugsart.STADT) is not None for zeile in auswertung.gebiete)


def achse(skala: Skala) -> str:
    """Figures of the axis above the lines; each ends or begins at its place, none covers another."""
    feld = [" "] * skala.breite
    striche = nice_ticks([skala.von, skala.bis])
    stellen = 0 if all(float(strich).is_integer() for strich in striche) else 1
    frei = -1
    for strich in striche:
        text = zahl(strich, stellen)
        ab = min(max(skala.platz(strich) - len(text) // 2, 0), skala.breite - len(text))
        if ab > frei:
            feld[ab : ab + len(text)] = text
            frei = ab + len(text)
    return "".join(feld)


def linie(zeile: Gebietsauswertung, stadt: float | None, bezuege: Sequence[tuple[str, float]], skala: Skala) -> str:
    """One area: ──══●══── for 99.8 and 95 %, │ for the town, letters for values from outside, below the own marks."""
    feld = [" "] * skala.breite
    for (_, wert), buchstabe in zip(bezuege, BUCHSTABEN, strict=False):
        feld[skala.platz(wert)] = buchstabe
    if stadt is not None:
        feld[skala.platz(stadt)] = STADT
    k = zeile.kennzahl
    if k is None or k.wert is None:
        return "".join(feld)
    spannen = [(zeile.sicher, WEIT), ((k.unten, k.oben), ENG)]
    for spanne, zeichen in spannen:
        if spanne is None or spanne[0] is None or spanne[1] is None:
            continue
        for platz in range(skala.platz(spanne[0]), skala.platz(spanne[1]) + 1):
            # The line of the town stays visible through a span: whether it is inside is what the reader looks for.
            if feld[platz] in (" ", WEIT, ENG):
                feld[platz] = zeichen
            elif feld[platz] == STADT:
                feld[platz] = {WEIT: "┼", ENG: "╪"}[zeichen]
            elif feld[platz] == "┼":
                feld[platz] = "╪"
    feld[skala.platz(k.wert)] = PUNKT
    return "".join(feld)


def legende(auswertung: Auswertung) -> str:
    """Explain the marks."""
    stellen = auswertung.indikator.nachkommastellen
    stadt = auswertung.gebiete[0]
    teile = [f"{PUNKT} Wert  {ENG}{ENG} 95 %  {WEIT}{WEIT} 99,8 %"]
    if has_stadt(auswertung) and stadt.kennzahl is not None and stadt.kennzahl.wert is not None:
        teile.append(f"{STADT} {stadt.gebiet.name} {zahl(stadt.kennzahl.wert, stellen)}")
    teile += [
        f"{buchstabe} {name} {zahl(wert, stellen)}"
        for (name, wert), buchstabe in zip(auswertung.bezuege, BUCHSTABEN, strict=False)
    ]
    return "   ".join(teile)
