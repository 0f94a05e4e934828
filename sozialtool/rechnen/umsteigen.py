"""Figures of one Gebietsstand converted to another: counts by weights, everything else refused with a reason.

Rules: fach/regeln.md section 5. Rates are not converted; `compute_kennzahlen` computes them anew from what comes out here.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import polars as pl

from sozialtool.fach.messwert import Merkmal, Merkmalart
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.rahmen import MESSWERTE
from sozialtool.fach.raum import NICHT_ZUZUORDNEN
from sozialtool.fach.schreibweise import name_einige
from sozialtool.rechnen.rahmen import FEHLT, GRUND_CODE, VERMERK_CODE, decode_grund, decode_vermerk, encode_werte
from sozialtool.rechnen.umsteigeschluessel import Umsteigeschluessel

_ZEIT = ["merkmal", "stand", "jahre"]
_STELLEN = 9
_WARUM = {
    Merkmalart.DURCHSCHNITT: "ein Durchschnitt oder Median der Teile ergibt nicht den des Ganzen",
    Merkmalart.ANTEIL: "Quoten werden aus umgerechneten Anzahlen neu gebildet, nicht gemittelt",
    Merkmalart.HOECHSTWERT: "der größte Wert eines Teils ist nicht der des neuen Gebiets",
    Merkmalart.STUFE: "Klassen und Stufen lassen sich nicht zusammenzählen",
}


LANDFLAECHE = ("ha", "km²", "qkm")
"""Units of land; of a town's figures only its surface is measured in them."""
ABGELEITET = pl.lit(GRUND_CODE["ABGELEITET"], pl.Int8)
_LAND = "eine Fläche lässt sich nicht nach Einwohnern aufteilen"


@attrs.frozen
class Umrechnung:
    """Converted figures (frame MESSWERTE, sorted) and what could not be converted."""

    messwerte: pl.DataFrame
    befunde: tuple[Befund, ...] = ()


def convert_messwerte(
    messwerte: pl.LazyFrame, schluessel: Umsteigeschluessel, merkmale: Iterable[Merkmal]
) -> Umrechnung:
    """Convert figures of the source areas to the target areas: Σ weight · value.

    A sum is GESCHAETZT unless every part lies in its target as a whole, or the shares were counted for just this Merkmal and
    Stand. A missing part makes the sum missing, with the strongest reason (a secret stays secret); a source area without a
    figure at a time at which others have one is FEHLT, "nicht zuzuordnen" excepted. What does not add up (averages, medians,
    rates, classes) is kept only where an area merely changes its key; elsewhere the row says ABGELEITET and a Befund why.
    "nicht zuzuordnen" stays itself unless the key says otherwise. An area of land is summed up but never split: the shares are
    those of people, and land does not lie where they live (fach/regeln.md section 5).

    Args:
        messwerte: frame MESSWERTE of the source areas; rows of other areas are left out with a finding.
        schluessel: checked shares.
        merkmale: descriptions; an unknown Merkmal is refused like one that does not add up.
    """
    arten = {merkmal.schluessel: merkmal for merkmal in merkmale}
    roh = messwerte.select(list(MESSWERTE.schema)).with_columns(pl.col("jahre").fill_null(0)).collect()
    anteile = _with_rest(schluessel.anteile)
    zeiten = roh.filter(pl.col("gebiet").is_in(anteile["von"].unique().to_list())).select(_ZEIT).unique()
    additiv = [name for name, merkmal in arten.items() if merkmal.art.additiv]
    teile = _join_teile(roh, anteile, zeiten)
    genau = pl.col("exakt") | _is_counted(schluessel)
    flaechen = [name for name, merkmal in arten.items() if merkmal.einheit in LANDFLAECHE]
    zerteilt = pl.col("merkmal").is_in(flaechen) & ~genau & (pl.col("grund") == 0)
    teile = teile.with_columns(pl.when(zerteilt).then(ABGELEITET).otherwise("grund").alias("grund"))
    summen = _sum_teile(teile.filter(pl.col("merkmal").is_in(additiv)), genau)
    andere = _refuse(teile.filter(~pl.col("merkmal").is_in(additiv)), anteile)
    fertig = pl.concat([summen, andere]).select(list(MESSWERTE.schema)).sort("gebiet", "merkmal", "stand", "jahre")
    verweigert = pl.concat([andere, summen.filter(pl.col("merkmal").is_in(flaechen))])
    return Umrechnung(fertig, (*_find_verweigerte(verweigert, arten), *_find_fremde(roh, anteile)))


def _with_rest(anteile: pl.DataFrame) -> pl.DataFrame:
    """Let "nicht zuzuordnen" stay itself, unless the key places it."""
    if NICHT_ZUZUORDNEN in set(anteile["von"]):
        return anteile
    rest = pl.DataFrame(
        {"von": [NICHT_ZUZUORDNEN], "nach": [NICHT_ZUZUORDNEN], "gewicht": [1.0], "exakt": [True]},
        schema=anteile.schema,
    )
    return pl.concat([anteile, rest])


def _is_counted(schluessel: Umsteigeschluessel) -> pl.Expr:
    """Whether the shares were counted for the figure of the row."""
    if not schluessel.merkmal or schluessel.stand is None:
        return pl.lit(value=False)
    return (pl.col("merkmal") == schluessel.merkmal) & (pl.col("stand") == schluessel.stand)


