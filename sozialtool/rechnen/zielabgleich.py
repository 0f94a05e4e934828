"""Controlling: a figure against the straight line from start to target, money against the plan, services against their goal.

The rule, as it stands wherever a light is shown (`REGEL`): "auf dem Weg" is a figure on the line or beyond it that has also moved away from
the start by more than chance, or lies beyond the line by more than chance; where start and target are equal (the value shall hold), one
that is as good or better, without having moved, and for a neutral indicator one that differs by no more than chance; "hinter dem Weg" is one
that misses the line by more than chance; everything between cannot be told from the line. Chance: 95 % limits of a linear combination of two independent estimates, the
figure and the share of the start that is still in the line (MOVER: Zou GY, Donner A (2008), Construction of confidence limits about effect
measures, Statistics in Medicine 27: 1693–1702).
"""

from __future__ import annotations

import math

from sozialtool.fach.indikator import Richtung
from sozialtool.fach.ziel import Ampel, Wert, Zielstand

REGEL = (
    "Ampel: Verglichen wird mit der geraden Linie vom Startwert zum Zielwert, Jahr für Jahr; ab dem Zieljahr mit dem Zielwert. „Auf dem "
    "Weg“ heißt: Der Wert liegt auf der Linie oder besser und hat sich vom Startwert stärker zum Ziel hin entfernt, als der Zufall erklärt, "
    "oder er ist um mehr als den Zufall besser als die Linie. Sind Startwert und Zielwert gleich (der Wert soll sich halten), genügt, dass er "
    "gleich oder besser ist, ohne Bewegung; wo der Indikator weder be- noch entlastet, dass er nicht um mehr als den Zufall abweicht. „Hinter "
    "dem Weg“: Er verfehlt die Linie um mehr als den Zufall. Sonst ist er von der Linie nicht zu unterscheiden. Der Zufall steckt in beiden "
    "Zahlen, im Wert und im Startwert (95 %)."
)


def find_soll(start: Wert, zielwert: float, zieljahr: int, jahr: int) -> float:
    """Value of the straight line in a year; beyond the target year the target itself."""
    if jahr >= zieljahr or zieljahr <= start.jahr:
        return zielwert
    return start.wert + (zielwert - start.wert) * (jahr - start.jahr) / (zieljahr - start.jahr)


def compare_ziel(
    start: Wert, zielwert: float, zieljahr: int, jetzt: Wert, richtung: Richtung = Richtung.NEUTRAL
) -> Zielstand:
    """Judge a figure by the rule above; `richtung` decides only where start and target are equal (the value shall hold)."""
    if jetzt.jahr <= start.jahr:
        return Zielstand(
            jetzt, None, Ampel.OFFEN, grund=f"Seit dem Startjahr {start.jahr} gibt es noch keinen neuen Wert."
        )
    soll = find_soll(start, zielwert, zieljahr, jetzt.jahr)
    sinn = _find_sinn(start.wert, zielwert, richtung)
    rest = 0.0 if jetzt.jahr >= zieljahr else 1 - (jetzt.jahr - start.jahr) / (zieljahr - start.jahr)
    abstand = (jetzt.wert - soll, *_limit(jetzt, start, soll, rest))
    if sinn == 0:
        drin = abstand[1] <= 0 <= abstand[2]
        return Zielstand(jetzt, soll, Ampel.GUT if drin else Ampel.HINTER, abstand)
    besser, sicher_besser, sicher_schlechter = _turn(abstand, sinn)
    weg = (jetzt.wert - start.wert, *_limit(jetzt, start, start.wert, 1.0))
    bewegt = _turn(weg, sinn)[1]
    haelt = start.wert == zielwert
    if sicher_schlechter:
        ampel = Ampel.HINTER
    elif besser and (bewegt or sicher_besser or haelt):
        ampel = Ampel.GUT
    else:
        ampel = Ampel.UNKLAR
    return Zielstand(jetzt, soll, ampel, abstand)


def _find_sinn(start: float, ziel: float, richtung: Richtung) -> int:
    """1 where higher is better, -1 where lower is, 0 where any departure is unwanted."""
    if ziel != start:
        return 1 if ziel > start else -1
    return {Richtung.BELASTEND: -1, Richtung.ENTLASTEND: 1, Richtung.NEUTRAL: 0}[richtung]


def _limit(jetzt: Wert, start: Wert, soll: float, rest: float) -> tuple[float, float]:
    """95 % limits of the difference between the figure and the line, in which `rest` of the start is left (MOVER)."""
    unten, oben = (jetzt.wert if g is None else g for g in (jetzt.unten, jetzt.oben))
    start_unten, start_oben = (start.wert if g is None else g for g in (start.unten, start.oben))
    differenz = jetzt.wert - soll
    return (
        differenz - math.hypot(jetzt.wert - unten, rest * (start_oben - start.wert)),
        differenz + math.hypot(oben - jetzt.wert, rest * (start.wert - start_unten)),
    )


def _turn(abstand: tuple[float, float, float], sinn: int) -> tuple[bool, bool, bool]:
    """Whether a difference is good (or nothing), good by more than chance, bad by more than chance."""
    mitte, unten, oben = abstand
    if sinn < 0:
        mitte, unten, oben = -mitte, -oben, -unten
    return mitte >= -1e-9, unten > 0, oben < 0


def judge_leistung(ist: float | None, soll: float | None, gruen: float, gelb: float) -> Ampel:
    """Judge a service by its share of the goal; `gruen` and `gelb` are shares (0.9 and 0.7)."""
    if ist is None or not soll:
        return Ampel.OFFEN
    anteil = ist / soll
    return Ampel.GUT if anteil >= gruen else Ampel.UNKLAR if anteil >= gelb else Ampel.HINTER


def judge_geld(ausgegeben: float, plan: float, spanne: float) -> Ampel:
    """Judge spending: within `spanne` (0.1) of the plan is good, less is open, more is behind; any is where nothing was planned."""
    if not plan:
        return Ampel.HINTER if ausgegeben > 0 else Ampel.OFFEN
    anteil = ausgegeben / plan
    return Ampel.HINTER if anteil > 1 + spanne else Ampel.UNKLAR if anteil < 1 - spanne else Ampel.GUT
