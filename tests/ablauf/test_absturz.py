"""The process is killed at 200 random moments of import and export.

Afterwards the project opens every time, each accepted delivery is whole or absent, and the workbook is the old one or
the new one, never half of one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import openpyxl
import pytest
from kleinstadt import KENNUNGEN, RAEUME, build_kleinstadt

from sozialtool import ablauf
from sozialtool.fach.quelle import Quelle

KIND = Path(__file__).with_name("absturz_kind.py")
ABSTUERZE = 6 if sys.platform == "win32" else 100
"""Starting a Python takes a second on Windows (and in Wine)."""
LIEFERUNGEN = 6


@pytest.fixture(scope="module")
def vorlage(tmp_path_factory):
    """A closed project, a folder with deliveries that need no question, and a workbook written before."""
    ordner = tmp_path_factory.mktemp("absturz")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sozialtool.orte.einstellungen", lambda: ordner / "einstellungen")
        with build_kleinstadt(ordner / "stadt", range(2024, 2026)) as projekt:
            ablauf.ausgeben(projekt, 2025, "17/801", stand=dt.date(2025, 12, 1))
    eingang = ordner / "lieferungen"
    eingang.mkdir()
    for nummer in range(LIEFERUNGEN):
        write_lieferung(eingang / f"einwohner_{2010 + nummer}.xlsx", 2010 + nummer)
    return ordner


def write_lieferung(pfad: Path, jahr: int) -> None:
    mappe = openpyxl.Workbook()
    blatt = mappe.active
    blatt.append([f"Einwohner am 31.12.{jahr}"])
    blatt.append(["Nummer", "Sozialraum", "Einwohner"])
    for n in range(RAEUME):
        blatt.append([f"0{n + 1}", f"Raum {n + 1}", 1000 + 10 * n + jahr])
    mappe.save(pfad)


class Brut:
    """Starts the processes that are killed. On Linux they are forked from one that has loaded the program, elsewhere started anew."""

    def __init__(self) -> None:
        self._brut: subprocess.Popen[bytes] | None = None
        self._schloss = threading.Lock()
        if sys.platform == "linux":
            self._brut = subprocess.Popen([sys.executable, str(KIND), "brut"], stdin=subprocess.PIPE)

    def start(self, ordner: Path, was: str) -> tuple[IO[bytes], Callable[[], None]]:
        """Return what the process says, and what kills it and waits for its end."""
        angaben = [was, str(ordner / "stadt"), str(ordner / "lieferungen")]
        if self._brut is None:
            kind = subprocess.Popen(
                [sys.executable, str(KIND), *angaben], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            return kind.stdout, lambda: (kind.kill(), kind.wait())
        rohr = ordner / "rohr"
        os.mkfifo(rohr)
        with self._schloss:
            self._brut.stdin.write(json.dumps([*angaben, str(rohr)]).encode() + b"\n")
            self._brut.stdin.flush()
        strom = rohr.open("rb")
        rohr.unlink()
        return strom, lambda: None

    def close(self) -> None:
        if self._brut is not None:
            self._brut.stdin.close()
            self._brut.wait()


@pytest.fixture(scope="module")
def brut():
    with contextlib.closing(Brut()) as offen:
        yield offen


def end_forked(pid: int) -> None:
    """Kill a process that is not our child, and wait until it is gone: a lock of a living process is kept."""
    with contextlib.suppress(ProcessLookupError):
        while True:
            os.kill(pid, signal.SIGKILL)
            time.sleep(0.001)


def run_and_kill(brut: Brut, ordner: Path, was: str, anteil: float, dauer: float) -> None:
    strom, beende = brut.start(ordner, was)
    wort, pid = strom.readline().split()
    assert wort == b"bereit"
    time.sleep(anteil * dauer)
    beende()
    if sys.platform == "linux":
        end_forked(int(pid))
    strom.close()


def measure_duration(brut: Brut, ordner: Path, was: str) -> float:
    strom, beende = brut.start(ordner, was)
    assert strom.readline().startswith(b"bereit")
    beginn = time.perf_counter()
    assert strom.readline().strip() == b"fertig"
    dauer = time.perf_counter() - beginn
    strom.read()  # until it has ended
    beende()
    strom.close()
    return dauer


def fresh_copy(vorlage: Path, ziel: Path) -> Path:
    shutil.copytree(vorlage / "stadt", ziel / "stadt")
    shutil.copytree(vorlage / "lieferungen", ziel / "lieferungen")
    return ziel


def check_deliveries(ordner: Path) -> int:
    """Open the project and make sure that each delivery is whole or absent; return how many are there."""
    with ablauf.open_projekt(ordner / "stadt") as projekt:
        spalten = projekt.read_messwerte(merkmale=["ew"])
        quellen = {quelle.schluessel: quelle for quelle in projekt.read(Quelle)}
        eingelesen = [a for a in projekt.verlauf(50) if "eingelesen" in a.text]
        assert len(eingelesen) == len(quellen)
        for quelle in quellen.values():
            werte = [w for w, q in zip(spalten["wert"], spalten["quelle"], strict=True) if q == quelle.schluessel]
            assert werte == [1000.0 + 10 * n + quelle.stand.year for n in range(RAEUME)]
            assert quelle.anzahl_werte == RAEUME
        assert {q for q in spalten["quelle"] if q} == set(quellen)
    return len(quellen)


def test_killed_while_importing(brut, vorlage, tmp_path):
    dauer = measure_duration(brut, fresh_copy(vorlage, tmp_path / "probe"), "einlesen")
    assert check_deliveries(tmp_path / "probe") == LIEFERUNGEN
    momente = random.Random(7)
    anteile = [momente.random() for _ in range(ABSTUERZE)]

    def one(nummer: int) -> int:
        ordner = fresh_copy(vorlage, tmp_path / str(nummer))
        run_and_kill(brut, ordner, "einlesen", anteile[nummer], dauer * 1.1)
        angekommen = check_deliveries(ordner)
        shutil.rmtree(ordner)
        return angekommen

    with ThreadPoolExecutor(2) as pool:
        ergebnisse = list(pool.map(one, range(ABSTUERZE)))
    # The moments were spread over the whole work: some runs died early, some late.
    assert min(ergebnisse) < max(ergebnisse)


def test_killed_while_exporting(brut, vorlage, tmp_path):
    probe = fresh_copy(vorlage, tmp_path / "probe")
    mappe = Path("stadt", "ausgaben", "2025", "Monitoring_2025.xlsx")
    alt = hashlib.sha256((probe / mappe).read_bytes()).hexdigest()
    dauer = measure_duration(brut, probe, "ausgeben")
    neu = hashlib.sha256((probe / mappe).read_bytes()).hexdigest()
    assert alt != neu
    momente = random.Random(8)
    anteile = [momente.random() for _ in range(ABSTUERZE)]

    def one(nummer: int) -> str:
        ordner = fresh_copy(vorlage, tmp_path / str(nummer))
        run_and_kill(brut, ordner, "ausgeben", anteile[nummer], dauer * 1.1)
        with ablauf.open_projekt(ordner / "stadt") as projekt:
            assert len([z for z in ablauf.indikatoren(projekt) if z.indikator.vereinbart_am]) == len(KENNUNGEN)
        stand = hashlib.sha256((ordner / mappe).read_bytes()).hexdigest()
        shutil.rmtree(ordner)
        return stand

    with ThreadPoolExecutor(2) as pool:
        ergebnisse = list(pool.map(one, range(ABSTUERZE)))
    assert set(ergebnisse) <= {alt, neu}
    assert alt in ergebnisse
