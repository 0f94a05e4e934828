"""What the town has, plans and asks: Einrichtungen, Maßnahmen with their money, Befragungen with their tallies.

Sources: fach/regeln.md section 6 (Bestandserfassung, Maßnahmenplanung, Nutzerbefragung as indispensable participation) and
entwurf.md section 3. People are never in here: bodies and roles only.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.fach.felder import feld


class Barrierefreiheit(enum.Enum):
    """Whether everybody gets in and along."""

    JA = "ja"
    TEILWEISE = "teilweise"
    NEIN = "nein"
    UNGEKLAERT = "ungeklärt"


class Bestandsform(enum.Enum):
    """What kind of entry of the inventory it is."""

    EINRICHTUNG = "Einrichtung"
    ANGEBOT = "Angebot"
    NAHVERSORGUNG = "Nahversorgung"
    HALTESTELLE = "Haltestelle"


class Angebotsurteil(enum.Enum):
    """What a review of an existing offer has found."""

    OFFEN = "noch nicht überprüft"
    PASST = "bedarfsgerecht"
    ANPASSEN = "anzupassen"
    AUSBAUEN = "auszubauen"
    ENTBEHRLICH = "entbehrlich"


ARTEN = (
    "Kindertageseinrichtung", "Kindertagespflege", "Familienzentrum", "Grundschule", "weiterführende Schule",
    "offener Ganztag", "Jugendeinrichtung", "Spielplatz", "Beratung", "Familienbildung", "Begegnung", "Sport und Verein",
    "Kultur und Bildung", "Pflege ambulant", "Pflege stationär", "Tagespflege", "Wohnen im Alter", "Gesundheit",
    "Wohnungslosenhilfe", "Migration und Integration", "Lebensmittel", "Haltestelle", "Sonstiges",
)  # fmt: skip


@attrs.frozen
class Einrichtung:
    """One facility, service, shop or stop of the inventory; `plaetze` and the ages give the supply per need."""

    schluessel: str = feld(
        "Schlüssel", hilfe="Kurz und fest, zum Beispiel KITA-03.", beispiel="KITA-03", schluessel=True
    )
    name: str = feld("Name", hilfe="Wie sie sich selbst nennt.", beispiel="Kita Regenbogen", pflicht=True)
    art: str = feld(
        "Art",
        hilfe="Danach wird gezählt und verglichen.",
        auswahl=ARTEN,
        beispiel="Kindertageseinrichtung",
        pflicht=True,
    )
    gebiet: str = feld(
        "Sozialraum",
        hilfe="Schlüssel oder Name des Sozialraums, in dem sie liegt.",
        beispiel="Rheinfeld Nord",
        pflicht=True,
    )
    form: Bestandsform = feld(
        "Form", hilfe="Ein Haus, ein regelmäßiges Angebot, ein Laden oder eine Haltestelle.",
        beispiel="Einrichtung", default=Bestandsform.EINRICHTUNG,
    )  # fmt: skip
    traeger: str = feld(
        "Träger", hilfe="Wer sie betreibt; die Stelle, keine Person.", beispiel="Caritasverband", default=""
    )
    zielgruppe: tuple[str, ...] = feld("Zielgruppe", hilfe="Für wen sie da ist.", beispiel="Kinder; Eltern", default=())
    alter_von: int | None = feld(
        "Alter von", hilfe="Ab welchem Alter; leer: ab Geburt.", einheit="Jahre", beispiel="0", default=None
    )
    alter_bis: int | None = feld(
        "Alter bis unter",
        hilfe="Bis unter welches Alter; leer: ohne Grenze.",
        einheit="Jahre",
        beispiel="6",
        default=None,
    )
    plaetze: int | None = feld("Plätze", hilfe="Genehmigte oder vereinbarte Plätze; leer: gibt es nicht oder unbekannt.",
                               beispiel="75", default=None)  # fmt: skip
    finanzierung: tuple[str, ...] = feld(
        "Finanzierung", hilfe="Woraus sie bezahlt wird, mit Ende einer Förderung.",
        beispiel="Stadt; Land (KiBiz)", default=(),
    )  # fmt: skip
    barrierefrei: Barrierefreiheit = feld(
        "Barrierefrei", hilfe="Stufenloser Zugang und nutzbare Toilette: ja; nur eines davon: teilweise.",
        beispiel="teilweise", default=Barrierefreiheit.UNGEKLAERT,
    )  # fmt: skip
    adresse: str = feld("Adresse", hilfe="Straße und Hausnummer der Einrichtung.", beispiel="Ringstr. 12", default="")
    breite: float | None = feld(
        "Geografische Breite",
        hilfe="Nur wenn bekannt; für Entfernungen.",
        einheit="Grad",
        beispiel="51,7205",
        default=None,
    )
    laenge: float | None = feld(
        "Geografische Länge",
        hilfe="Nur wenn bekannt; für Entfernungen.",
        einheit="Grad",
        beispiel="6,6871",
        default=None,
    )
    stand: dt.date | None = feld("Stand", hilfe="Von wann die Angabe ist.", beispiel="01.03.2026", default=None)
    bemerkung: str = feld("Bemerkung", hilfe="Öffnungszeiten, Besonderheiten.", beispiel="Warteliste", default="")
    belegt: int | None = feld(
        "Belegt", hilfe="Wie viele Plätze zuletzt belegt waren; leer: unbekannt.", beispiel="71", default=None
    )
    urteil: Angebotsurteil = feld(
        "Überprüfung", hilfe="Was die letzte Überprüfung des Angebots ergeben hat.", beispiel="anzupassen",
        default=Angebotsurteil.OFFEN,
    )  # fmt: skip
    geprueft_am: dt.date | None = feld(
        "Überprüft am", hilfe="Tag der Überprüfung.", beispiel="12.11.2025", default=None
    )


class Urteil(enum.Enum):
    """What those say who are there: users, experts."""

    OFFEN = "nicht gefragt"
    GUT = "überwiegend gut"
    GEMISCHT = "gemischt"
    KRITISCH = "überwiegend kritisch"


class Massnahmenstand(enum.Enum):
    """How far a measure is."""

    GEPLANT = "geplant"
    BESCHLOSSEN = "beschlossen"
    LAEUFT = "läuft"
    ABGESCHLOSSEN = "abgeschlossen"
    ZURUECKGESTELLT = "zurückgestellt"


@attrs.frozen
class Massnahme:
    """One measure with owner, partners, dates, and the figures by which it is judged."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest, zum Beispiel M07.", beispiel="M07", schluessel=True)
    name: str = feld(
        "Maßnahme", hilfe="Was geschieht, in wenigen Worten.", beispiel="Elterncafé an der Kita", pflicht=True
    )
    verantwortlich: str = feld(
        "Verantwortlich", hilfe="Die Stelle, die dafür einsteht; keine Person.", beispiel="Jugendamt", pflicht=True
    )
    ziel: str = feld(
        "Entwicklungsziel", hilfe="Schlüssel oder Name des Ziels, dem sie dient.", beispiel="Z2", default=""
    )
    gebiete: tuple[str, ...] = feld(
        "Sozialräume",
        hilfe="Schlüssel oder Namen; leer: ganze Stadt.",
        beispiel="Rheinfeld Nord; Am Bahnhof",
        default=(),
    )
    zielgruppe: tuple[str, ...] = feld("Zielgruppe", hilfe="Für wen sie ist.", beispiel="Eltern", default=())
    partner: tuple[str, ...] = feld(
        "Partner",
        hilfe="Wer mitwirkt; Stellen, keine Personen.",
        beispiel="Caritasverband; Kita Regenbogen",
        default=(),
    )
    beginn: dt.date | None = feld("Beginn", hilfe="Tag oder Erster des Monats.", beispiel="01.08.2026", default=None)
    ende: dt.date | None = feld("Ende", hilfe="Leer: auf Dauer.", beispiel="31.07.2028", default=None)
    stand: Massnahmenstand = feld("Stand", hilfe="Wie weit sie ist.", beispiel="beschlossen",
                                  default=Massnahmenstand.GEPLANT)  # fmt: skip
    leistung: str = feld(
        "Kennzahl der Leistung", hilfe="Woran man sieht, dass etwas geschieht.", beispiel="Treffen im Jahr", default=""
    )
    leistung_ziel: float | None = feld("Ziel der Leistung", hilfe="Im Jahr.", beispiel="40", default=None)
    leistung_ist: float | None = feld(
        "Stand der Leistung", hilfe="Zuletzt gezählt, im Jahr.", beispiel="32", default=None
    )
    wirkung: str = feld(
        "Kennzahl der Wirkung", hilfe="Kennung des Indikators, der sich ändern soll.", beispiel="E01", default=""
    )
    wirkung_ziel: float | None = feld(
        "Zielwert", hilfe="Wert des Indikators, der erreicht werden soll.", beispiel="38,5", default=None
    )
    wirkung_jahr: int | None = feld("Zieljahr", hilfe="Bis wann.", beispiel="2029", default=None)
    zufriedenheit: str = feld(
        "Zufriedenheit",
        hilfe="Was Teilnehmende sagen.",
        beispiel="Eltern wünschen Nachmittage",
        default="",
    )
    bemerkung: str = feld("Bemerkung", hilfe="Was sonst zu wissen ist.", beispiel="Räume ab Herbst frei", default="")
    nutzerurteil: Urteil = feld(
        "Urteil der Teilnehmenden", hilfe="Zusammengefasst.", beispiel="überwiegend gut", default=Urteil.OFFEN
    )
    fachurteil: Urteil = feld(
        "Urteil der Fachkräfte", hilfe="Zusammengefasst.", beispiel="gemischt", default=Urteil.OFFEN
    )
    fachsicht: str = feld(
        "Sicht der Fachkräfte", hilfe="Was Fachkräfte dazu sagen.", beispiel="Räume zu klein", default=""
    )
    leistung_jahr: int | None = feld(
        "Jahr der Leistung", hilfe="Für welches Jahr der Stand gezählt ist.", beispiel="2025", default=None
    )


