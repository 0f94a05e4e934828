"""A form comes back, as forms do."""

from __future__ import annotations

import shutil

import attrs
import openpyxl
import pytest

from sozialtool.erhebung.abfrage import build_abfrage
from sozialtool.erhebung.formular import ANGABEN, VERSTECKT
from sozialtool.erhebung.rueckfrage import build_rueckfrage
from sozialtool.erhebung.ruecklauf import read_ruecklauf
from sozialtool.fach.messwert import Vermerk, Zeichen
from sozialtool.fach.quelle import Schwere
from sozialtool.fach.raum import Gebiet, Kommune
from tests.ausgabe.hilfen import convert
from tests.erhebung.formulare import GEBIETE, MERKMALE, STADT, build_formular, fill

FORMULAR = build_formular()


def give(tmp_path, werte=None, name="Kopie von Daten (2) final.xlsx", formular=FORMULAR, tun=None):
    """Write a filled form; `tun` edits it as a department would."""
    pfad = tmp_path / name
    build_abfrage(pfad, formular, eintraege=fill(werte))
    if tun:
        mappe = openpyxl.load_workbook(pfad)
        tun(mappe)
        mappe.save(pfad)
    return pfad


def read(pfad, formulare=(FORMULAR,), jahr=2025):
    return read_ruecklauf(pfad, formulare, STADT, jahr)


def values(ruecklauf):
    return {(m.gebiet, m.merkmal): m.wert if m.zeichen is None else m.zeichen for m in ruecklauf.messwerte}


def codes(ruecklauf, ab=Schwere.FRAGE):
    stufen = {Schwere.HINWEIS: 0, Schwere.FRAGE: 1, Schwere.FEHLER: 2}
    return sorted({b.code for b in ruecklauf.befunde if stufen[b.schwere] >= stufen[ab]})


VOLL = {k: v for k, v in fill().items() if v is not None}


def test_full_form_under_any_name_needs_no_question(tmp_path):
    ruecklauf = read(give(tmp_path))
    assert values(ruecklauf) == VOLL
    assert ruecklauf.bereit
    assert (ruecklauf.gefuellt, ruecklauf.gefragt) == (20, 20)
    wert = next(m for m in ruecklauf.messwerte if (m.gebiet, m.merkmal) == ("02", "hze"))
    assert (str(wert.stand), wert.jahre, wert.zelle) == ("2025-12-31", 1, "Angaben!E10")
    assert str(next(m for m in ruecklauf.messwerte if m.merkmal == "betreut_unter_3").stand) == "2025-03-01"


@pytest.mark.buero
@pytest.mark.parametrize("nach", ["xlsx", "ods", "xls"])
def test_round_trip_through_libreoffice(tmp_path, nach):
    werte = {("02", "hze"): "geheim", ("03", "hze"): "<3", ("#gesamt", "hze"): 230, ("01", "#anmerkung"): "neu gezählt",
             ("#weil", "alter_mittel"): "Auswertung folgt"}  # fmt: skip
    werte |= {(g.schluessel, "alter_mittel"): None for g in GEBIETE}
    pfad = give(tmp_path, werte)
    direkt, umweg = read(pfad), read(convert(pfad, nach, tmp_path))
    assert values(umweg) == values(direkt)
    assert codes(umweg, Schwere.HINWEIS) == codes(direkt, Schwere.HINWEIS)
    assert umweg.notizen == direkt.notizen
    assert umweg.kennung == FORMULAR.kennung


@pytest.mark.buero
def test_rueckfrage_survives_libreoffice_and_is_not_asked_twice(tmp_path):
    erste = read(give(tmp_path, {("03", "hze"): "zwölf", ("04", "hze"): None}))
    build_rueckfrage(tmp_path / "r.xlsx", FORMULAR, erste)
    zweite = read(convert(tmp_path / "r.xlsx", "xlsx", tmp_path))
    assert values(zweite) == values(erste)
    assert codes(zweite) == codes(erste) == ["RUECKLAUF-LEER", "ZEICHEN-UNBEKANNT"]
    assert zweite.notizen == (), "our own comments are no remarks of the department"


