"""Funding calls, the Übergabe, and what is asked before something is struck out, by keys alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sozialtool import ablauf
from sozialtool.ablauf.foerdertext import build_aufruftafel
from sozialtool.fach.bedarf import Bedarf
from sozialtool.fach.foerderung import Foerderaufruf, Foerderstand
from sozialtool.fach.ziel import Entwicklungsziel
from tests.ablauf.kleinstadt import build_kleinstadt
from tests.tui.gang import GROSS, bildtext, druecke, laeuft, sieht


@pytest.fixture
def stadt(tmp_path: Path) -> Path:
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt, projekt.change("Aufruf") as schreiber:
        schreiber.put(
            Foerderaufruf("F1", "Quartier [/x]", "Land", gebiete=("01", "02"), indikatoren=("A07",), weitere=("Schulabsentismus",))
            )  # fmt: skip
    return projekt.pfad


async def test_ein_nachweis_wird_angesehen_und_geschrieben(stadt: Path) -> None:
    async with laeuft(stadt) as (_, pilot):
        await druecke(pilot, "f7", *["down"] * 6, "enter")
        await sieht(pilot, "Förderaufrufe · 1")
        await sieht(pilot, "Verlangt: A07, Schulabsentismus.")
        await druecke(pilot, "a")
        await sieht(pilot, "F1 Quartier [/x], Zahlen bis 2025 · 2")
        await druecke(pilot, "h", "pagedown")
        await sieht(pilot, "Schulabsentismus: Dafür gibt es hier keinen")
        await druecke(pilot, "escape", "escape")
        await sieht(pilot, "Förderaufrufe · 1")
        await druecke(pilot, "f")
        await sieht(pilot, "Endgültige Fassung")
        await druecke(pilot, "enter", "enter")
        await sieht(pilot, "Der Nachweis ist geschrieben")
    assert {p.name for p in (stadt.parent / "ausgaben" / "2025").iterdir()} == {
        "Foerdernachweis_2025.docx",
        "Foerdernachweis_2025.xlsx",
    }


async def test_gestrichen_wird_ohne_dass_die_marke_springt_und_eine_alte_frist_faellt_auf(stadt: Path) -> None:
    tage = dt.date(2020, 1, 31), None, dt.date(2999, 1, 31)
    with ablauf.open_projekt(stadt) as projekt, projekt.change("mehr Aufrufe") as schreiber:
        schreiber.put(*(Foerderaufruf(f"F{nr}", f"Aufruf {nr}", "", tag) for nr, tag in enumerate(tage, start=2)))
        tafel = build_aufruftafel(projekt, dt.date(2020, 1, 31))
    assert [z.texte[2].strip() for z in tafel.zeilen] == ["", "31.01.2020", "", "31.01.2999"]  # its own day is not over
    assert {z.texte[3] for z in tafel.zeilen} == {"in Vorbereitung"}
    async with laeuft(stadt, GROSS) as (app, pilot):
        await druecke(pilot, "f7", *["down"] * 6, "enter")
        await sieht(pilot, "Förderaufrufe · 4")
        await sieht(pilot, "! 31.01.2020")
        assert "! 31.01.2999" not in bildtext(app)
        await druecke(pilot, "down", "delete")
        await sieht(pilot, "Förderaufrufe · 3")
        assert app.screen.markiert.schluessel == "F3"  # the next one moved up
        await druecke(pilot, "end", "delete")
        await sieht(pilot, "Förderaufrufe · 2")
        assert app.screen.markiert.schluessel == "F3"  # nothing behind it: the one before
        await druecke(pilot, "enter", "f1")
        await sieht(pilot, "Text schreiben")
        await druecke(pilot, "escape", "escape", "f")
        await sieht(pilot, "Zahlen bis")
        await druecke(pilot, "f1")
        await sieht(pilot, "In diesem Fenster")
        assert "Text schreiben" not in bildtext(app)


async def test_die_uebergabe_wird_erst_nach_der_warnung_geschrieben(stadt: Path) -> None:
    ordner = stadt.parent / "ausgaben" / "2025" / "uebergabe"
    async with laeuft(stadt) as (_, pilot):
        await druecke(pilot, "f8", "u")
        await sieht(pilot, "nicht weitergeben, nicht veröffentlichen")
        await druecke(pilot, "enter")  # the proposal is to write nothing
        assert not ordner.exists()
        await druecke(pilot, "u", "down", "enter")
        await sieht(pilot, "Die Übergabe ist geschrieben")
    assert (ordner / "Inhalt.xlsx").is_file()


async def test_was_anderswo_genannt_wird_geht_nicht_ohne_frage(stadt: Path) -> None:
    with ablauf.open_projekt(stadt) as projekt, projekt.change("Ziel") as schreiber:
        schreiber.put(Bedarf("B1", "Hilfe [/x]", ("01",)), Entwicklungsziel("Z1", "Mehr Hilfe", "01", bedarfe=("B1",)))
    async with laeuft(stadt) as (app, pilot):
        await druecke(pilot, "f7", *["down"] * 3, "enter")
        await sieht(pilot, "B1 Hilfe [/x]")
        await druecke(pilot, "delete")
        await sieht(pilot, "Entwicklungsziel Z1")
        await druecke(pilot, "enter")  # the proposal keeps it
        assert app.projekt.get(Bedarf, "B1") is not None
        await druecke(pilot, "delete", "down", "enter")
        await sieht(pilot, "Noch kein Bedarf")
        assert app.projekt.get(Bedarf, "B1") is None


async def test_wer_den_stand_eintraegt_wird_nicht_mehr_gemahnt(stadt: Path) -> None:
    with ablauf.open_projekt(stadt) as projekt, projekt.change("Frist") as schreiber:
        schreiber.put(
            Foerderaufruf("F1", "Quartier", "Land", dt.date(2020, 1, 31), gebiete=("01",), indikatoren=("A07",))
        )
    async with laeuft(stadt, GROSS) as (app, pilot):
        await druecke(pilot, "f7", *["down"] * 6, "enter")
        await sieht(pilot, "! 31.01.2020")
        await sieht(pilot, "Was ist daraus geworden?")
        await druecke(pilot, "enter")
        await sieht(pilot, "Stand vom")
        werte = {"stand": Foerderstand.BEWILLIGT, "stand_am": dt.date(2020, 3, 2)}
        ablauf.save_eintrag(app.projekt, Foerderaufruf, werte, app.projekt.get(Foerderaufruf, "F1"))
        await druecke(pilot, "escape", "escape", "enter")
        await sieht(pilot, "Stand: bewilligt (02.03.2020).")
        assert "! 31.01.2020" not in bildtext(app)
