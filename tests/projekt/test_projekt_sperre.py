"""The lock: it names its holder, and only a dead process of this computer loses it."""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from projekthilfe import fingerprint, kill_hard, start_python, wait_for_line

from sozialtool.fach.raum import Gebiet
from sozialtool.fehler import ProjektGesperrt
from sozialtool.projekt import Projekt, open_projekt, read_sperre
from sozialtool.projekt.sperre import _take_away, get_sperrdatei
from sozialtool.projekt.vorgang import find_beginn

HALTEN = """
import pathlib, sys, time
from sozialtool.projekt import open_projekt
with open_projekt(pathlib.Path(sys.argv[1]), wer="Jörg Müller\\nRechner: falsch"):
    print("bereit", flush=True)
    time.sleep(60)
"""


def write_sperre(pfad: Path, *, rechner: str, vorgang: int, beginn: str = "") -> None:
    get_sperrdatei(pfad).write_text(
        f"Person: Frau Öztürk\nRechner: {rechner}\nVorgang: {vorgang}\nBeginn: {beginn}\n"
        "Seit: 2025-11-20 08:15:00\nKennung: abc\n",
        encoding="utf-8",
    )


def dead_process() -> int:
    prozess = subprocess.Popen([sys.executable, "-c", ""])
    prozess.wait()
    return prozess.pid


def test_lock_lies_beside_the_project_as_text_and_goes_with_closing(projekt: Projekt) -> None:
    datei = projekt.pfad.with_name("lindenrath.sozial.sperre")
    text = datei.read_text(encoding="utf-8")
    for wort in ("Erika Beispiel", socket.gethostname(), str(os.getpid()), str(dt.date.today())):
        assert wort in text
    sperre = read_sperre(projekt.pfad)
    assert sperre is not None
    assert sperre.person == "Erika Beispiel"
    projekt.close()
    assert not datei.exists()
    assert read_sperre(projekt.pfad) is None


def test_another_process_is_named_and_nothing_is_touched(geschlossen: Path) -> None:
    prozess = start_python(HALTEN, geschlossen)
    try:
        wait_for_line(prozess, "bereit")
        davor = fingerprint(geschlossen.parent)
        with pytest.raises(ProjektGesperrt) as gefangen:
            open_projekt(geschlossen)
        assert "Jörg Müller" in str(gefangen.value)
        assert socket.gethostname() in str(gefangen.value)
        assert dt.date.today().strftime("%d.%m.%Y") in str(gefangen.value)
        assert "lesen" in gefangen.value.abhilfe.casefold()
        with open_projekt(geschlossen, nur_lesen=True) as leser:
            assert len(leser.read(Gebiet)) == 200
        assert fingerprint(geschlossen.parent) == davor
    finally:
        kill_hard(prozess)
    with open_projekt(geschlossen) as projekt:
        assert "übernommen" in projekt.hinweise[0]


def test_second_opening_in_the_same_program(projekt: Projekt) -> None:
    with pytest.raises(ProjektGesperrt, match="in diesem Programm schon geöffnet"):
        open_projekt(projekt.pfad)
    with projekt.change("weiter") as schreiber:
        schreiber.put(Gebiet("01", "x", "s"))


def test_lock_of_another_computer_is_never_taken_over(geschlossen: Path) -> None:
    write_sperre(geschlossen, rechner="PC-RATHAUS-17", vorgang=dead_process())
    davor = fingerprint(geschlossen.parent)
    with pytest.raises(ProjektGesperrt) as gefangen:
        open_projekt(geschlossen)
    assert "Frau Öztürk am Rechner PC-RATHAUS-17, seit 20.11.2025, 08:15 Uhr" in gefangen.value.meldung
    assert "lindenrath.sozial.sperre" in gefangen.value.abhilfe
    assert fingerprint(geschlossen.parent) == davor


def test_lock_of_a_dead_process_is_taken_over(geschlossen: Path) -> None:
    write_sperre(geschlossen, rechner=socket.gethostname(), vorgang=dead_process())
    with open_projekt(geschlossen, wer="Neu") as projekt:
        assert not projekt.nur_lesen
        sperre = read_sperre(geschlossen)
        assert sperre is not None
        assert sperre.person == "Neu"
    assert sorted(datei.name for datei in geschlossen.parent.iterdir()) == ["lindenrath.sozial", "sicherungen"]


