"""A processor that is too old for the engine gets a sentence, not a crash.

The Windows folder carries the runtime of Polars that asks for SSE4.2 and POPCNT only (`BUILD_FEATURE_FLAGS` of
polars-runtime-compat 2.1; psABI level x86-64-v2: Intel since Nehalem and, for Atom, Silvermont; AMD since Bulldozer and Jaguar, not Llano or Bobcat).
Without them the processor stops the whole program with "illegal instruction".
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from sozialtool.fehler import BedienFehler

_SSE4_2 = 38
"""PF_SSE4_2_INSTRUCTIONS_AVAILABLE of IsProcessorFeaturePresent (processthreadsapi.h)."""
_KEINE_FENSTER = 0x0001 | 0x0002
"""SEM_FAILCRITICALERRORS and SEM_NOGPFAULTERRORBOX of SetErrorMode: a program that dies opens no window. Children inherit it."""


def check_prozessor(kennt: Callable[[], bool] | None = None, laeuft: Callable[[], bool] | None = None) -> None:
    """Refuse a processor on which the engine cannot run; on Windows only, elsewhere pip chose the runtime.

    Args:
        kennt: whether the system says that the instructions are there; it may not know the question (older Windows 10).
        laeuft: whether the engine runs, tried in a process of its own; asked only when `kennt` says no.

    Raises:
        BedienFehler: the processor is too old.
    """
    if kennt is None and sys.platform != "win32":
        return
    if (kennt or _has_sse4_2)() or (laeuft or _engine_runs)():
        return
    raise BedienFehler(
        "Der Prozessor dieses PCs ist zu alt für das Rechenwerk (ihm fehlen SSE4.2 oder POPCNT; alle seit 2014 haben sie).",
        "Bitte sozialtool auf einem neueren PC starten; der Ordner läuft dort ohne Installation, auch vom Netzlaufwerk.",
        "PROZESSOR-ALT",
    )


def _has_sse4_2() -> bool:
    import ctypes

    return bool(ctypes.CDLL("kernel32").IsProcessorFeaturePresent(_SSE4_2))


def _engine_runs() -> bool:
    import ctypes
    import subprocess

    ctypes.CDLL("kernel32").SetErrorMode(_KEINE_FENSTER)
    probe = [sys.executable, "-X", "utf8", "-B", "-c", "import polars; polars.Series([1.0, 2.0]).sum()"]
    return subprocess.run(probe, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
