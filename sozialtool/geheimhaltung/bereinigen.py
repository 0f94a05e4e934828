"""Take out of the frames what must not leave, together with everything from which it could be read."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterable, Mapping

import polars as pl

from sozialtool.fach.indikator import Indikator, Intervallart
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.rahmen import KENNZAHLEN, MESSWERTE
from sozialtool.geheimhaltung.bestand import ALS_NULL, Bestand
from sozialtool.geheimhaltung.werte import Ort

_EIGENE = (
    "zaehler", "wert", "unten", "oben", "verhaeltnis", "lage", "rang", "rang_von", "rang_bis",
    "vorjahr", "fuenfjahr",
)  # fmt: skip
_SCHLUESSEL = ("indikator", "jahr", "gebiet")

_Gezeigt = tuple[str, float, float | None, float | None, int | None]
"""Gebiet, value, lower and upper limit, first rank (None: no span is given) of a row that is shown."""


def clean_messwerte(
    messwerte: pl.DataFrame, bestand: Bestand, gesperrt: Collection[Ort], sichtbar: Collection[Ort]
) -> pl.DataFrame:
    """Keep the rows of `sichtbar` cells (latest Stand of a year), with suppressed values null and GEHEIM."""
    zeilen = [
        (ort.gebiet, ort.merkmal.partition("@")[0], bestand.werte[ort].stand, bestand.werte[ort].jahre, ort in gesperrt)
        for ort in sorted(sichtbar)
    ]
    schema = {"gebiet": pl.String, "merkmal": pl.String, "stand": pl.Date, "jahre": pl.Int64, "_zu": pl.Boolean}
    auswahl = pl.DataFrame(zeilen, schema=schema, orient="row")
    ohne_zahl = pl.col("zeichen").is_not_null() & ~pl.col("zeichen").is_in(["", *ALS_NULL])
    frame = (
        messwerte.select(list(MESSWERTE.schema))
        .with_columns(pl.col("jahre").cast(pl.Int64))
        .join(auswahl, on=["gebiet", "merkmal", "stand", "jahre"], how="inner", nulls_equal=True)
        .sort("merkmal", "stand", "jahre", "gebiet")
        .with_columns(
            pl.when(pl.col("_zu") | ohne_zahl).then(None).otherwise(pl.col("wert")).alias("wert"),
            pl.when("_zu").then(pl.lit(Zeichen.GEHEIM.name)).otherwise(pl.col("zeichen")).alias("zeichen"),
            # "( )" stands where a source counts few: it would tell the small ones from those that shield them.
            pl.when(~pl.col("_zu")).then(pl.col("vermerk")).alias("vermerk"),
        )
        .drop("_zu")
        .unique(["gebiet", "merkmal", "stand", "jahre"], keep="first", maintain_order=True)
    )
    return _rebuild(frame)


def clean_kennzahlen(
    kennzahlen: pl.DataFrame,
    gesperrt: Collection[tuple[str, int, str]],
    nenner_gesperrt: Collection[tuple[str, int, str]],
    indikatoren: Iterable[Indikator],
    stadt: str,
) -> pl.DataFrame:
    """Null suppressed rows, comparisons with suppressed rows, and ranks; round to what is shown.

    Limits of a mean tell the sum of squares behind it, which no relation covers: where one area of a year is secret, those of the
    others go too, or the secret one could be told from the rest.

    Args:
        kennzahlen: the rows to release, schema `rahmen.KENNZAHLEN`.
        gesperrt: suppressed rows as (indikator, jahr, gebiet).
        nenner_gesperrt: those of them whose denominator is secret as well.
        indikatoren: for the decimals.
        stadt: level of the town, whose row gives `stadtwert`.
    """
    schema = {"indikator": pl.String, "jahr": pl.Int64, "gebiet": pl.String, "_nenner_zu": pl.Boolean}
    sperre = pl.DataFrame(
        [(*zeile, zeile in nenner_gesperrt) for zeile in sorted(gesperrt)], schema=schema, orient="row"
    ).with_columns(_zu=True)
    frame = (
        kennzahlen.select(list(KENNZAHLEN.schema))
        .with_columns(pl.col("jahr").cast(pl.Int64))
        .sort(_SCHLUESSEL)
        .join(sperre, on=_SCHLUESSEL, how="left", maintain_order="left")
        .with_columns(pl.col("_zu").fill_null(pl.col("zeichen").eq_missing(Zeichen.GEHEIM.name)))
    )
    liste = list(indikatoren)
    mittelwerte = [i.kennung for i in liste if i.intervall is Intervallart.MITTELWERT]
    frame = _hide_vergleiche(_hide_mittelspannen(_hide_zeilen(frame), mittelwerte), stadt)
    frame = _rank(frame)
    stellen = {indikator.kennung: indikator.nachkommastellen for indikator in liste}
    return _rebuild(_round(frame, stellen).select(list(KENNZAHLEN.schema)))


def _rebuild(frame: pl.DataFrame) -> pl.DataFrame:
    """Build the frame anew from its visible values: a masked null keeps the number below it in memory and in files.

    A column without a null hides nothing; it is taken as it is.
    """
    neu = [s if not s.null_count() else pl.Series(s.name, s.to_list(), dtype=s.dtype) for s in frame.iter_columns()]
    return pl.DataFrame(neu)


def _hide_zeilen(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(
        *(pl.when("_zu").then(None).otherwise(pl.col(name)).alias(name) for name in _EIGENE),
        pl.when("_nenner_zu").then(None).otherwise(pl.col("nenner")).alias("nenner"),
        pl.when("_zu").then(pl.lit(Zeichen.GEHEIM.name)).otherwise(pl.col("zeichen")).alias("zeichen"),
        # "eingeschränkt" would say that more are counted than there are people.
        pl.when("_zu").then(None).otherwise(pl.col("vermerk")).alias("vermerk"),
    )


def _hide_mittelspannen(frame: pl.DataFrame, mittelwerte: Collection[str]) -> pl.DataFrame:
    """Take limits, and what follows from them, out of each year of a mean in which an area is secret."""
    if not mittelwerte:
        return frame
    geheim = pl.col("indikator").is_in(list(mittelwerte)) & pl.col("_zu").any().over("indikator", "jahr")
    spalten = ("unten", "oben", "lage", "rang_von", "rang_bis")
    return frame.with_columns(pl.when(~geheim).then(pl.col(name)).alias(name) for name in spalten)


def _hide_vergleiche(frame: pl.DataFrame, stadt: str) -> pl.DataFrame:
    """Null what compares with a figure that is not itself in the release: earlier years, the town."""
    offen = frame.filter(pl.col("wert").is_not_null())
    for spalte, abstand in (("vorjahr", 1), ("fuenfjahr", 5)):
        frueher = offen.select("indikator", pl.col("jahr") + abstand, "gebiet").with_columns(_da=True)
        frame = (
            frame.join(frueher, on=_SCHLUESSEL, how="left", maintain_order="left")
            .with_columns(pl.when("_da").then(pl.col(spalte)).otherwise(None).alias(spalte))
            .drop("_da")
        )
    staedte = offen.filter(pl.col("ebene") == stadt).select("indikator", "jahr").unique().with_columns(_da=True)
    frame = frame.join(staedte, on=["indikator", "jahr"], how="left", maintain_order="left")
    return frame.with_columns(
        pl.when("_da").then(pl.col(name)).otherwise(None).alias(name) for name in ("stadtwert", "verhaeltnis", "lage")
    ).drop("_da")


def _rank(frame: pl.DataFrame) -> pl.DataFrame:
    """Rank anew among the rows that are shown: gaps would tell between which values a secret one lies."""
    gezeigt = frame.filter(pl.col("rang").is_not_null() & pl.col("wert").is_not_null())
    spalten = gezeigt.select(*_SCHLUESSEL, "ebene", "wert", "unten", "oben", "rang_von")
    gruppen: dict[tuple[str, int, str], list[_Gezeigt]] = {}
    for indikator, jahr, gebiet, ebene, *zahlen in spalten.iter_rows():
        gruppen.setdefault((indikator, jahr, ebene), []).append((gebiet, *zahlen))
    raenge = [
        (indikator, jahr, *rang) for (indikator, jahr, _), gruppe in gruppen.items() for rang in _rank_gruppe(gruppe)
    ]
    schema = {
        "indikator": pl.String, "jahr": pl.Int64, "gebiet": pl.String,
        "rang": pl.Int64, "rang_von": pl.Int64, "rang_bis": pl.Int64,
    }  # fmt: skip
    neu = pl.DataFrame(raenge, schema=schema, orient="row")
    return frame.drop("rang", "rang_von", "rang_bis").join(neu, on=_SCHLUESSEL, how="left", maintain_order="left")


def _rank_gruppe(gruppe: list[_Gezeigt]) -> list[tuple[str, int, int | None, int | None]]:
    """Rank and span of ranks of each; an area without limits counts with its value."""
    werte = sorted(wert for _, wert, *_ in gruppe)
    von = sorted(wert if unten is None else unten for _, wert, unten, _, _ in gruppe)
    bis = sorted(wert if oben is None else oben for _, wert, _, oben, _ in gruppe)
    n, ergebnis = len(gruppe), []
    for gebiet, wert, unten, oben, rang_von in gruppe:
        spanne: tuple[int | None, int | None] = (None, None)
        if unten is not None and oben is not None and rang_von is not None:
            spanne = (1 + n - bisect.bisect_right(von, oben), n - bisect.bisect_left(bis, unten))
        ergebnis.append((gebiet, 1 + n - bisect.bisect_right(werte, wert), *spanne))
    return ergebnis


def _round(frame: pl.DataFrame, stellen: Mapping[str, int]) -> pl.DataFrame:
    """Round to the decimals of the Indikator; counts that are not whole (weighted areas) to two."""
    teile = []
    for (kennung,), teil in frame.partition_by("indikator", as_dict=True, maintain_order=True).items():
        n = max(0, stellen.get(str(kennung), 1))
        spalten = ("wert", "unten", "oben", "stadtwert", "vorjahr", "fuenfjahr")
        teile.append(
            teil.with_columns(
                *(_runde(pl.col(name), n) for name in spalten),
                *(_runde(pl.col(name), 2) for name in ("verhaeltnis", "zaehler", "nenner")),
            )
        )
    return pl.concat(teile) if teile else frame


def _runde(wert: pl.Expr, stellen: int) -> pl.Expr:
    """Round as `fach.schreibweise.runde`: half away from zero, 15 digits; Polars alone would make 6.2 of 6.25 (half to even)."""
    stufe = 10.0**stellen
    gerundet = (wert * stufe).round_sig_figs(15).round(0, mode="half_away_from_zero") / stufe
    return gerundet.round(stellen) + 0.0  # the quotient may end in …0001; no negative zero
