"""The lowest level that a source lets out: nothing below it leaves, and nothing below it can be computed."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from stadt import STADT_KEY, aggregate, build_gebiete, compute, indikator

from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet
from sozialtool.geheimhaltung.auskunft import erklaere, warum_gesperrt
from sozialtool.geheimhaltung.festhalten import freeze, thaw
from sozialtool.geheimhaltung.freigabe import freigeben
from sozialtool.geheimhaltung.werte import Bezug, Frueher, Ort, Regel, Stueck

EW, ALO, LEISTUNG, ZUSAMMEN = (
    Merkmal("ew", "Einwohner"), Merkmal("alo", "Arbeitslose", teil_von="ew"),
    Merkmal("leistung", "Leistungsbezug", teil_von="ew"),
    Merkmal("zusammen", "Arbeitslose und Leistungsbezug", summe_aus="alo + leistung"),
)  # fmt: skip
RAEUME = ["S00", "S01", "S10", "S11"]
GEBIETE = [*build_gebiete(2, 2), *(Gebiet(f"B{r}{k}", f"Bezirk {r}{k}", "bezirk", r) for r in RAEUME for k in "ab")]
BEZIRKE = [g.schluessel for g in GEBIETE if g.ebene == "bezirk"]
AB_SOZIALRAUM = ["sozialraum", "ortsteil", "stadt"]
REGEL = Regel(ebenen={"alo": AB_SOZIALRAUM}, stellen={"alo": "Statistik der BA, Datenlieferungsvertrag"})


def blaetter(**werte):
    """Counts per Bezirk and "nicht zuzuordnen"."""
    return {(g, m, 2025): float(w) for m, liste in werte.items() for g, w in zip([*BEZIRKE, "nz"], liste, strict=True)}


EINWOHNER = [400 + 11 * k for k in range(8)] + [37]
ARBEITSLOSE = [40, 55, 61, 38, 47, 52, 66, 71, 9]
LEISTUNGEN = [81, 92, 77, 103, 88, 95, 90, 110, 12]
DATEN = blaetter(ew=EINWOHNER, alo=ARBEITSLOSE, leistung=LEISTUNGEN)
INDIKATOREN = [indikator("A", "alo", "ew"), indikator("L", "leistung", "ew")]
BEZUEGE = [Bezug("A", {"alo": 1.0}, {"ew": 1.0}), Bezug("L", {"leistung": 1.0}, {"ew": 1.0})]


def gib(daten=DATEN, *, gebiete=GEBIETE, merkmale=(EW, ALO, LEISTUNG), extra=(), regel=REGEL, **mehr):
    indikatoren = [*INDIKATOREN, *(i for i, _ in extra)]
    bezuege = [*BEZUEGE, *(b for _, b in extra)]
    messwerte = aggregate(daten, gebiete)
    return freigeben(
        compute(messwerte, indikatoren, bezuege, gebiete), messwerte, indikatoren, merkmale, gebiete, bezuege,
        regel=regel, **mehr,
    )  # fmt: skip


def zahlen(tabelle):
    return {
        (g, m): w for g, m, s, w in tabelle.messwerte.select("gebiet", "merkmal", "stand", "wert").iter_rows()
        if s.year == 2025
    }  # fmt: skip


def quoten(tabelle):
    return {(i, g): w for i, g, w in tabelle.kennzahlen.select("indikator", "gebiet", "wert").iter_rows()}


def test_nothing_below_the_level_is_shown_and_everything_above_is():
    tabelle = gib()
    werte, saetze = zahlen(tabelle), quoten(tabelle)
    for bezirk in BEZIRKE:
        assert werte[bezirk, "alo"] is None
        assert saetze["A", bezirk] is None
        assert werte[bezirk, "leistung"] is not None, "the rule is one source's"
    for gebiet in [*RAEUME, "O0", "O1", "nz", STADT_KEY]:
        assert werte[gebiet, "alo"] is not None
        assert saetze["A", gebiet] is not None
    zeile = tabelle.kennzahlen.filter(
        (tabelle.kennzahlen["indikator"] == "A") & (tabelle.kennzahlen["gebiet"] == "BS00a")
    )
    assert zeile.select("zaehler", "wert", "unten", "oben", "rang", "verhaeltnis").row(0) == (None,) * 6
    text = warum_gesperrt(tabelle, "A", 2025, "BS00a")
    assert "erst von größeren Gebieten" in text
    assert "verlangt von Statistik der BA, Datenlieferungsvertrag" in text
    assert "verlangt von Statistik der BA" in " ".join(erklaere(tabelle, "A", 2025, "BS00a"))


def test_without_the_rule_all_of_it_is_shown():
    werte = zahlen(gib(regel=Regel()))
    assert all(werte[bezirk, "alo"] is not None for bezirk in BEZIRKE)


def test_only_the_town():
    werte = zahlen(gib(regel=Regel(ebenen={"alo": ["stadt"]})))
    assert werte[STADT_KEY, "alo"] is not None
    # "nicht zuzuordnen" is on the level of the Sozialräume.
    assert all(werte[g, "alo"] is None for g in [*RAEUME, "O0", "nz", *BEZIRKE])


def test_no_sum_gives_it_away():
    """A sum with another source's figure, shown beside that: the difference is the figure below the level."""
    summe = (indikator("Z", "alo + leistung"), Bezug("Z", {"alo": 1.0, "leistung": 1.0}))
    offen, zu = gib(extra=[summe], regel=Regel()), gib(extra=[summe])

    def angriff(tabelle):
        z, teil = quoten(tabelle)["Z", "BS00a"], zahlen(tabelle)["BS00a", "leistung"]
        return None if z is None or teil is None else z - teil

    assert angriff(offen) == 40
    assert angriff(zu) is None
    assert quoten(zu)["Z", "S00"] is not None


