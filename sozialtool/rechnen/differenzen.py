"""Differencing between two divisions of a town: which small groups of people lie between old and new boundaries.

Sozialräume of both divisions are the nodes of a graph; an edge joins an old and a new one that share people, and weighs as much
as these. Taking the figures of some old Sozialräume (U) from those of some new ones (V) leaves exactly the edges between U ∪ V
and the rest: a cut. So the unions of areas that differ by few people are the cuts of low weight (fach/regeln.md sections 4, 5).
Within one component only minimal cuts are listed, because every other one is put together from these.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

import attrs

SCHRANKE = 100.0
"""Below so many people a difference is worth a warning unless the caller says otherwise; a convention of this program."""
_MEISTE_GRUPPEN = 12
_UNBEKANNT = 1.0
Knoten = tuple[int, str]
"""(0 for the old or 1 for the new division, key of a Sozialraum)."""
Kanten = dict[tuple[str, str], float]


@attrs.frozen
class Differenz:
    """Old and new Sozialräume whose unions differ by few people.

    Attributes:
        alt, neu: keys of the Sozialräume on both sides.
        nur_alt: smallest areas that lie in the old union only. nur_neu: in the new one only.
        personen: people who live in these areas together.
        genau: one of the two is empty, so that every figure of these people can be computed by one subtraction.
    """

    alt: tuple[str, ...]
    neu: tuple[str, ...]
    nur_alt: tuple[str, ...]
    nur_neu: tuple[str, ...]
    personen: float

    @property
    def genau(self) -> bool:
        """Whether a plain difference of published sums discloses these people."""
        return not (self.nur_alt and self.nur_neu)


def find_differenzen(
    einwohner: Mapping[str, float | None],
    alt: Mapping[str, str],
    neu: Mapping[str, str],
    schranke: float = SCHRANKE,
) -> tuple[Differenz, ...]:
    """Find the unions of old and of new Sozialräume that differ by more than nobody and fewer than `schranke` people.

    Areas in which nobody lives disclose nobody; an area without a figure counts as one person, so that it is not overlooked.
    The search is complete up to 12 groups of Sozialräume that hang together by small pieces only; beyond that single groups and
    pairs are looked at.

    Args:
        einwohner: people of each smallest area, None where unknown.
        alt: smallest area → Sozialraum before; an area without one is in a Sozialraum "" of its own.
        neu: the same after.
        schranke: people.

    Returns:
        Differences by number of people, smallest first.
    """
    zahlen = {gebiet: _UNBEKANNT if zahl is None else zahl for gebiet, zahl in einwohner.items()}
    kanten: Kanten = {}
    for gebiet, zahl in sorted(zahlen.items()):
        if zahl > 0:
            paar = (alt.get(gebiet, ""), neu.get(gebiet, ""))
            kanten[paar] = kanten.get(paar, 0.0) + zahl
    ganz = _group([(a, b) for (a, b), zahl in kanten.items() if zahl >= schranke], kanten)
    schnitte: set[frozenset[Knoten]] = set()
    for bestand in _find_components(ganz, kanten):
        schnitte.update(_find_cuts(bestand, kanten, schranke))
    gefunden = [_describe(seite, zahlen, alt, neu) for seite in schnitte]
    return tuple(sorted(gefunden, key=lambda d: (d.personen, d.alt, d.neu)))


def _group(verbunden: Iterable[tuple[str, str]], kanten: Kanten) -> list[frozenset[Knoten]]:
    """Join the nodes that share too many people ever to be told apart."""
    gruppe: dict[Knoten, set[Knoten]] = {}
    for a, b in kanten:
        gruppe.setdefault((0, a), {(0, a)})
        gruppe.setdefault((1, b), {(1, b)})
    for a, b in verbunden:
        eine, andere = gruppe[0, a], gruppe[1, b]
        if eine is not andere:
            eine |= andere
            for knoten in andere:
                gruppe[knoten] = eine
    return sorted({frozenset(mitglieder) for mitglieder in gruppe.values()}, key=sorted)


def _find_components(gruppen: list[frozenset[Knoten]], kanten: Kanten) -> list[list[frozenset[Knoten]]]:
    """Lists of groups that hang together by small pieces."""
    offen = list(gruppen)
    bestaende = []
    while offen:
        bestand = _reach(offen, kanten)
        bestaende.append(bestand)
        offen = [gruppe for gruppe in offen if gruppe not in bestand]
    return bestaende


def _reach(gruppen: list[frozenset[Knoten]], kanten: Kanten) -> list[frozenset[Knoten]]:
    """Groups that hang together with the first, in order."""
    knoten_erreicht = set(gruppen[0])
    gewachsen = True
    while gewachsen:
        gewachsen = False
        for gruppe in gruppen:
            if not gruppe <= knoten_erreicht and _weigh(frozenset(knoten_erreicht), gruppe, kanten) > 0:
                knoten_erreicht |= gruppe
                gewachsen = True
    return [gruppe for gruppe in gruppen if gruppe <= knoten_erreicht]


def _weigh(eine: frozenset[Knoten], andere: frozenset[Knoten], kanten: Kanten) -> float:
    """People on edges between two sets of nodes."""
    return sum(
        zahl
        for (a, b), zahl in kanten.items()
        if ((0, a) in eine and (1, b) in andere) or ((0, a) in andere and (1, b) in eine)
    )


def _find_cuts(bestand: list[frozenset[Knoten]], kanten: Kanten, schranke: float) -> list[frozenset[Knoten]]:
    """Sides of the minimal cuts of one component that weigh less than `schranke`; the side with fewer nodes."""
    erste, rest = bestand[0], bestand[1:]
    groessen = range(1, len(rest) + 1) if len(bestand) <= _MEISTE_GRUPPEN else (1, 2)
    gefunden = []
    for groesse in groessen:
        for teil in itertools.combinations(rest, groesse):
            andere = [gruppe for gruppe in rest if gruppe not in teil]
            innen, aussen = frozenset().union(*teil), frozenset(erste).union(*andere)
            if not _is_mixed(innen) or not _is_mixed(aussen) or _weigh(innen, aussen, kanten) >= schranke:
                continue
            if len(_reach(list(teil), kanten)) == groesse and len(_reach([erste, *andere], kanten)) == len(andere) + 1:
                gefunden.append(min(innen, aussen, key=lambda seite: (len(seite), sorted(seite))))
    if len(bestand) > _MEISTE_GRUPPEN and _is_mixed(erste):
        uebrige = frozenset().union(*rest)
        if _weigh(erste, uebrige, kanten) < schranke:
            gefunden.append(erste)
    return gefunden


def _is_mixed(knoten: frozenset[Knoten]) -> bool:
    """Whether there are old and new Sozialräume in it: a difference needs both, else it is a published sum itself."""
    return len({stand for stand, _ in knoten}) == 2


def _describe(
    seite: frozenset[Knoten], zahlen: Mapping[str, float], alt: Mapping[str, str], neu: Mapping[str, str]
) -> Differenz:
    """Name the Sozialräume of a cut and the areas that lie between them."""
    nur_alt: list[str] = []
    nur_neu: list[str] = []
    for gebiet, zahl in sorted(zahlen.items()):
        vorher, nachher = (0, alt.get(gebiet, "")) in seite, (1, neu.get(gebiet, "")) in seite
        if zahl > 0 and vorher != nachher:
            (nur_alt if vorher else nur_neu).append(gebiet)
    return Differenz(
        alt=tuple(sorted(name for stand, name in seite if stand == 0)),
        neu=tuple(sorted(name for stand, name in seite if stand == 1)),
        nur_alt=tuple(nur_alt),
        nur_neu=tuple(nur_neu),
        personen=sum((zahlen[gebiet] for gebiet in (*nur_alt, *nur_neu)), 0.0),
    )
