"""An index of one's own: which indicators, with which weights, put together by which methods, agreed by whom.

The choices are those of the OECD/JRC Handbook on Constructing Composite Indicators (2008), step by step; each is a field, so
that nothing happens by a silent default. A high value of the index always means a high burden.
"""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.fach.felder import Feld, feld
from sozialtool.fach.indikator import Zustand
from sozialtool.fehler import FeldFehler

MSS_AB = 20
"""From so many areas on status and Dynamik after the Berlin Monitoring are offered (fach/regeln.md section 3)."""
MSS_STATUS = ("hoch", "mittel", "niedrig", "sehr niedrig")
"""Status after the Berlin Monitoring, class 1 first."""


class Fehlwerte(enum.Enum):
    """What happens where a figure is missing or secret."""

    AUSLASSEN = "Gebiet auslassen"
    UEBRIGE = "aus den übrigen Indikatoren"
    MITTEL = "Mittel der Gebiete einsetzen"
    GRUPPENMITTEL = "Mittel der Gebiete im selben Ortsteil einsetzen"


class Ausreisser(enum.Enum):
    """How single extreme values are treated."""

    KEINE = "nicht behandeln"
    KAPPEN = "kappen, wenn Schiefe und Wölbung es verlangen"


class Normierung(enum.Enum):
    """How figures in different units are brought onto one scale."""

    Z_GRUNDGESAMTHEIT = "z-Werte (geteilt durch N)"
    Z_STICHPROBE = "z-Werte (geteilt durch N − 1)"
    RANG = "Rang"
    MIN_MAX = "Spannweite 0 bis 100"
    MIN_MAX_1 = "Spannweite 1 bis 100"
    ABSTAND = "Abstand zum Stadtwert in Prozent"


class Aggregation(enum.Enum):
    """How the parts become one number."""

    ARITHMETISCH = "gewichtetes Mittel"
    GEOMETRISCH = "geometrisches Mittel"
    MINIMUM = "kleinster Teilwert"
    MAXIMUM = "größter Teilwert"


class Gliederung(enum.Enum):
    """Which sub-indices stand between the indicators and the index."""

    HANDLUNGSFELD = "je Handlungsfeld"
    EIGENE = "wie bei den Bestandteilen"
    KEINE = "ohne Teilindizes"


class Klassen(enum.Enum):
    """Into which classes the areas are put; class 1 is the least burdened."""

    DRITTEL = "Drittel"
    VIERTEL = "Viertel"
    FUENFTEL = "Fünftel"
    MSS = "Grenzen −1, 1 und 1,5 (MSS Berlin)"

    @property
    def anzahl(self) -> int:
        """Number of classes."""
        return {"DRITTEL": 3, "VIERTEL": 4, "FUENFTEL": 5, "MSS": 4}[self.name]


@attrs.frozen
class Bestandteil:
    """One indicator of an index: Kennung, weight against the others of its Teilindex, name of the Teilindex ("" for none)."""

    kennung: str
    gewicht: float = 1.0
    teil: str = ""

    @classmethod
    def parse(cls, text: str) -> Bestandteil:
        """Read "A07", "A07 2" or "A07 2 Kinder und Familie"; raise `FeldFehler` for a weight that is none."""
        kennung, _, rest = text.strip().partition(" ")
        zahl, _, teil = rest.strip().partition(" ")
        return cls(kennung, _read_gewicht(zahl, text) if zahl else 1.0, teil.strip())

    def __str__(self) -> str:
        gewicht = f"{self.gewicht:.15g}".replace(".", ",")
        return f"{self.kennung} {gewicht} {self.teil}".strip()


_GEWICHTE = (1e-4, 1e4)
"""Weights beyond these make one indicator the whole index, and sums of them may overflow."""


def _read_gewicht(zahl: str, text: str) -> float:
    """Read a weight greater than zero, within what makes sense."""
    try:
        gewicht = float(Feld("gewicht", "Gewicht", float).from_text(zahl))
    except FeldFehler:
        gewicht = 0.0
    if not _GEWICHTE[0] <= gewicht <= _GEWICHTE[1]:
        raise FeldFehler(
            f"In „{text}“ ist „{zahl}“ kein Gewicht.",
            "Erwartet wird zum Beispiel „A07 2“ oder „A07 1,5 Kinder“: Kennung, Gewicht über null (höchstens 10.000), Teilindex.",
            "INDEX-GEWICHT",
        )
    return gewicht


