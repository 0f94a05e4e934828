"""What measures achieved year by year: kept when the newest is entered, so that last year's is not lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sozialtool.fach.planung import Massnahme, Massnahmenleistung
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.projekt import Projekt


def collect_leistungen(eintraege: Iterable[Any]) -> list[Massnahmenleistung]:
    """Make the line of the year for each measure among these records that says what it achieved, and in which year."""
    return [
        Massnahmenleistung(m.schluessel, m.leistung_jahr, m.leistung, m.leistung_ziel, m.leistung_ist)
        for m in eintraege
        if isinstance(m, Massnahme) and m.leistung_ist is not None and m.leistung_jahr is not None
    ]


def list_leistungen(projekt: Projekt) -> dict[str, tuple[Massnahmenleistung, ...]]:
    """List by measure what it achieved, the oldest year first; the newest also where it was entered before there were years."""
    je = {(e.massnahme, e.jahr): e for e in collect_leistungen(projekt.read(Massnahme))}
    je |= {(e.massnahme, e.jahr): e for e in projekt.read(Massnahmenleistung)}
    ergebnis: dict[str, tuple[Massnahmenleistung, ...]] = {}
    for schluessel in sorted(je):
        ergebnis[schluessel[0]] = (*ergebnis.get(schluessel[0], ()), je[schluessel])
    return ergebnis


def describe_leistungen(leistungen: Sequence[Massnahmenleistung]) -> str:
    """Write the years in one line: "2024: 60 von 80; 2025: 76 von 80"; "" with fewer than two, which say nothing new."""
    if len(leistungen) < 2:
        return ""
    return "; ".join(
        f"{e.jahr}: {format_zahl(e.ist)}" + (f" von {format_zahl(e.ziel)}" if e.ziel is not None else "")
        for e in leistungen
    )
