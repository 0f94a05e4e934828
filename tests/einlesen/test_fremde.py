"""Workbooks of reader test suites (QUELLEN.md, fremde_dateien): cells or a German message, and the right cells."""

from __future__ import annotations

import datetime as dt
import sys
import warnings
from pathlib import Path

import openpyxl
import pytest

from sozialtool.einlesen import aufsicht, lesen
from sozialtool.einlesen.lesen import Grenzen, read_rohmappe
from sozialtool.einlesen.rohblatt import Rohmappe
from sozialtool.fehler import DateiFehler

pytestmark = pytest.mark.real

MELDUNGEN = {
    "OOM_alloc3.xls": "LESEN-KAPUTT",
    "issue252.xlsx": "LESEN-KAPUTT",
    "issue_385.xls": "LESEN-KENNWORT",
    "issue_594_dos.ods": "LESEN-KAPUTT",
    "pass_protected.ods": "LESEN-KENNWORT",
    "pass_protected.xlsb": "LESEN-KENNWORT",
    "pass_protected.xlsx": "LESEN-KENNWORT",
    "encrypted_no_password.xls": "LESEN-KENNWORT",
    "badcolspan.html": "LESEN-HTML",
    "complex.html": "LESEN-HTML",
    "html.html": "LESEN-HTML",
    "invisible_text.html": "LESEN-HTML",
    "rowcolspan.html": "LESEN-HTML",
    "simple.unknown": "LESEN-LEER",
    "simple.zip": "LESEN-ARCHIV",
}
"""Every file that ends in a message; all others end in cells."""

OPENPYXL_SCHEITERT = {
    "empty_s_attribute.xlsx", "issue_419.xlsx", "issue_530.xlsx", "minimal_package.xlsx", "pivots.xlsx", "input-broken.xlsx",
    "los-angeles-arrests-xlsx.xlsx",
}  # fmt: skip
NUR_LEERZEICHEN = {"encoded_entities.xlsx", "whitespace_trim.xlsx"}
"""Cells of nothing but blanks: openpyxl keeps them, we take them for empty."""


STICHPROBE = 40 if sys.platform == "win32" else 8
"""Starting a process for each file takes much longer than reading it (on Windows and in Wine, a second): those that end in a
message and every eighth (there: every fortieth) are read in one, as in the program; the others here, where one that crashed
would end the tests. See also test_feindliche."""


class Gelesen(dict[str, Rohmappe | DateiFehler]):
    """Path below the folder → Rohmappe or error; each file is read once."""

    def __init__(self, ordner: Path) -> None:
        super().__init__()
        self.ordner = ordner
        self.dateien = sorted(datei for datei in ordner.rglob("*") if datei.is_file())
        for nummer, datei in enumerate(self.dateien):
            with pytest.MonkeyPatch.context() as patch:
                if nummer % STICHPROBE == 0 or datei.name in MELDUNGEN:
                    patch.setattr(lesen, "run_kind", aufsicht.run_kind)
                self[datei.relative_to(ordner).as_posix()] = self._read(datei)

    def _read(self, datei: Path) -> Rohmappe | DateiFehler:
        try:
            return read_rohmappe(datei, grenzen=Grenzen(sekunden=30))
        except DateiFehler as fehler:
            return fehler


@pytest.fixture(scope="module")
def gelesen(daten) -> Gelesen:
    return Gelesen(daten / "fremde_dateien")


def test_every_file_ends_in_cells_or_in_a_german_message(gelesen):
    assert len(gelesen.dateien) > 250
    meldungen = {Path(name).name: fehler.code for name, fehler in gelesen.items() if isinstance(fehler, DateiFehler)}
    assert meldungen == MELDUNGEN
    for name, fehler in gelesen.items():
        if isinstance(fehler, DateiFehler):
            assert Path(name).name in fehler.meldung
            assert fehler.abhilfe


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sagt es anders")
def test_nobody_took_more_memory_than_the_limit(gelesen):
    import resource

    for wer in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF):
        assert resource.getrusage(wer).ru_maxrss * 1024 < Grenzen().speicher


