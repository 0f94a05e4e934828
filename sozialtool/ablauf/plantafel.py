"""A list of the planning as rows of text: the same for screen and command."""

from __future__ import annotations

from typing import Any

import attrs


@attrs.frozen
class Tafelspalte:
    """A column: head, width in cells (0: its share of the rest), whether figures stand there."""

    titel: str
    breite: int = 0
    rechts: bool = False


@attrs.frozen
class Tafelzeile:
    """A row: its key, a text per column, what stands below the table when it is marked, and the record behind it."""

    schluessel: str
    texte: tuple[str, ...]
    detail: tuple[str, ...] = ()
    eintrag: Any = None
    fett: bool = False


@attrs.frozen
class Plantafel:
    """A table with what has to be said about it."""

    titel: str
    spalten: tuple[Tafelspalte, ...]
    zeilen: tuple[Tafelzeile, ...]
    hinweise: tuple[str, ...] = ()
    leer: str = ""
    anzahl: int | None = None
    """How many entries there are, where rows are heads or details, too; None: as many as rows."""


def tafel_text(tafel: Plantafel, *, detail: bool = False) -> str:
    """Write a table separated by tabs; with `detail` what belongs to each row below it."""
    zeilen = [tafel.titel]
    if tafel.zeilen:
        zeilen.append("\t".join(spalte.titel for spalte in tafel.spalten))
    for zeile in tafel.zeilen:
        zeilen.append("\t".join(text.strip() for text in zeile.texte).rstrip())
        zeilen += [f"    {text}" for text in zeile.detail] if detail else []
    if not tafel.zeilen and tafel.leer:
        zeilen.append(tafel.leer)
    return "\n".join([*zeilen, *(f"– {hinweis}" for hinweis in tafel.hinweise)])
