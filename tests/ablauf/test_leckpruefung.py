"""The checker finds what is planted into a written workbook, one hiding place each, and nothing in what the program wrote."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from copy import copy

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from sozialtool import ablauf, orte
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.cli import run
from sozialtool.einlesen.spuren import count_stellen
from sozialtool.fach.messwert import Messwert
from sozialtool.fehler import DateiFehlt, DateiUnlesbar, GeheimhaltungsFehler
from tests.ablauf.raumstadt import build_raumstadt

TAG = dt.date(2025, 12, 31)
BLATT = "Auf einen Blick"


@pytest.fixture(scope="module")
def stadt(tmp_path_factory):
    """The town with two unemployed people in Raum 3, and its workbook."""
    with pytest.MonkeyPatch.context() as flicken:
        flicken.setattr(orte, "einstellungen", lambda: tmp_path_factory.mktemp("eigen"))
        with build_raumstadt(tmp_path_factory.mktemp("leck") / "stadt", range(2024, 2026)) as projekt:
            with projekt.change("klein") as schreiber:
                schreiber.put_messwerte([Messwert("03", "arbeitslose", TAG, 2.0)])
            pfad = ablauf.ausgeben(projekt, 2025)
            nenner = next(
                w for g, m, s, w in compute(projekt).tabelle.messwerte.select("gebiet", "merkmal", "stand", "wert").iter_rows()
                if (g, m, s) == ("03", "ew_15_65", TAG)
            )  # fmt: skip
            yield projekt, pfad, 2.0 / nenner * 100


def lade(pfad):
    """Load with openpyxl, which says that it drops sparklines: here they do not matter."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Sparkline Group")
        return openpyxl.load_workbook(pfad)


def finde(blatt, zeile, spalte):
    """Cell of an area's row and an indicator's column."""
    (kopf,) = [z for reihe in blatt.iter_rows() for z in reihe if z.value == spalte]
    (links,) = [z for reihe in blatt.iter_rows(max_col=1) for z in reihe if z.value == zeile]
    return blatt.cell(links.row, kopf.column)


def geheime_zelle(mappe):
    zelle = finde(mappe[BLATT], "Raum 3", "Arbeitslose")
    assert zelle.value == "•"
    return zelle


def wert(mappe, quote):
    geheime_zelle(mappe).value = round(quote, 1)


def unter_der_sparkline(mappe, quote):
    """The row of figures behind the little line of Raum 3."""
    blatt = mappe["Diagrammdaten"]
    reihen = [z.row for (z,) in blatt.iter_rows(max_col=1) if z.value == "Raum 3"]
    for z in reihen:
        for y in range(z, 0, -1):
            text = str(blatt.cell(y, 1).value or "")
            if text and not text.startswith(("Raum", "Kleinstadt")):
                break
        if "Arbeitslosenanteil" in text:
            jahre = [blatt.cell(y, s).value for s in range(2, 4)]
            spalte = 2 + [str(j) for j in jahre].index("2025")
            assert blatt.cell(z, spalte).value is None
            blatt.cell(z, spalte).value = round(quote, 1)
            return
    raise AssertionError(reihen)


def ungerundet(mappe, quote):
    mappe["Deckblatt"]["B20"] = quote


def stellen(mappe, _):
    finde(mappe[BLATT], "Raum 5", "Arbeitslose").value += 0.0123


def farbe(mappe, _):
    blatt = mappe[BLATT]
    geheime_zelle(mappe).fill = next(
        copy(z.fill) for reihe in blatt.iter_rows() for z in reihe
        if isinstance(z.value, int | float) and z.fill.fill_type == "solid"  # a class of another figure
    )  # fmt: skip


def farbregel(mappe, _):
    regel = ColorScaleRule(start_type="min", start_color="FFFFFF", end_type="max", end_color="FF0000")
    mappe[BLATT].conditional_formatting.add("B1:B50", regel)


def sortierung(mappe, _):
    blatt = mappe[BLATT]
    spalte = geheime_zelle(mappe).column
    zeilen = [z.row for (z,) in blatt.iter_rows(max_col=1) if z.value and str(z.value).startswith("Raum ")]
    werte = {blatt.cell(z, 1).value: blatt.cell(z, spalte).value for z in zeilen}
    farben = {blatt.cell(z, 1).value: copy(blatt.cell(z, spalte).fill) for z in zeilen}
    offen = sorted((w, name) for name, w in werte.items() if isinstance(w, int | float))
    folge = [name for _, name in offen]
    folge[1:1] = [name for name, w in werte.items() if w == "•"]
    for z, name in zip(zeilen, reversed(folge), strict=True):
        blatt.cell(z, 1).value, blatt.cell(z, spalte).value = name, werte[name]
        blatt.cell(z, spalte).fill = farben[name]


