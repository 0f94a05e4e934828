"""Robustness: what was run is listed, the same start gives the same runs, and a clear case stays clear."""

from __future__ import annotations

import pytest

from sozialtool.fach.sozialindex import Aggregation, Fehlwerte, Normierung
from sozialtool.rechnen.robustheit import Laufart, Streuplan, compute_robustheit
from sozialtool.rechnen.sozialindex import Indexplan, Lage, Verfahren, compute_sozialindex

PLAN = Indexplan({"a": 1.0, "b": 1.0, "c": 1.0})
KLAR = Lage({name: (1.0 * f, 2.0 * f, 3.0 * f, 4.0 * f, 9.0 * f) for name, f in (("a", 1), ("b", 10), ("c", 7))},
            bezug={"a": 3.0, "b": 30.0, "c": 21.0})  # fmt: skip
STRITTIG = Lage({"a": (1.0, 2.0, 3.0, 4.0, 5.0), "b": (5.0, 4.0, 3.0, 2.0, 1.0), "c": (1.0, 9.0, 2.0, 8.0, None)})


def robust(lage, verfahren=None, streuplan=None, plan=PLAN):
    verfahren = verfahren or Verfahren()
    stufen = compute_sozialindex(lage, plan, verfahren)
    return stufen, compute_robustheit(lage, plan, verfahren, stufen, streuplan or Streuplan(50))


def test_an_undisputed_order_never_changes():
    stufen, robustheit = robust(KLAR)
    assert [(s.von, s.bis, s.gleiche_klasse) for s in robustheit.spannen] == [(r, r, 1.0) for r in stufen.raenge]
    assert not any(lauf.grund for lauf in robustheit.laeufe)
    assert all(not s.bester_lauf and not s.schlechtester_lauf for s in robustheit.spannen)


def test_a_disputed_order_shows_which_choice_moves_it():
    stufen, robustheit = robust(STRITTIG)
    assert robustheit.spannen[4] is None  # no index, no span
    spannen = robustheit.spannen[:4]
    assert any(s.von < s.bis for s in spannen)
    for rang, spanne in zip(stufen.raenge, spannen, strict=False):
        assert spanne.von <= rang <= spanne.bis
        assert bool(spanne.bester_lauf) == (spanne.von < rang)
        assert bool(spanne.schlechtester_lauf) == (spanne.bis > rang)
    assert {"ohne a", "ohne b", "ohne c"} & {lauf for s in spannen for lauf in (s.bester_lauf, s.schlechtester_lauf)}


def test_every_run_is_listed_with_its_reason_when_impossible():
    _, robustheit = robust(STRITTIG)
    arten = [lauf.art for lauf in robustheit.laeufe]
    assert arten.count(Laufart.OHNE) == 3
    assert arten.count(Laufart.NORMIERUNG) == len(Normierung) - 1
    assert arten.count(Laufart.AGGREGATION) == len(Aggregation) - 1
    assert arten.count(Laufart.GEWICHTE) == 50
    unmoeglich = [lauf for lauf in robustheit.laeufe if lauf.grund]
    assert [lauf.was for lauf in unmoeglich] == [Normierung.ABSTAND.value]
    assert "Stadtwert" in unmoeglich[0].grund
    geometrisch = next(lauf for lauf in robustheit.laeufe if Aggregation.GEOMETRISCH.value in lauf.was)
    assert Normierung.MIN_MAX_1.value in geometrisch.was  # no silent change of scale


def test_same_start_same_runs_other_start_other_runs():
    erster = robust(STRITTIG, streuplan=Streuplan(40, 0.9, 7))[1]
    assert erster == robust(STRITTIG, streuplan=Streuplan(40, 0.9, 7))[1]
    assert erster != robust(STRITTIG, streuplan=Streuplan(40, 0.9, 8))[1]
    assert {lauf.art for lauf in robust(KLAR, streuplan=Streuplan(0))[1].laeufe} == {
        Laufart.OHNE, Laufart.NORMIERUNG, Laufart.AGGREGATION, Laufart.AUSREISSER,
    }  # fmt: skip


def test_the_base_set_does_not_change_between_runs():
    # without c the fifth area would be complete; it still has no rank in that run
    _, robustheit = robust(STRITTIG)
    ohne_c = next(lauf for lauf in robustheit.laeufe if lauf.was == "ohne c")
    assert ohne_c.raenge[4] is None
    assert min(r for r in ohne_c.raenge if r is not None) == 1


def test_an_area_with_half_of_its_figures_stays_in_every_run():
    # The fifth area is the most burdened and lacks two of four: without "a" it has one of three, and ranks of the others must not move up.
    lage = Lage({"a": (1.0, 2.0, 3.0, 4.0, 9.0), "b": (1.0, 2.0, 3.0, 4.0, 9.0), "c": (1.0, 2.0, 3.0, 4.0, None),
                 "d": (1.0, 2.0, 3.0, 4.0, None)})  # fmt: skip
    plan = Indexplan(dict.fromkeys("abcd", 1.0))
    for fehlwerte in (Fehlwerte.UEBRIGE, Fehlwerte.MITTEL):
        _, robustheit = robust(lage, Verfahren(fehlwerte, normierung=Normierung.MIN_MAX), Streuplan(0), plan)
        ohne = [lauf for lauf in robustheit.laeufe if lauf.art is Laufart.OHNE]
        assert [lauf.raenge[4] is None for lauf in ohne] == [False] * 4
        assert all(lauf.raenge[0] == 5 for lauf in ohne)


def test_a_single_indicator_is_never_left_out():
    _, robustheit = robust(KLAR, plan=Indexplan({"a": 1.0}))
    assert not [lauf for lauf in robustheit.laeufe if lauf.art is Laufart.OHNE]


def test_share_in_the_same_class_by_kind_of_run():
    stufen, robustheit = robust(STRITTIG)
    anteil = robustheit.share_of(0, stufen.klassen[0], Laufart.OHNE)
    assert anteil in (0, pytest.approx(1 / 3), pytest.approx(2 / 3), 1)
    assert robustheit.share_of(4, None, Laufart.OHNE) is None
