"""Evaluations through the doors and the command: Referenzwerte from Excel, text, errors; nothing but released figures."""

from __future__ import annotations

import datetime as dt
import re

import openpyxl
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf, orte
from sozialtool.cli import run
from sozialtool.fach.auswertung import Bezugsart
from sozialtool.fach.messwert import Messwert, Zeichen
from sozialtool.fach.referenz import Referenzart, Referenzwert
from sozialtool.fehler import BedienFehler, DatenFehler


@pytest.fixture(scope="module")
def stadt(tmp_path_factory):
    """A town with an area whose children in SGB II are few, and figures of the Kreis."""
    with build_kleinstadt(tmp_path_factory.mktemp("auswertung") / "stadt", range(2018, 2026)) as projekt:
        with projekt.change("Klein und von außen") as schreiber:
            schreiber.put_messwerte([Messwert("06", "sgb2_unter_18", dt.date(2025, 12, 31), 1.0)])
            schreiber.put(Referenzwert("A07", "Kreis Lahnau", 2025, 11.8, "BA"))
        return projekt.pfad


@pytest.fixture
def projekt(stadt, tmp_path):
    kopie = tmp_path / stadt.name
    kopie.write_bytes(stadt.read_bytes())
    with ablauf.open_projekt(kopie) as offen:
        yield offen


def test_evaluation_of_released_figures_alone(projekt):
    ergebnis = ablauf.evaluate_indikator(projekt, "a07")
    je = {z.gebiet.schluessel: z for z in ergebnis.gebiete}
    monitoring = ablauf.monitoring(projekt)
    for schluessel, zeile in je.items():
        assert zeile.kennzahl == monitoring.zelle(schluessel, "A07")
    assert je["06"].kennzahl.zeichen is Zeichen.GEHEIM
    assert (je["06"].gegenueber, je["06"].geglaettet, je["06"].sicher, je["06"].aussagen) == ((), None, None, ())
    assert {g.art for g in je["01"].gegenueber} == {Bezugsart.STADT, Bezugsart.ORTSTEIL, Bezugsart.REFERENZ}
    assert je["01"].gegen(Bezugsart.REFERENZ).name == "Kreis Lahnau 2025"
    # An Ortsteil in which something is secret is secret itself or shielded: no comparison gives it away.
    if monitoring.zelle("B", "A07").wert is None:
        assert je["04"].gegen(Bezugsart.ORTSTEIL) is None


def test_sentence_on_the_screen_is_the_one_of_the_evaluation(projekt):
    monitoring = ablauf.monitoring(projekt)
    for auswertung in ablauf.evaluate_alle(projekt):
        for zeile in auswertung.gebiete:
            if zeile.aussagen:
                assert monitoring.satz(zeile.gebiet.schluessel, auswertung.indikator.kennung) == zeile.aussagen[0].satz


def test_errors_name_what_there_is(projekt):
    with pytest.raises(BedienFehler, match="Möglich sind: B01"):
        ablauf.evaluate_indikator(projekt, "Z99")
    with pytest.raises(BedienFehler, match=r"2001.*2018"):
        ablauf.evaluate_indikator(projekt, "A07", 2001)


def test_command_writes_figures_sentences_and_methods(projekt, capsys):
    projekt.close()
    assert run(["auswerten", "indikator", "A07", "--projekt", str(projekt.pfad)]) == 0
    text = capsys.readouterr().out
    assert "99,8 %:" in text
    assert re.search(r"Rang 1( \(1 bis \d\))? ·", text)
    assert "Gegenüber Kreis Lahnau 2025 (11,8 %)" in text
    assert "Nach Holm bleiben" in text
    assert text.count("Wilson, JASA") == 1
    assert "Raum 6: •" in text
    assert run(["auswerten", "--projekt", str(projekt.pfad)]) == 2


def fill(ziel, zeilen):
    """Type rows into the Vorlage of Referenzwerte."""
    mappe = openpyxl.load_workbook(orte.vorlagen() / "Referenzwerte.xlsx")
    ws = mappe["Referenzwert"]
    kopf = {zelle.value: zelle.column for zelle in ws[5]}
    for nummer, zeile in enumerate(zeilen, start=6):
        for titel, text in zeile.items():
            ws.cell(nummer, kopf[titel]).value = text
    mappe.save(ziel)
    return ziel


FUENFTEL = {
    "Indikator": "a07",
    "Vergleichsraum": "2. Fünftel",
    "Jahr": 2024,
    "Wert": "8,3",
    "Quelle": "RKI",
    "Art": "Klasse ab",
}


def test_reference_values_come_from_excel_and_go_back(projekt, tmp_path):
    zeilen = [{**FUENFTEL, "Vergleichsraum": "1. Fünftel", "Wert": 0}, FUENFTEL]
    unterschiede = ablauf.import_liste(projekt, "referenzwerte", fill(tmp_path / "r.xlsx", zeilen))
    ablauf.save_liste(projekt, unterschiede)
    zweites = projekt.get(Referenzwert, "A07", "2. Fünftel", 2024)
    assert (zweites.wert, zweites.art) == (8.3, Referenzart.KLASSE)
    je = {z.gebiet.schluessel: z for z in ablauf.evaluate_indikator(projekt, "A07").gebiete}
    assert je["01"].klasse in ("1. Fünftel", "2. Fünftel")
    assert je["06"].klasse == ""
    ablauf.export_liste(projekt, "referenzwerte", tmp_path / "zurueck.xlsx")
    assert not ablauf.import_liste(projekt, "referenzwerte", tmp_path / "zurueck.xlsx")


def test_reference_values_that_fit_nothing_are_named(projekt, tmp_path):
    pfad = fill(tmp_path / "r.xlsx", [{**FUENFTEL, "Indikator": "Q7"}, {**FUENFTEL, "Jahr": 24}])
    with pytest.raises(DatenFehler) as fehler:
        ablauf.import_liste(projekt, "referenzwerte", pfad)
    assert "Q7" in str(fehler.value)
    assert "24" in str(fehler.value)
    assert [r.raum for r in projekt.read(Referenzwert)] == ["Kreis Lahnau"]


def test_whole_picture_and_all_comparisons_by_command(projekt, capsys):
    projekt.close()
    ort = ["--projekt", str(projekt.pfad)]
    for schritt, wort in (
        (["alle"], "Vergleiche mit der Stadt"), (["bevoelkerung"], "ebenso viele wie 2018"), (["segregation"], "müssten umziehen"),
        (["segregation", "hh_alleinerziehend"], "Haushalte"), (["standardisiert"], "keine Quote nach Alter"),
    ):  # fmt: skip
        assert run(["auswerten", *schritt, *ort]) == 0
        text = capsys.readouterr().out
        assert wort in text, (schritt, text)
        assert "None" not in text
    assert run(["auswerten", "segregation", "gibtsnicht", *ort]) == 2
    assert run(["auswerten", "bevoelkerung", "--jahr", "1999", *ort]) == 2
