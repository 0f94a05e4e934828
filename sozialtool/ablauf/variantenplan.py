"""A Gebietsstand while it is looked at or edited: Sozialräume and smallest areas with inhabitants, at once and without an engine run.

What is here is for the planner's own screen: inhabitants are not rounded and not protected.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.gebiete import EINWOHNER
from sozialtool.ablauf.gebietsstaende import (
    GebietsstandZeile,
    Raumplan,
    find_geltenden,
    kleinste_ebene_of,
    list_gebietsstaende,
    planungsebene_of,
    raumplan,
)
from sozialtool.ablauf.varianten import VariantenRaum, count_all
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Raum
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.rechnen.varianten import Verteilung


@attrs.frozen
class PlanGebiet:
    """A smallest area: its Sozialraum in this Gebietsstand ("": none), in the one in force, and its people (None: not known)."""

    gebiet: Gebiet
    raum: str
    bisher: str
    einwohner: float | None


@attrs.frozen
class Planbild:
    """One Gebietsstand with people.

    Attributes:
        plan: the Gebietsstand with its content.
        jahr: year of the inhabitants, 0 where there are none.
        raeume: Sozialräume in their order.
        gebiete: smallest areas, by Sozialraum in its order; those without one last.
        verteilung: range and evenness of the inhabitants; None without figures.
    """

    plan: Raumplan
    jahr: int
    raeume: tuple[VariantenRaum, ...]
    gebiete: tuple[PlanGebiet, ...]
    verteilung: Verteilung | None

    @property
    def offen(self) -> int:
        """How many smallest areas have no Sozialraum."""
        return sum(not g.raum for g in self.gebiete)

    @property
    def bewegt(self) -> int:
        """How many smallest areas lie elsewhere than in the Gebietsstand in force."""
        return sum(g.raum != g.bisher for g in self.gebiete)


def describe_plan(projekt: Projekt, schluessel: str) -> Planbild:
    """Describe one Gebietsstand with the newest inhabitants of the smallest areas.

    Raises:
        BedienFehler: there is no such Gebietsstand.
    """
    return _describe(_Bestand(projekt), raumplan(projekt, schluessel))


def describe_plaene(projekt: Projekt) -> tuple[tuple[GebietsstandZeile, Planbild], ...]:
    """Describe all Gebietsstände, in the order of `list_gebietsstaende`; the town is read once."""
    bestand = _Bestand(projekt)
    return tuple(
        (zeile, _describe(bestand, raumplan(projekt, zeile.stand.schluessel))) for zeile in list_gebietsstaende(projekt)
    )


class _Bestand:
    """What all Gebietsstände of a project share."""

    def __init__(self, projekt: Projekt) -> None:
        kleinste = kleinste_ebene_of(projekt.read(Ebene))
        self.gebiete = [g for g in projekt.read(Gebiet) if g.ebene == kleinste and not g.ist_rest]
        self.jahr, self.einwohner = read_einwohner(projekt, {g.schluessel for g in self.gebiete})
        geltend = find_geltenden(projekt.read(Gebietsstand))
        self.bisher: Mapping[str, str] = raumplan(projekt, geltend.schluessel).zuordnung if geltend else {}
        # Where there are no smallest areas, each Sozialraum is its own: what was delivered for it counts.
        ebene = planungsebene_of(projekt.read(Ebene))
        raeume = {g.schluessel for g in projekt.read(Gebiet) if g.ebene == ebene}
        raumjahr, self.geliefert = read_einwohner(projekt, set(self.bisher.values()) if self.gebiete else raeume)
        self.jahr = self.jahr or raumjahr

    def count(self, name: str, eigene: list[str]) -> float | None:
        """People of a Sozialraum: its smallest areas, or what was delivered for it if it is as in the one in force."""
        if not self.gebiete:
            return self.geliefert.get(name)
        if all(g in self.einwohner for g in eigene):
            return sum(self.einwohner[g] for g in eigene)
        return (
            self.geliefert.get(name) if {g for g, ziel in self.bisher.items() if ziel == name} == set(eigene) else None
        )


def read_einwohner(projekt: Projekt, gebiete: set[str]) -> tuple[int, dict[str, float]]:
    """Return year and people of areas at the newest Stand at which the most of them have a figure; (0, {}) without any."""
    spalten = projekt.read_messwerte(merkmale=[EINWOHNER])
    je: dict[object, dict[str, float]] = {}
    for gebiet, tag, wert in zip(spalten["gebiet"], spalten["stand"], spalten["wert"], strict=True):
        if gebiet in gebiete and wert is not None:
            je.setdefault(tag, {})[gebiet] = wert
    if not je:
        return 0, {}
    tag = max(je, key=lambda stand: (len(je[stand]), stand))
    return tag.year, je[tag]  # type: ignore[attr-defined]  # a date, as the schema of MESSWERTE says


def _describe(bestand: _Bestand, plan: Raumplan) -> Planbild:
    from sozialtool.rechnen.varianten import describe_verteilung

    raeume = _count_raeume(plan, bestand)
    folge = {r.schluessel: nummer for nummer, r in enumerate(plan.raeume)}
    gebiete = [
        PlanGebiet(
            g,
            plan.zuordnung.get(g.schluessel, ""),
            bestand.bisher.get(g.schluessel, ""),
            bestand.einwohner.get(g.schluessel),
        )
        for g in bestand.gebiete
    ]
    gebiete.sort(key=lambda g: (folge.get(g.raum, len(folge)), g.gebiet.reihenfolge, g.gebiet.schluessel))
    return Planbild(
        plan,
        bestand.jahr,
        raeume,
        tuple(gebiete),
        describe_verteilung(count_all(raeume)),
    )


def _count_raeume(plan: Raumplan, bestand: _Bestand) -> tuple[VariantenRaum, ...]:
    """People per Sozialraum; None where one of its smallest areas has no figure."""
    teile: dict[str, list[str]] = {r.schluessel: [] for r in plan.raeume}
    for g in bestand.gebiete:
        ziel = plan.zuordnung.get(g.schluessel)
        if ziel in teile:
            teile[ziel].append(g.schluessel)
    zahlen = {name: bestand.count(name, eigene) for name, eigene in teile.items()}
    summe = sum(zahl for zahl in zahlen.values() if zahl is not None)
    selbst = 0 if bestand.gebiete else 1  # with nothing below it, a Sozialraum is its own area
    return tuple(_raum(r, zahlen[r.schluessel], summe, len(teile[r.schluessel]) or selbst) for r in plan.raeume)


def _raum(r: Raum, zahl: float | None, summe: float, gebiete: int) -> VariantenRaum:
    return VariantenRaum(r, zahl, zahl / summe * 100 if zahl is not None and summe else None, gebiete)
