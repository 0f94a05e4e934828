"""What a change may do to the project; lives as long as the `with` block of `Projekt.change`."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sozialtool.fach.messwert import Messwert
from sozialtool.fach.quelle import Befund, Quellenbefund
from sozialtool.fehler import BedienFehler
from sozialtool.projekt.tabellen import Einstellung, Tabelle, quote_name, stored_table
from sozialtool.projekt.verbindung import german_sqlite_errors


class Schreiber:
    """Writes into the open change. Every row that moves is recorded by the file itself (`protokoll`)."""

    def __init__(self, verbindung: sqlite3.Connection, pfad: Path) -> None:
        self._verbindung: sqlite3.Connection | None = verbindung
        self._pfad = pfad

    def put(self, *objekte: object) -> None:
        """Store objects of any stored classes: new ones are added, those with a known key are changed."""
        with self._step() as verbindung:
            for klasse, gruppe in itertools.groupby(objekte, key=type):
                _put_all(verbindung, stored_table(klasse), gruppe)

    def put_messwerte(self, messwerte: Iterable[Messwert]) -> None:
        """Store many Messwerte; the iterable may be a generator, and an exception in it rolls the change back."""
        with self._step() as verbindung:
            _put_all(verbindung, stored_table(Messwert), messwerte)

    def put_befunde(self, quelle: str, befunde: Iterable[Befund]) -> None:
        """Store the Befunde that remain of a Quelle, in their order, instead of those stored before."""
        neue = [Quellenbefund.from_befund(quelle, nummer, befund) for nummer, befund in enumerate(befunde, start=1)]
        self.put(*neue)
        self._execute("DELETE FROM quellenbefund WHERE quelle = ? AND nummer > ?", (quelle, len(neue)))

    def remove(self, klasse: type, *schluessel: object) -> bool:
        """Remove the object with this key; return whether it was there."""
        tabelle = stored_table(klasse)
        sql = f"DELETE FROM {quote_name(tabelle.name)} {tabelle.key_condition()}"
        return self._execute(sql, tabelle.encode_key(schluessel)) > 0

    def remove_messwerte(self, quelle: str) -> int:
        """Remove all Messwerte that came from a Quelle; return their number."""
        return self._execute("DELETE FROM messwert WHERE quelle = ?", (quelle,))

    def set_setting(self, name: str, wert: object) -> None:
        """Set a setting of the project to a JSON value; None removes it."""
        if wert is None:
            self.remove(Einstellung, name)
        else:
            self.put(Einstellung(name, json.dumps(wert, ensure_ascii=False, sort_keys=True)))

    def close(self) -> None:
        """End it: the change is over."""
        self._verbindung = None

    def _execute(self, sql: str, werte: tuple[object, ...]) -> int:
        with self._step() as verbindung:
            return verbindung.execute(sql, werte).rowcount

    @contextmanager
    def _step(self) -> Iterator[sqlite3.Connection]:
        """Run one step whole or not at all: somebody may catch its error and go on with the change."""
        verbindung = self._verbindung
        if verbindung is None:
            raise BedienFehler("Diese Änderung ist schon abgeschlossen.", "", "PROJEKT-AENDERUNG-ZU")
        with german_sqlite_errors(self._pfad):
            verbindung.execute("SAVEPOINT schritt")
            try:
                yield verbindung
            except BaseException:
                # After a full disk SQLite has rolled back the whole change; then the triggers refuse every further write.
                if verbindung.in_transaction:
                    verbindung.execute("ROLLBACK TO schritt")
                    verbindung.execute("RELEASE schritt")
                raise
            verbindung.execute("RELEASE schritt")


def _put_all(verbindung: sqlite3.Connection, tabelle: Tabelle, objekte: Iterable[object]) -> None:
    verbindung.executemany(tabelle.upsert_sql(), map(tabelle.row_of, objekte))
