"""A register becomes counts while it is read; no person comes out of the reading process."""

from __future__ import annotations

import datetime as dt
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from register_bauen import ABSCHNITTE, STICHTAG, people, write_csv, write_xlsx

from sozialtool import katalog
from sozialtool.einlesen import aufsicht, dateiart
from sozialtool.einlesen.register import strom
from sozialtool.einlesen.register.lesen import build_plan, read_register
from sozialtool.einlesen.register.sinn import Leser, place_of
from sozialtool.einlesen.register.zaehlen import Zaehlung
from sozialtool.einlesen.strassen.namen import Hausnummer
from sozialtool.einlesen.strassen.suche import find_gebiet
from sozialtool.fach.strasse import Seite, Strassenabschnitt, Strassenschreibweise
from sozialtool.fehler import DateiUnlesbar

MERKMALE = [m.schluessel for m in katalog.load_merkmale()]


def plan(**anders):
    return build_plan(ABSCHNITTE, anders.pop("schreibweisen", ()), STICHTAG, MERKMALE, **anders)


def zahlen(lesung) -> dict[tuple[str, str], float]:
    return {(w.gebiet, w.merkmal): w.wert for w in lesung.messwerte}


def person(
    strasse="Zwetschgenweg", nummer=1, geboren="01.01.1990", sex="w", nation="deutsch", einzug="01.01.2024", haus=""
):
    return [1, "Quax", "", strasse, nummer, "", geboren, sex, nation, "", einzug, haus]


def test_people_by_hand(tmp_path):
    zeilen = [
        person(geboren="31.12.2007", haus="A"),  # 18 today
        person(geboren="01.01.2008", sex="m", haus="A"),  # still 17
        person("Xanthippenstr.", 12, "29.02.1960", nation="polnisch", einzug="31.12.2020", haus="B"),
        person("Xanthippenstr.", "14", "31.12.1950", "m", "syrisch", "01.01.2021", "C"),
        person("Xanthippenstr.", "7 b", "15.05.2026"),  # not born on the Stichtag
        person("Unbekannter Pfad", 5, "01.01.2000"),
    ]
    lesung = read_register(write_xlsx(tmp_path / "r.xlsx", zeilen), plan())
    z = zahlen(lesung)
    assert lesung.personen == 5
    assert [z[g, "ew"] for g in ("001", "002", "nz")] == [3, 1, 1]
    assert (z["001", "ew_unter_18"], z["001", "ew_15_18"], z["001", "ew_18_25"], z["001", "ew_ab_18"]) == (1, 1, 1, 2)
    assert (z["002", "ew_ab_75"], z["002", "ew_ab_regelalter"], z["001", "ew_ab_regelalter"]) == (1, 1, 0)
    assert (z["001", "auslaender"], z["001", "auslaender_nicht_eu"], z["002", "auslaender_nicht_eu"]) == (1, 0, 1)
    assert (z["001", "wohndauer_ab_5"], z["002", "wohndauer_ab_5"]) == (1, 0)
    assert (z["001", "hh"], z["001", "hh_alleinerziehend"], z["001", "kinder_alleinerziehend"]) == (2, 1, 1)
    assert (z["002", "hh_1p"], z["002", "alleinlebend_ab_75"]) == (1, 1)
    assert z["001", "alterssumme"] == 18.5 + 17.5 + 65.5
    assert z["001", "altersquadrate"] == 18.5**2 + 17.5**2 + 65.5**2
    assert lesung.offen == (("Unbekannter Pfad", 1),)
    assert {b.code for b in lesung.befunde} == {"REGISTER-UNGEBOREN", "REGISTER-STRASSE"}
    assert all(w.stand == STICHTAG for w in lesung.messwerte)


def test_parts_and_totals_tie_out(tmp_path):
    lesung = read_register(write_xlsx(tmp_path / "r.xlsx", people(3000)), plan())
    z = zahlen(lesung)
    assert lesung.personen == 3000 - 3000 // 61
    katalog_merkmale = {m.schluessel: m for m in katalog.load_merkmale()}
    for gebiet in ("001", "002", "nz"):
        for gruppe in ("alter", "geschlecht", "staatsangehoerigkeit"):
            teile = [m for m in katalog_merkmale.values() if m.gruppe == gruppe and m.teil_von == "ew"]
            assert sum(z[gebiet, m.schluessel] for m in teile) == z[gebiet, "ew"]
        for m in katalog_merkmale.values():
            if m.summe_aus and (gebiet, m.schluessel) in z and all((gebiet, t) in z for t in m.summanden):
                assert z[gebiet, m.schluessel] == sum(f * z[gebiet, t] for t, f in m.summanden.items())
            if m.teil_von and (gebiet, m.schluessel) in z and m.art.additiv:
                assert z[gebiet, m.schluessel] <= z[gebiet, m.teil_von]


