"""Inventory and supply: from records and released figures to screen, command and list."""

from __future__ import annotations

import datetime as dt

import openpyxl
import polars as pl
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf, katalog
from sozialtool.ablauf.belege import describe_versorgungsbeleg
from sozialtool.ablauf.bestandstafel import build_auffaelligentafel, build_bestandstafel, build_versorgungstafel
from sozialtool.ablauf.kennzahlen import compute
from sozialtool.ablauf.plangrundlage import read_plangrundlage
from sozialtool.ablauf.planungsblaetter import build_planungsblaetter
from sozialtool.ablauf.versorgungsbild import Versorgungsbild
from sozialtool.cli import run
from sozialtool.fach.messwert import Merkmal, Messwert, Zeichen
from sozialtool.fach.planung import ARTEN, Einrichtung
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.versorgung import Versorgungslage, Versorgungsmass
from sozialtool.fehler import BedienFehler
from sozialtool.rechnen.versorgung import Regel, compute_versorgung

U18 = Versorgungsmass(
    "jugend", "Jugendplätze", ("Jugendeinrichtung",), ("ew_unter_18",), "unter 18-Jährige", indikatoren=("A07",)
)


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2025, 2026)) as projekt:
        yield projekt


def jugend(nummer, gebiet, plaetze):
    return Einrichtung(
        f"J{nummer}", f"Haus {nummer}", "Jugendeinrichtung", gebiet, traeger=f"T{nummer}", plaetze=plaetze
    )


def fuelle(projekt, *orte):
    with projekt.change("Bestand") as schreiber:
        schreiber.put(U18, *orte)


def test_facilities_of_smaller_areas_count_in_the_sozialraum_and_all_in_the_town(projekt):
    with projekt.change("Bezirk") as schreiber:
        schreiber.put(Gebiet("0101", "Markt", "bezirk", "01"))
    fuelle(
        projekt,
        jugend(1, "0101", 40),
        jugend(2, "01", 10),
        jugend(3, "A", 5),
        jugend(4, "05999004", 7),
        jugend(5, "weg", 1),
    )
    (bild,) = ablauf.compute_versorgungen(projekt)
    je = {z.gebiet.schluessel: z.menge for z in bild.zeilen}
    assert (je["01"], je["02"], je["05999004"]) == (50, 0, 63)
    assert any("3 gelten für die ganze Stadt" in satz for satz in bild.hinweise)


def test_people_come_from_the_released_table_alone(projekt):
    fuelle(projekt, *(jugend(n, f"0{n}", 50) for n in range(1, 7)))
    tabelle = compute(projekt).tabelle.messwerte.filter(pl.col("merkmal") == "ew_unter_18")
    frei = dict(tabelle.select("gebiet", "wert").iter_rows())
    (bild,) = ablauf.compute_versorgungen(projekt)
    for zeile in bild.zeilen:
        assert zeile.gruppe == frei[zeile.gebiet.schluessel]
        assert zeile.wert == pytest.approx(zeile.menge / frei[zeile.gebiet.schluessel] * 100)
    fremd = Versorgungsmass("x", "X", ("Jugendeinrichtung",), ("ew_unter_3",))
    with projekt.change("anders") as schreiber:
        schreiber.remove(Versorgungsmass, "jugend")
        schreiber.put(fremd)
    (bild,) = ablauf.compute_versorgungen(projekt)
    assert {z.wert for z in bild.zeilen} == {None}
    name = projekt.get(Merkmal, "ew_unter_3").name
    assert f"Nicht gerechnet: „{name}“ ist für 2025 nicht geliefert." in bild.hinweise
    assert {z.zeichen for z in bild.zeilen} == {Zeichen.ABGELEITET}


