"""The one draft of an import: the file, how it was read, and what names its keys have."""

from __future__ import annotations

import enum
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool import ablauf
from sozialtool.fach.messwert import Zeichen

if TYPE_CHECKING:
    from sozialtool.ablauf import Frage, Leseart, Projekt, Pruefung, ZuordnungZeile
    from sozialtool.ablauf.werte import Fortschritt, Stop


class Weiter(enum.Enum):
    """How a step was left."""

    VOR = "vor"
    ZURUECK = "zurück"
    NEU_LESEN = "neu lesen"


@attrs.define
class Entwurf:
    """What the steps share; only `Weg` and the steps change it."""

    pfad: Path
    leseart: Leseart | None
    pruefung: Pruefung
    zeilen: tuple[ZuordnungZeile, ...]
    gebiete: dict[str, str]
    merkmale: dict[str, str]

    @property
    def datei(self) -> str:
        """Name of the file."""
        return self.pfad.name

    def pruefe_neu(self, projekt: Projekt, hole: Callable[[], Pruefung]) -> None:
        """Take a new examination; runs in the project's thread, and nothing changes when it fails."""
        neu = hole()
        self.zeilen = ablauf.zuordnung_zeilen(projekt, neu)
        self.pruefung = neu

    def ziele(self, frage: Frage) -> dict[str, str]:
        """All answers that a question allows: key → name; empty where only the proposals and a typed text make sense."""
        if frage.art in ("merkmal", "merkmal-zeile"):
            return self.merkmale
        if frage.art in ("gebiet", "tabellengebiet"):
            return self.gebiete
        if frage.art == "zeichen":
            return {zeichen.name: zeichen.value for zeichen in Zeichen}
        return {}


def build_entwurf(projekt: Projekt, pfad: Path, fortschritt: Fortschritt, stop: Stop) -> Entwurf:
    """Examine a file and collect the names; runs in the project's thread."""
    pruefung = ablauf.examine(projekt, pfad, None, fortschritt, stop)
    gebiete = {zeile.gebiet.schluessel: zeile.gebiet.name for zeile in ablauf.raeume(projekt)}
    merkmale = {merkmal.schluessel: merkmal.name for merkmal in ablauf.merkmale(projekt)}
    return Entwurf(pfad, None, pruefung, ablauf.zuordnung_zeilen(projekt, pruefung), gebiete, merkmale)
