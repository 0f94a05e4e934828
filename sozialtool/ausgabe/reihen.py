"""Series over the years: rounded values with a gap where there is none and where a definition breaks."""

from __future__ import annotations

import attrs

from sozialtool.ausgabe.diagrammdaten import BRUCH, Block
from sozialtool.ausgabe.werkbank import Werkbank
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import runde

MEISTE_JAHRE = 12
"""As many years as fit beside each other on a page."""


@attrs.frozen
class Reihe:
    """An indicator over the years for the town and its areas.

    Attributes:
        indikator: which.
        jahre: the years, ascending, at most `MEISTE_JAHRE`.
        gebiete: town first.
        block: where the values stand for charts; one series per area, in this order.
        brueche: first year after a break → reason.
    """

    indikator: Indikator
    jahre: tuple[int, ...]
    gebiete: tuple[Gebiet, ...]
    block: Block
    brueche: dict[int, str]


def build_reihe(bank: Werkbank, indikator: Indikator) -> Reihe | None:
    """Collect the series of an indicator and put its values behind the charts; None without two years."""
    jahre = tuple(j for j in bank.zahlen.jahre(indikator.kennung) if j <= bank.bericht.jahr)[-MEISTE_JAHRE:]
    if len(jahre) < 2:
        return None
    brueche = {j: text for j, text in bank.zahlen.brueche(indikator.kennung).items() if jahre[0] < j <= jahre[-1]}
    raeume = tuple(
        raum for raum in bank.bericht.raeume if bank.zahlen.hat_gebiete(indikator.kennung, [raum.schluessel])
    )
    gebiete = (bank.bericht.stadt, *raeume)
    kopf = [text for jahr in jahre for text in ((BRUCH, str(jahr)) if jahr in brueche else (str(jahr),))]
    reihen = [(gebiet.name, werte_of(bank, indikator, gebiet, jahre, brueche)) for gebiet in gebiete]
    titel = f"{indikator.kennung} {indikator.name} ({indikator.einheit})"
    return Reihe(indikator, jahre, gebiete, bank.daten.add(titel, kopf, reihen), brueche)


def werte_of(
    bank: Werkbank, indikator: Indikator, gebiet: Gebiet, jahre: tuple[int, ...], brueche: dict[int, str]
) -> list[float | None]:
    """List the rounded values of an area; a None before each break."""
    werte: list[float | None] = []
    for jahr in jahre:
        if jahr in brueche:
            werte.append(None)
        kennzahl = bank.zahlen.get(indikator.kennung, jahr, gebiet.schluessel)
        wert = None if kennzahl is None else kennzahl.wert
        werte.append(None if wert is None else runde(wert, indikator.nachkommastellen))
    return werte
