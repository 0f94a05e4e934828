"""The thin line: a simple table becomes Messwerte, and next year's file needs no question."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from sozialtool.einlesen.pruefung import answer_frage, build_profil, examine_rohmappe
from sozialtool.einlesen.rohblatt import Rohblatt, Rohmappe, Zellwert
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.einlesen.zuordnung import Zuordnung
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet, Kommune
from sozialtool.fehler import BedienFehler

UMFELD = Umfeld(
    Kommune("05170044", "Voerde"),
    gebiete=(Gebiet("01", "Altstadt", "sozialraum"), Gebiet("02", "St. Pauli", "sozialraum")),
    merkmale=(Merkmal("ew", "Einwohner"), Merkmal("ew_w", "Frauen", teil_von="ew")),
)


def mappe(*zeilen: tuple[Zellwert, ...], datei: str = "Lieferung.xlsx", blatt: str = "Tabelle1") -> Rohmappe:
    breite = max(map(len, zeilen))
    voll = tuple(zeile + (None,) * (breite - len(zeile)) for zeile in zeilen)
    return Rohmappe(datei, "xlsx", "ab" * 32, (Rohblatt(blatt, voll),))


def einwohner(jahr: int, *werte: float) -> Rohmappe:
    return mappe(
        (f"Einwohner am 31.12.{jahr}",),
        (),
        ("Sozialraum", "Einwohner", "Frauen"),
        ("Altstadt", werte[0], werte[1]),
        ("St.Pauli", werte[2], werte[3]),
        ("insgesamt", werte[0] + werte[2], werte[1] + werte[3]),
    )


def test_simple_table_becomes_messwerte_after_one_question() -> None:
    pruefung = examine_rohmappe(einwohner(2023, 100, 50, 200, 99), UMFELD)
    assert [frage.text for frage in pruefung.fragen] == ["St.Pauli"]
    assert pruefung.fragen[0].zelle == "A5"
    assert pruefung.fragen[0].vorschlaege[0].schluessel == "02"
    assert not pruefung.bereit
    fertig = answer_frage(pruefung, UMFELD, pruefung.fragen[0].kennung, "02")
    assert fertig.bereit
    werte = {(m.gebiet, m.merkmal): (m.wert, m.stand, m.zelle) for m in fertig.messwerte}
    stand = dt.date(2023, 12, 31)
    assert werte == {
        ("01", "ew"): (100, stand, "Tabelle1!B4"),
        ("01", "ew_w"): (50, stand, "Tabelle1!C4"),
        ("02", "ew"): (200, stand, "Tabelle1!B5"),
        ("02", "ew_w"): (99, stand, "Tabelle1!C5"),
    }


def test_next_year_needs_no_question_and_has_its_own_stand() -> None:
    erstes = examine_rohmappe(einwohner(2023, 100, 50, 200, 99), UMFELD)
    fertig = answer_frage(erstes, UMFELD, erstes.fragen[0].kennung, "02")
    profil = build_profil(fertig, "Meldewesen")
    assert "2023" not in profil.inhalt
    zweites = examine_rohmappe(einwohner(2024, 110, 55, 210, 100), attrs.evolve(UMFELD, profile=(profil,)))
    assert zweites.profil == profil
    assert (zweites.fragen, zweites.abweichungen) == ((), ())
    assert {m.stand for m in zweites.messwerte} == {dt.date(2024, 12, 31)}


def test_profile_with_open_questions_is_refused() -> None:
    pruefung = examine_rohmappe(einwohner(2023, 100, 50, 200, 99), UMFELD)
    with pytest.raises(BedienFehler, match="Fragen offen"):
        build_profil(pruefung, "zu früh")


def test_zuordnung_survives_json() -> None:
    zuordnung = examine_rohmappe(einwohner(2023, 100, 50, 200, 99), UMFELD).zuordnung
    assert Zuordnung.from_json(zuordnung.to_json()) == zuordnung
