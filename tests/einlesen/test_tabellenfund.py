"""Where the tables lie: titles, headers of several rows, sections, totals, notes; built by hand and in foreign files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from bauen import blatt
from hypothesis import given, settings
from hypothesis import strategies as st

from sozialtool.einlesen.fund import Spaltenart, Tabellenfund, Zeilenart
from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.einlesen.rohblatt import Rohblatt
from sozialtool.einlesen.tabellenfund import find_tabellen


def one(rohblatt: Rohblatt) -> Tabellenfund:
    funde = find_tabellen(rohblatt)
    assert len(funde) == 1, funde
    return funde[0]


def arten(fund: Tabellenfund) -> list[Zeilenart]:
    return [zeile.art for zeile in fund.zeilen]


def test_simple_table() -> None:
    fund = one(blatt(("Sozialraum", "Einwohner"), ("Altstadt", 100), ("Nord", 200), ("Süd", 50)))
    assert (str(fund.kopf), str(fund.daten)) == ("A1:B1", "A2:B4")
    assert [s.art for s in fund.spalten] == [Spaltenart.BESCHRIFTUNG, Spaltenart.WERT]
    assert [z.texte for z in fund.zeilen] == [("Altstadt",), ("Nord",), ("Süd",)]
    assert fund.sicherheit == 1.0


def test_empty_sheet_and_text_sheet_have_no_table() -> None:
    assert find_tabellen(Rohblatt("leer", ())) == ()
    assert find_tabellen(blatt(("Impressum",), ("Herausgeber", "Amt für Statistik"))) == ()
    assert find_tabellen(blatt(("Produkt-ID:", 992), ("Ausgabe:", "Mai"))) == ()


def test_title_above_and_notes_below_stay_outside() -> None:
    fund = one(
        blatt(
            ("Jugendamt",), ("Stand: 31.12.2023",), (), ("Gebiet", "Fälle", "Anteil"), ("A", 3, 1.5), ("B", 4, 2.5),
            ("C", 9, 4), (), ("1) vorläufig",), ("Quelle: Jugendamt",),
        )
    )  # fmt: skip
    assert [t.text for t in fund.titel] == ["Jugendamt", "Stand: 31.12.2023"]
    assert [t.text for t in fund.fussnoten] == ["1) vorläufig", "Quelle: Jugendamt"]
    assert str(fund.daten) == "A5:C7"


def test_merged_header_of_three_rows_is_filled_in_the_header_only() -> None:
    fund = one(
        blatt(
            ("Titel über allem",), ("Jahr", "Monate"), (None, "Januar", None, "Februar"),
            (None, "m", "w", "m", "w"), ("2020", 1, 2, 3, 4), ("2019", 5, 6, 7, 8), ("2018", 5, None, 7, 9),
            verbunden=((0, 0, 0, 4), (1, 0, 3, 0), (1, 1, 1, 4), (2, 1, 2, 2), (2, 3, 2, 4), (6, 1, 6, 2)),
        )
    )  # fmt: skip
    assert [s.kopf for s in fund.spalten] == [
        ("Jahr",), ("Monate", "Januar", "m"), ("Monate", "Januar", "w"), ("Monate", "Februar", "m"),
        ("Monate", "Februar", "w"),
    ]  # fmt: skip
    assert [t.text for t in fund.titel] == ["Titel über allem"]
    assert fund.spalten[0].art is Spaltenart.BESCHRIFTUNG


def test_spanning_header_without_merge() -> None:
    fund = one(
        blatt(
            ("Gebiet", "Einwohner", None, "Arbeitslose", None), (None, "insgesamt", "Frauen", "insgesamt", "Frauen"),
            ("A", 10, 5, 3, 1), ("B", 20, 9, 4, 2),
        )
    )  # fmt: skip
    assert [s.kopf for s in fund.spalten[1:]] == [
        ("Einwohner", "insgesamt"), ("Einwohner", "Frauen"), ("Arbeitslose", "insgesamt"), ("Arbeitslose", "Frauen"),
    ]  # fmt: skip


def test_row_of_column_numbers_is_no_data() -> None:
    fund = one(blatt(("Merkmale", 2020, 2021, 2022), (None, 1, 2, 3), ("A", 5, 6, 7), ("B", 8, 9, 10)))
    assert [s.kopf for s in fund.spalten] == [("Merkmale",), ("2020",), ("2021",), ("2022",)]
    assert str(fund.daten) == "A3:D4"


@pytest.mark.parametrize("jahre", [(2019, 2020, 2021), ("2019", "2020", "2021"), (2021.0, 2020.0, 2019.0)])
def test_years_are_a_header(jahre: tuple[object, ...]) -> None:
    fund = one(blatt(("Gebiet", *jahre), ("A", 1, 2, 3), ("B", 4, 5, 6)))  # type: ignore[arg-type]
    assert fund.kopf is not None
    assert len(fund.datenzeilen) == 2


def test_population_figures_that_look_like_years_are_data() -> None:
    fund = one(blatt(("Gebiet", "Einwohner", "Haushalte"), ("A", 1950, 2010), ("B", 2011, 1999), ("C", 5000, 2000)))
    assert [z.texte for z in fund.datenzeilen] == [("A",), ("B",), ("C",)]


def test_sections_qualify_the_rows_below_and_grouping_is_filled_down() -> None:
    fund = one(
        blatt(
            ("Merkmale", None, 2020, 2021), ("Arbeitslose (Jahresdurchschnitt)",), ("Insgesamt", None, 5, 6),
            ("dar.", "Männer", 3, 4), (None, "Frauen", 2, 2), ("Beschäftigte",), ("Insgesamt", None, 50, 60),
            (None, "Frauen", 20, 20), verbunden=((0, 0, 0, 1), (1, 0, 1, 1), (5, 0, 5, 1)),
        )
    )  # fmt: skip
    assert [z.beschriftung for z in fund.datenzeilen] == [
        ("Arbeitslose (Jahresdurchschnitt)", "Insgesamt"), ("Arbeitslose (Jahresdurchschnitt)", "dar.", "Männer"),
        ("Arbeitslose (Jahresdurchschnitt)", "dar.", "Frauen"), ("Beschäftigte", "Insgesamt"),
        ("Beschäftigte", "Frauen"),
    ]  # fmt: skip


def test_codes_are_not_filled_down() -> None:
    fund = one(blatt(("Nr.", "Gebiet", "Fälle"), ("01", "A", 1), ("02", "B", 2), (None, "ohne Angabe", 3)))
    assert fund.zeilen[-1].texte == ("", "ohne Angabe")


def test_subtotals_and_total_by_word_and_by_arithmetic() -> None:
    fund = one(
        blatt(
            ("Gebiet", "Fälle", "Kinder"), ("A", 10, 1), ("B", 30, 2), ("Summe Nord", 40, 3), ("C", 5, 5), ("D", 7, 1),
            ("Summe Süd", 12, 6), ("Lindenrath", 52, 9),
        )
    )  # fmt: skip
    assert arten(fund) == [
        Zeilenart.DATEN, Zeilenart.DATEN, Zeilenart.ZWISCHENSUMME, Zeilenart.DATEN, Zeilenart.DATEN,
        Zeilenart.ZWISCHENSUMME, Zeilenart.SUMME,
    ]  # fmt: skip


def test_total_on_top() -> None:
    fund = one(blatt(("Gebiet", "Fälle"), ("Lindenrath", 60), ("A", 10), ("B", 20), ("C", 30)))
    assert arten(fund)[0] is Zeilenart.SUMME


def test_a_wrong_total_is_still_a_total_and_a_school_is_none() -> None:
    fund = one(blatt(("Schule", "Kinder"), ("Gesamtschule Nord", 10), ("Alte Schule", 20), ("zusammen", 31)))
    assert arten(fund) == [Zeilenart.DATEN, Zeilenart.DATEN, Zeilenart.SUMME]


def test_several_tables_on_a_sheet_share_their_texts() -> None:
    funde = find_tabellen(
        blatt(
            ("Tabelle 1: Alter",), ("Gebiet", "Fälle"), ("A", 1), ("B", 2), ("* = geheim",), (), ("Tabelle 2: Asyl",),
            ("Gebiet", "Personen"), ("A", "*"), ("B", 7), ("Quelle: Sozialamt",),
        )
    )  # fmt: skip
    assert [[t.text for t in f.titel] for f in funde] == [["Tabelle 1: Alter"], ["Tabelle 2: Asyl"]]
    assert [[t.text for t in f.fussnoten] for f in funde] == [["* = geheim"], ["Quelle: Sozialamt"]]
    assert [str(f.daten) for f in funde] == ["A3:B4", "A9:B10"]


def test_header_repeated_on_the_next_page_is_no_new_table() -> None:
    kopf = ("Gebiet", "Fälle")
    fund = one(blatt(kopf, ("A", 1), ("B", 2), (), kopf, ("C", 3), ("D", 4)))
    assert [z.texte for z in fund.datenzeilen] == [("A",), ("B",), ("C",), ("D",)]


def test_a_row_of_unknown_words_is_data_too() -> None:
    fund = one(blatt(("Gebiet", "m", "w"), ("A", 1, 2), ("B", "gesperrt", "gesperrt"), ("C", 3, 4)))
    assert [z.texte for z in fund.datenzeilen] == [("A",), ("B",), ("C",)]


def test_a_row_of_errors_is_data() -> None:
    fund = one(
        blatt(
            ("Gebiet", "m", "w"), ("A", 1, 2), ("B", None, None), ("C", 3, 4), fehler={(2, 1): "#REF!", (2, 2): "#REF!"}
        )
    )
    assert [z.art for z in fund.zeilen] == [Zeilenart.DATEN] * 3


zellen = st.one_of(
    st.none(), st.text(max_size=6), st.integers(-5, 3000), st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(), st.dates(), st.sampled_from(["Summe", "-", "*", "2023", "01", "insgesamt", "k. A."]),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(zellen, min_size=1, max_size=5), max_size=12))
def test_any_grid_ends_in_tables_with_true_places(zeilen: list[list[object]]) -> None:
    roh = blatt(*(tuple(zeile) for zeile in zeilen))  # type: ignore[arg-type]
    unten = -1
    for fund in find_tabellen(roh):
        assert unten < fund.daten.zeile <= fund.daten.bis_zeile < roh.hoehe
        assert [z.nummer for z in fund.zeilen] == list(range(fund.daten.zeile, fund.daten.bis_zeile + 1))
        assert 0 < fund.sicherheit <= 1
        assert fund.wertspalten
        unten = fund.daten.bis_zeile


# --- foreign files -----------------------------------------------------------------------------------------------

FREMD = "fremde_dateien"


def read(daten: Path, *teile: str) -> tuple[Rohblatt, ...]:
    return read_rohmappe(daten.joinpath(FREMD, *teile)).blaetter


@pytest.mark.real
@pytest.mark.parametrize("name", ["deaths.xlsx", "deaths.xls"])
def test_deaths_the_table_between_the_notes(daten: Path, name: str) -> None:
    blaetter = read(daten, "readxl", "inst", "extdata", name)
    for roh in blaetter:
        fund = one(roh)
        assert (str(fund.kopf), str(fund.daten)) == ("A5:F5", "A6:F15")
        assert [s.kopf[0] for s in fund.spalten] == [
            "Name", "Profession", "Age", "Has kids", "Date of birth", "Date of death",
        ]  # fmt: skip
    assert blaetter[0].wert(5, 4) == dt.date(1947, 1, 8)
    fund = one(blaetter[0])
    assert fund.zeilen[0].texte[0] == "David Bowie"
    assert fund.titel[0].text == "Lots of people"
    assert fund.fussnoten[-1].text == "too!"


@pytest.mark.real
def test_issue_1024_the_three_row_header(daten: Path) -> None:
    fund = one(read(daten, "frictionless", "issue-1024.xlsx")[0])
    assert fund.kopf is not None
    assert (fund.kopf.zeile, fund.kopf.bis_zeile) == (9, 11)
    koepfe = {s.nummer: s.kopf for s in fund.spalten}
    assert koepfe[2] == ("Area",)
    assert koepfe[7] == ("Current", "Population Analysed", "#")
    assert koepfe[12] == ("Current", "Phase 1", "%")
    assert koepfe[23] == ("First Projection", "Population Analysed", "#")
    assert koepfe[38] == ("First Projection", "Phase P3+", "%")
    assert len(fund.datenzeilen) == 46


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "kopf", "daten_", "labels", "werte"),
    [
        ("begrotingsanalyse-2011.csv", "A4:N7", "A8:N43", 2, 12),
        ("weird_head_padding.csv", "A12:J12", "A13:J72", 1, 9),
        ("excel_pasting.csv", "A4:I4", "A5:I18", 1, 8),
        ("mixedGLB.csv", "A4:S4", "A5:S137", 1, 18),
        ("blank_line.ods", "A1:C1", "A2:C5", 1, 1),
        ("simple.xlsx", "A1:C1", "A2:C7", 1, 1),
    ],
)
def test_messytables(daten: Path, name: str, kopf: str, daten_: str, labels: int, werte: int) -> None:
    fund = one(read(daten, "messytables", name)[0])
    assert (str(fund.kopf), str(fund.daten)) == (kopf, daten_)
    assert (len(fund.beschriftungsspalten), len(fund.wertspalten)) == (labels, werte)


@pytest.mark.real
@pytest.mark.parametrize("name", ["span_rich.xls", "long.csv", "skip_initials.csv"])
def test_texts_without_figures_are_no_table(daten: Path, name: str) -> None:
    assert [fund for roh in read(daten, "messytables", name) for fund in find_tabellen(roh)] == []


@pytest.mark.real
def test_begrotingsanalyse_header_and_sections(daten: Path) -> None:
    fund = one(read(daten, "messytables", "begrotingsanalyse-2011.csv")[0])
    assert fund.spalten[2].kopf == ("provincie", "A", "Groningen")
    assert fund.datenzeilen[0].beschriftung == ("0 Inkomstenclusters:", "1", "Onroerendezaakbelastingen")


def test_two_tables_side_by_side() -> None:
    funde = find_tabellen(
        blatt(
            ("Jahresbericht 2023",), (), ("Gebiet", "Fälle", None, "Gebiet", "Kinder"), ("Altstadt", 1, None, "Altstadt", 5),
            ("Nord", 2, None, "Nord", 6), ("Süd", 4, None, "Süd", 7),
        )
    )  # fmt: skip
    assert [str(f.daten) for f in funde] == ["A4:B6", "D4:E6"]
    assert [f.spalten[1].kopf for f in funde] == [("Fälle",), ("Kinder",)]
    assert [[t.text for t in f.titel] for f in funde] == [["Jahresbericht 2023"]] * 2
    assert [z.texte for z in funde[1].datenzeilen] == [("Altstadt",), ("Nord",), ("Süd",)]


def test_an_empty_column_inside_a_table_does_not_split_it() -> None:
    fund = one(blatt(("Gebiet", "m", None, "w"), ("A", 1, None, 2), ("B", 3, None, 4)))
    assert [s.kopf for s in fund.spalten] == [("Gebiet",), ("m",), ("w",)]
