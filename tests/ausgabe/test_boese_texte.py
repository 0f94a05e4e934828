"""Texts from outside stay texts, whatever they look like; sheet names are always accepted."""

from __future__ import annotations

import csv
import re
from xml.etree import ElementTree as ET

import attrs
import pytest

from sozialtool.ausgabe.mappe import Mappe
from sozialtool.ausgabe.monitoring import write_monitoring
from sozialtool.fach.indikator import Handlungsfeld
from sozialtool.fach.quelle import Quelle
from tests.ausgabe.bau import EBENEN, FELDER, GEBIETE, KOMMUNE, baue_bericht, indikatoren
from tests.ausgabe.hilfen import load, parts

EIGENE = [
    "=cmd|' /C calc'!A0",
    "[/x].xlsx",
    "a\x0bb\x00c",
    "&P&[Datei]",
    "<b>&amp;</b>",
    "_x0041_",
    "\ud800kaputt",
    "{0}",
    "%s",
    "“Größe”",
]


def hostile_bericht(texte):
    """A report in which every name, note and source is hostile."""
    paar = [*texte, *texte, *texte]
    gebiete = [attrs.evolve(g, name=f"{text}") for g, text in zip(GEBIETE, paar, strict=False)]
    inds = [
        attrs.evolve(ind, name=paar[nr % len(paar)], hinweis=paar[(nr + 1) % len(paar)], quelle=paar[(nr + 2) % len(paar)],
                     einheit=paar[(nr + 3) % len(paar)], kurzname=paar[(nr + 4) % len(paar)])
        for nr, ind in enumerate(indikatoren())
    ]  # fmt: skip
    felder = [attrs.evolve(feld, name=text) for feld, text in zip(FELDER, paar, strict=False)]
    quellen = [Quelle(f"q{nr}", text, "00", text) for nr, text in enumerate(texte)]
    return baue_bericht(
        gebiete=tuple(gebiete), indikatoren=tuple(inds), handlungsfelder=tuple(felder), quellen=tuple(quellen),
        kommune=attrs.evolve(KOMMUNE, name=texte[0], kreis=texte[1]), ebenen=tuple(attrs.evolve(e, mehrzahl=texte[2]) for e in EBENEN),
        drucksache=texte[3], anlage=texte[3], gebietsstand=texte[4], hinweise=tuple(texte),
    )  # fmt: skip


def check_harmless(pfad, texte):
    teile = parts(pfad)
    for name, inhalt in teile.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(inhalt)
        if name.startswith("xl/worksheets/sheet"):
            for formel in re.findall(r"<f>([^<]*)</f>", inhalt.decode()):
                assert re.fullmatch(r"ROUND\([A-Z]+\d+[-/][A-Z]+\d+(\*[\d.]+)?,\d\)", formel), formel
        if name.startswith("xl/charts/chart"):
            for formel in re.findall(r"<c:f>([^<]*)</c:f>", inhalt.decode()):
                assert formel.startswith("Diagrammdaten!$"), formel
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in inhalt
    namen = {
        zelle
        for zeile in load(pfad)["Daten"].iter_rows(min_row=2, min_col=2, max_col=2, values_only=True)
        for zelle in zeile
    }
    for text in texte:
        if "\x00" not in text and "\ud800" not in text:
            assert text in namen


def test_injection_strings_stay_text(tmp_path, daten):
    with (daten / "feindliche_dateien" / "formula_injection_strings.csv").open(encoding="utf-8", newline="") as datei:
        texte = [zeile["text"] for zeile in csv.DictReader(datei)]
    assert len(texte) == 12
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, hostile_bericht(texte))
    check_harmless(ziel, texte)


def test_other_hostile_names_stay_text(tmp_path):
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, hostile_bericht(EIGENE))
    check_harmless(ziel, EIGENE)


@pytest.mark.parametrize(
    "wunsch",
    [
        "",
        "   ",
        "a/b:c*d?e[f]g\\h",
        "'",
        "'Kinder'",
        "History",
        "Historie",
        "x" * 50,
        "Ä" * 31,
        "👪" * 31,
        "\x00\x07",
        "=1+1",
        "Daten",
    ],
)
def test_sheet_names_are_accepted_and_unique(tmp_path, wunsch):
    mappe = Mappe(tmp_path / "m.xlsx")
    namen = [mappe.add_blatt(wunsch).get_name() for _ in range(12)]
    mappe.close()
    assert len({name.casefold() for name in namen}) == 12
    for name in namen:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert "'" not in (name[0], name[-1])
        assert name.casefold() != "history"


def test_handlungsfelder_with_the_names_of_our_own_sheets(tmp_path):
    felder = tuple(
        Handlungsfeld(feld.schluessel, name, nr)
        for nr, (feld, name) in enumerate(
            zip(FELDER, ["Daten", "Inhalt", "Verlauf", "Diagrammdaten", "deckblatt", "Index"], strict=True)
        )
    )
    ziel = tmp_path / "m.xlsx"
    write_monitoring(ziel, baue_bericht(handlungsfelder=felder))
    namen = load(ziel).sheetnames
    assert len({name.casefold() for name in namen}) == len(namen)
    assert namen[0] == "Deckblatt"
    assert "Daten" in namen
