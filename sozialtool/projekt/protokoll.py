"""The log: who changed what, and the images of the rows that undo and redo need.

Every stored table `t` has a table `t_bild` with the same columns. Triggers in the file itself write the row before and
after each change there, so that no code can forget it; a write outside a change is refused by the same triggers. Undo and
redo replay the images in their order and know nothing of domain classes.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import sqlite3
from operator import itemgetter
from typing import Any

import attrs

from sozialtool.fehler import BedienFehler, ProjektFehler
from sozialtool.projekt.siegel import move_seal
from sozialtool.projekt.tabellen import join_names, quote_name
from sozialtool.projekt.uhr import read_uhr

TIEFE = 200
"""So many changes can be taken back; older entries of the log stay without their images."""
_VORHER, _NACHHER = 0, 1
_SPALTEN = "nummer, zeit, wer, text, herkunft, anzahl, zurueckgenommen"


@attrs.frozen
class Aenderung:
    """One entry of the log; `anzahl` is the number of rows touched."""

    nummer: int
    zeit: dt.datetime
    wer: str
    text: str
    herkunft: str
    anzahl: int
    zurueckgenommen: bool


def create_log(verbindung: sqlite3.Connection) -> None:
    """Create the tables of the log."""
    verbindung.execute(
        "CREATE TABLE aenderung (nummer INTEGER PRIMARY KEY, zeit TEXT NOT NULL, wer TEXT NOT NULL, text TEXT NOT NULL,"
        " herkunft TEXT NOT NULL, anzahl INTEGER NOT NULL DEFAULT 0, zurueckgenommen INTEGER NOT NULL DEFAULT 0,"
        " umkehrbar INTEGER NOT NULL DEFAULT 1, bewegt_am TEXT NOT NULL, bewegt_von TEXT NOT NULL) STRICT"
    )
    # One row: number of the change that is being written; 0: rows move without images (undo); NULL: nobody may write.
    verbindung.execute("CREATE TABLE laufend (eins INTEGER PRIMARY KEY CHECK (eins = 1), nummer INTEGER) STRICT")
    verbindung.execute("INSERT INTO laufend VALUES (1, NULL)")


def list_columns(verbindung: sqlite3.Connection, tabelle: str) -> list[tuple[str, str]]:
    """List (name, SQL type) of the columns that the file has, which may be more than the class knows."""
    return [(zeile[1], zeile[2]) for zeile in verbindung.execute(f"PRAGMA table_info({quote_name(tabelle)})")]


def list_tables(verbindung: sqlite3.Connection) -> list[str]:
    """List the tables that have images."""
    namen = verbindung.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE '%\\_bild' ESCAPE '\\'"
    )
    return sorted(name.removesuffix("_bild") for (name,) in namen)


def create_images(verbindung: sqlite3.Connection, tabelle: str) -> None:
    """Create the table of images and the triggers of a new table."""
    spalten = ", ".join(f"{quote_name(name)} {art}" for name, art in list_columns(verbindung, tabelle))
    bild = quote_name(tabelle + "_bild")
    verbindung.execute(
        f"CREATE TABLE {bild} (_folge INTEGER PRIMARY KEY, _aenderung INTEGER NOT NULL, _seite INTEGER NOT NULL,"
        f" {spalten}) STRICT"
    )
    verbindung.execute(f"CREATE INDEX {quote_name(tabelle + '_bild_nach_aenderung')} ON {bild} (_aenderung)")
    create_triggers(verbindung, tabelle)


def create_triggers(verbindung: sqlite3.Connection, tabelle: str) -> None:
    """Create the triggers, or create them anew after columns were added."""
    namen = tuple(name for name, _ in list_columns(verbindung, tabelle))
    for ereignis, seiten in (
        ("INSERT", (("NEW", _NACHHER),)),
        ("DELETE", (("OLD", _VORHER),)),
        ("UPDATE", (("OLD", _VORHER), ("NEW", _NACHHER))),
    ):
        ausloeser = quote_name(f"{tabelle}_{ereignis.lower()}")
        schritte = [
            "SELECT RAISE(ABORT, 'write outside of a change') FROM laufend WHERE nummer IS NULL;",
            *(_image_sql(tabelle, namen, bild, seite) for bild, seite in seiten),
        ]
        verbindung.execute(f"DROP TRIGGER IF EXISTS {ausloeser}")
        verbindung.execute(
            f"CREATE TRIGGER {ausloeser} AFTER {ereignis} ON {quote_name(tabelle)} BEGIN {' '.join(schritte)} END"
        )


def _image_sql(tabelle: str, namen: tuple[str, ...], bild: str, seite: int) -> str:
    werte = ", ".join(f"{bild}.{quote_name(name)}" for name in namen)
    return (
        f"INSERT INTO {quote_name(tabelle + '_bild')} (_aenderung, _seite, {join_names(namen)})"
        f" SELECT nummer, {seite}, {werte} FROM laufend WHERE nummer > 0;"
    )


def begin_entry(verbindung: sqlite3.Connection, text: str, herkunft: str, wer: str) -> int:
    """Open an entry inside a transaction; return its number."""
    zeit = read_uhr().isoformat()
    zeile = verbindung.execute(
        "INSERT INTO aenderung (zeit, wer, text, herkunft, bewegt_am, bewegt_von) VALUES (?, ?, ?, ?, ?, ?)",
        (zeit, wer, text, herkunft, zeit, wer),
    )
    nummer = zeile.lastrowid
    assert nummer is not None
    set_laufend(verbindung, nummer)
    return nummer


def set_laufend(verbindung: sqlite3.Connection, nummer: int | None) -> None:
    """Set which change is being written; see `create_log`."""
    verbindung.execute("UPDATE laufend SET nummer = ?", (nummer,))


def end_entry(verbindung: sqlite3.Connection, nummer: int) -> int:
    """Close an entry before the commit; return the number of rows touched. An entry that touched nothing is dropped."""
    set_laufend(verbindung, None)
    anzahl = sum(_count_rows(verbindung, tabelle, nummer) for tabelle in list_tables(verbindung))
    if anzahl:
        for tabelle in list_tables(verbindung):
            vorher, nachher = _read_images(verbindung, tabelle, nummer)
            move_seal(verbindung, tabelle, dazu=nachher, weg=vorher)
        verbindung.execute("UPDATE aenderung SET anzahl = ? WHERE nummer = ?", (anzahl, nummer))
        _close_ways_back(verbindung, nummer - TIEFE)
    else:
        verbindung.execute("DELETE FROM aenderung WHERE nummer = ?", (nummer,))
    return anzahl


def _read_images(
    verbindung: sqlite3.Connection, tabelle: str, nummer: int, namen: tuple[str, ...] = ()
) -> list[list[tuple[Any, ...]]]:
    """Return the rows of a change before, and those after: whole, or these columns."""
    spalten = join_names(namen or tuple(name for name, _ in list_columns(verbindung, tabelle)))
    bild = quote_name(tabelle + "_bild")
    sql = f"SELECT {spalten} FROM {bild} WHERE _aenderung = ? AND _seite = ?"
    return [verbindung.execute(sql, (nummer, seite)).fetchall() for seite in (_VORHER, _NACHHER)]


def _key_names(verbindung: sqlite3.Connection, tabelle: str) -> tuple[str, ...]:
    zeilen = verbindung.execute(f"PRAGMA table_info({quote_name(tabelle)})").fetchall()
    return tuple(zeile[1] for zeile in sorted(zeilen, key=itemgetter(5)) if zeile[5])


def _count_rows(verbindung: sqlite3.Connection, tabelle: str, nummer: int) -> int:
    schluessel = join_names(_key_names(verbindung, tabelle))
    (anzahl,) = verbindung.execute(
        f"SELECT count(*) FROM (SELECT DISTINCT {schluessel} FROM {quote_name(tabelle + '_bild')} WHERE _aenderung = ?)",
        (nummer,),
    ).fetchone()
    return int(anzahl)


def _close_ways_back(verbindung: sqlite3.Connection, bis: int) -> None:
    """After a new change: what was taken back before it cannot come back, and what is too old cannot be taken back."""
    nummern = verbindung.execute(
        "SELECT nummer FROM aenderung WHERE umkehrbar = 1 AND (zurueckgenommen = 1 OR nummer <= ?)", (bis,)
    ).fetchall()
    if nummern:
        verbindung.executemany("UPDATE aenderung SET umkehrbar = 0 WHERE nummer = ?", nummern)
        for tabelle in list_tables(verbindung):
            verbindung.executemany(f"DELETE FROM {quote_name(tabelle + '_bild')} WHERE _aenderung = ?", nummern)


def undo_last(verbindung: sqlite3.Connection, wer: str) -> int:
    """Take back the last change that is in force, inside a transaction; return its number."""
    nummer = _find_last(verbindung)
    if nummer is None:
        raise BedienFehler("Es gibt nichts (mehr) zurückzunehmen.", "", "PROJEKT-NICHTS-ZURUECK")
    _move(verbindung, nummer, wer, zurueck=True)
    return nummer


def _find_last(verbindung: sqlite3.Connection) -> int | None:
    """Return the number of the change that would be taken back; None where there is none, or it is too old."""
    zeile = verbindung.execute(
        "SELECT nummer, umkehrbar FROM aenderung WHERE zurueckgenommen = 0 ORDER BY nummer DESC LIMIT 1"
    ).fetchone()
    return int(zeile[0]) if zeile is not None and zeile[1] else None


def _find_next(verbindung: sqlite3.Connection) -> int | None:
    """Return the number of the change that would be brought back; None where there is none."""
    zeile = verbindung.execute(
        "SELECT nummer FROM aenderung WHERE zurueckgenommen = 1 AND umkehrbar = 1 ORDER BY nummer LIMIT 1"
    ).fetchone()
    return int(zeile[0]) if zeile is not None else None


def read_seiten(
    verbindung: sqlite3.Connection, tabelle: str, namen: tuple[str, ...], *, zurueck: bool
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Return the rows of a table as they are before and after the next step back (`zurueck`) or forward, in these columns."""
    nummer = _find_last(verbindung) if zurueck else _find_next(verbindung)
    if nummer is None:
        return [], []
    vorher, nachher = _read_images(verbindung, tabelle, nummer, namen)
    return (nachher, vorher) if zurueck else (vorher, nachher)


