"""The built folder itself, started as a person starts it; `packaging/pruefen.py` says where it is and what to expect."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ORDNER = os.environ.get("SOZIALTOOL_ORDNER", "")
SCHWIERIG = os.environ.get("SOZIALTOOL_ORDNER_SCHWIERIG", "")
TIEF = os.environ.get("SOZIALTOOL_ORDNER_TIEF", "")
MAPPE = os.environ.get("SOZIALTOOL_MAPPE", "")
"""File with the SHA-256 of the workbook that the checkout makes; it is made beside these tests."""

pytestmark = pytest.mark.skipif(
    sys.platform != "win32" or not ORDNER, reason="läuft mit packaging/pruefen.py im gebauten Windows-Ordner"
)


def start(ordner: str, *argumente: str, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Start `sozialtool.cmd` with arguments, quoted as the Explorer does it."""
    zeile = " ".join(f'"{teil}"' for teil in (Path(ordner) / "sozialtool.cmd", *argumente))
    befehl = f'cmd.exe /d /s /c "{zeile}"'
    return subprocess.run(befehl, stdin=subprocess.DEVNULL, capture_output=True, check=False, cwd=cwd)


def list_files(ordner: str) -> dict[str, tuple[int, int]]:
    return {
        str(d.relative_to(ordner)): (d.stat().st_size, d.stat().st_mtime_ns)
        for d in Path(ordner).rglob("*")
        if d.is_file()
    }


@pytest.fixture(scope="module")
def vorher() -> dict[str, tuple[int, int]]:
    return list_files(ORDNER)


def test_help_is_german_and_utf8(vorher: dict[str, tuple[int, int]]) -> None:
    lauf = start(ORDNER, "--hilfe")
    assert lauf.returncode == 0
    assert "Sozialplanung für kleine Städte" in lauf.stdout.decode("utf-8")


def test_arguments_and_exit_code_pass_through(tmp_path: Path) -> None:
    lauf = start(ORDNER, "stand", "--projekt", str(tmp_path / "Größe & Maß (1)"))
    assert lauf.returncode == 3
    assert "Größe & Maß (1)" in lauf.stderr.decode("utf-8")


@pytest.fixture(scope="module")
def beispiel(vorher: dict[str, tuple[int, int]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lindenrath, made by the folder where files lie that have the names of modules; who imported one would end with 99."""
    ordner = tmp_path_factory.mktemp("beispiel")
    for name in ("sozialtool", "polars", "random"):
        (ordner / f"{name}.py").write_text("raise SystemExit(99)\n", encoding="utf-8")
    ziel = ordner / "Straße der Städte"
    lauf = start(ORDNER, "beispiel", str(ziel), "--ohne-oberflaeche", cwd=ordner)
    assert lauf.returncode == 0, lauf.stderr.decode("utf-8", "replace")
    return ziel


def test_nothing_beside_the_files_of_a_person_is_imported(beispiel: Path) -> None:
    assert (beispiel / "lindenrath.sozial").is_file()


def test_example_gives_the_same_workbook_as_elsewhere(beispiel: Path, vorher: dict[str, tuple[int, int]]) -> None:
    ende = time.monotonic() + 300
    while not Path(MAPPE).is_file():
        assert time.monotonic() < ende, "packaging/pruefen.py hat keine Prüfsumme hinterlegt"
        time.sleep(0.5)
    mappe = beispiel / "ausgaben" / "2025" / "Monitoring_2025.xlsx"
    assert hashlib.sha256(mappe.read_bytes()).hexdigest() == Path(MAPPE).read_text(encoding="utf-8")
    assert list_files(ORDNER) == vorher, "in den Programmordner wurde geschrieben"


def test_folder_with_blanks_umlauts_and_signs(tmp_path: Path) -> None:
    assert " " in SCHWIERIG
    assert not SCHWIERIG.isascii()
    assert b"sozialtool" in start(SCHWIERIG, "--version", cwd=tmp_path).stdout


def test_folder_so_deep_that_its_files_pass_260_characters(tmp_path: Path) -> None:
    laengster = max((len(name) for name in list_files(ORDNER)), default=0)
    assert len(TIEF) + laengster > 260
    code = "import sozialtool, polars, highspy, sys; from sozialtool import orte; print(sozialtool.__path__[0]); print(len(list(orte.beispieldaten().rglob('*.xlsx'))))"
    python = str(Path(TIEF) / "python" / "python.exe")
    lauf = subprocess.run(
        [python, "-X", "utf8", "-B", "-c", code], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert lauf.returncode == 0, lauf.stderr.decode("utf-8", "replace")
    pfad, anzahl = lauf.stdout.decode("utf-8").split("\r\n")[:2]
    assert pfad.startswith("\\\\?\\")
    assert int(anzahl) > 20


def test_unc_and_extended_paths() -> None:
    """Wine has no network shares; the extended form takes the same way through Python as a UNC path."""
    python = "\\\\?\\" + str(Path(ORDNER) / "python" / "python.exe")
    lauf = subprocess.run(
        [python, "-X", "utf8", "-B", "-m", "sozialtool", "--version"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert lauf.stdout.startswith(b"sozialtool "), lauf.stderr


def test_a_project_file_opens_the_screens_and_an_empty_argument_does_not(tmp_path: Path) -> None:
    """Dropped on the start file, or chosen under "Öffnen mit": no list of commands, and the window waits."""
    lauf = start(ORDNER, str(tmp_path / "Größe & Maß (1).SOZIAL"))
    assert "Die Oberfläche braucht ein Terminal" in lauf.stderr.decode("utf-8")
    leer = start(ORDNER, "", "stand")
    assert leer.returncode == 2
    assert "BEFEHL: '' gibt es nicht" in leer.stderr.decode("utf-8")


def test_incomplete_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "sozialtool.cmd").write_bytes((Path(ORDNER) / "sozialtool.cmd").read_bytes())
    lauf = start(str(tmp_path), "--version")
    assert lauf.returncode == 3
    assert b"fehlt der Unterordner" in lauf.stdout


def test_no_connection_is_possible() -> None:
    """No TLS, and nothing of ours loads what talks to a network (asyncio itself loads socket)."""
    code = (
        "import sys, importlib.util as u; import sozialtool.cli, sozialtool.tui.app, sozialtool.ablauf;"
        "print(u.find_spec('_ssl'), sorted({'http.client', 'urllib.request', 'ftplib', 'smtplib', 'ssl'} & set(sys.modules)))"
    )
    python = str(Path(ORDNER) / "python" / "python.exe")
    lauf = subprocess.run(
        [python, "-X", "utf8", "-B", "-c", code], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert lauf.stdout.split() == [b"None", b"[]"], lauf


def test_every_file_still_has_its_sum() -> None:
    zeilen = (Path(ORDNER) / "Pruefsummen.txt").read_text(encoding="utf-8").splitlines()
    assert len(zeilen) > 1000
    falsch = [
        name for summe, name in (zeile.split("  ", 1) for zeile in zeilen)
        if hashlib.sha256((Path(ORDNER) / name).read_bytes()).hexdigest() != summe
    ]  # fmt: skip
    assert falsch == []
