"""Surveys: no small group can be computed from everything that is shown; the attacker here knows how people really divide."""

from __future__ import annotations

import itertools
import random

import highspy
import numpy as np
import pytest

from sozialtool.geheimhaltung.antwortsummen import Frage
from sozialtool.geheimhaltung.befragung import Rahmen, protect_befragung

N = 10
GESCHLECHTER = ("Frauen", "Männer", "divers")
HAUSHALTE = ("ohne Kinder", "Paare", "allein")


def _find_geheime(zahlen, *, stadt="", gebiete=(), eine=True, geantwortet=None, mindestens=N):
    je = {ort: a if isinstance(a, dict) else {"": a} for ort, a in zahlen.items()}
    menschen = {ort: sum(a.values()) for ort, a in je.items()} if eine else {}
    gebiete = tuple(dict.fromkeys(gebiete or (ort[0] for ort in zahlen if ort[0] != stadt)))
    summen = ((stadt, gebiete),) if stadt else (("", gebiete),) if geantwortet else ()
    return protect_befragung([Frage(je, menschen, eine)], Rahmen(mindestens, summen, geantwortet, stadt))[0]


# --- the attacker: everybody is in one atom (area, sex, household), groups are sums of atoms


def _holds(gruppe, atom):
    return gruppe in ("alle", *atom[1:]) or (gruppe == "mit Kindern" and atom[2] != "ohne Kinder")


class _Angriff:
    """Smallest and largest value of a sum of atoms of one answer, given every shown group."""

    def __init__(self, atome, gezeigt):
        self._h = highspy.Highs()
        self._h.setOptionValue("output_flag", False)
        self._atome = atome
        for _ in atome:
            self._h.addVar(0, highspy.kHighsInf)
        for ort, wert in gezeigt.items():
            drin = self._list(ort)
            self._h.addRow(wert, wert, len(drin), np.array(drin, dtype=np.int32), np.ones(len(drin)))

    def _list(self, ort):
        return [i for i, a in enumerate(self._atome) if ort[0] in ("S", a[0]) and _holds(ort[1], a)]

    def ask(self, ort):
        enden = []
        for richtung in (1.0, -1.0):
            drin = set(self._list(ort))
            for i in range(len(self._atome)):
                self._h.changeColCost(i, richtung if i in drin else 0.0)
            self._h.run()
            zustand = self._h.getModelStatus()
            optimal = zustand == highspy.HighsModelStatus.kOptimal
            assert optimal or zustand in (
                highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible,
            )  # fmt: skip
            enden.append(richtung * self._h.getInfo().objective_function_value if optimal else -richtung * 1e9)
        return round(enden[0], 6), round(enden[1], 6)


def _draw(zufall, *, antworten):
    """Draw a survey from single people: which areas and groups are listed, and whether the town is."""
    gebiete = [f"A{i}" for i in range(zufall.choice([1, 2, 3, 4]))]
    atome = list(itertools.product(gebiete, GESCHLECHTER, HAUSHALTE))
    klein = {g: zufall.choice([0.15, 1.0, 1.0]) for g in gebiete}
    haeufig = {"Frauen": 1.0, "Männer": 1.0, "divers": 0.08, "ohne Kinder": 1.0, "Paare": 0.5, "allein": 0.15}
    lage = [zufall.choice([0.2, 1.0, 2.0]) for _ in antworten]
    bunt = {
        a: [round(zufall.random() * 14 * klein[a[0]] * haeufig[a[1]] * haeufig[a[2]] * w) for w in lage] for a in atome
    }
    gruppen = ["alle"] * (zufall.random() < 0.85)
    gruppen += zufall.choice([(), ("Frauen", "Männer"), ("Frauen", "Männer", "divers"), ("Frauen",)])
    gruppen += zufall.choice(
        [(), ("mit Kindern", "ohne Kinder"), ("mit Kindern", "allein"), ("ohne Kinder", "Paare", "allein")]
    )
    orte = list(itertools.product([*gebiete, *(["S"] * (zufall.random() < 0.7))], gruppen))
    orte = [ort for ort in orte if zufall.random() < 0.95]
    tafel = {}
    for ort in orte:
        drin = [a for a in atome if ort[0] in ("S", a[0]) and _holds(ort[1], a)]
        je = {name: sum(bunt[a][k] for a in drin) for k, name in enumerate(antworten)}
        if sum(je.values()):
            tafel[ort] = je
    return atome, gebiete, tafel


