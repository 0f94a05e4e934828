"""Dynamik after the Berlin Monitoring: change over two years, on released rates, never across a break in definition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.indexwerte import build_index_frame, find_bruch
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.sozialindex import MSS_AB

if TYPE_CHECKING:
    import polars as pl

    from sozialtool.ablauf.kennzahlen import Ergebnis
    from sozialtool.ausgabe.bericht import Indexblatt

JAHRE = 2
"""The change is that over two years (fach/regeln.md section 3)."""


@attrs.frozen
class Dynamik:
    """Index, class and group (Gesamtindex, "1+" to "4-") by area; `grund` says why there is none."""

    je_gebiet: dict[str, tuple[float, str, str]]
    grund: str = ""


def compute_dynamik(ergebnis: Ergebnis, teile: Sequence[Indikator], jahr: int, breit: pl.DataFrame) -> Dynamik:
    """Compute the Dynamik of the areas that have all rates now and two years ago.

    Args:
        ergebnis: the released figures.
        teile: indicators of the status index.
        jahr: the year that is reported on.
        breit: rates of that year, one row per area, one column per indicator.
    """
    from sozialtool.rechnen.index import compute_mss_index

    kennungen = [teil.kennung for teil in teile]
    bruch = next(filter(None, (find_bruch(ergebnis.grundlage, teil, jahr - JAHRE, jahr) for teil in teile)), "")
    if bruch:
        return Dynamik({}, f"Dynamik: keine, weil sich seit {jahr - JAHRE} eine Definition geändert hat ({bruch}).")
    frueher = build_index_frame(ergebnis, kennungen, jahr - JAHRE).rename({k: f"vor_{k}" for k in kennungen})
    beide = breit.join(frueher, on="gebiet", how="left")
    beide = beide.with_columns((beide[k] - beide[f"vor_{k}"]).alias(f"d_{k}") for k in kennungen)
    if beide.drop_nulls().height < MSS_AB:
        return Dynamik({}, f"Dynamik: erst ab {MSS_AB} Gebieten mit Zahlen von {jahr - JAHRE} und {jahr}.")
    richtungen = {teil.kennung: teil.richtung for teil in teile}
    stufen = compute_mss_index(beide, richtungen, {f"d_{k}": r for k, r in richtungen.items()})
    spalten = ("gebiet", "dynamik_index", "dynamik_klasse", "gesamtindex")
    return Dynamik(
        {g: (wert, klasse, gesamt) for g, wert, klasse, gesamt in stufen.select(spalten).drop_nulls().iter_rows()}
    )


def add_dynamik(blatt: Indexblatt, dynamik: Dynamik, gebiete: Sequence[Gebiet]) -> Indexblatt:
    """Put Dynamik and group behind the status of each area (`gebiete` in the order of the rows), or the reason below it."""
    if not dynamik.je_gebiet:
        return attrs.evolve(blatt, hinweis=f"{blatt.hinweis} {dynamik.grund}")
    leer = (None, "ohne Dynamik", "")
    zeilen = tuple(
        (*zeile, *dynamik.je_gebiet.get(gebiet.schluessel, leer))
        for zeile, gebiet in zip(blatt.zeilen, gebiete, strict=True)
    )
    hinweis = (
        f"{blatt.hinweis} Dynamik: dieselbe Rechnung auf die Veränderung über {JAHRE} Jahre in Prozentpunkten; positiv (unter −1: die "
        "Belastung sinkt stärker als anderswo), stabil (−1 bis 1), negativ (über 1). Gruppe: Nummer des Status (1 hoch bis 4 sehr "
        "niedrig) und Zeichen der Dynamik."
    )
    spalten = (*blatt.spalten, "Dynamik-Index", "Dynamik", "Gruppe")
    return attrs.evolve(blatt, spalten=spalten, zeilen=zeilen, stellen=(*blatt.stellen, 2, 0, 0), hinweis=hinweis)
