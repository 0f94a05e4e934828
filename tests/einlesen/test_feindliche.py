"""Corrupt and hostile workbooks (QUELLEN.md, feindliche_dateien): nothing crashes, hangs or fills the memory."""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path

import pytest

from sozialtool.einlesen.lesen import Grenzen, read_rohmappe
from sozialtool.einlesen.rohblatt import Rohmappe
from sozialtool.fehler import DateiFehler

pytestmark = [pytest.mark.real, pytest.mark.kindprozess]
SEKUNDEN = 20.0
SCHROTT = (
    "54764-2.xlsx", "xlsx-corrupted.xlsx", "poc-shared-strings.xlsx",
    "clusterfuzz-testcase-minimized-POIHSSFFuzzer-6137883240824832.xls",
)  # fmt: skip
ANGESEHEN = {
    *SCHROTT, "xxe_in_schema.xlsx", "57893-many-merges.xlsx", "sample.strict.xlsx", "TwoSheetsOneHidden.xlsx",
    "1900DateWindowing.xls", "1904DateWindowing.xls", "formula_injection_strings.csv",
}  # fmt: skip
"""Files that a test names."""


@pytest.fixture(scope="module")
def gelesen(daten) -> dict[str, tuple[Rohmappe | DateiFehler, float]]:
    """Every file read once: name → (result, seconds)."""
    ergebnis = {}
    dateien = sorted((daten / "feindliche_dateien").iterdir())
    assert len(dateien) >= 40
    if sys.platform == "win32":
        # Starting a process for each takes a second there (and in Wine): every third, and those that are looked at below.
        dateien = [datei for nr, datei in enumerate(dateien) if nr % 3 == 0 or datei.name in ANGESEHEN]
    for datei in dateien:
        start = time.monotonic()
        try:
            was: Rohmappe | DateiFehler = read_rohmappe(datei, grenzen=Grenzen(sekunden=SEKUNDEN))
        except DateiFehler as fehler:
            was = fehler
        ergebnis[datei.name] = was, time.monotonic() - start
    return ergebnis


def test_every_file_ends_in_cells_or_in_a_german_message(gelesen):
    for name, (was, dauer) in gelesen.items():
        assert dauer < SEKUNDEN + 2, name
        if isinstance(was, DateiFehler):
            assert was.code.startswith("LESEN-"), name
            assert name in was.meldung
            assert was.abhilfe


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sagt es anders")
def test_no_child_took_more_memory_than_its_limit(gelesen):
    import resource

    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < Grenzen().speicher


@pytest.mark.parametrize("name", SCHROTT)
def test_bombs_and_wrecks_are_called_damaged(gelesen, name):
    was, _ = gelesen[name]
    assert isinstance(was, DateiFehler)
    assert was.code == "LESEN-KAPUTT"


def test_an_external_entity_is_not_fetched(gelesen):
    mappe, _ = gelesen["xxe_in_schema.xlsx"]
    assert isinstance(mappe, Rohmappe)
    assert mappe.blaetter[0].hoehe == 10


def test_a_hundred_thousand_merged_ranges_are_carried(gelesen):
    mappe, _ = gelesen["57893-many-merges.xlsx"]
    assert isinstance(mappe, Rohmappe)
    assert len(mappe.blaetter[0].verbunden) > 10_000


def test_strict_packages_and_hidden_sheets(gelesen):
    streng, _ = gelesen["sample.strict.xlsx"]
    assert [blatt.name for blatt in streng.blaetter] == ["Sheet1", "rich test", "Sheet3"]
    assert streng.blaetter[0].hoehe == 10
    verborgen, _ = gelesen["TwoSheetsOneHidden.xlsx"]
    assert sorted(blatt.sichtbar for blatt in verborgen.blaetter) == [False, True]
    assert [befund.code for befund in verborgen.befunde] == ["BLATT-VERBORGEN"]


def test_both_windows_of_dates_are_the_same_day(gelesen):
    eins, zwei = gelesen["1900DateWindowing.xls"][0], gelesen["1904DateWindowing.xls"][0]
    assert eins.blaetter[0].wert(0, 0) == zwei.blaetter[0].wert(0, 0)


def test_formula_strings_stay_text(gelesen, daten):
    mappe, _ = gelesen["formula_injection_strings.csv"]
    with Path(daten / "feindliche_dateien" / "formula_injection_strings.csv").open(
        encoding="utf-8", newline=""
    ) as strom:
        erwartet = [tuple(zelle or None for zelle in zeile) for zeile in csv.reader(strom)]
    assert list(mappe.blaetter[0].zeilen) == erwartet
    assert any(isinstance(wert, str) and wert.startswith("=") for _, _, wert in mappe.blaetter[0].belegt())
