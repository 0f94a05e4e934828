"""Figures that are sums of others by definition: whoever sees the rest of the sum sees the hidden part."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from stadt import STADT_KEY, aggregate, build_gebiete, compute, indikator

from sozialtool.fach.indikator import Intervallart
from sozialtool.fach.messwert import Merkmal
from sozialtool.geheimhaltung.freigabe import freigeben
from sozialtool.geheimhaltung.werte import Bezug

RAEUME = ("S00", "S01", "S10", "S11", "nz")
ALTER = {
    "u3": (60, 61, 62, 63, 9), "a3": (67, 71, 72, 73, 8), "a6": (93, 94, 95, 96, 7), "kita": (66, 60, 61, 62, 4),
}  # fmt: skip
MERKMALE = [
    Merkmal("ew", "Einwohner"),
    Merkmal("u3", "unter 3", teil_von="ew"),
    Merkmal("a3", "3 bis 6", teil_von="ew"),
    Merkmal("a6", "6 bis 10", teil_von="ew"),
    Merkmal("u10", "unter 10", teil_von="ew", summe_aus="u6 + a6"),
    Merkmal("u6", "unter 6", teil_von="ew", summe_aus="u3 + a3"),
    Merkmal("kita", "in einer Kita"),
]


@pytest.mark.parametrize("mit_u6", [True, False])
def test_a_part_does_not_follow_from_the_other_parts(mit_u6):
    """66 of 67 are in a Kita, and everybody knows the 66: a3 must not follow from under 10, under 3 and 6 to 10."""
    werte = {(g, m, 2025): float(w) for m, reihe in ALTER.items() for g, w in zip(RAEUME, reihe, strict=True)}
    for g in RAEUME:
        werte[g, "u6", 2025] = werte[g, "u3", 2025] + werte[g, "a3", 2025]
        werte[g, "u10", 2025] = werte[g, "u6", 2025] + werte[g, "a6", 2025]
        werte[g, "ew", 2025] = 900.0
        if not mit_u6:
            del werte[g, "u6", 2025]
    gebiete = build_gebiete(2, 2)
    messwerte = aggregate(werte, gebiete)
    bezuege = [Bezug(m, {m: 1.0}, {"ew": 1.0}) for m in ("u3", "a6", "u10")] + [
        Bezug("kita", {"kita": 1.0}, {"a3": 1.0})
    ]
    indikatoren = [indikator(b.indikator, b.indikator, next(iter(b.nenner))) for b in bezuege]
    tabelle = freigeben(
        compute(messwerte, indikatoren, bezuege, gebiete), messwerte, indikatoren, MERKMALE, gebiete, bezuege,
        bekannte_merkmale={"kita"},
    )  # fmt: skip
    offen = {m["merkmal"] for m in tabelle.messwerte.to_dicts() if m["gebiet"] == "S00" and m["wert"] is not None}
    assert "kita" in offen
    assert "a3" not in offen
    assert not {"u3", "a6", "u10"} <= offen


def test_two_sums_that_share_an_unseen_part():
    """3 to 6 = 3 to 12 - (under 12 - under 6): three shown figures disclose two children, by way of a figure not shown."""
    merkmale = [
        Merkmal("ew", "Einwohner"),
        *(Merkmal(m, m, teil_von="ew") for m in ("u6", "a36", "a612")),
        Merkmal("u12", "unter 12", teil_von="ew", summe_aus="u6 + a612"),
        Merkmal("m312", "3 bis 12", teil_von="ew", summe_aus="a36 + a612"),
    ]
    teile = {"u3": (60, 61, 62, 63, 9), "a36": (2, 71, 72, 73, 8), "a612": (93, 94, 95, 96, 7)}
    werte = {}
    for nummer, g in enumerate(RAEUME):
        u3, a36, a612 = (float(teile[m][nummer]) for m in ("u3", "a36", "a612"))
        alle = {"ew": 900.0, "u6": u3 + a36, "a36": a36, "a612": a612, "u12": u3 + a36 + a612, "m312": a36 + a612}
        werte |= {(g, m, 2025): wert for m, wert in alle.items()}
    gebiete = build_gebiete(2, 2)
    messwerte = aggregate(werte, gebiete)
    bezuege = [Bezug(m, {m: 1.0}, {"ew": 1.0}) for m in ("u12", "u6", "m312")]
    indikatoren = [indikator(b.indikator, b.indikator, "ew") for b in bezuege]
    tabelle = freigeben(
        compute(messwerte, indikatoren, bezuege, gebiete), messwerte, indikatoren, merkmale, gebiete, bezuege
    )
    offen = {m["merkmal"] for m in tabelle.messwerte.to_dicts() if m["gebiet"] == "S00" and m["wert"] is not None}
    assert not {"u12", "u6", "m312"} <= offen


@pytest.mark.parametrize("ganzes_gezeigt", [True, False])
def test_nobody_in_one_half_of_a_group_means_everybody_in_the_other(ganzes_gezeigt):
    """In S00 all Hilfen are ambulant; "stationär: 0" says the same, even where the whole is not in the table."""
    merkmale = [
        Merkmal("ew", "Einwohner"),
        Merkmal("hze", "Hilfen"),
        Merkmal("amb", "ambulant", teil_von="hze", gruppe="form"),
        Merkmal("stat", "stationär", teil_von="hze", gruppe="form"),
    ]
    zahlen = {"amb": (9, 20, 21, 22, 5), "stat": (0, 12, 13, 14, 6)}
    werte = {(g, m, 2025): float(w) for m, reihe in zahlen.items() for g, w in zip(RAEUME, reihe, strict=True)}
    for g in RAEUME:
        werte |= {(g, "hze", 2025): werte[g, "amb", 2025] + werte[g, "stat", 2025], (g, "ew", 2025): 900.0}
    gebiete = build_gebiete(2, 2)
    messwerte = aggregate(werte, gebiete)
    gezeigt = ("hze", "amb", "stat") if ganzes_gezeigt else ("amb", "stat")
    bezuege = [Bezug(m, {m: 1.0}, {"ew": 1.0}, faktor=1000.0) for m in gezeigt]
    indikatoren = [indikator(m, m, "ew", intervall=Intervallart.BYAR) for m in gezeigt]
    tabelle = freigeben(
        compute(messwerte, indikatoren, bezuege, gebiete), messwerte, indikatoren, merkmale, gebiete, bezuege
    )
    zu = {m["merkmal"] for m in tabelle.messwerte.to_dicts() if m["gebiet"] == "S00" and m["wert"] is None}
    assert {"amb", "stat"} <= zu


def test_a_balance_is_no_count_of_people():
    """561 came, 559 left: the 2 stays. Where the counts themselves are small, the balance must not give them away."""
    zu, fort = (561, 300, 280, 290, 2), (559, 310, 270, 280, 9)
    merkmale = [Merkmal("ew", "Einwohner"), Merkmal("zu", "Zuzüge"), Merkmal("fort", "Fortzüge")]
    werte = {
        (g, m, 2025): float(w) for m, reihe in (("zu", zu), ("fort", fort)) for g, w in zip(RAEUME, reihe, strict=True)
    }
    werte |= {(g, "ew", 2025): 3000.0 for g in RAEUME}
    gebiete = build_gebiete(2, 2)
    messwerte = aggregate(werte, gebiete)
    bezuege = [
        Bezug("saldo", {"zu": 1.0, "fort": -1.0}, {"ew": 1.0}, faktor=1000.0),
        Bezug("fort", {"fort": 1.0}, {"ew": 1.0}, faktor=1000.0),
    ]
    indikatoren = [
        indikator("saldo", "zu - fort", "ew", intervall=Intervallart.KEINES),
        indikator("fort", "fort", "ew", intervall=Intervallart.KEINES),
    ]
    tabelle = freigeben(
        compute(messwerte, indikatoren, bezuege, gebiete), messwerte, indikatoren, merkmale, gebiete, bezuege,
        daten_merkmale=(),
    )  # fmt: skip
    wert = {(k["indikator"], k["gebiet"]): k["wert"] for k in tabelle.kennzahlen.to_dicts()}
    assert wert["saldo", "S00"] is not None
    assert None in (wert["saldo", "nz"], wert["fort", "nz"])


@pytest.mark.parametrize("geliefert", [True, False])
def test_the_member_of_a_group_that_is_shown_nowhere(geliefert):
    """111 people, 40 young, 70 grown up: one old person follows, although no table has the old (or nobody delivers them)."""
    gruppe = {"jung": (40, 50, 60, 45, 33), "mittel": (70, 80, 66, 50, 41), "alt": (1, 20, 30, 25, 18)}
    merkmale = [Merkmal("ew", "Einwohner"), *(Merkmal(m, m, teil_von="ew", gruppe="alter") for m in gruppe)]
    werte = {(g, m, 2025): float(w) for m, reihe in gruppe.items() for g, w in zip(RAEUME, reihe, strict=True)}
    for g in RAEUME:
        werte[g, "ew", 2025] = sum(werte[g, m, 2025] for m in gruppe)
    werte = {ort: wert for ort, wert in werte.items() if geliefert or ort[1] != "alt"}
    gebiete = build_gebiete(2, 2)
    messwerte = aggregate(werte, gebiete)
    bezuege = [Bezug(m, {m: 1.0}, {"ew": 1.0}) for m in ("jung", "mittel")]
    indikatoren = [indikator(b.indikator, b.indikator, "ew") for b in bezuege]
    tabelle = freigeben(
        compute(messwerte, indikatoren, bezuege, gebiete), messwerte, indikatoren, merkmale, gebiete, bezuege
    )
    offen = {(m["gebiet"], m["merkmal"]) for m in tabelle.messwerte.to_dicts() if m["wert"] is not None}
    assert not {("S00", "ew"), ("S00", "jung"), ("S00", "mittel")} <= offen
    assert {("S01", "ew"), ("S10", "jung"), ("S10", "mittel"), (STADT_KEY, "jung")} <= offen


@pytest.mark.parametrize("geliefert", [True, False])
def test_a_year_that_three_years_together_and_the_two_others_leave(geliefert):
    """13 in three years, 5 and 6 in the first two: 2 in the third, which is not shown by itself (or not even delivered)."""
    jahre = {2021: (5, 9, 8, 7, 6), 2022: (6, 9, 4, 9, 5), 2023: (2, 8, 9, 7, 8)}
    gebiete = build_gebiete(2, 2)
    einzeln = {(g, "x", j): float(w) for j, reihe in jahre.items() for g, w in zip(RAEUME, reihe, strict=True)}
    summe = {(g, "x", 2023): sum(einzeln[g, "x", j] for j in jahre) for g in RAEUME}
    lang = aggregate(summe, gebiete).with_columns(jahre=3)
    kurz = {(g, "x", j): w for (g, _, j), w in einzeln.items() if geliefert or j < 2023}
    messwerte = pl.concat([aggregate(kurz, gebiete), lang], how="vertical_relaxed")
    bezuege = [Bezug("X", {"x": 1.0}), Bezug("P", {"x": 1.0}, jahre=3)]
    indikatoren = [indikator("X", "x"), indikator("P", "x", jahre=3)]
    kennzahlen = compute(aggregate(kurz, gebiete), indikatoren[:1], bezuege[:1], gebiete)
    nur = kennzahlen.filter(pl.col("jahr") < 2023)
    tabelle = freigeben(nur, messwerte, indikatoren, [Merkmal("x", "Fälle")], gebiete, bezuege)
    offen = {(m["stand"].year, m["jahre"]) for m in tabelle.messwerte.to_dicts() if m["gebiet"] == "S00" and m["wert"]}
    assert not {(2021, 0), (2022, 0), (2023, 3)} <= offen
    assert len(offen & {(2021, 0), (2022, 0), (2023, 3)}) == 2


def test_a_sum_of_group_members_that_are_shown_nowhere():
    """80 people, 79 of them young or grown up: one old person. Young and grown up stand in no table by themselves."""
    gruppe = {"jung": (40, 50, 60, 45, 33), "mittel": (39, 80, 66, 50, 41), "alt": (1, 20, 30, 25, 18)}
    merkmale = [Merkmal("ew", "Einwohner"), *(Merkmal(m, m, teil_von="ew", gruppe="alter") for m in gruppe)]
    merkmale += [Merkmal("u65", "unter 65", summe_aus="jung + mittel")]
    werte = {(g, m, 2025): float(w) for m, reihe in gruppe.items() for g, w in zip(RAEUME, reihe, strict=True)}
    for g in RAEUME:
        werte[g, "u65", 2025] = werte[g, "jung", 2025] + werte[g, "mittel", 2025]
        werte[g, "ew", 2025] = werte[g, "u65", 2025] + werte[g, "alt", 2025]
    gebiete = build_gebiete(2, 2)
    messwerte = aggregate(werte, gebiete)
    bezuege = [Bezug(m, {m: 1.0}, {"ew": 1.0}, faktor=1000.0) for m in ("u65", "alt")]
    indikatoren = [indikator(m, m, "ew", intervall=Intervallart.BYAR) for m in ("u65", "alt")]
    tabelle = freigeben(
        compute(messwerte, indikatoren, bezuege, gebiete), messwerte, indikatoren, merkmale, gebiete, bezuege
    )
    offen = {m["merkmal"] for m in tabelle.messwerte.to_dicts() if m["gebiet"] == "S00" and m["wert"] is not None}
    assert "alt" not in offen
    assert not {"ew", "u65"} <= offen