def test_answered_rueckfrage_is_ready(tmp_path):
    erste = read(give(tmp_path, {("03", "hze"): "zwölf", ("04", "hze"): None}))
    build_rueckfrage(tmp_path / "r.xlsx", FORMULAR, erste)
    mappe = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert mappe[ANGABEN]["E11"].value == "zwölf"
    mappe[ANGABEN]["E11"], mappe[ANGABEN]["E12"] = 44, 49
    mappe.save(tmp_path / "r.xlsx")
    zweite = read(tmp_path / "r.xlsx")
    assert zweite.bereit
    assert values(zweite) == VOLL


def insert_rows_and_columns(mappe):
    ws = mappe[ANGABEN]
    for bereich in list(ws.merged_cells.ranges):
        ws.unmerge_cells(str(bereich))
    ws.insert_rows(1, 3)
    ws.insert_rows(14)
    ws.insert_cols(1)
    ws.insert_cols(6, 2)


def move_sheets(mappe):
    mappe.create_sheet("Deckblatt", 0)["A1"] = "Anbei unsere Zahlen"
    mappe.move_sheet(ANGABEN, 3)
    mappe[ANGABEN].title = "Tabelle1"


def drop_keys_and_hidden_sheet(mappe):
    del mappe[VERSTECKT]
    mappe[ANGABEN].delete_rows(5)


def drop_all_but_table(mappe):
    for name in mappe.sheetnames:
        if name != ANGABEN:
            del mappe[name]


def retype_keys(mappe):
    for zeile in range(9, 14):
        mappe[ANGABEN].cell(zeile, 1).value = zeile - 8


@pytest.mark.parametrize("tun", [insert_rows_and_columns, move_sheets, drop_all_but_table, retype_keys])
def test_rebuilt_forms_give_the_same_figures(tmp_path, tun):
    ruecklauf = read(give(tmp_path, tun=tun))
    assert values(ruecklauf) == VOLL
    assert codes(ruecklauf) == []


def test_form_without_key_line_is_read_by_names(tmp_path):
    def tun(mappe):
        ws = mappe[ANGABEN]
        for bereich in list(ws.merged_cells.ranges):
            ws.unmerge_cells(str(bereich))
        drop_keys_and_hidden_sheet(mappe)
        for zeile in range(8, 14):
            ws.cell(zeile, 1).value = None

    ruecklauf = read(give(tmp_path, tun=tun))
    assert values(ruecklauf) == VOLL


def test_mark_only_in_the_property(tmp_path):
    def tun(mappe):
        del mappe[VERSTECKT]
        for zeile in mappe[ANGABEN]:
            for zelle in zeile:
                if "sozialtool-Abfrage" in str(zelle.value):
                    zelle.value = None

    ruecklauf = read(give(tmp_path, tun=tun))
    assert ruecklauf.kennung == FORMULAR.kennung
    assert ruecklauf.bereit


def test_without_any_mark_the_structure_speaks_and_a_person_decides(tmp_path):
    pfad = give(tmp_path)
    alt = openpyxl.load_workbook(pfad)[ANGABEN]
    neu = openpyxl.Workbook()
    for zeile in alt.iter_rows(max_row=20):
        for zelle in zeile:
            if zelle.value is not None and not str(zelle.value).startswith("="):
                neu.active[zelle.coordinate] = zelle.value
    neu.save(tmp_path / "abgetippt.xlsx")
    ruecklauf = read(tmp_path / "abgetippt.xlsx")
    assert values(ruecklauf) == VOLL
    assert codes(ruecklauf) == ["RUECKLAUF-OHNE-KENNUNG"]
    assert not ruecklauf.bereit


def test_foreign_file_is_named(tmp_path):
    mappe = openpyxl.Workbook()
    mappe.active.append(["Gebiet", "Kinder"])
    mappe.active.append(["Altstadt", 12])
    mappe.save(tmp_path / "liste.xlsx")
    ruecklauf = read(tmp_path / "liste.xlsx")
    assert ruecklauf.kennung is None
    assert codes(ruecklauf) == ["RUECKLAUF-FREMD"]


