"""Kennzahlen: value, interval, comparison, change, reasons."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialtool import rechnen
from sozialtool.fach.indikator import Bruch, Intervallart
from sozialtool.fach.rahmen import KENNZAHLEN
from sozialtool.fach.raum import Gebiet
from sozialtool.fehler import FormelFehler

from .ort import GEBIETE, MERKMALE, STADT, indikator, messwerte, rechne, verdichte

FAELLE = tomllib.loads((Path(__file__).parent / "faelle" / "brueche.toml").read_text(encoding="utf-8"))["fall"]
ARM = {"R1": 12, "R2": 40, "R3": 10, "R4": 3}
EW = {"R1": 73, "R2": 200, "R3": 200, "R4": 127}


def rates(arm, ew, jahr=2024):
    """Rows of numerator and denominator."""
    return [(g, "arm", jahr, w) for g, w in arm.items()] + [(g, "ew", jahr, w) for g, w in ew.items()]


def test_schema_rows_and_order():
    frame = rechnen.compute_kennzahlen(
        verdichte(rates(ARM, EW)), rechnen.build_gebiete(GEBIETE), [indikator()], MERKMALE
    ).collect()
    assert dict(frame.schema) == dict(pl.DataFrame(schema=KENNZAHLEN.schema).schema)
    assert frame["gebiet"].to_list() == [STADT, "O1", "R1", "O2", "R2", "R3", "R4", "nz"]
    assert frame.select("indikator", "jahr", "gebiet").is_duplicated().any() is False


def test_rate_from_sums_and_wilson_limits():
    kennzahlen = rechne(rates(ARM, EW))
    raum, stadt = kennzahlen["A", 2024, "R1"], kennzahlen["A", 2024, STADT]
    assert (raum["zaehler"], raum["nenner"]) == (12, 73)
    assert raum["wert"] == pytest.approx(100 * 12 / 73)
    assert (round(raum["unten"], 2), round(raum["oben"], 2)) == (9.66, 26.57)
    assert (stadt["zaehler"], stadt["nenner"], stadt["wert"]) == (65, 600, pytest.approx(100 * 65 / 600))
    assert raum["stadtwert"] == stadt["wert"]
    assert raum["verhaeltnis"] == pytest.approx(raum["wert"] / stadt["wert"])
    assert kennzahlen["A", 2024, "O1"]["wert"] == pytest.approx(100 * 52 / 273)


def test_lage_and_ranks():
    kennzahlen = rechne(rates(ARM, EW))
    # 20 %, 16,4 %, 5 %, 2,4 % against 10,8 %
    assert [kennzahlen["A", 2024, f"R{i}"]["lage"] for i in range(1, 5)] == [0, 2, -2, -2]
    assert [kennzahlen["A", 2024, f"R{i}"]["rang"] for i in range(1, 5)] == [2, 1, 3, 4]
    spannen = [
        (kennzahlen["A", 2024, f"R{i}"]["rang_von"], kennzahlen["A", 2024, f"R{i}"]["rang_bis"]) for i in range(1, 5)
    ]
    assert spannen == [(1, 2), (1, 2), (3, 4), (3, 4)]
    stadt = kennzahlen["A", 2024, STADT]
    assert [stadt[name] for name in ("lage", "rang", "rang_von", "rang_bis")] == [None] * 4
    assert (kennzahlen["A", 2024, "O1"]["rang"], kennzahlen["A", 2024, "O2"]["rang"]) == (1, 2)


def test_small_ratio_beyond_chance_is_lage_one():
    kennzahlen = rechne(
        rates({"R1": 5500, "R2": 4500}, {"R1": 10000, "R2": 10000}), gebiete=[*GEBIETE[:2], *GEBIETE[3:5]]
    )
    assert kennzahlen["A", 2024, "R1"]["lage"] == 1
    assert kennzahlen["A", 2024, "R2"]["lage"] == -1


def test_byar_and_exact_limits():
    kennzahlen = rechne(rates(ARM, EW), indikator(intervall=Intervallart.BYAR, faktor=1000.0))
    raum = kennzahlen["A", 2024, "R4"]
    assert raum["wert"] == pytest.approx(3 / 127 * 1000)
    # Exact Poisson limits of 3 events: 0.6187 and 8.7673.
    assert raum["unten"] == pytest.approx(0.618672 / 127 * 1000, rel=1e-5)
    assert raum["oben"] == pytest.approx(8.767273 / 127 * 1000, rel=1e-5)


def test_without_denominator_the_numerator_is_the_value():
    kennzahl = rechne(rates(ARM, EW), indikator(nenner="", faktor=100.0))["A", 2024, "R1"]
    assert (kennzahl["wert"], kennzahl["nenner"], kennzahl["unten"], kennzahl["lage"]) == (12, None, None, None)
    assert kennzahl["rang"] == 2


def test_zero_denominator_is_a_reason():
    kennzahlen = rechne(rates(ARM | {"R4": 0}, EW | {"R4": "NICHTS"}))
    kennzahl = kennzahlen["A", 2024, "R4"]
    assert (kennzahl["wert"], kennzahl["zeichen"], kennzahl["nenner"]) == (None, "NENNER_NULL", 0)
    assert kennzahl["rang"] is None
    assert kennzahlen["A", 2024, STADT]["wert"] == pytest.approx(100 * 62 / 473)


def test_zero_inside_the_formula_is_a_reason():
    for zaehler, nenner in (
        ("arm / (ew - ew)", ""),
        ("arm", "ew * 0"),
        ("0 * arm / (ew - ew)", "ew"),
        ("arm", "ew / 0"),
    ):
        for kennzahl in rechne(rates(ARM, EW), indikator(zaehler=zaehler, nenner=nenner)).values():
            assert kennzahl["wert"] is None
            assert kennzahl["zeichen"] == ("NENNER_NULL" if kennzahl["gebiet"] != "nz" else "FEHLT")


def test_reasons_are_carried_through():
    kennzahlen = rechne(rates(ARM | {"R1": "GEHEIM", "R3": "UNSICHER"}, EW | {"R1": "FOLGT", "R4": "SINNLOS"}))
    zeichen = {gebiet: kennzahl["zeichen"] for (_, _, gebiet), kennzahl in kennzahlen.items()}
    assert zeichen == {
        STADT: "GEHEIM", "O1": "GEHEIM", "O2": "UNSICHER", "R1": "GEHEIM", "R2": None, "R3": "UNSICHER", "R4": "SINNLOS",
        "nz": "FEHLT",
    }  # fmt: skip
    raum = kennzahlen["A", 2024, "R2"]
    assert (raum["stadtwert"], raum["verhaeltnis"], raum["lage"], raum["rang"]) == (None, None, None, 1)
    assert kennzahlen["A", 2024, "R1"]["wert"] is kennzahlen["A", 2024, "R1"]["zaehler"] is None


def test_nichts_is_a_zero_rate_with_an_upper_limit():
    kennzahl = rechne(rates(ARM | {"R4": "NICHTS"}, EW))["A", 2024, "R4"]
    assert (kennzahl["wert"], kennzahl["unten"], kennzahl["zeichen"]) == (0, 0, None)
    assert kennzahl["oben"] > 2


def test_numerator_above_denominator():
    ind = indikator()
    frame = rechnen.compute_kennzahlen(
        verdichte(rates(ARM | {"R1": 80}, EW)), rechnen.build_gebiete(GEBIETE), [ind], MERKMALE
    ).collect()
    zeile = frame.filter(pl.col("gebiet") == "R1").row(0, named=True)
    assert zeile["wert"] == pytest.approx(100 * 80 / 73)
    assert (zeile["unten"], zeile["oben"], zeile["lage"], zeile["vermerk"]) == (None, None, None, "EINGESCHRAENKT")
    (befund,) = rechnen.check_zaehler_nenner(frame, [ind])
    assert befund.code == "RECHNEN-ZAEHLER-GROESSER"
    assert "A Armutsquote, Gebiet R1, 2024: Der Zähler (80) ist größer als der Nenner (73)" in befund.meldung
    assert rechnen.check_zaehler_nenner(frame, [indikator(intervall=Intervallart.BYAR)]) == []


def test_vermerk_is_the_strongest():
    zeilen = [("R1", "arm", 2024, 5, 0, "VORLAEUFIG"), ("R1", "ew", 2024, 50, 0, "BERICHTIGT")]
    assert rechne(zeilen)["A", 2024, "R1"]["vermerk"] == "VORLAEUFIG"


def test_ordinal_is_only_shown():
    ind = indikator(zaehler="stufe", nenner="", stufe=True, intervall=Intervallart.KEINES)
    kennzahlen = rechne(
        [("R1", "stufe", 2023, 3), ("R1", "stufe", 2024, 5), ("R2", "stufe", 2024, 1), (STADT, "stufe", 2024, 2)], ind
    )
    raum = kennzahlen["A", 2024, "R1"]
    assert (raum["wert"], raum["stadtwert"]) == (5, 2)
    assert [raum[name] for name in ("verhaeltnis", "lage", "rang", "vorjahr")] == [None] * 4


def test_town_only_indicator():
    kennzahlen = rechne(rates({STADT: 5}, {STADT: 50}), indikator(kleinste_ebene="stadt"))
    assert list(kennzahlen) == [("A", 2024, STADT)]


def test_negative_value_has_no_ratio():
    kennzahlen = rechne(rates(ARM, EW), indikator(zaehler="arm - ew", nenner="", intervall=Intervallart.KEINES))
    assert kennzahlen["A", 2024, "R1"]["wert"] == -61
    assert kennzahlen["A", 2024, "R1"]["verhaeltnis"] is None
    assert kennzahlen["A", 2024, "R1"]["rang"] == 1


def test_latest_stand_of_the_year():
    monate = [(g, m, dt.date(2024, monat, 28), w + monat) for g, m, _, w in rates(ARM, EW) for monat in (1, 6, 11)]
    kennzahl = rechne(monate)["A", 2024, "R1"]
    assert (kennzahl["zaehler"], kennzahl["nenner"]) == (23, 84)


def test_town_series_by_month_meets_the_stand_of_the_areas():
    juni = [(g, m, dt.date(2024, 6, 30), w) for g, m, _, w in rates(ARM, EW)]
    stadt = [(STADT, "arm", dt.date(2024, monat, 28 if monat == 2 else 30), 500 + monat) for monat in range(1, 13)]
    kennzahl = rechne([*juni, *stadt])["A", 2024, STADT]
    assert kennzahl["zaehler"] == 506


def test_lagged_merkmal():
    zeilen = [("R1", "ew", jahr, wert) for jahr, wert in ((2019, 100), (2020, 105), (2024, 130))]
    kennzahlen = rechne(zeilen, indikator(zaehler="ew - ew__vor5", nenner="ew__vor5", intervall=Intervallart.KEINES))
    assert kennzahlen["A", 2024, "R1"]["wert"] == pytest.approx(30)
    assert ("A", 2020, "R1") not in kennzahlen


def test_pooled_years_are_summed_on_both_sides():
    zeilen = [z for jahr, arm in ((2022, 1), (2023, 2), (2024, 6)) for z in rates({"R1": arm}, {"R1": 10 * jahr}, jahr)]
    kennzahl = rechne(zeilen, indikator(jahre=3))["A", 2024, "R1"]
    assert (kennzahl["zaehler"], kennzahl["nenner"]) == (9, 60690)


def test_delivered_pool_wins_and_single_years_do_not_see_it():
    zeilen = [
        ("R1", "arm", 2024, 17, 3), ("R1", "arm", 2024, 4), ("R1", "arm", 2023, 4), ("R1", "arm", 2022, 4),
        *(("R1", "ew", jahr, 100) for jahr in (2022, 2023, 2024)),
    ]  # fmt: skip
    kennzahlen = rechne(zeilen, indikator(jahre=3), indikator(kennung="B"))
    assert (kennzahlen["A", 2024, "R1"]["zaehler"], kennzahlen["A", 2024, "R1"]["nenner"]) == (17, 300)
    assert (kennzahlen["B", 2024, "R1"]["zaehler"], kennzahlen["B", 2024, "R1"]["nenner"]) == (4, 100)


def test_secret_year_makes_the_pool_secret():
    zeilen = [z for jahr, arm in ((2022, 1), (2023, "GEHEIM"), (2024, 6)) for z in rates({"R1": arm}, {"R1": 10}, jahr)]
    assert rechne(zeilen, indikator(jahre=3))["A", 2024, "R1"]["zeichen"] == "GEHEIM"


@pytest.mark.parametrize("fall", FAELLE, ids=[fall["titel"] for fall in FAELLE])
def test_brueche(fall):
    zeilen = [
        (STADT, name, jahr, wert)
        for name in ("arm", "ew")
        for jahr, wert in zip(fall["jahre"], fall[name], strict=True)
    ]
    ind = indikator(
        zaehler=fall.get("zaehler", "arm"), nenner=fall.get("nenner", "ew"), jahre=fall.get("zusammen", 1),
        intervall=Intervallart.KEINES,
    )  # fmt: skip
    kennzahlen = rechne(zeilen, ind, brueche=[Bruch(*bruch) for bruch in fall["brueche"]])
    leer = dict.fromkeys(("wert", "vorjahr", "fuenfjahr", "bruch", "zeichen"))
    for stelle, jahr in enumerate(fall["jahre"]):
        zeile = kennzahlen.get(("A", jahr, STADT), leer)
        for name in ("wert", "vorjahr", "fuenfjahr", "bruch"):
            soll = fall[name][stelle]
            ist = zeile["zeichen"] if soll == "BRUCH" else zeile[name]
            erwartet = (
                None if soll == "–" else pytest.approx(soll, abs=1e-9) if isinstance(soll, (int, float)) else soll
            )
            assert ist == erwartet, f"{jahr} {name}"


def test_wrong_formula_names_itself():
    with pytest.raises(FormelFehler, match="amr / ew"):
        rechne(rates(ARM, EW), indikator(zaehler="amr / ew"))


def test_nothing_delivered_gives_no_rows():
    assert rechne([]) == {}
    assert rechne([("R1", "ew", 2024, 5)]) == {}


def test_no_indicators():
    frame = rechnen.compute_kennzahlen(
        verdichte(rates(ARM, EW)), rechnen.build_gebiete(GEBIETE), [], MERKMALE
    ).collect()
    assert frame.height == 0
    assert frame.columns == list(KENNZAHLEN.schema)


def test_streaming_and_in_memory_engines_agree():
    plan = rechnen.compute_kennzahlen(
        verdichte([z for jahr in range(2015, 2025) for z in rates(ARM, EW, jahr)]), rechnen.build_gebiete(GEBIETE),
        [indikator(), indikator(kennung="B", jahre=3)], MERKMALE, [Bruch("ew", 2020, "x")],
    )  # fmt: skip
    assert plan.collect(engine="streaming").equals(plan.collect(engine="in-memory"))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=2, max_size=9))
def test_ranks_agree_with_every_pair(paare):
    orte = [Gebiet("S", "Stadt", "stadt"), *(Gebiet(f"G{i}", "g", "sozialraum", "S") for i in range(len(paare)))]
    zeilen = rates({f"G{i}": x for i, (x, _) in enumerate(paare)}, {f"G{i}": n for i, (_, n) in enumerate(paare)})
    kennzahlen = rechne(zeilen, gebiete=orte)
    teile = [kennzahlen["A", 2024, f"G{i}"] for i in range(len(paare))]
    for ich in teile:
        andere = [a for a in teile if a is not ich]
        assert ich["rang"] == 1 + sum(a["wert"] > ich["wert"] for a in andere)
        if ich["unten"] is None:
            assert ich["rang_von"] is ich["rang_bis"] is None
            continue
        unten = [a["wert"] if a["unten"] is None else a["unten"] for a in andere]
        oben = [a["wert"] if a["oben"] is None else a["oben"] for a in andere]
        assert ich["rang_von"] == 1 + sum(u > ich["oben"] for u in unten)
        assert ich["rang_bis"] == len(teile) - sum(o < ich["unten"] for o in oben)
        assert ich["rang_von"] <= ich["rang"] <= ich["rang_bis"]


def test_messwerte_of_unknown_areas_do_not_disturb():
    zeilen = rates(ARM, EW)
    assert rechne([*zeilen, ("R99", "arm", 2024, 5)]) == rechne(zeilen)


def test_infinite_values_are_never_values():
    frame = messwerte(rates(ARM, EW)).with_columns(
        pl.when(pl.col("gebiet") == "R1").then(float("inf")).otherwise("wert").alias("wert")
    )
    kennzahlen = rechnen.compute_kennzahlen(frame, rechnen.build_gebiete(GEBIETE), [indikator()], MERKMALE).collect()
    zeile = kennzahlen.filter(pl.col("gebiet") == "R1").row(0, named=True)
    assert (zeile["wert"], zeile["zaehler"], zeile["zeichen"]) == (None, None, "FEHLT")
