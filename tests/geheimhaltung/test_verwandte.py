"""Figures that are shown nowhere, and what the rest says about them: each of these towns gave a small count away once."""

from __future__ import annotations

import itertools
import random

import attrs
import polars as pl
import pytest
from stadt import STADT_KEY, aggregate, compute, indikator

from sozialtool.fach.messwert import Merkmal, Vermerk, Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fehler import GeheimhaltungsFehler
from sozialtool.geheimhaltung import auswahl, freigabe, zeitsummen
from sozialtool.geheimhaltung.aufbau import build_aufbau
from sozialtool.geheimhaltung.festhalten import Auswahl, freeze, thaw
from sozialtool.geheimhaltung.freigabe import freigeben
from sozialtool.geheimhaltung.tabelle import look_inside
from sozialtool.geheimhaltung.werte import Bezug, Frueher, Ort

GEBIETE = [
    Gebiet(STADT_KEY, "Stadt", "stadt"),
    *(Gebiet(f"R{n}", f"Raum {n}", "sozialraum", STADT_KEY) for n in range(3)),
]
EW = Merkmal("ew", "Einwohner")
ALTER = [Merkmal(f"a{n}", f"Alter {n}", teil_von="ew", gruppe="alter") for n in range(2)]
DRITTES = Merkmal("a2", "Alter 2", teil_von="ew", gruppe="alter")
JUNG = Merkmal("jung", "Jung", summe_aus="a0 + a1")


def tafel(zahlen, jahre=(2025,)):
    """Figures of the three areas by Merkmal: one list of three per year."""
    return aggregate(
        {
            (f"R{n}", m, jahr): float(reihe[n])
            for m, reihen in zahlen.items()
            for jahr, reihe in zip(jahre, reihen, strict=True)
            for n in range(3)
        },
        GEBIETE,
    )


def gib_frei(messwerte, merkmale, formeln, fruehere=(), **mehr):
    """Release indicators given as (Zähler, Nenner, Jahre)."""
    namen = [(f"I{n}", *formel) for n, formel in enumerate(formeln)]
    indikatoren = [indikator(k, " + ".join(z), " + ".join(n), jahre=j) for k, z, n, j in namen]
    bezuege = [Bezug(k, dict.fromkeys(z, 1.0), dict.fromkeys(n, 1.0), jahre=j) for k, z, n, j in namen]
    kennzahlen = compute(messwerte, indikatoren, bezuege, GEBIETE)
    return freigeben(kennzahlen, messwerte, indikatoren, merkmale, GEBIETE, bezuege, fruehere=fruehere, **mehr)


def gezeigt(tabelle, merkmal, jahr=2025):
    spalten = tabelle.messwerte.filter((pl.col("merkmal") == merkmal) & (pl.col("stand").dt.year() == jahr))
    return {g for g, w in spalten.select("gebiet", "wert").iter_rows() if w is not None}


def nenner(tabelle, kennung, jahr=2025):
    spalten = tabelle.kennzahlen.filter((pl.col("indikator") == kennung) & (pl.col("jahr") == jahr))
    return {g for g, w in spalten.select("gebiet", "nenner").iter_rows() if w is not None}


def test_a_sum_over_a_whole_group_is_its_whole():
    """People of two years, as the sum of both age groups, less those of one year: the small area's of the other."""
    alter = [[20, 40, 60], [30, 50, 70]]
    messwerte = tafel(
        {"ew": [[2, 90, 130], [60, 100, 140]], "a0": [[1, 50, 70], [30, 50, 70]], "a1": [[1, 40, 60], alter[1]], "x": alter},
        (2024, 2025),
    )  # fmt: skip
    merkmale = [EW, *ALTER, Merkmal("x", "X")]
    tabelle = gib_frei(messwerte, merkmale, [(("x",), ("a0", "a1"), 2), (("x",), ("ew",), 1)])
    assert "R0" not in gezeigt(tabelle, "ew", 2024)
    assert "R0" not in gezeigt(tabelle, "ew", 2025) & nenner(tabelle, "I0")


