"""The proof that `sozialtool beispiel` leaves: really one page, with a secret figure and a missing one, and nothing that leaks."""

from __future__ import annotations

import re
import shutil
import subprocess

import docx
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.ablauf.leckpruefung import check_arbeitsmappe, list_geheimnisse
from tests.ausgabe.hilfen import convert


@pytest.fixture(scope="module")
def dokument(beispiel):
    return beispiel.arbeitsmappe.with_name("Foerdernachweis_2025.docx")


@pytest.mark.buero
def test_it_is_one_page(dokument, tmp_path):
    pdf = convert(dokument, "pdf", tmp_path)
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) ist nicht installiert")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    assert text.count("\f") == 1
    assert "Seite 1 von 1" in text
    assert "Weitere in Foerdernachweis_2025.xlsx" in text


def test_a_secret_figure_stands_as_such_in_page_and_sheet_and_nothing_leaks(beispiel, dokument):
    with ablauf.open_projekt(beispiel.projekt, nur_lesen=True) as projekt:
        geheimnisse = list_geheimnisse(projekt, compute(projekt))
        assert check_arbeitsmappe(projekt, dokument.with_suffix(".xlsx")) == ()
    inhalt = docx.Document(str(dokument))
    zeilen = [[z.text for z in zeile.cells] for zeile in inhalt.tables[0].rows]
    geheim = [z for z in zeilen if "•" in z]
    assert [(z[0].split()[0], z[1]) for z in geheim] == [("G03", "Am Bahnhof")]
    assert set(geheim[0][4:7]) == {"•"}
    assert geheim[0][2] == "•"
    # No text anywhere on the page holds a number of this secret, nor any with hidden decimals.
    (kennzahl,) = (g for g in geheimnisse if (g.indikator, g.gebiet, g.jahr) == ("G03", "02", 2025))
    texte = [a.text for a in inhalt.paragraphs] + [z for zeile in geheim for z in zeile[2:3] + zeile[4:]]
    zahlen = [float(z.replace(",", ".")) for text in texte for z in re.findall(r"\d+,\d+", text)]
    assert not [z for z in zahlen if kennzahl.matches(z)]
    assert not re.findall(r"\d,\d{3}", "\n".join(texte))
