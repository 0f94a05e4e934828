"""From frames to a released table: nothing secret leaves, nothing can be calculated back."""

from __future__ import annotations

import json
import random
import re
import struct
import sys
import threading
from pathlib import Path

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from angreifer import Tabellenangreifer
from stadt import STADT_KEY, aggregate, build_gebiete, build_grosse_stadt, compute, frame_of, indikator

from sozialtool.fach.indikator import Intervallart
from sozialtool.fach.messwert import Merkmal, Merkmalart
from sozialtool.fach.rahmen import KENNZAHLEN, MESSWERTE
from sozialtool.fach.schreibweise import runde
from sozialtool.fehler import Abgebrochen
from sozialtool.geheimhaltung.auskunft import list_befunde, warum_gesperrt
from sozialtool.geheimhaltung.freigabe import freigeben
from sozialtool.geheimhaltung.werte import Bezug, Grund, Regel


def stelle_frei(blaetter, merkmale, indikatoren, bezuege, **mehr):
    gebiete = build_gebiete(2, 2)
    messwerte = aggregate(blaetter, gebiete)
    return freigeben(
        compute(messwerte, indikatoren, bezuege, gebiete), messwerte, indikatoren, merkmale, gebiete, bezuege, **mehr
    )


def zeile(tabelle, indikator, jahr, gebiet):
    auswahl = tabelle.kennzahlen.filter(
        (pl.col("indikator") == indikator) & (pl.col("jahr") == jahr) & (pl.col("gebiet") == gebiet)
    )
    (treffer,) = auswahl.to_dicts()
    return treffer


def messwert(tabelle, gebiet, merkmal, jahr=2025):
    auswahl = tabelle.messwerte.filter(
        (pl.col("gebiet") == gebiet) & (pl.col("merkmal") == merkmal) & (pl.col("stand").dt.year() == jahr)
    )
    (treffer,) = auswahl.to_dicts()
    return treffer


RAEUME = ("S00", "S01", "S10", "S11", "nz")
EW = Merkmal("ew", "Einwohner")
KIND = Merkmal("kind", "Kinder", teil_von="ew")


def blatt(merkmal, *werte, jahr=2025):
    return {(g, merkmal, jahr): None if w is None else float(w) for g, w in zip(RAEUME, werte, strict=True)}


EINFACH = ([indikator("A", "kind", "ew")], [Bezug("A", {"kind": 1.0}, {"ew": 1.0})])
EIGENE = [
    "zaehler", "wert", "unten", "oben", "verhaeltnis", "lage", "rang", "rang_von", "rang_bis", "vorjahr", "fuenfjahr",
]  # fmt: skip


def test_a_small_count_takes_its_whole_row_with_it():
    blaetter = blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", 2, 130, 140, 150, 7)
    tabelle = stelle_frei(blaetter, [EW, KIND], *EINFACH)
    assert dict(KENNZAHLEN.schema).keys() == set(tabelle.kennzahlen.columns)
    assert dict(MESSWERTE.schema).keys() == set(tabelle.messwerte.columns)
    gesperrt = zeile(tabelle, "A", 2025, "S00")
    assert gesperrt["zeichen"] == "GEHEIM"
    assert [gesperrt[name] for name in EIGENE] == [None] * len(EIGENE)
    assert gesperrt["nenner"] == 811
    assert messwert(tabelle, "S00", "kind") | {"wert": None, "zeichen": "GEHEIM"} == messwert(tabelle, "S00", "kind")
    assert messwert(tabelle, "S00", "ew")["wert"] == 811
    # One shield in the Ortsteil, and two more so that the Ortsteil itself is no way round.
    zu = {(s.gebiet, s.merkmal) for s in tabelle.protokoll}
    assert ("S01", "kind") in zu
    assert (STADT_KEY, "kind") not in zu
    assert all(m == "kind" for _, m in zu)
    assert "unter der Mindestfallzahl" in warum_gesperrt(tabelle, "A", 2025, "S00")
    assert "Kinder (2025)" in warum_gesperrt(tabelle, "A", 2025, "S00")
    assert "schützt eine andere Zahl" in warum_gesperrt(tabelle, "A", 2025, "S01")
    assert warum_gesperrt(tabelle, "A", 2025, "S10") == ""
    assert warum_gesperrt(tabelle, "A", 1999, "nirgends") == ""


