"""The fast way against a slow one in plain Python: gaps, secrets, breaks, pools, lags, several Stände, several levels."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from sozialtool import rechnen
from sozialtool.fach.indikator import Bruch, Indikator, Intervallart
from sozialtool.fach.rahmen import KENNZAHLEN
from sozialtool.fach.raum import Gebiet

from .langsam import Langsam
from .ort import GEBIETE, MERKMALE, indikator, messwerte

NAMEN = ("ew", "kinder", "arm")
GRUENDE = ("GEHEIM", "FOLGT", "SINNLOS", "NICHTS", "FAST_NICHTS", "FEHLT", "NENNER_NULL")


def draw_zeilen(zufall: random.Random, gebiete: list[Gebiet]) -> list[tuple]:
    """Messwerte of some levels, with gaps in areas and years, signs, Vermerke, pools and a second Stand."""
    jahre = [jahr for jahr in range(2012, 2024) if zufall.random() < 0.85]
    luecke, zeichen = zufall.choice([0, 0.05, 0.3]), zufall.choice([0, 0.05, 0.3])
    zeilen = []
    for merkmal in (*NAMEN, "stufe"):
        ebenen = zufall.choice(
            [("stadt", "ortsteil", "sozialraum"), ("stadt", "sozialraum", "stimmbezirk"), ("sozialraum",)]
        )
        for jahr in jahre:
            staende = [(dt.date(jahr, 12, 31), 0)]
            staende += [(dt.date(jahr, zufall.choice([6, 7]), 30), zufall.choice([0, 3]))] * (zufall.random() < 0.4)
            for stand, laenge in staende:
                for gebiet in gebiete:
                    if gebiet.ebene not in ebenen or zufall.random() < luecke:
                        continue
                    wert = float(zufall.choice([0, 1, 9, 10, zufall.randrange(40), zufall.randrange(3000)]))
                    zeile = (wert, None) if zufall.random() >= zeichen else (None, zufall.choice(GRUENDE))
                    vermerk = zufall.choice(["VORLAEUFIG", "GESCHAETZT", "GERUNDET"]) if zufall.random() < 0.1 else ""
                    zeilen.append((gebiet.schluessel, merkmal, stand, laenge, *zeile, vermerk))
    return zeilen


def draw_indikatoren(zufall: random.Random) -> list[Indikator]:
    """Indicators of every kind."""

    def name() -> str:
        return zufall.choice(NAMEN) + zufall.choice(["", "", "", "", "__vor1", "__vor5"])

    def formel() -> str:
        return zufall.choice(
            [name(), name(), f"{name()} + {name()}", f"{name()} / {name()}", f"2 * ({name()} - {name()})", "7"]
        )

    return [
        indikator(
            kennung=f"I{nummer}", zaehler=formel(), nenner=zufall.choice(["", "ew", formel()]),
            faktor=zufall.choice([1.0, 100.0, 1000.0]), intervall=zufall.choice(list(Intervallart)),
            jahre=zufall.choice([0, 1, 1, 2, 3]), stufe=zufall.random() < 0.1,
            kleinste_ebene=zufall.choice(["sozialraum", "sozialraum", "ortsteil", "stadt"]),
        )
        for nummer in range(zufall.choice([1, 4, 12]))
    ]  # fmt: skip


def expect(ist: object, soll: object, was: str) -> None:
    """Equal, or equal but for rounding."""
    if isinstance(soll, float):
        assert ist == pytest.approx(soll, rel=1e-9, abs=1e-9), f"{was}: {ist} statt {soll}"
    else:
        assert ist == soll, f"{was}: {ist} statt {soll}"


@pytest.mark.parametrize("saat", range(16))
def test_fast_and_slow_way_agree(saat):
    zufall = random.Random(saat)
    gebiete = list(GEBIETE) if saat % 3 else [g for g in GEBIETE if g.ebene != "ortsteil" and g.schluessel != "nz"]
    zufall.shuffle(gebiete)
    zeilen = draw_zeilen(zufall, gebiete)
    brueche = [
        Bruch(zufall.choice(NAMEN), zufall.randrange(2013, 2024), f"b{n}") for n in range(zufall.choice([0, 0, 3]))
    ]
    indikatoren = draw_indikatoren(zufall)
    rahmen = messwerte([]).collect().schema
    spalten = dict(zip(rahmen, zip(*[(*zeile, "q") for zeile in zeilen], strict=True), strict=True))
    kennzahlen = rechnen.compute_kennzahlen(
        rechnen.build_messwerte({name: list(inhalt) for name, inhalt in spalten.items()}),
        rechnen.build_gebiete(gebiete), indikatoren, MERKMALE, brueche,
    ).collect(engine="streaming" if saat % 2 else "in-memory")  # fmt: skip
    ist = {(z["indikator"], z["jahr"], z["gebiet"]): z for z in kennzahlen.to_dicts()}
    langsam = Langsam(zeilen, gebiete, brueche)
    soll = {(ind.kennung, *ort): zeile for ind in indikatoren for ort, zeile in langsam.compute(ind).items()}
    assert set(ist) == set(soll)
    assert len(soll) == kennzahlen.height
    spaltennamen = [name for name in KENNZAHLEN.schema if name not in KENNZAHLEN.schluessel]
    for schluessel, zeile in soll.items():
        for name in spaltennamen:
            expect(ist[schluessel][name], zeile[name], f"{schluessel} {name}")
    stelle = {g.schluessel: (g.reihenfolge, g.schluessel) for g in gebiete}
    reihe = [ind.kennung for ind in indikatoren]
    assert list(ist) == sorted(ist, key=lambda k: (reihe.index(k[0]), k[1], stelle[k[2]]))
