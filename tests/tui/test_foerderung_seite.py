"""Funding calls, the Übergabe, and what is asked before something is struck out, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozialtool import ablauf
from sozialtool.fach.bedarf import Bedarf
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.ziel import Entwicklungsziel
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


async def test_was_anderswo_genannt_wird_geht_nicht_ohne_frage(stadt: Path) -> None:
    with ablauf.open_projekt(stadt) as projekt, projekt.change("Ziel") as schreiber:
        schreiber.put(Bedarf("B1", "Hilfe [/x]", ("01",)), Entwicklungsziel("Z1", "Mehr Hilfe", "01", bedarfe=("B1",)))
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f7", *["down"] * 3, "enter")
        await sieht(pilot, "B1 Hilfe [/x]")
        await druecke(pilot, "delete")
        await sieht(pilot, "Entwicklungsziel Z1")
        await druecke(pilot, "enter")  # the proposal keeps it
        assert app.projekt.get(Bedarf, "B1") is not None
        await druecke(pilot, "delete", "down", "enter")
        await sieht(pilot, "Noch kein Bedarf")
        assert app.projekt.get(Bedarf, "B1") is None
