"""Long work in a window: how far it is, and Esc stops it."""

from __future__ import annotations

import threading
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.dialoge.dialog import Dialog
from sozialtool.tui.text import Schrift, zahl

BREITE = 50


class Anhalten(Befehl):
    """Hält die laufende Arbeit an. Es wird nichts geändert."""

    titel = "Anhalten"
    taste = "escape"
    kurz = "anhalten"


class Laufend(Dialog[bool]):
    """Shows progress that arrives as messages from the project's thread."""

    BEFEHLE: ClassVar[Befehle] = (Anhalten,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(BEFEHLE)

    class Fortgang(Message):
        """So many of so many are done; this is being done now."""

        def __init__(self, fertig: int, von: int, was: str) -> None:
            super().__init__()
            self.fertig = fertig
            self.von = von
            self.was = was

    def __init__(self, titel: str, stop: threading.Event) -> None:
        super().__init__(titel)
        self._stop = stop
        self._zuletzt: tuple[int, int, str] | None = None

    def inhalt(self) -> ComposeResult:
        """Lay out what is being done and the bar."""
        yield Schrift("Es geht los …", id="was")
        yield Schrift("░" * BREITE, id="balken")

    def melde(self, fertig: int, von: int, was: str) -> None:
        """Report progress; may be called from any thread, also before the window is shown."""
        self._zuletzt = (fertig, von, was)
        if self.is_attached:
            self.post_message(self.Fortgang(fertig, von, was))

    def on_mount(self) -> None:
        """Show what was reported before the window was there."""
        if self._zuletzt is not None:
            self._zeige(*self._zuletzt)

    def on_laufend_fortgang(self, ereignis: Fortgang) -> None:
        """Draw the bar and name the work."""
        ereignis.stop()
        if not self._stop.is_set():
            self._zeige(ereignis.fertig, ereignis.von, ereignis.was)

    def _zeige(self, fertig: int, von: int, was: str) -> None:
        voll = round(BREITE * min(fertig / von, 1)) if von > 0 else 0
        wie_weit = f"  {zahl(fertig)} von {zahl(von)}" if von > 0 else ""
        self.query_one("#was", Schrift).schreibe(was)
        self.query_one("#balken", Schrift).schreibe("█" * voll + "░" * (BREITE - voll) + wie_weit)

    def action_anhalten(self) -> None:
        """Ask the work to stop; the window closes when it has."""
        self._stop.set()
        self.query_one("#was", Schrift).schreibe("Wird angehalten …")
