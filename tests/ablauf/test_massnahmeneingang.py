"""Measures that come back from a Träger are recognised among the returns, and taken over when nothing is to be asked."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.ablauf.ruecklaeufe import Eingangsart
from sozialtool.cli import run
from sozialtool.fach.abfrage import Abfrage
from sozialtool.fach.planung import Massnahme, Massnahmenkosten, Massnahmenstand
from sozialtool.fehler import BedienFehler

JAHR = 2025


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        ablauf.propose_fachbereiche(projekt)
        ablauf.create_abfragen(projekt, JAHR, dt.date(2026, 3, 31))
        with projekt.change("Maßnahmen") as schreiber:
            schreiber.put(
                Massnahme("M1", "Treff", "Träger Nord", leistung="Treffen", leistung_ziel=10.0),
                Massnahmenkosten("M1", 2025, 100.0), Massnahme("M2", "Bus", "Stadt"),
            )  # fmt: skip
        (projekt.pfad.parent / "eingang" / str(JAHR)).mkdir(parents=True)
        yield projekt


def send_back(projekt, name, traeger="Träger Nord", blatt="Maßnahme", **werte):
    """Fill in columns of the first measure of a Träger and put the file into the folder of the year."""
    (pfad,) = ablauf.write_traegervorlagen(projekt, traeger=traeger)
    mappe = openpyxl.load_workbook(pfad)
    ws = mappe[blatt]
    kopf = {z.value: z.column for zeile in ws.iter_rows(max_row=8) for z in zeile if z.value}
    zeile = next(nr for nr in range(1, ws.max_row + 1) if ws.cell(nr, 1).value in ("M1", "M2"))
    for titel, wert in werte.items():
        ws.cell(zeile, kopf[titel.replace("_", " ")]).value = wert
    mappe.save(projekt.pfad.parent / "eingang" / str(JAHR) / name)


def scan(projekt):
    return {e.datei: e for e in ablauf.scan_eingang(projekt, JAHR)}


def test_clean_ones_are_taken_over_and_others_wait(projekt):
    send_back(projekt, "AW Maßnahmen neu.xlsx", Stand_der_Leistung=8, Jahr_der_Leistung=2025)
    send_back(projekt, "Stadt.xlsx", "Stadt", Maßnahme="Anderer Name")
    eingang = scan(projekt)
    gut, offen = eingang["AW Maßnahmen neu.xlsx"], eingang["Stadt.xlsx"]
    assert (gut.art, gut.fachbereich) == (Eingangsart.MASSNAHMEN, "Träger Nord")
    assert "Stand der Leistung: „“ → „8“" in gut.meldung
    assert offen.art is Eingangsart.MASSNAHMEN_OFFEN
    assert "M2: Maßnahme anders als vereinbart." in offen.meldung
    assert projekt.get(Massnahme, "M1").leistung_ist == 8
    assert projekt.get(Massnahme, "M2").name == "Bus"
    vorher = projekt.revision
    assert "ohne Unterschied" in scan(projekt)["AW Maßnahmen neu.xlsx"].meldung
    assert projekt.revision == vorher
    ablauf.undo(projekt)
    assert projekt.get(Massnahme, "M1").leistung_ist is None


def test_what_does_not_fit_is_named_and_keeps_nothing_out(projekt):
    ablauf.export_liste(projekt, "massnahmen", projekt.pfad.parent / "eingang" / str(JAHR) / "alle.xlsx")
    send_back(projekt, "gut.xlsx", Stand_der_Leistung=3)
    eingang = scan(projekt)
    assert eingang["alle.xlsx"].art is Eingangsart.NICHT_ZUGEORDNET
    assert "von mehreren: Stadt, Träger Nord" in eingang["alle.xlsx"].meldung
    assert eingang["gut.xlsx"].art is Eingangsart.MASSNAHMEN


def test_the_command_counts_them_as_done(projekt, capsys):
    send_back(projekt, "gut.xlsx", Stand_der_Leistung=3)
    pfad = str(projekt.pfad)
    projekt.close()
    assert run(["abfragen", "einsortieren", "--jahr", str(JAHR), "--projekt", pfad]) == 0
    assert "gut.xlsx (Träger Nord): Maßnahmen eines Trägers" in capsys.readouterr().out


def test_a_measure_struck_out_in_between_comes_back_as_new_and_waits(projekt):
    send_back(projekt, "gut.xlsx", Stand_der_Leistung=3)
    ablauf.remove_eintrag(projekt, projekt.get(Massnahmenkosten, "M1", 2025))
    ablauf.remove_eintrag(projekt, projekt.get(Massnahme, "M1"))
    eingang = scan(projekt)["gut.xlsx"]
    assert eingang.art is Eingangsart.MASSNAHMEN_OFFEN
    assert "Neu sind M1" in eingang.meldung


def test_who_names_a_person_is_looked_at_first(projekt):
    send_back(projekt, "gut.xlsx", Zufriedenheit="Frau Kowalski kommt gern")
    eingang = scan(projekt)["gut.xlsx"]
    assert eingang.art is Eingangsart.MASSNAHMEN_OFFEN
    assert "Bitte prüfen (Zufriedenheit): ein Name: „Frau Kowalski“." in eingang.meldung
    assert not projekt.get(Massnahme, "M1").zufriedenheit


def test_an_emptied_cell_is_said_and_never_becomes_another_state(projekt):
    with projekt.change("läuft") as schreiber:
        schreiber.put(
            Massnahme("M1", "Treff", "Träger Nord", stand=Massnahmenstand.LAEUFT, zufriedenheit="gern gesehen")
        )
    send_back(projekt, "stand.xlsx", Stand=None)
    send_back(projekt, "text.xlsx", Zufriedenheit=" ")
    eingang = scan(projekt)
    assert "M1: „Stand“ ist geleert, bisher „läuft“; es bleibt dabei." in eingang["stand.xlsx"].meldung
    assert eingang["text.xlsx"].art is Eingangsart.MASSNAHMEN_OFFEN, "an emptied text waits for the planner"
    assert (
        "„Zufriedenheit“ ist geleert, bisher „gern gesehen“; beim Übernehmen ist es leer."
        in eingang["text.xlsx"].meldung
    )
    m1 = projekt.get(Massnahme, "M1")
    assert (m1.stand, m1.zufriedenheit) == (Massnahmenstand.LAEUFT, "gern gesehen")


def test_money_comes_back_as_a_treasurer_types_it(projekt):
    send_back(projekt, "geld.xlsx", blatt="Maßnahmenkosten", Ausgegeben="29.400,00\u00a0€")
    assert scan(projekt)["geld.xlsx"].art is Eingangsart.MASSNAHMEN
    assert projekt.get(Massnahmenkosten, "M1", 2025).ausgegeben == 29400


def test_both_doors_know_them_without_any_abfrage(projekt):
    with projekt.change("keine Abfragen") as schreiber:
        for abfrage in projekt.read(Abfrage):
            schreiber.remove(Abfrage, abfrage.fachbereich, abfrage.jahr)
    send_back(projekt, "Nord.xlsx", Stand_der_Leistung=8, Jahr_der_Leistung=2025)
    datei = projekt.pfad.parent / "eingang" / str(JAHR) / "Nord.xlsx"
    with pytest.raises(BedienFehler, match="Liste von Maßnahmen"):
        ablauf.examine(projekt, datei)
    (ergebnis,) = ablauf.read_eingang(projekt, [datei])
    assert not ergebnis.angenommen
    assert not ergebnis.fragen
    assert "planung von-traeger" in ergebnis.meldung
    assert scan(projekt)["Nord.xlsx"].art is Eingangsart.MASSNAHMEN
    assert projekt.get(Massnahme, "M1").leistung_ist == 8
    datei.unlink()
    (datei.parent / "x.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(BedienFehler, match="keine Abfragen"):
        scan(projekt)
