"""The texts that a person writes line by line: a line is a paragraph, one that begins with "- " a point of a list (`fach.drucksache.Textbaustein`)."""

from __future__ import annotations

from collections.abc import Iterator

_PUNKT = "- "


def split_absaetze(text: str) -> Iterator[tuple[bool, str]]:
    """Return whether it is a point, and its words, for every line that is not empty."""
    for zeile in filter(None, map(str.strip, text.splitlines())):
        yield zeile.startswith(_PUNKT), zeile.removeprefix(_PUNKT)