@attrs.frozen
class Sozialindex:
    """The definition of an index of one's own.

    `bestandteile` and `teilgewichte` are texts as a person types them (`Bestandteil.parse`, "2 Kinder"); `streuung` is the
    share in percent by which the robustness runs change each weight up or down at most.
    """

    kennung: str = feld("Kennung", beispiel="SI1", hilfe="Kurz und fest, zum Beispiel SI1.", schluessel=True)
    name: str = feld(
        "Name", beispiel="Sozialindex Lindenrath", hilfe="Wie er in Tabellen und Texten heißt.", pflicht=True
    )
    bestandteile: tuple[str, ...] = feld(
        "Bestandteile",
        beispiel="A01; A07 2; A10 1 Alter",
        hilfe="Kennungen mit Strichpunkt getrennt, dahinter Gewicht und Teilindex.",
        pflicht=True,
    )
    gliederung: Gliederung = feld(
        "Teilindizes",
        beispiel="je Handlungsfeld",
        hilfe="Was zwischen Indikatoren und Index steht, damit kein Feld mit vielen Indikatoren überwiegt.",
        default=Gliederung.HANDLUNGSFELD,
    )
    teilgewichte: tuple[str, ...] = feld(
        "Gewichte der Teilindizes",
        beispiel="2 Kinder; 1 Alter",
        hilfe="Leer: alle gleich. Sonst Gewicht und Name, mit Strichpunkt getrennt.",
        default=(),
    )
    fehlwerte: Fehlwerte = feld(
        "Fehlende Werte",
        beispiel="Gebiet auslassen",
        hilfe="Was gilt, wo ein Wert fehlt oder geheim ist.",
        default=Fehlwerte.AUSLASSEN,
    )
    ausreisser: Ausreisser = feld(
        "Ausreißer",
        beispiel="nicht behandeln",
        hilfe="Ob einzelne sehr hohe oder niedrige Werte vorher gekappt werden.",
        default=Ausreisser.KEINE,
    )
    normierung: Normierung = feld(
        "Normierung",
        beispiel="z-Werte (geteilt durch N)",
        hilfe="Wie verschiedene Einheiten auf eine Skala kommen.",
        default=Normierung.Z_GRUNDGESAMTHEIT,
    )
    bezugsjahr: int = feld(
        "Bezugsjahr",
        beispiel="2020",
        hilfe="Nur für den Abstand zum Stadtwert: aus welchem Jahr der Stadtwert ist; 0: aus dem Berichtsjahr.",
        default=0,
    )
    aggregation: Aggregation = feld(
        "Zusammenfassung",
        beispiel="gewichtetes Mittel",
        hilfe="Wie aus den Teilen eine Zahl wird.",
        default=Aggregation.ARITHMETISCH,
    )
    klassen: Klassen = feld(
        "Klassen", beispiel="Drittel", hilfe="In welche Klassen die Gebiete kommen.", default=Klassen.DRITTEL
    )
    ausgenommen: tuple[str, ...] = feld(
        "Ausgenommene Gebiete", beispiel="Gewerbegebiet", hilfe="Schlüssel der Gebiete, die nicht zur Grundmenge gehören.",
        default=(),
    )  # fmt: skip
    mindesteinwohner: int = feld(
        "Mindestzahl Einwohner", beispiel="300", hilfe="Gebiete mit weniger Einwohnern bleiben außen vor; 0: keine Grenze.",
        default=0,
    )  # fmt: skip
    laeufe: int = feld(
        "Läufe mit anderen Gewichten", beispiel="200", hilfe="Für die Robustheit; 0: keine.", default=200
    )
    streuung: float = feld(
        "Streuung der Gewichte", einheit="%", beispiel="25", hilfe="Um so viel Prozent ändern sich die Gewichte höchstens.",
        default=25.0,
    )  # fmt: skip
    startzahl: int = feld(
        "Startzahl",
        beispiel="1",
        hilfe="Gleiche Startzahl, gleiche Läufe: So ist das Ergebnis nachrechenbar.",
        default=1,
    )
    hinweis: str = feld(
        "Hinweis", beispiel="Grundlage der Mittelverteilung", hilfe="Was man beim Lesen wissen muss.", default=""
    )
    zustand: Zustand = feld(
        "Zustand", beispiel="vereinbart", hilfe="Wie weit die Beratung ist.", default=Zustand.VORGESCHLAGEN
    )
    vereinbart_am: dt.date | None = feld("Vereinbart am", beispiel="04.03.2026", hilfe="Tag der Sitzung.", default=None)
    gremium: str = feld("Gremium", beispiel="Planungsrunde", hilfe="Wer beschlossen hat.", default="")
    reihenfolge: int = feld("Reihenfolge", beispiel="1", hilfe="1 steht oben.", default=0)

    @property
    def teile(self) -> tuple[Bestandteil, ...]:
        """The indicators with weight and Teilindex.

        Raises:
            FeldFehler: a weight cannot be read.
        """
        return tuple(Bestandteil.parse(text) for text in self.bestandteile)

    @property
    def gewichte_der_teile(self) -> dict[str, float]:
        """Weight of each named Teilindex; those not named have 1.

        Raises:
            FeldFehler: a weight cannot be read.
        """
        paare = (text.strip().partition(" ") for text in self.teilgewichte)
        return {name.strip(): _read_gewicht(zahl, f"{zahl} {name}") for zahl, _, name in paare}


@attrs.frozen
class Indexfassung:
    """With which definition and which base set the index of a release was computed; kept when the workbook is written.

    `inhalt` is the whole definition (JSON of the fields as texts), `gebiete` the base set, `am` the day of the release,
    `indikatoren` how its indicators were defined (JSON, `ablauf.indexfassung`); "" for releases before that was kept.
    """

    index: str = feld("Index", schluessel=True)
    jahr: int = feld("Jahr", schluessel=True)
    am: dt.date = feld("Ausgegeben am", pflicht=True)
    inhalt: str = feld("Inhalt", pflicht=True)
    gebiete: tuple[str, ...] = feld("Grundmenge", default=())
    indikatoren: str = feld("Indikatoren", default="")