def test_the_printed_protocol_does_not_tell_small_from_shield():
    blaetter = blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", 2, 130, 140, 150, 7)
    tabelle = stelle_frei(blaetter, [EW, KIND], *EINFACH)
    assert {s.grund for s in tabelle.protokoll} == {Grund.GEHEIM}
    assert all(s.intervall_von == 0 for s in tabelle.protokoll if s.gebiet == "S00")
    assert tabelle.beweis.gesperrt == len(tabelle.protokoll)
    assert tabelle.beweis.optimal
    assert tabelle.beweis.engstes_von == 0
    assert tabelle.beweis.engstes_bis >= 3
    assert "mindestens 3" in tabelle.beweis.text


def test_the_note_of_a_hidden_figure_tells_nothing_of_its_size():
    # Seven of five: the share is marked, and the mark alone would say that the secret is larger than five.
    gebiete = build_gebiete(2, 2)
    messwerte = aggregate(blatt("ew", 5, 822, 833, 844, 41) | blatt("kind", 7, 130, 140, 150, 27), gebiete)
    kennzahlen = compute(messwerte, *EINFACH, gebiete).with_columns(
        pl.when(pl.col("zaehler") > pl.col("nenner")).then(pl.lit("EINGESCHRAENKT")).alias("vermerk")
    )
    kind = Merkmal("kind", "Kinder", mindestfallzahl=10)
    tabelle = freigeben(kennzahlen, messwerte, EINFACH[0], [EW, kind], gebiete, EINFACH[1])
    versteckt = zeile(tabelle, "A", 2025, "S00")
    assert (versteckt["wert"], versteckt["zeichen"], versteckt["vermerk"]) == (None, "GEHEIM", None)


@pytest.mark.parametrize("kinder", [809, 810, 811])
def test_complement_and_everybody(kinder):
    blaetter = blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", kinder, 130, 140, 150, 7)
    tabelle = stelle_frei(blaetter, [EW, KIND], *EINFACH)
    assert zeile(tabelle, "A", 2025, "S00")["wert"] is None
    offen = stelle_frei(blaetter, [EW, KIND], *EINFACH, regel=Regel(alle=False))
    assert (zeile(offen, "A", 2025, "S00")["wert"] is None) == (kinder < 811)


def test_nobody_is_secret_only_if_wanted():
    blaetter = blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", 0, 130, 140, 150, 7)
    assert zeile(stelle_frei(blaetter, [EW, KIND], *EINFACH), "A", 2025, "S00")["wert"] == 0
    streng = stelle_frei(blaetter, [EW, KIND], *EINFACH, regel=Regel(keiner=True))
    assert zeile(streng, "A", 2025, "S00")["wert"] is None


def test_own_threshold_per_merkmal():
    blaetter = blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", 9, 130, 140, 150, 27)
    zehn = Merkmal("kind", "Kinder", teil_von="ew", mindestfallzahl=10)
    keine = Merkmal("kind", "Kinder", teil_von="ew", mindestfallzahl=0)
    assert zeile(stelle_frei(blaetter, [EW, zehn], *EINFACH), "A", 2025, "S00")["wert"] is None
    assert not stelle_frei(blaetter, [EW, keine], *EINFACH).protokoll


def test_changes_town_value_and_ranks_do_not_lead_back():
    blaetter = {}
    for jahr, kinder in ((2020, 2), (2024, 120), (2025, 125)):
        blaetter |= blatt("ew", 811, 822, 833, 844, 41, jahr=jahr)
        blaetter |= blatt("kind", kinder, 131, 143, 157, 7, jahr=jahr)
    tabelle = stelle_frei(blaetter, [EW, KIND], *EINFACH)
    assert zeile(tabelle, "A", 2020, "S00")["wert"] is None
    assert zeile(tabelle, "A", 2025, "S00")["fuenfjahr"] is None
    assert zeile(tabelle, "A", 2025, "S00")["vorjahr"] is not None
    zu = {s.gebiet for s in tabelle.protokoll if s.jahr == 2020}
    offene = [g for g in ("S00", "S01", "S10", "S11") if g not in zu]
    raenge = [zeile(tabelle, "A", 2020, g)["rang"] for g in offene]
    assert sorted(raenge) == list(range(1, len(offene) + 1))
    assert max(zeile(tabelle, "A", 2020, g)["rang_bis"] for g in offene) <= len(offene)