@pytest.mark.parametrize(
    ("text", "wert"),
    [("34", 34.0), (" 1.034 ", 1034.0), ("geheim", Zeichen.GEHEIM), ("*", Zeichen.GEHEIM), ("<3", Zeichen.GEHEIM),
     ("-", Zeichen.NICHTS), ("–", Zeichen.NICHTS), ("folgt", Zeichen.FOLGT), ("…", Zeichen.FOLGT), ("unbekannt", Zeichen.UNBEKANNT),
     (".", Zeichen.UNBEKANNT), ("/", Zeichen.UNSICHER), ("unsicher", Zeichen.UNSICHER), ("x", Zeichen.SINNLOS),
     ("entfällt", Zeichen.SINNLOS), ("k. A.", Zeichen.FEHLT), ("k.A.", Zeichen.FEHLT), ("K.A.", Zeichen.FEHLT)],
)  # fmt: skip
def test_text_numbers_and_signs(tmp_path, text, wert):
    ruecklauf = read(give(tmp_path, {("01", "hze_ambulant"): text}))
    assert values(ruecklauf)["01", "hze_ambulant"] == wert
    assert set(codes(ruecklauf)) <= {"RUECKLAUF-SPRUNG", "RUECKLAUF-TEIL"}  # 1.034 is a number, but a surprising one


def test_every_word_of_the_form_is_understood(tmp_path):
    from sozialtool.erhebung.abfrage import WORTE
    from sozialtool.erhebung.formular import GRUENDE

    for wort in {w for zeile in WORTE for w in zeile[:2]}:
        assert isinstance(values(read(give(tmp_path, {("01", "hze"): wort})))["01", "hze"], Zeichen), wort
    for grund, zeichen in GRUENDE.items():
        werte = {(g.schluessel, "hze"): None for g in GEBIETE} | {("#weil", "hze"): grund}
        gelesen = values(read(give(tmp_path, werte)))
        assert {v for (_, m), v in gelesen.items() if m == "hze"} == {zeichen}


def test_circa_is_an_estimate(tmp_path):
    ruecklauf = read(give(tmp_path, {("01", "hze"): "ca. 35"}))
    wert = next(m for m in ruecklauf.messwerte if (m.gebiet, m.merkmal) == ("01", "hze"))
    assert (wert.wert, wert.vermerk) == (35.0, Vermerk.GESCHAETZT)


@pytest.mark.parametrize("text", ["ca. 41", "~41", "etwa 41", "rund 41", "(ca. 41)", "41 ca.", "Ca 41"])
def test_about_is_asked_at_its_cell_even_where_a_total_is_given(tmp_path, text):
    gesamt = sum(v for (g, m), v in VOLL.items() if m == "hze_ambulant") - VOLL["01", "hze_ambulant"] + 41
    werte = {("01", "hze_ambulant"): text, ("01", "hze"): 60, ("#gesamt", "hze_ambulant"): gesamt}
    ruecklauf = read(give(tmp_path, werte | {("01", "#anmerkung"): "mit dem Vorjahr verglichen"}))
    assert set(ruecklauf.fragen) == {("01", "hze_ambulant")}
    assert not ruecklauf.bereit


def test_agreed_sign_for_an_estimate_needs_no_question(tmp_path):
    ruecklauf = read(give(tmp_path, {("01", "hze"): "35 s"}))
    wert = next(m for m in ruecklauf.messwerte if (m.gebiet, m.merkmal) == ("01", "hze"))
    assert (wert.wert, wert.vermerk) == (35.0, Vermerk.GESCHAETZT)
    assert ruecklauf.bereit


@pytest.mark.parametrize(
    ("eingabe", "code"),
    [("zwölf", "ZEICHEN-UNBEKANNT"), ("3-5", "ZAHL-BEREICH"), (-4, "RUECKLAUF-NEGATIV"), (12.5, "RUECKLAUF-KOMMA"),
     ("12 Fälle", "ZAHL-EINHEIT"), ("über 100", "ZAHL-GRENZE"), (999, "RUECKLAUF-SPRUNG"), (None, "RUECKLAUF-LEER")],
)  # fmt: skip
def test_what_does_not_fit_is_asked_at_its_cell(tmp_path, eingabe, code):
    ruecklauf = read(give(tmp_path, {("01", "hze"): eingabe}))
    assert codes(ruecklauf) == [code]
    assert ruecklauf.fragen["01", "hze"].code == code
    assert ruecklauf.fragen["01", "hze"].zelle == "E9"
    assert ruecklauf.eintraege.get(("01", "hze")) == eingabe
    assert ruecklauf.passt
    assert not ruecklauf.bereit


