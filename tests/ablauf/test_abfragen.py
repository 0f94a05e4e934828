"""A year of asking: forms out, returns in, one Rückfrage, accepted; on to the next year."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil

import attrs
import openpyxl
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.abfragen import build_formular, get_abfrage
from sozialtool.ablauf.anmerkungen import list_anmerkungen
from sozialtool.ablauf.ruecklaeufe import Eingangsart
from sozialtool.erhebung.abfrage import build_abfrage
from sozialtool.erhebung.formular import ANGABEN
from sozialtool.fach.abfrage import Abfrage, Abfragestand, Datenbestand, Fachbereich, Verfuegbarkeit
from sozialtool.fach.messwert import Merkmal, Messwert, Zeichen
from sozialtool.fach.quelle import Quelle, Schwere
from sozialtool.fach.raum import Gebiet, Kommune
from sozialtool.fehler import BedienFehler
from tests.ablauf.kleinstadt import build_kleinstadt

JAHR, FRIST, TAG = 2026, dt.date(2027, 3, 31), dt.date(2027, 2, 1)
MELDE, JUGEND = "einwohnermeldewesen", "jugendamt"


@pytest.fixture
def projekt(tmp_path):
    with build_kleinstadt(tmp_path / "Kleinstadt", jahre=range(2024, 2026)) as projekt:
        yield projekt


@pytest.fixture
def versandt(projekt):
    with projekt.change("Fachbereiche") as schreiber:
        schreiber.put(
            Fachbereich(MELDE, "Einwohnermeldewesen", reihenfolge=1), Fachbereich(JUGEND, "Jugendamt", reihenfolge=2)
        )
    ablauf.create_abfragen(projekt, JAHR, FRIST)
    ablauf.create_abfragen(projekt, JAHR, FRIST, [JUGEND]) if not projekt.get(Abfrage, JUGEND, JAHR) else None
    ablauf.write_abfragen(projekt, JAHR)
    ablauf.mark_versandt(projekt, JAHR, am=dt.date(2027, 1, 15))
    return projekt


@pytest.fixture
def fuellen(versandt):
    """Fill a form as a department would and put it into eingang/."""

    def tun(fachbereich, name, werte=None, jahr=JAHR):
        formular = build_formular(versandt, get_abfrage(versandt, fachbereich, jahr))
        eintraege = {}
        for z, gebiet in enumerate(formular.gebiete[:-1]):
            for merkmal in formular.merkmale:
                vorher = formular.vorjahr.get((gebiet.schluessel, merkmal.schluessel))
                eintraege[gebiet.schluessel, merkmal.schluessel] = (vorher.wert + 1) if vorher else 10 + z
            # The invented figures have parts larger than their whole; a remark settles that.
            eintraege[gebiet.schluessel, "#anmerkung"] = "geprüft"
        pfad = versandt.pfad.parent / "eingang" / str(JAHR) / name
        pfad.parent.mkdir(parents=True, exist_ok=True)
        build_abfrage(pfad, formular, eintraege=eintraege | (werte or {}))
        return pfad

    return tun


def stand(projekt, fachbereich=MELDE):
    return projekt.get(Abfrage, fachbereich, JAHR).stand


def scan(projekt):
    return {e.datei: e for e in ablauf.scan_eingang(projekt, JAHR, heute=TAG)}


def erstes_merkmal(projekt, fachbereich=MELDE):
    return projekt.get(Abfrage, fachbereich, JAHR).merkmale[0]


def test_only_what_agreed_indicators_need_is_asked(versandt):
    from sozialtool.ablauf.vereinbarungen import needed_merkmale
    from sozialtool.fach.indikator import Indikator, Zustand

    noetig = {m for i in versandt.read(Indikator) if i.zustand is Zustand.VEREINBART for m in needed_merkmale(i)}
    gefragt = set(versandt.get(Abfrage, MELDE, JAHR).merkmale)
    assert gefragt
    assert gefragt <= noetig


def test_lines_of_the_datenuebersicht_add_merkmale(projekt):
    with projekt.change("x") as schreiber:
        schreiber.put(Fachbereich("statistik", "Statistikstelle"))
        schreiber.put(
            Datenbestand("statistik", "ew", Verfuegbarkeit.VORHANDEN),
            Datenbestand("statistik", "ew_unter_18", Verfuegbarkeit.FEHLT),
        )
    (abfrage,) = ablauf.create_abfragen(projekt, JAHR, FRIST, ["Statistikstelle"])
    assert abfrage.merkmale == ("ew",)


def test_unknown_fachbereich_is_named_with_those_that_exist(projekt):
    with pytest.raises(BedienFehler, match=r"Gartenamt.*jugendamt"):
        ablauf.create_abfragen(projekt, JAHR, FRIST, ["Gartenamt"])


def test_forms_lie_in_their_folder_and_are_the_same_each_time(versandt):
    ordner = versandt.pfad.parent / "abfragen" / str(JAHR)
    dateien = {p.name: p.read_bytes() for p in ordner.iterdir()}
    assert "Datenabfrage_2026_Einwohnermeldewesen.xlsx" in dateien
    vorher = len(versandt.verlauf(1000))
    ablauf.write_abfragen(versandt, JAHR)
    assert {p.name: p.read_bytes() for p in ordner.iterdir()} == dateien
    assert len(versandt.verlauf(1000)) == vorher, "nothing changed, nothing in the log"


def test_states_deadline_and_overdue(versandt):
    zeilen = ablauf.list_abfragen(versandt, JAHR, FRIST)
    assert zeilen[0].fachbereich.schluessel == MELDE
    assert zeilen[0].stand == "► versandt"
    spaet = ablauf.list_abfragen(versandt, JAHR, FRIST + dt.timedelta(1))
    assert spaet[0].stand == "! überfällig (versandt)"


def test_nothing_is_sent_that_was_not_written(projekt):
    ablauf.create_abfragen(projekt, JAHR, FRIST, [MELDE])
    with pytest.raises(BedienFehler, match="noch nicht geschrieben"):
        ablauf.mark_versandt(projekt, JAHR)


def test_clean_return_is_accepted_under_any_name(versandt, fuellen):
    merkmal = erstes_merkmal(versandt)
    fuellen(MELDE, "AW_ Zahlen (neu).xlsx", {("nz", merkmal): 7})
    eingang = scan(versandt)["AW_ Zahlen (neu).xlsx"]
    assert eingang.art is Eingangsart.ANGENOMMEN
    assert eingang.fachbereich == "Einwohnermeldewesen"
    abfrage = versandt.get(Abfrage, MELDE, JAHR)
    assert (abfrage.stand, abfrage.angenommen_am) == (Abfragestand.ANGENOMMEN, TAG)
    werte = versandt.read_messwerte(merkmale=[merkmal], ab_jahr=JAHR)
    assert len(werte["wert"]) == 7
    assert versandt.get(Gebiet, "nz").name == "nicht zuzuordnen"
    (quelle,) = versandt.read(Quelle)
    assert quelle.absender == "Einwohnermeldewesen"
    assert quelle.anzahl_werte == eingang.werte


def test_scanning_again_changes_nothing(versandt, fuellen):
    fuellen(MELDE, "a.xlsx")
    scan(versandt)
    vorher = versandt.revision
    assert scan(versandt)["a.xlsx"].art is Eingangsart.BEKANNT
    assert versandt.revision == vorher


def test_scanning_again_reads_only_what_is_new(versandt, fuellen, monkeypatch):
    from sozialtool.einlesen import lesen

    merkmal = erstes_merkmal(versandt)
    fuellen(MELDE, "a.xlsx")
    erste = scan(versandt)["a.xlsx"]
    fuellen(MELDE, "b.xlsx", {("01", merkmal): "viele"})
    gelesen = []
    echt = lesen.read_rohmappe
    monkeypatch.setattr(lesen, "read_rohmappe", lambda pfad, **kw: gelesen.append(pfad.name) or echt(pfad, **kw))
    ergebnis = scan(versandt)
    assert gelesen == ["b.xlsx"]
    bekannt = ergebnis["a.xlsx"]
    assert (bekannt.art, bekannt.fachbereich, bekannt.werte) == (Eingangsart.BEKANNT, erste.fachbereich, erste.werte)
    assert [b.meldung for b in bekannt.befunde] == [b.meldung for b in erste.befunde]
    ablauf.undo(versandt)  # what was accepted: now it is new again
    assert scan(versandt)["a.xlsx"].art is Eingangsart.ANGENOMMEN
    assert versandt.read_messwerte(merkmale=[merkmal], ab_jahr=JAHR)["wert"]


def test_remarks_stay_in_the_project_and_only_harmless_ones_become_method_notes(versandt, fuellen):
    a, b, c = versandt.get(Abfrage, MELDE, JAHR).merkmale[:3]
    namen = {m.schluessel: m.name for m in versandt.read(Merkmal)}
    raum = versandt.get(Gebiet, "01").name
    methode = "Ab 2026 ohne Zweitwohnsitz, § 27 BMG; Stichtag 31.12.2026"
    fuellen(MELDE, "a.xlsx", {
        ("#bemerkung", a): methode, ("#bemerkung", b): f"in {raum} sind viele weggezogen",
        ("#bemerkung", c): "darunter nur zwei Fälle", ("01", "#anmerkung"): "[/x] geprüft",
    })  # fmt: skip
    scan(versandt)
    (quelle,) = versandt.read(Quelle)
    texte = [befund.meldung for befund in ablauf.befunde_of(versandt, quelle)]
    assert f"{namen[a]}: {methode}" in texte
    assert sum("[/x] geprüft" in text for text in texte) == 1
    assert quelle.anzahl_befunde == len(texte)
    assert f"{namen[c]}: darunter nur zwei Fälle" in scan(versandt)["a.xlsx"].notizen, (
        "auch wenn sie schon angenommen ist"
    )
    oeffentlich, intern = list_anmerkungen(versandt, JAHR)
    assert [(n.absender, n.merkmal, n.text) for n in oeffentlich] == [("Einwohnermeldewesen", namen[a], methode)]
    assert intern == len([text for text in texte if "geprüft" in text]) + 2
    assert list_anmerkungen(versandt, JAHR - 1) == ((), 0)
    ablauf.undo(versandt)
    assert list_anmerkungen(versandt, JAHR) == ((), 0)


def test_one_undo_takes_a_return_back_whole(versandt, fuellen):
    vorher = versandt.count_messwerte()
    fuellen(MELDE, "a.xlsx")
    scan(versandt)
    ablauf.undo(versandt)
    assert versandt.count_messwerte() == vorher
    assert stand(versandt) is Abfragestand.VERSANDT


def test_rueckfrage_goes_out_comes_back_and_is_accepted(versandt, fuellen):
    merkmal = erstes_merkmal(versandt)
    fuellen(MELDE, "erste.xlsx", {("01", merkmal): "viele"})
    eingang = scan(versandt)["erste.xlsx"]
    assert eingang.art is Eingangsart.RUECKFRAGE
    assert stand(versandt) is Abfragestand.IN_RUECKFRAGE
    assert "Rücklauf Einwohnermeldewesen " in versandt.verlauf(1)[0].text
    assert versandt.read(Quelle) == []
    text = ablauf.rueckfragetext(versandt, eingang, JAHR).text
    assert "Eine Stelle ist" in text
    mappe = openpyxl.load_workbook(eingang.rueckfrage)
    zelle = next(z for zeile in mappe[ANGABEN] for z in zeile if z.comment)
    assert zelle.value == "viele"
    vorher = versandt.revision
    scan(versandt)
    assert versandt.revision == vorher
    zelle.value, zelle.comment = 3001, None
    mappe.save(versandt.pfad.parent / "eingang" / str(JAHR) / "zweite.xlsx")
    ergebnis = scan(versandt)
    assert ergebnis["zweite.xlsx"].art is Eingangsart.ANGENOMMEN
    assert ergebnis["erste.xlsx"].art is Eingangsart.UEBERHOLT
    assert stand(versandt) is Abfragestand.ANGENOMMEN
    assert scan(versandt)["erste.xlsx"].art is Eingangsart.UEBERHOLT


def test_a_rueckfrage_that_cannot_be_written_is_said_and_written_next_time(versandt, fuellen):
    fuellen(MELDE, "frage.xlsx", {("01", erstes_merkmal(versandt)): "viele"})
    (versandt.pfad.parent / "eingang" / str(JAHR) / "brief.pdf").write_bytes(b"%PDF-1.7")
    name = build_formular(versandt, get_abfrage(versandt, MELDE, JAHR)).fachbereich.name
    im_weg = versandt.pfad.parent / "abfragen" / str(JAHR) / f"Rueckfrage_{JAHR}_{name}.xlsx"
    im_weg.mkdir(parents=True)
    eingaenge = scan(versandt)
    assert set(eingaenge) == {"frage.xlsx", "brief.pdf"}
    assert eingaenge["frage.xlsx"].art is Eingangsart.NACHLIEFERUNG
    assert "Die Rückfrage ließ sich nicht schreiben" in eingaenge["frage.xlsx"].meldung
    assert stand(versandt) is Abfragestand.ZURUECK
    im_weg.rmdir()
    assert scan(versandt)["frage.xlsx"].art is Eingangsart.RUECKFRAGE
    assert im_weg.is_file()


def test_two_different_clean_returns_wait_for_the_planner(versandt, fuellen):
    merkmal = erstes_merkmal(versandt)
    fuellen(MELDE, "a.xlsx")
    zweite = fuellen(MELDE, "b.xlsx", {("nz", merkmal): 3})
    assert {e.art for e in scan(versandt).values()} == {Eingangsart.NACHLIEFERUNG}
    assert stand(versandt) is Abfragestand.ZURUECK
    assert ablauf.accept_ruecklauf(versandt, zweite, JAHR, TAG).art is Eingangsart.ANGENOMMEN
    assert versandt.read_messwerte(merkmale=[merkmal], ab_jahr=JAHR)["gebiet"][-1] == "nz"
    assert scan(versandt)["a.xlsx"].art in (Eingangsart.BEKANNT, Eingangsart.NACHLIEFERUNG)


def test_figures_of_another_delivery_are_not_overwritten_silently(versandt, fuellen):
    merkmal = erstes_merkmal(versandt)
    pfad = fuellen(MELDE, "a.xlsx", {("01", merkmal): 3001})
    with versandt.change("liste.csv eingelesen") as schreiber:
        schreiber.put(Quelle("q", "liste.csv", "f" * 64, "Amt", None, dt.datetime(2027, 1, 1)))
        schreiber.put_messwerte([Messwert("01", merkmal, dt.date(JAHR, 12, 31), 2990.0, quelle="q")])
    for _ in range(2):
        eingang = scan(versandt)["a.xlsx"]
        assert eingang.art is Eingangsart.NACHLIEFERUNG
        assert "1 Angabe weicht" in eingang.meldung
        assert "2.990 aus „liste.csv“, hier 3.001" in eingang.meldung
        assert stand(versandt) is Abfragestand.ZURUECK
        assert versandt.get(Messwert, "01", merkmal, dt.date(JAHR, 12, 31)).wert == 2990
    assert "2.990 aus „liste.csv“" in ablauf.open_ruecklauf(versandt, pfad, JAHR).abweichung
    ablauf.accept_ruecklauf(versandt, pfad, JAHR, TAG)
    assert versandt.get(Messwert, "01", merkmal, dt.date(JAHR, 12, 31)).wert == 3001


@pytest.fixture
def wahl(versandt):
    """The first Merkmal counts on the day of an election; return its key."""
    merkmal = versandt.get(Merkmal, erstes_merkmal(versandt))
    with versandt.change("Wahl") as schreiber:
        schreiber.put(attrs.evolve(merkmal, stichtag="Wahltag"))
    return merkmal.schluessel


def tage(projekt, merkmal):
    return set(projekt.read_messwerte(merkmale=[merkmal], ab_jahr=JAHR)["stand"])


def test_election_accepted_without_its_day_does_not_stand_there_twice(versandt, fuellen, wahl):
    ohne = fuellen(MELDE, "ohne.xlsx")
    ablauf.accept_ruecklauf(versandt, ohne, JAHR, TAG)
    assert tage(versandt, wahl) == {dt.date(JAHR, 12, 31)}
    mit = fuellen(MELDE, "mit.xlsx", {("#wahltag", wahl): f"13.09.{JAHR}"})
    ablauf.accept_ruecklauf(versandt, mit, JAHR, TAG)
    assert tage(versandt, wahl) == {dt.date(JAHR, 9, 13)}
    ablauf.undo(versandt)
    assert tage(versandt, wahl) == {dt.date(JAHR, 12, 31)}


def test_election_without_its_day_goes_to_the_day_that_is_known(versandt, fuellen, wahl):
    with versandt.change("Wahlergebnis") as schreiber:
        schreiber.put_messwerte([Messwert("01", wahl, dt.date(JAHR, 9, 13), 2990.0)])
    ablauf.accept_ruecklauf(versandt, fuellen(MELDE, "ohne.xlsx"), JAHR, TAG)
    assert tage(versandt, wahl) == {dt.date(JAHR, 9, 13)}


def test_late_correction_is_not_taken_silently(versandt, fuellen):
    merkmal = erstes_merkmal(versandt)
    fuellen(MELDE, "a.xlsx")
    scan(versandt)
    fuellen(MELDE, "spaet.xlsx", {("01", merkmal): 3002})
    ergebnis = scan(versandt)["spaet.xlsx"]
    assert ergebnis.art is Eingangsart.NACHLIEFERUNG
    assert "1 Angaben weichen" in ergebnis.meldung
    assert 3002 not in versandt.read_messwerte(merkmale=[merkmal], ab_jahr=JAHR)["wert"]


def test_folder_with_all_kinds_of_files(versandt, fuellen, tmp_path):
    gut = fuellen(MELDE, "gut.xlsx")
    ordner = gut.parent
    (ordner / "kaputt.xlsx").write_bytes(b"PK\x03\x04 nichts")
    (ordner / "liste.csv").write_text("Gebiet;Kinder\nRaum 1;12\n", encoding="utf-8")
    (ordner / "~$gut.xlsx").write_bytes(b"x")
    fremd = build_formular(versandt, get_abfrage(versandt, MELDE, JAHR))
    build_abfrage(ordner / "nachbar.xlsx", attrs.evolve(fremd, kommune=Kommune("05170044", "Voerde")))
    ergebnis = scan(versandt)
    assert {name: e.art for name, e in ergebnis.items()} == {
        "gut.xlsx": Eingangsart.ANGENOMMEN, "kaputt.xlsx": Eingangsart.UNLESBAR, "liste.csv": Eingangsart.KEIN_FORMULAR,
        "nachbar.xlsx": Eingangsart.NICHT_ZUGEORDNET,
    }  # fmt: skip
    assert "anderen Stadt" in ergebnis["nachbar.xlsx"].meldung
    assert all(pfad.exists() for pfad in (gut, ordner / "kaputt.xlsx", ordner / "nachbar.xlsx"))


def test_whatever_lies_in_the_folder_is_named(versandt, fuellen, monkeypatch):
    gut = fuellen(MELDE, "gut.xlsx")
    ordner = gut.parent
    gut.rename(ordner / "Datenabfrage ohne Endung")
    (ordner / "Antwort.pdf").write_bytes(b"%PDF-1.7\n")
    (ordner / "AW.msg").write_bytes(b"\xd0\xcf\x11\xe0")
    (ordner / "Thumbs.db").write_bytes(b"x")
    offen = fuellen(MELDE, "noch offen.xlsx")
    echt = type(offen).open

    def held_by_excel(pfad, *args, **kwargs):
        if pfad.name == offen.name:
            raise PermissionError(13, "Permission denied")
        return echt(pfad, *args, **kwargs)

    monkeypatch.setattr(type(offen), "open", held_by_excel)
    ergebnis = scan(versandt)
    assert {name: e.art for name, e in ergebnis.items()} == {
        "Datenabfrage ohne Endung": Eingangsart.ANGENOMMEN, "Antwort.pdf": Eingangsart.UNLESBAR, "AW.msg": Eingangsart.UNLESBAR,
        "noch offen.xlsx": Eingangsart.UNLESBAR,
    }  # fmt: skip
    assert "PDF" in ergebnis["Antwort.pdf"].meldung
    assert "angehängte Datei" in ergebnis["AW.msg"].meldung
    assert "Excel" in ergebnis["noch offen.xlsx"].meldung
    monkeypatch.undo()
    assert scan(versandt)["noch offen.xlsx"].art is not Eingangsart.UNLESBAR


def test_a_list_that_is_read_already_is_told_from_one_that_is_not(versandt, fuellen):
    ordner = fuellen(MELDE, "gut.xlsx").parent
    for name in ("alt.csv", "neu.csv"):
        (ordner / name).write_text(f"Gebiet;{name}\nRaum 1;12\n", encoding="utf-8")
    summe = hashlib.sha256((ordner / "alt.csv").read_bytes()).hexdigest()
    with versandt.change("alt.csv eingelesen") as schreiber:
        schreiber.put(Quelle("q", "alt.csv", summe, "Amt", None, dt.datetime(2027, 1, 1)))
    ergebnis = scan(versandt)
    assert ergebnis["alt.csv"].art is Eingangsart.EINGELESEN
    assert ergebnis["neu.csv"].art is Eingangsart.KEIN_FORMULAR


def test_next_year_the_same_figures_need_no_question(versandt, fuellen):
    fuellen(MELDE, "a.xlsx")
    scan(versandt)
    ablauf.carry_over(versandt, JAHR)
    ablauf.write_abfragen(versandt, JAHR + 1)
    formular = build_formular(versandt, get_abfrage(versandt, MELDE, JAHR + 1))
    gleich = {schluessel: messwert.wert for schluessel, messwert in formular.vorjahr.items()}
    gleich |= {(g.schluessel, "#anmerkung"): "unverändert" for g in formular.gebiete[:-1]}
    pfad = versandt.pfad.parent / "eingang" / str(JAHR + 1) / "neu.xlsx"
    pfad.parent.mkdir(parents=True)
    build_abfrage(pfad, formular, eintraege=gleich)
    (eingang,) = ablauf.scan_eingang(versandt, JAHR + 1, heute=TAG)
    assert eingang.art is Eingangsart.ANGENOMMEN
    assert {b.schwere for b in eingang.befunde} <= {Schwere.HINWEIS}
    assert versandt.get(Abfrage, MELDE, JAHR + 1).stand is Abfragestand.ANGENOMMEN


def test_missing_definition_comes_from_the_catalogue(versandt):
    merkmal = versandt.get(Merkmal, erstes_merkmal(versandt))
    with versandt.change("Definition gelöscht") as schreiber:
        schreiber.put(attrs.evolve(merkmal, definition=""))
    formular = build_formular(versandt, get_abfrage(versandt, MELDE, JAHR))
    assert formular.merkmale[0].definition == merkmal.definition != ""


def test_columns_stand_in_the_order_of_the_catalogue(versandt):
    from sozialtool import katalog

    reihenfolge = [m.schluessel for m in katalog.load_merkmale()]
    merkmale = versandt.get(Abfrage, MELDE, JAHR).merkmale
    assert list(merkmale) == sorted(merkmale, key=reihenfolge.index) != sorted(merkmale)


def test_open_steps_stand_in_the_overview(versandt, fuellen):
    def texte(tag):
        return [s.text for s in ablauf.uebersicht(versandt, tag).naechste]

    assert not any("Rücklauf" in text for text in texte(FRIST))
    spaet = texte(FRIST + dt.timedelta(1))
    assert "Rücklauf Einwohnermeldewesen überfällig, Frist war der 31.03.2027." in spaet
    assert not any("eingang" in text for text in spaet)
    fuellen(MELDE, "a.xlsx")
    assert "1 Datei wartet in eingang/2026 aufs Einsortieren." in texte(FRIST)
    fuellen(MELDE, "b.xlsx", {("nz", erstes_merkmal(versandt)): 3})
    scan(versandt)
    assert "Rücklauf ansehen und entscheiden: Einwohnermeldewesen." in texte(FRIST + dt.timedelta(1))
    ablauf.carry_over(versandt, JAHR)
    ablauf.write_abfragen(versandt, JAHR + 1)
    assert any(text.startswith("Formulare verschicken: Einwohnermeldewesen") for text in texte(FRIST))


def test_day_of_the_election_is_kept_with_the_abfrage(versandt):
    ablauf.edit_abfrage(versandt, MELDE, JAHR, wahltag=dt.date(JAHR, 9, 13))
    assert build_formular(versandt, get_abfrage(versandt, MELDE, JAHR)).wahltag == dt.date(JAHR, 9, 13)
    assert ablauf.carry_over(versandt, JAHR)[0].wahltag is None, "next year's election has another day"


def test_last_years_form_becomes_a_rueckfrage(versandt, fuellen):
    formular = build_formular(versandt, Abfrage(MELDE, JAHR - 1, merkmale=versandt.get(Abfrage, MELDE, JAHR).merkmale))
    pfad = versandt.pfad.parent / "eingang" / str(JAHR) / "alt.xlsx"
    pfad.parent.mkdir(parents=True)
    build_abfrage(pfad, formular, eintraege={("01", formular.merkmale[0].schluessel): 77})
    eingang = scan(versandt)["alt.xlsx"]
    assert eingang.art is Eingangsart.RUECKFRAGE
    assert "Formular des Vorjahres: 2025 statt 2026" in eingang.meldung
    assert 77 in [z.value for zeile in openpyxl.load_workbook(eingang.rueckfrage)[ANGABEN] for z in zeile]
    with pytest.raises(BedienFehler, match="2025 statt 2026"):
        ablauf.accept_ruecklauf(versandt, pfad, JAHR)


def test_not_delivered_does_not_erase_what_somebody_else_delivered(versandt, fuellen):
    merkmal = erstes_merkmal(versandt)
    leer = {(f"0{n}", merkmal): None for n in range(1, 7)}
    fuellen(MELDE, "a.xlsx", leer | {("#weil", merkmal): "wird bei uns nicht erhoben"})

    with versandt.change("anderswoher") as schreiber:
        schreiber.put_messwerte([Messwert("01", merkmal, dt.date(JAHR, 12, 31), 4711.0)])
    assert scan(versandt)["a.xlsx"].art is Eingangsart.ANGENOMMEN
    spalten = versandt.read_messwerte(merkmale=[merkmal], ab_jahr=JAHR)
    nach = dict(zip(spalten["gebiet"], zip(spalten["wert"], spalten["zeichen"], strict=True), strict=True))
    assert nach["01"][0] == 4711.0
    assert nach["02"] == (None, Zeichen.FEHLT.name)


def test_changed_form_after_sending_gets_the_next_fassung(versandt):
    merkmale = versandt.get(Abfrage, MELDE, JAHR).merkmale
    ablauf.edit_abfrage(versandt, MELDE, JAHR, merkmale=merkmale[:-1])
    ablauf.write_abfragen(versandt, JAHR, [MELDE])
    assert versandt.get(Abfrage, MELDE, JAHR).fassung == 2
    ablauf.write_abfragen(versandt, JAHR, [MELDE])
    assert versandt.get(Abfrage, MELDE, JAHR).fassung == 2


def test_next_year_in_one_step(versandt, fuellen):
    fuellen(MELDE, "a.xlsx")
    scan(versandt)
    neue = ablauf.carry_over(versandt, JAHR)
    alte = {a.fachbereich: a for a in versandt.read(Abfrage) if a.jahr == JAHR}
    assert {a.fachbereich for a in neue} == set(alte)
    assert all(a.stand is Abfragestand.ANGELEGT and a.frist == dt.date(2028, 3, 31) for a in neue)
    assert all(a.merkmale == alte[a.fachbereich].merkmale and a.fassung == 1 and not a.datei for a in neue)
    assert ablauf.carry_over(versandt, JAHR) == ()
    assert ablauf.write_abfragen(versandt, JAHR + 1)
    formular = build_formular(versandt, get_abfrage(versandt, MELDE, JAHR + 1))
    assert formular.vorjahr, "last year's return stands beside the new cells"


def test_29_february_moves_to_the_last_of_february(projekt):
    ablauf.create_abfragen(projekt, 2027, dt.date(2028, 2, 29), [MELDE])
    assert ablauf.carry_over(projekt, 2027)[0].frist == dt.date(2029, 2, 28)


def test_mails_are_polite_and_complete(versandt):
    text = str(ablauf.anschreiben(versandt, MELDE, JAHR))
    for teil in (
        "Guten Tag",
        "31.03.2027",
        "Datenabfrage_2026_Einwohnermeldewesen.xlsx",
        "freundlichen Grüßen",
        "Kleinstadt",
    ):
        assert teil in text
    vorher = ablauf.erinnerung(versandt, MELDE, JAHR, FRIST).text
    nachher = ablauf.erinnerung(versandt, MELDE, JAHR, FRIST + dt.timedelta(3)).text
    assert "endet am 31.03.2027" in vorher
    assert "wäre Ihre Antwort" in nachher
    assert "!" not in text + vorher + nachher


def test_vorlagen_can_be_taken(tmp_path):
    pfade = ablauf.write_vorlagen(tmp_path / "Vorlagen")
    assert len(pfade) >= 10
    assert shutil.os.path.isfile(pfade[0])


def test_a_return_is_not_read_as_a_foreign_file(versandt, fuellen):
    pfad = fuellen(MELDE, "irgendwie.xlsx")
    (ergebnis,) = ablauf.read_eingang(versandt, [pfad])
    assert not ergebnis.angenommen
    assert "abfragen einsortieren" in ergebnis.meldung


def test_who_answered_and_was_asked_back_is_not_called_overdue(versandt, fuellen):
    fuellen(MELDE, "a.xlsx", {("01", erstes_merkmal(versandt)): "viele"})
    scan(versandt)
    texte = [s.text for s in ablauf.uebersicht(versandt, FRIST + dt.timedelta(1)).naechste]
    assert "Rückfrage offen, die Frist ist vorbei: Einwohnermeldewesen." in texte
    assert not any("Rücklauf Einwohnermeldewesen" in text or "eingang" in text for text in texte)
