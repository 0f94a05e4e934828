"""Where something lies on the earth: degrees, the plane they are laid flat in, straight-line distances.

Everything here takes the earth for a sphere and lays it flat near the places in question (equirectangular projection: east = R · cos φ₀ · Δλ,
north = R · Δφ). Within a town and its neighbours that differs from the distance on the ellipsoid by less than 0.5 %.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs

from sozialtool.fach.karte import Punkt

ERDRADIUS = 6_371_008.8
"""Mean radius of the earth in metres (IUGG, R₁ = 6371.0088 km)."""
_GRAD = math.radians(1) * ERDRADIUS
_STELLEN = 7
"""Decimals of a degree that are kept: about a centimetre."""


@attrs.frozen
class Lage:
    """A place in degrees of WGS84: `breite` north of the equator, `laenge` east of Greenwich."""

    breite: float
    laenge: float

    @classmethod
    def from_text(cls, text: str) -> Lage | None:
        """Read "51.7205 6.6871"; None for an empty text or one that is no place."""
        teile = text.split()
        try:
            breite, laenge = map(float, teile)
        except ValueError:
            return None
        return cls(breite, laenge) if abs(breite) < 90 and abs(laenge) <= 180 else None

    def to_text(self) -> str:
        """Write it as `from_text` reads it."""
        return f"{round(self.breite, _STELLEN)} {round(self.laenge, _STELLEN)}"

    def flatten(self, ort: Lage) -> Punkt:
        """Return metres east and north of this place, in the plane that touches the sphere here."""
        quer = _GRAD * math.cos(math.radians(self.breite))
        return (ort.laenge - self.laenge) * quer, (ort.breite - self.breite) * _GRAD

    def unflatten(self, punkt: Punkt) -> Lage:
        """Return the place that `flatten` laid there."""
        quer = _GRAD * math.cos(math.radians(self.breite))
        return Lage(self.breite + punkt[1] / _GRAD, self.laenge + punkt[0] / quer)


def compute_entfernung(a: Lage, b: Lage) -> float:
    """Return the straight-line distance in metres: both laid flat about the point half-way between them."""
    mitte = Lage((a.breite + b.breite) / 2, (a.laenge + b.laenge) / 2)
    (x1, y1), (x2, y2) = mitte.flatten(a), mitte.flatten(b)
    return math.hypot(x2 - x1, y2 - y1)


def lies_in(punkt: Punkt, ringe: Sequence[Sequence[Punkt]]) -> bool:
    """Whether a point lies inside an outline (even–odd rule: rings in rings are holes)."""
    x, y = punkt
    innen = False
    for ring in ringe:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                innen = not innen
    return innen


def compute_randabstand(punkt: Punkt, ringe: Sequence[Sequence[Punkt]]) -> float:
    """Return how far a point lies from the nearest line of an outline, in metres; 0 inside."""
    if lies_in(punkt, ringe):
        return 0.0
    return min(
        _to_strecke(punkt, von, bis) for ring in ringe for von, bis in zip(ring, [*ring[1:], ring[0]], strict=True)
    )


def _to_strecke(punkt: Punkt, von: Punkt, bis: Punkt) -> float:
    dx, dy = bis[0] - von[0], bis[1] - von[1]
    lang = dx * dx + dy * dy
    anteil = 0.0 if not lang else ((punkt[0] - von[0]) * dx + (punkt[1] - von[1]) * dy) / lang
    anteil = min(max(anteil, 0.0), 1.0)
    return math.hypot(punkt[0] - von[0] - anteil * dx, punkt[1] - von[1] - anteil * dy)
