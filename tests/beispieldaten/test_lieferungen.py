"""The deliveries: reproducible, readable, ugly in the way they claim, and equal to the book of truth."""

from __future__ import annotations

import csv
import datetime as dt
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from sozialtool.katalog import load_merkmale

JAHRE = tuple(range(2019, 2026))
RAEUME = tuple(f"{n:02d}" for n in range(1, 13))
AGS = "05999038"
MELDE = {m.schluessel for m in load_merkmale() if m.fachbereich == "Einwohnermeldewesen"}


def cells(pfad: Path) -> dict[str, list[list[object]]]:
    """All cells of a file, by sheet; a csv is one sheet."""
    if pfad.suffix == ".csv":
        return {"csv": list(csv.reader(pfad.read_text(encoding="latin-1").splitlines(), delimiter=";"))}
    buch = CalamineWorkbook.from_path(str(pfad))
    return {name: buch.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in buch.sheet_names}


def generate(ziel: Path, ordner: Path, **umgebung: str) -> None:
    subprocess.run(
        [sys.executable, str(ordner / "erzeugen.py"), str(ziel)],
        check=True,
        env={**os.environ, **umgebung},
        cwd=ziel.parent,
    )


@pytest.fixture(scope="session")
def neu(tmp_path_factory, ordner) -> Path:
    ziel = tmp_path_factory.mktemp("lindenrath")
    generate(ziel, ordner, PYTHONHASHSEED="1", TZ="Pacific/Auckland", LC_ALL="C", PYTHONUTF8="0")
    return ziel


@pytest.fixture(scope="session")
def lieferungen(ordner) -> dict:
    return tomllib.loads((ordner / "lieferungen.toml").read_text(encoding="utf-8"))


def files_of(ordner: Path) -> list[Path]:
    return sorted(p.relative_to(ordner) for p in (ordner / "lieferungen").rglob("*") if p.is_file())


def test_neu_erzeugt_ist_gleich(neu, ordner):
    assert files_of(neu) == files_of(ordner)
    for pfad in files_of(ordner):
        assert cells(neu / pfad) == cells(ordner / pfad), pfad
    for pfad in sorted((ordner / "register").iterdir()):
        assert cells(neu / "register" / pfad.name) == cells(pfad), pfad.name
    for name in ("wahrheit.csv", "geheim.csv", "gebiete.csv", "ebenen.csv", "umsteiger_stimmbezirke.csv", "kommune.toml",
                 "bausteine.toml", "vereinbart.toml", "lieferungen.toml", "fachbereiche.toml", "raeume.csv",
                 "raumzuordnungen.csv", "umsteiger_bezirke.csv", "schreibweisen.csv",
                 "karte/Statistische_Bezirke.geojson", "karte/lagen.csv"):  # fmt: skip
        assert (neu / name).read_bytes() == (ordner / name).read_bytes(), name
    for pfad in files_of(ordner):
        if pfad.suffix in (".csv", ".xls"):
            assert (neu / pfad).read_bytes() == (ordner / pfad).read_bytes(), pfad


def test_zweimal_erzeugt_gibt_dieselben_bytes(neu, ordner, tmp_path):
    """On one machine; between machines the compression may differ."""
    generate(tmp_path, ordner, PYTHONHASHSEED="77", TZ="America/Los_Angeles")
    dateien = sorted(p.relative_to(neu) for p in neu.rglob("*") if p.is_file())
    assert dateien == sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    assert all((neu / d).read_bytes() == (tmp_path / d).read_bytes() for d in dateien)


def test_umfang(ordner, lieferungen):
    dateien = files_of(ordner)
    assert [d["datei"] for d in lieferungen["lieferung"]] != []
    assert sorted(Path("lieferungen") / d["datei"] for d in lieferungen["lieferung"]) == dateien
    assert len(dateien) <= 45
    assert sum((ordner / d).stat().st_size for d in dateien) + (ordner / "wahrheit.csv").stat().st_size < 1_500_000
    assert {d["absender"] for d in lieferungen["lieferung"]} >= {"Bundesagentur für Arbeit", "IT.NRW", "Jugendamt",
        "Wahlamt", "Schulamt", "Sozialamt", "Gesundheitsamt", "Einwohnermeldewesen", "Wohngeldstelle", "Bauamt"}  # fmt: skip
    assert {d.suffix for d in dateien} == {".xlsx", ".xls", ".ods", ".csv"}
    assert any(" (2)" in d.name for d in dateien)


