"""Shared fixtures: where the real files lie; and how many processes run the tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

WURZEL = Path(__file__).resolve().parent.parent
DATEN = WURZEL.parent / "shared" / "daten"


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Use all cores for whole rooms, but no further process for single files: they would start more slowly."""
    einzelne = [name for name in config.args if ".py" in name]
    return 0 if einzelne else os.cpu_count() or 1


@pytest.fixture(scope="session")
def daten() -> Path:
    """Folder with real authority files; the test is skipped where it is missing."""
    if not DATEN.is_dir():
        pytest.skip("../shared/daten mit den echten Dateien ist nicht da")
    return DATEN
