"""What the project knows already: the background against which a foreign file is read."""

from __future__ import annotations

import datetime as dt

import attrs

from sozialtool.fach.messwert import Merkmal, Messwert, Zeichentabelle
from sozialtool.fach.quelle import Importprofil, Quelle
from sozialtool.fach.raum import STADT, Ebene, Gebiet, Kommune

Schluessel = tuple[str, str, dt.date]
"""Gebiet, Merkmal, Stand."""


@attrs.frozen
class Umfeld:
    """Kommune, areas, Merkmale, sign tables, saved profiles, accepted sources and values of a project."""

    kommune: Kommune
    ebenen: tuple[Ebene, ...] = ()
    gebiete: tuple[Gebiet, ...] = ()
    merkmale: tuple[Merkmal, ...] = ()
    zeichentabellen: tuple[Zeichentabelle, ...] = ()
    profile: tuple[Importprofil, ...] = ()
    quellen: tuple[Quelle, ...] = ()
    bestand: dict[Schluessel, Messwert] = attrs.field(factory=dict)

    @property
    def stadt(self) -> str:
        """Key of the area that is the whole town: the one on level `stadt`, else the AGS."""
        return next((g.schluessel for g in self.gebiete if g.ebene == STADT), self.kommune.ags)

    def find_merkmal(self, schluessel: str) -> Merkmal | None:
        """Return the Merkmal with this key, or None."""
        return next((m for m in self.merkmale if m.schluessel == schluessel), None)

    def find_gebiet(self, schluessel: str) -> Gebiet | None:
        """Return the area with this key, or None."""
        return next((g for g in self.gebiete if g.schluessel == schluessel), None)
