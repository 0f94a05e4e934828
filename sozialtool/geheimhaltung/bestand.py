"""The aggregated Messwerte of one release as plain cells: one figure per Gebiet × Merkmal × Jahr."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import attrs
import polars as pl

from sozialtool.fach.messwert import Merkmal, Zeichen
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, Gebiet
from sozialtool.geheimhaltung.werte import Bezug, Ort

_VOR = re.compile(r"^(?P<merkmal>.+)__vor(?P<jahre>\d+)$")


@attrs.frozen
class Eintrag:
    """One figure: `wert` None is explained by `zeichen` (name of a `Zeichen`)."""

    wert: float | None
    zeichen: str | None
    stand: dt.date

    @property
    def ist_geheim(self) -> bool:
        """Whether the source itself kept it secret."""
        return self.wert is None and self.zeichen == Zeichen.GEHEIM.name


@attrs.frozen
class Bestand:
    """All figures and descriptions that one release is checked with.

    Attributes:
        werte: the latest figure per Gebiet × Merkmal × Jahr, in the order of their keys.
        merkmale, gebiete: by key.
        ebene: level of each Gebiet; "nicht zuzuordnen" keeps its own.
        bezuege: by Indikator.
    """

    werte: Mapping[Ort, Eintrag]
    merkmale: Mapping[str, Merkmal]
    gebiete: Mapping[str, Gebiet]
    bezuege: Mapping[str, Bezug]

    def get_zahl(self, gebiet: str, merkmal: str, jahr: int) -> float | None:
        """Value of a cell, None where there is no number."""
        eintrag = self.werte.get(Ort(gebiet, merkmal, jahr))
        return None if eintrag is None else eintrag.wert

    def ebene_of(self, gebiet: str) -> str:
        """Level of a Gebiet; "nicht zuzuordnen" is a level of its own; unknown areas have level ""."""
        if gebiet == NICHT_ZUZUORDNEN:
            return NICHT_ZUZUORDNEN
        eintrag = self.gebiete.get(gebiet)
        return "" if eintrag is None else eintrag.ebene


def read_bestand(
    messwerte: pl.DataFrame, merkmale: Iterable[Merkmal], gebiete: Iterable[Gebiet], bezuege: Iterable[Bezug]
) -> Bestand:
    """Read a frame of schema `rahmen.MESSWERTE` (all levels); of several Stände in a year the latest counts."""
    werte: dict[Ort, Eintrag] = {}
    spalten = messwerte.select("gebiet", "merkmal", "stand", "wert", "zeichen").sort("gebiet", "merkmal", "stand")
    for gebiet, merkmal, stand, wert, zeichen in spalten.iter_rows():
        werte[Ort(gebiet, merkmal, stand.year)] = Eintrag(wert, zeichen or None, stand)
    return Bestand(
        werte,
        {merkmal.schluessel: merkmal for merkmal in merkmale},
        {gebiet.schluessel: gebiet for gebiet in gebiete},
        {bezug.indikator: bezug for bezug in bezuege},
    )


def list_orte(ausdruck: Mapping[str, float], gebiet: str, jahr: int, jahre: int) -> list[tuple[Ort, float]]:
    """Resolve one side of a `Bezug` into cells with coefficients, `jahr` being the last of `jahre` pooled years."""
    summe: dict[Ort, float] = {}
    for name, faktor in ausdruck.items():
        treffer = _VOR.match(name)
        merkmal = treffer["merkmal"] if treffer else name
        zurueck = int(treffer["jahre"]) if treffer else 0
        for schritt in range(max(1, jahre)):
            ort = Ort(gebiet, merkmal, jahr - zurueck - schritt)
            summe[ort] = summe.get(ort, 0.0) + faktor
    return sorted(summe.items())


def merkmale_of(ausdruck: Mapping[str, float]) -> list[str]:
    """Name the Merkmale of one side of a `Bezug`, without shifts in time."""
    return sorted({treffer["merkmal"] if (treffer := _VOR.match(name)) else name for name in ausdruck})