def test_what_was_not_computed_is_no_finding_of_nothing(projekt, capsys):
    fremd = Versorgungsmass("x", "Krippe", ("Jugendeinrichtung",), ("ew_unter_3",))
    tafel = build_auffaelligentafel(ablauf.compute_versorgungen(projekt))
    assert tafel.leer == "Im Bestand steht noch nichts, was gezählt wird."
    with projekt.change("anders") as schreiber:
        schreiber.put(fremd, jugend(1, "01", 60))
        schreiber.put_messwerte([Messwert(f"0{n}", "ew_unter_3", dt.date(2025, 12, 31), 90.0) for n in range(1, 7)])
    bilder = ablauf.compute_versorgungen(projekt)
    tafel = build_auffaelligentafel(bilder)
    assert tafel.leer == "Nicht zu sagen: Es ist nichts gerechnet."
    name = projekt.get(Merkmal, "ew_unter_3").name
    (satz,) = (h for h in tafel.hinweise if h.startswith("Krippe: "))
    assert f"„{name}“ ist für 2025 nicht veröffentlicht; dafür ist zu vereinbaren: " in satz
    assert "ew_unter_3" not in satz
    assert [z.texte[2] for z in build_versorgungstafel(bilder[0]).zeilen] == ["k. A."] * len(bilder[0].zeilen)
    blaetter = build_planungsblaetter(projekt, read_plangrundlage(projekt))
    (blatt,) = (b for b in blaetter if b.name == "Versorgung")
    assert "•" not in str(blatt.tabelle.zeilen)


def test_a_secret_group_keeps_its_sign(projekt):
    fuelle(projekt, *(jugend(n, f"0{n}", 50) for n in range(1, 7)))
    with projekt.change("klein") as schreiber:
        schreiber.put_messwerte([Messwert("01", "ew_unter_18", dt.date(2025, 12, 31), 2.0)])
    bilder = ablauf.compute_versorgungen(projekt)
    zeile = next(z for z in bilder[0].zeilen if z.gebiet.schluessel == "01")
    assert (zeile.zeichen, zeile.grund) == (Zeichen.GEHEIM, "Die Zahl der Gruppe: geheim.")
    assert "soweit gerechnet ist" in build_auffaelligentafel(bilder).leer


def test_the_rule_follows_the_agreed_threshold(projekt):
    fuelle(projekt, *(jugend(n, f"0{n}", 60 if n > 1 else 40) for n in range(1, 7)))

    def lage():
        return next(z.lage for z in ablauf.compute_versorgungen(projekt)[0].zeilen if z.gebiet.schluessel == "01")

    vorher = lage()
    beschluss = ablauf.Beschluss(katalog_zustand(), None, "Rat")
    ablauf.decide(projekt, ["versorgung_luecke"], beschluss, wert=100)
    assert lage() is Versorgungslage.LUECKE
    assert vorher is not Versorgungslage.LUECKE


def katalog_zustand():
    from sozialtool.fach.indikator import Zustand

    return Zustand.VORGESCHLAGEN


def test_tables_and_commands_say_it_in_german(projekt, capsys):
    fuelle(projekt, jugend(1, "01", 60), jugend(2, "02", None))
    zeilen = build_bestandstafel(projekt).zeilen
    assert [z.texte[:2] for z in zeilen] == [("Raum 1", "Haus 1"), ("Raum 2", "Haus 2")]
    tafel = build_versorgungstafel(ablauf.compute_versorgungen(projekt)[0])
    assert tafel.zeilen[0].fett
    pfad = str(projekt.pfad)
    projekt.close()
    assert run(["planung", "versorgung", "--projekt", pfad]) == 0
    assert "Lücken und mögliche Doppelungen" in capsys.readouterr().out
    assert run(["planung", "versorgung", "Jugendplätze", "--ausfuehrlich", "--projekt", pfad]) == 0
    aus = capsys.readouterr().out
    assert "Da sind: Haus 1 (T1)." in aus
    assert "ab 60" in aus
    assert run(["planung", "versorgung", "zirkus", "--projekt", pfad]) == 2
    assert run(["planung", "--projekt", pfad]) == 0
    assert "Haus 2" in capsys.readouterr().out


