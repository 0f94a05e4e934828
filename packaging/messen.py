"""Measure the start of the built folder: whole processes, in turn, against a bare Textual app in the same Python."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import windows

RUNDEN = 7


def run_program(ordner: Path, *argumente: str) -> str:
    """Run the folder's Python as its start file does and return what it wrote.

    Raises:
        RuntimeError: the program failed.
    """
    befehl = [windows.to_windows(ordner / "python" / "python.exe"), "-X", "utf8", "-B", *argumente]
    ergebnis = windows.run(befehl, timeout=300)
    if ergebnis.returncode:
        raise RuntimeError(f"{' '.join(argumente)[:80]} endete mit {ergebnis.returncode}:\n{ergebnis.stdout}")
    return ergebnis.stdout


def measure_start(ordner: Path) -> str:
    """Say how long the start takes until the first usable screen, and how long that of a bare Textual app.

    Raises:
        KeinWindows: no Windows program can run here.
    """
    sys.path.insert(0, str(windows.WURZEL))
    from tests.leistung.start import BLANK, UNSER

    with tempfile.TemporaryDirectory() as name:
        stadt = Path(name) / "Lindenrath"
        run_program(ordner, "-m", "sozialtool", "beispiel", windows.to_windows(stadt), "--ohne-oberflaeche")
        dinge = {
            "sozialtool": ["-c", UNSER, windows.to_windows(stadt / "lindenrath.sozial")],
            "kahl": ["-c", BLANK],
            "hilfe": ["-m", "sozialtool", "--hilfe"],
            "leer": ["-c", "pass"],
        }
        zeiten: dict[str, list[float]] = {was: [] for was in dinge}
        for runde in range(RUNDEN + 1):
            for was, argumente in dinge.items():
                beginn = time.perf_counter()
                run_program(ordner, *argumente)
                if runde:  # the first round warms the file cache
                    zeiten[was].append(time.perf_counter() - beginn)
    mitte = {was: statistics.median(reihe) for was, reihe in zeiten.items()}
    wo = "Windows" if sys.platform == "win32" else "Wine"
    text = (
        f"Start unter {wo} bis zum ersten benutzbaren Bildschirm: {mitte['sozialtool']:.2f} s, "
        f"kahle Textual-App {mitte['kahl']:.2f} s, Verhältnis {mitte['sozialtool'] / mitte['kahl']:.2f}\n"
        f"Befehl --hilfe: {mitte['hilfe']:.2f} s, leeres Python {mitte['leer']:.2f} s, "
        f"Verhältnis {mitte['hilfe'] / mitte['leer']:.2f}"
    )
    return text.replace(".", ",")
