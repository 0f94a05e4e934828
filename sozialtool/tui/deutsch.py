"""German for what Textual says in English: names of keys, the hint on quitting, dates."""

from __future__ import annotations

import datetime as dt

from sozialtool.fach.schreibweise import format_anzahl

TASTEN = {
    "ctrl": "Strg", "shift": "Umschalt", "alt": "Alt",
    "escape": "Esc", "enter": "Enter", "tab": "Tab", "space": "Leertaste", "backspace": "Rücktaste",
    "delete": "Entf", "insert": "Einfg", "home": "Pos1", "end": "Ende", "pageup": "Bild↑", "pagedown": "Bild↓",
    "up": "↑", "down": "↓", "left": "←", "right": "→",
    "plus": "+", "minus": "-", "slash": "/", "full_stop": ".", "comma": ",", "question_mark": "?",
}  # fmt: skip
"""Names of keys as they stand on a German keyboard."""

BEENDEN_HINWEIS = "Beenden mit Strg+Q. Kopieren: erst Text markieren, dann Strg+C."
LAEDT = "Wird geladen …"
NICHTS_GEFUNDEN = "Nichts gefunden."


def taste(key: str) -> str:
    """Name a key binding for a person: "ctrl+z" → "Strg+Z", "left,right" → "←→", "f5" → "F5"."""
    teile = key.split(",")
    pfeile = all(teil in ("up", "down", "left", "right") for teil in teile)
    return ("" if pfeile else "/").join("+".join(_glied(glied) for glied in teil.strip().split("+")) for teil in teile)


def _glied(glied: str) -> str:
    if glied in TASTEN:
        return TASTEN[glied]
    if len(glied) > 1 and glied[0] == "f" and glied[1:].isdigit():
        return glied.upper()
    return glied


def taste_lang(key: str) -> str:
    """As `taste`, with letters behind Strg in capitals ("Strg+Z")."""
    text = taste(key)
    kopf, plus, letzter = text.rpartition("+")
    return f"{kopf}+{letzter.upper()}" if plus and kopf and len(letzter) == 1 else text


def datum(tag: dt.date | dt.datetime | None, leer: str = "") -> str:
    """Write a date as 31.12.2025."""
    return f"{tag.day:02d}.{tag.month:02d}.{tag.year:04d}" if tag else leer


def kurzdatum(tag: dt.date | dt.datetime) -> str:
    """Write a date as 31.12."""
    return f"{tag.day:02d}.{tag.month:02d}."


def anzahl(wieviel: int, eins: str, viele: str) -> str:
    """Write "1 Befund" or "3 Befunde", "keine Befunde" for none."""
    return format_anzahl(wieviel, eins, viele) if wieviel else f"keine {viele}"
