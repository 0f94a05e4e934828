"""Formulas: arithmetic passes, everything else is refused in German."""

from __future__ import annotations

import contextlib

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialtool.fehler import FormelFehler
from sozialtool.rechnen.formel import parse_formel, split_vor

MERKMALE = ("ew", "ew_u18", "sgb2_u18", "zuzuege", "fortzuege", "order")
PUNKT = {"ew": 7.0, "ew_u18": 3.0, "sgb2_u18": 2.0, "zuzuege": 11.0, "fortzuege": 5.0, "order": 13.0, "ew__vor5": 4.0}


def evaluate(text: str) -> float:
    return pl.DataFrame({k: [v] for k, v in PUNKT.items()}).select(parse_formel(text, MERKMALE).expr.alias("w")).item()


@pytest.mark.parametrize(
    ("text", "koeffizienten"),
    [
        ("ew", {"ew": 1.0}),
        ("zuzuege - fortzuege", {"zuzuege": 1.0, "fortzuege": -1.0}),
        ("ew - ew__vor5", {"ew": 1.0, "ew__vor5": -1.0}),
        ("1/2 * (ew + ew__vor5)", {"ew": 0.5, "ew__vor5": 0.5}),
        ("2*(zuzuege+fortzuege)/4", {"zuzuege": 0.5, "fortzuege": 0.5}),
        ("order", {"order": 1.0}),
        ("-ew", {"ew": -1.0}),
        ("ew - ew", {"ew": 0.0}),
        ("ew * ew_u18", None),
        ("sgb2_u18 / ew_u18", None),
        ("ew * ew / ew", None),
    ],
)
def test_koeffizienten(text, koeffizienten):
    formel = parse_formel(text, MERKMALE)
    assert formel.koeffizienten == koeffizienten
    assert formel.linear is (koeffizienten is not None)


def test_konstante():
    formel = parse_formel("ew - 3", MERKMALE)
    assert (formel.koeffizienten, formel.konstante) == ({"ew": 1.0}, -3.0)


@pytest.mark.parametrize(
    ("text", "stueck"),
    [
        ("sum(ew)", "sum"),
        ("SUM (ew)", "SUM"),
        ("CASE WHEN ew THEN 1 END", "WHEN"),
        ("(SELECT 1)", "1"),
        ("cast(ew as int)", "cast"),
        ("abs(ew)", "abs"),
        ("ew > 2", "> 2"),
        ("ew = 2", "= 2"),
        ("'text'", "'text'"),
        ('"ew"', '"ew"'),
        ("*", "*"),
        ("ew % 2", "% 2"),
        ("ew // 2", "/"),
        ("ew /* weg */", "*"),
        ("ew; drop table x", "; drop"),
        ("ew as kinder", "as"),
        ("ew ew", "ew"),
        ("3 ew", "ew"),
        ("ew(2)", "ew"),
        ("ew over ew", "over"),
        ("ew.ew", ".ew"),
        ("ew,5", ",5"),
        ("1e400 * ew", "0"),
        ("ew in (1)", "in"),
        ("null", "null"),
        ("ew[1]", "[1]"),
        ("ew +", "+"),
        ("()", ")"),
        ("ew\x00", "\x00"),
    ],
)
def test_refuses(text, stueck):
    with pytest.raises(FormelFehler) as fehler:
        parse_formel(text, MERKMALE)
    assert stueck in fehler.value.meldung
    assert text in fehler.value.meldung


def test_comment_is_two_minus_signs():
    # Polars' parser takes "--" for the start of a comment and would drop the rest without a word.
    assert evaluate("ew--ew_u18") == 10.0


def test_proposes_similar_merkmal():
    with pytest.raises(FormelFehler, match=r"„ew_u81“ kein bekanntes Merkmal.*„ew_u18“"):
        parse_formel("ew_u81 / ew", MERKMALE)


@pytest.mark.parametrize("text", ["", "  ", "(ew", "ew)", ")ew(", "ew)("])
def test_incomplete(text):
    with pytest.raises(FormelFehler):
        parse_formel(text, MERKMALE)


@pytest.mark.parametrize("text", ["ew / (zuzuege / fortzuege)", "ew / -(zuzuege / fortzuege)", "ew/(1+(ew/order))"])
def test_quotient_in_divisor_is_refused(text):
    with pytest.raises(FormelFehler, match="Bruch im Nenner"):
        parse_formel(text, MERKMALE)


def test_numbers_alone_are_floats():
    assert evaluate("2 / 7.5") == 2 / 7.5
    assert evaluate("1 / 2 * 3") == 1.5


def test_split_vor():
    assert split_vor("ew__vor5") == ("ew", 5)
    assert split_vor("ew") == ("ew", 0)
    assert split_vor("__vor5") == ("__vor5", 0)
    assert split_vor("ew__vor0") == ("ew__vor0", 0)


AUSDRUECKE = st.recursive(
    st.sampled_from([*PUNKT, "2", "0.5", "10"]),
    lambda teil: st.one_of(
        st.tuples(teil, st.sampled_from("+-*"), teil).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        teil.map(lambda t: f"(-{t})"),
        st.tuples(teil, st.sampled_from(["ew", "2", "7.5"])).map(lambda t: f"{t[0]} / {t[1]}"),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(AUSDRUECKE)
def test_value_is_that_of_arithmetic(text):
    erwartet = eval(text, {"__builtins__": {}}, dict(PUNKT))
    assert evaluate(text) == pytest.approx(erwartet, rel=1e-12, abs=1e-9)


@settings(deadline=None)
@given(AUSDRUECKE)
def test_koeffizienten_give_the_value(text):
    formel = parse_formel(text, MERKMALE)
    if formel.linear:
        summe = formel.konstante + sum(k * PUNKT[name] for name, k in formel.koeffizienten.items())
        assert evaluate(text) == pytest.approx(summe, rel=1e-9, abs=1e-6)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_gives_formula_or_german_error(text):
    with contextlib.suppress(FormelFehler):
        formel = parse_formel(text, MERKMALE)
        assert all(split_vor(name)[0] in MERKMALE for name in formel.merkmale)
