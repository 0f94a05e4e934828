"""What is costly to make is made once per run, also where several processes run the tests."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

_TAKT = 0.1
_HOECHSTENS = 600.0
"""Seconds to wait for the process that makes it."""


def make_once(fabrik: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder `name` of this run, which `make` fills in the first process that asks; it is not to be changed.

    Making a folder is the lock: it succeeds once, on every system. A process that cannot finish says so to those that wait.
    """
    basis = fabrik.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        basis = basis.parent  # each worker has a folder of its own in that of the run
    ziel, fertig, gescheitert = basis / name, basis / f"{name}.fertig", basis / f"{name}.gescheitert"
    try:
        ziel.mkdir()
    except FileExistsError:
        ende = time.monotonic() + _HOECHSTENS
        while not fertig.exists():
            assert not gescheitert.exists(), f"{name} ließ sich in einem anderen Prozess nicht herstellen"
            assert time.monotonic() < ende, f"{name} ist nach {_HOECHSTENS:.0f} Sekunden nicht da"
            time.sleep(_TAKT)
        return ziel
    try:
        make(ziel)
    except BaseException:
        gescheitert.touch()
        raise
    fertig.touch()
    return ziel
