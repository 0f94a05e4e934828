"""Lindenrath's full year through the screens, by keys at 80×24: forms out, eight returns in, Rückfragen answered, accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from sozialtool.ablauf.beispieljahr import JAHR, RUECKLAEUFE
from sozialtool.fach.abfrage import Abfrage, Abfragestand
from sozialtool.tui.app import SozialtoolApp
from sozialtool.tui.teile.tabelle import Tabelle
from tests.beispieldaten import test_volles_jahr as befehlsjahr
from tests.tui.gang import bildtext, druecke, laeuft, sieht

startbereit = befehlsjahr.ordner_kopie


def staende(app: SozialtoolApp) -> set[Abfragestand]:
    return {a.stand for a in app.projekt.read(Abfrage) if a.jahr == JAHR}


async def step_forms_go_out(app: SozialtoolApp, pilot: Pilot[Any], ordner: Path) -> None:
    await druecke(pilot, "f5", "a")
    await sieht(pilot, "8 Fachbereiche: 8 angelegt")
    assert all(name in bildtext(app) for name in befehlsjahr.AMT.values())
    await druecke(pilot, "s", "enter")
    await sieht(pilot, "Formulare liegen")
    assert len(list((ordner / "abfragen" / str(JAHR)).iterdir())) == 8
    await druecke(pilot, "enter")
    await sieht(pilot, "Mailtext zeigen")
    await druecke(pilot, "enter")
    await sieht(pilot, "Guten Tag")
    await druecke(pilot, "c", "escape", "v", "enter")
    assert staende(app) == {Abfragestand.VERSANDT}
    assert list((ordner / "abfragen" / str(JAHR)).glob("Mail_*.txt"))


async def step_eight_returns_come_in(app: SozialtoolApp, pilot: Pilot[Any], ordner: Path) -> None:
    (ordner / "eingang").mkdir(exist_ok=True)
    leer = ordner / "eingang" / str(JAHR)
    leer.rmdir() if leer.is_dir() else None
    (ordner / "post").rename(leer)
    await druecke(pilot, "e")
    await sieht(pilot, "2 Rückfrage")
    arten = {reihe.wert.datei: reihe.wert.art.value for reihe in app.screen.query_one(Tabelle).reihen}
    fragen = {RUECKLAEUFE["jugendamt"], RUECKLAEUFE["schulamt"]}
    assert {datei for datei in RUECKLAEUFE.values() if arten[datei] == "angenommen"} == set(
        RUECKLAEUFE.values()
    ) - fragen


async def step_the_bad_ones_are_looked_at(app: SozialtoolApp, pilot: Pilot[Any]) -> None:
    app.screen.query_one(Tabelle).waehle(lambda reihe: reihe.wert.datei == RUECKLAEUFE["jugendamt"])
    await druecke(pilot, "m")
    await sieht(pilot, "Rueckfrage_2025_Jugendamt.xlsx")
    await druecke(pilot, "escape", "enter")
    await sieht(pilot, "Rücklauf · Jugendamt 2025")
    await sieht(pilot, "Hier steht nichts")
    await druecke(pilot, "right")
    await sieht(pilot, "Altstadt")
    await druecke(pilot, "escape")
    app.screen.query_one(Tabelle).waehle(lambda reihe: reihe.wert.datei == RUECKLAEUFE["schulamt"])
    await sieht(pilot, "Formular des Vorjahres")
    await druecke(pilot, "enter", "a")
    await sieht(pilot, "So lässt sich nichts übernehmen")
    await druecke(pilot, "escape", "escape", "escape")
    await sieht(pilot, "2 in Rückfrage, 6 angenommen")


async def step_answers_are_accepted(app: SozialtoolApp, pilot: Pilot[Any], ordner: Path) -> None:
    abfragen, eingang = (ordner / was / str(JAHR) for was in ("abfragen", "eingang"))
    befehlsjahr.answer(abfragen / "Rueckfrage_2025_Jugendamt.xlsx", eingang / "Jugendamt Antwort.xlsx", alles=False)
    befehlsjahr.answer(abfragen / "Datenabfrage_2025_Schulamt.xlsx", eingang / "Schulamt richtig.xlsx", alles=True)
    await druecke(pilot, "e")
    await sieht(pilot, "2 angenommen, 6 schon angenommen")
    await druecke(pilot, "escape")
    await sieht(pilot, "8 Fachbereiche: 8 angenommen")
    assert staende(app) == {Abfragestand.ANGENOMMEN}


async def test_a_full_year_through_the_screens(startbereit: Path) -> None:
    async with laeuft(startbereit / "lindenrath.sozial") as (app, pilot):
        await step_forms_go_out(app, pilot, startbereit)
        await step_eight_returns_come_in(app, pilot, startbereit)
        await step_the_bad_ones_are_looked_at(app, pilot)
        await step_answers_are_accepted(app, pilot, startbereit)
        await druecke(pilot, "ctrl+z")
        await sieht(pilot, "1 in Rückfrage, 7 angenommen")
        await druecke(pilot, "w")
        await sieht(pilot, "Abfragen 2026")
        await sieht(pilot, "8 Fachbereiche: 8 angelegt")
