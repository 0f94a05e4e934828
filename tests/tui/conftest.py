"""A small invented town, complete from areas to figures, made once and copied for each test."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import sys
from pathlib import Path
from time import monotonic
from typing import Any

import attrs
import pytest

from sozialtool import ablauf, orte
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.messwert import Merkmal, Messwert, Zeichen
from sozialtool.fach.prozess import Fortschritt
from sozialtool.fach.quelle import Befund, Quelle, Schwere
from sozialtool.fach.raum import ORTSTEIL, SOZIALRAUM, Gebiet, Gebietsstand, Kommune

if sys.platform == "win32":
    # In Wine, Polars ends the process when the thread that loaded it has ended: the program has one such thread to its end,
    # each walk has its own.
    import polars as pl  # noqa: F401 - loaded before any of them

AGS = "05999999"
RAEUME = ("Altstadt", "Am Bahnhof", "Rheinfeld Nord", "Rheinfeld Süd", "Siedlung Glückauf")
JAHRE = tuple(range(2019, 2026))
VEREINBART = 24
HEUTE = dt.date(2026, 3, 2)
KLEINE = 2
"""A count that must stay secret."""


async def _bis_nichts_ansteht(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Wait until nothing can go on without a key, an answer of a thread or a clock.

    Textual compares the time of the processor with that of the wall, for a fiftieth of a second and several times for each
    key; on Windows, where clocks are coarse, that takes a program for resting that works. The loop knows it exactly.
    """
    schleife: Any = asyncio.get_running_loop()
    ende, still = monotonic() + max_sleep, 0
    while still < 3 and monotonic() < ende:
        await asyncio.sleep(0)
        still = 0 if schleife._ready else still + 1


@pytest.fixture(autouse=True)
def _kurze_pausen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait no longer than needed; for what is still at work in the project's thread waits `gang.ruhe`."""
    monkeypatch.setattr("textual.app.wait_for_idle", _bis_nichts_ansteht)
    monkeypatch.setattr("textual.pilot.wait_for_idle", _bis_nichts_ansteht)


