"""The house: what is loaded when, how long files and functions are, what must not be in them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

WURZEL = Path(__file__).resolve().parents[2]
QUELLEN = sorted((WURZEL / "sozialtool").rglob("*.py"))
HEAVY = (
    "textual",
    "polars",
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
    "highspy",
    "numpy",
    "rich",
    "sqlite3",
    "docx",
    "lxml",
)
DOORS = ["sozialtool.fach", "sozialtool.katalog", "sozialtool.projekt", "sozialtool.einlesen", "sozialtool.rechnen",
         "sozialtool.geheimhaltung", "sozialtool.ausgabe", "sozialtool.erhebung", "sozialtool.ablauf", "sozialtool.tui"]  # fmt: skip


def loaded_after(code: str) -> set[str]:
    program = (
        f"import sys\n{code}\nprint('\\n'.join(sorted({{n.split('.')[0] for n in sys.modules}})), file=sys.stderr)"
    )
    ergebnis = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return set(ergebnis.stderr.split())


def test_hilfe_loads_nothing_heavy():
    loaded = loaded_after("from sozialtool.cli import run\nassert run(['--hilfe']) == 0")
    assert not loaded & set(HEAVY)


@pytest.mark.parametrize("tuer", DOORS)
def test_door_of_a_room_loads_nothing_heavy(tuer):
    # The project file is a database; its door may load the (small) library for it.
    assert not loaded_after(f"import {tuer}") & (set(HEAVY) - {"sqlite3"})


def test_probe_sees_a_loaded_module():
    assert "sqlite3" in loaded_after("import sqlite3")


@pytest.mark.parametrize("datei", QUELLEN, ids=lambda d: str(d.relative_to(WURZEL)))
def test_file_and_functions_stay_short(datei):
    text = datei.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    lang = [
        f"{knoten.name}: {knoten.end_lineno - knoten.lineno + 1}"
        for knoten in ast.walk(ast.parse(text))
        if isinstance(knoten, ast.FunctionDef | ast.AsyncFunctionDef) and knoten.end_lineno - knoten.lineno + 1 > 50
    ]
    assert not lang


def committed_files() -> list[Path]:
    try:
        ausgabe = subprocess.run(["git", "ls-files", "-z"], cwd=WURZEL, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("git ist nicht da")
    return [WURZEL / name for name in ausgabe.decode("utf-8").split("\0") if name]


def test_no_package_index_host_in_any_file():
    hosts = re.compile("|".join(["py" + r"pi\.org", "python" + "hosted", "registry" + r"\.npm", "deb" + r"\.debian"]))
    treffer = []
    for datei in committed_files():
        if not datei.is_file():
            continue
        if hosts.search(datei.read_bytes().decode("utf-8", errors="ignore")):
            treffer.append(datei.name)
    assert not treffer


def test_no_network_module_in_the_product():
    # Speech with the outside world would need one of these; the product opens no connection, ever.
    netz = {"socket", "http", "urllib", "requests", "httpx", "ftplib", "smtplib", "aiohttp"}
    treffer = []
    for datei in QUELLEN:
        for knoten in ast.walk(ast.parse(datei.read_text(encoding="utf-8"))):
            namen = []
            if isinstance(knoten, ast.Import):
                namen = [alias.name for alias in knoten.names]
            elif isinstance(knoten, ast.ImportFrom) and knoten.module:
                namen = [knoten.module]
            treffer += [f"{datei.name}: {n}" for n in namen if n.split(".")[0] in netz and n != "urllib.parse"]
    assert not treffer


def test_glossary_has_every_stored_class_once():
    from sozialtool.projekt.tabellen import GESPEICHERT

    text = (WURZEL / "docs" / "haus.md").read_text(encoding="utf-8")
    begriffe = re.findall(r"^\| ([^|]+) \|", text.partition("## Glossary")[2], re.MULTILINE)
    worte = [wort.partition(" (")[0] for begriff in begriffe for wort in begriff.split(", ")]
    assert len(worte) == len(set(worte))
    assert {klasse.__name__ for klasse in GESPEICHERT} - {"Quellenbefund", "Einstellung"} <= set(worte)


def test_doors_of_the_house_are_there():
    text = (WURZEL / "docs" / "haus.md").read_text(encoding="utf-8").partition("## Doors")[2].partition("## Keys")[0]
    quellen = "\n".join(datei.read_text(encoding="utf-8") for datei in QUELLEN)
    genannt = set(re.findall(r"\b([a-z]+(?:_[a-z]+)+)\(", text))
    assert len(genannt) >= 20
    assert {name for name in genannt if not re.search(rf"def {name}\b", quellen)} == set()


def test_no_door_of_ablauf_has_the_name_of_a_module():
    # Once the module is loaded it stands in the package where the function would be looked up: a TypeError far away.
    from sozialtool import ablauf

    module = {datei.stem for datei in (WURZEL / "sozialtool" / "ablauf").glob("*.py")}
    assert len(module) > 20
    assert set(ablauf._MODULE_OF) & module == set()
