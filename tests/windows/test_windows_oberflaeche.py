r"""The UI on Windows: a file open in Excel, once more after closing it; pasted, UNC and drive paths in the path line."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from sozialtool import ablauf, orte
from sozialtool.ausgabe import datei as ausgabedatei
from sozialtool.fach.raum import Kommune
from sozialtool.tui.app import SozialtoolApp
from sozialtool.tui.dialoge.dateiwahl import Dateiwahl, list_eintraege
from sozialtool.tui.dialoge.formular import Formular
from sozialtool.tui.dialoge.frage import Frage

windows = pytest.mark.skipif(sys.platform != "win32", reason="Laufwerke und UNC gibt es nur hier")
CSV = "Gebiet;Einwohner\nNord;1.200\nSüd;900\n"


@pytest.fixture(autouse=True)
def _eigene_ordner(tmp_path_factory, monkeypatch):
    ordner = tmp_path_factory.mktemp("eigen")
    monkeypatch.setattr(orte, "einstellungen", lambda: ordner / "einstellungen")
    monkeypatch.setattr(orte, "protokolle", lambda: ordner / "protokolle")


@pytest.fixture
def stadt(tmp_path):
    with ablauf.create_projekt(
        tmp_path / "Stadt Größe", Kommune("05999004", "Lindenrath", berichtsjahr=2025)
    ) as projekt:
        return projekt.pfad


@contextmanager
def open_in_excel(pfad: Path, monkeypatch: pytest.MonkeyPatch):
    """Hold the file for real on Windows; elsewhere the replacing fails as it does there."""
    if sys.platform == "win32":
        import _winapi

        lesen_schreiben, lesen_erlaubt, vorhandene = 0xC0000000, 1, 3
        griff = _winapi.CreateFile(str(pfad), lesen_schreiben, lesen_erlaubt, 0, vorhandene, 0, 0)
        try:
            yield
        finally:
            _winapi.CloseHandle(griff)
    else:

        def replace(_von, _nach):
            raise PermissionError(13, "Permission denied")

        with monkeypatch.context() as flicken:
            flicken.setattr(ausgabedatei, "replace", replace)
            yield


async def until(pilot, bis):
    for _ in range(3000):
        if bis():
            await pilot.pause()
            return
        await pilot.pause(0.01)
    raise AssertionError(f"Es wurde nicht wahr; zu sehen ist {pilot.app.screen!r}")


async def export_raeume(app, pilot):
    await pilot.press("x")
    await until(pilot, lambda: isinstance(app.screen, Formular))
    await pilot.press("f10")
    await until(pilot, lambda: not isinstance(app.screen, Formular) and app.faden.ruht)


async def test_a_list_open_in_excel_and_once_more(stadt, monkeypatch):
    ziel = stadt.parent / "gebiete.xlsx"
    app = SozialtoolApp(stadt)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: app.screen.has_class("-gelesen"))
        await pilot.press("f3")
        await until(pilot, lambda: app.screen.has_class("-gelesen") and app.faden.ruht)
        await export_raeume(app, pilot)
        assert ziel.is_file()
        davor = ziel.read_bytes()
        with open_in_excel(ziel, monkeypatch):
            await export_raeume(app, pilot)
            await until(pilot, lambda: isinstance(app.screen, Frage))
            text = app.screen._text
            assert "gebiete.xlsx" in text
            assert "schließen" in text
            assert ziel.read_bytes() == davor
            await pilot.press("enter")
            await until(pilot, lambda: not isinstance(app.screen, Frage))
        ziel.unlink()
        await export_raeume(app, pilot)
        assert ziel.is_file()
        assert not isinstance(app.screen, Frage)
    assert not list(stadt.parent.rglob("*.tmp"))


@windows
async def test_a_project_held_by_another_program_and_once_more(stadt):
    import _winapi

    griff = _winapi.CreateFile(str(stadt), 0xC0000000, 0, 0, 3, 0, 0)
    app = SozialtoolApp(stadt)
    try:
        async with app.run_test(size=(100, 30), notifications=True) as pilot:
            await until(pilot, lambda: isinstance(app.screen, Frage))
            assert "lindenrath.sozial" in app.screen._text
            await pilot.press("enter")
            await until(pilot, lambda: not isinstance(app.screen, Frage))
            _winapi.CloseHandle(griff)
            griff = 0
            app.oeffne(stadt)
            await until(pilot, lambda: app.hat_projekt)
    finally:
        if griff:
            _winapi.CloseHandle(griff)


@pytest.mark.parametrize("muster", ['"{}"', '  "{}" ', "{}", '"{}'])
async def test_a_pasted_path_is_taken(tmp_path, muster):
    datei = tmp_path / "Amt für Jugend & Soziales" / "Einwohner (2) Süd.csv"
    datei.parent.mkdir()
    datei.write_text(CSV, encoding="utf-8")
    ergebnis = []
    app = SozialtoolApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await app.push_screen(Dateiwahl("Datei", tmp_path, (".csv",)), ergebnis.append)
        await pilot.pause()
        app.screen.query_one(Input).value = muster.format(datei)
        await pilot.press("enter")
        await until(pilot, lambda: bool(ergebnis))
    assert ergebnis == [datei]


@pytest.mark.parametrize("muster", ["{}{}", '"{}{}"', '"{}{}', '  "{}{}"'])
def test_a_pasted_folder_is_listed(tmp_path, muster):
    (tmp_path / "Süd.csv").write_text(CSV, encoding="utf-8")
    eintraege, _ = list_eintraege(muster.format(tmp_path, os.sep), (".csv",))
    assert [e.name for e in eintraege] == [".. (Ordner darüber)", "Süd.csv"]


def test_endings_and_beginnings_regard_no_case(tmp_path):
    (tmp_path / "EINWOHNER.CSV").write_text(CSV, encoding="utf-8")
    eintraege, _ = list_eintraege(str(tmp_path / "einw"), (".csv",))
    assert [e.name for e in eintraege] == ["EINWOHNER.CSV"]


@windows
@pytest.mark.parametrize("zeile", ["Z:", "z:\\", "Z:/", '"Z:\\"'])
def test_a_drive_is_listed_from_its_root(zeile, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if not Path("Z:\\").is_dir():
        pytest.skip("ein Laufwerk Z: gibt es nur in Wine")
    eintraege, hinweis = list_eintraege(zeile, (".csv",))
    assert eintraege
    assert not hinweis.startswith("Diesen Ordner")
    assert all(e.pfad.is_absolute() for e in eintraege)


@windows
@pytest.mark.parametrize("zeile", ["\\\\gibtesnicht\\frei\\", "//gibtesnicht/frei/Amt 50", "Q:\\x"])
def test_what_does_not_answer_is_said_in_german(zeile):
    eintraege, hinweis = list_eintraege(zeile, (".csv",))
    assert eintraege == ()
    assert hinweis.startswith("Diesen Ordner")


@windows
@pytest.mark.parametrize("zeile", ["\\\\", "\\\\server", '"\\\\server\\', "//server"])
def test_a_server_without_a_share_asks_for_it(zeile):
    eintraege, hinweis = list_eintraege(zeile, (".csv",))
    assert eintraege == ()
    assert "\\\\Server\\Freigabe" in hinweis


@windows
def test_a_unc_path_is_one_to_the_shares_own_files(tmp_path):
    freigabe = Path("\\\\?\\" + str(tmp_path))  # the only server every Windows has is itself, in this form
    (tmp_path / "Süd.csv").write_text(CSV, encoding="utf-8")
    eintraege, _ = list_eintraege(f"{freigabe}\\", (".csv",))
    assert "Süd.csv" in [e.name for e in eintraege]


async def test_the_path_line_never_shows_the_extended_form(tmp_path):
    app = SozialtoolApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await app.push_screen(Dateiwahl("Datei", Path("\\\\?\\C:\\Daten") if os.name == "nt" else tmp_path, (".csv",)))
        await pilot.pause()
        assert "?" not in app.screen.query_one(Input).value
        assert app.screen.query_one(OptionList) is not None