def kommentar(mappe, _):
    geheime_zelle(mappe).comment = Comment("Es sind 2.", "jemand")


def eigenschaft(mappe, _):
    mappe.custom_doc_props.append(StringProperty(name="Zwischenstand", value="Raum 3: 2"))


def stichwort(mappe, quote):
    mappe.properties.keywords = f"Arbeitslose {quote:.2f}".replace(".", ",")


def name(mappe, _):
    mappe.defined_names["Hilfe"] = DefinedName("Hilfe", attr_text="2")


def blatt_verborgen(mappe, _):
    mappe.create_sheet("Nebenrechnung").sheet_state = "veryHidden"


def zeile_verborgen(mappe, _):
    mappe["Deckblatt"].row_dimensions[30].hidden = True


def spalte_verborgen(mappe, _):
    mappe["Deckblatt"].column_dimensions["H"].hidden = True


def formel(mappe, _):
    """The suppressed rate as a calculation with its two numbers in it."""
    geheime_zelle(mappe).value = "=2/1000*100"


def formel_mit_text(mappe, _):
    finde(mappe[BLATT], "Raum 5", "Arbeitslose").value = '=IF(1=1,8,"Raum 3: 2")'


def als_text(mappe, quote):
    geheime_zelle(mappe).value = f"{quote:.1f} %".replace(".", ",")


def zahlwort(mappe, _):
    geheime_zelle(mappe).comment = Comment("Nur zwei Fälle", "jemand")


def auswahlliste(mappe, _):
    regel = DataValidation(type="list", formula1='"2,geheim"')
    mappe[BLATT].add_data_validation(regel)
    regel.add("C20")


def eingabehinweis(mappe, _):
    regel = DataValidation(type="whole", prompt="Raum 3 hat 2", formula1="$A$1")
    mappe[BLATT].add_data_validation(regel)
    regel.add("C20")


def bedingte_formel(mappe, _):
    rot = PatternFill("solid", bgColor="FF0000")
    mappe[BLATT].conditional_formatting.add("B1:B50", FormulaRule(formula=["B1<3"], fill=rot))


def unsichtbar(mappe, _):
    mappe["Deckblatt"]["B40"] = 17
    mappe["Deckblatt"]["B40"].number_format = ";;;"


def weiss(mappe, _):
    mappe["Deckblatt"]["B40"] = 17
    mappe["Deckblatt"]["B40"].font = Font(color="FFFFFF")


def unter_verbundenen(mappe, _):
    blatt = mappe["Deckblatt"]
    blatt.merge_cells("B40:C40")
    # openpyxl empties the covered cells; a package need not.
    blatt._cells[40, 3] = Cell(blatt, 40, 3, "verdeckt")


def schmale_spalte(mappe, _):
    mappe["Deckblatt"].column_dimensions["H"].width = 0.05


def fusszeile(mappe, _):
    mappe["Deckblatt"].oddFooter.center.text = "Raum 3: 0,2 %"


def name_mit_rechnung(mappe, _):
    mappe.defined_names["Hilfe"] = DefinedName("Hilfe", attr_text="Deckblatt!$A$1*0+2")


PFLANZEN = [
    (formel, "LECK-FORMEL"), (formel_mit_text, "LECK-FORMEL"), (als_text, "LECK-WERT"), (zahlwort, "LECK-KOMMENTAR"),
    (auswahlliste, "LECK-EINGABE"), (eingabehinweis, "LECK-EINGABE"), (bedingte_formel, "LECK-FARBE"),
    (unsichtbar, "LECK-VERBORGEN"), (weiss, "LECK-VERBORGEN"), (unter_verbundenen, "LECK-VERBORGEN"),
    (schmale_spalte, "LECK-VERBORGEN"), (fusszeile, "LECK-RAND"), (name_mit_rechnung, "LECK-NAME"),
    (wert, "LECK-WERT"), (unter_der_sparkline, "LECK-WERT"), (ungerundet, "LECK-WERT"), (stellen, "LECK-STELLEN"), (farbe, "LECK-FARBE"),
    (farbregel, "LECK-FARBE"), (sortierung, "LECK-SORTIERUNG"), (kommentar, "LECK-KOMMENTAR"),
    (eigenschaft, "LECK-EIGENSCHAFT"), (stichwort, "LECK-EIGENSCHAFT"), (name, "LECK-NAME"),
    (blatt_verborgen, "LECK-VERBORGEN"), (zeile_verborgen, "LECK-VERBORGEN"), (spalte_verborgen, "LECK-VERBORGEN"),
]  # fmt: skip


