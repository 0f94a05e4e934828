"""Places in sentences: filled from released figures alone; what is secret, missing or unknown says so."""

from __future__ import annotations

import attrs
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.plangrundlage import Plangrundlage, read_plangrundlage
from sozialtool.ablauf.textfelder import ANGABEN, Stueckart, Textfelder, build_textfelder, describe_felder
from sozialtool.ablauf.textformen import FORMEN
from sozialtool.ablauf.textplaetze import WAS_TUN, list_plaetze, preview_text
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebietsstand
from tests.ablauf.kleinstadt import build_kleinstadt


@pytest.fixture(scope="module")
def grundlage(tmp_path_factory: pytest.TempPathFactory) -> Plangrundlage:
    with build_kleinstadt(tmp_path_factory.mktemp("text"), range(2024, 2026)) as projekt:
        return read_plangrundlage(projekt)


@pytest.fixture(scope="module")
def felder(grundlage: Plangrundlage, tmp_path_factory: pytest.TempPathFactory) -> Textfelder:
    with build_kleinstadt(tmp_path_factory.mktemp("text2"), range(2024, 2026)) as projekt:
        with projekt.change("Gebietsstand") as s:
            s.put(Gebietsstand("2024", "Sechs Räume"))
        return build_textfelder(projekt, grundlage, weitere={"Drucksache": "26/031"})


def test_every_documented_place_can_be_filled(felder: Textfelder) -> None:
    for _, wie, _ in FORMEN:
        gefuellt = felder.fill(wie.replace("Rheinfeld Nord", "Raum 3"))
        assert not gefuellt.hinweise, wie
        assert gefuellt.text
        assert "{" not in gefuellt.text
        assert "[" not in gefuellt.text
    hier = felder.at("03")
    for wie, _ in ANGABEN:
        assert not hier.fill(wie).hinweise, wie
    assert len(describe_felder()) == len(FORMEN) + len(ANGABEN)


def test_figures_are_those_of_the_released_table(felder: Textfelder, grundlage: Plangrundlage) -> None:
    k = grundlage.find("03", "A07", 2024)
    assert k is not None
    assert k.wert is not None
    assert k.zaehler is not None
    erwartet = f"{k.wert:.1f}".replace(".", ",") + "\u00a0%"
    for wie in ("{A07 Raum 3 2024}", "{a07 03 2024}", "{ A07   raum 3  2024 }"):
        gefuellt = felder.fill(wie)
        assert gefuellt.text == erwartet
        assert gefuellt.kennzahlen == {("A07", 2024, "03")}
    assert felder.at("03").fill("{A07 hier 2024} in {Gebiet}").text == f"{erwartet} in Raum 3"
    assert felder.fill("{A07 03 2024: Anzahl}").text.startswith(f"{k.zaehler:.0f} von ")


def test_what_is_printed_is_named_and_nothing_else(felder: Textfelder, grundlage: Plangrundlage) -> None:
    stadt = grundlage.stadt
    vergleich = felder.fill("{A07 Raum 3: Vergleich}")
    assert "(Stadt " in vergleich.text
    assert vergleich.kennzahlen == {("A07", 2025, "03"), ("A07", 2025, stadt)}
    assert felder.fill("{A07: Vergleich}").kennzahlen == {("A07", 2025, stadt)}
    assert felder.fill("{A07 Raum 3: Veränderung}").kennzahlen == {("A07", 2025, "03"), ("A07", 2024, "03")}
    assert not felder.fill("{A07: Name}").kennzahlen
    for form in ("höchste 2", "niedrigste 1", "höher", "niedriger"):
        gefuellt = felder.fill(f"{{A07: {form}}}")
        genannt = {("A07", 2025, raum) for raum in grundlage.raeume if grundlage.name(raum) in gefuellt.text}
        assert gefuellt.kennzahlen == genannt, form
        assert len(genannt) < len(grundlage.raeume), form


