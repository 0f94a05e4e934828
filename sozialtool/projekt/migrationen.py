"""From an older project file to this program's: ordered functions, each in its own transaction, each recorded.

`user_version` is the number of the last function of `MIGRATIONEN` that ran. Tables and columns that only come *in addition*
need no function: `adapt` adds them from the field descriptions and records each one in the same table. A function is
needed when something stored changes its meaning, its name or its type, goes away, may be empty from now on, or when a
new field has no default. Functions are never changed or reordered after a release.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import attrs

from sozialtool import __version__
from sozialtool.projekt import protokoll, siegel, tabellen
from sozialtool.projekt.dateipruefung import ANWENDUNG
from sozialtool.projekt.tabellen import Tabelle, quote_name, tabelle_of
from sozialtool.projekt.uhr import read_uhr

Migration = Callable[[sqlite3.Connection], None]


def create_grundlage(verbindung: sqlite3.Connection) -> None:
    """Create what every project has: record of migrations and log."""
    verbindung.execute(f"PRAGMA application_id = {ANWENDUNG}")
    verbindung.execute(
        "CREATE TABLE migration (lauf INTEGER PRIMARY KEY, nummer INTEGER NOT NULL, name TEXT NOT NULL,"
        " zeit TEXT NOT NULL, programm TEXT NOT NULL) STRICT"
    )
    protokoll.create_log(verbindung)


def add_siegel(verbindung: sqlite3.Connection) -> None:
    """Give every table a checksum, see `siegel`; `_run` sets them."""
    siegel.create_siegel(verbindung)


MIGRATIONEN: tuple[Migration, ...] = (create_grundlage, add_siegel)
"""All migrations in their order; the first makes an empty file a project."""
MIT_SIEGEL = 2
"""From this one on the tables have seals."""


def needs_migration(verbindung: sqlite3.Connection) -> bool:
    """Whether the file is older than this program: a function has not run, or a table or column is missing."""
    return _read_version(verbindung) < len(MIGRATIONEN) or any(
        _list_missing(verbindung, tabelle_of(klasse)) for klasse in tabellen.GESPEICHERT
    )


def migrate(verbindung: sqlite3.Connection) -> None:
    """Run every migration that has not run yet, then add missing tables and columns."""
    if not _read_version(verbindung):
        # A new file is made in one piece: on a share every transaction costs several times the way there and back.
        with_transaction(verbindung, lambda: _create_all(verbindung))
        return
    for nummer in range(_read_version(verbindung) + 1, len(MIGRATIONEN) + 1):
        migration = MIGRATIONEN[nummer - 1]
        with_transaction(verbindung, lambda m=migration, n=nummer: _run(verbindung, m, n))  # type: ignore[misc]  # defaults bind the loop variables
    for klasse in tabellen.GESPEICHERT:
        tabelle = tabelle_of(klasse)
        if _list_missing(verbindung, tabelle):
            with_transaction(verbindung, lambda t=tabelle: adapt(verbindung, t))  # type: ignore[misc]  # same


def _create_all(verbindung: sqlite3.Connection) -> None:
    for nummer, migration in enumerate(MIGRATIONEN, 1):
        _run(verbindung, migration, nummer)
    for klasse in tabellen.GESPEICHERT:
        adapt(verbindung, tabelle_of(klasse))


def with_transaction(verbindung: sqlite3.Connection, schritt: Callable[[], object]) -> None:
    """Run a step in its own transaction: whole or not at all."""
    verbindung.execute("BEGIN IMMEDIATE")
    try:
        schritt()
        verbindung.execute("COMMIT")
    except BaseException:
        if verbindung.in_transaction:
            verbindung.execute("ROLLBACK")
        raise


def adapt(verbindung: sqlite3.Connection, tabelle: Tabelle) -> None:
    """Create the table of a class or add the columns that it lacks, with the default of the field; record it."""
    if not protokoll.list_columns(verbindung, tabelle.name):
        verbindung.execute(tabelle.create_sql())
        protokoll.create_images(verbindung, tabelle.name)
        siegel.seal(verbindung, tabelle.name)
        _record(verbindung, f"Tabelle {tabelle.name}")
        return
    fehlend = set(_list_missing(verbindung, tabelle))
    for spalte in tabelle.spalten:
        if spalte.name not in fehlend:
            continue
        if spalte.default is attrs.NOTHING or spalte.name in tabelle.schluessel:
            raise TypeError(f"{tabelle.name}.{spalte.name} has no default: write a migration")
        # The images get the default too: a row that undo brings back must have a value in the new column.
        for ziel in (tabelle.name, tabelle.name + "_bild"):
            verbindung.execute(f"ALTER TABLE {quote_name(ziel)} ADD COLUMN {spalte.declare(nachtraeglich=True)}")
        _record(verbindung, f"Spalte {tabelle.name}.{spalte.name}")
    protokoll.create_triggers(verbindung, tabelle.name)
    siegel.seal(verbindung, tabelle.name)


def _run(verbindung: sqlite3.Connection, migration: Migration, nummer: int) -> None:
    migration(verbindung)
    if nummer >= MIT_SIEGEL:  # in the same transaction: a crash between would leave rows that do not fit their seal
        for tabelle in protokoll.list_tables(verbindung):
            siegel.seal(verbindung, tabelle)
    verbindung.execute(f"PRAGMA user_version = {nummer}")
    _record(verbindung, migration.__name__)


def _record(verbindung: sqlite3.Connection, name: str) -> None:
    verbindung.execute(
        "INSERT INTO migration (nummer, name, zeit, programm) VALUES (?, ?, ?, ?)",
        (_read_version(verbindung), name, read_uhr().isoformat(), __version__),
    )


def _read_version(verbindung: sqlite3.Connection) -> int:
    return int(verbindung.execute("PRAGMA user_version").fetchone()[0])


def _list_missing(verbindung: sqlite3.Connection, tabelle: Tabelle) -> list[str]:
    da = {name for name, _ in protokoll.list_columns(verbindung, tabelle.name)}
    return [name for name in tabelle.namen if name not in da]
