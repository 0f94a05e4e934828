"""Every foreign and hostile file goes the whole way: it ends in a Pruefung or in a German error, never in a crash."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sozialtool.einlesen.pruefung import examine
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet, Kommune
from sozialtool.fehler import DateiFehler

UMFELD = Umfeld(
    Kommune("05170044", "Voerde"),
    gebiete=(Gebiet("1", "Mitte", "sozialraum"), Gebiet("2", "Nord", "sozialraum")),
    merkmale=(Merkmal("ew", "Einwohner"), Merkmal("age", "Age")),
)


@pytest.mark.real
@pytest.mark.parametrize(
    "ordner",
    ["fremde_dateien/messytables", "fremde_dateien/frictionless", "fremde_dateien/readxl/inst",
     "fremde_dateien/libhxl", pytest.param("feindliche_dateien", marks=pytest.mark.kindprozess), "asem", "gebietsreform",
     "geheimhaltung"],
)  # fmt: skip
def test_no_file_crashes_the_way_to_the_findings(daten: Path, ordner: str) -> None:
    gelesen = 0
    # Each hostile file starts a process, which takes ten times as long on Windows (and in Wine): there, every sixth file.
    schritt = 6 if sys.platform == "win32" and ordner == "feindliche_dateien" else 1
    for pfad in sorted((daten / ordner).rglob("*"))[::schritt]:
        if not pfad.is_file() or pfad.name.startswith("OOM"):  # reading those is tested where the limits are
            continue
        try:
            pruefung = examine(pfad, UMFELD)
        except DateiFehler:
            continue
        gelesen += 1
        assert len(pruefung.regeln) == len(pruefung.funde)
        for frage in pruefung.fragen:
            assert frage.frage.endswith((".", "?", "“"))
        for wert in pruefung.messwerte:
            assert wert.gebiet in ("1", "2", "05170044")
            assert wert.zelle
    assert gelesen or ordner == "geheimhaltung"