def test_pieces_keep_their_place_and_her_words(felder: Textfelder) -> None:
    gefuellt = felder.fill("Vor {Drucksache}: {A07}{Fußnote: Stichtag 31.12.} und weiter")
    assert [(s.art, s.feld) for s in gefuellt.stuecke] == [
        (Stueckart.WORTE, ""), (Stueckart.FELD, "Drucksache"), (Stueckart.WORTE, ""), (Stueckart.FELD, "A07"),
        (Stueckart.FUSSNOTE, "Fußnote: Stichtag 31.12."), (Stueckart.WORTE, ""),
    ]  # fmt: skip
    assert gefuellt.stuecke[4].text == "Stichtag 31.12."
    assert gefuellt.text.startswith("Vor 26/031: ")
    assert gefuellt.text.endswith("\u00a0% und weiter")


def test_a_footnote_may_hold_figures_of_its_own(felder: Textfelder) -> None:
    gefuellt = felder.fill("Text{fussnote: In {Stadt} sind es {A07 03}; {Unbekanntes}}.")
    assert gefuellt.text == "Text."
    assert gefuellt.stuecke[1].text.startswith("In Kleinstadt sind es ")
    assert gefuellt.kennzahlen == {("A07", 2025, "03")}
    assert "Unbekanntes" in gefuellt.hinweise[0]


def test_a_secret_figure_is_a_word_and_leaves_no_trace(felder: Textfelder, grundlage: Plangrundlage) -> None:
    geheim = {
        s: k._replace(wert=None, zaehler=None, unten=None, oben=None, vorjahr=None, lage=None, rang=None, zeichen=Zeichen.GEHEIM)
        if s[:2] == ("03", "A07") else k
        for s, k in grundlage.kennzahlen.items()
    }  # fmt: skip
    eng = attrs.evolve(felder, grundlage=attrs.evolve(grundlage, kennzahlen=geheim))
    for form in ("", ": Zahl", ": Vergleich", ": Anzahl", ": Spanne", ": Veränderung"):
        gefuellt = eng.fill(f"{{A07 Raum 3{form}}}")
        assert gefuellt.text == "geheim"
        assert gefuellt.hinweise
        assert not gefuellt.kennzahlen
    rang = eng.fill("{A07: höchste 9}")
    assert "Raum 3" not in rang.text
    assert "unter den Sozialräumen mit ausgewiesenem Wert" in rang.text
    assert ("A07", 2025, "03") not in rang.kennzahlen


@pytest.mark.parametrize(
    ("platz", "sagt"),
    [
        ("{A99}", "Einen Indikator oder eine Angabe „A99“"),
        ("{A07 Nirgends}", "Ein Gebiet „Nirgends“"),
        ("{A07 hier}", "Ein Gebiet „hier“"),
        ("{A07 1999}", "Für 1999"),
        ("{A07: Farbe}", "Was „Farbe“ heißen soll"),
        ("{A07: höchste viele}", "Was „höchste viele“"),
        ("{}", "gibt es nicht"),
        ("{Gebiet}", "nichts eingetragen"),
    ],
)
def test_what_cannot_be_filled_stays_in_sight_and_says_why(felder: Textfelder, platz: str, sagt: str) -> None:
    gefuellt = felder.fill(f"davor {platz} danach")
    assert gefuellt.text == f"davor [{platz[1:-1]}?] danach"
    assert sagt in gefuellt.hinweise[0]


def test_text_that_only_looks_like_a_place_is_left_alone(felder: Textfelder) -> None:
    for text in ("", "ohne alles", "a { b", "} {", "C:\\{"):
        assert felder.fill(text).text == text
    assert felder.fill("{{A07}").text == "{" + felder.fill("{A07}").text


def test_a_lone_brace_is_told(felder: Textfelder) -> None:
    assert "„{A07 der Kinder“" in felder.fill("Es sind {A07 der Kinder").hinweise[0]
    assert not felder.fill("{A07}{Fußnote: am {Stand}}").hinweise


