"""Which column of a list of people is what. Standard library only: runs in the reading child process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sozialtool.einlesen.strassen.kopfworte import recognise
from sozialtool.einlesen.texte import clean

KOPFZEILEN = 40
SPALTEN: dict[str, tuple[str, ...]] = {
    "adresse": ("Adresse", "Anschrift", "Straße und Hausnummer", "Straße Hausnummer", "Straße / Hausnr.", "Straße/Nr.",
                "Wohnanschrift", "Straße, Hausnummer", "Straße u. Hausnummer", "Straße, Nr.", "Straße Nr."),
    "schluessel": ("Straßenschlüssel", "Str.-Schl.", "Straßennummer", "Straßencode", "Str-ID", "Lageschlüssel"),
    "strasse": ("Straße", "Straßenname", "Straßenbezeichnung", "Name der Straße"),
    "nummer": ("Hausnummer", "Haus", "Nr.", "Hausnr.", "HNR"),
    "zusatz": ("Zusatz", "Hausnummerzusatz", "Hausnummernzusatz", "Buchstabe", "Hausnr.-Zusatz", "Hausnummer Zusatz",
               "HNR-Zusatz", "Zus."),
    "gebiet": ("Stimmbezirk", "Wahlbezirk", "Baublock", "Statistischer Bezirk", "Gebiet", "Gebietsschlüssel", "Sozialraum"),
    "geboren": ("Geburtsdatum", "Geb.-Datum", "Geburtstag", "geboren am", "geb. am", "Geb.Dat.", "Geburtsdat.", "Geb"),
    "geschlecht": ("Geschlecht", "Geschl.", "Sex", "m/w", "m/w/d", "Geschlecht Person"),
    "nation": ("Staatsangehörigkeit", "Staatsang.", "Nationalität", "1. Staatsangehörigkeit", "Staatsangehörigkeit 1",
               "Staatsangehörigkeiten", "Nationalitätengruppe"),
    "nation2": ("2. Staatsangehörigkeit", "Staatsangehörigkeit 2", "weitere Staatsangehörigkeit"),
    "familienstand": ("Familienstand", "FamStand", "Fam.-Stand"),
    "einzug": ("Einzugsdatum", "Einzug", "Einzug am", "eingezogen am", "Datum des Einzugs", "Beziehungsdatum",
               "Datum Einzug", "in Wohnung seit", "Wohnhaft seit"),
    "haushalt": ("Haushaltsnummer", "Haushalt", "Haushalts-ID", "HH-Nr.", "Haushaltsnr.", "Haushaltsschlüssel", "HH-ID",
                 "Bedarfsgemeinschaft", "BG-Nummer"),
    "wohnung": ("Wohnungsstatus", "Wohnung", "Wohnungsart", "Wohnstatus", "HW/NW", "Status der Wohnung", "Art der Wohnung"),
}  # fmt: skip
"""Names of columns. The Familienstand is recognised so that it is not asked for; no Merkmal needs it and it is not read."""


NICHT_GELESEN = frozenset({"familienstand"})


def find_kopf(zeilen: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    """Find the header row: the one of the first rows that names the most columns, with where somebody lives among them."""
    beste: tuple[int, dict[str, int]] = (0, {})
    for z, zeile in enumerate(zeilen[:KOPFZEILEN]):
        texte = [clean(wert) if isinstance(wert, str) else "" for wert in zeile]
        if sum(map(bool, texte)) <= len(beste[1]):
            continue  # cannot name more columns, so that people are not looked at as if they were a header
        spalten = recognise_spalten(texte)
        if len(spalten) > len(beste[1]):
            beste = z, spalten
    return beste


def recognise_spalten(texte: Iterable[str]) -> dict[str, int]:
    """Recognise the columns of a header row; empty when it is not one of a list of people."""
    spalten = recognise(texte, SPALTEN)
    if "strasse" in spalten and "nummer" not in spalten:
        spalten.setdefault("adresse", spalten.pop("strasse"))  # "Straße" alone holds the number, too
    wo = {"adresse", "schluessel", "strasse", "gebiet"} & set(spalten)
    was = {"geboren", "geschlecht", "nation", "haushalt", "einzug"} & set(spalten)
    return spalten if wo and was else {}
