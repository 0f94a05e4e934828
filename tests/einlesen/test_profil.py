"""Importprofil: the same layout needs no question, a changed one is shown before anything is imported."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from bauen import blatt, mappe

from sozialtool.einlesen import aendern
from sozialtool.einlesen.pruefung import Pruefung, answer, answer_frage, build_profil, examine_rohmappe
from sozialtool.einlesen.rohblatt import Zellwert
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.einlesen.zuordnung import Ort, Zuordnung
from sozialtool.fach.messwert import Merkmal, Messwert
from sozialtool.fach.raum import Gebiet, Kommune

UMFELD = Umfeld(
    Kommune("05999038", "Lindenrath"),
    gebiete=tuple(
        Gebiet(f"0{i}", name, "sozialraum") for i, name in enumerate(("Altstadt", "Nord", "Süd", "West", "Ost"), 1)
    ),
    merkmale=(
        Merkmal("ew", "Einwohner"), Merkmal("u3", "unter 3-Jährige"), Merkmal("alo", "Arbeitslose"),
        Merkmal("alo_m", "Arbeitslose Männer"), Merkmal("alo_w", "Arbeitslose Frauen"),
    ),
)  # fmt: skip
NAMEN = ("Altstadt", "Nord", "Süd", "West", "Ost")


def tabelle(titel: str, kopf: tuple[Zellwert, ...], *, faktor: int = 10, blattname: str = "Daten") -> object:
    zeilen = [(name, *(faktor * (i + 1) + s for s in range(len(kopf) - 1))) for i, name in enumerate(NAMEN)]
    return blatt((titel,), kopf, *zeilen, name=blattname)


def pruefe(
    titel: str, *kopf: Zellwert, umfeld: Umfeld = UMFELD, datei: str = "K.xlsx", summe: str = "ab" * 32
) -> Pruefung:
    return examine_rohmappe(mappe(tabelle(titel, ("Sozialraum", *kopf)), datei=datei, summe=summe), umfeld)  # type: ignore[arg-type]


def fertig(pruefung: Pruefung, antworten: dict[str, str], umfeld: Umfeld = UMFELD) -> Pruefung:
    for frage in pruefung.fragen:
        pruefung = answer_frage(pruefung, umfeld, frage.kennung, antworten[frage.text])
    assert pruefung.fragen == ()
    return pruefung


def mit_profil(pruefung: Pruefung, umfeld: Umfeld = UMFELD) -> Umfeld:
    return attrs.evolve(umfeld, profile=(*umfeld.profile, build_profil(pruefung, "Profil")))


def test_next_year_with_one_more_column_of_years_fits() -> None:
    erste = fertig(pruefe("Einwohner", 2021, 2022), {"2021": "ew"})
    zweite = pruefe("Einwohner", 2021, 2022, 2023, umfeld=mit_profil(erste))
    assert (zweite.fragen, zweite.abweichungen) == ((), ())
    assert {w.stand.year for w in zweite.messwerte} == {2021, 2022, 2023}


def test_changed_layout_is_shown_and_the_old_mapping_carried_over() -> None:
    erste = fertig(
        pruefe("Kinder am 31.12.2022", "Einwohner", "Kinder u3", "Wohnungen"), {"Kinder u3": "u3", "Wohnungen": ""}
    )
    umfeld = mit_profil(erste)
    zweite = pruefe("Kinder am 31.12.2023", "Kinder u3", "Einwohner", "Haushalte", umfeld=umfeld)
    arten = {(a.art, a.text) for a in zweite.abweichungen}
    assert ("spalte-neu", "Haushalte") in arten
    assert any(art == "spalte-verschoben" for art, _ in arten)
    assert [f.text for f in zweite.fragen] == ["Haushalte"]
    werte = {(w.gebiet, w.merkmal): w.wert for w in zweite.messwerte}
    assert (werte["01", "u3"], werte["01", "ew"]) == (10, 11)


def test_a_missing_column_is_told() -> None:
    erste = fertig(pruefe("Kinder am 31.12.2022", "Einwohner", "Kinder u3"), {"Kinder u3": "u3"})
    zweite = pruefe("Kinder am 31.12.2023", "Einwohner", umfeld=mit_profil(erste))
    assert [(a.art, a.text) for a in zweite.abweichungen] == [("spalte-fehlt", "Kinder u3")]


def test_a_renamed_column_is_asked_with_its_old_meaning() -> None:
    erste = fertig(pruefe("Am 31.12.2022", "Einwohner", "Kinder unter drei Jahren"), {"Kinder unter drei Jahren": "u3"})
    zweite = pruefe("Am 31.12.2023", "Einwohner", "Kinder unter drei J.", umfeld=mit_profil(erste))
    assert [a.art for a in zweite.abweichungen] == ["spalte-umbenannt"]
    assert zweite.fragen[0].vorschlaege[0].schluessel == "u3"
    assert {w.merkmal for w in zweite.messwerte} == {"ew"}  # nothing is taken before the answer


def test_the_changed_layout_becomes_a_second_profile() -> None:
    erste = fertig(pruefe("Am 31.12.2022", "Einwohner", "Kinder u3"), {"Kinder u3": "u3"})
    umfeld = mit_profil(erste)
    zweite = fertig(pruefe("Am 31.12.2023", "Einwohner", "U3", umfeld=umfeld), {"U3": "u3"}, umfeld)
    umfeld = mit_profil(zweite, umfeld)
    assert len({p.schluessel for p in umfeld.profile}) == 2
    dritte = pruefe("Am 31.12.2024", "Einwohner", "U3", umfeld=umfeld)
    assert (dritte.fragen, dritte.abweichungen) == ((), ())
    nochmal = pruefe("Am 31.12.2024", "Einwohner", "Kinder u3", umfeld=umfeld)
    assert (nochmal.fragen, nochmal.abweichungen) == ((), ())


def test_same_columns_under_another_title_are_not_taken_without_a_word() -> None:
    erste = fertig(pruefe("Empfänger von Wohngeld am 31.12.2022", "Personen"), {"Personen": "ew"})
    zweite = pruefe("Leistungen nach dem AsylbLG am 31.12.2023", "Personen", umfeld=mit_profil(erste))
    assert [a.art for a in zweite.abweichungen] == ["titel-anders"]


def test_two_tables_with_the_same_columns_are_told_apart_by_their_title() -> None:
    def buch(jahr: int) -> object:
        kopf = ("Sozialraum", "Personen")
        teile = [(f"Tabelle 1: Wohngeld am 31.12.{jahr}",), kopf, *((n, i) for i, n in enumerate(NAMEN)), ()]
        teile += [(f"Tabelle 2: Arbeitslose am 31.12.{jahr}",), kopf, *((n, 100 + i) for i, n in enumerate(NAMEN))]
        return blatt(*teile)

    erste = examine_rohmappe(mappe(buch(2022)), UMFELD)  # type: ignore[arg-type]
    assert len(erste.fragen) == 2
    zuordnung = aendern.apply_answer(erste.zuordnung, erste.fragen[0], "ew")
    erste = answer(erste, UMFELD, aendern.apply_answer(zuordnung, erste.fragen[1], "alo"))
    zweite = examine_rohmappe(mappe(buch(2023)), mit_profil(erste))  # type: ignore[arg-type]
    assert (zweite.fragen, zweite.abweichungen) == ((), ())
    assert {(w.merkmal, w.wert) for w in zweite.messwerte if w.gebiet == "01"} == {("ew", 0), ("alo", 100)}


def test_the_same_areas_in_several_sections_make_the_section_part_of_the_meaning() -> None:
    def buch(jahr: int) -> object:
        return blatt(
            (f"Arbeitslose am 31.12.{jahr}",), ("Sozialraum", "Anzahl"), ("Männer",), *((n, i + 1) for i, n in enumerate(NAMEN)),
            ("Frauen",), *((n, i + 10) for i, n in enumerate(NAMEN)),
        )  # fmt: skip

    erste = examine_rohmappe(mappe(buch(2022)), UMFELD)  # type: ignore[arg-type]
    assert [f.text for f in erste.fragen] == ["Männer – Anzahl", "Frauen – Anzahl"]
    assert [f.vorschlaege[0].schluessel for f in erste.fragen] == ["alo_m", "alo_w"]
    erste = fertig(erste, {"Männer – Anzahl": "alo_m", "Frauen – Anzahl": "alo_w"})
    zweite = examine_rohmappe(mappe(buch(2023)), mit_profil(erste))  # type: ignore[arg-type]
    assert (zweite.fragen, zweite.abweichungen) == ((), ())
    werte = {(w.gebiet, w.merkmal): w.wert for w in zweite.messwerte}
    assert (werte["02", "alo_m"], werte["02", "alo_w"]) == (2, 11)
    assert len(werte) == 10


def test_year_in_the_sheet_name_and_one_rule_for_all_sheets() -> None:
    blaetter = [tabelle("Wohngeld", ("Sozialraum", "Einwohner"), blattname=str(j), faktor=j) for j in (2021, 2022)]
    pruefung = examine_rohmappe(mappe(*blaetter), UMFELD)  # type: ignore[arg-type]
    assert len(pruefung.zuordnung.tabellen) == 1
    assert pruefung.zuordnung.tabellen[0].stand.ort is Ort.BLATT
    assert {(w.stand.year, w.wert) for w in pruefung.messwerte if w.gebiet == "01"} == {(2021, 2021), (2022, 2022)}


def test_stand_in_the_file_name_is_asked_once_and_then_remembered() -> None:
    erste = pruefe("Einwohner", "Einwohner", datei="Einwohner_2022.xlsx")
    assert [f.art for f in erste.fragen] == ["stand"]
    erste = answer_frage(erste, UMFELD, erste.fragen[0].kennung, erste.fragen[0].vorschlaege[0].schluessel)
    zweite = pruefe("Einwohner", "Einwohner", datei="Einwohner_2023.xlsx", umfeld=mit_profil(erste))
    assert zweite.fragen == ()
    assert {w.stand for w in zweite.messwerte} == {dt.date(2023, 12, 31)}


def test_a_typed_date_does_not_go_into_the_profile() -> None:
    erste = pruefe("Einwohner", "Einwohner")
    erste = answer_frage(erste, UMFELD, erste.fragen[0].kennung, "30.06.2022")
    assert {w.stand for w in erste.messwerte} == {dt.date(2022, 6, 30)}
    umfeld = mit_profil(erste)
    assert "2022" not in umfeld.profile[0].inhalt
    assert [f.art for f in pruefe("Einwohner", "Einwohner", umfeld=umfeld).fragen] == ["stand"]


def test_new_answers_go_into_the_same_profile() -> None:
    erste = fertig(pruefe("Am 31.12.2022", "Einwohner", "Kinder u3"), {"Kinder u3": "u3"})
    umfeld = mit_profil(erste)
    neu = blatt(
        ("Am 31.12.2023",), ("Sozialraum", "Einwohner", "Kinder u3"), ("Nord-Ost", 1, 2), ("Süd", 3, 4), ("West", 5, 6)
    )
    zweite = examine_rohmappe(mappe(neu), umfeld)
    assert [f.text for f in zweite.fragen] == ["Nord-Ost"]
    zweite = answer_frage(zweite, umfeld, zweite.fragen[0].kennung, "02")
    profil = build_profil(zweite, "egal")
    assert (profil.schluessel, profil.name) == (umfeld.profile[0].schluessel, "Profil")
    dritte = examine_rohmappe(mappe(neu), attrs.evolve(umfeld, profile=(profil,)))
    assert dritte.fragen == ()


def test_values_of_last_year_support_a_proposal() -> None:
    stand = dt.date(2022, 12, 31)
    bestand = {(f"0{i}", "u3", stand): Messwert(f"0{i}", "u3", stand, 10.0 * i + 1) for i in range(1, 6)}
    pruefung = pruefe("Am 31.12.2023", "Spalte mit unklarem Kopf", umfeld=attrs.evolve(UMFELD, bestand=bestand))
    vorschlag = pruefung.fragen[0].vorschlaege[0]
    assert vorschlag.schluessel == "u3"
    assert "2022" in vorschlag.grund


@pytest.mark.parametrize("name", ["St.Pauli", "St. Pauli", "Sankt Pauli", "02 St. Pauli"])
def test_likeness_is_proposed_and_never_taken(name: str) -> None:
    gebiete = (*UMFELD.gebiete[2:], Gebiet("02", "St. Pauli", "sozialraum"), Gebiet("01", "St. Paulus", "sozialraum"))
    umfeld = attrs.evolve(UMFELD, gebiete=gebiete)
    roh = blatt(("Am 31.12.2023",), ("Sozialraum", "Einwohner"), (name, 5), ("Süd", 6), ("West", 7))
    pruefung = examine_rohmappe(mappe(roh), umfeld)
    if name in ("St. Pauli", "02 St. Pauli"):
        assert pruefung.fragen == ()
        assert pruefung.messwerte[0].gebiet == "02"
    else:
        assert [f.text for f in pruefung.fragen] == [name]
        assert pruefung.fragen[0].vorschlaege[0].schluessel == "02"
        assert "02" not in {w.gebiet for w in pruefung.messwerte}


def test_rules_of_a_newer_version_are_read_without_their_unknown_fields() -> None:
    zuordnung = pruefe("Am 31.12.2023", "Einwohner").zuordnung
    text = zuordnung.to_json().replace('{"blatt"', '{"spaeter_erfunden": 1, "blatt"')
    assert "spaeter_erfunden" in text
    assert Zuordnung.from_json(text) == zuordnung


def test_figures_in_thousands_are_asked_for() -> None:
    roh = blatt(("Am 31.12.2023",), ("Sozialraum", "Einwohner (in 1.000)"), ("Altstadt", 5), ("Nord", 6), ("Süd", 7))
    pruefung = examine_rohmappe(mappe(roh), UMFELD)
    pruefung = answer_frage(pruefung, UMFELD, pruefung.fragen[0].kennung, "ew")
    assert [f.art for f in pruefung.fragen] == ["einheit"]
    pruefung = answer_frage(pruefung, UMFELD, pruefung.fragen[0].kennung, "1000")
    assert [w.wert for w in pruefung.messwerte] == [5000, 6000, 7000]


def test_hundreds_of_foreign_areas_are_one_question() -> None:
    zeilen = [(f"Fremdort {i}", i) for i in range(100)]
    roh = blatt(("Am 31.12.2023",), ("Gemeinde", "Einwohner"), *zeilen, ("Altstadt", 7))
    pruefung = examine_rohmappe(mappe(roh), UMFELD)
    assert [f.art for f in pruefung.fragen] == ["gebiete"]
    ohne = answer_frage(pruefung, UMFELD, pruefung.fragen[0].kennung, "")
    assert (ohne.fragen, [w.gebiet for w in ohne.messwerte]) == ((), ["01"])
    assert [b.code for b in ohne.befunde if "Fremdort 0" in b.meldung] == ["GEBIET-FREMD"]
    einzeln = answer_frage(pruefung, UMFELD, pruefung.fragen[0].kennung, "einzeln")
    assert len(einzeln.fragen) == 100


@pytest.mark.parametrize("titel", ["Arbeitslose in {stadt}", "Nur Nebenwohnungen in {stadt}"])
def test_another_title_is_shown_even_when_it_names_the_town(titel: str) -> None:
    stadt = UMFELD.kommune.name
    erste = fertig(pruefe(f"Einwohner in {stadt} am 31.12.2022", "Einwohner"), {})
    gleich = pruefe(f"Einwohner in {stadt} am 31.12.2023", "Einwohner", umfeld=mit_profil(erste))
    assert gleich.abweichungen == ()
    anders = pruefe(f"{titel.format(stadt=stadt)} am 31.12.2023", "Einwohner", umfeld=mit_profil(erste))
    assert [a.art for a in anders.abweichungen] == ["titel-anders"]
