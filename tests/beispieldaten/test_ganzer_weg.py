"""Lindenrath from the deliveries to the workbook: every imported value against the truth, no secret outside."""

from __future__ import annotations

import csv
import hashlib
import runpy
import shutil
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from sozialtool import ablauf, orte
from sozialtool.ablauf.beispiel import DRUCKSACHE, EINGELESEN, STAND
from sozialtool.ablauf.beispielregister import REGISTER
from sozialtool.ablauf.beispielstadt import create_lindenrath
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.quelle import Importprofil, Quelle
from sozialtool.fach.raum import Gebiet
from sozialtool.fehler import BedienFehler

ORDNER = Path(__file__).resolve().parents[2] / "beispieldaten"
HOEHERE = {"stadt", "ortsteil"}


@pytest.fixture(scope="module")
def lindenrath(beispiel):
    with ablauf.open_projekt(beispiel.projekt) as projekt:
        yield beispiel, projekt


@pytest.fixture(scope="module")
def tabelle(lindenrath):
    """What is released, computed once: computing another town in between would make it be computed again."""
    _, projekt = lindenrath
    return compute(projekt).tabelle


def read_csv(name: str) -> list[dict[str, str]]:
    with (ORDNER / name).open(encoding="utf-8", newline="") as datei:
        return list(csv.DictReader(datei, delimiter=";"))


def read_wahrheit() -> dict[tuple[str, str, str], tuple[float | None, str | None, int]]:
    return {
        (z["gebiet"], z["merkmal"], z["stand"]): (
            float(z["wert"]) if z["wert"] else None,
            z["zeichen"] or None,
            int(z["jahre"]),
        )
        for z in read_csv("wahrheit.csv")
    }


def read_projekt(projekt) -> dict[tuple[str, str, str], tuple[float | None, str | None, int]]:
    s = projekt.read_messwerte()
    return {
        (gebiet, merkmal, stand.isoformat()): (wert, zeichen, jahre)
        for gebiet, merkmal, stand, wert, zeichen, jahre in zip(
            *(s[n] for n in ("gebiet", "merkmal", "stand", "wert", "zeichen", "jahre")), strict=True
        )
    }


def test_every_delivery_was_accepted(lindenrath):
    beispiel, projekt = lindenrath
    assert "Nicht übernommen" not in beispiel.bericht
    gelesen = [quelle.datei for quelle in projekt.read(Quelle) if quelle.datei != REGISTER]
    assert len(gelesen) == len(list((ORDNER / "lieferungen").rglob("*.*")))


def test_every_imported_value_equals_the_truth(lindenrath):
    _, projekt = lindenrath
    bezirke = {g.schluessel for g in projekt.read(Gebiet) if g.ebene == "bezirk"}  # counted, see test_register
    wahrheit, ist = read_wahrheit(), {s: w for s, w in read_projekt(projekt).items() if s[0] not in bezirke}
    falsch = {s: (wahrheit.get(s), wert) for s, wert in ist.items() if wahrheit.get(s) != wert}
    assert falsch == {}


def test_nothing_delivered_is_missing(lindenrath):
    """Totals and subtotals are checked, not imported; every other delivered value must be there."""
    _, projekt = lindenrath
    ebene = {gebiet.schluessel: gebiet.ebene for gebiet in projekt.read(Gebiet)}
    wahrheit, ist = read_wahrheit(), read_projekt(projekt)
    fehlend = [s for s in wahrheit if s not in ist and ebene[s[0]] not in HOEHERE]
    assert fehlend == []


def test_every_agreed_indicator_is_in_the_release(lindenrath, tabelle):
    """Also those of delivered three-year sums: an indicator that asks for another length would silently stay away."""
    _, projekt = lindenrath
    zeilen = [z for z in ablauf.indikatoren(projekt) if z.indikator.zustand is Zustand.VEREINBART]
    assert [z.indikator.kennung for z in zeilen if not z.vorhanden] == []
    kennzahlen = tabelle.kennzahlen
    gezeigt = set(kennzahlen.filter(kennzahlen["wert"].is_not_null())["indikator"])
    assert {z.indikator.kennung for z in zeilen} - gezeigt == set()


def test_workbook_gives_the_same_bytes_again(lindenrath):
    beispiel, projekt = lindenrath
    erste = hashlib.sha256(beispiel.arbeitsmappe.read_bytes()).hexdigest()
    ablauf.ausgeben(projekt, 2025, DRUCKSACHE, stand=STAND, grenzen_geprueft=True)
    assert hashlib.sha256(beispiel.arbeitsmappe.read_bytes()).hexdigest() == erste


def test_the_register_below_changes_no_figure(lindenrath, tabelle, tmp_path):
    """Figures of the smallest areas stay in the house: what goes out is what the deliveries alone give."""
    _, projekt = lindenrath
    (quelle,) = [q for q in projekt.read(Quelle) if q.datei == REGISTER]
    kopie = shutil.copyfile(projekt.pfad, tmp_path / "lindenrath.sozial")
    with ablauf.open_projekt(kopie) as ohne_register:
        with ohne_register.change("ohne Register") as schreiber:
            schreiber.remove_messwerte(quelle.schluessel)
        ohne = compute(ohne_register).tabelle
    assert tabelle.kennzahlen.equals(ohne.kennzahlen)
    assert tabelle.protokoll == ohne.protokoll


