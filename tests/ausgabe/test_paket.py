"""The package of a workbook says nothing about the machine that wrote it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sozialtool.ausgabe.datei import forget_system
from sozialtool.ausgabe.mappe import Mappe


def _write(pfad: Path) -> Path:
    mappe = Mappe(pfad)
    mappe.add_blatt("Zahlen").write_string(0, 0, "Zeile\nzwei")
    mappe.close()
    return pfad


def test_same_bytes_wherever_zipfile_thinks_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hier = _write(tmp_path / "hier.xlsx").read_bytes()
    monkeypatch.setattr("zipfile.sys.platform", "win32")
    assert _write(tmp_path / "dort.xlsx").read_bytes() == hier
    with zipfile.ZipFile(tmp_path / "dort.xlsx") as paket:
        assert paket.testzip() is None
        assert {teil.create_system for teil in paket.infolist()} == {3}
        assert not any(b"\r" in paket.read(teil) for teil in paket.namelist())


def test_no_temporary_files_hold_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("eine Zwischendatei")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    assert _write(tmp_path / "mappe.xlsx").stat().st_size > 1000


def test_something_else_is_refused(tmp_path: Path) -> None:
    fremd = tmp_path / "fremd.zip"
    fremd.write_bytes(b"kein Zip, aber lang genug dazu")
    with pytest.raises(ValueError, match="kein Ende"):
        forget_system(fremd)
