"""Sums of money: few cases, dominance of one or two contributions, and what an attacker must not find out."""

from __future__ import annotations

import sys
from pathlib import Path

import attrs
import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from stadt import STADT_KEY, aggregate, build_gebiete, compute, frame_of, indikator

from sozialtool.fach.indikator import Intervallart
from sozialtool.fach.messwert import Merkmal, Merkmalart
from sozialtool.fach.raum import Gebiet
from sozialtool.geheimhaltung.auskunft import list_befunde, warum_gesperrt
from sozialtool.geheimhaltung.bestand import read_bestand
from sozialtool.geheimhaltung.dominanz import Betrag, demand_betrag, judge_betrag, read_betrag
from sozialtool.geheimhaltung.festhalten import freeze, thaw
from sozialtool.geheimhaltung.freigabe import freigeben
from sozialtool.geheimhaltung.werte import Bezug, Frueher, Grund, Ort, Regel

GEBIETE = build_gebiete(2, 2)
RAEUME = ("S00", "S01", "S10", "S11", "nz")
EURO = Merkmal(
    "euro", "Ausgaben", Merkmalart.SUMME, "€", mindestfallzahl=0, faelle="faelle", beitraege=("groesster", "zweiter")
)
FAELLE = Merkmal("faelle", "Fälle", einheit="Fälle")
GROESSTER, ZWEITER = (Merkmal(n, n.title(), Merkmalart.HOECHSTWERT, "€") for n in ("groesster", "zweiter"))
ALLE = (EURO, FAELLE, GROESSTER, ZWEITER)
P10 = Regel(dominanz={"euro": [0, 0, 10]}, stellen={"euro": "Jugendamt, § 65 SGB VIII"})
NK = Regel(dominanz={"euro": [2, 85, 0]})


def build(*raeume, **oben):
    """Per Sozialraum the single contributions; sums, cases and the two largest are made of them."""
    werte = {}
    for gebiet, beitraege in zip(RAEUME, raeume, strict=True):
        gross = [*sorted(beitraege, reverse=True), 0.0, 0.0]
        werte |= {
            (gebiet, "euro", 2025): float(sum(beitraege)), (gebiet, "faelle", 2025): float(len(beitraege)),
            (gebiet, "groesster", 2025): float(gross[0]), (gebiet, "zweiter", 2025): float(gross[1]),
        }  # fmt: skip
    summen = {k: w for k, w in werte.items() if k[1] in ("euro", "faelle")}
    einzeln = {k: w for k, w in werte.items() if k[1] not in ("euro", "faelle")} | oben
    return pl_concat(aggregate(summen, GEBIETE), frame_of(einzeln))


def pl_concat(*frames):
    return pl.concat(frames)


AUSGEWOGEN = [900.0] * 12
STADT = build([9000, 500, 300], AUSGEWOGEN, AUSGEWOGEN, AUSGEWOGEN, [700.0] * 5)
PAARE = [(indikator("A", "euro"), Bezug("A", {"euro": 1.0})), (indikator("F", "faelle"), Bezug("F", {"faelle": 1.0}))]


def gib(messwerte, regel, merkmale=ALLE, paare=PAARE, **mehr):
    indikatoren, bezuege = [i for i, _ in paare], [b for _, b in paare]
    kennzahlen = compute(messwerte, indikatoren, bezuege, GEBIETE)
    return freigeben(kennzahlen, messwerte, indikatoren, merkmale, GEBIETE, bezuege, regel=regel, **mehr)


def zahlen(tabelle, merkmal="euro"):
    return {g: w for g, m, w in tabelle.messwerte.select("gebiet", "merkmal", "wert").iter_rows() if m == merkmal}


def bestand_of(messwerte, merkmale=ALLE):
    return read_bestand(messwerte, merkmale, GEBIETE, [b for _, b in PAARE])


# --- the rules by themselves, worked by hand


