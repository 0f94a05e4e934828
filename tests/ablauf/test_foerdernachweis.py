"""The proof for a funding call: what it asks for, what is missing, what is cut, what is kept, and that nothing secret is in it."""

from __future__ import annotations

import datetime as dt

import attrs
import docx
import openpyxl
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.ablauf.foerderausgabe import build_auswahl
from sozialtool.ablauf.foerdertext import build_aufruftafel, write_rang
from sozialtool.ablauf.leckpruefung import check_arbeitsmappe
from sozialtool.ausgabe.word import BREITE_HOCH
from sozialtool.cli import run
from sozialtool.fach.bedarf import Bedarf, Bedarfsstand, Stimme
from sozialtool.fach.foerderung import Foerderaufruf, Foerderstand
from sozialtool.fach.messwert import Messwert, Zeichen
from sozialtool.fach.planung import Einrichtung, Massnahme, Massnahmenkosten
from sozialtool.fach.schreibweise import FEST
from sozialtool.fach.versorgung import Versorgungsmass
from sozialtool.fehler import BedienFehler, DatenFehler
from sozialtool.geheimhaltung.festhalten import thaw

TAG = dt.date(2026, 3, 16)
AUFRUF = Foerderaufruf(
    "F1", "Kinder [/x] 2026", "Land", dt.date(2026, 4, 30), gebiete=("02", "01"), indikatoren=("A07", "F02", "E01"),
    weitere=("Schulabsentismus",), begruendung="Weil hier viel fehlt.",
)  # fmt: skip


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        with projekt.change("Förderung") as schreiber:
            schreiber.put(
                AUFRUF, Stimme("S1", "Nur für uns", "01", "arbeit", zeigen=False), Bedarf("B1", "Hilfe", ("01", "05"), belege=("A07", "S1")),
                Bedarf("B2", "Erledigtes", ("01",), stand=Bedarfsstand.GEDECKT), Bedarf("B3", "Überall"), Bedarf("B4", "Anderswo", ("05",)),
                Massnahme("M1", "Treff", "Träger Nord", "", ("01",)), Massnahmenkosten("M1", 2026, 1000.0, 400.0, 600.0, "kinderstark"),
                Massnahme("M2", "Bus", "Stadt"), Massnahme("M3", "Fernes", "Stadt", "", ("06",)),
            )  # fmt: skip
        yield projekt


def word_text(pfad):
    dokument = docx.Document(str(pfad))
    zellen = [z.text for t in dokument.tables for zeile in t.rows for z in zeile.cells]
    return "\n".join([*(a.text for a in dokument.paragraphs), *zellen]).replace(FEST, " ")


def test_both_files_name_figures_needs_measures_and_what_is_missing(projekt):
    dokument, mappe = ablauf.write_foerdernachweis(projekt, stand=TAG)
    assert (dokument.name, mappe.name) == ("Foerdernachweis_2025.docx", "Foerdernachweis_2025.xlsx")
    (blatt,) = openpyxl.load_workbook(mappe).worksheets
    tabelle = " ".join(
        str(z) for zeile in blatt.values for z in zeile if z is not None
    )  # long texts go on in the next row
    for text in (word_text(dokument), tabelle):
        for da in (
            "Raum 1",
            "SGB-II-Quote der unter 18-Jährigen (%)",
            "Weil hier viel fehlt.",
            "B1 Hilfe",
            "M1 Treff",
            "kinderstark",
        ):
            assert da in text
        assert "E01: Der Indikator ist nicht vereinbart" in text
        assert "Schulabsentismus: Dafür gibt es hier keinen Indikator." in text
        assert "Für die ganze Stadt gibt es dazu 1 Bedarf und 1 Maßnahme." in text
        for nicht in ("Nur für uns", "Erledigtes", "Anderswo", "Fernes", "Überall"):
            assert nicht not in text
    bild = ablauf.compute_foerdernachweis(projekt)
    # In the order of the town, whatever the order of the call: that may be the order of a figure, a secret one among them.
    assert [(z.indikator.kennung, z.gebiet.schluessel) for z in bild.zeilen] == [
        ("A07", "01"),
        ("A07", "02"),
        ("F02", "01"),
        ("F02", "02"),
    ]
    erste = bild.zeilen[0]
    assert erste.verhaeltnis == pytest.approx(
        erste.kennzahl.zaehler / erste.kennzahl.nenner * 100 / erste.kennzahl.stadtwert
    )
    assert erste.saetze[0] in tabelle
    vorher = mappe.read_bytes(), dokument.read_bytes()
    ablauf.write_foerdernachweis(projekt, stand=TAG)
    assert (mappe.read_bytes(), dokument.read_bytes()) == vorher


