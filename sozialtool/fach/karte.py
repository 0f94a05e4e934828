"""Two maps of the town: tiles that the planner places, and outlines where somebody delivered them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import attrs

from sozialtool.fach.felder import feld

Punkt = tuple[float, float]
"""East and north, in metres from any origin."""
Platz = tuple[int, int]
"""Column from the left and row from the top, from 0."""

HOECHSTENS = 30
"""Columns and rows that a tile map may have; beyond it nobody sees a map any more."""


@attrs.frozen
class Umriss:
    """The outline of one area as one Gebietsstand draws it.

    A ring is a text like "0 0,1200 0,1200 800": east and north in whole metres, closed by itself. Rings inside others are holes
    (even–odd rule, as GeoJSON's inner rings behave when drawn). `bezug` is where 0 0 lies on the earth (a `fach.lage.Lage` as text);
    without it the metres are those of a grid that the file did not name.
    """

    gebiet: str = feld("Gebiet", schluessel=True)
    gebietsstand: str = feld(
        "Gebietsstand", hilfe="Der geltende, als der Umriss kam; leer, wenn es keinen gab.", default=""
    )
    ringe: tuple[str, ...] = feld("Ringe", hilfe="Ost und Nord in Metern.", default=())
    herkunft: str = feld("Herkunft", hilfe="Name der Datei.", default="")
    bezug: str = feld(
        "Bezugspunkt", hilfe="Breite und Länge in Grad, von denen die Meter zählen; leer: unbekannt.", default=""
    )

    @classmethod
    def from_punkte(
        cls,
        gebiet: str,
        ringe: Iterable[Sequence[Punkt]],
        *,
        gebietsstand: str = "",
        herkunft: str = "",
        bezug: str = "",
    ) -> Umriss:
        """Make it from rings of points; a ring with fewer than three different points is left out."""
        texte = []
        for ring in ringe:
            runde = list(dict.fromkeys((round(x), round(y)) for x, y in ring))
            if len(runde) >= 3:
                texte.append(",".join(f"{x} {y}" for x, y in runde))
        return cls(gebiet, gebietsstand, tuple(texte), herkunft, bezug)

    def punkte(self) -> tuple[tuple[Punkt, ...], ...]:
        """The rings as points."""
        return tuple(tuple(_to_punkt(teil) for teil in ring.split(",")) for ring in self.ringe)


def _to_punkt(text: str) -> Punkt:
    x, _, y = text.partition(" ")
    return float(x), float(y)


def compute_mitte(ringe: Sequence[Sequence[Punkt]]) -> Punkt:
    """Return the centre of gravity of the largest ring (shoelace formula); of a degenerate one the mean of its points.

    Raises:
        ValueError: no ring.
    """
    groesster = max(ringe, key=lambda ring: abs(compute_flaeche(ring)))
    flaeche = compute_flaeche(groesster)
    if not flaeche:
        return sum(x for x, _ in groesster) / len(groesster), sum(y for _, y in groesster) / len(groesster)
    x0, y0 = groesster[0]  # relative to a corner: no digits are lost to large coordinates
    sx = sy = 0.0
    for (x1, y1), (x2, y2) in _kanten(groesster):
        kreuz = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        sx += (x1 + x2 - 2 * x0) * kreuz
        sy += (y1 + y2 - 2 * y0) * kreuz
    return x0 + sx / (6 * flaeche), y0 + sy / (6 * flaeche)


def compute_flaeche(ring: Sequence[Punkt]) -> float:
    """Signed area of a ring in square metres, positive counter-clockwise (shoelace formula)."""
    x0, y0 = ring[0]
    return sum((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) for (x1, y1), (x2, y2) in _kanten(ring)) / 2


def _kanten(ring: Sequence[Punkt]) -> Iterable[tuple[Punkt, Punkt]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def dissolve(ringe: Iterable[Sequence[Punkt]]) -> tuple[tuple[Punkt, ...], ...]:
    """Join areas that touch: stretches that two rings share fall out, the others are chained to new rings.

    It needs rings that share their points exactly; where they do not, the line between them stays. The result is filled by the
    even–odd rule, so it does not matter which way a ring runs.
    """
    kanten: dict[tuple[Punkt, Punkt], int] = {}
    for ring in ringe:
        for von, bis in _kanten(ring):
            if von != bis:
                kante = (von, bis) if von < bis else (bis, von)
                kanten[kante] = kanten.get(kante, 0) + 1
    nachbarn: dict[Punkt, list[Punkt]] = {}
    for (von, bis), anzahl in kanten.items():
        if anzahl % 2:
            nachbarn.setdefault(von, []).append(bis)
            nachbarn.setdefault(bis, []).append(von)
    neu = []
    for start in sorted(nachbarn):
        while nachbarn[start]:
            ring, hier = [start], _step(nachbarn, start)
            while hier != start:
                ring.append(hier)
                hier = _step(nachbarn, hier)
            neu.append(tuple(ring))
    return tuple(neu)


def _step(nachbarn: dict[Punkt, list[Punkt]], hier: Punkt) -> Punkt:
    """Walk along one stretch and take it away; every point has an even number of them, so a walk ends where it began."""
    dort = nachbarn[hier].pop()
    nachbarn[dort].remove(hier)
    return dort


def arrange(gebiete: Sequence[str], mitten: Mapping[str, Punkt] | None = None) -> dict[str, Platz]:
    """Propose a place for every tile: by the lie of the land where centres are known, else row by row.

    With centres each area goes to the free place nearest to its own (in a grid about as wide as high as the town); areas whose
    place is wanted by nobody else come first, ties go by the order of `gebiete`: the same input gives the same map.

    Args:
        gebiete: keys, in the town's own order.
        mitten: key → centre in metres; used only if every area has one.
    """
    if not gebiete:
        return {}
    if mitten is None or any(g not in mitten for g in gebiete):
        breite = math.ceil(math.sqrt(len(gebiete)))
        return {g: (nummer % breite, nummer // breite) for nummer, g in enumerate(gebiete)}
    xs, ys = [mitten[g][0] for g in gebiete], [mitten[g][1] for g in gebiete]
    links, oben = min(xs), max(ys)
    weite, hoehe = max(max(xs) - links, 1.0), max(oben - min(ys), 1.0)
    # About one and a half times as many places as areas leave room for the shape of the town.
    schritt = max(math.sqrt(weite * hoehe / (1.5 * len(gebiete))), max(weite, hoehe) / (HOECHSTENS - 1))
    wunsch = {g: ((mitten[g][0] - links) / schritt, (oben - mitten[g][1]) / schritt) for g in gebiete}
    plaetze: dict[str, Platz] = {}
    belegt: set[Platz] = set()
    rest = sorted(gebiete, key=lambda g: _abstand(wunsch[g], (round(wunsch[g][0]), round(wunsch[g][1]))))
    for g in rest:
        frei = min(_um(wunsch[g], len(gebiete)) - belegt, key=lambda p: (_abstand(wunsch[g], p), p[1], p[0]))
        plaetze[g] = frei
        belegt.add(frei)
    return shift_to_origin({g: plaetze[g] for g in gebiete})


def _abstand(ort: tuple[float, float], platz: Platz) -> float:
    return round(math.hypot(ort[0] - platz[0], ort[1] - platz[1]), 9)


def _um(ort: tuple[float, float], anzahl: int) -> set[Platz]:
    """Places around a point, as many as can be needed."""
    weit = math.isqrt(anzahl) + 2
    x, y = round(ort[0]), round(ort[1])
    return {(i, j) for i in range(max(x - weit, 0), x + weit + 1) for j in range(max(y - weit, 0), y + weit + 1)}


def shift_to_origin(plaetze: Mapping[str, Platz]) -> dict[str, Platz]:
    """Move all tiles so that the leftmost stands in column 0 and the topmost in row 0."""
    if not plaetze:
        return {}
    links, oben = min(x for x, _ in plaetze.values()), min(y for _, y in plaetze.values())
    return {g: (x - links, y - oben) for g, (x, y) in plaetze.items()}


def move(plaetze: Mapping[str, Platz], gebiet: str, wohin: Platz) -> dict[str, Platz]:
    """Put a tile somewhere; who stands there takes the place that becomes free.

    A place left of the map or above it is one, too: then all others move on, and the map begins with its first tile.

    Raises:
        KeyError: no such tile. ValueError: the map would become wider or higher than `HOECHSTENS`.
    """
    neu = dict(plaetze)
    bisher = neu[gebiet]
    for anderes, platz in plaetze.items():
        if platz == wohin and anderes != gebiet:
            neu[anderes] = bisher
    neu[gebiet] = wohin
    neu = shift_to_origin(neu)
    if any(wo >= HOECHSTENS for platz in neu.values() for wo in platz):
        raise ValueError(wohin)
    return neu
