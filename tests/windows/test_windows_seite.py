"""What the page for the IT department promises about the program is true of its sources."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import sozialtool

WURZEL = Path(__file__).resolve().parents[2]
SEITE = (WURZEL / "docs" / "it-abteilung.md").read_text(encoding="utf-8")
LIES = (WURZEL / "packaging" / "beilagen" / "Lies mich zuerst.txt").read_text(encoding="utf-8")
STARTDATEI = (WURZEL / "packaging" / "beilagen" / "sozialtool.cmd").read_text(encoding="utf-8")
NETZ = {
    "socket",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "smtplib",
    "imaplib",
    "poplib",
    "telnetlib",
    "xmlrpc",
    "requests",
    "httpx",
    "aiohttp",
}
FREMDES = {"webbrowser", "winreg", "_winreg", "win32com", "comtypes"}


def find_imports() -> dict[str, set[str]]:
    """Modules by the files of the program that import them, wherever in the file."""
    wo: dict[str, set[str]] = {}
    paket = Path(sozialtool.__file__).parent
    for datei in sorted(paket.rglob("*.py")):
        for knoten in ast.walk(ast.parse(datei.read_text(encoding="utf-8"))):
            namen = [a.name for a in knoten.names] if isinstance(knoten, ast.Import) else []
            if isinstance(knoten, ast.ImportFrom) and knoten.module and not knoten.level:
                namen = [knoten.module]
            for name in namen:
                wo.setdefault(name if name == "urllib.parse" else name.split(".")[0], set()).add(
                    datei.relative_to(paket).as_posix()
                )
    return wo


def test_nothing_that_talks_to_a_network_or_the_registry_is_imported() -> None:
    gefunden = find_imports()
    assert {"subprocess", "tempfile", "polars"} <= gefunden.keys()
    assert {name: gefunden[name] for name in (NETZ | FREMDES) & gefunden.keys()} == {}


def test_processes_and_temporary_files_come_from_where_the_page_says() -> None:
    """A new place of this kind belongs on the page first ("Was startet", "Was es wohin schreibt")."""
    gefunden = find_imports()
    assert gefunden["subprocess"] == {"einlesen/aufsicht.py", "prozessor.py"}
    assert gefunden["tempfile"] == {"ausgabe/datei.py", "projekt/oeffnen.py"}
    assert "multiprocessing" not in gefunden
    assert all(wort in SEITE for wort in ("%TEMP%", ".tmp", "-journal", "letzte_projekte.txt", ".sozial.sperre"))


def test_page_names_every_program_of_the_start_file() -> None:
    zeilen = [zeile for zeile in STARTDATEI.lower().splitlines() if not zeile.startswith(("rem", "echo", "title"))]
    woerter = {wort.strip("'()\"").removesuffix(".exe") for zeile in zeilen for wort in zeile.split()}
    gestartet = {"chcp", "mode", "where", "wt"} & woerter
    assert gestartet == {"chcp", "mode", "where", "wt"}
    assert not {"powershell", "reg", "setx", "curl", "certutil", "wscript"} & woerter
    assert all(f"`{name}" in SEITE for name in ("chcp.com", "mode.com", "where.exe", "wt.exe", "cmd.exe"))


def test_page_names_what_of_python_is_left_out() -> None:
    sys.path.append(str(WURZEL / "packaging"))
    from ordner import PYTHON_OHNE

    fehlt = [m for m in PYTHON_OHNE if m.removesuffix(".pyd").removesuffix("-*.dll") not in SEITE]
    assert fehlt == []


@pytest.mark.parametrize("wort", ["Beispielstadt Lindenrath anlegen", "Taste b"])
def test_first_steps_name_what_is_on_the_screen(wort: str) -> None:
    from sozialtool.tui.bildschirme.start import Beispielstadt

    assert wort in LIES
    assert wort in (Beispielstadt.titel, f"Taste {Beispielstadt.taste}")
