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

    nummer: int = feld("Nummer", schluessel=True)
    name: str = feld("Baustein", pflicht=True)
    kurzname: str = feld("Kurzname", default="")
    fortschritt: Fortschritt = feld("Fortschritt", default=Fortschritt.OFFEN)


@attrs.frozen
class Inhalt:
    """What belongs to a Baustein."""

    schluessel: str = feld("Schlüssel", schluessel=True)
    baustein: int = feld("Baustein", pflicht=True)
    text: str = feld("Inhalt", pflicht=True)
    fortschritt: Fortschritt = feld("Fortschritt", default=Fortschritt.OFFEN)
    reihenfolge: int = feld("Reihenfolge", default=0)


@attrs.frozen
class Umsetzungsstand:
    """A dated sentence on where a Baustein stands; not tied one to one to its Inhalte."""

    schluessel: str = feld("Schlüssel", schluessel=True)
    baustein: int = feld("Baustein", pflicht=True)
    datum: dt.date = feld("Datum", pflicht=True)
    text: str = feld("Umsetzungsstand", pflicht=True)
