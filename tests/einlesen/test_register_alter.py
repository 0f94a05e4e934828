"""Ages at the Stichtag, and what stands in the cells of a register."""

from __future__ import annotations

import datetime as dt

import pytest

from sozialtool.fach.register import (
    DEUTSCH,
    DRITTSTAAT,
    EU,
    MAENNLICH,
    OFFEN,
    UNBEKANNT,
    WEIBLICH,
    Haushalt,
    alter_am,
    assign_geschlecht,
    build_regeln,
    count_haushalte,
    describe_geburt,
    geschlecht_of,
    iter_kalender,
    parse_tag,
    past_regelalter,
)
from sozialtool.fach.staaten import gruppe_of, gruppe_of_beiden

D = dt.date


@pytest.mark.parametrize(
    ("geboren", "stichtag", "alter"),
    [
        (D(2007, 12, 31), D(2025, 12, 31), 18),  # the Stichtag is the birthday
        (D(2008, 1, 1), D(2025, 12, 31), 17),
        (D(2008, 2, 29), D(2026, 2, 28), 17),  # the year ends with this day
        (D(2008, 2, 29), D(2026, 3, 1), 18),
        (D(2008, 2, 29), D(2028, 2, 29), 20),
        (D(2025, 12, 31), D(2025, 12, 31), 0),
        (D(2026, 1, 1), D(2025, 12, 31), -1),
    ],
)
def test_age_by_the_civil_code(geboren, stichtag, alter):
    assert alter_am(geboren, stichtag) == alter


@pytest.mark.parametrize(
    ("geboren", "erreicht"),
    [
        (D(1946, 7, 9), D(2011, 7, 9)), (D(1947, 7, 9), D(2012, 8, 9)), (D(1958, 7, 9), D(2024, 7, 9)),
        (D(1959, 7, 9), D(2025, 9, 9)), (D(1963, 7, 9), D(2030, 5, 9)), (D(1964, 7, 9), D(2031, 7, 9)),
        (D(1980, 7, 9), D(2047, 7, 9)),
    ],
)  # fmt: skip
def test_regelaltersgrenze_rises_with_the_year_of_birth(geboren, erreicht):
    assert past_regelalter(geboren, erreicht)
    assert not past_regelalter(geboren, erreicht - dt.timedelta(1))


@pytest.mark.parametrize("stichtag", [D(2025, 12, 31), D(2026, 2, 28), D(2024, 2, 29), D(2025, 6, 1)])
def test_calendar_says_what_the_rules_say(stichtag):
    kalender = {text: geburt for geburt, texte in iter_kalender(stichtag) for text in texte}
    for text, geburt in kalender.items():
        tag, ganz = parse_tag(text)
        assert geburt == describe_geburt(tag, stichtag, ganz=ganz), text
    assert len(kalender) == sum(
        365 + (j % 4 == 0 and (j % 100 != 0 or j % 400 == 0)) for j in range(stichtag.year - 111, stichtag.year + 1)
    )


@pytest.mark.parametrize(
    ("zelle", "tag"),
    [
        ("31.12.2007", (D(2007, 12, 31), True)), ("1.2.1950", (D(1950, 2, 1), True)), ("2007-12-31", (D(2007, 12, 31), True)),
        ("20071231", (D(2007, 12, 31), True)), (20071231.0, (D(2007, 12, 31), True)), (D(1950, 1, 2), (D(1950, 1, 2), True)),
        (dt.datetime(1950, 1, 2), (D(1950, 1, 2), True)), (18264.0, (D(1950, 1, 1), True)), ("31.12.2007 00:00:00", (D(2007, 12, 31), True)),
        ("00.00.1950", (D(1950, 1, 1), False)), ("00.07.1950", (D(1950, 7, 1), False)), ("19500000", (D(1950, 1, 1), False)),
        ("1950", (D(1950, 1, 1), False)), (1950, (D(1950, 1, 1), False)),
        ("30.02.1950", None), ("31.12.50", None), ("", None), (None, None), ("x", None), (True, None), (float("nan"), None), (12.5, None),
    ],
)  # fmt: skip
def test_birth_dates_as_registers_write_them(zelle, tag):
    assert parse_tag(zelle) == tag


