"""Straßenverzeichnis: which house numbers of which street lie in which smallest area (fach/regeln.md section 5)."""

from __future__ import annotations

import enum

import attrs

from sozialtool.fach.felder import feld


class Seite(enum.Enum):
    """Which house numbers of a section are meant."""

    ALLE = "alle"
    GERADE = "gerade"
    UNGERADE = "ungerade"


@attrs.frozen
class Strassenabschnitt:
    """A run of house numbers of one street that lies in one area.

    Both ends count. Without `von` the section begins with the lowest number, without `bis` it ends with the highest.
    A Zusatz ("a" … "z") belongs to its number: 12a comes after 12 and before 12b and 13.
    """

    strasse: str = feld(
        "Straßenschlüssel", beispiel="00120", hilfe="Bleibt Text, führende Nullen bleiben.", schluessel=True
    )
    nummer: int = feld("Abschnitt", beispiel="1", hilfe="Laufende Nummer innerhalb der Straße, ab 1.", schluessel=True)
    name: str = feld("Straße", hilfe="Name, wie er auf dem Schild steht.", beispiel="Bahnhofstraße", pflicht=True)
    gebiet: str = feld("Gebiet", beispiel="0312", hilfe="Schlüssel des kleinsten Gebiets.", pflicht=True)
    von: int | None = feld("Hausnummer von", beispiel="1", hilfe="Leer: ab der ersten.", default=None)
    von_zusatz: str = feld(
        "Zusatz von", beispiel="a", hilfe="Ein Buchstabe, wo der Abschnitt mitten in einer Nummer beginnt.", default=""
    )
    bis: int | None = feld("Hausnummer bis", beispiel="47", hilfe="Leer: bis zur letzten.", default=None)
    bis_zusatz: str = feld(
        "Zusatz bis", hilfe="Ein Buchstabe, wo der Abschnitt mitten in einer Nummer endet.", beispiel="c", default=""
    )
    seite: Seite = feld(
        "Seite", beispiel="ungerade", hilfe="alle, gerade oder ungerade Hausnummern.", default=Seite.ALLE
    )


@attrs.frozen
class Strassenschreibweise:
    """A spelling that somebody decided once: "Bahnhofstr" means this street ("" : no street of the town)."""

    schreibweise: str = feld("Schreibweise", hilfe="Wie sie in der Datei steht.", schluessel=True)
    strasse: str = feld("Straßenschlüssel", hilfe="Leer: keine Straße der Stadt.", default="")
