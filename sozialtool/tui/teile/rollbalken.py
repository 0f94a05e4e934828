"""Scroll bars of whole cells: the classic Windows console has no eighths of blocks (trap 24)."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBar, ScrollBarRender


class GanzeZellen(ScrollBarRender):
    """Draws the thumb in whole cells."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]


def use_whole_cells() -> None:
    """Let every scroll bar of the program be drawn in whole cells."""
    ScrollBar.renderer = GanzeZellen
