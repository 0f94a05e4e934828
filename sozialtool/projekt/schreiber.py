"""What a change may do to the project; lives as long as the `with` block of `Projekt.change`."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterable

from sozialtool.fach.messwert import Messwert
from sozialtool.fach.quelle import Befund, Quellenbefund
from sozialtool.fehler import BedienFehler
from sozialtool.projekt.tabellen import Einstellung, Tabelle, quote_name, stored_table


class Schreiber:
    """Writes into the open change. Every row that moves is recorded by the file itself (`protokoll`)."""

    def __init__(self, verbindung: sqlite3.Connection) -> None:
        self._verbindung: sqlite3.Connection | None = verbindung

    def put(self, *objekte: object) -> None:
        """Store objects of any stored classes: new ones are added, those with a known key are changed."""
        for klasse, gruppe in itertools.groupby(objekte, key=type):
            self._put_all(stored_table(klasse), gruppe)

    def put_messwerte(self, messwerte: Iterable[Messwert]) -> None:
        """Store many Messwerte; the iterable may be a generator, and an exception in it rolls the change back."""
        self._put_all(stored_table(Messwert), messwerte)

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

    def _put_all(self, tabelle: Tabelle, objekte: Iterable[object]) -> None:
        self._connection().executemany(tabelle.upsert_sql(), map(tabelle.row_of, objekte))

    def _execute(self, sql: str, werte: tuple[object, ...]) -> int:
        return self._connection().execute(sql, werte).rowcount

    def _connection(self) -> sqlite3.Connection:
        if self._verbindung is None:
            raise BedienFehler("Diese Änderung ist schon abgeschlossen.", "", "PROJEKT-AENDERUNG-ZU")
        return self._verbindung
