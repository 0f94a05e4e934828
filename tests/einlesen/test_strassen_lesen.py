"""Straßenverzeichnisse as offices keep them, read from files."""

from __future__ import annotations

import datetime as dt

import pytest
import xlsxwriter

from sozialtool.einlesen.strassen.bereich import parse_bereich
from sozialtool.einlesen.strassen.lesen import read_strassenverzeichnis
from sozialtool.fach.strasse import Seite

GEBIETE = ("001", "002", "nz")


def write(pfad, zeilen):
    with xlsxwriter.Workbook(str(pfad)) as mappe:
        blatt = mappe.add_worksheet("Straßen")
        for z, zeile in enumerate(zeilen):
            blatt.write_row(z, 0, zeile)
    return pfad


def test_reads_excel_with_title_and_open_ends(tmp_path):
    pfad = write(
        tmp_path / "strassen.xlsx",
        [
            ["Straßenverzeichnis der Stadt"], [],
            ["Str.-Schl.", "Straßenname", "HNr. von", "Zusatz", "HNr. bis", "Zusatz bis", "G/U", "Stimmbezirk"],
            ["0030", "Bahnhofstraße", 1, "", "11b", "", "U", 1],
            ["0030", "Bahnhofstraße", "11", "", "", "", "ungerade", "2"],
            ["0030", "Bahnhofstraße", "", "", "", "", "g", "002"],
            [],
            ["0040", "Am Markt", "", "", "", "", "", "1"],
        ],
    )  # fmt: skip
    lesung = read_strassenverzeichnis(pfad, GEBIETE)
    assert lesung.befunde == ()
    assert lesung.bereit
    assert [(a.strasse, a.nummer, a.gebiet, a.seite) for a in lesung.abschnitte] == [
        ("0030", 1, "001", Seite.UNGERADE), ("0030", 2, "002", Seite.UNGERADE), ("0030", 3, "002", Seite.GERADE),
        ("0040", 1, "001", Seite.ALLE),
    ]  # fmt: skip
    assert (lesung.abschnitte[0].bis, lesung.abschnitte[0].bis_zusatz) == (11, "b")


def test_names_every_row_it_cannot_read(tmp_path):
    pfad = tmp_path / "strassen.csv"
    pfad.write_text(
        "Straße;von;bis;Seite;Gebiet\nWeg;eins;5;alle;1\nWeg;1;5;links;1\n;1;5;;1\nGasse;1;5;;\nAllee;;;;7\n",
        encoding="utf-8",
    )
    lesung = read_strassenverzeichnis(pfad, GEBIETE)
    gefunden = {(b.code, b.zelle) for b in lesung.befunde}
    assert gefunden >= {
        ("STRASSE-NUMMER", "B2"), ("STRASSE-SEITE-UNBEKANNT", "D3"), ("STRASSE-UNVOLLSTAENDIG", "A4"),
        ("STRASSE-UNVOLLSTAENDIG", "E5"), ("STRASSE-GEBIET", "B6"),
    }  # fmt: skip
    assert not lesung.bereit


def test_other_file_is_refused_with_what_is_needed(tmp_path):
    lesung = read_strassenverzeichnis(write(tmp_path / "x.xlsx", [["Raum", "Einwohner"], ["01", 5]]), GEBIETE)
    assert [b.code for b in lesung.befunde] == ["STRASSE-SPALTEN"]
    assert "Hausnummer von" in lesung.befunde[0].vorschlag


def runs(lesung):
    ende = {None: ""}
    return [
        (
            a.strasse,
            f"{ende.get(a.von, a.von)}{a.von_zusatz}-{ende.get(a.bis, a.bis)}{a.bis_zusatz}",
            a.seite.value,
            a.gebiet,
        )
        for a in lesung.abschnitte
    ]


@pytest.mark.parametrize(
    ("text", "laeufe"),
    [
        ("1–15", ["1-15"]), ("1 - 15a", ["1-15a"]), ("1 bis 15", ["1-15"]), ("17 ff.", ["17-"]), ("ab 21", ["21-"]), ("bis 20", ["-20"]),
        ("17-Ende", ["17-"]), ("17 –", ["17-"]), ("12", ["12-12"]), ("12 b", ["12b-12b"]), ("", ["-"]), ("alle", ["-"]),
        ("1–9, 13; 17a und 21-25", ["1-9", "13-13", "17a-17a", "21-25"]), ("2-20 gerade", ["2-20g"]), ("1–15 (ungerade)", ["1-15u"]),
        ("Nr. 3-7", ["3-7"]), ("gerade 2-8", ["2-8g"]), ("ungerade", ["-u"]),
        ("eins", None), ("1-2-3", None), ("1–x", None), ("12345", None), ("0-3", None), ("1,,3", None), ("1-9, ", ["1-9"]), (",", None),
    ],
)  # fmt: skip
def test_house_numbers_in_one_cell(text, laeufe):
    gelesen = parse_bereich(text)
    kurz = gelesen and [
        f"{lauf.von or ''}-{lauf.bis or ''}{lauf.seite.value[0] if lauf.seite else ''}" for lauf in gelesen
    ]
    assert (list(kurz) if kurz else kurz) == laeufe


