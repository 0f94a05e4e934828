"""Any file becomes a Rohmappe or a German message; nothing of the grid is lost on the way."""

from __future__ import annotations

import datetime as dt
import hashlib
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from sozialtool.einlesen.lesen import Grenzen, read_rohmappe
from sozialtool.einlesen.rohblatt import Bereich, adresse
from sozialtool.fach.quelle import Schwere
from sozialtool.fehler import DateiUnlesbar


def codes(mappe):
    return [befund.code for befund in mappe.befunde]


@pytest.fixture
def datei(tmp_path):
    return tmp_path / "probe.xlsx"


def test_grid_keeps_true_addresses_and_types(datei):
    with xlsxwriter.Workbook(datei) as mappe:
        blatt = mappe.add_worksheet("Tabelle")
        blatt.write("C5", "05315000")
        blatt.write("D5", 12.5)
        blatt.write("E7", True)
        blatt.write_datetime("C8", dt.datetime(2023, 12, 31), mappe.add_format({"num_format": "dd.mm.yyyy"}))
    gelesen = read_rohmappe(datei)
    blatt = gelesen.blaetter[0]
    assert (gelesen.format, gelesen.datei, gelesen.leseart) == ("xlsx", "probe.xlsx", None)
    assert gelesen.pruefsumme == hashlib.sha256(datei.read_bytes()).hexdigest()
    assert {adresse(z, s): wert for z, s, wert in blatt.belegt()} == {
        "C5": "05315000", "D5": 12.5, "E7": True, "C8": dt.date(2023, 12, 31),
    }  # fmt: skip
    assert blatt.wert(0, 0) is None
    assert {len(zeile) for zeile in blatt.zeilen} == {5}
    assert gelesen.befunde == ()


def test_dates_count_from_1904_where_the_file_says_so(datei):
    with xlsxwriter.Workbook(datei, {"date_1904": True}) as mappe:
        form = mappe.add_format({"num_format": "dd.mm.yyyy"})
        mappe.add_worksheet().write_datetime(0, 0, dt.datetime(2023, 12, 31), form)
    assert read_rohmappe(datei).blaetter[0].zeilen == ((dt.date(2023, 12, 31),),)


def test_error_cells_and_formulas_without_value(datei):
    mappe = openpyxl.Workbook()
    blatt = mappe.active
    blatt.append(["Nord", 1, "#DIV/0!"])
    blatt.append(["Süd", "=1+1", "#N/A"])
    blatt["C1"].data_type = blatt["C2"].data_type = "e"
    mappe.save(datei)
    gelesen = read_rohmappe(datei)
    assert gelesen.blaetter[0].fehler == {(0, 2): "#DIV/0!", (1, 2): "#N/A"}
    assert gelesen.blaetter[0].ohne_wert == {(1, 1)}
    assert [(b.code, b.blatt, b.zelle, b.schwere) for b in gelesen.befunde] == [
        ("ZELLE-FEHLER", "Sheet", "C1", Schwere.FEHLER),
        ("ZELLE-FEHLER", "Sheet", "C2", Schwere.FEHLER),
        ("FORMEL-OHNE-WERT", "Sheet", "B2", Schwere.FEHLER),
    ]
    assert all(befund.vorschlag and befund.datei == "probe.xlsx" for befund in gelesen.befunde)


def test_a_formula_whose_result_is_an_empty_text_has_a_value(datei):
    with xlsxwriter.Workbook(datei) as mappe:
        mappe.add_worksheet().write_formula(0, 0, '=""', None, "")
        mappe.worksheets()[0].write_formula(1, 0, "=1+1", None, 2)
    change_part(datei, "xl/worksheets/sheet1.xml", b'<c r="A1">', b'<c r="A1" t="str">')
    assert read_rohmappe(datei).blaetter[0].ohne_wert == frozenset()


@pytest.mark.parametrize("anzahl", [20, 21, 500])
def test_many_findings_of_a_kind_become_one(datei, anzahl):
    mappe = openpyxl.Workbook()
    for zeile in range(1, anzahl + 1):
        mappe.active.cell(zeile, 2, "#REF!").data_type = "e"
    mappe.save(datei)
    gelesen = read_rohmappe(datei)
    assert len(gelesen.blaetter[0].fehler) == anzahl
    assert len(gelesen.befunde) == (anzahl if anzahl <= 20 else 1)
    assert gelesen.befunde[0].zelle == "B1"
    if anzahl > 20:
        assert gelesen.befunde[0].meldung.startswith(f"{anzahl} Zellen")


