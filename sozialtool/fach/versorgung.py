"""How supply is measured: which kinds of facilities are set against which group of people, and what the result is called.

Source: fach/regeln.md section 6 (Bestandserfassung); the rule of gaps is our own and visible (`rechnen.versorgung`).
"""

from __future__ import annotations

import enum

import attrs

from sozialtool.fach.felder import feld
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.planung import Einrichtung
from sozialtool.fach.raum import Gebiet


class Zaehlweise(enum.Enum):
    """What of a facility is counted."""

    PLAETZE = "Plätze"
    ORTE = "Einrichtungen und Angebote"


@attrs.frozen
class Versorgungsmass:
    """Supply for one need: places or facilities of some kinds per so many people of a group."""

    schluessel: str = feld("Schlüssel", hilfe="Kurz und fest, zum Beispiel kita.", beispiel="kita", schluessel=True)
    name: str = feld("Name", hilfe="Wie es in Tabellen heißt.", beispiel="Kita-Plätze", pflicht=True)
    arten: tuple[str, ...] = feld(
        "Arten", hilfe="Arten des Bestands, die dafür zählen.", beispiel="Kindertageseinrichtung; Kindertagespflege",
        default=(),
    )  # fmt: skip
    gruppe: tuple[str, ...] = feld(
        "Gruppe", hilfe="Merkmale, die zusammen die Zielgruppe zählen; nur veröffentlichte gehen ein.",
        beispiel="ew_unter_3; ew_3_6", default=(),
    )  # fmt: skip
    gruppenname: str = feld("Name der Gruppe", hilfe="Wie sie in Sätzen heißt.", beispiel="unter 6-Jährige", default="")
    zaehlt: Zaehlweise = feld("Gezählt werden", hilfe="Plätze oder Einrichtungen.", beispiel="Plätze",
                              default=Zaehlweise.PLAETZE)  # fmt: skip
    je: int = feld("Je", hilfe="Auf so viele der Gruppe bezogen.", beispiel="100", default=100)
    handlungsfeld: str = feld(
        "Handlungsfeld", hilfe="Name oder Schlüssel des Handlungsfelds.", beispiel="bildung", default=""
    )
    indikatoren: tuple[str, ...] = feld(
        "Daneben", hilfe="Kennungen der Indikatoren, die daneben stehen.", beispiel="A07; E01", default=()
    )
    wohnortnah: bool = feld(
        "Wohnortnah", hilfe="Wird es im Sozialraum selbst gebraucht? Sonst wird nur die Stadt als Ganzes gezählt.",
        beispiel="ja", default=True,
    )  # fmt: skip
    reihenfolge: int = feld("Reihenfolge", hilfe="Platz in den Listen; 1 steht oben.", beispiel="1", default=0)
    erreichbar: int | None = feld(
        "Erreichbar bis", hilfe="Luftlinie von der Mitte der kleinsten Gebiete; leer: es wird kein Anteil gerechnet.",
        einheit="Meter", beispiel="500", default=None,
    )  # fmt: skip

    @property
    def stellen(self) -> int:
        """Decimals that are shown."""
        return 1 if self.zaehlt is Zaehlweise.PLAETZE else 2

    @property
    def einheit(self) -> str:
        """What a figure means: "Plätze je 100 unter 6-Jährige"."""
        was = "Plätze" if self.zaehlt is Zaehlweise.PLAETZE else "Einrichtungen"
        return f"{was} je {self.je:,} {self.gruppenname or 'der Gruppe'}".replace(",", ".")


class Versorgungslage(enum.Enum):
    """What the rule says about the supply of an area against that of the town: sign and words."""

    LUECKE = ("!", "Lücke")
    WIE_STADT = ("●", "wie in der Stadt")
    MEHR = ("+", "mehr als die Stadt")
    DOPPELT = ("+", "mögliche Doppelung")
    STADTWEIT = ("·", "stadtweit")
    HIER_KEINE = ("·", "hier keine")
    KEINE = ("·", "in der Stadt keine")
    OFFEN = ("?", "nicht zu sagen")

    def __init__(self, zeichen: str, wort: str) -> None:
        self.zeichen = zeichen
        self.wort = wort

    @property
    def text(self) -> str:
        """Sign and words together."""
        return f"{self.zeichen} {self.wort}"


@attrs.frozen
class Entfernung:
    """How far it is from the middles of the smallest areas to the nearest facility, in a straight line, in metres.

    It says nothing about people: every small area counts once, however many live there.

    Attributes:
        mittel: mean over the areas.
        weiteste: the largest of them.
        anzahl: how many areas that is.
        nah: how many of them have a facility within `Versorgungsmass.erreichbar`; None where no limit is written.
        wo: name of the area that has it farthest.
        hoechstens: facilities without position may lie nearer; then `mittel` and `weiteste` are upper, `nah` a lower bound.
        ohne_umriss: names of smallest areas that cannot be asked.
    """

    mittel: float
    weiteste: float
    anzahl: int
    nah: int | None = None
    wo: str = ""
    hoechstens: bool = False
    ohne_umriss: tuple[str, ...] = ()


@attrs.frozen
class Versorgungszeile:
    """Supply of one area.

    Attributes:
        gebiet: the area.
        orte: facilities of the kinds that count, there.
        menge: places or facilities; at least so many where `ohne_zahl` is not 0.
        ohne_zahl: facilities whose places nobody noted.
        gruppe: released number of people of the group; None where secret or missing.
        wert: `menge` per `je` people; None without group.
        lage: what the rule says.
        abstand: places (facilities) more than the town's own supply would give here; negative: missing.
        grund: why it cannot be said; "" otherwise.
        entfernung: how far it is; None where coordinates are missing.
        zeichen: why there is no `wert`: secret, not delivered, not released; None where there is one.
    """

    gebiet: Gebiet
    orte: tuple[Einrichtung, ...]
    menge: float
    ohne_zahl: int = 0
    gruppe: float | None = None
    wert: float | None = None
    lage: Versorgungslage = Versorgungslage.OFFEN
    abstand: float | None = None
    grund: str = ""
    entfernung: Entfernung | None = None
    zeichen: Zeichen | None = None
