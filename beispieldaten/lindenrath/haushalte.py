"""The people of one Sozialraum one by one, in households that give exactly the delivered counts.

Ages and sexes come from the population model, the number of households of each kind from `soziales`; who lives with whom
is made up so that it looks like a town.
"""

from __future__ import annotations

import datetime as dt
import random

from lindenrath.bevoelkerung import SEED, jahrgaenge
from lindenrath.soziales import werte_of

JAHR = 2025
FUENF_JAHRE = dt.date(JAHR - 5, 12, 31)
"""Who moved in on this day or before has lived there for five years on the Stichtag."""
MINDESTABSTAND = 17
"""Years between the younger parent and a child."""


class Person:
    """One invented person; `alter` on 31.12.2025."""

    __slots__ = ("alter", "einzug", "geboren", "geschlecht", "nation", "stand")

    def __init__(self, alter: int, geschlecht: str) -> None:
        self.alter = alter
        self.geschlecht = geschlecht
        self.geboren = dt.date(JAHR - alter, 1, 1)
        self.einzug = self.geboren
        self.nation = "deutsch"
        self.stand = "LD"


Haushalt = list[Person]


def build_haushalte(gebiet: str) -> list[Haushalt]:
    """All households of one Sozialraum (or of those without one), adults first."""
    zufall = random.Random(f"{SEED}:register:{gebiet}")
    w = werte_of(gebiet, JAHR)
    leute = _persons(gebiet, zufall, w)
    erwachsene = [p for p in leute if p.alter >= 18]
    kinder = [p for p in leute if p.alter < 18]
    allein = _singles(erwachsene, w, zufall)
    familien = _parents(erwachsene, w, zufall)
    paare = w["hh"] - w["hh_1p"] - w["hh_kinder"]
    # Where adults are short, some households are two young people in a flat of the Jugenddorf.
    gruppen = max(0, -(-(2 * paare - len(erwachsene)) // 2))
    jugend = _flats(kinder, gruppen)
    _place_children(familien, kinder, w, zufall)
    partner, uebrige = _couples(erwachsene, paare - gruppen)
    for mensch in uebrige:
        ziel = zufall.choice([f for f in familien if f[1].alter >= 18] or partner)
        ziel.insert(2, mensch)
    alle = [*allein, *familien, *partner, *jugend]
    _marry(alle, zufall)
    _nationalities(alle, w, zufall)
    _move_in(alle, w["wohndauer_ab_5"], zufall)
    return alle


def _persons(gebiet: str, zufall: random.Random, w: dict[str, int]) -> list[Person]:
    leute = []
    alle, frauen = jahrgaenge(gebiet, JAHR)
    for alter, anzahl in enumerate(alle):
        leute += [Person(alter, "w" if nummer < frauen[alter] else "m") for nummer in range(anzahl)]
    for p in leute:
        p.geboren = dt.date(p.geboren.year, 1, 1) + dt.timedelta(days=zufall.randrange(365))
    # Of those aged 66 who is born after October is not yet past the Regelaltersgrenze (66 years and 2 months, § 235 SGB VI).
    spaet = w["ew_ab_65"] - w["ew_ab_regelalter"] - alle[65]
    for nummer, p in enumerate(p for p in leute if p.alter == 66):
        tage = zufall.randrange(61) if nummer < spaet else -1 - zufall.randrange(304)
        p.geboren = dt.date(p.geboren.year, 11, 1) + dt.timedelta(days=tage)
    return leute


def _take(vorrat: list[Person], anzahl: int, rang: dict[int, float]) -> list[Person]:
    """Take those of the lowest rank out of the pool; people without a rank stay in it."""
    genommen = sorted((p for p in vorrat if id(p) in rang), key=lambda p: rang[id(p)])[:anzahl]
    assert len(genommen) == anzahl
    weg = set(map(id, genommen))
    vorrat[:] = [p for p in vorrat if id(p) not in weg]
    return genommen


def _singles(erwachsene: list[Person], w: dict[str, int], zufall: random.Random) -> list[Haushalt]:
    alt, aelter = w["alleinlebend_ab_65"], w["alleinlebend_ab_75"]
    spannen = ((75, 200, aelter), (65, 75, alt - aelter), (18, 65, w["hh_1p"] - alt))
    haushalte = []
    for von, bis, anzahl in spannen:
        rang = {}
        for p in erwachsene:
            if von <= p.alter < bis:
                mitte = min(abs(p.alter - 27), abs(p.alter - 58)) / 8 if bis == 65 else -p.alter / 20
                rang[id(p)] = mitte - (p.geschlecht == "w") * (von >= 65) * 1.2 + zufall.gauss(0, 1.0)
        haushalte += [[p] for p in _take(erwachsene, anzahl, rang)]
    return haushalte


def _parents(erwachsene: list[Person], w: dict[str, int], zufall: random.Random) -> list[Haushalt]:
    """Single parents first, then couples with children; a mother leads where there is one."""

    def rank(geschlecht: str, mitte: int) -> dict[int, float]:
        return {
            id(p): abs(p.alter - mitte) / 7 + (p.geschlecht != geschlecht) * 3 + zufall.gauss(0, 0.6)
            for p in erwachsene
            if p.alter >= 20
        }

    allein = [[p] for p in _take(erwachsene, w["hh_alleinerziehend"], rank("w", 39))]
    anzahl = w["hh_kinder"] - w["hh_alleinerziehend"]
    muetter = sorted(_take(erwachsene, anzahl, rank("w", 38)), key=lambda p: p.alter)
    vaeter = sorted(_take(erwachsene, anzahl, rank("m", 41)), key=lambda p: p.alter)
    return [*allein, *([m, v] for m, v in zip(muetter, vaeter, strict=True))]


def _flats(kinder: list[Person], anzahl: int) -> list[Haushalt]:
    aelteste = sorted(kinder, key=lambda p: -p.alter)[: 2 * anzahl]
    weg = set(map(id, aelteste))
    kinder[:] = [p for p in kinder if id(p) not in weg]
    return [aelteste[i : i + 2] for i in range(0, len(aelteste), 2)]


def _sizes(familien: list[Haushalt], kinder: int, w: dict[str, int], zufall: random.Random) -> list[int]:
    """How many children each family has: exactly so many with three and more, and with one adult, as were delivered."""
    allein = w["hh_alleinerziehend"]
    groessen = [1] * len(familien)
    viele = set(zufall.sample(range(allein, len(familien)), w["hh_3kinder"]))
    for i in viele:
        groessen[i] = 3
    gruppen = ((list(range(allein)), w["kinder_alleinerziehend"]),)
    gruppen += ((list(range(allein, len(familien))), kinder - w["kinder_alleinerziehend"]),)
    for plaetze, summe in gruppen:
        mehr = summe - sum(groessen[i] for i in plaetze)
        kleine = [i for i in plaetze if i not in viele]
        for i in zufall.sample(kleine, min(mehr, len(kleine))):
            groessen[i] += 1
        grosse = [i for i in plaetze if i in viele]
        for nummer in range(mehr - min(mehr, len(kleine))):
            groessen[grosse[nummer % len(grosse)]] += 1
    return groessen


def _place_children(familien: list[Haushalt], kinder: list[Person], w: dict[str, int], zufall: random.Random) -> None:
    groessen = _sizes(familien, len(kinder), w, zufall)
    plaetze = [(min(p.alter for p in f), f) for f, n in zip(familien, groessen, strict=True) for _ in range(n)]
    folge = sorted(range(len(plaetze)), key=lambda i: plaetze[i][0] + zufall.gauss(0, 2.5))
    nach_alter = sorted(kinder, key=lambda p: p.alter)
    belegt = [(*plaetze[i], kind) for i, kind in zip(folge, nach_alter, strict=True)]
    for stelle, (alter, familie, kind) in enumerate(belegt):
        if alter - kind.alter >= MINDESTABSTAND:
            continue
        for andere, (ihr_alter, ihre, ihr_kind) in enumerate(belegt):
            if ihr_alter - kind.alter >= MINDESTABSTAND and alter - ihr_kind.alter >= MINDESTABSTAND:
                belegt[stelle], belegt[andere] = (alter, familie, ihr_kind), (ihr_alter, ihre, kind)
                break
    for _, familie, kind in belegt:
        familie.append(kind)


def _couples(erwachsene: list[Person], anzahl: int) -> tuple[list[Haushalt], list[Person]]:
    """Pair the rest by age, women with men as far as there are both; the youngest beyond that are left over."""
    folge = sorted(erwachsene, key=lambda p: p.alter)
    uebrige, folge = folge[: len(folge) - 2 * anzahl], folge[len(folge) - 2 * anzahl :]
    frauen = [p for p in folge if p.geschlecht == "w"]
    maenner = [p for p in folge if p.geschlecht == "m"]
    mehr, weniger = (frauen, maenner) if len(frauen) >= len(maenner) else (maenner, frauen)
    einzeln = (len(mehr) - len(weniger)) // 2 * 2
    paare = [list(paar) for paar in zip(mehr[einzeln:], weniger, strict=True)]
    return [*paare, *(mehr[i : i + 2] for i in range(0, einzeln, 2))], uebrige


def _marry(haushalte: list[Haushalt], zufall: random.Random) -> None:
    """Familienstand: LD ledig, VH verheiratet, GS geschieden, VW verwitwet, LP Lebenspartnerschaft."""
    for haushalt in haushalte:
        erste = [p for p in haushalt if p.alter >= 18][:2]
        if len(erste) == 2 and abs(erste[0].alter - erste[1].alter) < 15 and zufall.random() < 0.78:
            for p in erste:
                p.stand = "LP" if erste[0].geschlecht == erste[1].geschlecht else "VH"
        elif len(erste) == 1:
            alter = erste[0].alter
            staende = ("LD", "GS", "VW", "VH")
            gewichte = (3, 3, 14, 1) if alter >= 75 else (3, 5, 2, 1) if alter >= 45 else (9, 2, 0, 1)
            erste[0].stand = zufall.choices(staende, gewichte)[0]


_EU = ("polnisch", "rumänisch", "bulgarisch", "italienisch", "griechisch", "niederländisch", "kroatisch", "spanisch")
_ANDERE = ("türkisch", "syrisch", "ukrainisch", "afghanisch", "irakisch", "serbisch", "marokkanisch", "ungeklärt")


def _nationalities(haushalte: list[Haushalt], w: dict[str, int], zufall: random.Random) -> None:
    """Whole households as far as it goes; the last one is mixed, so that the count is met."""
    folge = sorted(haushalte, key=lambda h: h[0].alter / 30 + zufall.gauss(0, 1))
    offen = {"andere": w["auslaender_nicht_eu"], "eu": w["auslaender"] - w["auslaender_nicht_eu"]}
    for haushalt in folge:
        art = max(offen, key=lambda name: offen[name] * zufall.random())
        if not offen[art]:
            art = "eu" if art == "andere" else "andere"
        nation = zufall.choice(_ANDERE if art == "andere" else _EU)
        for p in haushalt[: offen[art]]:
            p.nation = nation
            offen[art] -= 1
    assert not any(offen.values())
    for p in (p for h in haushalte for p in h if p.nation == "deutsch"):
        if zufall.random() < 0.03:
            p.nation = f"deutsch, {zufall.choice(_ANDERE[:-1])}"


def _move_in(haushalte: list[Haushalt], lange: int, zufall: random.Random) -> None:
    """So many people aged five and over have lived there for five years; nobody moved in before birth."""
    for haushalt in sorted(haushalte, key=lambda h: -max(p.alter for p in h) / 25 + zufall.gauss(0, 1)):
        jahre = 5 + min(zufall.expovariate(1 / 11), max(p.alter for p in haushalt))
        damals = FUENF_JAHRE - dt.timedelta(days=int(365.25 * (jahre - 5)))
        neulich = FUENF_JAHRE + dt.timedelta(days=1 + zufall.randrange(1790))
        for p in haushalt:
            alt_genug = p.alter >= 5
            p.einzug = max(damals if alt_genug and lange else neulich, p.geboren)
            lange -= alt_genug and lange > 0
    assert lange == 0
