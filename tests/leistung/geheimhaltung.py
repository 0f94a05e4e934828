"""Protecting and proving a whole annex: 30 areas × 60 Merkmale × 15 years, and how the time grows with the areas.

Measured as CPU time of this process, because the machine may be shared; the floor is one interval of every secret cell.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping

import polars as pl

from sozialtool.fach.indikator import Indikator, Intervallart
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet
from sozialtool.geheimhaltung.werte import Bezug
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


def protect_stadt(raeume: int, jahre: int) -> tuple[float, int, bool]:
    """Return CPU seconds, number of suppressed figures, and whether the pattern is proven to lose least."""
    import datetime as dt

    from sozialtool import rechnen
    from sozialtool.geheimhaltung.freigabe import freigeben

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
    kennzahlen: pl.DataFrame = rechnen.compute_kennzahlen(messwerte.lazy(), orte, indikatoren, merkmale, []).collect(
        engine="in-memory"
    )
    beginn = time.process_time()
    tabelle = freigeben(kennzahlen, messwerte, indikatoren, merkmale, gebiete, bezuege)
    return time.process_time() - beginn, tabelle.beweis.gesperrt, tabelle.beweis.optimal


def measure() -> list[Messung]:
    """Measure the annex against its goal, and print how the time of one year grows with the areas."""
    sekunden, gesperrt, optimal = protect_stadt(30, 15)
    was = f"Geheimhaltung 30×60×15, {gesperrt} gesperrt{'' if optimal else ', nicht bewiesen kleinste'}"
    zeilen = [Messung(was[:46], sekunden, "Ziel: 5 s Rechenzeit", ZIEL, 1.0)]
    je = {raeume: protect_stadt(raeume, 1)[0] for raeume in (10, 30, 100)}
    zeilen += [
        Messung(f"Geheimhaltung {raeume} Räume, ein Jahr", s, "10 Räume, ein Jahr", je[10], None)
        for raeume, s in je.items()
    ]
    return zeilen