def test_every_rank_says_of_how_many(projekt):
    erste, *andere = ablauf.compute_foerdernachweis(projekt).zeilen
    assert erste.gereiht == 6
    assert write_rang(erste).startswith(f"{erste.kennzahl.rang} von 6")
    assert write_rang(attrs.evolve(erste, gereiht=4)).startswith(f"{erste.kennzahl.rang} von 4"), (
        "a secret one has no rank"
    )
    dokument, mappe = ablauf.write_foerdernachweis(projekt, stand=TAG)
    zellen = {str(z) for zeile in openpyxl.load_workbook(mappe).worksheets[0].values for z in zeile if z is not None}
    for zeile in (erste, *andere):
        assert write_rang(zeile) in zellen
        assert write_rang(zeile) in word_text(dokument).split("\n")


def test_what_does_not_fit_on_the_page_is_counted_there(projekt):
    with projekt.change("Viel") as schreiber:
        for n in range(30):
            schreiber.put(
                Bedarf(f"C{n:02}", f"Bedarf mit einem langen Namen, Nummer {n}", ("01",), belege=("A07", "F02"))
            )
            schreiber.put(
                Massnahme(f"N{n:02}", f"Maßnahme mit einem langen Namen, Nummer {n}", "Träger Süd", "", ("02",))
            )
    dokument, mappe = ablauf.write_foerdernachweis(projekt, stand=TAG)
    text = word_text(dokument)
    gezeigt = sum(f"C{n:02} " in text for n in range(30)), sum(f"N{n:02} " in text for n in range(30))
    (rest,) = (zeile for zeile in text.split("\n") if "Weitere in Foerdernachweis_2025.xlsx" in zeile)
    # Shown and cut together are everything: the 30 and the one of the fixture.
    assert f"{31 - gezeigt[0] - ('B1 ' in text)} Bedarfe" in rest
    assert f"{31 - gezeigt[1] - ('M1 ' in text)} Maßnahmen" in rest
    assert 0 < gezeigt[0] < 30
    alles = "\n".join(str(z) for zeile in openpyxl.load_workbook(mappe).worksheets[0].values for z in zeile if z)
    assert all(f"C{n:02} " in alles and f"N{n:02} " in alles for n in range(30))


def test_the_table_takes_the_width_of_the_page():
    from sozialtool.ablauf.foerderseite import _BREITEN

    assert sum(_BREITEN) == pytest.approx(BREITE_HOCH)


def test_a_final_one_is_searched_and_kept_with_what_it_shows(projekt):
    _, mappe = ablauf.write_foerdernachweis(
        projekt, stand=TAG, endgueltig=True, grenzen_geprueft=True, begruendung="Frist des Landes"
    )
    assert check_arbeitsmappe(projekt, mappe) == ()
    (fassung,) = ablauf.list_veroeffentlichungen(projekt)
    assert fassung.datei == "Foerdernachweis_2025.xlsx"
    gezeigt = {(i, g) for i, _, g in thaw(fassung.inhalt, "x").auftrag.zeilen}
    stadt = projekt.kommune.ags
    # Sentences name the Ortsteil. B1 reaches beyond the two areas: the figure that proves it there is shown, too.
    # F02 is secret in both: of it only the town's figure stands there.
    assert gezeigt == {("A07", g) for g in ("01", "02", "05", "A", stadt)} | {("F02", stadt)}


