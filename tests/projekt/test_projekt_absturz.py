"""A process killed in the middle of a change leaves the change whole or absent."""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import attrs
import pytest
from projekthilfe import fingerprint, kill_hard, run_and_kill, start_python, wait_for_line

from sozialtool.fach.messwert import Messwert
from sozialtool.fach.raum import Gebiet, Kommune
from sozialtool.projekt import Projekt, create_projekt, open_projekt
from sozialtool.projekt.dateipruefung import has_journal
from sozialtool.projekt.sperre import get_sperrdatei

ANZAHL = 400

SCHREIBEN = """
import datetime as dt, itertools, pathlib, sys
from sozialtool.fach.messwert import Messwert
from sozialtool.projekt import open_projekt
with open_projekt(pathlib.Path(sys.argv[1])) as projekt:
    print("bereit", flush=True)
    for runde in itertools.count(int(sys.argv[2])):
        with projekt.change(f"Lieferung {runde}", "test") as schreiber:
            schreiber.put_messwerte(
                Messwert(f"{i:04}", "ew", dt.date(2025, 12, 31), float(runde), rohtext="x" * 50) for i in range(400)
            )
        if runde % 3 == 0:
            projekt.undo()
            projekt.redo()
"""

MITTEN_DRIN = """
import datetime as dt, pathlib, sys, time
from sozialtool.fach.messwert import Messwert
from sozialtool.projekt import open_projekt
projekt = open_projekt(pathlib.Path(sys.argv[1]), wer="Vorgängerin")
projekt._verbindung.execute("PRAGMA cache_size = 1")  # pages go to the file before the commit: a hot journal
with projekt.change("halb") as schreiber:
    schreiber.put_messwerte(
        Messwert(f"{i:04}", "ew", dt.date(2025, 12, 31), 1.0, rohtext="x" * 200) for i in range(5000)
    )
    print("mitten drin", flush=True)
    time.sleep(60)
"""


def check_whole(projekt: Projekt) -> int:
    """Check that the state is one delivery, whole; return its number (0: none)."""
    werte = projekt.read_messwerte()["wert"]
    assert len(werte) in (0, ANZAHL)
    assert len(set(werte)) <= 1
    eintraege = [eintrag for eintrag in projekt.verlauf(100_000) if eintrag.text.startswith("Lieferung")]
    assert all(eintrag.anzahl == ANZAHL for eintrag in eintraege)
    in_kraft = [int(eintrag.text.split()[1]) for eintrag in eintraege if not eintrag.zurueckgenommen]
    assert max(in_kraft, default=0) == (int(werte[0]) if werte else 0)
    return max((int(eintrag.text.split()[1]) for eintrag in eintraege), default=0)


def test_twenty_kills_at_random_moments(tmp_path: Path) -> None:
    pfad = tmp_path / "lindenrath.sozial"
    create_projekt(pfad, Kommune("1", "Lindenrath")).close()
    zufall = random.Random(20251122)
    runde = 0
    # Starting a Python takes a second on Windows (and in Wine).
    for _ in range(8 if sys.platform == "win32" else 20):
        run_and_kill(SCHREIBEN, pfad, runde + 1, nach=zufall.uniform(0, 0.15))
        assert get_sperrdatei(pfad).exists()
        with open_projekt(pfad, nur_lesen=True) as leser:
            gelesen = check_whole(leser)
        with open_projekt(pfad) as projekt:
            assert any("Sperre" in hinweis for hinweis in projekt.hinweise)
            runde = check_whole(projekt)
            assert gelesen == runde
            if runde:
                projekt.undo()
                projekt.redo()
                check_whole(projekt)
        assert not get_sperrdatei(pfad).exists()
        assert not has_journal(pfad)
    assert runde > 0  # on a busy machine few deliveries get through, but some do


@pytest.fixture
def abgestuerzt(geschlossen: Path) -> Path:
    """A project whose process died in the middle of a change, with a hot journal."""
    prozess = start_python(MITTEN_DRIN, geschlossen)
    try:
        wait_for_line(prozess, "mitten drin")
    finally:
        kill_hard(prozess)
    assert has_journal(geschlossen)
    return geschlossen


def test_hot_journal_is_rolled_back_and_the_lock_taken_over(abgestuerzt: Path) -> None:
    with open_projekt(abgestuerzt) as projekt:
        assert projekt.count_messwerte() == 0
        assert len(projekt.read(Gebiet)) == 200
        assert [eintrag.text for eintrag in projekt.verlauf()] == ["Gebiete", "Projekt angelegt"]
        with projekt.change("weiter") as schreiber:
            schreiber.put(Gebiet("neu", "Neu", "s"))
    assert not has_journal(abgestuerzt)


def test_reading_sees_the_state_before_without_touching_the_hot_journal(abgestuerzt: Path) -> None:
    davor = fingerprint(abgestuerzt.parent)
    with open_projekt(abgestuerzt, nur_lesen=True) as projekt:
        assert projekt.count_messwerte() == 0
        assert len(projekt.read(Gebiet)) == 200
    assert fingerprint(abgestuerzt.parent) == davor
    open_projekt(abgestuerzt).close()


def test_reading_while_another_process_is_in_the_middle_of_a_change(geschlossen: Path) -> None:
    code = MITTEN_DRIN.replace("cache_size = 1", "cache_size = -65536")
    prozess = start_python(code, geschlossen)
    try:
        wait_for_line(prozess, "mitten drin")
        with open_projekt(geschlossen, nur_lesen=True) as projekt:
            assert projekt.count_messwerte() == 0
            assert len(projekt.read(Gebiet)) == 200
    finally:
        kill_hard(prozess)


def test_a_crash_during_creation_leaves_no_half_project(tmp_path: Path) -> None:
    code = """
import pathlib, sys, time
from sozialtool.fach.raum import Kommune
from sozialtool.projekt import create_projekt, oeffnen
def wait(*_):
    print("bereit", flush=True)
    time.sleep(60)
oeffnen._write_first = wait
create_projekt(pathlib.Path(sys.argv[1]), Kommune("1", "x"))
"""
    pfad = tmp_path / "neu.sozial"
    run_and_kill(code, pfad, nach=0)
    assert not pfad.exists()
    with create_projekt(pfad, Kommune("1", "Neu")) as projekt:
        assert projekt.kommune.name == "Neu"
    assert [datei.name for datei in tmp_path.iterdir()] == ["neu.sozial"]


def test_a_crash_during_backup_leaves_no_half_copy(projekt: Projekt, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(Exception, match="nicht zu erreichen"):
        projekt.back_up("test")
    assert list((projekt.pfad.parent / "sicherungen").iterdir()) == []


def test_copy_of_project_and_journal_opens_elsewhere(abgestuerzt: Path, tmp_path: Path) -> None:
    ordner = tmp_path / "woanders"
    shutil.copytree(abgestuerzt.parent, ordner)
    with open_projekt(ordner / abgestuerzt.name) as projekt:
        assert projekt.count_messwerte() == 0
        assert attrs.asdict(projekt.kommune)["name"] == "Lindenrath"
        assert projekt.read(Messwert) == []
