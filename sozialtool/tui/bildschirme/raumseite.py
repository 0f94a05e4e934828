"""What the pages of Räume share: they read anew after each change, and Strg+Z works on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType

from sozialtool import ablauf
from sozialtool.tui.allgemein import Zuruecknehmen
from sozialtool.tui.bildschirme.seite import Seite
from sozialtool.tui.teile.arbeit import arbeit

__all__ = ["Raumseite", "Zuruecknehmen"]

T = TypeVar("T")


class Raumseite(Seite[None]):
    """A page over the project. A subclass reads and shows in `frisch`."""

    CSS_PATH = "raumseiten.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "zuruecknehmen", "Zurücknehmen", show=False)]

    async def frisch(self) -> None:
        """Read anew and show; only inside a worker."""
        raise NotImplementedError

    async def aendere(self, tun: Callable[[], T]) -> T:
        """Run a change in the project's thread, then show what became of it. Only inside a worker."""
        ergebnis = await self.tool.rufe(tun)
        self.tool.geaendert()
        await self.frisch()
        return ergebnis

    @arbeit
    async def action_zuruecknehmen(self) -> None:
        """Take the newest change back and name it."""
        aenderung = await self.aendere(lambda: ablauf.undo(self.tool.projekt))
        self.tool.melde(f"Zurückgenommen: {aenderung.text}")
