"""The workbook that goes to a Fachbereich."""

from __future__ import annotations

import re
from itertools import pairwise

import attrs
import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from sozialtool.erhebung.abfrage import build_abfrage
from sozialtool.erhebung.formular import ANGABEN, EIGENSCHAFT, VERSTECKT, Kennung, describe_stand, stand_of
from sozialtool.fach.abfrage import Fachbereich
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.raum import Gebiet
from tests.ausgabe.hilfen import convert, load, parts
from tests.erhebung.formulare import GEBIETE, MERKMALE, build_formular, fill


@pytest.fixture
def mappe(tmp_path):
    pfad = tmp_path / "a.xlsx"
    build_abfrage(pfad, build_formular())
    return openpyxl.load_workbook(pfad)


def test_same_form_gives_same_bytes_and_another_form_others(tmp_path):
    for name in ("a", "b"):
        build_abfrage(tmp_path / f"{name}.xlsx", build_formular())
    build_abfrage(tmp_path / "c.xlsx", build_formular(fassung=2))
    eins, zwei, drei = ((tmp_path / f"{name}.xlsx").read_bytes() for name in "abc")
    assert eins == zwei
    assert eins != drei


def test_mark_stands_in_property_hidden_sheet_and_below_the_table(mappe):
    kennung = build_formular().kennung
    assert Kennung.from_text(mappe.custom_doc_props[EIGENSCHAFT].value) == kennung
    assert mappe[VERSTECKT].sheet_state == "veryHidden"
    assert Kennung.from_text(mappe[VERSTECKT]["B1"].value) == kennung
    assert any(Kennung.from_text(str(z.value)) == kennung for zeile in mappe[ANGABEN] for z in zeile)


def test_checksum_moves_with_every_row_and_column():
    grund = build_formular()
    andere = [build_formular(gebiete=GEBIETE[1:]), build_formular(merkmale=MERKMALE[:-1]),
              build_formular(merkmale=MERKMALE[::-1]), build_formular(gebiete=(*GEBIETE, Gebiet("x", "X", "s")))]  # fmt: skip
    assert len({f.kennung.aufbau for f in (grund, *andere)}) == 5
    assert build_formular(fassung=7).kennung.aufbau == grund.kennung.aufbau


def test_only_open_cells_can_be_changed_and_all_of_them(mappe):
    ws = mappe[ANGABEN]
    assert ws.protection.sheet
    assert not ws.protection.password
    offen = {z.coordinate for zeile in ws for z in zeile if not z.protection.locked}
    werte = {f"{s}{z}" for s in "CEGI" for z in (*range(9, 15), 16)}
    notizen = {f"K{z}" for z in (*range(9, 15), 16)}
    unten = {f"{s}{z}" for s in "CDEFGHIJ" for z in (19, 20)}
    assert offen == werte | notizen | unten


def test_every_input_column_is_validated_in_german(mappe):
    ws = mappe[ANGABEN]
    regeln = {str(r.sqref): r for r in ws.data_validations.dataValidation}
    assert {f"{s}9:{s}14" for s in "CEGI"} <= set(regeln)
    for regel in regeln.values():
        assert re.search(r"Erwartet wird eine Zahl|Dieser Grund", regel.error)
        assert len(regel.promptTitle) <= 32
        assert len(regel.prompt) <= 255
        assert len(regel.error) <= 255
    assert "INT(C9)" in regeln["C9:C14"].formula1
    assert "INT" not in regeln["I9:I14"].formula1, "an average may have decimals"
    assert regeln["C19"].type == "list"


def test_columns_carry_definition_unit_day_and_last_year(mappe):
    ws = mappe[ANGABEN]
    assert ws["C6"].value == "Betreute Kinder unter 3 Jahren (Wohnort)"
    assert ws["C7"].value.startswith("Personen, am 01.03.2025")
    assert "nach dem Wohnort" in ws["C7"].value
    assert ws["E7"].value.startswith("Hilfen, im Jahr 2025")
    assert (ws["D8"].value, ws["D9"].value) == ("2024", 40)
    assert ws["F10"].value == "•", "a secret stays a sign"
    assert ws["D14"].value is None
    assert [ws[f"A{z}"].value for z in range(9, 15)] == [g.schluessel for g in GEBIETE]