def test_large_sheets_lose_formats_but_no_error_cell(datei, monkeypatch):
    """Beyond eight megabytes of XML the exact walk is skipped; the pattern walk must find the same errors."""
    with xlsxwriter.Workbook(datei, {"constant_memory": True}) as mappe:
        blatt = mappe.add_worksheet()
        strich = mappe.add_format({"num_format": '0;-0;"-"'})
        blatt.set_column(7, 7, None, None, {"hidden": True})
        for zeile in range(40_000):
            if zeile == 777:
                blatt.set_row(zeile, None, None, {"hidden": True})
            blatt.write_row(zeile, 0, [zeile, "lang genug " * 2, 1.25, 2.5, 3.75, 4.125, 5.0625])
            blatt.write_number(zeile, 7, 0, strich)
        blatt.write_formula(40_000, 1, "=1/0", None, "#DIV/0!")
        blatt.write_formula(40_000, 2, "=NA()", None, "#N/A")
    with zipfile.ZipFile(datei) as archiv:
        assert archiv.getinfo("xl/worksheets/sheet1.xml").file_size > 8 * 1024 * 1024
    gelesen = read_rohmappe(datei)
    blatt = gelesen.blaetter[0]
    assert blatt.fehler == {(40_000, 1): "#DIV/0!", (40_000, 2): "#N/A"}
    assert blatt.verborgene_zeilen == {777}
    assert blatt.verborgene_spalten == {7}
    assert blatt.angezeigt == {}
    assert set(codes(gelesen)) == {"ZELLE-FEHLER", "ZEILE-VERBORGEN", "SPALTE-VERBORGEN", "FORMATE-NICHT-GEPRUEFT"}


def test_what_the_number_format_shows(datei):
    faelle = [
        (0, '#,##0;-#,##0;"-"', "-"),
        (0, '_-* #,##0\\ _€_-;\\-* #,##0\\ _€_-;_-* "-"??\\ _€_-;_-@_-', "-"),
        (0, "0;-0;;@", ""),
        (2, '[<3]"*";0', "*"),
        (5, '[<3]"*";0', None),
        (79.16666, "0", "79"),
        (0.125, "0.0%", "12,5%"),
        (1234567, "#,##0,", "1.235"),
        (12, '0 "Personen"', "12 Personen"),
        (12, "\\(0\\)", "(12)"),
        (5315000, "00000000", "05315000"),
        (1234, "#,##0", None),
        (12.5, "0.00", None),
        (12.5, "#,##0.00\\ [$€-407]", None),
        (12.5, "General", None),
        (45000, "dd.mm.yyyy", None),
    ]
    with xlsxwriter.Workbook(datei) as mappe:
        blatt = mappe.add_worksheet()
        for zeile, (zahl, code, _) in enumerate(faelle):
            blatt.write_number(zeile, 1, zahl, mappe.add_format({"num_format": code}))
    gelesen = read_rohmappe(datei).blaetter[0]
    assert gelesen.angezeigt == {(z, 1): text for z, (_, _, text) in enumerate(faelle) if text is not None}
    assert gelesen.zeilen[5][1] == 79.16666


def test_hidden_things_merges_and_comments(datei):
    with xlsxwriter.Workbook(datei) as mappe:
        blatt = mappe.add_worksheet("offen")
        blatt.merge_range("A1:C1", "Kopf")
        blatt.write_row("A2", ["Nord", 1, 2])
        blatt.write_row("A3", ["Süd", 3, 4])
        blatt.set_row(2, None, None, {"hidden": True})
        blatt.set_column("B:B", None, None, {"hidden": True})
        blatt.write_comment("C3", "vorläufig!")
        verborgen = mappe.add_worksheet("geheim")
        verborgen.write(0, 0, 1)
        verborgen.hide()
        bild = mappe.add_chart({"type": "line"})
        bild.add_series({"values": "=offen!$B$2:$B$3"})
        mappe.add_chartsheet("Bild").set_chart(bild)
    gelesen = read_rohmappe(datei)
    offen, geheim = gelesen.blaetter
    assert offen.verbunden == (Bereich(0, 0, 0, 2),)
    assert (offen.verborgene_zeilen, offen.verborgene_spalten) == ({2}, {1})
    assert {ort: text.strip() for ort, text in offen.kommentare.items()} == {(2, 2): "vorläufig!"}
    assert (offen.sichtbar, geheim.sichtbar) == (True, False)
    assert codes(gelesen) == ["ZEILE-VERBORGEN", "SPALTE-VERBORGEN", "BLATT-VERBORGEN"]


def test_a_comment_by_another_writer(datei):
    mappe = openpyxl.Workbook()
    mappe.active["B2"] = 5
    mappe.active["B2"].comment = Comment("geschätzt", "Amt")
    mappe.save(datei)
    assert read_rohmappe(datei).blaetter[0].kommentare == {(1, 1): "geschätzt"}


@pytest.mark.parametrize("weit", ["XFD1048576", "XFD3", "B1048576"])
def test_a_far_cell_does_not_fill_the_memory(datei, weit):
    mappe = openpyxl.Workbook()
    for zeile in range(1, 31):
        mappe.active.append([f"Gebiet {zeile}", zeile, zeile * 2])
    mappe.active[weit] = "vergessen"
    mappe.save(datei)
    gelesen = read_rohmappe(datei, grenzen=Grenzen(zellen=100_000, sekunden=20))
    blatt = gelesen.blaetter[0]
    assert blatt.zeilen[29][:3] == ("Gebiet 30", 30, 60)
    assert blatt.hoehe * blatt.breite <= 100_000
    assert ("RASTER-ABGESCHNITTEN" in codes(gelesen)) == (weit != "XFD3" or blatt.breite < 16384)
    if "RASTER-ABGESCHNITTEN" in codes(gelesen):
        assert (blatt.hoehe, blatt.breite) == (30, 3)