def test_an_undelivered_part_of_a_defined_sum_is_secret_where_small():
    messwerte = tafel({"ew": [[60, 90, 130]], "jung": [[31, 50, 70]], "a0": [[30, 40, 60]]})
    merkmale = [EW, *ALTER, DRITTES, JUNG]
    tabelle = gib_frei(messwerte, merkmale, [(("jung",), ("ew",), 1), (("a0",), ("ew",), 1)])
    assert "R0" not in gezeigt(tabelle, "jung") & gezeigt(tabelle, "a0")
    assert {"R1", "R2"} & gezeigt(tabelle, "jung") or {"R1", "R2"} & gezeigt(tabelle, "a0")


@pytest.mark.parametrize(("ganzes", "teile"), [("ew", ("a0", "a2")), ("jung", ("a0",))])
def test_a_gap_that_the_other_members_leave_is_secret_where_small(ganzes, teile):
    zahlen = {"a0": [[30, 40, 60]], "a1": [[1, 10, 10]], "a2": [[20, 20, 20]]}
    summe = [sum(zahlen[m][0][n] for m in ("a1", *teile)) for n in range(3)]
    luecke = (pl.col("merkmal") == "a1") & pl.col("gebiet").is_in(["R0", STADT_KEY])
    messwerte = tafel({ganzes: [summe], **{m: zahlen[m] for m in ("a1", *teile)}}).with_columns(
        pl.when(luecke).then(None).otherwise("wert").alias("wert"),
        pl.when(luecke).then(pl.lit(Zeichen.UNSICHER.name)).otherwise("zeichen").alias("zeichen"),
    )
    merkmale = [EW, *ALTER, JUNG, *([] if ganzes == "jung" else [DRITTES])]
    tabelle = gib_frei(messwerte, merkmale, [((name,), (), 1) for name in (ganzes, "a1", *teile)])
    assert not all("R0" in gezeigt(tabelle, name) for name in (ganzes, *teile))


def test_two_releases_together_are_a_whole_and_its_parts():
    """The first shows how many people there are, the second, with other indicators, two of three age groups: one person is left."""
    messwerte = tafel(
        {"ew": [[60, 90, 130]], "x": [[20, 40, 60]], "a0": [[30, 50, 70]], "a1": [[29, 30, 40]], "a2": [[1, 10, 20]]}
    )
    merkmale = [EW, *ALTER, DRITTES, Merkmal("x", "X")]
    erste = gib_frei(messwerte, merkmale, [(("x",), ("ew",), 1)])
    assert "R0" in gezeigt(erste, "ew")
    frueher = Frueher(thaw(freeze(erste), "erste"))
    zweite = gib_frei(messwerte, merkmale, [(("a0",), (), 1), (("a1",), (), 1)], (frueher,))
    assert "R0" not in gezeigt(zweite, "a0") & gezeigt(zweite, "a1")
    assert gezeigt(gib_frei(messwerte, merkmale, [(("a0",), (), 1), (("a1",), (), 1)]), "a1") == {
        STADT_KEY,
        "R0",
        "R1",
        "R2",
    }


def test_a_demand_that_only_a_lone_suppression_meets_stops_nothing():
    """No choice fits both; then the attack on everything has to say that it is not to be met, not the solver."""
    wahl = auswahl.Auswahl({1: 1.0, 2: 1.0}, [(1,)], 10)
    wahl.add_deckung(((1, 1.0),), 1.0)
    assert wahl.choose() == (frozenset({1}), True)


def test_a_part_is_not_more_than_the_whole_of_its_whole():
    """No child of an area without people gets a subsidy, though nobody shows the children; so that area shields no other."""
    zahlen = {"ew": [[0, 90, 130]], "kinder": [[0, 1, 40]], "foerder": [[0, 1, 20]]}
    merkmale = [EW, Merkmal("kinder", "Kinder", teil_von="ew"), Merkmal("foerder", "Gefördert", teil_von="kinder")]
    kreis = {Ort("R2", "foerder", 2025): "Kreis"}
    tabelle = gib_frei(
        tafel(zahlen), merkmale, [((m,), (), 1) for m in ("foerder", "ew")], bekannte_zahlen=lambda _: kreis
    )
    assert gezeigt(tabelle, "foerder") == {"R0", "R2"}


