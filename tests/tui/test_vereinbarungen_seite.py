"""Agreements by keys alone: history, change of a definition with its consequences, thresholds, filter, Excel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from textual.pilot import Pilot

from sozialtool import ablauf
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.messwert import Merkmal
from sozialtool.tui.bildschirme.folgen import FolgenSeite
from sozialtool.tui.teile.tabelle import Tabelle
from tests.tui.conftest import KLEINE
from tests.tui.gang import bildtext, druecke, laeuft, sieht, tippe, warte


async def suche(pilot: Pilot[Any], kennung: str) -> None:
    """Put the mark on an indicator of the catalogue."""
    await druecke(pilot, "f4", "f")
    await tippe(pilot, kennung)
    await druecke(pilot, "enter")


async def aendere(pilot: Pilot[Any], nenner: str) -> None:
    """Open the form of the definition, type another denominator, and wait for the preview."""
    await druecke(pilot, "a", "enter")
    await tippe(pilot, nenner)
    await druecke(pilot, "f10")


async def test_aendern_ansehen_uebernehmen_zuruecknehmen(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        alt = app.projekt.get(Indikator, "B03")
        assert alt is not None
        assert alt.zustand is Zustand.VEREINBART
        await suche(pilot, "B03")
        await aendere(pilot, "gibt_es_nicht")
        await sieht(pilot, "gibt_es_nicht")
        await druecke(pilot, "enter")
        assert app.screen.query_one("#feld_nenner").value == "gibt_es_nicht"  # type: ignore[attr-defined]  # an Input
        await druecke(pilot, "enter")
        await tippe(pilot, "ew_unter_65")
        await druecke(pilot, "f10")
        await warte(pilot, lambda: isinstance(app.screen, FolgenSeite), "die Folgen stehen da")
        await sieht(pilot, "Neu zu vereinbaren")
        text = " ".join(bildtext(app).split())
        assert "neu „Unter 65-Jährige“" in text
        assert "Differenz" in text
        assert app.projekt.get(Indikator, "B03") == alt
        await druecke(pilot, "enter")
        assert isinstance(app.screen, FolgenSeite), "Enter bestätigt nicht aus Versehen"
        await druecke(pilot, "f10")
        await sieht(pilot, "○ vorgeschlagen")
        neu = app.projekt.get(Indikator, "B03")
        assert neu is not None
        assert (neu.nenner, neu.zustand) == ("ew_unter_65", Zustand.VORGESCHLAGEN)
        await druecke(pilot, "h")
        await sieht(pilot, "Damit geändert")
        await druecke(pilot, "down")
        await sieht(pilot, "Heute anders")
        await druecke(pilot, "escape", "ctrl+z")
        assert app.projekt.get(Indikator, "B03") == alt


async def test_gesperrtes_steht_auch_in_den_folgen_nicht(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await suche(pilot, "B03")
        await aendere(pilot, "ew_unter_65")
        await warte(pilot, lambda: isinstance(app.screen, FolgenSeite), "die Folgen stehen da")
        reihen = [reihe.texte for reihe in app.screen.query_one(Tabelle).reihen]
        glueckauf = next(texte for texte in reihen if "Glückauf" in str(texte[0]))
        assert glueckauf[1:4] == ("•", "•", "–")
        assert str(KLEINE) not in "".join(map(str, glueckauf))
        await druecke(pilot, "escape", "escape")
        assert app.projekt.verlauf(1)[0].text != "Indikator B03 geändert"


async def test_gleich_vereinbaren(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await suche(pilot, "B03")
        await aendere(pilot, "ew_unter_65")
        await warte(pilot, lambda: isinstance(app.screen, FolgenSeite), "die Folgen stehen da")
        await druecke(pilot, "v")
        await sieht(pilot, "Abweichende Meinung")
        await druecke(pilot, "f10")
        await warte(pilot, lambda: not app.screen.is_modal, "das Fenster ist zu")
        neu = app.projekt.get(Indikator, "B03")
        assert neu is not None
        assert (neu.zustand, neu.gremium) == (Zustand.VEREINBART, "Planungsrunde")


async def test_schwelle_vereinbaren_zeigt_erst_was_sie_sperrt(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f4", "u", "down", "down", "v")
        await sieht(pilot, "Kleinere Zahlen bleiben geheim")
        await tippe(pilot, "100")
        await druecke(pilot, "enter", "enter", "enter")
        await tippe(pilot, "Planungsrunde")
        await druecke(pilot, "f10")
        await warte(pilot, lambda: isinstance(app.screen, FolgenSeite), "die Folgen stehen da")
        await sieht(pilot, "gezeigt")
        await druecke(pilot, "f10")
        await sieht(pilot, "Mindestfallzahl: 100")
        merkmal = app.projekt.get(Merkmal, "sgb2_unter_18")
        assert merkmal is not None
        assert merkmal.mindestfallzahl == 100
        await druecke(pilot, "enter")
        await sieht(pilot, "Planungsrunde")


async def test_filter_und_excel(stadt: Path, tmp_path: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f4", "u", "z")
        await sieht(pilot, "gezeigt: nur vorgeschlagen")
        await druecke(pilot, "z")
        await sieht(pilot, "gezeigt: nur vereinbart")
        await druecke(pilot, "x")
        await tippe(pilot, str(tmp_path / "v.xlsx"))
        await druecke(pilot, "enter")
        await sieht(pilot, "Geschrieben")
        worte = {
            z.value
            for zeile in openpyxl.load_workbook(tmp_path / "v.xlsx")["Vereinbarungen"].iter_rows()
            for z in zeile
        }
        assert "vereinbart" in worte
        assert "vorgeschlagen" not in worte
        await druecke(pilot, "z", "z", "z")
        assert len(app.screen.query_one(Tabelle).reihen) > 80


async def test_gebietsstand_verweist_auf_die_raeume(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f4", "u", "v")
        await sieht(pilot, "bei den Räumen (F3)")
        zeilen = await app.rufe(lambda: ablauf.list_vereinbarungen(app.projekt))
        assert zeilen[0].name == "Stand 2025"


async def test_eine_liste_zeigt_vorher_was_ihre_formeln_aendern(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f4", "x", "enter")
        datei = stadt.parent / "indikatoren.xlsx"
        mappe = openpyxl.load_workbook(datei)
        ws = mappe["Indikator"]
        kopf = {zelle.value: zelle.column for zelle in ws[5]}
        zeile = next(z[0].row for z in ws.iter_rows() if z[0].value == "B03")
        ws.cell(zeile, kopf["Nenner"]).value = "ew_unter_65"
        mappe.save(datei)
        await druecke(pilot, "r")
        await tippe(pilot, str(datei))
        await druecke(pilot, "enter")
        await sieht(pilot, "Was sich dadurch ändert")
        await sieht(pilot, "neu zu vereinbaren: B03")
        await druecke(pilot, "enter")
        await warte(pilot, lambda: not app.screen.is_modal, "das Fenster ist zu")
        neu = app.projekt.get(Indikator, "B03")
        assert neu is not None
        assert (neu.nenner, neu.zustand) == ("ew_unter_65", Zustand.VORGESCHLAGEN)


async def test_ein_vertipptes_jahr_bleibt_im_formular(stadt: Path) -> None:
    async with laeuft(stadt) as (app, pilot):
        await suche(pilot, "B03")
        alt = app.projekt.get(Indikator, "B03")
        await druecke(pilot, "v", "enter")
        await tippe(pilot, "04.03.2062")
        await druecke(pilot, "f10")
        await sieht(pilot, "passt nicht zum Berichtsjahr 2025")
        await druecke(pilot, "escape")
        assert app.projekt.get(Indikator, "B03") == alt
