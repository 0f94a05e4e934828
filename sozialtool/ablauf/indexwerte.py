"""Released figures as an index or a distribution needs them: unrounded rates, counts by area, what is secret."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sozialtool.ablauf.vereinbarungen import needed_merkmale
from sozialtool.fach import raum
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet

if TYPE_CHECKING:
    import polars as pl

    from sozialtool.ablauf.kennzahlen import Ergebnis, Grundlage


def build_index_frame(ergebnis: Ergebnis, kennungen: Sequence[str], jahr: int, ebene: str = "") -> pl.DataFrame:
    """Return one row per area of a level ("": the planning level) without the rest, one column per indicator.

    Released rates are rounded to what is shown, but classes and ranks must come from unrounded values (fach/regeln.md
    section 3): where numerator and denominator are released, the rate is computed again from them.
    """
    import polars as pl

    je_kennung = {indikator.kennung: indikator for indikator in ergebnis.grundlage.indikatoren}
    faktor = {kennung: je_kennung[kennung].faktor for kennung in kennungen}
    genau = pl.col("zaehler") / pl.col("nenner") * pl.col("indikator").replace_strict(faktor, return_dtype=pl.Float64)
    auswahl = ergebnis.tabelle.kennzahlen.filter(
        (pl.col("jahr") == jahr)
        & pl.col("indikator").is_in(list(kennungen))
        & (pl.col("ebene") == (ebene or ergebnis.grundlage.planungsebene))
        & (pl.col("gebiet") != raum.NICHT_ZUZUORDNEN)
    ).with_columns(wert=pl.when(pl.col("wert").is_not_null()).then(pl.coalesce(genau, pl.col("wert"))))
    breit = auswahl.pivot("indikator", index="gebiet", values="wert")
    fehlend = [pl.lit(None, pl.Float64).alias(name) for name in kennungen if name not in breit.columns]
    return breit.with_columns(fehlend).select("gebiet", *kennungen)


def list_gebiete(ergebnis: Ergebnis) -> tuple[Gebiet, ...]:
    """List the areas of the planning level in their order, without "nicht zuzuordnen"."""
    ebene = ergebnis.grundlage.planungsebene
    return tuple(g for g in ergebnis.grundlage.ordered_gebiete() if g.ebene == ebene and not g.ist_rest)


def read_merkmal(ergebnis: Ergebnis, merkmal: str, jahr: int) -> dict[str, float | None]:
    """Return the released figures of a Merkmal by area; None where it is secret or missing, no entry where not released."""
    import polars as pl

    zeilen = ergebnis.tabelle.messwerte.filter((pl.col("merkmal") == merkmal) & (pl.col("stand").dt.year() == jahr))
    # Of several dates in a year the last one counts, and a single year before a sum over several that ends in it.
    folge = zeilen.sort("stand", pl.col("jahre").fill_null(0), descending=[False, True])
    return dict(folge.select("gebiet", "wert").iter_rows())


def find_geheime(ergebnis: Ergebnis, kennungen: list[str], jahr: int) -> frozenset[tuple[str, str]]:
    """Return (Kennung, area) of the figures of a year that are kept secret."""
    import polars as pl

    zeilen = ergebnis.tabelle.kennzahlen.filter(
        (pl.col("jahr") == jahr) & pl.col("indikator").is_in(kennungen) & (pl.col("zeichen") == Zeichen.GEHEIM.name)
    )
    return frozenset(zeilen.select("indikator", "gebiet").iter_rows())


def find_bruch(grundlage: Grundlage, indikator: Indikator, von: int, bis: int) -> str:
    """Say why an indicator means something else in the year `bis` than in the earlier year `von`; "" where it does not."""
    merkmale = needed_merkmale(indikator)
    return next((b.grund for b in grundlage.brueche if b.merkmal in merkmale and von < b.ab_jahr <= bis), "")
