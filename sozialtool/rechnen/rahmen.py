"""Plain values into frames, and the order of reasons and Vermerke.

Inside this room a reason is a small integer, so that the strongest reason of many parts is a maximum: 0 means "there is
a number". Outside it is the name of a `Zeichen`.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from sozialtool.fach.messwert import Vermerk, Zeichen
from sozialtool.fach.rahmen import GEBIETE, MESSWERTE, UMSTEIGER, Rahmen
from sozialtool.fach.raum import Gebiet, Umsteiger
from sozialtool.fehler import DatenFehler

ALS_NULL = (Zeichen.NICHTS, Zeichen.FAST_NICHTS)
"""Signs that count as zero: nothing there, or less than half a unit (fach/regeln.md section 1)."""

GRUENDE = (
    Zeichen.FEHLT,
    Zeichen.ABGELEITET,
    Zeichen.BRUCH,
    Zeichen.NENNER_NULL,
    Zeichen.FOLGT,
    Zeichen.SINNLOS,
    Zeichen.UNBEKANNT,
    Zeichen.UNSICHER,
    Zeichen.GEHEIM,
)
"""Reasons from weak to strong: a secret must never look like a delivery that is merely late."""

VERMERKE = (
    Vermerk.KEINER,
    Vermerk.BERICHTIGT,
    Vermerk.GERUNDET,
    Vermerk.EINGESCHRAENKT,
    Vermerk.VORLAEUFIG,
    Vermerk.GESCHAETZT,
)
"""Vermerke from weak to strong; a sum carries the strongest of its parts."""

GRUND_CODE: dict[str, int] = {zeichen.name: nummer for nummer, zeichen in enumerate(GRUENDE, start=1)}
"""Name of a Zeichen → strength; 0 is a number."""
VERMERK_CODE: dict[str, int] = {vermerk.name: nummer for nummer, vermerk in enumerate(VERMERKE)}
GRUND_NAMEN: tuple[str | None, ...] = (None, *GRUND_CODE)
"""Strength → name of the Zeichen; None for a number."""
VERMERK_NAMEN = ("", *(vermerk.name for vermerk in VERMERKE[1:]))
"""Strength → name of the Vermerk; empty text for none."""
FEHLT = GRUND_CODE["FEHLT"]
SPLITTER = 0.001
"""Weights below this are slivers of digitised boundaries, not people (fach/regeln.md section 5)."""


def build_messwerte(spalten: dict[str, list[object]]) -> pl.LazyFrame:
    """Make the frame `fach.rahmen.MESSWERTE` from columns as `Projekt.read_messwerte` gives them.

    Further columns are dropped. Raises `DatenFehler` when a column is missing or holds another type.
    """
    return _build(MESSWERTE, spalten)


def build_gebiete(gebiete: Iterable[Gebiet]) -> pl.LazyFrame:
    """Make the frame `fach.rahmen.GEBIETE` from the areas of a Gebietsstand."""
    liste = list(gebiete)
    return _build(
        GEBIETE,
        {
            "gebiet": [gebiet.schluessel for gebiet in liste],
            "name": [gebiet.name for gebiet in liste],
            "ebene": [gebiet.ebene for gebiet in liste],
            "teil_von": [gebiet.teil_von for gebiet in liste],
            "reihenfolge": [gebiet.reihenfolge for gebiet in liste],
        },
    )


def build_umsteiger(umsteiger: Iterable[Umsteiger]) -> pl.LazyFrame:
    """Make the frame `fach.rahmen.UMSTEIGER`; slivers are dropped and their share goes to the other targets.

    What a source area does not give away (sum of its weights below 1) stays not assignable. Raises `DatenFehler` when
    the weights of a source area exceed 1 or are negative. Rule: fach/regeln.md section 5.
    """
    je_quelle: dict[str, list[Umsteiger]] = {}
    for teil in umsteiger:
        je_quelle.setdefault(teil.von, []).append(teil)
    spalten: dict[str, list[object]] = {"von": [], "nach": [], "gewicht": []}
    for von, teile in je_quelle.items():
        summe = sum(teil.gewicht for teil in teile)
        if summe > 1.01 or any(teil.gewicht < 0 for teil in teile):
            raise DatenFehler(
                f"Die Gewichte von „{von}“ im Umsteigeschlüssel ergeben {summe:.3f}".replace(".", ",") + ".",
                "Je Quellgebiet müssen die Gewichte zusammen 1 ergeben; bitte den Schlüssel berichtigen.",
                "UMSTEIGER-SUMME",
            )
        ohne = [teil for teil in teile if teil.gewicht >= SPLITTER] or teile
        mass = min(summe, 1.0) / (sum(teil.gewicht for teil in ohne) or 1.0)
        for teil in ohne:
            spalten["von"].append(von)
            spalten["nach"].append(teil.nach)
            spalten["gewicht"].append(teil.gewicht * mass)
    return _build(UMSTEIGER, spalten)


def encode_werte() -> list[pl.Expr]:
    """Expressions that give `wert` (NICHTS is 0), `grund` and `vermerk` as strengths, on the frame MESSWERTE."""
    null = pl.col("zeichen").is_in([zeichen.name for zeichen in ALS_NULL]).fill_null(value=False)
    wert = pl.when(null & pl.col("wert").is_null()).then(0.0).otherwise(pl.col("wert"))
    grund = pl.col("zeichen").replace_strict(GRUND_CODE, default=GRUND_CODE["UNBEKANNT"], return_dtype=pl.Int8)
    # A reason beats a number beside it: what a source calls secret is secret, even if a figure shows through.
    hat_wert = wert.is_finite().fill_null(value=False) & (pl.col("zeichen").is_null() | null)
    return [
        pl.when(hat_wert).then(wert).alias("wert"),
        pl.when(hat_wert)
        .then(pl.lit(0, pl.Int8))
        .when(pl.col("zeichen").is_null() | null)
        .then(pl.lit(FEHLT, pl.Int8))
        .otherwise(grund)
        .alias("grund"),
        pl.when((pl.col("zeichen") == Zeichen.FAST_NICHTS.name).fill_null(value=False))
        .then(pl.lit(VERMERK_CODE["GERUNDET"], pl.Int8))
        .otherwise(pl.col("vermerk").replace_strict(VERMERK_CODE, default=0, return_dtype=pl.Int8))
        .alias("vermerk"),
    ]


def decode_grund(spalte: str = "grund") -> pl.Expr:
    """Expression: strength → name of the Zeichen, null for a number; keeps the column's name."""
    return pl.col(spalte).replace_strict(
        {code: name for name, code in GRUND_CODE.items()}, default=None, return_dtype=pl.String
    )


def decode_vermerk(spalte: str = "vermerk") -> pl.Expr:
    """Expression: strength → name of the Vermerk; empty text for none; keeps the column's name."""
    namen = {code: name if code else "" for name, code in VERMERK_CODE.items()}
    return pl.col(spalte).replace_strict(namen, default="", return_dtype=pl.String)


def _build(rahmen: Rahmen, spalten: dict[str, list[object]]) -> pl.LazyFrame:
    """Make a frame of a written schema; strict about types."""
    fehlend = [name for name in rahmen.schema if name not in spalten]
    if fehlend:
        raise DatenFehler(
            f"In „{rahmen.name}“ fehlen die Spalten {', '.join(fehlend)}.", "Das Projekt bitte neu öffnen.", "RAHMEN"
        )
    try:
        return pl.DataFrame({name: spalten[name] for name in rahmen.schema}, schema=rahmen.schema).lazy()
    except (TypeError, pl.exceptions.PolarsError) as fehler:
        raise DatenFehler(
            f"In „{rahmen.name}“ steht ein Wert von falscher Art ({fehler}).", "Die Quelle bitte prüfen.", "RAHMEN"
        ) from fehler
