"""The lights of the controlling by hand: the line, chance on both sides, services, money, priorities, tallies."""

from __future__ import annotations

import pytest

from sozialtool.fach.antwortgruppe import name_gruppe
from sozialtool.fach.bedarf import Prioritaet
from sozialtool.fach.indikator import Intervallart, Richtung
from sozialtool.fach.ziel import Ampel, Wert
from sozialtool.rechnen.auszaehlung import tally
from sozialtool.rechnen.bedarf import Gewichte, Punkte, judge_gruppe, judge_lage, rank
from sozialtool.rechnen.grenzen import compute_grenzen
from sozialtool.rechnen.zielabgleich import REGEL, compare_ziel, find_soll, judge_geld, judge_leistung

START = Wert(2020, 30.0, 27.0, 33.0)


def ampel(wert, unten, oben, jahr=2025, start=START, ziel=20.0, bis=2030, richtung=Richtung.BELASTEND):
    return compare_ziel(start, ziel, bis, Wert(jahr, wert, unten, oben), richtung).ampel


def test_the_line_is_straight_and_ends_at_the_target():
    assert [find_soll(START, 20.0, 2030, j) for j in (2020, 2025, 2030, 2035)] == [30, 25, 20, 20]


def test_four_answers_by_hand():
    # The line of 2025 is 25; half of the start (±3) is still in it: ±1.5.
    assert ampel(24.0, 22.0, 26.0) is Ampel.GUT  # on the better side; 6 below the start, limits sqrt(2²+3²) = 3.6
    assert ampel(24.9, 19.0, 31.0) is Ampel.UNKLAR  # better side, but the change of 5.1 is within sqrt(6.1²+3²) = 6.8
    assert ampel(26.0, 24.0, 28.0) is Ampel.UNKLAR  # worse by 1, limits sqrt(2²+1.5²) = 2.5
    assert ampel(29.0, 27.0, 31.0) is Ampel.HINTER  # worse by 4, limits 2.5
    stand = compare_ziel(START, 20.0, 2030, Wert(2025, 29.0, 27.0, 31.0))
    assert stand.soll == 25
    assert stand.abstand == pytest.approx((4.0, 1.5, 6.5))


def test_the_same_upwards():
    start = Wert(2020, 30.0, 27.0, 33.0)
    assert ampel(36.0, 34.0, 38.0, ziel=40.0, start=start) is Ampel.GUT
    assert ampel(31.0, 29.0, 33.0, ziel=40.0, start=start) is Ampel.HINTER


def test_without_limits_the_figure_itself_decides():
    start = Wert(2020, 30.0)
    assert ampel(25.0, None, None, start=start) is Ampel.GUT
    assert ampel(25.1, None, None, start=start) is Ampel.HINTER


def test_no_new_figure_and_a_value_that_shall_hold():
    stand = compare_ziel(START, 20.0, 2030, Wert(2020, 30.0))
    assert (stand.ampel, stand.soll) == (Ampel.OFFEN, None)
    assert "Startjahr 2020" in stand.grund
    assert ampel(29.0, 26.0, 32.0, ziel=30.0) is Ampel.GUT  # lower than the start is fine for a burden
    assert ampel(36.0, 34.0, 38.0, ziel=30.0) is Ampel.HINTER
    assert ampel(40.0, 39.0, 41.0, ziel=30.0, richtung=Richtung.NEUTRAL) is Ampel.HINTER
    assert ampel(30.5, 28.0, 33.0, ziel=30.0, richtung=Richtung.NEUTRAL) is Ampel.GUT


def test_the_written_rule_says_what_is_computed():
    assert ampel(29.0, 26.0, 32.0, ziel=30.0) is Ampel.GUT  # no movement at all
    assert "Startwert und Zielwert gleich (der Wert soll sich halten), genügt" in REGEL
    weit = Wert(2020, 30.0, 10.0, 50.0)  # past the target year nothing of the start is left in the line
    assert ampel(18.0, 17.0, 19.0, jahr=2031, start=weit) is Ampel.GUT
    assert "oder er ist um mehr als den Zufall besser als die Linie" in REGEL
    assert ampel(31.0, 28.0, 33.5, ziel=30.0, richtung=Richtung.NEUTRAL) is Ampel.GUT
    assert "weder be- noch entlastet, dass er nicht um mehr als den Zufall abweicht" in REGEL


