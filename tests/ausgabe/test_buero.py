"""The workbook in LibreOffice: it opens, recalculates to the same values and prints on sensible pages."""

from __future__ import annotations

import math
import re
import shutil
import subprocess

import pytest

from sozialtool.ausgabe.monitoring import write_monitoring
from tests.ausgabe.bau import NAMEN, baue_bericht
from tests.ausgabe.hilfen import convert, load

pytestmark = pytest.mark.buero


@pytest.fixture(scope="module")
def mappe(monitoring, tmp_path_factory):
    return shutil.copyfile(monitoring, tmp_path_factory.mktemp("buero") / "Monitoring_2025.xlsx")


def test_recalculated_values_are_those_that_were_written(mappe, tmp_path):
    """Stored results, written by us, against those that LibreOffice computes anew: every cell of every sheet."""
    neu = load(convert(mappe, "xlsx", tmp_path))
    alt = load(mappe)
    formeln = sum(inhalt.count(b"<f>") for inhalt in _sheets(mappe))
    assert formeln > 500
    assert neu.sheetnames == alt.sheetnames
    verglichen = 0
    for blatt in alt.worksheets:
        for zeile in blatt.iter_rows():
            for zelle in zeile:
                anders = neu[blatt.title][zelle.coordinate].value
                if isinstance(zelle.value, int | float):
                    assert math.isclose(zelle.value, anders, rel_tol=1e-12, abs_tol=1e-12), (
                        blatt.title,
                        zelle.coordinate,
                    )
                    verglichen += 1
                else:
                    assert (zelle.value or "") == (anders or ""), (blatt.title, zelle.coordinate)
    assert verglichen > 20000


def _sheets(pfad):
    from tests.ausgabe.hilfen import parts

    return [inhalt for name, inhalt in parts(pfad).items() if name.startswith("xl/worksheets/sheet")]


def test_pages(mappe, tmp_path):
    pdf = convert(mappe, "pdf", tmp_path)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) ist nicht installiert")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    seiten = text.split("\f")[:-1]
    # The long tables stand in the file; a council gets what it can read.
    assert 40 <= len(seiten) <= 60
    for nummer, seite in enumerate(seiten, start=1):
        assert f"Seite {nummer} von {len(seiten)}" in seite
        assert "Anlage 1 zur Drucksache 17/801" in seite or "nicht im Druck" in seite
        assert "Stand 20.03.2026" in seite
    steckbriefe = [seite for seite in seiten if re.search(r"^\s*Steckbrief ", seite, re.MULTILINE)]
    assert len(steckbriefe) == len(NAMEN)
    assert all("Quelle: " in seite for seite in steckbriefe), "a Steckbrief is one page, down to its source"
    assert text.count("in den Druck gehen sie nicht") == 3
    for seite in seiten:
        if re.search(r"^\s*Tabelle \d+", seite, re.MULTILINE) and "Steckbrief" not in seite:
            assert re.search(
                r"Quelle|Fortsetzung|Geheimhaltung|Methoden|Indikatoren|Zeichen|Bausteine|Grundzahlen|Dateien|Brüche",
                seite,
            )
    assert "#NAME" not in text
    assert "#WERT" not in text
    assert "Err:" not in text


def test_every_table_head_stands_with_its_rows(tmp_path):
    """No page ends with a title: below each title stand the town or an area on the same page; everything is printed."""
    write_monitoring(tmp_path / "m.xlsx", baue_bericht(alles_drucken=True))
    pdf = convert(tmp_path / "m.xlsx", "pdf", tmp_path)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) ist nicht installiert")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    geprueft = 0
    for seite in text.split("\f"):
        for titel in re.finditer(r"Tabelle \d+: .* in den Sozialräumen", seite):
            geprueft += 1
            rest = seite[titel.end() :].split("Tabelle ")[0]
            assert "Wöhrstadt" in rest
            assert "nicht zuzuordnen" in rest
            assert "Quelle: " in rest
    assert geprueft > 60
