"""The pages of the council papers by keys alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sozialtool import ablauf
from sozialtool.fach.drucksache import Beratungsschritt, Textbaustein
from sozialtool.fach.gremium import Gremienart, Gremium, Sitzung, Tagesordnungspunkt, Thema
from sozialtool.fach.messwert import Messwert
from tests.ablauf.kleinstadt import build_kleinstadt, copy_vorbild
from tests.ablauf.test_korrektur import build_hinaus
from tests.tui.gang import GROSS, KLEIN, druecke, laeuft, sieht, tippe


@pytest.fixture
def stadt(tmp_path: Path) -> Path:
    with build_kleinstadt(tmp_path / "stadt", range(2024, 2026)) as projekt, projekt.change("Gremien") as s:
        s.put(
            Gremium("FA", "Ausschuss", Gremienart.AUSSCHUSS), Thema("m", "Monitoring", 2025), Sitzung("FA-1", "FA", dt.date(2026, 6, 18)),
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
        await druecke(pilot, "enter", "enter")
        await tippe(pilot, "Es sind {A99} || - ein Punkt")
        await druecke(pilot, "f10")
        await sieht(pilot, "Es sind {A99}")
        await druecke(pilot, "e")
        await sieht(pilot, "{A07: Zahl}")
        await druecke(pilot, "escape", "w", "f10")
        await sieht(pilot, "Einen Indikator oder eine Angabe „A99“")
        await druecke(pilot, "escape", "escape")
    neu = max(read(stadt, Textbaustein), key=lambda t: t.nummer)
    assert neu.text == "Es sind {A99}\n- ein Punkt"
    assert len(read(stadt, Beratungsschritt)) == 1
    assert (stadt.parent / "ausgaben" / "2025" / "Drucksache_2025.docx").is_file()


async def test_eine_berichtigung_wird_gesehen_und_mitgeteilt(tmp_path: Path) -> None:
    with copy_vorbild("hinaus", tmp_path / "stadt", build_hinaus) as projekt, projekt.change("berichtigt") as s:
        s.put_messwerte([Messwert("02", "arbeitslose", dt.date(2025, 12, 31), 333.0)])
        stadt = projekt.pfad
    async with laeuft(stadt, GROSS) as (_, pilot):
        await druecke(pilot, "f8", "d")
        await sieht(pilot, "√ 1 festgehalten")
        await druecke(pilot, "k")
        await sieht(pilot, "Berichtigungen · ")
        await sieht(pilot, "Anlage 1 zur Drucksache 17/801")
        await druecke(pilot, "k", "f10")
        await sieht(pilot, "Korrekturmitteilung_2025.docx")
        await druecke(pilot, "escape", "escape", "escape")
