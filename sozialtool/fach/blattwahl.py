"""Which sheets of the Monitoring go into a workbook: all, or what the planner chose; some always stay."""

from __future__ import annotations

from collections.abc import Iterable

from sozialtool.fehler import BedienFehler

BLAETTER = {
    "blick": "Auf einen Blick",
    "handlungsfelder": "Handlungsfelder",
    "vergleich": "Vergleich",
    "verlauf": "Verlauf",
    "bevoelkerung": "Bevölkerung und Verteilung",
    "steckbriefe": "Steckbriefe",
    "kachelkarte": "Kachelkarte",
    "karte": "Karte",
    "index": "Index",
    "profile": "Profile",
    "planung": "Ziele, Maßnahmen, Planungsprozess",
    "beteiligung": "Beteiligung",
    "daten": "Daten",
}
"""Key → name of what may be left out, in the order of the workbook; Geheimhaltung, method and signs always go along."""


def find_ohne(blaetter: Iterable[str] = (), ohne: Iterable[str] = ()) -> frozenset[str]:
    """Return the keys of the sheets to leave out: all but `blaetter` (where any is named), and `ohne`.

    Raises:
        BedienFehler: nothing would be left.
    """
    nur = set(blaetter)
    weg = frozenset({*(key for key in BLAETTER if nur and key not in nur), *ohne} & BLAETTER.keys())
    if weg >= BLAETTER.keys():
        raise BedienFehler("Dann bleibt kein Blatt mit Zahlen übrig.", "Bitte wenigstens eines stehen lassen.")
    return weg


def describe_ohne(ohne: Iterable[str]) -> str:
    """Name what is left out, in the order of the workbook; "" where nothing is."""
    return ", ".join(name for key, name in BLAETTER.items() if key in set(ohne))
