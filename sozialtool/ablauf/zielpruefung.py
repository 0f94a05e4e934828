"""What lists of Stimmen, Bedarfe, Ziele and Maßnahmen must keep: links that lead somewhere, values that can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import attrs

from sozialtool.ablauf.belege import build_belegregister
from sozialtool.fach.bedarf import Bedarf
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.planung import Massnahme
from sozialtool.fach.versorgung import Versorgungsmass
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from sozialtool.projekt import Projekt

Listen = Mapping[type, Sequence[Any]]
T = TypeVar("T")


def known(projekt: Projekt, listen: Listen, klasse: type[T]) -> list[T]:
    """Return the records that will be there: those of the workbook and, beside them, those of the project."""
    return [*listen.get(klasse, ()), *projekt.read(klasse)]


def link_ziele(projekt: Projekt, listen: Listen, massnahmen: Iterable[Massnahme]) -> tuple[list[Massnahme], list[str]]:
    """Take the keys of goals for their names; name those that nobody knows."""
    namen = {
        name.casefold(): z.schluessel
        for z in known(projekt, listen, Entwicklungsziel)
        for name in (z.name, z.schluessel)
    }
    neu, fehler = [], []
    for m in massnahmen:
        ziel = namen.get(m.ziel.strip().casefold(), "")
        if m.ziel.strip() and not ziel:
            fehler.append(f"{m.schluessel}: Ein Entwicklungsziel „{m.ziel}“ gibt es nicht.")
        neu.append(attrs.evolve(m, ziel=ziel or m.ziel))
    return neu, fehler


def check_bedarfe(projekt: Projekt, listen: Listen) -> list[str]:
    """Evidence must exist, the group must be a Merkmal."""
    register, merkmale = build_belegregister(projekt, listen), {m.schluessel for m in projekt.read(Merkmal)}
    fehler = []
    for b in listen[Bedarf]:
        fehler += [f"{b.schluessel}: {text}" for text in map(register.check, b.belege) if text]
        if b.gruppe and b.gruppe not in merkmale:
            fehler.append(f"{b.schluessel}: Ein Merkmal „{b.gruppe}“ gibt es nicht (Größe der Gruppe).")
    return fehler


def check_ziele(projekt: Projekt, listen: Listen) -> list[str]:
    """Links must lead somewhere; a start has a year, a target a date after it."""
    leitziele = {z.schluessel.casefold() for z in known(projekt, listen, Leitziel)}
    bedarfe = {b.schluessel.casefold() for b in known(projekt, listen, Bedarf)}
    kennungen = {i.kennung for i in projekt.read(Indikator)}
    fehler = []
    for z in listen[Entwicklungsziel]:
        if z.leitziel and z.leitziel.casefold() not in leitziele:
            fehler.append(f"{z.schluessel}: Ein Leitziel „{z.leitziel}“ gibt es nicht.")
        fehler += [
            f"{z.schluessel}: Einen Bedarf „{b}“ gibt es nicht." for b in z.bedarfe if b.casefold() not in bedarfe
        ]
        if z.indikator and z.indikator not in kennungen:
            fehler.append(f"{z.schluessel}: Einen Indikator „{z.indikator}“ gibt es nicht.")
        if z.startwert is not None and z.startjahr is None:
            fehler.append(f"{z.schluessel}: Zum Startwert gehört ein Startjahr.")
        if z.zielwert is not None and z.ziel_bis is None:
            fehler.append(f"{z.schluessel}: Zum Zielwert gehört, bis wann er erreicht sein soll.")
        if z.startjahr is not None and z.ziel_bis is not None and z.ziel_bis.year <= z.startjahr:
            fehler.append(f"{z.schluessel}: „Bis wann“ muss nach dem Startjahr liegen.")
        grenzen = [g for g in (z.start_von, z.startwert, z.start_bis) if g is not None]
        if grenzen != sorted(grenzen):
            fehler.append(f"{z.schluessel}: Der Startwert liegt nicht zwischen seinen Grenzen.")
    return fehler


def check_masse(projekt: Projekt, listen: Listen) -> list[str]:
    """What supply is measured by names Merkmale and indicators that exist, and a number to relate to."""
    merkmale = {m.schluessel for m in projekt.read(Merkmal)}
    kennungen = {i.kennung for i in projekt.read(Indikator)}
    fehler = []
    for m in listen[Versorgungsmass]:
        fehler += [f"{m.name}: Ein Merkmal „{g}“ gibt es nicht (Gruppe)." for g in m.gruppe if g not in merkmale]
        fehler += [
            f"{m.name}: Einen Indikator „{k}“ gibt es nicht (Daneben)." for k in m.indikatoren if k not in kennungen
        ]
        if m.je <= 0:
            fehler.append(f"{m.name}: „Je“ muss größer als null sein.")
        if m.erreichbar is not None and m.erreichbar <= 0:
            fehler.append(f"{m.name}: „Erreichbar bis“ muss größer als null sein, in Metern; leer heißt: ohne Grenze.")
    return fehler
