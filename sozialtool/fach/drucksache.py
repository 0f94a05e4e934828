"""The council paper: its head, its way through the bodies, its text in blocks, its Anlagen (fach/regeln.md section 6, "Council paper").

Order of the printed paper: number, öffentlich, date, Fachbereich, Fachdienst → Beratungsfolge → title → Beschlussvorschlag →
Finanzielle Auswirkungen → Klimaschutzrelevanz → Sachdarstellung → signature → footnotes → Anlagen. People are never in here.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.fach.felder import feld

PLATZHALTER = (
    "In geschweiften Klammern steht, was eingesetzt wird: {A07} Wert der Stadt, {A07 Rheinfeld Nord 2024} eines Sozialraums und "
    "Jahres, {A07: Anzahl}, {A07: höchste 3}, {Jahr}, {Stadt}, {Fußnote: Text}. Nur Freigegebenes; sonst steht da „geheim“."
)
"""What stands in the help of a field that takes places to be filled."""


class Oeffentlichkeit(enum.Enum):
    """Whether everybody may read the paper."""

    OEFFENTLICH = "öffentlich"
    NICHTOEFFENTLICH = "nichtöffentlich"


class Klimarelevanz(enum.Enum):
    """What the paper means for the protection of the climate; as long as nobody has said so it is no "keine"."""

    OFFEN = "noch nicht angegeben"
    KEINE = "keine"
    POSITIV = "positiv"
    NEGATIV = "negativ"


class Finanzwirkung(enum.Enum):
    """Where the financial effects come from; as long as nobody has said so they are no "keine"."""

    OFFEN = "noch nicht angegeben"
    KEINE = "keine"
    MASSNAHMEN = "aus den Maßnahmen"
    TEXT = "wie im Text"


class Beratungsaktion(enum.Enum):
    """What a body is asked to do."""

    KENNTNISNAHME = "Kenntnisnahme"
    ANHOERUNG = "Anhörung"
    VORBERATUNG = "Vorberatung"
    EMPFEHLUNG = "Empfehlung"
    ENTSCHEIDUNG = "Entscheidung"


@attrs.frozen
class Drucksache:
    """One council paper; its number is its key."""

    schluessel: str = feld(
        "Nummer", hilfe="Wie der Sitzungsdienst sie vergibt; bis dahin ein Arbeitstitel.", beispiel="17/801", schluessel=True
    )  # fmt: skip
    name: str = feld(
        "Titel", hilfe="Wie die Drucksache heißt; {Jahr} und {Stadt} werden eingesetzt.",
        beispiel="Sozialmonitoring {Jahr}", pflicht=True,
    )  # fmt: skip
    jahr: int | None = feld(
        "Zahlen des Jahres", hilfe="Berichtsjahr der Zahlen, die eingesetzt werden; leer: das des Projekts.", beispiel="2025",
        default=None,
    )  # fmt: skip
    datum: dt.date | None = feld(
        "Datum",
        hilfe="Tag der Drucksache; leer: der Tag, an dem sie geschrieben wird.",
        beispiel="18.05.2026",
        default=None,
    )
    oeffentlichkeit: Oeffentlichkeit = feld(
        "Öffentlichkeit", hilfe="Ob alle sie lesen dürfen.", beispiel="öffentlich", default=Oeffentlichkeit.OEFFENTLICH
    )
    fachbereich: str = feld(
        "Fachbereich", hilfe="Wie im Organisationsplan.", beispiel="Soziales und Familie", default=""
    )
    fachdienst: str = feld("Fachdienst", hilfe="Wie im Organisationsplan.", beispiel="Sozialplanung", default="")
    beschlussvorschlag: str = feld(
        "Beschlussvorschlag", hilfe=f"Was beschlossen oder zur Kenntnis genommen werden soll. {PLATZHALTER}",
        beispiel="Der Ausschuss nimmt das Sozialmonitoring {Jahr} zur Kenntnis.", absaetze=True, default="",
    )  # fmt: skip
    finanzen: Finanzwirkung = feld(
        "Finanzielle Auswirkungen",
        hilfe="keine; aus den Maßnahmen: eine Tabelle ihrer Kosten je Jahr; wie im Text: nur, was daneben steht. Muss angegeben sein, "
        "bevor die Drucksache hinausgeht.",
        beispiel="aus den Maßnahmen", default=Finanzwirkung.OFFEN,
    )  # fmt: skip
    massnahmen: tuple[str, ...] = feld(
        "Maßnahmen", hilfe="Schlüssel oder Namen der Maßnahmen, deren Kosten gezeigt werden; leer: alle, die nicht zurückgestellt sind.",
        beispiel="M01; M07", default=(),
    )  # fmt: skip
    finanztext: str = feld(
        "Text zu den Finanzen", hilfe=f"Steht bei den finanziellen Auswirkungen. {PLATZHALTER}",
        beispiel="Die Mittel sind im Haushalt {Jahr} veranschlagt.", absaetze=True, default="",
    )  # fmt: skip
    klima: Klimarelevanz = feld(
        "Klimaschutzrelevanz", hilfe="positiv, negativ oder keine. Muss angegeben sein, bevor die Drucksache hinausgeht.",
        beispiel="keine", default=Klimarelevanz.OFFEN,
    )  # fmt: skip
    klimatext: str = feld(
        "Text zum Klimaschutz",
        hilfe="Warum; leer: ohne Begründung.",
        beispiel="Kurze Wege sparen Fahrten.",
        absaetze=True,
        default="",
    )
    unterschrift: str = feld(
        "Unterschrift", hilfe="Die Stelle, die unterzeichnet; keine Person.", beispiel="Dezernat Soziales", default=""
    )


@attrs.frozen
class Beratungsschritt:
    """One step of the Beratungsfolge: which body deals with the paper when, and what it is asked for."""

    drucksache: str = feld("Drucksache", hilfe="Nummer der Drucksache.", beispiel="17/801", schluessel=True)
    nummer: int = feld("Folge", hilfe="Platz in der Beratungsfolge, ab 1.", beispiel="1", schluessel=True)
    gremium: str = feld("Gremium", hilfe="Schlüssel oder Name des Gremiums.", beispiel="FA", pflicht=True)
    sitzung: str = feld(
        "Sitzung", hilfe="Schlüssel der Sitzung; von ihr kommt der Termin. Leer: der Termin steht daneben.", beispiel="FA-26-3",
        default="",
    )  # fmt: skip
    termin: dt.date | None = feld(
        "Termin", hilfe="Tag der Sitzung, wenn sie nicht eingetragen ist; leer: steht noch nicht fest.", beispiel="18.06.2026",
        default=None,
    )  # fmt: skip
    aktion: Beratungsaktion = feld(
        "Beratungsaktion", hilfe="Worum das Gremium gebeten wird.", beispiel="Kenntnisnahme",
        default=Beratungsaktion.KENNTNISNAHME,
    )  # fmt: skip


@attrs.frozen
class Textbaustein:
    """One block of the Sachdarstellung: a head or none, and a text with places for figures.

    A line of the text is a paragraph; one that begins with "- " is a point of a list.
    """

    drucksache: str = feld("Drucksache", hilfe="Nummer der Drucksache.", beispiel="17/801", schluessel=True)
    nummer: int = feld("Folge", hilfe="Platz in der Sachdarstellung, ab 1.", beispiel="1", schluessel=True)
    name: str = feld(
        "Überschrift", hilfe="Zwischenüberschrift; leer: keine.", beispiel="Kinder und Familien", default=""
    )
    text: str = feld(
        "Text", hilfe=f"Jede Zeile ist ein Absatz, „- “ am Anfang macht sie zum Listenpunkt. {PLATZHALTER}",
        beispiel="In {Stadt} erhalten {A07} der Kinder Bürgergeld.", pflicht=True, absaetze=True, default="",
    )  # fmt: skip


@attrs.frozen
class Anlage:
    """One Anlage: its number, what it is, and the file that is handed in with the paper."""

    drucksache: str = feld("Drucksache", hilfe="Nummer der Drucksache.", beispiel="17/801", schluessel=True)
    nummer: int = feld("Anlage", hilfe="Nummer der Anlage, ab 1.", beispiel="1", schluessel=True)
    name: str = feld(
        "Bezeichnung", hilfe="Wie sie in der Drucksache heißt.", beispiel="Sozialmonitoring {Jahr}", pflicht=True
    )
    datei: str = feld(
        "Datei", hilfe="Name der Datei in ausgaben/<Jahr>; auf ihrem ersten Blatt steht dann die Nummer der Anlage.",
        beispiel="Monitoring_2025.xlsx", default="",
    )  # fmt: skip


def name_anlage(nummer: int | None, drucksache: str) -> str:
    """Say what stands on a file that goes with a paper: "Anlage 1 zur Drucksache 17/801"; "" without a paper."""
    zahl = f" {nummer}" if nummer else ""
    return f"Anlage{zahl} zur Drucksache {drucksache}" if drucksache else ""
