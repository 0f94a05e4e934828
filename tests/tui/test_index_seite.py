"""The pages of index and Mittelverteilung by keys alone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import attrs
import openpyxl
import pytest
from textual.pilot import Pilot

from sozialtool import ablauf
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.sozialindex import Normierung, Sozialindex
from sozialtool.fach.verteilung import Schluesselart, Verteilungsszenario
from sozialtool.tui.teile.tabelle import Tabelle
from tests.ablauf.kleinstadt import build_kleinstadt
from tests.tui.gang import GROSS, KLEIN, bildtext, druecke, laeuft, maengel, sieht, tippe

TEILE = ("A01", "A10")


@pytest.fixture(scope="session")
def kleine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ordner = tmp_path_factory.mktemp("kleine")
    build_kleinstadt(ordner, range(2024, 2026)).close()
    return ordner


@pytest.fixture
def stadt(kleine: Path, tmp_path: Path) -> Path:
    shutil.copytree(kleine, tmp_path / "stadt")
    return next((tmp_path / "stadt").glob("*.sozial"))


def fuelle(pfad: Path, zusatz: str = "") -> None:
    with ablauf.open_projekt(pfad) as projekt:
        ablauf.save_definition(projekt, Sozialindex("SI1", f"Sozialindex{zusatz}", TEILE, laeufe=20))
        ablauf.save_definition(projekt, Verteilungsszenario("kopf", f"Nach Köpfen{zusatz}", 100000.0))
        stufen = Verteilungsszenario("stufen", f"Nach Stufen{zusatz}", 100000.0, art=Schluesselart.STUFEN, index="SI1")
        ablauf.save_definition(projekt, attrs.evolve(stufen, vergleich="kopf"))
        ablauf.save_definition(projekt, Verteilungsszenario("kaputt", "Geht nicht", 100000.0, mindestens=90000.0))


async def zum_feld(pilot: Pilot[Any], name: str) -> None:
    pilot.app.screen.query_one(f"#feld_{name}").focus()
    await pilot.pause()


@pytest.mark.parametrize("groesse", [KLEIN, GROSS])
async def test_vier_ansichten_sind_deutsch_und_lesbar(stadt: Path, groesse: tuple[int, int]) -> None:
    fuelle(stadt)
    async with laeuft(stadt, groesse) as (_, pilot):
        await druecke(pilot, "f6", "r")
        await sieht(pilot, "Sozialindex 2025 · Ergebnis")
        await sieht(pilot, "Ein Index ordnet")
        for ansicht in ("Rechenstufen", "Robustheit", "Definition", "Ergebnis"):
            await druecke(pilot, "enter")
            await sieht(pilot, f"Sozialindex 2025 · {ansicht}")
        await druecke(pilot, "h")
        await sieht(pilot, "rein")


async def test_index_anlegen_aendern_zuruecknehmen_loeschen(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f6", "r")
        await sieht(pilot, "Noch kein Index. n legt einen an.")
        await druecke(pilot, "n")
        await tippe(pilot, "SI7")
        await zum_feld(pilot, "name")
        await tippe(pilot, "Mein Index")
        await zum_feld(pilot, "bestandteile")
        await tippe(pilot, "A01; A10 2")
        await druecke(pilot, "f10")
        await sieht(pilot, "Mein Index 2025 · Ergebnis")
        assert app.projekt.get(Sozialindex, "SI7").bestandteile == ("A01", "A10 2")
        await druecke(pilot, "a")
        await zum_feld(pilot, "bestandteile")
        await tippe(pilot, "A01; X99")
        await druecke(pilot, "f10")
        await sieht(pilot, "X99 gibt es unter den")
        await druecke(pilot, "ctrl+z")
        await sieht(pilot, "Mein Index 2025 · Ergebnis")
        await druecke(pilot, "delete")
        await sieht(pilot, "Noch kein Index")
        assert app.projekt.read(Sozialindex) == []


async def test_langes_formular_sagt_was_fehlt_und_behaelt_was_getippt_ist(stadt: Path) -> None:
    fuelle(stadt)
    async with laeuft(stadt, KLEIN) as (_, pilot):
        await druecke(pilot, "f6", "r", "n")
        await sieht(pilot, "Kurz und fest")
        await sieht(pilot, "F10 übernehmen")
        await sieht(pilot, "Gewichte der")
        await sieht(pilot, "Teilindizes")
        await tippe(pilot, "SI1")
        await druecke(pilot, "f10")
        await sieht(pilot, "ist leer")
        await tippe(pilot, "Zweiter")
        await zum_feld(pilot, "bestandteile")
        await tippe(pilot, "A01; A10")
        await druecke(pilot, "f10")
        await sieht(pilot, "„SI1“ gibt es schon")
        await druecke(pilot, "enter")
        await sieht(pilot, "Zweiter")
        await tippe(pilot, "SI2")
        await druecke(pilot, "f10")
        await sieht(pilot, "Zweiter 2025 · Ergebnis")


async def test_beschluss_und_fruehere_fassung(stadt: Path) -> None:
    fuelle(stadt)
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f6", "r", "v")
        await zum_feld(pilot, "am")
        await tippe(pilot, "04.03.2026")
        await zum_feld(pilot, "gremium")
        await tippe(pilot, "Rat")
        await druecke(pilot, "f10")
        await sieht(pilot, "vereinbart am 04.03.2026 (Rat)")
        ablauf.save_definition(
            app.projekt, Sozialindex("SI1", "Sozialindex", TEILE, normierung=Normierung.RANG, laeufe=20)
        )
        await druecke(pilot, "f")
        await tippe(pilot, "05.03.2026")
        await druecke(pilot, "f10")
        await sieht(pilot, "wie am 05.03.2026 vereinbart")
        await druecke(pilot, "f")
        await tippe(pilot, "neulich")
        await druecke(pilot, "f10")
        await sieht(pilot, "neulich")
        await tippe(pilot, "2024")
        await druecke(pilot, "f10")
        await sieht(pilot, "nichts ausgegeben worden")
        await sieht(pilot, "f und ein leeres Feld")
        await druecke(pilot, "f")
        await tippe(pilot, "")
        await druecke(pilot, "f10")
        await sieht(pilot, "Sozialindex 2025 · Ergebnis")


@pytest.mark.parametrize("groesse", [KLEIN, GROSS])
async def test_szenarien_nebeneinander_und_einzeln(stadt: Path, groesse: tuple[int, int]) -> None:
    fuelle(stadt)
    async with laeuft(stadt, groesse) as (app, pilot):
        await druecke(pilot, "f6", "m")
        await sieht(pilot, "gewählt: Nach Köpfen")
        assert "Zusammen" in bildtext(app)
        kopf = next(zeile for zeile in bildtext(app).splitlines() if "Köpfe " in zeile)
        assert "Nach Köpfen" in kopf
        assert "Nach Stufen" in kopf, "nebeneinander, auch auf 80 Zeichen"
        await druecke(pilot, "right")
        await sieht(pilot, "gewählt: Nach Stufen")
        await druecke(pilot, "enter")
        await sieht(pilot, "Faktor")
        await sieht(pilot, "bekommt")
        await druecke(pilot, "h")
        await sieht(pilot, "je Kopf Klasse 1")
        await druecke(pilot, "escape", "right")
        await sieht(pilot, "Der Sockel reicht nicht")  # the one that cannot be computed does not stop the others
        await druecke(pilot, "left", "left", "enter", "x")
        await sieht(pilot, "Bleibt im Haus")
        await druecke(pilot, "enter")
        await sieht(pilot, "Der Sockel reicht nicht")


async def test_szenario_anlegen_und_schreiben(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f6", "m")
        await sieht(pilot, "Noch kein Szenario. n legt eines an.")
        await druecke(pilot, "n")
        await tippe(pilot, "a")
        await zum_feld(pilot, "name")
        await tippe(pilot, "Erstes")
        await zum_feld(pilot, "summe")
        await tippe(pilot, "250.000")
        await druecke(pilot, "f10")
        await sieht(pilot, "gewählt: Erstes")
        assert app.projekt.get(Verteilungsszenario, "a").summe == 250000
        assert app.projekt.get(Verteilungsszenario, "a").zustand is Zustand.VORGESCHLAGEN
        await sieht(pilot, "250.000,00")
        await druecke(pilot, "x")
        await sieht(pilot, "Bleibt im Haus")
        await druecke(pilot, "enter")
        await sieht(pilot, "Geschrieben")
        assert (stadt.parent / "ausgaben" / "2025" / "Mittelverteilung.xlsx").is_file()
        assert ablauf.list_veroeffentlichungen(app.projekt) == ()
        await druecke(pilot, "x", "down", "enter")
        await sieht(pilot, "und festgehalten")
        assert [v.datei for v in ablauf.list_veroeffentlichungen(app.projekt)] == ["Mittelverteilung.xlsx"]
        await druecke(pilot, "delete")
        await sieht(pilot, "Noch kein Szenario")


async def test_feindliche_namen_bleiben_text(tmp_path: Path) -> None:
    pfad = build_kleinstadt(tmp_path / "feind", range(2025, 2026), "[/x][final]")
    pfad.close()
    fuelle(pfad.pfad, "[/x][final]")
    async with laeuft(pfad.pfad, GROSS) as (app, pilot):
        await druecke(pilot, "f6", "r")
        assert "Sozialindex[/x][final]" in bildtext(app)
        for _ in range(3):
            await druecke(pilot, "enter")
        await druecke(pilot, "h", "escape", "escape", "m")
        assert "Nach Köpfen[/x][final]" in bildtext(app)
        await druecke(pilot, "right", "enter", "h")
        assert app.screen.query(Tabelle) is not None
        assert not [m for m in maengel(bildtext(app)) if m.startswith("Zeichen")]


async def test_szenarien_gehen_nach_excel_und_zurueck(stadt: Path) -> None:
    fuelle(stadt)
    async with laeuft(stadt, GROSS) as (app, pilot):
        await druecke(pilot, "f6", "m", "l")
        await sieht(pilot, "Szenarien nach Excel")
        await druecke(pilot, "f10")
        await sieht(pilot, "Geschrieben")
        liste = stadt.parent / "szenarien.xlsx"
        mappe = openpyxl.load_workbook(liste)
        (zelle,) = (z for reihe in mappe.worksheets[0].iter_rows() for z in reihe if z.value == "Nach Köpfen")
        zelle.value = "Nur nach Köpfen"
        mappe.save(liste)
        await druecke(pilot, "r")
        await sieht(pilot, "szenarien.xlsx")
        await druecke(pilot, "enter")
        await sieht(pilot, "Nur nach Köpfen")
        await druecke(pilot, "enter")
        await sieht(pilot, "gewählt: Nur nach Köpfen")
        assert app.projekt.get(Verteilungsszenario, "kopf").name == "Nur nach Köpfen"
