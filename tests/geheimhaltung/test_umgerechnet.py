"""Figures converted to new boundaries: the share of a secret in them must not give it away."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from stadt import aggregate, build_gebiete, compute, indikator

from sozialtool.fach.messwert import Merkmal
from sozialtool.geheimhaltung.auskunft import warum_gesperrt
from sozialtool.geheimhaltung.festhalten import freeze, thaw
from sozialtool.geheimhaltung.freigabe import freigeben
from sozialtool.geheimhaltung.werte import Bezug, Frueher, Stueck

GEBIETE = build_gebiete(2, 2)
RAEUME = ("S00", "S01", "S10", "S11", "nz")
KIND = Merkmal("kind", "Kinder")
PAAR = ([indikator("A", "kind")], [Bezug("A", {"kind": 1.0})])
ALT = {"S00": 2.0, "S01": 130.0, "S10": 140.0, "S11": 150.0, "nz": 7.0}
W_BLEIBT, W_KOMMT = 0.6, 0.25
"""Share of the old S00 that stays in it; of the old S10 that comes to it."""
NEU = ALT | {
    "S00": W_BLEIBT * ALT["S00"] + W_KOMMT * ALT["S10"], "S10": (1 - W_KOMMT) * ALT["S10"] + (1 - W_BLEIBT) * ALT["S00"],
}  # fmt: skip
STUECKE = (
    Stueck("S00§alt", "S00"), Stueck("S00§alt", "S10"), Stueck("S10§alt", "S10"), Stueck("S10§alt", "S00"),
)  # fmt: skip


def gib(werte, **mehr):
    messwerte = aggregate({(g, "kind", 2025): w for g, w in werte.items()}, GEBIETE)
    kennzahlen = compute(messwerte, *PAAR, GEBIETE)
    return freigeben(kennzahlen, messwerte, PAAR[0], [KIND], GEBIETE, PAAR[1], **mehr)


def zahlen(tabelle):
    return {g: w for g, m, w in tabelle.messwerte.select("gebiet", "merkmal", "wert").iter_rows() if m == "kind"}


def angriff(davor, danach):
    """What the old S00 was, from the new S10 and the old one; None if that cannot be computed."""
    if davor["S10"] is None or danach["S10"] is None:
        return None
    return (danach["S10"] - (1 - W_KOMMT) * davor["S10"]) / (1 - W_BLEIBT)


def test_a_share_of_a_secret_makes_the_converted_figure_secret():
    alt = gib(ALT)
    davor = zahlen(alt)
    assert davor["S00"] is None
    if davor["S10"] is None:
        raise AssertionError("the case needs an old figure that was shown")
    grenzen = {"S00": "S00§alt", "S10": "S10§alt"}
    ohne = gib(NEU, fruehere=[Frueher(thaw(freeze(alt), "2024"), grenzen)])
    assert round(angriff(davor, zahlen(ohne)), 6) == 2, "without the pieces nobody sees the connection"
    mit = gib(NEU, fruehere=[Frueher(thaw(freeze(alt), "2024"), grenzen, STUECKE)])
    assert angriff(davor, zahlen(mit)) is None
    assert zahlen(mit)["S00"] is None
    assert "enthält eine geheime Zahl" in warum_gesperrt(mit, "A", 2025, "S10")


def test_the_converted_figure_does_not_follow_by_subtraction_either():
    alt = gib(ALT)
    grenzen = {"S00": "S00§alt", "S10": "S10§alt"}
    werte = zahlen(gib(NEU, fruehere=[Frueher(thaw(freeze(alt), "2024"), grenzen, STUECKE)]))
    for ganzes, teile in (("O1", ["S10", "S11"]), ("O0", ["S00", "S01"])):
        offen = [g for g in (ganzes, *teile) if werte[g] is None]
        assert len(offen) > 1, (ganzes, werte)


def test_where_no_secret_is_in_it_a_converted_figure_is_shown():
    gross = ALT | {"S00": 92.0}
    alt = gib(gross)
    neu = gross | {"S00": 0.6 * 92 + 0.25 * 140, "S10": 0.75 * 140 + 0.4 * 92}
    grenzen = {"S00": "S00§alt", "S10": "S10§alt"}
    werte = zahlen(gib(neu, fruehere=[Frueher(thaw(freeze(alt), "2024"), grenzen, STUECKE)]))
    assert None not in werte.values()