def test_sum_and_check_carry_their_results(tmp_path):
    pfad = tmp_path / "a.xlsx"
    build_abfrage(
        pfad, build_formular(), eintraege=fill({("#gesamt", "hze"): 230, ("#gesamt", "betreut_unter_3"): 255})
    )
    ws = load(pfad)[ANGABEN]
    assert (ws["C15"].value, ws["C17"].value) == (255, "stimmt")
    assert (ws["E15"].value, ws["E17"].value) == (220, "weicht ab: 10")
    assert ws["I15"].value is None, "averages have no sum"


@pytest.mark.buero
def test_office_computes_the_same_sums(tmp_path):
    pfad = tmp_path / "a.xlsx"
    build_abfrage(pfad, build_formular(), eintraege=fill({("#gesamt", "hze"): 230}))
    ws, neu = load(pfad)[ANGABEN], load(convert(pfad, "xlsx", tmp_path))[ANGABEN]
    for zelle in ("C15", "E15", "E17", "C17", "G15"):
        assert (ws[zelle].value or "") == (neu[zelle].value or "")


def test_prints_on_a4_landscape_with_names_on_every_page(mappe):
    ws = mappe[ANGABEN]
    assert ws.page_setup.orientation == "landscape"
    assert ws.page_setup.paperSize == 9
    assert ws.print_title_cols == "$A:$B"


def test_rueckfrage_marks_by_colour_sign_and_comment(tmp_path):
    frage = Befund("X", Schwere.FRAGE, "Doppelt so viel wie 2024.", "Bitte prüfen.")
    pfad = tmp_path / "r.xlsx"
    build_abfrage(pfad, build_formular(), eintraege=fill(), marken={("02", "hze"): frage}, fragen=["Eine Zeile fehlt."])
    mappe = openpyxl.load_workbook(pfad)
    zelle, nachbar = mappe[ANGABEN]["E10"], mappe[ANGABEN]["E11"]
    assert zelle.value == fill()["02", "hze"]
    assert zelle.number_format.startswith('"? "')
    assert zelle.fill.fgColor.rgb != nachbar.fill.fgColor.rgb
    assert zelle.comment.text.startswith("Rückfrage: Doppelt")
    assert nachbar.comment is None
    texte = [str(z.value) for zeile in mappe["Rückfragen"] for z in zeile if z.value is not None]
    assert "Doppelt so viel wie 2024." in texte
    assert "• Eine Zeile fehlt." in texte
    assert mappe.worksheets[0].title == "Rückfragen"


def test_the_same_question_about_many_areas_is_listed_once(tmp_path):
    """A form of last year comes back: one line per Merkmal, not one per cell; every cell is marked all the same."""
    frage = Befund("X", Schwere.FRAGE, "Diese Angabe stand im Formular 2024. Gilt sie für 2025?", "Bitte bestätigen.")
    orte = [(g.schluessel, m.schluessel) for g in GEBIETE for m in MERKMALE]
    allein = {("01", MERKMALE[0].schluessel): Befund("Y", Schwere.FRAGE, "Hier steht nichts.", "Bitte eintragen.")}
    build_abfrage(tmp_path / "r.xlsx", build_formular(), eintraege=fill(), marken=dict.fromkeys(orte, frage) | allein)
    mappe = openpyxl.load_workbook(tmp_path / "r.xlsx")
    liste = [
        [z.value for z in zeile]
        for zeile in mappe["Rückfragen"]
        if zeile[3].value in ("Hier steht nichts.", frage.meldung)
    ]
    assert [(zeile[0], zeile[1]) for zeile in liste] == [
        ("Altstadt", MERKMALE[0].name),
        ("6 Zeilen", MERKMALE[1].name),
        ("6 Zeilen", MERKMALE[2].name),
        ("6 Zeilen", MERKMALE[3].name),
        ("5 Zeilen", MERKMALE[0].name),
    ]
    assert sum(z.comment is not None for zeile in mappe[ANGABEN] for z in zeile) == len(orte)


