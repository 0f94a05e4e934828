"""Rounding to 5 instead of suppression, where the source of a count asks for it.

All counts of a table are rounded to the nearest multiple of 5, each by itself, totals too; so no shown figure is further
than 2 from the true one (Destatis, Glossar "Einsatz des Geheimhaltungsverfahrens der 5er-Rundung", Sozialhilfe: "alle
absoluten Werte einer Tabelle … auf den nächsten durch 5 teilbaren Wert auf- oder abgerundet", deviation at most 2).
Rates are computed from rounded counts: a rate of exact ones times a known denominator would give the count back, so
everything that is shown is a function of rounded counts.

±2 does not always survive adding up: four parts shown as 0 below a total shown as 10 are 2 each. So what an attacker knows
goes into the joint system as limits, shown − 2 ≤ count ≤ shown + 2, and where a small count becomes too certain, rounded
figures are withdrawn (`festigen.withdraw`).
"""

from __future__ import annotations

import math

import attrs
import polars as pl

from sozialtool.fach.messwert import Vermerk, Zeichen
from sozialtool.geheimhaltung.bestand import Bestand
from sozialtool.geheimhaltung.system import Schutz
from sozialtool.geheimhaltung.werte import Regel

SCHRITT = 5
ABWEICHUNG = 2.0
"""Largest distance of a whole number from what is shown for it."""


def round_zahl(wert: float) -> float:
    """Nearest multiple of 5; only figures that are not whole can lie in the middle, and go up."""
    return SCHRITT * math.floor(wert / SCHRITT + 0.5) + 0.0


def limits_of(wert: float, *, ganzzahlig: bool) -> tuple[float, float]:
    """What the shown figure says about the true one."""
    rund = round_zahl(wert)
    weit = ABWEICHUNG if ganzzahlig else SCHRITT / 2
    return rund - weit, rund + weit


def round_messwerte(messwerte: pl.DataFrame, regel: Regel) -> pl.DataFrame:
    """Round the counts of a frame (schema `rahmen.MESSWERTE`) whose source asks for it, and mark them GERUNDET.

    The signs for "nothing" and "hardly anything" become a plain 0, which may stand for up to two.
    """
    if not regel.runden:
        return messwerte
    gemeint = pl.col("merkmal").is_in(list(regel.runden))
    null = pl.col("zeichen").is_in([Zeichen.NICHTS.name, Zeichen.FAST_NICHTS.name]).fill_null(value=False)
    zahl = gemeint & (null | pl.col("zeichen").is_null() | (pl.col("zeichen") == ""))
    wert = pl.when(null).then(pl.col("wert").fill_null(0.0)).otherwise(pl.col("wert"))
    frei = pl.col("vermerk").is_null() | pl.col("vermerk").is_in(["", Vermerk.KEINER.name, Vermerk.BERICHTIGT.name])
    return messwerte.with_columns(
        pl.when(zahl).then((wert / SCHRITT + 0.5).floor() * SCHRITT + 0.0).otherwise(pl.col("wert")).alias("wert"),
        pl.when(zahl & null).then(None).otherwise(pl.col("zeichen")).alias("zeichen"),
        pl.when(zahl & frei).then(pl.lit(Vermerk.GERUNDET.name)).otherwise(pl.col("vermerk")).alias("vermerk"),
    )


def round_bestand(bestand: Bestand, regel: Regel) -> Bestand:
    """The figures as they are shown."""
    if not regel.runden:
        return bestand
    werte = {
        ort: attrs.evolve(e, wert=round_zahl(e.wert)) if e.wert is not None and regel.rundet(ort.merkmal) else e
        for ort, e in bestand.werte.items()
    }
    return attrs.evolve(bestand, werte=werte)


def demand_gerundet(wert: float, mindestfallzahl: int, ganzes: float | None) -> Schutz | None:
    """What must stay open about a rounded count beside all other figures.

    A small one shown as 0: "nobody" and 2 both stay possible. Another small one: three values at least. A larger one is no
    secret, but must not be exact, for else the source need not have rounded it. A true 0 needs nothing: it is shown like 2.
    """
    if mindestfallzahl <= 0 or wert <= 0:
        return None
    if wert >= mindestfallzahl:
        return Schutz(breite=1.0)
    weit = ABWEICHUNG if ganzes is None or ganzes <= 0 else min(ABWEICHUNG, ganzes)
    return Schutz(0.0, weit) if round_zahl(wert) == 0 else Schutz(breite=weit)


def demand_rest(ganzes: float | None) -> Schutz:
    """What must stay open about a small remainder beside a rounded part or whole."""
    return Schutz(breite=ABWEICHUNG if ganzes is None or ganzes <= 0 else min(ABWEICHUNG, ganzes))
