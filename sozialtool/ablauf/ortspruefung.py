"""Whether the position of a facility fits what else is written about it: inside its Sozialraum, near the town. Hints, never refusals.

A slip of the hand (two coordinates swapped between lines, a wrong digit) makes distances wrong without a word; a facility in the
neighbouring town is fine. Whether it lies in Germany at all is asked before, when the list is read.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from sozialtool.ablauf.entfernungen import Flaeche, Lageplan, Ortshinweis, climb, find_lage, read_lageplan
from sozialtool.fach.karte import Punkt
from sozialtool.fach.lage import Lage, compute_randabstand, lies_in
from sozialtool.fach.planung import Einrichtung
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.projekt import Projekt

UNSCHARF = 100.0
"""Metres by which a position may miss the outline: a house stands in the middle of its street, outlines are simplified."""


@attrs.frozen
class _Bild:
    """The drawn areas with the box around each."""

    flaechen: tuple[tuple[Flaeche, tuple[Punkt, Punkt]], ...]
    weite: float
    """Extent of the town in metres."""
    ganz: bool = False
    """Whether at least half of the areas are drawn: else the extent says little about the town."""


def find_ortshinweise(projekt: Projekt, orte: Iterable[Einrichtung] | None = None) -> dict[str, str]:
    """Return key → sentence for facilities whose position fits badly.

    Args:
        projekt: the project.
        orte: what is to be looked at, for instance a list that is about to be taken over; None: the inventory of the project.
    """
    return {schluessel: hinweis.satz for schluessel, hinweis in judge_orte(projekt, orte).items()}


def judge_orte(
    projekt: Projekt, orte: Iterable[Einrichtung] | None = None, plan: Lageplan | None = None
) -> dict[str, Ortshinweis]:
    """Return key → what is doubtful about the position, with the same arguments; `plan`: the outlines where they are read already."""
    mit_lage = [
        (ort, lage)
        for ort in (projekt.read(Einrichtung) if orte is None else orte)
        if (lage := find_lage(ort)) is not None
    ]
    if not mit_lage:
        return {}
    plan = plan or read_lageplan(projekt)
    bild = _lay_out(plan)
    if not bild.flaechen:
        return {}
    gebiete = {g.schluessel: g for g in projekt.read(Gebiet)}
    namen = {g.name.casefold(): g.schluessel for g in gebiete.values()}  # a record just typed may name its area
    hinweise = {}
    for ort, lage in mit_lage:
        gebiet = ort.gebiet if ort.gebiet in gebiete else namen.get(ort.gebiet.strip().casefold(), "")
        hinweise[ort.schluessel] = _judge(bild, gebiet, lage, plan, gebiete)
    return {schluessel: hinweis for schluessel, hinweis in hinweise.items() if hinweis is not None}


def _lay_out(plan: Lageplan) -> _Bild:
    flaechen = []
    for flaeche in plan.flaechen:
        if flaeche.bezug is not None and flaeche.ringe:
            xs, ys = zip(*(punkt for ring in flaeche.ringe for punkt in ring), strict=True)
            flaechen.append((flaeche, ((min(xs), min(ys)), (max(xs), max(ys)))))
    if not flaechen:
        return _Bild((), 0.0)
    links, unten = (min(ecken[0][i] for _, ecken in flaechen) for i in (0, 1))
    rechts, oben = (max(ecken[1][i] for _, ecken in flaechen) for i in (0, 1))
    return _Bild(tuple(flaechen), max(rechts - links, oben - unten), 2 * len(flaechen) >= len(plan.flaechen))


def _judge(bild: _Bild, gebiet: str, lage: Lage, plan: Lageplan, gebiete: dict[str, Gebiet]) -> Ortshinweis | None:
    raum = climb(gebiet, gebiete, plan.raeume)
    eigene = [f for f, _ in bild.flaechen if f.raum == raum]
    if eigene and min(_measure(f, lage) for f in eigene) <= UNSCHARF:
        return None
    dort = next((f for f, ecken in bild.flaechen if _in_box(f, ecken, lage) and lies_in(_lay(f, lage), f.ringe)), None)
    if dort is not None:
        if not eigene:
            return None
        return Ortshinweis(
            f"Breite und Länge liegen in {gebiete[dort.raum].name}, eingetragen ist {gebiete[raum].name}. Was stimmt?"
        )
    weit = min(_measure(f, lage) for f, _ in bild.flaechen)
    if weit <= bild.weite:
        return None
    satz = f"Breite und Länge liegen {format_zahl(weit / 1000)} km außerhalb der Stadt: Stimmt das?"
    return Ortshinweis(satz, fern=bild.ganz)


def _lay(flaeche: Flaeche, lage: Lage) -> Punkt:
    assert flaeche.bezug is not None
    return flaeche.bezug.flatten(lage)


def _measure(flaeche: Flaeche, lage: Lage) -> float:
    return compute_randabstand(_lay(flaeche, lage), flaeche.ringe)


def _in_box(flaeche: Flaeche, ecken: tuple[Punkt, Punkt], lage: Lage) -> bool:
    x, y = _lay(flaeche, lage)
    (links, unten), (rechts, oben) = ecken
    return links <= x <= rechts and unten <= y <= oben