def redo_next(verbindung: sqlite3.Connection, wer: str) -> int:
    """Bring back the change that was taken back last; return its number.

    A new change closes the way to those taken back before it (`_close_ways_back`).
    """
    nummer = _find_next(verbindung)
    if nummer is None:
        raise BedienFehler("Es gibt nichts wiederherzustellen.", "", "PROJEKT-NICHTS-VOR")
    _move(verbindung, nummer, wer, zurueck=False)
    return nummer


def _move(verbindung: sqlite3.Connection, nummer: int, wer: str, *, zurueck: bool) -> None:
    set_laufend(verbindung, 0)
    for tabelle in list_tables(verbindung):
        _replay(verbindung, tabelle, nummer, zurueck=zurueck)
        vorher, nachher = _read_images(verbindung, tabelle, nummer)
        move_seal(verbindung, tabelle, dazu=vorher if zurueck else nachher, weg=nachher if zurueck else vorher)
    set_laufend(verbindung, None)
    verbindung.execute(
        "UPDATE aenderung SET zurueckgenommen = ?, bewegt_am = ?, bewegt_von = ? WHERE nummer = ?",
        (int(zurueck), read_uhr().isoformat(), wer, nummer),
    )


def _replay(verbindung: sqlite3.Connection, tabelle: str, nummer: int, *, zurueck: bool) -> None:
    namen = tuple(name for name, _ in list_columns(verbindung, tabelle))
    schluessel = _key_names(verbindung, tabelle)
    name = quote_name(tabelle)
    dazu = f"INSERT INTO {name} ({join_names(namen)}) VALUES ({', '.join('?' * len(namen))})"
    weg = f"DELETE FROM {name} WHERE " + " AND ".join(f"{quote_name(n)} = ?" for n in schluessel)
    key_of = [namen.index(n) + 1 for n in schluessel]
    bilder = verbindung.execute(
        f"SELECT _seite, {join_names(namen)} FROM {quote_name(tabelle + '_bild')} WHERE _aenderung = ?"
        f" ORDER BY _folge {'DESC' if zurueck else 'ASC'}",
        (nummer,),
    ).fetchall()
    # Backwards a row "after" goes and a row "before" comes; forwards the other way round.
    kommt = _VORHER if zurueck else _NACHHER
    for seite, gruppe in itertools.groupby(bilder, key=itemgetter(0)):
        zeilen = list(gruppe)
        if seite == kommt:
            verbindung.executemany(dazu, (zeile[1:] for zeile in zeilen))
        elif verbindung.executemany(weg, [tuple(z[i] for i in key_of) for z in zeilen]).rowcount != len(zeilen):
            raise ProjektFehler(
                f"Die Änderung {nummer} passt nicht mehr zum Projekt: Zeilen in „{tabelle}“ fehlen.",
                "Das Projekt wurde außerhalb von sozialtool verändert; bitte eine Sicherung öffnen.",
                "PROJEKT-VERLAUF",
            )


