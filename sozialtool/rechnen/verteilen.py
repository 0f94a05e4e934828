"""Distribute a sum of whole pieces in proportion to weights, between a floor and a cap, so that it adds up exactly.

Everything is computed in fractions: no rounding decides who gets the last cent. The rest goes by largest remainder (Hamilton;
Balinski & Young 2001, Fair Representation, chapter 3), equal remainders by the larger weight, then by the order of the areas.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import attrs

from sozialtool.fehler import DatenFehler


@attrs.frozen
class Zuteilung:
    """What one area gets: pieces, its exact share before rounding, and whether floor or cap decided."""

    stuecke: int
    anteil: Fraction
    am_sockel: bool = False
    an_obergrenze: bool = False


def distribute(
    summe: int, gewichte: Sequence[float | Fraction], mindestens: int = 0, hoechstens: int | None = None
) -> tuple[Zuteilung, ...]:
    """Divide `summe` pieces by weight; each area gets at least `mindestens` and at most `hoechstens` pieces.

    An area with a larger weight never gets less than one with a smaller weight. An area without weight gets the floor.

    Raises:
        DatenFehler: VERTEILUNG-… no area, a weight that is none, no weight at all, or floor and cap that cannot be kept; each
            says why.
    """
    w = [_to_bruch(gewicht) for gewicht in gewichte]
    oben = summe if hoechstens is None else hoechstens
    _check(summe, w, mindestens, oben)
    grenze = [oben if gewicht else mindestens for gewicht in w]
    anteile = _fill(summe, w, mindestens, grenze)
    stuecke = _round(summe, anteile, w)
    return tuple(
        Zuteilung(
            zahl,
            anteil,
            am_sockel=bool(mindestens) and anteil == mindestens,
            an_obergrenze=hoechstens is not None and bool(gewicht) and anteil == hoechstens,
        )
        for zahl, anteil, gewicht in zip(stuecke, anteile, w, strict=True)
    )


def _to_bruch(gewicht: float | Fraction) -> Fraction:
    if isinstance(gewicht, float) and not math.isfinite(gewicht):
        gewicht = -1
    bruch = Fraction(gewicht)
    if bruch < 0:
        raise DatenFehler(
            "Ein Gewicht ist negativ oder keine Zahl; danach lässt sich nichts verteilen.",
            "Bitte die Zahlen prüfen, nach denen verteilt wird.",
            "VERTEILUNG-GEWICHT",
        )
    return bruch


def _check(summe: int, w: Sequence[Fraction], unten: int, oben: int) -> None:
    if not w or not any(w):
        raise DatenFehler(
            "Kein Gebiet hat etwas, wonach verteilt werden kann.",
            "Bitte ein anderes Merkmal oder einen anderen Schlüssel wählen.",
            "VERTEILUNG-LEER",
        )
    if unten > oben:
        raise DatenFehler(
            "Der Sockel ist größer als die Obergrenze oder als die ganze Summe.",
            "Bitte den Sockel senken oder die Obergrenze anheben.",
            "VERTEILUNG-GRENZEN",
        )
    if unten * len(w) > summe:
        raise DatenFehler(
            f"Der Sockel reicht nicht: {len(w)} Gebiete brauchen zusammen mehr als die ganze Summe.",
            f"Möglich ist höchstens die Summe geteilt durch {len(w)}.",
            "VERTEILUNG-SOCKEL",
        )
    mit_gewicht = sum(bool(gewicht) for gewicht in w)
    if oben * mit_gewicht + unten * (len(w) - mit_gewicht) < summe:
        raise DatenFehler(
            f"Mit dieser Obergrenze bleibt etwas übrig: {mit_gewicht} Gebiete können die Summe nicht aufnehmen.",
            "Bitte die Obergrenze anheben oder die Summe senken.",
            "VERTEILUNG-OBERGRENZE",
        )


def _fill(summe: int, w: Sequence[Fraction], unten: int, oben: Sequence[int]) -> list[Fraction]:
    """Find the factor with which weight times factor, held between floor and cap, adds up to the sum; exact.

    The total grows with the factor along straight pieces that bend where an area leaves its floor or reaches its cap.
    """

    def verteile(faktor: Fraction) -> list[Fraction]:
        return [
            min(max(gewicht * faktor, Fraction(unten)), Fraction(grenze))
            for gewicht, grenze in zip(w, oben, strict=True)
        ]

    knicke: set[Fraction] = {Fraction(0)}
    for gewicht, grenze in zip(w, oben, strict=True):
        if gewicht:
            knicke |= {Fraction(unten) / gewicht, Fraction(grenze) / gewicht}
    folge = sorted(knicke)
    links: Fraction = max((k for k in folge if sum(verteile(k)) <= summe), default=folge[0])
    steigung = sum(
        gewicht for gewicht, grenze in zip(w, oben, strict=True) if unten <= gewicht * links < grenze
    )  # fmt: skip
    rest = summe - sum(verteile(links), Fraction(0))
    return verteile(links + rest / steigung if rest else links)


def _round(summe: int, anteile: Sequence[Fraction], w: Sequence[Fraction]) -> list[int]:
    """Round down and give the remaining pieces to the largest remainders."""
    stuecke = [math.floor(anteil) for anteil in anteile]
    reste = [anteil - zahl for anteil, zahl in zip(anteile, stuecke, strict=True)]
    folge = sorted(range(len(w)), key=lambda i: (-reste[i], -w[i], i))
    for i in folge[: summe - sum(stuecke)]:
        stuecke[i] += 1
    return stuecke
