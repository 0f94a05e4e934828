"""Einrichtungen, Maßnahmen, Befragungen: from the Vorlage into the project, to Excel and back."""

from __future__ import annotations

import openpyxl
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf, orte
from sozialtool.ablauf.befragungsbild import build_fragenbilder
from sozialtool.ablauf.befragungspruefung import check_befragungen
from sozialtool.ablauf.listenaustausch import LISTEN
from sozialtool.befehle.listen import LISTEN as GENANNT
from sozialtool.cli import run
from sozialtool.fach.felder import felder_of
from sozialtool.fach.planung import Befragung, Befragungszahl, Einrichtung, Massnahme, Massnahmenkosten
from sozialtool.fehler import DatenFehler


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2025, 2026)) as projekt:
        yield projekt


def fill(vorlage, ziel, **zeilen):
    """Type rows into a Vorlage: sheet → list of rows, field → text; what is not named stays empty."""
    mappe = openpyxl.load_workbook(orte.vorlagen() / vorlage)
    for blatt, eintraege in zeilen.items():
        ws = mappe[blatt]
        kopf = {zelle.value: zelle.column for zelle in ws[5]}
        for nummer, eintrag in enumerate(eintraege, start=6):
            for titel, text in eintrag.items():
                ws.cell(nummer, kopf[titel]).value = text
    mappe.save(ziel)
    return ziel


KITA = {"Schlüssel": "K1", "Name": "Kita Eins", "Art": "Kindertageseinrichtung", "Sozialraum": "Raum 3", "Plätze": "75",
        "Alter von": "0", "Alter bis unter": "6"}  # fmt: skip


def test_a_filled_vorlage_is_read_and_goes_out_again(projekt, tmp_path):
    pfad = fill(
        "Einrichtungen.xlsx", tmp_path / "e.xlsx", Einrichtung=[KITA, {**KITA, "Schlüssel": "K2", "Sozialraum": "05"}]
    )
    unterschiede = ablauf.import_liste(projekt, "einrichtungen", pfad)
    assert unterschiede.kurz() == "2 neu"
    ablauf.save_liste(projekt, unterschiede)
    assert [(e.gebiet, e.plaetze) for e in projekt.read(Einrichtung)] == [("03", 75), ("05", 75)]
    ablauf.export_liste(projekt, "einrichtungen", tmp_path / "zurueck.xlsx")
    assert not ablauf.import_liste(projekt, "einrichtungen", tmp_path / "zurueck.xlsx")
    ablauf.undo(projekt)
    assert projekt.read(Einrichtung) == []


def test_measures_come_with_their_money_in_one_workbook(projekt, tmp_path):
    pfad = fill(
        "Massnahmen.xlsx", tmp_path / "m.xlsx",
        Maßnahme=[{"Schlüssel": "M1", "Maßnahme": "Elterncafé", "Verantwortlich": "Jugendamt", "Sozialräume": "Raum 1; 02",
                   "Kennzahl der Wirkung": "A07", "Beginn": "01.08.2026", "Ende": "31.07.2028"}],
        Maßnahmenkosten=[{"Maßnahme": "M1", "Jahr": 2026, "Kosten": 100.5, "Eigenmittel": "40,5", "Drittmittel": 60}],
    )  # fmt: skip
    ablauf.save_liste(projekt, ablauf.import_liste(projekt, "massnahmen", pfad))
    (massnahme,) = projekt.read(Massnahme)
    assert massnahme.gebiete == ("01", "02")
    (kosten,) = projekt.read(Massnahmenkosten)
    assert (kosten.kosten, kosten.eigenmittel, kosten.drittmittel, kosten.ausgegeben) == (100.5, 40.5, 60.0, None)


def test_a_survey_with_questions_and_tallies(projekt, tmp_path):
    pfad = fill(
        "Befragung.xlsx", tmp_path / "b.xlsx",
        Befragung=[{"Schlüssel": "B1", "Befragung": "Wohnen", "Gefragt": 100, "Geantwortet": 30}],
        Befragungsfrage=[{"Befragung": "B1", "Frage Nr.": 1, "Frage": "Gern?", "Antworten": "ja; nein"}],
        Befragungszahl=[{"Befragung": "B1", "Frage Nr.": 1, "Sozialraum": "Stadt", "Gruppe": "alle", "Antwort": "ja", "Anzahl": 17}],
    )  # fmt: skip
    ablauf.save_liste(projekt, ablauf.import_liste(projekt, "befragungen", pfad))
    (zahl,) = projekt.read(Befragungszahl)
    assert (zahl.gebiet, zahl.anzahl) == (projekt.kommune.ags, 17)


