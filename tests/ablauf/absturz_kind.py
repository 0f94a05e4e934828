"""Runs in a process of its own and is killed at a random moment (see test_absturz).

`absturz_kind.py einlesen|ausgeben STADT LIEFERUNGEN` does one work. `absturz_kind.py brut` loads the program once and forks
itself for each line (JSON: work, town, deliveries, named pipe): a hundred processes are then ready at once.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib
import json
import os
import pkgutil
import signal
import sys
from pathlib import Path
from typing import TextIO


def work(was: str, stadt: str, lieferungen: str, aus: TextIO) -> None:
    from sozialtool import ablauf

    with ablauf.open_projekt(Path(stadt)) as projekt:
        if was == "ausgeben":
            ablauf.monitoring(projekt)
        print("bereit", os.getpid(), file=aus, flush=True)
        if was == "ausgeben":
            ablauf.ausgeben(projekt, 2025, "17/802", stand=dt.date(2025, 12, 2))
        else:
            ablauf.read_eingang(projekt, [Path(lieferungen)])
        print("fertig", file=aus, flush=True)


def bury() -> None:
    """Let the dead leave at once: as long as they are waited for, their locks look like those of the living."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass


def brood() -> None:
    """Load everything that needs no threads yet, then fork for each line, until standard input ends.

    Files are read without a further process, so that most of the moments lie where the project is written.
    """
    import sozialtool
    from sozialtool.einlesen import lesen

    for modul in pkgutil.walk_packages(sozialtool.__path__, "sozialtool."):
        if not modul.name.startswith(("sozialtool.tui", "sozialtool.__main__")):
            importlib.import_module(modul.name)
    sys.path.append(str(Path(__file__).resolve().parents[1]))
    lesen.run_kind = importlib.import_module("lesen_hier").run_hier
    signal.signal(signal.SIGCHLD, lambda *_: bury())
    for zeile in sys.stdin:
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            was, stadt, lieferungen, rohr = json.loads(zeile)
            with Path(rohr).open("w", encoding="utf-8") as aus:
                work(was, stadt, lieferungen, aus)
                aus.flush()
                os._exit(0)


if __name__ == "__main__":
    if sys.argv[1] == "brut":
        brood()
    else:
        work(*sys.argv[1:4], sys.stdout)
