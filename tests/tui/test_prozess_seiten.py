"""Bausteine, bodies, meetings and participation by keys alone."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from sozialtool import ablauf
from sozialtool.fach.beteiligung import Beteiligung
from sozialtool.fach.gremium import (
    Aufgabe,
    Aufgabenstand,
    Beschluss,
    Gremium,
    Sitzung,
    Sitzungsstand,
    Tagesordnungspunkt,
    Thema,
)
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.prozess import Baustein, Inhalt, Umsetzungsstand
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.tui.teile.tabelle import Tabelle
from tests.ablauf.kleinstadt import build_kleinstadt
from tests.ausgabe.test_briefbogen import make_bogen
from tests.tui.gang import GROSS, KLEIN, bildtext, druecke, laeuft, maengel, sieht, tippe

GEHALTEN = dt.date(2026, 3, 5)


@pytest.fixture(scope="session")
def runde(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with its bodies, one meeting, one Thema."""
    ordner = tmp_path_factory.mktemp("prozessstadt")
    with build_kleinstadt(ordner, range(2024, 2026)) as projekt:
        ablauf.take_gremien(projekt)
        with projekt.change("Prozess") as schreiber:
            schreiber.put(
                Thema("m25", "Monitoring 2025", 2025), Sitzung("PR-01", "PR", GEHALTEN, 1, "14:00", "Rathaus"),
                Tagesordnungspunkt("PR-01", 1, "Monitoring", "m25"), Aufgabe("A1", "Hinweis schreiben", "Jugendamt"),
                Umsetzungsstand("s1", 2, dt.date(2024, 8, 15), "Stelle ist besetzt."),
            )  # fmt: skip
    return ordner


@pytest.fixture
def stadt(runde: Path, tmp_path: Path) -> Path:
    shutil.copytree(runde, tmp_path / "stadt")
    return next((tmp_path / "stadt").glob("*.sozial"))


async def oeffne(pilot, schluessel: str) -> None:
    """Open a place of the Planung."""
    await druecke(pilot, "f7")
    pilot.app.screen.query_one(Tabelle).waehle(lambda reihe: reihe.schluessel == f"p{schluessel}")
    await druecke(pilot, "enter")


@pytest.mark.parametrize("groesse", [KLEIN, GROSS])
async def test_every_page_is_german_and_shows_what_it_is_about(stadt: Path, groesse: tuple[int, int]) -> None:
    async with laeuft(stadt, groesse) as (app, pilot):
        for schluessel, text in (
            ("gremien", "Städtische Planungsrunde"), ("sitzungen", "05.03.2026"), ("umlauf", "Monitoring 2025"),
            ("aufgaben", "Hinweis schreiben"), ("beteiligung", "Bestandserfassung"), ("bausteine", "3 Analysen"),
        ):  # fmt: skip
            await oeffne(pilot, schluessel)
            await sieht(pilot, text)
            assert not maengel(bildtext(app)), schluessel
            await druecke(pilot, "f1")
            await sieht(pilot, "Hilfe")
            await druecke(pilot, "escape", "escape")


