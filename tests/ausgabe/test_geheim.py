"""No secret anywhere in the package: not in cells, charts, sparklines, caches, properties, names."""

from __future__ import annotations

import re

from sozialtool.ausgabe.monitoring import write_monitoring
from sozialtool.fach.messwert import Zeichen
from tests.ausgabe.bau import BRUCH, KOMMUNE, baue_bericht, baue_tabelle
from tests.ausgabe.hilfen import parts

_GEHEIME = ("Zähler", "Wert", "von", "bis", "Lage", "zum Vorjahr", "zu vor 5 Jahren")
_ZAHL = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:E[+-]?\d+)?(?![\d.])")


def numbers_of(xml: bytes) -> set[float]:
    """Every number in cell values, formulas, texts and chart caches of a part."""
    text = xml.decode("utf-8")
    inhalte = re.findall(r">([^<]+)<", text)
    return {float(zahl) for inhalt in inhalte for zahl in _ZAHL.findall(inhalt.replace(",", "."))}


def test_planted_secrets_are_nowhere(tmp_path):
    """Two areas get a base of an unusual size and a count of 1 or 2; neither count nor rate may appear."""
    einzeln = {}
    for jahr in range(2019, 2026):
        einzeln["11", "ew", jahr] = einzeln["03", "ew", jahr] = 90023.0
        einzeln["11", "ew_15_25", jahr] = 7873.0
        einzeln["11", "alo_j", jahr] = 1.0
        einzeln["03", "ew_65", jahr] = 6421.0
        einzeln["03", "grusi", jahr] = 2.0
    tabelle = baue_tabelle(einzeln)
    kennzahlen = tabelle.kennzahlen
    geheim = kennzahlen.filter((kennzahlen["indikator"] == "A02") & (kennzahlen["gebiet"] == "11"))
    assert set(geheim["zeichen"]) == {Zeichen.GEHEIM.name}, "the planted value must really be secret"
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, baue_bericht(tabelle=tabelle))
    verboten = {1 / 7873 * 100, 2 / 6421 * 100, 0.0127, 0.0311, 0.03115}
    for name, inhalt in parts(ziel).items():
        funde = {zahl for zahl in numbers_of(inhalt) for v in verboten if abs(zahl - v) < 1e-6}
        assert not funde, (name, funde)


def test_every_suppressed_cell_is_without_number_everywhere(geladen):
    bericht = baue_bericht()
    daten = geladen["Daten"]
    kopf = [zelle.value for zelle in daten[1]]
    ort = {name: kopf.index(name) for name in kopf}
    gesperrt = 0
    for zeile in daten.iter_rows(min_row=2, values_only=True):
        if zeile[ort["Bedeutung"]] == Zeichen.GEHEIM.value:
            gesperrt += 1
            assert zeile[ort["Zeichen"]] == "•"
            assert [zeile[ort[name]] for name in _GEHEIME] == [None] * len(_GEHEIME)
    frame = bericht.tabelle.kennzahlen
    assert gesperrt == frame.filter(frame["zeichen"] == Zeichen.GEHEIM.name).height > 50


def test_charts_and_sparklines_have_gaps_where_tables_have_signs(geladen):
    bericht = baue_bericht()
    blatt = geladen["Diagrammdaten"]
    frame = bericht.tabelle.kennzahlen
    erwartet = {
        (zeile["indikator"], zeile["jahr"], zeile["gebiet"]): zeile["wert"] for zeile in frame.iter_rows(named=True)
    }
    namen = {gebiet.name: gebiet.schluessel for gebiet in bericht.gebiete}
    kennung, jahre, geprueft = "", [], 0
    for zeile in blatt.iter_rows(min_row=4, values_only=True):
        if zeile[0] and isinstance(zeile[1], str):
            kennung, jahre = zeile[0].split()[0], zeile[1:]
        elif zeile[0] in namen and jahre and str(jahre[0]).isdigit():
            for jahr, wert in zip(jahre, zeile[1:], strict=True):
                if jahr is not None and jahr.isdigit():
                    assert wert == erwartet[kennung, int(jahr), namen[zeile[0]]]
                    geprueft += 1
                elif jahr == "≠":
                    assert wert is None
    assert geprueft > 2000


def test_nothing_hidden_and_no_more_decimals_than_shown(monitoring):
    teile = parts(monitoring)
    for name, inhalt in teile.items():
        if name.startswith("xl/worksheets/sheet"):
            text = inhalt.decode()
            assert ' hidden="1"' not in text, name
            for zahl in re.findall(r"<v>(-?\d+\.\d+)</v>", text):
                # 71.4 is written with 16 digits as 71.40000000000001: the same number to Excel's 15 digits.
                assert float(f"{float(zahl):.15g}") == round(float(zahl), 2), (name, zahl)
    assert not [name for name in teile if "comment" in name or "vml" in name or "externalLink" in name]
    assert b'state="hidden"' not in teile["xl/workbook.xml"]
    assert KOMMUNE.name.encode() in teile["docProps/core.xml"]
    assert BRUCH.grund.encode() in teile["xl/sharedStrings.xml"]
