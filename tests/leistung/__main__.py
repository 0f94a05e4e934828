"""Print the table of ratios: `python -m tests.leistung`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from sozialtool import ablauf
from tests.leistung import geheimhaltung, hilfe, lesen, mappe, rechnen, register, start


def main() -> int:
    print(f"{'was':<46} {'Median':>10} {'Boden':>10} {'Verh.':>7} {'Ziel':>5}")
    with tempfile.TemporaryDirectory() as name:
        ordner = Path(name)
        beispiel = ablauf.make_beispiel(ordner / "Lindenrath")
        zeilen = [*hilfe.measure(), *start.measure(beispiel.projekt), *lesen.measure(ordner)]
        zeilen += [*register.measure(ordner), *rechnen.measure(), *geheimhaltung.measure()]
        with ablauf.open_projekt(beispiel.projekt, nur_lesen=True) as projekt:
            zeilen += mappe.measure(projekt, ordner)
    for zeile in zeilen:
        print(zeile.zeile())
    return 0


if __name__ == "__main__":
    sys.exit(main())
