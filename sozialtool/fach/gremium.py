"""Bodies, their meetings and what came of them (fach/regeln.md section 6: Hilden, Paderborn). People are never in here: roles only."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.fach.felder import feld


class Gremienart(enum.Enum):
    """What kind of body it is, in the order of the cycle."""

    PLANUNGSRUNDE = "städtische Planungsrunde"
    STEUERUNGSGRUPPE = "Steuerungsgruppe"
    TRAEGERRUNDE = "Trägerrunde"
    STADTTEIL = "Stadtteilarbeitskreis"
    VORSTAND = "Verwaltungsvorstand"
    AUSSCHUSS = "Fachausschuss"
    RAT = "Rat"
    SONSTIGES = "sonstiges"


@attrs.frozen
class Gremium:
    """A body; `station` is its place in the cycle, 0 when it is not part of it. Bodies of one station go on side by side."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest, zum Beispiel PR.", beispiel="PR", schluessel=True)
    name: str = feld("Gremium", hilfe="Wie es sich nennt.", beispiel="Planungsgruppe Sozialplanung", pflicht=True)
    art: Gremienart = feld("Art", hilfe="Welche Stelle es im Verfahren hat.", beispiel="städtische Planungsrunde",
                           default=Gremienart.SONSTIGES)  # fmt: skip
    gebiet: str = feld(
        "Sozialraum",
        hilfe="Schlüssel oder Name; nur bei einem Stadtteilarbeitskreis.",
        beispiel="Rheinfeld Nord",
        default="",
    )
    mitglieder: tuple[str, ...] = feld(
        "Mitglieder", hilfe="Stellen und Rollen, keine Personen.", beispiel="Sozialplanung; Jugendhilfeplanung; Jobcenter",
        default=(),
    )  # fmt: skip
    leitung: str = feld("Leitung", hilfe="Welche Stelle einlädt und leitet.", beispiel="Sozialplanung", default="")
    turnus: str = feld("Turnus", hilfe="Wie oft es tagt.", beispiel="vierteljährlich", default="")
    station: int = feld(
        "Station im Umlauf",
        hilfe="1: berät als Erstes, dann 2 und so weiter; 0: nicht im Umlauf.",
        beispiel="1",
        default=0,
    )
    sieht_zuerst: bool = feld(
        "Sieht Zahlen zuerst", beispiel="ja", default=False,
        hilfe="ja: Zahlen gehen erst endgültig hinaus, wenn dieses Gremium sie gesehen hat.",
    )  # fmt: skip
    reihenfolge: int = feld("Reihenfolge", hilfe="Platz in Listen; 1 steht oben.", beispiel="1", default=0)


class Sitzungsstand(enum.Enum):
    """How far a meeting is."""

    GEPLANT = "geplant"
    EINGELADEN = "eingeladen"
    GEHALTEN = "gehalten"
    AUSGEFALLEN = "ausgefallen"

    @property
    def symbol(self) -> str:
        """Sign on the screen; the word always stands beside it."""
        return {"geplant": "○", "eingeladen": "●", "gehalten": "√", "ausgefallen": "×"}[self.value]


@attrs.frozen
class Sitzung:
    """One meeting of a body."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest, zum Beispiel PR-03.", beispiel="PR-03", schluessel=True)
    gremium: str = feld("Gremium", hilfe="Schlüssel oder Name des Gremiums.", beispiel="PR", pflicht=True)
    datum: dt.date = feld("Datum", hilfe="Tag der Sitzung.", beispiel="20.03.2025", pflicht=True)
    nummer: int | None = feld("Nummer", hilfe="Die wievielte es ist; leer: ohne Zählung.", beispiel="3", default=None)
    uhrzeit: str = feld("Uhrzeit", hilfe="Von wann bis wann.", beispiel="14:00–16:00", default="")
    ort: str = feld("Ort", hilfe="Wo sie stattfindet.", beispiel="Rathaus, Raum 214", default="")
    stand: Sitzungsstand = feld("Stand", hilfe="Wie weit sie ist.", beispiel="gehalten", default=Sitzungsstand.GEPLANT)
    anwesend: tuple[str, ...] = feld(
        "Anwesend", hilfe="Stellen und Rollen, keine Personen.", beispiel="Sozialplanung; Jobcenter", default=()
    )
    entschuldigt: tuple[str, ...] = feld(
        "Entschuldigt", hilfe="Stellen und Rollen, keine Personen.", beispiel="Schulamt", default=()
    )
    bemerkung: str = feld(
        "Bemerkung", hilfe="Was sonst zu wissen ist.", beispiel="gemeinsam mit dem Schulamt", default=""
    )


def title_of(sitzung: Sitzung, gremium: Gremium | None) -> str:
    """Name a meeting by number, body and day."""
    zahl = f"{sitzung.nummer}. Sitzung" if sitzung.nummer else "Sitzung"
    return f"{zahl}: {gremium.name if gremium else sitzung.gremium}, {sitzung.datum:%d.%m.%Y}"


@attrs.frozen
class Thema:
    """What goes round through the bodies; `berichtsjahr` says that it is the figures of a year, which some must see first."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest.", beispiel="monitoring-2025", schluessel=True)
    name: str = feld("Thema", hilfe="Worum es geht.", beispiel="Monitoring 2025", pflicht=True)
    berichtsjahr: int | None = feld(
        "Zahlen des Jahres", hilfe="Bei Zahlen: deren Berichtsjahr; sonst leer.", beispiel="2025", default=None
    )
    gebiete: tuple[str, ...] = feld(
        "Sozialräume", hilfe="Schlüssel oder Namen; leer: ganze Stadt.", beispiel="Rheinfeld Nord", default=()
    )
    beginn: dt.date | None = feld("Beginn", hilfe="Seit wann es beraten wird.", beispiel="01.03.2026", default=None)
    abgeschlossen: dt.date | None = feld(
        "Abgeschlossen am", hilfe="Leer: läuft noch.", beispiel="18.06.2026", default=None
    )
    bemerkung: str = feld("Bemerkung", hilfe="Was sonst zu wissen ist.", beispiel="mit dem Haushalt", default="")