def read_aenderung(verbindung: sqlite3.Connection, nummer: int) -> Aenderung:
    """Return one entry."""
    zeile = verbindung.execute(f"SELECT {_SPALTEN} FROM aenderung WHERE nummer = ?", (nummer,)).fetchone()
    return _build(zeile)


def read_verlauf(verbindung: sqlite3.Connection, anzahl: int) -> list[Aenderung]:
    """Return the newest entries, newest first."""
    zeilen = verbindung.execute(f"SELECT {_SPALTEN} FROM aenderung ORDER BY nummer DESC LIMIT ?", (anzahl,))
    return [_build(zeile) for zeile in zeilen]


def read_letzte_bewegung(verbindung: sqlite3.Connection) -> dt.datetime | None:
    """Return when the project was last changed, undone or redone; None when never."""
    (zeit,) = verbindung.execute("SELECT max(bewegt_am) FROM aenderung").fetchone()
    return None if zeit is None else dt.datetime.fromisoformat(zeit)


def read_beruehrt(verbindung: sqlite3.Connection, zeit: dt.datetime) -> list[str] | None:
    """Return the tables whose rows another state than at `zeit` may have; None when that is not known any more.

    Counted are changes made later and still in force, and older ones that were taken back or brought back later. The
    images say which tables a change touched; those beyond `TIEFE` have none, nor those taken back before a new change.
    """
    zeilen = verbindung.execute(
        "SELECT nummer, umkehrbar FROM aenderung WHERE bewegt_am > ?1 AND NOT (zeit > ?1 AND zurueckgenommen)",
        (zeit.isoformat(),),
    ).fetchall()
    if not all(umkehrbar for _, umkehrbar in zeilen):
        return None
    nummern = json.dumps([nummer for nummer, _ in zeilen])
    return [tabelle for tabelle in list_tables(verbindung) if _is_beruehrt(verbindung, tabelle, nummern)]


def _is_beruehrt(verbindung: sqlite3.Connection, tabelle: str, nummern: str) -> bool:
    """Whether one of the changes left images of the table: one look into its index for each, however many rows moved."""
    bild = quote_name(tabelle + "_bild")
    sql = f"SELECT EXISTS (SELECT 1 FROM json_each(?) WHERE EXISTS (SELECT 1 FROM {bild} WHERE _aenderung = value))"
    return bool(verbindung.execute(sql, (nummern,)).fetchone()[0])


def _build(zeile: tuple[int, str, str, str, str, int, int]) -> Aenderung:
    nummer, zeit, wer, text, herkunft, anzahl, zurueck = zeile
    return Aenderung(nummer, dt.datetime.fromisoformat(zeit), wer, text, herkunft, anzahl, bool(zurueck))
