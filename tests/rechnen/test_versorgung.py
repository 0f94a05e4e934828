"""Supply against the town: the rule by hand, at its limits, and what it does not say."""

from __future__ import annotations

import attrs
import pytest

from sozialtool.fach.planung import Einrichtung
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.versorgung import Versorgungslage, Versorgungsmass, Zaehlweise
from sozialtool.rechnen.versorgung import Regel, compute_versorgung, find_doppelte

STADT = Gebiet("S", "Stadt", "stadt")
RAEUME = [Gebiet(s, s, "sozialraum", "S") for s in "ABCD"]
MASS = Versorgungsmass("kita", "Kita", ("Kindertageseinrichtung",), ("u6",), "Kinder")


def ort(nummer, plaetze, **wie):
    return Einrichtung(f"K{nummer}", f"Kita {nummer}", "Kindertageseinrichtung", "A", plaetze=plaetze, **wie)


def rechne(orte, gruppen, mass=MASS):
    alle = {**orte, "S": [o for da in orte.values() for o in da]}
    return {z.gebiet.schluessel: z for z in compute_versorgung(mass, [STADT, *RAEUME], alle, gruppen, Regel())}


def test_gap_and_more_by_hand():
    # Town: 400 places for 1,000 children = 40 per 100. A 20, B 40, C 70, D exactly at the limit of 30 (75 % of 40).
    orte = {"A": [ort(1, 40)], "B": [ort(2, 120)], "C": [ort(3, 210)], "D": [ort(4, 30)]}
    z = rechne(orte, {"S": 1000.0, "A": 200.0, "B": 300.0, "C": 300.0, "D": 100.0})
    assert (z["S"].menge, z["S"].wert) == (400, 40)
    assert (z["A"].wert, z["A"].lage, z["A"].abstand) == (20, Versorgungslage.LUECKE, -40)
    assert (z["B"].wert, z["B"].lage, z["B"].abstand) == (40, Versorgungslage.WIE_STADT, 0)
    assert (z["C"].wert, z["C"].lage) == (70, Versorgungslage.MEHR)
    assert z["D"].lage is Versorgungslage.WIE_STADT  # not less than 75 %


def test_less_than_one_place_is_no_gap():
    z = rechne({"A": [ort(1, 0)], "B": [ort(2, 10)]}, {"S": 1000.0, "A": 90.0, "B": 910.0})
    assert z["A"].wert == 0
    assert z["A"].abstand == pytest.approx(-0.9)
    assert z["A"].lage is Versorgungslage.HIER_KEINE
    assert "weniger als eins" in z["A"].grund


def test_a_secret_group_gives_nothing_away():
    gruppen = {"S": 1000.0, "A": None, "B": 500.0, "C": 0.0}
    z = rechne({"A": [ort(1, 40)], "B": [ort(2, 40)]}, gruppen)
    assert (z["A"].wert, z["A"].abstand, z["A"].lage) == (None, None, Versorgungslage.OFFEN)
    assert "geheim" in z["A"].grund
    assert "null" in z["C"].grund
    assert z["D"].wert is None


def test_unknown_places_are_never_called_a_gap():
    z = rechne({"A": [ort(1, None)], "B": [ort(2, 100)]}, {"S": 1000.0, "A": 500.0, "B": 500.0})
    assert (z["A"].ohne_zahl, z["A"].lage) == (1, Versorgungslage.OFFEN)
    assert z["A"].grund == "Bei 1 Einrichtung fehlt die Zahl der Plätze."


def test_counting_places_nobody_needs_next_door():
    mass = attrs.evolve(MASS, zaehlt=Zaehlweise.ORTE, je=1000)
    z = rechne({"A": [ort(1, None), ort(2, None)], "B": []}, {"S": 1000.0, "A": 100.0, "B": 900.0}, mass)
    assert (z["A"].menge, z["A"].wert, z["A"].ohne_zahl) == (2, 20, 0)
    assert (z["A"].lage, z["B"].lage) == (Versorgungslage.MEHR, Versorgungslage.LUECKE)
    weit = rechne(
        {"A": [ort(1, 9)], "B": []}, {"S": 1000.0, "A": 100.0, "B": 900.0}, attrs.evolve(mass, wohnortnah=False)
    )
    assert {weit["A"].lage, weit["B"].lage} == {Versorgungslage.STADTWEIT}


def test_a_double_offer_needs_two_providers_and_the_same_people():
    a = ort(1, 50, traeger="Eins", alter_von=0, alter_bis=3)
    gleich = ort(2, 50, traeger="Zwei", alter_von=2, alter_bis=6)
    daneben = ort(3, 50, traeger="Zwei", alter_von=3, alter_bis=6)
    assert find_doppelte([a, gleich]) == ((a, gleich),)
    assert find_doppelte([a, daneben]) == ()
    assert find_doppelte([a, attrs.evolve(gleich, traeger="Eins")]) == ()
    assert find_doppelte([a, attrs.evolve(gleich, traeger="")]) == ()
    fremd = attrs.evolve(gleich, zielgruppe=("Ältere",))
    assert find_doppelte([attrs.evolve(a, zielgruppe=("Kinder",)), fremd]) == ()
    z = rechne({"A": [a, gleich], "B": [ort(4, 10)]}, {"S": 1000.0, "A": 100.0, "B": 900.0})
    assert z["A"].lage is Versorgungslage.DOPPELT


def test_nothing_in_the_town_is_no_gap_anywhere():
    z = rechne({}, {"S": 1000.0, "A": 500.0})
    assert (z["A"].lage, z["S"].lage) == (Versorgungslage.KEINE, Versorgungslage.KEINE)
    assert "In der ganzen Stadt ist dafür nichts verzeichnet." in z["A"].grund
    ungezaehlt = rechne({"A": [ort(1, None)]}, {"S": 1000.0, "A": 500.0, "B": 500.0})
    assert {ungezaehlt[g].lage for g in "SAB"} == {Versorgungslage.OFFEN}
