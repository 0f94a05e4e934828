"""A page over an area: fills the screen, is left with Esc; results go back to who waits for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from sozialtool.tui.allgemein import GEHEN
from sozialtool.tui.befehle import Befehl, Befehle
from sozialtool.tui.teile.arbeit import arbeit
from sozialtool.tui.teile.kopf import Kopf
from sozialtool.tui.teile.ruecknahme import nimm_zurueck
from sozialtool.tui.teile.tabelle import Tabelle
from sozialtool.tui.teile.tasten import Tastenzeile
from sozialtool.tui.text import Schrift

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp

T = TypeVar("T")
E = TypeVar("E")


class Zurueck(Befehl):
    """Geht dorthin zurück, woher Sie kamen."""

    titel = "Zurück"
    taste = "escape"
    kurz = "zurück"


class Seite(ModalScreen[T | None]):
    """Modal on purpose: an area is switched only by closing the pages first, so that no draft gets lost behind one."""

    TITEL: ClassVar[str] = ""
    HILFE: ClassVar[str] = ""
    BEFEHLE: ClassVar[Befehle] = (Zurueck,)
    VERLASSBAR: ClassVar[bool] = True
    """Whether F2 to F8 may close it: not where its result is waited for, or something is begun that nobody has taken over."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "zurueck", "Zurück", show=False),
        Binding("f1", "app.hilfe_zeigen", "Hilfe", show=False),
        *(Binding(b.taste, f"verlasse_nach('{b.ziel}')", b.titel, show=False) for b in GEHEN),
    ]

    def __init__(self, titel: str) -> None:
        super().__init__()
        self._seitentitel = titel

    @property
    def tool(self) -> SozialtoolApp:
        """The app."""
        return cast("SozialtoolApp", self.app)

    def compose(self) -> ComposeResult:
        """Lay out head, title, content and key line."""
        yield Kopf("", self.tool.ort())
        with Vertical(classes="seite"):
            yield Schrift(self._seitentitel, classes="seitentitel")
            yield from self.inhalt()
        yield Tastenzeile(("screen", self.BEFEHLE))

    def inhalt(self) -> ComposeResult:
        """Lay out what is between title and key line."""
        raise NotImplementedError

    def action_zurueck(self) -> None:
        """Leave without a result."""
        self.dismiss(None)

    def action_verlasse_nach(self, ziel: str) -> None:
        """Close this page and those below it and show an area; where one must be finished first, say so."""
        self.tool.verlasse_seiten(ziel)


class Projektseite(Seite[None]):
    """A page that changes the project: Strg+Z works on it as everywhere. A subclass reads and shows in `frisch`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "zuruecknehmen", "Zurücknehmen", show=False)]

    async def frisch(self) -> None:
        """Read anew and show; only inside a worker."""
        raise NotImplementedError

    async def aendere(self, tun: Callable[[], E]) -> E:
        """Run a change in the project's thread, then show what became of it. Only inside a worker."""
        ergebnis = await self.tool.rufe(tun)
        self.tool.geaendert()
        await self.frisch()
        return ergebnis

    @arbeit
    async def action_zuruecknehmen(self) -> None:
        """Take the newest change back and name it."""
        aenderung = await nimm_zurueck(self.tool)
        if aenderung is not None:
            self.tool.geaendert()
            await self.frisch()
            self.tool.melde(f"Zurückgenommen: {aenderung.text}")


class Tabellenseite(Projektseite):
    """A page around one table, which has the focus and is filled by `frisch` when the page opens."""

    def on_mount(self) -> None:
        """Read and show."""
        self.query_one(Tabelle).focus()
        self._lies()

    @arbeit
    async def _lies(self) -> None:
        await self.frisch()
