"""The Sozialbericht by keys alone: written with chosen chapters, then refreshed."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.ablauf.kleinstadt import build_kleinstadt
from tests.tui.gang import druecke, laeuft, sieht


@pytest.fixture
def stadt(tmp_path: Path) -> Path:
    with build_kleinstadt(tmp_path / "stadt", range(2023, 2026)) as projekt:
        return projekt.pfad


async def test_der_bericht_wird_geschrieben_und_aufgefrischt(stadt: Path) -> None:
    pfad = stadt.parent / "ausgaben" / "2025" / "Sozialbericht_2025.docx"
    async with laeuft(stadt) as (_, pilot):
        await druecke(pilot, "f8", "s")
        await sieht(pilot, "ohne Ihre Sätze zu berühren")
        await druecke(pilot, "enter", "enter", "enter")
        await sieht(pilot, "Welche Themen?")
        await druecke(pilot, "enter")
        await sieht(pilot, "Welche Sozialräume?")
        await druecke(pilot, "space", "enter")  # all but the first
        await sieht(pilot, "Der Sozialbericht ist geschrieben")
        await druecke(pilot, "enter")
        koepfe = [p.text for p in docx.Document(str(pfad)).paragraphs if p.style and p.style.name == "Heading 2"]
        assert "Raum 2" in koepfe
        assert "Raum 1" not in koepfe
        await sieht(pilot, "Sozialbericht_2025.docx")
        await druecke(pilot, "s", "down", "enter")
        await sieht(pilot, "Sozialbericht_2025.docx auffrischen")
        await druecke(pilot, *["backspace"] * 4, *"2024", "enter", "enter")
        await sieht(pilot, "Der Sozialbericht ist aufgefrischt")
        await druecke(pilot, "enter", "s", "down", "down", "enter")
        await sieht(pilot, "festhalten")
        await druecke(pilot, "enter")
        await sieht(pilot, "Der Sozialbericht ist festgehalten")
    assert len(list(pfad.parent.glob("Sozialbericht_2025_Sicherung_*.docx"))) == 1
