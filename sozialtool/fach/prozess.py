"""The walk: six Bausteine of the G.I.B. with Inhalte and dated Umsetzungsstand (fach/regeln.md section 6)."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.fach.felder import feld


class Fortschritt(enum.Enum):
    """Where a Baustein or Inhalt stands."""

    OFFEN = "offen"
    LAEUFT = "läuft"
    VEREINBART = "vereinbart"
    FERTIG = "fertig"

    @property
    def symbol(self) -> str:
        """Sign on the screen; the word always stands beside it."""
        return {"offen": "○", "läuft": "●", "vereinbart": "√", "fertig": "√"}[self.value]


@attrs.frozen
class Baustein:
    """One of the six building blocks."""

    nummer: int = feld("Nummer", beispiel="3", schluessel=True)
    name: str = feld("Baustein", beispiel="Gesamtstädtische und kleinräumige Analysen", pflicht=True)
    kurzname: str = feld("Kurzname", beispiel="Analysen", default="")
    fortschritt: Fortschritt = feld("Fortschritt", beispiel="läuft", default=Fortschritt.OFFEN)


@attrs.frozen
class Inhalt:
    """What belongs to a Baustein."""

    schluessel: str = feld("Schlüssel", beispiel="3.1", schluessel=True)
    baustein: int = feld("Baustein", beispiel="3", pflicht=True)
    text: str = feld("Inhalt", beispiel="Definition der Sozialräume", pflicht=True)
    fortschritt: Fortschritt = feld("Fortschritt", beispiel="vereinbart", default=Fortschritt.OFFEN)
    reihenfolge: int = feld("Reihenfolge", beispiel="1", default=0)


@attrs.frozen
class Umsetzungsstand:
    """A dated sentence on where a Baustein stands; not tied one to one to its Inhalte."""

    schluessel: str = feld("Schlüssel", beispiel="2026-01", schluessel=True)
    baustein: int = feld("Baustein", beispiel="3", pflicht=True)
    datum: dt.date = feld("Datum", beispiel="14.11.2025", pflicht=True)
    text: str = feld("Umsetzungsstand", beispiel="Die Planungsgruppe ist eingerichtet.", pflicht=True)
