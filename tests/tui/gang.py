"""Helpers of the walks: wait without sleeping, read the screen as text, go to every place."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from textual._context import visible_screen_stack
from textual.pilot import Pilot
from textual.strip import Strip

from sozialtool.tui.app import SozialtoolApp
from sozialtool.tui.bildschirme.bereich import Bereich
from sozialtool.tui.teile.tabelle import Tabelle

KLEIN, GROSS = (80, 24), (120, 40)
GROBE_UHR = sys.platform == "win32"
"""Textual takes an app for resting that used no time between two ticks of the clock: there, look twice where the focus is."""


ENGLISCH = re.compile(
    r"\b(the|and|not found|no matches|search|select|command|palette|quit|help|press|enter a|cursor|loading|cancel|close|"
    r"open|error|file|folder|directory|page|next|previous|submit|welcome|theme|screen|maximize|minimize|save|copy|toggle|"
    r"keys|panel|esc key|home|end|delete|ctrl|pgup|pgdn|space|back|none|true|false|invalid|value|must)\b",
    re.IGNORECASE,
)
WGL4 = set("─│┌┐└┘├┤┬┴┼═║╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬▀▄█▌▐░▒▓■□▪▫▬▲►▼◄◊○●◘◙◦↑→↓←↔↕√≠≤≥≈•…–—„“”‚‘’−·×°²³€§")
BLOECKE = set("▁▂▃▅▆▇")
"""Only in the series, and replaced on a classic console."""


def maengel(text: str) -> list[str]:
    """English words and characters that a classic console lacks."""
    ohne_pfade = re.sub(r"\S*[/\\]\S*", "", text)
    englisch = ENGLISCH.findall(ohne_pfade)
    fremd = {z for z in text if not (z.isascii() or z in WGL4 or z in BLOECKE or z.isalpha())}
    leer = [] if text.strip() else ["leer"]
    return [*leer, *(f"englisch: {wort}" for wort in englisch), *(f"Zeichen: {zeichen}" for zeichen in sorted(fremd))]


def streifen(app: SozialtoolApp) -> list[Strip]:
    """Lines of the screen on top."""
    # As Textual does before it draws: without it a page is drawn above what lay below the last one, in the worst case above itself.
    visible_screen_stack.set(app._background_screens)
    return list(app.screen._compositor.render_strips())


def bildtext(app: SozialtoolApp) -> str:
    """The screen on top as text."""
    return "\n".join(streifen.text for streifen in streifen(app))


async def warte(pilot: Pilot[Any], bis: Callable[[], bool], was: str = "", *, raeume: bool = False) -> None:
    """Wait until something holds; fails with the screen when it never does.

    With `raeume`, a message that has stood there for a while, and is not what is waited for, is taken away: it covers the
    lines below it for eight seconds.
    """
    app = pilot.app
    assert isinstance(app, SozialtoolApp)
    ende, pause = monotonic() + 180, 0.005
    gelesen: list[set[str]] = []
    while not bis():
        gelesen = [*gelesen[-5:], {n.identity for n in app._notifications}] if raeume and pause == 0.1 else []
        if len(gelesen) == 6 and set.intersection(*gelesen):
            app.clear_notifications()
        if monotonic() > ende:
            raise AssertionError(f"Es wurde nicht wahr: {was}\n{bildtext(app)}")
        # Looked at more and more rarely: asking every widget a hundred times a second takes the time from what it waits for.
        pause = min(pause * 1.5, 0.1)
        await asyncio.sleep(pause)
        if pause > 0.05:
            await pilot.pause(0)
    await pilot.pause()


async def ruhe(pilot: Pilot[Any]) -> None:
    """Wait until the project's thread has answered and everything is drawn."""
    app = pilot.app
    assert isinstance(app, SozialtoolApp)

    def ruht() -> bool:
        return app.faden.ruht and not _laedt(app)

    await pilot.pause()
    vorher: object = None
    while not ruht() or (GROBE_UHR and vorher != (app.screen, app.focused)):
        vorher = (app.screen, app.focused)
        # What was loaded may load more.
        await warte(pilot, ruht, "der Projektfaden ruht")


def _laedt(app: SozialtoolApp) -> bool:
    if isinstance(app.screen, Bereich) and not app.screen.fertig:
        return True
    # A table lays its rows out once it knows how wide it is; until then keys find nothing in it.
    if isinstance(app.focused, Tabelle) and app.focused.reihen and not app.focused.row_count:
        return True
    return any(worker.name in ("lade", "liste", "finde_letzte") and not worker.is_finished for worker in app.workers)


async def druecke(pilot: Pilot[Any], *tasten: str) -> None:
    """Press keys one after the other and let each have its effect."""
    for taste in tasten:
        await pilot.press(taste)
        await ruhe(pilot)


