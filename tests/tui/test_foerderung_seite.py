"""Funding calls and the Übergabe by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozialtool.fach.foerderung import Foerderaufruf
from tests.ablauf.kleinstadt import build_kleinstadt
from tests.tui.gang import druecke, laeuft, sieht


@pytest.fixture
def stadt(tmp_path: Path) -> Path:
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt, projekt.change("Aufruf") as schreiber:
        schreiber.put(Foerderaufruf("F1", "Quartier [/x]", "Land", None, ("01", "02"), ("A07",), ("Schulabsentismus",)))
    return projekt.pfad


async def test_ein_nachweis_wird_angesehen_und_geschrieben(stadt: Path) -> None:
    async with laeuft(stadt) as (_, pilot):
        await druecke(pilot, "f7", *["down"] * 6, "enter")
        await sieht(pilot, "Förderaufrufe · 1")
        await sieht(pilot, "Verlangt: A07, Schulabsentismus.")
        await druecke(pilot, "a")
        await sieht(pilot, "F1 Quartier [/x], Zahlen bis 2025 · 2")
        await druecke(pilot, "h", "pagedown")
        await sieht(pilot, "Schulabsentismus: Dafür gibt es hier keinen")
        await druecke(pilot, "escape", "escape")
        await sieht(pilot, "Förderaufrufe · 1")
        await druecke(pilot, "f")
        await sieht(pilot, "Endgültige Fassung")
        await druecke(pilot, "enter", "enter")
        await sieht(pilot, "Der Nachweis ist geschrieben")
    assert {p.name for p in (stadt.parent / "ausgaben" / "2025").iterdir()} == {
        "Foerdernachweis_2025.docx",
        "Foerdernachweis_2025.xlsx",
    }


async def test_die_uebergabe_wird_erst_nach_der_warnung_geschrieben(stadt: Path) -> None:
    ordner = stadt.parent / "ausgaben" / "2025" / "uebergabe"
    async with laeuft(stadt) as (_, pilot):
        await druecke(pilot, "f8", "u")
        await sieht(pilot, "nicht weitergeben, nicht veröffentlichen")
        await druecke(pilot, "enter")  # the proposal is to write nothing
        assert not ordner.exists()
        await druecke(pilot, "u", "down", "enter")
        await sieht(pilot, "Die Übergabe ist geschrieben")
    assert (ordner / "Inhalt.xlsx").is_file()
