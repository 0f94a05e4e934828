"""What a funding call asks for: which indicators, for which Sozialräume, and why there.

Source: fach/regeln.md section 6 ("Funding calls ask why this area").
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.fach.felder import feld


class Foerderstand(enum.Enum):
    """How far the answer to a call is."""

    VORBEREITUNG = "in Vorbereitung"
    BEANTRAGT = "beantragt"
    BEWILLIGT = "bewilligt"
    ABGELEHNT = "abgelehnt"
    VERZICHTET = "nicht beantragt"


@attrs.frozen
class Foerderaufruf:
    """One call that the town answers for one or more Sozialräume."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest, zum Beispiel F1.", beispiel="F1", schluessel=True)
    name: str = feld(
        "Förderaufruf", hilfe="Wie Programm oder Aufruf heißt.", beispiel="Kinderstärken im Land 2026", pflicht=True
    )
    stelle: str = feld("Förderstelle", hilfe="Wer fördert.", beispiel="Land, Bezirksregierung", default="")
    frist: dt.date | None = feld(
        "Frist", hilfe="Bis wann der Antrag da sein muss.", beispiel="30.04.2026", default=None
    )
    stand: Foerderstand = feld(
        "Stand",
        hilfe="Was daraus geworden ist; solange in Vorbereitung dasteht, wird an die Frist erinnert.",
        beispiel="beantragt",
        default=Foerderstand.VORBEREITUNG,
    )
    stand_am: dt.date | None = feld(
        "Stand vom", hilfe="Tag des Antrags oder des Bescheids.", beispiel="27.04.2026", default=None
    )
    gebiete: tuple[str, ...] = feld(
        "Sozialräume",
        hilfe="Schlüssel oder Namen: wofür beantragt wird.",
        beispiel="Rheinfeld Nord; Weststadt Mitte",
        default=(),
    )
    indikatoren: tuple[str, ...] = feld(
        "Verlangte Indikatoren",
        hilfe="Kennungen, in der Reihenfolge des Nachweises.",
        beispiel="A07; A01; F03",
        default=(),
    )
    weitere: tuple[str, ...] = feld(
        "Außerdem verlangt",
        hilfe="Was der Aufruf verlangt und wofür es keinen Indikator gibt; steht als fehlend im Nachweis.",
        beispiel="Schulabsentismus",
        default=(),
    )
    begruendung: str = feld(
        "Begründung",
        hilfe="Warum hier: zwei bis vier Sätze in eigenen Worten. Sie stehen oben im Nachweis.",
        beispiel="In beiden Gebieten fehlt Familien ein Ort, an dem sie Hilfe finden.",
        absaetze=True,
        default="",
    )
    bemerkung: str = feld("Bemerkung", hilfe="Nur für die Planung.", beispiel="mit dem Kreis abgestimmt", default="")
    reihenfolge: int = feld("Reihenfolge", hilfe="Platz in der Liste; 1 steht oben.", beispiel="1", default=0)

    @property
    def wartet(self) -> bool:
        """Whether nobody has said yet what became of it: only then its Frist matters."""
        return self.stand is Foerderstand.VORBEREITUNG

    def is_ueberfaellig(self, heute: dt.date) -> bool:
        """Whether its Frist is over and it still waits; on its own day it is not over."""
        return self.wartet and self.frist is not None and self.frist < heute
