"""Shared fixtures: where the real files lie; and how many processes run the tests."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from teilen import make_once

from sozialtool import ablauf

if sys.platform == "win32":
    # The libraries of the built folder lie beside the program: Hypothesis would take all of them for the program, and look
    # through the source of 1,300 modules for numbers to try. On other systems it does so for the program alone.
    from hypothesis.internal.conjecture import providers

    providers._get_local_constants = lambda: providers._local_constants

    START_VERWEIGERT = 0xC0000142
    """STATUS_DLL_INIT_FAILED: Wine gave up on a process before it ran anything, as it does now and then on a busy machine."""
    _run = subprocess.run

    def run_noch_einmal(*was: Any, **wie: Any) -> Any:
        """`subprocess.run`; a start that was refused is tried again, twice."""
        for _ in range(2):
            try:
                fertig = _run(*was, **wie)
            except subprocess.CalledProcessError as fehler:
                if fehler.returncode != START_VERWEIGERT:
                    raise
            else:
                if fertig.returncode != START_VERWEIGERT:
                    return fertig
        return _run(*was, **wie)

    subprocess.run = run_noch_einmal

# Thousands of tests and all libraries are in memory, and nothing of them is rubbish: with the ordinary 700 a fifth of the
# time of the tests went into looking for cycles. What is unreachable is still found, and warned of, a little later.
gc.set_threshold(50_000, 10, 10)

WURZEL = Path(__file__).resolve().parent.parent
DATEN = WURZEL.parent / "shared" / "daten"


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Use all cores for whole rooms, but no further process for single files: they would start more slowly.

    As Windows one more: there the tests also wait much, for processes that start and for clocks that tick sixty times a second.
    """
    einzelne = [name for name in config.args if ".py" in name]
    return 0 if einzelne else (os.cpu_count() or 1) + (sys.platform == "win32")


ZUERST = ("test_windows_gebaut.py", "test_absturz.py", "test_ganzer_weg.py", "test_bildschirme.py")
"""Files that take long: one that began last would keep one process busy while the others have nothing left to do."""
ALS_WINDOWS = (
    "windows", "projekt", "einlesen", "rechnen", "geheimhaltung", "erhebung", "tui", "ablauf", "beispieldaten", "fach",
    "katalog", "ausgabe", "haus",
)  # fmt: skip
"""Rooms as Windows, what differs there first: the workbooks are compared byte for byte as a whole, the sources are the same."""
FRIST = float(os.environ.get("SOZIALTOOL_FRIST", "inf"))
"""Time (as `time.time`) at which the run as Windows begins no further tests; what is left out is counted and named."""


def _room_of(item: pytest.Item) -> str:
    """Folder under `tests` that a test lies in."""
    return item.path.relative_to(WURZEL / "tests").parts[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Move the long files to the front, and as Windows the rooms that differ there; the order is otherwise kept."""

    def rank(item: pytest.Item) -> tuple[int, int]:
        raum = _room_of(item) if sys.platform == "win32" else ""
        return (
            ZUERST.index(item.path.name) if item.path.name in ZUERST else len(ZUERST),
            ALS_WINDOWS.index(raum) if raum in ALS_WINDOWS else len(ALS_WINDOWS),
        )

    items.sort(key=rank)


@pytest.fixture(scope="session")
def daten() -> Path:
    """Folder with real authority files; the test is skipped where it is missing."""
    if not DATEN.is_dir():
        pytest.skip("../shared/daten mit den echten Dateien ist nicht da")
    return DATEN


@pytest.fixture(scope="session")
def beispiel(tmp_path_factory: pytest.TempPathFactory) -> ablauf.Beispiel:
    """Lindenrath as `sozialtool beispiel` leaves it, made once for all processes; who changes it takes a copy of the folder."""

    def make(ordner: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("sozialtool.orte.einstellungen", lambda: ordner / "einstellungen")
            fertig = ablauf.make_beispiel(ordner / "L")
        (ordner / "bericht.txt").write_text(fertig.bericht, encoding="utf-8")

    vorbild = make_once(tmp_path_factory, "lindenrath", make)
    ordner = Path(shutil.copytree(vorbild / "L", tmp_path_factory.mktemp("lindenrath") / "L"))
    (mappe,) = (ordner / "ausgaben").rglob("Monitoring_????.xlsx")
    return ablauf.Beispiel(ordner / "lindenrath.sozial", mappe, (vorbild / "bericht.txt").read_text(encoding="utf-8"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let files be read in the test's own process, see `lesen_hier`, except where `kindprozess` is marked.

    A hook, not a fixture: what a whole module shares is made before the fixtures of its first test.
    """
    raum = _room_of(item)
    if time.time() > FRIST and raum != "windows":
        pytest.skip(f"tests/{raum}: die Zeit der Windows-Stufe ist um; alle: packaging/pruefen.py ohne --frist")
    from lesen_hier import run_hier

    from sozialtool.einlesen import aufsicht, lesen
    from sozialtool.einlesen.register import lesen as registerlesen

    mit_kind = item.get_closest_marker("kindprozess") is not None
    lesen.run_kind = registerlesen.run_kind = aufsicht.run_kind if mit_kind else run_hier
