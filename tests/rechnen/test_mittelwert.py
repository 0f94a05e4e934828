"""Interval of a mean: published figures, where it comes from, and why there is none."""

from __future__ import annotations

import statistics

import pytest

from sozialtool import rechnen
from sozialtool.fach.aussage import Methode
from sozialtool.fach.indikator import Intervallart
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.raum import Gebiet
from sozialtool.geheimhaltung.freigabe import freigeben
from sozialtool.geheimhaltung.werte import Bezug
from sozialtool.rechnen.auswertung import Rahmen, evaluate
from sozialtool.rechnen.grenzen import find_grenzen, find_p_gegen
from sozialtool.rechnen.tverteilung import find_p_t, find_t

from .ort import GEBIETE, MERKMALE, STADT, indikator, rechne, verdichte

ZWEI = (GEBIETE[0], *(Gebiet(f"R{i}", f"Raum {i}", "sozialraum", STADT, reihenfolge=i) for i in (1, 2)))
DREI = (*ZWEI, Gebiet("R3", "Raum 3", "sozialraum", STADT, reihenfolge=3))


def mittel(**angaben):
    return indikator(**{
        "zaehler": "summe", "nenner": "ew", "faktor": 1.0, "einheit": "Jahre", "name": "Durchschnittsalter",
        "intervall": Intervallart.MITTELWERT, "streuung": "quadrate", "nachkommastellen": 1,
    } | angaben)  # fmt: skip


def menschen(gebiet, alter, jahr=2025, *, mit_quadraten=True):
    """Rows of a group of people of these ages."""
    zeilen = [(gebiet, "ew", jahr, len(alter)), (gebiet, "summe", jahr, sum(alter))]
    return [*zeilen, (gebiet, "quadrate", jahr, sum(a * a for a in alter))] if mit_quadraten else zeilen


@pytest.mark.parametrize(
    # Two-sided quantiles of Student's t as printed everywhere: NIST/SEMATECH e-Handbook, 1.3.6.7.2 (columns 0.975 and 0.999).
    ("freiheit", "t95", "t998"),
    [(29, 2.045, 3.396), (30, 2.042, 3.385), (40, 2.021, 3.307), (60, 2.000, 3.232), (100, 1.984, 3.174)],
)
def test_quantiles_of_t(freiheit, t95, t998):
    assert find_t(0.95, freiheit) == pytest.approx(t95, abs=6e-4)
    assert find_t(0.998, freiheit) == pytest.approx(t998, abs=6e-4)
    assert find_p_t(find_t(0.95, freiheit), freiheit) == pytest.approx(0.05)
    assert find_p_t(-find_t(0.998, freiheit), freiheit) == pytest.approx(0.002)
    assert find_t(0.95, 1e9) == pytest.approx(1.959963985)


def test_published_limits_from_a_delivered_mean():
    """NIST/SEMATECH e-Handbook, 1.3.5.2: 195 values, mean 9.261460, standard deviation 0.02278881 → 9.25824 … 9.26468."""
    ind = mittel(zaehler="alter", nenner="", streuung="abweichung", fallzahl="ew", nachkommastellen=5)
    geliefert = [(STADT, "alter", 2025, 9.261460), (STADT, "abweichung", 2025, 0.02278881), (STADT, "ew", 2025, 195)]
    zeile = rechne(geliefert, ind)["A", 2025, STADT]
    assert (zeile["wert"], zeile["nenner"]) == (9.261460, None)
    assert (round(zeile["unten"], 5), round(zeile["oben"], 5)) == (9.25824, 9.26468)


def test_published_limits_from_sums():
    """The same example, from what a register adds up."""
    n, m, s = 195, 9.261460, 0.02278881
    geliefert = [
        ("R1", "ew", 2025, n),
        ("R1", "summe", 2025, n * m),
        ("R1", "quadrate", 2025, (n - 1) * s * s + n * m * m),
    ]
    zeile = rechne(geliefert, mittel(nachkommastellen=6))["A", 2025, "R1"]
    assert (zeile["unten"], zeile["oben"]) == (pytest.approx(9.25824, abs=6e-6), pytest.approx(9.26468, abs=6e-6))
    # 99.9 % of the same table: 9.25601 … 9.26691
    k = Kennzahl.from_zeile(zeile.values())
    grenzen = find_grenzen(k, mittel(nachkommastellen=8), 0.999)
    assert grenzen == (pytest.approx(9.25601, abs=6e-6), pytest.approx(9.26691, abs=6e-6))


ALT, JUNG = [70, 80, 90] * 40, [5, 35, 50] * 40


def test_sums_of_areas_make_the_town():
    werte = rechne([*menschen("R1", ALT), *menschen("R2", JUNG)], mittel(), gebiete=ZWEI)
    alle = ALT + JUNG
    halb = find_t(0.95, len(alle) - 1) * statistics.stdev(alle) / len(alle) ** 0.5
    stadt = werte["A", 2025, STADT]
    assert (stadt["unten"], stadt["oben"]) == pytest.approx((stadt["wert"] - halb, stadt["wert"] + halb))
    assert [werte["A", 2025, f"R{i}"]["lage"] for i in (1, 2)] == [1, -2]


@pytest.mark.parametrize(
    "rohe",
    [
        menschen("R1", ALT, mit_quadraten=False),
        menschen("R1", ALT[:29]),
        [*menschen("R1", ALT, mit_quadraten=False), ("R1", "quadrate", 2025, "GEHEIM")],
        # Sum and squares of different people: their variance would be negative.
        [*menschen("R1", ALT, mit_quadraten=False), ("R1", "quadrate", 2025, 100)],
    ],
)
def test_no_limits_but_a_value(rohe):
    zeile = rechne(rohe, mittel())["A", 2025, "R1"]
    assert zeile["wert"] is not None
    assert (zeile["unten"], zeile["oben"], zeile["lage"]) == (None, None, None)


