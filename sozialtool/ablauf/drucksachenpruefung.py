"""What lists of council papers must keep: papers, bodies, meetings and measures that exist, numbers from 1, files that can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from sozialtool.fach.drucksache import Anlage, Beratungsschritt, Drucksache, Textbaustein
from sozialtool.fach.gremium import Gremium, Sitzung
from sozialtool.fach.planung import Massnahme
from sozialtool.orte import find_mangel
from sozialtool.projekt import Projekt

Listen = dict[type, list[Any]]
"""Class → records that are to be taken over together."""
_TEILE = (Beratungsschritt, Textbaustein, Anlage)


def check_drucksachen(projekt: Projekt, listen: Listen) -> tuple[Listen, list[str]]:
    """Return the records with keys for names of bodies and measures, and everything that does not fit, in German sentences."""
    if not {Drucksache, *_TEILE} & set(listen):
        return listen, []
    neu, fehler = dict(listen), list[str]()
    neu[Drucksache] = _take_massnahmen(projekt, listen, fehler)
    neu[Beratungsschritt] = _take_gremien(projekt, listen, fehler)
    nummern = {d.schluessel for d in (*projekt.read(Drucksache), *neu[Drucksache])}
    for klasse in _TEILE:
        for eintrag in neu.get(klasse, ()):
            if eintrag.drucksache not in nummern:
                fehler.append(f"{_name(eintrag)}: Eine Drucksache „{eintrag.drucksache}“ gibt es nicht.")
            if eintrag.nummer < 1:
                fehler.append(f"{_name(eintrag)}: Gezählt wird ab 1.")
    fehler += _check_dateien(neu.get(Anlage, ()))
    return {klasse: neu[klasse] for klasse in listen}, fehler


def _name(eintrag: Any) -> str:
    return f"{type(eintrag).__name__} {eintrag.nummer} zur Drucksache {eintrag.drucksache}"


def _take_massnahmen(projekt: Projekt, listen: Listen, fehler: list[str]) -> list[Drucksache]:
    namen = {wort.casefold(): m.schluessel for m in projekt.read(Massnahme) for wort in (m.name, m.schluessel)}
    geprueft = []
    for d in listen.get(Drucksache, ()):
        wo = f"Drucksache {d.schluessel}"
        fehler += [f"{wo}: Eine Maßnahme „{m}“ gibt es nicht." for m in d.massnahmen if m.casefold() not in namen]
        if d.jahr is not None and not 1900 <= d.jahr <= 2100:
            fehler.append(f"{wo}: Das Jahr {d.jahr} kann nicht stimmen.")
        geprueft.append(attrs.evolve(d, massnahmen=tuple(namen.get(m.casefold(), m) for m in d.massnahmen)))
    return geprueft


def _take_gremien(projekt: Projekt, listen: Listen, fehler: list[str]) -> list[Beratungsschritt]:
    gremien = {wort.casefold(): g.schluessel for g in projekt.read(Gremium) for wort in (g.name, g.schluessel)}
    sitzungen: Mapping[str, Sitzung] = {s.schluessel: s for s in projekt.read(Sitzung)}
    geprueft = []
    for b in listen.get(Beratungsschritt, ()):
        gremium = gremien.get(b.gremium.strip().casefold(), "")
        if not gremium:
            fehler.append(f"{_name(b)}: Ein Gremium „{b.gremium}“ gibt es nicht.")
        sitzung = sitzungen.get(b.sitzung)
        if b.sitzung and sitzung is None:
            fehler.append(f"{_name(b)}: Eine Sitzung „{b.sitzung}“ gibt es nicht.")
        elif sitzung is not None and gremium and sitzung.gremium != gremium:
            fehler.append(f"{_name(b)}: Die Sitzung {b.sitzung} ist nicht eine von „{b.gremium}“.")
        geprueft.append(attrs.evolve(b, gremium=gremium or b.gremium))
    return geprueft


def _check_dateien(anlagen: Iterable[Anlage]) -> list[str]:
    """A file is named, not a way to it: it lies with the other outputs of its year."""
    return [
        f"{_name(a)}: „{a.datei}“ ist kein Dateiname. {mangel}"
        for a in anlagen
        if a.datei and (mangel := find_mangel(a.datei))
    ]
