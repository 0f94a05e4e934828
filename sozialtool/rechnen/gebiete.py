"""Values of small areas summed up to every level, with "nicht zuzuordnen", so that the parts and the total tie out."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.rahmen import MESSWERTE
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, STADT
from sozialtool.rechnen.baum import Baum, build_baum
from sozialtool.rechnen.rahmen import FEHLT, GRUND_CODE, VERMERK_CODE, decode_grund, decode_vermerk, encode_werte

_ZEIT = ["merkmal", "stand", "periode"]
_ROH = ("zeichen_roh", "vermerk_roh")
_IST_REST = pl.col("gebiet") == NICHT_ZUZUORDNEN


def aggregate_gebiete(
    messwerte: pl.LazyFrame, gebiete: pl.LazyFrame, umsteiger: pl.LazyFrame, merkmale: Iterable[Merkmal]
) -> pl.LazyFrame:
    """Add the sums of every level to what was delivered.

    A delivered value wins over the sum; only a delivered FEHLT or FOLGT gives way to a complete sum. A missing part makes
    the sum missing, with the strongest reason; a part that is not listed while areas of its level are is FEHLT, and gets a
    row that says so. NICHTS counts as 0; a sum of nothing but NICHTS is NICHTS. Weighted parts make a sum GESCHAETZT. "nicht
    zuzuordnen" takes cut areas without weights (together with what was delivered for it), unless its own level was delivered:
    then the sender has placed them already. Only there may it be absent without making the town's sum incomplete.

    Args:
        messwerte: frame MESSWERTE as delivered, of any level.
        gebiete: frame GEBIETE (small; it is collected to learn the tree).
        umsteiger: frame UMSTEIGER with weights for areas without `teil_von` (collected as well).
        merkmale: only additive ones are summed; all others pass as they are, and so do values of unknown areas.

    Returns:
        Frame MESSWERTE with every level, sorted. `quelle` of a sum is empty when its parts come from several.

    Raises:
        DatenFehler: the areas contain one another in a circle.
    """
    baum = build_baum(gebiete.collect(), umsteiger.collect())
    additiv = sorted(merkmal.schluessel for merkmal in merkmale if merkmal.art.additiv)
    roh = messwerte.select(list(MESSWERTE.schema)).with_columns(
        pl.col("zeichen").alias("zeichen_roh"),
        pl.col("vermerk").alias("vermerk_roh"),
        # A Stichtag and a single year are the same period here; pools of several years stay apart.
        pl.col("jahre").fill_null(0).clip(lower_bound=1).alias("periode"),
        (pl.col("zeichen") == "NICHTS").fill_null(value=False).alias("nichts"),
        *encode_werte(),
    )
    summierbar = pl.col("merkmal").is_in(additiv) & pl.col("gebiet").is_in(list(baum.ebene))
    zeichen = pl.coalesce("zeichen_roh", decode_grund(), pl.when("nichts").then(pl.lit("NICHTS")))
    return (
        pl.concat([_sum_up(roh.filter(summierbar), baum), roh.filter(~summierbar)], how="diagonal")
        .with_columns(zeichen.alias("zeichen"), pl.coalesce("vermerk_roh", decode_vermerk()).alias("vermerk"))
        .with_columns(pl.col("quelle").fill_null(""))
        .sort("gebiet", "merkmal", "stand", "jahre")
        .select(list(MESSWERTE.schema))
    )


def _sum_up(roh: pl.LazyFrame, baum: Baum) -> pl.LazyFrame:
    """Delivered additive values → a row for every area that is expected to have one, summed where nothing was delivered."""
    ebenen = pl.LazyFrame({"gebiet": list(baum.ebene), "ebene": list(baum.ebene.values())})
    # Which levels were delivered says which parts a sum must have.
    geliefert = roh.filter(~_IST_REST).join(ebenen, on="gebiet").select(*_ZEIT, "ebene").unique()
    zeit = _describe_zeit(roh.join(ebenen, on="gebiet"), baum.ebene[NICHT_ZUZUORDNEN])
    erwartet = geliefert.join(baum.build_erwartungen(), on="ebene").select("gebiet", *_ZEIT).unique()
    stand = (
        erwartet.join(
            roh.with_columns(pl.lit(value=True).alias("geliefert")), on=["gebiet", *_ZEIT], how="full", coalesce=True
        )
        .drop("jahre", "zeichen")
        .join(zeit, on=_ZEIT)
        .with_columns(pl.col("geliefert", "nichts").fill_null(value=False), pl.col("vermerk").fill_null(0))
        .filter(pl.col("geliefert") | pl.col("rest_offen") | ~_IST_REST)
        .with_columns(pl.when("geliefert").then("grund").otherwise(pl.lit(FEHLT, pl.Int8)).alias("grund"))
    )
    stand = stand.with_columns(pl.lit(value=False).alias("gewogen"))
    for stufe in baum.stufen:
        stand = _sum_stufe(stand, baum.build_kanten(stufe))
    # The shares of a cut area add up to 1: the town's sum is exact, unless delivered levels were mixed.
    ist_stadt = pl.col("gebiet").is_in([gebiet for gebiet, ebene in baum.ebene.items() if ebene == STADT])
    geschaetzt = pl.col("gewogen") & ~(ist_stadt & pl.col("eine_ebene"))
    return stand.with_columns(
        pl.when(geschaetzt)
        .then(pl.max_horizontal("vermerk", pl.lit(VERMERK_CODE["GESCHAETZT"], pl.Int8)))
        .otherwise("vermerk")
        .alias("vermerk")
    )


def _describe_zeit(roh: pl.LazyFrame, rest_ebene: str) -> pl.LazyFrame:
    """Describe each Merkmal and period.

    Columns: its length as delivered, whether "nicht zuzuordnen" still takes cut areas, and whether only one
    level below the town was delivered.
    """
    eigene = (pl.col("ebene") == rest_ebene) & ~_IST_REST
    unten = pl.col("ebene").filter((pl.col("ebene") != STADT) & ~_IST_REST)
    return roh.group_by(_ZEIT).agg(
        pl.col("jahre").max(), (~eigene.any()).alias("rest_offen"), (unten.n_unique() <= 1).alias("eine_ebene")
    )


def _sum_stufe(stand: pl.LazyFrame, kanten: pl.LazyFrame) -> pl.LazyFrame:
    """Complete one layer of wholes. One group_by over own rows and parts: the plan stays a line and is computed once."""
    eigen, teil = pl.col("eigen"), ~pl.col("eigen")
    eigene = (
        "wert",
        "grund",
        "vermerk",
        "nichts",
        "quelle",
        "geliefert",
        "jahre",
        "gewogen",
        "rest_offen",
        "eine_ebene",
        *_ROH,
    )
    gruppen = (
        stand.join(kanten, on="gebiet")
        .with_columns(
            pl.when(teil).then(pl.col("wert") * pl.col("gewicht")).alias("s_wert"),
            pl.when(teil).then("grund").alias("s_grund"),
            pl.when(teil).then("vermerk").alias("s_vermerk"),
            pl.when(teil).then(pl.col("gewogen") | (pl.col("gewicht") < 1)).alias("s_gewogen"),
            pl.when(teil).then("nichts").alias("s_nichts"),
            pl.when(teil).then("quelle").alias("s_quelle"),
            *(pl.when(eigen).then(name).alias(name) for name in eigene),
        )
        .group_by("ziel", *_ZEIT)
        .agg(
            *(pl.col(name).max() for name in eigene),
            pl.col("s_wert").sum(), pl.col("s_grund").max(), pl.col("s_vermerk").max(), pl.col("s_nichts").min(),
            pl.col("s_gewogen").max(),
            pl.col("s_quelle").min(), pl.col("s_quelle").max().alias("s_quelle_max"), eigen.any().alias("eigen"),
        )
        .rename({"ziel": "gebiet"})
        .filter("eigen")
    )  # fmt: skip
    return gruppen.with_columns(_choose()).drop(
        "s_wert", "s_grund", "s_vermerk", "s_nichts", "s_gewogen", "s_quelle", "s_quelle_max", "eigen"
    )


def _choose() -> list[pl.Expr]:
    """Own value or sum: what was delivered wins; "not delivered" and "comes later" are no statement about the figure."""
    weich = pl.col("grund").is_in([FEHLT, GRUND_CODE["FOLGT"]]) & (pl.col("s_grund") == 0)
    dazu = _IST_REST & pl.col("geliefert") & pl.col("rest_offen")
    nimmt = pl.col("s_grund").is_not_null() & (~pl.col("geliefert") | weich | dazu)
    # Shares of whole people add up to whole people: rounding residue of the weights is cut off.
    wert = (pl.col("s_wert") + pl.when(dazu).then("wert").otherwise(0.0).fill_null(0.0)).round(9)
    grund = pl.max_horizontal("s_grund", pl.when(dazu & ~weich).then("grund"))
    quelle = pl.when(pl.col("s_quelle") == pl.col("s_quelle_max")).then("s_quelle").otherwise(pl.lit(""))
    gilt = pl.when(nimmt)
    return [
        gilt.then(pl.when(grund == 0).then(wert)).otherwise("wert").alias("wert"),
        gilt.then(grund).otherwise("grund").alias("grund"),
        gilt.then(pl.max_horizontal("s_vermerk", pl.when(dazu).then("vermerk"))).otherwise("vermerk").alias("vermerk"),
        gilt.then(pl.col("s_nichts") & (pl.col("nichts") | ~dazu)).otherwise("nichts").alias("nichts"),
        gilt.then("s_gewogen").otherwise("gewogen").alias("gewogen"),
        gilt.then(quelle).otherwise("quelle").alias("quelle"),
        *(gilt.then(None).otherwise(name).alias(name) for name in _ROH),
    ]
