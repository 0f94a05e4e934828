"""Tallies of a survey: shares with Wilson intervals; small groups are kept back, and what would give them away.

A group of fewer than `mindestens` people is not shown (agreed per survey). Where only one group of an area, or only one area of a group, is
kept back and the whole ("alle", the town) stands beside the parts, one more is kept back, the smallest: the whole minus the others would
give it away. Answers are counted, not estimated: the interval
says what chance alone would allow, and holds only as far as who answered is like who was asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from sozialtool.rechnen.grenzen import find_wilson

ALLE = "alle"


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
    geheim = find_geheime(menschen, schutz)
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


def find_geheime(menschen: Mapping[tuple[str, str], int], schutz: Schutz) -> frozenset[tuple[str, str]]:
    """Return the (area, group) that are kept back: small ones, and others as long as a single one could be computed back."""
    geheim = {ort for ort, anzahl in menschen.items() if anzahl < schutz.mindestens} | (schutz.klein & set(menschen))
    while neu := _find_naechste(menschen, geheim, schutz.stadt):
        geheim |= neu
    return frozenset(geheim)


def _find_naechste(
    menschen: Mapping[tuple[str, str], int], geheim: set[tuple[str, str]], stadt: str
) -> set[tuple[str, str]]:  # fmt: skip
    """Find one more that has to be kept back: of a whole that is shown exactly one part is not."""
    ganze = [(ort, [t for t in menschen if t[0] == ort[0] and t[1] != ALLE]) for ort in menschen if ort[1] == ALLE]
    ganze += [
        (ort, [t for t in menschen if t[1] == ort[1] and t[0] != stadt])
        for ort in menschen
        if stadt and ort[0] == stadt
    ]
    for ganzes, teile in ganze:
        offen = [t for t in teile if t not in geheim]
        if ganzes not in geheim and len(teile) - len(offen) == 1:
            return {min(offen, key=lambda ort: (menschen[ort], ort))} if offen else {ganzes}
    return set()
