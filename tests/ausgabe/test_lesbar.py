"""What a council member needs in front of a page: no empty head, no unexplained sign, no clipped text, no lost line."""

from __future__ import annotations

import datetime as dt
import re
import zipfile

import attrs
import pytest

from sozialtool.ausgabe.bericht import Anmerkung
from sozialtool.ausgabe.blatt import ZEILE, Blatt, Seitenrahmen
from sozialtool.ausgabe.mappe import Mappe
from sozialtool.ausgabe.monitoring import write_monitoring
from sozialtool.ausgabe.schrift import umbrechen
from sozialtool.ausgabe.tabelle import Spalte, Tabelle, Zeile
from sozialtool.ausgabe.tabellenblatt import write_tabelle
from sozialtool.fach.indikator import Richtung
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet
from tests.ausgabe.bau import BRUCH, GEBIETE, NAMEN, baue_bericht, baue_tabelle
from tests.ausgabe.hilfen import load

SYMBOLE = {zeichen.symbol for zeichen in Zeichen}


@pytest.fixture(scope="module")
def bericht():
    einzeln = {("11", "grusi", jahr): 2.0 for jahr in range(2019, 2026)}
    return baue_bericht(tabelle=baue_tabelle(einzeln))


@pytest.fixture(scope="module")
def pfad(bericht, tmp_path_factory):
    ziel = tmp_path_factory.mktemp("lesbar") / "m.xlsx"
    write_monitoring(ziel, bericht)
    return ziel


@pytest.fixture(scope="module")
def mappe(pfad):
    return load(pfad)


def tables_of(blatt):
    """Split a sheet at its table titles: rows of cells per table, title first."""
    tabellen = []
    for zeile in blatt.iter_rows():
        if re.match(r"Tabelle \d+: ", str(zeile[0].value)):
            tabellen.append([])
        if tabellen:
            tabellen[-1].append(zeile)
    return tabellen


def body_of(tabelle, namen):
    return [zeile for zeile in tabelle if zeile[0].value in namen]


def test_no_head_stands_above_nothing_and_no_suppressed_row_is_empty(mappe, bericht):
    namen = {bericht.kommune.name, *NAMEN, "nicht zuzuordnen"}
    geheim = 0
    for feld in bericht.felder:
        for tabelle in tables_of(mappe[feld.name]):
            kopf = next(zeile for zeile in tabelle if zeile[0].value == "Sozialraum")
            rumpf = body_of(tabelle, namen)
            assert len(rumpf) == len(namen)
            for spalte, zelle in enumerate(kopf):
                werte = [zeile[spalte].value for zeile in rumpf]
                assert bool(zelle.value) == any(wert not in (None, "") for wert in werte), (
                    tabelle[0][0].value,
                    zelle.value,
                )
            for zeile in rumpf:
                if zeile[0].value in NAMEN and zeile[3].value == "•":
                    geheim += 1
                    assert all(zelle.value not in (None, "") for zelle in zeile if kopf[zelle.column - 1].value)
    assert geheim > 5


def test_every_sign_is_explained_below_its_table(mappe, bericht):
    geprueft = 0
    for blatt in ("Verlauf", "Auf einen Blick", "Steckbriefe", *(feld.name for feld in bericht.felder)):
        for tabelle in tables_of(mappe[blatt]):
            texte = [str(zelle.value) for zeile in tabelle for zelle in zeile if isinstance(zelle.value, str)]
            legende = " ".join(text for text in texte if "Zeichen: " in text or text.startswith("Gegen die Stadt"))
            for text in texte:
                if text in SYMBOLE:
                    geprueft += 1
                    assert f"{text} " in legende, (tabelle[0][0].value, text)
    assert geprueft > 100


def test_texts_of_all_tables_fit_into_their_rows(mappe, bericht):
    """A wrapped text is measured by the width of its column on the sheet, whatever table it belongs to."""
    blatt = mappe["Methoden und Quellen"]
    breiten = [round(blatt.column_dimensions[buchstabe].width * 7 + 5) for buchstabe in "ABCDE"]
    geprueft = 0
    for tabelle in tables_of(blatt):
        for zeile in tabelle[2:]:
            for zelle in zeile:
                if isinstance(zelle.value, str) and zelle.alignment.wrap_text:
                    zeilen = len(umbrechen(zelle.value, breiten[zelle.column - 1] - 4, 10))
                    hoehe = (blatt.row_dimensions[zelle.row].height or ZEILE * 0.75) / 0.75
                    assert hoehe + 2 >= 15 * zeilen, zelle.coordinate
                    geprueft += 1
    assert geprueft > 100