def test_what_is_left_of_two_sums_is_secret_where_small():
    """Of three age groups one is delivered; a defined sum tells the second, and the whole the third."""
    zahlen = {"ew": [[60, 90, 130]], "jung": [[58, 50, 70]], "a0": [[30, 40, 60]]}
    merkmale = [EW, *ALTER, DRITTES, JUNG]
    tabelle = gib_frei(tafel(zahlen), merkmale, [((m,), (), 1) for m in zahlen])
    assert not all("R0" in gezeigt(tabelle, m) for m in ("ew", "jung"))


def test_the_brackets_of_a_source_do_not_tell_small_ones_from_their_shields():
    messwerte = tafel({"x": [[1, 40, 60]]}).with_columns(
        pl.when(pl.col("gebiet") == "R0").then(pl.lit(Vermerk.EINGESCHRAENKT.name)).alias("vermerk")
    )
    tabelle = gib_frei(messwerte, [Merkmal("x", "X")], [(("x",), (), 1)])
    geheim = tabelle.messwerte.filter(pl.col("wert").is_null())
    assert (geheim.height, geheim["vermerk"].to_list()) == (2, [None, None])


def test_what_a_printed_sum_is_made_of_has_not_been_shown():
    """Of a paper with "37 of 60" nobody has the 4 in it; when the rule gets stricter, they are still a secret."""
    zahlen = {"ew": [[60, 90, 130]], "a0": [[33, 50, 70]], "a1": [[4, 40, 60]]}
    formeln = [(("a0", "a1"), ("ew",), 1), (("a1",), (), 1)]
    erste = gib_frei(tafel(zahlen), [EW, *ALTER, DRITTES], formeln)
    assert "R0" in gezeigt(erste, "a1")
    text = freeze(erste, Auswahl(frozenset(("I0", 2025, g.schluessel) for g in GEBIETE)))
    streng = [attrs.evolve(m, mindestfallzahl=5) for m in (EW, *ALTER, DRITTES)]
    zweite = gib_frei(tafel(zahlen), streng, formeln, (Frueher(thaw(text, "Drucksache")),))
    assert "R0" not in gezeigt(zweite, "a1")
    ganz = gib_frei(tafel(zahlen), streng, formeln, (Frueher(thaw(freeze(erste), "Monitoring")),))
    assert "R0" in gezeigt(ganz, "a1"), "what the whole Monitoring has shown stays shown"


def test_overlapping_sums_over_years_do_not_tell_a_single_year():
    """Two-year sums 0, 8, 9: nobody in the first two years, so 8 in the third and one in the last."""
    zahlen = {"x": [[0, 90, 130], [8, 95, 131], [9, 91, 128]]}
    doppelt = tafel(zahlen, (2022, 2023, 2024)).with_columns(pl.lit(2, pl.Int64).alias("jahre"))
    tabelle = gib_frei(doppelt, [Merkmal("x", "X")], [(("x",), (), 2)])
    assert not all("R0" in gezeigt(tabelle, "x", jahr) for jahr in (2022, 2023, 2024))
    for anders in ([[0, 90, 130], [8, 95, 131], [21, 91, 128]], [[30, 90, 130], [38, 95, 131], [39, 91, 128]]):
        doppelt = tafel({"x": anders}, (2022, 2023, 2024)).with_columns(pl.lit(2, pl.Int64).alias("jahre"))
        tabelle = gib_frei(doppelt, [Merkmal("x", "X")], [(("x",), (), 2)])
        assert all("R0" in gezeigt(tabelle, "x", jahr) for jahr in (2022, 2023, 2024)), "no year is small for certain"


