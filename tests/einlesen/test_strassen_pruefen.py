"""A Straßenverzeichnis covers every address once: gaps, overlaps, ends, sides, Zusätze."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sozialtool.einlesen.strassen.namen import (
    Hausnummer,
    norm_strasse,
    parse_hausnummer,
    split_adresse,
    without_nummer,
    without_person,
)
from sozialtool.einlesen.strassen.pruefen import check_abschnitte
from sozialtool.einlesen.strassen.suche import (
    GEFUNDEN,
    MEHRDEUTIG,
    NUMMER_FEHLT,
    NUMMER_FREMD,
    build_index,
    find_gebiet,
    find_strassen,
)
from sozialtool.einlesen.strassen.vorschlag import propose_strassen
from sozialtool.fach.quelle import Schwere
from sozialtool.fach.strasse import Seite, Strassenabschnitt, Strassenschreibweise

G, U, A = Seite.GERADE, Seite.UNGERADE, Seite.ALLE


def weg(nummer, gebiet, von="", bis="", seite=A, strasse="1", name="Weg") -> Strassenabschnitt:
    """A section whose ends are written "12a"; "" is open."""
    anfang, ende = parse_hausnummer(von or None), parse_hausnummer(bis or None)
    return Strassenabschnitt(
        strasse, nummer, name, gebiet, anfang and anfang.nummer, anfang.zusatz if anfang else "",
        ende and ende.nummer, ende.zusatz if ende else "", seite,
    )  # fmt: skip


def codes(*abschnitte, ohne=("STRASSE-ENDE",)) -> list[str]:
    return [b.code for b in check_abschnitte(abschnitte, ("1", "2", "3")) if b.code not in ohne]


def texte(*abschnitte) -> str:
    return "\n".join(b.meldung for b in check_abschnitte(abschnitte, ("1", "2", "3")))


def test_whole_street_is_complete():
    assert codes(weg(1, "1"), ohne=()) == []
    assert codes(weg(1, "1", seite=G), weg(2, "2", seite=U), ohne=()) == []
    assert codes(weg(1, "1", "1", "12"), weg(2, "2", "13", ""), ohne=()) == []
    assert codes(weg(1, "1", "2", "12", G), weg(2, "2", "14", "", G), weg(3, "3", seite=U), ohne=()) == []


def test_gap_names_the_missing_numbers():
    assert "ungeraden Hausnummern 13 bis 17" in texte(
        weg(1, "1", "1", "11", U), weg(2, "2", "19", "", U), weg(3, "1", seite=G)
    )
    assert codes(weg(1, "1", "1", "11"), weg(2, "2", "13")) == ["STRASSE-LUECKE"]  # number 12
    assert "Hausnummer 12." in texte(weg(1, "1", "1", "11"), weg(2, "2", "13"))
    assert "alle ungeraden Hausnummern" in texte(weg(1, "1", seite=G))
    assert "geraden Hausnummern 2 bis 8" in texte(weg(1, "1", "10", "", G), weg(2, "1", seite=U))


def test_zusatz_cuts_a_number_in_the_middle():
    assert codes(weg(1, "1", "1", "12"), weg(2, "2", "12a", "")) == []
    assert codes(weg(1, "1", "", "12b"), weg(2, "2", "12", "")) == []
    assert "12c bis 12e" in texte(weg(1, "1", "", "12b"), weg(2, "2", "12f", ""))
    index = build_index([weg(1, "1", "1", "12"), weg(2, "2", "12a", "")])
    assert [find_gebiet(index, ["1"], Hausnummer(12, z))[0] for z in ("", "a", "z")] == ["1", "2", "2"]
    index = build_index([weg(1, "1", "1", "12"), weg(2, "2", "13", "")])
    assert find_gebiet(index, ["1"], Hausnummer(12, "z")) == ("1", GEFUNDEN)


def test_overlap_is_an_error_only_between_areas():
    streit = check_abschnitte([weg(1, "1", "", "12"), weg(2, "2", "10", "")], ("1", "2"))
    assert [(b.code, b.schwere) for b in streit] == [("STRASSE-DOPPELT", Schwere.FEHLER)]
    assert "1 oder 2?" in streit[0].meldung
    einig = check_abschnitte([weg(1, "1", "", "12"), weg(2, "1", "10", "")], ("1", "2"))
    assert [(b.code, b.schwere) for b in einig] == [("STRASSE-DOPPELT", Schwere.HINWEIS)]
    eine_seite = texte(weg(1, "1", seite=U), weg(2, "2", "1", ""))
    assert "(ungerade Hausnummern)" in eine_seite


def test_other_findings_have_their_codes():
    assert codes(weg(1, "9")) == ["STRASSE-GEBIET"]
    assert codes(weg(1, "1", "12", "2")) == ["STRASSE-VERKEHRT"]
    assert codes(weg(1, "1", "12b", "12a")) == ["STRASSE-VERKEHRT"]
    assert codes(weg(1, "1", "", "13", G), weg(2, "1", "14", "", G), weg(3, "1", seite=U)) == ["STRASSE-SEITE"]
    assert codes(weg(1, "1", "", "9"), weg(2, "1", "10", "", name="Gasse")) == ["STRASSE-ZWEI-NAMEN"]
    assert codes(weg(1, "1"), weg(1, "2", strasse="2")) == ["STRASSE-NAME-DOPPELT"]
    assert codes(weg(1, "1", "1", "12"), ohne=()) == ["STRASSE-ENDE"]


_ENDE = st.one_of(
    st.just(""), st.builds(lambda n, z: f"{n}{z}", st.integers(1, 30), st.sampled_from(["", "", "a", "c"]))
)


@given(st.lists(st.tuples(st.sampled_from("123"), _ENDE, _ENDE, st.sampled_from([A, G, U])), min_size=1, max_size=5))
def test_findings_agree_with_asking_for_every_address(plan):
    abschnitte = [weg(i, *teile) for i, teile in enumerate(plan, 1)]
    befunde = check_abschnitte(abschnitte, ("1", "2", "3"))
    gefunden = {b.code for b in befunde}
    if "STRASSE-VERKEHRT" in gefunden:
        return
    index = build_index(abschnitte)
    ausgang = {
        find_gebiet(index, ["1"], Hausnummer(n, z))[1]
        for n in range(1, 34) for z in ("", *"abcdefghijklmnopqrstuvwxyz")
    }  # fmt: skip
    streit = any(b.code == "STRASSE-DOPPELT" and b.schwere is Schwere.FEHLER for b in befunde)
    assert streit == (MEHRDEUTIG in ausgang)
    assert (NUMMER_FREMD in ausgang) == bool({"STRASSE-LUECKE", "STRASSE-ENDE"} & gefunden)


@pytest.mark.parametrize(
    "schreibweise",
    [
        "Bahnhofstraße",
        "Bahnhofstr.",
        "BAHNHOFSTRASSE",
        "Bahnhof-Straße",
        "Bahnhof Str",
        "bahnhofstrasse",
        " Bahnhofstr ",
    ],
)
def test_spellings_of_one_street(schreibweise):
    assert norm_strasse(schreibweise) == norm_strasse("Bahnhofstraße")
    index = build_index([weg(1, "1", name="Bahnhofstraße", strasse="0030")])
    assert find_strassen(index, schreibweise) == ["0030"]
    assert find_strassen(index, "egal", 30.0) == find_strassen(index, "", "30") == ["0030"]


def test_umlauts_and_short_forms():
    assert norm_strasse("Mühlenstr.") == norm_strasse("Muehlenstraße")
    assert norm_strasse("Rathauspl.") == norm_strasse("Rathausplatz")
    assert norm_strasse("St.-Georg-Weg") == norm_strasse("Sankt-Georg-Weg")
    assert norm_strasse("Bahnhofstraße") != norm_strasse("Bahnhofsweg")


def test_similar_spelling_is_proposed_and_a_decision_holds():
    alle = [weg(1, "1", name="Bahnhofstraße", strasse="30"), weg(1, "2", name="Lindenallee", strasse="40")]
    assert find_strassen(build_index(alle), "Banhofstr.") == []
    assert propose_strassen("Banhofstr.", alle)[0].schluessel == "30"
    assert propose_strassen("Völlig anders", alle) == ()
    entschieden = [Strassenschreibweise("Banhofstr.", "30"), Strassenschreibweise("Lindenallee", "")]
    index = build_index(alle, entschieden)
    assert find_strassen(index, "Banhofstraße") == ["30"]
    assert find_strassen(index, "Lindenallee") == []


@pytest.mark.parametrize(
    ("text", "name", "nummer"),
    [
        ("Straße des 17. Juni 135 a", "Straße des 17. Juni", "135a"),
        ("Straße des 17. Juni", "Straße des 17. Juni", None),
        ("Bahnhofstr.12", "Bahnhofstr.", "12"), ("Weg 3-5", "Weg", "3"), ("Weg 12 1/2", "Weg", "12"),
        ("Weg 5, Hinterhaus", "Weg", "5"), ("Am Markt", "Am Markt", None), ("Weg 7B", "Weg", "7b"), ("", "", None),
    ],
)  # fmt: skip
def test_address_in_one_cell(text, name, nummer):
    gelesen = split_adresse(text)
    assert (gelesen[0], gelesen[1] and str(gelesen[1])) == (name, nummer)


def test_house_numbers_as_they_are_written():
    assert [str(parse_hausnummer(w)) for w in (12, 12.0, "012", "12 A", "12-14", "12a")] == [
        "12",
        "12",
        "12",
        "12a",
        "12",
        "12a",
    ]
    assert str(parse_hausnummer(12, "B")) == "12b"
    assert [parse_hausnummer(w) for w in (None, "", "ohne", 0, float("nan"), float("inf"), True, -3, "00")] == [
        None
    ] * 9


def test_same_name_in_two_villages_and_missing_number():
    index = build_index([weg(1, "1", name="Kirchweg"), weg(1, "2", name="Kirchweg", strasse="2")])
    assert find_gebiet(index, find_strassen(index, "Kirchweg"), Hausnummer(1)) == ("", MEHRDEUTIG)
    assert find_gebiet(index, find_strassen(index, "Kirchweg"), None) == ("", NUMMER_FEHLT)
    assert find_gebiet(index, find_strassen(index, "Kirchweg", "2"), None) == ("2", GEFUNDEN)


def test_spelling_is_cut_before_a_number():
    assert without_nummer("Bahnhofstr. 12 Hinterhaus") == "Bahnhofstr"
    assert without_nummer("Am Markt") == "Am Markt"


def test_thousands_of_equal_rows_are_named_but_not_all_pairs():
    """Every pair of 20,000 equal rows would be 200 million findings."""
    befunde = check_abschnitte([weg(i, "1", "2", "40") for i in range(20_000)], ("1", "2"))
    doppelt = [b for b in befunde if b.code == "STRASSE-DOPPELT"]
    assert len(doppelt) < 300
    assert doppelt[-1].schwere is Schwere.FEHLER
    halbe = check_abschnitte(
        [weg(i, "12"[i % 2], f"{i % 9000 + 1}a", f"{i % 9000 + 1}b") for i in range(9_000)], ("1", "2")
    )
    assert not any(b.code == "STRASSE-DOPPELT" for b in halbe)


@pytest.mark.parametrize(
    "wert", [dt.date(2025, 3, 1), dt.datetime(2025, 3, 1), "2025-03-01", "2025-03-01 00:00:00", "01.03.2025", "1.3.25", "01. Mrz", "3. Mai"]
)  # fmt: skip
def test_a_day_that_excel_made_of_a_house_number_is_none(wert):
    assert parse_hausnummer(wert) is None


@pytest.mark.parametrize(
    ("roh", "rest"),
    [
        ("c/o Quaxmann, Am Markt 5", "Am Markt 5"), ("Am Markt 5 bei Quaxmann", "Am Markt 5"), ("Am Markt 5, C/O Quax", "Am Markt 5"),
        ("Am Markt (c/o Quax)", "Am Markt"), ("bei Quaxmann", ""), ("Bei der Kirche 5", "Bei der Kirche 5"), ("Am Markt 5", "Am Markt 5"),
        ("z.Hd. Frau Quax; Am Markt 5", "Am Markt 5"),
    ],
)  # fmt: skip
def test_a_person_in_an_address_is_left_out(roh, rest):
    assert without_person(roh) == rest
