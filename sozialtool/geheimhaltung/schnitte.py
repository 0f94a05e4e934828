"""Cuts: what every safe pattern must fulfil, learned from an attack that succeeded.

Let y ∈ {0,1} say which cells are suppressed and a be the true table. The attacker's minimum of c·x (c = ±e_p) over
Ax = b, a − LB·y ≤ x ≤ a + UB·y is, by duality, at least c·a − Σ (d⁺·LB + d⁻·UB)·y for every π with d = c − Aᵀπ. So a
pattern that lets the cell move by `bedarf` fulfils Σ (d⁺·LB + d⁻·UB)·y ≥ bedarf, whatever else it does. Factors may be
cut down to the right-hand side because y is 0 or 1.
Source: Fischetti & Salazar (2000), JASA 95(451), 916–928, sections 4 and 5.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

import attrs

from sozialtool.geheimhaltung.angriff import Angreifer, Antwort, reaches
from sozialtool.geheimhaltung.baum import Baum
from sozialtool.geheimhaltung.system import GENAU, Schutz, System
from sozialtool.geheimhaltung.zeugen import Zeugen

_GENUG = 2
"""Cuts learned from one attack: what one cell needs, those around it mostly need as well."""

_JE_SCHNITT = 32
"""Secret cells to one cut in a large part, whose ends do not touch each other: there two cuts at a time take for ever."""


@attrs.frozen
class Schnitt:
    """Σ factor · y ≥ 1 over free cells; `ziel` is the secret cell that asks for it, `mitwisser` the insider's cell."""

    glieder: tuple[tuple[int, float], ...]
    ziel: int
    mitwisser: int | None = None

    def is_met(self, gewaehlt: Collection[int]) -> bool:
        """Whether this choice fulfils the cut."""
        return sum(faktor for i, faktor in self.glieder if i in gewaehlt) >= 1 - 1e-6

    @property
    def erreichbar(self) -> bool:
        """Whether any choice fulfils it."""
        return sum(faktor for _, faktor in self.glieder) >= 1 - 1e-6


def is_wide(schutz: Schutz, von: float, bis: float) -> bool:
    """Whether an interval gives the demanded protection."""
    return (
        (schutz.unten is None or von <= schutz.unten + GENAU)
        and (schutz.oben is None or bis >= schutz.oben - GENAU)
        and bis - von >= schutz.breite - GENAU
    )


def is_offengelegt(schutz: Schutz, von: float, bis: float) -> bool:
    """Whether an interval leaves (nearly) one value, so that the cell cannot be called secret any more."""
    return bis - von < min(1.0, schutz.breite or 1.0) - GENAU


