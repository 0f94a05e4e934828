"""One of a few words in a single line: ◄ vereinbart ►."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from sozialtool.tui.text import klar


class Auswahl(Widget, can_focus=True):
    """Changed with ←→, Space, or the first letter; Enter takes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "wechsle(-1)", "voriges", show=False),
        Binding("right,space", "wechsle(1)", "nächstes", show=False),
        Binding("enter", "nimm", "nehmen", show=False),
    ]

    value: reactive[str] = reactive("")
    """The chosen word."""

    class Genommen(Message):
        """Enter was pressed."""

        def __init__(self, auswahl: Auswahl) -> None:
            super().__init__()
            self.auswahl = auswahl

    def __init__(self, worte: Sequence[str], value: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._worte = tuple(worte)
        self.set_reactive(Auswahl.value, value if value in self._worte else self._worte[0])

    def render(self) -> Content:
        """Show the word between arrows."""
        return klar(f"◄ {self.value or '–'} ►")

    def action_wechsle(self, um: int) -> None:
        """Go to the next or the previous word."""
        self.value = self._worte[(self._worte.index(self.value) + um) % len(self._worte)]

    def action_nimm(self) -> None:
        """Take the word."""
        self.post_message(self.Genommen(self))

    def on_key(self, event: events.Key) -> None:
        """Jump to the next word that begins with the typed letter."""
        if event.character is None or not event.character.isalpha():
            return
        ab = self._worte.index(self.value) + 1
        for wort in (*self._worte[ab:], *self._worte[:ab]):
            if wort.casefold().startswith(event.character.casefold()):
                self.value = wort
                event.stop()
                return