def test_a_record_is_entered_changed_struck_out_and_taken_back(projekt):
    werte = {"schluessel": "J9", "name": "Treff", "art": "Jugendeinrichtung", "gebiet": "Raum 3"}
    ablauf.save_eintrag(projekt, Einrichtung, werte)
    assert projekt.get(Einrichtung, "J9").gebiet == "03"
    with pytest.raises(BedienFehler, match="gibt es schon"):
        ablauf.save_eintrag(projekt, Einrichtung, werte)
    with pytest.raises(BedienFehler, match="Ein Gebiet „Mond“"):
        ablauf.save_eintrag(projekt, Einrichtung, {**werte, "schluessel": "J8", "gebiet": "Mond"})
    alt = ablauf.find_eintrag(projekt, Einrichtung, "j9")
    ablauf.save_eintrag(projekt, Einrichtung, {"plaetze": 20}, alt)
    assert projekt.get(Einrichtung, "J9").plaetze == 20
    assert "gestrichen" in ablauf.remove_eintrag(projekt, ablauf.find_eintrag(projekt, Einrichtung, "J9")).text
    ablauf.undo(projekt)
    ablauf.undo(projekt)
    assert projekt.get(Einrichtung, "J9").plaetze is None
    with pytest.raises(BedienFehler, match="Vorhanden: J9"):
        ablauf.find_eintrag(projekt, Einrichtung, "X")


def test_entering_a_record_does_not_compute_everything_anew(projekt):
    vorher = compute(projekt)
    ablauf.save_eintrag(projekt, Einrichtung, {"schluessel": "J1", "name": "T", "art": "Sonstiges", "gebiet": "01"})
    assert compute(projekt) is vorher


def test_the_catalogue_names_kinds_and_merkmale_that_exist():
    merkmale = {m.schluessel for m in katalog.load_merkmale()}
    kennungen = {i.kennung for i in katalog.load_indikatoren()}
    felder = {f.schluessel for f in katalog.load_handlungsfelder()}
    for mass in katalog.load_versorgungsmasse():
        assert set(mass.arten) <= set(ARTEN), mass.name
        assert set(mass.gruppe) <= merkmale, mass.name
        assert set(mass.indikatoren) <= kennungen, mass.name
        assert mass.handlungsfeld in felder, mass.name


def test_the_proposal_goes_out_and_back_without_a_difference_and_changes_as_a_whole(projekt, tmp_path):
    datei = tmp_path / "versorgung.xlsx"
    vorschlag = katalog.load_versorgungsmasse()
    ablauf.export_liste(projekt, "versorgung", datei)
    assert not ablauf.import_liste(projekt, "versorgung", datei)
    mappe = openpyxl.load_workbook(datei)
    (blatt,) = (b for b in mappe if b.title.startswith("Versorgung"))
    orte = {zelle.value: zelle for zeile in blatt.iter_rows() for zelle in zeile if zelle.value}
    orte[vorschlag[0].name].value = "Betreuung"
    for zelle in blatt[orte[vorschlag[-1].schluessel].row]:
        zelle.value = None
    mappe.save(datei)
    unterschiede = ablauf.import_liste(projekt, "versorgung", datei)
    assert unterschiede.kurz() == "1 geändert, 1 entfernt"
    ablauf.save_liste(projekt, unterschiede)
    eigene = projekt.read(Versorgungsmass)
    assert [m.schluessel for m in eigene] == [m.schluessel for m in vorschlag[:-1]], (
        "what stayed is the town's own, too"
    )
    assert eigene[0].name == "Betreuung"
    ablauf.undo(projekt)
    assert projekt.read(Versorgungsmass) == []


@pytest.mark.parametrize(
    ("hier", "wort"),
    [
        (11, "nicht auffällig: der Unterschied ist kleiner als ein ganzer Platz"),
        (13, "nicht auffällig: zwischen 75 % und 150 % der Stadt"),
        (5, "Lücke"),
        (0, "Lücke"),
        (10, "wie in der Stadt"),
    ],
)
def test_evidence_says_why_a_difference_counts_for_nothing(hier, wort):
    """ "1,07 (Stadt: 0,44) – wie in der Stadt" would read as a contradiction."""
    stadt, raum = Gebiet("S", "Stadt", "stadt"), Gebiet("1", "Nord", "sozialraum", "S")
    orte = {"S": [jugend(1, "1", 100)], "1": [jugend(1, "1", hier)]}
    zeilen = compute_versorgung(U18, (stadt, raum), orte, {"S": 1010.0, "1": 101.0 if hier == 10 else 103.0}, Regel())
    bild = Versorgungsbild(U18, 2025, zeilen, {}, ())
    beleg = describe_versorgungsbeleg(bild, zeilen[1], Regel())
    kopf = f"Nord: {format_zahl(zeilen[1].wert, 1)} Plätze je 100 unter 18-Jährige (Stadt: 9,9) – "
    assert beleg.startswith(kopf + wort)