def test_date_and_error_cells_are_asked(tmp_path):
    import datetime as dt

    def tun(mappe):
        mappe[ANGABEN]["E9"] = dt.datetime(2025, 3, 1)
        mappe[ANGABEN]["E9"].number_format = "d. mmm"
        mappe[ANGABEN]["E10"] = "#DIV/0!"
        mappe[ANGABEN]["E10"].data_type = "e"
        mappe[ANGABEN]["E11"] = "=SUM(A1:A2)"

    ruecklauf = read(give(tmp_path, tun=tun))
    assert [ruecklauf.fragen[g, "hze"].code for g in ("01", "02", "03")] == [
        "ZAHL-DATUM", "ZELLE-FEHLER", "FORMEL-OHNE-WERT",
    ]  # fmt: skip
    assert not {("01", "hze"), ("02", "hze"), ("03", "hze")} & set(values(ruecklauf))


def test_half_filled_form_keeps_its_half(tmp_path):
    leer = {(g.schluessel, m.schluessel): None for g in GEBIETE for m in MERKMALE[2:]}
    ruecklauf = read(give(tmp_path, leer | {("03", "hze"): None}))
    assert (ruecklauf.gefuellt, ruecklauf.gefragt) == (9, 20)
    assert len(ruecklauf.messwerte) == 9
    assert set(ruecklauf.fragen) == {("03", "hze"), ("#weil", "hze_ambulant"), ("#weil", "alter_mittel")}


def test_own_reason_counts_and_is_kept_as_a_note(tmp_path):
    werte = {(g.schluessel, "hze"): None for g in GEBIETE} | {("#weil", "hze"): "Fachverfahren gerade umgestellt"}
    ruecklauf = read(give(tmp_path, werte))
    assert {v for (_, m), v in values(ruecklauf).items() if m == "hze"} == {Zeichen.FEHLT}
    assert ruecklauf.bereit
    assert any("Fachverfahren gerade umgestellt" in n.text for n in ruecklauf.notizen)


def test_total_is_checked_and_used_where_parts_are_missing(tmp_path):
    falsch = read(give(tmp_path, {("#gesamt", "hze"): 230}))
    assert codes(falsch) == ["RUECKLAUF-SUMME"]
    assert ("05999038", "hze") not in values(falsch)
    mit_rest = read(give(tmp_path, {("#gesamt", "hze"): 230, ("nz", "hze"): 10}))
    assert mit_rest.bereit
    assert values(mit_rest)["nz", "hze"] == 10
    geheim = read(give(tmp_path, {("#gesamt", "hze"): 230, ("02", "hze"): "geheim"}))
    assert geheim.bereit
    assert values(geheim)["05999038", "hze"] == 230
    mittel = read(give(tmp_path, {("#gesamt", "alter_mittel"): 12.25}))
    assert values(mittel)["05999038", "alter_mittel"] == 12.25


def test_part_larger_than_the_whole(tmp_path):
    ruecklauf = read(give(tmp_path, {("02", "hze_ambulant"): 40}))
    assert codes(ruecklauf) == ["RUECKLAUF-TEIL"]
    assert set(ruecklauf.fragen) == {("02", "hze_ambulant")}


def test_remark_of_the_department_settles_a_surprise_but_not_a_mistake(tmp_path):
    werte = {("01", "hze"): 90, ("01", "#anmerkung"): "Neue Einrichtung"}
    assert read(give(tmp_path, werte)).bereit
    assert not read(give(tmp_path, werte | {("01", "hze_ambulant"): "viele"})).bereit


def test_copy_of_last_year_is_noticed(tmp_path):
    alt = {(g, m): w.wert for (g, m), w in FORMULAR.vorjahr.items() if m == "betreut_unter_3"}
    assert "RUECKLAUF-GLEICH" in codes(read(give(tmp_path, alt)), Schwere.HINWEIS)
    assert "RUECKLAUF-GLEICH" not in codes(read(give(tmp_path)), Schwere.HINWEIS)


