"""Shared fixtures: where the real files lie."""

from __future__ import annotations

from pathlib import Path

import pytest

WURZEL = Path(__file__).resolve().parent.parent
DATEN = WURZEL.parent / "shared" / "daten"


@pytest.fixture(scope="session")
def daten() -> Path:
    """Folder with real authority files; the test is skipped where it is missing."""
    if not DATEN.is_dir():
        pytest.skip("../shared/daten mit den echten Dateien ist nicht da")
    return DATEN
