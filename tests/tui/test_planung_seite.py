"""The pages of the Planung by keys alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sozialtool import ablauf
from sozialtool.fach.planung import Einrichtung
from sozialtool.fach.versorgung import Versorgungsmass
from tests.ablauf.kleinstadt import build_kleinstadt
from tests.tui.gang import GROSS, KLEIN, druecke, laeuft, sieht, tippe


@pytest.fixture(scope="session")
def kleine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ordner = tmp_path_factory.mktemp("planstadt")
    with build_kleinstadt(ordner, range(2024, 2026)) as projekt, projekt.change("Bestand") as schreiber:
        schreiber.put(
            Versorgungsmass("j", "Jugendplätze", ("Jugendeinrichtung",), ("ew_unter_18",), "unter 18-Jährige")
        )
        for n in range(1, 6):
            schreiber.put(Einrichtung(f"J{n}", f"Jugendhaus {n}", "Jugendeinrichtung", f"0{n}", plaetze=40 * n))
    return ordner


@pytest.fixture
def stadt(kleine: Path, tmp_path: Path) -> Path:
    shutil.copytree(kleine, tmp_path / "stadt")
    return next((tmp_path / "stadt").glob("*.sozial"))


@pytest.mark.parametrize("groesse", [KLEIN, GROSS])
async def test_bestand_und_versorgung_sind_deutsch_und_lesbar(stadt: Path, groesse: tuple[int, int]) -> None:
    async with laeuft(stadt, groesse) as (_, pilot):
        await druecke(pilot, "f7")
        await sieht(pilot, "5 Einträge")
        await druecke(pilot, "enter")
        await sieht(pilot, "Jugendhaus 5")
        await druecke(pilot, "v")
        await sieht(pilot, "Lücken und mögliche Doppelungen · ")
        await sieht(pilot, "! Lücke")
        await druecke(pilot, "enter")
        await sieht(pilot, "Jugendplätze 2025")
        await sieht(pilot, "gegen die Stadt")
        await druecke(pilot, "right")
        await sieht(pilot, "Lücken und mögliche")
        await druecke(pilot, "h")
        await sieht(pilot, "Da sind: Jugendhaus 1.")


async def test_ein_ort_wird_eingetragen_geaendert_gestrichen(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f7", "enter")
        await sieht(pilot, "Bestand · 5")
        await druecke(pilot, "n")
        await sieht(pilot, "Neuer Eintrag")
        for name, text in (("schluessel", "K1"), ("name", "Kita Neu"), ("gebiet", "Nirgends")):
            app.screen.query_one(f"#feld_{name}").focus()
            await pilot.pause()
            await tippe(pilot, text)
        await druecke(pilot, "f10")
        await sieht(pilot, "Ein Gebiet „Nirgends“ gibt es nicht")
        await druecke(pilot, "enter")
        app.screen.query_one("#feld_gebiet").focus()
        await pilot.pause()
        await tippe(pilot, "Raum 6")
        await druecke(pilot, "f10")
        await sieht(pilot, "Kita Neu")
        assert app.projekt.get(Einrichtung, "K1").gebiet == "06"
        await druecke(pilot, "ctrl+z")
        await sieht(pilot, "Bestand · 5")
        await druecke(pilot, "delete")
        await sieht(pilot, "Bestand · 4")
        assert ablauf.undo(app.projekt).text.endswith("gestrichen")
