"""Helpers of the workbook tests: LibreOffice, the XML of a package, cells of a sheet."""

from __future__ import annotations

import shutil
import subprocess
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

SOFFICE = shutil.which("soffice")
_DEUTSCH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>de-DE</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def convert(pfad: Path, nach: str, ordner: Path) -> Path:
    """Have LibreOffice (German, recalculating on load) open a file and save it as `nach` in `ordner`."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) ist nicht installiert")
    profil = ordner / "profil"
    (profil / "user").mkdir(parents=True, exist_ok=True)
    (profil / "user" / "registrymodifications.xcu").write_text(_DEUTSCH, encoding="utf-8")
    ziel = ordner / nach
    ziel.mkdir(exist_ok=True)
    subprocess.run(
        [SOFFICE, "--headless", f"-env:UserInstallation={profil.as_uri()}", "--convert-to", nach, "--outdir", str(ziel), str(pfad)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return ziel / f"{pfad.stem}.{nach}"


def load(pfad: Path, *, nur_namen: bool = False) -> Any:
    """Load with openpyxl, stored results instead of formulas; with `nur_namen` no sheet before it is looked at (to be closed)."""
    with warnings.catch_warnings():
        # openpyxl says that it does not know sparklines; it only reads here.
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(pfad, data_only=True, read_only=nur_namen)


def parts(pfad: Path) -> dict[str, bytes]:
    """Name → bytes of every part of the package."""
    with zipfile.ZipFile(pfad) as paket:
        return {name: paket.read(name) for name in paket.namelist()}
