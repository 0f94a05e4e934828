"""The one setting of the screen that is kept: light or dark. Nothing fails when it cannot be kept."""

from __future__ import annotations

from sozialtool import orte
from sozialtool.tui.themen import DUNKEL, HELL

_DATEI = "farben.txt"


def load_farben() -> str:
    """Return the name of the theme used last."""
    try:
        text = (orte.einstellungen() / _DATEI).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return HELL
    return text if text in (HELL, DUNKEL) else HELL


def save_farben(name: str) -> None:
    """Keep the name of the theme; a folder that cannot be written is no reason to fail."""
    try:
        orte.einstellungen().mkdir(parents=True, exist_ok=True)
        (orte.einstellungen() / _DATEI).write_text(name + "\n", encoding="utf-8")
    except OSError:
        return
