"""Text files: encoding, separator and decimal sign are found, shown, and can be overruled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialtool.einlesen.csvdatei import find_dezimal, find_trenner, find_zeichensatz, read_csv
from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.einlesen.rohblatt import Leseart
from sozialtool.fehler import DateiUnlesbar

TABELLE = "Straße;Einwohner;Anteil\nMühlenweg;1.234;12,5\nGärtnergasse;56;3,25\n"


@pytest.mark.parametrize(
    ("kodierung", "erkannt"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
        ("cp850", "cp850"),
    ],
)
def test_umlauts_arrive_from_every_encoding(kodierung, erkannt):
    gelesen = read_csv(TABELLE.encode(kodierung), None)
    assert gelesen["leseart"] == (erkannt, ";", ",")
    assert gelesen["zeilen"][0] == ["Straße", "Einwohner", "Anteil"]
    assert gelesen["zeilen"][2] == ["Gärtnergasse", "56", "3,25"]
    assert gelesen["befunde"] == []


def test_utf16_big_endian_with_mark():
    assert read_csv(b"\xfe\xff" + TABELLE.encode("utf-16-be"), None)["zeilen"][1][0] == "Mühlenweg"


def test_quotation_marks_and_foreign_accents_are_no_dos_umlauts():
    assert find_zeichensatz("Sie sagte „Ja” – Legislación, Málaga".encode("cp1252")) == "cp1252"


def test_plain_ascii_is_utf8():
    assert find_zeichensatz(b"a;b\n1;2\n") == "utf-8"


@pytest.mark.parametrize("trenner", [";", ",", "\t", "|"])
def test_separator_is_found(trenner):
    text = "\n".join(trenner.join(zeile) for zeile in (["Gebiet", "a", "b"], ["Nord", "1", "2"], ["Süd", "3", "4"]))
    assert find_trenner(text) == trenner


@pytest.mark.parametrize(
    ("text", "trenner"),
    [
        ("Bericht, Stand 2023, vorläufig\n\nGebiet;Wert\nNord;1,5\nSüd;2,5\n", ";"),
        ("12,5\n13,5\n14,5\n", ";"),
        ("Anteil\n12,5\n13,5\n", ";"),
        ("Gebiet\nNord\nSüd\n", ";"),
        ('"a;b",1\n"c;d",2\n', ","),
        ("", ";"),
    ],
)
def test_separator_in_awkward_files(text, trenner):
    assert find_trenner(text) == trenner


def test_decimal_sign():
    assert find_dezimal([["1,5"], ["2,5"], ["1.234"]]) == ","
    assert find_dezimal([["1.5"], ["0.25"], ["1,234.5"]]) == "."
    assert find_dezimal([["1.234"], ["x"]]) == ","


def test_excels_hint_names_the_separator_and_keeps_the_row_numbers():
    gelesen = read_csv(b"sep=|\na|b\n1|2;3\n", None)
    assert gelesen["leseart"][1] == "|"
    assert gelesen["zeilen"] == [[None, None], ["a", "b"], ["1", "2;3"]]


def test_ragged_rows_become_a_rectangle_and_are_named():
    gelesen = read_csv(b"a;b\n1;2\n1;2;3\n4\n5;6\n", None)
    assert gelesen["zeilen"] == [
        ["a", "b", None],
        ["1", "2", None],
        ["1", "2", "3"],
        ["4", None, None],
        ["5", "6", None],
    ]
    assert [(befund[0], befund[4]) for befund in gelesen["befunde"]] == [("CSV-UNGLEICH", "A3")]


def test_quotes_in_quotes_and_line_breaks_in_cells():
    gelesen = read_csv(b'a;b\n"er sagte ""ja""";"zwei\nZeilen; hier"\n', None)
    assert gelesen["zeilen"][1] == ['er sagte "ja"', "zwei\nZeilen; hier"]


