"""Two appearances with petrol as the one accent. The ratios are checked by tests/tui/test_themen.py (WCAG, ≥ 4.5)."""

from __future__ import annotations

import attrs
from rich.style import Style
from textual.theme import Theme

HELL = "sozial-hell"
DUNKEL = "sozial-dunkel"

_HELL = {
    "papier": "#FBFCFC", "tinte": "#1B1B1B", "leise": "#56606B", "petrol": "#1F4E5F", "kopf": "#1F4E5F",
    "kopftinte": "#FFFFFF", "band": "#DCE8EC", "linie": "#B8C4C9", "feld": "#EDF3F5", "warnung": "#8A3A00",
    "marke": "#1F4E5F", "marktinte": "#FFFFFF", "ruhemarke": "#DCE8EC",
}  # fmt: skip
_DUNKEL = {
    "papier": "#10181C", "tinte": "#E6ECEE", "leise": "#A3B1B8", "petrol": "#86C7D8", "kopf": "#1F4E5F",
    "kopftinte": "#FFFFFF", "band": "#1D323B", "linie": "#4A5C65", "feld": "#1A272D", "warnung": "#F1A340",
    "marke": "#86C7D8", "marktinte": "#10181C", "ruhemarke": "#2A444F",
}  # fmt: skip


def _theme(name: str, farben: dict[str, str], *, dark: bool) -> Theme:
    """Build a Textual theme; widgets of Textual take their colours from ours."""
    block = {
        "block-cursor-background": farben["marke"],
        "block-cursor-foreground": farben["marktinte"],
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": farben["ruhemarke"],
        "block-cursor-blurred-foreground": farben["tinte"],
        "block-cursor-blurred-text-style": "none",
        "block-hover-background": farben["band"],
        "input-cursor-background": farben["tinte"],
        "input-cursor-foreground": farben["papier"],
        "input-cursor-text-style": "none",
        "input-selection-background": farben["ruhemarke"],
        "scrollbar": farben["linie"],
        "scrollbar-hover": farben["petrol"],
        "scrollbar-active": farben["petrol"],
        "scrollbar-background": farben["papier"],
        "scrollbar-background-hover": farben["papier"],
        "scrollbar-background-active": farben["papier"],
        "scrollbar-corner-color": farben["papier"],
        "text-disabled": farben["leise"],
    }
    return Theme(
        name=name,
        primary=farben["petrol"],
        secondary=farben["petrol"],
        accent=farben["petrol"],
        warning=farben["warnung"],
        error=farben["warnung"],
        success=farben["petrol"],
        foreground=farben["tinte"],
        background=farben["papier"],
        surface=farben["papier"],
        panel=farben["band"],
        boost=farben["feld"],
        dark=dark,
        text_alpha=1.0,
        variables={**farben, **block},
    )


THEMEN = (_theme(HELL, _HELL, dark=False), _theme(DUNKEL, _DUNKEL, dark=True))
VORGABEN = dict(_HELL)
"""Values of our own variables before a theme is set."""


@attrs.frozen
class Lagefarben:
    """Background and ink per position against the city, −2 entlastet … 2 belastet, in burden (not in height)."""

    hell: dict[int, Style]
    dunkel: dict[int, Style]


_TINTE = "#1B1B1B"
LAGEFARBEN = Lagefarben(
    hell={
        2: Style(color=_TINTE, bgcolor="#F1A340"),
        1: Style(color=_TINTE, bgcolor="#FEE0B6"),
        -1: Style(color=_TINTE, bgcolor="#D8DAEB"),
        -2: Style(color=_TINTE, bgcolor="#998EC3"),
    },
    dunkel={
        2: Style(color="#F1A340", bold=True),
        1: Style(color="#FEE0B6"),
        -1: Style(color="#D8DAEB"),
        -2: Style(color="#B9B0DC", bold=True),
    },
)
"""Orange–purple (safe for red-green blindness); the sign beside the figure carries the meaning, the colour only helps."""


def lage_stil(last: int, *, dunkel: bool) -> Style:
    """Return the style of a cell for its burden; 0 has none."""
    return (LAGEFARBEN.dunkel if dunkel else LAGEFARBEN.hell).get(last, Style())
