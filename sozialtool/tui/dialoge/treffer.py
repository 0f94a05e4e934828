"""What the windows share in which one types above and chooses below: the typed line keeps the focus, ↑↓ move the mark in the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from sozialtool.tui.dialoge.dialog import Dialog

T = TypeVar("T")


class Trefferwahl(Dialog[T]):
    """A line to type in and the list `#treffer` below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "rueck(1)", "weiter", show=False),
        Binding("up", "rueck(-1)", "zurück", show=False),
        Binding("pagedown", "rueck(8)", "weiter", show=False),
        Binding("pageup", "rueck(-8)", "zurück", show=False),
    ]
    _anzahl = 0
    """So many lines can be chosen."""

    def beginne(self) -> None:
        """Show what stands in the list before anything is typed."""

    def on_mount(self) -> None:
        """Type in the line; the list takes no focus."""
        self.beginne()
        self._liste.can_focus = False
        zeile = self.query_one(Input)
        zeile.focus()
        zeile.cursor_position = len(zeile.value)

    @property
    def _liste(self) -> OptionList:
        return self.query_one("#treffer", OptionList)

    @property
    def stelle(self) -> int | None:
        """Number of the marked line; None where there is none."""
        marke = self._liste.highlighted
        return marke if marke is not None and marke < self._anzahl else None

    def setze(self, zeilen: Sequence[Option], marke: int = 0, leer: Content | None = None) -> None:
        """Show these lines with the mark on one of them; where there are none, a sentence that cannot be chosen."""
        self._anzahl = len(zeilen)
        self._liste.clear_options()
        self._liste.add_options(zeilen or ([Option(leer, disabled=True)] if leer is not None else []))
        self._liste.highlighted = marke if zeilen else None

    def action_rueck(self, um: int) -> None:
        """Move the mark."""
        if self._anzahl:
            self._liste.highlighted = max(0, min(self._anzahl - 1, (self._liste.highlighted or 0) + um))
