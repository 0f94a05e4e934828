"""Charts and tile maps: what is not shown as a figure is not drawn; no line runs across a break; same bytes every time."""

from __future__ import annotations

import struct

import pytest

from sozialtool.ausgabe.schaubild import Balken, Kachel, Linie, draw_balken, draw_kacheln, draw_linien

POLYGON, LINIE, TEXT = 8, 4, 84


def records(bild):
    """Kind and content of every record."""
    stelle, gefunden = 0, []
    while stelle < len(bild.inhalt):
        art, laenge = struct.unpack_from("<II", bild.inhalt, stelle)
        gefunden.append((art, bild.inhalt[stelle + 8 : stelle + laenge]))
        stelle += laenge
    return gefunden


def worte(bild):
    return [
        inhalt[68 : 68 + 2 * struct.unpack_from("<I", inhalt, 36)[0]].decode("utf-16-le")
        for art, inhalt in records(bild)
        if art == TEXT
    ]


def count(bild, art):
    return sum(a == art for a, _ in records(bild))


def test_a_suppressed_value_has_no_bar_and_says_so():
    offen = draw_balken([Balken("Nord", 12.0, "12,0 ▲", 10.0, 14.0), Balken("Süd", 5.0, "5,0")], ("Stadt 8,0", 8.0))
    geheim = draw_balken(
        [Balken("Nord", 12.0, "12,0 ▲", 10.0, 14.0), Balken("Süd", None, "• geheim")], ("Stadt 8,0", 8.0)
    )
    assert count(offen, POLYGON) == count(geheim, POLYGON) + 1
    assert "• geheim" in worte(geheim)
    assert "5,0" not in worte(geheim)
    assert {"Nord", "Süd", "Stadt 8,0", "12,0 ▲"} <= set(worte(geheim))


@pytest.mark.parametrize("werte", [(), (0.0,), (-5.0, 3.0), (1e-6,), (1e9, 2e9), (0.0, 0.0)])
def test_odd_values_can_be_drawn(werte):
    balken = [Balken(f"Raum {n}", wert, str(wert)) for n, wert in enumerate(werte)]
    assert draw_balken(balken, ("Stadt", 0.0)).inhalt[40:44] == b" EMF"
    linie = Linie("Stadt", tuple(werte), "stadt")
    assert draw_linien(range(2020, 2020 + len(werte)), [linie], [2021], hoehe=50.0).hoehe == 50.0


def test_no_line_runs_across_a_gap_or_a_break():
    jahre = range(2019, 2025)
    ganz = draw_linien(jahre, [Linie("Stadt", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0), "stadt")], [])
    bruch = draw_linien(jahre, [Linie("Stadt", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0), "stadt")], [2022])
    luecke = draw_linien(jahre, [Linie("Stadt", (1.0, 2.0, None, 4.0, 5.0, 6.0), "stadt")], [])
    assert "≠" in worte(bruch)
    assert "≠" not in worte(ganz)
    lange = [i for a, i in records(ganz) if a == LINIE and struct.unpack_from("<I", i, 16)[0] == 6]
    assert len(lange) == 1
    for bild in (bruch, luecke):
        assert not [i for a, i in records(bild) if a == LINIE and struct.unpack_from("<I", i, 16)[0] == 6]


def test_tiles_carry_name_figure_and_sign():
    bild = draw_kacheln([Kachel(0, 0, "Nord", "12,0 ▲", "#F1A340"), Kachel(2, 1, "Süd", "• geheim", "#ECECEC")])
    assert worte(bild) == ["Nord", "12,0 ▲", "Süd", "• geheim"]
    with pytest.raises(ValueError, match="no tile"):
        draw_kacheln([])
