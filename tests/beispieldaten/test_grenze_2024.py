"""A boundary revised in 2024: Lindenrath's series from 2019 on the new and on the old Sozialräume.

Until 2023 the Westring (three Statistische Bezirke) counted to Siedlung Glückauf and the Kiesgrube to Rheinfeld Süd; the deliveries of
those years are for these areas. From 2024 on they are for today's.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections import defaultdict

import attrs
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.gebietsstaende import raumplan
from sozialtool.ablauf.kennzahlen import compute_frames, read_grundlage
from sozialtool.cli import run
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet, Gebietsstand, Raum, Raumzuordnung

NEU, ALT = "2025", "2018"
VERSCHOBEN = {"0806": "09", "0807": "09", "0808": "09", "0404": "05"}
PAARE = ({"08", "09"}, {"04", "05"})
GEAENDERT = {"08", "09", "04", "05"}


@pytest.fixture(scope="module")
def pfad(beispiel, tmp_path_factory):
    """Lindenrath with the old Gebietsstand until 2023 and today's from 2024 on."""
    ziel = shutil.copyfile(beispiel.projekt, tmp_path_factory.mktemp("grenze") / "lindenrath.sozial")
    with ablauf.open_projekt(ziel) as projekt:
        heute = raumplan(projekt, NEU)
        frueher = Gebietsstand(
            ALT, "Räume bis 2023", dt.date(2018, 1, 1), dt.date(2017, 11, 9), "Rat", dt.date(2023, 12, 31)
        )
        with projekt.change("Die Grenze wurde 2024 geändert") as schreiber:
            for stand in projekt.read(Gebietsstand):
                if stand.schluessel != NEU:
                    schreiber.remove(Gebietsstand, stand.schluessel)
            for raum in projekt.read(Raum):
                if raum.gebietsstand != NEU:
                    schreiber.remove(Raum, raum.gebietsstand, raum.schluessel)
            schreiber.put(attrs.evolve(heute.stand, gueltig_ab=dt.date(2024, 1, 1)), frueher)
            schreiber.put(*(attrs.evolve(raum, gebietsstand=ALT) for raum in heute.raeume))
            schreiber.put(*(Raumzuordnung(ALT, b, VERSCHOBEN.get(b, raum)) for b, raum in heute.zuordnung.items()))
    return ziel


@pytest.fixture(scope="module")
def projekt(pfad):
    with ablauf.open_projekt(pfad, nur_lesen=True) as offen:
        yield offen


@pytest.fixture(scope="module")
def gerechnet(projekt):
    """Figures and rates of all years on both Gebietsstände."""
    return {name: compute_frames(projekt, read_grundlage(projekt, name), lambda *_: None) for name in (NEU, ALT)}


@pytest.fixture(scope="module")
def reihen(projekt, gerechnet):
    """As delivered, and on both: (Merkmal, Stand) → Sozialraum → (value, reason, mark)."""
    auf = {name: messwerte.to_dict(as_series=False) for name, (messwerte, _) in gerechnet.items()}
    return {name: group(spalten) for name, spalten in {"geliefert": projekt.read_messwerte(), **auf}.items()}


def group(spalten):
    je = defaultdict(dict)
    namen = ("gebiet", "merkmal", "stand", "wert", "zeichen", "vermerk")
    for gebiet, merkmal, stand, wert, zeichen, vermerk in zip(*(spalten[n] for n in namen), strict=True):
        if gebiet == "nz" or (len(gebiet) == 2 and gebiet.isdigit()):
            je[merkmal, stand][gebiet] = (wert, zeichen, vermerk or "")
    return je


def test_totals_are_kept(projekt, reihen):
    """Property: for every count, day and Gebietsstand the Sozialräume add up to what was delivered – whole and pair by pair."""
    geprueft = dict.fromkeys((NEU, ALT), 0)
    additiv = {m.schluessel for m in projekt.read(Merkmal) if m.art.additiv}
    land = {m.schluessel for m in projekt.read(Merkmal) if m.einheit == "ha"}
    assert land
    for (merkmal, stand), geliefert in reihen["geliefert"].items():
        for name in (NEU, ALT):
            auf = reihen[name][merkmal, stand]
            if merkmal in land:
                continue  # never split by people: test_land_is_not_split
            for gruppe in (set(geliefert), *PAARE):
                teile = [geliefert[g][0] for g in gruppe & set(geliefert)]
                if merkmal in additiv and teile and None not in teile and gruppe <= set(geliefert):
                    umgerechnet = [auf[g][0] for g in gruppe if g in auf]
                    assert sum(umgerechnet) == pytest.approx(sum(teile), abs=1e-6), (name, merkmal, stand, gruppe)
                    geprueft[name] += 1
    assert min(geprueft.values()) > 1500


def test_land_is_not_split(projekt, reihen, gerechnet):
    """Land does not lie where people live: whole areas keep theirs, the others say why not, and the town keeps all of it."""
    land = {m.schluessel for m in projekt.read(Merkmal) if m.einheit == "ha"}
    verweigert = 0
    for (merkmal, stand), geliefert in reihen["geliefert"].items():
        for name in (NEU, ALT):
            auf = reihen[name][merkmal, stand]
            if merkmal not in land or len(geliefert) < 12:
                continue
            eigener = ALT if stand.year < 2024 else NEU
            for gebiet, (wert, _, _) in geliefert.items():
                if gebiet in GEAENDERT and name != eigener:
                    assert auf[gebiet][:2] == (None, "ABGELEITET")
                    verweigert += 1
                else:
                    assert auf[gebiet][0] == wert
            zeilen = gerechnet[name][0].filter(gebiet=projekt.kommune.ags, merkmal=merkmal, stand=stand)
            assert zeilen["wert"].to_list() == [pytest.approx(sum(wert for wert, _, _ in geliefert.values()))]
    assert verweigert > 10


