"""Findings about computed figures."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from sozialtool.fach.indikator import Indikator, Intervallart
from sozialtool.fach.quelle import Befund, Schwere


def check_zaehler_nenner(kennzahlen: pl.LazyFrame | pl.DataFrame, indikatoren: Iterable[Indikator]) -> list[Befund]:
    """List every share whose numerator exceeds its denominator, sorted by indicator, year and area.

    Only shares (Intervallart.WILSON) are looked at; a rate per population may exceed 1. The value stays, its interval is left
    out (fach/regeln.md section 2). `Befund.zelle` names indicator, area and year, because these figures have no cell.
    """
    anteile = {ind.kennung: ind.name for ind in indikatoren if ind.intervall is Intervallart.WILSON and not ind.stufe}
    zeilen = (
        kennzahlen.lazy()
        .filter(pl.col("indikator").is_in(list(anteile)) & pl.col("wert").is_not_null())
        .filter(pl.col("zaehler") > pl.col("nenner"))
        .sort("indikator", "jahr", "gebiet")
        .select("indikator", "jahr", "gebiet", "zaehler", "nenner")
        .collect()
    )
    return [
        Befund(
            code="RECHNEN-ZAEHLER-GROESSER",
            schwere=Schwere.HINWEIS,
            meldung=f"{kennung} {anteile[kennung]}, Gebiet {gebiet}, {jahr}: Der Zähler ({_plain(zaehler)}) ist größer als "
            f"der Nenner ({_plain(nenner)}).",
            vorschlag="Meist sind es zwei Register mit verschiedenen Stichtagen oder Altersgrenzen; bitte beide vergleichen.",
            zelle=f"{kennung} {gebiet} {jahr}",
        )
        for kennung, jahr, gebiet, zaehler, nenner in zeilen.iter_rows()
    ]


def _plain(zahl: float) -> str:
    """A count as it is read in German: no thousands separator, at most two decimals."""
    return f"{round(zahl, 2):.15g}".replace(".", ",")
