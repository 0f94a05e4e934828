"""A text of several paragraphs as one line of a form: its first words and how long it is; Enter opens it for writing."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from sozialtool.tui.teile.absatztext import describe_kurz, from_schreibtext
from sozialtool.tui.text import klar, kuerzen, satz

LEER = "Enter öffnet das Schreibfenster"


class Textfeld(Widget, can_focus=True):
    """Shows the beginning of a text; what was taken over from the window stands in `value`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "oeffne", "schreiben", show=False)]

    value: reactive[str] = reactive("")
    """The text as it is stored: a line is a paragraph."""

    class Oeffnen(Message):
        """The text is to be written in its window."""

        def __init__(self, textfeld: Textfeld) -> None:
            super().__init__()
            self.textfeld = textfeld

    def __init__(self, value: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.set_reactive(Textfeld.value, value)

    def render(self) -> Content:
        """Show the first words, and how many there are in all."""
        umfang = describe_kurz(self.value)
        if not umfang:
            return klar(LEER, "$leise")
        breite = max(self.content_size.width - len(umfang) - 4, 0)
        worte = kuerzen(from_schreibtext(self.value).replace("\n", " / "), breite)
        return satz(worte, klar(f"  ({umfang})"))

    def action_oeffne(self) -> None:
        """Ask for the window."""
        self.post_message(self.Oeffnen(self))

    def on_click(self, ereignis: events.Click) -> None:
        """Open with the mouse too."""
        ereignis.stop()
        self.action_oeffne()
