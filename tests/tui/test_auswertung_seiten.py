"""Pages of the evaluation: lines of characters, small pictures; the same figures as in the matrix, and no secret in a line."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from sozialtool.fach.auswertung import Auswertung, Bezugsart, Gebietsauswertung, Gegenueber
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Vermerk, Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.tui.bildschirme.entwicklung import EntwicklungSeite
from sozialtool.tui.bildschirme.gebietsvergleich import GebietsvergleichSeite
from sozialtool.tui.teile.intervallbild import Skala, achse, build_skala, legende, linie
from sozialtool.tui.teile.kleinebilder import _linie
from sozialtool.tui.teile.tabelle import Tabelle
from tests.tui.gang import GROSS, KLEIN, bildtext, laeuft, ruhe

IND = Indikator("A", "Armutsquote", "x", "arm", nenner="ew")


def zeile(name, wert, unten=None, oben=None, sicher=None, zeichen=None):
    k = Kennzahl(
        "A", 2025, name, "sozialraum", None, None, wert, unten, oben, 10.0, None, 0, None, None, None, None, None, zeichen,
        Vermerk.KEINER, "",
    )  # fmt: skip
    return Gebietsauswertung(Gebiet(name, name, "sozialraum"), k, sicher)


STADT = zeile("Stadt", 10.0, 9.0, 11.0)
EINS = attrs.evolve(
    zeile("R1", 20.0, 15.0, 25.0, (12.0, 30.0)), gegenueber=(Gegenueber(Bezugsart.STADT, "Stadt", 10.0, 10.0, 2.0, 2),)
)
AUSWERTUNG = Auswertung(IND, 2025, (STADT, EINS), (("Kreis 2025", 5.0),))


def test_a_line_shows_point_spans_town_and_outside():
    skala = Skala(0.0, 40.0, 41)
    assert linie(AUSWERTUNG.gebiete[1], 10.0, AUSWERTUNG.bezuege, skala) == (
        "     a    │ ───═════●═════─────          "
    )
    # A town inside the span stays visible.
    assert linie(AUSWERTUNG.gebiete[1], 17.0, (), skala) == "            ───══╪══●═════─────          "
    assert linie(AUSWERTUNG.gebiete[1], 13.0, (), skala) == "            ─┼─═════●═════─────          "


def test_a_secret_area_has_an_empty_line():
    geheim = zeile("R2", None, zeichen=Zeichen.GEHEIM)
    assert linie(geheim, 10.0, (), Skala(0.0, 40.0, 41)).strip() == "│"


@pytest.mark.parametrize("zeichen", [Zeichen.FEHLT, Zeichen.GEHEIM])
def test_a_small_picture_says_why_the_last_value_is_missing(zeichen: Zeichen) -> None:
    zellen = [zeile("R1", 20.0).kennzahl, zeile("R1", None, zeichen=zeichen).kennzahl]
    assert _linie("hier", zellen, (0.0, 20.0), (2024, 2025), set(), IND).endswith(zeichen.symbol)
    assert _linie("hier", zellen[1:], (0.0, 0.0), (2025,), set(), IND) == f"hier  {zeichen.symbol}"


def test_a_count_of_the_town_does_not_press_the_areas_together():
    summe = Auswertung(IND, 2025, (zeile("Stadt", 16000.0), zeile("R1", 40.0), zeile("R2", 30.0)))
    assert build_skala(summe, 40).bis == 40
    assert "Stadt" not in legende(summe)


@pytest.mark.parametrize("breite", [8, 30, 90])
def test_axis_fits_and_names_round_figures(breite):
    skala = build_skala(AUSWERTUNG, breite)
    text = achse(skala)
    assert len(text) == breite
    assert text.split()[0] == "0"
    assert skala.bis >= 25
    assert "a Kreis 2025 5,0" in legende(AUSWERTUNG)


@pytest.mark.parametrize("groesse", [KLEIN, GROSS])
async def test_from_the_matrix_to_all_areas_and_back(groesse: tuple[int, int], stadt: Path) -> None:
    async with laeuft(stadt, groesse) as (app, pilot):
        await pilot.press("f6", "right", "right")
        await ruhe(pilot)
        await pilot.press("i")
        await ruhe(pilot)
        assert isinstance(app.screen, GebietsvergleichSeite)
        assert "══ 95 %" in bildtext(app)
        tabelle = app.screen.query_one(Tabelle)
        vorher = [reihe.schluessel for reihe in tabelle.reihen]
        await pilot.press("o")
        await ruhe(pilot)
        werte = [
            r.wert.kennzahl.wert for r in tabelle.reihen[1:] if r.wert.kennzahl and r.wert.kennzahl.wert is not None
        ]
        assert werte == sorted(werte, reverse=True)
        assert len(werte) > 2
        await pilot.press("m")
        await ruhe(pilot)
        assert "Verfahren und Grundlage" in bildtext(app)
        await pilot.press("escape", "o")
        await ruhe(pilot)
        assert [reihe.schluessel for reihe in tabelle.reihen] == vorher
        await pilot.press("escape", "e")
        await ruhe(pilot)
        assert isinstance(app.screen, EntwicklungSeite)
        erstes = bildtext(app)
        await pilot.press("right")
        await ruhe(pilot)
        assert bildtext(app) != erstes


async def test_population_and_segregation_by_keys(stadt: Path) -> None:
    async with laeuft(stadt, KLEIN) as (app, pilot):
        await pilot.press("f6")
        await ruhe(pilot)
        await pilot.press("b")
        await ruhe(pilot)
        assert "Bevölkerung · 2025" in bildtext(app)
        assert "Index" in bildtext(app)
        await pilot.press("n")
        await ruhe(pilot)
        assert "Segregation · 2025" in bildtext(app)
        await pilot.press("escape")
        await ruhe(pilot)
        assert "Auf einen Blick" in bildtext(app)
