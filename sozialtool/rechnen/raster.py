"""The computing grid: every column, year and area has a fixed place, so that a neighbour is a position and not a join.

Rows of the grid are numbered `(spalte · Jahre + jahr) · Orte + ort`. Areas and Merkmale are small integers inside; text comes
back at the very end. Why: docs/entscheidungen/rechnen-geschwindigkeit.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import polars as pl

from sozialtool.fach.raum import NICHT_ZUZUORDNEN, STADT
from sozialtool.rechnen.rahmen import FEHLT

SPANNEN = {"vorjahr": 1, "fuenfjahr": 5}
"""Column of the change → distance in years."""


@attrs.frozen
class Orte:
    """Areas by number: first those that get figures, in the town's order, then those that only decide which Stand counts.

    Attributes:
        gebiete: key of each area.
        ebenen: level of each area.
        anzahl: how many of them get figures.
    """

    gebiete: tuple[str, ...]
    ebenen: tuple[str | None, ...]
    anzahl: int

    def is_stadt(self) -> pl.Expr:
        """Whether the area of the row is the town."""
        return look_up([ebene == STADT for ebene in self.ebenen], "ort")

    def is_teil(self) -> pl.Expr:
        """Whether the area of the row is compared with the town: neither the town nor "nicht zuzuordnen"."""
        teile = [
            ebene != STADT and gebiet != NICHT_ZUZUORDNEN
            for gebiet, ebene in zip(self.gebiete, self.ebenen, strict=True)
        ]
        return look_up(teile, "ort")

    def number_ebenen(self) -> list[int]:
        """Levels as small integers."""
        namen = list(dict.fromkeys(self.ebenen))
        return [namen.index(ebene) for ebene in self.ebenen]

    def group_raenge(self) -> pl.Expr | None:
        """Number of the group within a year in which the area is ranked; None when one group is enough.

        The town has no rank, so it may stand in any group: a town with one level has one group, in the order of the rows.
        """
        ebenen = self.ebenen[: self.anzahl]
        namen = list(dict.fromkeys(ebene for ebene in ebenen if ebene != STADT))
        if len(namen) < 2:
            return None
        nummern = [0 if ebene == STADT else namen.index(ebene) for ebene in ebenen]
        return pl.col("gruppe") * len(namen) + look_up(nummern, "ort")


def read_orte(gebiete: pl.LazyFrame, ebenen: Sequence[str]) -> Orte:
    """Collect the frame GEBIETE (a town has a few hundred areas at most) and number its areas."""
    liste = (
        gebiete.select("gebiet", "ebene", "reihenfolge", pl.col("ebene").is_in(list(ebenen)).alias("zaehlt"))
        .with_columns(pl.col("zaehlt").fill_null(value=False))
        .collect(engine="in-memory")
        .unique("gebiet", keep="first", maintain_order=True)
        .sort(pl.col("zaehlt").not_(), "reihenfolge", "gebiet")
    )
    return Orte(tuple(liste["gebiet"]), tuple(liste["ebene"]), int(liste["zaehlt"].sum()))


def number(spalte: str, namen: Iterable[str]) -> pl.Expr:
    """Text → its position in `namen`, null when it is none of them."""
    return pl.col(spalte).cast(pl.Enum(list(namen)), strict=False).to_physical().cast(pl.Int64)


def look_up(werte: Sequence[Any], nummer: str) -> pl.Expr:
    """Value that belongs to the number in a column; a plain literal when all are the same, so that whole branches fold away."""
    if len(set(werte)) == 1 and werte[0] is not None:
        return pl.lit(werte[0])
    return pl.lit(pl.Series(list(werte))).gather(pl.col(nummer))


def build_jahre(messwerte: pl.LazyFrame) -> pl.LazyFrame:
    """The years of the grid: columns jahr, `nr_jahr` (position), `jahre_gesamt`, and the positions of earlier years.

    `nr_vorjahr` and `nr_fuenfjahr` are null where that year has no figures at all.
    """
    jahr = pl.col("jahr")
    jahre = (
        messwerte.select(pl.col("stand").unique().dt.year().cast(pl.Int64).alias("jahr"))
        .drop_nulls()
        .select(jahr.unique().sort())
        .with_columns(pl.int_range(pl.len()).alias("nr_jahr"), pl.len().cast(pl.Int64).alias("jahre_gesamt"))
    )
    # A year `spanne` years ago is at most so many rows back.
    return jahre.with_columns(
        pl.coalesce(
            pl.when(jahr.shift(schritt) == jahr - spanne).then(pl.col("nr_jahr") - schritt)
            for schritt in range(1, spanne + 1)
        ).alias(f"nr_{name}")
        for name, spanne in SPANNEN.items()
    )


def fill_raster(werte: pl.LazyFrame, jahre: pl.LazyFrame, spalten: int, orte: int) -> pl.LazyFrame:
    """Put values (`platz`, wert, grund, vermerk) into the grid of so many columns, all years, so many areas.

    Every place has a row, in order: wert, grund (FEHLT where nothing is), vermerk, jahr, and `zeile_vorjahr` and
    `zeile_fuenfjahr`: place of the same area in the earlier year, within its column.
    """
    je_jahr = pl.int_range(pl.len() * spalten * orte) // orte % pl.len()
    ort = pl.int_range(pl.len() * spalten * orte) % orte
    platz = jahre.select(
        pl.int_range(pl.len() * spalten * orte).alias("platz"),
        pl.col("jahr").gather(je_jahr),
        *((pl.col(f"nr_{name}").gather(je_jahr) * orte + ort).alias(f"zeile_{name}") for name in SPANNEN),
    )
    # A doubled delivery must not shift the grid: its strongest reason and largest value count.
    einzeln = werte.group_by("platz").agg(pl.col("wert", "grund", "vermerk").max())
    return platz.join(einzeln, on="platz", how="left", maintain_order="left").with_columns(
        pl.col("grund").fill_null(FEHLT), pl.col("vermerk").fill_null(0)
    )
