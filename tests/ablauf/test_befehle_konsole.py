"""Commands on real consoles: closed pipes, no terminal, other code pages, wrong answers – always German, never a trace."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf, cli, konsole
from sozialtool.cli import run
from sozialtool.fach.raum import Kommune, land_of
from sozialtool.fach.schreibweise import format_zahl

VOLL = Path("/dev/full")


@pytest.fixture(autouse=True)
def _own_settings(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    monkeypatch.setattr("sozialtool.orte.protokolle", lambda: tmp_path / "protokolle")


@pytest.fixture
def stadt(tmp_path):
    build_kleinstadt(tmp_path / "stadt", range(2024, 2026)).close()
    return tmp_path / "stadt"


def call(*argumente, **umgebung):
    """Run the program as a person does, in a process of its own, without any terminal."""
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "sozialtool", *map(str, argumente)],
        capture_output=True, stdin=subprocess.DEVNULL, env={**os.environ, **umgebung}, check=False,
    )  # fmt: skip


def test_reader_that_has_seen_enough_is_no_failure(stadt):
    befehl = [sys.executable, "-u", "-X", "utf8", "-m", "sozialtool", "stand", "--projekt", str(stadt)]
    with subprocess.Popen(befehl, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as lauf:
        lauf.stdout.close()
        assert lauf.stderr.read() == b""
    assert lauf.returncode == 0


@pytest.mark.skipif(not VOLL.exists(), reason="nur wo es einen vollen Datenträger zum Üben gibt")
def test_full_disk_is_said_in_german(stadt):
    befehl = [sys.executable, "-X", "utf8", "-m", "sozialtool", "stand", "--projekt", str(stadt)]
    with VOLL.open("wb") as voll:
        lauf = subprocess.run(befehl, stdout=voll, stderr=subprocess.PIPE, check=False)
    assert lauf.returncode == 3
    assert "Datenträger ist voll" in lauf.stderr.decode()
    assert "Error" not in lauf.stderr.decode()


def test_without_terminal_the_screen_is_refused_at_once(stadt):
    lauf = call("--projekt", stadt)
    assert lauf.returncode == 2
    assert "braucht ein Terminal" in lauf.stderr.decode()


def test_minus_and_secret_sign_survive_a_console_that_lacks_them():
    for zeichensatz in ("cp1252", "cp850", "ascii"):
        strom = io.TextIOWrapper(io.BytesIO(), encoding=zeichensatz, errors="sozialtool")
        strom.write("−3,2 • ▲ ▼ Räume „x“")
        strom.flush()
        text = strom.buffer.getvalue().decode(zeichensatz)
        assert text.startswith("-3,2")
        assert "?" not in text


@pytest.fixture(autouse=True)
def _registered():
    konsole.make_output_safe()


def test_failure_of_the_program_is_german_and_leaves_a_log(stadt, monkeypatch, capsys, tmp_path):
    def fail(_):
        raise ZeroDivisionError("geheim 4711")

    hilfe, angaben, _ = cli.COMMANDS["stand"]
    monkeypatch.setitem(cli.COMMANDS, "stand", (hilfe, angaben, fail))
    assert run(["stand", "--projekt", str(stadt)]) == konsole.ABSTURZ
    text = capsys.readouterr().err
    assert "Fehler im Programm" in text
    assert "Traceback" not in text
    assert list((tmp_path / "protokolle").iterdir())


def test_check_of_a_file_names_its_open_questions(stadt, capsys):
    datei = stadt / "eingang" / "a.csv"
    datei.write_text("Sozialraum;Unbekanntes\nRaum 1;3\nRaum 2;4\n", encoding="utf-8")
    assert run(["pruefen", "--projekt", str(stadt), str(datei)]) == 1
    assert "Frage: " in capsys.readouterr().out
    datei.write_text("Ein Brief.\n", encoding="utf-8")
    assert run(["pruefen", "--projekt", str(stadt), str(datei)]) == 1
    assert "keine Tabelle" in capsys.readouterr().out


def test_missing_file_is_a_file_problem(stadt, capsys):
    assert run(["einlesen", "--projekt", str(stadt), str(stadt / "gibtesnicht.xlsx")]) == 3
    assert "gibt es nicht" in capsys.readouterr().out


def test_unknown_indicator_and_empty_year_are_wrong_use(stadt, capsys):
    assert run(["rechnen", "--projekt", str(stadt), "--indikator", "QQQ"]) == 2
    aus, rat = capsys.readouterr()
    assert not aus
    assert "QQQ gehört nicht" in rat
    assert run(["rechnen", "--projekt", str(stadt), "--jahr", "1999"]) == 2
    assert "Für 1999 gibt es keine Kennzahlen" in capsys.readouterr().err


def test_interrupt_keeps_what_was_reported(stadt, monkeypatch, capsys):
    for name in ("a.csv", "b.csv"):
        (stadt / "eingang" / name).write_text(f"Ein Brief {name}.\n", encoding="utf-8")
    echt = ablauf.read_eingang

    def read(projekt, dateien, **rest):
        if dateien[0].name == "b.csv":
            raise KeyboardInterrupt
        return echt(projekt, dateien, **rest)

    monkeypatch.setattr(ablauf, "read_eingang", read)
    assert run(["einlesen", "--projekt", str(stadt)]) == 2
    aus, rat = capsys.readouterr()
    assert "a.csv" in aus
    assert "b.csv" not in aus
    assert "Abgebrochen" in rat


def test_state_follows_from_the_key_of_the_town(tmp_path, capsys):
    assert run(["neu", "Bad Köstritz", "--ags", "16077002", "--jahr", "2025", "--ordner", str(tmp_path / "k")]) == 0
    capsys.readouterr()
    with ablauf.open_projekt(tmp_path / "k", nur_lesen=True) as projekt:
        assert projekt.kommune == Kommune("16077002", "Bad Köstritz", "Thüringen", "", 2025)
    assert land_of("99000000") == ""


def test_rounded_zero_has_no_sign():
    assert [format_zahl(-0.04, 1), format_zahl(-0.06, 1), format_zahl(0.0, 1, plus=True)] == ["0,0", "−0,1", "0,0"]


def test_what_is_written_out_never_replaces_something_else(stadt, capsys):
    projekt = next(stadt.glob("*.sozial"))
    lieferung = stadt / "eingang" / "a.xlsx"
    openpyxl.Workbook().save(lieferung)
    text = stadt / "notizen.xlsx"
    text.write_text("kein Excel", encoding="utf-8")
    vorher = {pfad: pfad.read_bytes() for pfad in (projekt, lieferung, text)}
    for ziel in vorher:
        assert run(["liste", "ausgeben", "gebiete", str(ziel), "--projekt", str(stadt)]) == 2
        assert run(["pruefen", str(lieferung), "--excel", str(ziel), "--projekt", str(stadt)]) == 2
        rat = capsys.readouterr().err
        assert "unverändert" in rat or "Endung .xlsx" in rat
    assert {pfad: pfad.read_bytes() for pfad in vorher} == vorher
    eigene = stadt / "gebiete.XLSX"
    for _ in range(2):
        assert run(["liste", "ausgeben", "gebiete", str(eigene), "--projekt", str(stadt)]) == 0


def test_year_without_figures_makes_no_workbook(stadt, capsys):
    assert run(["ausgeben", "--jahr", "2030", "--projekt", str(stadt)]) == 2
    assert "Für 2030 gibt es keine Kennzahlen. Zahlen gibt es für 2024, 2025." in capsys.readouterr().err
    assert not (stadt / "ausgaben" / "2030").exists()


@pytest.mark.parametrize("name", ["../../x", "[/x]", "a:b", "..", "CON", "/", "Bad Köstritz "])
def test_name_of_a_town_is_one_folder_in_this_one(name, tmp_path, monkeypatch):
    hier = tmp_path / "a" / "b"
    hier.mkdir(parents=True)
    monkeypatch.chdir(hier)
    assert run(["neu", name, "--ags", "16077002", "--jahr", "2025"]) == 0
    (ordner,) = hier.iterdir()
    assert len(list(ordner.glob("*.sozial"))) == 1
    assert not set(ordner.name) & set('<>:"|?*')
    assert ordner.name.strip(" .").casefold() not in {"", "con"}


@pytest.mark.parametrize(("name", "ags"), [("A", "０５１７００４４"), ("A\nB", "16077002")])
def test_key_and_name_of_a_town_are_plain(name, ags, tmp_path):
    assert run(["neu", name, "--ags", ags, "--jahr", "2025", "--ordner", str(tmp_path / "k")]) == 2
    assert not (tmp_path / "k").exists()


def test_a_step_without_name_has_its_defaults_and_some_need_no_project(stadt, tmp_path, capsys):
    for befehl in ("bausteine", "beteiligung", "drucksache", "foerdernachweis", "gremien", "index", "karte", "planung", "raeume",
                   "referenzwerte", "sitzungen", "verteilen"):  # fmt: skip
        assert run([befehl, "--projekt", str(stadt)]) in (0, 1), befehl
    assert run(["eintrag", "--projekt", str(stadt)]) == 2
    assert "Es fehlt, was zu tun ist: setzen, zeigen, loeschen" in capsys.readouterr().err
    for befehl in ("drucksache", "bericht"):
        assert run([befehl, "felder", "--projekt", str(tmp_path / "nichts")]) == 0
        assert "{" in capsys.readouterr().out


def test_looking_at_a_file_does_not_keep_the_project_from_others(stadt, tmp_path, capsys):
    """Only what is told to change something opens the project for writing: next door somebody is working in it."""
    datei = tmp_path / "umrisse.geojson"
    datei.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    with ablauf.open_projekt(stadt):
        run(["karte", "umrisse", str(datei), "--projekt", str(stadt)])
        assert "UMRISS-DATEI" in capsys.readouterr().err
        run(["karte", "umrisse", str(datei), "--uebernehmen", "--projekt", str(stadt)])
        assert "PROJEKT-GESPERRT" in capsys.readouterr().err
