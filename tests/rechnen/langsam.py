"""Kennzahlen figure by figure in plain Python: slow, without engine, to hold the fast way against."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Sequence
from typing import Any

from sozialtool.fach.indikator import Bruch, Indikator, Intervallart
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.rechnen.brueche import build_brueche
from sozialtool.rechnen.grenzen import find_garwood
from sozialtool.rechnen.intervalle import Z
from sozialtool.rechnen.jahreswerte import plan_rechnungen
from sozialtool.rechnen.rahmen import GRUND_CODE, GRUND_NAMEN, VERMERK_CODE, VERMERK_NAMEN

from .ort import MERKMALE

FEHLT = GRUND_CODE["FEHLT"]
Teil = tuple[float | None, int, int]
Zeile = dict[str, Any]


class Langsam:
    """One computation; rows of Messwerte as (gebiet, merkmal, stand, jahre, wert, zeichen, vermerk)."""

    def __init__(self, zeilen: Sequence[tuple], gebiete: Sequence[Gebiet], brueche: Sequence[Bruch]) -> None:
        self.ebene = {gebiet.schluessel: gebiet.ebene for gebiet in gebiete}
        self.brueche = brueche
        self.jahre = sorted({stand.year for _, _, stand, *_ in zeilen})
        staende: dict[tuple, dict] = {}
        for gebiet, merkmal, stand, jahre, *_ in zeilen:
            if gebiet in self.ebene:
                je_stand = staende.setdefault((merkmal, stand.year, max(jahre, 1)), {})
                je_stand.setdefault(stand, set()).add(self.ebene[gebiet])
        gilt = {zeit: max(je, key=lambda stand, je=je: (len(je[stand]), stand)) for zeit, je in staende.items()}
        self.werte: dict[tuple, Teil] = {}
        for gebiet, merkmal, stand, jahre, wert, zeichen, vermerk in zeilen:
            zeit = (merkmal, stand.year, max(jahre, 1))
            if gebiet in self.ebene and gilt[zeit] == stand:
                self.werte[gebiet, *zeit] = encode(wert, zeichen, vermerk)

    def find(self, gebiet: str, merkmal: str, jahr: int, jahre: int) -> Teil:
        """Value, reason, Vermerk of a Merkmal; pooled where no pool was delivered."""
        if (gebiet, merkmal, jahr, jahre) in self.werte or jahre == 1:
            return self.werte.get((gebiet, merkmal, jahr, jahre), (None, FEHLT, 0))
        teile = [self.werte[k] for n in range(jahre) if (k := (gebiet, merkmal, jahr - n, 1)) in self.werte]
        grund = max([grund for _, grund, _ in teile] + [FEHLT] * (len(teile) < jahre))
        if teile and any(b.merkmal == merkmal and jahr - jahre + 1 < b.ab_jahr <= jahr for b in self.brueche):
            grund = max(grund, GRUND_CODE["BRUCH"])
        vermerk = max([vermerk for *_, vermerk in teile], default=0)
        return (None if grund else math.fsum(wert for wert, *_ in teile if wert is not None)), grund, vermerk

    def evaluate(self, formel: str, gebiet: str, jahr: int, jahre: int) -> Teil:
        """A formula with its strongest reason and Vermerk; nan where it divides by zero."""
        teile: list[Teil] = []

        def name(treffer: re.Match[str]) -> str:
            merkmal, _, vor = treffer[0].partition("__vor")
            teile.append(self.find(gebiet, merkmal, jahr - int(vor or 0), jahre))
            return f"({teile[-1][0]!r})"

        text = re.sub(r"[a-z]\w*", name, formel)
        grund, vermerk = max((t[1] for t in teile), default=0), max((t[2] for t in teile), default=0)
        if any(wert is None for wert, *_ in teile):
            return None, grund, vermerk
        try:
            return float(eval(text)), grund, vermerk
        except ZeroDivisionError:
            return math.nan, grund, vermerk

    def compute(self, indikator: Indikator) -> dict[tuple[int, str], Zeile]:
        """All figures of one indicator by year and area."""
        je_bruch = {
            z["jahr"]: z for z in build_brueche(plan_rechnungen([indikator], MERKMALE), self.brueche).to_dicts()
        }
        gibt_es = {"stadt": ("stadt",), "ortsteil": ("stadt", "ortsteil")}.get(
            indikator.kleinste_ebene, ("stadt", "ortsteil", "sozialraum")
        )
        orte = [gebiet for gebiet, ebene in self.ebene.items() if ebene in gibt_es]
        alle: dict[tuple[int, str], Zeile] = {}
        for jahr in self.jahre:
            bruch = je_bruch.get(jahr, {})
            zeilen = {ort: self._value(indikator, ort, jahr, bruch) for ort in orte}
            if any(zeile.pop("belegt") for zeile in list(zeilen.values())):
                alle.update({(jahr, ort): zeile for ort, zeile in zeilen.items()})
        for (jahr, ort), zeile in alle.items():
            self._compare(indikator, alle, jahr, ort, zeile)
            for name, spanne in (("vorjahr", 1), ("fuenfjahr", 5)):
                davor = alle.get((jahr - spanne, ort), {}).get("wert")
                quer = indikator.stufe or je_bruch.get(jahr, {}).get(f"quer_{name}")
                geht = zeile["wert"] is not None and davor is not None and not quer
                zeile[name] = zeile["wert"] - davor if geht else None
        return alle

    def _value(self, indikator: Indikator, ort: str, jahr: int, bruch: Zeile) -> Zeile:
        jahre = max(indikator.jahre, 1)
        x, grund, vermerk = self.evaluate(indikator.zaehler, ort, jahr, jahre)
        n: float | None = None
        if indikator.nenner:
            n, grund_n, vermerk_n = self.evaluate(indikator.nenner, ort, jahr, jahre)
            grund, vermerk = max(grund, grund_n), max(vermerk, vermerk_n)
        belegt = x is not None or grund > FEHLT
        if not grund and bruch.get("bruch_quer"):
            grund = GRUND_CODE["BRUCH"]
        if not grund and (not math.isfinite(x or 0) or n == 0 or not math.isfinite(n or 0)):
            grund = GRUND_CODE["NENNER_NULL"]
        x, n = (None if zahl is None or not math.isfinite(zahl) else zahl for zahl in (x, n))
        wert = None if grund else x if n is None else x / n * indikator.faktor
        unten = oben = None
        if wert is not None and n is not None and not indikator.stufe:
            unten, oben = limits(indikator, x, n)
            if indikator.intervall is Intervallart.WILSON and x > n:
                vermerk = max(vermerk, VERMERK_CODE["EINGESCHRAENKT"])
        return {
            "ebene": self.ebene[ort], "zaehler": x, "nenner": n, "wert": wert, "unten": unten, "oben": oben,
            "zeichen": GRUND_NAMEN[grund], "vermerk": VERMERK_NAMEN[vermerk], "bruch": bruch.get("bruch"), "belegt": belegt,
        }  # fmt: skip

    def _compare(self, indikator: Indikator, alle: dict, jahr: int, ort: str, zeile: Zeile) -> None:
        stadt = next((z["wert"] for (j, _), z in alle.items() if j == jahr and z["ebene"] == "stadt"), None)
        wert, unten, oben = zeile["wert"], zeile["unten"], zeile["oben"]
        teil = zeile["ebene"] != "stadt" and ort != "nz"
        sinnvoll = stadt is not None and stadt > 0 and wert is not None and wert >= 0 and not indikator.stufe
        fach = wert / stadt if sinnvoll else None
        gross = 2 if fach is not None and (fach >= 1.5 or fach <= 1 / 1.5) else 1
        lage = None
        if teil and unten is not None and stadt is not None:
            lage = gross if unten > stadt else -gross if oben < stadt else 0
        zeile |= {
            "stadtwert": stadt,
            "verhaeltnis": fach,
            "lage": lage,
            "rang": None,
            "rang_von": None,
            "rang_bis": None,
        }
        if not teil or indikator.stufe or wert is None:
            return
        andere = [
            z for (j, o), z in alle.items()
            if j == jahr and o not in (ort, "nz") and z["ebene"] == zeile["ebene"] and z["wert"] is not None
        ]  # fmt: skip
        zeile["rang"] = 1 + sum(z["wert"] > wert for z in andere)
        if unten is not None:
            zeile["rang_von"] = 1 + sum((z["wert"] if z["unten"] is None else z["unten"]) > oben for z in andere)
            zeile["rang_bis"] = (
                1 + len(andere) - sum((z["wert"] if z["oben"] is None else z["oben"]) < unten for z in andere)
            )


def encode(wert: float | None, zeichen: str | None, vermerk: str) -> Teil:
    """One delivered cell: number or strongest reason."""
    staerke = VERMERK_CODE["GERUNDET"] if zeichen == Zeichen.FAST_NICHTS.name else VERMERK_CODE.get(vermerk, 0)
    if zeichen in ("NICHTS", "FAST_NICHTS"):
        return wert or 0.0, 0, staerke
    if zeichen is not None:
        return None, GRUND_CODE[zeichen], staerke
    return (wert, 0, staerke) if wert is not None else (None, FEHLT, staerke)


def limits(indikator: Indikator, x: float, n: float) -> tuple[float | None, float | None]:
    """Limits of one rate in the unit of the indicator (fach/regeln.md section 2); fractions below 10 lie between the whole counts."""
    if indikator.intervall is Intervallart.WILSON and 0 <= x <= n:
        mitte, breite, teiler = 2 * x + Z * Z, Z * math.sqrt(Z * Z + 4 * x * (1 - x / n)), 2 * (n + Z * Z)
        unten, oben = 0.0 if x == 0 else (mitte - breite) / teiler, 1.0 if x == n else (mitte + breite) / teiler
    elif indikator.intervall is Intervallart.BYAR and x >= 0 and n > 0:
        unten, oben = (
            byar(x)
            if x >= 10
            else tuple(a + (b - a) * (x - int(x)) for a, b in zip(exact(int(x)), exact(int(x) + 1), strict=True))
        )
        unten, oben = unten / n, oben / n
    else:
        return None, None
    return unten * indikator.faktor, oben * indikator.faktor


def byar(x: float) -> tuple[float, float]:
    """Byar's limits of a count from 10 on."""
    unten, oben = (1 - 1 / (9 * x) - Z / (3 * math.sqrt(x))), (1 - 1 / (9 * (x + 1)) + Z / (3 * math.sqrt(x + 1)))
    return x * unten**3, (x + 1) * oben**3


@functools.cache
def exact(x: int) -> tuple[float, float]:
    """Exact Poisson limits below 10, Byar's from there on."""
    return find_garwood(x) if x < 10 else byar(x)
