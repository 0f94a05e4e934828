"""Sentences: "deutlich" only when the interval says so."""

from __future__ import annotations

import pytest

from sozialtool.fach.messwert import Zeichen
from sozialtool.rechnen.worte import satz

from .ort import STADT, indikator, rechne


def sage(arm, ew, gebiet="R1", name="Hafenviertel", **angaben):
    ind = indikator(**angaben)
    zeilen = [("R1", "arm", 2024, arm), ("R1", "ew", 2024, ew), (STADT, "arm", 2024, 3000), (STADT, "ew", 2024, 30000)]
    return satz(rechne(zeilen, ind)["A", 2024, gebiet], ind, name)


def test_within_chance():
    assert sage(12, 73) == (
        "Hafenviertel: Armutsquote 16,4 % (12 von 73), Zufallsspanne 9,7 bis 26,6 %. "
        "Das ist etwas höher als in der Stadt (10,0 %), im Rahmen des Zufalls."
    )


def test_clearly_higher_and_lower():
    assert "Das ist deutlich höher als in der Stadt (10,0 %), das 2,0-Fache." in sage(400, 2000)
    assert "Das ist deutlich niedriger als in der Stadt (10,0 %)." in sage(50, 2000)
    mild = sage(260, 2000)
    assert "Das ist höher als in der Stadt (10,0 %), mehr als durch Zufall zu erwarten." in mild
    assert "deutlich" not in mild


def test_large_ratio_of_few_is_not_called_clear():
    assert "deutlich" not in sage(2, 10)
    assert "im Rahmen des Zufalls" in sage(2, 10)


def test_equal():
    assert sage(200, 2000).endswith("Das entspricht dem Wert der Stadt (10,0 %).")


def test_town_and_no_interval():
    assert sage(12, 73, STADT, "Stadt") == "Stadt: Armutsquote 10,0 % (3.000 von 30.000), Zufallsspanne 9,7 bis 10,3 %."
    assert sage(12, 73, nenner="", einheit="Personen", nachkommastellen=0).endswith(
        "Hafenviertel: Armutsquote 12 Personen. Der Wert der Stadt liegt bei 3.000 Personen."
    )


def test_a_count_is_said_as_share_of_the_town():
    ind = indikator(nenner="", einheit="Personen", nachkommastellen=0)
    zeilen = [("R1", "arm", 2024, 750), (STADT, "arm", 2024, 3000)]
    werte = rechne(zeilen, ind)
    assert satz(werte["A", 2024, "R1"], ind, "Hafenviertel", summe=True) == (
        "Hafenviertel: Armutsquote 750 Personen. Das sind 25,0 % der Stadt (3.000 Personen)."
    )
    assert satz(werte["A", 2024, STADT], ind, "Stadt", summe=True) == "Stadt: Armutsquote 3.000 Personen."


@pytest.mark.parametrize(("zeichen", "wort"), [("GEHEIM", "geheim"), ("FEHLT", "keine Zahl"), ("UNSICHER", "sicher")])
def test_reasons(zeichen, wort):
    text = sage(zeichen, 73)
    assert wort in text
    assert not any(ziffer.isdigit() for ziffer in text)


def test_every_reason_has_a_sentence():
    for zeichen in Zeichen:
        zeile = {"wert": None, "zeichen": zeichen}
        assert satz(zeile, indikator(), "Raum").startswith("Raum: ")
