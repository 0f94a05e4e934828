"""Merkmal, Messwert, and the signs that say why there is no number.

Source of the signs: fach/regeln.md section 1 (DIN 55301, withdrawn 2020, in use; Bundesagentur für Arbeit).
"""

from __future__ import annotations

import datetime as dt
import enum
import re

import attrs

from sozialtool.fach.felder import feld


class Zeichen(enum.Enum):
    """What a sign means. Every missing value has exactly one of these; a null without a reason does not exist."""

    NICHTS = "nichts vorhanden"
    FAST_NICHTS = "weniger als die Hälfte der Einheit"
    GEHEIM = "geheim"
    UNBEKANNT = "unbekannt"
    FOLGT = "Angabe folgt"
    UNSICHER = "nicht sicher genug"
    SINNLOS = "Aussage nicht sinnvoll"
    FEHLT = "nicht geliefert"
    NENNER_NULL = "Nenner ist null"
    BRUCH = "Bruch in der Definition"
    ABGELEITET = "nicht berechenbar"

    @property
    def symbol(self) -> str:
        """Sign of official statistics that stands in our own tables for this reason."""
        return _SYMBOLE[self]


_SYMBOLE = {
    Zeichen.NICHTS: "–",
    Zeichen.FAST_NICHTS: "0",
    Zeichen.GEHEIM: "•",
    Zeichen.UNBEKANNT: ".",
    Zeichen.FOLGT: "…",
    Zeichen.UNSICHER: "/",
    Zeichen.SINNLOS: "x",
    Zeichen.FEHLT: "k. A.",
    Zeichen.NENNER_NULL: "x",
    Zeichen.BRUCH: "≠",
    Zeichen.ABGELEITET: "k. A.",
}


class Vermerk(enum.Enum):
    """What a value is good for, beside the value itself."""

    KEINER = ""
    VORLAEUFIG = "vorläufig"
    GESCHAETZT = "geschätzt"
    BERICHTIGT = "berichtigt"
    EINGESCHRAENKT = "Aussagewert eingeschränkt"
    GERUNDET = "von der Quelle gerundet"


class Merkmalart(enum.Enum):
    """How a Merkmal may be put together from parts."""

    ANZAHL = "Anzahl"
    SUMME = "Summe"
    DURCHSCHNITT = "Durchschnitt"
    ANTEIL = "Anteil"
    HOECHSTWERT = "Höchstwert"
    STUFE = "Stufe"

    @property
    def additiv(self) -> bool:
        """Whether the value of a whole is the sum over its parts."""
        return self in (Merkmalart.ANZAHL, Merkmalart.SUMME)


_SUMMAND = re.compile(r"(-?)\s*([a-z_]\w*)")


