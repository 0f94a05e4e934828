"""A page over an area: fills the screen, is left with Esc; results go back to who waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from sozialtool.tui.befehle import Befehl, Befehle
from sozialtool.tui.teile.kopf import Kopf
from sozialtool.tui.teile.tasten import Tastenzeile
from sozialtool.tui.text import Schrift

if TYPE_CHECKING:
    from sozialtool.tui.app import SozialtoolApp

T = TypeVar("T")


class Zurueck(Befehl):
    """Geht dorthin zurück, woher Sie kamen."""

    titel = "Zurück"
    taste = "escape"
    kurz = "zurück"


class Seite(ModalScreen[T | None]):
    """Modal on purpose: while a page is open no area can be switched and no draft gets lost behind it."""

    TITEL: ClassVar[str] = ""
    HILFE: ClassVar[str] = ""
    BEFEHLE: ClassVar[Befehle] = (Zurueck,)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "zurueck", "Zurück", show=False),
        Binding("f1", "app.hilfe_zeigen", "Hilfe", show=False),
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
