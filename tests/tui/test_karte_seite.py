"""The map of tiles on the screen: placed with keys only at 80×24, and one Indikator after the other on it."""

from __future__ import annotations

from pathlib import Path

from sozialtool import ablauf
from tests.tui.gang import bildtext, druecke, laeuft, maengel, sieht


async def test_a_tile_is_carried_and_taken_back(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f3", "k")
        await sieht(pilot, "Noch ein Vorschlag")
        vorher = ablauf.read_kacheln(app.projekt).plaetze
        erster = next(iter(vorher))
        await druecke(pilot, "enter", "left")
        await sieht(pilot, "wird getragen")
        assert maengel(bildtext(app)) == []
        await druecke(pilot, "escape")
        assert ablauf.read_kacheln(app.projekt).vorschlag
        await druecke(pilot, "enter", "enter")
        await sieht(pilot, "Rheinfeld")
        plaetze = ablauf.read_kacheln(app.projekt).plaetze
        assert plaetze[erster] == (0, 0)
        await druecke(pilot, "ctrl+z")
        await sieht(pilot, "Zurückgenommen")
        await druecke(pilot, "a")
        await sieht(pilot, "neu angeordnet")
        assert not ablauf.read_kacheln(app.projekt).vorschlag


async def test_an_indikator_on_the_map_and_the_next(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f6")
        await sieht(pilot, "Auf einen Blick")
        await druecke(pilot, "k")
        await sieht(pilot, "1 von")
        assert maengel(bildtext(app)) == []
        await druecke(pilot, "right")
        await sieht(pilot, "2 von")
        await druecke(pilot, "left")
        await sieht(pilot, "1 von")
        await druecke(pilot, "escape")
        await sieht(pilot, "Auf einen Blick")
