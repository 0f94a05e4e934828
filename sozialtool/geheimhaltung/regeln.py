"""The primary rule: which figures are secret by themselves (fach/regeln.md section 4)."""

from __future__ import annotations

from sozialtool.geheimhaltung.bestand import Bestand
from sozialtool.geheimhaltung.dominanz import demand_betrag, has_wenige, is_betrag, judge_betrag, list_beitraege
from sozialtool.geheimhaltung.runden import demand_gerundet
from sozialtool.geheimhaltung.system import Schutz
from sozialtool.geheimhaltung.werte import Grund, Ort, Regel


def judge_zahl(wert: float | None, mindestfallzahl: int) -> bool:
    """Whether a count is too small to be shown: more than nobody, fewer than n. n = 0 switches the rule off."""
    return wert is not None and 0 < wert < mindestfallzahl


def judge_teil(teil: float | None, ganzes: float | None, mindestfallzahl: int, regel: Regel) -> Grund | None:
    """Judge a part against its whole: small itself, small remainder, all, or (configurable) nobody."""
    if mindestfallzahl <= 0 or teil is None:
        return None
    if judge_zahl(teil, mindestfallzahl):
        return Grund.FALLZAHL
    if ganzes is None or ganzes <= 0:
        return None
    # Without a part the remainder is the whole, and whether that is too small its own rule says.
    if teil != 0 and judge_zahl(ganzes - teil, mindestfallzahl):
        return Grund.KOMPLEMENT
    if regel.alle and teil == ganzes:
        return Grund.ALLE
    if regel.keiner and teil == 0:
        return Grund.KEINER
    return None


def find_primaere(bestand: Bestand, regel: Regel) -> dict[Ort, Grund]:
    """Name every base cell that is secret by itself, with the reason, for every level and year."""
    gruende: dict[Ort, Grund] = {}
    beitraege = list_beitraege(bestand.merkmale.values())
    for ort, eintrag in bestand.werte.items():
        if eintrag.ist_geheim:
            gruende[ort] = Grund.QUELLE
            continue
        if eintrag.wert is not None and is_unten(bestand, regel, ort):
            gruende[ort] = Grund.EBENE
            continue
        merkmal = bestand.find_merkmal(ort.merkmal)
        if merkmal is not None and merkmal.schluessel in beitraege and eintrag.wert is not None:
            gruende[ort] = Grund.BEITRAG
        if merkmal is None or not merkmal.art.additiv:
            if eintrag.wert is not None and has_wenige(bestand, ort):
                gruende.setdefault(ort, Grund.FALLZAHL)
            continue
        if eintrag.wert is not None and regel.rundet(ort.merkmal):
            gruende[ort] = Grund.GERUNDET
            continue
        ganzes = bestand.get_zahl(bestand.find_ganzes(ort))
        if is_betrag(merkmal, regel):
            grund = judge_betrag(bestand, regel, ort)
        else:
            grund = judge_teil(eintrag.wert, ganzes, merkmal.mindestfallzahl, regel.of(merkmal.schluessel))
        if grund is not None:
            gruende[ort] = grund
    return gruende


# --- lowest level of a source


def is_unten(bestand: Bestand, regel: Regel, ort: Ort) -> bool:
    """Whether a cell lies below the lowest level that the source of its Merkmal lets out.

    Levels that cut across are no level of that chain, so they are below too; "nicht zuzuordnen" is on the level of its
    area. (The Bundesagentur gives small-area figures to a town for its own work, on condition of such a level.)
    """
    gebiet = bestand.gebiete.get(ort.gebiet)
    ebene = bestand.ebene_of(ort.gebiet) if gebiet is None else gebiet.ebene
    return not regel.allows(ort.merkmal.partition("@")[0], ebene)


def is_einzig(bestand: Bestand, regel: Regel, ort: Ort) -> bool:
    """Whether an area below the lowest level is all of an area that may be shown: then its figure is that one's."""
    gebiet = bestand.gebiete.get(ort.gebiet)
    while gebiet is not None and is_unten(bestand, regel, ort._replace(gebiet=gebiet.schluessel)):
        oben, ebene = gebiet.teil_von, gebiet.ebene
        if sum(g.teil_von == oben and g.ebene == ebene for g in bestand.gebiete.values()) > 1:
            return False
        gebiet = bestand.gebiete.get(oben)
    return gebiet is not None


SPANNE = 0.2
"""Width that stays open around a figure below the lowest level, as a share of it: nobody comes nearer than a tenth.

No source names a number for this; a tenth is the lower of the usual parameters of the p % rule (10 and 15; Hundepool et
al. 2010, Handbook on Statistical Disclosure Control, section 4.2.2).
"""


def demand_unten(wert: float | None, mindestfallzahl: int) -> Schutz:
    """Protection of a figure below the lowest level: that of a small count, or a width around a larger one."""
    n = float(max(mindestfallzahl, 1))
    if judge_zahl(wert, mindestfallzahl):
        return Schutz(0.0, n)
    return Schutz(breite=max(n, SPANNE * abs(wert or 0.0)))


# --- what an attacker must not know better


def demand_klein(n: float, ganzes: float | None) -> Schutz:
    """[0, n]; where the whole is smaller than n, all of [0, whole] is what can be asked for."""
    return Schutz(0.0, n if ganzes is None or ganzes <= 0 else min(n, ganzes))


def demand_schutz(bestand: Bestand, regel: Regel, ort: Ort, grund: Grund | None) -> Schutz | None:
    """Demand [0, n] for a small count; for a starred one, which nobody here knows, a width of n.

    Of a part with a small remainder the remainder is the secret (see `aufbau`); the part itself must not be exact.
    """
    merkmal = bestand.find_merkmal(ort.merkmal)
    if merkmal is None or grund is None:
        return None
    wert, ganzes = bestand.get_zahl(ort), bestand.get_zahl(bestand.find_ganzes(ort))
    n = float(max(merkmal.mindestfallzahl, 1))
    if grund is Grund.EBENE:
        klein = judge_zahl(wert, merkmal.mindestfallzahl)
        # "nicht zuzuordnen" is the town without its Ortsteile: no place that the level hides, but people who may be few.
        return None if not klein and is_einzig(bestand, regel, ort) else demand_unten(wert, merkmal.mindestfallzahl)
    if grund in (Grund.QUELLE, Grund.ABGELEITET) or wert is None:
        return Schutz(breite=n)
    if is_betrag(merkmal, regel):
        return demand_betrag(bestand, regel, ort)
    if grund is Grund.GERUNDET:
        return demand_gerundet(wert, merkmal.mindestfallzahl, ganzes)
    if grund in (Grund.FALLZAHL, Grund.KEINER):
        return demand_klein(n, ganzes)
    if grund in (Grund.KOMPLEMENT, Grund.ALLE, Grund.EINZELJAHR):
        return Schutz(breite=n if ganzes is None else min(n, ganzes))
    return None