def test_text_file_and_workbook_count_the_same(tmp_path):
    zeilen = people(800)
    aus_xlsx = read_register(write_xlsx(tmp_path / "r.xlsx", zeilen), plan())
    aus_csv = read_register(write_csv(tmp_path / "r.csv", zeilen), plan())
    assert aus_csv.messwerte == aus_xlsx.messwerte
    assert aus_csv.offen == aus_xlsx.offen == (("Xantippenstraat", 16),)


def test_decided_spelling_is_remembered(tmp_path):
    pfad = write_xlsx(tmp_path / "r.xlsx", people(200))
    assert zahlen(read_register(pfad, plan()))["nz", "ew"] > 0
    entschieden = read_register(pfad, plan(schreibweisen=[Strassenschreibweise("Xantippenstraat", "0010")]))
    assert (zahlen(entschieden)["nz", "ew"], entschieden.offen) == (0, ())
    fremd = read_register(pfad, plan(schreibweisen=[Strassenschreibweise("Xantippenstraat", "")]))
    assert zahlen(fremd)["nz", "ew"] > 0
    assert fremd.offen == ()


def test_one_address_cell_nebenwohnung_and_missing_columns(tmp_path):
    kopf = ["Adresse", "Geb.-Datum", "Wohnungsstatus"]
    zeilen = [
        ["Zwetschgenweg 3a", "01.05.2010", "HW"],
        ["Zwetschgenweg 3a", "01.05.2010", "NW"],
        ["Xanthippenstraße 15", "1.1.1950", "alleinige"],
    ]
    lesung = read_register(write_xlsx(tmp_path / "r.xlsx", zeilen, kopf), plan())
    z = zahlen(lesung)
    assert (z["001", "ew"], z["002", "ew"], z["001", "ew_unter_18"]) == (1, 1, 1)
    assert ("001", "ew_maennlich") not in z  # no column says so: no figure, not a 0
    assert ("001", "hh") not in z
    assert [b.code for b in lesung.befunde] == ["REGISTER-NEBENWOHNUNG"]


def test_list_of_cases_with_areas(tmp_path):
    kopf = ["Fall", "Stimmbezirk", "Geburtsdatum"]
    zeilen = [[1, 1, "01.05.2020"], [2, "002", "01.05.1990"], [3, "", "01.05.2015"]]
    lesung = read_register(write_xlsx(tmp_path / "r.xlsx", zeilen, kopf), plan(stamm="sgb2"))
    z = zahlen(lesung)
    assert (z["001", "sgb2"], z["001", "sgb2_unter_15"], z["002", "sgb2_unter_15"], z["nz", "sgb2"]) == (1, 1, 0, 1)
    assert not any(merkmal.startswith("ew") for _, merkmal in z)


def test_foreign_file_is_named(tmp_path):
    lesung = read_register(write_xlsx(tmp_path / "x.xlsx", [["01", 5]], ["Raum", "Einwohner"]), plan())
    assert [b.code for b in lesung.befunde] == ["REGISTER-SPALTEN"]
    assert (lesung.messwerte, lesung.bereit) == ((), False)


@pytest.mark.kindprozess
@pytest.mark.parametrize("schreibe", [write_xlsx, write_csv])
def test_no_person_reaches_the_parent(tmp_path, monkeypatch, schreibe):
    zeilen = people(400)
    zeilen[7][6] = "Quaxdatum"
    angekommen = []
    echt = aufsicht._read_frames

    def listen(ausgang):
        for art, inhalt in echt(ausgang):
            angekommen.append(pickle.dumps(inhalt))
            yield art, inhalt

    monkeypatch.setattr(aufsicht, "_read_frames", listen)
    lesung = read_register(schreibe(tmp_path / "r.dat", zeilen), plan())
    alles = b"".join(angekommen).decode("utf-8", "replace") + repr(lesung)
    assert "Xantippenstraat" in alles  # what is searched for below could be found
    assert "Quax" not in alles
    assert "H0000" not in alles
    spuren = {str(zeile[6]) for zeile in zeilen if zeile[6]} | {f"{zeile[3]} {zeile[4]}" for zeile in zeilen}
    assert [spur for spur in spuren if spur in alles] == []