def test_further_rows_columns_sheets_comments_are_named(tmp_path):
    def tun(mappe):
        ws = mappe[ANGABEN]
        ws.insert_rows(12)
        ws["B12"], ws["C12"], ws["E12"] = "Am Hafen", 17, 3
        ws["L9"], ws["L10"] = 5, 6
        ws["A30"] = "Rückfragen gern an die Statistikstelle"
        ws["C9"].comment = openpyxl.comments.Comment("nur Kitas", "Kollegin")
        mappe.create_sheet("Erläuterung Amt 51")["B2"] = "Zählung zum 1.3."

    ruecklauf = read(give(tmp_path, tun=tun))
    meldungen = "\n".join(b.meldung for b in ruecklauf.befunde)
    assert {"RUECKLAUF-ZUSATZZEILE", "RUECKLAUF-ZUSATZSPALTE"} <= set(codes(ruecklauf))
    assert "Am Hafen | 17 | 3" in meldungen
    assert "5 | 6" in meldungen
    assert "Erläuterung Amt 51" in meldungen
    texte = {n.text for n in ruecklauf.notizen}
    assert {"Rückfragen gern an die Statistikstelle", "nur Kitas", "Zählung zum 1.3."} <= texte
    assert values(ruecklauf) == VOLL


def test_missing_doubled_and_contradicting_rows_are_named(tmp_path):
    def tun(mappe):
        ws = mappe[ANGABEN]
        ws["A11"], ws["B11"] = "02", "Am Bahnhof"
        ws["B12"] = "Rheinfeld Süd"

    ruecklauf = read(give(tmp_path, tun=tun))
    assert {"RUECKLAUF-DOPPELT", "RUECKLAUF-ZEILE-FEHLT", "RUECKLAUF-NAME"} <= set(codes(ruecklauf))
    assert ("03", "hze") not in values(ruecklauf)
    assert values(ruecklauf)["02", "hze"] == VOLL["02", "hze"]


@pytest.mark.parametrize(
    ("anders", "code"),
    [({"jahr": 2024}, "RUECKLAUF-VORJAHR"), ({"jahr": 2019}, "RUECKLAUF-JAHR"),
     ({"kommune": Kommune("05170044", "Voerde")}, "RUECKLAUF-ORT")],
)  # fmt: skip
def test_other_form_is_named_and_nothing_is_lost(tmp_path, anders, code):
    fremd = attrs.evolve(build_formular(anders.get("jahr", 2025)), **anders)
    ruecklauf = read(give(tmp_path, formular=fremd))
    assert codes(ruecklauf, Schwere.FEHLER) == [code]
    assert ruecklauf.messwerte == ()
    assert not ruecklauf.passt
    assert {k: v for k, v in ruecklauf.eintraege.items() if v is not None} == VOLL


def test_last_years_form_becomes_a_rueckfrage_with_its_figures(tmp_path):
    ruecklauf = read(give(tmp_path, formular=build_formular(2024)))
    build_rueckfrage(tmp_path / "r.xlsx", FORMULAR, ruecklauf)
    mappe = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert mappe[ANGABEN]["E10"].value == VOLL["02", "hze"]
    assert "2024" in mappe[ANGABEN]["E10"].comment.text
    assert read(tmp_path / "r.xlsx").kennung.jahr == 2025


def test_earlier_version_is_taken_where_it_fits(tmp_path):
    alt = build_formular(gebiete=(*GEBIETE[:2], Gebiet("99", "Aufgelöst", "sozialraum"), *GEBIETE[3:]))
    werte = fill({("99", "hze"): 8})
    pfad = tmp_path / "alt.xlsx"
    build_abfrage(pfad, alt, eintraege={k: v for k, v in werte.items() if k[0] != "03"})
    ruecklauf = read(pfad, formulare=(build_formular(fassung=2),))
    assert "RUECKLAUF-FASSUNG" in codes(ruecklauf, Schwere.HINWEIS)
    assert codes(ruecklauf) == ["RUECKLAUF-ZEILE-FEHLT"]
    assert ruecklauf.eintraege["99", "hze"] == 8
    build_rueckfrage(tmp_path / "r.xlsx", build_formular(fassung=2), ruecklauf)
    texte = [str(z.value) for zeile in openpyxl.load_workbook(tmp_path / "r.xlsx")["Rückfragen"] for z in zeile]
    assert any("99" in t and "„8“" in t for t in texte)


def test_form_nobody_asked_for(tmp_path):
    ruecklauf = read(give(tmp_path), formulare=())
    assert codes(ruecklauf, Schwere.FEHLER) == ["RUECKLAUF-UNBEKANNT"]
    assert {k: v for k, v in ruecklauf.eintraege.items() if v is not None} == VOLL


def test_wrong_ending_does_not_matter(tmp_path):
    pfad = give(tmp_path)
    shutil.copyfile(pfad, tmp_path / "Angaben.xls")
    assert values(read(tmp_path / "Angaben.xls")) == VOLL