@attrs.frozen
class Tagesordnungspunkt:
    """One point of an agenda; what was said of it stands in `ergebnis`, what was agreed in its Beschlüsse."""

    sitzung: str = feld("Sitzung", hilfe="Schlüssel der Sitzung.", beispiel="PR-03", schluessel=True)
    nummer: int = feld("TOP", hilfe="Laufend, ab 1.", beispiel="2", schluessel=True)
    titel: str = feld(
        "Titel", hilfe="Wie er auf der Einladung steht.", beispiel="Monitoring 2025: Entwurf", pflicht=True
    )
    thema: str = feld("Thema", hilfe="Schlüssel des Themas; leer: keines.", beispiel="monitoring-2025", default="")
    drucksache: str = feld(
        "Vorlage", hilfe="Nummer der Drucksache oder Name der Unterlage.", beispiel="26/031", default=""
    )
    zustaendig: str = feld(
        "Wer trägt vor", hilfe="Stelle oder Rolle, keine Person.", beispiel="Sozialplanung", default=""
    )
    ergebnis: str = feld(
        "Ergebnis",
        hilfe="Was dabei herauskam, in wenigen Sätzen.",
        beispiel="Die Quoten sind nachvollziehbar.",
        absaetze=True,
        default="",
    )


class Beschlussart(enum.Enum):
    """How a body decided."""

    ZUGESTIMMT = "zugestimmt"
    MIT_AENDERUNG = "mit Änderung zugestimmt"
    EMPFOHLEN = "empfohlen"
    KENNTNIS = "zur Kenntnis genommen"
    VERTAGT = "vertagt"
    ABGELEHNT = "abgelehnt"


@attrs.frozen
class Beschluss:
    """What a meeting agreed on one point."""

    sitzung: str = feld("Sitzung", hilfe="Schlüssel der Sitzung.", beispiel="PR-03", schluessel=True)
    nummer: int = feld("Beschluss Nr.", hilfe="Laufend je Sitzung, ab 1.", beispiel="1", schluessel=True)
    top: int = feld("TOP", hilfe="Zu welchem Tagesordnungspunkt.", beispiel="2", pflicht=True)
    wortlaut: str = feld(
        "Wortlaut",
        hilfe="Was beschlossen ist.",
        beispiel="Das Monitoring 2025 geht an die Trägerrunde.",
        pflicht=True,
        absaetze=True,
    )
    art: Beschlussart = feld(
        "Wie", hilfe="Wie entschieden wurde.", beispiel="zugestimmt", default=Beschlussart.ZUGESTIMMT
    )
    abweichend: str = feld(
        "Abweichende Meinung", hilfe="Wer es anders sah und warum; Stellen, keine Personen.", beispiel="Jobcenter: später",
        default="",
    )  # fmt: skip
    nachweise: tuple[str, ...] = feld(
        "Betrifft",
        hilfe="Was damit vereinbart ist: Art und Schlüssel.",
        beispiel="Indikator A07; Gebietsstand 2025",
        default=(),
    )


class Aufgabenstand(enum.Enum):
    """How far a task is."""

    OFFEN = "offen"
    ERLEDIGT = "erledigt"
    ENTFALLEN = "entfallen"

    @property
    def symbol(self) -> str:
        """Sign on the screen; the word always stands beside it."""
        return {"offen": "○", "erledigt": "√", "entfallen": "×"}[self.value]


@attrs.frozen
class Aufgabe:
    """Something that somebody took on in a meeting."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest.", beispiel="PR-03.1", schluessel=True)
    text: str = feld("Aufgabe", hilfe="Was zu tun ist.", beispiel="Schulbezirke nachliefern", pflicht=True)
    zustaendig: str = feld("Zuständig", hilfe="Stelle oder Rolle, keine Person.", beispiel="Schulamt", pflicht=True)
    bis: dt.date | None = feld("Bis", hilfe="Bis wann.", beispiel="30.04.2025", default=None)
    sitzung: str = feld("Sitzung", hilfe="Schlüssel der Sitzung; leer: unabhängig davon.", beispiel="PR-03", default="")
    top: int | None = feld("TOP", hilfe="Zu welchem Tagesordnungspunkt.", beispiel="2", default=None)
    stand: Aufgabenstand = feld("Stand", hilfe="Wie weit sie ist.", beispiel="offen", default=Aufgabenstand.OFFEN)
    erledigt_am: dt.date | None = feld(
        "Erledigt am", hilfe="Wann sie erledigt war.", beispiel="12.04.2025", default=None
    )

    def is_open_on(self, tag: dt.date) -> bool:
        """Whether it was still to do on a day."""
        if self.stand is Aufgabenstand.ERLEDIGT:
            return self.erledigt_am is not None and self.erledigt_am > tag
        return self.stand is Aufgabenstand.OFFEN

    def is_ueberfaellig(self, heute: dt.date) -> bool:
        """Whether it is open although its day is over."""
        return self.stand is Aufgabenstand.OFFEN and self.bis is not None and self.bis < heute
