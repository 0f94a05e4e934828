"""Notes of the accessible edition: each text once, numbered in the order of reading, on a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterable

from sozialtool.ausgabe.frei.blatt import Freiblatt
from sozialtool.ausgabe.tabelle import Spalte, Spaltenart

KEINE = "keine"
"""Stands in the column of the notes where there is none."""


class Hinweise:
    """Collects notes while the tables are laid out."""

    def __init__(self) -> None:
        self._nummern: dict[str, int] = {}
        self._fuer: dict[str, dict[str, None]] = {}

    def mark(self, texte: Iterable[str], kennung: str) -> str:
        """Take notes on an indicator and return their marks: "[Hinweis 3] [Hinweis 4]"."""
        nummern = []
        for text in filter(None, texte):
            nummern.append(self._nummern.setdefault(text, len(self._nummern) + 1))
            self._fuer.setdefault(text, {})[kennung] = None
        return " ".join(f"[Hinweis {nummer}]" for nummer in nummern) or KEINE

    def build_blatt(self) -> Freiblatt:
        """Lay the sheet of the notes out."""
        spalten = (Spalte("Hinweis"), Spalte("Indikatoren, für die er gilt"), Spalte("Text", Spaltenart.LANG))
        zeilen = [(f"Hinweis {nummer}", ", ".join(self._fuer[text]), text) for text, nummer in self._nummern.items()]
        return Freiblatt(
            "Hinweise", "Hinweise zu den Tabellen", spalten, zeilen,
            ("In den Tabellen steht in der letzten Spalte, welche Hinweise gelten, zum Beispiel [Hinweis 1].",),
        )  # fmt: skip
