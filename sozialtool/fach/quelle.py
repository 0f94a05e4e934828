"""Quelle (one delivered file), Importprofil (how its layout is read), Befund (one finding of a check)."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.fach.felder import feld


@attrs.frozen
class Quelle:
    """One delivered file that was accepted. `pruefsumme` is the SHA-256 of its bytes."""

    schluessel: str = feld("Schlüssel", schluessel=True)
    datei: str = feld("Datei", pflicht=True)
    pruefsumme: str = feld("Prüfsumme", pflicht=True)
    absender: str = feld("Absender", hilfe="Fachbereich oder Behörde.", default="")
    stand: dt.date | None = feld("Stand", hilfe="Neuester Stand in der Datei.", default=None)
    eingelesen_am: dt.datetime | None = feld("Eingelesen am", default=None)
    importprofil: str = feld("Importprofil", default="")
    anzahl_werte: int = feld("Anzahl Werte", default=0)
    anzahl_befunde: int = feld("Anzahl Befunde", default=0)
    gebietsstand: str = feld(
        "Gebietsstand", hilfe="In welchen Grenzen geliefert wurde; leer: im geltenden des Stands.", default=""
    )


@attrs.frozen
class Importprofil:
    """A confirmed Zuordnung, kept for the next file of the same layout. `inhalt` is JSON made by einlesen."""

    schluessel: str = feld("Schlüssel", schluessel=True)
    name: str = feld("Name", pflicht=True)
    fingerabdruck: str = feld("Fingerabdruck", hilfe="Kennt den Aufbau der Datei wieder.", pflicht=True)
    inhalt: str = feld("Inhalt", default="{}")


class Schwere(enum.Enum):
    """How much a Befund weighs: FEHLER stops the import of what it touches, FRAGE waits for an answer."""

    FEHLER = "Fehler"
    FRAGE = "Frage"
    HINWEIS = "Hinweis"


@attrs.frozen
class Befund:
    """One finding: a stable code, where, what, and what to do."""

    code: str = feld("Code", schluessel=True)
    schwere: Schwere = feld("Schwere", pflicht=True)
    meldung: str = feld("Meldung", pflicht=True)
    vorschlag: str = feld("Vorschlag", default="")
    datei: str = feld("Datei", default="")
    blatt: str = feld("Blatt", schluessel=True, default="")
    zelle: str = feld("Zelle", hilfe="Adresse wie in Excel, zum Beispiel D5.", schluessel=True, default="")


@attrs.frozen
class Quellenbefund:
    """A Befund that remained when a Quelle was accepted; `nummer` counts within the Quelle, from 1."""

    quelle: str = feld("Quelle", schluessel=True)
    nummer: int = feld("Nummer", schluessel=True)
    code: str = feld("Code", pflicht=True)
    schwere: Schwere = feld("Schwere", pflicht=True)
    meldung: str = feld("Meldung", pflicht=True)
    vorschlag: str = feld("Vorschlag", default="")
    datei: str = feld("Datei", default="")
    blatt: str = feld("Blatt", default="")
    zelle: str = feld("Zelle", default="")

    @classmethod
    def from_befund(cls, quelle: str, nummer: int, befund: Befund) -> Quellenbefund:
        """Tie a Befund to its Quelle."""
        return cls(quelle=quelle, nummer=nummer, **attrs.asdict(befund, recurse=False))

    @property
    def befund(self) -> Befund:
        """The Befund as the check made it."""
        return Befund(self.code, self.schwere, self.meldung, self.vorschlag, self.datei, self.blatt, self.zelle)
