"""The commands `vereinbarungen` and `datenuebersicht`."""

from __future__ import annotations

import attrs
import openpyxl
import pytest

from sozialtool import ablauf
from sozialtool.cli import run
from sozialtool.fach.indikator import Indikator, Zustand
from tests.ablauf.kleinstadt import build_kleinstadt


@pytest.fixture
def stadt(tmp_path):
    with build_kleinstadt(tmp_path / "Kleinstadt", jahre=range(2024, 2026)) as projekt:
        return projekt.pfad


@pytest.fixture
def rufe(stadt, capfd):
    def tun(*was):
        code = run(["--projekt", str(stadt), *was])
        aus, meldung = capfd.readouterr()
        return code, aus, meldung

    return tun


def read(stadt, kennung):
    with ablauf.open_projekt(stadt, nur_lesen=True) as projekt:
        return projekt.get(Indikator, kennung)


def test_show_change_agree_and_read_the_history(stadt, rufe):
    code, aus, meldung = rufe("vereinbarungen", "aendern", "a07", "nenner=ew", "faktor=1000", "einheit=je 1.000")
    assert code == 1
    assert "Nenner: bisher „Unter 18-Jährige“, neu „Einwohnerinnen und Einwohner (Hauptwohnung)“" in aus
    assert "Raum 3" in aus
    assert "Noch nichts geändert" in meldung
    assert read(stadt, "A07").nenner == "ew_unter_18"

    code, _, meldung = rufe("vereinbarungen", "aendern", "A07", "nenner=ew", "--uebernehmen")
    assert (code, read(stadt, "A07").nenner, read(stadt, "A07").zustand) == (0, "ew", Zustand.VORGESCHLAGEN)
    assert "zurueck" in meldung
    assert "neue Fassung beraten: Planungsgruppe" in rufe("vereinbarungen", "--zustand", "vorgeschlagen")[1]

    code, aus, _ = rufe(
        "vereinbarungen", "beschliessen", "A07", "B02", "--am", "04.03.2026", "--gremium", "Planungsrunde", "--sitzung",
        "TOP 5", "--abweichend", "Jobcenter: lieber wie bisher",
    )  # fmt: skip
    assert code == 0
    assert "A07 SGB-II-Quote der unter 18-Jährigen: vereinbart – 04.03.2026, Planungsrunde, TOP 5, Fassung 2" in aus
    code, aus, _ = rufe("vereinbarungen", "verlauf", "A07")
    assert code == 0
    assert "Abweichende Meinung: Jobcenter: lieber wie bisher" in aus
    assert "heute anders: Nenner: damals „Unter 18-Jährige“" in aus


def test_a_change_that_changes_nothing_is_said(stadt, rufe):
    alt = read(stadt, "A07")
    for mehr in ((), ("--uebernehmen",)):
        code, aus, meldung = rufe("vereinbarungen", "aendern", "A07", f"nenner= {alt.nenner} ", *mehr)
        assert (code, aus) == (0, "")
        assert "Es ändert sich nichts: A07 ist schon so definiert." in meldung
    assert read(stadt, "A07") == alt


def test_a_change_agreed_at_once(stadt, rufe):
    was = ("aendern", "A07", "nenner=ew", "--uebernehmen", "--am", "04.03.2026", "--gremium", "Planungsrunde")
    assert rufe("vereinbarungen", *was)[0] == 0
    assert (read(stadt, "A07").zustand, read(stadt, "A07").gremium) == (Zustand.VEREINBART, "Planungsrunde")


def test_thresholds(rufe):
    code, aus, meldung = rufe("vereinbarungen", "aendern", "mindestfallzahl", "--wert", "150")
    assert (code, "•" in aus) == (1, True)
    assert "beschliessen" in meldung
    code, aus, _ = rufe(
        "vereinbarungen", "beschliessen", "mindestfallzahl", "--wert", "150", "--am", "4.3.2026", "--gremium", "Rat"
    )
    assert code == 0
    assert "Mindestfallzahl: 150 Personen oder Fälle: vereinbart – 04.03.2026, Rat" in aus


def test_overview_as_text_and_excel(rufe, tmp_path):
    ziel = tmp_path / "Vereinbarungen.xlsx"
    code, aus, _ = rufe("vereinbarungen", "--excel", str(ziel))
    assert code == 0
    assert "● vereinbart" in aus
    assert openpyxl.load_workbook(ziel).sheetnames == ["Vereinbarungen", "Verlauf"]