def test_reihenfolge_ist_die_der_jahre(lieferungen):
    jahre = [d["datei"][:4] for d in lieferungen["lieferung"] if d["datei"][0] == "2"]
    assert jahre == sorted(jahre)


@pytest.mark.parametrize("jahr", JAHRE)
def test_meldewesen_ist_die_wahrheit(ordner, wahrheit, jahr):
    """Independent reading: columns of the sheet and truth hold the same multiset per area, code without zeros."""
    blaetter = cells(ordner / f"lieferungen/{jahr}/Einwohner_Sozialraum_31-12-{jahr}.xlsx")
    assert list(blaetter) == ["Bestand", "Haushalte", "Bewegung"]
    for nummer, gebiet in ((1, "01"), (12, "12"), (99, "nz")):
        zellen = [z[1:] for blatt in blaetter.values() for z in blatt if z[0] == nummer]
        gelesen = sorted(wert for zeile in zellen for wert in zeile)
        quelle = [z.wert for z in wahrheit if z.gebiet == gebiet and z.stand == f"{jahr}-12-31" and z.merkmal in MELDE]
        assert gelesen == sorted(quelle)
    bestand = blaetter["Bestand"]
    assert all(isinstance(z[0], float) for z in bestand[4:17]), "Excel hat die Nullen verloren"
    ew = next(z.wert for z in wahrheit if (z.gebiet, z.merkmal, z.stand) == ("04", "ew", f"{jahr}-12-31"))
    assert next(z[1] for z in bestand if z[0] == 4) == ew
    assert bestand[17][0] == "Summe"
    assert bestand[17][1] == sum(z[1] for z in bestand[4:17])


@pytest.mark.parametrize("jahr", JAHRE)
def test_bundesagentur(ordner, wahrheit, jahr):
    pfad = ordner / f"lieferungen/{jahr}/Arbeitsmarkt-kleinraeumig_{AGS}_Lindenrath_{jahr}.xlsx"
    blaetter = cells(pfad)
    assert list(blaetter) == ["Deckblatt", "Impressum", "Daten", "Statistik-Infoseite"]
    daten = blaetter["Daten"]
    assert daten[3][0] == f"{AGS} Lindenrath, Stadt (Gebietsstand im Jahr {jahr})"
    assert daten[7][2:] == [float(n) for n in range(1, 15)], "Spalten sind nummeriert"
    zahlen = [z for z in daten[8:-2] if z[2] != ""]
    assert sum(z[0] == "dar." for z in zahlen) == 5
    for zeile in zahlen:
        sterne = zeile[2:15].count("*")
        assert sterne != 1, f"{zeile[:2]}: ein einzelner Stern ließe sich aus der Summe errechnen"
        offen = sum(z for z in zeile[2:15] if z != "*")
        assert (offen == zeile[15]) if not sterne else (zeile[15] - offen >= sterne)
        assert not {1.0, 2.0} & set(zeile[2:15])
    maenner, frauen = (next(z for z in zahlen[6:] if z[1] == name) for name in ("Männer", "Frauen"))
    assert [z == "*" for z in maenner] == [z == "*" for z in frauen], "sonst verrät ein Geschlecht das andere"
    insgesamt = [z for z in zahlen if z[0] == "Insgesamt"][2]
    quelle = {z.gebiet: z.wert for z in wahrheit if z.merkmal == "arbeitslose" and z.stand == f"{jahr}-12-31"}
    assert insgesamt[2:] == [quelle[g] for g in (*RAEUME, "nz", AGS)]


def test_bundesagentur_zeigt_null_als_strich(ordner):
    gesehen = 0
    for jahr in JAHRE:
        pfad = ordner / f"lieferungen/{jahr}/Arbeitsmarkt-kleinraeumig_{AGS}_Lindenrath_{jahr}.xlsx"
        for zeile in openpyxl.load_workbook(pfad)["Daten"].iter_rows(min_row=9):
            gesehen += sum(z.value == 0 and z.number_format.endswith(r";\-") for z in zeile)
    assert gesehen >= 3


