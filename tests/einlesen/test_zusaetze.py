"""Qualifiers (age, sex, nationality, "ohne", numbers, directions): never passed over, neither by a match nor by a proposal."""

from __future__ import annotations

import sys

import pytest
from bauen import blatt, mappe

from sozialtool import katalog
from sozialtool.einlesen.aehnlich import build_gebiete, build_merkmale
from sozialtool.einlesen.pruefung import Pruefung, examine_rohmappe
from sozialtool.einlesen.schluessel import wordings
from sozialtool.einlesen.themen import build_themen
from sozialtool.einlesen.umfeld import Umfeld
from sozialtool.einlesen.zusaetze import read_zusatz
from sozialtool.fach.raum import Gebiet, Kommune

MERKMALE = katalog.load_merkmale()
VERZEICHNIS = build_merkmale(MERKMALE)
THEMEN = build_themen(MERKMALE)
UMFELD = Umfeld(
    Kommune("05999038", "Lindenrath"),
    gebiete=tuple(Gebiet(f"0{i}", name, "sozialraum", "05999038") for i, name in enumerate("ABCDEF", 1)),
    merkmale=MERKMALE,
)
ZUSAETZE = (
    "unter 18", "unter 15 Jahren", "65+", "ab 65", "15-64", "15 bis unter 25 Jahre", "80 Jahre und älter", "Minderjährige",
    "U25", "davon Frauen", "Männer", "weiblich", "Ausländer", "nichtdeutsch", "deutsch", "mit Migrationshintergrund",
    "darunter Frauen", "ohne deutsche Staatsangehörigkeit", "davon unter 3", "Nicht-EU",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "erster"),
    [
        ("Einwohner unter 18", "ew_unter_18"),
        ("Einwohner 65+", "ew_ab_65"),
        ("Einwohner 15-64", "ew_15_65"),
        ("EW 80 Jahre u. älter", "ew_ab_80"),
        ("davon Frauen", "ew_weiblich"),
        ("weibliche Arbeitslose", "arbeitslose_weiblich"),
        ("Leistungsberechtigte SGB II unter 15 Jahren", "sgb2_unter_15"),
        ("Arbeitslose, Rechtskreis SGB III", "arbeitslose_sgb3"),
        ("Einwohnr", "ew"),
    ],
)
def test_the_matching_merkmal_comes_first(text: str, erster: str) -> None:
    assert VERZEICHNIS.propose((text,))[0].schluessel == erster


@pytest.mark.parametrize(
    "text",
    ["Ausländer unter 18", "Arbeitslose unter 18", "Schwerbehinderte unter 18", "SvB am Arbeitsort", "Haushalte ohne Kinder",
     "2-Personen-Haushalte", "Einwohner unter 7", "Einwohner Vorjahr", "Einwohner Prognose", "Veränderung Arbeitslose", "Einwohner 18-64 ohne deutsche Staatsangehörigkeit"],
)  # fmt: skip
def test_nothing_is_proposed_that_lacks_a_qualifier(text: str) -> None:
    assert VERZEICHNIS.propose((text,)) == ()


@pytest.mark.parametrize("zusatz", ZUSAETZE)
def test_no_merkmal_of_the_catalogue_swallows_a_qualifier(zusatz: str) -> None:
    """Every name of every Merkmal with the qualifier behind, above or before it: match and proposals carry it."""
    gesucht = read_zusatz(zusatz)
    falsch = []
    # Pure computing: on Windows, where it takes three times as long, every fifth Merkmal shows that it is the same there.
    for merkmal in MERKMALE[:: 5 if sys.platform == "win32" else 1]:
        for name in (merkmal.name, *merkmal.namen):
            for formen in (wordings((f"{name} {zusatz}",)), wordings((name, zusatz)), wordings((f"{zusatz} {name}",))):
                gefunden = VERZEICHNIS.find_exact(formen[0])
                vorgeschlagen = tuple(v.schluessel for v in VERZEICHNIS.propose(formen))
                for key in (*gefunden, *vorgeschlagen):
                    alter = {span for z in THEMEN.zusaetze[key] for span in z.alter}
                    werte = {wert for z in THEMEN.zusaetze[key] for wert in z.werte}
                    if not (gesucht.alter <= alter and gesucht.werte <= werte):
                        falsch.append((formen[0], key))
    assert falsch == []


def lies(titel: str, *kopf: str) -> Pruefung:
    zeilen = [(name, *(10 * i + j for j in range(len(kopf)))) for i, name in enumerate("ABCDEF", 2)]
    return examine_rohmappe(mappe(blatt((titel,), (), ("Sozialraum", *kopf), *zeilen)), UMFELD)


def gelesen(pruefung: Pruefung) -> set[str]:
    return {wert.merkmal for wert in pruefung.messwerte}


def test_who_is_counted_needs_a_subject() -> None:
    """ "Frauen" below "Arbeitslose" are not the women of the town."""
    assert gelesen(lies("Einwohner am 31.12.2023", "insgesamt", "Männer", "Frauen", "unter 18")) == {
        "ew_maennlich", "ew_weiblich", "ew_unter_18",
    }  # fmt: skip
    assert gelesen(lies("Stand 31.12.2023", "Einwohner", "Männer", "Frauen", "65+")) >= {
        "ew",
        "ew_weiblich",
        "ew_ab_65",
    }
    for titel in (
        "Arbeitslose im Dezember 2023",
        "Elterngeld 2023",
        "Stand 31.12.2023",
        "Pflegebedürftige Einwohner 2023",
    ):
        pruefung = lies(titel, "insgesamt", "Männer", "Frauen", "unter 18", "ambulant")
        assert gelesen(pruefung) == set(), titel
    arbeitslose = lies("Arbeitslose im Dezember 2023", "insgesamt", "Männer", "Frauen")
    erste = {frage.text: frage.vorschlaege[0].schluessel for frage in arbeitslose.fragen if frage.vorschlaege}
    assert erste["Männer"] == "arbeitslose_maennlich"
    assert erste["Frauen"] == "arbeitslose_weiblich"


