"""F4, w: a file of the Kreis, mapped in a form, read, taken over."""

from __future__ import annotations

from pathlib import Path

import pytest
from gang import GROSS, KLEIN, druecke, laeuft, sieht, tippe

from sozialtool.fach.referenz import Referenzprofil, Referenzwert
from tests.ablauf.kleinstadt import build_kleinstadt

TEXT = "Raum;Arbeitslosenanteil 2025\n[/x] Kreis;6,5\n"
PROFIL = {
    "name": "Kreis",
    "raumspalte": "Raum",
    "raeume": "[/x] Kreis = Kreis Wesel",
    "werte": "Arbeitslosenanteil = A01",
    "quelle": "Amt",
}


@pytest.mark.parametrize("groesse", [KLEIN, GROSS])
async def test_eine_neue_datei_wird_einmal_zugeordnet(tmp_path: Path, groesse: tuple[int, int]) -> None:
    projekt = build_kleinstadt(tmp_path / "stadt", range(2025, 2026))
    projekt.close()
    (projekt.pfad.parent / "kreis.csv").write_text(TEXT, encoding="utf-8")
    async with laeuft(projekt.pfad, groesse) as (app, pilot):
        await druecke(pilot, "f4", "w")
        await sieht(pilot, "kreis.csv")
        await druecke(pilot, "enter")
        await sieht(pilot, "Diese Datei ist neu")
        for name, text in PROFIL.items():
            app.screen.query_one(f"#feld_{name}").focus()
            await pilot.pause()
            await tippe(pilot, text)
        await druecke(pilot, "f10")
        await sieht(pilot, "kreis.csv lesen")
        await druecke(pilot, "f10")
        await sieht(pilot, "A01, Kreis Wesel 2025: 6,5")
        await druecke(pilot, "enter")
        await pilot.app.workers.wait_for_complete()
        assert [r.wert for r in app.projekt.read(Referenzwert)] == [6.5]
        assert [p.name for p in app.projekt.read(Referenzprofil)] == ["Kreis"]
        # The next time nobody is asked.
        await druecke(pilot, "w")
        await sieht(pilot, "kreis.csv")
        await druecke(pilot, "enter")
        await sieht(pilot, "stehen schon im Projekt")