def _survey(tmp_path, zahlen, geantwortet=100):
    spalten = ("Sozialraum", "Gruppe", "Antwort", "Anzahl")
    return fill(
        "Befragung.xlsx", tmp_path / "b.xlsx",
        Befragung=[{"Schlüssel": "B1", "Befragung": "Wohnen", "Geantwortet": geantwortet}],
        Befragungsfrage=[{"Befragung": "B1", "Frage Nr.": 1, "Frage": "Gern?", "Antworten": "ja; nein"}],
        Befragungszahl=[{"Befragung": "B1", "Frage Nr.": 1, **dict(zip(spalten, z, strict=True))} for z in zahlen],
    )  # fmt: skip


def test_everybody_of_a_survey_is_everybody_however_written(projekt, tmp_path):
    """Else "Alle" would be a group beside the small one, and the small one the difference of the two others."""
    zahlen = [
        ("01", "Alle", "ja", 50),
        ("01", " Mit  Kindern", "JA", 8),
        ("01", "mit kindern", "nein", 0),
        ("01", "ohne Kinder", "ja", 42),
    ]
    ablauf.save_liste(projekt, ablauf.import_liste(projekt, "befragungen", _survey(tmp_path, zahlen)))
    assert {(z.gruppe, z.antwort) for z in projekt.read(Befragungszahl)} == {
        ("alle", "ja"), ("Mit Kindern", "ja"), ("Mit Kindern", "nein"), ("ohne Kinder", "ja"),
    }  # fmt: skip
    (bild,) = build_fragenbilder(projekt)
    assert {g.gruppe: g.geheim for g in bild.gruppen} == {"alle": False, "Mit Kindern": True, "ohne Kinder": True}


@pytest.mark.parametrize(
    ("zahlen", "wort"),
    [
        ([("01", "alle", "ja", 5), ("01", "Gesamt", "ja", 5)], "„alle“ steht in einem Sozialraum 2-mal da"),
        ([("01", "alle", "ja", 60), ("02", "alle", "ja", 50)], "110 Antwortende, aber nur 100"),
        ([("01", "jung", "ja", 60), ("01", "jung", "nein", 41)], "101 Antwortende in der Gruppe „jung“"),
    ],
)
def test_a_survey_counts_nobody_twice(projekt, tmp_path, zahlen, wort):
    with pytest.raises(DatenFehler, match=wort):
        ablauf.import_liste(projekt, "befragungen", _survey(tmp_path, zahlen))


def test_people_of_several_answers_are_counted_in_a_row_of_their_own(projekt, tmp_path):
    def lies(menschen):
        zahlen = [("alle", "Bus", 30), ("alle", "Laden", 25), ("alle", "antwortende", menschen)]
        return ablauf.import_liste(projekt, "befragungen", fill(
            "Befragung.xlsx", tmp_path / "b.xlsx",
            Befragung=[{"Schlüssel": "B1", "Befragung": "Wohnen", "Geantwortet": 50}],
            Befragungsfrage=[{"Befragung": "B1", "Frage Nr.": 1, "Frage": "Was fehlt?", "Form": "mehrere Antworten", "Antworten": "Bus; Laden"}],
            Befragungszahl=[{"Befragung": "B1", "Frage Nr.": 1, "Sozialraum": "01", "Gruppe": g, "Antwort": a, "Anzahl": n} for g, a, n in zahlen],
        ))  # fmt: skip

    with pytest.raises(DatenFehler, match="30-mal genannt, aber nur 29 Antwortende"):
        lies(29)
    ablauf.save_liste(projekt, lies(40))
    (bild,) = build_fragenbilder(projekt)
    assert [(g.basis, [(a.antwort, a.anteil) for a in g.antworten]) for g in bild.gruppen] == [
        (40, [("Bus", 75.0), ("Laden", 62.5)])
    ]


def test_town_and_its_areas_are_the_same_people(projekt, tmp_path):
    zahlen = [("Stadt", "alle", "ja", 100), ("01", "alle", "ja", 60), ("02", "alle", "ja", 40)]
    assert ablauf.import_liste(projekt, "befragungen", _survey(tmp_path, zahlen))