@pytest.mark.parametrize(("pflanze", "code"), PFLANZEN, ids=lambda x: getattr(x, "__name__", ""))
def test_a_planted_leak_is_found(stadt, tmp_path, pflanze, code):
    projekt, pfad, quote = stadt
    mappe = lade(pfad)
    pflanze(mappe, quote)
    ziel = tmp_path / "x.xlsx"
    mappe.save(ziel)
    befunde = ablauf.check_arbeitsmappe(projekt, ziel)
    assert {b.code for b in befunde} == {code}
    assert all(b.datei == "x.xlsx" for b in befunde)
    # The message must not repeat what it is about.
    assert not any(re.search(r"\b2\b|0,1|\d,\d", b.meldung) for b in befunde)


def test_areas_that_come_again_are_not_sorted_over_several_indicators(stadt, tmp_path):
    """A Fördernachweis: per indicator the same areas in the town's order; that its numbers fall over two of them is chance."""
    projekt, _, _ = stadt
    mappe = openpyxl.Workbook()
    blatt = mappe.active
    blatt.append(["Sozialraum", "Verhältnis"])
    for zeile in (("Raum 1", 1.3), ("Raum 2", "•"), ("Raum 4", 1.2), ("Raum 1", 1.1), ("Raum 2", 0.7), ("Raum 4", 0.4)):
        blatt.append(zeile)
    mappe.save(tmp_path / "x.xlsx")
    assert "LECK-SORTIERUNG" not in {b.code for b in ablauf.check_arbeitsmappe(projekt, tmp_path / "x.xlsx")}
    for nr, name in enumerate(("Raum 5", "Raum 2", "Raum 4", "Raum 1", "Raum 6", "Raum 3"), 2):
        blatt.cell(nr, 1).value = name
    mappe.save(tmp_path / "y.xlsx")
    assert "LECK-SORTIERUNG" in {b.code for b in ablauf.check_arbeitsmappe(projekt, tmp_path / "y.xlsx")}


def umpacken(pfad, ziel, aendere):
    """Copy a package part by part."""
    with zipfile.ZipFile(pfad) as alt, zipfile.ZipFile(ziel, "w") as neu:
        for teil in alt.namelist():
            neu.writestr(teil, aendere(teil, alt.read(teil)))
    return ziel


def test_the_cache_of_a_chart(stadt, tmp_path):
    projekt, pfad, _ = stadt
    getroffen = []

    def aendere(teil, inhalt):
        if teil.startswith("xl/charts/chart") and not getroffen:
            neu = re.sub(rb"(<c:val>.*?<c:pt idx=\"0\"><c:v>)[^<]*", rb"\g<1>0.17", inhalt, count=1, flags=re.DOTALL)
            getroffen.append(neu != inhalt)
            return neu
        return inhalt

    befunde = ablauf.check_arbeitsmappe(projekt, umpacken(pfad, tmp_path / "x.xlsx", aendere))
    assert getroffen == [True]
    assert {b.code for b in befunde} == {"LECK-DIAGRAMM"}


def test_the_cached_value_of_a_formula(stadt, tmp_path):
    projekt, pfad, _ = stadt
    getroffen = []

    def aendere(teil, inhalt):
        if teil.startswith("xl/worksheets/") and not getroffen:
            neu = re.sub(rb"(<f>ROUND\([A-Z]+\d+/[^<]*</f><v>)[^<]*", rb"\g<1>99.9", inhalt, count=1)
            if neu != inhalt:
                getroffen.append(teil)
            return neu
        return inhalt

    befunde = ablauf.check_arbeitsmappe(projekt, umpacken(pfad, tmp_path / "x.xlsx", aendere))
    assert getroffen
    assert {b.code for b in befunde} == {"LECK-FORMEL"}


@pytest.mark.parametrize("text", ["Raum 3: zwei", "2 Personen"])
def test_words_in_a_chart(stadt, tmp_path, text):
    projekt, pfad, _ = stadt
    ersetzt = []

    def aendere(teil, inhalt):
        ende = b"</c:plotArea>"
        if teil.startswith("xl/charts/chart") and not ersetzt and ende in inhalt:
            ersetzt.append(teil)
            return inhalt.replace(ende, ende + f"<c:x><a:t>{text}</a:t></c:x>".encode(), 1)
        return inhalt

    befunde = ablauf.check_arbeitsmappe(projekt, umpacken(pfad, tmp_path / "x.xlsx", aendere))
    assert ersetzt
    assert {b.code for b in befunde} == {"LECK-ZEICHNUNG"}


def test_the_exact_rate_in_an_alternative_text(stadt, tmp_path):
    projekt, pfad, quote = stadt

    def aendere(teil, inhalt):
        if teil.startswith("xl/drawings/drawing"):
            return re.sub(rb'descr="', f'descr="{quote:.4f} '.replace(".", ",").encode(), inhalt, count=1)
        return inhalt

    befunde = ablauf.check_arbeitsmappe(projekt, umpacken(pfad, tmp_path / "x.xlsx", aendere))
    assert {b.code for b in befunde} == {"LECK-ZEICHNUNG"}


