"""The pages of the council papers by keys alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import attrs
import docx
import pytest
from textual import events
from textual.pilot import Pilot

from sozialtool import ablauf
from sozialtool.fach.drucksache import Beratungsschritt, Textbaustein
from sozialtool.fach.gremium import Gremienart, Gremium, Sitzung, Tagesordnungspunkt, Thema
from sozialtool.fach.messwert import Messwert
from sozialtool.tui.teile.schreibfeld import Schreibfeld
from tests.ablauf.hinausstadt import open_hinaus
from tests.ablauf.kleinstadt import build_kleinstadt
from tests.tui.gang import GROSS, KLEIN, bildtext, druecke, laeuft, sieht, tippe


@pytest.fixture
def stadt(tmp_path: Path) -> Path:
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt, projekt.change("Gremien") as s:
        s.put(
            Gremium("FA", "Ausschuss", Gremienart.AUSSCHUSS, sieht_zuerst=True), Thema("m", "Monitoring", 2025), Sitzung("FA-1", "FA", dt.date(2026, 6, 18)),
            Tagesordnungspunkt("FA-1", 5, "Monitoring", "m"),
        )  # fmt: skip
        return projekt.pfad


def read(stadt: Path, klasse: type) -> list:
    with ablauf.open_projekt(stadt, nur_lesen=True) as projekt:
        return projekt.read(klasse)


async def test_eine_drucksache_von_der_nummer_bis_zum_word(stadt: Path) -> None:
    async with laeuft(stadt, KLEIN) as (_, pilot):
        await druecke(pilot, "f8", "d")
        await sieht(pilot, "Noch keine Drucksache. a beginnt eine")
        await druecke(pilot, "a")
        await tippe(pilot, "17/801")
        await druecke(pilot, "f10")
        await sieht(pilot, "18.06.2026 (Kenntnisnahme)")
        await druecke(pilot, "t")
        await sieht(pilot, "Drucksache 17/801 · ")
        await druecke(pilot, "b")
        await sieht(pilot, "Beratungsaktion")
        await druecke(pilot, "escape", "n")
        await druecke(pilot, "enter", "enter", "enter")
        await _schreibe_mit_platz(pilot)
        await druecke(pilot, "f10")
        await sieht(pilot, "Es sind {A99}")
        await druecke(pilot, "e")
        await sieht(pilot, "{A07: Zahl}")
        await druecke(pilot, "escape", "w", "f10")
        await sieht(pilot, "! Klimaschutzrelevanz: Bitte angeben")
        await sieht(pilot, "{Gebietsstand}: Noch ist kein Gebietsstand")
        # As final: what is missing is said before a reason is asked for that would be lost.
        await druecke(pilot, "escape", "w", "j", "f10")
        await sieht(pilot, "DRUCKSACHE-OFFEN")
        assert "Noch nicht beraten" not in bildtext(pilot.app)
        await druecke(pilot, "escape", "escape", "escape")
    neu = max(read(stadt, Textbaustein), key=lambda t: t.nummer)
    assert neu.text == "Es sind {A99} in {Stadt}\n- ein Punkt"
    assert len(read(stadt, Beratungsschritt)) == 1
    absaetze = [a.text for a in docx.Document(stadt.parent / "ausgaben" / "2025" / "Drucksache_2025.docx").paragraphs]
    stelle = absaetze.index("Es sind [A99?] in Kleinstadt")
    assert absaetze[stelle + 1] == "ein Punkt"


async def _schreibe_mit_platz(pilot: Pilot) -> None:
    """Two paragraphs with a place, pasted, chosen and typed; the preview; Esc asks, what was typed is still there."""
    pilot.app.screen.query_one(Schreibfeld).post_message(events.Paste("Es\vsind\u00a0{A99} in "))
    await sieht(pilot, "Eingefügt: 1 Absatz")
    await druecke(pilot, "f4", *"stadt")
    await sieht(pilot, "Name der Stadt")
    await druecke(pilot, "enter", "enter", "enter", *"- ein Punkt", "f5")
    await sieht(pilot, "Einen Indikator oder eine Angabe „A99“")
    await sieht(pilot, "Es sind [A99?] in Kleinstadt")
    await druecke(pilot, "escape", "ctrl+home", *["right"] * 10, "f4")
    await sieht(pilot, "Einsetzen statt {A99}")
    await druecke(pilot, *"a07 zahl 2024")
    await sieht(pilot, "{A07 2024: Zahl}")
    await druecke(pilot, "escape", "space", "ctrl+z", "escape")
    await sieht(pilot, "Text verwerfen?")
    await druecke(pilot, "escape", "ctrl+q", "f10")
    await sieht(pilot, "2 Absätze, 7 Wörter")


async def test_eine_berichtigung_wird_gesehen_und_mitgeteilt(tmp_path: Path) -> None:
    with open_hinaus(tmp_path / "stadt") as projekt, projekt.change("berichtigt") as s:
        s.put_messwerte([Messwert("02", "arbeitslose", dt.date(2025, 12, 31), 333.0)])
        # By now the next year is planned; who must see figures first has not seen those of 2025.
        s.put(attrs.evolve(projekt.kommune, berichtsjahr=2026))
        s.put(Gremium("PG", "Planungsgruppe", Gremienart.PLANUNGSRUNDE, sieht_zuerst=True))
        stadt = projekt.pfad
    async with laeuft(stadt, GROSS) as (_, pilot):
        await druecke(pilot, "f8", "d")
        await sieht(pilot, "√ 1 festgehalten")
        await druecke(pilot, "delete")
        await sieht(pilot, "Zur Drucksache 17/801 ist festgehalten, was hinausging")
        await druecke(pilot, "enter")
        await sieht(pilot, "√ 1 festgehalten")
        await druecke(pilot, "k")
        await sieht(pilot, "Berichtigungen · ")
        await sieht(pilot, "Anlage 1 zur Drucksache 17/801")
        await druecke(pilot, "k", "f10")
        await sieht(pilot, "Korrekturmitteilung_2025.docx")
        await druecke(pilot, "escape", "k", "enter", "enter", "right", "f10")
        await sieht(pilot, "Die Zahlen für 2025 hat noch nicht gesehen")
        await tippe(pilot, " . ")
        await druecke(pilot, "f10")
        await sieht(pilot, "„.“ ist kein Grund")
        await druecke(pilot, "escape", "escape", "escape")
