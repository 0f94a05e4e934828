"""Tallies of a survey: shares with Wilson intervals; what is kept back says `geheimhaltung.befragung`.

Answers are counted, not estimated: the interval says what chance alone would allow, and holds only as far as who answered is like who
was asked. Where several answers were possible, the base of a share is the people who answered, never the sum of the answers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import attrs

from sozialtool.fach.antwortgruppe import Ort
from sozialtool.rechnen.grenzen import find_wilson


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
    """The answers of one group in one area; no answers where it is kept back; `basis`: people, None if nobody knows."""

    gebiet: str
    gruppe: str
    basis: int | None
    antworten: tuple[Antwortanteil, ...]
    geheim: bool = False


def tally(
    zahlen: Mapping[Ort, Mapping[str, int]],
    antworten: Sequence[str],
    menschen: Mapping[Ort, int],
    geheim: Collection[Ort] = (),
) -> tuple[Gruppenantwort, ...]:
    """Make the shares of every (area, group).

    Args:
        zahlen: (area, group) → answer → count.
        antworten: the possible answers in their order; others are added behind them.
        menschen: how many people answered, where that is known.
        geheim: what is kept back.
    """
    ergebnis = []
    for ort, je in zahlen.items():
        if ort in geheim:
            ergebnis.append(Gruppenantwort(*ort, basis=None, antworten=(), geheim=True))
            continue
        namen = list(dict.fromkeys((*antworten, *je)))
        basis = menschen.get(ort)
        anteile = tuple(_share(name, je.get(name, 0), basis or 0) for name in namen)
        ergebnis.append(Gruppenantwort(*ort, basis=basis, antworten=anteile))
    return tuple(ergebnis)


def _share(name: str, anzahl: int, basis: int) -> Antwortanteil:
    grenzen = find_wilson(anzahl, basis) if basis else None
    if grenzen is None:
        return Antwortanteil(name, anzahl, None, None, None)
    return Antwortanteil(name, anzahl, 100 * anzahl / basis, 100 * grenzen[0], 100 * grenzen[1])