def test_each_gebietsstand_keeps_what_was_delivered_for_it(reihen):
    for (merkmal, stand), geliefert in reihen["geliefert"].items():
        eigener = ALT if stand.year < 2024 else NEU
        assert reihen[eigener][merkmal, stand] == geliefert, (merkmal, stand)


def test_only_changed_areas_are_estimates(reihen):
    for name, jahr in ((NEU, 2021), (ALT, 2024)):
        tag = dt.date(jahr, 12, 31)
        vorher, auf = reihen["geliefert"]["hh_kinder", tag], reihen[name]["hh_kinder", tag]
        assert {g for g, (_, _, vermerk) in auf.items() if vermerk == "GESCHAETZT"} == GEAENDERT
        assert {g: w for g, w in auf.items() if g not in GEAENDERT} == {
            g: w for g, w in vorher.items() if g not in GEAENDERT
        }


def test_the_share_is_that_of_the_people_who_move(projekt, reihen):
    spalten = projekt.read_messwerte(merkmale=["ew"], ab_jahr=2025)
    ew = dict(zip(spalten["gebiet"], spalten["wert"], strict=True))
    alte_09 = [b for b in ew if len(b) == 4 and VERSCHOBEN.get(b, b[:2]) == "09"]
    anteil = sum(ew[b] for b in ("0806", "0807", "0808")) / sum(ew[b] for b in alte_09)
    assert 0.2 < anteil < 0.5
    tag = dt.date(2019, 12, 31)
    vorher, nachher = reihen["geliefert"]["hh", tag], reihen[NEU]["hh", tag]
    assert nachher["08"][0] == pytest.approx(vorher["08"][0] + anteil * vorher["09"][0])
    assert nachher["09"][0] == pytest.approx((1 - anteil) * vorher["09"][0])


def test_where_the_register_counts_nothing_is_estimated(projekt, gerechnet):
    """For the end of 2025 the smallest areas are known: the old Sozialräume are summed up, and no estimate."""
    messwerte, _ = gerechnet[ALT]
    ew = messwerte.filter((messwerte["merkmal"] == "ew") & (messwerte["stand"] == dt.date(2025, 12, 31)))
    je = {gebiet: (wert, vermerk) for gebiet, wert, vermerk in ew.select("gebiet", "wert", "vermerk").iter_rows()}
    bezirke = [g.schluessel for g in projekt.read(Gebiet) if g.ebene == "bezirk"]
    erwartet = sum(je[b][0] for b in bezirke if VERSCHOBEN.get(b, b[:2]) == "09")
    assert je["09"] == (erwartet, "")


def test_secret_parts_stay_secret(reihen):
    """Half of a secret is one: where a part is secret, both sides of the new boundary are."""
    geprueft = 0
    for (merkmal, stand), geliefert in reihen["geliefert"].items():
        if stand.year >= 2024:
            continue
        for alt, neue in (("09", ("08", "09")), ("05", ("04", "05"))):
            if alt in geliefert and geliefert[alt][1] == "GEHEIM":
                assert all(reihen[NEU][merkmal, stand][g][:2] == (None, "GEHEIM") for g in neue), (merkmal, stand)
                geprueft += 1
    assert geprueft > 0


def test_rates_are_computed_anew_and_the_town_stays(gerechnet):
    raten = {}
    for name, (_, kennzahlen) in gerechnet.items():
        zeilen = kennzahlen.filter((kennzahlen["indikator"] == "B03") & (kennzahlen["jahr"] < 2025))
        raten[name] = {(z["gebiet"], z["jahr"]): z for z in zeilen.iter_rows(named=True)}
    stadt = "05999038"
    for jahr in range(2019, 2025):
        assert raten[NEU][stadt, jahr]["wert"] == pytest.approx(raten[ALT][stadt, jahr]["wert"])
        for name in raten:
            for raum in GEAENDERT:
                z = raten[name][raum, jahr]
                assert z["wert"] == pytest.approx(100 * z["zaehler"] / z["nenner"])
    assert raten[NEU]["08", 2020]["wert"] != pytest.approx(raten[ALT]["08", 2020]["wert"], abs=0.01)


def test_the_series_as_a_command(pfad, capfd):
    """The planner sees the series from 2019 on today's Gebietsstand, with the estimates marked."""
    run(["--projekt", str(pfad), "raeume", "reihen", NEU, "--indikator", "B03"])
    reihe = {teile[0]: teile[1:] for teile in (zeile.split("\t") for zeile in capfd.readouterr().out.splitlines())}
    assert reihe["Gebiet"] == [str(jahr) for jahr in range(2019, 2026)]
    assert [wert.endswith(" s") for wert in reihe["Weststadt Mitte"]] == [True] * 5 + [False] * 2
    assert not any(wert.endswith(" s") for raum in ("Lindenrath", "Altstadt") for wert in reihe[raum])