@attrs.frozen
class Merkmal:
    """A basic figure that a department supplies.

    `teil_von` names the Merkmal of which this one is a subset of people (part ≤ whole; the complement is a secret too
    when this one is). `gruppe` names a set of Merkmale that add up to `teil_von` exactly. `summe_aus` says which others
    it is put together from by definition: everybody can do that sum, and take one of its parts out of it.
    """

    schluessel: str = feld(
        "Schlüssel", beispiel="sgb2_unter_15", hilfe="Kurz, klein, ohne Umlaute: sgb2_unter_15.", schluessel=True
    )
    name: str = feld(
        "Name",
        hilfe="Wer oder was gezählt wird; so steht es in der Abfrage.",
        beispiel="Unter 15-Jährige in Bedarfsgemeinschaften",
        pflicht=True,
    )
    art: Merkmalart = feld(
        "Art",
        hilfe="Anzahlen und Summen werden über Gebiete addiert, alles andere nicht.",
        beispiel="Anzahl",
        default=Merkmalart.ANZAHL,
    )
    einheit: str = feld("Einheit", hilfe="Was eine Zahl zählt.", beispiel="Personen", default="Personen")
    fachbereich: str = feld("Fachbereich", beispiel="Jobcenter", hilfe="Wer die Zahl liefert.", default="")
    stichtag: str = feld("Stichtag", beispiel="31.12.", hilfe="31.12., 30.06., Jahr, Schuljahr …", default="31.12.")
    teil_von: str = feld(
        "Teil von", hilfe="Schlüssel des Merkmals, von dem dieses ein Teil ist.", beispiel="ew_unter_15", default=""
    )
    gruppe: str = feld(
        "Gruppe", hilfe="Teile derselben Gruppe ergeben zusammen das Ganze.", beispiel="geschlecht", default=""
    )
    mindestfallzahl: int = feld(
        "Mindestfallzahl", beispiel="3", hilfe="Ab dieser Zahl darf ein Wert hinaus; 0: nicht geheim.", default=3
    )
    namen: tuple[str, ...] = feld(
        "Andere Namen", beispiel="NEF unter 15; Kinder im SGB II", hilfe="Bezeichnungen in Dateien.", default=()
    )
    definition: str = feld(
        "Definition",
        hilfe="Wer mitzählt und wer nicht; steht in der Abfrage.",
        beispiel="Alle Personen unter 15 Jahren in Bedarfsgemeinschaften.",
        default="",
    )
    summe_aus: str = feld(
        "Summe aus", beispiel="ew_65_80 + ew_ab_80", hilfe="Woraus sie sich ergibt: ew_65_80 + ew_ab_80.", default=""
    )

    faelle: str = feld(
        "Fälle zum Betrag",
        beispiel="hilfen_faelle",
        hilfe="Bei Geldbeträgen und Durchschnitten: Schlüssel des Merkmals, das zählt, aus wie vielen Fällen die Zahl kommt.",
        default="",
    )
    beitraege: tuple[str, ...] = feld(
        "Größte Beiträge",
        beispiel="hilfen_groesster; hilfen_zweiter",
        hilfe="Bei Geldbeträgen: Merkmale für den größten und zweitgrößten Fall je Gebiet; sie werden nie gezeigt.",
        default=(),
    )

    @property
    def summanden(self) -> dict[str, float]:
        """Merkmale of `summe_aus` with their factors (1 or -1); words that are no name are left out."""
        return {name: -1.0 if minus else 1.0 for minus, name in _SUMMAND.findall(self.summe_aus)}


@attrs.frozen
class Messwert:
    """The value of a Merkmal for a Gebiet at a Stand: a number, or a reason why there is none.

    `stand` is the Stichtag or the last day of the period; `jahre` is the length of the period in years (0: Stichtag).
    `zeichen` is None for a plain number; NICHTS comes with wert 0. `rohtext` keeps the sign as the source wrote it.
    """

    gebiet: str = feld("Gebiet", schluessel=True)
    merkmal: str = feld("Merkmal", schluessel=True)
    stand: dt.date = feld("Stand", schluessel=True)
    wert: float | None = feld("Wert", default=None)
    zeichen: Zeichen | None = feld("Zeichen", default=None)
    vermerk: Vermerk = feld("Vermerk", default=Vermerk.KEINER)
    quelle: str = feld("Quelle", default="")
    jahre: int = feld("Zeitraum in Jahren", default=0)
    rohtext: str = feld("Steht in der Datei", default="")
    zelle: str = feld("Zelle", hilfe="Blatt und Zelle der Quelle.", default="")

    def __attrs_post_init__(self) -> None:
        if self.wert is None and self.zeichen is None:
            raise ValueError("A Messwert without number needs a reason")


@attrs.frozen
class Zeichenbedeutung:
    """What one sign means in one source: a reason, a value (0 for "-"), or a Vermerk on the number beside it."""

    text: str
    zeichen: Zeichen | None = None
    vermerk: Vermerk = Vermerk.KEINER


@attrs.frozen
class Zeichentabelle:
    """The signs of one source. The same sign means different things in different files."""

    schluessel: str
    name: str
    zeichen: tuple[Zeichenbedeutung, ...]

    def find(self, text: str) -> Zeichenbedeutung | None:
        """Return the meaning of a cell text that consists of nothing but a sign, or None."""
        gesucht = text.strip().casefold()
        return next((z for z in self.zeichen if z.text.casefold() == gesucht), None)
