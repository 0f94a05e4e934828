"""Kennzahlen: from Messwerte of every level to the frame `fach.rahmen.KENNZAHLEN`, in one lazy plan.

What the indicators and areas do not need (pools, breaks, a second kind of interval) does not get into the plan. Inside, areas,
indicators and reasons are small integers in one fixed order (see `raster`), so that no sort and no window over text is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from sozialtool.fach.indikator import Bruch, Indikator, Intervallart
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.rahmen import KENNZAHLEN
from sozialtool.fach.raum import ORTSTEIL, SOZIALRAUM, STADT
from sozialtool.rechnen.brueche import build_brueche
from sozialtool.rechnen.intervalle import compute_mittelwert, compute_poisson, compute_wilson
from sozialtool.rechnen.jahreswerte import Rechnung, place_jahreswerte, plan_bedarf, plan_rechnungen
from sozialtool.rechnen.rahmen import FEHLT, GRUND_CODE, GRUND_NAMEN, VERMERK_CODE, VERMERK_NAMEN
from sozialtool.rechnen.raster import Orte, build_jahre, look_up, read_orte
from sozialtool.rechnen.reihen import build_reihen, plan_reihen
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
        gebiete: frame GEBIETE (small; it is collected to number the areas).
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
    if not rechnungen:
        return pl.LazyFrame(schema=KENNZAHLEN.schema)
    orte = read_orte(gebiete, ebenen)
    jahre = build_jahre(messwerte)
    bedarf = plan_bedarf(rechnungen)
    werte = place_jahreswerte(messwerte, jahre, orte, bedarf, bruchliste)
    reihen = build_reihen(werte, jahre, plan_reihen(rechnungen, bedarf), orte.anzahl)
    reihen = _add_wert(_add_brueche(reihen, build_brueche(rechnungen, bruchliste)), rechnungen)
    stufe = look_up([rechnung.indikator.stufe for rechnung in rechnungen], "reihe")
    reihen = _drop_leere(add_veraenderung(reihen, stufe), rechnungen, orte, ebenen)
    reihen = add_stadtvergleich(_add_intervall(reihen, rechnungen), orte, stufe)
    return _to_text(add_raenge(reihen, orte, stufe), rechnungen, orte)


def _add_brueche(reihen: pl.LazyFrame, brueche: pl.DataFrame) -> pl.LazyFrame:
    """Join the breaks; their columns are constant where none touches an indicator."""
    schluessel = ["reihe", "jahr"]
    if brueche.is_empty():
        leer = brueche.drop(schluessel).schema
        return reihen.with_columns(
            pl.lit(False if art == pl.Boolean else None, art).alias(n) for n, art in leer.items()
        )
    return reihen.join(brueche.lazy(), on=schluessel, how="left", maintain_order="left")


def _drop_leere(
    reihen: pl.LazyFrame, rechnungen: tuple[Rechnung, ...], orte: Orte, ebenen: Sequence[str]
) -> pl.LazyFrame:
    """Keep the levels that an indicator has, and the years in which something was delivered for it (`belegt`) somewhere.

    The number of indicator and year is sorted, which makes every window over it a slice.
    """
    ohne = {
        STADT: [ebene for ebene in ebenen if ebene != STADT],
        ORTSTEIL: [ebene for ebene in ebenen if ebene not in (STADT, ORTSTEIL)],
    }
    gilt = [
        ebene not in ohne.get(rechnung.indikator.kleinste_ebene.strip().lower(), [])
        for rechnung in rechnungen
        for ebene in orte.ebenen[: orte.anzahl]
    ]
    if not all(gilt):
        platz = pl.col("reihe") * orte.anzahl + pl.col("ort")
        reihen = reihen.filter(pl.lit(pl.Series(gilt)).gather(platz))
    return reihen.with_columns(pl.col("gruppe").set_sorted()).filter(pl.col("belegt").any().over("gruppe"))


def _add_wert(reihen: pl.LazyFrame, rechnungen: tuple[Rechnung, ...]) -> pl.LazyFrame:
    """Value and reason; a zero denominator is a reason, never inf or NaN.

    `belegt` says whether there is a numerator, even one that cannot be shown, or a reason better than "not delivered".
    """
    zaehler, nenner, grund = pl.col("zaehler"), pl.col("nenner"), pl.col("grund")
    hat_nenner = _has_nenner(rechnungen)
    nenner_null = hat_nenner & ((nenner == 0) | ~nenner.is_finite())
    neuer_grund = (
        pl.when(grund > 0)
        .then(grund)
        .when("bruch_quer")
        .then(pl.lit(GRUND_CODE["BRUCH"], pl.Int8))
        .when(nenner_null | ~zaehler.is_finite())
        .then(pl.lit(GRUND_CODE["NENNER_NULL"], pl.Int8))
        .otherwise(pl.lit(0, pl.Int8))
    )
    quotient = zaehler / nenner * _find_faktor(rechnungen)
    belegt = zaehler.is_not_null() | (grund > FEHLT)
    return reihen.with_columns(neuer_grund.alias("grund"), belegt.alias("belegt")).with_columns(
        pl.when(grund == 0).then(pl.when(hat_nenner).then(quotient).otherwise(zaehler)).alias("wert"),
        *(pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name) for name in ("zaehler", "nenner")),
    )


def _has_nenner(rechnungen: tuple[Rechnung, ...]) -> pl.Expr:
    """Whether the indicator of the row is a quotient."""
    return look_up([rechnung.nenner is not None for rechnung in rechnungen], "reihe")


def _find_faktor(rechnungen: tuple[Rechnung, ...]) -> pl.Expr:
    """Factor of the indicator of the row."""
    return look_up([float(rechnung.indikator.faktor) for rechnung in rechnungen], "reihe")


def _add_intervall(reihen: pl.LazyFrame, rechnungen: tuple[Rechnung, ...]) -> pl.LazyFrame:
    """95 % limits in the unit of the indicator; a share with more events than people keeps its value, but no limits."""
    x, n, faktor = pl.col("zaehler"), pl.col("nenner"), _find_faktor(rechnungen)
    arten = [
        rechnung.indikator.intervall if rechnung.indikator.hat_spanne else Intervallart.KEINES
        for rechnung in rechnungen
    ]
    ist = {
        art: pl.col("wert").is_not_null() & look_up([a is art for a in arten], "reihe")
        for art in Intervallart
        if art in arten and art is not Intervallart.KEINES
    }
    grenzen: list[pl.Expr] = [pl.lit(None, pl.Float64), pl.lit(None, pl.Float64)]
    vermerk = pl.col("vermerk")
    if Intervallart.BYAR in ist:
        bedingung = ist[Intervallart.BYAR] & (n > 0)
        grenzen = [pl.when(bedingung).then(grenze / n * faktor) for grenze in compute_poisson(x)]
    if Intervallart.MITTELWERT in ist:
        bedingung = ist[Intervallart.MITTELWERT]
        grenzen = [
            pl.when(bedingung).then(grenze).otherwise(sonst)
            for grenze, sonst in zip(_compute_mittel(rechnungen), grenzen, strict=True)
        ]
    if Intervallart.WILSON in ist:
        bedingung = ist[Intervallart.WILSON]
        grenzen = [
            pl.when(bedingung).then(grenze * faktor).otherwise(sonst)
            for grenze, sonst in zip(compute_wilson(x, n), grenzen, strict=True)
        ]
        stark = pl.max_horizontal("vermerk", pl.lit(VERMERK_CODE["EINGESCHRAENKT"], pl.Int8))
        vermerk = pl.when(bedingung & (x > n)).then(stark).otherwise(vermerk)
    return reihen.with_columns(grenzen[0].alias("unten"), grenzen[1].alias("oben"), vermerk.alias("vermerk"))


def _compute_mittel(rechnungen: tuple[Rechnung, ...]) -> tuple[pl.Expr, pl.Expr]:
    """Limits of means in the unit of the indicator: from Σ x, Σ x² and n, or from a delivered mean, its standard deviation and n."""
    x, streuung, faktor = pl.col("zaehler"), pl.col("streuung"), _find_faktor(rechnungen)
    summen = _has_nenner(rechnungen)
    paare = []
    if any(rechnung.streuung and rechnung.nenner for rechnung in rechnungen):
        n = pl.col("nenner")
        varianz = (streuung - x * x / n) / (n - 1)
        # What rounding leaves of values that are all the same is no variance; what lies further below zero does not belong together.
        varianz = pl.when(varianz.abs() * (n - 1) <= 1e-9 * streuung).then(0.0).otherwise(varianz)
        paare.append([grenze * faktor for grenze in compute_mittelwert(x / n, varianz, n)])
    if any(rechnung.fallzahl for rechnung in rechnungen):
        paare.append(list(compute_mittelwert(x, streuung * streuung, pl.col("fallzahl"))))
    if len(paare) == 1:
        return paare[0][0], paare[0][1]
    unten, oben = (pl.when(summen).then(a).otherwise(b) for a, b in zip(*paare, strict=True))
    return unten, oben


def _to_text(reihen: pl.LazyFrame, rechnungen: tuple[Rechnung, ...], orte: Orte) -> pl.LazyFrame:
    """Numbers back to text, and the columns of the frame KENNZAHLEN."""
    texte = {
        "indikator": look_up([rechnung.indikator.kennung for rechnung in rechnungen], "reihe"),
        "gebiet": look_up(orte.gebiete, "ort"),
        "ebene": look_up(orte.ebenen, "ort"),
        "zeichen": look_up(GRUND_NAMEN, "grund"),
        "vermerk": look_up(VERMERK_NAMEN, "vermerk"),
    }
    return reihen.select(
        texte.get(name, pl.col(name)).cast(_TYPEN[art]).alias(name) for name, art in KENNZAHLEN.schema.items()
    )


_TYPEN: dict[type, type[pl.DataType]] = {str: pl.String, int: pl.Int64, float: pl.Float64}
