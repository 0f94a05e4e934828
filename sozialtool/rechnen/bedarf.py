"""The priority of a need: points for position, size of the group and evidence, weighted as agreed.

The rule is our own; its weights and limits are agreed thresholds. A part that cannot be said (secret, not given) counts neither among the
points nor among the possible ones.
"""

from __future__ import annotations

import attrs

from sozialtool.fach.bedarf import Prioritaet
from sozialtool.fach.indikator import Richtung

HOECHSTENS = 2
"""Points that each part can have."""


@attrs.frozen
class Punkte:
    """Points 0 … 2 of each part; None where it cannot be said."""

    lage: int | None
    gruppe: int | None
    belege: int | None


@attrs.frozen
class Gewichte:
    """Weights of the parts, and from which share of the possible points a priority is high or middle."""

    lage: float = 2.0
    gruppe: float = 1.0
    belege: float = 1.0
    hoch: float = 0.6
    mittel: float = 0.35


def judge_lage(lage: int, richtung: Richtung) -> int:
    """Points for a position against the town (−2 … 2): only a burden gives any; a neutral indicator gives none."""
    sinn = {Richtung.BELASTEND: 1, Richtung.ENTLASTEND: -1, Richtung.NEUTRAL: 0}[richtung]
    return max(0, min(HOECHSTENS, lage * sinn))


def judge_gruppe(anteil: float, gleich: float) -> int:
    """Points for the share of a group that lives here, against the share that would be even."""
    return 2 if anteil >= 2 * gleich else 1 if anteil >= gleich else 0


def rank(punkte: Punkte, gewichte: Gewichte) -> tuple[Prioritaet, float | None]:
    """Return the priority and the share of the possible points; OFFEN and None where nothing can be said."""
    teile = ((punkte.lage, gewichte.lage), (punkte.gruppe, gewichte.gruppe), (punkte.belege, gewichte.belege))
    moeglich = sum(g * HOECHSTENS for p, g in teile if p is not None)
    if punkte.lage is None or moeglich <= 0:
        return Prioritaet.OFFEN, None
    anteil = sum(p * g for p, g in teile if p is not None) / moeglich
    stufe = (
        Prioritaet.HOCH
        if anteil >= gewichte.hoch
        else Prioritaet.MITTEL
        if anteil >= gewichte.mittel
        else Prioritaet.NIEDRIG
    )
    return stufe, anteil
