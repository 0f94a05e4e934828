"""The primary rule: which figures are secret by themselves (fach/regeln.md section 4)."""

from __future__ import annotations

from sozialtool.geheimhaltung.bestand import Bestand
from sozialtool.geheimhaltung.werte import Grund, Ort, Regel


def judge_zahl(wert: float | None, mindestfallzahl: int) -> bool:
    """Whether a count is too small to be shown: more than nobody, fewer than n. n = 0 switches the rule off."""
    return wert is not None and 0 < wert < mindestfallzahl


def judge_teil(teil: float | None, ganzes: float | None, mindestfallzahl: int, regel: Regel) -> Grund | None:
    """Judge a part against its whole: small itself, small remainder, all, or (configurable) nobody."""
    if mindestfallzahl <= 0 or teil is None:
        return None
    if judge_zahl(teil, mindestfallzahl):
        return Grund.FALLZAHL
    if ganzes is None or ganzes <= 0:
        return None
    # Without a part the remainder is the whole, and whether that is too small its own rule says.
    if teil != 0 and judge_zahl(ganzes - teil, mindestfallzahl):
        return Grund.KOMPLEMENT
    if regel.alle and teil == ganzes:
        return Grund.ALLE
    if regel.keiner and teil == 0:
        return Grund.KEINER
    return None


def find_primaere(bestand: Bestand, regel: Regel) -> dict[Ort, Grund]:
    """Name every base cell that is secret by itself, with the reason, for every level and year."""
    gruende: dict[Ort, Grund] = {}
    for ort, eintrag in bestand.werte.items():
        if eintrag.ist_geheim:
            gruende[ort] = Grund.QUELLE
            continue
        merkmal = bestand.find_merkmal(ort.merkmal)
        if merkmal is None or not merkmal.art.additiv:
            continue
        ganzes = bestand.get_zahl(bestand.find_ganzes(ort))
        grund = judge_teil(eintrag.wert, ganzes, merkmal.mindestfallzahl, regel.of(merkmal.schluessel))
        if grund is not None:
            gruende[ort] = grund
    return gruende
