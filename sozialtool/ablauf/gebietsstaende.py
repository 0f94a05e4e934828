"""Gebietsstände as they are: the agreed Sozialräume, earlier ones, Varianten, and what the areas of the project are under each.

A Gebietsstand assigns each smallest area (those directly below the planning level) to a Sozialraum. How a Variante is made,
changed and agreed: `variantenpflege`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

import attrs

from sozialtool.fach import raum
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Raum, Raumzuordnung, Umsteiger
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt

HEUTE = "heute"
"""Key of the Gebietsstand that is made of the areas of a project that never had one."""


@attrs.frozen
class GebietsstandZeile:
    """One Gebietsstand for lists: how many Sozialräume and areas it has, and whether it is in force."""

    stand: Gebietsstand
    raeume: int
    gebiete: int
    gilt: bool


@attrs.frozen
class Raumplan:
    """One Gebietsstand with its content: Sozialräume in their order, and smallest area → Sozialraum."""

    stand: Gebietsstand
    raeume: tuple[Raum, ...]
    zuordnung: Mapping[str, str]


def find_geltenden(staende: Iterable[Gebietsstand], tag: dt.date | None = None) -> Gebietsstand | None:
    """Return the agreed Gebietsstand in force on a day (None: the newest one); before the first one, the first."""
    vereinbart = sorted(
        (s for s in staende if not s.variante), key=lambda s: (s.gueltig_ab or dt.date.min, s.schluessel)
    )
    begonnen = [s for s in vereinbart if tag is None or (s.gueltig_ab or dt.date.min) <= tag]
    return begonnen[-1] if begonnen else (vereinbart[0] if vereinbart else None)


def list_gebietsstaende(projekt: Projekt) -> tuple[GebietsstandZeile, ...]:
    """List all: the one in force, Varianten, then earlier ones, newest first."""
    staende = projekt.read(Gebietsstand)
    geltend = find_geltenden(staende)
    raeume = [r.gebietsstand for r in projekt.read(Raum)]
    gebiete = [z.gebietsstand for z in projekt.read(Raumzuordnung)]
    zeilen = [
        GebietsstandZeile(s, raeume.count(s.schluessel), gebiete.count(s.schluessel), s == geltend) for s in staende
    ]
    zeilen.sort(key=lambda z: (z.stand.gueltig_ab or dt.date.min, z.stand.schluessel), reverse=True)
    return tuple(sorted(zeilen, key=lambda z: (not z.gilt, not z.stand.variante)))


def get_gebietsstand(projekt: Projekt, schluessel: str) -> Gebietsstand:
    """Return a Gebietsstand by its key; raise `BedienFehler` where there is none."""
    stand = projekt.get(Gebietsstand, schluessel)
    if stand is None:
        raise BedienFehler(f"Einen Gebietsstand „{schluessel}“ gibt es nicht.", "Bitte den Schlüssel prüfen.")
    return stand


def raumplan(projekt: Projekt, schluessel: str) -> Raumplan:
    """Return one Gebietsstand with its content; one that was agreed before there were Varianten has today's areas.

    Raises:
        BedienFehler: there is no such Gebietsstand.
    """
    stand = get_gebietsstand(projekt, schluessel)
    raeume = [r for r in projekt.read(Raum) if r.gebietsstand == schluessel]
    zuordnung = {z.gebiet: z.raum for z in projekt.read(Raumzuordnung) if z.gebietsstand == schluessel}
    if not raeume and stand == find_geltenden(projekt.read(Gebietsstand)):
        return capture_heute(projekt, stand)
    if not zuordnung and not stand.variante:
        # Agreed when there was nothing below the Sozialräume: smallest areas that came later lie where they lie today.
        namen = {r.schluessel for r in raeume}
        zuordnung = {g: ziel for g, ziel in capture_heute(projekt, stand).zuordnung.items() if ziel in namen}
    raeume.sort(key=lambda r: (r.reihenfolge, r.schluessel))
    return Raumplan(stand, tuple(raeume), zuordnung)


def capture_heute(projekt: Projekt, stand: Gebietsstand) -> Raumplan:
    """Describe the areas of the project as they are now as the content of `stand`; nothing is written."""
    ebenen, gebiete = projekt.read(Ebene), projekt.read(Gebiet)
    planung, kleinste = planungsebene_of(ebenen), kleinste_ebene_of(ebenen)
    raeume = {
        g.schluessel: Raum(stand.schluessel, g.schluessel, g.name, g.teil_von, g.reihenfolge)
        for g in gebiete
        if g.ebene == planung and not g.ist_rest
    }
    zuordnung = {g.schluessel: g.teil_von for g in gebiete if g.ebene == kleinste and g.teil_von in raeume}
    return Raumplan(stand, tuple(sorted(raeume.values(), key=lambda r: (r.reihenfolge, r.schluessel))), zuordnung)


def planungsebene_of(ebenen: Iterable[Ebene]) -> str:
    """Key of the level agreed as the basis of planning."""
    return next((e.schluessel for e in ebenen if e.planungsebene), raum.SOZIALRAUM)


def kleinste_ebene_of(ebenen: Collection[Ebene]) -> str:
    """Key of the level whose areas are moved between Sozialräume: the one directly below; "" if there is none."""
    planung = planungsebene_of(ebenen)
    return next((e.schluessel for e in ebenen if e.teil_von == planung), "")


def gebiete_unter(projekt: Projekt, plan: Raumplan) -> tuple[Gebiet, ...]:
    """Return the areas of the project as they are under a Gebietsstand; nothing is written.

    An area that cuts across keeps the Sozialraum it lies in only where its smallest areas say so, or where that Sozialraum is the
    same as now; otherwise it lies in none and needs weights.
    """
    ebenen, gebiete = projekt.read(Ebene), projekt.read(Gebiet)
    planung = planungsebene_of(ebenen)
    quer = {e.schluessel for e in ebenen if not e.teil_von and e.schluessel != raum.STADT}
    geaendert = _changed_raeume(capture_heute(projekt, plan.stand), plan)
    teile = quer_teile(projekt)
    neue = {r.schluessel: r for r in plan.raeume}
    ergebnis = []
    for gebiet in gebiete:
        if gebiet.ebene == planung and not gebiet.ist_rest:
            alter = neue.pop(gebiet.schluessel, None)
            if alter is not None:
                ergebnis.append(
                    attrs.evolve(
                        gebiet,
                        name=alter.name,
                        teil_von=alter.teil_von or gebiet.teil_von,
                        reihenfolge=alter.reihenfolge,
                    )
                )
        elif gebiet.schluessel in plan.zuordnung:
            ergebnis.append(attrs.evolve(gebiet, teil_von=plan.zuordnung[gebiet.schluessel]))
        elif gebiet.ebene in quer:
            ergebnis.append(attrs.evolve(gebiet, teil_von=_place_quer(gebiet, teile, plan, geaendert)))
        else:
            ergebnis.append(gebiet)
    ergebnis += [
        Gebiet(r.schluessel, r.name, planung, r.teil_von or projekt.kommune.ags, reihenfolge=r.reihenfolge)
        for r in neue.values()
    ]
    return tuple(ergebnis)


def _place_quer(gebiet: Gebiet, teile: Mapping[str, set[str]], plan: Raumplan, geaendert: set[str]) -> str:
    """The one Sozialraum around an area that cuts across, or ""."""
    eigene = teile.get(gebiet.schluessel, set())
    if eigene:
        ziele = {plan.zuordnung.get(teil, "") for teil in eigene}
        return ziele.pop() if len(ziele) == 1 else ""
    return "" if gebiet.teil_von in geaendert else gebiet.teil_von


def quer_teile(projekt: Projekt) -> dict[str, set[str]]:
    """Area that cuts across → smallest areas it has a part of, as the weights of the project say in either direction."""
    ebenen, gebiete = projekt.read(Ebene), projekt.read(Gebiet)
    kleinste = kleinste_ebene_of(ebenen)
    quer = {e.schluessel for e in ebenen if not e.teil_von and e.schluessel != raum.STADT}
    ebene = {g.schluessel: g.ebene for g in gebiete}
    teile: dict[str, set[str]] = {}
    for u in projekt.read(Umsteiger):
        for eines, anderes in ((u.von, u.nach), (u.nach, u.von)):
            if ebene.get(eines) in quer and ebene.get(anderes) == kleinste:
                teile.setdefault(eines, set()).add(anderes)
    return teile


def umsteiger_unter(projekt: Projekt, plan: Raumplan) -> tuple[Umsteiger, ...]:
    """Return the weights that still fit under a Gebietsstand: those to Sozialräume that are as they are now."""
    geaendert = _changed_raeume(capture_heute(projekt, plan.stand), plan)
    return tuple(u for u in projekt.read(Umsteiger) if u.nach not in geaendert)


def _changed_raeume(vorher: Raumplan, nachher: Raumplan) -> set[str]:
    """Keys of Sozialräume whose smallest areas differ, those that come or go included."""
    je: list[dict[str, set[str]]] = []
    for plan in (vorher, nachher):
        inhalt: dict[str, set[str]] = {r.schluessel: set() for r in plan.raeume}
        for gebiet, ziel in plan.zuordnung.items():
            inhalt.setdefault(ziel, set()).add(gebiet)
        je.append(inhalt)
    return {name for name in je[0].keys() | je[1].keys() if je[0].get(name) != je[1].get(name)}
