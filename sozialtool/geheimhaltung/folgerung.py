"""What follows by subtraction about figures that a source did not give ("/", ".", "k. A."): small ones are secret too.

A missing figure that is not starred is nobody's secret by itself. But where the sum above it is known, everybody can
compute it, and then the Mindestfallzahl holds for it as for any other count (fach/regeln.md section 4).
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, STADT
from sozialtool.geheimhaltung.bestand import NIE_GELIEFERT, Bestand, Eintrag
from sozialtool.geheimhaltung.regeln import find_primaere, judge_zahl
from sozialtool.geheimhaltung.werte import Grund, Ort, Regel
from sozialtool.geheimhaltung.zeitsummen import find_verraeterische

Summe = tuple[Ort, tuple[tuple[Ort, float], ...]]
"""A figure and the figures that make it up (of areas, of Merkmale, of years), with factors."""


def fill_luecken(bestand: Bestand) -> Bestand:
    """Give every missing, not starred figure that follows by subtraction its value; its sign stays.

    Figures without a row come in where a group or a sum by definition leaves them: they are shown nowhere, and known all the same.
    """
    bestand = attrs.evolve(bestand, werte=dict(sorted({**bestand.werte, **_find_ungelieferte(bestand)}.items())))
    werte = dict(bestand.werte)
    summen = list(_list_summen(bestand))
    weiter = any(werte[ort].wert is None for ganzes, teile in summen for ort in (ganzes, *(o for o, _ in teile)))
    while weiter:
        weiter = False
        for ganzes, teile in summen:
            glieder = ((ganzes, -1.0), *teile)
            offen = [(ort, faktor) for ort, faktor in glieder if werte[ort].wert is None]
            if len(offen) == 1 and not werte[offen[0][0]].ist_geheim:
                ort, faktor = offen[0]
                wert = round(-sum(f * (werte[o].wert or 0.0) for o, f in glieder) / faktor, 9) + 0.0
                werte[ort] = attrs.evolve(werte[ort], wert=wert)
                weiter = True
    return attrs.evolve(bestand, werte=werte)


def find_gruende(bestand: Bestand, regel: Regel) -> dict[Ort, Grund]:
    """Name every base cell that is secret by itself, also those without a figure that must be small."""
    # A sum that is only shown rounded tells nobody what exactly is missing from it.
    luecken = {ort: grund for ort, grund in _find_kleine_luecken(bestand).items() if not regel.rundet(ort.merkmal)}
    jahre = {ort: Grund.EINZELJAHR for ort in find_verraeterische(bestand) if not regel.rundet(ort.merkmal)}
    return luecken | jahre | find_primaere(bestand, regel)


def _find_kleine_luecken(bestand: Bestand) -> dict[Ort, Grund]:
    """Name missing figures that must be small, because together they are: the known rest of a sum is below n."""
    gruende = {}
    for ganzes, teile in _list_summen(bestand):
        merkmal = bestand.find_merkmal(ganzes.merkmal)
        offen = [(ort, faktor) for ort, faktor in teile if bestand.werte[ort].wert is None]
        summe = bestand.werte[ganzes].wert
        if summe is None or merkmal is None or any(faktor < 0 for _, faktor in offen):
            continue
        rest = summe - sum(faktor * (bestand.werte[ort].wert or 0.0) for ort, faktor in teile)
        if judge_zahl(rest, merkmal.mindestfallzahl):
            gruende.update({ort: Grund.FALLZAHL for ort, _ in offen if not bestand.werte[ort].ist_geheim})
    return gruende


def _list_summen(bestand: Bestand) -> Iterator[Summe]:
    """Sums with a missing figure, where the whole and every part have an entry."""
    orte = [o for o, e in bestand.werte.items() if e.wert is None and e.zeichen != Zeichen.GEHEIM.name]
    luecken = {(ort.merkmal, ort.jahr) for ort in orte}
    gruppen = _group_gebiete(bestand)
    for merkmal, jahr in sorted(luecken):
        beschreibung = bestand.find_merkmal(merkmal)
        if beschreibung is None or not beschreibung.art.additiv:
            continue
        rest = Ort(NICHT_ZUZUORDNEN, merkmal, jahr)
        for oben, gebiete, ist_stadt in gruppen:
            teile = tuple(Ort(gebiet, merkmal, jahr) for gebiet in gebiete)
            teile += (rest,) if ist_stadt and rest in bestand.werte else ()
            ganzes = Ort(oben, merkmal, jahr)
            if all(ort in bestand.werte for ort in (ganzes, *teile)):
                yield ganzes, tuple((ort, 1.0) for ort in teile)
    gesehen: set[Summe] = set()
    for ort in orte:
        for summe in _list_nachbarn(bestand, ort):
            da = all(o in bestand.werte for o in (summe[0], *(o for o, _ in summe[1])))
            if da and summe not in gesehen:
                gesehen.add(summe)
                yield summe


def _find_ungelieferte(bestand: Bestand) -> dict[Ort, Eintrag]:
    """Figures without a row that the others of a sum of Merkmale leave, one after the other."""
    neu: dict[Ort, Eintrag] = {}
    summen = bestand.gliederungen
    zeiten = sorted({(o.gebiet, o.merkmal.partition("@")[2], o.jahr) for o in bestand.werte}) if summen else ()
    for gebiet, laenge, jahr in zeiten:
        namen = {name: Ort(gebiet, f"{name}@{laenge}" if laenge else name, jahr) for s in summen for name in s}
        weiter = True
        while weiter:
            weiter = False
            for summe in summen:
                fehlt = [n for n in summe if namen[n] not in bestand.werte and namen[n] not in neu]
                if len(fehlt) != 1:
                    continue
                da = [
                    (neu.get(ort) or bestand.werte[ort], f)
                    for n, f in summe.items()
                    if (ort := namen[n]) != namen[fehlt[0]]
                ]
                if all(eintrag.wert is not None for eintrag, _ in da):
                    wert = round(-sum(f * (e.wert or 0.0) for e, f in da) / summe[fehlt[0]], 9) + 0.0
                    neu[namen[fehlt[0]]] = attrs.evolve(da[0][0], wert=wert, zeichen=NIE_GELIEFERT)
                    weiter = True
    return neu


def _list_nachbarn(bestand: Bestand, ort: Ort) -> Iterator[Summe]:
    """Sums of Merkmale (by group, by definition) and of years that a figure stands in."""
    merkmal, at, laenge = ort.merkmal.partition("@")
    for summe in bestand.gliederungen:
        if merkmal in summe:
            glieder = [(ort._replace(merkmal=name + at + laenge), faktor) for name, faktor in summe.items()]
            yield glieder[0][0], tuple(glieder[1:])
    for jahre in {int(laenge)} if laenge else bestand.zeitraeume.get(merkmal, ()):
        for letztes in (ort.jahr,) if laenge else range(ort.jahr, ort.jahr + jahre):
            teile = tuple((Ort(ort.gebiet, merkmal, letztes - n), 1.0) for n in range(jahre))
            yield Ort(ort.gebiet, f"{merkmal}@{jahre}", letztes), teile


def _group_gebiete(bestand: Bestand) -> list[tuple[str, tuple[str, ...], bool]]:
    """Each area with the areas of one level directly below it, and whether it is the town."""
    gruppen: dict[tuple[str, str], list[str]] = {}
    for gebiet in bestand.gebiete.values():
        if gebiet.teil_von and gebiet.schluessel != NICHT_ZUZUORDNEN:
            gruppen.setdefault((gebiet.teil_von, gebiet.ebene), []).append(gebiet.schluessel)
    return [(oben, tuple(unten), bestand.ebene_of(oben) == STADT) for (oben, _), unten in sorted(gruppen.items())]