@attrs.frozen
class Massnahmenkosten:
    """What a measure costs in one year, in euros; own and third-party funds add up to the whole."""

    massnahme: str = feld("Maßnahme", hilfe="Schlüssel der Maßnahme.", beispiel="M07", schluessel=True)
    jahr: int = feld("Jahr", hilfe="Haushaltsjahr.", beispiel="2027", schluessel=True)
    kosten: float = feld("Kosten", hilfe="Alles zusammen, geplant.", einheit="Euro", beispiel="24000", pflicht=True)
    eigenmittel: float | None = feld(
        "Eigenmittel", hilfe="Aus dem Haushalt der Stadt.", einheit="Euro", beispiel="9000", default=None
    )
    drittmittel: float | None = feld(
        "Drittmittel", hilfe="Förderung, Stiftung, Träger.", einheit="Euro", beispiel="15000", default=None
    )
    foerderprogramm: str = feld(
        "Förderprogramm", hilfe="Name des Programms oder der Stiftung.", beispiel="kinderstark NRW", default=""
    )
    ausgegeben: float | None = feld(
        "Ausgegeben", hilfe="Tatsächlich, sobald bekannt.", einheit="Euro", beispiel="21350", default=None
    )


@attrs.frozen
class Massnahmenleistung:
    """What a measure achieved in one year, against what was wanted of it in that year."""

    massnahme: str = feld("Maßnahme", hilfe="Schlüssel der Maßnahme.", beispiel="M07", schluessel=True)
    jahr: int = feld("Jahr", hilfe="Für welches Jahr gezählt ist.", beispiel="2024", schluessel=True)
    leistung: str = feld("Kennzahl der Leistung", hilfe="Woran es gezählt ist.", beispiel="Treffen im Jahr", default="")
    ziel: float | None = feld(
        "Ziel der Leistung", hilfe="Was in diesem Jahr erreicht werden sollte.", beispiel="40", default=None
    )
    ist: float | None = feld("Stand der Leistung", hilfe="Was gezählt ist.", beispiel="32", default=None)


