"""Places in sentences: filled from released figures alone; what is secret, missing or unknown says so."""

from __future__ import annotations

import attrs
import pytest

from sozialtool import ablauf
from sozialtool.ablauf.plangrundlage import Plangrundlage, read_plangrundlage
from sozialtool.ablauf.textfelder import ANGABEN, FORMEN, Stueckart, Textfelder, build_textfelder, describe_felder
from sozialtool.fach.messwert import Zeichen
from tests.ablauf.kleinstadt import build_kleinstadt


@pytest.fixture(scope="module")
def grundlage(tmp_path_factory: pytest.TempPathFactory) -> Plangrundlage:
    with build_kleinstadt(tmp_path_factory.mktemp("text"), range(2024, 2026)) as projekt:
        return read_plangrundlage(projekt)


@pytest.fixture(scope="module")
def felder(grundlage: Plangrundlage, tmp_path_factory: pytest.TempPathFactory) -> Textfelder:
    with build_kleinstadt(tmp_path_factory.mktemp("text2"), range(2024, 2026)) as projekt:
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


def test_without_figures_words_can_still_be_filled(tmp_path) -> None:
    with ablauf.create_projekt(tmp_path, ablauf_kommune()) as projekt:
        felder = build_textfelder(projekt, None)
        assert felder.fill("{Stadt} {Jahr}").text == "Leerstadt 2025"
        assert "keine veröffentlichten Zahlen" in felder.fill("{A07}").hinweise[0]


def ablauf_kommune():
    from sozialtool.fach.raum import Kommune

    return Kommune("05999004", "Leerstadt", berichtsjahr=2025)