def test_the_column_before_says_what_is_counted() -> None:
    assert gelesen(lies("Stand 31.12.2023", "Einwohner", "Arbeitslose", "Frauen")) == {"ew", "arbeitslose"}
    assert gelesen(lies("Stand 31.12.2023", "Einwohner", "Elterngeldbezüge", "Frauen")) == {"ew"}


def test_rows_that_say_who_is_counted_need_a_subject_as_well() -> None:
    zeilen = (("Arbeitslose", 100), ("Männer", 60), ("Frauen", 40), ("15 bis unter 25 Jahre", 9))
    kopf = (("Sozialraum A, Stand 31.12.2023",), (), ("Merkmal", "Anzahl"))
    pruefung = examine_rohmappe(mappe(blatt(*kopf, *zeilen)), UMFELD)
    assert gelesen(pruefung) <= {"arbeitslose"}
    ew = (("Einwohner", 100), ("Männer", 60), ("Frauen", 40))
    assert gelesen(examine_rohmappe(mappe(blatt(*kopf, *ew)), UMFELD)) <= {"ew", "ew_maennlich", "ew_weiblich"}


GEBIETE = build_gebiete([
    Gebiet("01", "Heide-Nord", "s"), Gebiet("02", "Heide-Süd", "s"), Gebiet("03", "Bezirk I", "s"),
    Gebiet("04", "Bezirk II", "s"), Gebiet("05", "Altenrath", "s"), Gebiet("07", "Altstadt", "s"),
    Gebiet("0102", "Markt", "s"), Gebiet("08", "St. Pauli", "s"), Gebiet("09", "Oberdorf", "s"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "erster"),
    [("Heide Süd", "02"), ("Heide (Nord)", "01"), ("Bezirk 2", "04"), ("Sankt Pauli", "08"), ("Alt-Stadt", "07"),
     ("Heide Ost", ""), ("Bezirk III", ""), ("Neuenrath", ""), ("Neustadt", ""), ("0104", ""), ("Unterdorf", ""),
     ("Altstadt II", ""), ("Heide-Südost", "")],
)  # fmt: skip
def test_areas_are_told_by_number_and_direction(text: str, erster: str) -> None:
    vorschlaege = GEBIETE.propose((text,))
    assert [v.schluessel for v in vorschlaege[:1]] == ([erster] if erster else [])


def test_a_renamed_column_keeps_its_meaning_only_with_the_same_qualifiers() -> None:
    from sozialtool.einlesen.profil import renamed_columns
    from sozialtool.einlesen.zuordnung import Rolle, Spaltenregel, Tabellenregel

    regel = Tabellenregel("", "", ("kinder unter 18",), (Spaltenregel("kinder unter 18", Rolle.WERT, "ew_unter_18"),))
    assert renamed_columns(regel, {"kinder unter 15": ""}) == {}
    assert renamed_columns(regel, {"kinder unter 18 j": ""}) == {"kinder unter 18 j": "kinder unter 18"}


def vorschlaege(pruefung: Pruefung) -> dict[str, str]:
    return {frage.text: frage.vorschlaege[0].schluessel if frage.vorschlaege else "" for frage in pruefung.fragen}


def test_a_proposal_follows_the_column_before() -> None:
    """ "darunter unter 15 Jahre" behind people of the Jobcenter is not all children of the town."""
    sgb2 = lies("Stand 31.12.2023", "Regelleistungsberechtigte (RLB)", "darunter unter 15 Jahre")
    assert vorschlaege(sgb2)["darunter unter 15 Jahre"] == "sgb2_unter_15"
    fremd = lies("Stand 31.12.2023", "Elterngeldbezüge", "darunter unter 15 Jahre")
    assert vorschlaege(fremd)["darunter unter 15 Jahre"] == ""
    # "SGB II" beside "SGB III" leads to nobody under 25; the column before both does.
    arbeitslose = lies("Stand 31.12.2023", "Arbeitslose", "SGB III", "unter 25 Jahre")
    assert vorschlaege(arbeitslose)["unter 25 Jahre"] == "arbeitslose_15_25"


def test_ages_as_registers_write_them() -> None:
    spannen = {
        "0 - u. 3": (0, 3),
        "3 - u. 6": (3, 6),
        "bis u. 6": (0, 6),
        "18 bis u. 25": (18, 25),
        "80 u. älter": (80, None),
    }
    assert {text: read_zusatz(text).alter for text in spannen} == {
        text: frozenset({spanne}) for text, spanne in spannen.items()
    }
    kopf = (
        "im Alter von … bis unter … Jahren – 0 - u. 3",
        "3 - u. 6",
        "65 - u. 80",
        "80 u. älter",
        "mit Migr.hintergrund 2)",
    )
    register = lies("Einwohner mit Hauptwohnung nach Altersgruppen, Stand 31.12.2025", *kopf)
    assert tuple(vorschlaege(register).values())[:4] == ("ew_unter_3", "ew_3_6", "ew_65_80", "ew_ab_80")
    dahinter = lies("Stand 31.12.2025", "Einwohner insgesamt", "mit Migr.hintergrund 2)")
    assert vorschlaege(dahinter)["mit Migr.hintergrund 2)"] == "mh"