def attack(
    system: System,
    angreifer: Angreifer,
    ziele: Mapping[int, Schutz],
    frei: Collection[int],
    zeugen: Zeugen,
    mitwisser: int | None = None,
) -> list[Schnitt]:
    """Attack the secret cells of one connected hidden part; cuts for demands that are not met, enough to go on.

    Tables found for one cell serve as witnesses for the others, so that few programs are solved; `zeugen` are those that
    earlier attacks on the same part have found, and new ones are added to them.
    """
    angreifer.know({} if mitwisser is None else {mitwisser: system.werte[mitwisser]})
    spannen = zeugen.measure(ziele, mitwisser)
    for richtung in (1, -1):
        for tabelle in _push_all(system, angreifer, ziele, spannen, richtung):
            zeugen.add(tabelle)
    schnitte: list[Schnitt] = []
    for i, schutz in ziele.items():
        if is_wide(schutz, *spannen[i]):
            continue
        enden = (angreifer.ask(i, 1), angreifer.ask(i, -1))
        for ende in enden:
            if ende.tabelle:
                _widen(spannen, ende.tabelle)
                zeugen.add(ende.tabelle)
        if not is_wide(schutz, enden[0].wert, enden[1].wert):
            schnitte += _cut(system, Schnitt((), i, mitwisser), schutz, enden, frei)
            if sum(schnitt.erreichbar for schnitt in schnitte) >= max(_GENUG, len(ziele) // _JE_SCHNITT):
                break
    return schnitte


def pull_apart(system: System, angreifer: Angreifer, ziele: Mapping[int, Schutz], zeugen: Zeugen) -> None:
    """Find tables in which, of any two secret cells, one is at its lower goal while the other is at its upper one.

    Where that is possible they are witnesses for every insider (`Zeugen`), at the price of 2·log₂ n programs for n cells.
    """
    angreifer.know({})
    enden = {i: _ends(schutz, system.werte[i]) for i, schutz in ziele.items()}
    for stelle in range((len(enden) - 1).bit_length()):
        for seite in (0, 1):
            hinab = {i: von for k, (i, (von, _)) in enumerate(enden.items()) if k >> stelle & 1 == seite}
            hinauf = {i: bis for i, (_, bis) in enden.items() if i not in hinab}
            if tabelle := angreifer.push(hinab, hinauf):
                zeugen.add(tabelle)


def _ends(schutz: Schutz, wert: float) -> tuple[float, float]:
    """How far down and up a cell must be able to go from its true value."""
    ziele = (_goal(schutz, (wert, wert), 1), _goal(schutz, (wert, wert), -1))
    return wert if ziele[0] is None else ziele[0], wert if ziele[1] is None else ziele[1]


def attack_baum(
    system: System, baum: Baum, ziele: Mapping[int, Schutz], frei: Collection[int], mitwisser: int | None = None
) -> list[Schnitt]:
    """As `attack`, on a part without a ring."""
    baum.know({} if mitwisser is None else {mitwisser: system.werte[mitwisser]})
    spannen = baum.measure()
    schnitte: list[Schnitt] = []
    for i, schutz in ziele.items():
        von, bis = spannen[i]
        if not is_wide(schutz, von, bis):
            enden = (Antwort(von, {}, baum.price(i, 1)), Antwort(bis, {}, baum.price(i, -1)))
            schnitte += _cut(system, Schnitt((), i, mitwisser), schutz, enden, frei)
    return schnitte


def _push_all(
    system: System,
    angreifer: Angreifer,
    ziele: Mapping[int, Schutz],
    spannen: dict[int, tuple[float, float]],
    richtung: int,
) -> list[Mapping[int, float]]:
    """Push the cells that have not reached their goal yet, as long as that gets any of them there; return the tables."""
    tabellen: list[Mapping[int, float]] = []
    offen = {i: ziel for i, schutz in ziele.items() if (ziel := _goal(schutz, spannen[i], richtung)) is not None}
    while offen:
        # A value beyond the goal already must stay possible.
        wahr = {i: min(z, system.werte[i]) if richtung > 0 else max(z, system.werte[i]) for i, z in offen.items()}
        tabelle = angreifer.push(wahr, {}) if richtung > 0 else angreifer.push({}, wahr)
        if not tabelle:
            break
        tabellen.append(tabelle)
        _widen(spannen, tabelle)
        rest = {i: ziel for i, ziel in offen.items() if _goal(ziele[i], spannen[i], richtung) is not None}
        if len(rest) == len(offen):
            break
        offen = rest
    return tabellen


def _goal(schutz: Schutz, spanne: tuple[float, float], richtung: int) -> float | None:
    """Value that a cell must be able to reach downward (+1) or upward (−1); None if it does."""
    von, bis = spanne
    ziel = schutz.unten if richtung > 0 else schutz.oben
    if schutz.breite:
        breit = bis - schutz.breite if richtung > 0 else von + schutz.breite
        ziel = breit if ziel is None else min(ziel, breit) if richtung > 0 else max(ziel, breit)
    if ziel is None:
        return None
    fehlt = von > ziel + GENAU if richtung > 0 else bis < ziel - GENAU
    return ziel if fehlt else None


def _widen(spannen: dict[int, tuple[float, float]], tabelle: Mapping[int, float]) -> None:
    """Take note of the values of a table."""
    for i, (von, bis) in spannen.items():
        wert = tabelle[i]
        if wert < von:
            spannen[i] = (wert, bis)
        elif wert > bis:
            spannen[i] = (von, wert)


def _cut(
    system: System, ziel: Schnitt, schutz: Schutz, enden: tuple[Antwort, Antwort], frei: Collection[int]
) -> list[Schnitt]:
    """Cuts for the demands of `ziel` (a cut still without terms) that the two ends do not meet."""
    wert, schnitte = system.werte[ziel.ziel], []
    unten, oben = (_weigh(system, ende) for ende in enden)
    if schutz.unten is not None and enden[0].wert > schutz.unten + GENAU:
        schnitte.append(_scale(system, ziel, unten, wert - schutz.unten, frei))
    if schutz.oben is not None and enden[1].wert < schutz.oben - GENAU:
        schnitte.append(_scale(system, ziel, oben, schutz.oben - wert, frei))
    if enden[1].wert - enden[0].wert < schutz.breite - GENAU:
        beide = {j: unten.get(j, 0.0) + oben.get(j, 0.0) for j in sorted({*unten, *oben})}
        schnitte.append(_scale(system, ziel, beide, schutz.breite, frei))
    return schnitte


def _weigh(system: System, ende: Antwort) -> dict[int, float]:
    """How far each cell lets the attacked one move: d⁺·LB + d⁻·UB."""
    gewichte = {}
    for j, preis in ende.preise.items():
        von, bis = system.zellen[j].grenzen
        raum = system.werte[j] - von if preis > 0 else (math.inf if bis is None else bis - system.werte[j])
        if raum > 0:
            gewichte[j] = abs(preis) * raum
    return gewichte


def _scale(
    system: System, ziel: Schnitt, gewichte: Mapping[int, float], bedarf: float, frei: Collection[int]
) -> Schnitt:
    """Bring a cut to the form Σ … ≥ 1: cells hidden anyway give their share first."""
    ohnehin = (g for j, g in gewichte.items() if j not in frei and math.isfinite(g) and not system.gesehen[j])
    # The share of cells hidden anyway stays below the demand, else the attack had failed; the rest is noise.
    rest = max(bedarf - sum(ohnehin), 1e-3 * max(bedarf, 1.0))
    glieder = tuple((j, round(min(g / rest, 1.0), 9)) for j, g in gewichte.items() if j in frei and g / rest > 1e-7)
    return attrs.evolve(ziel, glieder=glieder)


def neighbour_cut(
    system: System, teil: Collection[int], frei: Collection[int], gewaehlt: Collection[int], ziel: int
) -> Schnitt:
    """At least one more cell beside the hidden part that holds the cell: without it the part, and the interval, stay."""
    drin = set(teil)
    rand: set[int] = set()
    for nummer in sorted({nummer for i in drin for nummer in system.zeilen_von[i]}):
        rand.update(i for i, _ in system.zeilen[nummer] if i in frei and i not in gewaehlt and i not in drin)
    return Schnitt(tuple((i, 1.0) for i in sorted(rand)), ziel)


def bridge_cuts(system: System, frei: Collection[int], ziele: Iterable[int]) -> list[Schnitt]:
    """Cuts known before any attack: in a relation a secret cell needs a second hidden one."""
    gesucht = set(ziele)
    schnitte = []
    for zeile in system.zeilen:
        verborgen = [i for i, _ in zeile if i not in frei and not system.gesehen[i]]
        if len(verborgen) == 1 and verborgen[0] in gesucht and (lose := [i for i, _ in zeile if i in frei]):
            schnitte.append(Schnitt(tuple((i, 1.0) for i in lose), verborgen[0]))
    return schnitte


def lonely_groups(system: System, frei: Collection[int]) -> list[tuple[int, ...]]:
    """Free cells of each relation without a hidden one: a secondary cell alone there protects nobody, so it needs another."""
    gruppen = []
    for zeile in system.zeilen:
        lose = [i for i, _ in zeile if not system.gesehen[i]]
        if lose and all(i in frei for i in lose):
            gruppen.append(tuple(lose))
    return gruppen


def is_whole(tabelle: Mapping[int, float], system: System) -> bool:
    """Whether a table is whole wherever it must be."""
    return all(abs(wert - round(wert)) <= GENAU for i, wert in tabelle.items() if system.zellen[i].ganzzahlig)


def check_ganzzahlig(system: System, teil: Sequence[int], ziele: Mapping[int, Schutz]) -> list[int]:
    """Secret cells whose demand is met by fractions only, not by whole-number tables."""
    angreifer, genau, fehlen = Angreifer(system, teil), None, []
    tabellen: list[Mapping[int, float]] = [dict(enumerate(system.werte))]
    for i, schutz in ziele.items():
        if is_wide(schutz, *reaches(tabellen, i)):
            continue
        enden = (angreifer.ask(i, 1), angreifer.ask(i, -1))
        grenzen = [ende.wert for ende in enden]
        ganze = [ende.tabelle for ende in enden if is_whole(ende.tabelle, system)]
        tabellen += [tabelle for tabelle in ganze if tabelle]
        if len(ganze) == 2:
            continue
        genau = genau or Angreifer(system, teil, ganzzahlig=True)
        grenzen = [genau.ask(i, 1).wert, genau.ask(i, -1).wert]
        if not is_wide(schutz, *grenzen):
            fehlen.append(i)
    return fehlen
