"""Forms and the window for files: where the mark goes."""

from __future__ import annotations

import pickle
from pathlib import Path

from textual.widgets import Input, OptionList

from sozialtool.fehler import FeldFehler
from sozialtool.tui.app import SozialtoolApp
from sozialtool.tui.bildschirme.start import neues_projekt_formular
from sozialtool.tui.dialoge.dateiwahl import Dateiwahl
from sozialtool.tui.dialoge.suche import Suche
from sozialtool.tui.teile.textfeld import Textfeld
from sozialtool.tui.text import Schrift
from tests.tui.gang import warte


def _feld(app: SozialtoolApp) -> str:
    assert isinstance(app.focused, Input | Textfeld)
    return (app.focused.id or "").removeprefix("feld_")


async def test_arrows_walk_through_the_lines() -> None:
    app = SozialtoolApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(neues_projekt_formular())
        await pilot.pause()
        gegangen = [_feld(app)]
        for pfeil in ("down", "down", "up"):
            await pilot.press(pfeil)
            gegangen.append(_feld(app))
    assert gegangen == ["name", "ags", "berichtsjahr", "ags"]


async def test_what_is_wrong_has_the_mark() -> None:
    app = SozialtoolApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(neues_projekt_formular())
        await pilot.pause()
        await pilot.press(*"Hohenau", "enter", *"4711", "enter", "enter", "enter")
        assert _feld(app) == "ags"
        assert "amtlicher Gemeindeschlüssel" in str(app.screen.query_one("#feldfehler", Schrift).render())


def test_a_field_error_keeps_its_field_on_its_way_between_processes() -> None:
    fehler = pickle.loads(pickle.dumps(FeldFehler("Was", "Wie", "CODE", "ags")))
    assert (fehler.meldung, fehler.abhilfe, fehler.code, fehler.feld) == ("Was", "Wie", "CODE", "ags")


async def test_the_window_for_files_begins_on_the_proposed_one(tmp_path: Path) -> None:
    for name in ("a.xlsx", "indikatoren.xlsx", "z.xlsx"):
        (tmp_path / name).write_bytes(b"")
    app = SozialtoolApp()
    ergebnis: list[Path | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Dateiwahl("Liste", tmp_path, (".xlsx",), vorschlag="indikatoren.xlsx"), ergebnis.append)
        await warte(pilot, lambda: bool(app.screen.query_one(OptionList).option_count))
        await pilot.press("enter")
        await warte(pilot, lambda: bool(ergebnis))
    assert ergebnis == [tmp_path / "indikatoren.xlsx"]


async def test_what_reads_as_it_was_typed_comes_first() -> None:
    namen = {
        "ew_3_6": "3- bis unter 6-Jährige",
        "ew_unter_3": "Unter 3-Jährige",
        "ew_15_25": "15- bis unter 25-Jährige",
    }
    ergebnis: list[str | None] = []
    app = SozialtoolApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Suche("Spalte", namen), ergebnis.append)
        await pilot.pause()
        await pilot.press(*"unter 3", "enter")
        await warte(pilot, lambda: bool(ergebnis))
    assert ergebnis == ["ew_unter_3"]
