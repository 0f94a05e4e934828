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


def by_hand(spalten: dict[str, list[object]]) -> pl.DataFrame:
    """Compute the same figures in one go: rate, Wilson limits, town value, ratio, rank, changes."""
    z = 1.959963984540054
    roh = pl.LazyFrame(spalten, schema_overrides={"zeichen": pl.String, "vermerk": pl.String}).with_columns(
        jahr=pl.col("stand").dt.year()
    )
    stadt = roh.group_by("merkmal", "jahr").agg(pl.col("wert").sum()).with_columns(gebiet=pl.lit("stadt"))
    alle = pl.concat(
        [roh.select("gebiet", "merkmal", "jahr", "wert"), stadt.select("gebiet", "merkmal", "jahr", "wert")]
    )
    nenner = alle.filter(pl.col("merkmal") == f"m{ANZAHL:02}").select("gebiet", "jahr", nenner="wert")
    x, n = pl.col("wert"), pl.col("nenner")
    wurzel = z * (z * z + 4 * x * (1 - x / n)).sqrt()
    return (
        alle.filter(pl.col("merkmal") != f"m{ANZAHL:02}")
        .join(nenner, on=["gebiet", "jahr"])
        .with_columns(
            quote=x / n * 100,
            unten=(2 * x + z * z - wurzel) / (2 * (n + z * z)) * 100,
            oben=(2 * x + z * z + wurzel) / (2 * (n + z * z)) * 100,
        )
        .with_columns(
            stadtwert=pl.col("quote").filter(pl.col("gebiet") == "stadt").first().over("merkmal", "jahr"),
            rang=pl.col("quote").rank("min", descending=True).over("merkmal", "jahr"),
        )
        .sort("jahr")
        .with_columns(
            verhaeltnis=pl.col("quote") / pl.col("stadtwert"),
            vorjahr=pl.col("quote") - pl.col("quote").shift(1).over("merkmal", "gebiet"),
            fuenfjahr=pl.col("quote") - pl.col("quote").shift(5).over("merkmal", "gebiet"),
        )
        .collect()
    )


def ours(spalten: dict[str, list[object]]) -> pl.DataFrame:
    """Compute them by the room rechnen."""
    from sozialtool import rechnen

    gebiete = [
        Gebiet("stadt", "Stadt", "stadt"),
        *(Gebiet(f"r{n:02}", f"Raum {n}", "sozialraum", "stadt") for n in range(RAEUME)),
    ]
    merkmale = [Merkmal(f"m{n:02}", f"Merkmal {n}") for n in range(ANZAHL + 1)]
    indikatoren = [
        Indikator(
            f"I{n:02}",
            f"Indikator {n}",
            "feld",
            zaehler=f"m{n:02}",
            nenner=f"m{ANZAHL:02}",
            intervall=Intervallart.WILSON,
        )
        for n in range(ANZAHL)
    ]
    orte = rechnen.build_gebiete(gebiete)
    summen = rechnen.aggregate_gebiete(rechnen.build_messwerte(spalten), orte, rechnen.build_umsteiger([]), merkmale)
    return rechnen.compute_kennzahlen(summen, orte, indikatoren, merkmale, []).collect()


def measure() -> list[Messung]:
    spalten = build_spalten()
    assert ours(spalten).height == by_hand(spalten).height == (RAEUME + 1) * ANZAHL * len(JAHRE)
    unser, boden = in_turn([lambda: ours(spalten), lambda: by_hand(spalten)], runden=7)
    return [Messung("Rechnen 30 Räume × 60 Indikatoren × 15 Jahre", unser, "dieselben Ausdrücke von Hand", boden, 1.5)]
