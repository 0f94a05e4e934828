"""Importing by command alone: questions are printed with their proposals and answered by text; no screen is needed."""

from __future__ import annotations

import re

import pytest
from kleinstadt import RAEUME, build_kleinstadt
from raumstadt import ALT, build_raumstadt

from sozialtool import ablauf
from sozialtool.cli import run
from sozialtool.fach.quelle import Quelle


@pytest.fixture
def stadt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    build_kleinstadt(tmp_path / "stadt", range(2024, 2026)).close()
    return tmp_path / "stadt"


def write_einwohner(stadt, name):
    zeilen = [
        "Stand: 31.12.2023;;",
        "Nummer;Sozialraum;Einwohner",
        *(f"0{n + 1};Raum {n + 1};{1000 + n}" for n in range(RAEUME)),
    ]
    datei = stadt / "eingang" / name
    datei.write_text("\n".join(zeilen), encoding="utf-8")
    return datei


def write_wohngeld(stadt, jahr, *, ablehnungen=False):
    mehr = ";Ablehnungen" if ablehnungen else ""
    zeilen = [f"Wohngeld im Jahr {jahr}", f"Sozialraum;Haushalte mit Wohngeld;davon Rentner{mehr}"]
    zeilen += [f"Raum-{n + 1};{20 + n};{5 + n}{f';{n + 1}' if ablehnungen else ''}" for n in range(RAEUME)]
    datei = stadt / "eingang" / f"wohngeld_{jahr}.csv"
    datei.write_text("\r\n".join(zeilen), encoding="cp1252")
    return datei


def test_questions_are_printed_answered_and_not_asked_again(stadt, capsys):
    write_wohngeld(stadt, 2024)
    assert run(["einlesen", "--projekt", str(stadt)]) == 1
    text, rat = capsys.readouterr()
    assert "--antwort" in rat
    antworten = [f"{kennung}={wahl}" for kennung, wahl in re.findall(r"Frage: (\S.*?)  \[.*?Möglich: (\S+) \(", text)]
    assert len(antworten) >= RAEUME
    liste = stadt / "antworten.txt"
    liste.write_text("# unsere Antworten\n" + "\n".join(antworten) + "\n", encoding="utf-8")
    ergebnis = run(["einlesen", "--projekt", str(stadt), "--antworten", str(liste)])
    assert "angenommen" in capsys.readouterr().out
    assert ergebnis in (0, 1)
    with ablauf.open_projekt(stadt, nur_lesen=True) as projekt:
        werte = projekt.read_messwerte(merkmale=["wohngeld_hh"])
        assert werte["wert"] == [20.0 + n for n in range(RAEUME)]
    # Next year's file has the same layout: nothing is asked, nothing has to be answered.
    write_wohngeld(stadt, 2025)
    run(["einlesen", "--projekt", str(stadt), str(stadt / "eingang" / "wohngeld_2025.csv")])
    assert "Frage" not in capsys.readouterr().out
    with ablauf.open_projekt(stadt, nur_lesen=True) as projekt:
        assert len(projekt.read(Quelle)) == 2


def test_changed_layout_waits_for_a_word(stadt, capsys):
    write_wohngeld(stadt, 2024)
    run(["einlesen", "--projekt", str(stadt)])
    text = capsys.readouterr().out
    antworten = [f"{k}={w}" for k, w in re.findall(r"Frage: (\S.*?)  \[.*?Möglich: (\S+) \(", text)]
    schalter = [teil for antwort in antworten for teil in ("--antwort", antwort)]
    run(["einlesen", "--projekt", str(stadt), *schalter])
    neu = write_wohngeld(stadt, 2025, ablehnungen=True)
    capsys.readouterr()
    assert run(["einlesen", "--projekt", str(stadt), str(neu)]) == 1
    text = capsys.readouterr().out
    assert "Aufbau" in text
    assert "Ablehnungen" in text
    with ablauf.open_projekt(stadt, nur_lesen=True) as projekt:
        assert len(projekt.read(Quelle)) == 1


def test_the_same_file_twice_changes_nothing(stadt, capsys):
    datei = write_einwohner(stadt, "einwohner.csv")
    run(["einlesen", "--projekt", str(stadt), str(datei)])
    assert "angenommen" in capsys.readouterr().out
    assert run(["einlesen", "--projekt", str(stadt), str(datei)]) == 0
    assert "Schon eingelesen" in capsys.readouterr().out


@pytest.mark.parametrize("antwort", ["ohne Gleichheitszeichen", "=ew", ""])
def test_an_answer_of_another_form_is_refused(stadt, antwort, capsys):
    assert run(["einlesen", "--projekt", str(stadt), "--antwort", antwort]) == 2
    assert "KENNUNG=WAHL" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_does_not_stop_the_others(stadt, capsys):
    (stadt / "eingang" / "kaputt.xlsx").write_bytes(b"PK\x03\x04 das ist keine Mappe")
    write_einwohner(stadt, "z.csv")
    assert run(["einlesen", "--projekt", str(stadt)]) == 1
    zeilen = capsys.readouterr().out.splitlines()
    assert any(z.startswith("offen") and "kaputt.xlsx" in z for z in zeilen)
    assert any(z.startswith("angenommen") and "z.csv" in z for z in zeilen)


def test_the_boundaries_of_a_file_are_named_by_a_switch(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_raumstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        ablauf.make_variante(projekt, "v1", "Variante 1")
    datei = write_einwohner(tmp_path / "stadt", "einwohner.csv")

    def einlesen(*schalter):
        code = run(["einlesen", "--projekt", str(tmp_path / "stadt"), *schalter, str(datei)])
        return code, "".join(capsys.readouterr())

    for falsch in ("v1", "2091"):
        code, text = einlesen("--gebietsstand", falsch)
        assert (code, f"Einen vereinbarten Gebietsstand „{falsch}“ gibt es nicht. Möglich: 2019." in text) == (2, True)
    fragen = re.findall(r"Frage: (\S.*?)  \[.*?Möglich: (\S+) \(", einlesen("--gebietsstand", ALT)[1])
    antworten = [teil for frage in fragen for teil in ("--antwort", "=".join(frage))]
    assert "angenommen" in einlesen("--gebietsstand", ALT, *antworten)[1]
    with ablauf.open_projekt(tmp_path / "stadt", nur_lesen=True) as projekt:
        assert [quelle.gebietsstand for quelle in projekt.read(Quelle)] == [ALT]
