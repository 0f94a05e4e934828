"""Colours can be read, also in grey; texts are as wide as they are drawn."""

from __future__ import annotations

import itertools

import pytest

from sozialtool.ausgabe.schrift import breite, umbrechen
from sozialtool.ausgabe.seitenplan import WEIT, Kopf, choose_inhaltsmass
from sozialtool.ausgabe.stil import STIL, kontrast, leuchtdichte
from sozialtool.fach.indikator import Richtung
from sozialtool.fach.schreibweise import LAGE_ZEICHEN


def test_contrast_formula_gives_the_known_values():
    assert kontrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert kontrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("grund", ["#FFFFFF", STIL.band, STIL.geheim, *STIL.gegen_stadt, *STIL.stufen])
def test_ink_is_readable_on_every_background(grund):
    assert kontrast(STIL.tinte, grund) >= 4.5


def test_heads_and_notes_are_readable():
    assert kontrast(STIL.kopf, "#FFFFFF") >= 4.5
    assert kontrast(STIL.kopf, STIL.band) >= 4.5
    assert kontrast(STIL.neben, "#FFFFFF") >= 4.5
    # Bars are graphics, 3 to 1 against the paper (WCAG 1.4.11); the names at coloured lines are text.
    assert kontrast(STIL.balken, "#FFFFFF") >= 3
    assert all(kontrast(farbe, "#FFFFFF") >= 4.5 for farbe in STIL.linien)


def test_steps_are_distinct_in_grey_from_the_middle_outwards():
    """In grey both ends look alike, so the sign must tell them apart; within one side the steps must differ."""
    hell = [leuchtdichte(farbe) for farbe in STIL.gegen_stadt]
    assert hell[0] < hell[1] < hell[2]
    assert hell[4] < hell[3] < hell[2]
    assert len(set(LAGE_ZEICHEN.values())) == 5


def test_stufen_get_darker():
    hell = [leuchtdichte(farbe) for farbe in STIL.stufen]
    assert hell == sorted(hell, reverse=True)
    assert min(a - b for a, b in itertools.pairwise(hell)) > 0.1


def test_colour_follows_the_richtung_and_neutral_has_none():
    assert STIL.farbe(2, Richtung.BELASTEND) == STIL.farbe(-2, Richtung.ENTLASTEND)
    assert STIL.farbe(2, Richtung.NEUTRAL) == ""
    assert STIL.farbe(None, Richtung.BELASTEND) == ""


def test_lines_fit_and_lose_no_word():
    text = "Donaudampfschifffahrtsgesellschaftskapitän und Rheinfeld-Nord-Ost-Alte-Ziegelei, 12,5 %"
    zeilen = umbrechen(text, 120, 10)
    assert all(breite(zeile, 10) <= 120 for zeile in zeilen)
    assert "".join(zeilen).replace(" ", "") == text.replace(" ", "")
    assert umbrechen("", 100, 10) == ("",)
    assert umbrechen("es sind 31,2\u00a0%", 50, 10) == ("es sind", "31,2\u00a0%"), (
        "no line is broken between number and unit"
    )


def test_the_contents_stand_closer_where_that_saves_a_page():
    koepfe = [Kopf(f"Kapitel {n}", 1 if n % 4 == 0 else 2) for n in range(80)]
    seiten = {
        anzahl: (WEIT.count_seiten(koepfe[:anzahl]), choose_inhaltsmass(koepfe[:anzahl])) for anzahl in (20, 60, 80)
    }
    assert seiten[20] == (1, WEIT)
    assert seiten[60][0] == 2
    assert seiten[60][1].count_seiten(koepfe[:60]) == 1
    assert seiten[80] == (2, WEIT), "closer is smaller: not where nothing is won"