def _find_lecks(atome, tafel, geheim, antworten, *, eine=True):
    """List small groups with an answer, or people, that everything shown leaves (nearly) one value or tells to be small."""
    gezeigt = {ort: je for ort, je in tafel.items() if ort not in geheim}
    angriffe = {name: _Angriff(atome, {ort: je[name] for ort, je in gezeigt.items()}) for name in antworten}
    gruppen = {h for _, h in tafel}
    streng = "alle" in gruppen and not {"mit Kindern", "allein"} <= gruppen
    lecks = []
    for ort in sorted(geheim):
        menschen = sum(tafel[ort].values()) if eine else max(tafel[ort].values())
        if menschen >= N:
            continue
        spannen = {name: angriffe[name].ask(ort) for name in antworten}
        von, bis = (sum(s[k] for s in spannen.values()) for k in (0, 1))
        # Who knows that a group lies in another, much larger one, or that two ways to divide people that nobody set against "alle"
        # belong together, may come nearer than that, but not to one value.
        if ((von > 0 or bis < N) if streng else bis - von < 1) and eine:
            lecks.append((ort, menschen, (von, bis)))
        # Of an answer that nobody gave in a larger group, nobody gave it in a part of that: a group that may be shown says so.
        lecks += [(ort, n, s) for n, s in spannen.items() if s[1] - s[0] < 1 and not (s[1] == 0 and tafel[ort][n] == 0)]
    return lecks


@pytest.mark.parametrize("eine", [True, False])
@pytest.mark.parametrize("saat", [*range(30), 79, 169, 296])
def test_nobody_computes_a_small_group(saat, eine):
    zufall = random.Random(saat)
    antworten = zufall.choice([("ja", "nein"), ("ja", "zum Teil", "nein")])
    atome, gebiete, tafel = _draw(zufall, antworten=antworten)
    geheim = _find_geheime(tafel, stadt="S", gebiete=gebiete, eine=eine)
    zaehle = sum if eine else max
    assert {ort for ort, je in tafel.items() if zaehle(je.values()) < N} <= geheim
    assert not _find_lecks(atome, tafel, geheim, antworten, eine=eine)


# --- what a reviewer computed


def test_the_town_minus_an_area_that_its_groups_give_away():
    """The town is shown, 01 has nine people: "alle" of 03 is hidden as well, but must not be the sum of its women and men."""
    tafel = {
        ("01", "alle"): {"ja": 8, "nein": 1}, ("01", "Frauen"): {"ja": 3, "nein": 0}, ("01", "Männer"): {"ja": 5, "nein": 1},
        ("03", "alle"): {"ja": 26, "nein": 39}, ("03", "Frauen"): {"ja": 9, "nein": 12}, ("03", "Männer"): {"ja": 17, "nein": 27},
        ("S", "alle"): {"ja": 34, "nein": 40},
    }  # fmt: skip
    geheim = _find_geheime(tafel, stadt="S")
    assert geheim == {("01", "alle"), ("01", "Frauen"), ("01", "Männer"), ("03", "alle"), ("03", "Frauen")}


KREUZ = {
    "A0": ((8, 17), (28, 27), (6, 8), (19, 7)),
    "A1": ((22, 30), (8, 7), (27, 29), (28, 22)),
    "A2": ((1, 2), (1, 1), (6, 9), (22, 30)),
    "A3": ((25, 5), (1, 3), (12, 18), (3, 4)),
}


