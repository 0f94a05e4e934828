"""How far it is: a small town of squares whose distances can be worked out by hand, and everything that can be missing."""

from __future__ import annotations

import json
import shutil

import attrs
import openpyxl
import pytest
from raumstadt import BLOECKE, build_raumstadt

from sozialtool import ablauf
from sozialtool.ablauf.bestandstafel import build_bestandstafel, build_versorgungstafel
from sozialtool.ablauf.entfernungsblatt import build_entfernungstabellen
from sozialtool.ablauf.entfernungstafel import (
    build_entfernungstafel,
    build_entfernungsuebersicht,
    list_entfernungen,
    write_meter,
)
from sozialtool.ablauf.ortspruefung import find_ortshinweise
from sozialtool.cli import run
from sozialtool.fach.karte import Umriss
from sozialtool.fach.lage import Lage
from sozialtool.fach.planung import Bestandsform, Einrichtung
from sozialtool.fach.versorgung import Versorgungsmass, Zaehlweise
from sozialtool.fehler import DatenFehler

URSPRUNG = Lage(51.7205, 6.6871)
SEITE = 1000
MASS = Versorgungsmass(
    "treff", "Treffs", ("Begegnung",), ("ew",), "Menschen", Zaehlweise.ORTE, 1000, indikatoren=("B01",), erreichbar=1100
)
AGS = "05999004"


def lage(ost, nord):
    """A place so many metres east and north of the origin."""
    ort = URSPRUNG.unflatten((ost, nord))
    return {"breite": round(ort.breite, 6), "laenge": round(ort.laenge, 6)}


def treff(schluessel, gebiet, wo=None, **mehr):
    return Einrichtung(schluessel, f"Treff {schluessel}", "Begegnung", gebiet, **(lage(*wo) if wo else {}), **mehr)