def test_bounds_of_single_years_are_the_tightest():
    """Against trying every series of small whole numbers."""
    zufall = random.Random(11)
    for _ in range(40):
        reihe = [zufall.randrange(4) for _ in range(5)]
        spannen = [(v, v + 2) for v in range(4) if zufall.random() < 0.8] + [(0, 3)] * (zufall.random() < 0.5)
        schranken = {s: (float(sum(reihe[s[0] : s[1]])),) * 2 for s in spannen}
        if not schranken:
            continue
        von, bis = min(v for v, _ in schranken), max(b for _, b in schranken)
        moeglich = [
            m for m in itertools.product(range(13), repeat=bis - von)
            if all(sum(m[v - von : b - von]) == w for (v, b), (w, _) in schranken.items())
        ] if bis - von <= 4 else []  # fmt: skip
        for (vor, _), (unten, oben) in zeitsummen.bound_jahre(schranken).items():
            if moeglich and oben < 13:
                werte = [m[vor - von] for m in moeglich]
                assert (unten, oben) == (min(werte), max(werte))


def test_who_is_refused_learns_what_went_out_before(monkeypatch):
    """A release that cannot be protected says beside what it stands; without anything before it does not."""
    messwerte = tafel({"ew": [[60, 90, 130]], "a0": [[33, 50, 70]]})
    erste = gib_frei(messwerte, [EW, ALTER[0]], [(("ew",), (), 1)])
    frueher = Frueher(thaw(freeze(erste), "Monitoring 2024"))

    def refuse(*_, **__):
        raise GeheimhaltungsFehler("R0: nicht zu schützen.", "Weglassen.", "GEHEIM-UNMOEGLICH")

    monkeypatch.setattr(freigabe, "find_muster", refuse)
    with pytest.raises(GeheimhaltungsFehler, match=r"bekannt ist: Monitoring 2024.* zurückziehen"):
        gib_frei(messwerte, [EW, ALTER[0]], [(("ew",), (), 1), (("a0",), (), 1)], (frueher,))
    with pytest.raises(GeheimhaltungsFehler) as allein:
        gib_frei(messwerte, [EW, ALTER[0]], [(("a0",), (), 1)])
    assert str(allein.value) == "R0: nicht zu schützen. Weglassen."


@pytest.mark.parametrize("geliefert", [True, False])
def test_a_period_that_only_a_group_tells_is_parted_into_its_years(geliefert):
    """People of each year, two of three groups over both years: what is left are the two of the third."""
    menschen, eins, drei = [[60, 80, 110], [62, 85, 115]], [40, 60, 80], [2, 45, 60]
    zwei = [a + b - x - y for a, b, x, y in zip(*menschen, eins, drei, strict=True)]
    doppelt = {"f": [eins], "m": [drei], "d": [zwei]}
    if geliefert:
        doppelt["p"] = [[a + b for a, b in zip(*menschen, strict=True)]]
    messwerte = tafel({"p": menschen}, (2023, 2024))
    mehr = tafel(doppelt, (2024,)).with_columns(pl.lit(2, pl.Int64).alias("jahre"))
    merkmale = [Merkmal("p", "P"), *(Merkmal(m, m, teil_von="p", gruppe="g") for m in "fmd")]
    tabelle = gib_frei(
        pl.concat([messwerte, mehr.select(messwerte.columns)]), merkmale,
        [(("p",), (), 1), *(((m,), (), 2) for m in "fmd")],
    )  # fmt: skip
    orte = [("p", 2023), ("p", 2024), ("f", 2024), ("d", 2024)]
    assert "R0" not in gezeigt(tabelle, "m", 2024)
    assert not all("R0" in gezeigt(tabelle, *ort) for ort in orte)


