"""The proof for a funding call: what it asks for, what is missing, what is cut, what is kept, and that nothing secret is in it."""

from __future__ import annotations

import datetime as dt

import attrs
import docx
import openpyxl
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.ablauf.foerdertext import describe_grundlage
from sozialtool.ablauf.leckpruefung import check_arbeitsmappe
from sozialtool.ausgabe.word import BREITE_HOCH
from sozialtool.cli import run
from sozialtool.fach.bedarf import Bedarf, Bedarfsstand, Stimme
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.planung import Massnahme, Massnahmenkosten
from sozialtool.fehler import BedienFehler, DatenFehler

TAG = dt.date(2026, 3, 16)
AUFRUF = Foerderaufruf(
    "F1", "Kinder [/x] 2026", "Land", dt.date(2026, 4, 30), ("02", "01"), ("A07", "F02", "E01"), ("Schulabsentismus",), "Weil hier viel fehlt."
)  # fmt: skip


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        with projekt.change("Förderung") as schreiber:
            schreiber.put(
                AUFRUF, Stimme("S1", "Nur für uns", "01", "arbeit", zeigen=False), Bedarf("B1", "Hilfe", ("01", "05"), belege=("A07", "S1")),
                Bedarf("B2", "Erledigtes", ("01",), stand=Bedarfsstand.GEDECKT), Bedarf("B3", "Überall"), Bedarf("B4", "Anderswo", ("05",)),
                Massnahme("M1", "Treff", "Träger Nord", "", ("01",)), Massnahmenkosten("M1", 2026, 1000.0, 400.0, 600.0, "kinderstark"),
                Massnahme("M2", "Bus", "Stadt"), Massnahme("M3", "Fernes", "Stadt", "", ("06",)),
            )  # fmt: skip
        yield projekt


def word_text(pfad):
    dokument = docx.Document(str(pfad))
    zellen = [z.text for t in dokument.tables for zeile in t.rows for z in zeile.cells]
    return "\n".join([*(a.text for a in dokument.paragraphs), *zellen])


def test_both_files_name_figures_needs_measures_and_what_is_missing(projekt):
    dokument, mappe = ablauf.write_foerdernachweis(projekt, stand=TAG)
    assert (dokument.name, mappe.name) == ("Foerdernachweis_2025.docx", "Foerdernachweis_2025.xlsx")
    (blatt,) = openpyxl.load_workbook(mappe).worksheets
    tabelle = " ".join(
        str(z) for zeile in blatt.values for z in zeile if z is not None
    )  # long texts go on in the next row
    for text in (word_text(dokument), tabelle):
        for da in (
            "Raum 1",
            "SGB-II-Quote der unter 18-Jährigen (%)",
            "Weil hier viel fehlt.",
            "B1 Hilfe",
            "M1 Treff",
            "kinderstark",
        ):
            assert da in text
        assert "E01: Der Indikator ist nicht vereinbart" in text
        assert "Schulabsentismus: Dafür gibt es hier keinen Indikator." in text
        assert "Für die ganze Stadt gibt es dazu 1 Bedarf und 1 Maßnahme." in text
        for nicht in ("Nur für uns", "Erledigtes", "Anderswo", "Fernes", "Überall"):
            assert nicht not in text
    bild = ablauf.compute_foerdernachweis(projekt)
    assert [(z.indikator.kennung, z.gebiet.schluessel) for z in bild.zeilen] == [
        ("A07", "02"),
        ("A07", "01"),
        ("F02", "02"),
        ("F02", "01"),
    ]
    erste = bild.zeilen[0]
    assert erste.verhaeltnis == pytest.approx(
        erste.kennzahl.zaehler / erste.kennzahl.nenner * 100 / erste.kennzahl.stadtwert
    )
    assert erste.saetze[0] in tabelle
    vorher = mappe.read_bytes(), dokument.read_bytes()
    ablauf.write_foerdernachweis(projekt, stand=TAG)
    assert (mappe.read_bytes(), dokument.read_bytes()) == vorher


def test_the_legend_of_ranks_says_where_some_areas_have_none(projekt):
    bild = ablauf.compute_foerdernachweis(projekt)
    erste, *andere = (attrs.evolve(zeile, gereiht=6) for zeile in bild.zeilen)
    assert "unter 6 Sozialräumen," in describe_grundlage(attrs.evolve(bild, zeilen=(erste, *andere)))
    weniger = attrs.evolve(bild, zeilen=(attrs.evolve(erste, gereiht=4), *andere))
    assert "unter den 4 bis 6 Sozialräumen mit ausgewiesenem Wert," in describe_grundlage(weniger)