def _join_teile(roh: pl.DataFrame, anteile: pl.DataFrame, zeiten: pl.DataFrame) -> pl.DataFrame:
    """Every share × every time at which something was delivered, with the figure of the source or FEHLT."""
    nichts = (pl.col("zeichen") == "NICHTS").fill_null(value=False)
    werte = roh.with_columns(nichts.alias("nichts"), pl.col("zeichen").alias("alt"), *encode_werte())
    return (
        anteile.join(zeiten, how="cross")
        .join(werte, left_on=["von", *_ZEIT], right_on=["gebiet", *_ZEIT], how="left")
        .filter(pl.col("grund").is_not_null() | (pl.col("von") != NICHT_ZUZUORDNEN))
        .with_columns(
            pl.col("grund").fill_null(FEHLT), pl.col("vermerk").fill_null(0), pl.col("nichts").fill_null(value=False)
        )
    )


def _sum_teile(teile: pl.DataFrame, genau: pl.Expr) -> pl.DataFrame:
    """Σ weight · value per target, with the strongest reason and Vermerk of the parts."""
    geschaetzt = pl.lit(VERMERK_CODE["GESCHAETZT"], pl.Int8)
    grund = pl.col("grund").max()
    quelle = pl.when(pl.col("quelle").n_unique() == 1).then(pl.col("quelle").first()).otherwise(pl.lit(""))
    return (
        teile.with_columns(
            (pl.col("wert") * pl.col("gewicht")).alias("teil"),
            pl.when(genau | pl.col("nichts")).then("vermerk").otherwise(pl.max_horizontal("vermerk", geschaetzt)).alias("vermerk"),
        )
        .group_by("nach", *_ZEIT)
        .agg(
            pl.when(grund == 0).then(pl.col("teil").sum().round(_STELLEN)).alias("wert"),
            grund, pl.col("vermerk").max(), pl.col("nichts").all(), quelle.alias("quelle"),
        )
        .with_columns(
            pl.coalesce(decode_grund(), pl.when("nichts").then(pl.lit("NICHTS"))).alias("zeichen"),
            decode_vermerk().alias("vermerk"), pl.col("quelle").fill_null(""),
        )
        .rename({"nach": "gebiet"})
        .select(list(MESSWERTE.schema))
    )  # fmt: skip


def _refuse(teile: pl.DataFrame, anteile: pl.DataFrame) -> pl.DataFrame:
    """Keep what does not add up where one area becomes one area; elsewhere give a reason, at least ABGELEITET."""
    einzeln = anteile.group_by("nach").len().filter(pl.col("len") == 1)["nach"].to_list()
    gleich = pl.col("exakt") & pl.col("nach").is_in(einzeln)
    gilt = pl.col("gleich").all()
    grund = pl.when(gilt).then(pl.col("grund").max()).otherwise(
        pl.max_horizontal(pl.col("grund").max(), ABGELEITET)
    )  # fmt: skip
    return (
        teile.with_columns(gleich.alias("gleich"))
        .group_by("nach", *_ZEIT)
        .agg(
            pl.when(gilt & (grund == 0)).then(pl.col("wert").first()).alias("wert"),
            grund.alias("grund"), pl.when(gilt).then(pl.col("vermerk").max()).otherwise(0).alias("vermerk"),
            pl.when(gilt).then(pl.col("alt").first()).alias("alt"), pl.col("quelle").first().fill_null(""),
        )
        .with_columns(
            pl.coalesce("alt", decode_grund()).alias("zeichen"), decode_vermerk().alias("vermerk"),
        )
        .rename({"nach": "gebiet"})
        .select(list(MESSWERTE.schema))
    )  # fmt: skip


def _find_verweigerte(andere: pl.DataFrame, arten: dict[str, Merkmal]) -> tuple[Befund, ...]:
    """One finding per Merkmal that was not converted."""
    verweigert = andere.filter(pl.col("zeichen") == "ABGELEITET")["merkmal"].unique().sort().to_list()
    return tuple(
        Befund(
            "UMRECHNEN-VERWEIGERT",
            Schwere.HINWEIS,
            f"„{arten[name].name if name in arten else name}“ wird nicht auf andere Gebiete umgerechnet: "
            f"{_explain(arten.get(name))}.",
            "Bitte bei der Stelle, die die Zahl liefert, den Wert für die neuen Gebiete erbitten.",
            zelle=name,
        )
        for name in verweigert
    )


def _explain(merkmal: Merkmal | None) -> str:
    if merkmal is None:
        return "das Merkmal ist nicht bekannt"
    return _LAND if merkmal.einheit in LANDFLAECHE else _WARUM[merkmal.art]


def _find_fremde(roh: pl.DataFrame, anteile: pl.DataFrame) -> tuple[Befund, ...]:
    """One finding for figures of areas that the key does not know."""
    fremd = sorted(set(roh["gebiet"]) - set(anteile["von"]))
    if not fremd:
        return ()
    return (
        Befund(
            "UMRECHNEN-OHNE-ZIEL",
            Schwere.FRAGE,
            f"Zahlen dieser Gebiete kommen nicht mit, weil der Umsteigeschlüssel sie nicht kennt: {name_einige(fremd, 8)}.",
            "Bitte den Schlüssel um diese Gebiete ergänzen.",
            zelle=fremd[0],
        ),
    )