def test_suppressed_town_hides_everything_compared_with_it():
    blaetter = blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", 0, 0, 2, 0, 0)
    tabelle = stelle_frei(blaetter, [EW, KIND], *EINFACH)
    assert zeile(tabelle, "A", 2025, STADT_KEY)["wert"] is None
    rest = tabelle.kennzahlen.filter(pl.col("jahr") == 2025)
    for spalte in ("stadtwert", "verhaeltnis", "lage"):
        assert rest[spalte].null_count() == rest.height


def test_hidden_decimals_do_not_leave():
    blaetter = blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", 120, 130, 140, 150, 7)
    tabelle = stelle_frei(blaetter, [EW, KIND], *EINFACH)
    for spalte in ("wert", "unten", "oben", "stadtwert"):
        werte = tabelle.kennzahlen[spalte].drop_nulls().to_list()
        assert werte
        assert all(w == round(w, 1) for w in werte)


def test_released_figures_are_rounded_as_excel_and_the_sentences_do():
    # 100 of 1,600 is 6.25 exactly, 36 of 1,600 is 2.25: half to even would show 6.2 and 2.2.
    blaetter = blatt("ew", 1600, 1600, 1600, 1600, 800) | blatt("kind", 100, 36, 140, 150, 50)
    tabelle = stelle_frei(blaetter, [EW, KIND], *EINFACH)
    assert zeile(tabelle, "A", 2025, "S00")["wert"] == 6.3
    assert zeile(tabelle, "A", 2025, "S01")["wert"] == 2.3
    for indikator_, wert, zaehler, nenner in tabelle.kennzahlen.select(
        "indikator", "wert", "zaehler", "nenner"
    ).iter_rows():
        assert wert == runde(zaehler / nenner * 100, 1), indikator_


def test_pooled_years_show_what_single_years_must_not():
    selten = Merkmal("tod", "Sterbefälle", teil_von="ew")
    blaetter = {}
    for jahr, werte in ((2023, (2, 4, 1, 5, 0)), (2024, (1, 2, 6, 2, 1)), (2025, (4, 1, 2, 1, 2))):
        blaetter |= blatt("ew", 811, 822, 833, 844, 41, jahr=jahr) | blatt("tod", *werte, jahr=jahr)
    indikatoren = [indikator("T", "tod", "ew", jahre=3), indikator("E", "ew", intervall=Intervallart.KEINES)]
    bezuege = [Bezug("T", {"tod": 1.0}, {"ew": 1.0}, jahre=3), Bezug("E", {"ew": 1.0}, faktor=1.0)]
    tabelle = stelle_frei(blaetter, [EW, selten], indikatoren, bezuege)
    assert zeile(tabelle, "T", 2025, "S00")["zaehler"] == 7
    assert "tod" not in tabelle.messwerte["merkmal"].to_list()
    # Shown year by year as well, the pool would open them: then it closes.
    einzeln = stelle_frei(blaetter, [EW, selten], indikatoren, bezuege, daten_merkmale=["ew", "tod"])
    assert messwert(einzeln, "S00", "tod", 2023)["wert"] is None
    assert zeile(einzeln, "T", 2025, "S00")["wert"] is None


def test_a_small_difference_of_large_counts_is_secret():
    alle, ohne = Merkmal("kinder", "Kinder"), Merkmal("kita", "Kinder in der Kita")
    blaetter = blatt("kinder", 100, 110, 120, 130, 9) | blatt("kita", 98, 70, 80, 90, 4)
    indikatoren = [indikator("D", "kinder - kita", "kinder")]
    bezuege = [Bezug("D", {"kinder": 1.0, "kita": -1.0}, {"kinder": 1.0})]
    tabelle = stelle_frei(blaetter, [alle, ohne], indikatoren, bezuege)
    assert zeile(tabelle, "D", 2025, "S00")["wert"] is None
    offen = [messwert(tabelle, "S00", m)["wert"] for m in ("kinder", "kita")]
    assert None in offen
    assert zeile(tabelle, "D", 2025, "S10")["wert"] is not None


def test_share_with_an_undeclared_whole_protects_its_remainder():
    lose = Merkmal("kind", "Kinder")
    blaetter = blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", 810, 130, 140, 150, 7)
    tabelle = stelle_frei(blaetter, [EW, lose], *EINFACH)
    assert zeile(tabelle, "A", 2025, "S00")["wert"] is None


