"""Composite index and classes after the Monitoring Soziale Stadtentwicklung Berlin (MSS).

Source: Senatsverwaltung für Stadtentwicklung Berlin, MSS 2019 and 2021, chapter on method; the rules as in fach/regeln.md
section 3, where they were recomputed on the published data without a mismatch. Every stage stands beside the next, and the base
set is a column: two of 536 areas missing flips four classes of the Dynamik.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import polars as pl

from sozialtool.fach.indikator import Richtung
from sozialtool.fach.sozialindex import MSS_AB, MSS_STATUS
from sozialtool.fehler import DatenFehler

F = TypeVar("F", pl.DataFrame, pl.LazyFrame)

DYNAMIK = ("positiv", "stabil", "negativ")
_DYNAMIK_ZEICHEN = {"positiv": "+", "stabil": "+/-", "negativ": "-"}


def compute_mss_status(
    frame: F, richtungen: Mapping[str, Richtung | float], *, basis: pl.Expr | None = None, vorsatz: str = ""
) -> F:
    """Status index of areas from shares; the frame has one row per area.

    Args:
        frame: one column per name in `richtungen`, in any unit.
        richtungen: column → BELASTEND (or 1.0) if a high value is a burden, ENTLASTEND (−1.0) if it is a resource.
        basis: condition of the base set; rows with a missing value never belong to it. Default: all complete rows.
        vorsatz: put before the names of the new columns.

    Returns:
        The frame with `in_basis`, `z_<column>` (unweighted mean and population SD of the base set, sign by Richtung),
        `summe`, `index` (sum standardised again) and `klasse`: x < −1 hoch, ≤ 1 mittel, ≤ 1.5 niedrig, else sehr niedrig.
        Outside the base set everything is null, so an area left out has no class.

    Raises:
        DatenFehler: no column, or a neutral one (its sign is a decision that the tool cannot take).
    """
    index = pl.col(f"{vorsatz}index")
    klasse = (
        pl.when(index < -1).then(pl.lit("hoch"))
        .when(index <= 1).then(pl.lit("mittel"))
        .when(index <= 1.5).then(pl.lit("niedrig"))
        .when(index > 1.5).then(pl.lit("sehr niedrig"))
    )  # fmt: skip
    return _add_stufen(frame, richtungen, basis, vorsatz).with_columns(klasse.alias(f"{vorsatz}klasse"))


def compute_mss_dynamik(
    frame: F, richtungen: Mapping[str, Richtung | float], *, basis: pl.Expr | None = None, vorsatz: str = ""
) -> F:
    """Dynamik index from changes in percentage points over two years; stages and errors as in `compute_mss_status`.

    `klasse`: x < −1 positiv (the burden falls more than elsewhere), ≤ 1 stabil, else negativ.
    """
    index = pl.col(f"{vorsatz}index")
    klasse = (
        pl.when(index < -1).then(pl.lit("positiv"))
        .when(index <= 1).then(pl.lit("stabil"))
        .when(index > 1).then(pl.lit("negativ"))
    )  # fmt: skip
    return _add_stufen(frame, richtungen, basis, vorsatz).with_columns(klasse.alias(f"{vorsatz}klasse"))


def compute_mss_index(
    frame: F,
    status: Mapping[str, Richtung | float],
    dynamik: Mapping[str, Richtung | float],
    *,
    basis: pl.Expr | None = None,
) -> F:
    """Status, Dynamik and the Gesamtindex of twelve groups, for one row per area.

    The stages of both stand in columns that begin with `status_` and `dynamik_` (see `compute_mss_status`);
    `gesamtindex` joins the number of the status class and the sign of the Dynamik, "1+" to "4-", as Berlin writes it.
    Both share the condition `basis`; each drops rows that lack one of its own columns.
    """
    voll = compute_mss_status(frame, status, basis=basis, vorsatz="status_")
    voll = compute_mss_dynamik(voll, dynamik, basis=basis, vorsatz="dynamik_")
    nummer = pl.col("status_klasse").replace_strict(
        {name: str(i) for i, name in enumerate(MSS_STATUS, 1)}, default=None
    )
    zeichen = pl.col("dynamik_klasse").replace_strict(_DYNAMIK_ZEICHEN, default=None)
    return voll.with_columns((nummer + zeichen).alias("gesamtindex"))


def warn_anzahl(anzahl: int) -> str:
    """Warning to print beside an index of so few areas; empty from 20 on.

    With N areas and the population SD no |z| can exceed √(N−1) (Samuelson 1968, JASA 63: 1522–1525): one outlier decides the
    spread, and all others crowd into the middle.
    """
    if anzahl >= MSS_AB:
        return ""
    grenze = f"{max(anzahl - 1, 0) ** 0.5:.1f}".replace(".", ",")
    return (
        f"Achtung: Der Index beruht auf nur {anzahl} Gebieten (empfohlen ab {MSS_AB}). Kein Gebiet kann mehr als "
        f"{grenze} Standardabweichungen vom Mittel entfernt liegen, und ein einzelnes Gebiet kann die Klassen aller anderen "
        "verschieben. Maßgeblich sind die Quoten mit ihren Spannen."
    )


def _add_stufen(frame: F, richtungen: Mapping[str, Richtung | float], basis: pl.Expr | None, vorsatz: str) -> F:
    """Base set, z values, sum and standardised sum."""
    vorzeichen = {spalte: _to_vorzeichen(spalte, richtung) for spalte, richtung in richtungen.items()}
    if not vorzeichen:
        raise DatenFehler("Der Index hat keinen Indikator.", "Bitte mindestens einen Indikator wählen.", "INDEX-LEER")
    vollstaendig = pl.all_horizontal(pl.col(spalte).cast(pl.Float64).is_finite() for spalte in vorzeichen)
    bedingung = vollstaendig if basis is None else vollstaendig & basis
    in_basis = pl.col(f"{vorsatz}in_basis")
    summe = pl.sum_horizontal(f"{vorsatz}z_{spalte}" for spalte in vorzeichen)
    return (
        frame.with_columns(bedingung.fill_null(value=False).alias(f"{vorsatz}in_basis"))
        .with_columns(
            (_standardise(pl.col(spalte).cast(pl.Float64), in_basis) * zeichen).alias(f"{vorsatz}z_{spalte}")
            for spalte, zeichen in vorzeichen.items()
        )
        .with_columns(pl.when(in_basis).then(summe).alias(f"{vorsatz}summe"))
        .with_columns(_standardise(pl.col(f"{vorsatz}summe"), in_basis).alias(f"{vorsatz}index"))
    )


def _standardise(wert: pl.Expr, in_basis: pl.Expr) -> pl.Expr:
    """(x − mean) / population SD over the base set; 0 where all values are equal, null outside the base set."""
    grundlage = wert.filter(in_basis)
    mitte = grundlage.mean()
    streuung = grundlage.std(ddof=0)
    gleich = streuung <= 1e-12 * grundlage.abs().max()
    return pl.when(in_basis).then(pl.when(gleich).then(0.0).otherwise((wert - mitte) / streuung))


def _to_vorzeichen(spalte: str, richtung: Richtung | float) -> float:
    """Sign of an indicator in the sum."""
    if richtung is Richtung.NEUTRAL:
        raise DatenFehler(
            f"„{spalte}“ ist neutral und kann nicht in den Index.",
            "Bitte erst vereinbaren, ob ein hoher Wert belastend oder entlastend ist.",
            "INDEX-NEUTRAL",
        )
    if isinstance(richtung, Richtung):
        return 1.0 if richtung is Richtung.BELASTEND else -1.0
    return float(richtung)
