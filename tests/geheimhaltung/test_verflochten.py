"""What earlier releases disclose only by several relations together is named like anything else that is known already."""

from __future__ import annotations

import sys
from pathlib import Path

import attrs

sys.path.insert(0, str(Path(__file__).parent))

from stadt import STADT_KEY, aggregate, compute, indikator

from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet
from sozialtool.geheimhaltung.auskunft import list_bekannte
from sozialtool.geheimhaltung.bestand import Bestand
from sozialtool.geheimhaltung.festhalten import freeze, thaw
from sozialtool.geheimhaltung.freigabe import freigeben
from sozialtool.geheimhaltung.werte import Bekannt, Bezug, Frueher, Grund, Ort
from sozialtool.geheimhaltung.worte import describe_bekannt

GEBIETE = [
    Gebiet(STADT_KEY, "Stadt", "stadt"),
    *(Gebiet(f"S{k}", f"Raum {k}", "sozialraum", STADT_KEY) for k in range(3)),
]
TEILE = {"a": (3, 20, 31), "b": (2, 25, 36), "c": (4, 30, 41)}
SUMMEN = {"x": "a + b", "y": "b + c", "z": "a + c"}
MERKMALE = [Merkmal(m, m.upper()) for m in TEILE] + [Merkmal(m, m.upper(), summe_aus=s) for m, s in SUMMEN.items()]


def gib(namen, mindestfallzahl, fruehere=()):
    werte = {(f"S{k}", m, 2025): float(w) for m, reihe in TEILE.items() for k, w in enumerate(reihe)}
    for k in range(3):
        for m, summe in SUMMEN.items():
            werte[f"S{k}", m, 2025] = sum(werte[f"S{k}", teil, 2025] for teil in summe.split(" + "))
    merkmale = [attrs.evolve(m, mindestfallzahl=mindestfallzahl) for m in MERKMALE]
    messwerte = aggregate(werte, GEBIETE)
    indikatoren, bezuege = [indikator(m, m) for m in namen], [Bezug(m, {m: 1.0}) for m in namen]
    kennzahlen = compute(messwerte, indikatoren, bezuege, GEBIETE)
    return freigeben(kennzahlen, messwerte, indikatoren, merkmale, GEBIETE, bezuege, fruehere=fruehere)


def test_three_sums_shown_before_give_three_small_counts():
    """a + b = 5, b + c = 6, a + c = 7 went out without any rule: no single one of them tells a, all three do."""
    vorher = Frueher(thaw(freeze(gib("xyz", 0)), "Monitoring 2025 vom 1. März"))
    tabelle = gib("axyz", 5, [vorher])
    saetze = list_bekannte(tabelle)
    assert any(satz.startswith("A, Raum 0, 2025") for satz in saetze)
    assert all("Monitoring 2025 vom 1. März" in satz for satz in saetze)
    zahlen = {(m["gebiet"], m["merkmal"]): m["wert"] for m in tabelle.messwerte.to_dicts()}
    assert zahlen["S0", "a"] is None, "known or not, it is not shown once more"
    assert zahlen["S1", "a"] == 20


def test_what_is_known_already_is_named_in_words():
    """Neither an inner key nor half a sentence: rests of an Indikator, of a group and of a part, corrected ones too."""
    bestand = Bestand({}, {m.schluessel: m for m in MERKMALE}, {g.schluessel: g for g in GEBIETE}, {})
    orte = [Ort("S0", m, 2024) for m in ("a§Monitoring 2024", "~a", "~+a+x:-1", "~#E02", "#E02:z", "~weg")]
    saetze = describe_bekannt([Bekannt(ort, Grund.FALLZAHL, ("Monitoring 2024",)) for ort in orte], bestand)
    assert [satz.partition(", Raum 0, 2024: ")[0] for satz in saetze] == [
        "A",
        "Der Rest zum Ganzen von A",
        "A und X, nicht geliefert",
        "Der Rest zum Ganzen beim Indikator E02",
        "Zähler oder Nenner des Indikators E02",
        "Eine Summe oder ein Rest",
    ]
    assert all("(Monitoring 2024)" in satz and "Mindestfallzahl prüfen" in satz for satz in saetze)
