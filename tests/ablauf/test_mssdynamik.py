"""Status and Dynamik after the Berlin Monitoring: offered from 20 areas, below with the reason, never across a break."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from sozialtool import ablauf
from sozialtool.ablauf.bericht import INDEX_AUS, build_index
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.fach.indikator import Bruch, Zustand
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.raum import Gebiet, Kommune
from sozialtool.fach.sozialindex import MSS_STATUS
from sozialtool.rechnen.index import DYNAMIK

MERKMALE = {
    "arbeitslose": 0.06,
    "ew_15_65": 0.6,
    "sgb2_unter_18": 0.03,
    "ew_unter_18": 0.2,
    "grusi_alter": 0.02,
    "ew_ab_regelalter": 0.2,
}


def build_stadt(ordner, anzahl):
    projekt = ablauf.create_projekt(ordner, Kommune("05999005", "Mittelstadt", berichtsjahr=2025))
    zufall = random.Random(3)
    werte = []
    for nr in range(anzahl):
        last = zufall.uniform(0.4, 2.5)
        for jahr in (2023, 2025):
            werte.append(Messwert(f"{nr:02d}", "ew", dt.date(jahr, 12, 31), 5000.0))
            for merkmal, anteil in MERKMALE.items():
                faktor = 1.0 if merkmal.startswith("ew_") else last * zufall.uniform(0.8, 1.2)
                werte.append(
                    Messwert(f"{nr:02d}", merkmal, dt.date(jahr, 12, 31), float(round(5000 * anteil * faktor)))
                )
    with projekt.change("Mittelstadt") as schreiber:
        schreiber.put(
            *(Gebiet(f"{n:02d}", f"Raum {n}", "sozialraum", "05999005", reihenfolge=n) for n in range(anzahl))
        )
        schreiber.put_messwerte(werte)
        for bruch in projekt.read(Bruch):
            schreiber.remove(Bruch, bruch.merkmal, bruch.ab_jahr)
    for kennung in INDEX_AUS:
        ablauf.agree_indikator(projekt, kennung, Zustand.VEREINBART, dt.date(2025, 3, 4), "Rat")
    return projekt


@pytest.fixture(scope="module")
def gross(tmp_path_factory):
    with build_stadt(tmp_path_factory.mktemp("gross"), 24) as projekt:
        yield projekt


def test_from_20_areas_on_status_and_dynamik_stand_side_by_side(gross):
    blatt = build_index(compute(gross), 2025)
    assert blatt.spalten[-6:] == ("Summe", "Index", "Status", "Dynamik-Index", "Dynamik", "Gruppe")
    assert len(blatt.zeilen) == 24
    assert not blatt.warnung
    zeichen = dict(zip(DYNAMIK, ("+", "+/-", "-"), strict=True))
    for zeile in blatt.zeilen:
        status, index, dynamik, gruppe = zeile[-4], *zeile[-3:]
        assert gruppe == f"{MSS_STATUS.index(status) + 1}{zeichen[dynamik]}"
        assert (index < -1, index > 1) == (dynamik == "positiv", dynamik == "negativ")
    assert sum(zeile[-3] for zeile in blatt.zeilen) == pytest.approx(0)


def test_no_dynamik_across_a_break(gross):
    with gross.change("Bruch") as schreiber:
        schreiber.put(Bruch("sgb2_unter_18", 2024, "Neues Gesetz"))
    blatt = build_index(compute(gross), 2025)
    assert blatt.spalten[-1] == "Status"
    assert "eine Definition geändert hat (Neues Gesetz)" in blatt.hinweis
    gross.undo()


def test_below_20_areas_the_reason_stands_there(tmp_path):
    with build_stadt(tmp_path / "klein", 8) as projekt:
        blatt = build_index(compute(projekt), 2025)
    assert blatt.spalten[-1] == "Status"
    assert "Dynamik: erst ab 20 Gebieten" in blatt.hinweis
    assert "empfohlen ab 20" in blatt.warnung