@pytest.fixture(autouse=True)
def _eigene_ordner(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and logs of the tests lie in their own folder, never in the person's."""
    ordner = tmp_path_factory.mktemp("eigen")
    monkeypatch.setattr(orte, "einstellungen", lambda: ordner / "einstellungen")
    monkeypatch.setattr(orte, "protokolle", lambda: ordner / "protokolle")
    monkeypatch.setenv("SOZIALTOOL_ZEICHEN", "voll")


def _wert(merkmal: str, raum: int, jahr: int) -> float:
    """Invent a figure: parts stay below their whole, Rheinfeld Nord carries more than the others."""
    grund = 4000.0 - 400 * raum
    if merkmal == "ew":
        return grund
    anteil = 0.05 + (sum(map(ord, merkmal)) % 17) / 100 + (0.09 if raum == 2 else 0)
    return float(round(grund * anteil * (1 + (jahr - 2019) * 0.02)))


def baue_stadt(ordner: Path, zusatz: str = "") -> Path:
    """Make a project with areas, figures of seven years, agreements, a delivery with findings; return its file.

    `zusatz` is put behind every name, so that hostile text appears wherever a name is shown.
    """
    with ablauf.create_projekt(ordner, Kommune(AGS, f"Musterstadt{zusatz}", berichtsjahr=2025)) as projekt:
        raeume = [
            Gebiet(f"0{nr}", f"{name}{zusatz}", SOZIALRAUM, "k1", reihenfolge=nr) for nr, name in enumerate(RAEUME)
        ]
        with projekt.change(f"Sozialräume angelegt{zusatz}") as schreiber:
            schreiber.put(Gebietsstand("g1", f"Stand 2025{zusatz}", dt.date(2025, 1, 1)))
            schreiber.put(
                Gebiet(AGS, f"Musterstadt{zusatz}", "stadt"), Gebiet("k1", f"Kernstadt{zusatz}", ORTSTEIL, AGS)
            )
            schreiber.put(*raeume)
        _vereinbare(projekt, zusatz)
        _liefere(projekt, raeume, zusatz)
        ablauf.save_umsetzungsstand(projekt, 2, HEUTE, f"Die Planungsgruppe ist eingerichtet.{zusatz}")
        ablauf.set_fortschritt(projekt, 3, Fortschritt.VEREINBART)
        return projekt.pfad


def _vereinbare(projekt: ablauf.Projekt, zusatz: str) -> None:
    neu = []
    for nummer, indikator in enumerate(projekt.read(Indikator)):
        name = attrs.evolve(indikator, name=f"{indikator.name}{zusatz}", hinweis=f"{indikator.hinweis}{zusatz}")
        if nummer < VEREINBART:
            name = attrs.evolve(name, zustand=Zustand.VEREINBART, vereinbart_am=HEUTE, gremium=f"Planungsrunde{zusatz}")
        neu.append(name)
    with projekt.change("Indikatoren vereinbart") as schreiber:
        schreiber.put(*neu)
        schreiber.put(*(attrs.evolve(m, name=f"{m.name}{zusatz}") for m in projekt.read(Merkmal)))


def _liefere(projekt: ablauf.Projekt, raeume: list[Gebiet], zusatz: str) -> None:
    werte = []
    for merkmal in projekt.read(Merkmal):
        for nummer, raum in enumerate(raeume):
            for jahr in JAHRE:
                wert = _wert(merkmal.schluessel, nummer, jahr)
                if merkmal.schluessel != "ew" and nummer == 4 and jahr == 2025:
                    wert = float(KLEINE)
                werte.append(Messwert(raum.schluessel, merkmal.schluessel, dt.date(jahr, 12, 31), wert, quelle="q1"))
    werte[3] = attrs.evolve(werte[3], wert=None, zeichen=Zeichen.FOLGT)
    quelle = Quelle(
        "q1", f"einwohner_2025{zusatz}.xlsx", "ab" * 32, f"Meldewesen{zusatz}", dt.date(2025, 12, 31),
        dt.datetime(2026, 3, 2, 9, 30), "", len(werte), 2,
    )  # fmt: skip
    with projekt.change(f"einwohner_2025{zusatz}.xlsx eingelesen, {len(werte)} Werte") as schreiber:
        schreiber.put(quelle)
        schreiber.put_messwerte(werte)
        schreiber.put_befunde("q1", _befunde(zusatz))


def _befunde(zusatz: str) -> tuple[Befund, ...]:
    frage = Befund(
        "SPRUNG", Schwere.FRAGE, f"Der Wert von Altstadt{zusatz} ist dreimal so hoch wie im Vorjahr.",
        f"Bitte beim Absender nachfragen.{zusatz}", f"einwohner_2025{zusatz}.xlsx", f"Auswertung{zusatz}", "D5",
    )  # fmt: skip
    return frage, attrs.evolve(
        frage, code="KOMMENTAR", schwere=Schwere.HINWEIS, zelle="E7", meldung=f"Anmerkung{zusatz}"
    )


@pytest.fixture(scope="session")
def vorbild(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town, made once."""
    with pytest.MonkeyPatch.context() as flicken:
        flicken.setattr(orte, "einstellungen", lambda: tmp_path_factory.mktemp("eigen"))
        return baue_stadt(tmp_path_factory.mktemp("vorbild")).parent


@pytest.fixture(scope="session")
def feindliches_vorbild(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town in which every name holds markup and control characters."""
    with pytest.MonkeyPatch.context() as flicken:
        flicken.setattr(orte, "einstellungen", lambda: tmp_path_factory.mktemp("eigen"))
        return baue_stadt(tmp_path_factory.mktemp("feind"), FEINDLICH).parent


FEINDLICH = "[/x][final]"


@pytest.fixture
def stadt(vorbild: Path, tmp_path: Path) -> Path:
    """A copy of the town's project file."""
    return next(Path(shutil.copytree(vorbild, tmp_path / "stadt")).glob("*.sozial"))


@pytest.fixture
def feindliche_stadt(feindliches_vorbild: Path, tmp_path: Path) -> Path:
    """A copy of the hostile town's project file."""
    return next(Path(shutil.copytree(feindliches_vorbild, tmp_path / "feind")).glob("*.sozial"))
