"""Recomputing 30 areas × 60 indicators × 15 years against the same expressions written by hand."""

from __future__ import annotations

import datetime as dt
import random

import polars as pl

from sozialtool.fach.indikator import Indikator, Intervallart
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet
from tests.leistung.messen import Messung, in_turn

RAEUME, JAHRE, ANZAHL = 30, range(2011, 2026), 60


def build_spalten() -> dict[str, list[object]]:
    """Build invented figures: 60 numerators and one denominator per area and year."""
    zufall = random.Random(3)
    spalten: dict[str, list[object]] = {
        name: [] for name in ("gebiet", "merkmal", "stand", "jahre", "wert", "zeichen", "vermerk", "quelle")
    }
    for jahr in JAHRE:
        for raum in range(RAEUME):
            ganzes = zufall.randrange(800, 4000)
            for nummer in range(ANZAHL + 1):
                wert = ganzes if nummer == ANZAHL else zufall.randrange(20, ganzes // 2)
                zeile = (f"r{raum:02}", f"m{nummer:02}", dt.date(jahr, 12, 31), 0, float(wert), None, None, "q")
                for name, inhalt in zip(spalten, zeile, strict=True):
                    spalten[name].append(inhalt)
    return spalten


def by_hand(messwerte: pl.DataFrame) -> pl.DataFrame:
    """Compute the same figures in one go, for data without gaps, breaks or pools: what a good hand would write.

    Rate, Wilson limits, town value, ratio, position, rank and its span, changes to last year and to five years ago.
    """
    z = 1.959963984540054
    alle = messwerte.lazy().select("gebiet", "merkmal", "wert", jahr=pl.col("stand").dt.year())
    nenner = alle.filter(pl.col("merkmal") == f"m{ANZAHL:02}").select("gebiet", "jahr", nenner="wert")
    x, n = pl.col("zaehler"), pl.col("nenner")
    wurzel = z * (z * z + 4 * x * (1 - x / n)).sqrt()
    ist_stadt = pl.col("gebiet") == "stadt"
    je_jahr, reihe = ["indikator", "jahr"], ["indikator", "gebiet"]
    raum = pl.when(~ist_stadt)
    return (
        alle.filter(pl.col("merkmal") != f"m{ANZAHL:02}")
        .rename({"merkmal": "indikator", "wert": "zaehler"})
        .join(nenner, on=["gebiet", "jahr"])
        .with_columns(
            wert=x / n * 100,
            unten=(2 * x + z * z - wurzel) / (2 * (n + z * z)) * 100,
            oben=(2 * x + z * z + wurzel) / (2 * (n + z * z)) * 100,
        )
        .with_columns(
            stadtwert=pl.col("wert").filter(ist_stadt).first().over(je_jahr),
            rang=raum.then(pl.col("wert")).rank("min", descending=True).over(je_jahr),
            anzahl=(~ist_stadt).sum().over(je_jahr),
        )
        .sort("jahr")
        .with_columns(
            verhaeltnis=pl.col("wert") / pl.col("stadtwert"),
            lage=pl.when(pl.col("unten") > pl.col("stadtwert")).then(1 + (pl.col("wert") >= 1.5 * pl.col("stadtwert")).cast(pl.Int64))
            .when(pl.col("oben") < pl.col("stadtwert")).then(-1 - (pl.col("wert") <= pl.col("stadtwert") / 1.5).cast(pl.Int64)).otherwise(0),
            vorjahr=pl.col("wert") - pl.col("wert").shift(1).over(reihe),
            fuenfjahr=pl.col("wert") - pl.col("wert").shift(5).over(reihe),
            # The best rank counts the areas that are surely higher: as many lower limits above one's own upper limit.
            rang_von=raum.then(_count_above("unten", "oben").over(je_jahr)) + 1,
            rang_bis=pl.col("anzahl") - raum.then(_count_below("oben", "unten").over(je_jahr)),
        )
        .collect(engine="in-memory")
    )  # fmt: skip


def _count_above(was: str, grenze: str) -> pl.Expr:
    raeume = pl.col(was).filter(pl.col("gebiet") != "stadt").sort()
    return raeume.len() - raeume.search_sorted(pl.col(grenze), side="right")


def _count_below(was: str, grenze: str) -> pl.Expr:
    raeume = pl.col(was).filter(pl.col("gebiet") != "stadt").sort()
    return raeume.search_sorted(pl.col(grenze), side="left")


def measure() -> list[Messung]:
    from sozialtool import rechnen

    gebiete = [
        Gebiet("stadt", "Stadt", "stadt"),
        *(Gebiet(f"r{n:02}", f"Raum {n}", "sozialraum", "stadt") for n in range(RAEUME)),
    ]
    merkmale = [Merkmal(f"m{n:02}", f"Merkmal {n}") for n in range(ANZAHL + 1)]
    indikatoren = [
        Indikator(
            f"m{n:02}",
            f"Indikator {n}",
            "feld",
            zaehler=f"m{n:02}",
            nenner=f"m{ANZAHL:02}",
            intervall=Intervallart.WILSON,
        )
        for n in range(ANZAHL)
    ]
    orte, umsteiger = rechnen.build_gebiete(gebiete), rechnen.build_umsteiger([])
    roh = rechnen.build_messwerte(build_spalten())
    summen = rechnen.aggregate_gebiete(roh, orte, umsteiger, merkmale).collect(engine="in-memory")

    def ours() -> pl.DataFrame:
        plan = rechnen.compute_kennzahlen(summen.lazy(), orte, indikatoren, merkmale, [])
        return plan.collect(engine="in-memory")

    _assert_same(ours(), by_hand(summen))
    unser, boden = in_turn([ours, lambda: by_hand(summen)], runden=9)
    was = "Rechnen 30 Räume × 60 Indikatoren × 15 Jahre"
    return [Messung(was, unser, "dieselben Kennzahlen, von Hand geschrieben", boden, 1.5)]


def _assert_same(unser: pl.DataFrame, hand: pl.DataFrame) -> None:
    """Both ways must give the same figures, else the ratio compares nothing."""
    schluessel = ["indikator", "jahr", "gebiet"]
    spalten = [
        "wert",
        "unten",
        "oben",
        "stadtwert",
        "verhaeltnis",
        "rang",
        "rang_von",
        "rang_bis",
        "vorjahr",
        "fuenfjahr",
    ]
    links, rechts = (f.sort(schluessel).select(*schluessel, *spalten) for f in (unser, hand))
    assert links.height == rechts.height == (RAEUME + 1) * ANZAHL * len(JAHRE)
    for spalte in spalten:
        a, b = links[spalte].cast(pl.Float64), rechts[spalte].cast(pl.Float64)
        assert (a.is_null() == b.is_null()).all(), spalte
        assert ((a - b).abs().fill_null(0) < 1e-9).all(), spalte
