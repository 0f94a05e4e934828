"""Agreements between people: what was proposed, agreed, paused or rejected, by whom, when, against which view."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.fach.felder import feld
from sozialtool.fach.indikator import Zustand


class Gegenstand(enum.Enum):
    """What can be agreed."""

    INDIKATOR = "Indikator"
    GEBIETSSTAND = "Gebietsstand"
    SCHWELLE = "Schwelle"
    INDEX = "Index"
    SZENARIO = "Mittelverteilung"


@attrs.frozen
class Vereinbarung:
    """One step in the history of an agreement; `fassung` counts the definitions of the same thing, from 1.

    `inhalt` is the definition as it was then (JSON of the fields), so that older releases keep theirs.
    """

    gegenstand: Gegenstand = feld("Gegenstand", hilfe="Was vereinbart wird.", beispiel="Indikator", schluessel=True)
    bezug: str = feld(
        "Bezug",
        beispiel="A07",
        hilfe="Kennung des Indikators oder Index, Schlüssel des Gebietsstands, der Schwelle oder der Mittelverteilung.",
        schluessel=True,
    )
    nummer: int = feld("Nummer", beispiel="1", hilfe="Laufend je Gegenstand, ab 1.", schluessel=True)
    zustand: Zustand = feld("Zustand", hilfe="Was das Gremium beschlossen hat.", beispiel="vereinbart", pflicht=True)
    fassung: int = feld("Fassung", hilfe="Steigt, wenn sich die Definition ändert.", beispiel="1", default=1)
    am: dt.date | None = feld("Datum", hilfe="Tag der Sitzung.", beispiel="04.03.2026", default=None)
    gremium: str = feld("Gremium", hilfe="Wer beschlossen hat.", beispiel="Planungsrunde", default="")
    sitzung: str = feld(
        "Sitzung", beispiel="3. Sitzung, TOP 5", hilfe="Zum Beispiel 3. Sitzung oder TOP 5.", default=""
    )
    abweichend: str = feld(
        "Abweichende Meinung",
        beispiel="Jobcenter: lieber unter 15 Jahren",
        hilfe="Wer es anders sah und warum; Stellen, keine Personen.",
        default="",
    )
    inhalt: str = feld("Inhalt", hilfe="Die Definition von damals; füllt das Programm.", default="")
