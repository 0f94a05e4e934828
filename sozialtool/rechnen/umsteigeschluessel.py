"""Umsteigeschlüssel: from counts of people or from published weights to shares that add up to 1 per source area.

Rules: fach/regeln.md section 5.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import attrs
import polars as pl

from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.rahmen import UMSTEIGER
from sozialtool.fach.raum import NICHT_ZUZUORDNEN
from sozialtool.fach.schreibweise import format_zahl, name_einige
from sozialtool.rechnen.rahmen import SPLITTER

TOLERANZ = 0.005
"""How far the weights of a source may miss 1 before it is a finding; below that it is the rounding of the publisher."""
_GANZ = 1e-9
_MEISTE = 8


@attrs.frozen
class Umsteigeschluessel:
    """Checked shares from source to target areas.

    Attributes:
        anteile: frame UMSTEIGER with one column more, `exakt`: the source lies in this target as a whole. Σ gewicht = 1 per
            source; sorted.
        befunde: what was noticed on the way, heaviest first.
        merkmal, stand: what was counted, when the shares come from counts; figures of just these convert exactly.
    """

    anteile: pl.DataFrame
    befunde: tuple[Befund, ...] = ()
    merkmal: str = ""
    stand: dt.date | None = None

    @property
    def hat_fehler(self) -> bool:
        """Whether a finding says that the shares cannot be used as they are."""
        return any(befund.schwere is Schwere.FEHLER for befund in self.befunde)


def build_from_zaehlung(
    zaehlung: pl.LazyFrame | pl.DataFrame,
    *,
    merkmal: str = "",
    stand: dt.date | None = None,
    quellen: Collection[str] | None = None,
    ziele: Collection[str] | None = None,
) -> Umsteigeschluessel:
    """Build shares from counts: columns von, nach, anzahl (people, or addresses, that lie in both areas).

    Every person counts, so nothing is a sliver. `merkmal` and `stand` name what was counted; `quellen` and `ziele` are the
    known areas, for the findings. Rows without anybody are left out.
    """
    roh = zaehlung.lazy().select("von", "nach", pl.col("anzahl").cast(pl.Float64).alias("gewicht")).collect()
    negativ = roh.filter((pl.col("gewicht") < 0) | ~pl.col("gewicht").is_finite())["von"].unique().sort()
    befunde = _name_areas("UMSTEIGER-WERT", Schwere.FEHLER, negativ, "Die Zählung hat unmögliche Anzahlen")
    je_paar = roh.filter(pl.col("gewicht").is_finite() & (pl.col("gewicht") > 0)).group_by("von", "nach").agg(
        pl.col("gewicht").sum()
    )  # fmt: skip
    anteile = je_paar.with_columns(pl.col("gewicht") / pl.col("gewicht").sum().over("von"))
    befunde += _check_areas(anteile, quellen, ziele)
    return Umsteigeschluessel(_finish(anteile.with_columns(pl.lit(value=True).alias("genau"))), befunde, merkmal, stand)


def build_from_gewichte(
    gewichte: pl.LazyFrame | pl.DataFrame,
    *,
    schwelle: float = SPLITTER,
    quellen: Collection[str] | None = None,
    ziele: Collection[str] | None = None,
) -> Umsteigeschluessel:
    """Build shares from weights: columns von, nach, gewicht (0 … 1).

    Weights below `schwelle` are slivers of digitised boundaries: dropped, and the rest is rescaled so that Σ = 1 per source
    (the largest part of a source stays in any case). Where the weights as given miss 1 by more than `TOLERANZ`, that is a
    finding (FEHLER); what they lack goes to "nicht zuzuordnen", so that the town's total is kept. Weights that are negative
    or no number are left out with a finding.
    """
    roh = gewichte.lazy().select("von", "nach", pl.col("gewicht").cast(pl.Float64)).collect()
    brauchbar = pl.col("gewicht").is_finite() & (pl.col("gewicht") > 0)
    unmoeglich = roh.filter(~(brauchbar | (pl.col("gewicht") == 0)).fill_null(value=False))["von"].unique().sort()
    befunde = _name_areas("UMSTEIGER-WERT", Schwere.FEHLER, unmoeglich, "Gewichte sind negativ oder keine Zahl")
    doppelt = roh.filter(pl.struct("von", "nach").is_duplicated())["von"].unique().sort()
    befunde += _name_areas("UMSTEIGER-DOPPELT", Schwere.FRAGE, doppelt, "Dasselbe Paar steht mehrfach da (addiert)")
    je_paar = roh.filter(brauchbar.fill_null(value=False)).group_by("von", "nach").agg(pl.col("gewicht").sum())
    befunde += _check_summen(je_paar)
    je_paar = _fill_up(je_paar)
    bleibt = (pl.col("gewicht") >= schwelle) | (pl.col("gewicht") == pl.col("gewicht").max().over("von"))
    ohne = je_paar.filter(bleibt)
    befunde += _describe_splitter(je_paar.filter(~bleibt), schwelle)
    # Exact is only what was whole before anything was dropped; a raised threshold makes no estimate exact.
    ganz = pl.col("gewicht") >= (1 - TOLERANZ) * pl.col("gewicht").sum().over("von")
    ohne = ohne.with_columns(
        ganz.alias("genau") if schwelle <= SPLITTER else (pl.col("gewicht") >= 1 - _GANZ).alias("genau")
    )
    anteile = ohne.with_columns(pl.col("gewicht") / pl.col("gewicht").sum().over("von"))
    befunde += _check_areas(anteile, quellen, ziele)
    return Umsteigeschluessel(_finish(anteile), tuple(sorted(befunde, key=_rank)))


def _rank(befund: Befund) -> int:
    return list(Schwere).index(befund.schwere)


def _fill_up(anteile: pl.DataFrame) -> pl.DataFrame:
    """Give "nicht zuzuordnen" what the weights of a source lack by more than rounding."""
    rest = (
        anteile.group_by("von").agg((1 - pl.col("gewicht").sum()).alias("gewicht")).filter(pl.col("gewicht") > TOLERANZ)
    )
    zeilen = rest.select("von", pl.lit(NICHT_ZUZUORDNEN).alias("nach"), "gewicht")
    return pl.concat([anteile, zeilen]).group_by("von", "nach").agg(pl.col("gewicht").sum())


def _finish(anteile: pl.DataFrame) -> pl.DataFrame:
    """Columns and order; one target of a source is the whole source."""
    allein = pl.len().over("von") == 1
    return (
        anteile.with_columns((allein & pl.col("genau")).alias("exakt"))
        .select(*UMSTEIGER.schema, "exakt")
        .sort("von", "nach")
    )


def _check_summen(anteile: pl.DataFrame) -> tuple[Befund, ...]:
    """One finding per source whose weights miss 1."""
    summen = anteile.group_by("von").agg(pl.col("gewicht").sum()).filter((pl.col("gewicht") - 1).abs() > TOLERANZ)
    return tuple(
        Befund(
            code="UMSTEIGER-SUMME",
            schwere=Schwere.FEHLER,
            meldung=f"Die Gewichte von „{von}“ ergeben zusammen {format_zahl(summe, 3)} statt 1.",
            vorschlag="Bitte den Schlüssel berichtigen; "
            + (
                "was fehlt, zählt so lange als „nicht zuzuordnen“."
                if summe < 1
                else "bis dahin wird auf 1 verkleinert."
            ),
            zelle=von,
        )
        for von, summe in summen.sort("von").iter_rows()
    )


def _check_areas(
    anteile: pl.DataFrame, quellen: Collection[str] | None, ziele: Collection[str] | None
) -> tuple[Befund, ...]:
    """Findings about areas that nobody knows, that are not in the key, or that nothing reaches."""
    von, nach = set(anteile["von"]), set(anteile["nach"]) - {NICHT_ZUZUORDNEN}
    befunde: tuple[Befund, ...] = ()
    if quellen is not None:
        fremd, offen = sorted(von - {*quellen, NICHT_ZUZUORDNEN}), sorted({*quellen} - von - {NICHT_ZUZUORDNEN})
        befunde += _name_areas("UMSTEIGER-QUELLE-FREMD", Schwere.FEHLER, fremd, "Unbekannte Quellgebiete")
        befunde += _name_areas("UMSTEIGER-FEHLT", Schwere.FEHLER, offen, "Quellgebiete ohne Gewicht")
    if ziele is not None:
        fremd, leer = sorted(nach - set(ziele)), sorted({*ziele} - nach - {NICHT_ZUZUORDNEN})
        befunde += _name_areas("UMSTEIGER-ZIEL-FREMD", Schwere.FEHLER, fremd, "Unbekannte Zielgebiete")
        befunde += _name_areas("UMSTEIGER-LEER", Schwere.HINWEIS, leer, "Zielgebiete, die nichts bekommen")
    return befunde


def _name_areas(code: str, schwere: Schwere, gebiete: Collection[str], was: str) -> tuple[Befund, ...]:
    """One finding that names the areas, or none."""
    liste = list(gebiete)
    if not liste:
        return ()
    text = f"{was}: {name_einige(liste, _MEISTE)}."
    return (Befund(code, schwere, text, "Bitte den Schlüssel mit den Gebieten vergleichen.", zelle=liste[0]),)


def _describe_splitter(weg: pl.DataFrame, schwelle: float) -> tuple[Befund, ...]:
    """Say how many slivers were dropped and how much of a source at most."""
    if weg.is_empty():
        return ()
    groesster = weg.group_by("von").agg(pl.col("gewicht").sum())["gewicht"].max()
    assert isinstance(groesster, float)
    return (
        Befund(
            "UMSTEIGER-SPLITTER",
            Schwere.HINWEIS,
            f"{weg.height} Splitter unter {format_zahl(schwelle * 100, 2)} % sind weggelassen, je Quellgebiet höchstens "
            f"{format_zahl(groesster * 100, 2)} %.",
            "Splitter entstehen, wo Grenzen verschieden genau gezeichnet sind; dort wohnt niemand.",
        ),
    )
