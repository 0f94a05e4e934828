"""Withdraw rounded figures beside which a small count would be too certain.

Controlled rounding would move a figure to another multiple of 5; then nobody could say any more that each figure is rounded
to the nearest. So the lightest figure that helps is not shown at all.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Collection, Mapping

import attrs

from sozialtool.fehler import Abgebrochen
from sozialtool.geheimhaltung.angriff import Angreifer, split_verborgene
from sozialtool.geheimhaltung.aufbau import Aufbau
from sozialtool.geheimhaltung.schnitte import is_wide
from sozialtool.geheimhaltung.system import Schluessel, Schutz, System, Zelle, build_systeme
from sozialtool.geheimhaltung.werte import Grund, Ort

_NICHT_GENAU = Schutz(breite=1.0)


def withdraw(
    aufbau: Aufbau, eigene: Collection[Ort], stop: threading.Event | None = None
) -> tuple[Aufbau, frozenset[Ort]]:
    """Lift the limits of as few and as light rounded cells as are needed for every rounded count to be safe.

    Args:
        aufbau: the joint system; rounded cells carry `Grund.GERUNDET` and their limits.
        eigene: rounded cells that need not be shown; those of earlier releases are known already.
        stop: checked between the parts of the system.

    Returns:
        The system without the limits of the withdrawn cells, and those cells.

    Raises:
        Abgebrochen: `stop` was set.
    """
    zurueck: set[Schluessel] = set()
    for system in build_systeme(aufbau.zellen, aufbau.beziehungen):
        if stop is not None and stop.is_set():
            raise Abgebrochen("Die Geheimhaltung wurde abgebrochen.", "Es ist nichts hinausgegangen.")
        if any(zelle.schluessel in eigene for zelle in system.zellen):
            zurueck |= _withdraw_teil(system, eigene)
    zellen = tuple(_lift(z) if z.schluessel in zurueck else z for z in aufbau.zellen)
    return attrs.evolve(aufbau, zellen=zellen), frozenset(o for o in zurueck if isinstance(o, Ort))


def _lift(zelle: Zelle) -> Zelle:
    """Forget what the rounded figure says; that counts are not negative everybody knows."""
    unten = 0.0 if zelle.wert is not None and zelle.wert >= 0 else -math.inf
    return attrs.evolve(zelle, untergrenze=unten, obergrenze=None)


def _lift_one(system: System, nummer: int) -> System:
    zellen = list(system.zellen)
    zellen[nummer] = _lift(zellen[nummer])
    return attrs.evolve(system, zellen=tuple(zellen))


def _withdraw_teil(system: System, eigene: Collection[Ort]) -> set[Schluessel]:
    zurueck: set[int] = set()
    while enge := _find_enge(system):
        nachbarn = {j for i in enge for nummer in system.zeilen_von[i] for j, _ in system.zeilen[nummer]} | enge
        gerundet = [j for j in sorted(nachbarn) if system.zellen[j].obergrenze is not None]
        moeglich = [j for j in gerundet if system.zellen[j].schluessel in eigene]
        if not moeglich:
            # What is left is known from elsewhere; the search for a pattern says so.
            break
        wahl = min(moeglich, key=lambda j: (len(_find_enge(_lift_one(system, j))), system.zellen[j].gewicht, j))
        zurueck.add(wahl)
        system = _lift_one(system, wahl)
    return {system.zellen[j].schluessel for j in zurueck}


def _find_enge(system: System) -> set[int]:
    """Cells whose interval is too narrow, when all is hidden that is hidden in any case and all else is seen."""
    verborgen = [i for i, zelle in enumerate(system.zellen) if zelle.immer_verborgen]
    enge: set[int] = set()
    for teil in split_verborgene(system, verborgen):
        ziele = {i: s for i in teil if (s := system.zellen[i].schutz) is not None and _depends(system, i)}
        if ziele:
            angreifer = Angreifer(system, teil)
            enge |= _attack(system, angreifer, ziele)
            einzelne = [i for i in ziele if system.zellen[i].wert == 1 and system.zellen[i].veroeffentlicht]
            for selbst in einzelne:
                enge |= _attack_inside(system, angreifer, ziele, selbst)
    return enge


def _attack_inside(system: System, angreifer: Angreifer, ziele: Mapping[int, Schutz], selbst: int) -> set[int]:
    """The only person of a cell knows that it is 1: what is added up with it must not become exact for her."""
    neben = {
        j
        for k in system.zeilen_von[selbst]
        for j, faktor in system.zeilen[k]
        if faktor > 0 and (selbst, faktor) in system.zeilen[k] and system.zellen[j].veroeffentlicht
    }
    fremde = {j: _NICHT_GENAU for j in sorted(neben) if j in ziele and j != selbst}
    if not fremde:
        return set()
    angreifer.know({selbst: system.werte[selbst]})
    enge = _attack(system, angreifer, fremde)
    angreifer.know({})
    return enge


def _depends(system: System, nummer: int) -> bool:
    """Whether a cell is rounded, or a remainder beside a rounded one."""
    zelle = system.zellen[nummer]
    if zelle.primaer is Grund.GERUNDET:
        return True
    zeilen = (system.zeilen[k] for k in system.zeilen_von[nummer])
    neben = any(system.zellen[j].primaer is Grund.GERUNDET for zeile in zeilen for j, _ in zeile)
    return neben and not zelle.veroeffentlicht


def _attack(system: System, angreifer: Angreifer, ziele: Mapping[int, Schutz]) -> set[int]:
    """Cells of one part that do not reach what is demanded; tables found for one serve as witnesses for the others."""
    werte = system.werte
    tabellen = [
        angreifer.push({i: min(werte[i], _goal(s, werte[i], -1)) for i, s in ziele.items()}, {}),
        angreifer.push({}, {i: max(werte[i], _goal(s, werte[i], 1)) for i, s in ziele.items()}),
    ]
    enge = set()
    for i, schutz in ziele.items():
        reicht = [werte[i], *(tabelle[i] for tabelle in tabellen if tabelle)]
        if is_wide(schutz, min(reicht), max(reicht)):
            continue
        enden = (angreifer.ask(i, 1), angreifer.ask(i, -1))
        tabellen += [ende.tabelle for ende in enden]
        if not is_wide(schutz, enden[0].wert, enden[1].wert):
            enge.add(i)
    return enge


def _goal(schutz: Schutz, wert: float, richtung: int) -> float:
    ziel = schutz.unten if richtung < 0 else schutz.oben
    return ziel if ziel is not None else wert + richtung * schutz.breite
