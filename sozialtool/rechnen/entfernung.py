"""How far it is to the nearest facility: straight lines from the middles of the smallest areas, put together per Sozialraum.

Purely geographic. No share of people is computed: that would be a sum over the people of small areas, and each such sum needs disclosure
protection of its own (docs/entscheidungen/bestand-entfernungen.md). No time on foot either: it would need a detour factor and a speed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from sozialtool.fach.lage import Lage, compute_entfernung
from sozialtool.fach.versorgung import Entfernung


@attrs.frozen
class Flaechenmitte:
    """A smallest area: its name, and where its middle lies; None where it has no outline on the earth."""

    name: str
    mitte: Lage | None


def compute_entfernungen(
    mitten: Mapping[str, Sequence[Flaechenmitte]],
    orte: Sequence[Lage],
    erreichbar: int | None = None,
    *,
    hoechstens: bool = False,
) -> dict[str, Entfernung]:
    """Compute the distances of every area that has a middle; none at all where no facility has a position.

    Args:
        mitten: Sozialraum (or town) → its smallest areas.
        orte: positions of all facilities that count, wherever they lie: the nearest one is the nearest one.
        erreichbar: limit in metres; None: no share.
        hoechstens: facilities of the same kinds without position exist.
    """
    if not orte:
        return {}
    naechste = {f: _find_naechste(f, orte) for teile in mitten.values() for f in teile if f.mitte is not None}
    ergebnis = {}
    for gebiet, teile in mitten.items():
        da = [f for f in teile if f in naechste]
        if not da:
            continue
        weit = max(da, key=lambda f: naechste[f])
        ergebnis[gebiet] = Entfernung(
            sum(naechste[f] for f in da) / len(da),
            naechste[weit],
            len(da),
            None if erreichbar is None else sum(naechste[f] <= erreichbar for f in da),
            weit.name,
            hoechstens,
            tuple(f.name for f in teile if f.mitte is None),
        )
    return ergebnis


def _find_naechste(flaeche: Flaechenmitte, orte: Sequence[Lage]) -> float:
    assert flaeche.mitte is not None
    return min(compute_entfernung(flaeche.mitte, ort) for ort in orte)
