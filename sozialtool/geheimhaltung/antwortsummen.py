"""Which groups and areas of a survey add up to others, as everybody knows or can guess from the counts.

Areas of a level add up to what lies above them. Groups may divide people in several ways (by sex, by children), and nobody tells us
which: so every set of groups that adds up to "alle", or leaves only a few people over, is taken to do so; those few have answered,
too, though nobody listed them. A group may also lie in another (single parents in those with children): every one that could by its
counts, and leaves few people over, is taken to. A relation too many costs a figure; one too few gives somebody away.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

import attrs

from sozialtool.fach.antwortgruppe import ALLE, Ort

_INEINANDER = 2
"""So many groups together are looked at as parts of another group."""
_MEISTE = 10
"""So many groups are tried in every combination; of more, all of them and all but one."""


@attrs.frozen
class Frage:
    """The tally of one question.

    Attributes:
        zahlen: (area, group) → answer → count.
        menschen: (area, group) → how many people answered, where that is known (one answer each: the sum).
        eine: whether each person gave one answer, so that the answers add up to the people.
        abgeleitet: groups that nobody listed, but everybody can compute from the others (`complete`): shown nowhere.
    """

    zahlen: Mapping[Ort, Mapping[str, int]]
    menschen: Mapping[Ort, int]
    eine: bool
    abgeleitet: frozenset[Ort] = frozenset()

    def count(self, ort: Ort) -> int:
        """People of a group: known, or at least as many as gave the most frequent answer."""
        return self.menschen.get(ort, max(self.zahlen[ort].values(), default=0))


@attrs.frozen
class Summe:
    """Parts that add up to a whole but for `rest`: answer → count, and `menschen` people (the least there can be).

    `offen`: whether there is a rest, or could be as far as everybody knows.
    """

    ganzes: Ort
    teile: tuple[Ort, ...]
    rest: Mapping[str, int]
    menschen: int
    offen: bool = True

    @property
    def geht_auf(self) -> bool:
        """Whether nothing is left over."""
        return not self.menschen and not any(self.rest.values())

    @property
    def name(self) -> tuple[str, tuple[str, ...]]:
        """Groups that make up a group, in whatever area."""
        return self.ganzes[1], tuple(sorted(t[1] for t in self.teile))


Gebietssummen = Sequence[tuple[str, tuple[str, ...]]]
"""An area and all areas of one level in it, for every area and level."""


def complete(frage: Frage, gebietssummen: Gebietssummen) -> Frage:
    """Add the groups that nobody listed, but that follow: groups divide "alle" in every area as they do in one, areas the whole.

    "alle" of an area without a row is women and men, where these are "alle" elsewhere; then it counts for the sum of the town.
    """
    frage = _add_alle(frage)
    while True:
        formen = list(_list_formen(frage, gebietssummen))
        neu = next((f for f in (_fill(frage, *form) for form in formen) if f is not None), None)
        if neu is None:
            return frage
        frage = neu


def _add_alle(frage: Frage) -> Frage:
    """Where nobody lists "alle": what two ways to divide people add up to alike, in every area that has both, is everybody."""
    gruppen = sorted({h for _, h in frage.zahlen})
    if ALLE in gruppen or len(gruppen) > _MEISTE:
        return frage
    gebiete = list(dict.fromkeys(g for g, _ in frage.zahlen))
    summen: dict[tuple[str, ...], dict[str, dict[str, int]]] = {}
    for anzahl in range(2, len(gruppen) + 1):
        for wahl in itertools.combinations(gruppen, anzahl):
            orte = {g: [(g, h) for h in wahl] for g in gebiete if all((g, h) in frage.zahlen for h in wahl)}
            summen[wahl] = {g: _add(frage, teile) for g, teile in orte.items()}
    paare = [
        (a, b)
        for a, b in itertools.combinations(summen, 2)
        if not set(a) & set(b)
        and (beide := summen[a].keys() & summen[b].keys())
        and all(summen[a][g] == summen[b][g] for g in beide)
    ]
    if not paare:
        return frage
    a, b = max(paare, key=lambda paar: (sum(len(teil) for teil in paar), paar))
    neu = {(g, ALLE): je for g, je in {**summen[a], **summen[b]}.items()}
    menschen = {
        (g, ALLE): sum(frage.menschen[g, h] for h in wahl)
        for wahl in (a, b)
        for g in summen[wahl]
        if all((g, h) in frage.menschen for h in wahl)
    }
    return Frage({**frage.zahlen, **neu}, {**frage.menschen, **menschen}, frage.eine, frage.abgeleitet | neu.keys())


def _add(frage: Frage, teile: Sequence[Ort]) -> dict[str, int]:
    namen = sorted({name for je in frage.zahlen.values() for name in je})
    return {name: sum(frage.zahlen[t].get(name, 0) for t in teile) for name in namen}


def _list_formen(frage: Frage, gebietssummen: Gebietssummen) -> Iterator[tuple[Ort, tuple[Ort, ...]]]:
    """Yield every whole and its parts, listed or not, of a kind that ties out at least once."""
    gebiete = list(dict.fromkeys(g for g, _ in frage.zahlen))
    gruppen = list(dict.fromkeys(h for _, h in frage.zahlen))
    arten = {name[1] for name, je in _group(_list_alle(frage)).items() if all(s.geht_auf for s in je)}
    for gebiet, art in itertools.product(gebiete, sorted(arten)):
        yield (gebiet, ALLE), tuple((gebiet, gruppe) for gruppe in art)
    for oben, unten in gebietssummen:
        drin = [g for g in unten if g in gebiete]
        moegliche = [((oben, h), tuple((g, h) for g in drin)) for h in gruppen] if drin else []
        da = [_build(frage, *m) for m in moegliche if all(o in frage.zahlen for o in (m[0], *m[1]))]
        if any(s.geht_auf for s in da):
            yield from moegliche


def _fill(frage: Frage, ganzes: Ort, teile: tuple[Ort, ...]) -> Frage | None:
    """Add the only one of these that is not there; None where none or several are missing, or it would be below nobody."""
    fehlt = [ort for ort in (ganzes, *teile) if ort not in frage.zahlen]
    if len(fehlt) != 1:
        return None
    zeichen = [
        (ort, 1 if (ort == ganzes) == (fehlt[0] != ganzes) else -1) for ort in (ganzes, *teile) if ort != fehlt[0]
    ]
    namen = dict.fromkeys(name for ort, _ in zeichen for name in frage.zahlen[ort])
    zahlen = {name: sum(z * frage.zahlen[ort].get(name, 0) for ort, z in zeichen) for name in namen}
    menschen = dict(frage.menschen)
    if all(ort in menschen for ort, _ in zeichen):
        menschen[fehlt[0]] = sum(z * menschen[ort] for ort, z in zeichen)
    if min([*zahlen.values(), menschen.get(fehlt[0], 0)], default=0) < 0:
        return None
    return Frage({**frage.zahlen, fehlt[0]: zahlen}, menschen, frage.eine, frage.abgeleitet | {fehlt[0]})


def list_summen(frage: Frage, gebietssummen: Gebietssummen, mindestens: int) -> tuple[Summe, ...]:
    """List every relation that somebody could compute with.

    Args:
        frage: the tally.
        gebietssummen: an area and all areas of one level in it, for every area and level.
        mindestens: a rest of fewer people is few; larger rests only say that parts are no more than the whole.
    """
    kandidaten = _believe(frage, _list_alle(frage), frozenset())
    geteilt = _list_geteilte(frage, kandidaten)
    knapp = [s for s in kandidaten if s.menschen < mindestens]
    getrennt = {
        (s.ganzes[0], frozenset((a[1], b[1])))
        for s in knapp
        if s.geht_auf
        for a, b in itertools.combinations(s.teile, 2)
    }
    innere = []
    for ort in frage.zahlen:
        if ort[1] != ALLE:
            drin = [t for t in _list_gruppen(frage, ort) if frage.count(t) < frage.count(ort)]
            drin = [t for t in drin if (ort[0], frozenset((ort[1], t[1]))) not in getrennt]
            innere += list(_list_wahlen(frage, ort, drin))
    innere = _believe(frage, _sift(frage, innere), geteilt)
    # What holds for the groups of one area holds for those of the others, too, whatever it leaves over there.
    namen = {s.name for s in knapp}
    return (*_list_gebiete(frage, gebietssummen), *(s for s in kandidaten if s.name in namen), *innere)


def _list_alle(frage: Frage) -> list[Summe]:
    """Sums of groups that "alle" of an area may be."""
    orte = [ort for ort in frage.zahlen if ort[1] == ALLE]
    return _sift(frage, [s for ort in orte for s in _list_wahlen(frage, ort, _list_gruppen(frage, ort))])


def _list_geteilte(frage: Frage, summen: Sequence[Summe]) -> frozenset[str]:
    """Groups that divide "alle" with others: exactly, wherever they are listed, but for a slip of the pen here and there."""
    return frozenset(
        gruppe
        for name, je in _group(summen).items()
        if all(s.geht_auf for s in je) and 2 * len(je) >= _count_orte(frage, name)
        for gruppe in name[1]
    )


def _believe(frage: Frage, summen: Sequence[Summe], geteilt: frozenset[str]) -> list[Summe]:
    """Leave out what fits by accident: with many groups some always come near another.

    One group and the rest of "alle" are no accident. Several groups that leave people over, or lie in another, must do so wherever they are
    listed and leave few over altogether; and who divides "alle" with others anyway is not taken to do it crosswise as well.
    """
    geteilt = geteilt or _list_geteilte(frage, summen)
    ergebnis: list[Summe] = []
    for name, je in _group(summen).items():
        listen, aufgehend = _count_orte(frage, name), sum(s.geht_auf for s in je)
        wenige = 10 * sum(s.menschen for s in je) <= sum(frage.count(s.ganzes) for s in je)
        quer = geteilt.issuperset(name[1]) and (name[0] == ALLE or name[0] in geteilt)
        if (
            (name[0] == ALLE and len(name[1]) == 1)
            or 2 * aufgehend >= max(listen, 1)
            or (len(je) == listen and wenige and not quer)
        ):
            ergebnis += je
    return ergebnis


def _group(summen: Sequence[Summe]) -> dict[tuple[str, tuple[str, ...]], list[Summe]]:
    je: dict[tuple[str, tuple[str, ...]], list[Summe]] = {}
    for summe in summen:
        je.setdefault(summe.name, []).append(summe)
    return je


def _count_orte(frage: Frage, name: tuple[str, tuple[str, ...]]) -> int:
    gebiete = {g for g, _ in frage.zahlen}
    return sum(all((g, h) in frage.zahlen for h in (name[0], *name[1])) for g in gebiete)


def _sift(frage: Frage, summen: Sequence[Summe]) -> list[Summe]:
    """Take groups of nobody in an area for what they are elsewhere: they could belong to any sum.

    Such a group is part of a sum only where it is in an area in which it has people; and where a sum leaves people over elsewhere,
    it ties out here for want of people only, which is no secret that everybody knows.
    """
    leer = {ort for ort in frage.zahlen if not frage.count(ort)}
    mit: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    lose: set[tuple[str, tuple[str, ...]]] = set()
    for s in summen:
        mit.setdefault(s.name, set()).update(t[1] for t in s.teile if t not in leer)
        if not s.geht_auf:
            lose.add(s.name)
    ergebnis = []
    for s in summen:
        if mit[s.name].issuperset(s.name[1]):
            fremd = any(g == s.ganzes[0] and (g, h) not in s.teile for g, h in leer)
            ergebnis.append(attrs.evolve(s, offen=not s.geht_auf or (fremd and s.name in lose)))
    return ergebnis


def _list_gruppen(frage: Frage, ganzes: Ort) -> list[Ort]:
    return sorted(t for t in frage.zahlen if t[0] == ganzes[0] and t[1] not in (ALLE, ganzes[1]))


def _list_gebiete(frage: Frage, gebietssummen: Gebietssummen) -> Iterator[Summe]:
    """Sums of areas; one that does not tie out (slips of the pen) is taken as it is, what deviates counts as known."""
    gruppen = list(dict.fromkeys(gruppe for _, gruppe in frage.zahlen))
    for (oben, unten), gruppe in itertools.product(gebietssummen, gruppen):
        teile = tuple((gebiet, gruppe) for gebiet in unten if (gebiet, gruppe) in frage.zahlen)
        if teile and (oben, gruppe) in frage.zahlen:
            summe = _build(frage, (oben, gruppe), teile)
            yield attrs.evolve(summe, offen=not summe.geht_auf)


def _list_wahlen(frage: Frage, ganzes: Ort, teile: Sequence[Ort]) -> Iterator[Summe]:
    """Sums of the groups that may make up a whole: no answer of theirs was given more often than in the whole."""
    for wahl in _choose(ganzes, teile):
        summe = _build(frage, ganzes, wahl)
        if summe.menschen >= 0 and min(summe.rest.values(), default=0) >= 0:
            yield summe


def _choose(ganzes: Ort, teile: Sequence[Ort]) -> Iterator[tuple[Ort, ...]]:
    if not teile:
        return
    if ganzes[1] != ALLE or len(teile) <= _MEISTE:
        for anzahl in range(1, (len(teile) if ganzes[1] == ALLE else min(_INEINANDER, len(teile))) + 1):
            yield from itertools.combinations(teile, anzahl)
        return
    yield tuple(teile)
    yield from itertools.combinations(teile, len(teile) - 1)


def _build(frage: Frage, ganzes: Ort, teile: tuple[Ort, ...]) -> Summe:
    namen = dict.fromkeys(name for ort in (ganzes, *teile) for name in frage.zahlen[ort])
    rest = {n: frage.zahlen[ganzes].get(n, 0) - sum(frage.zahlen[t].get(n, 0) for t in teile) for n in namen}
    if all(ort in frage.menschen for ort in (ganzes, *teile)):
        return Summe(ganzes, teile, rest, frage.menschen[ganzes] - sum(frage.menschen[t] for t in teile))
    return Summe(ganzes, teile, rest, max(rest.values(), default=0))
