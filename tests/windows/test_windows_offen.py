"""Files that another program holds: a German message that names the file, nothing lost, and the same again works."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from sozialtool import ablauf, orte
from sozialtool.ausgabe.datei import write_ganz
from sozialtool.cli import run
from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.fach.raum import Kommune
from sozialtool.fehler import DateiGesperrt, ProjektFehler, ProjektGesperrt
from sozialtool.projekt.sicherung import find_sicherungen
from sozialtool.projekt.sperre import get_sperrdatei, read_sperre

windows = pytest.mark.skipif(sys.platform != "win32", reason="nur Windows sperrt offene Dateien")
KOMMUNE = Kommune("05999004", "Lindenrath", berichtsjahr=2025)
LESEN, SCHREIBEN, LOESCHEN = 1, 2, 4
CSV = "Gebiet;Einwohner\nNord;1.200\nSüd;900\n"


@contextmanager
def held(pfad: Path, *, teilen: int = 0):
    """Hold a file as Excel (teilen=LESEN), a virus scanner (LESEN | LOESCHEN) or a backup program (0) does."""
    import ctypes
    from ctypes import wintypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateFileW.restype = wintypes.HANDLE
    kernel.CreateFileW.argtypes = (
        wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID, wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE,
    )  # fmt: skip
    kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    lesen_schreiben, vorhandene = 0xC0000000, 3
    griff = kernel.CreateFileW(str(pfad), lesen_schreiben, teilen, None, vorhandene, 0, None)
    assert griff != wintypes.HANDLE(-1).value, ctypes.get_last_error()
    try:
        yield
    finally:
        kernel.CloseHandle(griff)


@pytest.fixture(autouse=True)
def _eigene_ordner(tmp_path_factory, monkeypatch):
    ordner = tmp_path_factory.mktemp("eigen")
    monkeypatch.setattr(orte, "einstellungen", lambda: ordner / "einstellungen")
    monkeypatch.setattr(orte, "protokolle", lambda: ordner / "protokolle")


@pytest.fixture
def stadt(tmp_path):
    """A closed project."""
    with ablauf.create_projekt(tmp_path / "stadt", KOMMUNE) as projekt:
        return projekt.pfad


def leftovers(ordner: Path) -> list[str]:
    """Files that only exist while something is being written."""
    return [p.name for p in ordner.rglob("*") if p.name.endswith((".tmp", ".teil", ".neu", ".sperre", "-journal"))]


@windows
@pytest.mark.parametrize("teilen", [0, SCHREIBEN])
def test_a_locked_delivery_is_named_and_can_be_read_afterwards(tmp_path, teilen):
    datei = tmp_path / "Wohngeld Süd.csv"
    datei.write_text(CSV, encoding="utf-8")
    with held(datei, teilen=teilen), pytest.raises(DateiGesperrt) as fehler:
        read_rohmappe(datei)
    assert "Wohngeld Süd.csv" in fehler.value.meldung
    assert "Excel schließen" in fehler.value.abhilfe
    assert len(read_rohmappe(datei).blaetter[0].zeilen) == 3


@windows
def test_a_delivery_whose_holder_lets_others_read_is_read(tmp_path):
    datei = tmp_path / "offen.csv"
    datei.write_text(CSV, encoding="utf-8")
    with held(datei, teilen=LESEN):
        assert len(read_rohmappe(datei).blaetter[0].zeilen) == 3


@windows
def test_a_locked_file_in_the_command_and_once_more(stadt, tmp_path, capsys):
    datei = stadt.parent / "eingang" / "einwohner.csv"
    datei.write_text(CSV, encoding="utf-8")
    with held(datei):
        assert run(["--projekt", str(stadt), "einlesen"]) == 3
    ausgabe = capsys.readouterr().out
    assert "einwohner.csv" in ausgabe
    assert "Excel" in ausgabe
    assert run(["--projekt", str(stadt), "einlesen"]) == 1


@windows
@pytest.mark.parametrize("teilen", [0, LESEN, LESEN | SCHREIBEN])
def test_a_list_open_in_excel_is_not_replaced_and_can_be_afterwards(stadt, teilen):
    ziel = stadt.parent / "Indikatoren größer.xlsx"
    with ablauf.open_projekt(stadt) as projekt:
        ablauf.export_liste(projekt, "indikatoren", ziel)
        davor = ziel.read_bytes()
        with held(ziel, teilen=teilen), pytest.raises(Exception) as fehler:
            ablauf.export_liste(projekt, "indikatoren", ziel)
        assert isinstance(fehler.value, DateiGesperrt)
        assert ziel.name in str(fehler.value)
        assert "schließen" in str(fehler.value)
        assert ziel.read_bytes() == davor
        ablauf.export_liste(projekt, "indikatoren", ziel)
    assert not leftovers(stadt.parent)


def test_a_target_that_cannot_be_replaced_leaves_no_temporary_file(tmp_path, monkeypatch):
    ziel = tmp_path / "Monitoring_2025.xlsx"
    ziel.write_bytes(b"alt")
    versuche = []

    def replace(von, nach):
        versuche.append(nach)
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as flicken:
        flicken.setattr(Path, "replace", replace)
        with pytest.raises(DateiGesperrt, match=r"Monitoring_2025\.xlsx"), write_ganz(ziel) as vorlaeufig:
            vorlaeufig.write_bytes(b"neu")
    assert len(versuche) > 1  # a virus scanner lets go within a moment
    assert [p.name for p in tmp_path.iterdir()] == ["Monitoring_2025.xlsx"]
    assert ziel.read_bytes() == b"alt"
    with write_ganz(ziel) as vorlaeufig:
        vorlaeufig.write_bytes(b"neu")
    assert ziel.read_bytes() == b"neu"


@windows
def test_a_scanner_that_lets_go_is_waited_for(tmp_path):
    import threading

    ziel = tmp_path / "a.xlsx"
    ziel.write_bytes(b"alt")
    los = threading.Event()

    def scan():
        with held(ziel, teilen=LESEN):
            los.set()
            time.sleep(0.15)

    faden = threading.Thread(target=scan)
    faden.start()
    los.wait()
    with write_ganz(ziel) as vorlaeufig:
        vorlaeufig.write_bytes(b"neu")
    faden.join()
    assert ziel.read_bytes() == b"neu"


@windows
@pytest.mark.parametrize("nur_lesen", [False, True])
def test_a_project_that_another_program_holds(stadt, nur_lesen):
    with held(stadt), pytest.raises(ProjektFehler) as fehler:
        ablauf.open_projekt(stadt, nur_lesen=nur_lesen)
    assert fehler.value.code == "PROJEKT-BELEGT"
    assert stadt.name in fehler.value.meldung
    assert "noch einmal" in fehler.value.abhilfe
    assert not leftovers(stadt.parent)
    with ablauf.open_projekt(stadt) as projekt:
        assert not projekt.nur_lesen


@windows
def test_a_project_that_is_being_copied_loses_nothing(stadt):
    with ablauf.open_projekt(stadt) as projekt:
        ablauf.set_berichtsjahr(projekt, 2024)
        with held_by_sqlite(stadt), pytest.raises(ProjektGesperrt, match=r"lindenrath\.sozial"):
            ablauf.set_berichtsjahr(projekt, 2023)
        assert projekt.kommune.berichtsjahr == 2024
        ablauf.set_berichtsjahr(projekt, 2023)
    with ablauf.open_projekt(stadt, nur_lesen=True) as projekt:
        assert projekt.kommune.berichtsjahr == 2023


@contextmanager
def held_by_sqlite(pfad: Path):
    """Hold the project as a second program that reads it just now (a viewer of databases)."""
    verbindung = sqlite3.connect(pfad, isolation_level=None)
    verbindung.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        verbindung.close()


@windows
def test_a_lock_file_that_another_program_holds(stadt):
    projekt = ablauf.open_projekt(stadt)
    sperre = get_sperrdatei(stadt)
    with held(sperre, teilen=LESEN | SCHREIBEN):
        projekt.close()
        assert sperre.is_file()
        with pytest.raises(ProjektGesperrt) as fehler:
            ablauf.open_projekt(stadt)
        assert sperre.name in str(fehler.value)
        with ablauf.open_projekt(stadt, nur_lesen=True) as lesend:
            assert lesend.kommune == KOMMUNE
    with ablauf.open_projekt(stadt) as wieder:
        assert wieder.hinweise
    assert not sperre.exists()


@windows
def test_a_lock_file_that_cannot_even_be_read_says_so(stadt):
    sperre = get_sperrdatei(stadt)
    sperre.write_text("Person: x\n", encoding="utf-8")
    with held(sperre), pytest.raises(ProjektGesperrt, match="wer es geöffnet hat"):
        ablauf.open_projekt(stadt)


@windows
def test_a_backup_that_another_program_holds_stays(stadt):
    davor = len(find_sicherungen(stadt))
    with ablauf.open_projekt(stadt) as projekt:
        erste = ablauf.back_up(projekt)
        with held(erste):
            zweite = ablauf.back_up(projekt)
            assert zweite != erste
        assert len(find_sicherungen(stadt)) >= davor + 2
    assert not leftovers(stadt.parent)


def test_two_backups_of_one_minute_have_two_names(stadt):
    with ablauf.open_projekt(stadt) as projekt:
        assert len({ablauf.back_up(projekt), ablauf.back_up(projekt), ablauf.back_up(projekt)}) == 3


HALTER = """
import sys, time
from pathlib import Path
from sozialtool import orte
orte.einstellungen = lambda: Path(sys.argv[2])
from sozialtool import ablauf
with ablauf.open_projekt(Path(sys.argv[1])) as projekt:
    print("bereit", flush=True)
    time.sleep(60)
