"""Veröffentlichung: a frozen release, kept so that no later one gives away what it kept secret."""

from __future__ import annotations

import datetime as dt
import enum
from pathlib import PurePath

import attrs

from sozialtool.fach.felder import feld


def name_monitoring(jahr: int) -> str:
    """Return the file name of the Monitoring of a year: which file it is, is said here alone. Compare without case (Windows)."""
    return f"Monitoring_{jahr}.xlsx"


def name_barrierefrei(datei: str) -> str:
    """Return the file name of the accessible edition of a workbook."""
    return _extend(datei, "barrierefrei")


def name_korrektur(jahr: int) -> str:
    """Return the file name of the Korrekturmitteilung to the Monitoring of a year. Compare without case."""
    return f"Korrekturmitteilung_{jahr}.docx"


def name_aufgehoben(datei: str, schluessel: str) -> str:
    """Return the file name under which a file is kept that went out with the release of that key."""
    return _extend(datei, schluessel)


def write_titel(dateiname: str) -> str:
    """Write what a file is called as people write it: "Foerdernachweis_F1 2025" is the "Fördernachweis F1 2025"."""
    return dateiname.replace("Foerdernachweis", "Fördernachweis").replace("_", " ")


def _extend(datei: str, zusatz: str) -> str:
    name = PurePath(datei)
    return f"{name.stem}_{zusatz}{name.suffix}"


@attrs.frozen
class Veroeffentlichung:
    """One release that has left the house. `inhalt` is text made by `geheimhaltung`: figures, pattern, definitions.

    `pruefsumme` is the SHA-256 of the written workbook, so that it can be told from an edited copy.
    """

    schluessel: str = feld("Schlüssel", beispiel="2025-1", schluessel=True)
    name: str = feld("Name", beispiel="Monitoring 2025, Drucksache 17/801", pflicht=True)
    jahr: int = feld("Berichtsjahr", beispiel="2025", pflicht=True)
    am: dt.date | None = feld("Veröffentlicht am", beispiel="04.03.2026", default=None)
    datei: str = feld("Datei", beispiel="Monitoring_2025.xlsx", default="")
    pruefsumme: str = feld("Prüfsumme", default="")
    drucksache: str = feld("Drucksache", beispiel="17/801", default="")
    gebietsstand: str = feld("Gebietsstand", beispiel="2026", default="")
    vorbehalt: str = feld(
        "Vor der Beratung", beispiel="Vor der Beratung in der Planungsrunde: Frist des Förderantrags", default="",
        hilfe="Wer die Zahlen vorher hätte sehen sollen, und warum sie trotzdem hinausgingen; leer: alle haben sie gesehen.",
    )  # fmt: skip
    inhalt: str = feld("Inhalt", hilfe="Zahlen, Sperrmuster und Definitionen, wie sie hinausgingen.", default="")
    gezeigt: str = feld(
        "Gezeigt",
        hilfe="Die Kennzahlen, wie sie zu lesen waren; daran wird eine spätere Berichtigung gemessen.",
        default="",
    )


@attrs.frozen
class BekannteZahl:
    """A figure that somebody else publishes (Kreis, Land): hiding it here would protect nobody."""

    gebiet: str = feld(
        "Gebiet", beispiel="05170999", hilfe="Name oder Schlüssel des Gebiets, meist der Stadt.", schluessel=True
    )
    merkmal: str = feld(
        "Merkmal", beispiel="sgb2_unter_15", hilfe="Name oder Schlüssel wie bei den Merkmalen.", schluessel=True
    )
    jahr: int = feld("Jahr", beispiel="2024", hilfe="0: jedes Jahr.", schluessel=True)
    quelle: str = feld(
        "Wo bekannt",
        beispiel="Kreisdatenatlas",
        hilfe="Wo jeder sie nachlesen kann; steht auf dem Blatt „Geheimhaltung“.",
        pflicht=True,
    )


class Schutzverfahren(enum.Enum):
    """How the counts of a source are kept secret."""

    SPERREN = "sperren"
    RUNDEN = "auf 5 runden"


@attrs.frozen
class Geheimhaltungsregel:
    """What one source asks for beside its Mindestfallzahl (which is a Schwelle), and who asks for it on which grounds."""

    fachbereich: str = feld(
        "Fachbereich", beispiel="Jobcenter", hilfe="Wie bei den Merkmalen geschrieben.", schluessel=True
    )
    verlangt_von: str = feld(
        "Verlangt von",
        beispiel="Statistik der Bundesagentur für Arbeit",
        hilfe="Wer die Regel verlangt; steht auf dem Blatt „Geheimhaltung“.",
        pflicht=True,
    )
    grundlage: str = feld(
        "Grundlage",
        beispiel="§ 16 Bundesstatistikgesetz",
        hilfe="Gesetz, Vertrag oder Schreiben, in dem die Regel steht.",
        default="",
    )
    alle: bool = feld(
        "„Alle“ ist geheim", beispiel="ja", hilfe="Trifft es auf alle zu, verrät das jede Person.", default=True
    )
    keiner: bool = feld(
        "„Niemand“ ist geheim", beispiel="nein", hilfe="Auch eine Null wird nicht gezeigt.", default=False
    )
    ab_ebene: str = feld(
        "Nur ab Ebene",
        beispiel="Sozialraum",
        hilfe="Die kleinste Ebene, deren Zahlen hinausgehen dürfen; leer: jede.",
        default="",
    )
    verfahren: Schutzverfahren = feld(
        "Verfahren",
        beispiel="sperren",
        hilfe="Kleine Anzahlen sperren, oder alle Anzahlen der Quelle auf 5 runden.",
        default=Schutzverfahren.SPERREN,
    )
    dominanz_anzahl: int = feld(
        "Dominanz: größte Beiträge",
        beispiel="2",
        hilfe="Bei Geldbeträgen: wie viele der größten Beiträge zusammen geprüft werden; 0: keine solche Regel.",
        default=0,
    )
    dominanz_anteil: float = feld(
        "Dominanz: höchstens",
        beispiel="85",
        hilfe="So viel Prozent des Betrags dürfen diese Beiträge höchstens ausmachen.",
        einheit="%",
        default=0.0,
    )
    p_prozent: float = feld(
        "p-%-Regel",
        beispiel="10",
        hilfe="Bei Geldbeträgen: So genau darf niemand den größten Beitrag schätzen können; 0: keine solche Regel.",
        einheit="%",
        default=0.0,
    )
