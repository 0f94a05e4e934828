"""What `sozialtool beispiel` leaves in `ausgaben/2025`: the sheets that a reader opens, filled."""

from __future__ import annotations

import itertools
import re
import warnings
from decimal import ROUND_HALF_UP, Decimal

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from sozialtool.fach.aussage import Methode
from sozialtool.fach.schreibweise import FEST


@pytest.fixture(scope="module")
def blaetter(beispiel):
    """Sheet of the monitoring workbook → its rows without empty cells."""
    return _read(beispiel.arbeitsmappe)


def _read(pfad):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl does not know sparklines; it only reads here
        mappe = openpyxl.load_workbook(pfad, data_only=True)
    alle = {blatt.title: [[z for z in reihe if z is not None] for reihe in blatt.values] for blatt in mappe.worksheets}
    return {titel: [reihe for reihe in zeilen if reihe] for titel, zeilen in alle.items()}


def _tabelle(zeilen, name):
    """Rows from the title with this name to the next title."""
    ab = next(nr for nr, z in enumerate(zeilen) if str(z[0]).startswith("Tabelle") and name in str(z[0]))
    nummer = str(zeilen[ab][0]).partition(":")[0]
    andere = (
        nr
        for nr in range(ab + 1, len(zeilen))
        if str(zeilen[nr][0]).startswith("Tabelle") and nummer not in zeilen[nr][0]
    )
    return zeilen[ab : next(andere, None)]


def test_a_complete_count_shows_no_interval_anywhere(blaetter):
    """Altenquotient: agreed without interval. Neither limits nor a judgement by them; the sheet and the methods say why."""
    zeilen = _tabelle(blaetter["Bevölkerung"], "Altenquotient")
    kopf = {zelle for zeile in zeilen for zelle in zeile if isinstance(zelle, str)}
    assert not {"von", "bis", "95-%-Intervall"} & kopf
    assert any("Ohne Zufallsspanne: als Vollerhebung vereinbart." in text for text in kopf)
    assert not any("▲" in text or "▼" in text for text in kopf)
    assert not any("Altenquotient" in str(zelle) for zeile in blaetter["Vergleich"] for zelle in zeile)
    methoden = [str(zelle) for zeile in blaetter["Methoden und Quellen"] for zelle in zeile]
    assert Methode.OHNE_SPANNE.titel in methoden
    assert any("ohne Zufallsspanne: als Vollerhebung vereinbart" in text for text in methoden)


def test_a_mean_of_sum_and_number_alone_says_why_it_has_no_interval(blaetter):
    texte = {str(zelle) for zeile in _tabelle(blaetter["Wohnen"], "Wohnfläche je Person") for zelle in zeile}
    assert any("Ohne Zufallsspanne: Geliefert sind nur Summe und Anzahl." in text for text in texte)
    assert "von" not in texte
    methoden = {zelle for zeile in blaetter["Methoden und Quellen"] for zelle in zeile}
    assert Methode.MITTELWERT_OHNE.titel in methoden


RAEUME = ("Altstadt", "Am Bahnhof", "St. Marien", "Rheinfeld Nord", "Weststadt Mitte")


def _reihen(zeilen, name):
    """First cell → numbers of its row, in the table with this name."""
    tafel = _tabelle(zeilen, name)
    return {z[0]: [zahl for zahl in z[1:] if isinstance(zahl, int | float)] for z in tafel if isinstance(z[0], str)}


def test_index_and_its_robustness_are_filled(blaetter):
    index = [zeile for zeile in blaetter["Index"] if zeile[0] in RAEUME]
    assert {zeile[0] for zeile in index} == set(RAEUME)
    assert all(sum(isinstance(zelle, int | float) for zelle in zeile) >= 2 for zeile in index)
    robust = _reihen(blaetter["Robustheit"], "Ränge und Klassen bei anderer Wahl")
    for raum in RAEUME:
        rang, von, bis, gewichte, verfahren = robust[raum]
        assert von <= rang <= bis
        assert 0 <= min(gewichte, verfahren) <= max(gewichte, verfahren) <= 100


def test_tiles_stand_over_their_values(blaetter):
    zeilen = blaetter["Kachelkarte"]
    kacheln = {}
    for namen, werte in itertools.pairwise(zeilen):
        if all(isinstance(z, str) for z in namen) and all(isinstance(z, int | float) for z in werte):
            kacheln |= dict(zip(namen, werte, strict=True))
    assert set(RAEUME) <= set(kacheln)


def test_suppressed_figures_stand_with_what_remains_possible(blaetter):
    zeilen = blaetter["Geheimhaltung"]
    assert any(str(z[0]).startswith("Gesperrt sind ") for z in zeilen)
    spannen = {zelle for zeile in _tabelle(zeilen, "Gesperrte Grundzahlen") for zelle in zeile[2:]}
    assert {"0–3", "0–5"} <= {str(zelle) for zelle in spannen}


def test_money_is_distributed_to_the_last_cent(beispiel):
    pfad = beispiel.arbeitsmappe.with_name("Mittelverteilung.xlsx")
    blaetter = _read(pfad)
    assert next(iter(blaetter)) == "Vergleich"
    assert len(blaetter) >= 4
    # Name, heads, amount; the town's row last
    betraege = {z[0]: z[2] for z in blaetter["Nach Köpfen"] if len(z) > 4 and isinstance(z[2], int | float)}
    summe = betraege.pop("Zusammen")
    assert len(betraege) == 12
    assert summe == round(sum(betraege.values()), 2) == 250_000


