"""Indikator, its agreement, and breaks in definition."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from sozialtool.fach.felder import feld


class Richtung(enum.Enum):
    """What a high value means. Neutral indicators have no colour and enter no index without a decision."""

    BELASTEND = "belastend"
    ENTLASTEND = "entlastend"
    NEUTRAL = "neutral"


class Intervallart(enum.Enum):
    """Kind of confidence interval (fach/regeln.md section 2)."""

    WILSON = "Anteil (Wilson)"
    BYAR = "Rate (Byar)"
    MITTELWERT = "Mittelwert (t)"
    KEINES = "keines"


class Zustand(enum.Enum):
    """State of an agreement."""

    VORGESCHLAGEN = "vorgeschlagen"
    VEREINBART = "vereinbart"
    RUHT = "ruht"
    VERWORFEN = "verworfen"

    @property
    def symbol(self) -> str:
        """Sign on the screen; the word always stands beside it."""
        return {"vorgeschlagen": "○", "vereinbart": "●", "ruht": "◦", "verworfen": "×"}[self.value]


@attrs.frozen
class Indikator:
    """A formula over Merkmale: `zaehler / nenner * faktor`.

    `zaehler` and `nenner` are arithmetic over Merkmal keys (`+ - * /`, numbers, parentheses); `ew__vor5` is the
    Merkmal `ew` five years earlier. Without `nenner` the value is the numerator. `jahre` > 1 pools that many years on
    both sides. Ordinal indicators (`stufe`) are shown and compared, never summed or averaged.

    A mean (Intervallart.MITTELWERT) is Σ x / n with `streuung` = Σ x², or, where a source delivers the mean itself, a
    numerator alone with `streuung` = its standard deviation and `fallzahl` = n.
    """

    kennung: str = feld("Kennung", beispiel="A07", hilfe="Kurz und fest, zum Beispiel A07.", schluessel=True)
    name: str = feld(
        "Name",
        hilfe="Wie er in Tabellen und Texten heißt.",
        beispiel="SGB-II-Quote der unter 18-Jährigen",
        pflicht=True,
    )
    handlungsfeld: str = feld(
        "Handlungsfeld",
        hilfe="Name oder Schlüssel des Handlungsfelds.",
        beispiel="Arbeit, Einkommen, Armut",
        pflicht=True,
    )
    zaehler: str = feld("Zähler", beispiel="sgb2_unter_18", hilfe="Rechnung über Merkmale.", pflicht=True)
    kurzname: str = feld(
        "Kurzname", beispiel="SGB II <18", hilfe="Höchstens 12 Zeichen, für enge Tabellen.", default=""
    )
    nenner: str = feld(
        "Nenner", hilfe="Rechnung über Merkmale; leer: Der Zähler ist der Wert.", beispiel="ew_unter_18", default=""
    )
    faktor: float = feld("Faktor", beispiel="100", hilfe="100 für Prozent, 1000 für Promille.", default=100.0)
    einheit: str = feld("Einheit", hilfe="Steht unter der Überschrift der Spalte.", beispiel="%", default="%")
    richtung: Richtung = feld(
        "Richtung", beispiel="belastend", hilfe="Was ein hoher Wert bedeutet.", default=Richtung.NEUTRAL
    )
    nachkommastellen: int = feld(
        "Nachkommastellen", hilfe="Wie genau der Wert gezeigt wird; gerechnet wird genauer.", beispiel="1", default=1
    )
    intervall: Intervallart = feld(
        "Intervall",
        hilfe="Wie die Spanne des Zufalls gerechnet wird. „keines“: eine Vollerhebung, die ohne Zufall gelten soll.",
        beispiel="Anteil (Wilson)",
        default=Intervallart.WILSON,
    )
    streuung: str = feld(
        "Streuung",
        hilfe="Nur beim Mittelwert: die Summe der Quadrate; ohne Nenner die gelieferte Standardabweichung.",
        beispiel="altersquadrate",
        default="",
    )
    fallzahl: str = feld(
        "Fallzahl",
        hilfe="Nur beim gelieferten Mittelwert ohne Nenner: aus wie vielen Werten er kommt.",
        beispiel="befragte",
        default="",
    )
    jahre: int = feld(
        "Zusammengefasste Jahre", hilfe="Mehr als 1, wo ein Jahr allein zu wenige Fälle hat.", beispiel="1", default=1
    )
    stufe: bool = feld("Stufe", beispiel="nein", hilfe="Rangstufe, die nicht gemittelt wird.", default=False)
    quelle: str = feld(
        "Quelle", hilfe="Woher die Zahlen kommen.", beispiel="Bundesagentur für Arbeit, Melderegister", default=""
    )
    kleinste_ebene: str = feld(
        "Kleinste Ebene", beispiel="sozialraum", hilfe="sozialraum oder stadt.", default="sozialraum"
    )
    hinweis: str = feld("Hinweis", beispiel="Maß für Kinderarmut", hilfe="Was man beim Lesen wissen muss.", default="")
    definition_nach: str = feld(
        "Definition nach", hilfe="Wessen Definition übernommen ist.", beispiel="MSS Berlin", default=""
    )
    zustand: Zustand = feld(
        "Zustand",
        hilfe="Nur was vereinbart ist, steht im Monitoring.",
        beispiel="vereinbart",
        default=Zustand.VORGESCHLAGEN,
    )
    vereinbart_am: dt.date | None = feld("Vereinbart am", hilfe="Tag der Sitzung.", beispiel="04.03.2026", default=None)
    gremium: str = feld("Gremium", hilfe="Wer beschlossen hat.", beispiel="Planungsrunde", default="")
    reihenfolge: int = feld("Reihenfolge", hilfe="Platz im Handlungsfeld; 1 steht oben.", beispiel="7", default=0)

    @property
    def hat_spanne(self) -> bool:
        """Whether an interval can be computed for it at all, given the figures that its definition names."""
        if self.stufe or self.intervall is Intervallart.KEINES:
            return False
        if self.intervall is Intervallart.MITTELWERT:
            return bool(self.streuung and (self.nenner or self.fallzahl))
        return bool(self.nenner)

    @property
    def formel(self) -> str:
        """The whole formula as a person reads it."""
        if not self.nenner:
            return self.zaehler
        faktor = f"{self.faktor:.15g}".replace(".", ",")
        zaehler, nenner = (f"({f})" if any(z in f for z in "+-") else f for f in (self.zaehler, self.nenner))
        return f"{zaehler} / {nenner} · {faktor}"


@attrs.frozen
class Bruch:
    """A break in definition: values of `merkmal` from `ab_jahr` on are not comparable with those before."""

    merkmal: str = feld("Merkmal", schluessel=True)
    ab_jahr: int = feld("Ab Jahr", schluessel=True)
    grund: str = feld("Grund", pflicht=True)


@attrs.frozen
class Handlungsfeld:
    """A field of action under which indicators stand together in screen and workbook."""

    schluessel: str = feld("Schlüssel", schluessel=True)
    name: str = feld("Name", pflicht=True)
    reihenfolge: int = feld("Reihenfolge", default=0)
