"""Tallies of a survey: shares with Wilson intervals; small groups are kept back, and what would give them away.

A group of fewer than `mindestens` people is not shown (agreed per survey). Where only one group of an area, or only one area of a group, is
kept back and the whole ("alle", the town) stands beside the parts, one more is kept back, the smallest: the whole minus the others would
give it away. Groups may divide people in several ways (by sex, by children); so every set of groups that adds up to the whole is looked
at, and every set that leaves only a few people over: those few have answered, too, though nobody listed them. A group may also lie in
another (single parents in those with children): nobody tells us, so every one that could, by its counts, is taken to. Answers are counted, not estimated: the interval
says what chance alone would allow, and holds only as far as who answered is like who was asked.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

import attrs

from sozialtool.fach.schreibweise import norm_wort
from sozialtool.rechnen.grenzen import find_wilson

ALLE = "alle"
_ALLE_WORTE = frozenset(
    {
        "alle",
        "gesamt",
        "insgesamt",
        "zusammen",
        "summe",
        "alle befragten",
        "alle antwortenden",
        "alle personen",
        "befragte insgesamt",
    }
)
"""What people write for everybody who answered (compared without case and blanks)."""
_INEINANDER = 2
"""So many groups together are looked at as parts of another group."""
_MEISTE = 10
"""So many groups are tried in every combination; of more, all of them and all but one."""
Ort = tuple[str, str]


def name_gruppe(text: str) -> str:
    """Return the name of a group without stray blanks; "alle" for whatever means everybody ("Alle", "Gesamt", "insgesamt")."""
    return ALLE if norm_wort(text) in _ALLE_WORTE else " ".join(text.split())


@attrs.frozen
class Schutz:
    """Smallest group that is shown, key of the whole town, and groups that are known to be small from elsewhere."""

    mindestens: int
    stadt: str = ""
    klein: frozenset[tuple[str, str]] = frozenset()


@attrs.frozen
class Antwortanteil:
    """One answer of a group: count, share in percent with 95 % limits; None for a share that has no base."""

    antwort: str
    anzahl: int
    anteil: float | None
    unten: float | None
    oben: float | None


@attrs.frozen
class Gruppenantwort:
    """The answers of one group in one area; no answers where it is kept back."""

    gebiet: str
    gruppe: str
    basis: int
    antworten: tuple[Antwortanteil, ...]
    geheim: bool = False


def tally(
    zahlen: Mapping[tuple[str, str], Mapping[str, int]], antworten: Sequence[str], schutz: Schutz, *, eine: bool
) -> tuple[Gruppenantwort, ...]:
    """Make the shares of every (area, group).

    Args:
        zahlen: (area, group) → answer → count.
        antworten: the possible answers in their order; others are added behind them.
        schutz: what is kept back.
        eine: whether each person gave one answer, so that the answers add up to the people.
    """
    # Where several answers are possible, there are at least as many people as gave the most frequent one.
    menschen = {ort: sum(je.values()) if eine else max(je.values(), default=0) for ort, je in zahlen.items()}
    geheim = find_geheime(menschen, schutz, zahlen, eine=eine)
    ergebnis = []
    for ort, je in zahlen.items():
        basis = sum(je.values())
        if ort in geheim:
            ergebnis.append(Gruppenantwort(*ort, basis=0, antworten=(), geheim=True))
            continue
        namen = list(dict.fromkeys((*antworten, *je)))
        anteile = tuple(_share(name, je.get(name, 0), basis if eine else 0) for name in namen)
        ergebnis.append(Gruppenantwort(*ort, basis=basis, antworten=anteile))
    return tuple(ergebnis)


def _share(name: str, anzahl: int, basis: int) -> Antwortanteil:
    grenzen = find_wilson(anzahl, basis) if basis else None
    if grenzen is None:
        return Antwortanteil(name, anzahl, None, None, None)
    return Antwortanteil(name, anzahl, 100 * anzahl / basis, 100 * grenzen[0], 100 * grenzen[1])


def find_geheime(
    menschen: Mapping[Ort, int], schutz: Schutz, zahlen: Mapping[Ort, Mapping[str, int]] | None = None, *, eine: bool = True
) -> frozenset[Ort]:  # fmt: skip
    """Return the (area, group) that are kept back: small ones, and others as long as few people could be computed back.

    Args:
        menschen: (area, group) → people.
        schutz: what is kept back.
        zahlen: (area, group) → answer → count; people alone where it is None.
        eine: whether each person gave one answer.
    """
    je = {ort: {"": anzahl} for ort, anzahl in menschen.items()} if zahlen is None else zahlen
    teilungen = [t for g, teile in _list_ganze(menschen, schutz.stadt) for t in _find_teilungen(g, teile, je, schutz.mindestens, eine)]  # fmt: skip
    ineinander = _list_gruppen(menschen, teilungen)
    teilungen += [t for g, teile in ineinander for t in _find_teilungen(g, teile, je, schutz.mindestens, eine)]
    geheim = {ort for ort, anzahl in menschen.items() if anzahl < schutz.mindestens} | (schutz.klein & set(menschen))
    while neu := _find_rest(menschen, geheim, teilungen, schutz.mindestens) or _find_naechste(
        menschen, geheim, schutz.stadt
    ):
        geheim |= neu
    return frozenset(geheim)


@attrs.frozen
class _Teilung:
    """Parts that add up to a whole but for `rest` people."""

    ganzes: Ort
    teile: tuple[Ort, ...]
    rest: int


def _list_ganze(menschen: Mapping[Ort, int], stadt: str) -> list[tuple[Ort, list[Ort]]]:
    """List every whole with all its parts: groups of an area, areas of a group."""
    ganze = [(ort, [t for t in menschen if t[0] == ort[0] and t[1] != ALLE]) for ort in menschen if ort[1] == ALLE]
    return ganze + [
        (ort, [t for t in menschen if t[1] == ort[1] and t[0] != stadt])
        for ort in menschen
        if stadt and ort[0] == stadt
    ]


def _list_gruppen(menschen: Mapping[Ort, int], teilungen: Sequence[_Teilung]) -> list[tuple[Ort, list[Ort]]]:
    """List every group of an area with the smaller ones of that area that may lie in it: not those which with it make up "alle"."""
    getrennt = {
        frozenset(paar)
        for t in teilungen
        if t.ganzes[1] == ALLE and t.rest == 0
        for paar in itertools.combinations(t.teile, 2)
    }
    gruppen = [ort for ort in menschen if ort[1] != ALLE]
    return [
        (g, [t for t in gruppen if t[0] == g[0] and menschen[t] < menschen[g] and frozenset((g, t)) not in getrennt])
        for g in gruppen
    ]


def _choose(ganzes: Ort, teile: Sequence[Ort]) -> Iterator[tuple[Ort, ...]]:
    """Yield the sets of parts that may make up a whole; areas do so only all together, groups one or two at a time."""
    aus_alle = ganzes[1] == ALLE
    if all(t[0] == ganzes[0] for t in teile) and (len(teile) <= _MEISTE or not aus_alle):
        for anzahl in range(1, (len(teile) if aus_alle else _INEINANDER) + 1):
            yield from itertools.combinations(teile, anzahl)
        return
    yield tuple(teile)
    yield from itertools.combinations(teile, len(teile) - 1) if len(teile) > 1 else ()


def _find_teilungen(
    ganzes: Ort, teile: Sequence[Ort], je: Mapping[Ort, Mapping[str, int]], mindestens: int, eine: bool
) -> Iterator[_Teilung]:  # fmt: skip
    """Yield the sets of parts that leave nobody or fewer than `mindestens` people over."""
    namen = {name for ort in (ganzes, *teile) for name in je[ort]}
    for wahl in _choose(ganzes, teile) if teile else ():
        reste = [je[ganzes].get(name, 0) - sum(je[t].get(name, 0) for t in wahl) for name in namen]
        if min(reste, default=0) >= 0:
            rest = sum(reste) if eine else max(reste, default=0)
            if rest < mindestens:
                yield _Teilung(ganzes, wahl, rest)


def _find_rest(
    menschen: Mapping[Ort, int], geheim: set[Ort], teilungen: Sequence[_Teilung], mindestens: int
) -> set[Ort]:  # fmt: skip
    """Find one more that has to be kept back: a shown whole minus its shown parts leaves fewer than `mindestens` people, or one part."""
    for t in teilungen:
        if t.ganzes in geheim:
            continue
        offen = [ort for ort in t.teile if ort not in geheim]
        verdeckt = [ort for ort in t.teile if ort in geheim]
        wenige = 0 < sum(menschen[ort] for ort in verdeckt) + t.rest < mindestens
        if wenige or (len(verdeckt) == 1 and t.rest == 0):
            return {min(offen, key=lambda ort: (menschen[ort], ort))} if offen else {t.ganzes}
    return set()


def _find_naechste(menschen: Mapping[Ort, int], geheim: set[Ort], stadt: str) -> set[Ort]:
    """Find one more that has to be kept back: of a whole that is shown exactly one part is not."""
    for ganzes, teile in _list_ganze(menschen, stadt):
        offen = [t for t in teile if t not in geheim]
        if ganzes not in geheim and len(teile) - len(offen) == 1:
            return {min(offen, key=lambda ort: (menschen[ort], ort))} if offen else {ganzes}
    return set()