def test_long_names_of_files_keep_their_rows(tmp_path):
    bericht = baue_bericht()
    lang = tuple(attrs.evolve(q, absender="Sehr langer Fachbereich " * 6, datei="Datei " * 20) for q in bericht.quellen)
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, attrs.evolve(bericht, quellen=lang))
    blatt = load(ziel)["Methoden und Quellen"]
    zeile = next(z for z in blatt.iter_rows() if str(z[1].value).startswith("Sehr langer"))
    hoehe = blatt.row_dimensions[zeile[0].row].height / 0.75
    for zelle in zeile:
        breite = round(blatt.column_dimensions[zelle.column_letter].width * 7 + 5)
        assert hoehe + 2 >= 15 * len(umbrechen(zelle.value, breite - 4, 10)), zelle.coordinate


def test_remarks_of_departments_stand_with_the_methods(tmp_path):
    anmerkung = Anmerkung("Jugendamt", dt.date(2025, 12, 31), "Hilfen zur Erziehung", "=Ab 2025 ohne Beratung")
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, attrs.evolve(baue_bericht(), anmerkungen=(anmerkung,), anmerkungen_intern=2))
    blatt = load(ziel)["Methoden und Quellen"]
    zeilen = [[zelle.value for zelle in zeile] for zeile in blatt.iter_rows()]
    assert ["1", "Jugendamt", "Hilfen zur Erziehung", "31.12.2025", "=Ab 2025 ohne Beratung"] in zeilen
    assert any(
        "2 weitere Anmerkungen nennen Zahlen oder Gebiete und stehen nur im Projekt." in zeile for zeile in zeilen
    )
    write_monitoring(ziel, attrs.evolve(baue_bericht(), anmerkungen_intern=2))
    assert "Anmerkungen der Fachbereiche" not in str(
        [z.value for r in load(ziel)["Methoden und Quellen"].iter_rows() for z in r]
    )


def test_a_table_is_measured_by_the_columns_of_its_sheet(tmp_path):
    mappe = Mappe(tmp_path / "m.xlsx")
    blatt = Blatt(mappe, "Blatt", (60, 90), Seitenrahmen("", "", ""))
    text = "Revision der Grundsicherungsstatistik SGB II"
    tabelle = Tabelle("Brüche", (Spalte("Ab", breite=60), Spalte("Grund", breite=400)), (Zeile(("2016", text)),))
    ort = write_tabelle(blatt, tabelle)[0]
    assert blatt.hoehe_von(ort, ort) >= 15 * len(umbrechen(text, 90 - 4, 10))


def test_the_inhalt_fits_on_one_page(tmp_path):
    mehr = tuple(Gebiet(f"x{nr}", f"Raum {nr}", "sozialraum", reihenfolge=50 + nr) for nr in range(5))
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, baue_bericht(gebiete=(*GEBIETE, *mehr)))
    blatt = load(ziel)["Inhalt"]
    hoehe = sum((blatt.row_dimensions[nr].height or ZEILE * 0.75) for nr in range(1, blatt.max_row + 1))
    assert blatt.max_row > 25
    assert hoehe * blatt.page_setup.scale / 100 <= 17 / 2.54 * 72
    assert not blatt.row_breaks.brk


def test_the_warning_of_an_index_stands_above_its_table_in_bold(tmp_path):
    bericht = baue_bericht()
    index = attrs.evolve(
        bericht.index,
        warnung="Achtung: nur 12 Gebiete.",
        zeilen=(*bericht.index.zeilen[:-1], ("X", "•", None, "ohne Index")),
    )
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, attrs.evolve(bericht, index=index))
    blatt = load(ziel)["Index"]
    zellen = {str(zelle.value): zelle for zeile in blatt.iter_rows() for zelle in zeile if zelle.value is not None}
    warnung = zellen["Achtung: nur 12 Gebiete."]
    titel = next(zelle for text, zelle in zellen.items() if text.startswith("Tabelle"))
    assert warnung.font.bold
    assert warnung.row < titel.row
    assert zellen["•"].alignment.horizontal == "right", "a sign stands where the numbers stand"
    assert zellen["k. A."].alignment.horizontal == "right"
    assert any("Zeichen: • geheim" in text for text in zellen)


