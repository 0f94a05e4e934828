"""The two questions about boundaries after a reform, keys only at 80×24: when a file is read, and before the Monitoring goes out."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from sozialtool import ablauf, orte
from tests.ablauf.raumstadt import ALT, build_raumstadt
from tests.tui.gang import bildtext, druecke, laeuft, sieht, tippe


@pytest.fixture(scope="module")
def vorbild(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town after its reform: one small block has changed its Sozialraum."""
    with pytest.MonkeyPatch.context() as flicken:
        flicken.setattr(orte, "einstellungen", lambda: tmp_path_factory.mktemp("eigen"))
        with build_raumstadt(tmp_path_factory.mktemp("reform") / "stadt", range(2024, 2026)) as projekt:
            ablauf.make_variante(projekt, "neu", "Räume 2024")
            ablauf.move_gebiete(projekt, "neu", ["b1c"], "02")
            ablauf.agree_gebietsstand(projekt, "neu", dt.date(2024, 3, 7), "Rat", dt.date(2024, 7, 1))
            return projekt.pfad


@pytest.fixture
def reformstadt(vorbild: Path, tmp_path: Path) -> Path:
    ordner = Path(shutil.copytree(vorbild.parent, tmp_path / "stadt"))
    return ordner / vorbild.name


async def _bis_zur_frage(pilot, app) -> None:
    await druecke(pilot, "f5", "e")
    await sieht(pilot, "einwohner.csv")
    await druecke(pilot, "enter")
    await sieht(pilot, "Einlesen 1/3")
    await druecke(pilot, "enter")
    await sieht(pilot, "Einlesen 2/3")
    while app.screen._entwurf.pruefung.fragen:
        await druecke(pilot, "enter")
    await druecke(pilot, "enter")
    await sieht(pilot, "Einlesen 3/3")
    await druecke(pilot, "enter")
    await sieht(pilot, "annehmen?")
    await druecke(pilot, "enter")
    await sieht(pilot, "Wer liefert das?")
    await tippe(pilot, "Meldewesen")
    await druecke(pilot, "f10")
    await sieht(pilot, "In welchen Grenzen ist gezählt?")


@pytest.mark.parametrize(
    ("tasten", "gewaehlt"), [(("enter",), ""), (("down", "enter"), ALT), (("end", "enter"), "neu"), (("escape",), None)]
)
async def test_beim_einlesen_wird_nach_den_grenzen_gefragt(
    reformstadt: Path, tasten: tuple[str, ...], gewaehlt: str | None
) -> None:
    eingang = reformstadt.parent / "eingang"
    eingang.mkdir(exist_ok=True)
    zeilen = ["Stand: 31.12.2023;;", "Nummer;Sozialraum;Einwohner", *(f"0{n};Raum {n};{1000 + n}" for n in range(1, 7))]
    (eingang / "einwohner.csv").write_text("\n".join(zeilen), encoding="utf-8")
    async with laeuft(reformstadt) as (app, pilot):
        await _bis_zur_frage(pilot, app)
        bild = bildtext(app)
        # The figures are of 2023: the boundaries of then are the likeliest.
        assert bild.index("Die an jedem Stichtag geltenden") < bild.index("Räume 2019") < bild.index("Räume 2024")
        await druecke(pilot, *tasten)
        if gewaehlt is None:
            await sieht(pilot, "Einlesen 3/3")
            assert not await app.rufe(lambda: ablauf.quellen(app.projekt))
            return
        await sieht(pilot, "eingelesen, 6 Werte")
        assert [q.gebietsstand for q in await app.rufe(lambda: ablauf.quellen(app.projekt))] == [gewaehlt]


async def test_vor_der_ausgabe_werden_kleine_gruppen_bestaetigt(reformstadt: Path) -> None:
    pfad = reformstadt.parent / "ausgaben" / "2025" / "Monitoring_2025.xlsx"
    async with laeuft(reformstadt) as (app, pilot):
        for tasten in ((), ("escape",)):
            await druecke(pilot, "f6", "x")
            await sieht(pilot, "Drucksache")
            await sieht(pilot, "◄ nein ►")
            await druecke(pilot, "f10")
            await sieht(pilot, "Zwei Gebietsstände")
            assert "100 Menschen: Block b1c." in bildtext(app)
            # What is proposed first is the careful answer; Esc is no consent either.
            await druecke(pilot, *(tasten or ("enter",)))
            assert not pfad.exists()
        await druecke(pilot, "f6", "x", "f10")
        await sieht(pilot, "Zwei Gebietsstände")
        await druecke(pilot, "down", "enter")
        await sieht(pilot, "Das Monitoring ist geschrieben")
    assert pfad.is_file()