def test_a_far_cell_under_the_standard_limits(datei):
    mappe = openpyxl.Workbook()
    mappe.active["A1"], mappe.active["XFD1048576"] = "nah", "fern"
    mappe.save(datei)
    gelesen = read_rohmappe(datei)
    assert gelesen.blaetter[0].zeilen == (("nah",),)
    assert codes(gelesen) == ["RASTER-ABGESCHNITTEN"]


@pytest.mark.kindprozess
def test_a_lying_dimension_ends_at_the_limit_of_memory(datei):
    mappe = openpyxl.Workbook()
    mappe.active["A1"], mappe.active["XFD1048576"] = "nah", "fern"
    mappe.save(datei)
    change_part(datei, "xl/worksheets/sheet1.xml", b'ref="A1:XFD1048576"', b'ref="A1:B2"')
    with pytest.raises(DateiUnlesbar) as fehler:
        read_rohmappe(datei)
    assert fehler.value.code == "LESEN-SPEICHER"


def change_part(datei: Path, teil: str, alt: bytes, neu: bytes) -> None:
    with zipfile.ZipFile(datei) as archiv:
        teile = {name: archiv.read(name) for name in archiv.namelist()}
    assert alt in teile[teil]
    teile[teil] = teile[teil].replace(alt, neu)
    with zipfile.ZipFile(datei, "w") as archiv:
        for name, inhalt in teile.items():
            archiv.writestr(name, inhalt)


def test_legacy_xls(tmp_path):
    xlwt = pytest.importorskip("xlwt")
    datei = tmp_path / "alt.xls"
    mappe = xlwt.Workbook()
    blatt = mappe.add_sheet("Köln")
    blatt.write_merge(0, 0, 0, 2, "Kopf")
    blatt.write(1, 0, "05315000")
    blatt.write(1, 1, 0, xlwt.easyxf(num_format_str='#,##0;-#,##0;"-"'))
    blatt.write(1, 2, 79.25, xlwt.easyxf(num_format_str="0"))
    blatt.write(2, 1, 0.125, xlwt.easyxf(num_format_str="0.0%"))
    blatt.row(2).set_cell_error(2, "#DIV/0!")
    blatt.row(2).hidden = True
    blatt.col(1).hidden = True
    mappe.save(str(datei))
    gelesen = read_rohmappe(datei)
    blatt = gelesen.blaetter[0]
    assert (gelesen.format, blatt.name) == ("xls", "Köln")
    assert blatt.zeilen[1] == ("05315000", 0, 79.25)
    assert blatt.angezeigt == {(1, 1): "-", (1, 2): "79", (2, 1): "12,5%"}
    assert blatt.fehler == {(2, 2): "#DIV/0!"}
    assert (blatt.verborgene_zeilen, blatt.verborgene_spalten) == ({2}, {1})
    assert blatt.verbunden == (Bereich(0, 0, 0, 2),)


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">
<office:body><office:spreadsheet><table:table table:name="Wahl">
<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
<table:table-row><table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>Kopf</text:p></table:table-cell>
<table:covered-table-cell/><table:table-cell office:value-type="float" office:value="1234"><text:p>1.234</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell office:value-type="float" office:value="0"><text:p>-</text:p></table:table-cell>
<table:table-cell office:value-type="percentage" office:value="0.125"><text:p>12,5 %</text:p></table:table-cell>
<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="7"><office:annotation><text:p>Notiz</text:p></office:annotation>
<text:p>7</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_ods(tmp_path):
    datei = tmp_path / "wahl.ods"
    with zipfile.ZipFile(datei, "w") as archiv:
        archiv.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archiv.writestr("META-INF/manifest.xml", "<manifest/>")
        archiv.writestr("content.xml", ODS.replace("\n", ""))
    gelesen = read_rohmappe(datei)
    blatt = gelesen.blaetter[0]
    assert (gelesen.format, blatt.name, blatt.zeilen[0]) == ("ods", "Wahl", ("Kopf", None, 1234))
    assert blatt.angezeigt == {(1, 0): "-", (1, 1): "12,5 %"}
    assert blatt.fehler == {(1, 2): "#DIV/0!"}
    assert (blatt.verborgene_zeilen, blatt.verborgene_spalten) == ({1}, {2})
    assert blatt.verbunden == (Bereich(0, 0, 0, 1),)
    assert blatt.kommentare == {(2, 0): "Notiz"}


def test_two_readings_are_equal(datei):
    with xlsxwriter.Workbook(datei) as mappe:
        mappe.add_worksheet().write_row(0, 0, ["a", 1.5, True])
    assert read_rohmappe(datei) == read_rohmappe(str(datei))
