"""A sum over the Sozialräume of a small town: every key, every assumption, and nothing secret in an amount."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import attrs
import polars as pl
import pytest

from sozialtool import ablauf
from sozialtool.ablauf import fassungen
from sozialtool.ablauf.indexwerte import read_merkmal
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.ablauf.mittelverteilung import build_mittelblaetter
from sozialtool.ablauf.vereinbarungen import Beschluss
from sozialtool.ablauf.verteilungsbild import compute_verteilung, compute_verteilungen
from sozialtool.ablauf.verteilungstext import write_betrag
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.sozialindex import Klassen, Sozialindex
from sozialtool.fach.verteilung import Mitteleinheit, Schluesselart, Verteilungsszenario
from sozialtool.fehler import BedienFehler, DatenFehler, FeldFehler
from tests.ablauf.kleinstadt import build_kleinstadt

KOPF = Verteilungsszenario("kopf", "Nach Köpfen", 240000.0)


@pytest.fixture(scope="module")
def projekt(tmp_path_factory):
    with build_kleinstadt(tmp_path_factory.mktemp("mittel"), range(2024, 2026)) as projekt:
        with projekt.change("Kleine Zahlen") as schreiber:
            schreiber.put_messwerte([Messwert("01", "sgb2_unter_18", dt.date(2025, 12, 31), 2.0)])
        fassungen.save_definition(projekt, Sozialindex("SI1", "Index", ("A01",), laeufe=0))
        yield projekt


def bild_of(projekt, **anders):
    return compute_verteilung(projekt, compute(projekt), attrs.evolve(KOPF, **anders))


def test_by_heads_everybody_gets_the_same_per_head(projekt):
    bild = bild_of(projekt)
    assert sum(zeile.betrag for zeile in bild.zeilen) == pytest.approx(240000)
    assert {round(zeile.je_kopf, 2) for zeile in bild.zeilen} == {10.0}
    assert {zeile.differenz for zeile in bild.zeilen} == {0}
    assert bild.vergleich == "dieselbe Summe nur nach Köpfen"


@pytest.mark.parametrize("einheit", list(Mitteleinheit))
@pytest.mark.parametrize("art", list(Schluesselart))
def test_every_key_in_every_unit_adds_up_exactly(projekt, art, einheit):
    bild = bild_of(projekt, art=art, einheit=einheit, summe=97.0, bedarf="arbeitslose", index="SI1", anteil_koepfe=30.0)
    stuecke = [zeile.betrag * einheit.teiler for zeile in bild.zeilen]
    assert sum(round(s) for s in stuecke) == 97 * einheit.teiler
    assert all(abs(s - round(s)) < 1e-6 for s in stuecke)
    assert sum(zeile.differenz for zeile in bild.zeilen) == pytest.approx(0)


def test_by_need_follows_the_released_count(projekt):
    bild = bild_of(projekt, art=Schluesselart.BEDARF, bedarf="arbeitslose")
    je_fall = {round(zeile.betrag / zeile.bedarf, 1) for zeile in bild.zeilen}
    assert len(je_fall) == 1
    assert not any(zeile.angesetzt for zeile in bild.zeilen)


def test_a_secret_need_never_drives_an_amount(projekt):
    """The amounts are the same whichever secret number stands behind the dots, as long as the released figures are."""
    anders = {"art": Schluesselart.BEDARF, "bedarf": "sgb2_unter_18"}
    bild = bild_of(projekt, **anders)
    geheim = [zeile for zeile in bild.zeilen if zeile.angesetzt]
    assert "01" in {zeile.gebiet.schluessel for zeile in geheim}
    assert len(geheim) >= 2
    # inside the group by heads alone: the share of the small count cannot be told from that of its neighbour
    assert len({round(zeile.bedarf / zeile.koepfe, 9) for zeile in geheim}) == 1
    assert "2" not in {f"{zeile.bedarf:g}" for zeile in geheim}
    assert all("Rest der Stadt" in zeile.anmerkung for zeile in geheim)
    assert any("nicht veröffentlicht" in satz and "Raum 1" in satz for satz in bild.annahmen)
    # move one case from the secret area to its partner: every released figure stays, and so does every cent
    partner = next(zeile.gebiet.schluessel for zeile in geheim if zeile.gebiet.schluessel != "01")
    zahlen = projekt.read_messwerte(merkmale=["sgb2_unter_18"])
    wert = next(
        w for g, s, w in zip(zahlen["gebiet"], zahlen["stand"], zahlen["wert"], strict=True)
        if g == partner and s.year == 2025
    )  # fmt: skip
    with projekt.change("Ein Fall wandert") as schreiber:
        schreiber.put_messwerte(
            Messwert(g, "sgb2_unter_18", dt.date(2025, 12, 31), w) for g, w in (("01", 1.0), (partner, wert + 1))
        )
    nachher = bild_of(projekt, **anders)
    projekt.undo()
    assert {z.gebiet.schluessel for z in nachher.zeilen if z.angesetzt} == {z.gebiet.schluessel for z in geheim}
    assert [z.betrag for z in nachher.zeilen] == [z.betrag for z in bild.zeilen]


def test_an_unreleased_merkmal_is_refused_with_those_that_are(projekt):
    with pytest.raises(DatenFehler, match="nicht veröffentlicht") as fehler:
        bild_of(projekt, art=Schluesselart.BEDARF, bedarf="hze")
    assert "sgb2_unter_18" in fehler.value.abhilfe
    with pytest.raises(DatenFehler, match="nicht für alle Gebiete veröffentlicht: Raum 1"):
        bild_of(projekt, koepfe="sgb2_unter_18")
    with pytest.raises(DatenFehler, match="lässt sich"):
        bild_of(projekt, art=Schluesselart.BEDARF, bedarf="sgb2_unter_18", ausgenommen=("01",))


def test_a_single_year_goes_before_a_sum_over_several(projekt):
    """A Merkmal may be released both ways, for two indicators; "Zahlen von 2025" means the year."""
    ergebnis = compute(projekt)
    drei = ergebnis.tabelle.messwerte.filter(pl.col("merkmal") == "arbeitslose").with_columns(
        jahre=pl.lit(3, pl.Int64), wert=pl.col("wert") * 3
    )
    frame = pl.concat([ergebnis.tabelle.messwerte, drei]).sort("merkmal", "stand", "jahre", "gebiet")
    beide = SimpleNamespace(tabelle=SimpleNamespace(messwerte=frame))
    assert read_merkmal(beide, "arbeitslose", 2025) == read_merkmal(ergebnis, "arbeitslose", 2025)


def test_by_index_between_one_and_the_highest_factor(projekt):
    bild = bild_of(projekt, art=Schluesselart.INDEX, index="SI1", hoechstfaktor=3.0)
    faktoren = [zeile.faktor for zeile in bild.zeilen]
    assert (min(faktoren), max(faktoren)) == (1, 3)
    je_kopf = sorted((zeile.faktor, zeile.je_kopf) for zeile in bild.zeilen)
    assert [k for _, k in je_kopf] == sorted(k for _, k in je_kopf)
    assert je_kopf[-1][1] / je_kopf[0][1] == pytest.approx(3, rel=1e-4)
    assert any("bis 3,00-fach" in satz for satz in bild.annahmen)
    assert any("in jedem Jahr null" in satz for satz in bild.annahmen)
    assert not any("in jedem Jahr null" in satz for satz in bild_of(projekt).annahmen)


def test_by_steps_of_the_index(projekt):
    bild = bild_of(projekt, art=Schluesselart.STUFEN, index="SI1", stufen=("1", "1,5", "2"))
    assert sorted({zeile.faktor for zeile in bild.zeilen}) == [1, 1.5, 2]
    with pytest.raises(DatenFehler, match="3 Klassen, angegeben sind 2 Faktoren"):
        bild_of(projekt, art=Schluesselart.STUFEN, index="SI1", stufen=("1", "2"))
    with pytest.raises(BedienFehler, match="Index „SI7“"):
        bild_of(projekt, art=Schluesselart.STUFEN, index="SI7")


def test_an_area_without_index_gets_the_mean_factor(projekt):
    fassungen.save_definition(
        projekt, Sozialindex("SI2", "Ohne 6", ("A01",), ausgenommen=("06",), klassen=Klassen.VIERTEL, laeufe=0)
    )
    bild = bild_of(projekt, art=Schluesselart.INDEX, index="SI2")
    andere = [zeile for zeile in bild.zeilen if zeile.gebiet.schluessel != "06"]
    ohne = next(zeile for zeile in bild.zeilen if zeile.gebiet.schluessel == "06")
    mittel = sum(z.koepfe * z.faktor for z in andere) / sum(z.koepfe for z in andere)
    assert ohne.faktor == pytest.approx(mittel)
    assert "ohne Index" in ohne.anmerkung


def test_floor_cap_and_left_out_areas(projekt):
    bild = bild_of(projekt, art=Schluesselart.BEDARF, bedarf="arbeitslose", mindestens=30000.0, hoechstens=50000.0)
    assert all(30000 <= zeile.betrag <= 50000 for zeile in bild.zeilen)
    assert {"Sockel", "Obergrenze"} & {zeile.anmerkung for zeile in bild.zeilen}
    ohne = bild_of(projekt, ausgenommen=("Raum 2",))
    assert [zeile.gebiet.schluessel for zeile in ohne.zeilen] == ["01", "03", "04", "05", "06"]
    with pytest.raises(DatenFehler, match="6 Gebiete brauchen"):
        bild_of(projekt, mindestens=50000.0)
    with pytest.raises(FeldFehler, match="Cent"):
        bild_of(projekt, summe=10.001)


def test_scenarios_are_compared_and_agreed(projekt):
    fassungen.save_definition(projekt, attrs.evolve(KOPF, reihenfolge=1))
    fassungen.save_definition(
        projekt, attrs.evolve(KOPF, schluessel="fall", name="Nach Fällen", art=Schluesselart.BEDARF,
                              bedarf="arbeitslose", vergleich="kopf", reihenfolge=2)
    )  # fmt: skip
    kopf, fall = compute_verteilungen(projekt)
    assert (kopf.szenario.schluessel, fall.vergleich) == ("kopf", "Nach Köpfen")
    for alt, neu in zip(kopf.zeilen, fall.zeilen, strict=True):
        assert neu.differenz == pytest.approx(neu.betrag - alt.betrag)
        assert neu.differenz_je_kopf == pytest.approx(neu.differenz / neu.koepfe)
    ablauf.decide(projekt, ["fall"], Beschluss(Zustand.VEREINBART, dt.date(2025, 3, 4), "Ausschuss"))
    assert any(
        "Vereinbart am 04.03.2025 (Ausschuss)" in satz for satz in compute_verteilungen(projekt, ["fall"])[0].annahmen
    )
    assert ablauf.find_vereinbarung(projekt, "FALL").name == "Nach Fällen"
    fassungen.save_definition(
        projekt, attrs.evolve(KOPF, schluessel="platz", einheit=Mitteleinheit.PLAETZE, vergleich="kopf")
    )
    with pytest.raises(BedienFehler, match="verteilt Plätze"):
        compute_verteilungen(projekt, ["platz"])
    with pytest.raises(BedienFehler, match="Mittelverteilung „x“"):
        compute_verteilungen(projekt, ["x"])


def test_who_loses_everything_is_named(projekt):
    fassungen.save_definition(projekt, attrs.evolve(KOPF, schluessel="alle", name="An alle"))
    bild = bild_of(projekt, ausgenommen=("Raum 2",), vergleich="alle")
    dort = next(z for z in compute_verteilungen(projekt, ["alle"])[0].zeilen if z.gebiet.name == "Raum 2")
    assert (
        f"Nur bei „An alle“ bekommen etwas, hier nichts: Raum 2 ({write_betrag(dort.betrag, KOPF.einheit)})."
        in bild.annahmen
    )
    assert not any("hier nichts" in satz for satz in bild_of(projekt, vergleich="alle").annahmen)


def test_an_area_without_heads_is_marked_where_it_gets_the_floor(projekt):
    with projekt.change("Gewerbegebiet") as schreiber:
        schreiber.put_messwerte([Messwert("06", "ew", dt.date(2025, 12, 31), 0.0)])
    bild = bild_of(projekt, mindestens=100.0)
    projekt.undo()
    leer = bild.zeilen[-1]
    assert (leer.koepfe, leer.betrag, leer.anmerkung) == (0, 100, "Sockel, keine Köpfe")


@pytest.mark.parametrize(
    ("anders", "satz"),
    [
        ({"vergleich": "KOPF"}, "mit sich selbst"),
        ({"art": Schluesselart.BEDARF}, "nach Fallzahl; es fehlt die Fallzahl"),
        ({"art": Schluesselart.STUFEN}, "es fehlt der Index"),
        ({"hoechstfaktor": 1e308}, "zwischen 1 und 100"),
        ({"summe": 1e30}, "lässt sich nicht in Cent teilen"),
        ({"summe": 1e13, "einheit": Mitteleinheit.EURO}, "lässt sich nicht in Cent teilen"),
    ],
)
def test_what_cannot_be_meant_is_not_stored(projekt, anders, satz):
    with pytest.raises((BedienFehler, FeldFehler), match=satz):
        fassungen.save_definition(projekt, attrs.evolve(KOPF, **anders))


def test_what_counts_the_same_heads_is_compared_wherever_it_stands(projekt):
    arten = [KOPF, attrs.evolve(KOPF, name="Plätze", einheit=Mitteleinheit.PLAETZE, summe=90.0),
             attrs.evolve(KOPF, name="Nach Fällen", art=Schluesselart.BEDARF, bedarf="arbeitslose")]  # fmt: skip
    bilder = [compute_verteilung(projekt, compute(projekt), szenario) for szenario in arten]
    blaetter = build_mittelblaetter(bilder, {})
    assert [blatt.name for blatt in blaetter] == ["Vergleich", "Nach Köpfen", "Plätze", "Nach Fällen"]
    gruppen = {spalte.gruppe for spalte in blaetter[0].tabelle.spalten}
    assert {"Nach Köpfen", "Nach Fällen"} <= gruppen
    assert "Plätze" not in gruppen
