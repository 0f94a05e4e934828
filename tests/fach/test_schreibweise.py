"""One way of rounding and writing a number for screen, command and workbook."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialtool.fach.felder import Feld
from sozialtool.fach.schreibweise import (
    FEST,
    binde,
    cut_zeilen,
    format_dauer,
    format_zahl,
    join_und,
    name_einige,
    runde,
)
from sozialtool.fehler import FeldFehler


@pytest.mark.parametrize(
    ("zahl", "stellen", "text"),
    [
        (1234.5, 1, "1.234,5"),
        (-0.04, 1, "0,0"),
        (-2.5, 1, "−2,5"),
        (0, 0, "0"),
        (1234567, 0, "1.234.567"),
        (0.25, 1, "0,3"),  # half away from zero, not to the even digit
        (-0.25, 1, "−0,3"),
        (2.5, 0, "3"),
        (0.285 * 100, 1, "28,5"),
    ],
)
def test_format_zahl(zahl, stellen, text):
    assert format_zahl(zahl, stellen) == text


def test_signs_and_gaps():
    assert format_zahl(1.25, 1, plus=True) == "+1,3"
    assert format_zahl(-1.25, 1, plus=True) == "−1,3"
    assert format_zahl(0.0, 1, plus=True) == "0,0"
    assert format_zahl(None, 1, leer="–") == "–"


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_what_is_written_is_the_rounded_value(wert, stellen):
    gelesen = float(format_zahl(wert, stellen).replace(".", "").replace(",", ".").replace("−", "-"))
    assert gelesen == runde(wert, stellen)
    assert abs(gelesen - wert) <= 0.5 * 10**-stellen * (1 + 1e-6) + 1e-6


@pytest.mark.parametrize(
    ("text", "zahl"),
    [
        ("250.000", 250000),
        ("1.234.567", 1234567),
        ("1.234,5", 1234.5),
        ("0.125", 0.125),
        ("2.5", 2.5),
        ("−1.000", -1000),
    ],
)
def test_thousands_with_a_point_are_thousands(text, zahl):
    assert Feld("x", "X", float).from_text(text) == zahl


@pytest.mark.parametrize("text", ["2.5", "0.5", "2,5", "1.00", "12.34"])
def test_a_broken_number_is_no_count(text):
    with pytest.raises(FeldFehler, match="Anzahl"):
        Feld("x", "Anzahl", int).from_text(text)
    assert Feld("x", "Anzahl", int).from_text("1.234.567") == 1234567


@pytest.mark.parametrize(
    ("teile", "text"), [([], ""), (["A"], "A"), (["A", "B"], "A und B"), (["A", "B", "C"], "A, B und C")]
)
def test_join_und(teile, text):
    assert join_und(teile) == text


@pytest.mark.parametrize(
    ("namen", "text"),
    [("", ""), ("A", "A"), ("ABC", "A; B; C"), ("ABCD", "A; B; C; D"), ("ABCDE", "A; B; C und 2 weitere")],
)
def test_a_single_name_beyond_the_limit_is_named(namen, text):
    assert name_einige(list(namen), 3, "; ") == text
    assert len(cut_zeilen(list(namen), 3)) == min(len(namen), 4)


@pytest.mark.parametrize(
    ("text", "gebunden"),
    [
        ("30,9 % der Kinder", "30,9_% der Kinder"),
        ("3,5 Mio. Euro, 2 Mio. € und 12 km²", "3,5_Mio._Euro, 2_Mio._€ und 12_km²"),
        ("§ 16 Abs. 3 SGB II", "§_16 Abs._3 SGB_II"),
        ("Anlage 1 zur Drucksache 17/801", "Anlage_1 zur Drucksache_17/801"),
        ("A07 Rheinfeld Nord, A07a SGB-II-Quote", "A07_Rheinfeld Nord, A07a_SGB-II-Quote"),
        ("am 16. März 2026", "am 16._März 2026"),
        ("z. B. hier, i. d. R. dort", "z._B. hier, i._d._R. dort"),
        ("9,3 ▲▲ · ▲▲ deutlich höher", "9,3_▲▲ · ▲▲_deutlich höher"),
        ("5 je 1.000 Kinder, Rang 3 von 12", "5 je_1.000 Kinder, Rang_3 von 12"),
        ("{A07 Rheinfeld Nord 2023}", "{A07 Rheinfeld Nord 2023}"),
        ("7 meter, 2025 mehr, Jahr 2025", "7 meter, 2025 mehr, Jahr 2025"),
        ("B05 Jugendarbeitslosenquote", "B05 Jugendarbeitslosenquote"),
    ],
)
def test_number_and_unit_stay_on_one_line(text, gebunden):
    assert binde(text) == gebunden.replace("_", FEST)
    assert binde(binde(text)) == binde(text)


@given(st.text("aA1 %.§{}()€▲7mkI", max_size=30))
def test_binding_moves_nothing(text):
    assert binde(text).replace(FEST, " ") == text


@pytest.mark.parametrize(
    ("beginn", "ende", "text"),
    [
        (dt.date(2024, 10, 1), dt.date(2027, 8, 31), "01.10.2024 bis 31.08.2027"),
        (dt.date(2024, 10, 1), None, "ab 01.10.2024, auf Dauer"),
        (None, dt.date(2027, 8, 31), "bis 31.08.2027"),
        (None, None, "Beginn offen, auf Dauer"),
    ],
)
def test_how_long_something_lasts_is_said_in_words(beginn, ende, text):
    assert format_dauer(beginn, ende) == text
