"""What all dialogs share: one frame, a title, the keys below."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget

from sozialtool.tui.befehle import Befehl, Befehle, bindings
from sozialtool.tui.teile.tasten import Tastenzeile
from sozialtool.tui.text import Schrift

T = TypeVar("T")
_HOCH, _DRUMHERUM = 95, 6
"""Per cent of the screen that a window may be high (app.tcss); lines of frame, title with its margin, keys with theirs."""


class Uebernehmen(Befehl):
    """Nimmt die Antwort an, auf der die Markierung steht."""

    titel = "Übernehmen"
    taste = "enter"
    kurz = "übernehmen"


class Abbrechen(Befehl):
    """Schließt das Fenster, ohne etwas zu ändern."""

    titel = "Abbrechen"
    taste = "escape"
    kurz = "abbrechen"


class Dialog(ModalScreen[T | None]):
    """A window over the screen; Esc closes it with None."""

    HILFE: ClassVar[str] = "Dieses Fenster wartet auf eine Antwort. Esc schließt es, ohne etwas zu ändern."
    BEFEHLE: ClassVar[Befehle] = (Abbrechen,)
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((Abbrechen,)),
        Binding("f1", "app.hilfe_zeigen", "Hilfe", show=False),
    ]

    def __init__(self, titel: str) -> None:
        super().__init__()
        self._titel = titel

    @property
    def titel(self) -> str:
        """The title of the window."""
        return self._titel

    def hilfetext(self) -> str:
        """What F1 says about this window."""
        return self.HILFE

    def hilfebefehle(self) -> Befehle:
        """The commands that F1 lists: those that do something in this window."""
        return self.BEFEHLE

    @property
    def ungesichert(self) -> bool:
        """Whether something stands here that leaving the program would throw away without a word."""
        return False

    def compose(self) -> ComposeResult:
        """Lay out title, content and keys."""
        with Vertical(id="fenster"):
            yield Schrift(self._titel, id="fenstertitel")
            yield from self.inhalt()
            yield Tastenzeile(("screen", self.BEFEHLE))

    def inhalt(self) -> ComposeResult:
        """Lay out what is between title and keys."""
        raise NotImplementedError

    def begrenze(self, langes: Widget, weitere: int) -> None:
        """Give a long text the lines that the window has left beside frame, title, keys and `weitere` lines.

        In cells: Textual takes no other limit into account when it finds how high the window has to be, and leaves lines empty.
        """
        langes.styles.max_height = max(self.size.height * _HOCH // 100 - _DRUMHERUM - weitere, 3)

    def action_abbrechen(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
