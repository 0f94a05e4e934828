"""The reading child process: started afresh, without a window, never left behind, ended by Ctrl+C."""

from __future__ import annotations

import _thread
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sozialtool import konsole
from sozialtool.cli import run
from sozialtool.einlesen import aufsicht
from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.projekt.vorgang import find_beginn

ELTERN = """
import subprocess, sys
from sozialtool.einlesen import aufsicht
from sozialtool.einlesen.lesen import read_rohmappe

start = aufsicht._start
def starte(modul):
    kind = start(modul)
    print(kind.pid, flush=True)
    return kind
aufsicht._start = starte
aufsicht._MODUL = sys.argv[2]
read_rohmappe(sys.argv[1])
"""
TRAEGE = """
import sys, threading, time
from sozialtool.einlesen import kindprozess
def run(auftrag, kanal):
    time.sleep(60)
kindprozess.run = run
sys.exit(kindprozess.main())
"""


@pytest.fixture
def gross(tmp_path):
    """A text file that takes seconds to read."""
    datei = tmp_path / "gross.csv"
    datei.write_bytes(b"Gebiet;Wert;Anteil\n" + b"Nord;1234;12,5\n" * 1_500_000)
    return datei


@pytest.fixture
def traege(tmp_path, monkeypatch):
    """The name of a child module that takes the job and then does nothing for a minute."""
    (tmp_path / "traege.py").write_text(TRAEGE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return "traege"


def is_gone(vorgang: int, sekunden: float) -> bool:
    ende = time.monotonic() + sekunden
    while time.monotonic() < ende:
        if find_beginn(vorgang) is None:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("modul", ["sozialtool.einlesen.kindprozess", "traege"])
def test_a_killed_parent_leaves_no_child_behind(gross, traege, modul):
    code = f"import sys; sys.path[:0] = {[str(gross.parent), *filter(None, sys.path)]!r}\n{ELTERN}"
    eltern = subprocess.Popen([sys.executable, "-c", code, str(gross), modul], stdout=subprocess.PIPE)
    try:
        kind = int(eltern.stdout.readline())
        time.sleep(0.5)
        assert find_beginn(kind) is not None
    finally:
        eltern.kill()
        eltern.wait()
        eltern.stdout.close()
    assert is_gone(kind, 5)


@pytest.fixture
def strg_c():
    """Ctrl+C is heard: whoever starts the tests in the background of a shell has it ignored."""
    vorher = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, vorher)


def press_ctrl_c(nach: float) -> threading.Timer:
    wecker = threading.Timer(nach, _thread.interrupt_main)
    wecker.start()
    return wecker


@pytest.mark.usefixtures("strg_c")
def test_ctrl_c_ends_reading_and_its_child_at_once(gross, traege, monkeypatch):
    kinder, wecker = [], []
    start = aufsicht._start

    def starte(modul):
        kind = start(modul)
        # Only now: on a busy machine starting alone may take a second.
        kinder.append((kind, time.monotonic()))
        wecker.append(press_ctrl_c(0.5))
        return kind

    monkeypatch.setattr(aufsicht, "_start", starte)
    monkeypatch.setattr(aufsicht, "_MODUL", traege)
    with pytest.raises(KeyboardInterrupt):
        read_rohmappe(gross)
    ((kind, beginn),) = kinder
    assert time.monotonic() - beginn < 3
    wecker[0].join()
    assert is_gone(kind.pid, 2)


@pytest.mark.usefixtures("strg_c")
def test_ctrl_c_in_a_command_says_so_in_german(gross, traege, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    ordner = tmp_path / "stadt"
    assert run(["neu", "Lindenrath", "--ags", "05999004", "--jahr", "2025", "--ordner", str(ordner)]) == 0
    monkeypatch.setattr(aufsicht, "_MODUL", traege)
    wecker = press_ctrl_c(1)
    assert run(["--projekt", str(ordner), "einlesen", str(gross)]) == 2
    wecker.join()
    assert "Abgebrochen" in capsys.readouterr().err
    # Nothing is left that keeps the next command from working.
    assert not list(ordner.glob("*.sperre"))
    assert run(["--projekt", str(ordner), "stand"]) == 0


def test_the_child_is_a_fresh_process_without_a_window(monkeypatch, tmp_path):
    gesehen = {}
    echt = subprocess.Popen

    def starte(befehl, **angaben):
        gesehen.update(angaben, befehl=befehl)
        return echt(befehl, **angaben)

    monkeypatch.setattr(aufsicht.subprocess, "Popen", starte)
    datei = tmp_path / "a.csv"
    datei.write_text("a;b\n1;2\n", encoding="utf-8")
    read_rohmappe(datei)
    assert gesehen["befehl"][0] == sys.executable
    assert gesehen["creationflags"] == (0x08000000 if sys.platform == "win32" else 0)
    assert not gesehen.get("shell")


def test_no_module_forks():
    quellen = Path(konsole.__file__).parent.rglob("*.py")
    assert not [q.name for q in quellen if "os.fork" in (t := q.read_text(encoding="utf-8")) or "multiprocessing" in t]