def test_it_nrw_hat_drei_kopfzeilen_und_jahre_als_text(ordner, wahrheit):
    pfad = ordner / f"lieferungen/reihen/12411-02i_{AGS}_Bevoelkerung.xls"
    assert pfad.read_bytes()[:8] == bytes.fromhex("d0cf11e0a1b11ae1")
    blatt = CalamineWorkbook.from_path(str(pfad)).get_sheet_by_name("Temporär")
    assert ((5, 0), (7, 0)) in blatt.merged_cell_ranges
    zeilen = blatt.to_python(skip_empty_area=False)
    assert "\xa0" in zeilen[5][1]
    jahre = [z[0] for z in zeilen if re.fullmatch(r"\d{4}", str(z[0]))]
    assert jahre == [str(j) for j in range(2025, 2009, -1)]
    assert all(isinstance(j, str) for j in jahre)
    assert zeilen[-1][0].startswith("Stand: ")
    quelle = {z.stand[:4]: z.wert for z in wahrheit if z.merkmal == "ew_amtlich"}
    assert {z[0]: z[1] for z in zeilen if z[0] in jahre} == quelle
    assert quelle["2022"] < quelle["2021"] - 300, "Zensus 2022"


def test_it_nrw_zeichen(ordner, wahrheit):
    zeilen = cells(ordner / f"lieferungen/reihen/Kommunalprofil_{AGS}_Auszug_Soziales.xls")["Temporär"]
    je = {z[0]: z for z in zeilen}
    assert je["2021"][6] == "."
    assert je["2025"][7:9] == ["...", "..."]
    assert je["2024"][2] == "x"
    zeichen = {(z.merkmal, z.stand[:4]): z.zeichen for z in wahrheit}
    assert zeichen["abgaenge_ohne_abschluss", "2021"] == "GEHEIM"
    assert zeichen["einkuenfte", "2025"] == "FOLGT"
    assert zeichen["pflegebeduerftige", "2024"] == "SINNLOS"


def test_jugendamt_zwischensummen_fussnoten_und_neuer_aufbau(ordner):
    koepfe = {}
    for jahr in JAHRE:
        pfad = ordner / f"lieferungen/{jahr}/Kita_Auswertung_Stand_01.03.{jahr}.xlsx"
        blatt = CalamineWorkbook.from_path(str(pfad)).get_sheet_by_name("Tabelle1")
        assert ((3, 0), (4, 0)) in blatt.merged_cell_ranges
        zeilen = blatt.to_python(skip_empty_area=False)
        koepfe[jahr] = [k for k in zeilen[4] if k]
        texte = [z[0] for z in zeilen]
        assert sum(t.startswith("Summe ") for t in texte) == 6
        assert "nicht zuzuordnen¹⁾" in texte
        geklebt = [w for z in zeilen[5:] for w in z[1:] if isinstance(w, str) and re.match(r"\d", w)]
        assert len(geklebt) == 2
        assert any(w.endswith("³⁾") for w in geklebt)
    assert len(koepfe[2019]) + 1 == len(koepfe[2020])
    assert all(koepfe[j] == koepfe[2020] for j in JAHRE[1:])
    assert "unter 3 Jahre" in koepfe[2019]
    assert "unter 3 Jahre" not in koepfe[2020]


def test_hze_blattnamen_sind_jahre(ordner, wahrheit):
    blaetter = cells(ordner / "lieferungen/reihen/HzE_nach_Wohnort_2019-2025.xlsx")
    assert list(blaetter) == [str(j) for j in JAHRE]
    alles = [w for blatt in blaetter.values() for z in blatt for w in z]
    assert {"<3", "–", "k. A."} <= {w for w in alles if isinstance(w, str)}
    geheim = sum(
        z.zeichen == "GEHEIM" and z.merkmal in ("verfahren_8a", "inobhutnahmen", "jugendgerichtshilfe")
        for z in wahrheit
    )
    assert alles.count("<3") == geheim
    assert not any("20" in str(w) for z in blaetter["2021"][:3] for w in z), "das Jahr steht nur im Blattnamen"


def test_wahlamt_nach_stimmbezirken(ordner, wahrheit):
    for jahr, art in ((2020, str), (2025, float)):
        zeilen = cells(ordner / f"lieferungen/{jahr}/Kommunalwahl_{jahr}_Stimmbezirke.ods")["Ratswahl"]
        bezirke = zeilen[4:26]
        assert all(type(z[0]) is art for z in bezirke)
        quelle = {z.gebiet: z.wert for z in wahrheit if z.merkmal == "waehler" and z.stand[:4] == str(jahr)}
        assert [z[3] for z in bezirke] == [quelle[f"{n:03d}"] for n in range(1, 23)]
        assert zeilen[26][0] == "Stadt insgesamt"
        assert zeilen[26][2] == sum(z[2] for z in bezirke)
        assert 0.5 < zeilen[26][3] / zeilen[26][2] < 0.65