async def tippe(pilot: Pilot[Any], text: str) -> None:
    """Type into the field with the focus, replacing what is in it."""
    feld = pilot.app.focused
    assert feld is not None
    feld.value = text
    await ruhe(pilot)


async def sieht(pilot: Pilot[Any], text: str) -> None:
    """Wait until a text stands on the screen, which then is German and readable."""
    app = pilot.app
    assert isinstance(app, SozialtoolApp)
    bild = ""

    def da() -> bool:
        nonlocal bild
        bild = bildtext(app)
        return text in bild

    await warte(pilot, da, f"zu sehen ist „{text}“", raeume=True)
    assert not maengel(bild), bild


@asynccontextmanager
async def laeuft(
    pfad: Path | None, groesse: tuple[int, int] = KLEIN
) -> AsyncIterator[tuple[SozialtoolApp, Pilot[Any]]]:
    """Run the app on a project until its overview (or the choice of projects) is shown."""
    app = SozialtoolApp(pfad)
    async with app.run_test(size=groesse, notifications=True) as pilot:
        if pfad is not None:
            await warte(pilot, lambda: app.screen.has_class("-gelesen"), "der Überblick ist da")
        await ruhe(pilot)
        yield app, pilot


ORTE: dict[str, tuple[str, ...]] = {
    "ueberblick": (),
    "stand": ("n",),
    "fortschritt": ("f",),
    "raeume": ("f3",),
    "raeume-excel": ("f3", "x"),
    "gebietsstaende": ("f3", "v"),
    "neue-variante": ("f3", "v", "n"),
    "gebietsstand": ("f3", "v", "enter"),
    "umrechnung": ("f3", "v", "u"),
    "strassen": ("f3", "s"),
    "indikatoren": ("f4",),
    "vereinbaren": ("f4", "v"),
    "indikator-verlauf": ("f4", "h"),
    "definition": ("f4", "a"),
    "vereinbarungen": ("f4", "u"),
    "vereinbarungen-ruht": ("f4", "u", "z", "z", "z"),
    "schwelle": ("f4", "u", "down", "down", "v"),
    "was-hilft": ("f5", "d", "w"),
    "daten": ("f5",),
    "dateiwahl": ("f5", "e"),
    "befunde": ("f5", "enter"),
    "datenuebersicht": ("f5", "d"),
    "abfragen": ("f5", "a"),
    "abfragen-anlegen": ("f5", "a", "n"),
    "fachbereiche": ("f5", "a", "f"),
    "fachbereich": ("f5", "a", "f", "enter"),
    "bestand": ("f5", "d", "down", "enter"),
    "monitoring": ("f6",),
    "matrix-rechts": ("f6", "right", "right"),
    "verlauf": ("f6", "right", "enter"),
    "steckbrief": ("f6", "s"),
    "vergleich": ("f6", "right", "i", "o", "down", "down"),
    "verfahren": ("f6", "right", "i", "m"),
    "bevoelkerung": ("f6", "b"),
    "segregation": ("f6", "b", "n"),
    "entwicklung": ("f6", "e", "right"),
    "gesperrt": ("f6", "down", "down", "down", "right", "w"),
    "jahr": ("f6", "j"),
    "index": ("f6", "r"),
    "index-neu": ("f6", "r", "n"),
    "mittel": ("f6", "m"),
    "szenario-neu": ("f6", "m", "n"),
    "planung": ("f7",),
    "planung-bestand": ("f7", "enter"),
    "planung-ort": ("f7", "enter", "n"),
    "planung-versorgung": ("f7", "enter", "v"),
    "planung-stimmen": ("f7", "down", "enter"),
    "planung-befragungen": ("f7", "down", "down", "enter"),
    "planung-bedarfe": ("f7", "down", "down", "down", "enter"),
    "planung-ziele": ("f7", "down", "down", "down", "down", "enter"),
    "planung-leitziel": ("f7", "down", "down", "down", "down", "enter", "l"),
    "planung-massnahmen": ("f7", "down", "down", "down", "down", "down", "enter"),
    "ausgabe": ("f8",),
    "ausgeben": ("f8", "m"),
    "hilfe": ("f1",),
    "hilfe-monitoring": ("f6", "f1"),
    "palette": ("ctrl+p",),
    "palette-leer": ("ctrl+p", "q", "q", "q"),
    "berichtsjahr": ("ctrl+p", "j", "a", "h", "r", "enter"),
}
"""Keys that lead from the overview to each place."""


async def rundgang(app: SozialtoolApp, pilot: Pilot[Any]) -> AsyncIterator[str]:
    """Go to every place one after the other; yields its name while it is shown."""
    for ort, tasten in ORTE.items():
        await druecke(pilot, "f2", *tasten)
        # On a busy machine nothing may move for a moment before the place is drawn for the first time.
        await warte(pilot, lambda: bool(bildtext(app).strip()), f"{ort} ist gezeichnet")
        yield ort
        while app.screen.is_modal:
            await druecke(pilot, "escape")