def test_every_finding_has_code_place_and_proposal(gelesen):
    for name, mappe in gelesen.items():
        if isinstance(mappe, Rohmappe):
            for befund in mappe.befunde:
                assert befund.code
                assert befund.meldung
                assert befund.vorschlag
                assert befund.datei == Path(name).name


def comparable(wert):
    if isinstance(wert, str):
        return wert.strip().replace("\r\n", "\n").replace("_x000D_", "") or None
    if isinstance(wert, dt.datetime):
        return wert.replace(microsecond=0)
    if isinstance(wert, dt.date):
        return dt.datetime(wert.year, wert.month, wert.day)
    return round(wert, 9) if isinstance(wert, float) else wert


def read_independently(datei: Path):
    """All filled cells of a workbook by openpyxl: sheet → (values, errors, hidden rows, comments)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mappe = openpyxl.load_workbook(datei, data_only=True)
    blaetter = {}
    for blatt in mappe.worksheets:
        if blatt.max_row * blatt.max_column > 1_000_000:
            continue  # issue_174.xlsx is formatted down to the last cell
        zellen = [zelle for zeile in blatt.iter_rows() for zelle in zeile]
        voll = [zelle for zelle in zellen if zelle.value is not None and zelle.value != ""]
        blaetter[blatt.title] = (
            {(z.row - 1, z.column - 1): comparable(z.value) for z in voll if z.data_type != "e"},
            {(z.row - 1, z.column - 1): z.value for z in voll if z.data_type == "e"},
            {nummer - 1 for nummer, zeile in blatt.row_dimensions.items() if zeile.hidden},
            {(z.row - 1, z.column - 1) for z in zellen if z.comment},
        )
    mappe.close()
    return blaetter


def test_every_xlsx_equals_an_independent_reading(gelesen, daten):
    verglichen = 0
    for name, mappe in gelesen.items():
        kurz = Path(name).name
        if not isinstance(mappe, Rohmappe) or not mappe.format.startswith("xls") or mappe.format in ("xls", "xlsb"):
            continue
        if kurz in OPENPYXL_SCHEITERT | NUR_LEERZEICHEN:
            continue
        anders = read_independently(daten / "fremde_dateien" / name)
        for blatt in mappe.blaetter:
            if blatt.name not in anders:
                assert kurz in ("strict_iso_paths.xlsx", "issue_174.xlsx")  # openpyxl sees no sheets in strict packages
                continue
            werte, fehler, verborgen, kommentare = anders[blatt.name]
            eigene = {(z, s): comparable(wert) for z, s, wert in blatt.belegt()}
            assert eigene == werte, (name, blatt.name)
            assert blatt.fehler == fehler, (name, blatt.name)
            assert set(blatt.verborgene_zeilen) == verborgen, (name, blatt.name)
            assert set(blatt.kommentare) == kommentare, (name, blatt.name)
            verglichen += len(werte) + len(fehler)
    assert verglichen > 80_000


PAARE = [
    ("readxl/inst/extdata/deaths.xls", "readxl/inst/extdata/deaths.xlsx"),
    ("readxl/inst/extdata/datasets.xls", "readxl/inst/extdata/datasets.xlsx"),
    ("readxl/inst/extdata/geometry.xls", "readxl/inst/extdata/geometry.xlsx"),
    ("readxl/inst/extdata/clippy.xls", "readxl/inst/extdata/clippy.xlsx"),
    ("readxl/tests/testthat/sheets/types.xls", "readxl/tests/testthat/sheets/types.xlsx"),
    ("frictionless/table.xls", "frictionless/table.xlsx"),
    ("frictionless/table.ods", "frictionless/table.xlsx"),
    ("frictionless/sheet2.xls", "frictionless/sheet2.xlsx"),
    ("frictionless/merged-cells.xls", "frictionless/merged-cells.xlsx"),
    ("libhxl/tests/files/test_io/input-quality.xls", "libhxl/tests/files/test_io/input-quality.xlsx"),
    ("messytables/simple.xls", "messytables/simple.xlsx"),
    ("calamine/date_1904.xls", "calamine/date_1904.xlsx"),
    ("calamine/date_1904.xlsb", "calamine/date_1904.xlsx"),
    ("calamine/merged_range.xls", "calamine/merged_range.xlsx"),
]


@pytest.mark.parametrize(("eins", "zwei"), PAARE)
def test_the_same_table_in_two_formats_is_the_same(gelesen, eins, zwei):
    erste, zweite = gelesen[eins], gelesen[zwei]
    for a, b in zip(erste.blaetter, zweite.blaetter, strict=False):
        assert [tuple(map(comparable, zeile)) for zeile in a.zeilen] == [
            tuple(map(comparable, zeile)) for zeile in b.zeilen
        ]
        assert a.verbunden == b.verbunden
        if erste.format != "xlsb":
            assert a.fehler == b.fehler


def test_deaths_keeps_the_table_between_the_notes(gelesen):
    blatt = gelesen["readxl/inst/extdata/deaths.xlsx"].blaetter[0]
    assert blatt.wert(0, 0) == "Lots of people"
    assert blatt.zeilen[4] == ("Name", "Profession", "Age", "Has kids", "Date of birth", "Date of death")
    assert blatt.zeilen[5] == ("David Bowie", "musician", 69, True, dt.date(1947, 1, 8), dt.date(2016, 1, 10))
    assert [str(bereich) for bereich in blatt.verbunden] == ["B4:E4"]


def test_issue_1024_keeps_its_three_header_rows_and_percentages(gelesen):
    blatt = gelesen["frictionless/issue-1024.xlsx"].blaetter[0]
    assert {"A10:E11", "G10:W10", "X10:AM10", "AN10:BC10"} <= {str(bereich) for bereich in blatt.verbunden}
    assert blatt.angezeigt[(12, 8)] == "97%"
    assert blatt.wert(12, 8) == pytest.approx(0.97, abs=0.005)


@pytest.mark.parametrize("name", ["date_1904.xlsx", "date_1904.xls", "date_1904.xlsb"])
def test_dates_from_1904(gelesen, name):
    blatt = gelesen[f"calamine/{name}"].blaetter[0]
    assert (blatt.wert(0, 0), blatt.wert(1, 0)) == (dt.date(2021, 1, 1), dt.date(2021, 1, 2))


def test_error_cells_are_kept_in_every_format_that_allows_it(gelesen):
    assert list(gelesen["calamine/errors.xlsx"].blaetter[0].fehler.values()) == [
        "#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#REF!", "#NUM!", "#N/A",
    ]  # fmt: skip
    assert len(gelesen["readxl/tests/testthat/sheets/types.xls"].blaetter[2].fehler) == 8


def test_a_sheet_formatted_to_the_last_cell_is_just_small(gelesen):
    mappe = gelesen["calamine/issue_174.xlsx"]
    assert (mappe.blaetter[0].hoehe, mappe.blaetter[0].breite, mappe.befunde) == (2, 11, ())


CSV = [
    ("frictionless/delimiter.csv", "utf-8", ";", (3, 2), (1, 1, "english")),
    ("frictionless/latin1.csv", "cp1252", ",", (3, 2), (2, 1, "©")),
    ("frictionless/table-with-accents.csv", "cp1252", ";", (639, 8), (0, 3, "Année")),
    ("messytables/utf8bom.csv", "utf-8-sig", ",", (1, 2), (0, 0, "kitten")),
    ("messytables/utf-16le_encoded.csv", "utf-16", ",", (328, 19), (1, 1, "Enfield PCT")),
    ("messytables/spanish_chars.csv", "cp1252", ",", (117, 8), (2, 4, "Legislación")),
    ("messytables/example.tsv", "utf-8", "\t", (141, 17), (0, 0, "hour")),
    ("messytables/simple.psv", "utf-8", "|", (29, 6), (0, 0, "Year")),
    ("messytables/long.csv", "utf-8", ";", (4000, 1), (0, 0, "A")),
]


@pytest.mark.parametrize(("name", "zeichensatz", "trenner", "groesse", "zelle"), CSV)
def test_text_files(gelesen, name, zeichensatz, trenner, groesse, zelle):
    mappe = gelesen[name]
    blatt = mappe.blaetter[0]
    assert (mappe.leseart.zeichensatz, mappe.leseart.trenner) == (zeichensatz, trenner)
    assert (blatt.hoehe, blatt.breite) == groesse
    if name != "messytables/long.csv":
        assert blatt.wert(zelle[0], zelle[1]) == zelle[2]
