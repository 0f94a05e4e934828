"""A figure as a plain German sentence. "deutlich" is said only when the interval says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sozialtool.fach.auswertung import Bezugsart, Gegenueber, Trend, Wandel
from sozialtool.fach.indikator import Indikator, Intervallart
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Vermerk, Zeichen
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, STADT
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.rechnen.grenzen import SICHER, find_grenzen

_DOPPELT = 2.0
"""A small area may be twice as high within chance; from here on "etwas" would play that down."""
WENIGE_FAELLE = 30
"""Below so many cases a sentence names their number as the reason for the doubt."""
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
_GESCHLECHT = {
    "Die": ("quote", "rate", "beteiligung", "dichte", "entwicklung", "sicherung", "fläche", "inanspruchnahme", "adipositas"),
    "Der": ("anteil", "quotient", "saldo", "übergang"),
    "Das": ("volumen", "alter", "übergewicht"),
}  # fmt: skip
"""Endings of head nouns in the singular; a name that begins otherwise stands before a colon."""
_GATTUNG = re.compile(r"(stadt|viertel|siedlung|park|hafen|zentrum|platz|insel|quartier)$", re.IGNORECASE)
"""Endings of names that would need an article: "in der Altstadt", but "in Rheinfeld"."""
_WEIBLICH = re.compile(r"(region|gemeinde|einheit|zone|fläche|schaft|ung)$", re.IGNORECASE)
"""Endings of levels that are feminine: "in der Planungsregion Heide", but "im Sozialraum Heide"."""
_LAGEN = ("Nord", "Süd", "Ost", "West", "Mitte", "Dorf", "I", "II", "III")
_ORTSANFANG = ("St.", "Sankt", "Bad")
_DATIV = {"Jahre": "Jahren"}


def satz(
    kennzahl: Mapping[str, Any], indikator: Indikator, gebiet: str, ebene: str = "Sozialraum", *, summe: bool = False
) -> str:
    """Say how an area stands against the town.

    Args:
        kennzahl: one row of `fach.rahmen.KENNZAHLEN` (`zeichen` and `vermerk` as name or as Enum).
        indikator: its indicator.
        gebiet: name of the area.
        ebene: what such an area is called ("Sozialraum", "Planungsregion").
        summe: the figures of the areas add up to that of the town (a count without Nenner); a share of it is then said.

    Returns:
        One to three sentences with the counts behind the value. A difference within the interval is called one within chance,
        whatever its size; "deutlich" needs lage ±2; that the number of cases rules out chance needs the 99.8 % limits.
    """
    zeichen = _to_zeichen(kennzahl["zeichen"])
    if kennzahl["wert"] is None or zeichen is not None:
        return f"{gebiet}: {_GRUENDE.get(zeichen or Zeichen.FEHLT, _GRUENDE[Zeichen.FEHLT])}"
    saetze = [_hauptsatz(kennzahl, indikator, gebiet, ebene, summe=summe)]
    zahlen = _zahlen(kennzahl, indikator)
    if zahlen:
        saetze.append(zahlen)
    if kennzahl["vermerk"] in (Vermerk.GESCHAETZT, Vermerk.GESCHAETZT.name):
        saetze.append("Der Wert ist geschätzt.")
    return " ".join(saetze)


def _to_zeichen(zeichen: Zeichen | str | None) -> Zeichen | None:
    """Accept the Enum or its name."""
    if isinstance(zeichen, str):
        return Zeichen[zeichen] if zeichen else None
    return zeichen


def _hauptsatz(kennzahl: Mapping[str, Any], indikator: Indikator, gebiet: str, ebene: str, *, summe: bool) -> str:
    """Value and comparison in one sentence."""
    wert, stadt = kennzahl["wert"], kennzahl["stadtwert"]
    artikel = "" if kennzahl["gebiet"] == NICHT_ZUZUORDNEN else _artikel(indikator)
    allein = stadt is None or kennzahl["ebene"] == STADT or kennzahl["gebiet"] == NICHT_ZUZUORDNEN
    ort = f"in {gebiet}" if kennzahl["ebene"] == STADT else where(gebiet, ebene)
    if allein:
        gezeigt = format_wert(wert, indikator, dativ=bool(artikel))
        return (
            f"{artikel} {indikator.name} liegt {ort} bei {gezeigt}."
            if artikel
            else f"{gebiet}: {indikator.name} {gezeigt}."
        )
    if summe:
        teil = (
            f" Das sind {format_zahl(wert / stadt * 100, 1)} % der Stadt ({format_wert(stadt, indikator)})."
            if stadt > 0
            else ""
        )
        return f"{gebiet}: {indikator.name} {format_wert(wert, indikator)}.{teil}"
    if artikel:
        kopf = f"{artikel} {indikator.name} liegt {ort} mit {format_wert(wert, indikator, dativ=True)}"
    else:
        kopf = f"{gebiet}: {indikator.name} {format_wert(wert, indikator)},"
    return f"{kopf} {_vergleich(kennzahl, indikator)}"


def _artikel(indikator: Indikator) -> str:
    """Article of the name of an indicator that is one thing; "" where it is not known (the name then stands before a colon)."""
    wort = re.split(r"[\s-]", indikator.name.split(" ")[0])[-1].casefold()
    treffer = (artikel for artikel, enden in _GESCHLECHT.items() if wort.endswith(enden))
    return next(treffer, "") if indikator.nenner else ""


def where(gebiet: str, ebene: str = "Sozialraum") -> str:
    """Write the place: in Rheinfeld, but "im Sozialraum Altstadt" where the name would need an article or is a place of its own."""
    worte = gebiet.split()
    eigenname = not _GATTUNG.search(gebiet) and (len(worte) == 1 or worte[-1] in _LAGEN or worte[0] in _ORTSANFANG)
    if eigenname:
        return f"in {gebiet}"
    return f"in der {ebene} {gebiet}" if _WEIBLICH.search(ebene) else f"im {ebene} {gebiet}"


def format_wert(wert: float, indikator: Indikator, *, dativ: bool = False) -> str:
    """Value with its unit."""
    einheit = _DATIV.get(indikator.einheit, indikator.einheit) if dativ else indikator.einheit
    return f"{format_zahl(wert, indikator.nachkommastellen)} {einheit}".strip()


def punkte(indikator: Indikator) -> str:
    """Unit of a difference: percentage points for percents."""
    return "Prozentpunkte" if indikator.einheit == "%" else indikator.einheit


def _zahlen(kennzahl: Mapping[str, Any], indikator: Indikator) -> str:
    """The counts behind a rate, and its interval."""
    zaehler, nenner = kennzahl["zaehler"], kennzahl["nenner"]
    teile = []
    if indikator.intervall is Intervallart.MITTELWERT:
        teile += [f"Das Mittel aus {format_zahl(nenner, 0)} Werten"] if nenner is not None else []
    elif zaehler is None or nenner is None:
        return ""
    else:
        teile.append(_describe_bruch(format_zahl(zaehler, 0), format_zahl(nenner, 0), indikator.intervall))
    if kennzahl["unten"] is not None and kennzahl["oben"] is not None:
        von = format_zahl(kennzahl["unten"], indikator.nachkommastellen)
        teile.append(f"Zufallsspanne {von} bis {format_wert(kennzahl['oben'], indikator)}")
    return f"{'; '.join(teile)}." if teile else ""


def _describe_bruch(zaehler: str, nenner: str, art: Intervallart) -> str:
    """Numerator and denominator: only of a share is the one a part of the other (not 99.775 m² "von" 2.222 people)."""
    if art is Intervallart.WILSON:
        return f"Das {'ist' if zaehler == '1' else 'sind'} {zaehler} von {nenner}"
    if art is Intervallart.BYAR:
        return f"Das {'ist ein Fall' if zaehler == '1' else f'sind {zaehler} Fälle'} auf {nenner}"
    return f"Gerechnet aus {zaehler} geteilt durch {nenner}"


def _vergleich(kennzahl: Mapping[str, Any], indikator: Indikator) -> str:
    """The end of the sentence: against the town."""
    wert, stadt, lage = kennzahl["wert"], kennzahl["stadtwert"], kennzahl["lage"]
    stadtwert = f"dem Stadtwert von {format_wert(stadt, indikator, dativ=True)}"
    wo = "über" if wert > stadt else "unter"
    gleich = format_zahl(wert, indikator.nachkommastellen) == format_zahl(stadt, indikator.nachkommastellen)
    if lage in (None, 0) and gleich:
        return f"gleichauf mit {stadtwert}."
    if lage is None:
        if not indikator.nenner or indikator.stufe:
            return f"in der ganzen Stadt {format_wert(stadt, indikator)}."
        return f"{wo} {stadtwert}."
    if lage == 0:
        faelle = kennzahl["zaehler"] if indikator.intervall is not Intervallart.MITTELWERT else None
        klein = stadt > 0 and 1 / _DOPPELT < wert / stadt < _DOPPELT
        return f"{'etwas ' if klein else ''}{wo} {stadtwert}; {_zufall(faelle)}"
    deutlich = "deutlich " if abs(lage) == 2 else "knapp " if gleich else ""
    return f"{deutlich}{wo} {stadtwert}; {_sicherheit(kennzahl, indikator)}"


def _zufall(faelle: float | None) -> str:
    if faelle is not None and 0 < faelle < WENIGE_FAELLE:
        faelle_text = "einem Fall" if faelle == 1 else f"{format_zahl(faelle, 0)} Fällen"
        return f"bei nur {faelle_text} kann das Zufall sein."
    return "der Unterschied liegt im Rahmen des Zufalls."


def _sicherheit(kennzahl: Mapping[str, Any], indikator: Indikator) -> str:
    """Whether the 99.8 % limits rule chance out, too."""
    if is_sicher(kennzahl, kennzahl["stadtwert"], indikator):
        return "die Fallzahl ist groß genug, um Zufall auszuschließen."
    return "durch Zufall allein ist das kaum zu erklären."


def is_sicher(kennzahl: Mapping[str, Any], anderer: float, indikator: Indikator) -> bool:
    """Whether another value lies outside the 99.8 % limits of this one."""
    grenzen = find_grenzen(Kennzahl._make(kennzahl[name] for name in Kennzahl._fields), indikator, SICHER)
    return grenzen is not None and not grenzen[0] <= anderer <= grenzen[1]


def satz_gegenueber(gegenueber: Gegenueber, indikator: Indikator) -> str:
    """Say how an area stands against its Ortsteil or a value from outside."""
    ortsteil = "dem Ortsteil " if gegenueber.art is Bezugsart.ORTSTEIL else ""
    anderer = f"{ortsteil}{gegenueber.name} ({format_wert(gegenueber.wert, indikator)})"
    wo = "darüber" if gegenueber.differenz > 0 else "darunter"
    if gegenueber.lage is None:
        stellen = indikator.nachkommastellen
        unterschied = format_zahl(abs(gegenueber.differenz), stellen)
        gezeigt = format_zahl(gegenueber.wert, stellen), format_zahl(gegenueber.wert + gegenueber.differenz, stellen)
        if unterschied == format_zahl(0, stellen) or gezeigt[0] == gezeigt[1]:
            return f"Gegenüber {anderer}: gleichauf."
        return f"Gegenüber {anderer}: {unterschied} {punkte(indikator)} {wo}."
    if gegenueber.lage == 0:
        return f"Gegenüber {anderer}: im Rahmen des Zufalls."
    deutlich = "deutlich " if abs(gegenueber.lage) == 2 else ""
    sicher = "Zufall ist ausgeschlossen" if gegenueber.sicher else "durch Zufall kaum zu erklären"
    return f"Gegenüber {anderer}: {deutlich}{wo}, {sicher}."


def satz_wandel(wandel: Wandel, indikator: Indikator) -> str:
    """Say how a value has changed between two years."""
    stellen = indikator.nachkommastellen
    um = f"{format_zahl(abs(wandel.differenz), stellen)} {punkte(indikator)}"
    if format_zahl(wandel.differenz, stellen, plus=True).strip("+−") == format_zahl(0, stellen):
        return f"Seit {wandel.von} ist der Wert gleich geblieben."
    wort = "gestiegen" if wandel.differenz > 0 else "gesunken"
    if wandel.richtung is None or wandel.unten is None or wandel.oben is None:
        return f"Seit {wandel.von} ist der Wert um {um} {wort}."
    spanne = (
        f"Spanne {format_zahl(wandel.unten, stellen, plus=True)} bis {format_zahl(wandel.oben, stellen, plus=True)}"
    )
    if wandel.richtung == 0:
        hoeher = "höher" if wandel.differenz > 0 else "niedriger"
        return f"Seit {wandel.von}: {um} {hoeher}, im Rahmen des Zufalls ({spanne})."
    return f"Seit {wandel.von} ist der Wert um {um} {wort}, mehr als durch Zufall zu erwarten ({spanne})."


def satz_trend(trend: Trend, indikator: Indikator) -> str:
    """Say whether a series has a direction."""
    if trend.richtung == 0:
        return f"{trend.von} bis {trend.bis}: keine klare Richtung."
    wort = "steigt" if trend.richtung > 0 else "sinkt"
    stellen = max(indikator.nachkommastellen, 1)
    je_jahr = format_zahl(abs(trend.je_jahr), stellen)
    um = (
        f"um {je_jahr}"
        if float(f"{abs(trend.je_jahr):.{stellen}f}")
        else f"um weniger als {format_zahl(10.0**-stellen, stellen)}"
    )
    return f"{trend.von} bis {trend.bis} {wort} der Wert, im Mittel {um} {punkte(indikator)} im Jahr; Zufall allein erklärt das kaum."