@pytest.mark.parametrize(
    ("text", "laeufe"),
    [
        ("1-9 u", [("1", "9", "ungerade")]), ("2 – 20 G", [("2", "20", "gerade")]), ("1-15 (u)", [("1", "15", "ungerade")]),
        ("1-9 u, 13 u", [("1", "9", "ungerade"), ("13", "13", "ungerade")]), ("2-20 ger.", [("2", "20", "gerade")]),
        ("ab 21 u", [("21", "", "ungerade")]), ("17 ff. u", [("17", "", "ungerade")]), ("17- u", [("17", "", "ungerade")]),
        ("bis 20 g", [("", "20", "gerade")]), ("1-19 ung.", [("1", "19", "ungerade")]), ("1a-9 u", [("1a", "9", "ungerade")]),
        ("12 g", [("12g", "12g", None)]), ("7a-7g", [("7a", "7g", None)]), ("2-9 g", None), ("1-12 u", None), ("12 u", None),
    ],
)  # fmt: skip
def test_a_letter_behind_a_blank_is_the_side_or_asked(text, laeufe):
    gelesen = parse_bereich(text)
    assert laeufe == (
        gelesen and [(str(x.von or ""), str(x.bis or ""), x.seite.value if x.seite else None) for x in gelesen]
    )


def test_range_in_one_column(tmp_path):
    zeilen = [
        ["Straße", "Hausnummern", "Seite", "Bezirk"],
        ["Weg", "1–15, 19", "ungerade", "001"], ["Weg", "17, ab 21", "u", "002"], ["Weg", "", "g", "002"],
        ["Gasse", "alle", "", "001"], ["Allee", dt.date(2024, 3, 1), "", "001"], ["Platz", "vorn", "", "001"],
    ]  # fmt: skip
    pfad = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(str(pfad), {"default_date_format": "d. mmm"}) as mappe:
        blatt = mappe.add_worksheet()
        for z, zeile in enumerate(zeilen):
            blatt.write_row(z, 0, zeile)
    lesung = read_strassenverzeichnis(pfad, GEBIETE)
    assert runs(lesung) == [
        ("weg", "1-15", "ungerade", "001"), ("weg", "19-19", "ungerade", "001"), ("weg", "17-17", "ungerade", "002"),
        ("weg", "21-", "ungerade", "002"), ("weg", "-", "gerade", "002"), ("gasse", "-", "alle", "001"),
    ]  # fmt: skip
    fehler = [b for b in lesung.befunde if b.code == "STRASSE-NUMMER"]
    assert [b.zelle for b in fehler] == ["B6", "B7"]
    assert "Datum" in fehler[0].meldung
    assert not lesung.bereit


@pytest.mark.parametrize(
    "kopf",
    [
        [["Straße", "gerade von", "gerade bis", "ungerade von", "ungerade bis", "Gebiet"]],
        [["", "gerade", "", "ungerade", "", ""], ["Straße", "von", "bis", "von", "bis", "Gebiet"]],
        [
            ["Straße", "gerade Hausnummern", "", "ungerade Hausnummern", "", "Gebiet"],
            ["", "von", "bis", "von", "bis", ""],
        ],
    ],
)
def test_even_and_odd_numbers_side_by_side(tmp_path, kopf):
    zeilen = [*kopf, ["Weg", 2, 20, 1, "15a", "001"], ["Weg", 22, "", 17, "", "002"], ["Pfad", "", "", 1, "", "001"],
              ["Pfad", 2, "", "", "", "002"], ["Gasse", "", "", "", "", "001"]]  # fmt: skip
    lesung = read_strassenverzeichnis(write(tmp_path / "s.xlsx", zeilen), GEBIETE)
    assert sorted(runs(lesung)) == sorted([
        ("weg", "2-20", "gerade", "001"), ("weg", "1-15a", "ungerade", "001"), ("weg", "22-", "gerade", "002"),
        ("weg", "17-", "ungerade", "002"), ("pfad", "1-", "ungerade", "001"), ("pfad", "2-", "gerade", "002"),
        ("gasse", "-", "alle", "001"),
    ])  # fmt: skip
    assert [b.code for b in lesung.befunde] == ["STRASSE-LUECKE"]  # 15b to 15z


def test_even_and_odd_ranges_side_by_side(tmp_path):
    pfad = tmp_path / "s.csv"
    pfad.write_text("Straße;gerade;ungerade;Gebiet\nWeg;2-20;1-15;1\nWeg;ab 22;ab 17;2\nGasse;;;1\n", encoding="utf-8")
    lesung = read_strassenverzeichnis(pfad, GEBIETE)
    assert lesung.befunde == ()
    assert [r[1:] for r in runs(lesung)] == [
        ("2-20", "gerade", "001"), ("1-15", "ungerade", "001"), ("22-", "gerade", "002"), ("17-", "ungerade", "002"), ("-", "alle", "001"),
    ]  # fmt: skip


