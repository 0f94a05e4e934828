"""A figure as a plain German sentence. "deutlich" is said only when the interval says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Vermerk, Zeichen
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, STADT
from sozialtool.fach.schreibweise import format_zahl

_GRUENDE = {
    Zeichen.GEHEIM: "Die Zahl ist geheim, weil sie zu klein ist oder andere kleine Zahlen verraten würde.",
    Zeichen.UNSICHER: "Der Quelle ist die Zahl nicht sicher genug.",
    Zeichen.UNBEKANNT: "Die Zahl ist unbekannt.",
    Zeichen.SINNLOS: "Eine Aussage ist hier nicht sinnvoll.",
    Zeichen.FOLGT: "Die Angabe folgt später.",
    Zeichen.FEHLT: "Für dieses Gebiet liegt keine Zahl vor.",
    Zeichen.NENNER_NULL: "Es gibt hier niemanden, auf den sich die Quote bezieht (der Nenner ist null).",
    Zeichen.BRUCH: "Die Definition hat sich im Zeitraum geändert; eine Zahl wäre nicht vergleichbar.",
    Zeichen.ABGELEITET: "Die Zahl lässt sich nicht berechnen.",
}


def satz(kennzahl: Mapping[str, Any], indikator: Indikator, gebiet: str, *, summe: bool = False) -> str:
    """Say how an area stands against the town.

    Args:
        kennzahl: one row of `fach.rahmen.KENNZAHLEN` (`zeichen` and `vermerk` as name or as Enum).
        indikator: its indicator.
        gebiet: name of the area, as the sentence begins with it.
        summe: the figures of the areas add up to that of the town (a count without Nenner); a share of it is then said.

    Returns:
        One to three sentences with the counts behind the value. A difference within the interval is called one within
        chance, whatever its size; "deutlich" needs lage ±2.
    """
    zeichen = _to_zeichen(kennzahl["zeichen"])
    if kennzahl["wert"] is None or zeichen is not None:
        return f"{gebiet}: {_GRUENDE.get(zeichen or Zeichen.FEHLT, _GRUENDE[Zeichen.FEHLT])}"
    saetze = [
        f"{gebiet}: {indikator.name} {_wert(kennzahl['wert'], indikator)}{_anzahlen(kennzahl)}{_spanne(kennzahl, indikator)}."
    ]
    vergleich = _vergleich(kennzahl, indikator, summe=summe)
    if vergleich:
        saetze.append(vergleich)
    if kennzahl["vermerk"] in (Vermerk.GESCHAETZT, Vermerk.GESCHAETZT.name):
        saetze.append("Der Wert ist geschätzt.")
    return " ".join(saetze)


def _to_zeichen(zeichen: Zeichen | str | None) -> Zeichen | None:
    """Accept the Enum or its name."""
    if isinstance(zeichen, str):
        return Zeichen[zeichen] if zeichen else None
    return zeichen


def _wert(wert: float, indikator: Indikator) -> str:
    """Value with its unit."""
    return f"{format_zahl(wert, indikator.nachkommastellen)} {indikator.einheit}".strip()


def _anzahlen(kennzahl: Mapping[str, Any]) -> str:
    """The counts behind a rate."""
    zaehler, nenner = kennzahl["zaehler"], kennzahl["nenner"]
    if zaehler is None or nenner is None:
        return ""
    return f" ({format_zahl(zaehler, 0)} von {format_zahl(nenner, 0)})"


def _spanne(kennzahl: Mapping[str, Any], indikator: Indikator) -> str:
    """The interval, in words."""
    if kennzahl["unten"] is None or kennzahl["oben"] is None:
        return ""
    von = format_zahl(kennzahl["unten"], indikator.nachkommastellen)
    return f", Zufallsspanne {von} bis {_wert(kennzahl['oben'], indikator)}"


def _vergleich(kennzahl: Mapping[str, Any], indikator: Indikator, *, summe: bool) -> str:
    """The sentence about the town."""
    wert, stadt, lage = kennzahl["wert"], kennzahl["stadtwert"], kennzahl["lage"]
    if stadt is None or kennzahl["ebene"] == STADT or kennzahl["gebiet"] == NICHT_ZUZUORDNEN:
        return ""
    if summe:
        return (
            f"Das sind {format_zahl(wert / stadt * 100, 1)} % der Stadt ({_wert(stadt, indikator)})."
            if stadt > 0
            else ""
        )
    stadtwert = f"({_wert(stadt, indikator)})"
    richtung = "höher" if wert > stadt else "niedriger"
    gleich = format_zahl(wert, indikator.nachkommastellen) == format_zahl(stadt, indikator.nachkommastellen)
    if lage in (None, 0) and gleich:
        return f"Das entspricht dem Wert der Stadt {stadtwert}."
    if lage is None:
        return f"Der Wert der Stadt liegt bei {_wert(stadt, indikator)}."
    if lage == 0:
        return f"Das ist etwas {richtung} als in der Stadt {stadtwert}, im Rahmen des Zufalls."
    if abs(lage) == 1:
        return f"Das ist {richtung} als in der Stadt {stadtwert}, mehr als durch Zufall zu erwarten."
    fach = kennzahl["verhaeltnis"]
    vielfaches = f", das {format_zahl(fach, 1)}-Fache" if fach is not None and fach > 1 else ""
    return f"Das ist deutlich {richtung} als in der Stadt {stadtwert}{vielfaches}."
