"""What mail gateways, other programs and busy people do to a form; each is named, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import re
import zipfile

import openpyxl
import pytest

from sozialtool.erhebung.abfrage import build_abfrage
from sozialtool.erhebung.formular import ANGABEN, BEMERKUNG, VERSTECKT, WAHLTAG
from sozialtool.erhebung.rueckfrage import build_rueckfrage
from sozialtool.fach.messwert import Merkmal, Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fehler import DateiUnlesbar
from tests.ausgabe.hilfen import convert
from tests.erhebung.formulare import GEBIETE, MERKMALE, build_formular, fill
from tests.erhebung.test_ruecklauf import FORMULAR, VOLL, codes, give, read, values

WAHL = (
    Merkmal("wahlberechtigte", "Wahlberechtigte", stichtag="Wahltag", fachbereich="Wahlamt"),
    Merkmal("waehler", "Wählerinnen und Wähler", stichtag="Wahltag", teil_von="wahlberechtigte", fachbereich="Wahlamt"),
)


def strip_properties(pfad):
    """Take all document properties out, as mail gateways do."""
    with zipfile.ZipFile(pfad) as paket:
        teile = {name: paket.read(name) for name in paket.namelist() if not name.startswith("docProps/")}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        teile[name] = re.sub(rb"<(Override|Relationship) [^>]*docProps[^>]*/>", b"", teile[name])
    with zipfile.ZipFile(pfad, "w", zipfile.ZIP_DEFLATED) as paket:
        for name, inhalt in teile.items():
            paket.writestr(name, inhalt)


def test_properties_stripped_by_a_mail_gateway(tmp_path):
    pfad = give(tmp_path, name="[EXTERN] Kopie von Datenabfrage.xlsx")
    strip_properties(pfad)
    ruecklauf = read(pfad)
    assert ruecklauf.bereit
    assert values(ruecklauf) == VOLL


def test_only_the_sheet_is_left_without_properties(tmp_path):
    def tun(mappe):
        del mappe[VERSTECKT]
        del mappe["Erläuterung"]
        mappe[ANGABEN].title = "Tabelle1 (2)"

    pfad = give(tmp_path, tun=tun)
    strip_properties(pfad)
    ruecklauf = read(pfad)
    assert ruecklauf.bereit, "the small line below the table still says what it is"
    assert values(ruecklauf) == VOLL


def sort_rows(mappe):
    """Sort the areas by name, as somebody with a list of their own does."""
    ws = mappe[ANGABEN]
    zeilen = [[zelle.value for zelle in zeile] for zeile in ws.iter_rows(min_row=9, max_row=13)]
    for nummer, werte in enumerate(sorted(zeilen, key=lambda werte: str(werte[1]), reverse=True), start=9):
        for spalte, wert in enumerate(werte, start=1):
            ws.cell(nummer, spalte).value = wert


def test_rows_sorted_differently_go_to_their_areas(tmp_path):
    ruecklauf = read(give(tmp_path, tun=sort_rows))
    assert values(ruecklauf) == VOLL
    assert ruecklauf.bereit


def test_deleted_rows_and_columns_are_named_and_come_back_in_the_rueckfrage(tmp_path):
    def tun(mappe):
        ws = mappe[ANGABEN]
        for bereich in list(ws.merged_cells.ranges):
            ws.unmerge_cells(str(bereich))
        ws.delete_rows(10, 2)
        ws.delete_cols(7, 2)

    ruecklauf = read(give(tmp_path, tun=tun))
    assert set(codes(ruecklauf)) == {"RUECKLAUF-ZEILE-FEHLT", "RUECKLAUF-SPALTE-FEHLT"}
    fehlend = " ".join(b.meldung for b in ruecklauf.befunde)
    assert all(name in fehlend for name in ("Am Bahnhof", "St. Marien", "Ambulante Hilfen zur Erziehung"))
    assert {k: v for k, v in VOLL.items() if k[0] not in ("02", "03") and k[1] != "hze_ambulant"} == values(ruecklauf)
    build_rueckfrage(tmp_path / "r.xlsx", FORMULAR, ruecklauf)
    namen = [z.value for z in openpyxl.load_workbook(tmp_path / "r.xlsx")[ANGABEN]["B"]]
    assert "Am Bahnhof" in namen


def test_saved_with_macros(tmp_path):
    pfad = give(tmp_path)
    ruecklauf = read(pfad.rename(tmp_path / "Antwort.xlsm"))
    assert ruecklauf.bereit
    assert values(ruecklauf) == VOLL


@pytest.mark.buero
def test_saved_as_csv(tmp_path):
    """Only the first sheet goes into a CSV; here it is the one with the figures."""

    def tun(mappe):
        mappe.move_sheet(ANGABEN, -1)

    ruecklauf = read(convert(give(tmp_path, {("03", "hze"): "geheim"}, tun=tun), "csv", tmp_path))
    assert ruecklauf.kennung == FORMULAR.kennung
    assert values(ruecklauf) == VOLL | {("03", "hze"): Zeichen.GEHEIM}


def test_saved_with_a_password(tmp_path):
    """An encrypted workbook is an OLE container whose directory names a stream "EncryptedPackage" (MS-OFFCRYPTO 2.3.1)."""
    pfad = tmp_path / "geschuetzt.xlsx"
    kopf = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    pfad.write_bytes(kopf + "EncryptedPackage".encode("utf-16-le").ljust(4096, b"\0"))
    with pytest.raises(DateiUnlesbar) as fehler:
        read(pfad)
    assert fehler.value.code == "LESEN-KENNWORT"


@pytest.mark.parametrize(
    ("text", "wert"),
    [("1.234", 1234.0), ("1 234", 1234.0), ("1\u00a0234", 1234.0), ("45?", None), ("45 ", 45.0), ("<5", Zeichen.GEHEIM),
     ("0", 0.0), ("—", Zeichen.NICHTS), ("keine Angabe", Zeichen.FEHLT), ("n.v.", Zeichen.FEHLT), ("k.A", Zeichen.FEHLT)],
)  # fmt: skip
def test_more_spellings_of_a_number(tmp_path, text, wert):
    """Whatever it is, it is read or asked, never silently dropped."""
    ruecklauf = read(give(tmp_path, {("01", "betreut_unter_3"): text}))
    gelesen = values(ruecklauf).get(("01", "betreut_unter_3"))
    if gelesen is None:
        assert ("01", "betreut_unter_3") in ruecklauf.fragen
    assert gelesen == wert


def test_comma_in_an_average_is_a_decimal(tmp_path):
    ruecklauf = read(give(tmp_path, {("01", "alter_mittel"): "12,5"}))
    assert values(ruecklauf)["01", "alter_mittel"] == 12.5


def test_a_column_counted_differently_is_asked_once(tmp_path):
    werte = {(g.schluessel, "hze_ambulant"): 400 for g in GEBIETE[:-1]}
    ruecklauf = read(give(tmp_path, werte))
    fragen = [b for b in ruecklauf.befunde if b.code == "RUECKLAUF-TEIL"]
    assert len(fragen) == 1
    assert "In 5 von 5 Zeilen" in fragen[0].meldung
    assert "Altstadt" in fragen[0].meldung
    build_rueckfrage(tmp_path / "r.xlsx", FORMULAR, ruecklauf)
    ws = openpyxl.load_workbook(tmp_path / "r.xlsx")[ANGABEN]
    assert ws["G20"].comment.text.startswith("Rückfrage: In 5 von 5 Zeilen")
    werte[BEMERKUNG, "hze_ambulant"] = "seit 2025 mit Beratung"
    assert read(give(tmp_path, werte)).bereit


# -- the day of an election -------------------------------------------------------------------------------------------


def wahlformular(**anders):
    return build_formular(merkmale=WAHL, vorjahr={}, **anders)


def wahl(tmp_path, werte=None, formular=None, tun=None):
    voll = {(g.schluessel, m.schluessel): 100 - 10 * s for g in GEBIETE[:-1] for s, m in enumerate(WAHL)}
    pfad = tmp_path / "wahl.xlsx"
    build_abfrage(pfad, formular or wahlformular(), eintraege=voll | (werte or {}))
    if tun:
        mappe = openpyxl.load_workbook(pfad)
        tun(mappe)
        mappe.save(pfad)
    return read(pfad, (formular or wahlformular(),))


def test_form_asks_for_the_day_of_the_election(tmp_path):
    ruecklauf = wahl(tmp_path)
    assert codes(ruecklauf) == ["RUECKLAUF-WAHLTAG"]
    assert set(ruecklauf.fragen) == {(WAHLTAG, "wahlberechtigte"), (WAHLTAG, "waehler")}
    build_rueckfrage(tmp_path / "r.xlsx", wahlformular(), ruecklauf)
    ws = openpyxl.load_workbook(tmp_path / "r.xlsx")[ANGABEN]
    assert ws["B21"].value == "Wahltag (TT.MM.JJJJ)"
    assert ws["C21"].comment is not None
    assert {str(r.sqref): r for r in ws.data_validations.dataValidation}["C21"].type == "date"


@pytest.mark.parametrize("tag", ["14.09.2025", "Kommunalwahl am 14. September 2025", dt.datetime(2025, 9, 14)])
def test_entered_day_becomes_the_stichtag(tmp_path, tag):
    def tun(mappe):
        mappe[ANGABEN]["C21"] = mappe[ANGABEN]["E21"] = tag

    ruecklauf = wahl(tmp_path, tun=tun)
    assert ruecklauf.bereit
    assert {m.stand for m in ruecklauf.messwerte} == {dt.date(2025, 9, 14)}


def test_day_of_another_year_is_asked(tmp_path):
    ruecklauf = wahl(tmp_path, {(WAHLTAG, m.schluessel): "09.06.2024" for m in WAHL})
    assert codes(ruecklauf) == ["RUECKLAUF-WAHLTAG"]
    assert "09.06.2024" in ruecklauf.befunde[0].meldung


def test_year_without_election_needs_only_the_reason(tmp_path):
    leer = {(g.schluessel, m.schluessel): None for g in GEBIETE for m in WAHL}
    ruecklauf = wahl(tmp_path, leer | {("#weil", m.schluessel): "gab es in diesem Jahr nicht" for m in WAHL})
    assert ruecklauf.bereit
    assert {m.zeichen for m in ruecklauf.messwerte} == {Zeichen.SINNLOS}


def test_known_day_is_printed_and_not_asked(tmp_path):
    formular = wahlformular(wahltag=dt.date(2025, 2, 23))
    ruecklauf = wahl(tmp_path, formular=formular)
    assert ruecklauf.bereit
    assert {m.stand for m in ruecklauf.messwerte} == {dt.date(2025, 2, 23)}
    ws = openpyxl.load_workbook(tmp_path / "wahl.xlsx")[ANGABEN]
    assert "am Wahltag 23.02.2025" in ws["C7"].value
    assert "Wahltag (TT.MM.JJJJ)" not in [z.value for z in ws["B"]]


def test_other_forms_do_not_ask_for_a_day(tmp_path):
    build_abfrage(tmp_path / "a.xlsx", FORMULAR)
    assert not any("Wahltag" in str(z.value) for z in openpyxl.load_workbook(tmp_path / "a.xlsx")[ANGABEN]["B"])


# -- how it looks -----------------------------------------------------------------------------------------------------


def test_long_names_do_not_run_into_the_open_cells(tmp_path):
    lang = (
        Gebiet("01", "Hafen und Gewerbepark Lindenrath-Ost", "s"),
        Gebiet("02", "Am " + "sehr langen " * 9 + "Weg", "s"),
    )
    build_abfrage(tmp_path / "a.xlsx", build_formular(gebiete=(*lang, GEBIETE[-1]), vorjahr={}))
    ws = openpyxl.load_workbook(tmp_path / "a.xlsx")[ANGABEN]
    assert ws.column_dimensions["B"].width > 40
    assert ws["B9"].alignment.wrap_text
    assert ws.row_dimensions[10].height > 2 * (ws.row_dimensions[9].height or 15)


@pytest.mark.parametrize(("anzahl", "skala", "umbruch"), [(12, 80, []), (24, 68, []), (26, 80, [38]), (60, 80, [])])
def test_rows_below_the_areas_are_printed_with_them_under_repeated_heads(tmp_path, anzahl, skala, umbruch):
    gebiete = tuple(Gebiet(f"{n:03}", f"Stimmbezirk {n}", "s") for n in range(1, anzahl))
    build_abfrage(tmp_path / "a.xlsx", build_formular(gebiete=(*gebiete, GEBIETE[-1]), vorjahr={}))
    ws = openpyxl.load_workbook(tmp_path / "a.xlsx")[ANGABEN]
    assert [b.id for b in ws.row_breaks.brk] == umbruch
    assert ws.page_setup.scale == skala
    assert ws.print_title_rows == "$6:$8"


def test_empty_cell_in_question_shows_one_sign(tmp_path):
    ruecklauf = read(give(tmp_path, {("01", "hze"): None}))
    build_rueckfrage(tmp_path / "r.xlsx", FORMULAR, ruecklauf)
    zelle = openpyxl.load_workbook(tmp_path / "r.xlsx")[ANGABEN]["E9"]
    assert (zelle.value, zelle.number_format) == ("?", "@")


def test_nothing_of_a_full_form_gets_lost_when_it_is_asked_back(tmp_path):
    werte = fill({("01", "hze"): "viele", ("#weil", "hze"): "Auswertung folgt", (BEMERKUNG, "hze"): "vorläufig"})
    werte |= {("02", "#anmerkung"): "neu gezählt", ("#gesamt", "hze"): 250}
    erste = read(give(tmp_path, werte))
    build_rueckfrage(tmp_path / "r.xlsx", FORMULAR, erste)
    zweite = read(tmp_path / "r.xlsx")
    assert {k: str(v) for k, v in zweite.eintraege.items()} == {k: str(v) for k, v in erste.eintraege.items()}
    assert len(MERKMALE) == len({m for _, m in zweite.eintraege if not m.startswith("#")})
