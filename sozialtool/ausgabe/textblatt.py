"""A table of words described once and written twice: as a sheet of a workbook, and as a part of a Word document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import attrs

from sozialtool.ausgabe.blatt import SEITE_BREITE
from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile
from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt, write_vergleich
from sozialtool.ausgabe.word import Dokument, Eintraege, Worttabelle

Feldtext = str | tuple[str, ...]
"""What a cell holds: a text, or several entries below each other."""


@attrs.frozen
class Textblatt:
    """A table of words: name (of the sheet), title, what is said before it, columns with their share of the width, rows.

    `leer` stands in the stead of a table without rows.
    """

    name: str
    titel: str
    absaetze: tuple[str, ...]
    spalten: tuple[tuple[str, float], ...]
    zeilen: tuple[tuple[Feldtext, ...], ...]
    leer: str = "Dazu gibt es nichts zu zeigen."

    @property
    def anteile(self) -> tuple[float, ...]:
        """Share of the width for each column; together 1."""
        summe = sum(anteil for _, anteil in self.spalten)
        return tuple(anteil / summe for _, anteil in self.spalten)


def write_textmappe(
    pfad: Path | str, blaetter: Sequence[Textblatt], titel: str, stand: dt.date, thema: str, drucksache: str = ""
) -> None:
    """Write a workbook with one sheet for each table; errors as in `write_vergleich`."""
    write_vergleich(pfad, [to_sheet(blatt) for blatt in blaetter], titel, stand, thema=thema, drucksache=drucksache)


def to_sheet(blatt: Textblatt) -> Vergleichsblatt:
    """Lay a table of words out as a sheet."""
    spalten = tuple(
        Spalte(titel, Spaltenart.LANG, breite=int(anteil * SEITE_BREITE))
        for (titel, _), anteil in zip(blatt.spalten, blatt.anteile, strict=True)
    )
    zeilen = tuple(Zeile(tuple(to_text(zelle) for zelle in zeile)) for zeile in blatt.zeilen)
    absaetze = (*blatt.absaetze, *(() if zeilen else (blatt.leer,)))
    tabelle = Tabelle(blatt.titel, spalten, zeilen, beschreibung=" ".join(blatt.absaetze))
    return Vergleichsblatt(blatt.name, absaetze, tabelle, titel=blatt.titel)


def to_text(zelle: Feldtext) -> str:
    """Write a cell as one text, an entry to a line."""
    return zelle if isinstance(zelle, str) else "\n".join(f"– {text}" for text in zelle)


def add_textblatt(dokument: Dokument, blatt: Textblatt, stufe: int = 1) -> None:
    """Write head, paragraphs and table into a Word document."""
    if stufe:
        dokument.ueberschrift(blatt.titel, stufe)
    for absatz in blatt.absaetze:
        dokument.absatz(absatz)
    if not blatt.zeilen:
        dokument.absatz(blatt.leer)
        return
    breiten = tuple(anteil * dokument.breite for anteil in blatt.anteile)
    zeilen = tuple(tuple(Eintraege(z) if isinstance(z, tuple) else z for z in zeile) for zeile in blatt.zeilen)
    beschreibung = " ".join(blatt.absaetze) or blatt.titel
    dokument.tabelle(Worttabelle(blatt.titel, beschreibung, tuple(t for t, _ in blatt.spalten), breiten, zeilen))