@pytest.fixture(scope="module")
def stadt(tmp_path_factory):
    """Six Sozialräume side by side, each a column of three blocks of 1 km: block b1a has its middle at (1500, 500)."""
    ordner = tmp_path_factory.mktemp("entfernung")
    stuecke = []
    for block in BLOECKE:
        x, y = SEITE * int(block[1]), -SEITE * "abc".index(block[2])
        ecken = [(x, y), (x + SEITE, y), (x + SEITE, y + SEITE), (x, y + SEITE), (x, y)]
        ring = [[o.laenge, o.breite] for o in (URSPRUNG.unflatten(e) for e in ecken)]
        stuecke.append(
            {"type": "Feature", "properties": {"nr": block}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        )
    datei = ordner / "bloecke.geojson"
    datei.write_text(json.dumps({"type": "FeatureCollection", "features": stuecke}), encoding="utf-8")
    with build_raumstadt(ordner / "stadt", range(2025, 2026)) as projekt:
        ablauf.save_umrisse(projekt, ablauf.read_umrisse(projekt, datei))
        with projekt.change("Maß") as schreiber:
            schreiber.put(MASS)
        return projekt.pfad


@pytest.fixture
def projekt(stadt, tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    shutil.copytree(stadt.parent, tmp_path / "stadt")
    with ablauf.open_projekt(tmp_path / "stadt" / stadt.name) as projekt:
        yield projekt


def fuelle(projekt, *orte):
    with projekt.change("Bestand") as schreiber:
        schreiber.put(*orte)


def weit(projekt):
    (bild,) = ablauf.compute_versorgungen(projekt)
    return bild, {z.gebiet.schluessel: z.entfernung for z in bild.zeilen}


def test_distances_are_those_worked_out_by_hand(projekt, monkeypatch):
    # One Treff in the very middle of block b1a, one in that of b6c. Sozialraum 01: its blocks lie 0, 1000 and 2000 m south of it.
    fuelle(projekt, treff("T1", "01", (1500, 500)), treff("T2", "06", (6500, -1500)))
    bild, je = weit(projekt)
    assert (je["01"].mittel, je["01"].weiteste) == pytest.approx((1000, 2000), rel=0.01)
    assert (je["01"].anzahl, je["01"].nah, je["01"].wo, je["01"].hoechstens) == (3, 2, "Block b1c", False)
    # 02 lies 1 km east of it: 1000, √2 · 1000, √5 · 1000.
    assert je["02"].mittel == pytest.approx((1000 + 1414.2 + 2236.1) / 3, rel=0.01)
    # 04 is 3 km from T1 and 2 km from T2; its rows a, b, c: nearest √8, √5, 2 (T2).
    assert je["04"].mittel == pytest.approx((2828.4 + 2236.1 + 2000) / 3, rel=0.01)
    assert je["04"].nah == 0
    assert je[AGS].anzahl == 18
    assert je[AGS].weiteste == pytest.approx(2828.4, rel=0.01)
    tafel = build_entfernungstafel(bild)
    assert tafel.zeilen[1].texte == ("Raum 1", "1.000 m", "2.000 m", "2 von 3", "  Block b1c")
    assert any(
        "im Mittel 1.000 m, die weiteste 2.000 m (Block b1c); von 2 der 3 kleinsten Gebiete aus sind es bis 1.100 m"
        in t
        for t in build_versorgungstafel(bild).zeilen[1].detail
    )
    mittel, weiteste, nah = build_entfernungstabellen([bild])
    assert [t.zeilen[1].zellen[1].wert for t in (mittel, weiteste)] == [1000, 2000]
    assert [w.wert for w in nah.zeilen[1].zellen[1:]] == [3, 67]
    assert "Wie viele Menschen" in " ".join(mittel.anmerkungen)
    saetze = dict(list_entfernungen([bild]))
    assert saetze["01"].startswith("Zu nichts, was wohnortnah gebraucht wird, ist es im Mittel anderthalbmal so weit")
    monkeypatch.setattr("sozialtool.ablauf.entfernungstafel._WEITER", 1.2)
    weit_weg = {g: e for g, e in je.items() if g != AGS and e.mittel >= 1.2 * je[AGS].mittel}
    assert weit_weg
    for g, satz in list_entfernungen([bild]):
        assert (f"Treffs {write_meter(je[g].mittel)} (Stadt {write_meter(je[AGS].mittel)})" in satz) == (g in weit_weg)


def test_one_without_position_makes_every_distance_an_upper_bound(projekt):
    telefon = treff("T3", AGS, form=Bestandsform.ANGEBOT)
    fuelle(projekt, treff("T1", "01", (1500, 500)), treff("T2", "06"), telefon)
    bild, je = weit(projekt)
    assert je["06"].hoechstens
    assert je["06"].mittel > 5000
    # What is offered to the whole town by telephone is nowhere, and makes nothing uncertain.
    assert "1 von 2 ohne Lage (Treff T2)" in bild.entfernungen[1]
    tafel = build_entfernungsuebersicht([bild])
    assert tafel.zeilen[0].texte[1].startswith("≤ ")
    assert "≥ 3 von 18 bis 1.100 m" in tafel.zeilen[0].texte[3]
    mittel, _, nah = build_entfernungstabellen([bild])
    assert (mittel.spalten[1].einheit, nah.spalten[2].einheit) == ("m, höchstens", "%, bis 1.100 m, mindestens")
    with projekt.change("nur noch am Telefon") as schreiber:
        schreiber.remove(Einrichtung, "T2")
    assert not weit(projekt)[1]["06"].hoechstens
    for _, satz in list_entfernungen([bild]):
        assert satz == "Nicht zu sagen, weil bei Orten die Lage fehlt: Treffs.", (
            "two upper bounds say nothing of their ratio"
        )


def test_without_any_position_nothing_is_said(projekt):
    fuelle(projekt, treff("T1", "01"), attrs.evolve(treff("T2", "01"), breite=51.7))
    bild, je = weit(projekt)
    assert (bild.entfernungen, set(je.values())) == ((), {None})
    assert build_entfernungstabellen([bild]) == ()
    assert "Breite und Länge" in build_entfernungstafel(bild).leer
    assert "Lage" not in build_bestandstafel(projekt).hinweise[0]


def test_outlines_that_are_missing_or_in_an_unknown_grid(projekt):
    fuelle(projekt, treff("T1", "01", (1500, 500)))
    alle = projekt.read(Umriss)
    with projekt.change("drei fehlen") as schreiber:
        for block in ("b1c", "b2a", "b2b", "b2c"):
            schreiber.remove(Umriss, block)
    bild, je = weit(projekt)
    assert (je["01"].anzahl, je["01"].ohne_umriss, je["02"]) == (2, ("Block b1c",), None)
    assert any("Block b1c, Block b2a, Block b2b, Block b2c." in satz for satz in bild.entfernungen)
    assert build_entfernungstafel(bild).zeilen[2].texte[1] == "–"
    with projekt.change("unbekanntes Gitter") as schreiber:
        schreiber.put(*(attrs.evolve(u, bezug="") for u in alle))
    bild, je = weit(projekt)
    assert set(je.values()) == {None}
    assert "RFC 7946" in bild.entfernungen[0]
    assert "RFC 7946" in build_entfernungsuebersicht([bild]).leer
    with projekt.change("gar keine") as schreiber:
        for umriss in alle:
            schreiber.remove(Umriss, umriss.gebiet)
    assert "fehlen die Umrisse" in weit(projekt)[0].entfernungen[0]
    assert find_ortshinweise(projekt) == {}


def test_without_smaller_areas_the_sozialraum_itself_is_measured(projekt):
    fuelle(projekt, treff("T1", "01", (1500, 500)))
    bezug = projekt.read(Umriss)[0].bezug
    with projekt.change("nur Sozialräume") as schreiber:
        for umriss in projekt.read(Umriss):
            schreiber.remove(Umriss, umriss.gebiet)
        quadrat = ("0 0,100 0,100 100,0 100",)
        schreiber.put(Umriss("01", "2019", quadrat, bezug=bezug), Umriss("02", "überholt", quadrat, bezug=bezug))
    bild, je = weit(projekt)
    assert (je["01"].anzahl, je["02"]) == (1, None)
    # One of six is drawn: how big the town is, nobody knows, so the Treff still counts.
    assert "passen nicht zum eingetragenen Sozialraum: Treff T1" in bild.entfernungen[-1]
    (satz,) = [t for t in build_versorgungstafel(bild).zeilen[1].detail if "Luftlinie" in t]
    assert "gemessen von der Mitte, nicht in Reichweite (bis 1.100 m)" in satz


def test_a_position_in_another_sozialraum_or_far_away_is_pointed_out(projekt, capfd):
    fuelle(
        projekt,
        treff("gut", "01", (1500, 500)), treff("rand", "01", (2050, 500)), treff("block", "b2a", (2500, 500)), treff("nachbar", "06", (9000, 500)),
        treff("stadt", AGS, (3500, 500)), treff("falsch", "01", (3500, 500)), treff("fern", "01", (1500, 40_000)),
    )  # fmt: skip
    hinweise = find_ortshinweise(projekt)
    assert set(hinweise) == {"falsch", "fern"}
    assert hinweise["falsch"] == "Breite und Länge liegen in Raum 3, eingetragen ist Raum 1. Was stimmt?"
    assert "39 km außerhalb der Stadt" in hinweise["fern"]
    tafel = ablauf.mark_tafel(projekt, build_bestandstafel(projekt))
    assert tafel.hinweise[0] == "2 Einträge: bitte prüfen (!)."
    assert sum("Breite und Länge" in satz for satz in ablauf.list_hinweise(projekt)) == 2
    werte = {"schluessel": "N", "name": "Neu", "art": "Begegnung", "gebiet": "Raum 1", **lage(3500, 500)}
    assert "Raum 3, eingetragen ist Raum 1" in " ".join(ablauf.check_eingabe(projekt, Einrichtung, werte))
    # What stood there before and was not touched is not said again.
    assert ablauf.check_eingabe(projekt, Einrichtung, {"plaetze": 9}, projekt.get(Einrichtung, "falsch")) == ()
    assert {z.schluessel for z in tafel.zeilen if z.texte[0].startswith("! ")} == {"falsch", "fern"}
    pfad = projekt.pfad
    liste = pfad.parent / "bestand.xlsx"
    ablauf.export_liste(projekt, "einrichtungen", liste)
    with projekt.change("weg") as schreiber:
        schreiber.remove(Einrichtung, "falsch")
    projekt.close()
    assert run(["liste", "einlesen", "einrichtungen", str(liste), "--projekt", str(pfad)]) == 1
    assert "„Treff falsch“: Bitte prüfen: Breite und Länge liegen in Raum 3" in capfd.readouterr().err


def test_a_doubtful_position_is_not_measured_with_as_if_it_were_right(projekt):
    treffs = treff("T1", "01", (1500, 500)), treff("fern", "06", (1500, 400_000)), treff("falsch", "01", (3500, 500))
    fuelle(projekt, *treffs)
    bild, je = weit(projekt)
    # As if "fern" had no position: an upper bound. "falsch" is measured where it lies, in the middle of b3a.
    assert je["06"].hoechstens
    assert je["03"].mittel == pytest.approx(1000, rel=0.01)
    fern = "Breite und Länge weit außerhalb der Stadt: Treff fern. Das zählt wie ohne Lage; bitte prüfen."
    fremd = "Breite und Länge passen nicht zum eingetragenen Sozialraum: Treff falsch."
    assert "zum nächsten der 2 Orte mit Lage" in bild.entfernungen[0]
    assert bild.entfernungen[1].startswith("1 von 3 ohne Lage (Treff fern): ")
    blatt, *_ = build_entfernungstabellen([bild])
    for satz in (fern, fremd):
        tafel, uebersicht = build_entfernungstafel(bild), build_entfernungsuebersicht([bild])
        assert all(satz in " ".join(wo) for wo in (tafel.hinweise, uebersicht.hinweise, blatt.anmerkungen)), satz
    with projekt.change("nur noch die falschen") as schreiber:
        schreiber.remove(Einrichtung, "fern")
    bild, je = weit(projekt)
    assert not je["06"].hoechstens
    assert "höchstens" not in build_entfernungsuebersicht([bild]).hinweise[0]
    fuelle(projekt, treffs[1])
    with projekt.change("nur noch fern") as schreiber:
        for schluessel in ("T1", "falsch"):
            schreiber.remove(Einrichtung, schluessel)
    bild, je = weit(projekt)
    assert set(je.values()) == {None}
    assert bild.entfernungen == ("Keine Entfernungen: 1 Eintrag, keiner davon mit Lage.", fern)


def test_positions_come_back_from_excel_as_numbers_or_as_text(projekt):
    fuelle(projekt, treff("T1", "01", (1500, 500)), treff("T2", "02"), treff("T3", "03"))
    liste = projekt.pfad.parent / "bestand.xlsx"
    ablauf.export_liste(projekt, "einrichtungen", liste)
    assert not ablauf.import_liste(projekt, "einrichtungen", liste)
    mappe = openpyxl.load_workbook(liste)
    blatt = next(
        b for b in mappe if any("Geografische Breite" in str(z.value) for reihe in b.iter_rows() for z in reihe)
    )
    kopf = {str(z.value).split(" *")[0]: z for reihe in blatt.iter_rows() for z in reihe if z.value}
    zeilen = {str(blatt.cell(r, kopf["Schlüssel"].column).value): r for r in range(1, blatt.max_row + 1)}
    for schluessel, breite, laenge in (("T2", "51,720", "6,687"), ("T3", "51.720", "6.687")):
        for name, text in (("Geografische Breite", breite), ("Geografische Länge", laenge)):
            spalte = next(z.column for titel, z in kopf.items() if titel.startswith(name))
            blatt.cell(zeilen[schluessel], spalte).value = text
    mappe.save(liste)
    ablauf.save_liste(projekt, ablauf.import_liste(projekt, "einrichtungen", liste))
    assert [(e.breite, e.laenge) for e in projekt.read(Einrichtung)[1:]] == [(51.72, 6.687)] * 2
    assert projekt.read(Einrichtung)[0] == treff("T1", "01", (1500, 500))


def test_a_limit_must_be_a_distance(projekt):
    liste = projekt.pfad.parent / "versorgung.xlsx"
    with projekt.change("null Meter") as schreiber:
        schreiber.put(attrs.evolve(MASS, erreichbar=0))
    ablauf.export_liste(projekt, "versorgung", liste)
    with pytest.raises(DatenFehler, match="Erreichbar bis"):
        ablauf.import_liste(projekt, "versorgung", liste)


def test_the_handover_has_positions_and_where_outlines_lie(projekt):
    fuelle(projekt, treff("T1", "01", (1500, 500)))
    ordner, _ = ablauf.write_uebergabe(projekt)
    texte = {
        d.name: [[z.value for z in reihe] for b in openpyxl.load_workbook(d) for reihe in b.iter_rows()]
        for d in ordner.rglob("*.xlsx")
    }
    zellen = [zelle for zeilen in texte.values() for reihe in zeilen for zelle in reihe]
    assert projekt.read(Einrichtung)[0].breite in zellen
    assert projekt.read(Umriss)[0].bezug in zellen