"""


def test_a_second_instance_is_told_who_has_it_and_takes_over_after_a_kill(stadt, tmp_path, capsys):
    import subprocess

    code = f"import sys; sys.path[:0] = {[p for p in sys.path if p]!r}\n{HALTER}"
    erste = subprocess.Popen([sys.executable, "-c", code, str(stadt), str(tmp_path)], stdout=subprocess.PIPE)
    try:
        assert erste.stdout.readline().strip() == b"bereit"
        assert run(["--projekt", str(stadt), "sichern"]) == 3
        meldung = capsys.readouterr().err
        halter = read_sperre(stadt)
        assert halter is not None
        assert halter.person in meldung
        assert halter.rechner in meldung
        assert f"{dt.date.today():%d.%m.%Y}" in meldung
        assert "schließen lassen" in meldung
        assert run(["--projekt", str(stadt), "stand"]) == 0  # reading needs no lock
    finally:
        erste.kill()
        erste.wait()
        erste.stdout.close()
    assert run(["--projekt", str(stadt), "sichern"]) == 0
    assert "nicht richtig beendet" in capsys.readouterr().err
    assert not get_sperrdatei(stadt).exists()


@windows
def test_the_folder_can_be_removed_when_the_project_is_closed(stadt):
    with ablauf.open_projekt(stadt) as projekt:
        ablauf.back_up(projekt)
        ablauf.export_liste(projekt, "gebiete", stadt.parent / "gebiete.xlsx")
        ablauf.import_liste(projekt, "gebiete", stadt.parent / "gebiete.xlsx")
    with ablauf.open_projekt(stadt, nur_lesen=True):
        pass
    shutil.rmtree(stadt.parent)  # fails on Windows while any file in it is open
    assert not stadt.exists()
