"""Thresholds that people agree on: from which count a figure may leave the house, when a traffic light changes."""

from __future__ import annotations

import datetime as dt

import attrs

from sozialtool.fach.felder import feld
from sozialtool.fach.indikator import Zustand

MINDESTFALLZAHL = "mindestfallzahl"
"""Key of the smallest count that may be shown; "mindestfallzahl/Jugendamt" is that of the figures of one Fachbereich."""


@attrs.frozen
class Schwelle:
    """A number on which something depends, with the state of its agreement."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest, zum Beispiel mindestfallzahl.", schluessel=True)
    name: str = feld("Name", pflicht=True)
    wert: float = feld("Wert", hilfe="Die Zahl, um die es geht.", pflicht=True)
    einheit: str = feld("Einheit", default="")
    regel: str = feld("Regel", hilfe="In einem Satz: was ab diesem Wert geschieht.", default="")
    zustand: Zustand = feld("Zustand", default=Zustand.VORGESCHLAGEN)
    vereinbart_am: dt.date | None = feld("Vereinbart am", default=None)
    gremium: str = feld("Gremium", default="")
    reihenfolge: int = feld("Reihenfolge", default=0)

    @property
    def fachbereich(self) -> str:
        """The Fachbereich to whose figures a Mindestfallzahl belongs; "" for all others."""
        return self.schluessel.partition("/")[2]

    @property
    def ist_mindestfallzahl(self) -> bool:
        """Whether the disclosure control follows it."""
        return self.schluessel.partition("/")[0] == MINDESTFALLZAHL