def test_the_proof_names_each_suppressed_figure_once_with_its_intervals(mappe, bericht):
    protokoll = bericht.tabelle.protokoll
    orte = {(sperrung.merkmal, sperrung.gebiet) for sperrung in protokoll}
    spannen = [
        zelle.value
        for tabelle in tables_of(mappe["Geheimhaltung"])
        for zeile in tabelle
        for zelle in zeile[2:]
        if isinstance(zelle.value, str) and re.search(r"–|ab |bis |jede", zelle.value) and len(zelle.value) < 15
    ]
    assert len(spannen) == len(protokoll) > 30
    zeilen = [z for t in tables_of(mappe["Geheimhaltung"]) for z in t if z[1].value in {g.name for g in GEBIETE}]
    assert len(zeilen) == len(orte)


def test_every_valued_indicator_is_in_a_steckbrief(mappe, bericht):
    namen = {zeile[0].value for zeile in mappe["Steckbriefe"].iter_rows()}
    bewertet = [ind for ind in bericht.vereinbarte if ind.richtung is not Richtung.NEUTRAL]
    assert len(bewertet) > 12
    assert {ind.name for ind in bewertet} <= namen


def test_a_map_begins_with_its_first_tile(geladen, tmp_path):
    weit = tuple(
        attrs.evolve(g, kachel_x=g.kachel_x + 3, kachel_y=g.kachel_y + 5) if g.kachel_x is not None else g
        for g in GEBIETE
    )
    fern = tmp_path / "fern.xlsx"
    write_monitoring(fern, baue_bericht(gebiete=weit))
    texte = [[z.value for zeile in m["Kachelkarte"].iter_rows() for z in zeile] for m in (geladen, load(fern))]
    assert texte[0] == texte[1]


def test_short_heads_of_the_matrix_are_explained(mappe, bericht):
    text = " ".join(str(zeile[0].value) for zeile in mappe["Auf einen Blick"].iter_rows())
    for ind in bericht.vereinbarte:
        if ind.kurzname != ind.name:
            assert f"{ind.kurzname}: {ind.name[:10]}" in text


def test_only_breaks_that_touch_a_shown_series_are_listed(tmp_path):
    frueh = attrs.evolve(BRUCH, ab_jahr=2001, grund="lange her")
    fremd = attrs.evolve(BRUCH, merkmal="nie_gehoert", grund="nicht dabei")
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, baue_bericht(brueche=(BRUCH, frueh, fremd)))
    text = " ".join(str(z.value) for zeile in load(ziel)["Methoden und Quellen"].iter_rows() for z in zeile)
    assert BRUCH.grund in text
    assert "lange her" not in text
    assert "nicht dabei" not in text


def test_charts_have_german_names_and_descriptions(pfad):
    with zipfile.ZipFile(pfad) as paket:
        namen = [name for name in paket.namelist() if re.match(r"xl/drawings/drawing\d+\.xml", name)]
        rahmen = re.findall(
            r'<xdr:cNvPr [^>]*name="([^"]+)"[^>]*descr="([^"]+)"', "".join(paket.read(n).decode() for n in namen)
        )
    assert len(rahmen) > len(NAMEN)
    assert {name.split()[0] for name, _ in rahmen} == {"Abbildung"}
    assert len({name for name, _ in rahmen}) == len(rahmen)


def test_a_text_that_goes_over_the_end_of_a_page_leaves_no_page_of_a_few_lines(tmp_path):
    """Excel breaks it there by itself; a break counted from the start of the text would follow a few lines later."""
    mappe = Mappe(tmp_path / "m.xlsx")
    blatt = Blatt(mappe, "Blatt", (900,), Seitenrahmen("", "", ""))
    for _ in range(blatt.platz // ZEILE - 2):
        blatt.rueck()
    blatt.text("Ein langer Satz über die Lage in diesem Sozialraum und darüber, was daraus folgt. " * 12)
    rest = blatt.frei()
    assert 0 < rest < blatt.platz, "the second page is counted from its first line"
    vorher = blatt.zeile
    blatt.braucht(2 * ZEILE)
    assert blatt.frei() == rest, "the next line stands below it"
    assert blatt.zeile == vorher
    mappe.close()


def test_a_legend_of_one_line_stands_below_its_table_and_not_alone_on_a_page(tmp_path):
    mappe = Mappe(tmp_path / "m.xlsx")
    blatt = Blatt(mappe, "Blatt", (900,), Seitenrahmen("", "", ""))
    for _ in range(blatt.platz // ZEILE):
        blatt.rueck()
    assert blatt.frei() < ZEILE
    blatt.text("Trend: ↑ und ↓ mehr als durch Zufall")
    assert blatt.frei() <= 0, "still on the first page"
    blatt.text("Zeichen: • geheim")
    assert blatt.frei() > 0, "what follows does not fit there any more"
    mappe.close()
