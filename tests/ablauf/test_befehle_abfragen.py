"""The commands `abfragen` and `vorlagen`: a year of asking from the command line."""

from __future__ import annotations

import itertools

import openpyxl
import pytest

from sozialtool.cli import run
from sozialtool.erhebung.formular import ANGABEN
from tests.ablauf.kleinstadt import build_kleinstadt

FB = ("--fachbereich", "Einwohnermeldewesen")


@pytest.fixture
def stadt(tmp_path):
    with build_kleinstadt(tmp_path / "Kleinstadt", jahre=range(2023, 2025)) as projekt:
        return projekt.pfad


@pytest.fixture
def abfragen(stadt, capfd):
    def tun(*was):
        code = run(["--projekt", str(stadt), "abfragen", *was, "--jahr", "2025"])
        aus, meldung = capfd.readouterr()
        return code, aus, meldung

    return tun


def fill(pfad, ziel, text=None):
    """Copy last year's figures into the yellow cells, as somebody in a hurry does; the first one becomes `text`."""
    mappe = openpyxl.load_workbook(pfad)
    ws = mappe[ANGABEN]
    ziel.parent.mkdir(parents=True, exist_ok=True)
    erste = True
    for zeile in ws.iter_rows(min_row=9, max_row=14, min_col=3):
        for zelle, nachbar in itertools.pairwise(zeile):
            if not zelle.protection.locked and nachbar.protection.locked:
                zelle.value = text if erste and text is not None else (nachbar.value or 0)
                erste = False
        zeile[-1].value = "geprüft"
    mappe.save(ziel)


def test_a_year_through_the_commands(stadt, abfragen):
    assert abfragen()[1] == "Für 2025 ist keine Abfrage angelegt.\n"
    code, aus, _ = abfragen("anlegen", "--frist", "31.03.2099", *FB)
    assert code == 0
    assert "bis 31.03.2099  ○ angelegt" in aus
    code, aus, _ = abfragen("schreiben")
    pfad = stadt.parent / "abfragen" / "2025" / "Datenabfrage_2025_Einwohnermeldewesen.xlsx"
    assert aus == f"{pfad}\n"
    assert "► versandt" in abfragen("versandt")[1]
    assert "Betreff: Datenabfrage 2025: Einwohnermeldewesen" in abfragen("anschreiben")[1]

    fill(pfad, stadt.parent / "eingang" / "2025" / "Antwort.xlsx", "siehe Mail")
    code, aus, _ = abfragen("einsortieren")
    assert code == 1
    assert "Antwort.xlsx (Einwohnermeldewesen): Rückfrage geschrieben" in aus
    assert "Frage C9 Mit „siehe Mail“ kann nicht gerechnet werden." in aus
    assert "? in Rückfrage" in abfragen()[1]

    fill(pfad, stadt.parent / "eingang" / "2025" / "Antwort neu.xlsx")
    code, aus, _ = abfragen("einsortieren")
    assert "Antwort neu.xlsx (Einwohnermeldewesen): angenommen" in aus
    assert code == 0
    assert "● angenommen" in abfragen()[1]
    assert "bis 31.03.2100  ○ angelegt" in abfragen("weiter")[1]


def test_overdue_is_a_finding_and_reminded(abfragen):
    abfragen("anlegen", "--frist", "31.03.2020", *FB)
    abfragen("schreiben")
    assert abfragen("versandt")[0] == 1
    code, aus, _ = abfragen()
    assert code == 1
    assert "! überfällig (versandt)" in aus
    assert "wäre Ihre Antwort" in abfragen("erinnern")[1]


@pytest.mark.parametrize(
    ("was", "text"),
    [(("schreiben",), "keine Abfragen angelegt"), (("anlegen", "--frist", "morgen"), "„morgen“ ist kein Datum"),
     (("anlegen", "--fachbereich", "Gartenamt"), "„Gartenamt“ gibt es nicht"), (("annehmen",), "fehlt"),
     (("aendern",), "mit --frist oder --wahltag"), (("entfernen",), "mit --fachbereich"),
     (("fliegen",), "möglich sind"), (("weiter",), "keine Abfragen angelegt")],
)  # fmt: skip
def test_wrong_use_is_said_in_german(abfragen, was, text):
    code, _, meldung = abfragen(*was)
    assert code == 2
    assert text in meldung


def test_a_slip_in_the_year_begins_nothing(stadt, capfd):
    assert run(["--projekt", str(stadt), "abfragen", "anlegen", "--jahr", "20255"]) == 2
    assert "20255 kann nicht das Jahr der Zahlen sein." in capfd.readouterr().err


def test_deadline_is_changed_and_an_abfrage_taken_back(abfragen):
    abfragen("anlegen", "--frist", "31.03.2099", *FB)
    assert "bis 15.04.2099" in abfragen("aendern", "--frist", "15.04.2099", "--wahltag", "14.09.2025")[1]
    assert abfragen("entfernen", *FB)[1] == "Für 2025 ist keine Abfrage angelegt.\n"


def test_a_questionable_return_can_be_accepted_by_hand(stadt, abfragen):
    abfragen("anlegen", *FB)
    abfragen("schreiben")
    pfad = stadt.parent / "abfragen" / "2025" / "Datenabfrage_2025_Einwohnermeldewesen.xlsx"
    fill(pfad, stadt.parent / "post.xlsx", "siehe Mail")
    code, aus, _ = abfragen("annehmen", "--datei", str(stadt.parent / "post.xlsx"))
    assert code == 1
    assert "angenommen" in aus


def test_vorlagen_need_no_project(tmp_path, capfd):
    assert run(["vorlagen", "--ordner", str(tmp_path / "V")]) == 0
    assert f"{tmp_path / 'V' / 'Datenabfrage.xlsx'}\n" in capfd.readouterr().out
