"""Titles of charts over the years judge a change as the sentence beside them does."""

from __future__ import annotations

import attrs
import pytest

from sozialtool.ausgabe.verlaufssatz import say_verlauf
from sozialtool.fach.auswertung import Gebietsauswertung, Trend
from sozialtool.fach.indikator import Indikator, Intervallart
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.rechnen.worte import satz_trend
from tests.ausgabe.bau import baue_bericht

QUOTE = Indikator(
    "A07", "Quote", "Armut", einheit="%", zaehler="a", nenner="b", faktor=100, intervall=Intervallart.WILSON
)
STEIGT, SINKT, NICHTS = (
    Trend(2023, 2025, 3, 0.5, 9.0, 0.01),
    Trend(2023, 2025, 3, -0.5, 9.0, 0.01),
    Trend(2023, 2025, 3, 0.1, 0.1, 0.8),
)


@attrs.frozen
class Zahlen:
    zeilen: dict

    def get(self, kennung, jahr, gebiet):
        return self.zeilen.get(jahr)


@attrs.frozen
class Auswerter:
    trend: Trend | None

    def find(self, kennung, gebiet):
        return Gebietsauswertung(None, None, trend=self.trend)


@attrs.frozen
class Bank:
    zahlen: Zahlen
    auswerter: Auswerter
    bericht: object


def titel(paare, trend=None, ind=QUOTE):
    """Take year → (numerator, denominator)."""
    leer = dict.fromkeys(Kennzahl._fields)
    zeilen = {
        jahr: Kennzahl(**(leer | {"indikator": "A07", "jahr": jahr, "wert": x / n * 100, "zaehler": x, "nenner": n}))
        for jahr, (x, n) in paare.items()
    }
    return say_verlauf(Bank(Zahlen(zeilen), Auswerter(trend), baue_bericht()), ind, sorted(paare), ())


@pytest.mark.parametrize(
    ("paare", "trend", "ende"),
    [
        ({2023: (208, 1000), 2025: (211, 1000)}, NICHTS, "von 20,8 auf 21,1 %, etwas höher, im Rahmen des Zufalls"),
        ({2023: (211, 1000), 2025: (208, 1000)}, None, "von 21,1 auf 20,8 %, etwas niedriger, im Rahmen des Zufalls"),
        ({2023: (208, 1000), 2025: (408, 1000)}, STEIGT, "von 20,8 auf 40,8 % gestiegen"),
        ({2023: (408, 1000), 2025: (208, 1000)}, None, "von 40,8 auf 20,8 % gesunken"),
        ({2023: (208, 1000), 2025: (408, 1000)}, NICHTS, "von 20,8 auf 40,8 %, ohne klare Richtung"),
        ({2023: (208, 1000), 2025: (211, 1000)}, STEIGT, "von 20,8 auf 21,1 %, über die Jahre steigend"),
        ({2023: (208, 1000), 2025: (211, 1000)}, SINKT, "von 20,8 auf 21,1 %, ohne klare Richtung"),
        ({2023: (208, 1000), 2025: (208, 1000)}, NICHTS, "unverändert bei 20,8 %"),
    ],
)  # fmt: skip
def test_a_title_says_risen_only_beyond_chance(paare, trend, ende):
    assert titel(paare, trend) == f"Quote: stadtweit 2023 bis 2025 {ende}"
    if trend is NICHTS:
        assert "keine klare Richtung" in satz_trend(trend, QUOTE)
        assert "gestiegen" not in titel(paare, trend)


def test_complete_counts_have_no_chance():
    paare = {2023: (208, 1000), 2025: (211, 1000)}
    voll = attrs.evolve(QUOTE, intervall=Intervallart.KEINES)
    assert titel(paare, None, voll).endswith("von 20,8 auf 21,1 % gestiegen")