def test_range_in_the_column_from(tmp_path):
    pfad = tmp_path / "s.csv"
    pfad.write_text("Straße;von;bis;Seite;Gebiet\nWeg;1-15;;u;1\nWeg;17;;u;2\nWeg;2;;g;2\n", encoding="utf-8")
    assert [r[1:3] for r in runs(read_strassenverzeichnis(pfad, GEBIETE))] == [
        ("1-15", "ungerade"), ("17-", "ungerade"), ("2-", "gerade"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "kopf", ["Stat. Bezirk", "Stat. Bez.", "Statist. Bezirk", "StatBez", "Wahlbez.", "Gebiets-Nr."]
)
def test_abbreviated_headers_of_the_area(tmp_path, kopf):
    lesung = read_strassenverzeichnis(
        write(tmp_path / "x.xlsx", [["Straße", "von", "bis", kopf], ["Weg", 1, "", 2]]), GEBIETE
    )
    assert [a.gebiet for a in lesung.abschnitte] == ["002"]


def test_zusatz_belongs_to_the_number_before_it(tmp_path):
    zeilen = [["Straße", "von", "Zus.", "bis", "Zus.", "Gebiet"], ["Weg", 1, "", 9, "b", 1], ["Weg", 9, "c", "", "", 2]]
    lesung = read_strassenverzeichnis(write(tmp_path / "x.xlsx", zeilen), GEBIETE)
    assert runs(lesung) == [("weg", "1-9b", "alle", "001"), ("weg", "9c-", "alle", "002")]
    assert lesung.befunde == ()


def test_of_several_levels_the_column_with_the_smallest_areas_counts(tmp_path):
    zeilen = [["Straße", "von", "bis", "Sozialraum", "Baublock"], ["Weg", 1, 9, "04", 1], ["Weg", 10, "", "05", "002"]]
    lesung = read_strassenverzeichnis(write(tmp_path / "x.xlsx", zeilen), GEBIETE)
    assert [a.gebiet for a in lesung.abschnitte] == ["001", "002"]
    assert lesung.spalten["gebiet"] == "Baublock"


def test_all_sheets_of_the_same_layout_are_read(tmp_path):
    kopf = ["Straße", "von", "bis", "Gebiet"]
    with xlsxwriter.Workbook(str(tmp_path / "s.xlsx")) as mappe:
        for name, zeilen in (
            ("Deckblatt", [["Straßen der Stadt"]]),
            ("A-K", [kopf, ["Ahornweg", "", "", 1], ["Kreuzweg", 1, 9, 1]]),
            ("L-Z", [kopf, ["Ulmenweg", "", "", 2], ["Kreuzweg", 10, "", 2], ["Kreuzweg", 9, 9, 2]]),
            ("Schulen", [["Schule", "Straße", "Bezirk"], ["Grundschule", "Ahornweg", 1]]),
        ):
            blatt = mappe.add_worksheet(name)
            for z, zeile in enumerate(zeilen):
                blatt.write_row(z, 0, zeile)
    lesung = read_strassenverzeichnis(tmp_path / "s.xlsx", GEBIETE)
    assert runs(lesung) == [
        ("ahornweg", "-", "alle", "001"), ("kreuzweg", "1-9", "alle", "001"), ("ulmenweg", "-", "alle", "002"),
        ("kreuzweg", "10-", "alle", "002"), ("kreuzweg", "9-9", "alle", "002"),
    ]  # fmt: skip
    assert [(b.code, b.blatt, b.zelle) for b in lesung.befunde] == [
        ("STRASSE-BLATT", "Schulen", ""), ("STRASSE-DOPPELT", "L-Z", "B4")
    ]  # fmt: skip


def test_a_side_behind_the_last_number_of_two_columns_is_no_house(tmp_path):
    """ "9 u" in the column "bis" was read as the house 9u, and all numbers as both sides."""
    pfad = tmp_path / "s.csv"
    pfad.write_text(
        "Straße;von;bis;Gebiet\nWeg;1;9 u;1\nWeg;2 g;10 g;1\nWeg;;7 U;2\nWeg;3;9 g;2\nWeg;11;13u;1\n", encoding="utf-8"
    )
    lesung = read_strassenverzeichnis(pfad, GEBIETE)
    assert [r[1:3] for r in runs(lesung)] == [
        ("1-9", "ungerade"),
        ("2-10", "gerade"),
        ("-7", "ungerade"),
        ("11-13u", "alle"),
    ]
    assert [(b.code, b.zelle) for b in lesung.befunde if b.code == "STRASSE-NUMMER"] == [("STRASSE-NUMMER", "C5")]
