"""Every stored class has its place in the Übergabe: what is not written there is lost to a successor without this program."""

from __future__ import annotations

from collections import Counter

from sozialtool.ablauf.uebergabeplan import PLAN
from sozialtool.orte import find_mangel
from sozialtool.projekt.tabellen import GESPEICHERT


def test_every_stored_class_has_one_place_in_the_uebergabe():
    """A new class: please add it to `ablauf.uebergabeplan.PLAN` with a sheet and a German sentence."""
    anzahl = Counter(klasse for teil in PLAN for klasse in teil.blaetter)
    assert {klasse.__name__ for klasse in GESPEICHERT} == {klasse.__name__ for klasse in anzahl}
    assert set(anzahl.values()) == {1}


def test_names_of_workbooks_and_sheets_are_those_of_excel():
    for teil in PLAN:
        assert not find_mangel(f"{teil.stamm}.xlsx")
        namen = [name for name, _ in teil.blaetter.values()]
        assert len({name.casefold() for name in namen}) == len(namen)
        assert all(len(name) <= 31 and was.endswith(".") for name, was in teil.blaetter.values())