def test_a_reused_process_number_does_not_keep_the_lock(geschlossen: Path) -> None:
    if not find_beginn(os.getpid()):
        pytest.skip("dieses System nennt den Beginn eines Vorgangs nicht")
    write_sperre(geschlossen, rechner=socket.gethostname(), vorgang=os.getpid(), beginn="beim letzten Hochfahren")
    open_projekt(geschlossen).close()


def test_lock_without_beginning_counts_as_alive(geschlossen: Path) -> None:
    # A process of our own: the parent of the tests need not be one that Windows (in Wine) knows.
    andere = start_python("import time; print('bereit', flush=True); time.sleep(60)")
    try:
        wait_for_line(andere, "bereit")
        write_sperre(geschlossen, rechner=socket.gethostname(), vorgang=andere.pid)
        with pytest.raises(ProjektGesperrt, match="Öztürk"):
            open_projekt(geschlossen)
    finally:
        kill_hard(andere)


@pytest.mark.parametrize("inhalt", [b"", b"\xff\xfe\x00", b"Person: x\nRechner: y\nVorgang: viele\n"])
def test_lock_that_cannot_be_understood(geschlossen: Path, inhalt: bytes) -> None:
    datei = get_sperrdatei(geschlossen)
    datei.write_bytes(inhalt)
    with pytest.raises(ProjektGesperrt, match="wer es geöffnet hat"):
        open_projekt(geschlossen)
    assert datei.read_bytes() == inhalt
    os.utime(datei, (1_700_000_000, 1_700_000_000))
    open_projekt(geschlossen).close()
    assert not datei.exists()


def test_a_holder_whose_lock_was_taken_writes_no_more(projekt: Projekt) -> None:
    get_sperrdatei(projekt.pfad).unlink()
    with open_projekt(projekt.pfad) as kollegin:
        with pytest.raises(ProjektGesperrt, match="Sperre"), projekt.change("zu spät"):
            pass
        projekt.close()
        assert read_sperre(projekt.pfad) is not None
        with kollegin.change("geht") as schreiber:
            schreiber.put(Gebiet("01", "x", "s"))


def test_process_marks() -> None:
    assert find_beginn(os.getpid()) == find_beginn(os.getpid()) is not None
    assert find_beginn(dead_process()) is None
    assert find_beginn(0) is None
    assert find_beginn(-1) is None


def test_a_lock_that_is_not_the_dead_one_is_put_back(geschlossen: Path) -> None:
    write_sperre(geschlossen, rechner=socket.gethostname(), vorgang=dead_process())
    tote = read_sperre(geschlossen)
    datei = get_sperrdatei(geschlossen)
    neue = datei.read_text(encoding="utf-8").replace("Kennung: abc", "Kennung: xyz")
    datei.write_text(neue, encoding="utf-8")  # meanwhile another process was quicker
    assert not _take_away(geschlossen, tote)
    assert datei.read_text(encoding="utf-8") == neue
    assert sorted(d.name for d in geschlossen.parent.iterdir()) == ["lindenrath.sozial", "lindenrath.sozial.sperre"]


def test_a_process_that_ended_but_was_not_fetched_is_dead() -> None:
    prozess = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    assert prozess.stdout is not None
    prozess.stdout.read()
    for _ in range(100):
        if find_beginn(prozess.pid) is None:
            break
        time.sleep(0.05)
    ergebnis = find_beginn(prozess.pid)
    prozess.communicate()
    if Path("/proc/self/stat").exists() or sys.platform == "win32":
        assert ergebnis is None


def test_only_one_of_many_takes_a_dead_lock(geschlossen: Path) -> None:
    code = """
import pathlib, sys
from sozialtool.fehler import ProjektGesperrt
from sozialtool.projekt import open_projekt
print("bereit", flush=True)
sys.stdin.readline()
try:
    projekt = open_projekt(pathlib.Path(sys.argv[1]))
except ProjektGesperrt:
    print("gesperrt", flush=True)
else:
    print("offen", flush=True)
    sys.stdin.readline()
    projekt.close()
"""
    write_sperre(geschlossen, rechner=socket.gethostname(), vorgang=dead_process())
    prozesse = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(geschlossen)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(4)
    ]
    for prozess in prozesse:
        wait_for_line(prozess, "bereit")
    for prozess in prozesse:
        prozess.stdin.write("los\n")
        prozess.stdin.flush()
    antworten = sorted(prozess.stdout.readline().strip() for prozess in prozesse)
    for prozess in prozesse:
        prozess.communicate("fertig\n")
    assert antworten == ["gesperrt", "gesperrt", "gesperrt", "offen"]