def test_every_listed_place_can_be_filled_also_for_another_year(felder: Textfelder) -> None:
    plaetze = list_plaetze(felder)
    assert {"Stadt", "Drucksache", "A07", "A07 Raum 3: Vergleich", "A07: höchste 3", "Fußnote: Text"} <= {
        p.feld for p in plaetze
    }
    assert "Gebiet" not in {p.feld for p in plaetze}
    for platz in plaetze:
        assert not any("?]" in s.text for s in felder.fill(platz.write()).stuecke), platz
    anzahl = next(p for p in plaetze if p.feld == "A07 Raum 3: Anzahl")
    assert anzahl.write(2024) == "{A07 Raum 3 2024: Anzahl}"
    assert felder.fill(anzahl.write(2024)).text == felder.fill("{A07 03 2024: Anzahl}").text
    assert plaetze[0].write(2024) == "{Stadt}"


def test_only_what_an_indicator_and_an_area_can_have_is_offered(felder: Textfelder, grundlage: Plangrundlage) -> None:
    """Inhabitants are counted: no interval, nobody beyond chance; nothing of an area that never had a figure."""
    zeilen = {s: k for s, k in grundlage.kennzahlen.items() if s[:2] != ("03", "A07")}
    zeilen |= {
        s: k._replace(wert=None, zaehler=None, unten=None, oben=None, vorjahr=None, lage=None, zeichen=Zeichen.GEHEIM)
        for s, k in zeilen.items()
        if s[:2] == ("04", "A07")
    }
    eng = attrs.evolve(felder, grundlage=attrs.evolve(grundlage, kennzahlen=zeilen))
    angeboten = {p.feld for p in list_plaetze(eng)}
    assert {
        "B01",
        "B01 Raum 3",
        "B01: Zahl",
        "B01: höchste 3",
        "B01: Veränderung",
        "A07: Spanne",
        "A07: höher",
    } <= angeboten
    assert not angeboten & {"B01: Spanne", "B01 Raum 3: Spanne", "B01: höher", "B01: niedriger"}
    assert not {feld for feld in angeboten if feld.startswith("A07 Raum 3")}
    assert {"A07 Raum 4", "A07 Raum 4: Anzahl"} <= angeboten  # secret this year, shown perhaps in another
    leer = attrs.evolve(eng, grundlage=attrs.evolve(grundlage, kennzahlen={}))
    assert {p.feld for p in list_plaetze(leer) if p.zahl} == {f"{kennung}: Name" for kennung in grundlage.indikatoren}


def test_every_place_of_a_figure_with_a_value_gives_it(felder: Textfelder, grundlage: Plangrundlage) -> None:
    """Each offered place is filled in at least one year, whatever the indicator."""
    jahre = sorted({jahr for _, _, jahr in grundlage.kennzahlen})
    for platz in list_plaetze(felder):
        offen = [any(s.offen and s.text != "geheim" for s in felder.fill(platz.write(jahr)).stuecke) for jahr in jahre]
        assert not all(offen), platz.feld


def test_without_intervals_nobody_is_said_to_be_beyond_chance(felder: Textfelder) -> None:
    """ "In none" would be read as a finding."""
    for form in ("höher", "niedriger"):
        gefuellt = felder.fill(f"{{B01: {form}}}")
        assert gefuellt.offen
        assert "keine Zufallsspannen" in gefuellt.hinweise[0]


def test_the_preview_says_what_is_missing_and_what_to_do(felder: Textfelder) -> None:
    bild = preview_text(felder, "In {Stadt}{Fußnote: am Rand}\n- {A99}{Fußnote: zwei}")
    assert [(a.punkt, "".join(s.text for s in a.stuecke)) for a in bild.absaetze] == [
        (False, "In Kleinstadt[1]"), (True, "[A99?][2]"),
    ]  # fmt: skip
    assert bild.noten == ("am Rand", "zwei")
    assert bild.hinweise[0].startswith("{A99}")
    assert bild.hinweise[1] == WAS_TUN


def test_without_figures_words_can_still_be_filled(tmp_path) -> None:
    with ablauf.create_projekt(tmp_path, ablauf_kommune()) as projekt:
        felder = build_textfelder(projekt, None)
        assert felder.fill("{Stadt} {Jahr}").text == "Leerstadt 2025"
        assert "keine veröffentlichten Zahlen" in felder.fill("{A07}").hinweise[0]


def ablauf_kommune():
    from sozialtool.fach.raum import Kommune

    return Kommune("05999004", "Leerstadt", berichtsjahr=2025)