@pytest.mark.parametrize(
    ("beitraege", "regel", "grund", "von", "bis"),
    [
        # 100 − 50 − 30 = 20 ≥ 10 % of 50: safe.
        ((50, 30, 20), P10, None, 0, 0),
        # 100 − 60 − 36 = 4 < 6; lacks 2, and 10 % of 100 stay open in any case.
        ((60, 36, 4), P10, Grund.DOMINANZ, 90, 110),
        # 96 % > 85 %; safe from 96 · 100/85 = 112,94 on.
        ((60, 36, 4), NK, Grund.DOMINANZ, 200 - 96 * 100 / 85, 96 * 100 / 85),
        ((45, 40, 10, 5), NK, None, 0, 0),
        # 85 % is allowed, a cent more is not.
        ((45.01, 40, 9.99, 5), NK, Grund.DOMINANZ, 90, 110),
        # p = 50: the second largest (5) knows the largest (80) to within 15: lacks 25 of 40.
        ((80, 5, 5, 5, 5), Regel(dominanz={"euro": [0, 0, 50]}), Grund.DOMINANZ, 50, 150),
        # Two cases: the Mindestfallzahl comes first.
        ((60, 40), P10, Grund.FALLZAHL, 90, 110),
        ((100,), Regel(), Grund.FALLZAHL, 90, 110),
        ((), P10, None, 0, 0),
    ],
)
def test_the_rules(beitraege, regel, grund, von, bis):
    bestand = bestand_of(build(beitraege, *[AUSGEWOGEN] * 4))
    ort = Ort("S00", "euro", 2025)
    assert judge_betrag(bestand, regel, ort) is grund
    if grund is not None:
        schutz = demand_betrag(bestand, regel, ort)
        assert (schutz.unten, schutz.oben) == pytest.approx((von, bis))


def test_the_largest_of_a_larger_area_are_those_of_its_parts():
    bestand = bestand_of(STADT)
    assert read_betrag(bestand, Ort("O0", "euro", 2025)).groesste == (9000, 900)
    assert read_betrag(bestand, Ort(STADT_KEY, "euro", 2025)).groesste == (9000, 900)
    # Delivered for the area itself goes before: one and the same in two areas is one contribution there.
    eigene = frame_of({("O0", "groesster", 2025): 9600.0, ("O0", "zweiter", 2025): 500.0})
    assert read_betrag(bestand_of(pl_concat(STADT, eigene)), Ort("O0", "euro", 2025)).groesste == (9600, 500)


def test_with_the_largest_alone_the_second_is_taken_as_large_as_it_can_be():
    betrag = Betrag(100.0, 9.0, 3, (40.0,))
    assert betrag.zweiter == 40
    assert betrag.sum_groesste(2) == 80
    assert Betrag(100.0, 9.0, 3, (70.0,)).zweiter == 30


# --- in a release


def test_a_dominated_sum_is_suppressed_and_cannot_be_computed_back():
    offen, zu = gib(STADT, Regel()), gib(STADT, P10)
    assert zahlen(offen)["S00"] == 9800
    werte = zahlen(zu)
    assert werte["S00"] is None
    rest = [werte[g] for g in (STADT_KEY, *RAEUME[1:])]
    assert None in rest, "town less the others would be the sum"
    (sperrung,) = [s for s in zu.protokoll if s.gebiet == "S00"]
    assert sperrung.intervall_von <= 9800 * 0.9
    assert sperrung.intervall_bis is None or sperrung.intervall_bis >= 9800 * 1.1
    text = warum_gesperrt(zu, "A", 2025, "S00")
    assert "fast ganz aus ein oder zwei Beiträgen" in text
    assert "verlangt von Jugendamt, § 65 SGB VIII" in text
    assert zahlen(zu, "faelle")["S00"] == 3


def test_a_neighbour_almost_as_sure_is_not_enough():
    """The partner of the pair is small: hiding it alone would leave the secret known to within 1 %; more must go."""
    klein = [10.0] * 9
    messwerte = build([9000, 500, 300], klein, AUSGEWOGEN, AUSGEWOGEN, [700.0] * 5)
    tabelle = gib(messwerte, P10)
    werte = zahlen(tabelle)
    assert werte["S00"] is None
    assert werte["O0"] is None, "9.890 less 90 at most would be 9.800 to 9.890"
    (sperrung,) = [s for s in tabelle.protokoll if s.gebiet == "S00"]
    assert (sperrung.intervall_bis or 1e9) - sperrung.intervall_von >= 0.2 * 9800


def test_few_cases_hide_the_sum_without_any_rule_of_the_source():
    tabelle = gib(build([400, 380], *[AUSGEWOGEN] * 3, [700.0] * 5), Regel())
    assert zahlen(tabelle)["S00"] is None
    assert zahlen(tabelle, "faelle")["S00"] is None
    assert "unter der Mindestfallzahl" in warum_gesperrt(tabelle, "A", 2025, "S00")


def test_single_contributions_are_never_shown():
    paare = [*PAARE, (indikator("G", "groesster"), Bezug("G", {"groesster": 1.0}))]
    tabelle = gib(STADT, Regel(), paare=paare)
    assert set(zahlen(tabelle, "groesster").values()) == {None}
    werte = {g: w for i, g, w in tabelle.kennzahlen.select("indikator", "gebiet", "wert").iter_rows() if i == "G"}
    assert set(werte.values()) == {None}
    assert "Beitrag eines Einzelnen" in warum_gesperrt(tabelle, "G", 2025, "S00")


