"""Random hierarchies and tables: whatever is released, no secret cell is exact, for nobody and for no insider.

The attacker here has no solver and shares no code with the product: bounds are passed along every relation until nothing
new comes (`angreifer.py`).
"""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from angreifer import Tabellenangreifer
from stadt import STADT_KEY, aggregate, compute, indikator

from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet
from sozialtool.geheimhaltung.freigabe import freigeben
from sozialtool.geheimhaltung.werte import Bezug

N = 3


@st.composite
def staedte(draw):
    """Two to four Ortsteile of one to four areas each, "nicht zuzuordnen", a group of two or three and a part of one of them."""
    gebiete = [Gebiet(STADT_KEY, "Stadt", "stadt")]
    for o, anzahl in enumerate(draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))):
        gebiete.append(Gebiet(f"O{o}", f"Ortsteil {o}", "ortsteil", STADT_KEY))
        gebiete += [Gebiet(f"S{o}{s}", f"Raum {o}{s}", "sozialraum", f"O{o}") for s in range(anzahl)]
    gebiete.append(Gebiet("nz", "nicht zuzuordnen", "sozialraum", STADT_KEY))
    gruppe = [f"g{n}" for n in range(draw(st.integers(2, 3)))]
    merkmale = [Merkmal("ew", "Einwohner"), *(Merkmal(g, g, teil_von="ew", gruppe="alter") for g in gruppe)]
    merkmale += [Merkmal("teil", "Teil", teil_von="g0")]
    blaetter = {}
    zahl = st.one_of(st.integers(0, 4), st.integers(0, 60), st.integers(20, 400))
    for gebiet in gebiete:
        if gebiet.ebene == "sozialraum":
            werte = {g: draw(zahl) for g in gruppe}
            werte["teil"] = draw(st.integers(0, werte["g0"]))
            werte["ew"] = sum(werte[g] for g in gruppe)
            blaetter |= {(gebiet.schluessel, m, 2025): float(w) for m, w in werte.items()}
    return gebiete, merkmale, blaetter


def release(stadt):
    gebiete, merkmale, blaetter = stadt
    messwerte = aggregate(blaetter, gebiete)
    teile = merkmale[1:]
    indikatoren = [indikator(f"I{m.schluessel}", m.schluessel, m.teil_von) for m in teile]
    bezuege = [Bezug(f"I{m.schluessel}", {m.schluessel: 1.0}, {m.teil_von: 1.0}) for m in teile]
    kennzahlen = compute(messwerte, indikatoren, bezuege, gebiete)
    tabelle = freigeben(kennzahlen, messwerte, indikatoren, merkmale, gebiete, bezuege)
    wahr = {(g, m, 2025): w for g, m, w in messwerte.select("gebiet", "merkmal", "wert").iter_rows()}
    return tabelle, bezuege, wahr


def attack(tabelle, stadt, bezuege, wissen=None):
    gebiete, merkmale, _ = stadt
    angreifer = Tabellenangreifer(tabelle, gebiete, merkmale, bezuege)
    for ort, wert in (wissen or {}).items():
        angreifer.grenzen[ort] = [wert, wert]
    return angreifer.run()


def umfasst(eine, andere, gebiete, merkmale):
    """Whether one cell is part of the other: whoever is in the part is in the whole."""
    oben = {g.schluessel: g.teil_von for g in gebiete}
    ganz = {m.schluessel: m.teil_von for m in merkmale}

    def kette(start, stufen):
        while start:
            yield start
            start = stufen.get(start, "")

    return (andere[0] in kette(eine[0], oben) or andere[0] == STADT_KEY) and andere[1] in kette(eine[1], ganz)


@settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, phases=[Phase.generate]
)
@given(stadt=staedte())
def test_no_secret_cell_is_exact(stadt):
    gebiete, merkmale, _ = stadt
    tabelle, bezuege, wahr = release(stadt)
    geheim = [ort for ort, wert in wahr.items() if 0 < wert < N]
    gezeigt = {
        (g, m, 2025): w
        for g, m, w in tabelle.messwerte.select("gebiet", "merkmal", "wert").iter_rows()
        if w is not None
    }
    assert not set(geheim) & set(gezeigt)
    assert all(wahr[ort] == wert for ort, wert in gezeigt.items())
    grenzen = attack(tabelle, stadt, bezuege)
    for ort in geheim:
        von, bis = grenzen[ort]
        assert von < bis, ort
    for einziger in [ort for ort in geheim if wahr[ort] == 1]:
        wissend = attack(tabelle, stadt, bezuege, {einziger: 1.0})
        for ort in geheim:
            verwandt = umfasst(ort, einziger, gebiete, merkmale) or umfasst(einziger, ort, gebiete, merkmale)
            if ort != einziger and not verwandt:
                von, bis = wissend[ort]
                assert bis > von, (ort, einziger)


def test_the_attacker_of_this_test_can_win():
    """Without secondary suppression the same attacker finds the secret."""
    gebiete = [Gebiet(STADT_KEY, "Stadt", "stadt"), Gebiet("O0", "O", "ortsteil", STADT_KEY)]
    gebiete += [Gebiet(f"S0{n}", f"Raum {n}", "sozialraum", "O0") for n in range(2)]
    merkmale = [Merkmal("ew", "Einwohner"), Merkmal("teil", "Teil", teil_von="ew")]
    blaetter = {
        ("S00", "ew", 2025): 90.0,
        ("S01", "ew", 2025): 80.0,
        ("S00", "teil", 2025): 2.0,
        ("S01", "teil", 2025): 9.0,
    }
    messwerte = aggregate(blaetter, gebiete)

    class Naiv:
        kennzahlen = compute(messwerte, [], [], gebiete)

    Naiv.messwerte = messwerte.with_columns(wert=messwerte["wert"].map_elements(lambda w: None if w == 2 else w))
    grenzen = Tabellenangreifer(Naiv, gebiete, merkmale, []).run()
    assert grenzen["S00", "teil", 2025] == (2.0, 2.0)