def test_schulamt_csv(ordner, wahrheit):
    roh = (ordner / "lieferungen/reihen/Schulstatistik_Export_SJ2019-2025.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        roh.decode("utf-8")
    zeilen = [z.split(";") for z in roh.decode("latin-1").split("\r\n")]
    assert zeilen[1][0] == "Schuljahr"
    daten = [z for z in zeilen[2:] if len(z) > 1]
    assert len(daten) == 7 * 13
    assert all(re.fullmatch(r"\d+,\d", z[5]) or z[3] == "0" for z in daten)
    quelle = {(z.gebiet, z.stand): z.wert for z in wahrheit if z.merkmal == "ogs_kinder"}
    for z in daten:
        gebiet = "nz" if z[1] == "99" else z[1]
        assert quelle[gebiet, dt.date(int(z[0][:4]), 10, 15).isoformat()] == float(z[4])


def test_sozialamt_mehrere_tabellen_und_textzahlen(ordner):
    for jahr in JAHRE:
        zeilen = cells(ordner / f"lieferungen/{jahr}/Sozialhilfe_{jahr}_final.xlsx")["Übersicht"]
        assert sum(str(z[0]).startswith("Tabelle ") for z in zeilen) == 4
        assert all(isinstance(w, str) for z in zeilen for w in z), "alle Zahlen sind Text"
        texte = {w for z in zeilen for w in z[1:]}
        assert any(re.fullmatch(r"\d\.\d{3}", t) for t in texte)
        assert any(re.fullmatch(r"\d+,\d %", t) for t in texte)
        assert "*" in texte


def test_gesundheitsamt(ordner, wahrheit):
    for bis in (2022, 2025):
        zeilen = cells(ordner / f"lieferungen/{bis}/SEU_Lindenrath_{bis - 2}-{bis}.xlsx")["SEU"]
        assert f"{bis - 2} bis {bis}" in zeilen[1][0]
        unsicher = sum(z.zeichen == "UNSICHER" and z.stand == f"{bis}-12-31" for z in wahrheit)
        assert sum(z.count("/") for z in zeilen) == unsicher >= 7
        assert any(z[1] == "Kreis Wendtal" for z in zeilen)
        assert {z.jahre for z in wahrheit if z.merkmal.startswith("seu_")} == {3}


def test_wohngeld_falsche_summe(ordner, lieferungen, wahrheit):
    (falsch,) = lieferungen["falsche_summe"]
    eintrag = next(d for d in lieferungen["lieferung"] if d["datei"] == falsch["datei"])
    mit = [d["datei"] for d in lieferungen["lieferung"] if "SUMME-FALSCH" in d["befunde"]]
    assert mit == [eintrag["datei"]]
    stadt = {z.stand[:4]: z.wert for z in wahrheit if z.merkmal == "wohngeld_hh" and z.gebiet == AGS}
    for d in lieferungen["lieferung"]:
        if d["absender"] != "Wohngeldstelle":
            continue
        jahr = d["datei"][:4]
        zeilen = cells(ordner / "lieferungen" / d["datei"])["Auswertung"]
        teile, summe = sum(z[2] for z in zeilen[6:19]), zeilen[19][2]
        assert teile == stadt[jahr]
        assert (summe != teile) == (d["datei"] == falsch["datei"])
    assert falsch["steht"] != falsch["richtig"] == stadt["2025"]


def test_wohngeld_hat_fehlerzellen(ordner):
    blatt = openpyxl.load_workbook(ordner / "lieferungen/2019/wohngeld_2019.xlsx", data_only=True)["Auswertung"]
    assert [blatt.cell(z, 5).value for z in range(7, 20)] == ["#DIV/0!"] * 13


def test_bauamt_traegt_namen_und_jahr_ueber_jeder_spalte(ordner, wahrheit):
    zeilen = cells(ordner / "lieferungen/reihen/Flaechen_Wohnungen_Erreichbarkeit.xlsx")["Daten"]
    assert zeilen[1][2:9] == [str(j) for j in JAHRE]
    assert [z[0] for z in zeilen[2:14]] == list(RAEUME), "Kennziffer bleibt Text"
    spalte = zeilen[0].index("Wohneinheiten")
    quelle = {z.gebiet: z.wert for z in wahrheit if z.merkmal == "we" and z.stand == "2019-12-31"}
    assert [z[spalte] for z in zeilen[2:15]] == [quelle[g] for g in (*RAEUME, AGS)]


def test_readme_nennt_jedes_gelieferte_merkmal(ordner, wahrheit):
    text = (ordner / "README.md").read_text(encoding="utf-8")
    genannt = set(re.findall(r"\b[a-z][a-z0-9_]+\b", text))
    assert {z.merkmal for z in wahrheit} <= genannt
