"""Checks of what was read: one named function per rule, each lists all offenders."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from sozialtool.einlesen.kontext import Kontext
from sozialtool.einlesen.lesung import Lesung
from sozialtool.einlesen.rohblatt import Rohmappe
from sozialtool.fach.messwert import Messwert
from sozialtool.fach.quelle import Befund


@attrs.frozen
class Lage:
    """Everything that a check may look at."""

    rohmappe: Rohmappe
    lesungen: tuple[Lesung, ...]
    kontext: Kontext
    messwerte: tuple[Messwert, ...]
    hingenommen: tuple[str, ...] = ()


Pruefregel = Callable[[Lage], list[Befund]]


def check_alle(lage: Lage) -> tuple[Befund, ...]:
    """Run all checks; findings come in the order of the file."""
    return tuple(lage.rohmappe.befunde)
