"""From dated Messwerte to one wide row per Gebiet and year: lagged and pooled Merkmale are columns like all others."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import polars as pl

from sozialtool.fach.indikator import Bruch, Indikator
from sozialtool.fach.messwert import Merkmal
from sozialtool.rechnen.formel import Formel, parse_formel, split_vor
from sozialtool.rechnen.rahmen import FEHLT, GRUND_CODE, encode_werte


@attrs.frozen
class Rechenspalte:
    """A column of the wide frame: a Merkmal, `vor` years earlier, summed over `jahre` years."""

    merkmal: str
    vor: int = 0
    jahre: int = 1

    @property
    def name(self) -> str:
        """Column name, the same as in a formula where nothing is pooled."""
        return (
            self.merkmal + (f"__vor{self.vor}" if self.vor else "") + (f"__jahre{self.jahre}" if self.jahre > 1 else "")
        )


@attrs.frozen
class Rechnung:
    """An indicator with its formulas parsed and the columns they need."""

    indikator: Indikator
    zaehler: Formel
    nenner: Formel | None
    bekannte: frozenset[str]

    @property
    def spalten(self) -> tuple[Rechenspalte, ...]:
        """Columns of numerator and denominator, each once, in order of appearance."""
        namen = self.zaehler.merkmale + (self.nenner.merkmale if self.nenner else ())
        return tuple(dict.fromkeys(self.find_spalte(name) for name in namen))

    def find_spalte(self, name: str) -> Rechenspalte:
        """Resolve a name of the formula."""
        merkmal, vor = (name, 0) if name in self.bekannte else split_vor(name)
        return Rechenspalte(merkmal, vor, max(self.indikator.jahre, 1))


def plan_rechnungen(indikatoren: Iterable[Indikator], merkmale: Iterable[Merkmal]) -> tuple[Rechnung, ...]:
    """Parse all formulas. Raises `FormelFehler` that names the indicator."""
    bekannte = frozenset(merkmal.schluessel for merkmal in merkmale)
    return tuple(
        Rechnung(
            indikator,
            parse_formel(indikator.zaehler, bekannte),
            parse_formel(indikator.nenner, bekannte) if indikator.nenner.strip() else None,
            bekannte,
        )
        for indikator in indikatoren
    )


def select_jahreswerte(messwerte: pl.LazyFrame, gebiete: pl.LazyFrame) -> pl.LazyFrame:
    """Pick the value of each year: columns gebiet, ebene, merkmal, jahr, jahre (1: single year), wert, grund, vermerk.

    Of several Stände in a year the one counts that most levels have, and of those the latest: a monthly series of the
    town must not be set against Sozialräume of another month. Rows of unknown areas are left out.
    """
    bekannt = gebiete.select("gebiet", "ebene")
    werte = messwerte.join(bekannt, on="gebiet", how="inner").with_columns(
        pl.col("stand").dt.year().cast(pl.Int64).alias("jahr"),
        pl.col("jahre").fill_null(0).clip(lower_bound=1).alias("jahre"),
        *encode_werte(),
    )
    zeit = ["merkmal", "jahr", "jahre"]
    gewaehlt = (
        werte.group_by([*zeit, "stand"])
        .agg(pl.col("ebene").n_unique().alias("ebenen"))
        .sort([*zeit, "ebenen", "stand"])
        .group_by(zeit, maintain_order=True)
        .agg(pl.col("stand").last())
    )
    return werte.join(gewaehlt, on=[*zeit, "stand"], how="semi").select(
        "gebiet", "ebene", *zeit, "wert", "grund", "vermerk"
    )


def build_breit(
    jahreswerte: pl.LazyFrame, raster: pl.LazyFrame, spalten: Iterable[Rechenspalte], brueche: Iterable[Bruch]
) -> pl.LazyFrame:
    """One row per gebiet × jahr of `raster`; per column c its value `c`, `grund_c` and `vermerk_c`.

    Own sums over several years give way to delivered ones of the same length; a sum across a Bruch has the reason BRUCH.
    """
    liste = sorted(set(spalten), key=lambda spalte: spalte.name)
    lang = jahreswerte.select("gebiet", "merkmal", "jahr", "jahre", "wert", "grund", "vermerk")
    # One number per row of the raster: a pivot over it takes half the time of one over two text keys.
    zeilen = raster.with_row_index("zeile")
    bruchliste = tuple(brueche)
    laengen = sorted({spalte.jahre for spalte in liste} - {1})
    teile = [lang, *(_pool(lang, n, {s.merkmal for s in liste if s.jahre == n}, bruchliste) for n in laengen)]
    bedarf = pl.DataFrame(
        {
            "merkmal": [spalte.merkmal for spalte in liste],
            "jahre": [spalte.jahre for spalte in liste],
            "vor": [spalte.vor for spalte in liste],
            "spalte": [spalte.name for spalte in liste],
        },
        schema={"merkmal": pl.String, "jahre": pl.Int64, "vor": pl.Int64, "spalte": pl.String},
    ).lazy()
    breit = (
        pl.concat(teile)
        .join(bedarf, on=["merkmal", "jahre"], how="inner")
        .with_columns(pl.col("jahr") + pl.col("vor"))
        .join(zeilen.select("gebiet", "jahr", "zeile"), on=["gebiet", "jahr"], how="inner")
        .pivot(
            "spalte",
            on_columns=[spalte.name for spalte in liste],
            index="zeile",
            values=["wert", "grund", "vermerk"],
            aggregate_function="max",
        )
        .rename({f"wert_{spalte.name}": spalte.name for spalte in liste})
    )
    return zeilen.join(breit, on="zeile", how="left")


def _pool(lang: pl.LazyFrame, jahre: int, merkmale: set[str], brueche: tuple[Bruch, ...]) -> pl.LazyFrame:
    """Sums over `jahre` years ending with `jahr`, where no sum of that length was delivered."""
    schluessel = ["gebiet", "merkmal", "jahr"]
    quer = [(bruch.merkmal, bruch.ab_jahr + abstand) for bruch in brueche for abstand in range(jahre - 1)]
    quer_rahmen = pl.DataFrame(sorted(set(quer)), schema={"merkmal": pl.String, "jahr": pl.Int64}, orient="row").lazy()
    geliefert = lang.filter(pl.col("jahre") == jahre)
    summe = (
        lang.filter((pl.col("jahre") == 1) & pl.col("merkmal").is_in(sorted(merkmale)))
        .join(pl.LazyFrame({"abstand": list(range(jahre))}, schema={"abstand": pl.Int64}), how="cross")
        .with_columns(pl.col("jahr") + pl.col("abstand"))
        .group_by(schluessel)
        .agg(pl.col("wert").sum(), pl.col("grund").max(), pl.col("vermerk").max(), pl.len().alias("anzahl"))
        .join(geliefert, on=schluessel, how="anti")
        .join(quer_rahmen.with_columns(pl.lit(value=True).alias("quer")), on=["merkmal", "jahr"], how="left")
        .with_columns(
            pl.max_horizontal(
                "grund",
                pl.when(pl.col("anzahl") < jahre).then(pl.lit(FEHLT, pl.Int8)),
                pl.when(pl.col("quer")).then(pl.lit(GRUND_CODE["BRUCH"], pl.Int8)),
            ).alias("grund")
        )
    )
    return summe.select(
        *schluessel,
        pl.lit(jahre, pl.Int64).alias("jahre"),
        pl.when(pl.col("grund") == 0).then(pl.col("wert")).alias("wert"),
        "grund",
        "vermerk",
    )
