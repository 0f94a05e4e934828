"""Kennzahl: one released figure as a plain value, for screens, commands and workbooks alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, Self

from sozialtool.fach.messwert import Vermerk, Zeichen


class Kennzahl(NamedTuple):
    """One row of `fach.rahmen.KENNZAHLEN`, in its order of columns; units and meaning stand there.

    `zeichen` says why there is no value; `bruch` is empty where there is none.
    """

    indikator: str
    jahr: int
    gebiet: str
    ebene: str
    zaehler: float | None
    nenner: float | None
    wert: float | None
    unten: float | None
    oben: float | None
    stadtwert: float | None
    verhaeltnis: float | None
    lage: int | None
    rang: int | None
    rang_von: int | None
    rang_bis: int | None
    vorjahr: float | None
    fuenfjahr: float | None
    zeichen: Zeichen | None
    vermerk: Vermerk
    bruch: str

    @classmethod
    def from_zeile(cls, zeile: Iterable[Any]) -> Self:
        """Make it from a row of the frame, where sign and Vermerk are names or null."""
        *zahlen, zeichen, vermerk, bruch = zeile
        grund = Zeichen[zeichen] if zeichen else None
        return cls._make((*zahlen, grund, Vermerk[vermerk] if vermerk else Vermerk.KEINER, bruch or ""))
