"""Dates, years and periods in cells, titles and file names."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialtool.einlesen.zahlen import find_zeitangaben, parse_jahr, parse_stand

GANZE_ZELLEN = [
    (2023.0, "2023-12-31", 1, "jahr"),
    (2023, "2023-12-31", 1, "jahr"),
    ("2023", "2023-12-31", 1, "jahr"),
    (" 2023 ", "2023-12-31", 1, "jahr"),
    ("2023 1)", "2023-12-31", 1, "jahr"),
    ("2023*", "2023-12-31", 1, "jahr"),
    ("2023p", "2023-12-31", 1, "jahr"),
    ("Jahr 2023", "2023-12-31", 1, "jahr"),
    (dt.datetime(2023, 12, 31), "2023-12-31", 0, "tag"),
    (dt.date(2023, 12, 31), "2023-12-31", 0, "tag"),
    ("31.12.2023", "2023-12-31", 0, "tag"),
    ("31.12.23", "2023-12-31", 0, "tag"),
    ("2023-12-31", "2023-12-31", 0, "tag"),
    ("30. Juni 2024", "2024-06-30", 0, "tag"),
    ("Dezember 2023", "2023-12-31", 0, "monat"),
    ("Februar 2024", "2024-02-29", 0, "monat"),
    ("Dez. 23", "2023-12-31", 0, "monat"),
    ("12/2023", "2023-12-31", 0, "monat"),
    ("2020-11", "2020-11-30", 0, "monat"),
    ("I. Quartal 2024", "2024-03-31", 0, "quartal"),
    ("4. Quartal 2023", "2023-12-31", 0, "quartal"),
    ("Q2 2023", "2023-06-30", 0, "quartal"),
    ("2022/23", "2023-07-31", 1, "schuljahr"),
    ("2022/2023", "2023-07-31", 1, "schuljahr"),
    ("2011/12", "2012-07-31", 1, "schuljahr"),
    ("Schuljahr 22/23", "2023-07-31", 1, "schuljahr"),
    ("2021–2023", "2023-12-31", 3, "zeitraum"),
    ("2021-2023", "2023-12-31", 3, "zeitraum"),
    ("2021 bis 2023", "2023-12-31", 3, "zeitraum"),
    ("Januar bis Dezember 2023", "2023-12-31", 1, "jahr"),
]


@pytest.mark.parametrize(("zelle", "stand", "jahre", "genauigkeit"), GANZE_ZELLEN)
def test_a_cell_that_is_a_date(zelle, stand, jahre, genauigkeit):
    assert parse_jahr(zelle) == (dt.date.fromisoformat(stand), jahre, genauigkeit)
    assert parse_stand(zelle) == parse_jahr(zelle)


@pytest.mark.parametrize(
    "zelle",
    [None, "", True, 5.0, 1899, 2101, 2023.5, float("inf"), float("nan"), "2.023", "1.234", "05315000", "31.12.", "31.02.2023",
     "13/2023", "Insgesamt", "2023 Personen", "Tabelle 13211", dt.time(20, 23)],
)  # fmt: skip
def test_a_cell_that_is_none(zelle):
    assert parse_jahr(zelle) is None


@pytest.mark.parametrize(
    ("text", "stand", "jahre"),
    [
        ("Stand: 21.07.2014 / 20:19:53", "2014-07-21", 0),
        ("wohngeld_2025 (2).xlsx", "2025-12-31", 1),
        ("am-kommunal-202412.xlsx", "2024-12-31", 0),
        ("20240630_bestand.csv", "2024-06-30", 0),
        ("mss_2021_planungsraeume", "2021-12-31", 1),
        ("Arbeitslose nach Gemeinden, Dezember 2023 (Gebietsstand 01.01.2024)", "2023-12-31", 0),
        ("Gebietsstand: Juli 2024; Berichtsmonat Juni 2024", "2024-06-30", 0),
        ("nur Gebietsstand 01.01.2024", "2024-01-01", 0),
        ("Bevölkerung am 31.12.2022 nach Alter", "2022-12-31", 0),
        ("Tabelle 13211-03ir, Jahr 2013", "2013-12-31", 1),
        ("Sozialdaten Schuljahr 2023/24, Grundschulen", "2024-07-31", 1),
    ],
)
def test_the_date_in_a_longer_text(text, stand, jahre):
    angabe = parse_stand(text)
    assert angabe is not None
    assert (angabe.stand.isoformat(), angabe.jahre) == (stand, jahre)


@pytest.mark.parametrize("text", ["Tabelle 13211", "Tel. 02871 20234", "Anteil 20,24", "AGS 05315000", "05158016.xlsx"])
def test_numbers_that_are_no_dates(text):
    assert parse_stand(text) is None


def test_all_dates_of_a_text_from_left_to_right():
    funde = find_zeitangaben("2021, 2022 und 30.06.2023")
    assert [str(angabe.stand) for _, angabe in funde] == ["2021-12-31", "2022-12-31", "2023-06-30"]


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)))
def test_every_day_in_every_writing(tag):
    for text in (f"{tag:%d.%m.%Y}", f"{tag:%d.%m.%y}", f"{tag.day}.{tag.month}.{tag.year}", tag.isoformat()):
        assert parse_jahr(text) == (tag, 0, "tag")


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    angabe = parse_stand(text)
    assert angabe is None or 1900 <= angabe.stand.year <= 2100