def test_what_does_not_fit_on_the_page_is_counted_there(projekt):
    with projekt.change("Viel") as schreiber:
        for n in range(30):
            schreiber.put(
                Bedarf(f"C{n:02}", f"Bedarf mit einem langen Namen, Nummer {n}", ("01",), belege=("A07", "F02"))
            )
            schreiber.put(
                Massnahme(f"N{n:02}", f"Maßnahme mit einem langen Namen, Nummer {n}", "Träger Süd", "", ("02",))
            )
    dokument, mappe = ablauf.write_foerdernachweis(projekt, stand=TAG)
    text = word_text(dokument)
    gezeigt = sum(f"C{n:02} " in text for n in range(30)), sum(f"N{n:02} " in text for n in range(30))
    (rest,) = (zeile for zeile in text.split("\n") if "Weitere in Foerdernachweis_2025.xlsx" in zeile)
    # Shown and cut together are everything: the 30 and the one of the fixture.
    assert f"{31 - gezeigt[0] - ('B1 ' in text)} Bedarfe" in rest
    assert f"{31 - gezeigt[1] - ('M1 ' in text)} Maßnahmen" in rest
    assert 0 < gezeigt[0] < 30
    alles = "\n".join(str(z) for zeile in openpyxl.load_workbook(mappe).worksheets[0].values for z in zeile if z)
    assert all(f"C{n:02} " in alles and f"N{n:02} " in alles for n in range(30))


def test_the_table_takes_the_width_of_the_page():
    from sozialtool.ablauf.foerderseite import _BREITEN

    assert sum(_BREITEN) == pytest.approx(BREITE_HOCH)


def test_a_final_one_is_searched_and_kept_with_what_it_shows(projekt):
    _, mappe = ablauf.write_foerdernachweis(
        projekt, stand=TAG, endgueltig=True, grenzen_geprueft=True, begruendung="Frist des Landes"
    )
    assert check_arbeitsmappe(projekt, mappe) == ()
    (fassung,) = ablauf.list_veroeffentlichungen(projekt)
    assert fassung.datei == "Foerdernachweis_2025.xlsx"
    from sozialtool.geheimhaltung.festhalten import thaw

    gezeigt = {(i, g) for i, _, g in thaw(fassung.inhalt, "x").auftrag.zeilen}
    stadt = projekt.kommune.ags
    # B1 reaches beyond the two areas: the figure that proves it there is shown, too.
    assert gezeigt == {(i, g) for i in ("A07", "F02") for g in ("01", "02", stadt)} | {("A07", "05")}


def test_the_list_goes_to_excel_and_back_and_says_what_does_not_fit(projekt, tmp_path):
    ablauf.export_liste(projekt, "foerderaufrufe", tmp_path / "l.xlsx")
    assert not ablauf.import_liste(projekt, "foerderaufrufe", tmp_path / "l.xlsx")
    with pytest.raises(BedienFehler, match=r"Z99.*Außerdem verlangt"):
        ablauf.save_eintrag(projekt, Foerderaufruf, {"indikatoren": ("Z99",)}, AUFRUF)
    with pytest.raises(BedienFehler, match="für welche Sozialräume"):
        ablauf.save_eintrag(projekt, Foerderaufruf, {"gebiete": ()}, AUFRUF)
    with pytest.raises(BedienFehler, match="Verglichen wird mit der Stadt"):
        ablauf.save_eintrag(projekt, Foerderaufruf, {"gebiete": ("Stadt",)}, AUFRUF)
    ablauf.save_eintrag(projekt, Foerderaufruf, {"gebiete": ("Raum 3",)}, AUFRUF)
    assert projekt.get(Foerderaufruf, "F1").gebiete == ("03",)


def test_several_calls_and_an_empty_one(projekt):
    with projekt.change("zweiter") as schreiber:
        schreiber.put(attrs.evolve(AUFRUF, schluessel="F2/a", indikatoren=(), weitere=()))
    with pytest.raises(BedienFehler, match="mehrere Förderaufrufe"):
        ablauf.write_foerdernachweis(projekt)
    dokument, mappe = ablauf.write_foerdernachweis(projekt, "f2/a", stand=TAG)
    assert mappe.name == "Foerdernachweis_F2_a_2025.xlsx"
    assert "Gegen die Stadt" not in word_text(dokument)


def test_commands(projekt, capsys):
    pfad = str(projekt.pfad)
    projekt.close()
    assert run(["foerdernachweis", "--projekt", pfad]) == 0
    assert "F1 Kinder [/x] 2026" in capsys.readouterr().out
    assert run(["foerdernachweis", "zeigen", "F1", "--projekt", pfad]) == 1
    assert "Schulabsentismus" in capsys.readouterr().out
    assert run(["foerdernachweis", "ausgeben", "--projekt", pfad]) == 0
    assert "Foerdernachweis_2025.docx" in capsys.readouterr().out
    assert run(["foerdernachweis", "zeigen", "F9", "--projekt", pfad]) == 2


def test_without_figures_there_is_no_proof(tmp_path):
    from sozialtool.fach.raum import Gebiet, Kommune

    with ablauf.create_projekt(tmp_path / "leer", Kommune("05999004", "Leer", berichtsjahr=2025)) as leer:
        with pytest.raises(BedienFehler, match="noch nichts eingetragen"):
            ablauf.write_foerdernachweis(leer)
        with leer.change("x") as schreiber:
            schreiber.put(Gebiet("01", "Eins", "sozialraum", "05999004"), AUFRUF)
        with pytest.raises(DatenFehler, match="nichts zu rechnen"):
            ablauf.write_foerdernachweis(leer)
