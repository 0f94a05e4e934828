"""Every place at 80×24 and 120×40: it opens by keys alone, speaks German, reads well, and shows only safe characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from sozialtool.tui.themen import DUNKEL, HELL
from tests.tui.conftest import FEINDLICH
from tests.tui.gang import GROSS, KLEIN, bildtext, laeuft, maengel, rundgang, streifen


async def test_jeder_ort_ist_deutsch_zeigbar_und_lesbar(stadt: Path) -> None:
    """German, characters that every console has, and a contrast of at least 4.5 (WCAG 2.2) for every letter."""
    await gehe_herum(stadt, KLEIN, HELL)


async def test_auch_gross_dunkel_und_mit_feindlichen_namen(feindliche_stadt: Path) -> None:
    """Names like "[/x][final]" neither end the program nor disappear."""
    gesehen = await gehe_herum(feindliche_stadt, GROSS, DUNKEL)
    assert not {ort for ort in MIT_NAMEN if FEINDLICH not in gesehen[ort]}


async def gehe_herum(stadt: Path, groesse: tuple[int, int], theme: str) -> dict[str, str]:
    """Look at every place; return what it showed."""
    fehler: list[str] = []
    schwach = []
    gesehen: dict[str, str] = {}
    async with laeuft(stadt, groesse) as (app, pilot):
        app.theme = theme
        async for ort in rundgang(app, pilot):
            gesehen[ort] = bildtext(app)
            fehler += [f"{ort}: {was}" for was in maengel(gesehen[ort].replace(FEINDLICH, ""))]
            schwach += [(ort, *stelle) for stelle in _schwache(app)]
    assert not fehler
    assert not schwach, schwach[:5]
    return gesehen


def test_maengel_werden_gefunden() -> None:
    assert maengel("No matches found")
    assert maengel("📁 Ordner") == ["Zeichen: 📁"]
    assert maengel(" ") == ["leer"]
    assert not maengel("√ Alles ist zugeordnet.")


MIT_NAMEN = {
    "ueberblick", "raeume", "indikatoren", "vereinbaren", "daten", "befunde", "monitoring", "verlauf", "steckbrief",
    "gesperrt", "planung",
}  # fmt: skip
"""Places that show names of areas, files or Indikatoren in full."""


def _schwache(app):
    """Find letters that are hard to read; what lies dimmed behind a dialog cannot be used and does not count."""
    fenster = next(iter(app.screen.query("#fenster")), app.screen).region
    for zeile in streifen(app)[fenster.y : fenster.bottom]:
        for stueck in zeile.crop(fenster.x, fenster.right):
            stil = stueck.style
            text = stueck.text.strip("─│┌┐└┘░█ ")
            if not text or stil is None or stil.color is None or stil.bgcolor is None:
                continue
            vorn, hinten = stil.color.get_truecolor(), stil.bgcolor.get_truecolor()
            if stil.reverse:
                vorn, hinten = hinten, vorn
            if kontrast(vorn, hinten) < 4.5:
                yield stueck.text, tuple(vorn), tuple(hinten), round(kontrast(vorn, hinten), 2)


def kontrast(eins, zwei) -> float:
    """Contrast ratio of WCAG 2.2."""

    def hell(farbe) -> float:
        kanaele = [k / 255 for k in farbe]
        r, g, b = (k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in kanaele)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    oben, unten = sorted((hell(eins), hell(zwei)), reverse=True)
    return (oben + 0.05) / (unten + 0.05)


def test_kontrast_rechnet_richtig() -> None:
    assert kontrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21)
    assert kontrast((255, 255, 255), (31, 78, 95)) == pytest.approx(9.1, abs=0.1)
