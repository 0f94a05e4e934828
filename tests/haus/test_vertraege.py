"""The import contracts catch what they promise: one planted violation each, also inside a function."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WURZEL = Path(__file__).resolve().parents[2]
VERSTOESSE = {
    "Imports go down only": ("fach/raum.py", "from sozialtool import katalog"),
    "ablauf is the only door for cli and tui": ("tui/text.py", "from sozialtool.rechnen import formel"),
    "Only tui imports textual": ("ablauf/weg.py", "import textual"),
    "The commands open the terminal UI only through its door": ("cli.py", "import textual"),
    "Only projekt imports sqlite3": ("ablauf/daten.py", "import sqlite3"),
    "Only einlesen reads foreign workbooks": ("ausgabe/blatt.py", "import openpyxl"),
    "Only ausgabe and erhebung write workbooks": ("ablauf/vorlegen.py", "import xlsxwriter"),
    "Only ausgabe writes Word": ("ablauf/bericht.py", "import docx"),
    "Screens, commands, reading and storing need no engine": ("tui/themen.py", "import polars"),
    "The domain needs the standard library and attrs only": ("fach/messwert.py", "import rapidfuzz"),
}


def run_contracts(ordner: Path) -> str:
    programm = "from importlinter.cli import lint_imports_command as c; c(['--no-logo', '--no-cache'])"
    ergebnis = subprocess.run(
        [sys.executable, "-c", programm],
        check=False,  # broken contracts end with 1
        cwd=ordner,
        env={**os.environ, "PYTHONPATH": str(ordner), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return ergebnis.stdout + ergebnis.stderr


@pytest.fixture
def kopie(tmp_path) -> Path:
    pytest.importorskip("importlinter", reason="import-linter gehört zum Zusatz dev")
    ohne = shutil.ignore_patterns("__pycache__")
    shutil.copytree(WURZEL / "sozialtool", tmp_path / "sozialtool", ignore=ohne)
    shutil.copyfile(WURZEL / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def test_every_contract_is_kept_and_every_one_can_be_broken(kopie):
    vorher = run_contracts(kopie)
    assert f"{len(VERSTOESSE)} kept, 0 broken" in vorher
    for datei, zeile in VERSTOESSE.values():
        ziel = kopie / "sozialtool" / datei
        text = ziel.read_text(encoding="utf-8")
        ziel.write_text(f"{text}\n\ndef planted() -> None:\n    {zeile}\n", encoding="utf-8")
    nachher = run_contracts(kopie)
    assert [name for name in VERSTOESSE if f"{name} BROKEN" not in nachher] == []
