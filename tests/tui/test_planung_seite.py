"""The pages of the Planung by keys alone."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest

from sozialtool import ablauf
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.karte import Umriss
from sozialtool.fach.planung import Befragung, Befragungsfrage, Befragungszahl, Einrichtung, Massnahme, Massnahmenkosten
from sozialtool.fach.versorgung import Versorgungsmass
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
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


@pytest.fixture
def geplante(stadt: Path) -> Path:
    """The town with one of everything."""
    with ablauf.open_projekt(stadt) as projekt, projekt.change("Planung") as schreiber:
        schreiber.put(
            Stimme("S1", "Vieles ist teuer", "01", "arbeit", dt.date(2025, 5, 1), wer="Runde"), Befragung("B", "Wohnen"),
            Befragungsfrage("B", 1, "Gern?"), Befragungszahl("B", 1, "01", "alle", "ja", 30), Bedarf("B1", "Hilfe", ("01",), belege=("A07", "S1")),
            Leitziel("L1", "Jedes Kind zählt"), Massnahme("M1", "Treff", "Stadt", "Z1"),
            Entwicklungsziel("Z1", "Weniger Armut", "01", "L1", "A07", 2024, zielwert=5.0, ziel_bis=dt.date(2030, 12, 31)),
        )  # fmt: skip
    return stadt


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
        await druecke(pilot, "e")
        await sieht(pilot, "Noch keine Entfernungen")
        await druecke(pilot, "e")
        await sieht(pilot, "Lücken und mögliche")
        await druecke(pilot, "h")
        await sieht(pilot, "Da sind: Jugendhaus 1.")


async def test_ein_ort_wird_eingetragen_geaendert_gestrichen(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f7", "enter")
        await sieht(pilot, "Bestand · 5")
        await druecke(pilot, "n")
        await sieht(pilot, "Neuer Eintrag")
        for name, text in (("schluessel", "K1"), ("name", "Kita Neu"), ("gebiet", "Nirgends"), ("plaetze", "75000")):
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
        await sieht(pilot, "„Plätze“ 75.000: Stimmt das?")
        await druecke(pilot, "enter")
        await sieht(pilot, "! Raum 6")
        assert app.projekt.get(Einrichtung, "K1").gebiet == "06"
        await druecke(pilot, "ctrl+z")
        await sieht(pilot, "Bestand · 5")
        await druecke(pilot, "delete")
        await sieht(pilot, "Bestand · 4")
        assert ablauf.undo(app.projekt).text.endswith("gestrichen")


async def gehe(pilot: Any, tasten: int, titel: str) -> None:
    """Open the page so many lines below the first; from another page or from the Planung."""
    await druecke(pilot, "f7")
    await sieht(pilot, "Bestand und Versorgung")
    await druecke(pilot, "home", *["down"] * tasten, "enter")
    await sieht(pilot, titel)


@pytest.mark.parametrize("groesse", [KLEIN, GROSS])
async def test_stimmen_bedarfe_ziele_massnahmen_sind_lesbar(geplante: Path, groesse: tuple[int, int]) -> None:
    async with laeuft(geplante, groesse) as (_, pilot):
        for tasten, titel, wort in (
            (1, "Stimmen · 1", "Zahlen 2025"), (2, "Befragungen · 1", "alle"), (3, "Bedarfe, Zahlen von 2025", "Priorität"),
            (4, "Ziele, Zahlen bis 2025", "Jedes Kind"), (5, "Maßnahmen · 1", "Leist."),
        ):  # fmt: skip
            await gehe(pilot, tasten, titel)
            await sieht(pilot, wort)
            await druecke(pilot, "h")
            await sieht(pilot, "Weiter")
            await druecke(pilot, "escape", "escape")


async def test_startwert_und_kosten_mit_tasten(geplante: Path) -> None:
    async with laeuft(geplante) as (app, pilot):
        await gehe(pilot, 4, "Ziele, Zahlen bis 2025")
        await druecke(pilot, "s")
        await sieht(pilot, "Start 2024")
        await druecke(pilot, "enter")
        assert app.projekt.get(Entwicklungsziel, "Z1").startwert is not None
        await druecke(pilot, "l")
        await sieht(pilot, "Leitziel")
        await druecke(pilot, "escape", "escape")
        await gehe(pilot, 5, "Maßnahmen · 1")
        await druecke(pilot, "k")
        await sieht(pilot, "Noch keine Kosten")
        await druecke(pilot, "n")
        await sieht(pilot, "Haushaltsjahr")
        for name, text in (("jahr", "2026"), ("kosten", "1.000")):
            app.screen.query_one(f"#feld_{name}").focus()
            await pilot.pause()
            await tippe(pilot, text)
        await druecke(pilot, "f10")
        await sieht(pilot, "1.000")
        assert app.projekt.get(Massnahmenkosten, "M1", 2026).kosten == 1000


async def test_an_traeger_und_nach_excel(geplante: Path) -> None:
    async with laeuft(geplante) as (_, pilot):
        await gehe(pilot, 5, "Maßnahmen · 1")
        await druecke(pilot, "t")
        await sieht(pilot, "Geschrieben: 1 Datei in")
        await druecke(pilot, "z")
        await sieht(pilot, "Maßnahmen von einem Träger")
        await druecke(pilot, "escape", "escape")
        await druecke(pilot, "f7", "x")
        await sieht(pilot, "Planung_2025")
    assert (geplante.parent / "abfragen" / "2025" / "Massnahmen Stadt.xlsx").is_file()
    assert (geplante.parent / "ausgaben" / "2025" / "Planung_2025.xlsx").is_file()


async def test_eine_lage_die_nicht_passt_wird_gleich_genannt(stadt: Path) -> None:
    with ablauf.open_projekt(stadt) as projekt, projekt.change("Umrisse") as schreiber:
        # Two Sozialräume of about a kilometre beside each other; one hundredth of a degree of longitude is 689 m there.
        schreiber.put(Umriss("01", "", ("0 0,1000 0,1000 1000,0 1000",), bezug="51.72 6.68"))
        schreiber.put(Umriss("02", "", ("1000 0,2000 0,2000 1000,1000 1000",), bezug="51.72 6.68"))
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f7", "enter")
        await sieht(pilot, "Bestand · 5")
        await druecke(pilot, "enter")
        await sieht(pilot, "Ändern")
        for name, text in (("breite", "51,725"), ("laenge", "6,705")):
            app.screen.query_one(f"#feld_{name}").focus()
            await pilot.pause()
            await tippe(pilot, text)
        await druecke(pilot, "f10")
        await sieht(pilot, "Breite und Länge liegen in Raum 2")
        await sieht(pilot, "1 Eintrag: bitte prüfen")
