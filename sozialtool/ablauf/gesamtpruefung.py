"""What records must keep together, whether they come as lists from Excel or one by one from a page: every check in its order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sozialtool.ablauf.drucksachenpruefung import check_drucksachen
from sozialtool.ablauf.planungspruefung import check_planung
from sozialtool.ablauf.prozesspruefung import check_prozess
from sozialtool.projekt import Projekt

Listen = dict[type, list[Any]]
"""Class → records that are to be taken over together."""
PRUEFUNGEN: tuple[Callable[[Projekt, Listen], tuple[Listen, list[str]]], ...] = (
    check_planung,
    check_prozess,
    check_drucksachen,
)
"""Each takes the records as the one before left them."""


def check_zusammen(projekt: Projekt, listen: Listen) -> tuple[Listen, list[str]]:
    """Return the records with keys for what a person writes, and everything that does not fit, in German sentences."""
    fehler: list[str] = []
    for pruefe in PRUEFUNGEN:
        listen, weitere = pruefe(projekt, listen)
        fehler += weitere
    return listen, fehler