@pytest.mark.parametrize("formeln", [[(("x",), (), 1)], [(("a0", "a1"), (), 1)]])
def test_a_paper_of_some_areas_says_nothing_of_the_others(formeln):
    """A Fördernachweis shows two areas and the town: they are not the whole town, so the second does not follow from it."""
    zahlen = {"x": [[1, 40, 60]], "a0": [[1, 30, 40]], "a1": [[0, 10, 20]]}
    merkmale = [Merkmal("x", "X"), *(Merkmal(m, m) for m in ("a0", "a1"))]
    ganz = gib_frei(tafel(zahlen), merkmale, formeln)
    assert "R1" in {ort.gebiet for ort in look_inside(ganz).gruende}, "a second one has to be hidden"
    davor = Frueher(thaw(freeze(ganz), "Monitoring"))
    wahl = Auswahl(frozenset(("I0", 2025, g) for g in ("R1", "R2", STADT_KEY)))
    teil = Frueher(thaw(freeze(gib_frei(tafel(zahlen), merkmale, formeln, (davor,)), wahl), "Nachweis"))
    for reihe in ((davor, teil), (teil, davor), (teil,)):
        danach = gib_frei(tafel(zahlen), merkmale, formeln, reihe)
        assert look_inside(danach).bekannt == ()
        assert look_inside(danach).gruende.keys() == look_inside(ganz).gruende.keys()


def test_a_paper_of_two_levels_does_not_make_a_town_of_one_area():
    """Of a Ortsteil, of an area in the other one and of the town: the area is not all that lies in the town."""
    gebiete = [
        Gebiet(STADT_KEY, "Stadt", "stadt"), *(Gebiet(f"O{n}", f"Teil {n}", "ortsteil", STADT_KEY) for n in range(2)),
        *(Gebiet(f"R{n}", f"Raum {n}", "sozialraum", "O1" if n == 1 else "O0") for n in range(3)),
    ]  # fmt: skip
    ort = aggregate({(f"R{n}", "x", 2025): w for n, w in enumerate((40.0, 30.0, 50.0))}, gebiete)
    merkmale, wahl = [Merkmal("x", "X")], Auswahl(frozenset(("I0", 2025, g) for g in ("O0", "R1", STADT_KEY)))
    inds, bezuege = [indikator("I0", "x", "")], [Bezug("I0", {"x": 1.0})]
    kennzahlen = compute(ort, inds, bezuege, gebiete)
    ganz = freigeben(kennzahlen, ort, inds, merkmale, gebiete, bezuege)
    alt = thaw(freeze(ganz, wahl), "Nachweis")
    summen = [
        {o.gebiet: (f, z.wert) for o, f in b.koeffizienten for z in aufbau.zellen if z.schluessel == o}
        for aufbau in [build_aufbau(alt.auftrag)]
        for b in aufbau.beziehungen
    ]
    assert summen
    for summe in summen:
        assert sum(f * w for f, w in summe.values()) == 0


def test_what_a_paper_leaves_of_a_sum_of_figures_is_secret_where_small():
    """The paper showed "a0 and a1 together" of one area and of the town; later neither is delivered, only the other two areas' sums."""
    zahlen = {"a0": [[1, 30, 40]], "a1": [[0, 10, 20]]}
    merkmale = [Merkmal(m, m) for m in ("a0", "a1")]
    ganz = gib_frei(tafel(zahlen), merkmale, [(("a0", "a1"), (), 1)])
    alt = thaw(freeze(ganz, Auswahl(frozenset(("I0", 2025, g) for g in ("R1", "R2", STADT_KEY)))), "Nachweis")
    aufbau = build_aufbau(alt.auftrag)
    uebrig = {z.schluessel: z for z in aufbau.zellen if z.schluessel.gebiet == "R0"}
    assert {o.merkmal for o in uebrig} == {"#I0:z", "a0", "a1"}, (
        "the same cells as those of a release that shows the area"
    )
    summe = uebrig[Ort("R0", "#I0:z", 2025)]
    assert (summe.wert, summe.veroeffentlicht) == (1.0, False)
    assert summe.schutz is not None


def test_areas_that_exceed_the_town_are_still_a_sum():
    """The town itself is one too small (a slip, or rounded elsewhere): what is left for the small area is known all the same."""
    messwerte = tafel({"a1": [[2, 40, 60]]}).with_columns(
        pl.when(pl.col("gebiet") == STADT_KEY).then(101.0).otherwise("wert").alias("wert")
    )
    tabelle = gib_frei(messwerte, ALTER, [(("a1",), (), 1)])
    assert "R0" not in gezeigt(tabelle, "a1")
    assert not {"R1", "R2", STADT_KEY} <= gezeigt(tabelle, "a1")