def test_hostile_names_stay_text(tmp_path):
    boese = "=HYPERLINK(\"http://x\")[/x]\x07 & <b> 'Ämter'"
    pfad = tmp_path / "a.xlsx"
    formular = build_formular(
        fachbereich=Fachbereich("amt", boese, hinweis=boese),
        merkmale=(Merkmal("m", boese, definition=boese * 20),),
        gebiete=(Gebiet("=1+1", boese, "s"), GEBIETE[-1]),
        vorjahr={},
    )
    build_abfrage(pfad, formular)
    formeln = [
        inhalt for name, inhalt in parts(pfad).items() if name.startswith("xl/worksheets") and b"<f>HYPERLINK" in inhalt
    ]
    assert not formeln
    mappe = openpyxl.load_workbook(pfad)
    assert mappe[ANGABEN]["A9"].value == "=1+1"
    assert mappe[ANGABEN]["A9"].data_type == "s"


@pytest.mark.parametrize(
    ("stichtag", "text", "laenge"),
    [("31.12.", "am 31.12.2025", 0), ("30.06.", "am 30.06.2025", 0), ("Jahr", "im Jahr 2025", 1),
     ("3 Jahre", "2023 bis 2025 zusammen", 3), ("15.10.", "am 15.10.2025", 0), ("Wahltag", "am Wahltag 2025 (bitte unten eintragen)", 0)],
)  # fmt: skip
def test_day_or_period_in_words(stichtag, text, laenge):
    merkmal = Merkmal("m", "M", stichtag=stichtag)
    assert describe_stand(merkmal, 2025) == text
    tag, jahre = stand_of(merkmal, 2025)
    assert (tag.year, jahre) == (2025, laenge)


@pytest.mark.parametrize("schluessel", ["amt 51", "jugend|amt", "größe", "=1+1", 'a<b>&"c"', "100 %"])
def test_any_key_of_a_fachbereich_survives_the_mark(tmp_path, schluessel):
    formular = build_formular(fachbereich=Fachbereich(schluessel, "Amt"))
    assert Kennung.from_text(f"x {formular.kennung.to_text()} y") == formular.kennung
    build_abfrage(tmp_path / "a.xlsx", formular)
    eigenschaft = openpyxl.load_workbook(tmp_path / "a.xlsx").custom_doc_props[EIGENSCHAFT].value
    assert Kennung.from_text(eigenschaft) == formular.kennung


def test_no_text_is_cut_where_the_first_columns_are_repeated(tmp_path):
    viele = tuple(Merkmal(f"m{n}", f"Merkmal {n}") for n in range(12))
    build_abfrage(tmp_path / "a.xlsx", build_formular(merkmale=viele, vorjahr={}))
    ws = openpyxl.load_workbook(tmp_path / "a.xlsx")[ANGABEN]
    assert [ws[f"A{z}"].value for z in range(1, 5)] == ["Angaben 2025", None, None, None]
    assert ws["C1"].value == "Datenabfrage 2025: Jugendamt"
    assert len(ws.col_breaks.brk) == 2


@pytest.mark.parametrize("anzahl", [1, 4, 5, 6, 7, 11, 12, 13, 20])
def test_every_page_is_as_wide_as_paper_and_the_remarks_stand_with_figures(tmp_path, anzahl):
    merkmale = tuple(attrs.evolve(MERKMALE[0], schluessel=f"m{n}", name=f"Merkmal {n}") for n in range(anzahl))
    pfad = tmp_path / "a.xlsx"
    build_abfrage(pfad, build_formular(merkmale=merkmale, vorjahr={}))
    ws = openpyxl.load_workbook(pfad)[ANGABEN]
    spalten = 2 + 2 * anzahl + 1
    breiten = [round(ws.column_dimensions[get_column_letter(n + 1)].width * 7) for n in range(spalten)]
    anfaenge = [2, *(umbruch.id for umbruch in ws.col_breaks.brk), spalten]
    papier = 905 * 100 / ws.page_setup.scale  # `ausgabe.blatt.SEITE_BREITE`: pixels of columns on A4 landscape
    for anfang, ende in pairwise(anfaenge):
        assert sum(breiten[:2]) + sum(breiten[anfang:ende]) <= papier + 5
    assert anfaenge[-1] - anfaenge[-2] >= 3
