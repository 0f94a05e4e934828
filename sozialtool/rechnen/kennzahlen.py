"""Kennzahlen: from Messwerte of every level to the frame `fach.rahmen.KENNZAHLEN`, in one lazy plan.

All formulas are computed in one `select` over a wide frame (one row per Gebiet and year), not in a plan per indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from sozialtool.fach.indikator import Bruch, Indikator, Intervallart
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.rahmen import KENNZAHLEN
from sozialtool.fach.raum import ORTSTEIL, SOZIALRAUM, STADT
from sozialtool.rechnen.brueche import build_brueche
from sozialtool.rechnen.intervalle import compute_poisson, compute_wilson
from sozialtool.rechnen.jahreswerte import Rechnung, build_breit, plan_rechnungen, select_jahreswerte
from sozialtool.rechnen.rahmen import FEHLT, GRUND_CODE, VERMERK_CODE, decode_grund, decode_vermerk
from sozialtool.rechnen.vergleich import add_raenge, add_stadtvergleich, add_veraenderung

EBENEN = (STADT, ORTSTEIL, SOZIALRAUM)
"""Levels for which Kennzahlen are computed unless the caller names others."""


def compute_kennzahlen(
    messwerte: pl.LazyFrame,
    gebiete: pl.LazyFrame,
    indikatoren: Iterable[Indikator],
    merkmale: Iterable[Merkmal],
    brueche: Iterable[Bruch] = (),
    *,
    ebenen: Sequence[str] = EBENEN,
) -> pl.LazyFrame:
    """Compute every indicator for every area of `ebenen` and every year that has a numerator somewhere.

    Args:
        messwerte: frame MESSWERTE of every level, as `aggregate_gebiete` gives it.
        gebiete: frame GEBIETE.
        indikatoren: the indicators; those with `kleinste_ebene` stadt or ortsteil get no rows below that level.
        merkmale: all Merkmale that formulas may name.
        brueche: breaks in definition; no change is computed across them.
        ebenen: keys of levels, the town's among them.

    Returns:
        Frame KENNZAHLEN, sorted by indicator (as given), year and area (in the town's order).
        `zaehler` and `nenner` are of the target area; a missing figure has the strongest reason of its Merkmale.

    Raises:
        FormelFehler: a formula cannot be parsed.
    """
    rechnungen = plan_rechnungen(indikatoren, merkmale)
    bruchliste = tuple(brueche)
    orte = gebiete.filter(pl.col("ebene").is_in(list(ebenen))).select(
        "gebiet", "ebene", pl.col("reihenfolge").alias("ort_reihe")
    )
    jahreswerte = select_jahreswerte(messwerte, gebiete)
    jahre = messwerte.select(pl.col("stand").dt.year().cast(pl.Int64).alias("jahr")).unique().sort("jahr")
    raster = orte.join(jahre, how="cross")
    spalten = [spalte for rechnung in rechnungen for spalte in rechnung.spalten]
    breit = build_breit(jahreswerte, raster, spalten, bruchliste)
    lang = _compute_formeln(breit, rechnungen).join(_build_angaben(rechnungen, ebenen), on="indikator", how="inner")
    lang = _drop_leere(lang.filter(~pl.col("ebene").is_in(pl.col("ohne_ebenen"))))
    werte = _add_intervall(
        _add_wert(lang.join(build_brueche(rechnungen, bruchliste), on=["indikator", "jahr"], how="left"))
    )
    fertig = add_raenge(add_veraenderung(add_stadtvergleich(werte)))
    return fertig.sort("reihe", "jahr", "ort_reihe", "gebiet").select(
        *[pl.col(name).cast(_TYPEN[art]) for name, art in KENNZAHLEN.schema.items()]
    )


_TYPEN: dict[type, type[pl.DataType]] = {str: pl.String, int: pl.Int64, float: pl.Float64}


def _compute_formeln(breit: pl.LazyFrame, rechnungen: tuple[Rechnung, ...]) -> pl.LazyFrame:
    """All formulas in one select; then one row per indicator: zaehler, nenner, grund, vermerk."""
    index = ["gebiet", "ebene", "ort_reihe", "jahr"]
    strukturen = [_build_struktur(rechnung) for rechnung in rechnungen]
    if not strukturen:
        leer = pl.struct(
            *(pl.lit(None, pl.Float64).alias(name) for name in ("zaehler", "nenner")),
            *(pl.lit(0, pl.Int8).alias(name) for name in ("grund", "vermerk")),
        )
        return breit.select(*index, pl.lit("").alias("indikator"), leer.alias("teile")).unnest("teile").clear()
    return (
        breit.select(*index, *strukturen)
        .unpivot(index=index, variable_name="indikator", value_name="teile")
        .unnest("teile")
    )


def _build_struktur(rechnung: Rechnung) -> pl.Expr:
    """One indicator as a struct of numerator, denominator, strongest reason and strongest Vermerk."""
    namen = [spalte.name for spalte in rechnung.spalten]
    null = pl.lit(0, pl.Int8)
    gruende = [pl.col(f"grund_{name}").fill_null(FEHLT) for name in namen]
    vermerke = [pl.col(f"vermerk_{name}") for name in namen]

    def rename(name: str) -> str:
        return rechnung.find_spalte(name).name

    nenner = rechnung.nenner.with_names(rename) if rechnung.nenner else pl.lit(None, pl.Float64)
    return pl.struct(
        rechnung.zaehler.with_names(rename).alias("zaehler"),
        nenner.alias("nenner"),
        pl.max_horizontal(null, *gruende).alias("grund"),
        pl.max_horizontal(null, *vermerke).alias("vermerk"),
    ).alias(rechnung.indikator.kennung)


def _build_angaben(rechnungen: tuple[Rechnung, ...], ebenen: Sequence[str]) -> pl.LazyFrame:
    """What the later steps need to know of each indicator, as a small frame."""
    liste = [rechnung.indikator for rechnung in rechnungen]
    ohne = {
        STADT: [ebene for ebene in ebenen if ebene != STADT],
        ORTSTEIL: [ebene for ebene in ebenen if ebene not in (STADT, ORTSTEIL)],
    }
    return pl.DataFrame(
        {
            "indikator": [indikator.kennung for indikator in liste],
            "reihe": list(range(len(liste))),
            "faktor": [float(indikator.faktor) for indikator in liste],
            "hat_nenner": [rechnung.nenner is not None for rechnung in rechnungen],
            "intervall": [indikator.intervall.name for indikator in liste],
            "stufe": [indikator.stufe for indikator in liste],
            "ohne_ebenen": [ohne.get(indikator.kleinste_ebene.strip().lower(), []) for indikator in liste],
        },
        schema={
            "indikator": pl.String, "reihe": pl.Int32, "faktor": pl.Float64, "hat_nenner": pl.Boolean,
            "intervall": pl.String, "stufe": pl.Boolean, "ohne_ebenen": pl.List(pl.String),
        },
    ).lazy()  # fmt: skip


def _drop_leere(lang: pl.LazyFrame) -> pl.LazyFrame:
    """Keep the years in which an indicator has a numerator, or a reason better than "not delivered", in some area."""
    belegt = pl.col("zaehler").is_not_null() | (pl.col("grund") > FEHLT)
    return lang.filter(belegt.any().over("reihe", "jahr"))


def _add_wert(lang: pl.LazyFrame) -> pl.LazyFrame:
    """Value and reason; a zero denominator is a reason, never inf or NaN."""
    nenner_null = pl.col("hat_nenner") & ((pl.col("nenner") == 0) | ~pl.col("nenner").is_finite())
    unendlich = ~pl.col("zaehler").is_finite()
    quotient = pl.col("zaehler") / pl.col("nenner") * pl.col("faktor")
    grund = (
        pl.when(pl.col("grund") > 0)
        .then(pl.col("grund"))
        .when(pl.col("bruch_quer").fill_null(value=False))
        .then(pl.lit(GRUND_CODE["BRUCH"], pl.Int8))
        .when(nenner_null | unendlich)
        .then(pl.lit(GRUND_CODE["NENNER_NULL"], pl.Int8))
        .otherwise(pl.lit(0, pl.Int8))
    )
    return (
        lang.with_columns(grund.alias("grund"))
        .with_columns(
            pl.when(pl.col("grund") == 0)
            .then(pl.when("hat_nenner").then(quotient).otherwise(pl.col("zaehler")))
            .alias("wert"),
            *(pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name) for name in ("zaehler", "nenner")),
        )
        .with_columns(decode_grund().alias("zeichen"))
    )


def _add_intervall(werte: pl.LazyFrame) -> pl.LazyFrame:
    """95 % limits in the unit of the indicator; a share with more events than people keeps its value, but no limits."""
    x, n = pl.col("zaehler"), pl.col("nenner")
    ist_wilson = pl.col("intervall") == Intervallart.WILSON.name
    ist_byar = pl.col("intervall") == Intervallart.BYAR.name
    wilson = compute_wilson(x, n)
    byar = compute_poisson(x)
    rechenbar = pl.col("wert").is_not_null() & pl.col("hat_nenner") & ~pl.col("stufe")
    zu_gross = rechenbar & ist_wilson & (x > n)
    vermerk = (
        pl.when(zu_gross)
        .then(pl.max_horizontal("vermerk", pl.lit(VERMERK_CODE["EINGESCHRAENKT"], pl.Int8)))
        .otherwise(pl.col("vermerk"))
    )
    grenzen = [
        pl.when(rechenbar & ist_wilson)
        .then(wilson[seite] * pl.col("faktor"))
        .when(rechenbar & ist_byar & (n > 0))
        .then(byar[seite] / n * pl.col("faktor"))
        .alias(name)
        for seite, name in enumerate(("unten", "oben"))
    ]
    return werte.with_columns(*grenzen, vermerk.alias("vermerk")).with_columns(decode_vermerk())
