"""Referenzwert: a figure from outside the town that areas are compared with."""

from __future__ import annotations

import enum

import attrs

from sozialtool.fach.felder import Feld, feld
from sozialtool.fehler import FeldFehler


class Referenzart(enum.Enum):
    """What the figure is."""

    VERGLEICHSWERT = "Vergleichswert"
    KLASSE = "Klasse ab"


@attrs.frozen
class Referenzwert:
    """The value of an Indikator for a place outside, or the lower limit of a class of a distribution outside.

    Classes (GISD-Fünftel, Fünftel der Kreise) are lower limits, one record each; a value belongs to the highest class whose limit it
    reaches. The value has the unit of the Indikator.
    """

    indikator: str = feld("Indikator", hilfe="Kennung des Indikators.", beispiel="A07a", schluessel=True)
    raum: str = feld(
        "Vergleichsraum",
        hilfe="Kreis, Land, Bund oder Name der Klasse, so wie er in der Tabelle stehen soll.",
        beispiel="Kreis Lahnau",
        schluessel=True,
    )
    jahr: int = feld("Jahr", hilfe="Jahr, für das der Wert gilt.", beispiel="2025", schluessel=True)
    wert: float = feld(
        "Wert",
        hilfe="In der Einheit des Indikators; bei einer Klasse der kleinste Wert, der dazugehört.",
        beispiel="11,8",
        pflicht=True,
    )
    quelle: str = feld(
        "Quelle",
        hilfe="Wer den Wert veröffentlicht hat und wo.",
        beispiel="Bundesagentur für Arbeit, Statistik nach Kreisen, Stand 12/2025",
        pflicht=True,
    )
    art: Referenzart = feld(
        "Art",
        hilfe="Vergleichswert (Kreis, Land) oder untere Grenze einer Klasse.",
        beispiel="Vergleichswert",
        default=Referenzart.VERGLEICHSWERT,
    )
    reihenfolge: int = feld("Reihenfolge", hilfe="Klein steht vorn.", beispiel="1", default=0)

    @property
    def name(self) -> str:
        """Place and year as they stand in a table."""
        return f"{self.raum} {self.jahr}"


@attrs.frozen
class Referenzprofil:
    """What the columns and rows of a table from outside mean; it answers for next year's file of the same layout.

    `raeume` and `werte` are texts as a person types them: "05170 = Kreis Wesel", "Arbeitslosenquote = A01", with a factor where the
    file has another unit than the Indikator ("Arbeitslose je 1.000 = A01 * 0,1").
    """

    name: str = feld(
        "Profil", hilfe="Kurzer Name für diese Art von Datei.", beispiel="INKAR Arbeitsmarkt", schluessel=True
    )
    raumspalte: str = feld(
        "Spalte der Räume",
        hilfe="Überschrift der Spalte mit Namen oder Schlüssel der Kreise und Länder.",
        beispiel="Kennziffer",
        pflicht=True,
    )
    raeume: tuple[str, ...] = feld(
        "Räume",
        hilfe="Wie der Raum in der Datei heißt = wie er hier heißt; mit Strichpunkt getrennt.",
        beispiel="05170 = Kreis Wesel; 05 = Nordrhein-Westfalen",
        pflicht=True,
    )
    werte: tuple[str, ...] = feld(
        "Werte",
        hilfe="Überschrift der Spalte (ohne Jahr) = Indikator; wo nötig * Faktor; mit Strichpunkt getrennt.",
        beispiel="Arbeitslosenquote = A01; Arbeitslose je 1.000 = A01 * 0,1",
        pflicht=True,
    )
    quelle: str = feld(
        "Quelle",
        hilfe="Wer die Werte veröffentlicht und wo.",
        beispiel="BBSR, INKAR Ausgabe 2024",
        pflicht=True,
    )
    jahrspalte: str = feld(
        "Spalte des Jahres",
        hilfe="Nur wenn das Jahr in einer eigenen Spalte steht; sonst leer.",
        beispiel="Jahr",
        default="",
    )

    @property
    def orte(self) -> dict[str, str]:
        """Place as the file writes it → name here, in this order."""
        return {vorn: hinten or vorn for vorn, hinten in map(_split, self.raeume)}

    @property
    def spalten(self) -> dict[str, tuple[str, float]]:
        """Head of a column → Kennung of the Indikator, and what its figures are multiplied with.

        Raises:
            FeldFehler: a factor is no number, or an Indikator is missing.
        """
        return {vorn: _read_ziel(vorn, hinten) for vorn, hinten in map(_split, self.werte)}


def _split(text: str) -> tuple[str, str]:
    vorn, _, hinten = text.rpartition("=") if "=" in text else (text, "", "")
    return vorn.strip(), hinten.strip()


def _read_ziel(kopf: str, text: str) -> tuple[str, float]:
    kennung, mal, faktor = text.partition("*")
    if not kennung.strip():
        raise FeldFehler(f"Zu „{kopf}“ fehlt der Indikator.", "Erwartet wird zum Beispiel: Arbeitslosenquote = A01")
    if not mal:
        return kennung.strip(), 1.0
    return kennung.strip(), float(Feld("werte", "Werte", float, pflicht=True).from_text(faktor.strip()))


def find_passende(
    referenzen: tuple[Referenzwert, ...], indikator: str, jahr: int, brueche: frozenset[int] = frozenset()
) -> tuple[Referenzwert, ...]:
    """Newest comparison value of each place up to this year, in order; one from before a break in definition does not count."""
    neueste: dict[str, Referenzwert] = {}
    for ref in sorted(referenzen, key=lambda r: r.jahr):
        passt = ref.indikator == indikator and ref.jahr <= jahr and not any(ref.jahr < b <= jahr for b in brueche)
        if passt and ref.art is Referenzart.VERGLEICHSWERT:
            neueste[ref.raum] = ref
    return tuple(sorted(neueste.values(), key=lambda r: (r.reihenfolge, r.raum)))


def find_klassen(
    referenzen: tuple[Referenzwert, ...], indikator: str, jahr: int, brueche: frozenset[int] = frozenset()
) -> tuple[Referenzwert, ...]:
    """Classes of the newest year up to this one, by rising lower limit."""
    passende = [
        r for r in referenzen
        if r.art is Referenzart.KLASSE and r.indikator == indikator and r.jahr <= jahr
        and not any(r.jahr < b <= jahr for b in brueche)
    ]  # fmt: skip
    neuestes = max((r.jahr for r in passende), default=0)
    return tuple(sorted((r for r in passende if r.jahr == neuestes), key=lambda r: (r.wert, r.raum)))
