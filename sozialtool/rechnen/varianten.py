"""How a Variante of the Sozialräume divides the town: size, evenness, homogeneity, small counts, what is cut.

An assignment is a mapping smallest area → Sozialraum.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import attrs
import polars as pl

from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.strasse import Strassenabschnitt

_GANZ = 1e-12


@attrs.frozen
class Verteilung:
    """How evenly people are spread over Sozialräume.

    Attributes:
        anzahl: number of Sozialräume with a figure.
        kleinster, groesster, mittel: inhabitants.
        abweichung: largest deviation from the mean in percent of the mean, as § 3 Abs. 1 Nr. 3 BWahlG measures constituencies
            (there 15 % should and 25 % must not be exceeded).
        gleichmaessigkeit: Pielou's evenness J = −Σ p·ln p / ln N with p = share of a Sozialraum; 1 = all the same size
            (E. C. Pielou 1966, J. Theoretical Biology 13, 131–144). None below two Sozialräume.
    """

    anzahl: int
    kleinster: float
    groesster: float
    mittel: float
    abweichung: float
    gleichmaessigkeit: float | None

    @property
    def verhaeltnis(self) -> float | None:
        """How many times as large the largest is as the smallest; None where the smallest is empty."""
        return self.groesster / self.kleinster if self.kleinster > 0 else None


def describe_verteilung(einwohner: Iterable[float]) -> Verteilung | None:
    """Describe range and evenness of the inhabitants of Sozialräume; None without people."""
    zahlen = sorted(einwohner)
    summe = math.fsum(zahlen)
    if not zahlen or summe <= 0:
        return None
    mittel = summe / len(zahlen)
    weiteste = max(abs(zahlen[0] - mittel), abs(zahlen[-1] - mittel))
    entropie = -math.fsum(z / summe * math.log(z / summe) for z in zahlen if z > 0)
    gleich = entropie / math.log(len(zahlen)) if len(zahlen) > 1 else None
    return Verteilung(len(zahlen), zahlen[0], zahlen[-1], mittel, weiteste / mittel * 100, gleich)


def compute_streuung(
    kennzahlen: pl.LazyFrame | pl.DataFrame, zuordnung: Mapping[str, str], indikatoren: Iterable[Indikator]
) -> pl.DataFrame:
    """Split the variance of each rate into one part between and one within Sozialräume.

    With x, n of the smallest areas, r = x/n, R of a Sozialraum = Σx/Σn, r₀ of all together:
    zwischen = Σ N·(R − r₀)² / Σ n·(r − r₀)², innen = 1 − zwischen. This is the correlation ratio η² with the denominators as
    weights (K. Pearson 1905; one-way analysis of variance, R. A. Fisher 1925). A high `zwischen` says that the Sozialräume are
    alike inside and differ from each other. It grows with the number of Sozialräume by itself: compare Varianten with about
    as many.

    Args:
        kennzahlen: frame KENNZAHLEN with rows of the smallest areas.
        zuordnung: smallest area → Sozialraum.
        indikatoren: those to look at; only rates (with a denominator) that are no classes count.

    Returns:
        Rows indikator, jahr, gebiete (with a rate), ohne (without one), zwischen, innen (0 … 1; null where nothing varies),
        niedrigster and hoechster rate of a Sozialraum in the unit of the indicator; sorted.
    """
    faktor = {ind.kennung: float(ind.faktor) for ind in indikatoren if ind.nenner and not ind.stufe}
    zeilen = _join_raeume(kennzahlen.lazy().filter(pl.col("indikator").is_in(list(faktor))), zuordnung)
    x, n, r0 = pl.col("x"), pl.col("n"), pl.col("x0") / pl.col("n0")
    je = ["indikator", "jahr"]
    gesamt = zeilen.group_by(je).agg(
        x.sum().alias("x0"), n.sum().alias("n0"),
        pl.col("da").sum().cast(pl.Int64).alias("gebiete"), (~pl.col("da")).sum().cast(pl.Int64).alias("ohne"),
    )  # fmt: skip
    quadrate = (n * (x / n - r0).pow(2)).sum()
    innen = zeilen.filter("da").join(gesamt, on=je).group_by(je).agg(quadrate.alias("alles"))
    quote = x / n * pl.col("indikator").replace_strict(faktor or {"": 1.0}, return_dtype=pl.Float64)
    zwischen = (
        zeilen.group_by(*je, "raum")
        .agg(x.sum(), n.sum())
        .filter(n > 0)
        .join(gesamt, on=je)
        .group_by(je)
        .agg(quadrate.alias("zw"), quote.min().alias("niedrigster"), quote.max().alias("hoechster"))
    )
    anteil = pl.when(pl.col("alles") > _GANZ).then((pl.col("zw") / pl.col("alles")).clip(0.0, 1.0))
    spalten = ("gebiete", "ohne", anteil.alias("zwischen"), (1 - anteil).alias("innen"), "niedrigster", "hoechster")
    return gesamt.join(innen, on=je).join(zwischen, on=je).select(*je, *spalten).sort(je).collect()


def _join_raeume(kennzahlen: pl.LazyFrame, zuordnung: Mapping[str, str]) -> pl.LazyFrame:
    """Smallest areas with their Sozialraum, numerator x and denominator n (0 where there is no rate, `da` says which)."""
    plan = {"gebiet": list(zuordnung), "raum": list(zuordnung.values())}
    hat = (pl.col("wert").is_not_null() & (pl.col("nenner") > 0)).fill_null(value=False)
    return (
        kennzahlen.join(pl.LazyFrame(plan, schema={"gebiet": pl.String, "raum": pl.String}), on="gebiet")
        .with_columns(hat.alias("da"))
        .with_columns(pl.when("da").then(von).otherwise(0.0).alias(n) for von, n in (("zaehler", "x"), ("nenner", "n")))
    )


def count_kleine(
    messwerte: pl.LazyFrame | pl.DataFrame, raeume: Iterable[str], merkmale: Iterable[Merkmal]
) -> tuple[int, int]:
    """Count the cells of Sozialräume that are secret by themselves, and all cells with a figure or a secret.

    Secret is a count of 1 … n−1 (n = Mindestfallzahl of the Merkmal, 0: never) and what its source keeps secret (fach/regeln.md
    section 4); what must be hidden so that nobody computes these is not in it.

    Args:
        messwerte: frame MESSWERTE of every level, as `aggregate_gebiete` gives it, of the years that count.
        raeume: keys of the Sozialräume.
        merkmale: only additive ones are looked at.
    """
    grenze = {merkmal.schluessel: merkmal.mindestfallzahl for merkmal in merkmale if merkmal.art.additiv}
    zellen = (
        messwerte.lazy()
        .filter(pl.col("gebiet").is_in(list(raeume)) & pl.col("merkmal").is_in(list(grenze)))
        .with_columns(pl.col("merkmal").replace_strict(grenze or {"": 0}, return_dtype=pl.Int64).alias("grenze"))
    )
    von_quelle = (pl.col("zeichen") == "GEHEIM").fill_null(value=False)
    klein = von_quelle | ((pl.col("wert") > 0) & (pl.col("wert") < pl.col("grenze"))).fill_null(value=False)
    geheim, alle = (
        zellen.select(klein.sum().alias("k"), (von_quelle | pl.col("wert").is_not_null()).sum().alias("a"))
        .collect()
        .row(0)
    )
    return int(geheim), int(alle)


def find_zerschnitten(paare: Iterable[tuple[str, str]], zuordnung: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Name the areas of a level that cuts across which lie in several Sozialräume.

    Args:
        paare: (area that cuts across, smallest area it has a part of).
        zuordnung: smallest area → Sozialraum; smallest areas without one are left out.

    Returns:
        area → its Sozialräume, both sorted; only those with more than one.
    """
    je: dict[str, set[str]] = {}
    for quer, gebiet in paare:
        if gebiet in zuordnung:
            je.setdefault(quer, set()).add(zuordnung[gebiet])
    return {quer: tuple(sorted(raeume)) for quer, raeume in sorted(je.items()) if len(raeume) > 1}


@attrs.frozen
class Seitenwechsel:
    """A section of a street that changes from one Sozialraum to another ("" : none)."""

    abschnitt: Strassenabschnitt
    von: str
    nach: str


def find_seitenwechsel(
    abschnitte: Sequence[Strassenabschnitt], alt: Mapping[str, str], neu: Mapping[str, str]
) -> tuple[Seitenwechsel, ...]:
    """List the sections of streets whose Sozialraum differs between two assignments, by name of the street and number.

    A Sozialraum is the same when its key is: a Variante starts as a copy and keeps the keys.
    """
    wechsel = [
        Seitenwechsel(abschnitt, alt.get(abschnitt.gebiet, ""), neu.get(abschnitt.gebiet, ""))
        for abschnitt in abschnitte
        if alt.get(abschnitt.gebiet, "") != neu.get(abschnitt.gebiet, "")
    ]
    return tuple(sorted(wechsel, key=lambda w: (w.abschnitt.name, w.abschnitt.strasse, w.abschnitt.nummer)))