def test_an_unclosed_quote_does_not_swallow_the_rest():
    gelesen = read_csv(b'a;b\n1;"offen\n2;x\n3;y\n', None)
    assert gelesen["zeilen"][1:] == [["1", '"offen'], ["2", "x"], ["3", "y"]]
    assert [befund[0] for befund in gelesen["befunde"]] == ["CSV-ANFUEHRUNG"]


def test_a_stray_quote_inside_a_cell():
    assert read_csv(b'a;b\n1;5" Rohr\n"x"y;2\n', None)["zeilen"][1] == ["1", '5" Rohr']


def test_zero_bytes_are_named_not_swallowed():
    gelesen = read_csv(b"a;b\n1;2\0\n3;4\n", None)
    assert gelesen["zeilen"][1] == ["1", "2"]
    assert [befund[0] for befund in gelesen["befunde"]] == ["CSV-NULLBYTES"]


def test_broken_utf8_is_named():
    gelesen = read_csv(("ä;ö;ü\n" * 30).encode() + b"\xff;1;2\n", None)
    assert gelesen["leseart"][0] == "utf-8"
    assert [befund[0] for befund in gelesen["befunde"]] == ["CSV-ZEICHEN"]


def test_a_huge_cell_stays_whole():
    gelesen = read_csv(b"a;b\n1;" + b"x" * 500_000 + b"\n", None)
    assert len(gelesen["zeilen"][1][1]) == 500_000


def test_one_row_with_a_million_separators_does_not_fill_the_memory():
    gelesen = read_csv(b"a;b\n" * 1000 + b";" * 1_000_000 + b"\n", None, 100_000)
    assert len(gelesen["zeilen"]) * len(gelesen["zeilen"][0]) <= 100_000
    assert gelesen["zeilen"][5][:2] == ["a", "b"]
    assert "RASTER-ABGESCHNITTEN" in [befund[0] for befund in gelesen["befunde"]]


def test_the_planner_overrules(tmp_path):
    datei = tmp_path / "liste_2023.csv"
    datei.write_bytes("Stra\xdfe,Wert\nWeg;2,1.5\n".encode("cp1252"))
    gefunden = read_rohmappe(datei)
    assert gefunden.leseart == Leseart("cp1252", ",", ".")
    anders = read_rohmappe(datei, leseart=Leseart("cp850", ";", ","))
    assert anders.leseart == Leseart("cp850", ";", ",")
    assert anders.blaetter[0].zeilen == (("Stra▀e,Wert", None), ("Weg", "2,1.5"))
    assert (gefunden.format, gefunden.blaetter[0].name) == ("csv", "liste_2023")
    with pytest.raises(DateiUnlesbar) as fehler:
        read_rohmappe(datei, leseart=Leseart("klingonisch", ";", ","))
    assert fehler.value.code == "LESEN-ZEICHENSATZ"


def test_values_stay_text(tmp_path):
    datei = tmp_path / "a.csv"
    datei.write_text("AGS;Wert\n05315000;=1+1\n", encoding="utf-8")
    assert read_rohmappe(datei).blaetter[0].zeilen[1] == ("05315000", "=1+1")


@given(
    st.lists(st.lists(st.text(alphabet='ab;,\t"\n|. 1ä', max_size=6), min_size=2, max_size=2), min_size=1, max_size=8)
)
def test_what_a_csv_writer_writes_is_read_back(zeilen):
    import csv
    import io

    puffer = io.StringIO(newline="")
    csv.writer(puffer, delimiter=";", quoting=csv.QUOTE_ALL).writerows(zeilen)
    gelesen = read_csv(puffer.getvalue().encode("utf-8"), ("utf-8", ";", ","))
    assert gelesen["zeilen"] == [[zelle or None for zelle in zeile] for zeile in zeilen]


@given(st.binary(max_size=300))
def test_no_bytes_break_it(inhalt):
    gelesen = read_csv(inhalt, None)
    assert len({len(zeile) for zeile in gelesen["zeilen"]}) <= 1