class Befragungsweg(enum.Enum):
    """How people were asked."""

    PAPIER = "Fragebogen auf Papier"
    ONLINE = "Fragebogen online"
    BEIDES = "Papier und online"
    GESPRAECH = "Gespräche"
    VERANSTALTUNG = "Veranstaltung"


@attrs.frozen
class Befragung:
    """One survey: whom, where, how, how many were asked and answered."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest, zum Beispiel B2026.", beispiel="B2026", schluessel=True)
    name: str = feld("Befragung", hilfe="Wie sie heißt.", beispiel="Leben in Rheinfeld Nord", pflicht=True)
    thema: str = feld("Thema", hilfe="Worum es geht.", beispiel="Wohnumfeld und Treffpunkte", default="")
    gebiete: tuple[str, ...] = feld(
        "Sozialräume", hilfe="Schlüssel oder Namen; leer: ganze Stadt.", beispiel="Rheinfeld Nord", default=()
    )
    zielgruppe: tuple[str, ...] = feld(
        "Zielgruppe", hilfe="Wer gefragt wurde.", beispiel="Haushalte mit Kindern", default=()
    )
    weg: Befragungsweg = feld("Weg", hilfe="Wie gefragt wurde.", beispiel="Papier und online",
                              default=Befragungsweg.PAPIER)  # fmt: skip
    von: dt.date | None = feld("Von", hilfe="Erster Tag.", beispiel="04.05.2026", default=None)
    bis: dt.date | None = feld("Bis", hilfe="Letzter Tag.", beispiel="29.05.2026", default=None)
    gefragt: int | None = feld("Gefragt", hilfe="Wie viele gefragt wurden.", beispiel="800", default=None)
    geantwortet: int | None = feld("Geantwortet", hilfe="Wie viele geantwortet haben.", beispiel="264", default=None)
    mindestfallzahl: int = feld(
        "Mindestfallzahl", hilfe="Gruppen mit weniger Antwortenden werden nicht gezeigt.", beispiel="10", default=10
    )
    bemerkung: str = feld("Bemerkung", hilfe="Wie ausgewählt wurde, was auffiel.", beispiel="Jeder dritte Haushalt",
                          default="")  # fmt: skip


class Frageform(enum.Enum):
    """How a question may be answered."""

    EINE = "eine Antwort"
    MEHRERE = "mehrere Antworten"
    FREI = "freier Text"


@attrs.frozen
class Befragungsfrage:
    """One question with its possible answers."""

    befragung: str = feld("Befragung", hilfe="Schlüssel der Befragung.", beispiel="B2026", schluessel=True)
    nummer: int = feld("Frage Nr.", hilfe="Laufend, ab 1.", beispiel="3", schluessel=True)
    text: str = feld("Frage", hilfe="Wortlaut.", beispiel="Wie gern leben Sie hier?", pflicht=True)
    form: Frageform = feld(
        "Form", hilfe="Wie geantwortet werden konnte.", beispiel="eine Antwort", default=Frageform.EINE
    )
    antworten: tuple[str, ...] = feld(
        "Antworten", hilfe="In der Reihenfolge des Fragebogens.", beispiel="sehr gern; gern; ungern", default=()
    )


@attrs.frozen
class Befragungszahl:
    """How many people of a group in an area gave one answer; never single questionnaires."""

    befragung: str = feld("Befragung", hilfe="Schlüssel der Befragung.", beispiel="B2026", schluessel=True)
    frage: int = feld("Frage Nr.", hilfe="Nummer der Frage.", beispiel="3", schluessel=True)
    gebiet: str = feld("Sozialraum", hilfe="Schlüssel, Name oder „Stadt“.", beispiel="Rheinfeld Nord", schluessel=True)
    gruppe: str = feld("Gruppe", hilfe="„alle“ oder wer gemeint ist.", beispiel="alle", schluessel=True)
    antwort: str = feld(
        "Antwort",
        hilfe="Wie in der Liste der Fragen; bei mehreren Antworten auch „Antwortende“.",
        beispiel="gern",
        schluessel=True,
    )
    anzahl: int = feld(
        "Anzahl", hilfe="Wie viele so geantwortet haben.", einheit="Personen", beispiel="117", pflicht=True
    )
