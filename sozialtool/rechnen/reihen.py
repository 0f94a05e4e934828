"""Formulas over the grid, and one row per indicator, year and area.

Most formulas are a single Merkmal: those are looked up in the grid. The others are computed side by side in one select over
a wide frame (one row per year and area), each formula once, and put below the grid as further columns.
"""

from __future__ import annotations

import attrs
import polars as pl

from sozialtool.rechnen.formel import Formel
from sozialtool.rechnen.jahreswerte import Bedarf, Rechenspalte, Rechnung
from sozialtool.rechnen.raster import SPANNEN, fill_raster

_TEILE = ("wert", "grund", "vermerk")


@attrs.frozen
class Plan:
    """Which column of the grid holds what.

    Attributes:
        spalten: delivered and pooled columns.
        formeln: formulas of more than one name, behind them.
        zaehler: column of the numerator of each indicator.
        nenner: column of its denominator; None without.
        streuung, fallzahl: columns for the interval of a mean; None without. Their reasons do not touch the value.
    """

    spalten: tuple[Rechenspalte, ...]
    formeln: tuple[tuple[Rechnung, Formel], ...]
    zaehler: tuple[int, ...]
    nenner: tuple[int | None, ...]
    streuung: tuple[int | None, ...] = ()
    fallzahl: tuple[int | None, ...] = ()


def plan_reihen(rechnungen: tuple[Rechnung, ...], bedarf: Bedarf) -> Plan:
    """Give every formula a column; the same formula over the same columns is computed once."""
    nummern: dict[object, int] = {spalte: nummer for nummer, spalte in enumerate(bedarf.spalten)}
    formeln: list[tuple[Rechnung, Formel]] = []
    # A grid without any Merkmal (formulas of numbers only) has one empty column.
    erste = max(len(bedarf.spalten), 1)

    def place(rechnung: Rechnung, formel: Formel) -> int:
        if len(formel.stuecke) == 1 and formel.merkmale:
            return nummern[rechnung.find_spalte(formel.merkmale[0])]
        schluessel = (formel.stuecke, rechnung.indikator.jahre)
        if schluessel not in nummern:
            nummern[schluessel] = erste + len(formeln)
            formeln.append((rechnung, formel))
        return nummern[schluessel]

    zaehler = tuple(place(rechnung, rechnung.zaehler) for rechnung in rechnungen)
    weitere = (
        tuple(place(rechnung, formel) if formel else None for rechnung, formel in zip(rechnungen, seite, strict=True))
        for seite in (
            [rechnung.nenner for rechnung in rechnungen],
            [rechnung.streuung for rechnung in rechnungen],
            [rechnung.fallzahl for rechnung in rechnungen],
        )
    )
    nenner, streuung, fallzahl = weitere
    return Plan(bedarf.spalten, tuple(formeln), zaehler, nenner, streuung, fallzahl)


def build_reihen(werte: pl.LazyFrame, jahre: pl.LazyFrame, plan: Plan, orte: int) -> pl.LazyFrame:
    """One row per indicator, year and area, in this order.

    Columns: reihe (position of the indicator), jahr, ort, `gruppe` (number of indicator and year), zaehler, nenner, grund,
    vermerk, `streuung` and `fallzahl` where an indicator has them, and `zeile_vorjahr` and `zeile_fuenfjahr` (row of the same series in the earlier year, null if none).
    """
    spalten = max(len(plan.spalten), 1)
    raster = fill_raster(werte, jahre, spalten, orte)
    if plan.formeln:
        raster = pl.concat([raster, _compute_formeln(raster, plan, spalten)], how="diagonal")
    laenge = pl.len() // (spalten + len(plan.formeln))
    nummer = pl.int_range(laenge * len(plan.zaehler))
    reihe, zeile = nummer // laenge, nummer % laenge

    zaehler, nenner = (
        _find_platz(spalte, spalten, len(plan.formeln), reihe, zeile, laenge) for spalte in (plan.zaehler, plan.nenner)
    )
    mittel = {name: spalte for name, spalte in (("streuung", plan.streuung), ("fallzahl", plan.fallzahl)) if any(
        nummer is not None for nummer in spalte
    )}  # fmt: skip
    return raster.select(
        reihe.alias("reihe"),
        pl.col("jahr").gather(zeile),
        (nummer % orte).alias("ort"),
        (nummer // orte).alias("gruppe"),
        pl.col("wert").gather(zaehler).alias("zaehler"),
        pl.col("wert").gather(nenner).alias("nenner"),
        *(
            pl.col("wert").gather(_find_platz(spalte, spalten, len(plan.formeln), reihe, zeile, laenge)).alias(name)
            for name, spalte in mittel.items()
        ),
        *(
            pl.max_horizontal(pl.col(name).gather(zaehler), pl.col(name).gather(nenner)).alias(name)
            for name in _TEILE[1:]
        ),
        *((pl.col(f"zeile_{name}").gather(zeile) + reihe * laenge).alias(f"zeile_{name}") for name in SPANNEN),
    )


def _find_platz(
    gesucht: tuple[int | None, ...], spalten: int, formeln: int, reihe: pl.Expr, zeile: pl.Expr, laenge: pl.Expr
) -> pl.Expr:
    """Place of a value: columns of the grid lie one after the other, behind them all formulas of each row together."""

    def look_up_each(werte: list[int | None]) -> pl.Expr:
        return pl.lit(pl.Series(werte, dtype=pl.Int64)).gather(reihe)

    beginn = look_up_each([None if nr is None else min(nr, spalten) for nr in gesucht]) * laenge
    if not formeln:
        return beginn + zeile
    rest = look_up_each([None if nr is None else max(nr - spalten, 0) for nr in gesucht])
    schritt = look_up_each([None if nr is None else 1 if nr < spalten else formeln for nr in gesucht])
    return beginn + rest + zeile * schritt


def _compute_formeln(raster: pl.LazyFrame, plan: Plan, spalten: int) -> pl.LazyFrame:
    """All formulas of each year and area, one below the other: wert, grund, vermerk."""
    laenge = pl.len() // spalten
    nummern = {spalte: nummer for nummer, spalte in enumerate(plan.spalten)}
    gebraucht: set[int] = set()
    ausdruecke: dict[str, list[pl.Expr]] = {name: [] for name in _TEILE}
    for rechnung, formel in plan.formeln:
        namen = {name: nummern[rechnung.find_spalte(name)] for name in formel.merkmale}
        gebraucht.update(namen.values())
        ausdruecke["wert"].append(
            formel.with_names({name: f"wert{nummer}" for name, nummer in namen.items()}.__getitem__)
        )
        for teil in _TEILE[1:]:
            teile = (pl.col(f"{teil}{nummer}") for nummer in namen.values())
            ausdruecke[teil].append(pl.max_horizontal(pl.lit(0, pl.Int8), *teile))
    breit = raster.select(
        pl.int_range(laenge).alias("zeile"),
        *(
            pl.col(name).slice(laenge * nummer, laenge).alias(f"{name}{nummer}")
            for nummer in sorted(gebraucht)
            for name in _TEILE
        ),
    )
    # Side by side in a list and then one below the other: both engines keep this order, that of an unpivot is not promised.
    return (
        breit.with_columns(
            expr.alias(f"{name}_{k}") for name, liste in ausdruecke.items() for k, expr in enumerate(liste)
        )
        .select(pl.concat_list(f"{name}_{k}" for k in range(len(plan.formeln))).alias(name) for name in _TEILE)
        .explode(_TEILE)
    )
