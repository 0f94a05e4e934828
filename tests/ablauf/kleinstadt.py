"""A tiny invented town with figures written straight into the project, for tests that need no file."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import tempfile
from collections.abc import Callable, Hashable
from pathlib import Path

import pytest

from sozialtool import ablauf
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.raum import Gebiet, Kommune

RAEUME = 6
KENNUNGEN = ("B01", "B03", "A01", "A07", "A10", "F02")


_VORBILDER: dict[Hashable, Path] = {}
_ORDNER = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)


def copy_vorbild(schluessel: Hashable, ordner: Path, build: Callable[[Path], ablauf.Projekt]) -> ablauf.Projekt:
    """Open a copy of a project in `ordner`; what `build` makes for this key is made once per process."""
    if schluessel not in _VORBILDER:
        ziel = Path(tempfile.mkdtemp(dir=_ORDNER.name))
        with pytest.MonkeyPatch.context() as flicken:
            flicken.setattr("sozialtool.orte.einstellungen", lambda: ziel / "einstellungen")
            with build(ziel / "stadt") as projekt:
                _VORBILDER[schluessel] = projekt.pfad
    vorbild = _VORBILDER[schluessel]
    shutil.copytree(vorbild.parent, ordner, dirs_exist_ok=True)
    return ablauf.open_projekt(ordner / vorbild.name)


def build_kleinstadt(ordner: Path, jahre=range(2020, 2026), zusatz: str = ""):
    """Make the project; `zusatz` is appended to every name (markup, umlauts …)."""
    return copy_vorbild(("kleinstadt", jahre, zusatz), ordner, lambda ziel: _build(ziel, jahre, zusatz))


def _build(ordner: Path, jahre, zusatz: str):
    projekt = ablauf.create_projekt(ordner, Kommune("05999004", f"Kleinstadt{zusatz}", berichtsjahr=max(jahre)))
    with projekt.change("Kleinstadt gefüllt") as schreiber:
        schreiber.put(Gebiet("A", f"Oben{zusatz}", "ortsteil", "05999004", reihenfolge=1))
        schreiber.put(Gebiet("B", f"Unten{zusatz}", "ortsteil", "05999004", reihenfolge=2))
        for n in range(RAEUME):
            schreiber.put(Gebiet(f"0{n + 1}", f"Raum {n + 1}{zusatz}", "sozialraum", "AB"[n // 3], reihenfolge=n))
        schreiber.put_messwerte(_figures(projekt, jahre))
    for kennung in KENNUNGEN:
        ablauf.agree_indikator(projekt, kennung, Zustand.VEREINBART, dt.date(2025, 3, 4), "Planungsgruppe")
    return projekt


def _figures(projekt, jahre):
    zufall = random.Random(11)
    namen = {z.indikator.kennung: z.fehlende_merkmale for z in ablauf.indikatoren(projekt)}
    merkmale = sorted({m for kennung in KENNUNGEN for m in namen[kennung]} - {"ew"})
    for jahr in jahre:
        for n in range(RAEUME):
            einwohner = 3000 + 400 * n
            yield Messwert(f"0{n + 1}", "ew", dt.date(jahr, 12, 31), float(einwohner))
            for merkmal in merkmale:
                # Denominators (inhabitants of an age, households) are larger than what is counted among them.
                anteil = zufall.randrange(30, 50) if merkmal.startswith(("ew_", "hh")) else zufall.randrange(3, 12)
                yield Messwert(f"0{n + 1}", merkmal, dt.date(jahr, 12, 31), float(einwohner * anteil // 100))
