"""Helpers for tests of the project file, also from other rooms' tests: fingerprints and killed processes."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from sozialtool.projekt import siegel


def fingerprint(ordner: Path) -> dict[str, str]:
    """Every file below a folder with the SHA-256 of its bytes: what must not change."""
    return {
        datei.relative_to(ordner).as_posix(): hashlib.sha256(datei.read_bytes()).hexdigest()
        for datei in sorted(ordner.rglob("*"))
        if datei.is_file()
    }


def change_rows(pfad: Path, sql: str) -> None:
    """Change rows as a program would that knows how: past the log, but with fitting seals."""
    verbindung = sqlite3.connect(pfad)
    verbindung.executescript(f"UPDATE laufend SET nummer = 0; {sql}; UPDATE laufend SET nummer = NULL;")
    for (tabelle,) in verbindung.execute("SELECT tabelle FROM siegel").fetchall():
        siegel.seal(verbindung, tabelle)
    verbindung.commit()
    verbindung.close()


def start_python(code: str, *angaben: object) -> subprocess.Popen[str]:
    """Start a Python process with `code`; `angaben` are its sys.argv[1:]. It says what it has to say on stdout."""
    befehl = [sys.executable, "-c", code, *map(str, angaben)]
    return subprocess.Popen(befehl, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def wait_for_line(prozess: subprocess.Popen[str], zeile: str) -> None:
    """Read stdout until this line came; fail when the process ends before."""
    assert prozess.stdout is not None
    for gelesen in prozess.stdout:
        if gelesen.strip() == zeile:
            return
    raise AssertionError(f"the process ended with {prozess.wait()} before it said {zeile}")


def kill_hard(prozess: subprocess.Popen[str]) -> None:
    """Kill without any farewell (SIGKILL, TerminateProcess) and wait until it is gone."""
    prozess.kill()
    assert prozess.stdout is not None
    prozess.stdout.close()
    prozess.wait()


def run_and_kill(code: str, *angaben: object, bereit: str = "bereit", nach: float) -> None:
    """Run `code`, wait for the line `bereit`, kill it `nach` seconds later."""
    prozess = start_python(code, *angaben)
    try:
        wait_for_line(prozess, bereit)
        time.sleep(nach)
    finally:
        kill_hard(prozess)
