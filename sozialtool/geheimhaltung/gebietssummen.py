"""Which areas add up to which: the areas of a level to the nearest area above that has a figure, with "nicht zuzuordnen" to the town.

All areas of a level that have a figure count, shown or not: a paper of two areas and the town does not say that there are only two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from sozialtool.fach.raum import NICHT_ZUZUORDNEN
from sozialtool.geheimhaltung.bestand import NIE_GELIEFERT, Bestand
from sozialtool.geheimhaltung.system import Zelle
from sozialtool.geheimhaltung.werte import Ort

_GLEICH = 1e-6
"""So far, as a share, a whole may be from the sum of its areas; converted figures are not whole."""


@attrs.frozen
class Gebietssumme:
    """A whole, its parts among the cells there are, and those that are no cells yet."""

    ganzes: Ort
    teile: tuple[Ort, ...]
    fehlt: tuple[Ort, ...]


def list_gebietssummen(
    zellen: Mapping[Ort, Zelle],
    bestand: Bestand,
    stadt: str,
    seiten: Mapping[tuple[str, int], Iterable[tuple[Ort, float]]],
) -> Iterator[Gebietssumme]:
    """Yield the sums over areas that shown cells stand in.

    Args:
        zellen: the cells so far.
        bestand: all figures.
        stadt: key of the town.
        seiten: what a cell that is no figure itself (numerator, denominator) is made of in one area, by its name and year.
    """
    vorfahren = {gebiet: _list_vorfahren(gebiet, bestand, stadt) for gebiet in bestand.gebiete}
    gruppen: dict[tuple[str, str, int, str], None] = {}
    for ort, zelle in zellen.items():
        if zelle.veroeffentlicht and ort.gebiet != NICHT_ZUZUORDNEN:
            oben = next((v for v in vorfahren.get(ort.gebiet, ()) if ort._replace(gebiet=v) in zellen), "")
            if oben:
                gruppen[oben, ort.merkmal, ort.jahr, bestand.ebene_of(ort.gebiet)] = None
    for oben, merkmal, jahr, ebene in sorted(gruppen):
        # All of the level below, also those that have another area between: "the town = the one area outside the districts" is wrong.
        kinder = [g for g in bestand.gebiete_je_ebene.get(ebene, ()) if oben in vorfahren[g] and g != NICHT_ZUZUORDNEN]
        orte = [Ort(g, merkmal, jahr) for g in (*kinder, *((NICHT_ZUZUORDNEN,) if oben == stadt else ()))]
        teile = tuple(ort for ort in orte if ort in zellen)
        ganzes = Ort(oben, merkmal, jahr)
        # Where nobody delivered anything, an area that stands nowhere may have any figure; else none means that there is nothing.
        alles = all(zellen[ort].wert is None for ort in (ganzes, *teile))
        fehlt = tuple(ort for ort in orte if ort not in zellen and (alles or _has_zahl(ort, bestand, seiten)))
        yield Gebietssumme(ganzes, teile, fehlt)


def find_rest(zellen: Mapping[Ort, Zelle], ganzes: Ort, teile: Iterable[Ort]) -> float:
    """Return what the areas of a level leave of the area above: some part of it lies in none of them; 0 where a figure is missing."""
    oben, werte = zellen[ganzes].wert, [zellen[ort].wert for ort in teile]
    da = [wert for wert in werte if wert is not None]
    if oben is None or len(da) < len(werte):
        return 0.0
    rest = oben - sum(da)
    return rest if abs(rest) > _GLEICH * max(1.0, abs(oben)) else 0.0


def _has_zahl(ort: Ort, bestand: Bestand, seiten: Mapping[tuple[str, int], Iterable[tuple[Ort, float]]]) -> bool:
    """Whether there is a figure of an area, or something that it is made of: what was never delivered is in no sum."""
    aus = [o._replace(gebiet=ort.gebiet) for o, _ in seiten.get((ort.merkmal, ort.jahr), ())] or [ort]
    eintraege = [bestand.werte.get(o) for o in aus]
    return any(e is not None and (e.zeichen != NIE_GELIEFERT or e.wert is not None) for e in eintraege)


def _list_vorfahren(gebiet: str, bestand: Bestand, stadt: str) -> list[str]:
    """List the areas above, the nearest first; the town is above all that have none."""
    vorfahren: list[str] = []
    while gebiet != stadt:
        eintrag = bestand.gebiete.get(gebiet)
        gebiet = (eintrag.teil_von if eintrag is not None else "") or stadt
        if not gebiet or gebiet in vorfahren:
            break
        vorfahren.append(gebiet)
    return vorfahren