@pytest.mark.parametrize(
    ("vorlage", "liste", "zeilen", "wort"),
    [
        ("Einrichtungen", "einrichtungen", {"Einrichtung": [{**KITA, "Sozialraum": "Nirgends"}]}, "Ein Gebiet „Nirgends“"),
        ("Einrichtungen", "einrichtungen", {"Einrichtung": [{**KITA, "Alter von": "9"}]}, "Alter bis unter"),
        ("Einrichtungen", "einrichtungen", {"Einrichtung": [{**KITA, "Plätze": -1}]}, "unter null"),
        ("Einrichtungen", "einrichtungen", {"Einrichtung": [{**KITA, "Geografische Breite": "51,7"}]}, "Breite und Länge"),
        ("Einrichtungen", "einrichtungen", {"Einrichtung": [{**KITA, "Art": "Zirkus"}]}, "Möglich sind"),
        ("Massnahmen", "massnahmen", {"Maßnahmenkosten": [{"Maßnahme": "M9", "Jahr": 2026, "Kosten": 1}]}, "M9"),
        ("Massnahmen", "massnahmen", {"Maßnahme": [
            {"Schlüssel": "M1", "Maßnahme": "x", "Verantwortlich": "y", "Kennzahl der Wirkung": "Z99"}]}, "Z99"),
        ("Massnahmen", "massnahmen", {"Maßnahme": [
            {"Schlüssel": "M1", "Maßnahme": "x", "Verantwortlich": "y", "Beginn": "02.01.2026", "Ende": "01.01.2026"}]},
         "vor dem Beginn"),
        ("Massnahmen", "massnahmen", {
            "Maßnahme": [{"Schlüssel": "M1", "Maßnahme": "x", "Verantwortlich": "y"}],
            "Maßnahmenkosten": [{"Maßnahme": "M1", "Jahr": 2026, "Kosten": 10, "Eigenmittel": 4, "Drittmittel": 5}]},
         "ergeben nicht die Kosten"),
        ("Befragung", "befragungen", {"Befragung": [
            {"Schlüssel": "B1", "Befragung": "x", "Gefragt": 1, "Geantwortet": 2}]}, "mehr geantwortet"),
        ("Befragung", "befragungen", {"Befragungszahl": [
            {"Befragung": "B1", "Frage Nr.": 1, "Sozialraum": "Stadt", "Gruppe": "alle", "Antwort": "ja", "Anzahl": 1}]},
         "steht nicht in der Liste"),
        ("Befragung", "befragungen", {
            "Befragung": [{"Schlüssel": "B1", "Befragung": "x", "Geantwortet": 5}],
            "Befragungsfrage": [{"Befragung": "B1", "Frage Nr.": 1, "Frage": "?", "Antworten": "ja"}],
            "Befragungszahl": [
                {"Befragung": "B1", "Frage Nr.": 1, "Sozialraum": "Stadt", "Gruppe": "alle", "Antwort": "ja", "Anzahl": 6}]},
         "nur 5 haben geantwortet"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_and_nothing_is_taken_over(projekt, tmp_path, vorlage, liste, zeilen, wort):
    pfad = fill(f"{vorlage}.xlsx", tmp_path / "x.xlsx", **zeilen)
    with pytest.raises(DatenFehler, match=wort):
        ablauf.import_liste(projekt, liste, pfad)


def test_the_command_knows_every_list():
    assert set(GENANNT) == set(LISTEN)


@pytest.mark.parametrize("liste", ["einrichtungen", "massnahmen", "befragungen", "bausteine", "datenuebersicht"])
def test_each_list_goes_out_and_back_through_the_command(projekt, tmp_path, capfd, liste):
    pfad = str(projekt.pfad)
    projekt.close()
    datei = str(tmp_path / f"{liste}.xlsx")
    assert run(["--projekt", pfad, "liste", "ausgeben", liste, datei]) == 0
    assert run(["--projekt", pfad, "liste", "einlesen", liste, datei]) == 0
    assert "Keine Unterschiede." in capfd.readouterr().out


def test_no_field_asks_for_a_person():
    for klasse in (Einrichtung, Massnahme):
        for feld in felder_of(klasse):
            assert not {"ansprechpartner", "telefon", "mail"} & set(feld.titel.casefold().split()), feld.titel


@pytest.mark.parametrize(("zahl", "gut"), [(0, False), (1, False), (2, False), (3, True), (10, True)])
def test_a_survey_shows_no_group_of_two(projekt, zahl, gut):
    fehler = check_befragungen(projekt, {Befragung: [Befragung("B", "Wohnen", mindestfallzahl=zahl)]})
    assert (fehler == []) is gut
    assert gut or "zu erkennen, wer was geantwortet hat" in fehler[0]