def test_change_since_the_start_is_the_interval_of_newcombe():
    """56 of 70 against 48 of 80: 0.20 (0.0524 … 0.3339), method 10 in Newcombe, Statistics in Medicine 17 (1998), table II."""
    werte = []
    for jahr, x, n in ((2020, 48, 80), (2021, 56, 70)):
        unten, oben = compute_grenzen(Intervallart.WILSON, x, n, 100.0)
        werte.append(Wert(jahr, 100 * x / n, unten, oben))
    # A target that lies far away leaves nearly all of the start in the line.
    stand = compare_ziel(werte[0], werte[0].wert + 1e-9, 2_000_000, werte[1])
    assert stand.abstand == pytest.approx((20.0, 5.24, 33.39), abs=0.01)


def test_services_and_money():
    assert [judge_leistung(i, 10.0, 0.9, 0.7) for i in (None, 9.0, 7.0, 6.9)] == [
        Ampel.OFFEN,
        Ampel.GUT,
        Ampel.UNKLAR,
        Ampel.HINTER,
    ]
    assert judge_leistung(5.0, None, 0.9, 0.7) is Ampel.OFFEN
    assert [judge_geld(a, 100.0, 0.1) for a in (89, 90, 110, 111)] == [Ampel.UNKLAR, Ampel.GUT, Ampel.GUT, Ampel.HINTER]
    assert judge_geld(0.0, 0.0, 0.1) is Ampel.OFFEN


def test_priority_by_hand():
    assert rank(Punkte(2, 2, 2), Gewichte()) == (Prioritaet.HOCH, 1.0)
    assert rank(Punkte(1, 1, 1), Gewichte()) == (Prioritaet.MITTEL, 0.5)
    assert rank(Punkte(0, 0, 1), Gewichte()) == (Prioritaet.NIEDRIG, 0.125)
    assert rank(Punkte(2, None, 0), Gewichte())[1] == pytest.approx(4 / 6)  # what cannot be said does not count
    assert rank(Punkte(None, 2, 2), Gewichte()) == (Prioritaet.OFFEN, None)
    assert rank(Punkte(2, 2, 2), Gewichte(0, 0, 0)) == (Prioritaet.OFFEN, None)
    assert [judge_lage(x, Richtung.ENTLASTEND) for x in (-2, -1, 0, 2)] == [2, 1, 0, 0]
    assert judge_lage(2, Richtung.NEUTRAL) == 0
    assert [judge_gruppe(a, 0.1) for a in (0.09, 0.1, 0.2)] == [0, 1, 2]


def test_money_without_plan_is_over_it():
    assert judge_geld(5000, 0, 0.1) is Ampel.HINTER
    assert judge_geld(0, 0, 0.1) is Ampel.OFFEN


@pytest.mark.parametrize("wort", ["Alle", " alle ", "Gesamt", "INSGESAMT", "alle  Befragten"])
def test_everybody_has_many_names(wort):
    assert name_gruppe(wort) == "alle"
    assert name_gruppe(" mit  Kindern ") == "mit Kindern"


def test_shares_of_several_answers_rest_on_the_people():
    viele = {("A", "alle"): {"x": 12, "y": 9}, ("B", "alle"): {"x": 8, "y": 8}}
    a, b = tally(viele, ("x", "y", "z"), {}, {("B", "alle")})
    assert [(w.antwort, w.anzahl, w.anteil) for w in a.antworten] == [("x", 12, None), ("y", 9, None), ("z", 0, None)]
    assert (a.basis, b.geheim, b.antworten, b.basis) == (None, True, (), None)
    a, _ = tally(viele, ("x", "y", "z"), {("A", "alle"): 15}, {("B", "alle")})
    assert (a.basis, [w.anteil for w in a.antworten]) == (15, [80.0, 60.0, 0.0])  # 21 answers of 15 people
    (g,) = tally({("A", "alle"): {"ja": 30, "nein": 10}}, ("ja", "nein"), {("A", "alle"): 40})
    assert (g.antworten[0].anteil, round(g.antworten[0].unten, 1), round(g.antworten[0].oben, 1)) == (75.0, 59.8, 85.8)