def test_starred_numbers_stay_secret(lindenrath, tabelle):
    """The numbers behind the signs are known to the script alone: none is shown, none can be computed back."""
    beispiel, _ = lindenrath
    geheim = {(z["gebiet"], z["merkmal"], int(z["stand"][:4])): float(z["wert"]) for z in read_csv("geheim.csv")}
    assert geheim
    gezeigt = tabelle.messwerte.filter(tabelle.messwerte["wert"].is_not_null())
    orte_gezeigt = {(z["gebiet"], z["merkmal"], z["stand"].year) for z in gezeigt.iter_rows(named=True)}
    assert not set(geheim) & orte_gezeigt
    spannen = {(s.gebiet, s.merkmal, s.jahr): (s.intervall_von, s.intervall_bis) for s in tabelle.protokoll}
    geprueft = 0
    for ort, wert in geheim.items():
        if ort in spannen:
            von, bis = spannen[ort]
            assert von <= wert
            assert bis is None or (wert <= bis and bis - von >= 2)
            geprueft += 1
    assert geprueft >= 30
    with zipfile.ZipFile(beispiel.arbeitsmappe) as paket:
        assert not [name for name in paket.namelist() if "externalLink" in name or "comment" in name.casefold()]


def test_same_file_again_is_noticed(lindenrath):
    _, projekt = lindenrath
    datei = ORDNER / "lieferungen" / "2025" / "Kita_Auswertung_Stand_01.03.2025.xlsx"
    codes = {befund.code for befund in ablauf.examine(projekt, datei).befunde}
    assert "SCHON-GELIEFERT" in codes


def test_expected_findings_came_and_no_others(lindenrath):
    _, projekt = lindenrath
    erwartet = tomllib.loads((ORDNER / "lieferungen.toml").read_text(encoding="utf-8"))["lieferung"]
    for quelle in projekt.read(Quelle):
        if quelle.datei == REGISTER:
            continue
        lieferung = next(e for e in erwartet if Path(e["datei"]).name == quelle.datei)
        codes = {befund.code for befund in ablauf.befunde_of(projekt, quelle)}
        assert set(lieferung["befunde"]) == codes, quelle.datei


def test_the_new_layout_of_2020_is_shown_before_anything_is_taken(tmp_path, monkeypatch):
    """The planner of 2020 knows the layout of 2019 only: every renamed and added column is named, nothing is guessed."""
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with create_lindenrath(tmp_path / "L", ORDNER) as projekt:
        with projekt.change("Stand Anfang 2020") as schreiber:
            for profil in projekt.read(Importprofil):
                if "Kita" in profil.name and "2019" not in profil.name:
                    schreiber.remove(Importprofil, profil.schluessel)
        dateien = [ORDNER / "lieferungen" / f"{j}" / f"Kita_Auswertung_Stand_01.03.{j}.xlsx" for j in (2019, 2020)]
        alt = ablauf.examine(projekt, dateien[0])
        assert alt.bereit
        assert not alt.abweichungen
        ablauf.accept(projekt, alt)
        neu = ablauf.examine(projekt, dateien[1])
        assert not neu.bereit
        arten = sorted((a.art, a.text.rpartition(" – ")[2]) for a in neu.abweichungen)
        assert arten == [
            ("spalte-fehlt", "3 bis unter 6 Jahre"),
            ("spalte-fehlt", "unter 3 Jahre"),
            ("spalte-neu", "U3-Kinder (Kita und Kindertagespflege)"),
            ("spalte-neu", "davon Kindertagespflege"),
            ("spalte-neu", "Ü3-Kinder"),
        ]
        assert len(neu.fragen) == 3
        with pytest.raises(BedienFehler):
            ablauf.accept(projekt, neu)
        assert {stand.year for stand in projekt.read_messwerte()["stand"]} == {2019}


def test_the_confirmed_mappings_can_be_built_anew(tmp_path, monkeypatch):
    ziel = tmp_path / "profile.toml"
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    monkeypatch.setattr(sys, "argv", ["profile_bilden.py", str(ziel)])
    with pytest.raises(SystemExit) as ende:
        runpy.run_path(str(ORDNER / "profile_bilden.py"), run_name="__main__")
    assert ende.value.code == 0
    assert ziel.read_text(encoding="utf-8") == (ORDNER / "profile.toml").read_text(encoding="utf-8")


def test_orte_finds_the_folder():
    paket = Path(orte.__file__).resolve().parent
    # In the Windows folder the town lies inside the package, in a checkout beside it.
    erwartet = ORDNER if paket.parent == ORDNER.parent else paket / "_daten" / "beispieldaten"
    assert orte.beispieldaten().resolve() == erwartet.resolve()


def test_nothing_in_the_workbook_comes_from_the_clock(lindenrath):
    _, projekt = lindenrath
    tage = {quelle.eingelesen_am.date() for quelle in projekt.read(Quelle)}
    assert tage == {EINGELESEN.date()}
    assert EINGELESEN.date() < STAND