def test_the_index_speaks_of_names_not_of_keys(blaetter):
    """A Kennung such as A07 or SI1 says nothing to a council."""
    for name in ("Index", "Robustheit"):
        text = " ".join(z for zeile in blaetter[name] for z in zeile if isinstance(z, str))
        assert not re.findall(r"\b(?:[ABFT]\d\d[a-z]?|SI\d)\b", text), name


def test_der_sozialbericht_hat_jedes_thema_und_jeden_sozialraum(beispiel):
    dokument = docx.Document(str(beispiel.arbeitsmappe.parent / "Sozialbericht_2025.docx"))
    koepfe = {p.text for p in dokument.paragraphs if p.style.name in ("Heading 1", "Heading 2")}
    assert {
        "Arbeit, Einkommen und Armut",
        "Bildung und Betreuung",
        "Rheinfeld Nord",
        "Linder Berg",
        "Empfehlungen",
        "Methode",
    } <= koepfe
    texte = [p.text for p in dokument.paragraphs]
    assert not [t for t in texte if "gibt es für" in t or "[" in t]
    bilder = [teil for teil in dokument.part.package.iter_parts() if teil.partname.endswith(".emf")]
    assert len(bilder) > 30


def test_der_sozialbericht_zeigt_was_das_buch_der_wahrheit_ergibt(beispiel, werte, gebiete):
    """SGB II of those under 18, computed here from wahrheit.csv: town, every Sozialraum, one sentence; a secret one is a point."""
    zaehler, nenner = werte["sgb2_unter_18", "2025-12-31"], werte["ew_unter_18", "2025-12-31"]
    quoten = {
        gebiete[g]["name"]: _quote(n, nenner[g])
        for g, n in zaehler.items()
        if g != "nz" and gebiete[g]["ebene"] == "sozialraum"
    }
    stadt = _quote(zaehler["05999038"], nenner["05999038"])
    assert (quoten["Rheinfeld Nord"], stadt, quoten["Linder Berg"]) == ("30,9", "12,8", "•"), (
        "the example as it is known"
    )
    koerper = docx.Document(str(beispiel.arbeitsmappe.parent / "Sozialbericht_2025.docx")).element.body
    tafeln = {t.tblPr.find(qn("w:tblCaption")).get(qn("w:val")): _zellen(t) for t in koerper.iter(qn("w:tbl"))}
    for raum, quote in quoten.items():
        (zeile,) = [
            z for z in tafeln[f"{raum} und Stadt im Vergleich, 2025"] if z[0].startswith("SGB-II-Quote der unter 18")
        ]
        assert zeile[1:3] == [quote, stadt], raum
    themen = [tafeln[f"Arbeit, Einkommen und Armut in den Sozialräumen von Lindenrath, 2025 ({nr})"] for nr in (1, 2)]
    assert len(themen[0][0]) == len(themen[1][0]), "eight indicators stand as four and four"
    (thema, spalte) = next((t, nr) for t in themen for nr, kopf in enumerate(t[0]) if kopf.startswith("SGB II <18"))
    assert {z[0]: z[spalte].split()[0] for z in thema[1:] if z[0] in quoten} == quoten
    absaetze = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in koerper.iter(qn("w:p"))]
    (satz,) = [" ".join(a.split()) for a in absaetze if a.startswith("SGB-II-Quote der unter 18-Jährigen 2025, Stadt")]
    assert f"Stadt {stadt} %: darüber Rheinfeld Nord ({quoten['Rheinfeld Nord']} %)" in satz


def _quote(zaehler, nenner):
    """One decimal, half away from zero; nothing but a point where the book has no number."""
    if zaehler is None:
        return "•"
    return str((Decimal(zaehler) * 100 / Decimal(nenner)).quantize(Decimal("0.1"), ROUND_HALF_UP)).replace(".", ",")


def _zellen(tabelle):
    return [
        ["".join(t.text or "" for t in zelle.iter(qn("w:t"))).replace(FEST, " ") for zelle in zeile.iter(qn("w:tc"))]
        for zeile in tabelle.iter(qn("w:tr"))
    ]


def test_the_drucksache_is_filled_and_in_the_order_of_the_council(beispiel, blaetter):
    d = docx.Document(str(beispiel.arbeitsmappe.with_name("Drucksache_2025.docx")))
    texte = [absatz.text for absatz in d.paragraphs if absatz.text]
    koepfe = [absatz.text for absatz in d.paragraphs if absatz.style.name in ("Title", "Heading 1")]
    assert koepfe[0] == "Beratungsfolge"
    assert koepfe[2:] == [
        "Beschlussvorschlag", "Finanzielle und bilanzielle Auswirkungen", "Klimaschutzrelevanz", "Sachdarstellung", "Anlagen",
    ]  # fmt: skip
    assert not [text for text in texte if "{" in text or "?]" in text]
    assert any("30,9\u00a0% (Stadt 12,8\u00a0%), deutlich höher" in text for text in texte)
    assert not [text for text in texte if re.search(r"\([^()]*\(", text)], "brackets in brackets"
    (davor,) = (text for text in texte if text.startswith("Hier setzen die Maßnahmen an"))
    orte = [text.partition(":")[0] for text in texte[texte.index(davor) + 1 :][:2]]
    assert orte == ["Am Bahnhof", "Rheinfeld Nord"], "in the order of the sentence above"
    assert "2025" in davor
    assert "SGB\u00a0II" in davor or "SGB II" in davor
    assert "Anlage 1 zur Drucksache 26/031" in {zelle for zeile in blaetter["Deckblatt"] for zelle in zeile}
