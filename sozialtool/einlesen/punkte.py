"""Whether "1.234" in a column of text numbers is 1234 or 1,234. What decides is told to the planner; what nothing decides is asked.

Evidence, the strongest first: the digits of the column, its totals, the values of last year, and that a count of people
has no decimals (fach/regeln.md section 1: "decide per column, show the decision").
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence

import attrs

from sozialtool.einlesen.fund import Zeilenart
from sozialtool.einlesen.rohblatt import Zellwert
from sozialtool.einlesen.zahlen import parse_zelle
from sozialtool.einlesen.zahltext import Entscheidung, decide_tausenderpunkt
from sozialtool.fach.messwert import Merkmalart


@attrs.frozen
class Punktzelle:
    """A cell of the column: its row, content, kind of row, kind of Merkmal, and the newest stored value (None: none)."""

    zeile: int
    wert: Zellwert
    art: Zeilenart
    merkmalart: Merkmalart | None
    frueher: float | None


@attrs.frozen
class Punkt:
    """The decision about one column, and the first cell that it concerns (-1: none); `offen`: only the planner can say."""

    tausender: bool | None
    grund: str = ""
    zeile: int = -1
    text: str = ""
    offen: bool = False


def decide_punkt(zellen: Sequence[Punktzelle]) -> Punkt:
    """Decide what the point means in the cells of one column."""
    if not any(isinstance(z.wert, str) and "." in z.wert for z in zellen):
        return Punkt(None)
    ziffern = decide_tausenderpunkt(z.wert for z in zellen)
    zweifel = [z for z in zellen if isinstance(z.wert, str) and _doubtful(z.wert)]
    if not zweifel:
        return Punkt(ziffern.tausender)
    erste = zweifel[0]
    if ziffern.sicher and ziffern.tausender is not None:
        summe = _by_total(zellen, zweifel, ziffern)
        if summe is None or summe[0] == ziffern.tausender:
            return Punkt(ziffern.tausender)
    for frage in _BELEGE:
        antwort = frage(zellen, zweifel, ziffern)
        if antwort is not None:
            return Punkt(antwort[0], antwort[1], erste.zeile, str(erste.wert).strip())
    return Punkt(None, ziffern.grund, erste.zeile, str(erste.wert).strip(), offen=True)


def _doubtful(text: str) -> bool:
    """Whether the point alone decides what the text means: both readings give a number, and two different ones."""
    mit, ohne = parse_zelle(text, tausenderpunkt=True), parse_zelle(text, tausenderpunkt=False)
    return mit.wert is not None and ohne.wert is not None and mit.wert != ohne.wert


_Antwort = tuple[bool, str] | None


def _by_total(zellen: Sequence[Punktzelle], zweifel: Sequence[Punktzelle], ziffern: Entscheidung) -> _Antwort:
    """The parts add up to a total of the column in one reading only."""
    _ = zweifel, ziffern
    stimmt = {tausender: _adds_up(zellen, tausender) for tausender in (True, False)}
    if stimmt[True] == stimmt[False]:
        return None
    return stimmt[True], "nur so ergeben die Teile die angegebene Summe"


def _adds_up(zellen: Sequence[Punktzelle], tausender: bool) -> bool:
    teile: list[float] = []
    for zelle in zellen:
        wert = parse_zelle(zelle.wert, tausenderpunkt=tausender).wert
        if zelle.art is Zeilenart.DATEN:
            teile.append(math.nan if wert is None else wert)
        elif zelle.art is Zeilenart.SUMME and wert is not None and len(teile) >= 2:
            return abs(sum(teile) - wert) <= 1e-6 * max(1.0, abs(wert))
    return False


def _by_last_year(zellen: Sequence[Punktzelle], zweifel: Sequence[Punktzelle], ziffern: Entscheidung) -> _Antwort:
    """The values of last year lie near one reading and a hundred times off the other."""
    _ = zellen, ziffern
    abstand: dict[bool, float] = {}
    for tausender in (True, False):
        verhaeltnisse = [
            abs(math.log10(wert / z.frueher)) for z in zweifel
            if z.frueher and z.frueher > 0 and (wert := parse_zelle(z.wert, tausenderpunkt=tausender).wert or 0.0) > 0
        ]  # fmt: skip
        if not verhaeltnisse:
            return None
        abstand[tausender] = statistics.median(verhaeltnisse)
    naeher = abstand[True] < abstand[False]
    if abstand[naeher] > 0.5 or abstand[not naeher] < 2:
        return None
    return naeher, "so passt es zu den Werten des Vorjahrs"


def _by_digits(zellen: Sequence[Punktzelle], zweifel: Sequence[Punktzelle], ziffern: Entscheidung) -> _Antwort:
    """Several different figures, all with exactly three digits behind the point."""
    _ = zellen, zweifel
    return (
        (ziffern.tausender, "nach dem Punkt stehen immer genau drei Ziffern") if ziffern.tausender is not None else None
    )


def _by_count(zellen: Sequence[Punktzelle], zweifel: Sequence[Punktzelle], ziffern: Entscheidung) -> _Antwort:
    """A count of people has no decimals."""
    _ = zellen, ziffern
    if all(z.merkmalart is Merkmalart.ANZAHL for z in zweifel):
        return True, "eine Anzahl hat keine Dezimalstellen"
    return None


_BELEGE: tuple[Callable[[Sequence[Punktzelle], Sequence[Punktzelle], Entscheidung], _Antwort], ...] = (
    _by_total,
    _by_last_year,
    _by_digits,
    _by_count,
)
