"""A Mittelverteilung that goes out before the Monitoring is known to it; what was not in it is not."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from sozialtool import ablauf
from sozialtool.ablauf import fassungen
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.ablauf.mittelfreigabe import build_auswahl
from sozialtool.cli import run
from sozialtool.fach.messwert import Merkmal, Messwert, Zeichen
from sozialtool.fach.sozialindex import Sozialindex
from sozialtool.fach.verteilung import Schluesselart, Verteilungsszenario
from sozialtool.geheimhaltung.festhalten import thaw
from tests.ablauf.kleinstadt import build_kleinstadt

TAG = dt.date(2025, 12, 31)
KOPF = Verteilungsszenario("kopf", "Nach Köpfen", 240000.0, koepfe="ew_15_65")
BEDARF = attrs.evolve(KOPF, schluessel="bedarf", name="Nach Bedarf", art=Schluesselart.BEDARF, bedarf="arbeitslose")
INDEX = attrs.evolve(KOPF, schluessel="index", name="Nach Index", art=Schluesselart.INDEX, index="SI1")


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        with projekt.change("Zahlen") as schreiber:
            schreiber.put_messwerte(Messwert("01", m, TAG, 4.0) for m in ("arbeitslose", "sgb2_unter_18"))
        fassungen.save_definition(projekt, Sozialindex("SI1", "Index", ("A07",), laeufe=0))
        for szenario in (KOPF, BEDARF, INDEX):
            fassungen.save_definition(projekt, szenario)
        yield projekt


def zahl(projekt, merkmal, gebiet="01"):
    werte = compute(projekt).tabelle.messwerte.filter(stand=TAG, merkmal=merkmal, gebiet=gebiet)["wert"].to_list()
    return werte[0]


def raise_mindestfallzahl(projekt):
    with projekt.change("strenger") as schreiber:
        for name in ("arbeitslose", "sgb2_unter_18"):
            schreiber.put(attrs.evolve(projekt.get(Merkmal, name), mindestfallzahl=5))


def test_a_draft_leaves_no_trace(projekt):
    ablauf.write_mittelverteilung(projekt)
    assert ablauf.list_veroeffentlichungen(projekt) == ()


def test_what_it_showed_stays_shown_and_the_rest_is_still_protected(projekt):
    pfad = ablauf.write_mittelverteilung(projekt, ("bedarf",), 0, "17/9", stand=dt.date(2026, 2, 3), endgueltig=True)
    (v,) = ablauf.list_veroeffentlichungen(projekt)
    assert (v.name, v.datei) == ("Mittelverteilung 2025 vom 03.02.2026, Drucksache 17/9", pfad.name)
    assert zahl(projekt, "arbeitslose") == zahl(projekt, "sgb2_unter_18") == 4.0
    raise_mindestfallzahl(projekt)
    # The four unemployed are public; the four children never left the house.
    assert (zahl(projekt, "arbeitslose"), zahl(projekt, "sgb2_unter_18")) == (4.0, None)
    assert "gemeinsam mit: Mittelverteilung 2025 vom 03.02.2026" in ablauf.describe_geheimhaltung(projekt, 2025)
    assert ablauf.check_fruehere(projekt) == ()
    ablauf.withdraw_veroeffentlichung(projekt, v.schluessel)
    assert zahl(projekt, "arbeitslose") is None


def test_only_heads_cases_and_the_rates_of_its_index_are_kept(projekt):
    def offen(*szenarien):
        ablauf.write_mittelverteilung(projekt, szenarien, endgueltig=True)
        release = thaw(ablauf.list_veroeffentlichungen(projekt)[-1].inhalt, "x")
        return {(o.merkmal, o.jahr) for o in release.auftrag.offen}, {z[:2] for z in release.auftrag.zeilen}

    assert offen("kopf") == ({("ew_15_65", 2025)}, set())
    assert offen("bedarf") == ({("ew_15_65", 2025), ("arbeitslose", 2025)}, set())
    merkmale, zeilen = offen("index")
    assert zeilen == {("A07", 2025)}
    assert ("ew_15_65", 2025) in merkmale
    assert not any(name == "arbeitslose" or jahr != 2025 for name, jahr in merkmale)


def test_nothing_is_kept_of_areas_that_do_not_stand_there(projekt):
    """Neither the town, nor "nicht zuzuordnen", nor who gets nothing; in an index no rate that is secret."""
    raeume = {f"0{n}" for n in range(1, 7)}
    for art in (KOPF, BEDARF):
        with projekt.change("ohne 06") as schreiber:
            schreiber.put(attrs.evolve(art, ausgenommen=("06",)))
    ergebnis = compute(projekt)
    for schluessel in ("kopf", "bedarf"):
        auswahl = build_auswahl(projekt, ergebnis, ablauf.compute_verteilungen(projekt, (schluessel,)))
        assert {o.gebiet for o in auswahl.orte} == raeume - {"06"}, schluessel
    auswahl = build_auswahl(projekt, ergebnis, ablauf.compute_verteilungen(projekt, ("index",)))
    assert {g for _, _, g in auswahl.zeilen} == raeume
    raise_mindestfallzahl(projekt)
    ergebnis = compute(projekt)
    geheim = {g for g in raeume if zahl(projekt, "arbeitslose", g) is None}
    assert geheim
    auswahl = build_auswahl(projekt, ergebnis, ablauf.compute_verteilungen(projekt, ("bedarf",)))
    # What is left for the secret ones stands there as one sum: the town without all others.
    assert {o.gebiet for o in auswahl.orte if o.merkmal == "arbeitslose"} == raeume - geheim | {projekt.kommune.ags}
    ohne_quote = {g for g in raeume if Zeichen.GEHEIM.name in _zeichen(ergebnis, g)}
    auswahl = build_auswahl(projekt, ergebnis, ablauf.compute_verteilungen(projekt, ("index",)))
    assert ohne_quote
    assert {g for _, _, g in auswahl.zeilen} == raeume - ohne_quote


def _zeichen(ergebnis, gebiet):
    return set(ergebnis.tabelle.kennzahlen.filter(indikator="A07", jahr=2025, gebiet=gebiet)["zeichen"])


def test_a_secret_stays_secret_in_what_is_kept(projekt):
    raise_mindestfallzahl(projekt)
    assert zahl(projekt, "arbeitslose") is None
    ablauf.write_mittelverteilung(projekt, ("bedarf",), endgueltig=True)
    vorher = {g: zahl(projekt, "arbeitslose", g) for g in ("01", "02", "03", "04", "05", "06")}
    (v,) = ablauf.list_veroeffentlichungen(projekt)
    release = thaw(v.inhalt, "x")
    gezeigt = {o.gebiet for o in release.auftrag.offen - release.gesperrt if o.merkmal == "arbeitslose"}
    assert {g for g, wert in vorher.items() if wert is not None} == gezeigt & set(vorher)
    # The next release keeps the same pattern: what went out stays, what was secret does too.
    ablauf.ausgeben(projekt, 2025, endgueltig=True)
    assert {g: zahl(projekt, "arbeitslose", g) for g in vorher} == vorher
    assert ablauf.check_fruehere(projekt) == ()


def test_the_command_says_draft_or_keeps_it(projekt, capfd):
    pfad = str(projekt.pfad)
    projekt.close()
    assert run(["verteilen", "--projekt", pfad, "ausgeben", "kopf"]) == 0
    assert "Das ist ein Entwurf" in capfd.readouterr().err
    assert run(["verteilen", "--projekt", pfad, "ausgeben", "kopf", "--endgueltig"]) == 0
    assert "Entwurf" not in capfd.readouterr().err
    assert run(["geheimhaltung", "--projekt", pfad, "stand"]) in (0, 1)
    assert "Mittelverteilung 2025 vom" in capfd.readouterr().out
