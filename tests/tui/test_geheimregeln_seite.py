"""Rules of disclosure control and figures from outside, by keys alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sozialtool import ablauf
from sozialtool.cli import run
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.veroeffentlichung import BekannteZahl, Geheimhaltungsregel, Schutzverfahren
from tests.ablauf.kleinstadt import build_kleinstadt
from tests.tui.gang import GROSS, KLEIN, druecke, laeuft, sieht, tippe


@pytest.fixture(scope="session")
def kleine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ordner = tmp_path_factory.mktemp("regelstadt")
    with build_kleinstadt(ordner, range(2024, 2026)) as projekt, projekt.change("Regeln") as schreiber:
        schreiber.put(
            Geheimhaltungsregel("Jugendamt", "Jugendamt", "§ 65 SGB VIII", verfahren=Schutzverfahren.RUNDEN),
            BekannteZahl(projekt.kommune.ags, "ew", 0, "Landesdatenbank"),
        )
    return ordner


@pytest.fixture
def stadt(kleine: Path, tmp_path: Path) -> Path:
    shutil.copytree(kleine, tmp_path / "stadt")
    return next((tmp_path / "stadt").glob("*.sozial"))


@pytest.mark.parametrize("groesse", [KLEIN, GROSS])
async def test_both_pages_are_german_and_readable(stadt: Path, groesse: tuple[int, int]) -> None:
    async with laeuft(stadt, groesse) as (_, pilot):
        await druecke(pilot, "f8", "g")
        await sieht(pilot, "Regeln der Geheimhaltung · 1")
        await sieht(pilot, "auf 5 runden")
        await sieht(pilot, "§ 65 SGB VIII")
        await druecke(pilot, "b")
        await sieht(pilot, "Von außen bekannte Zahlen · 1")
        await sieht(pilot, "Landesdatenbank")
        await druecke(pilot, "escape", "escape")
        await sieht(pilot, "Ausgabe")


async def test_a_rule_is_entered_and_struck_out(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        quelle = next(m.fachbereich for m in app.projekt.read(Merkmal) if m.fachbereich not in ("", "Jugendamt"))
        await druecke(pilot, "f8", "g", "n")
        await sieht(pilot, "Neuer Eintrag")
        for name, text in (("fachbereich", quelle), ("verlangt_von", "IT.NRW"), ("ab_ebene", "Quartier")):
            app.screen.query_one(f"#feld_{name}").focus()
            await pilot.pause()
            await tippe(pilot, text)
        await druecke(pilot, "f10")
        await sieht(pilot, "„Quartier“ gibt es nicht")
        await druecke(pilot, "enter")
        app.screen.query_one("#feld_ab_ebene").focus()
        await pilot.pause()
        await tippe(pilot, "Sozialraum")
        await druecke(pilot, "f10")
        await sieht(pilot, "Regeln der Geheimhaltung · 2")
        assert app.projekt.get(Geheimhaltungsregel, quelle).ab_ebene == "sozialraum"
        await druecke(pilot, "ctrl+z")
        await sieht(pilot, "Regeln der Geheimhaltung · 1")
        await druecke(pilot, "delete")
        await sieht(pilot, "Noch keine Regel")


def test_a_changed_rule_changes_the_figures_at_once(stadt: Path) -> None:
    """The newest result is not kept over a change of the rules, as it is for the planning."""
    with ablauf.open_projekt(stadt) as projekt:
        vorher = ablauf.describe_geheimhaltung(projekt, 2025)
        (regel,) = projekt.read(Geheimhaltungsregel)
        ablauf.remove_eintrag(projekt, regel)
        assert "§ 65 SGB VIII" in vorher
        assert "§ 65 SGB VIII" not in ablauf.describe_geheimhaltung(projekt, 2025)


def test_the_command_lists_both(stadt: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--projekt", str(stadt), "geheimhaltung", "regeln"]) == 0
    aus = capfd.readouterr().out
    assert "Jugendamt\tJugendamt\tauf 5 runden\tjede" in aus
    assert "Landesdatenbank" in aus
