"""A tiny invented town whose Sozialräume are made of blocks, with a polling district that cuts across and streets."""

from __future__ import annotations

import datetime as dt

from sozialtool.fach.messwert import Messwert
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Umsteiger
from sozialtool.fach.strasse import Strassenabschnitt
from tests.ablauf.kleinstadt import build_kleinstadt, copy_vorbild

BLOECKE = tuple(f"b{raum}{teil}" for raum in range(1, 7) for teil in "abc")
ALT = "2019"


def einwohner(block: str, jahr: int) -> float:
    """People of a block: the third block of a Sozialraum is small."""
    return float({"a": 1200, "b": 900, "c": 60}[block[2]] + 10 * int(block[1]) + jahr - 2020)


def build_raumstadt(ordner, jahre=range(2020, 2026)):
    """Six Sozialräume of three blocks each; inhabitants and SGB II by block, everything else by Sozialraum."""
    return copy_vorbild(("raumstadt", jahre), ordner, lambda ziel: _build(ziel, jahre))


def _build(ordner, jahre):
    projekt = build_kleinstadt(ordner, jahre)
    with projekt.change("Baublöcke") as schreiber:
        schreiber.put(Ebene("block", "Baublock", "Baublöcke", "sozialraum", veroeffentlichen=False, reihenfolge=5))
        schreiber.put(Ebene("stimmbezirk", "Stimmbezirk", "Stimmbezirke", veroeffentlichen=False, reihenfolge=6))
        schreiber.put(*(Gebiet(b, f"Block {b}", "block", f"0{b[1]}") for b in BLOECKE))
        schreiber.put(
            Gebiet("S1", "Stimmbezirk 1", "stimmbezirk", "01"), Gebiet("S2", "Stimmbezirk 2", "stimmbezirk", "04")
        )
        schreiber.put(Umsteiger("S1", "b1b", 0.9), Umsteiger("S1", "b1c", 0.1))
        schreiber.put(Gebietsstand(ALT, "Räume 2019", dt.date(2019, 1, 1), dt.date(2018, 12, 3), "Rat"))
        schreiber.put(
            Strassenabschnitt("00001", 1, "Amselweg", "b1c", bis=20), Strassenabschnitt("00002", 1, "Markt", "b1a")
        )
        for jahr in jahre:
            tag = dt.date(jahr, 12, 31)
            schreiber.put_messwerte(Messwert(b, "ew", tag, einwohner(b, jahr)) for b in BLOECKE)
            for n in range(1, 7):
                schreiber.put_messwerte([Messwert(f"0{n}", "ew", tag, sum(einwohner(f"b{n}{t}", jahr) for t in "abc"))])
    return projekt
