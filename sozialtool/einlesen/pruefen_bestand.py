"""Checks against what the project holds already."""

from __future__ import annotations

import datetime as dt
import math

from sozialtool.einlesen.lage import Lage, aufzaehlung
from sozialtool.einlesen.texte import zahl
from sozialtool.fach.messwert import Merkmal, Merkmalart, Messwert
from sozialtool.fach.quelle import Befund, Schwere

VORJAHR_TAGE = 460
"""A value counts as that of last year when it is at most fifteen months older."""


def check_schon_geliefert(lage: Lage) -> list[Befund]:
    """SCHON-GELIEFERT: a file with the same bytes was accepted before."""
    for quelle in lage.kontext.umfeld.quellen:
        if quelle.pruefsumme == lage.rohmappe.pruefsumme:
            wann = f" am {quelle.eingelesen_am:%d.%m.%Y}" if quelle.eingelesen_am else ""
            text = f"Diese Datei wurde schon eingelesen{wann} (als {quelle.datei})."
            vorschlag = "Noch einmal einlesen ändert nichts."
            return [Befund("SCHON-GELIEFERT", Schwere.FRAGE, text, vorschlag, lage.rohmappe.datei)]
    return []


def check_sprung(lage: Lage) -> list[Befund]:
    """SPRUNG: a value that differs from last year's more than chance explains.

    For counts: |Δ| > 5·√max(old, 1) and |Δ| > 30 % of the old value – five standard deviations of a Poisson count, so
    that small areas do not cry wolf, and at least a third, so that large ones do not. Other figures: more than half.
    """
    befunde = []
    frueher: dict[tuple[str, str], list[Messwert]] = {}
    neu = {(w.gebiet, w.merkmal, w.stand) for w in lage.messwerte}
    gefragt = {(w.gebiet, w.merkmal) for w in lage.messwerte}
    alt = [w for key, w in lage.kontext.umfeld.bestand.items() if key not in neu and key[:2] in gefragt]
    for wert in (*alt, *lage.messwerte):
        if wert.wert is not None:
            frueher.setdefault((wert.gebiet, wert.merkmal), []).append(wert)
    for folge in frueher.values():
        folge.sort(key=lambda w: w.stand)
    merkmale = {m.schluessel: m for m in lage.kontext.umfeld.merkmale}
    for wert in lage.messwerte:
        merkmal = merkmale.get(wert.merkmal)
        davor = _before(frueher.get((wert.gebiet, wert.merkmal), []), wert)
        if merkmal is not None and davor is not None and is_sprung(davor.wert, wert.wert, merkmal):
            assert davor.wert is not None
            assert wert.wert is not None
            text = (
                f"{lage.gebiet(wert.gebiet)}, {merkmal.name}: {zahl(davor.wert)} ({davor.stand.year}) → "
                f"{zahl(wert.wert)} ({wert.stand.year})."
            )
            vorschlag = "Beim Absender nachfragen, ob sich die Zählung geändert hat."
            befunde.append(lage.befund_zu("SPRUNG", Schwere.HINWEIS, wert, text, vorschlag))
    return befunde


def _before(folge: list[Messwert], wert: Messwert) -> Messwert | None:
    davor = [w for w in folge if w.stand < wert.stand and (wert.stand - w.stand).days <= VORJAHR_TAGE]
    jaehrlich = [w for w in davor if (wert.stand - w.stand).days >= 300]
    passend = jaehrlich or davor
    return passend[-1] if passend else None


def is_sprung(alt: float | None, neu: float | None, merkmal: Merkmal) -> bool:
    """Whether a change is a jump; see `check_sprung` for the rule."""
    if alt is None or neu is None or merkmal.art is Merkmalart.STUFE:
        return False
    delta = abs(neu - alt)
    if merkmal.art is Merkmalart.ANZAHL:
        return delta > 5 * math.sqrt(max(alt, 1.0)) and delta > 0.3 * abs(alt)
    return delta > 0.5 * abs(alt) and alt != 0


def check_aelter(lage: Lage) -> list[Befund]:
    """AELTER: the newest Stand of the file is older than what the project holds of the same Merkmal."""
    in_datei: dict[str, dt.date] = {}
    for wert in lage.messwerte:
        in_datei[wert.merkmal] = max(in_datei.get(wert.merkmal, wert.stand), wert.stand)
    neueste = lage.kontext.neueste
    im_projekt = {m: max(wert.stand for wert in neueste[m].values()) for m in in_datei if m in neueste}
    alt = [m for m, stand in in_datei.items() if m in im_projekt and im_projekt[m] > stand]
    if not alt:
        return []
    namen = aufzaehlung([f"{lage.merkmal(m)} (bis {im_projekt[m]:%d.%m.%Y})" for m in alt], 5)
    neuester = max(in_datei[m] for m in alt)
    text = f"Die Datei reicht bis {neuester:%d.%m.%Y}; im Projekt steht schon Neueres: {namen}."
    vorschlag = "Prüfen, ob es die richtige Datei ist."
    return [Befund("AELTER", Schwere.HINWEIS, text, vorschlag, lage.rohmappe.datei)]


def check_wert_aendert(lage: Lage) -> list[Befund]:
    """WERT-AENDERT: a stored value would become another one."""
    befunde = []
    for wert in lage.messwerte:
        alt = lage.kontext.umfeld.bestand.get((wert.gebiet, wert.merkmal, wert.stand))
        if alt is None or (_same(alt.wert, wert.wert) and alt.zeichen == wert.zeichen):
            continue
        text = (
            f"{lage.gebiet(wert.gebiet)}, {lage.merkmal(wert.merkmal)} am {wert.stand:%d.%m.%Y}: "
            f"bisher {_show(alt)}, jetzt {_show(wert)}."
        )
        vorschlag = "Mit dem Annehmen der Datei gilt der neue Wert."
        befunde.append(lage.befund_zu("WERT-AENDERT", Schwere.FRAGE, wert, text, vorschlag))
    return befunde


def _same(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 1e-9 * max(1.0, abs(a), abs(b))


def _show(wert: Messwert) -> str:
    if wert.wert is None:
        return wert.zeichen.value if wert.zeichen else "nichts"
    return zahl(wert.wert)
