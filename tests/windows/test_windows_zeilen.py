"""Line ends: CRLF in what is delivered, LF in what is written, the same bytes in every checkout."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from sozialtool import ablauf, katalog, orte
from sozialtool.ablauf.beispielstadt import read_profile
from sozialtool.cli import run
from sozialtool.einlesen.lesen import read_rohmappe
from sozialtool.fach.raum import Kommune
from sozialtool.katalog import laden

WURZEL = Path(__file__).resolve().parents[2]
KOMMUNE = Kommune("05999004", "Lindenrath", berichtsjahr=2025)
ZEILEN = ["Gebiet;Einwohner;Anmerkung", 'Nord;1.200;"zwei\nZeilen"', "Süd;900;ß"]


@pytest.fixture(autouse=True)
def _eigene_ordner(tmp_path_factory, monkeypatch):
    ordner = tmp_path_factory.mktemp("eigen")
    monkeypatch.setattr(orte, "einstellungen", lambda: ordner / "einstellungen")
    monkeypatch.setattr(orte, "protokolle", lambda: ordner / "protokolle")


@pytest.mark.parametrize("zeichensatz", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_reads_the_same_with_every_line_end(tmp_path, zeichensatz):
    gelesen = []
    for nummer, ende in enumerate(("\n", "\r\n", "\r")):
        datei = tmp_path / f"{nummer}" / "einwohner.csv"
        datei.parent.mkdir()
        datei.write_bytes(ende.join(ZEILEN).replace("zwei\n", f"zwei{ende}").encode(zeichensatz))
        blatt = read_rohmappe(datei).blaetter[0]
        gelesen.append(
            [[str(wert).replace("\r\n", "\n").replace("\r", "\n") for wert in zeile] for zeile in blatt.zeilen]
        )
    assert gelesen[0] == gelesen[1] == gelesen[2]
    assert gelesen[0][2][0] == "Süd"
    assert len(gelesen[0]) == 3


@pytest.mark.parametrize("ende", ["\n", "\r\n"])
@pytest.mark.parametrize("anfang", ["", "\ufeff"])
def test_answers_from_notepad(tmp_path, ende, anfang, capsys):
    antworten = tmp_path / "antworten größer.txt"
    antworten.write_bytes((anfang + ende.join(["# Kommentar", "Ä=x", ""])).encode("utf-8"))
    ablauf.create_projekt(tmp_path / "stadt", KOMMUNE).close()
    (tmp_path / "stadt" / "eingang" / "a.csv").write_text("a;b\n", encoding="utf-8")
    run(["--projekt", str(tmp_path / "stadt"), "einlesen", "--antworten", str(antworten)])
    assert "keine Antwort" not in capsys.readouterr().err


def test_answers_in_the_old_code_page_are_refused_in_german(tmp_path, capsys):
    antworten = tmp_path / "alt.txt"
    antworten.write_bytes("Ä=x\r\n".encode("cp1252"))
    ablauf.create_projekt(tmp_path / "stadt", KOMMUNE).close()
    assert run(["--projekt", str(tmp_path / "stadt"), "einlesen", "--antworten", str(antworten)]) == 3
    assert "UTF-8" in capsys.readouterr().err


def as_crlf(von: Path, nach: Path) -> Path:
    """Copy the text files of a folder as a checkout with core.autocrlf would have them."""
    shutil.copytree(von, nach)
    for datei in nach.rglob("*"):
        if datei.suffix in (".toml", ".csv") and datei.is_file() and "lieferungen" not in datei.parts:
            datei.write_bytes(datei.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    return nach


def test_the_catalogue_reads_the_same_with_crlf(tmp_path, monkeypatch):
    vorher = (katalog.load_merkmale(), katalog.load_indikatoren(), katalog.load_bausteine(), katalog.load_inhalte())
    monkeypatch.setattr(laden, "_ORDNER", as_crlf(laden._ORDNER, tmp_path / "katalog"))
    nachher = (katalog.load_merkmale(), katalog.load_indikatoren(), katalog.load_bausteine(), katalog.load_inhalte())
    assert nachher == vorher


def test_profiles_read_the_same_with_crlf(tmp_path):
    vorher = read_profile(orte.beispieldaten() / "profile.toml")
    nachher = read_profile(as_crlf(orte.beispieldaten(), tmp_path / "b") / "profile.toml")
    assert vorher
    assert nachher == vorher


def test_the_list_of_projects_survives_any_line_end(tmp_path):
    ablauf.create_projekt(tmp_path / "Größe", KOMMUNE).close()
    datei = orte.einstellungen() / "letzte_projekte.txt"
    inhalt = datei.read_bytes().replace(b"\r\n", b"\n")
    for ende in (b"\n", b"\r\n"):
        datei.write_bytes(inhalt.replace(b"\n", ende))
        assert [p.parent.name for p in ablauf.letzte_projekte()] == ["Größe"]


def git(*angaben: str, cwd: Path) -> bytes:
    if shutil.which("git") is None:
        pytest.skip("git ist nicht da")
    lauf = subprocess.run(["git", *angaben], cwd=cwd, capture_output=True, check=False)
    if lauf.returncode:
        pytest.skip("dies ist kein Checkout")
    return lauf.stdout


def test_a_checkout_on_windows_has_the_same_bytes(tmp_path):
    """What git would write with core.autocrlf=true (the default of Git for Windows) is what is stored."""
    dateien = [name for name in git("ls-files", "-z", cwd=WURZEL).decode("utf-8").split("\0") if name]
    git("-c", "core.autocrlf=true", "checkout-index", "-a", "-f", f"--prefix={tmp_path.as_posix()}/", cwd=WURZEL)
    anders = []
    for name in dateien:
        gespeichert = git("show", f":{name}", cwd=WURZEL) if (tmp_path / name).suffix in TEXT else b""
        if gespeichert and (tmp_path / name).read_bytes() != gespeichert:
            anders.append(name)
    assert anders == []


TEXT = (".toml", ".csv", ".tcss", ".txt", ".cmd", ".md", ".typ")
