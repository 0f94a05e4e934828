"""Positions of Lindenrath fit its outlines, and two that are missing on purpose make what they touch an upper bound."""

from __future__ import annotations

from sozialtool import ablauf
from sozialtool.ablauf.entfernungen import build_entfernungen, find_lage, read_lageplan
from sozialtool.ablauf.ortspruefung import find_ortshinweise
from sozialtool.ablauf.versorgungsbild import list_masse
from sozialtool.fach.planung import Bestandsform, Einrichtung


def test_positions_lie_where_the_list_says(beispiel):
    with ablauf.open_projekt(beispiel.projekt, nur_lesen=True) as projekt:
        orte = projekt.read(Einrichtung)
        ohne = {e.schluessel for e in orte if find_lage(e) is None and e.form is not Bestandsform.ANGEBOT}
        assert ohne == {"SPI-05", "BER-03"}
        assert find_ortshinweise(projekt) == {}
        plan = read_lageplan(projekt)
        je = {m.schluessel: build_entfernungen(plan, m, orte, {}) for m in list_masse(projekt)}
    assert (plan.einheit, len(plan.flaechen), plan.grund) == ("Statistische Bezirke", 74, "")
    assert {name for name, bild in je.items() if bild.je[plan.stadt].hoechstens} == {"spielplatz", "familie"}
    assert all(set(bild.je) == {plan.stadt, *plan.raeume} for bild in je.values())
    # The map is about ten kilometres wide: nobody has it farther than across the town, nobody lives on the doorstep of everything.
    assert all(0 < e.mittel <= e.weiteste < 10_000 for bild in je.values() for e in bild.je.values())
