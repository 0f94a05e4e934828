"""The texts that a person writes line by line: a line is a paragraph, one that begins with "- " a point of a list (`fach.drucksache.Textbaustein`)."""

from __future__ import annotations

from collections.abc import Iterator

PUNKT = "- "
"""What a point of a list begins with, as it is stored."""


def list_absaetze(text: str) -> tuple[str, ...]:
    """List the lines that are not empty, without blanks around them, as they are stored."""
    return tuple(filter(None, map(str.strip, text.splitlines())))


def is_punkt(absatz: str) -> bool:
    """Whether a line is a point of a list."""
    return absatz.startswith(PUNKT)


def split_absaetze(text: str) -> Iterator[tuple[bool, str]]:
    """Return whether it is a point, and its words, for every line that is not empty."""
    for absatz in list_absaetze(text):
        yield is_punkt(absatz), absatz.removeprefix(PUNKT)
