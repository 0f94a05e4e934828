"""Lindenrath's full year through the commands: forms out, eight returns in, Rückfragen answered, everything accepted."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path

import attrs
import openpyxl
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.beispieljahr import JAHR, RUECKLAEUFE
from sozialtool.cli import run
from sozialtool.erhebung.angabenblatt import ERSTE_ZEILE
from sozialtool.erhebung.formular import ANGABEN, RUECKFRAGEN
from sozialtool.fach.abfrage import Abfrage, Abfragestand, Datenbestand, Fachbereich
from sozialtool.fach.raum import Gebiet

AMT = {
    "meldewesen": "Einwohnermeldewesen", "jugendamt": "Jugendamt", "schulamt": "Schulamt", "sozialamt": "Sozialamt",
    "gesundheitsamt": "Gesundheitsamt", "wohngeld": "Wohngeldstelle", "bauamt": "Bauamt", "wahlamt": "Wahlamt",
}  # fmt: skip


@pytest.fixture
def ordner_kopie(beispiel, tmp_path) -> Path:
    """A copy of Lindenrath before anything was sent: Abfragen created, no form written, the returns still on their way."""
    ziel = tmp_path / "L"
    ziel.mkdir()
    shutil.copyfile(beispiel.projekt, ziel / "lindenrath.sozial")
    shutil.copytree(beispiel.projekt.parent / "eingang" / str(JAHR), ziel / "post")
    with (
        ablauf.open_projekt(ziel / "lindenrath.sozial") as projekt,
        projekt.change("zurück auf Anfang") as schreiber,
    ):
        for abfrage in projekt.read(Abfrage):
            # A deadline far away: whether something is overdue must not depend on the day the test runs.
            frei = attrs.evolve(abfrage, stand=Abfragestand.ANGELEGT, versandt_am=None, datei="", aufbau="")
            schreiber.put(attrs.evolve(frei, frist=dt.date(2999, 2, 27)))
    return ziel


@pytest.fixture
def rufe(ordner_kopie, capfd):
    def tun(*was):
        code = run(["--projekt", str(ordner_kopie / "lindenrath.sozial"), *was])
        aus, meldung = capfd.readouterr()
        return code, aus, meldung

    return tun


def read_staende(aus: str) -> dict[str, str]:
    """Fachbereich → state, from what the command prints."""
    return {
        zeile.split("  ")[0].strip(): zeile.rpartition("  ")[2].strip() for zeile in aus.splitlines() if "bis" in zeile
    }


def read_arten(aus: str) -> dict[str, str]:
    """File → what became of it."""
    zeilen = [zeile for zeile in aus.splitlines() if zeile and not zeile.startswith(" ")]
    return {zeile.split(".xlsx")[0] + ".xlsx": zeile.rpartition(": ")[2].split(",")[0] for zeile in zeilen}


def read_wahrheit() -> dict[tuple[str, str], str]:
    """(Gebiet, Merkmal) → value of 2025 as the book of truth writes it."""
    pfad = Path(__file__).resolve().parents[2] / "beispieldaten" / "wahrheit.csv"
    with pfad.open(encoding="utf-8", newline="") as datei:
        zeilen = [z for z in csv.DictReader(datei, delimiter=";") if z["stand"].startswith(str(JAHR))]
    return {(z["gebiet"], z["merkmal"]): z["wert"] for z in zeilen if z["wert"]}


def answer(form: Path, ziel: Path, *, alles: bool) -> int:
    """Fill a form as a person with a spreadsheet does: every open cell of an area, or only the marked ones and totals."""
    wahrheit, mappe = read_wahrheit(), openpyxl.load_workbook(form)
    blatt = mappe[ANGABEN]
    merkmale = {
        z.column: z.value for z in blatt[5] if isinstance(z.value, str) and not z.value.startswith(("#", "Schl"))
    }
    geaendert = 0
    for zeile in range(ERSTE_ZEILE + 1, blatt.max_row + 1):
        gebiet = str(blatt.cell(zeile, 1).value or "")
        for spalte, merkmal in merkmale.items():
            zelle = blatt.cell(zeile, spalte)
            gesamt = gebiet == "#gesamt"
            wert = wahrheit.get(("05999038" if gesamt else gebiet, merkmal))
            if wert and (alles or zelle.comment is not None):
                zelle.value, zelle.comment = float(wert), None
                geaendert += 1
    mappe.save(ziel)
    return geaendert


def test_nobody_is_warned_of_figures_that_the_planungsgruppe_has_seen(beispiel):
    with ablauf.open_projekt(beispiel.projekt, nur_lesen=True) as projekt:
        assert ablauf.find_ungesehen(projekt, JAHR) == (), "it has met on them"
        assert ablauf.list_seither(projekt, JAHR) == ()


def test_the_example_knows_who_supplies_what(beispiel):
    with ablauf.open_projekt(beispiel.projekt, nur_lesen=True) as projekt:
        fachbereiche = projekt.read(Fachbereich)
        assert {f.schluessel: f.name for f in fachbereiche}.items() >= AMT.items()
        assert all(f.ansprechrolle for f in fachbereiche)
        bestand = projekt.read(Datenbestand)
        assert {b.fachbereich for b in bestand} == {f.schluessel for f in fachbereiche}
        assert {b.merkmal for b in bestand if b.verfuegbarkeit.name == "FEHLT"} == {
            "schulsozialindex",
            "wohnungsnotfaelle",
        }
        assert {a.fachbereich: a.ebene for a in projekt.read(Abfrage)} == {
            schluessel: "stimmbezirk" if schluessel == "wahlamt" else "sozialraum" for schluessel in AMT
        }
    formulare = sorted(p.name for p in (beispiel.projekt.parent / "abfragen" / str(JAHR)).iterdir())
    assert formulare == sorted(f"Datenabfrage_{JAHR}_{name}.xlsx" for name in AMT.values())
    eingang = {p.name for p in (beispiel.projekt.parent / "eingang" / str(JAHR)).iterdir()}
    assert set(RUECKLAEUFE.values()) <= eingang
    assert (beispiel.arbeitsmappe.parent / "Variantenvergleich.xlsx").is_file()
    assert (beispiel.arbeitsmappe.parent / "Mittelverteilung.xlsx").is_file()


def step_forms_go_out(rufe, ordner_kopie):
    code, aus, _ = rufe("abfragen")
    assert code == 0
    assert read_staende(aus) == dict.fromkeys(AMT.values(), "○ angelegt")
    code, _, meldung = rufe("abfragen", "versandt")
    assert (code, "noch nicht geschrieben" in meldung) == (2, True)
    code, aus, _ = rufe("abfragen", "schreiben")
    assert code == 0
    pfade = [Path(zeile) for zeile in aus.splitlines()]
    assert len(pfade) == 8
    assert all(pfad.is_file() and pfad.parent == ordner_kopie / "abfragen" / str(JAHR) for pfad in pfade)
    code, aus, _ = rufe("abfragen", "versandt")
    assert code == 0
    assert read_staende(aus) == dict.fromkeys(AMT.values(), "► versandt")
    code, aus, _ = rufe("abfragen", "anschreiben", "--fachbereich", "jugendamt")
    assert code == 0
    assert "Datenabfrage_2025_Jugendamt.xlsx" in aus
    assert "27.02.2999" in aus


def step_eight_returns_come_in(rufe, ordner_kopie):
    """Two bad ones and one that leaves something open: six are accepted at once, the rebuilt one of the Sozialamt among them."""
    (ordner_kopie / "eingang").mkdir()
    (ordner_kopie / "post").rename(ordner_kopie / "eingang" / str(JAHR))
    code, aus, _ = rufe("abfragen", "einsortieren")
    assert code == 1
    arten = read_arten(aus)
    fragen = {RUECKLAEUFE["jugendamt"], RUECKLAEUFE["schulamt"]}
    for datei in RUECKLAEUFE.values():
        assert arten[datei] == ("Rückfrage geschrieben" if datei in fragen else "angenommen"), datei
    assert "Das ist das Formular des Vorjahres: 2024 statt 2025." in aus
    assert "Die Zeilen ergeben 267, für die Stadt stehen 297 da (Hilfen zur Erziehung)." in aus
    assert "Alt-Oberlinden: ohne Bewohner des Pflegeheims" in aus
    assert "Tabelle1 A2: BuT ohne Nachhilfe, sonst wie letztes Jahr" in aus
    code, aus, _ = rufe("abfragen")
    erwartet = {n: "? in Rückfrage" if s in ("jugendamt", "schulamt") else "● angenommen" for s, n in AMT.items()}
    assert read_staende(aus) == erwartet


def step_the_rueckfrage_says_what_is_meant(ordner_kopie):
    mappe = openpyxl.load_workbook(ordner_kopie / "abfragen" / str(JAHR) / "Rueckfrage_2025_Jugendamt.xlsx")
    assert mappe.sheetnames[0] == RUECKFRAGEN
    kommentare = {zelle.coordinate: zelle.comment.text for zeile in mappe[ANGABEN] for zelle in zeile if zelle.comment}
    assert len(kommentare) == 5
    assert "„ca. 150“ ist nur ungefähr" in kommentare["E16"]
    assert sum("Hier steht nichts" in text for text in kommentare.values()) == 2
    liste = "\n".join(str(z.value) for zeile in mappe[RUECKFRAGEN] for z in zeile if z.value)
    assert "Holthausen-Dorf" in liste
    assert "297" in liste


def step_answers_are_accepted(rufe, ordner_kopie):
    abfragen, eingang = (ordner_kopie / was / str(JAHR) for was in ("abfragen", "eingang"))
    assert answer(abfragen / "Rueckfrage_2025_Jugendamt.xlsx", eingang / "Jugendamt Antwort.xlsx", alles=False) == 5
    assert answer(abfragen / "Datenabfrage_2025_Schulamt.xlsx", eingang / "Schulamt richtig.xlsx", alles=True) >= 48
    code, aus, _ = rufe("abfragen", "einsortieren")
    arten = read_arten(aus)
    assert {arten["Jugendamt Antwort.xlsx"], arten["Schulamt richtig.xlsx"]} == {"angenommen"}
    assert {arten[RUECKLAEUFE["jugendamt"]], arten[RUECKLAEUFE["schulamt"]]} == {"überholt"}
    assert arten[RUECKLAEUFE["meldewesen"]] == "schon angenommen"
    code, aus, _ = rufe("abfragen")
    assert code == 0
    assert read_staende(aus) == dict.fromkeys(AMT.values(), "● angenommen")


def step_what_was_taken_is_the_truth(ordner_kopie):
    wahrheit = read_wahrheit()
    with ablauf.open_projekt(ordner_kopie / "lindenrath.sozial", nur_lesen=True) as projekt:
        gefragt = {m for a in projekt.read(Abfrage) for m in a.merkmale}
        bezirke = {g.schluessel for g in projekt.read(Gebiet) if g.ebene == "bezirk"}
        spalten = projekt.read_messwerte(merkmale=gefragt, ab_jahr=JAHR, bis_jahr=JAHR)
    zeilen = zip(*(spalten[n] for n in ("gebiet", "merkmal", "wert")), strict=True)
    ist = {(gebiet, merkmal): wert for gebiet, merkmal, wert in zeilen if gebiet not in bezirke and wert is not None}
    assert len(ist) > 600
    assert {tag for merkmal, tag in zip(spalten["merkmal"], spalten["stand"], strict=True) if merkmal == "waehler"} == {
        dt.date(2025, 9, 14)
    }
    assert {ort: (wert, wahrheit[ort]) for ort, wert in ist.items() if wert != float(wahrheit[ort])} == {}


def step_next_year_is_one_command(rufe):
    code, aus, meldung = rufe("abfragen", "weiter")
    assert code == 0
    assert "8 Abfragen von 2025 nach 2026 übernommen" in meldung
    assert read_staende(aus) == dict.fromkeys(AMT.values(), "○ angelegt")
    assert "bis 27.02.3000" in aus


def test_a_full_year_through_the_commands(rufe, ordner_kopie):
    step_forms_go_out(rufe, ordner_kopie)
    step_eight_returns_come_in(rufe, ordner_kopie)
    step_the_rueckfrage_says_what_is_meant(ordner_kopie)
    step_answers_are_accepted(rufe, ordner_kopie)
    step_what_was_taken_is_the_truth(ordner_kopie)
    step_next_year_is_one_command(rufe)
