"""Time two things in turn and report their ratio."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import attrs


@attrs.frozen
class Messung:
    """One line of the table: seconds (medians; or another unit) of the thing and of its floor, and the goal for the ratio."""

    was: str
    sekunden: float
    boden_name: str
    boden: float
    ziel: float | None
    einheit: str = "s"

    @property
    def verhaeltnis(self) -> float:
        return self.sekunden / self.boden

    def zeile(self) -> str:
        ziel = "–" if self.ziel is None else f"{self.ziel:.1f}".replace(".", ",")
        urteil = "" if self.ziel is None else ("erreicht" if self.verhaeltnis <= self.ziel else "VERFEHLT")
        zahlen = (
            f"{self.sekunden:8.3f} {self.einheit} {self.boden:8.3f} {self.einheit} {self.verhaeltnis:7.2f}".replace(
                ".", ","
            )
        )
        return f"{self.was:<46} {zahlen} {ziel:>5} {urteil:<9} ÷ {self.boden_name}"


def cpu_seconds() -> float:
    """Return the processor time of this process and of the children that have ended: other people's load disturbs it less."""
    import resource

    stand = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(wer.ru_utime + wer.ru_stime for wer in stand)


def in_turn(
    dinge: list[Callable[[], object]], runden: int = 5, uhr: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Run the things in turn, `runden` times after one warm-up, and return the median seconds of each by a clock."""
    zeiten: list[list[float]] = [[] for _ in dinge]
    for runde in range(runden + 1):
        for nummer, ding in enumerate(dinge):
            beginn = uhr()
            ding()
            if runde:
                zeiten[nummer].append(uhr() - beginn)
    return [statistics.median(reihe) for reihe in zeiten]


def _environment() -> dict[str, str]:
    # Compiled modules may be kept as on any ordinary machine: the packages of the floor were compiled by pip already.
    return {name: wert for name, wert in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def program(code: str, *argumente: str) -> Callable[[], None]:
    """Return a thing that runs a small Python program in a fresh process."""

    def run() -> None:
        subprocess.run(
            [sys.executable, "-c", code, *argumente], check=True, stdout=subprocess.DEVNULL, env=_environment()
        )

    return run


def module(*argumente: str, ordner: Path | None = None) -> Callable[[], None]:
    """Return a thing that runs `python -m …` in a fresh process."""

    def run() -> None:
        subprocess.run(
            [sys.executable, "-m", *argumente], check=True, cwd=ordner, stdout=subprocess.DEVNULL, env=_environment()
        )

    return run
