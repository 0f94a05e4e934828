"""What is heard and what is needed: Stimmen with area, theme and date; Bedarfe with their evidence.

Sources: fach/regeln.md section 6 (Expertengespräche, Nutzerbefragung, Stadtteilarbeitskreise; Bedarfserhebung per Sozialraum).
People are never in here: who speaks is a role or a round.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.fach.felder import feld


class Stimmenart(enum.Enum):
    """Where a Stimme comes from."""

    GESPRAECH = "Expertengespräch"
    ARBEITSKREIS = "Stadtteilarbeitskreis"
    BEFRAGUNG = "Befragung, freier Text"
    VERANSTALTUNG = "Veranstaltung"
    BEGEHUNG = "Begehung"


@attrs.frozen
class Stimme:
    """What somebody said about an area and a theme, quoted without name."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest, zum Beispiel S12.", beispiel="S12", schluessel=True)
    text: str = feld(
        "Stimme", hilfe="Wörtlich oder sinngemäß; ohne Namen und Adressen.",
        beispiel="Viele Eltern wissen nicht, wohin am Nachmittag.", pflicht=True,
    )  # fmt: skip
    gebiet: str = feld("Sozialraum", hilfe="Schlüssel, Name oder „Stadt“.", beispiel="Rheinfeld Nord", pflicht=True)
    handlungsfeld: str = feld(
        "Handlungsfeld", hilfe="Name oder Schlüssel: das Thema.", beispiel="Bildung und Betreuung", default=""
    )
    datum: dt.date | None = feld("Datum", hilfe="Wann es gesagt wurde.", beispiel="12.11.2025", default=None)
    art: Stimmenart = feld(
        "Art", hilfe="Wo es gesagt wurde.", beispiel="Stadtteilarbeitskreis", default=Stimmenart.ARBEITSKREIS
    )
    wer: str = feld("Wer", hilfe="Rolle oder Runde, keine Person.", beispiel="Fachkräfte der Kitas", default="")
    zeigen: bool = feld("Zeigen", hilfe="Darf sie hinaus, in Mappe und Bericht?", beispiel="ja", default=True)
    bemerkung: str = feld("Bemerkung", hilfe="Nur für die Planung.", beispiel="mehrfach genannt", default="")


class Bedarfsstand(enum.Enum):
    """How far a need is."""

    GENANNT = "genannt"
    BERATEN = "beraten"
    ANERKANNT = "anerkannt"
    GEDECKT = "gedeckt"
    VERWORFEN = "verworfen"


@attrs.frozen
class Bedarf:
    """A need: what, where, for whom, on which evidence, and what is recommended."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest, zum Beispiel B3.", beispiel="B3", schluessel=True)
    name: str = feld("Bedarf", hilfe="Was fehlt, in wenigen Worten.", beispiel="Treffpunkt für Eltern am Nachmittag",
                     pflicht=True)  # fmt: skip
    gebiete: tuple[str, ...] = feld(
        "Sozialräume", hilfe="Schlüssel oder Namen; leer: ganze Stadt.", beispiel="Rheinfeld Nord", default=()
    )
    zielgruppe: tuple[str, ...] = feld("Zielgruppe", hilfe="Für wen.", beispiel="Eltern kleiner Kinder", default=())
    handlungsfeld: str = feld(
        "Handlungsfeld", hilfe="Name oder Schlüssel.", beispiel="Bildung und Betreuung", default=""
    )
    gruppe: str = feld(
        "Größe der Gruppe", hilfe="Merkmal, das zählt, wie viele es sind.", beispiel="ew_unter_3", default=""
    )
    belege: tuple[str, ...] = feld(
        "Belege", hilfe="Kennung eines Indikators, Schlüssel von Einrichtung, Versorgung, Stimme, Bedarf oder Befragung/Frage.",
        beispiel="A07; kita; S12; B2025/3", default=(),
    )  # fmt: skip
    empfehlung: str = feld(
        "Handlungsempfehlung", hilfe="Was geschehen soll.", beispiel="Elterncafé in der Kita einrichten", default=""
    )
    stand: Bedarfsstand = feld(
        "Stand", hilfe="Wie weit er beraten ist.", beispiel="beraten", default=Bedarfsstand.GENANNT
    )
    datum: dt.date | None = feld("Datum", hilfe="Wann er so festgehalten wurde.", beispiel="12.11.2025", default=None)
    bemerkung: str = feld("Bemerkung", hilfe="Was sonst zu wissen ist.", beispiel="im Ausschuss genannt", default="")


class Prioritaet(enum.Enum):
    """What the agreed rule makes of a need."""

    HOCH = "hoch"
    MITTEL = "mittel"
    NIEDRIG = "niedrig"
    OFFEN = "nicht zu sagen"
