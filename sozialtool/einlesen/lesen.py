"""Any foreign file becomes a `Rohmappe`."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

import attrs

from sozialtool.einlesen.rohblatt import Leseart, Rohblatt, Rohmappe

Fortschritt = Callable[[int, int, str], None]


@attrs.frozen
class Grenzen:
    """How much a foreign file may ask for."""

    sekunden: float = 120.0


def read_rohmappe(
    pfad: Path | str,
    *,
    leseart: Leseart | None = None,
    grenzen: Grenzen | None = None,
    fortschritt: Fortschritt | None = None,
    stop: threading.Event | None = None,
) -> Rohmappe:
    """Read a file into a `Rohmappe` (thin version: in this process, workbooks and plain CSV)."""
    from python_calamine import CalamineWorkbook

    _ = grenzen, fortschritt, stop
    datei = Path(pfad)
    inhalt = datei.read_bytes()
    summe = hashlib.sha256(inhalt).hexdigest()
    if datei.suffix.casefold() in (".csv", ".tsv", ".txt"):
        import csv

        art = leseart or Leseart("utf-8-sig", ";", ",")
        zeilen = list(csv.reader(inhalt.decode(art.zeichensatz, "replace").splitlines(), delimiter=art.trenner))
        breite = max(map(len, zeilen), default=0)
        voll = tuple(tuple(w or None for w in z) + (None,) * (breite - len(z)) for z in zeilen)
        return Rohmappe(datei.name, "csv", summe, (Rohblatt(datei.stem, voll),), (), art)
    mappe = CalamineWorkbook.from_path(datei)
    blaetter = []
    for name in mappe.sheet_names:
        blatt = mappe.get_sheet_by_name(name)
        roh = blatt.to_python(skip_empty_area=False)
        blaetter.append(Rohblatt(name, tuple(tuple(None if w == "" else w for w in z) for z in roh)))
    return Rohmappe(datei.name, datei.suffix[1:], summe, tuple(blaetter))
