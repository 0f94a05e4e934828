"""The workbook of the fake town as it usually is: written once per run, loaded once per process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from teilen import make_once

from sozialtool.ausgabe.monitoring import write_monitoring
from tests.ausgabe.bau import baue_bericht
from tests.ausgabe.hilfen import load


@pytest.fixture(scope="session")
def monitoring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `write_monitoring` makes of `baue_bericht()`; it is not to be changed."""
    ordner = make_once(tmp_path_factory, "woehrstadt", lambda ziel: write_monitoring(ziel / "m.xlsx", baue_bericht()))
    return ordner / "m.xlsx"


@pytest.fixture(scope="session")
def geladen(monitoring: Path) -> Any:
    """The same, loaded with openpyxl; it is not to be changed."""
    return load(monitoring)
