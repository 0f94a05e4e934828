"""Figures that a source leaves open without calling them secret ("/"), but that follow from the sums beside them."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from stadt import STADT_KEY, aggregate, build_gebiete, compute, indikator

from sozialtool.fach.messwert import Merkmal
from sozialtool.geheimhaltung.auskunft import list_befunde
from sozialtool.geheimhaltung.festhalten import freeze, thaw
from sozialtool.geheimhaltung.freigabe import freigeben
from sozialtool.geheimhaltung.tabelle import look_inside
from sozialtool.geheimhaltung.werte import Bezug, Ort

RAEUME = ("S00", "S01", "S10", "S11", "nz")
MERKMALE = [Merkmal("ew", "Einwohner"), Merkmal("kind", "Kinder", teil_von="ew")]
INDIKATOREN, BEZUEGE = [indikator("A", "kind", "ew")], [Bezug("A", {"kind": 1.0}, {"ew": 1.0})]


def stelle_frei(kinder, unsicher, *, ew=(811, 822, 833, 844, 41), zeichen="UNSICHER", merkmale=MERKMALE):
    """Release with all sums delivered, and a sign instead of the figure in the areas `unsicher`."""
    gebiete = build_gebiete(2, 2)
    werte = {"ew": ew, "kind": kinder}
    blaetter = {(g, m, 2025): float(w) for m in werte for g, w in zip(RAEUME, werte[m], strict=True)}
    zu = pl.col("gebiet").is_in(unsicher) & (pl.col("merkmal") == "kind")
    messwerte = aggregate(blaetter, gebiete).with_columns(
        pl.when(zu).then(None).otherwise("wert").alias("wert"),
        pl.when(zu).then(pl.lit(zeichen)).otherwise("zeichen").alias("zeichen"),
    )
    kennzahlen = compute(messwerte, INDIKATOREN, BEZUEGE, gebiete).with_columns(
        pl.when(pl.col("zeichen") == "GEHEIM").then(pl.lit(zeichen)).otherwise("zeichen").alias("zeichen")
    )
    return freigeben(kennzahlen, messwerte, INDIKATOREN, merkmale, gebiete, BEZUEGE)


def zeichen_von(tabelle):
    return {z["gebiet"]: z["zeichen"] for z in tabelle.kennzahlen.to_dicts() if z["zeichen"]}


@pytest.mark.parametrize("zeichen", ["UNSICHER", "UNBEKANNT", "FEHLT"])
def test_a_small_figure_behind_a_sign_cannot_be_subtracted(zeichen):
    tabelle = stelle_frei((120, 130, 140, 150, 2), ["nz"], zeichen=zeichen)
    zu = zeichen_von(tabelle)
    assert zu["nz"] == "GEHEIM"
    assert len(zu) >= 2, "eine zweite Zahl schützt die erste"
    spannen = {s.gebiet: (s.intervall_von, s.intervall_bis) for s in tabelle.protokoll}
    assert spannen["nz"][0] == 0
    assert spannen["nz"][1] >= 3
    assert not list_befunde(tabelle)


def test_figures_that_must_be_small_stay_secret_in_a_kept_release():
    tabelle = stelle_frei((1, 1, 140, 150, 30), ["S00", "S01"], zeichen="FEHLT")
    zu = {ort for ort in (Ort("S00", "kind", 2025), Ort("S01", "kind", 2025)) if ort in look_inside(tabelle).gruende}
    assert len(zu) == 2
    assert zu <= set(thaw(freeze(tabelle), "Monitoring 2024").auftrag.gruende)


def test_a_large_figure_behind_a_sign_costs_nothing_and_keeps_its_sign():
    tabelle = stelle_frei((120, 130, 140, 150, 30), ["nz"])
    assert zeichen_von(tabelle) == {"nz": "UNSICHER"}
    assert tabelle.protokoll == ()


def test_a_small_remainder_behind_a_sign_is_protected():
    tabelle = stelle_frei((120, 130, 140, 150, 40), ["nz"])
    assert zeichen_von(tabelle)["nz"] == "GEHEIM"
    assert len(zeichen_von(tabelle)) >= 2


def test_two_figures_that_must_both_be_small():
    """S00 and S01 together are 2: each is 0, 1 or 2, and that is too near."""
    tabelle = stelle_frei((1, 1, 140, 150, 7), ["S00", "S01"])
    zu = zeichen_von(tabelle)
    assert zu["S00"] == zu["S01"] == "GEHEIM"
    assert "O0" in zu
    assert STADT_KEY not in zu


def test_what_is_missing_beside_a_secret_keeps_its_sign():
    """Without a sum nothing follows; the hidden neighbour does not turn "not delivered" into "secret"."""
    tabelle = stelle_frei((120, 2, 140, 150, 30), ["nz", STADT_KEY], zeichen="FEHLT")
    zu = zeichen_von(tabelle)
    assert zu["S01"] == "GEHEIM"
    assert zu["nz"] == zu[STADT_KEY] == "FEHLT"
    assert not {"nz", STADT_KEY} & {s.gebiet for s in tabelle.protokoll}
