"""Runs in a process of its own and is killed at a random moment (see test_absturz)."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path


def main() -> None:
    from sozialtool import ablauf

    was, pfad = sys.argv[1], Path(sys.argv[2])
    with ablauf.open_projekt(pfad) as projekt:
        if was == "ausgeben":
            ablauf.monitoring(projekt)
        print("bereit", flush=True)
        if was == "ausgeben":
            ablauf.ausgeben(projekt, 2025, "17/802", stand=dt.date(2025, 12, 2))
        else:
            ablauf.read_eingang(projekt, [Path(sys.argv[3])])
        print("fertig", flush=True)


if __name__ == "__main__":
    main()