def test_only_what_it_shows_is_kept(projekt):
    """A sign instead of a figure, a supply that cannot be said: a later release must not take that for public."""
    with projekt.change("Versorgung") as schreiber:
        schreiber.put(
            Versorgungsmass("x", "Treffs", ("Treff",), ("ew_unter_18",)), Versorgungsmass("y", "Horte", ("Hort",), ("ew_unter_18",)),
            Einrichtung("E1", "Eins", "Treff", "01", plaetze=40), Einrichtung("E2", "Zwei", "Hort", "03", plaetze=40),
            attrs.evolve(projekt.get(Bedarf, "B1"), belege=("A07", "x")),
        )  # fmt: skip
        schreiber.put_messwerte([Messwert("05", "sgb2_unter_18", dt.date(2025, 12, 31), zeichen=Zeichen.FEHLT)])
        schreiber.put_messwerte([Messwert("02", "sgb2_unter_18", dt.date(2025, 12, 31), 1.0)])
    nachweis = ablauf.compute_foerdernachweis(projekt)
    stadt = projekt.kommune.ags
    verborgen = {z.gebiet.schluessel for z in nachweis.zeilen if z.indikator.kennung == "A07" and z.zeichen is not None}
    assert "02" in verborgen
    auswahl = build_auswahl(projekt, nachweis)
    gezeigt = {g for i, _, g in auswahl.zeilen if i == "A07"}
    assert not gezeigt & (verborgen | {"05"})
    # The places of area 01 per hundred children tell how many there are; where there is none, nothing is told.
    assert {o.gebiet for o in auswahl.orte} == {"01", stadt}
    ablauf.write_foerdernachweis(projekt, stand=TAG, endgueltig=True, grenzen_geprueft=True)
    auftrag = thaw(ablauf.list_veroeffentlichungen(projekt)[0].inhalt, "x").auftrag
    assert set(auftrag.zeilen) == auswahl.zeilen
    assert {o.gebiet for o in auftrag.offen if o.merkmal == "sgb2_unter_18"} <= gezeigt


def test_the_year_of_a_change_counts_as_shown(projekt):
    with projekt.change("2020") as schreiber:
        alle = projekt.read_messwerte()
        schreiber.put_messwerte(
            Messwert(g, m, dt.date(2020, 12, 31), w)
            for g, m, s, w in zip(alle["gebiet"], alle["merkmal"], alle["stand"], alle["wert"], strict=True)
            if s.year == 2024
        )
        schreiber.put(attrs.evolve(AUFRUF, indikatoren=("A10",)))
    nachweis = ablauf.compute_foerdernachweis(projekt)
    assert "Seit 2020" in " ".join(satz for z in nachweis.zeilen for satz in z.saetze)
    assert ("A10", 2020, "01") in build_auswahl(projekt, nachweis).zeilen


def test_the_list_goes_to_excel_and_back_and_says_what_does_not_fit(projekt, tmp_path):
    ablauf.export_liste(projekt, "foerderaufrufe", tmp_path / "l.xlsx")
    assert not ablauf.import_liste(projekt, "foerderaufrufe", tmp_path / "l.xlsx")
    with pytest.raises(BedienFehler, match=r"Z99.*Außerdem verlangt"):
        ablauf.save_eintrag(projekt, Foerderaufruf, {"indikatoren": ("Z99",)}, AUFRUF)
    with pytest.raises(BedienFehler, match="für welche Sozialräume"):
        ablauf.save_eintrag(projekt, Foerderaufruf, {"gebiete": ()}, AUFRUF)
    with pytest.raises(BedienFehler, match="Verglichen wird mit der Stadt"):
        ablauf.save_eintrag(projekt, Foerderaufruf, {"gebiete": ("Stadt",)}, AUFRUF)
    ablauf.save_eintrag(projekt, Foerderaufruf, {"gebiete": ("Raum 3",)}, AUFRUF)
    assert projekt.get(Foerderaufruf, "F1").gebiete == ("03",)


