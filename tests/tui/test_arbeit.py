"""Workers: a screen that is being closed loses its parts before its workers end; that is no crash."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Label
from textual.worker import WorkerFailed

from sozialtool.tui.teile.arbeit import arbeit


class Suchend(Screen[None]):
    """Looks for its label once `wann` says so."""

    def __init__(self) -> None:
        super().__init__()
        self.frei = False
        self.gesucht = False

    def compose(self) -> ComposeResult:
        """Lay out the label."""
        yield Label("da", id="etikett")

    @arbeit
    async def suche(self) -> None:
        """Wait until the label is gone, then look for it."""
        # Nothing says when a part is gone.
        while self.query("#etikett") and not self.frei:  # noqa: ASYNC110
            await asyncio.sleep(0)
        self.gesucht = True
        self.query_one("#nirgends" if self.frei else "#etikett")


async def test_a_screen_that_is_being_closed_ends_its_work() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        seite = Suchend()
        await app.push_screen(seite)
        seite.suche()
        await pilot.pause()
        await app.pop_screen()
        await pilot.pause()
        assert seite.gesucht


async def test_the_end_of_the_app_ends_the_work() -> None:
    app: App[None] = App()
    seite = Suchend()
    async with app.run_test() as pilot:
        await app.push_screen(seite)
        seite.suche()
        await pilot.pause()
    assert seite.gesucht


async def test_a_part_that_was_never_there_is_a_crash() -> None:
    with pytest.raises(WorkerFailed, match="nirgends"):
        await _search_in_vain()


async def _search_in_vain() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        seite = Suchend()
        await app.push_screen(seite)
        seite.suche()
        seite.frei = True
        await pilot.pause()
