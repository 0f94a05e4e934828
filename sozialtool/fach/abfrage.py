"""Who has which data, what was asked of whom, and what came back."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.fach.felder import feld


@attrs.frozen
class Fachbereich:
    """A department (or outside body) that supplies data. People are named by their role, never by name."""

    schluessel: str = feld(
        "Schlüssel", beispiel="jugendamt", hilfe="Kurz und fest, zum Beispiel jugendamt.", schluessel=True
    )
    name: str = feld(
        "Fachbereich", hilfe="Wie er im Haus heißt; so steht er im Anschreiben.", beispiel="Jugendamt", pflicht=True
    )
    ansprechrolle: str = feld(
        "Ansprechrolle",
        beispiel="Statistikstelle",
        hilfe="Rolle, keine Person: Statistikstelle, Sachgebietsleitung.",
        default="",
    )
    hinweis: str = feld(
        "Hinweis an den Fachbereich",
        beispiel="Bitte die Zahlen nach dem Wohnort angeben.",
        hilfe="Steht im Anschreiben und in der Vorlage.",
        default="",
    )
    reihenfolge: int = feld("Reihenfolge", hilfe="Platz in den Listen; 1 steht oben.", beispiel="3", default=0)


class Verfuegbarkeit(enum.Enum):
    """Whether a Merkmal exists in the house."""

    VORHANDEN = "vorhanden"
    BESCHAFFBAR = "beschaffbar"
    FEHLT = "fehlt"
    UNGEKLAERT = "ungeklärt"


@attrs.frozen
class Datenbestand:
    """One line of the Datenübersicht: a Merkmal in a Fachbereich, how it exists and what to mind."""

    fachbereich: str = feld(
        "Fachbereich",
        hilfe="Schlüssel des Fachbereichs, wie im Blatt „Fachbereich“.",
        beispiel="jugendamt",
        schluessel=True,
    )
    merkmal: str = feld(
        "Merkmal",
        hilfe="Schlüssel des Merkmals, wie in der Liste der Merkmale.",
        beispiel="betreut_unter_3",
        schluessel=True,
    )
    verfuegbarkeit: Verfuegbarkeit = feld(
        "Verfügbarkeit",
        hilfe="Ob es die Zahl im Haus gibt oder jemand sie beschaffen kann.",
        beispiel="vorhanden",
        default=Verfuegbarkeit.UNGEKLAERT,
    )
    kleinste_ebene: str = feld(
        "Kleinste Ebene",
        beispiel="sozialraum",
        hilfe="Auf der es die Zahl gibt: Sozialraum, Stimmbezirk, Adresse …",
        default="",
    )
    stichtag: str = feld("Stichtag", beispiel="01.03.", hilfe="Zum Beispiel 31.12. oder Jahressumme.", default="")
    turnus: str = feld(
        "Turnus",
        hilfe="Wie oft die Zahl neu entsteht.",
        beispiel="jährlich",
        auswahl=("", "monatlich", "vierteljährlich", "jährlich", "alle zwei Jahre", "einmalig"),
        default="",
    )
    format: str = feld(
        "Format", beispiel="Excel aus KiBiz.web", hilfe="Excel aus dem Fachverfahren, Liste, Papier …", default=""
    )
    rechtsgrundlage: str = feld(
        "Rechtsgrundlage", hilfe="Worauf sich Erhebung oder Weitergabe stützt.", beispiel="§ 99 SGB VIII", default=""
    )
    datenschutz: str = feld(
        "Datenschutz",
        beispiel="nur Summen, keine Adressen",
        hilfe="Worauf bei der Weitergabe zu achten ist.",
        default="",
    )
    bemerkung: str = feld("Bemerkung", hilfe="Was sonst zu wissen ist.", beispiel="ab 2027 auch nach Alter", default="")


class Abfragestand(enum.Enum):
    """Where an Abfrage is on its way; "überfällig" follows from the deadline."""

    ANGELEGT = "angelegt"
    VERSANDT = "versandt"
    ZURUECK = "zurück"
    IN_RUECKFRAGE = "in Rückfrage"
    ANGENOMMEN = "angenommen"


@attrs.frozen
class Abfrage:
    """What one Fachbereich is asked for one year. `aufbau` is the checksum of rows and columns of the workbook sent."""

    fachbereich: str = feld("Fachbereich", schluessel=True)
    jahr: int = feld("Jahr", schluessel=True)
    ebene: str = feld("Ebene", hilfe="Zeilen der Vorlage: die Gebiete dieser Ebene.", default="sozialraum")
    merkmale: tuple[str, ...] = feld(
        "Merkmale", hilfe="Spalten der Vorlage, Schlüssel durch Semikolon getrennt.", default=()
    )
    fassung: int = feld("Fassung", hilfe="Steigt, wenn die Vorlage nach dem Versand geändert wird.", default=1)
    frist: dt.date | None = feld("Frist", default=None)
    stand: Abfragestand = feld("Stand", default=Abfragestand.ANGELEGT)
    versandt_am: dt.date | None = feld("Versandt am", default=None)
    erinnert_am: dt.date | None = feld("Erinnert am", default=None)
    zurueck_am: dt.date | None = feld("Zurück am", default=None)
    angenommen_am: dt.date | None = feld("Angenommen am", default=None)
    datei: str = feld("Datei", hilfe="Name der Vorlage im Ordner abfragen.", default="")
    aufbau: str = feld("Aufbau", hilfe="Prüfsumme von Zeilen und Spalten.", default="")
    wahltag: dt.date | None = feld(
        "Wahltag", hilfe="Nur wo nach Wahlen gefragt wird. Leer: Das Formular fragt nach dem Tag.", default=None
    )

    def is_ueberfaellig(self, heute: dt.date) -> bool:
        """Whether it was sent, its deadline has passed and nothing usable came back."""
        wartet = self.stand in {Abfragestand.VERSANDT, Abfragestand.IN_RUECKFRAGE}
        return wartet and self.frist is not None and heute > self.frist
