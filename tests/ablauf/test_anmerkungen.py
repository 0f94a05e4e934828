"""Which remarks of a department may stand in the method notes that everybody reads."""

from __future__ import annotations

import pytest

from sozialtool.ablauf.anmerkungen import is_harmless


@pytest.mark.parametrize(
    "text",
    [
        "Die beiden Familien sind mitgezählt", "darunter ein Mädchen", "einer wohnt in der Wohngruppe", "je eine Meldung fehlt",
        "Frau Müller ist umgezogen", "laut Herrn Beispiel", "dreizehn Fälle", "nur zwei Fälle", "in der Altstadt nachgemeldet", "darunter 3 Fälle",
    ],
)  # fmt: skip
def test_a_remark_that_counts_or_names_somebody_stays_inside(text):
    assert not is_harmless(text, ["altstadt"])


@pytest.mark.parametrize(
    "text",
    ["Ab 2026 ohne Zweitwohnsitz, § 27 BMG; Stichtag 31.12.2026", "Neues Fachverfahren, Frauen und Männer getrennt", "Schuljahr 2024/25"],
)  # fmt: skip
def test_a_remark_on_the_method_may_be_read_by_everybody(text):
    assert is_harmless(text, ["altstadt"])
