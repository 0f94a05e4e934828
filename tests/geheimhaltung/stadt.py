"""A made-up town for the tests: frames of the agreed schemas, without the engine that normally computes them."""

from __future__ import annotations

import datetime as dt
import random

import polars as pl

from sozialtool.fach.indikator import Indikator, Intervallart
from sozialtool.fach.messwert import Merkmal, Zeichen
from sozialtool.fach.rahmen import KENNZAHLEN, MESSWERTE
from sozialtool.fach.raum import Gebiet
from sozialtool.geheimhaltung.werte import Bezug

STADT_KEY = "05170999"


def build_gebiete(ortsteile: int = 6, je: int = 2) -> list[Gebiet]:
    gebiete = [Gebiet(STADT_KEY, "Stadt", "stadt")]
    gebiete += [Gebiet(f"O{o}", f"Ortsteil {o}", "ortsteil", STADT_KEY) for o in range(ortsteile)]
    gebiete += [Gebiet(f"S{o}{s}", f"Raum {o}{s}", "sozialraum", f"O{o}") for o in range(ortsteile) for s in range(je)]
    return [*gebiete, Gebiet("nz", "nicht zuzuordnen", "sozialraum", STADT_KEY)]


def aggregate(blaetter: dict[tuple[str, str, int], float | None], gebiete: list[Gebiet]) -> pl.DataFrame:
    """Sum leaves up to Ortsteil and town; a starred part makes the sum starred (None)."""
    eltern = {g.schluessel: g.teil_von for g in gebiete}
    werte: dict[tuple[str, str, int], float | None] = {}
    for (gebiet, merkmal, jahr), wert in blaetter.items():
        ort = gebiet
        while ort:
            alt = werte.get((ort, merkmal, jahr), 0.0)
            werte[ort, merkmal, jahr] = None if wert is None or alt is None else alt + wert
            ort = eltern[ort]
    return frame_of(werte)


def frame_of(werte: dict[tuple[str, str, int], float | None]) -> pl.DataFrame:
    zeilen = [
        {
            "gebiet": g, "merkmal": m, "stand": dt.date(j, 12, 31), "jahre": 0, "wert": w,
            "zeichen": Zeichen.GEHEIM.name if w is None else None, "vermerk": None, "quelle": "q",
        }
        for (g, m, j), w in werte.items()
    ]  # fmt: skip
    return pl.DataFrame(zeilen, schema=MESSWERTE.schema)


def compute(
    messwerte: pl.DataFrame, indikatoren: list[Indikator], bezuege: list[Bezug], gebiete: list[Gebiet]
) -> pl.DataFrame:
    """Rates with everything that could disclose: town value, ratio, rank, changes."""
    werte = {(g, m, s.year): w for g, m, s, w in messwerte.select("gebiet", "merkmal", "stand", "wert").iter_rows()}
    jahre = sorted({j for _, _, j in werte})
    roh: dict[tuple[str, int, str], tuple[float | None, float | None, float | None]] = {}

    def seite(ausdruck, gebiet, jahr, n):
        teile = [(f, werte.get((gebiet, m, jahr - k))) for m, f in ausdruck.items() for k in range(max(1, n))]
        return None if any(w is None for _, w in teile) else sum(f * w for f, w in teile)

    for bezug in bezuege:
        for jahr in jahre:
            for g in gebiete:
                z = seite(bezug.zaehler, g.schluessel, jahr, bezug.jahre)
                n = seite(bezug.nenner, g.schluessel, jahr, bezug.jahre) if bezug.nenner else None
                wert = z if not bezug.nenner else (z / n * bezug.faktor if z is not None and n else None)
                roh[bezug.indikator, jahr, g.schluessel] = (z, n, wert)
    zeilen = []
    for (kennung, jahr, gebiet), (z, n, wert) in roh.items():
        ebene = next(g.ebene for g in gebiete if g.schluessel == gebiet)
        stadt = roh[kennung, jahr, STADT_KEY][2]
        andere = [roh[kennung, jahr, g.schluessel][2] for g in gebiete if g.ebene == ebene and g.schluessel != "nz"]
        frueher = [roh.get((kennung, jahr - k, gebiet), (None, None, None))[2] for k in (1, 5)]
        zeilen.append({
            "indikator": kennung, "jahr": jahr, "gebiet": gebiet, "ebene": ebene, "zaehler": z, "nenner": n,
            "wert": wert, "unten": None if wert is None else wert * 0.9, "oben": None if wert is None else wert * 1.1,
            "stadtwert": stadt, "verhaeltnis": wert / stadt if wert is not None and stadt else None,
            "lage": 0 if wert is not None else None,
            "rang": None if wert is None or gebiet == "nz" else 1 + sum(a is not None and a > wert for a in andere),
            "rang_von": None if wert is None or gebiet == "nz" else 1,
            "rang_bis": None if wert is None or gebiet == "nz" else len(andere),
            "vorjahr": wert - frueher[0] if wert is not None and frueher[0] is not None else None,
            "fuenfjahr": wert - frueher[1] if wert is not None and frueher[1] is not None else None,
            "zeichen": None if wert is not None else (Zeichen.NENNER_NULL.name if z is not None else Zeichen.GEHEIM.name),
            "vermerk": None, "bruch": None,
        })  # fmt: skip
    return pl.DataFrame(zeilen, schema=KENNZAHLEN.schema)


