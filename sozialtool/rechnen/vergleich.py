"""Comparison of areas: with the town, with each other, with earlier years.

Default for towns with few areas (fach/regeln.md section 3): area against the town's value with interval, ratio, rank and the
span of ranks that the intervals allow. Ranks are taken from unrounded values.
"""

from __future__ import annotations

import polars as pl

from sozialtool.fach.raum import NICHT_ZUZUORDNEN, STADT
from sozialtool.rechnen.brueche import SPANNEN

DEUTLICH = 1.5
"""From this ratio on (or its inverse) a difference beyond chance counts as large: lage ±2."""


def add_stadtvergleich(werte: pl.LazyFrame) -> pl.LazyFrame:
    """Add stadtwert, verhaeltnis and lage.

    `lage` is null for the town itself, without interval and for "nicht zuzuordnen"; `verhaeltnis` is null where it has no
    meaning (town value not positive, negative value, ordinal).
    """
    stadt = pl.col("wert").filter(pl.col("ebene") == STADT).first().over("reihe", "jahr")
    wert, stadtwert = pl.col("wert"), pl.col("stadtwert")
    sinnvoll = (stadtwert > 0) & (wert >= 0) & ~pl.col("stufe")
    ist_teil = (pl.col("ebene") != STADT) & (pl.col("gebiet") != NICHT_ZUZUORDNEN)
    verhaeltnis = pl.col("verhaeltnis")
    gross = (verhaeltnis >= DEUTLICH) | (verhaeltnis <= 1 / DEUTLICH)
    stufe = pl.when(gross.fill_null(value=False)).then(2).otherwise(1)
    lage = (
        pl.when(pl.col("unten") > stadtwert)
        .then(stufe)
        .when(pl.col("oben") < stadtwert)
        .then(-stufe)
        .when(pl.col("unten").is_not_null() & stadtwert.is_not_null())
        .then(0)
    )
    return (
        werte.with_columns(stadt.alias("stadtwert"))
        .with_columns(pl.when(sinnvoll).then(wert / stadtwert).alias("verhaeltnis"))
        .with_columns(pl.when(ist_teil).then(lage).alias("lage"))
        .with_columns(ist_teil.alias("ist_teil"))
    )


def add_raenge(werte: pl.LazyFrame) -> pl.LazyFrame:
    """Add rang (1 = highest value), rang_von and rang_bis per indicator, year and level.

    An area is surely higher when its lower limit lies above the other's upper limit. An area without limits counts with
    its value for the others and has no span itself. Town, "nicht zuzuordnen" and ordinal figures have no rank.
    """
    gruppe = ["reihe", "jahr", "ebene"]
    gezaehlt = pl.col("ist_teil") & ~pl.col("stufe") & pl.col("wert").is_not_null()
    spalten = {
        "rang_wert": pl.col("wert"),
        "rang_u": pl.coalesce("unten", "wert"),
        "rang_o": pl.coalesce("oben", "wert"),
    }
    unten, oben = pl.col("rang_u"), pl.col("rang_o")
    # Positions in the sorted limits of the group: no comparison of every pair, and no join of the plan with itself.
    nicht_hoeher = unten.drop_nulls().sort().search_sorted(oben, side="right").over(gruppe)
    tiefer = oben.drop_nulls().sort().search_sorted(unten, side="left").over(gruppe)
    anzahl = unten.count().over(gruppe)
    spanne = gezaehlt & pl.col("unten").is_not_null()
    return werte.with_columns(pl.when(gezaehlt).then(expr).alias(name) for name, expr in spalten.items()).with_columns(
        pl.col("rang_wert").rank("min", descending=True).over(gruppe).alias("rang"),
        pl.when(spanne).then(anzahl.cast(pl.Int64) - nicht_hoeher.cast(pl.Int64) + 1).alias("rang_von"),
        pl.when(spanne).then(anzahl.cast(pl.Int64) - tiefer.cast(pl.Int64)).alias("rang_bis"),
    )


def add_veraenderung(werte: pl.LazyFrame) -> pl.LazyFrame:
    """Add vorjahr and fuenfjahr: difference in points to one and five years earlier; null across a Bruch and for ordinals."""
    geordnet = werte.sort("reihe", "ort_reihe", "gebiet", "jahr")
    for name, spanne in SPANNEN.items():
        # Years without figure have no row, so the one five years ago is at most five rows back.
        wert = pl.coalesce(_find_frueher(schritt, spanne) for schritt in range(1, spanne + 1))
        quer = pl.col(f"quer_{name}").fill_null(value=False) | pl.col("stufe")
        geordnet = geordnet.with_columns(pl.when(~quer).then(pl.col("wert") - wert).alias(name))
    return geordnet


def _find_frueher(schritt: int, spanne: int) -> pl.Expr:
    """Value of the row `schritt` above, if it is the same series `spanne` years earlier; one sort serves all of them."""
    gleich = [pl.col(name).shift(schritt) == pl.col(name) for name in ("reihe", "gebiet")]
    passt = pl.all_horizontal(*gleich, pl.col("jahr").shift(schritt) == pl.col("jahr") - spanne)
    return pl.when(passt).then(pl.col("wert").shift(schritt))
