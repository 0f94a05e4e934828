"""Lindenrath as committed, and the book of truth."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import attrs
import pytest

ORDNER = Path(__file__).resolve().parents[2] / "beispieldaten"
AGS = "05999038"


@attrs.frozen
class Zeile:
    """One line of wahrheit.csv."""

    gebiet: str
    merkmal: str
    stand: str
    jahre: int
    wert: float | None
    zeichen: str


@pytest.fixture(scope="session")
def ordner() -> Path:
    return ORDNER


@pytest.fixture(scope="session")
def wahrheit() -> list[Zeile]:
    with (ORDNER / "wahrheit.csv").open(encoding="utf-8", newline="") as datei:
        return [
            Zeile(
                z["gebiet"],
                z["merkmal"],
                z["stand"],
                int(z["jahre"]),
                float(z["wert"]) if z["wert"] else None,
                z["zeichen"],
            )
            for z in csv.DictReader(datei, delimiter=";")
        ]


@pytest.fixture(scope="session")
def werte(wahrheit) -> dict[tuple[str, str], dict[str, float | None]]:
    """(Merkmal, Stand) → Gebiet → value."""
    ergebnis: dict[tuple[str, str], dict[str, float | None]] = defaultdict(dict)
    for z in wahrheit:
        ergebnis[z.merkmal, z.stand][z.gebiet] = z.wert
    return dict(ergebnis)


@pytest.fixture(scope="session")
def gebiete() -> dict[str, dict[str, str]]:
    with (ORDNER / "gebiete.csv").open(encoding="utf-8", newline="") as datei:
        return {z["schluessel"]: z for z in csv.DictReader(datei, delimiter=";")}