async def test_a_meeting_from_agenda_to_minutes(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await oeffne(pilot, "sitzungen")
        await sieht(pilot, "PR-01")
        await druecke(pilot, "t")
        await sieht(pilot, "Monitoring")
        await druecke(pilot, "b")
        await sieht(pilot, "Wortlaut")
        app.screen.query_one("#feld_wortlaut").value = "Geht an die Trägerrunde."  # type: ignore[attr-defined]  # an Input
        app.screen.query_one("#feld_nachweise").value = "Indikator B04"  # type: ignore[attr-defined]  # an Input
        await druecke(pilot, "f10")
        await sieht(pilot, "Was der Beschluss vereinbart")
        await druecke(pilot, "enter")
        await sieht(pilot, "Beschluss: Geht an die")
        agreed = app.projekt.get(Indikator, "B04")
        assert agreed is not None
        assert (agreed.zustand, agreed.vereinbart_am) == (Zustand.VEREINBART, GEHALTEN)
        assert app.projekt.get(Beschluss, "PR-01", 1).top == 1
        await druecke(pilot, "a")
        for name, text in (("text", "Nachfragen"), ("zustaendig", "Jobcenter")):
            app.screen.query_one(f"#feld_{name}").value = text  # type: ignore[attr-defined]  # an Input
        await druecke(pilot, "f10")
        await sieht(pilot, "Aufgabe: Nachfragen")
        assert app.projekt.get(Aufgabe, "PR-01.1").sitzung == "PR-01"
        await druecke(pilot, "ctrl+z")
        assert app.projekt.get(Aufgabe, "PR-01.1") is None
        await druecke(pilot, "escape", "p")
        await sieht(pilot, "nicht als gehalten")
        assert (stadt.parent / "sitzungen" / "Niederschrift_PR-01.docx").is_file()
        make_bogen(stadt.parent / "briefbogen.docx")
        await druecke(pilot, "enter", "e")
        await sieht(pilot, "Auf dem Briefbogen der Stadt?")
        await druecke(pilot, "enter")
        await sieht(pilot, "Musterbrief")
        await sieht(pilot, "Geht so hinaus")
        await druecke(pilot, "down", "enter")
        await sieht(pilot, "● eingeladen")


async def test_the_next_meeting_is_proposed(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await oeffne(pilot, "sitzungen")
        await druecke(pilot, "n")
        await sieht(pilot, "Neue Sitzung")
        await druecke(pilot, "f10")
        await sieht(pilot, "PR-02")
        await druecke(pilot, "f10")
        neu = app.projekt.get(Sitzung, "PR-02")
        assert neu is not None
        assert (neu.nummer, neu.uhrzeit, neu.ort) == (2, "14:00", "Rathaus")
        assert app.projekt.get(Gremium, neu.gremium) is not None


async def test_a_task_is_ticked_off(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await oeffne(pilot, "aufgaben")
        await druecke(pilot, "e")
        await sieht(pilot, "√ erledigt")
        assert app.projekt.get(Aufgabe, "A1").stand is Aufgabenstand.ERLEDIGT


async def test_participation_is_entered_where_it_is_missing(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await oeffne(pilot, "beteiligung")
        await sieht(pilot, "! fehlt 6/6")
        await druecke(pilot, "right")
        await sieht(pilot, "Beteiligung · Raum 1")
        app.screen.query_one(Tabelle).waehle(lambda reihe: reihe.schluessel == "SOZIALRAUM/BEDARF")
        await druecke(pilot, "enter", "n")
        app.screen.query_one("#feld_name").value = "Rundgang"  # type: ignore[attr-defined]  # an Input
        await druecke(pilot, "f10")
        await sieht(pilot, "Rundgang")
        (eintrag,) = app.projekt.read(Beteiligung)
        assert (eintrag.gebiet, eintrag.phase.value) == ("01", "Bedarfserhebung")
        await druecke(pilot, "escape")
        await sieht(pilot, "○ geplant")


async def test_bausteine_next_step_proof_history_and_changes(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await oeffne(pilot, "bausteine")
        await druecke(pilot, "s")
        app.screen.query_one("#feld_naechster_schritt").value = "Ausschuss beteiligen"  # type: ignore[attr-defined]  # an Input
        await druecke(pilot, "f10")
        await sieht(pilot, "Nächster Schritt: Ausschuss beteiligen")
        assert app.projekt.get(Baustein, 1).naechster_schritt == "Ausschuss beteiligen"
        await druecke(pilot, "down", "l")
        await tippe(pilot, "Sitzung PR-99")
        await druecke(pilot, "f10")
        await sieht(pilot, "führt nirgendwohin")
        await druecke(pilot, "enter")
        assert app.screen.query_one("#feld_nachweise").value == "Sitzung PR-99"  # type: ignore[attr-defined]  # an Input
        await tippe(pilot, "Sitzung PR-01")
        await druecke(pilot, "f10")
        await sieht(pilot, "Nachweis: Sitzung PR-01: 1. Sitzung: Städtische")
        assert app.projekt.get(Inhalt, "1.1").nachweise == ("Sitzung PR-01",)
        app.screen.query_one(Tabelle).waehle(lambda reihe: reihe.schluessel == "b2")
        await druecke(pilot, "v")
        await sieht(pilot, "Stelle ist besetzt.")
        await druecke(pilot, "o")
        await tippe(pilot, "16.03.2026")
        await druecke(pilot, "f10")
        await sieht(pilot, "16.03.2026")
        await druecke(pilot, "escape", "d")
        await tippe(pilot, "01.01.2025")
        await druecke(pilot, "f10")
        await sieht(pilot, "Überholt am 16.03.2026: Stelle ist besetzt.")


async def test_a_release_before_the_planungsrunde_needs_a_reason(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f8", "m")
        app.screen.query_one("#feld_endgueltig").value = "ja"  # type: ignore[attr-defined]  # an Auswahl
        await druecke(pilot, "f10")
        await sieht(pilot, "Städtische Planungsrunde")
        await tippe(pilot, "Frist des Förderantrags")
        await druecke(pilot, "f10")
        await sieht(pilot, "Das Monitoring ist geschrieben")
        (v,) = app.projekt.read(Veroeffentlichung)
        assert v.vorbehalt.endswith("Frist des Förderantrags")
        await druecke(pilot, "enter", "ctrl+z")
        await sieht(pilot, "Eine Veröffentlichung zurücknehmen?")
        await druecke(pilot, "enter")
        assert app.projekt.read(Veroeffentlichung) == [v]
        await druecke(pilot, "ctrl+z")
        await sieht(pilot, "Nur, wenn sie das Haus nicht verlassen hat")
        await druecke(pilot, "down", "enter")
        await sieht(pilot, "Zurückgenommen: Veröffentlicht")
        assert app.projekt.read(Veroeffentlichung) == []
        await druecke(pilot, "ctrl+y")
        await sieht(pilot, "Wiederherstellen, was eine Veröffentlichung betrifft?")
        await sieht(pilot, "Sie gilt dann als hinausgegangen")
        await druecke(pilot, "enter")
        assert app.projekt.read(Veroeffentlichung) == []
        await druecke(pilot, "ctrl+y")
        await sieht(pilot, "Wiederherstellen, was eine Veröffentlichung betrifft?")
        await druecke(pilot, "down", "enter")
        await sieht(pilot, "Wieder hergestellt: Veröffentlicht")
        assert app.projekt.read(Veroeffentlichung) == [v]
        # A withdrawal, taken back and done again, takes the release away once more.
        await app.rufe(lambda: ablauf.withdraw_veroeffentlichung(app.projekt, v.schluessel))
        await app.rufe(lambda: ablauf.undo(app.projekt, trotzdem=True))
        await druecke(pilot, "ctrl+y")
        await sieht(pilot, "Nur, wenn sie das Haus nicht verlassen hat")
        await druecke(pilot, "enter")
        assert app.projekt.read(Veroeffentlichung) == [v]
        await app.rufe(lambda: ablauf.undo(app.projekt, trotzdem=True))
        # The Planungsrunde has met since; then figures came in.
        with app.projekt.change("gehalten") as schreiber:
            schreiber.put(Sitzung("PR-01", "PR", GEHALTEN, 1, stand=Sitzungsstand.GEHALTEN))
            schreiber.put(Quelle("q", "jobcenter.xlsx", "q", eingelesen_am=dt.datetime(2026, 3, 9, 9)))
        await druecke(pilot, "m")
        app.screen.query_one("#feld_endgueltig").value = "ja"  # type: ignore[attr-defined]  # an Auswahl
        await druecke(pilot, "f10")
        await sieht(pilot, "Seit der Sitzung vom 05.03.2026")
        await druecke(pilot, "enter")
        assert app.projekt.read(Veroeffentlichung) == []
