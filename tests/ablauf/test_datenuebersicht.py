"""Datenübersicht: what is there, what is missing, what one more Merkmal would unlock."""

from __future__ import annotations

import datetime as dt

import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.ablauf.vereinbarungen import needed_merkmale
from sozialtool.ausgabe.katalogblatt import write_liste
from sozialtool.fach.abfrage import Datenbestand, Fachbereich, Verfuegbarkeit
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Merkmal, Messwert
from sozialtool.fehler import BedienFehler, DatenFehler


@pytest.fixture
def projekt(tmp_path):
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as offen:
        yield offen


def test_delivered_merkmale_are_there_with_their_level_and_date(projekt):
    zeilen = {zeile.merkmal.schluessel: zeile for zeile in ablauf.compute_datenuebersicht(projekt).zeilen}
    ew = zeilen["ew"]
    assert ew.bestand.verfuegbarkeit is Verfuegbarkeit.VORHANDEN
    assert (ew.bestand.kleinste_ebene, ew.letzter_stand, ew.notiert) == ("sozialraum", dt.date(2025, 12, 31), False)
    assert "A07" in {k for zeile in zeilen.values() if zeile.letzter_stand for k in zeile.indikatoren}
    assert all(
        zeile.letzter_stand is None and zeile.indikatoren for zeile in ablauf.compute_datenuebersicht(projekt).fehlend
    )


def test_one_more_merkmal_unlocks_what_was_promised(projekt):
    vorher = ablauf.compute_datenuebersicht(projekt)
    beste = vorher.freischaltungen[0]
    assert beste.sofort
    assert not set(beste.sofort) & set(vorher.berechenbar)
    with projekt.change("geliefert") as schreiber:
        schreiber.put_messwerte([Messwert("01", beste.merkmal.schluessel, dt.date(2025, 12, 31), 7.0)])
    nachher = ablauf.compute_datenuebersicht(projekt)
    assert set(nachher.berechenbar) - set(vorher.berechenbar) == set(beste.sofort)


def test_promises_are_ordered_and_need_exactly_one(projekt):
    uebersicht = ablauf.compute_datenuebersicht(projekt)
    geliefert = {z.merkmal.schluessel for z in uebersicht.zeilen if z.letzter_stand is not None}
    indikatoren = {i.kennung: i for i in projekt.read(Indikator)}
    for frei in uebersicht.freischaltungen:
        for kennung in frei.sofort:
            assert set(needed_merkmale(indikatoren[kennung])) - geliefert == {frei.merkmal.schluessel}
    gewinne = [len(frei.sofort) for frei in uebersicht.freischaltungen]
    assert gewinne == sorted(gewinne, reverse=True)


def test_what_was_noted_stands_beside_what_was_delivered(projekt):
    ablauf.save_datenbestand(
        projekt, Datenbestand("meldewesen", "ew", rechtsgrundlage="BMG", kleinste_ebene="stimmbezirk")
    )
    (ew,) = [z for z in ablauf.compute_datenuebersicht(projekt).zeilen if z.merkmal.schluessel == "ew"]
    assert (ew.fachbereich, ew.bestand.rechtsgrundlage, ew.bestand.kleinste_ebene) == (
        "meldewesen",
        "BMG",
        "stimmbezirk",
    )
    assert ew.bestand.verfuegbarkeit is Verfuegbarkeit.VORHANDEN
    with pytest.raises(BedienFehler, match="gibt es nicht"):
        ablauf.save_datenbestand(projekt, Datenbestand("meldewesen", "nichts"))


def test_names_become_keys_and_a_line_moves_to_another_fachbereich(projekt):
    with projekt.change("Fachbereich") as schreiber:
        schreiber.put(Fachbereich("jugend", "Jugendamt"))
    name = projekt.get(Merkmal, "ew").name
    ablauf.save_datenbestand(projekt, Datenbestand("Meldewesen", name.upper(), kleinste_ebene="Sozialräume"))
    ablauf.save_datenbestand(projekt, Datenbestand(" jugendamt ", "ew", bemerkung="neu"), "Meldewesen")
    assert projekt.read(Datenbestand) == [Datenbestand("jugend", "ew", bemerkung="neu")]


def test_a_list_from_excel_with_names_is_understood_and_what_nobody_knows_is_named(projekt, tmp_path):
    name = projekt.get(Merkmal, "ew").name
    for gut, merkmal in ((True, name), (False, "Gibt es nicht")):
        pfad = tmp_path / f"{gut}.xlsx"
        write_liste(pfad, Datenbestand, [Datenbestand("Meldewesen", merkmal, kleinste_ebene="Sozialraum")], "Daten")
        if gut:
            (neu,) = ablauf.import_liste(projekt, "datenuebersicht", pfad).neu
            assert (neu.merkmal, neu.kleinste_ebene) == ("ew", "sozialraum")
        else:
            with pytest.raises(DatenFehler, match="Ein Merkmal „Gibt es nicht“ gibt es nicht"):
                ablauf.import_liste(projekt, "datenuebersicht", pfad)
