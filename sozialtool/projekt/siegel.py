"""A checksum for every stored table: does the file still hold what was written into it?

SQLite notices a page that is no page any more, but not a digit that became another one: in trials with single flipped
bits a quarter gave other figures without a word. The seal of a table is the sum of the CRC-32 of its rows, modulo 2**62: it
does not depend on their order and follows a change from the rows before and after (the images of `protokoll`). It is
against accidents, not against people: whoever wants to forge a figure can forge the sum.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from typing import Any

from sozialtool.projekt.tabellen import quote_name

_RING = 2**62


def create_siegel(verbindung: sqlite3.Connection) -> None:
    """Create the table of the seals."""
    verbindung.execute("CREATE TABLE siegel (tabelle TEXT PRIMARY KEY, summe INTEGER NOT NULL) STRICT, WITHOUT ROWID")


def seal(verbindung: sqlite3.Connection, tabelle: str) -> None:
    """Set the seal of a table to what it holds now: for a new table, and after its columns changed."""
    summe = _add_rows(verbindung.execute(f"SELECT * FROM {quote_name(tabelle)}"))
    verbindung.execute("INSERT OR REPLACE INTO siegel VALUES (?, ?)", (tabelle, summe))


def move_seal(
    verbindung: sqlite3.Connection, tabelle: str, *, dazu: Iterable[tuple[Any, ...]], weg: Iterable[tuple[Any, ...]]
) -> None:
    """Move the seal of a table by the whole rows that came and went."""
    schritt = _add_rows(dazu) - _add_rows(weg)
    if schritt:
        (summe,) = verbindung.execute("SELECT summe FROM siegel WHERE tabelle = ?", (tabelle,)).fetchone()
        verbindung.execute("UPDATE siegel SET summe = ? WHERE tabelle = ?", ((summe + schritt) % _RING, tabelle))


def find_broken_seal(verbindung: sqlite3.Connection) -> str:
    """Return the name of a table that does not hold what was written into it; "" when all do, or none is sealed yet."""
    if not verbindung.execute("SELECT 1 FROM sqlite_schema WHERE name = 'siegel'").fetchone():
        return ""
    for tabelle, summe in verbindung.execute("SELECT tabelle, summe FROM siegel ORDER BY tabelle").fetchall():
        if _add_rows(verbindung.execute(f"SELECT * FROM {quote_name(tabelle)}")) != summe:
            return str(tabelle)
    return ""


def _add_rows(zeilen: Iterable[tuple[Any, ...]]) -> int:
    # repr writes every float exactly and tells 1 from 1.0 and from "1".
    return sum(map(zlib.crc32, map(str.encode, map(repr, zeilen)))) % _RING