def test_a_call_asks_for_its_state_only_until_somebody_says_it(projekt, tmp_path):
    def mahnt(tag):
        return [s for s in ablauf.uebersicht(projekt, tag).naechste if "Förderaufruf" in s.text]

    def list_zeile(tag):
        return build_aufruftafel(projekt, tag).zeilen[0]

    assert not mahnt(dt.date(2026, 3, 1))  # weeks away
    (bald,) = mahnt(dt.date(2026, 4, 30))  # its own day is not over
    assert (bald.text, bald.dringlich, bald.ziel) == (
        "Förderaufruf F1 „Kinder [/x] 2026“: Antrag bis 30.04.2026.", True, "planung",
    )  # fmt: skip
    vorbei = dt.date(2026, 5, 1)
    assert [s.text for s in mahnt(vorbei)] == [
        "Frist vorbei: Was ist aus dem Förderaufruf F1 geworden? Stand eintragen (F7, Fördernachweis)."
    ]
    assert list_zeile(vorbei).texte[2:4] == ("! 30.04.2026", "in Vorbereitung")
    for stand in list(Foerderstand)[1:]:
        ablauf.save_eintrag(
            projekt, Foerderaufruf, {"stand": stand, "stand_am": TAG}, projekt.get(Foerderaufruf, AUFRUF.schluessel)
        )
        assert not mahnt(vorbei)
        assert not mahnt(dt.date(2026, 4, 29))
        assert list_zeile(vorbei).texte[2:4] == ("  30.04.2026", stand.value)
        assert f"Stand: {stand.value} (16.03.2026)." in list_zeile(vorbei).detail
        assert all(list_zeile(vorbei).detail)
    ablauf.export_liste(projekt, "foerderaufrufe", tmp_path / "l.xlsx")
    zellen = [z for zeile in openpyxl.load_workbook(tmp_path / "l.xlsx").worksheets[0].values for z in zeile]
    assert {"Stand", "Stand vom", "nicht beantragt"} <= set(zellen)


def test_several_calls_and_an_empty_one(projekt):
    with projekt.change("zweiter") as schreiber:
        schreiber.put(attrs.evolve(AUFRUF, schluessel="F2/a", indikatoren=(), weitere=()))
    with pytest.raises(BedienFehler, match="mehrere Förderaufrufe"):
        ablauf.write_foerdernachweis(projekt)
    dokument, mappe = ablauf.write_foerdernachweis(projekt, "f2/a", stand=TAG)
    assert mappe.name == "Foerdernachweis_F2_a_2025.xlsx"
    assert "Gegen die Stadt" not in word_text(dokument)


def test_commands(projekt, capsys):
    pfad = str(projekt.pfad)
    projekt.close()
    assert run(["foerdernachweis", "--projekt", pfad]) == 0
    assert "F1 Kinder [/x] 2026" in capsys.readouterr().out
    assert run(["foerdernachweis", "zeigen", "F1", "--projekt", pfad]) == 1
    assert "Schulabsentismus" in capsys.readouterr().out
    assert run(["foerdernachweis", "ausgeben", "--projekt", pfad]) == 0
    assert "Foerdernachweis_2025.docx" in capsys.readouterr().out
    assert run(["foerdernachweis", "zeigen", "F9", "--projekt", pfad]) == 2


def test_without_figures_there_is_no_proof(tmp_path):
    from sozialtool.fach.raum import Gebiet, Kommune

    with ablauf.create_projekt(tmp_path / "leer", Kommune("05999004", "Leer", berichtsjahr=2025)) as leer:
        with pytest.raises(BedienFehler, match="Noch ist kein Förderaufruf eingetragen") as ohne:
            ablauf.write_foerdernachweis(leer)
        assert "„“" not in f"{ohne.value}"
        assert "Bitte zuerst einen eintragen" in ohne.value.abhilfe
        with pytest.raises(BedienFehler, match="F9"):
            ablauf.write_foerdernachweis(leer, "F9")
        with leer.change("x") as schreiber:
            schreiber.put(Gebiet("01", "Eins", "sozialraum", "05999004"), AUFRUF)
        with pytest.raises(DatenFehler, match="nichts zu rechnen"):
            ablauf.write_foerdernachweis(leer)
