"""Cell content becomes value, sign and remark; nothing is guessed without a word."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialtool.einlesen.zahlen import decide_tausenderpunkt, parse_zelle
from sozialtool.fach.messwert import Vermerk, Zeichen, Zeichenbedeutung, Zeichentabelle

KLARE_ZAHLEN = [
    ("0", 0.0),
    ("12", 12.0),
    ("+5", 5.0),
    ("12,5", 12.5),
    (",5", 0.5),
    ("1.234.567", 1234567.0),
    ("1.234,5", 1234.5),
    ("1 234", 1234.0),
    ("1\u00a0234,5", 1234.5),
    ("1\u2009234\u202f567", 1234567.0),
    ("1'234", 1234.0),
    ("–12", -12.0),
    ("−3,5", -3.5),
    ("- 7", -7.0),
    ("  42\u200b ", 42.0),
    ("12 €", 12.0),
    ("1e5", 100000.0),
]


@pytest.mark.parametrize(("text", "wert"), KLARE_ZAHLEN)
def test_plain_numbers_are_read_without_a_doubt(text, wert):
    befund = parse_zelle(text)
    assert befund.wert == wert
    assert befund.zeichen is None
    assert befund.unsicher == ""
    assert befund.rohtext == text


ZEICHEN = [
    ("-", 0.0, Zeichen.NICHTS),
    ("–", 0.0, Zeichen.NICHTS),
    (" — ", 0.0, Zeichen.NICHTS),
    (".", None, Zeichen.UNBEKANNT),
    ("...", None, Zeichen.FOLGT),
    ("…", None, Zeichen.FOLGT),
    ("/", None, Zeichen.UNSICHER),
    ("x", None, Zeichen.SINNLOS),
    ("X", None, Zeichen.SINNLOS),
    ("*", None, Zeichen.GEHEIM),
    ("k. A.", None, Zeichen.FEHLT),
    ("k.A.", None, Zeichen.FEHLT),
    ("n. v.", None, Zeichen.FEHLT),
    ("entfällt", None, Zeichen.SINNLOS),
    ("", None, Zeichen.FEHLT),
    ("   ", None, Zeichen.FEHLT),
]


@pytest.mark.parametrize(("text", "wert", "zeichen"), ZEICHEN)
def test_signs_say_why_there_is_no_number(text, wert, zeichen):
    befund = parse_zelle(text)
    assert (befund.wert, befund.zeichen, befund.unsicher) == (wert, zeichen, "")


@pytest.mark.parametrize("text", ["abc", "??", "()", "%", "12 34", "1 2 3", "5,", "1E400", "a" * 500, "1" * 200, "¹"])
def test_what_nobody_knows_is_no_number_and_says_so(text):
    befund = parse_zelle(text)
    assert befund.wert is None
    assert befund.zeichen is Zeichen.UNBEKANNT
    assert befund.unsicher == "ZEICHEN-UNBEKANNT"
    assert befund.rohtext == text


def test_each_source_has_its_own_table():
    tabelle = Zeichentabelle(
        "la", "Landesamt", (Zeichenbedeutung(".", Zeichen.GEHEIM), Zeichenbedeutung("0", Zeichen.FAST_NICHTS))
    )
    assert parse_zelle(".", zeichentabelle=tabelle).zeichen is Zeichen.GEHEIM
    assert parse_zelle("*", zeichentabelle=tabelle).unsicher == "ZEICHEN-UNBEKANNT"
    fast_nichts = parse_zelle("0", zeichentabelle=tabelle)
    assert (fast_nichts.wert, fast_nichts.zeichen) == (0.0, Zeichen.FAST_NICHTS)


VERMERKE = [
    ("ca. 20", 20.0, Vermerk.GESCHAETZT),
    ("rund 1.500,5", 1500.5, Vermerk.GESCHAETZT),
    ("( 12 )", 12.0, Vermerk.EINGESCHRAENKT),
    ("(12,5)", 12.5, Vermerk.EINGESCHRAENKT),
    ("12 p", 12.0, Vermerk.VORLAEUFIG),
    ("12r", 12.0, Vermerk.BERICHTIGT),
    ("s 12", 12.0, Vermerk.GESCHAETZT),
]


@pytest.mark.parametrize(("text", "wert", "vermerk"), VERMERKE)
def test_remarks_stay_beside_the_number(text, wert, vermerk):
    befund = parse_zelle(text)
    assert (befund.wert, befund.vermerk, befund.unsicher) == (wert, vermerk, "")


@pytest.mark.parametrize(
    ("text", "wert", "note", "unsicher"),
    [
        ("123*", 123.0, "*", ""),
        ("45¹)", 45.0, "¹)", ""),
        ("45²", 45.0, "²", ""),
        ("1.234,0 2)", 1234.0, "2)", ""),
        ("12 [3]", 12.0, "[3]", ""),
        ("1.234.5672)", 1234567.0, "2)", ""),
        ("1232)", 123.0, "2)", "ZAHL-FUSSNOTE"),
    ],
)
def test_footnotes_do_not_become_digits(text, wert, note, unsicher):
    befund = parse_zelle(text)
    assert (befund.wert, befund.fussnote, befund.unsicher) == (wert, note, unsicher)


@pytest.mark.parametrize(
    ("text", "grenze"), [("<3", 3.0), ("< 3", 3.0), ("≤ 5", 5.0), ("unter 10", 10.0), ("(<3)", 3.0)]
)
def test_less_than_is_secret_with_a_known_limit(text, grenze):
    befund = parse_zelle(text)
    assert (befund.wert, befund.zeichen, befund.obergrenze) == (None, Zeichen.GEHEIM, grenze)


@pytest.mark.parametrize(
    ("text", "unsicher"),
    [
        ("über 100", "ZAHL-GRENZE"),
        ("3–5", "ZAHL-BEREICH"),
        ("3 bis 5", "ZAHL-BEREICH"),
        ("#DIV/0!", "ZELLE-FEHLER"),
        ("#NV", "ZELLE-FEHLER"),
    ],
)
def test_half_answers_are_no_numbers(text, unsicher):
    befund = parse_zelle(text)
    assert befund.wert is None
    assert befund.zeichen is not None
    assert befund.unsicher == unsicher


@pytest.mark.parametrize(
    ("text", "wert", "unsicher"), [("12-", -12.0, "ZAHL-MEHRDEUTIG"), ("12 Personen", 12.0, "ZAHL-EINHEIT")]
)
def test_likely_numbers_carry_their_doubt(text, wert, unsicher):
    befund = parse_zelle(text)
    assert (befund.wert, befund.unsicher) == (wert, unsicher)


def test_percent_is_kept_as_percent():
    assert parse_zelle("12,3 %").wert == 12.3
    assert parse_zelle("12,3 %").einheit_prozent
    gespeichert = parse_zelle(0.123, angezeigt="12,3%")
    assert (gespeichert.wert, gespeichert.einheit_prozent) == (12.3, True)


def test_the_point_is_decided_by_the_column():
    assert (parse_zelle("1.234").wert, parse_zelle("1.234").unsicher) == (1234.0, "ZAHL-MEHRDEUTIG")
    assert (parse_zelle("1.234", tausenderpunkt=True).wert, parse_zelle("1.234", tausenderpunkt=True).unsicher) == (
        1234.0,
        "",
    )
    assert (parse_zelle("1.234", tausenderpunkt=False).wert, parse_zelle("1.234", tausenderpunkt=False).unsicher) == (
        1.234,
        "",
    )
    assert parse_zelle("12.5", tausenderpunkt=True).unsicher == "ZAHL-MEHRDEUTIG"
    assert (parse_zelle("1,234.5", dezimal=".").wert, parse_zelle("1,234.5", dezimal=".").unsicher) == (1234.5, "")
    assert parse_zelle("1,234.5").unsicher == "ZAHL-MEHRDEUTIG"


@pytest.mark.parametrize(
    ("spalte", "tausender", "sicher"),
    [
        (["1.234", "2.345.678"], True, True),
        (["1.234", "1.234,5"], True, True),
        (["1.234", "12,5"], True, True),
        (["1.234", "2.345", "999"], True, False),
        (["1.234", "12.5"], False, True),
        (["0.123", "0.456"], False, True),
        (["1234.567"], False, True),
        (["1,234.5"], False, True),
        (["1.234"], None, False),
        (["1.234", "1234"], None, False),
        (["12.5", "1.234,5"], None, False),
        (["-", "*", "k. A.", None, 5.0], None, True),
        (["1.585 p", "(2.301)"], True, False),
    ],
)
def test_evidence_for_the_point(spalte, tausender, sicher):
    entscheidung = decide_tausenderpunkt(spalte)
    assert (entscheidung.tausender, entscheidung.sicher) == (tausender, sicher)
    assert entscheidung.grund


def test_flensburg_is_not_misread():
    """1.585 people on benefits were published as 2, because "1.585" was read as 1.585 (QUELLEN.md, flensburg)."""
    spalte = ["1.585", "920", "1.102", "2.310"]
    entscheidung = decide_tausenderpunkt(spalte)
    assert [parse_zelle(text, tausenderpunkt=entscheidung.tausender).wert for text in spalte] == [1585, 920, 1102, 2310]


def test_stored_numbers_and_what_the_format_shows():
    null = parse_zelle(0.0, angezeigt="-")
    assert (null.wert, null.zeichen, null.rohtext) == (0.0, Zeichen.NICHTS, "-")
    verdeckt = parse_zelle(2.0, angezeigt="*")
    assert (verdeckt.wert, verdeckt.zeichen) == (None, Zeichen.GEHEIM)
    mittel = parse_zelle(79.16666, angezeigt="79")
    assert (mittel.wert, mittel.rohtext) == (79.16666, "79")
    assert parse_zelle(12.0, angezeigt="(12)").vermerk is Vermerk.EINGESCHRAENKT
    assert parse_zelle(-12.0, angezeigt="(12)").vermerk is Vermerk.KEINER
    assert parse_zelle(7).wert == 7.0
    assert parse_zelle(1234.5).rohtext == "1234,5"


@pytest.mark.parametrize(
    ("wert", "unsicher"),
    [
        (dt.date(2024, 3, 1), "ZAHL-DATUM"),
        (dt.datetime(2024, 3, 1, 12, 0), "ZAHL-DATUM"),
        (dt.time(1, 3), "ZAHL-DATUM"),
        (dt.timedelta(hours=30), "ZAHL-DATUM"),
        (True, "ZAHL-WAHRHEITSWERT"),
        (math.nan, "ZEICHEN-UNBEKANNT"),
        (math.inf, "ZEICHEN-UNBEKANNT"),
    ],
)
def test_what_is_no_number_in_excel_is_none_here(wert, unsicher):
    befund = parse_zelle(wert)
    assert (befund.wert, befund.zeichen, befund.unsicher) == (None, Zeichen.UNBEKANNT, unsicher)


def test_an_empty_cell_was_not_delivered():
    assert (parse_zelle(None).wert, parse_zelle(None).zeichen) == (None, Zeichen.FEHLT)


TRENNER = st.sampled_from([".", " ", "\u00a0", "\u202f", "'"])


@given(st.integers(-(10**12), 10**12), st.integers(0, 6), TRENNER, st.sampled_from(["-", "–", "−"]))
def test_german_numbers_survive_the_round_trip(ganz, stellen, trenner, minus):
    zahl = ganz / 10**stellen
    text = f"{abs(zahl):,.{stellen}f}".replace(",", "\0").replace(".", ",").replace("\0", trenner)
    befund = parse_zelle((minus if ganz < 0 else "") + text, tausenderpunkt=True)
    assert befund.wert == pytest.approx(zahl, rel=1e-12, abs=1e-12)
    assert befund.zeichen is None
    assert befund.unsicher == ""


@given(st.text(max_size=80))
def test_any_text_gives_a_number_or_a_reason(text):
    befund = parse_zelle(text)
    assert befund.wert is not None or befund.zeichen is not None
    if befund.wert is not None:
        assert math.isfinite(befund.wert)
        assert befund.zeichen is not None or any(zeichen.isdigit() for zeichen in text)


@given(st.text(alphabet="0123456789.,-–()*<>%¹p r\u00a0e+'", max_size=30))
def test_texts_that_look_like_numbers_never_break_it(text):
    for punkt in (None, True, False):
        for dezimal in (",", "."):
            befund = parse_zelle(text, dezimal=dezimal, tausenderpunkt=punkt)
            assert befund.wert is not None or befund.zeichen is not None