def test_no_defined_sum_gives_it_away():
    """The sum is delivered under a name of its own, without any rule; one of the two figures beside it has to go."""
    daten = DATEN | blaetter(zusammen=[a + b for a, b in zip(ARBEITSLOSE, LEISTUNGEN, strict=True)])
    mehr = {
        "daten": daten,
        "merkmale": (EW, ALO, LEISTUNG, ZUSAMMEN),
        "extra": [(indikator("Z", "zusammen"), Bezug("Z", {"zusammen": 1.0}))],
    }

    def angriff(tabelle):
        werte = zahlen(tabelle)
        z, teil = werte["BS00a", "zusammen"], werte["BS00a", "leistung"]
        return None if z is None or teil is None else z - teil

    assert angriff(gib(**mehr, regel=Regel())) == 40
    assert angriff(gib(**mehr)) is None


def test_an_area_that_is_all_of_a_sozialraum_costs_nothing():
    gebiete = [g for g in GEBIETE if g.schluessel != "BS00b"]
    daten = {ort: w for ort, w in DATEN.items() if ort[0] != "BS00b"}
    tabelle = gib(daten, gebiete=gebiete)
    werte = zahlen(tabelle)
    assert werte["BS00a", "alo"] is None
    assert werte["S00", "alo"] == 40
    assert not any(s.gebiet.startswith("B") and s.merkmal == "alo" for s in tabelle.protokoll)


def test_moved_boundaries_do_not_give_the_piece_away():
    """One Bezirk goes to the other Sozialraum: the difference of two releases would be its figure."""
    ohne = {"veroeffentlichte_ebenen": ["sozialraum", "ortsteil", "stadt"]}
    verschoben = [
        Gebiet("BS00b", "Bezirk S00b", "bezirk", "S01") if g.schluessel == "BS00b" else g for g in GEBIETE
    ]  # fmt: skip
    alt = gib(**ohne)
    stuecke = (
        Stueck("S00§alt", "S00", ("BS00a",)), Stueck("S00§alt", "S01", ("BS00b",)), Stueck("S01§alt", "S01", ("BS01a", "BS01b")),
    )  # fmt: skip

    def neu(regel):
        frueher = Frueher(thaw(freeze(alt), "2024"), {"S00": "S00§alt", "S01": "S01§alt"}, stuecke)
        return zahlen(gib(gebiete=verschoben, fruehere=[frueher], regel=regel, **ohne))

    davor = zahlen(alt)
    for regel, erwartet in ((Regel(), 55), (REGEL, None)):
        danach = neu(regel)
        rest = None if danach["S00", "alo"] is None else davor["S00", "alo"] - danach["S00", "alo"]
        assert rest == erwartet
    assert neu(REGEL)["S10", "alo"] is not None


def test_what_went_out_before_the_rule_is_not_shown_again():
    alt = gib(regel=Regel())
    werte = zahlen(gib(fruehere=[Frueher(thaw(freeze(alt), "2024"))]))
    assert werte["BS00a", "alo"] is None
    assert werte["S00", "alo"] == 95


def test_the_rule_travels_with_the_release():
    gefroren = thaw(freeze(gib()), "2025")
    assert gefroren.auftrag.regel.allows("alo", "sozialraum")
    assert not gefroren.auftrag.regel.allows("alo", "bezirk")
    assert Ort("BS00a", "alo", 2025) in gefroren.gesperrt
    assert Ort("BS00a", "alo", 2025) in gefroren.auftrag.unten


def test_a_small_count_below_the_level_is_as_safe_as_any():
    werte = zahlen(gib(DATEN | {("BS00a", "alo", 2025): 2.0}))
    assert werte["BS00a", "alo"] is None
    assert werte["S00", "alo"] is not None
    # The one person of the first Bezirk would know the second.
    allein = zahlen(gib(DATEN | {("BS00a", "alo", 2025): 1.0}))
    assert allein["S00", "alo"] is None


def test_a_small_rest_of_the_town_below_the_level_does_not_follow_from_the_ortsteile():
    """Two of nobody's area: town less Ortsteile. The rule shows both of these, and hides the two as too low, not as too few."""
    tabelle = gib(DATEN | {("nz", "alo", 2025): 2.0}, regel=Regel(ebenen={"alo": ["ortsteil", "stadt"]}))
    werte = zahlen(tabelle)
    assert werte["nz", "alo"] is None
    assert None in (werte["O0", "alo"], werte["O1", "alo"], werte[STADT_KEY, "alo"])
    gross = zahlen(gib(regel=Regel(ebenen={"alo": ["ortsteil", "stadt"]})))
    assert None not in (gross["O0", "alo"], gross["O1", "alo"], gross[STADT_KEY, "alo"])
