"""The monitoring workbook as a whole: approved figures only, whole files, the same bytes."""

from __future__ import annotations

import threading

import pytest

from sozialtool.ausgabe.monitoring import write_monitoring
from sozialtool.fehler import Abgebrochen, DateiGesperrt, GeheimhaltungsFehler
from tests.ausgabe.bau import baue_bericht
from tests.ausgabe.hilfen import load


def test_same_report_gives_the_same_bytes(tmp_path):
    eins, zwei = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_monitoring(eins, baue_bericht())
    write_monitoring(zwei, baue_bericht())
    assert eins.read_bytes() == zwei.read_bytes()


def test_only_an_approved_table_goes_out(tmp_path):
    ungeprueft = baue_bericht().tabelle.kennzahlen
    with pytest.raises(GeheimhaltungsFehler):
        write_monitoring(tmp_path / "a.xlsx", baue_bericht(tabelle=ungeprueft))
    assert not list(tmp_path.iterdir())


def test_a_blocked_target_stays_as_it_was(tmp_path, monkeypatch):
    ziel = tmp_path / "Monitoring.xlsx"
    ziel.write_bytes(b"alt")

    def gesperrt(self, target):
        raise PermissionError(13, "in use", str(target))

    monkeypatch.setattr("pathlib.Path.replace", gesperrt)
    with pytest.raises(DateiGesperrt, match="in Excel geöffnet"):
        write_monitoring(ziel, baue_bericht())
    assert ziel.read_bytes() == b"alt"
    assert [pfad.name for pfad in tmp_path.iterdir()] == ["Monitoring.xlsx"]


def test_stop_leaves_the_old_file(tmp_path):
    ziel = tmp_path / "Monitoring.xlsx"
    ziel.write_bytes(b"alt")
    stop = threading.Event()

    def halt_at_second(fertig, gesamt, text):
        if fertig == 1:
            stop.set()

    with pytest.raises(Abgebrochen):
        write_monitoring(ziel, baue_bericht(), fortschritt=halt_at_second, stop=stop)
    assert ziel.read_bytes() == b"alt"
    assert [pfad.name for pfad in tmp_path.iterdir()] == ["Monitoring.xlsx"]


def test_openpyxl_loads_it_and_every_sheet_starts_at_a1(tmp_path):
    ziel = tmp_path / "Monitoring.xlsx"
    write_monitoring(ziel, baue_bericht())
    mappe = load(ziel)
    assert mappe.sheetnames[0] == "Deckblatt"
    assert mappe.active.title == "Deckblatt"
    assert mappe.properties.creator == "Wöhrstadt"
    for blatt in mappe.worksheets:
        assert blatt.sheet_state == "visible"
        assert {auswahl.activeCell or "A1" for auswahl in blatt.sheet_view.selection} == {"A1"}
        assert blatt.page_setup.paperSize == 9
        assert blatt.page_setup.orientation == "landscape"
