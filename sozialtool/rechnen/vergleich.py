"""Comparison of areas: with the town, with each other, with earlier years.

Default for towns with few areas (fach/regeln.md section 3): area against the town's value with interval, ratio, rank and the
span of ranks that the intervals allow. Ranks are taken from unrounded values.
"""

from __future__ import annotations

import polars as pl

from sozialtool.fach.auswertung import DEUTLICH
from sozialtool.rechnen.raster import SPANNEN, Orte


def add_stadtvergleich(reihen: pl.LazyFrame, orte: Orte, stufe: pl.Expr) -> pl.LazyFrame:
    """Add stadtwert, verhaeltnis and lage.

    `lage` is null for the town itself, without interval and for "nicht zuzuordnen"; `verhaeltnis` is null where it has no
    meaning (town value not positive, negative value, ordinal). `stufe` says whether the row is ordinal.
    """
    stadt = pl.col("wert").filter("ist_stadt").first().over("gruppe")
    wert, stadtwert = pl.col("wert"), pl.col("stadtwert")
    sinnvoll = (stadtwert > 0) & (wert >= 0) & ~stufe
    verhaeltnis = pl.col("verhaeltnis")
    gross = (verhaeltnis >= DEUTLICH) | (verhaeltnis <= 1 / DEUTLICH)
    schritt = pl.when(gross.fill_null(value=False)).then(2).otherwise(1)
    lage = (
        pl.when(~pl.col("ist_teil"))
        .then(None)
        .when(pl.col("unten") > stadtwert)
        .then(schritt)
        .when(pl.col("oben") < stadtwert)
        .then(-schritt)
        .when(pl.col("unten").is_not_null() & stadtwert.is_not_null())
        .then(0)
    )
    return (
        reihen.with_columns(orte.is_stadt().alias("ist_stadt"), orte.is_teil().alias("ist_teil"))
        .with_columns(stadt.alias("stadtwert"))
        .with_columns(pl.when(sinnvoll).then(wert / stadtwert).alias("verhaeltnis"))
        .with_columns(lage.alias("lage"))
    )


def add_raenge(reihen: pl.LazyFrame, orte: Orte, stufe: pl.Expr) -> pl.LazyFrame:
    """Add rang (1 = highest value), rang_von and rang_bis per indicator, year and level.

    An area is surely higher when its lower limit lies above the other's upper limit. An area without limits counts with
    its value for the others and has no span itself. Town, "nicht zuzuordnen" and ordinal figures have no rank.
    """
    gruppe = orte.group_raenge()
    if gruppe is None:
        name = "gruppe"
    else:
        reihen, name = reihen.with_columns(gruppe.alias("rang_gruppe")), "rang_gruppe"
    gezaehlt = pl.col("ist_teil") & ~stufe & pl.col("wert").is_not_null()
    spalten = {
        "rang_wert": pl.col("wert"),
        "rang_u": pl.coalesce("unten", "wert"),
        "rang_o": pl.coalesce("oben", "wert"),
    }
    unten, oben = pl.col("rang_u"), pl.col("rang_o")
    # Positions in the sorted limits of the group: no comparison of every pair, and no join of the plan with itself.
    nicht_hoeher = unten.drop_nulls().sort().search_sorted(oben, side="right").over(name)
    tiefer = oben.drop_nulls().sort().search_sorted(unten, side="left").over(name)
    anzahl = unten.count().over(name)
    spanne = gezaehlt & pl.col("unten").is_not_null()
    return reihen.with_columns(pl.when(gezaehlt).then(expr).alias(n) for n, expr in spalten.items()).with_columns(
        pl.col("rang_wert").rank("min", descending=True).over(name).alias("rang"),
        pl.when(spanne).then(anzahl.cast(pl.Int64) - nicht_hoeher.cast(pl.Int64) + 1).alias("rang_von"),
        pl.when(spanne).then(anzahl.cast(pl.Int64) - tiefer.cast(pl.Int64)).alias("rang_bis"),
    )


def add_veraenderung(reihen: pl.LazyFrame, stufe: pl.Expr) -> pl.LazyFrame:
    """Add vorjahr and fuenfjahr: difference in points to one and five years earlier; null across a Bruch and for ordinals."""
    wert = pl.col("wert")
    return reihen.with_columns(
        pl.when(~(pl.col(f"quer_{name}").fill_null(value=False) | stufe))
        .then(wert - wert.gather(pl.col(f"zeile_{name}")))
        .alias(name)
        for name in SPANNEN
    )