def test_without_the_largest_only_the_cases_are_checked_and_the_planner_is_told():
    merkmale = (attrs.evolve(EURO, beitraege=()), FAELLE)
    tabelle = gib(STADT, P10, merkmale)
    assert zahlen(tabelle)["S00"] == 9800
    assert any("nur die Zahl der Fälle" in text for text in list_befunde(tabelle))


def test_without_anything_the_sum_stays_secret():
    merkmale = (attrs.evolve(EURO, beitraege=(), faelle=""), FAELLE)
    tabelle = gib(STADT, P10, merkmale)
    assert set(zahlen(tabelle).values()) == {None}
    assert any("der Betrag bleibt gesperrt" in text for text in list_befunde(tabelle))


def test_the_rule_travels_with_the_release():
    tabelle = gib(STADT, P10)
    gefroren = thaw(freeze(tabelle), "2024")
    assert gefroren.auftrag.gruende[Ort("S00", "euro", 2025)] is Grund.DOMINANZ
    neu = gib(STADT, P10, fruehere=[Frueher(gefroren)])
    assert zahlen(neu) == zahlen(tabelle)


@pytest.mark.parametrize("art", [Merkmalart.DURCHSCHNITT, Merkmalart.ANTEIL])
def test_the_average_of_one_case_is_that_case(art):
    """Delivered averages, with the number of cases behind each: of one or two cases none is shown."""
    mittel = Merkmal("mittel", "Durchschnitt", art, "€", faelle="faelle")
    faelle = dict(zip(RAEUME, (1.0, 30.0, 40.0, 2.0, 0.0), strict=True))
    daten = pl_concat(
        aggregate({(g, "faelle", 2025): w for g, w in faelle.items()}, GEBIETE),
        frame_of({(g.schluessel, "mittel", 2025): 700.0 + k for k, g in enumerate(GEBIETE)}),
    )
    paar = (indikator("M", "mittel"), Bezug("M", {"mittel": 1.0}))
    tabelle = gib(daten, Regel(), merkmale=(mittel, FAELLE), paare=[paar, PAARE[1]])
    werte = zahlen(tabelle, "mittel")
    assert [werte[g] is None for g in RAEUME] == [True, False, False, True, False]
    saetze = {g: w for i, g, w in tabelle.kennzahlen.select("indikator", "gebiet", "wert").iter_rows() if i == "M"}
    assert (saetze["S00"], saetze["S11"]) == (None, None)
    assert saetze[STADT_KEY] == 700.0
    nochmal = thaw(freeze(tabelle), "2025")
    assert Ort("S00", "mittel", 2025) in nochmal.gesperrt
    ohne = gib(daten, Regel(), merkmale=(attrs.evolve(mittel, faelle=""), FAELLE), paare=[paar, PAARE[1]])
    assert zahlen(ohne, "mittel")["S00"] is not None, "nobody says how many cases there are"


def test_the_years_of_one_person_are_her_age():
    """Nobody named the cases of the sum of all years, but the mean does: its denominator."""
    gebiete = [Gebiet(STADT_KEY, "Stadt", "stadt")] + [Gebiet(f"R{n}", "", "sozialraum", STADT_KEY) for n in range(3)]
    zahlen = {"ew": (1, 90, 130), "jahre": (84, 4000, 5600)}
    messwerte = aggregate({(f"R{n}", m, 2025): float(z[n]) for m, z in zahlen.items() for n in range(3)}, gebiete)
    mittel = [indikator("alter", "jahre", "ew", intervall=Intervallart.MITTELWERT)]
    bezuege = [Bezug("alter", {"jahre": 1.0}, {"ew": 1.0}, faktor=1.0)]
    merkmale = [Merkmal("ew", "Einwohner"), Merkmal("jahre", "Jahre", Merkmalart.SUMME, mindestfallzahl=0)]
    tabelle = freigeben(compute(messwerte, mittel, bezuege, gebiete), messwerte, mittel, merkmale, gebiete, bezuege)
    werte = {(g, m): w for g, m, w in tabelle.messwerte.select("gebiet", "merkmal", "wert").iter_rows()}
    assert werte["R0", "jahre"] is None
    assert sum(werte[f"R{n}", "jahre"] is None for n in range(3)) == 2
    assert werte[STADT_KEY, "jahre"] == 9684.0