def test_people_of_one_age_have_no_spread():
    zeile = rechne(menschen("R1", [40.5] * 50), mittel())["A", 2025, "R1"]
    assert (zeile["unten"], zeile["oben"]) == (40.5, 40.5)


def test_beside_shares_and_rates():
    andere = (indikator(kennung="W"), indikator(kennung="Y", intervall=Intervallart.BYAR))
    rohe = [*menschen("R1", ALT), ("R1", "arm", 2025, 12)]
    allein = rechne(rohe, *andere)
    zusammen = rechne(rohe, andere[0], mittel(), andere[1])
    assert {ort: zeile for ort, zeile in zusammen.items() if ort[0] != "A"} == allein


def _evaluate(rohe, ind, jahr=2025):
    frame = rechne(rohe, ind, gebiete=ZWEI)
    werte = {}
    for (_, j, gebiet), zeile in frame.items():
        k = Kennzahl.from_zeile(zeile.values())
        gerundet = {f: None if getattr(k, f) is None else round(getattr(k, f), 1) for f in ("wert", "unten", "oben")}
        werte[gebiet, j] = k._replace(**gerundet)  # as they are released
    rahmen = Rahmen(ind, werte, ZWEI)
    return {zeile.gebiet.schluessel: zeile for zeile in evaluate(rahmen, jahr).gebiete}


def test_evaluation_says_what_a_mean_carries():
    frueher = menschen("R1", [a - 20 for a in ALT], 2020) + menschen("R2", JUNG, 2020)
    ergebnis = _evaluate([*frueher, *menschen("R1", ALT), *menschen("R2", JUNG)], mittel())
    eins = ergebnis["R1"]
    assert eins.aussagen[0].methode is Methode.MITTELWERT
    assert eins.aussagen[0].satz == (
        "Das Durchschnittsalter liegt im Sozialraum Raum 1 mit 80,0 Jahren über dem Stadtwert von 55,0 Jahren; die Fallzahl ist "
        "groß genug, um Zufall auszuschließen. Das Mittel aus 120 Werten; Zufallsspanne 78,5 bis 81,5 Jahre."
    )
    weit, eng = eins.sicher, (eins.kennzahl.unten, eins.kennzahl.oben)
    assert weit[0] < eng[0] < eng[1] < weit[1]
    assert eins.fuenfjahr.richtung == 1
    assert Methode.MITTEL_DIFFERENZ in {aussage.methode for aussage in eins.aussagen}
    assert (ergebnis["R2"].fuenfjahr.richtung, eins.geglaettet, eins.trend) == (0, None, None)
    stadt = next(g for g in eins.gegenueber if g.art.value == "Stadt")
    assert stadt.haelt


def test_evaluation_says_why_there_is_no_interval():
    def grund(rohe, ind):
        erste = _evaluate(rohe, ind)["R1"].aussagen[0]
        return erste.methode, erste.vorbehalte

    ohne = menschen("R1", ALT, mit_quadraten=False)
    assert grund(ohne, mittel(streuung="")) == (
        Methode.MITTELWERT_OHNE, ("Keine Zufallsspanne: Geliefert sind nur Summe und Anzahl.",)
    )  # fmt: skip
    assert "2025 nicht geliefert" in grund(ohne, mittel())[1][0]
    assert "weniger als 30 Werte" in grund(menschen("R1", ALT[:20]), mittel())[1][0]
    assert grund(menschen("R1", ALT), mittel(intervall=Intervallart.KEINES)) == (Methode.OHNE_SPANNE, ())


def test_rounding_only_widens():
    """The limits that leave the house are rounded; what is computed from them never claims more than the unrounded ones."""
    k = Kennzahl.from_zeile(rechne(menschen("R1", ALT), mittel())["A", 2025, "R1"].values())
    rund = k._replace(unten=round(k.unten, 1), oben=round(k.oben, 1))
    genau, weit = (find_grenzen(z, mittel(nachkommastellen=n), 0.998) for z, n in ((k, 12), (rund, 1)))
    assert weit[0] <= genau[0] < genau[1] <= weit[1]
    assert find_p_gegen(rund, mittel(), 83.0) >= find_p_gegen(k, mittel(nachkommastellen=12), 83.0)


def test_a_secret_area_takes_the_limits_of_its_year():
    """Limits tell the sum of squares; with one area secret it would follow from town and other areas."""
    rohe = [zeile for jahr in (2024, 2025) for zeile in (*menschen("R1", ALT, jahr), *menschen("R2", JUNG, jahr))]
    rohe += [*menschen("R3", JUNG, 2024), *menschen("R3", [40, 41], 2025)]
    basis = verdichte(rohe, gebiete=DREI).collect()
    zahlen = rechnen.compute_kennzahlen(basis.lazy(), rechnen.build_gebiete(DREI), [mittel()], MERKMALE).collect()
    tabelle = freigeben(zahlen, basis, [mittel()], MERKMALE, DREI, [Bezug("A", {"summe": 1.0}, {"ew": 1.0}, 1.0)])
    frei = {(z["gebiet"], z["jahr"]): z for z in tabelle.kennzahlen.to_dicts()}
    assert frei["R3", 2025]["wert"] is None
    assert frei["R1", 2024]["unten"] is not None
    assert frei["R1", 2024]["lage"] is not None
    for gebiet in ("R1", "R2", STADT):
        assert [frei[gebiet, 2025][name] for name in ("unten", "oben", "lage", "rang_von")] == [None] * 4
    assert "quadrate" not in set(tabelle.messwerte["merkmal"])