def test_parts_that_keep_data_of_their_own(stadt, tmp_path):
    projekt, pfad, _ = stadt
    ziel = umpacken(pfad, tmp_path / "x.xlsx", lambda _, inhalt: inhalt)
    with zipfile.ZipFile(ziel, "a") as paket:
        paket.writestr("xl/pivotCache/pivotCacheRecords1.xml", "<r/>")
    assert {b.code for b in ablauf.check_arbeitsmappe(projekt, ziel)} == {"LECK-TEIL"}


def test_what_the_program_writes_is_clean(stadt, capfd, tmp_path):
    projekt, pfad, quote = stadt
    assert ablauf.check_arbeitsmappe(projekt, pfad) == ()
    (tmp_path / "kaputt.xlsx").write_bytes(b"PK kaputt")
    with pytest.raises(DateiUnlesbar):
        ablauf.check_arbeitsmappe(projekt, tmp_path / "kaputt.xlsx")
    with pytest.raises(DateiFehlt):
        ablauf.check_arbeitsmappe(projekt, tmp_path / "nirgends.xlsx")
    assert run(["--projekt", str(projekt.pfad), "geheimhaltung", "pruefen", str(pfad)]) == 0
    assert "nichts gefunden" in capfd.readouterr().out
    mappe = lade(pfad)
    wert(mappe, quote)
    mappe.save(tmp_path / "x.xlsx")
    assert run(["--projekt", str(projekt.pfad), "geheimhaltung", "pruefen", str(tmp_path / "x.xlsx")]) == 1
    assert "gesperrt ist" in capfd.readouterr().out
    assert run(["--projekt", str(projekt.pfad), "geheimhaltung", "pruefen"]) == 2


@pytest.mark.parametrize("blatt", ["Auf einen Blick", "Verlauf", "Arbeit, Einkommen und Armut", "Steckbriefe"])
def test_a_leak_in_the_accessible_edition(stadt, tmp_path, blatt):
    """Its tables are long: area, indicator and year stand in the row or at the head of the column."""
    projekt, _, quote = stadt
    frei = ablauf.barrierefrei_of(ablauf.ausgeben(projekt, 2025, barrierefrei=True))
    assert ablauf.check_arbeitsmappe(projekt, frei) == ()
    mappe = lade(frei)
    # The rate of Raum 3: its row or its column names the area, its row the indicator.
    geheime = [
        z for reihe in mappe[blatt].iter_rows() for z in reihe
        if z.value == "• geheim" and str(reihe[1].value) in ("Arbeitslosenanteil", "A01")
    ]  # fmt: skip
    assert geheime
    for zelle in geheime:
        zelle.value = round(quote, 1)
    mappe.save(tmp_path / "x.xlsx")
    assert "LECK-WERT" in {b.code for b in ablauf.check_arbeitsmappe(projekt, tmp_path / "x.xlsx")}


def test_the_command_lists_what_is_suppressed_and_refuses_a_year_without_figures(stadt, capfd):
    projekt, _, _ = stadt
    pfad = str(projekt.pfad)
    assert run(["--projekt", pfad, "geheimhaltung"]) in (0, 1)
    ausgabe = capfd.readouterr().out
    zeile = next(z for z in ausgabe.splitlines() if z.startswith("  "))
    kennung, name = zeile.split()[0], zeile.rpartition(": ")[2].split(", ")[0]
    assert run(["--projekt", pfad, "geheimhaltung", "erklaeren", kennung, name]) == 0
    assert "ist nicht gesperrt" not in capfd.readouterr().out
    assert run(["--projekt", pfad, "geheimhaltung", "--jahr", "1999"]) == 2
    assert "kein Wert gesperrt" not in capfd.readouterr().out


def test_a_final_workbook_is_checked_before_it_is_kept(stadt, monkeypatch):
    projekt, _, _ = stadt
    from sozialtool.ausgabe import monitoring

    schreibe = monitoring.write_monitoring

    def mit_leck(pfad, bericht, **mehr):
        schreibe(pfad, bericht, **mehr)
        mappe = lade(pfad)
        kommentar(mappe, 0)
        mappe.save(pfad)

    monkeypatch.setattr(monitoring, "write_monitoring", mit_leck)
    with pytest.raises(GeheimhaltungsFehler, match="Kommentar"):
        ablauf.ausgeben(projekt, 2025, endgueltig=True)
    assert ablauf.list_veroeffentlichungen(projekt) == ()


@pytest.mark.parametrize(
    ("code", "anzahl"),
    [("0", 0), ('#,##0.0_s;"−"#,##0.0_s', 1), ('"▲"* #,##0.00_s', 2), ("0.0%", 3), ("", None), ("dd.mm.yyyy", None), ("@_s", None)],
)  # fmt: skip
def test_shown_decimals(code, anzahl):
    assert count_stellen(code) == anzahl