def test_two_hidden_in_every_line_are_not_enough():
    """Four areas by four groups: two women with one answer each followed exactly, though each line hid two or more."""
    gruppen = ("m", "w", "d", "x")
    tafel = {(a, g): {"ja": j, "nein": n} for a, je in KREUZ.items() for g, (j, n) in zip(gruppen, je, strict=True)}
    for a in KREUZ:
        tafel[a, "alle"] = {w: sum(tafel[a, g][w] for g in gruppen) for w in ("ja", "nein")}
    for g in (*gruppen, "alle"):
        tafel["S", g] = {w: sum(tafel[a, g][w] for a in KREUZ) for w in ("ja", "nein")}
    geheim = _find_geheime(tafel, stadt="S")
    assert len(geheim) <= 14, "a pattern that protects, not everything"
    zellen = [(a, g) for a in KREUZ for g in gruppen]
    for wort in ("ja", "nein"):
        for ort in (o for o in zellen if sum(tafel[o].values()) < N):
            von, bis = _bound(tafel, geheim, zellen, gruppen, ort, wort)
            assert von == 0
            assert bis >= min(N, tafel["S", ort[1]][wort], tafel[ort[0], "alle"][wort])


def _bound(tafel, geheim, zellen, gruppen, ort, wort):
    """Ends of one cell by a linear program of its own over the cross table."""
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    for o in zellen:
        wert = tafel[o][wort]
        h.addVar(0 if o in geheim else wert, highspy.kHighsInf if o in geheim else wert)
    linien = [((a, "alle"), [(a, g) for g in gruppen]) for a in KREUZ]
    linien += [(("S", g), [(a, g) for a in KREUZ]) for g in gruppen] + [(("S", "alle"), zellen)]
    for ganzes, teile in linien:
        if ganzes not in geheim:
            stellen = np.array([zellen.index(t) for t in teile], dtype=np.int32)
            h.addRow(tafel[ganzes][wort], tafel[ganzes][wort], len(teile), stellen, np.ones(len(teile)))
    enden = []
    for richtung in (1.0, -1.0):
        h.changeColCost(zellen.index(ort), richtung)
        h.run()
        ist_frei = h.getModelStatus() != highspy.HighsModelStatus.kOptimal
        enden.append(-richtung * 1e9 if ist_frei else richtung * h.getInfo().objective_function_value)
    return round(enden[0], 6), round(enden[1], 6)


# --- small cases by hand


def test_small_groups_and_what_would_give_them_away_are_kept_back():
    zahlen = {
        ("A", "alle"): 50,
        ("A", "jung"): 6,
        ("A", "mittel"): 14,
        ("A", "alt"): 30,
        ("B", "alle"): 40,
        ("B", "jung"): 40,
    }
    assert _find_geheime(zahlen) == {("A", "jung"), ("A", "mittel")}
    # Fourteen others are no small group, and nobody listed them: nothing gives the six away.
    assert _find_geheime({("A", "alle"): 20, ("A", "jung"): 6}) == {("A", "jung")}
    stadt = {("S", "alle"): 100, ("A", "alle"): 5, ("B", "alle"): 35, ("C", "alle"): 60}
    assert _find_geheime(stadt, stadt="S") == {("A", "alle"), ("B", "alle")}
    assert _find_geheime({o: n for o, n in stadt.items() if o[0] != "S"}) == {("A", "alle")}


def test_groups_that_divide_people_in_two_ways_give_no_small_one_away():
    je = {("A", "alle"): 100, ("A", "Frauen"): 50, ("A", "Männer"): 47, ("A", "divers"): 3}
    zwei = je | {("A", "mit Kindern"): 30, ("A", "ohne Kinder"): 70}
    assert {("A", "divers"), ("A", "Männer")} <= _find_geheime(zwei)  # else: all minus women minus men
    ohne = {ort: n for ort, n in je.items() if ort[1] != "divers"}
    assert _find_geheime(ohne) >= {("A", "Männer")}  # the three are not listed, but in "alle"
    assert _find_geheime({("A", "alle"): 100, ("A", "mit"): 97}) >= {("A", "mit")}
    winzig = {("A", "alle"): 100, ("A", "a"): 2, ("A", "b"): 3, ("A", "c"): 40, ("A", "d"): 55}
    assert _find_geheime(winzig) == {("A", "a"), ("A", "b"), ("A", "c")}  # a and b together are five people
    stadt = {("S", "alle"): 100, ("A", "alle"): 45, ("B", "alle"): 51}
    assert _find_geheime(stadt, stadt="S") >= {("A", "alle")}  # four live elsewhere
    antworten = {("A", "alle"): {"x": 30, "y": 20}, ("A", "mit"): {"x": 28, "y": 18}, ("A", "alt"): {"x": 29, "y": 0}}
    assert ("A", "mit") in _find_geheime(antworten)
    assert not _find_geheime({o: j for o, j in antworten.items() if o[1] != "mit"})


