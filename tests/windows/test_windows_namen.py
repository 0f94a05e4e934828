"""Names that Windows reserves or does not take: refused or made safe on every system alike."""

from __future__ import annotations

import sys

import pytest

from sozialtool import ablauf, orte
from sozialtool.ausgabe.datei import check_ziel
from sozialtool.cli import run
from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.fach.raum import Kommune
from sozialtool.fehler import BedienFehler, DateiFehler

GERAETE = [
    "CON",
    "con",
    "PRN",
    "Aux",
    "NUL",
    "COM1",
    "lpt9",
    "COM¹",
    "CON.xlsx",
    "nul.tar.gz",
    "CON ",
    "aux .txt",
    "CONIN$",
]
SCHLECHTE = [
    *GERAETE,
    "Prüm.",
    "Prüm ",
    "a<b",
    "a>b",
    "a:b",
    'a"b',
    "a/b",
    "a\\b",
    "a|b",
    "a?b",
    "a*b",
    "a\nb",
    "a\x00b",
    "...",
]
GUTE = [
    "Prüm",
    "Konstanz",
    "Contwig",
    "COM10",
    "Aux Bains",
    "com",
    "Bad Soden-Salmünster",
    ".git",
    "a.b",
    "St. Ingbert",
]


@pytest.fixture(autouse=True)
def _eigene_ordner(tmp_path_factory, monkeypatch):
    ordner = tmp_path_factory.mktemp("eigen")
    monkeypatch.setattr(orte, "einstellungen", lambda: ordner / "einstellungen")
    monkeypatch.setattr(orte, "protokolle", lambda: ordner / "protokolle")


@pytest.mark.parametrize("name", SCHLECHTE)
def test_a_name_that_windows_does_not_take_has_a_german_reason(name):
    mangel = orte.find_mangel(name)
    assert mangel.endswith(".")
    assert not mangel.isascii() or " ein" in mangel.lower() or "Dateinamen" in mangel


@pytest.mark.parametrize("name", GUTE)
def test_a_good_name_has_none_and_stays(name):
    assert orte.find_mangel(name) == ""
    assert orte.safe_name(name, "Stadt") == name


@pytest.mark.parametrize("name", [*SCHLECHTE, "", " ", ".", "..", "///", "?"])
def test_any_text_becomes_a_safe_name(name):
    sicher = orte.safe_name(name, "Stadt")
    assert sicher
    assert orte.find_mangel(sicher) == ""


@pytest.mark.parametrize("name", ["CON", "Aux", "NUL.", "Prüm.", "Prüm ", "a/b", "C:", "Com1", "Lpt1.txt"])
def test_a_town_of_any_name_gets_a_folder_and_opens_again(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["neu", name, "--ags", "05999004", "--jahr", "2025"]) == 0
    (ordner,) = tmp_path.iterdir()
    assert orte.find_mangel(ordner.name) == ""
    teile = [ordner, *ordner.rglob("*")]
    assert [p.name for p in teile if orte.find_mangel(p.name)] == []
    assert run(["--projekt", ordner.name, "stand"]) == 0
    with ablauf.open_projekt(ordner) as projekt:
        assert projekt.kommune.name.strip() == name.strip()
        assert orte.find_mangel(ablauf.back_up(projekt).name) == ""
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["CON", "aux", "Prüm.", "Was?", "nul.d"])
def test_a_folder_that_is_asked_for_by_such_a_name_is_refused(name, tmp_path):
    if sys.platform == "win32" and name == "Prüm.":
        pytest.skip("Windows streicht den Punkt schon aus dem Pfad")
    with pytest.raises(BedienFehler) as fehler:
        ablauf.create_projekt(tmp_path / name / "Lindenrath", Kommune("05999004", "Lindenrath", berichtsjahr=2025))
    assert name in fehler.value.meldung
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["CON.xlsx", "aux.XLSX", "nul .xlsx", "a?.xlsx", "COM1.neu.xlsx"])
def test_an_output_by_such_a_name_is_refused(name, tmp_path):
    with pytest.raises(BedienFehler) as fehler:
        check_ziel(tmp_path / name)
    assert name in fehler.value.meldung
    assert "anderen Namen" in fehler.value.abhilfe
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("befehl", [["liste", "ausgeben", "gebiete"], ["pruefen", "--excel"]])
def test_commands_refuse_it_too(befehl, tmp_path, capsys):
    ablauf.create_projekt(tmp_path / "stadt", Kommune("05999004", "Lindenrath", berichtsjahr=2025)).close()
    assert run(["--projekt", str(tmp_path / "stadt"), *befehl, str(tmp_path / "PRN.xlsx")]) == 2
    assert "Gerät" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["CON", "NUL", "aux.csv", "COM1", "CONIN$"])
def test_a_device_is_never_read(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DateiFehler):
        read_rohmappe(name)
