"""The wheel, installed elsewhere, makes the same town with the same bytes as the checkout."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

WURZEL = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def rad(tmp_path_factory):
    """Build the wheel and unpack it into a folder of its own, without touching this environment."""
    if importlib.util.find_spec("pip") is None:
        pytest.skip("das Python des Windows-Ordners hat kein pip; dort wird der gebaute Ordner selbst geprüft")
    ordner = tmp_path_factory.mktemp("rad")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    # Without isolation: hatchling is part of the test extra, so nothing has to be fetched.
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(ordner), str(WURZEL)], check=True)
    (datei,) = ordner.glob("sozialtool-*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", str(ordner / "ort"), str(datei)], check=True)
    return ordner


def run_installed(ordner: Path, *argumente: str) -> subprocess.CompletedProcess[str]:
    umgebung = {
        **os.environ,
        "PYTHONPATH": str(ordner / "ort"),
        "PYTHONIOENCODING": "utf-8",
        "HOME": str(ordner),
        "XDG_CONFIG_HOME": str(ordner),
    }
    return subprocess.run(
        [sys.executable, *argumente],
        cwd=ordner,
        env=umgebung,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )


def test_installed_wheel_is_the_one_that_runs(rad):
    ort = run_installed(rad, "-c", "import sozialtool; print(sozialtool.__file__)").stdout.strip()
    assert Path(ort).is_relative_to(rad / "ort")


def test_example_town_is_the_same_from_the_wheel(rad, beispiel):
    ziel = rad / "Straße der Städte"
    ausgabe = run_installed(rad, "-m", "sozialtool", "beispiel", str(ziel), "--ohne-oberflaeche").stdout
    mappe = ziel / "ausgaben" / "2025" / "Monitoring_2025.xlsx"
    assert str(mappe) in ausgabe
    assert hashlib.sha256(mappe.read_bytes()).digest() == hashlib.sha256(beispiel.arbeitsmappe.read_bytes()).digest()
