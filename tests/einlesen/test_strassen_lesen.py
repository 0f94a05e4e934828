"""Straßenverzeichnisse as offices keep them, read from files."""

from __future__ import annotations

import xlsxwriter

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
