"""Financial effects of a paper: costs of its measures by year, the town's own and third-party funds, with what they rest on."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from sozialtool.fach.drucksache import Drucksache
from sozialtool.fach.planung import Massnahme, Massnahmenkosten, Massnahmenstand
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.projekt import Projekt

_MEISTE = 6
"""Measures that are named one by one."""
OFFEN = "noch nicht zugeordnet"
"""What is neither own nor third-party money yet: nobody guesses whose it is."""


@attrs.frozen
class Finanzjahr:
    """Euros of one year; `offen` is what is in `kosten` and in neither of the other two."""

    jahr: int
    kosten: float
    eigen: float
    dritt: float

    @property
    def offen(self) -> float:
        """What nobody has said yet where it comes from."""
        return round(self.kosten - self.eigen - self.dritt, 2)


@attrs.frozen
class Finanzbild:
    """The years from `ab` on, and sentences on what they rest on."""

    ab: int
    jahre: tuple[Finanzjahr, ...]
    grundlage: tuple[str, ...]

    @property
    def summe(self) -> Finanzjahr:
        """All years together (its year is 0)."""
        return Finanzjahr(
            0, sum(j.kosten for j in self.jahre), sum(j.eigen for j in self.jahre), sum(j.dritt for j in self.jahre)
        )


def compute_finanzen(projekt: Projekt, drucksache: Drucksache, ab: int) -> Finanzbild:
    """Add up the plan of the measures of a paper by year, from the year `ab` on (past money is no effect of a paper)."""
    alle = projekt.read(Massnahme)
    gewaehlt = [
        m
        for m in alle
        if (
            m.schluessel in drucksache.massnahmen
            if drucksache.massnahmen
            else m.stand is not Massnahmenstand.ZURUECKGESTELLT
        )
    ]
    namen = {m.schluessel for m in gewaehlt}
    kosten = [k for k in projekt.read(Massnahmenkosten) if k.massnahme in namen and k.jahr >= ab]
    jahre = tuple(
        Finanzjahr(jahr, *(sum(betrag) for betrag in zip(*_parts(kosten, jahr), strict=True)))
        for jahr in sorted({k.jahr for k in kosten})
    )
    return Finanzbild(ab, jahre, _describe(drucksache, gewaehlt, kosten, ab))


def _parts(kosten: Sequence[Massnahmenkosten], jahr: int) -> list[tuple[float, float, float]]:
    return [(k.kosten, k.eigenmittel or 0.0, k.drittmittel or 0.0) for k in kosten if k.jahr == jahr]


def _describe(
    d: Drucksache, massnahmen: Sequence[Massnahme], kosten: Sequence[Massnahmenkosten], ab: int
) -> tuple[str, ...]:
    """Say which measures are counted, and which have no costs."""
    if not massnahmen:
        return ("Es ist keine Maßnahme eingetragen.",)
    anzahl = len(massnahmen)
    welche = "der Maßnahme" if anzahl == 1 else f"{'der' if d.massnahmen else 'aller'} {anzahl} Maßnahmen"
    genannt = f" {_list(massnahmen)}" if anzahl <= _MEISTE else ""
    nur = "" if d.massnahmen else ", die nicht zurückgestellt sind"
    saetze = [f"Summe der geplanten Kosten {welche}{genannt}{nur}, ab {ab}."]
    programme = sorted({k.foerderprogramm for k in kosten if k.foerderprogramm})
    if programme:
        saetze.append(f"Drittmittel aus: {', '.join(programme)}.")
    ohne = [m for m in massnahmen if m.schluessel not in {k.massnahme for k in kosten}]
    if ohne:
        saetze.append(f"Ohne eingetragene Kosten ab {ab}: {_list(ohne)}.")
    return tuple(saetze)


def _list(massnahmen: Sequence[Massnahme]) -> str:
    return ", ".join(m.schluessel for m in massnahmen)


def write_euro(betrag: float) -> str:
    """Write euros as a paper does: whole ones without cents."""
    return f"{format_zahl(betrag, 0 if betrag == round(betrag) else 2)}\u00a0€"