def test_sex_and_nationality():
    assert [geschlecht_of(w) for w in ("M", "weiblich", 2.0, "divers", None, "Hund")] == [
        MAENNLICH,
        WEIBLICH,
        WEIBLICH,
        OFFEN,
        OFFEN,
        None,
    ]
    assert [gruppe_of(w) for w in ("deutsch", "000", 0, "deutsch/türkisch", "D")] == [DEUTSCH] * 5
    assert [gruppe_of(w) for w in ("polnisch", "152", 152.0, "ITA", "Rumänien", "Türkei, Polen")] == [EU] * 6
    assert [gruppe_of(w) for w in ("syrisch", "163", "ungeklärt", "staatenlos", "bosnien und herzegowina", "998")] == [
        DRITTSTAAT
    ] * 6
    assert [gruppe_of(w) for w in (None, "", "Quaxland", "7", "700", "polnisch?", float("nan"))] == [UNBEKANNT] * 7
    assert [gruppe_of(w) for w in ("Deutsche", "polnische", "Syrerin, deutsch", "quax/polnisch")] == [
        DEUTSCH,
        EU,
        DEUTSCH,
        EU,
    ]


@pytest.mark.parametrize(
    ("erste", "zweite", "gruppe"),
    [("163", "", DRITTSTAAT), ("163", None, DRITTSTAAT), ("163", "000", DEUTSCH), ("", "152", EU), ("163", "quax", UNBEKANNT), ("", "", UNBEKANNT)],
)  # fmt: skip
def test_second_nationality_counts_where_it_says_something(erste, zweite, gruppe):
    assert gruppe_of_beiden(erste, zweite) == gruppe


def test_keys_of_the_eu_are_those_of_destatis():
    # Staats- und Gebietssystematik (Codeliste 2021-02-19, XRepository) with the member states of 2020 and later.
    eu = {
        124, 125, 126, 127, 128, 129, 130, 131, 134, 135, 137, 139, 142, 143, 145, 148, 151, 152, 153, 154, 155, 157, 161,
        164, 165, 181,
    }  # fmt: skip
    assert {key for key in range(1, 1000) if gruppe_of(f"{key:03}") == EU} == eu
    assert sum(gruppe_of(f"{key:03}") == DRITTSTAAT for key in range(1, 1000)) == 184  # with Germany 211 entries


def test_people_without_entry_count_by_the_month_of_birth():
    monate = [describe_geburt(D(1990, monat, 2), D(2025, 12, 31)).ungerade for monat in range(1, 13)]
    assert [assign_geschlecht(OFFEN, ungerade=u) for u in monate] == [MAENNLICH, WEIBLICH] * 6
    assert assign_geschlecht(WEIBLICH, ungerade=True) == WEIBLICH


def test_names_of_the_catalogue_say_the_ages():
    from sozialtool import katalog

    schluessel = [m.schluessel for m in katalog.load_merkmale()]
    register = {regel[0] for regel in build_regeln("ew", schluessel)}
    nicht_im_register = {m for m in schluessel if m.startswith(("ew_amtlich", "ew_haltestelle", "ew_nahversorgung"))}
    weitere = {"ew", "deutsche", "auslaender", "auslaender_nicht_eu", "frauen_15_45", "alterssumme",
               "altersquadrate", "wohndauer_ab_5"}  # fmt: skip
    assert register == {m for m in schluessel if m.startswith("ew_")} - nicht_im_register | weitere
    assert {"sgb2", "sgb2_unter_15", "sgb2_unter_18"} <= {regel[0] for regel in build_regeln("sgb2", schluessel)}


def test_household_types():
    merkmale = ["hh", "hh_1p", "hh_kinder", "hh_3kinder", "hh_alleinerziehend", "kinder_alleinerziehend", "alleinlebend_ab_65", "alleinlebend_ab_75"]  # fmt: skip
    kreuz = {
        ("1", Haushalt(1, 0, 80)): 2, ("1", Haushalt(1, 0, 70)): 1, ("1", Haushalt(1, 1, 17)): 1,
        ("1", Haushalt(4, 3, 40)): 1, ("1", Haushalt(5, 3, 40)): 1, ("1", Haushalt(2, 0, 90)): 1,
    }  # fmt: skip
    zahlen = {m: n for (_, m), n in count_haushalte(kreuz, merkmale, ["1"]).items()}
    assert zahlen == {
        "hh": 7, "hh_1p": 4, "hh_kinder": 2, "hh_3kinder": 2, "hh_alleinerziehend": 1, "kinder_alleinerziehend": 3,
        "alleinlebend_ab_65": 3, "alleinlebend_ab_75": 2,
    }  # fmt: skip
