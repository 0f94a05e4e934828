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

    nummer: int = feld("Nummer", hilfe="1 bis 6.", beispiel="3", schluessel=True)
    name: str = feld(
        "Baustein",
        hilfe="Voller Name, wie im Beschluss.",
        beispiel="Gesamtstädtische und kleinräumige Analysen",
        pflicht=True,
    )
    kurzname: str = feld("Kurzname", hilfe="Für enge Stellen.", beispiel="Analysen", default="")
    fortschritt: Fortschritt = feld(
        "Fortschritt", hilfe="Wie weit der Baustein ist.", beispiel="läuft", default=Fortschritt.OFFEN
    )


@attrs.frozen
class Inhalt:
    """What belongs to a Baustein."""

    schluessel: str = feld(
        "Schlüssel", hilfe="Nummer des Bausteins, Punkt, laufende Nummer.", beispiel="3.1", schluessel=True
    )
    baustein: int = feld("Baustein", hilfe="Nummer des Bausteins, 1 bis 6.", beispiel="3", pflicht=True)
    text: str = feld("Inhalt", hilfe="Was zum Baustein gehört.", beispiel="Definition der Sozialräume", pflicht=True)
    fortschritt: Fortschritt = feld(
        "Fortschritt", hilfe="Wie weit der Inhalt ist.", beispiel="vereinbart", default=Fortschritt.OFFEN
    )
    reihenfolge: int = feld("Reihenfolge", hilfe="Platz im Baustein; 1 steht oben.", beispiel="1", default=0)


@attrs.frozen
class Umsetzungsstand:
    """A dated sentence on where a Baustein stands; not tied one to one to its Inhalte."""

    schluessel: str = feld(
        "Schlüssel", hilfe="Kurz und fest, zum Beispiel Jahr und Nummer.", beispiel="2026-01", schluessel=True
    )
    baustein: int = feld("Baustein", hilfe="Nummer des Bausteins, 1 bis 6.", beispiel="3", pflicht=True)
    datum: dt.date = feld("Datum", hilfe="Tag, an dem der Satz galt.", beispiel="14.11.2025", pflicht=True)
    text: str = feld(
        "Umsetzungsstand",
        hilfe="Ein Satz, wo der Baustein steht.",
        beispiel="Die Planungsgruppe ist eingerichtet.",
        pflicht=True,
    )
