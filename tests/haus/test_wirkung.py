"""Every stored class is decided: can it change the Monitoring that was written, or not?"""

from __future__ import annotations

from sozialtool.ablauf.wirkung import MIT_WIRKUNG, OHNE_WIRKUNG
from sozialtool.projekt.tabellen import GESPEICHERT


def test_every_stored_class_has_an_effect_on_the_monitoring_or_none():
    """A new class: please add it to one of the two sets of `ablauf.wirkung`; does `vorlegen.ausgeben` read it?"""
    assert {klasse.__name__ for klasse in GESPEICHERT} == {klasse.__name__ for klasse in MIT_WIRKUNG | OHNE_WIRKUNG}
    assert not MIT_WIRKUNG & OHNE_WIRKUNG
