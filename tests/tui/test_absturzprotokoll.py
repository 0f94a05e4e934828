"""The crash log names places in the program, never a person's path or the content of a cell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sozialtool import orte
from sozialtool.tui.absturz import write_protokoll


def test_the_log_holds_neither_paths_nor_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orte, "protokolle", lambda: tmp_path / "Protokolle")

    def fail(zelle: str, datei: str) -> None:
        try:
            float(zelle)
        except ValueError as ursache:
            raise OSError(2, "fehlt", datei) from ursache

    zelle, datei = "Frau Müller, Hafenstraße 3", "C:/Users/Erika.Mustermann/Lieferung.xlsx"
    with pytest.raises(OSError, match="fehlt") as gefangen:
        fail(zelle, datei)
    pfad = write_protokoll(gefangen.value, dt.datetime(2025, 1, 2))
    assert pfad is not None
    text = pfad.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "FileNotFoundError" in text
    assert f"{Path(__file__).name}, Zeile" in text
    assert "dabei geschah" in text
    assert "Mustermann" not in text
    assert "Hafenstraße" not in text
    assert str(Path(__file__).parent) not in text