@pytest.mark.parametrize("zeichensatz", ["utf-8", "cp1252", "utf-8-sig"])
def test_huge_text_file_counts_the_same_piece_by_piece(tmp_path, monkeypatch, zeichensatz):
    zeilen = people(700)
    zeilen[650][3], zeilen[650][2] = "Mühlengäßchen", ""  # the first umlaut stands far behind
    datei = write_csv(tmp_path / "r.csv", zeilen)
    am_stueck = read_register(datei, plan())
    datei.write_bytes(datei.read_text(encoding="utf-8").encode(zeichensatz))
    monkeypatch.setattr(strom, "_ERSTES", 4096)
    monkeypatch.setattr(strom, "_BLOCK", 4096)
    zaehlung, _, leseart = strom.count_strom(datei, "r", lambda: Zaehlung(plan()), None)
    gezaehlt = zaehlung.build()
    assert leseart[:2] == (zeichensatz, ";")
    assert sorted(gezaehlt["zahlen"]) == [(w.gebiet, w.merkmal, w.wert) for w in am_stueck.messwerte]
    assert tuple(gezaehlt["offen"]) == am_stueck.offen
    assert [b[3] for b in gezaehlt["befunde"]] == [b.meldung for b in am_stueck.befunde]


@pytest.mark.kindprozess
def test_huge_text_file_in_the_child(tmp_path):
    zeilen = people(300)
    klein = read_register(write_csv(tmp_path / "klein.csv", zeilen), plan())
    gross = write_csv(tmp_path / "gross.csv", zeilen)
    with gross.open("a", encoding="utf-8") as datei:
        datei.write(
            (";" * 11 + "\n") * (dateiart.GROSSTEXT_AB // 11)
        )  # empty rows, as tables that were too long have them
    lesung = read_register(gross, plan())
    assert lesung.messwerte == klein.messwerte


def test_open_quotation_mark_does_not_quote_people(tmp_path):
    zeilen = people(6000)
    zeilen[5][1] = '"Quax'
    datei = write_csv(tmp_path / "r.csv", zeilen)
    with pytest.raises(DateiUnlesbar) as fehler:
        strom.count_strom(datei, "r", lambda: Zaehlung(plan()), None)
    assert "Quax" not in str(fehler.value)
    assert fehler.value.__suppress_context__


def test_two_quotation_marks_too_many_are_said(tmp_path):
    zeilen = people(60)
    zeilen[5][1], zeilen[20][1] = '"Quax', 'Quax"'
    zaehlung, _, _ = strom.count_strom(write_csv(tmp_path / "r.csv", zeilen), "r", lambda: Zaehlung(plan()), None)
    assert [b[3] for b in zaehlung.build()["befunde"] if b[0] == "CSV-UMBRUCH"] == [
        "15 Zeilen stehen innerhalb von Anführungszeichen und zählen nicht als eigene Personen."
    ]


_ENDE = st.one_of(st.none(), st.tuples(st.integers(1, 30), st.sampled_from(["", "", "a", "c"])))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("123"), _ENDE, _ENDE, st.sampled_from(list(Seite))), min_size=1, max_size=5))
def test_table_of_a_street_answers_as_its_sections_do(laeufe):
    abschnitte = [
        Strassenabschnitt("1", i, "Weg", g, *(von or (None, "")), *(bis or (None, "")), seite)
        for i, (g, von, bis, seite) in enumerate(laeufe)
    ]
    anders = build_plan(abschnitte, (), STICHTAG, MERKMALE)
    leser = Leser(anders)
    leser.choose({"strasse": 0, "nummer": 1})
    strasse = leser.read_strasse(None, "Weg")
    for haus in (None, *(Hausnummer(n, z) for n in (*range(1, 34), 9999) for z in ("", *"abcdz"))):
        gebiet, grund = find_gebiet(anders["index"], ["1"], haus)
        assert leser.find_ort(strasse, place_of(haus)) == (gebiet or "nz", grund, "")


def test_what_would_count_wrongly_is_named(tmp_path):
    """A day instead of a house number, another system of keys, a person in the address."""
    zeilen = [
        person("Xanthippenstraße", dt.date(2025, 3, 1)),
        person("Xanthippenstraße", "1. Mrz"),
        person("c/o Quaxmann, Zwetschgenweg"),
    ]
    zeilen += [person("Zwetschgenweg"), person("Zwetschgenstieg bei Quaxmann"), person("bei Quaxmann")]
    zeilen[3][2] = "0010"
    lesung = read_register(write_xlsx(tmp_path / "r.xlsx", zeilen), plan())
    je = zahlen(lesung)
    assert [je[gebiet, "ew"] for gebiet in ("001", "002", "nz")] == [1, 1, 4]
    je_code = {b.code: b.meldung for b in lesung.befunde}
    assert je_code["REGISTER-OHNE-NUMMER"].startswith("2 Personen haben keine lesbare Hausnummer")
    assert "1 Straße steht mit anderem Schlüssel" in je_code["REGISTER-SCHLUESSEL"]
    assert "„Zwetschgenweg“: 0010 statt 0020" in je_code["REGISTER-SCHLUESSEL"]
    assert lesung.offen == (("Zwetschgenstieg", 1),)
    assert "Quax" not in repr(lesung)