def indikator(kennung: str, zaehler: str, nenner: str = "", **mehr) -> Indikator:
    return Indikator(kennung, f"Indikator {kennung}", handlungsfeld="x", zaehler=zaehler, nenner=nenner, **mehr)


def build_grosse_stadt(merkmale: int = 80, jahre: int = 7, seed: int = 7):
    """12 Sozialräume, six Ortsteile, parts of parts, groups, rare events; about 38,000 people."""
    zufall = random.Random(seed)
    gebiete = build_gebiete()
    alle = [Merkmal("ew", "Einwohner")]
    wurzeln = [("ew", 1.0)]
    for i in range(8):
        alle.append(Merkmal(f"alter{i}", f"Alter {i}", teil_von="ew", gruppe="alter"))
        wurzeln.append((f"alter{i}", 0.125))
    while len(alle) < merkmale:
        ganzes, _ = zufall.choice(wurzeln)
        alle.append(Merkmal(f"m{len(alle)}", f"Merkmal {len(alle)}", teil_von=ganzes))
    quoten = {m.schluessel: zufall.choice([0.002, 0.01, 0.03, 0.08, 0.2, 0.5]) for m in alle}
    blaetter: dict[tuple[str, str, int], float | None] = {}
    blatt = [g.schluessel for g in gebiete if g.ebene == "sozialraum"]
    for jahr in range(2026 - jahre, 2026):
        for g in blatt:
            alter = [zufall.randint(0, 12) if g == "nz" else zufall.randint(150, 600) for _ in range(8)]
            werte = {"ew": sum(alter)} | {f"alter{i}": a for i, a in enumerate(alter)}
            for m in alle[9:]:
                n = werte[m.teil_von]
                p = min(1.0, quoten[m.schluessel] * zufall.uniform(0.4, 1.9))
                werte[m.schluessel] = (
                    sum(zufall.random() < p for _ in range(n))
                    if n < 60
                    else min(n, max(0, round(zufall.gauss(n * p, (n * p) ** 0.5))))
                )
            blaetter |= {(g, m, jahr): float(w) for m, w in werte.items()}
    messwerte = aggregate(blaetter, gebiete)
    indikatoren = [indikator(f"I{k}", m.schluessel, m.teil_von) for k, m in enumerate(alle[1:])]
    bezuege = [Bezug(f"I{k}", {m.schluessel: 1.0}, {m.teil_von: 1.0}) for k, m in enumerate(alle[1:])]
    return messwerte, indikatoren, bezuege, alle, gebiete


__all__ = [
    "STADT_KEY",
    "Intervallart",
    "aggregate",
    "build_gebiete",
    "build_grosse_stadt",
    "compute",
    "frame_of",
    "indikator",
]
