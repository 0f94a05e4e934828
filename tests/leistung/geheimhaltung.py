"""Protecting and proving a whole annex: 30 areas × 60 Merkmale × 15 years, and how the time grows with the areas.

Measured as CPU time of this process, because the machine may be shared; the floor is HiGHS alone, asked for one interval per
suppressed cell. Alone: `python -m tests.leistung.geheimhaltung`.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Mapping
from typing import Any

import highspy
import numpy as np
import polars as pl

from sozialtool import rechnen
from sozialtool.fach.indikator import Indikator, Intervallart
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet
from sozialtool.geheimhaltung.festhalten import freeze, thaw
from sozialtool.geheimhaltung.freigabe import FreigegebeneTabelle, freigeben
from sozialtool.geheimhaltung.werte import Bezug, Frueher
from tests.leistung.messen import Messung

JE_ORTSTEIL, MERKMALE = 5, 60
ZIEL = 5.0
"""Seconds for the whole annex on two cores."""


def build_stadt(raeume: int, jahre: int, seed: int = 7) -> tuple[list[Gebiet], list[Merkmal], dict[str, list[object]]]:
    """Build an invented town: Ortsteile of five areas, age groups that add up, parts of parts from rare to common."""
    zufall = random.Random(seed)
    gebiete = [Gebiet("stadt", "Stadt", "stadt")]
    for n in range(0, raeume, JE_ORTSTEIL):
        gebiete.append(Gebiet(f"o{n}", f"Ortsteil {n}", "ortsteil", "stadt"))
        gebiete += [Gebiet(f"r{n + k}", f"Raum {n + k}", "sozialraum", f"o{n}") for k in range(JE_ORTSTEIL)]
    gebiete.append(Gebiet("nz", "nicht zuzuordnen", "sozialraum", "stadt"))
    merkmale = [Merkmal("ew", "Einwohner")]
    merkmale += [Merkmal(f"alter{n}", f"Alter {n}", teil_von="ew", gruppe="alter") for n in range(8)]
    ganze = [m.schluessel for m in merkmale]
    merkmale += [
        Merkmal(f"m{n}", f"Merkmal {n}", teil_von=zufall.choice(ganze)) for n in range(MERKMALE - len(merkmale))
    ]
    anteile = {m.schluessel: zufall.choice([0.002, 0.01, 0.03, 0.08, 0.2, 0.5]) for m in merkmale}
    spalten: dict[str, list[object]] = {n: [] for n in ("gebiet", "merkmal", "jahr", "wert")}
    for jahr in range(2026 - jahre, 2026):
        for gebiet in (g.schluessel for g in gebiete if g.ebene == "sozialraum"):
            for name, wert in _figures(zufall, merkmale, anteile, klein=gebiet == "nz").items():
                for spalte, inhalt in zip(spalten, (gebiet, name, jahr, float(wert)), strict=True):
                    spalten[spalte].append(inhalt)
    return gebiete, merkmale, spalten


def _figures(
    zufall: random.Random, merkmale: list[Merkmal], anteile: Mapping[str, float], *, klein: bool
) -> dict[str, int]:
    alter = [zufall.randint(0, 12) if klein else zufall.randint(60, 400) for _ in range(8)]
    werte = {"ew": sum(alter)} | {f"alter{n}": a for n, a in enumerate(alter)}
    for merkmal in merkmale[len(werte) :]:
        n = werte[merkmal.teil_von]
        p = min(1.0, anteile[merkmal.schluessel] * zufall.uniform(0.4, 1.9))
        werte[merkmal.schluessel] = sum(zufall.random() < p for _ in range(n))
    return werte


def build_freigabe(raeume: int, jahre: int) -> tuple[Any, ...]:
    """Everything that `freigeben` asks for: rates of the whole town with its levels."""
    gebiete, merkmale, roh = build_stadt(raeume, jahre)
    anzahl = len(roh["gebiet"])
    spalten = {
        "gebiet": roh["gebiet"], "merkmal": roh["merkmal"], "wert": roh["wert"],
        "stand": [dt.date(int(str(j)), 12, 31) for j in roh["jahr"]], "jahre": [0] * anzahl,
        "zeichen": [None] * anzahl, "vermerk": [None] * anzahl, "quelle": ["q"] * anzahl,
    }  # fmt: skip
    teile = merkmale[1:]
    indikatoren = [
        Indikator(m.schluessel, m.name, "feld", zaehler=m.schluessel, nenner=m.teil_von, intervall=Intervallart.WILSON)
        for m in teile
    ]
    bezuege = [Bezug(m.schluessel, {m.schluessel: 1.0}, {m.teil_von: 1.0}) for m in teile]
    orte = rechnen.build_gebiete(gebiete)
    messwerte = rechnen.aggregate_gebiete(
        rechnen.build_messwerte(spalten), orte, rechnen.build_umsteiger([]), merkmale
    ).collect(engine="in-memory")
    kennzahlen = rechnen.compute_kennzahlen(messwerte.lazy(), orte, indikatoren, merkmale, []).collect(
        engine="in-memory"
    )
    return kennzahlen, messwerte, indikatoren, merkmale, gebiete, bezuege


def protect_stadt(raeume: int, jahre: int) -> tuple[float, FreigegebeneTabelle]:
    """CPU seconds of one release, and what came out."""
    freigabe = build_freigabe(raeume, jahre)
    beginn = time.process_time()
    tabelle = freigeben(*freigabe)
    return time.process_time() - beginn, tabelle


def protect_naechstes_jahr(raeume: int, jahre: int) -> float:
    """CPU seconds of a release beside the one of the year before, which showed everything but the last year."""
    kennzahlen, messwerte, *rest = build_freigabe(raeume, jahre)
    alt = freigeben(kennzahlen.filter(pl.col("jahr") < 2025), messwerte.filter(pl.col("stand").dt.year() < 2025), *rest)
    frueher = Frueher(thaw(freeze(alt), "Monitoring 2024"))
    beginn = time.process_time()
    freigeben(kennzahlen, messwerte, *rest, fruehere=[frueher])
    return time.process_time() - beginn


def ask_intervalle(raeume: int, anzahl: int) -> float:
    """CPU seconds that HiGHS alone needs for that many intervals of a table of `raeume` areas with remainders."""
    highs = highspy.Highs()
    for name, wert in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("simplex_strategy", 4)):
        highs.setOptionValue(name, wert)
    n = 2 * raeume
    highs.addVars(n, np.zeros(n), np.full(n, 400.0))
    for k in range(raeume):
        highs.addRow(200.0, 200.0, 2, np.array([k, raeume + k], dtype=np.int32), np.ones(2))
    for k in range(0, raeume, JE_ORTSTEIL):
        spalten = np.arange(k, min(k + JE_ORTSTEIL, raeume), dtype=np.int32)
        highs.addRow(100.0, 100.0, len(spalten), spalten, np.ones(len(spalten)))
    sekunden = 0.0
    for frage in range(anzahl):
        for richtung in (1.0, -1.0):
            highs.changeColCost(frage % raeume, richtung)
            beginn = time.process_time()
            highs.run()
            sekunden += time.process_time() - beginn
        highs.changeColCost(frage % raeume, 0.0)
    return sekunden


def measure() -> list[Messung]:
    """Measure the annex against its goal and its floor, and print how the time of one year grows with the areas."""
    sekunden, tabelle = protect_stadt(30, 15)
    gesperrt = tabelle.beweis.gesperrt
    was = f"Geheimhaltung 30×60×15, {gesperrt} gesperrt{'' if tabelle.beweis.optimal else ', nicht bewiesen kleinste'}"
    boden = ask_intervalle(30, gesperrt)
    zeilen = [
        Messung(was[:46], sekunden, "Ziel: 5 s Rechenzeit", ZIEL, 1.0),
        Messung("dasselbe gegen HiGHS allein", sekunden, f"{gesperrt} Intervalle, nur HiGHS", boden, None),
        Messung("dasselbe nach einer Veröffentlichung", protect_naechstes_jahr(30, 15), "Ziel: 5 s", ZIEL, 1.0),
    ]
    je = {raeume: protect_stadt(raeume, 1) for raeume in (10, 30, 100)}
    zeilen += [
        Messung(_describe_wachstum(raeume, tabelle), sekunden, "Wachstum: 10 Räume, ein Jahr", je[10][0], None)
        for raeume, (sekunden, tabelle) in je.items()
    ]
    return zeilen


def _describe_wachstum(raeume: int, tabelle: FreigegebeneTabelle) -> str:
    beweis = tabelle.beweis
    return f"{raeume} Räume, ein Jahr, {beweis.gesperrt} gesperrt{'' if beweis.optimal else ', nicht bewiesen'}"


if __name__ == "__main__":
    for messung in measure():
        print(messung.zeile())
