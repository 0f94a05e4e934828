"""A point in text numbers ("1.234"): decided per column where something decides it, and shown; else asked once and remembered."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from bauen import blatt, mappe

from sozialtool.einlesen.pruefung import Pruefung, answer_frage, build_profil, examine_rohmappe
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.fach.messwert import Merkmal, Merkmalart, Messwert
from sozialtool.fach.quelle import Schwere
from sozialtool.fach.raum import Gebiet, Kommune

UMFELD = Umfeld(
    Kommune("05999038", "Lindenrath"),
    gebiete=tuple(Gebiet(f"0{i}", name, "sozialraum", "05999038") for i, name in enumerate("ABC", 1)),
    merkmale=(Merkmal("ew", "Einwohner"), Merkmal("euro", "Ausgaben", Merkmalart.SUMME, einheit="€")),
)


def lies(kopf: str, *texte: object, jahr: int = 2023, umfeld: Umfeld = UMFELD) -> Pruefung:
    namen = ("A", "B", "C", "insgesamt")
    zeilen = tuple(zip(namen, texte, strict=False))
    return examine_rohmappe(mappe(blatt((f"Stand 31.12.{jahr}",), ("Sozialraum", kopf), *zeilen)), umfeld)


def mehrdeutig(pruefung: Pruefung) -> list[tuple[str, Schwere]]:
    return [(b.zelle, b.schwere) for b in pruefung.befunde if b.code == "ZAHL-MEHRDEUTIG"]


@pytest.mark.parametrize(
    ("kopf", "texte", "wert", "grund"),
    [
        ("Einwohner", ("1.134", "950", "12"), 1134.0, "keine Dezimalstellen"),
        ("Einwohner", ("1.134", "2500", "12"), 1134.0, "keine Dezimalstellen"),
        ("Ausgaben", ("1.134", "2.250", "12"), 1134.0, "genau drei Ziffern"),
        ("Ausgaben", ("1.134", "950", "12", "2.096"), 1134.0, "angegebene Summe"),
        ("Ausgaben", ("1.134", "2.250", "12", "15,384"), 1.134, "angegebene Summe"),
    ],
)
def test_what_decides_is_shown(kopf: str, texte: tuple[str, ...], wert: float, grund: str) -> None:
    pruefung = lies(kopf, *texte)
    assert pruefung.fragen == ()
    assert mehrdeutig(pruefung) == [("B3", Schwere.HINWEIS)]
    assert grund in next(b.meldung for b in pruefung.befunde if b.code == "ZAHL-MEHRDEUTIG")
    assert pruefung.messwerte[0].wert == wert


@pytest.mark.parametrize(("alt", "wert"), [(1100.0, 1134.0), (1.2, 1.134)])
def test_last_year_decides(alt: float, wert: float) -> None:
    stand = dt.date(2022, 12, 31)
    bestand = {("01", "euro", stand): Messwert("01", "euro", stand, alt)}
    pruefung = lies("Ausgaben", "1.134", "12", "13", umfeld=attrs.evolve(UMFELD, bestand=bestand))
    assert (pruefung.messwerte[0].wert, pruefung.fragen) == (wert, ())
    assert mehrdeutig(pruefung) == [("B3", Schwere.HINWEIS)]


@pytest.mark.parametrize(("wahl", "wert"), [("tausender", 1134.0), ("dezimal", 1.134)])
def test_what_nothing_decides_is_asked_once_and_kept(wahl: str, wert: float) -> None:
    pruefung = lies("Ausgaben", "1.134", "12", "13")
    assert [(f.art, f.zelle) for f in pruefung.fragen] == [("punkt", "B3")]
    assert not pruefung.bereit
    assert mehrdeutig(pruefung) == [("B3", Schwere.FRAGE)]
    fertig = answer_frage(pruefung, UMFELD, pruefung.fragen[0].kennung, wahl)
    assert (fertig.messwerte[0].wert, fertig.fragen, mehrdeutig(fertig)) == (wert, (), [])
    profil = attrs.evolve(UMFELD, profile=(build_profil(fertig, "Sozialamt"),))
    naechste = lies("Ausgaben", "1.134", "12", "13", jahr=2024, umfeld=profil)
    assert (naechste.messwerte[0].wert, naechste.fragen, mehrdeutig(naechste)) == (wert, (), [])
