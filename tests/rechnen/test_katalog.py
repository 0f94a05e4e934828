"""The whole shipped catalogue can be computed."""

from __future__ import annotations

import random

import polars as pl

from sozialtool import rechnen
from sozialtool.katalog.laden import load_brueche, load_indikatoren, load_merkmale
from sozialtool.rechnen.formel import parse_formel

from .ort import GEBIETE, STADT, messwerte


def test_all_formulas_are_known_and_say_whether_they_are_linear():
    merkmale = load_merkmale()
    for ind in load_indikatoren():
        for text in (ind.zaehler, ind.nenner):
            if text:
                assert parse_formel(text, merkmale).linear, f"{ind.kennung}: {text}"


def test_every_indicator_gets_a_value():
    zufall = random.Random(7)
    raeume = [gebiet.schluessel for gebiet in GEBIETE if gebiet.ebene == "sozialraum"]
    zeilen = []
    for merkmal in load_merkmale():
        orte = raeume if merkmal.art.additiv else [*raeume, STADT]
        zeilen += [
            (ort, merkmal.schluessel, jahr, zufall.randint(0, 900)) for ort in orte for jahr in range(2015, 2026)
        ]
    gebiete = rechnen.build_gebiete(GEBIETE)
    verdichtet = rechnen.aggregate_gebiete(messwerte(zeilen), gebiete, rechnen.build_umsteiger([]), load_merkmale())
    frame = rechnen.compute_kennzahlen(
        verdichtet, gebiete, load_indikatoren(), load_merkmale(), load_brueche()
    ).collect()
    stadt = frame.filter((pl.col("gebiet") == STADT) & (pl.col("jahr") == 2021) & pl.col("wert").is_not_null())
    ohne = {ind.kennung for ind in load_indikatoren()} - set(stadt["indikator"])
    assert not ohne
    assert frame["wert"].drop_nulls().is_finite().all()
    assert frame.filter(pl.col("wert").is_null() != pl.col("zeichen").is_not_null()).height == 0
    assert frame.filter((pl.col("unten") > pl.col("wert")) | (pl.col("oben") < pl.col("wert"))).height == 0