def test_a_group_in_another_does_not_give_the_others_of_it_away():
    """Single parents 36 of 37 with children: one person's answer would be the difference."""
    zahlen = {
        ("A", "alle"): {"ja": 60, "nein": 40}, ("A", "mit Kindern"): {"ja": 20, "nein": 17}, ("A", "ohne Kinder"): {"ja": 40, "nein": 23},
        ("A", "allein"): {"ja": 19, "nein": 17},
    }  # fmt: skip
    assert ("A", "allein") in _find_geheime(zahlen)
    anders = zahlen | {("A", "allein"): {"ja": 18, "nein": 18}}  # cannot lie in those with children: more said no
    assert not _find_geheime(anders)
    frauen = {
        ("A", "alle"): {"ja": 53, "nein": 40},
        ("A", "Frauen"): {"ja": 27, "nein": 21},
        ("A", "Männer"): {"ja": 26, "nein": 19},
    }
    assert not _find_geheime(frauen), "together they are all: nobody is in both"


def test_how_many_answered_at_all_is_known():
    """Without a row for the town: 74 answered, 65 of them in B and C, so nine in A."""
    tafel = {("A", "alle"): {"ja": 9}, ("B", "alle"): {"ja": 30}, ("C", "alle"): {"ja": 35}}
    assert _find_geheime(tafel) == {("A", "alle")}
    assert _find_geheime(tafel, geantwortet=74) == {("A", "alle"), ("B", "alle")}


def test_another_question_does_not_say_how_many_were_hidden():
    """93 people, 50 women, 40 men: so three others, who are hidden in the first question, with the men."""
    je = {("A", "alle"): 93, ("A", "Frauen"): 50, ("A", "Männer"): 40, ("A", "divers"): 3}
    eins = Frage({o: {"ja": n} for o, n in je.items()}, je, True)
    zwei = Frage({("A", g): {"gut": je["A", g]} for g in ("Frauen", "Männer")}, {("A", g): je["A", g] for g in ("Frauen", "Männer")}, True)  # fmt: skip
    wenige = Frage(
        {("A", "Männer"): {"gut": 25}}, {("A", "Männer"): 25}, True
    )  # another question, of those who are ill
    erst, dann, drittens = protect_befragung([eins, zwei, wenige], Rahmen(N))
    assert erst == {("A", "divers"), ("A", "Männer")}
    assert dann == {("A", "Männer")}
    assert not drittens


def test_nobody_anywhere_hides_nobody_else():
    """A group without a single person is not shown, and nothing else is hidden on its account."""
    je = {("A", "alle"): 93, ("A", "Frauen"): 50, ("A", "Männer"): 43, ("A", "divers"): 0}
    assert _find_geheime(je) == {("A", "divers")}


def test_several_answers_count_people_from_below():
    viele = {("A", "alle"): {"x": 12, "y": 9}, ("B", "alle"): {"x": 8, "y": 8}}
    assert _find_geheime(viele, eine=False) == {("B", "alle")}  # 16 answers, perhaps of 8 people
    menschen = {("A", "alle"): 40, ("A", "jung"): 8, ("A", "alt"): 32}
    zahlen = {("A", "alle"): {"x": 30, "y": 20}, ("A", "jung"): {"x": 6, "y": 5}, ("A", "alt"): {"x": 24, "y": 15}}
    (geheim,) = protect_befragung([Frage(zahlen, menschen, False)], Rahmen(N))
    assert geheim == {("A", "jung"), ("A", "alt")}
