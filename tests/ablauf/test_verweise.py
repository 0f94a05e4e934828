"""Before a record is struck out it is said who names it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from kleinstadt import build_kleinstadt

from sozialtool import ablauf
from sozialtool.ablauf.eintraege import PFLEGBAR
from sozialtool.cli import run
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.beteiligung import Beteiligung, Beteiligungsebene, Beteiligungsgruppe, Beteiligungsphase
from sozialtool.fach.drucksache import Drucksache
from sozialtool.fach.planung import Befragung, Befragungsfrage, Einrichtung, Massnahme, Massnahmenkosten
from sozialtool.fach.prozess import Umsetzungsstand
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel


@pytest.fixture
def projekt(tmp_path, monkeypatch):
    monkeypatch.setattr("sozialtool.orte.einstellungen", lambda: tmp_path / "einstellungen")
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt:
        with projekt.change("Planung") as schreiber:
            schreiber.put(
                Stimme("S1", "Es fehlt etwas", "01"), Einrichtung("K1", "Kita Eins", "Kita", "01"), Befragung("B25", "Wohnen"),
                Befragungsfrage("B25", 3, "Gern?"), Bedarf("B1", "Hilfe", ("01",), belege=("s1", "K1", "B25/3")), Leitziel("L1", "Leit"),
                Entwicklungsziel("Z1", "Weniger Armut", "01", "L1", bedarfe=("B1",)), Massnahme("M1", "Treff", "Stadt", "Z1"),
                Massnahmenkosten("M1", 2025, 1.0), Umsetzungsstand("u1", 5, dt.date(2025, 1, 1), "Läuft.", nachweise=("Maßnahme m1",)),
            )  # fmt: skip
        yield projekt


@pytest.mark.parametrize(
    ("klasse", "schluessel", "wer"),
    [
        (Stimme, ("S1",), "Bedarf B1 „Hilfe“"), (Einrichtung, ("K1",), "Bedarf B1 „Hilfe“"), (Befragungsfrage, ("B25", 3), "Bedarf B1"),
        (Befragung, ("B25",), "Frage B25 / 3 „Gern?“; Bedarf B1"), (Bedarf, ("B1",), "Entwicklungsziel Z1 „Weniger Armut“"),
        (Leitziel, ("L1",), "Entwicklungsziel Z1"), (Entwicklungsziel, ("Z1",), "Maßnahme M1 „Treff“"),
        (Massnahme, ("M1",), "Kosten M1 / 2025; Satz zu Baustein 5 vom 01.01.2025 „Läuft.“"),
    ],
)  # fmt: skip
def test_each_link_is_named(projekt, klasse, schluessel, wer):
    (satz,) = ablauf.list_verweise(projekt, [projekt.get(klasse, *schluessel)])
    assert f" wird genannt: {wer}" in satz
    assert satz.endswith("Das führt dann nirgendwohin.")


def test_what_goes_along_and_what_nobody_names_needs_no_warning(projekt):
    assert ablauf.list_verweise(projekt, [projekt.get(Massnahmenkosten, "M1", 2025)]) == ()
    beide = [
        projekt.get(Entwicklungsziel, "Z1"),
        projekt.get(Massnahme, "M1"),
        projekt.get(Massnahmenkosten, "M1", 2025),
    ]
    (satz,) = ablauf.list_verweise(projekt, beide)
    assert satz.startswith("Maßnahme M1")
    assert "Satz zu Baustein 5 vom 01.01.2025" in satz


def test_the_command_warns_before_a_list_is_taken_over(projekt, tmp_path, capsys):
    ablauf.export_liste(projekt, "stimmen", tmp_path / "s.xlsx")
    import openpyxl

    mappe = openpyxl.load_workbook(tmp_path / "s.xlsx")
    blatt = mappe["Stimme"]
    blatt.delete_rows(next(z.row for zeile in blatt.iter_rows() for z in zeile if z.value == "S1"))
    mappe.save(tmp_path / "s.xlsx")
    pfad = str(projekt.pfad)
    projekt.close()
    assert run(["liste", "einlesen", "stimmen", str(tmp_path / "s.xlsx"), "--projekt", pfad]) == 1
    assert "! Stimme S1 „Es fehlt etwas“ wird genannt: Bedarf B1" in capsys.readouterr().err


def test_the_command_strikes_what_is_named_only_when_told_so(projekt, capfd):
    with projekt.change("Beteiligung") as schreiber:
        schreiber.put(
            Beteiligung(
                "BT-1", "Rundgang", *(next(iter(a)) for a in (Beteiligungsebene, Beteiligungsphase, Beteiligungsgruppe))
            ),
            Umsetzungsstand("u2", 5, dt.date(2025, 2, 1), "Gegangen.", nachweise=("Beteiligung BT-1",)),
        )
    pfad = str(projekt.pfad)
    projekt.close()
    wort = ["--projekt", pfad, "eintrag", "loeschen", "beteiligung", "BT-1"]
    assert run(wort) == 2
    assert "wird genannt: Satz zu Baustein 5 vom 01.02.2025" in capfd.readouterr().err
    assert run([*wort, "--trotzdem"]) == 0
    with ablauf.open_projekt(Path(pfad)) as wieder:
        assert wieder.get(Beteiligung, "BT-1") is None


def test_a_paper_with_which_figures_went_out_is_struck_only_when_told_so(projekt, capfd):
    with projekt.change("Drucksachen") as schreiber:
        schreiber.put(
            Drucksache("26/031", "Monitoring {Jahr}"), Drucksache("26/032", "Entwurf"),
            Veroeffentlichung("2025-1", "Monitoring 2025 vom 16.03.2026", 2025, drucksache="26/031"),
        )  # fmt: skip
    assert ablauf.list_verweise(projekt, [projekt.get(Drucksache, "26/032")]) == ()
    pfad = str(projekt.pfad)
    projekt.close()
    wort = ["--projekt", pfad, "eintrag", "loeschen", "drucksache", "26/031"]
    assert run(wort) == 2
    meldung = capfd.readouterr().err
    assert "Zur Drucksache 26/031 ist festgehalten, was hinausging: Monitoring 2025 vom 16.03.2026." in meldung
    assert "--trotzdem" in meldung
    assert run([*wort, "--trotzdem"]) == 0
    with ablauf.open_projekt(Path(pfad)) as wieder:
        assert wieder.get(Drucksache, "26/031") is None
        assert wieder.get(Veroeffentlichung, "2025-1") is not None


def test_the_help_names_every_kind_of_entry(capfd):
    assert run(["eintrag", "setzen", "--hilfe"]) == 0
    hilfe = capfd.readouterr().out
    assert not [art for art in PFLEGBAR if art not in hilfe]