def test_datenuebersicht_as_text_and_excel(stadt, rufe, tmp_path):
    ziel = tmp_path / "du.xlsx"
    with ablauf.open_projekt(stadt) as projekt:
        ew = next(z for z in ablauf.compute_datenuebersicht(projekt).zeilen if z.merkmal.schluessel == "ew")
        ablauf.save_datenbestand(projekt, attrs.evolve(ew.bestand, rechtsgrundlage="§ 37 BMG", format="Excel"))
    code, aus, _ = rufe("datenuebersicht", "--excel", str(ziel))
    assert code == 1
    assert "schaltet allein frei" in aus
    assert "zuletzt geliefert: 31.12.2025 · Kleinste Ebene: Sozialraum · Stichtag: 31.12." in aus
    mappe = openpyxl.load_workbook(ziel)
    assert mappe.sheetnames == ["Bestand", "Grundlagen", "Was fehlt", "Was zu rechnen ist"]
    kopf = {
        zelle.value
        for name in ("Bestand", "Grundlagen")
        for zeile in mappe[name].iter_rows(max_row=8)
        for zelle in zeile
    }
    noetig = {
        "Fachbereich", "Ansprechrolle", "Merkmal", "Verfügbarkeit", "Kleinste Ebene", "Stichtag", "Turnus", "Format",
        "Rechtsgrundlage", "Datenschutz", "Zuletzt geliefert", "Nötig für",
    }  # fmt: skip
    assert noetig <= kopf
    zeilen = [[zelle.value for zelle in zeile] for zeile in mappe["Grundlagen"].iter_rows()]
    assert [zeile[3:] for zeile in zeilen if "§ 37 BMG" in zeile] == [["§ 37 BMG", None, ew.merkmal.name]]
    fehlend = rufe("datenuebersicht", "--fehlend")[1]
    assert "zuletzt geliefert" not in fehlend


def test_a_list_says_what_its_definitions_change_before_it_is_taken_over(stadt, rufe, tmp_path):
    pfad = tmp_path / "indikatoren.xlsx"
    rufe("liste", "ausgeben", "indikatoren", str(pfad))
    mappe = openpyxl.load_workbook(pfad)
    ws = mappe.worksheets[0]
    kopf = {zelle.value: zelle.column for zelle in ws[5]}
    zeile = next(z[0].row for z in ws.iter_rows() if z[0].value == "A07")
    ws.cell(zeile, kopf["Nenner"]).value = "ew"
    mappe.save(pfad)
    code, aus, _ = rufe("liste", "einlesen", "indikatoren", str(pfad))
    assert code == 1
    assert "Was sich dadurch ändert" in aus
    assert "Neu zu vereinbaren" in aus
    assert read(stadt, "A07").nenner == "ew_unter_18"


@pytest.mark.parametrize(
    ("was", "wort"),
    [
        (("verlauf",), "Es fehlt, worum es geht"),
        (("verlauf", "Z99"), "„Z99“ gibt es nicht"),
        (("aendern", "Z99", "nenner=ew"), "Einen Indikator Z99 gibt es nicht"),
        (("aendern", "A07"), "Es fehlt, was sich ändern soll"),
        (("aendern", "A07", "nenner"), "ist keine Änderung"),
        (("aendern", "A07", "zustand=vereinbart"), "ist keine Änderung"),
        (("aendern", "A07", "nenner=gibt_es_nicht"), "gibt_es_nicht"),
        (("aendern", "A07", "faktor=0", "nachkommastellen="), "„Faktor“: Er muss größer als null sein"),
        (("aendern", "A07", "jahre=-3", "--uebernehmen"), "„Zusammengefasste Jahre“: Möglich sind 1 bis 10"),
        (("aendern", "A07", "nachkommastellen=99", "--uebernehmen"), "„Nachkommastellen“: Möglich sind 0 bis 6"),
        (("aendern", "A07", "kleinste_ebene=quatsch", "--uebernehmen"), "„Kleinste Ebene“: „quatsch“ gibt es nicht"),
        (("aendern", "A07", "handlungsfeld=quatsch", "--uebernehmen"), "„Handlungsfeld“: „quatsch“ gibt es nicht"),
        (("aendern", "A07", "zaehler=ew * ew_unter_18", "--uebernehmen"), "multipliziert oder teilt"),
        (("aendern", "A07", "zaehler=3 + 4", "--uebernehmen"), "kein Merkmal"),
        (("aendern", "mindestfallzahl", "--wert", "viel"), "„viel“ ist keine Zahl"),
        (("beschliessen", "A07"), "gehört ein Datum"),
        (("beschliessen", "A07", "--am", "04.03.2062"), "Eine Sitzung am 04.03.2062 passt nicht zum Berichtsjahr 2025"),
        (("beschliessen", "A07", "--am", "04.03.0206"), "Eine Sitzung am 04.03.0206 passt nicht"),
        (("beschliessen", "mindestfallzahl", "--wert", "5", "--am", "04.03.2062"), "Bitte das Jahr prüfen"),
        (("beschliessen", "A07", "--am", "gestern"), "„gestern“ ist kein Datum"),
    ],
)
def test_wrong_use_is_said_in_german(rufe, was, wort):
    code, _, meldung = rufe("vereinbarungen", *was)
    assert code == 2
    assert wort in meldung


@pytest.mark.parametrize("wert", ["inf", "nan", "1e400", "1_000", "viel", "2,5", "1"])
def test_a_threshold_that_is_no_number_is_refused_in_german(rufe, wert):
    code, aus, meldung = rufe(
        "vereinbarungen", "beschliessen", "mindestfallzahl", "--wert", wert, "--am", "04.03.2026", "--gremium", "Rat"
    )
    assert (code, aus) == (2, "")
    assert "ist keine Zahl" in meldung or "ganze Zahl" in meldung
