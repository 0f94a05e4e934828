"""Participation: who takes part where, in which phase, and what came of it (fach/regeln.md section 6, FSA)."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.fach.felder import feld


class Beteiligungsebene(enum.Enum):
    """Where people take part."""

    STADT = "Gesamtstadt"
    SOZIALRAUM = "Sozialraum"


class Beteiligungsphase(enum.Enum):
    """At which step of the planning."""

    LEITBILD = "Leitbild"
    ZIELE = "Zielfindung"
    ZUARBEIT = "Zuarbeit"
    BESTAND = "Bestandserfassung"
    BEDARF = "Bedarfserhebung"
    MASSNAHMEN = "Maßnahmenplanung"
    CONTROLLING = "Controlling"


class Beteiligungsgruppe(enum.Enum):
    """Who takes part."""

    TRAEGER = "freie Träger"
    BEWOHNER = "Bewohnerinnen und Bewohner"
    FACHKRAEFTE = "Fachkräfte"
    NUTZENDE = "Nutzerinnen und Nutzer"
    POLITIK = "Politik"
    VERWALTUNG = "Verwaltung"
    WEITERE = "Weitere"


class Beteiligungsstand(enum.Enum):
    """How far it is."""

    GEPLANT = "geplant"
    GELAUFEN = "gelaufen"
    ENTFALLEN = "entfallen"

    @property
    def symbol(self) -> str:
        """Sign on the screen; the word always stands beside it."""
        return {"geplant": "○", "gelaufen": "√", "entfallen": "×"}[self.value]


class Verbindlichkeit(enum.Enum):
    """How much a kind of participation is asked for."""

    UNVERZICHTBAR = "unverzichtbar"
    EMPFOHLEN = "empfohlen"


@attrs.frozen
class Beteiligung:
    """One occasion on which a group takes part: planned, done, and what came of it."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest, zum Beispiel BT-04.", beispiel="BT-04", schluessel=True)
    name: str = feld(
        "Beteiligung", hilfe="Was geschieht, in wenigen Worten.", beispiel="Rundgang mit Anwohnenden", pflicht=True
    )
    ebene: Beteiligungsebene = feld(
        "Ebene", hilfe="Ganze Stadt oder ein Sozialraum.", beispiel="Sozialraum", pflicht=True
    )
    phase: Beteiligungsphase = feld(
        "Phase", hilfe="Bei welchem Schritt der Planung.", beispiel="Bedarfserhebung", pflicht=True
    )
    gruppe: Beteiligungsgruppe = feld(
        "Gruppe", hilfe="Wer sich beteiligt.", beispiel="Bewohnerinnen und Bewohner", pflicht=True
    )
    gebiet: str = feld(
        "Sozialraum", hilfe="Schlüssel oder Name; bei der Gesamtstadt leer.", beispiel="Rheinfeld Nord", default=""
    )
    form: str = feld("Form", hilfe="Gespräch, Rundgang, Befragung, Werkstatt …", beispiel="Rundgang", default="")
    stand: Beteiligungsstand = feld(
        "Stand", hilfe="Wie weit es ist.", beispiel="gelaufen", default=Beteiligungsstand.GEPLANT
    )
    datum: dt.date | None = feld("Datum", hilfe="Wann es war oder sein soll.", beispiel="14.05.2026", default=None)
    teilnehmende: int | None = feld(
        "Teilnehmende", hilfe="Wie viele, ungefähr; leer: unbekannt.", beispiel="25", default=None
    )
    zustaendig: str = feld("Zuständig", hilfe="Stelle oder Rolle, keine Person.", beispiel="Sozialplanung", default="")
    ergebnis: str = feld(
        "Was daraus wurde", hilfe="Ergebnis und was damit geschah; keine Namen.",
        beispiel="Zwei Wege sind im Haushalt angemeldet.", default="",
    )  # fmt: skip
    nachweise: tuple[str, ...] = feld(
        "Nachweise",
        hilfe="Was es beweist: Art und Schlüssel.",
        beispiel="Sitzung AK-04-01; Befragung B2026",
        default=(),
    )


@attrs.frozen
class Beteiligungsregel:
    """What is asked for: level and phase, which groups (empty: any), how much; shipped, with its source."""

    schluessel: str = feld("Schlüssel", schluessel=True)
    ebene: Beteiligungsebene = feld("Ebene", pflicht=True)
    phase: Beteiligungsphase = feld("Phase", pflicht=True)
    grad: Verbindlichkeit = feld("Wie sehr", pflicht=True)
    gruppen: tuple[str, ...] = feld("Gruppen", default=())
    quelle: str = feld("Quelle", default="")

    def asks_for(self, gruppe: Beteiligungsgruppe) -> bool:
        """Whether it names this group; one without groups asks for any and names none."""
        return gruppe.value in self.gruppen
