"""Run programs of the built folder as Windows does: directly on Windows, through Wine elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HIER = Path(__file__).resolve().parent
WURZEL = HIER.parent
PRAEFIX = WURZEL / "build" / "wine"
"""Wine's own C: drive, made on first use."""
_WINE = ("/usr/lib/wine/wine64", "wine64", "wine")
_SERVER = ("/usr/lib/wine/wineserver64", "/usr/lib/wine/wineserver", "wineserver")
_MINGW = "x86_64-w64-mingw32-gcc"


class KeinWindows(Exception):
    """No Windows program can run here; the message names what is missing."""


def find_starter() -> list[str]:
    """Return what stands before a Windows program on the command line; makes Wine ready on first use.

    Raises:
        KeinWindows: neither Windows nor a usable Wine.
    """
    if sys.platform == "win32":
        return []
    wine = next((gefunden for name in _WINE if (gefunden := shutil.which(name))), None)
    if wine is None:
        raise KeinWindows("Wine ist nicht da (Debian: wine wine64).")
    if not (PRAEFIX / "fertig").is_file():
        _prepare(wine)
    return [wine]


def environment() -> dict[str, str]:
    """Return the environment for a Windows program: nothing of this Python, no window, no messages of Wine."""
    umgebung = {name: wert for name, wert in os.environ.items() if not name.startswith("PYTHON")}
    return umgebung | {
        "WINEPREFIX": str(PRAEFIX),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        # No debugger: whoever crashes ends at once, with an exit code, instead of being looked at for half a minute.
        "WINEDLLOVERRIDES": "mscoree,mshtml=;winedbg.exe=d",
        "DISPLAY": "",
    }


def to_windows(pfad: Path) -> str:
    """Return a path of this system as Windows programs write it."""
    return str(pfad) if sys.platform == "win32" else "Z:" + str(pfad.absolute()).replace("/", "\\")


def run(
    befehl: list[str], *, cwd: Path | None = None, timeout: float | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a Windows program and catch its output (UTF-8, broken characters replaced); never raises for its exit code.

    stdin is empty and stdout a pipe: with files Python in Wine stops with "Invalid handle".
    """
    return subprocess.run(
        [*find_starter(), *befehl], cwd=cwd, timeout=timeout, env=environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip


def stop() -> None:
    """End whatever still runs in our Wine: a program stuck in its start would hold the output open for ever."""
    if sys.platform != "win32" and PRAEFIX.is_dir():
        server = next((s for name in _SERVER if (s := shutil.which(name))), None)
        if server:
            subprocess.run(
                [server, "-k"], env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False
            )


def _prepare(wine: str) -> None:
    """Make the C: drive: Windows 10, and the one function of Windows that Wine 8 lacks and every Rust program calls."""
    if shutil.which(_MINGW) is None:
        raise KeinWindows(f"{_MINGW} ist nicht da (Debian: gcc-mingw-w64-x86-64-posix).")
    shutil.rmtree(PRAEFIX, ignore_errors=True)
    PRAEFIX.mkdir(parents=True)
    for befehl in (["wineboot", "-i"], ["winecfg", "/v", "win10"]):
        subprocess.run([wine, *befehl], env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=True)
    ziel = PRAEFIX / "drive_c" / "windows" / "system32" / "bcryptprimitives.dll"
    ziel.unlink(missing_ok=True)
    subprocess.run(
        [_MINGW, "-shared", "-O2", "-s", "-o", str(ziel), str(HIER / "processprng.c"), "-ladvapi32"], check=True
    )
    (PRAEFIX / "fertig").touch()
