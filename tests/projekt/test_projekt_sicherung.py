"""Dated copies: names, when they are made, which ones go."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sozialtool.fach.raum import Gebiet, Kommune
from sozialtool.fehler import ProjektFehler
from sozialtool.orte import zeige
from sozialtool.projekt import Projekt, create_projekt, find_sicherungen, open_projekt, protokoll, sicherung
from sozialtool.projekt.sicherung import TAEGLICH, VOR_MIGRATION, Sicherung, choose_ueberzaehlige


class Uhr:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.jetzt = dt.datetime(2025, 11, 22, 9, 30)
        for modul in (sicherung, protokoll):
            monkeypatch.setattr(modul, "read_uhr", lambda: self.jetzt)


@pytest.fixture
def uhr(monkeypatch: pytest.MonkeyPatch) -> Uhr:
    return Uhr(monkeypatch)


def names(ordner: Path) -> list[str]:
    ziel = ordner / "sicherungen"
    return sorted(datei.name for datei in ziel.iterdir()) if ziel.is_dir() else []


def test_a_copy_is_named_by_day_time_and_reason_and_opens_like_a_project(uhr: Uhr, projekt: Projekt) -> None:
    with projekt.change("x") as schreiber:
        schreiber.put(Gebiet("01", "x", "s"))
    kopie = projekt.back_up("Vor der Sitzung: Größe/Übersicht")
    assert kopie.name == "lindenrath_2025-11-22_0930_vor-der-sitzung-groesse-uebersicht.sozial"
    assert projekt.back_up().name == "lindenrath_2025-11-22_0930_von-hand.sozial"
    assert projekt.back_up().name == "lindenrath_2025-11-22_0930_von-hand.2.sozial"
    assert projekt.back_up("../../[/x]").name == "lindenrath_2025-11-22_0930_x.sozial"
    with open_projekt(kopie) as wieder:
        assert Path(zeige(wieder.back_up("kopie").parent)) == kopie.parent
        assert wieder.read(Gebiet) == projekt.read(Gebiet)
        assert wieder.undo().text == "x"
    assert len(projekt.read(Gebiet)) == 1
    assert [s.grund for s in find_sicherungen(projekt.pfad)] == [
        "von-hand", "von-hand", "vor-der-sitzung-groesse-uebersicht", "x",
    ]  # fmt: skip


def test_once_a_day_on_opening_when_something_changed(uhr: Uhr, pfad: Path) -> None:
    create_projekt(pfad, Kommune("1", "x")).close()
    uhr.jetzt += dt.timedelta(days=1)
    open_projekt(pfad, nur_lesen=True).close()
    assert names(pfad.parent) == []
    open_projekt(pfad).close()
    assert names(pfad.parent) == ["lindenrath_2025-11-23_0930_taeglich.sozial"]
    with open_projekt(pfad) as projekt, projekt.change("x") as schreiber:
        schreiber.put(Gebiet("01", "x", "s"))
    open_projekt(pfad).close()
    assert len(names(pfad.parent)) == 1  # today's copy is there
    uhr.jetzt += dt.timedelta(days=1)
    open_projekt(pfad).close()
    assert names(pfad.parent)[1:] == ["lindenrath_2025-11-24_0930_taeglich.sozial"]
    uhr.jetzt += dt.timedelta(days=1)
    open_projekt(pfad).close()
    assert len(names(pfad.parent)) == 2  # nothing changed since
    with open_projekt(pfad) as projekt:
        projekt.undo()
    uhr.jetzt += dt.timedelta(days=1)
    open_projekt(pfad).close()
    assert len(names(pfad.parent)) == 3  # taking back is a change too


def test_a_daily_copy_that_fails_does_not_keep_the_planner_out(uhr: Uhr, geschlossen: Path) -> None:
    (geschlossen.parent / "sicherungen").write_text("eine Datei dieses Namens", encoding="utf-8")
    uhr.jetzt += dt.timedelta(days=1)
    with open_projekt(geschlossen) as projekt:
        assert "Sicherung ist nicht gelungen" in projekt.hinweise[0]
        with pytest.raises(ProjektFehler):
            projekt.back_up("test")


def test_a_clock_that_was_wrong_once_costs_no_copies(uhr: Uhr, geschlossen: Path) -> None:
    """A PC wakes up in 2035, the next day it is right again: no old copy goes, and the daily ones go on."""
    ordner = geschlossen.parent / "sicherungen"
    ordner.mkdir()
    alte = [f"lindenrath_{HEUTE - dt.timedelta(days=tage)}_0800_taeglich.sozial" for tage in range(1, 31)]
    for name in alte:
        (ordner / name).write_bytes(b"")
    uhr.jetzt = dt.datetime(2035, 1, 1, 9, 0)
    with open_projekt(geschlossen) as projekt, projekt.change("x") as schreiber:
        schreiber.put(Gebiet("neu", "x", "s"))
    assert set(alte) < set(names(geschlossen.parent))
    for tag in (1, 2):
        uhr.jetzt = dt.datetime(2025, 11, 22 + tag, 9, 30)
        with open_projekt(geschlossen) as projekt, projekt.change("y") as schreiber:
            schreiber.put(Gebiet("neu", f"y{tag}", "s"))
        assert f"lindenrath_2025-11-{22 + tag}_0930_taeglich.sozial" in names(geschlossen.parent)
    assert set(alte) < set(names(geschlossen.parent))


def test_opening_a_copy_says_that_it_is_one(uhr: Uhr, projekt: Projekt) -> None:
    """Who opened a copy to look something up must not go on working in it without knowing."""
    kopie = projekt.back_up("vor der Sitzung")
    for nur_lesen in (True, False):
        with open_projekt(kopie, nur_lesen=nur_lesen) as offen:
            (hinweis,) = offen.hinweise
            assert "Sicherung vom 22.11.2025, 09:30 Uhr" in hinweis
            assert "„lindenrath.sozial“" in hinweis
    assert projekt.hinweise == ()


def make(tage: int, grund: str = TAEGLICH, stunde: int = 9) -> Sicherung:
    zeit = dt.datetime(2025, 11, 22, stunde) - dt.timedelta(days=tage)
    return Sicherung(Path(f"x_{zeit:%Y-%m-%d_%H%M}_{grund}.sozial"), zeit, grund)


HEUTE = dt.date(2025, 11, 22)


def test_thinning_keeps_days_weeks_months_and_years() -> None:
    alle = [make(tage) for tage in range(1500, -1, -1)]
    weg = set(choose_ueberzaehlige(alle, HEUTE))
    bleibt = [s for s in alle if s not in weg]
    alter = [(HEUTE - s.zeit.date()).days for s in bleibt]
    assert [tage for tage in alter if tage <= 14] == list(range(14, -1, -1))
    assert 11 <= sum(14 < tage <= 90 for tage in alter) <= 12
    assert 21 <= sum(90 < tage <= 730 for tage in alter) <= 23
    assert 2 <= sum(tage > 730 for tage in alter) <= 4
    assert choose_ueberzaehlige(bleibt, HEUTE) == []


def test_thinning_never_takes_copies_made_by_hand_and_keeps_the_last_before_migrations() -> None:
    von_hand = [make(tage, "vor-der-sitzung") for tage in range(2000, 0, -1)]
    migrationen = [make(800 + i, VOR_MIGRATION, stunde=i) for i in range(9, 0, -1)]
    weg = choose_ueberzaehlige([*von_hand, *migrationen], HEUTE)
    assert all(s.grund == VOR_MIGRATION for s in weg)
    assert 0 < len(weg) <= 4


def test_thinning_runs_after_each_automatic_copy(uhr: Uhr, geschlossen: Path) -> None:
    ordner = geschlossen.parent / "sicherungen"
    ordner.mkdir()
    for tage in range(60, 30, -1):
        (ordner / f"lindenrath_{HEUTE - dt.timedelta(days=tage)}_0800_taeglich.sozial").write_bytes(b"")
    fremde = ["lindenrath_2020-01-01_0800_von-hand.sozial", "anderes_2020-01-01_0800_taeglich.sozial", "notiz.sozial",
              "lindenrath_2020-99-01_0800_taeglich.sozial"]  # fmt: skip
    for name in fremde:
        (ordner / name).write_bytes(b"")
    open_projekt(geschlossen).close()
    uebrig = names(geschlossen.parent)
    assert set(fremde) <= set(uebrig)
    assert f"lindenrath_{HEUTE}_0930_taeglich.sozial" in uebrig
    assert 5 <= len(uebrig) - len(fremde) - 1 <= 6
