"""The Übergabe of Lindenrath: every value of the project comes back from the plain workbooks, and the contents tell the truth."""

from __future__ import annotations

import openpyxl

from sozialtool import ablauf
from sozialtool.projekt.tabellen import GESPEICHERT
from tests.ablauf.zuruecklesen import read_klassen, read_ordner, same


def test_every_value_of_every_class_comes_back(beispiel):
    ordner = beispiel.arbeitsmappe.parent / "uebergabe"
    blaetter = read_ordner(ordner)
    zurueck = read_klassen(blaetter)
    with ablauf.open_projekt(beispiel.projekt, nur_lesen=True) as projekt:
        for klasse in GESPEICHERT:
            erwartet = projekt.read(klasse)
            assert len(zurueck[klasse]) == len(erwartet), klasse.__name__
            falsch = [(a, b) for a, b in zip(zurueck[klasse], erwartet, strict=True) if not same(a, b)]
            assert not falsch, falsch[:2]
        verlauf = projekt.verlauf(10**6)
    assert sum(len(eintraege) for eintraege in zurueck.values()) > 15_000
    inhalt = openpyxl.load_workbook(ordner / "Inhalt.xlsx")
    posten = {(z[0], z[1]): z[2:] for z in inhalt["Inhalt"].values if z[0] and str(z[0]).endswith(".xlsx")}
    for (datei, blatt), (_, zeilen) in blaetter.items():
        if datei != "Inhalt":
            anzahl, was, geheim = posten.pop((f"{datei}.xlsx", blatt))[:3]
            assert anzahl == len(zeilen)
            assert was.endswith(".")
            assert geheim.startswith("ja: ") == datei.endswith("NICHT_WEITERGEBEN")
            if blatt == "Verlauf":
                assert [z[3] for z in zeilen] == [a.text for a in reversed(verlauf)]
    assert not posten
    assert any("NICHT WEITERGEBEN" in str(z) for zeile in inhalt["Inhalt"].values for z in zeile)