def test_groups_do_not_give_the_missing_member_away():
    teile = [Merkmal(f"n{i}", f"Gruppe {i}", teil_von="ew", gruppe="n") for i in range(3)]
    blaetter = blatt("ew", 811, 822, 833, 844, 41)
    for i, werte in enumerate(((2, 300, 300, 300, 10), (409, 222, 233, 244, 11), (400, 300, 300, 300, 20))):
        blaetter |= blatt(f"n{i}", *werte)
    indikatoren = [indikator(f"G{i}", f"n{i}", "ew") for i in range(3)]
    bezuege = [Bezug(f"G{i}", {f"n{i}": 1.0}, {"ew": 1.0}) for i in range(3)]
    tabelle = stelle_frei(blaetter, [EW, *teile], indikatoren, bezuege)
    zu = [s for s in tabelle.protokoll if s.gebiet == "S00"]
    assert len(zu) >= 2


def test_starred_source_stays_secret_and_is_not_calculated_back():
    gebiete = build_gebiete(2, 2)
    blaetter = blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", None, 130, 140, 150, 7)
    messwerte = aggregate(blaetter, gebiete)
    # The source stars one Raum only and gives all sums: it discloses the star itself.
    voll = aggregate(blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", 777, 130, 140, 150, 7), gebiete)
    summe = pl.col("merkmal").eq("kind") & pl.col("gebiet").is_in(["O0", STADT_KEY])
    messwerte = pl.concat([messwerte.filter(~summe), voll.filter(summe)])
    tabelle = freigeben(compute(messwerte, *EINFACH, gebiete), messwerte, EINFACH[0], [EW, KIND], gebiete, EINFACH[1])
    assert zeile(tabelle, "A", 2025, "S00")["zeichen"] == "GEHEIM"
    assert "schon in der Quelle geheim" in warum_gesperrt(tabelle, "A", 2025, "S00")
    (sperrung,) = [s for s in tabelle.protokoll if s.gebiet == "S00"]
    assert sperrung.grund is Grund.QUELLE
    assert sperrung.intervall_bis - sperrung.intervall_von >= 3
    assert len(tabelle.protokoll) >= 2
    (befund,) = list_befunde(tabelle)
    assert "Raum 00" in befund
    assert "777" not in befund
    assert not tabelle.beweis.hinweise


def test_averages_have_no_sums_but_keep_their_stars():
    miete = Merkmal("miete", "Miete je m²", art=Merkmalart.DURCHSCHNITT)
    blaetter = {("S00", "miete", 2025): None, ("S01", "miete", 2025): 2.5, ("S10", "miete", 2025): 7.25}
    indikatoren = [indikator("M", "miete", intervall=Intervallart.KEINES, nachkommastellen=2)]
    bezuege = [Bezug("M", {"miete": 1.0}, faktor=1.0)]
    gebiete = build_gebiete(2, 2)
    messwerte = frame_of(blaetter)
    kennzahlen = compute(messwerte, indikatoren, bezuege, gebiete)
    tabelle = freigeben(kennzahlen, messwerte, indikatoren, [miete], gebiete, bezuege)
    assert zeile(tabelle, "M", 2025, "S01")["wert"] == 2.5
    assert messwert(tabelle, "S00", "miete")["zeichen"] == "GEHEIM"
    assert [s.gebiet for s in tabelle.protokoll] == ["S00"]


def test_without_coefficients_every_name_in_the_formula_counts():
    blaetter = blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", 2, 130, 140, 150, 7)
    produkt = [indikator("P", "kind * kind", "ew")]
    gebiete = build_gebiete(2, 2)
    messwerte = aggregate(blaetter, gebiete)
    kennzahlen = compute(messwerte, produkt, [Bezug("P", {"kind": 1.0}, {"ew": 1.0})], gebiete)
    for bezuege in ([], [Bezug("P", {}, {"ew": 1.0})]):
        tabelle = freigeben(kennzahlen, messwerte, produkt, [EW, KIND], gebiete, bezuege)
        assert zeile(tabelle, "P", 2025, "S00")["wert"] is None


def test_levels_that_are_not_published_do_not_leave():
    blaetter = blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", 120, 130, 140, 150, 7)
    tabelle = stelle_frei(blaetter, [EW, KIND], *EINFACH, veroeffentlichte_ebenen=["stadt", "ortsteil"])
    assert set(tabelle.kennzahlen["ebene"]) == {"stadt", "ortsteil"}
    assert set(tabelle.messwerte["gebiet"]) == {STADT_KEY, "O0", "O1", "nz"}


def test_stop_is_heard():
    stop = threading.Event()
    stop.set()
    with pytest.raises(Abgebrochen):
        stelle_frei(blatt("kind", 2, 9, 9, 9, 9), [KIND], *EINFACH, stop=stop)


@pytest.fixture(scope="module")
def grosse():
    messwerte, indikatoren, bezuege, merkmale, gebiete = build_grosse_stadt(30, 2)
    kennzahlen = compute(messwerte, indikatoren, bezuege, gebiete)
    tabelle = freigeben(kennzahlen, messwerte, indikatoren, merkmale, gebiete, bezuege)
    return kennzahlen, messwerte, indikatoren, merkmale, gebiete, bezuege, tabelle


def test_order_of_rows_does_not_matter(grosse):
    kennzahlen, messwerte, indikatoren, merkmale, gebiete, bezuege, tabelle = grosse
    zufall = random.Random(3)
    listen = [zufall.sample(liste, len(liste)) for liste in (indikatoren, merkmale, gebiete, bezuege)]
    andere = freigeben(
        kennzahlen.sample(fraction=1, shuffle=True, seed=1), messwerte.sample(fraction=1, shuffle=True, seed=2), *listen
    )
    assert andere.protokoll == tabelle.protokoll
    assert andere.beweis == tabelle.beweis
    assert andere.kennzahlen.equals(tabelle.kennzahlen)
    assert andere.messwerte.equals(tabelle.messwerte)


def test_no_planted_number_is_anywhere():
    # The secrets are remainders and shields here, so they are large and unmistakable.
    kinder = (79_193, 61_547, 45_307, 38_699, 5_417)
    einwohner = (79_195, 91_823, 83_471, 77_041, 9_871)
    blaetter = {}
    for jahr, plus in ((2024, 0), (2025, 1)):
        blaetter |= blatt("ew", *(e + 10 * plus for e in einwohner), jahr=jahr)
        blaetter |= blatt("kind", *(k + 10 * plus for k in kinder), jahr=jahr)
    tabelle = stelle_frei(blaetter, [EW, KIND], *EINFACH)
    wahr = {(g, m, j): w for (g, m, j), w in blaetter.items()}
    text = json.dumps([tabelle.kennzahlen.to_dicts(), tabelle.messwerte.to_dicts()], default=str)
    text += tabelle.kennzahlen.write_csv() + tabelle.messwerte.write_csv() + repr(tabelle.beweis)
    zahlen = set(re.findall(r"\d+(?:\.\d+)?", text))
    geheime = [wahr[s.gebiet, s.merkmal, s.jahr] for s in tabelle.protokoll if s.gebiet.startswith("S")]
    assert len(geheime) >= 4
    for wert in geheime:
        assert not {str(int(wert)), str(wert)} & zahlen
    roh = tabelle.kennzahlen.serialize() + tabelle.messwerte.serialize()
    for wert in geheime:
        assert struct.pack("<d", wert) not in roh


def test_calculating_with_the_released_frames_discloses_nothing(grosse):
    _, messwerte, _, merkmale, gebiete, bezuege, tabelle = grosse
    wahr = {(g, m, s.year): w for g, m, s, w in messwerte.select("gebiet", "merkmal", "stand", "wert").iter_rows()}
    arten = {m.schluessel: m for m in merkmale}
    grenzen = Tabellenangreifer(tabelle, gebiete, merkmale, bezuege).run()
    geheim = 0
    for (g, m, j), wert in wahr.items():
        ganzes = wahr.get((g, arten[m].teil_von, j))
        klein, rest = 0 < wert < 3, ganzes is not None and wert > 0 and 0 < ganzes - wert < 3
        if klein or rest:
            geheim += 1
            von, bis = grenzen[g, m, j]
            assert von <= wert <= bis, "the attacker must stay honest, else this test shows nothing"
            assert bis - von >= min(3, ganzes or 3), (g, m, j, von, bis)
    assert geheim > 50


def test_the_attacker_of_this_test_can_win(grosse):
    # With the primary rule alone sums give secrets away: proves that the attack above is a real one.
    _, messwerte, _, merkmale, gebiete, bezuege, tabelle = grosse
    zu = {(s.gebiet, s.merkmal, s.jahr) for s in tabelle.protokoll}
    wahr = {(g, m, s.year): w for g, m, s, w in messwerte.select("gebiet", "merkmal", "stand", "wert").iter_rows()}
    nur_kleine = messwerte.with_columns(
        pl.when((pl.col("wert") > 0) & (pl.col("wert") < 3)).then(None).otherwise(pl.col("wert")).alias("wert")
    )

    class Halbherzig:
        pass

    halb = Halbherzig()
    halb.messwerte, halb.kennzahlen = nur_kleine, tabelle.kennzahlen.clear()
    grenzen = Tabellenangreifer(halb, gebiete, merkmale, bezuege).run()
    erraten = [o for o in zu if 0 < wahr[o] < 3 and grenzen[o][0] == grenzen[o][1]]
    assert erraten


def test_a_number_beside_a_star_does_not_show_through():
    gebiete = build_gebiete(2, 2)
    messwerte = aggregate(blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", 777, 130, 140, 150, 7), gebiete)
    stern = pl.col("merkmal").eq("kind") & pl.col("gebiet").eq("S00")
    messwerte = messwerte.with_columns(pl.when(stern).then(pl.lit("GEHEIM")).otherwise("zeichen").alias("zeichen"))
    kennzahlen = compute(messwerte, *EINFACH, gebiete)
    tabelle = freigeben(kennzahlen, messwerte, EINFACH[0], [EW, KIND], gebiete, EINFACH[1])
    assert messwert(tabelle, "S00", "kind")["wert"] is None
    assert zeile(tabelle, "A", 2025, "S00")["zaehler"] is None
    assert "777" not in tabelle.kennzahlen.write_csv() + tabelle.messwerte.write_csv()


def test_figures_that_nobody_checked_do_not_leave():
    gebiete = build_gebiete(2, 2)
    messwerte = aggregate(blatt("ew", 811, 822, 833, 844, 41) | blatt("kind", 120, 130, 140, 150, 7), gebiete)
    kennzahlen = compute(messwerte, *EINFACH, gebiete)
    fremd = kennzahlen.with_columns(pl.when(pl.col("gebiet") == "S10").then(2.0).otherwise("zaehler").alias("zaehler"))
    tabelle = freigeben(fremd, messwerte, EINFACH[0], [EW, KIND], gebiete, EINFACH[1])
    assert zeile(tabelle, "A", 2025, "S10")["zaehler"] is None
    assert zeile(tabelle, "A", 2025, "S11")["zaehler"] == 150
    (befund,) = list_befunde(tabelle)
    assert "A, S10, 2025" in befund


def test_delivered_pools_stand_beside_single_years():
    gebiete = build_gebiete(2, 2)
    blaetter = {}
    for jahr in (2023, 2024, 2025):
        blaetter |= blatt("ew", 811, 822, 833, 844, 41, jahr=jahr) | blatt("kind", 5, 6, 7, 8, 9, jahr=jahr)
    einzeln = aggregate(blaetter, gebiete)
    pool = aggregate(blatt("kind", 15, 2, 21, 24, 27), gebiete).with_columns(pl.lit(3, pl.Int64).alias("jahre"))
    messwerte = pl.concat([einzeln, pool])
    indikatoren = [*EINFACH[0], indikator("T", "kind", "ew", jahre=3)]
    bezuege = [*EINFACH[1], Bezug("T", {"kind": 1.0}, {"ew": 1.0}, jahre=3)]
    kennzahlen = pl.concat(
        [compute(einzeln, *EINFACH, gebiete), compute(pl.concat([pool, einzeln.filter(pl.col("merkmal") == "ew")]), indikatoren[1:], [Bezug("T", {"kind": 1.0}, {"ew": 1.0})], gebiete)]
    )  # fmt: skip
    pooljahr = pl.col("indikator").eq("T")
    kennzahlen = kennzahlen.filter(~pooljahr | pl.col("jahr").eq(2025)).with_columns(
        pl.when(pooljahr).then(pl.col("nenner") * 3).otherwise("nenner").alias("nenner")
    )
    tabelle = freigeben(kennzahlen, messwerte, indikatoren, [EW, KIND], gebiete, bezuege)
    assert zeile(tabelle, "T", 2025, "S01")["zaehler"] is None
    assert not list_befunde(tabelle)
    drei = tabelle.messwerte.filter((pl.col("jahre") == 3) & (pl.col("gebiet") == "S01"))
    assert drei["zeichen"].to_list() == ["GEHEIM"]
    # The years of that pool would add up to it: at least one of them is hidden as well.
    jahre = tabelle.messwerte.filter(
        (pl.col("jahre") == 0) & (pl.col("gebiet") == "S01") & (pl.col("merkmal") == "kind")
    )
    assert jahre["wert"].null_count() >= 1
