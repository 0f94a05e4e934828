"""Monitoring Soziale Stadtentwicklung Berlin, through our own import: the published classes, without one mismatch.

Source: ../shared/daten/berlin_mss (CC BY 4.0, SenStadt Berlin). The published classes are read independently, as CSV.
"""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from sozialtool import ablauf
from sozialtool.ablauf.bericht import build_index_frame
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.fach.indikator import Indikator, Intervallart, Richtung, Zustand
from sozialtool.fach.messwert import Merkmal, Merkmalart
from sozialtool.fach.raum import Ebene, Gebiet, Kommune
from sozialtool.rechnen import compute_mss_index

pytestmark = pytest.mark.real

SPALTEN_2019 = {
    "s1": "s1_percentage_unemployed",
    "s3": "s3_percentage_transfer_payments_recipients",
    "s4": "s4_percentage_transfer_payments_recipients_below_15_years",
    "d1": "d1_percentage_unemployed",
    "d3": "d3_percentage_transfer_payments_recipients",
    "d4": "d4_percentage_transfer_payments_recipients_below_15_years",
}
SPALTEN_2021 = {"s1": "zS1", "s3": "zS3", "s4": "zS4", "d1": "zD1", "d3": "zD3", "d4": "zD4"}


@pytest.fixture(autouse=True)
def _own_settings(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")


def read_rows(pfad, trenner):
    with pfad.open(encoding="utf-8-sig", newline="") as datei:
        return list(csv.DictReader(datei, delimiter=trenner))


def build_berlin(ordner, jahr, gebiete, spalten):
    projekt = ablauf.create_projekt(ordner, Kommune("11000000", "Berlin", "Berlin", berichtsjahr=jahr))
    with projekt.change("Berlin vorbereitet") as schreiber:
        schreiber.remove(Ebene, "sozialraum")
        schreiber.put(Ebene("planungsraum", "Planungsraum", "Planungsräume", "stadt", planungsebene=True))
        schreiber.put(*(Gebiet(nummer, name, "planungsraum", "11000000") for nummer, name in gebiete))
        for merkmal, spalte in spalten.items():
            schreiber.put(
                Merkmal(merkmal, f"MSS {merkmal.upper()}", Merkmalart.DURCHSCHNITT, "%", mindestfallzahl=0, namen=(spalte,)),
                Indikator(
                    f"X{merkmal}", f"MSS {merkmal.upper()}", "arbeit", merkmal, faktor=1.0, nachkommastellen=5,
                    richtung=Richtung.BELASTEND, intervall=Intervallart.KEINES, zustand=Zustand.VEREINBART,
                    vereinbart_am=dt.date(jahr, 1, 1),
                ),
            )  # fmt: skip
    return projekt


def import_file(projekt, pfad):
    """Answer the questions of the import as a planner would: what no Merkmal is asked for is not imported."""
    pruefung = ablauf.examine(projekt, pfad)
    for _ in range(200):
        if not pruefung.fragen:
            break
        frage = pruefung.fragen[0]
        # The year of the file name is the proposal for the Stand; columns without a Merkmal are left out.
        antwort = frage.vorschlaege[0].schluessel if frage.art == "stand" else ""
        pruefung = ablauf.answer(projekt, pruefung, frage.kennung, antwort)
    ablauf.accept(projekt, pruefung)
    return pruefung


def compute_classes(projekt, jahr):
    ergebnis = compute(projekt)
    breit = build_index_frame(ergebnis, [f"X{merkmal}" for merkmal in SPALTEN_2019], jahr)
    status = {f"X{m}": 1.0 for m in ("s1", "s3", "s4")}
    dynamik = {f"X{m}": 1.0 for m in ("d1", "d3", "d4")}
    return {z["gebiet"]: z for z in compute_mss_index(breit, status, dynamik).iter_rows(named=True)}


def test_2019(daten, tmp_path):
    pfad = daten / "berlin_mss" / "mss_2019_planungsraeume.csv"
    zeilen = read_rows(pfad, ",")
    with build_berlin(tmp_path / "B", 2019, [(z["id"], z["name"]) for z in zeilen], SPALTEN_2019) as projekt:
        pruefung = import_file(projekt, pfad)
        werte = {(m.gebiet, m.merkmal): m.wert for m in pruefung.messwerte}
        for zeile in zeilen:
            for merkmal, spalte in SPALTEN_2019.items():
                if zeile[spalte] not in ("", "-"):
                    assert werte[zeile["id"], merkmal] == float(zeile[spalte])
        klassen = compute_classes(projekt, 2019)
    gewertet = [z for z in zeilen if z["status_index_class"] in ("hoch", "mittel", "niedrig", "sehr niedrig")]
    assert len(gewertet) == 436
    assert [z["id"] for z in gewertet if klassen[z["id"]]["status_klasse"] != z["status_index_class"]] == []
    assert [z["id"] for z in gewertet if klassen[z["id"]]["dynamik_klasse"] != z["dynamic_index_class"]] == []


def test_2021_from_the_542_row_file(daten, tmp_path):
    pfad = daten / "berlin_mss" / "mss_2021_z_werte_klassen_542.csv"
    zeilen = read_rows(pfad, ";")
    with build_berlin(tmp_path / "B", 2020, [(z["PLR-ID"], z["PLR-Name"]) for z in zeilen], SPALTEN_2021) as projekt:
        pruefung = import_file(projekt, pfad)
        jahr = next(wert.stand.year for wert in pruefung.messwerte if wert.merkmal == "s1")
        klassen = compute_classes(projekt, jahr)
    status, dynamik = "Zuordnung Klasse Status-Index ", "Zuordnung Klasse Dynamik-Index "
    gewertet = [z for z in zeilen if z[status] in ("hoch", "mittel", "niedrig", "sehr niedrig")]
    assert len(gewertet) == 536
    assert [z["PLR-ID"] for z in gewertet if klassen[z["PLR-ID"]]["status_klasse"] != z[status]] == []
    assert [z["PLR-ID"] for z in gewertet if klassen[z["PLR-ID"]]["dynamik_klasse"] != z[dynamik]] == []
