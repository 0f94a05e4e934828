"""An open project: read, change, take back."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sozialtool.fach.quelle import Befund, Quellenbefund
from sozialtool.fach.rahmen import MESSWERTE
from sozialtool.fach.raum import Kommune
from sozialtool.fehler import BedienFehler, ProjektFehler, ProjektGesperrt
from sozialtool.projekt import protokoll, tabellen
from sozialtool.projekt.protokoll import Aenderung
from sozialtool.projekt.schreiber import Schreiber
from sozialtool.projekt.sicherung import write_sicherung
from sozialtool.projekt.sperre import Sperre, holds_sperre, release_sperre
from sozialtool.projekt.tabellen import Einstellung, quote_name, stored_table
from sozialtool.projekt.verbindung import german_sqlite_errors

T = TypeVar("T")


class Projekt:
    """An open project file. Made by `create_projekt` and `open_projekt`; to be used with `with`.

    It may be used from any thread; one call at a time runs, and a `change` holds the project until its block ends.

    Attributes:
        pfad: the file.
        nur_lesen: whether changes are refused.
        wer: who works here; stands in the log.
        hinweise: German sentences for the planner about the opening (lock taken over, only readable, …).
    """

    def __init__(
        self,
        pfad: Path,
        verbindung: sqlite3.Connection,
        *,
        wer: str,
        sperre: Sperre | None,
        hinweise: Iterable[str] = (),
    ) -> None:
        self.pfad = pfad
        self.wer = wer
        self.hinweise = tuple(hinweise)
        self._sperre = sperre
        self._verbindung: sqlite3.Connection | None = verbindung
        self._riegel = threading.RLock()
        self._in_change = False
        self._gemeinsam: Schreiber | None = None
        self._datei = _identify(pfad)

    @property
    def nur_lesen(self) -> bool:
        """Whether changes are refused."""
        return self._sperre is None

    @property
    def kommune(self) -> Kommune:
        """The town of this project."""
        kommunen = self.read(Kommune)
        if not kommunen:
            raise ProjektFehler(f"In „{self.pfad.name}“ steht keine Kommune.", "", "PROJEKT-KOMMUNE")
        return kommunen[0]

    def read(self, klasse: type[T]) -> list[T]:
        """Read all objects of a class, in the order of the town (`reihenfolge`), then of their key."""
        tabelle = stored_table(klasse)
        with self._using() as verbindung:
            zeilen = verbindung.execute(tabelle.select_sql()).fetchall()
        return [tabelle.object_of(zeile) for zeile in zeilen]

    def read_stueck(self, klasse: type[T], ab: int, anzahl: int) -> list[T]:
        """Read a part of the objects of a class, in the order of `read`: so many from the `ab`-th on (from 0)."""
        tabelle = stored_table(klasse)
        with self._using() as verbindung:
            zeilen = verbindung.execute(f"{tabelle.select_sql()} LIMIT ? OFFSET ?", (anzahl, ab)).fetchall()
        return [tabelle.object_of(zeile) for zeile in zeilen]

    def get(self, klasse: type[T], *schluessel: object) -> T | None:
        """Read the object with this key, or None."""
        tabelle = stored_table(klasse)
        werte = tabelle.encode_key(schluessel)
        with self._using() as verbindung:
            zeile = verbindung.execute(tabelle.select_sql(tabelle.key_condition()), werte).fetchone()
        return None if zeile is None else tabelle.object_of(zeile)

    def read_messwerte(
        self, merkmale: Iterable[str] | None = None, ab_jahr: int | None = None, bis_jahr: int | None = None
    ) -> dict[str, list[Any]]:
        """Read Messwerte as columns of `rahmen.MESSWERTE`, ordered by its key.

        Args:
            merkmale: keys of the Merkmale wanted; None: all.
            ab_jahr: first year of `stand` wanted.
            bis_jahr: last year of `stand` wanted.

        Returns:
            Column name → list; `stand` as date, `zeichen` and `vermerk` as names of their Enum or None.
        """
        bedingungen, werte = _build_filter(merkmale, ab_jahr, bis_jahr)
        namen = list(MESSWERTE.schema)
        auswahl = {"zeichen": "nullif(zeichen, '')", "vermerk": "nullif(nullif(vermerk, ''), 'KEINER')"}
        spalten = ", ".join(auswahl.get(name, quote_name(name)) for name in namen)
        with self._using() as verbindung:
            zeilen = verbindung.execute(
                f"SELECT {spalten} FROM messwert {bedingungen} ORDER BY gebiet, merkmal, stand", werte
            ).fetchall()
        gelesen = {name: list(spalte) for name, spalte in zip(namen, zip(*zeilen, strict=True), strict=False)}
        ergebnis = {name: gelesen.get(name, []) for name in namen}
        tage = {text: dt.date.fromisoformat(text) for text in set(ergebnis["stand"])}
        ergebnis["stand"] = [tage[text] for text in ergebnis["stand"]]
        return ergebnis

    def list_zeitraeume(self, bis_jahr: int) -> list[tuple[str, int]]:
        """List which Merkmale were delivered up to a year, each with the lengths of its periods in years (0: Stichtag)."""
        bedingung, werte = _build_filter(None, None, bis_jahr)
        with self._using() as verbindung:
            return verbindung.execute(
                f"SELECT DISTINCT merkmal, jahre FROM messwert {bedingung} ORDER BY merkmal, jahre", werte
            ).fetchall()

    def count_messwerte(self) -> int:
        """Return the number of Messwerte."""
        with self._using() as verbindung:
            return int(verbindung.execute("SELECT count(*) FROM messwert").fetchone()[0])

    @property
    def revision(self) -> tuple[int, int]:
        """Newest entry of the log and number of entries in force: differs after every change, undo and redo."""
        with self._using() as verbindung:
            neueste, gueltig = verbindung.execute(
                "SELECT coalesce(max(nummer), 0), coalesce(sum(zurueckgenommen = 0), 0) FROM aenderung"
            ).fetchone()
        return int(neueste), int(gueltig)

    def read_befunde(self, quelle: str) -> list[Befund]:
        """Read the Befunde that remained when a Quelle was accepted, in their order."""
        tabelle = stored_table(Quellenbefund)
        with self._using() as verbindung:
            zeilen = verbindung.execute(tabelle.select_sql("WHERE quelle = ?"), (quelle,)).fetchall()
        return [tabelle.object_of(zeile).befund for zeile in zeilen]

    def setting(self, name: str, default: Any = None) -> Any:
        """Read a setting of the project (a JSON value)."""
        einstellung = self.get(Einstellung, name)
        return default if einstellung is None else json.loads(einstellung.wert)

    @contextmanager
    def change(self, text: str, herkunft: str = "") -> Iterator[Schreiber]:
        """Change the project: one transaction, one entry in the log; an exception rolls all back.

        Args:
            text: what is done, as it shall stand in the log ("Rücklauf Jugendamt 2025 übernommen").
            herkunft: where it comes from, for example the file.

        A change that touches no row leaves no entry. A change inside a change is an error of the program (RuntimeError).
        """
        if not text.strip():
            raise ValueError("A change needs a text for the log")
        with self._riegel:
            if self._gemeinsam is not None:
                yield self._gemeinsam
                return
            with self._writing() as verbindung:
                with german_sqlite_errors(self.pfad):
                    nummer = protokoll.begin_entry(verbindung, text, herkunft, self.wer)
                schreiber = Schreiber(verbindung, self.pfad)
                try:
                    yield schreiber
                finally:
                    schreiber.close()
                with german_sqlite_errors(self.pfad):
                    protokoll.end_entry(verbindung, nummer)

    @contextmanager
    def together(self, text: str, herkunft: str = "") -> Iterator[None]:
        """Make one change, with one entry in the log, of all those in the block: one act is taken back in one step.

        The texts of the changes inside are dropped, and those of blocks inside; an exception that leaves the block rolls all back.
        Nothing may be computed inside: a result is kept by `revision`, which stays the same until the end.
        """
        aussen = self._gemeinsam
        with self.change(text, herkunft) as schreiber:
            self._gemeinsam = schreiber
            try:
                yield
            finally:
                self._gemeinsam = aussen

    def read_zurueck(self, klasse: type[T]) -> tuple[list[T], list[T]]:
        """Return the objects of a class that `undo` would take away, and those that it would bring back; others are left out."""
        return self._read_schritt(klasse, zurueck=True)

    def read_wieder(self, klasse: type[T]) -> tuple[list[T], list[T]]:
        """Return the objects of a class that `redo` would take away, and those that it would bring back; others are left out."""
        return self._read_schritt(klasse, zurueck=False)

    def _read_schritt(self, klasse: type[T], *, zurueck: bool) -> tuple[list[T], list[T]]:
        tabelle = stored_table(klasse)
        with self._using() as verbindung:
            seiten = protokoll.read_seiten(verbindung, tabelle.name, tabelle.namen, zurueck=zurueck)
        vorher, nachher = ({zeile: tabelle.object_of(zeile) for zeile in zeilen} for zeilen in seiten)
        schluessel = {zeile: tabelle.key_of(zeile) for zeile in (*vorher, *nachher)}
        alte, neue = ({schluessel[zeile] for zeile in seite} for seite in (vorher, nachher))
        return (
            [objekt for zeile, objekt in vorher.items() if schluessel[zeile] not in neue],
            [objekt for zeile, objekt in nachher.items() if schluessel[zeile] not in alte],
        )

    def undo(self) -> Aenderung:
        """Take back the last change in force, whole; raise `BedienFehler` when there is none."""
        with self._writing() as verbindung, german_sqlite_errors(self.pfad):
            return protokoll.read_aenderung(verbindung, protokoll.undo_last(verbindung, self.wer))

    def redo(self) -> Aenderung:
        """Bring back the change that was taken back last; raise `BedienFehler` when there is none."""
        with self._writing() as verbindung, german_sqlite_errors(self.pfad):
            return protokoll.read_aenderung(verbindung, protokoll.redo_next(verbindung, self.wer))

    def verlauf(self, anzahl: int = 50) -> list[Aenderung]:
        """Read the newest entries of the log, newest first; those taken back stay in it."""
        with self._using() as verbindung:
            return protokoll.read_verlauf(verbindung, anzahl)

    def changed_since(self, zeit: dt.datetime) -> frozenset[type]:
        """Return the stored classes of which rows may have changed since `zeit` (time of the office, as in the log).

        What was changed and taken back since does not count, what was taken back of earlier changes does. Where the log does
        not know any more what a change touched (it is too old to be taken back), these are all classes.
        """
        with self._using() as verbindung:
            namen = protokoll.read_beruehrt(verbindung, zeit)
        return frozenset(
            klasse for klasse in tabellen.GESPEICHERT if namen is None or tabellen.tabelle_of(klasse).name in namen
        )

    def back_up(self, grund: str = "") -> Path:
        """Write a dated copy into `sicherungen/` beside the project; return its path."""
        with self._using() as verbindung:
            if self._in_change:
                raise RuntimeError("back_up inside a change would copy what is not accepted yet")
            return write_sicherung(self.pfad, verbindung, grund)

    def close(self) -> None:
        """Close the file and give the lock back; closing twice does nothing."""
        with self._riegel:
            if self._verbindung is None:
                return
            if self._in_change:
                raise RuntimeError("close inside a change")
            self._verbindung.close()
            self._verbindung = None
            if self._sperre is not None:
                release_sperre(self.pfad, self._sperre)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, art: type[BaseException] | None, fehler: BaseException | None, spur: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        with self._riegel, german_sqlite_errors(self.pfad):
            yield self._connection()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._riegel:
            verbindung = self._connection()
            self._check_writable()
            with german_sqlite_errors(self.pfad):
                verbindung.execute("BEGIN IMMEDIATE")
            self._in_change = True
            try:
                yield verbindung
                self._commit(verbindung)
            except BaseException:
                # After a full disk SQLite may have rolled back by itself.
                if verbindung.in_transaction:
                    verbindung.execute("ROLLBACK")
                raise
            finally:
                self._in_change = False

    def _commit(self, verbindung: sqlite3.Connection) -> None:
        if not verbindung.in_transaction:
            raise ProjektFehler(
                "Die Änderung ist abgebrochen; es wurde nichts geändert.",
                "Bitte noch einmal versuchen.",
                "PROJEKT-ABBRUCH",
            )
        with german_sqlite_errors(self.pfad):
            verbindung.execute("COMMIT")

    def _connection(self) -> sqlite3.Connection:
        if self._verbindung is None:
            raise BedienFehler(f"„{self.pfad.name}“ ist schon geschlossen.", "", "PROJEKT-ZU")
        return self._verbindung

    def _check_writable(self) -> None:
        if self._in_change:
            raise RuntimeError("A change is already open; changes do not nest")
        if self._sperre is None:
            raise BedienFehler(
                f"„{self.pfad.name}“ ist nur zum Lesen geöffnet.",
                "Zum Ändern bitte zum Schreiben öffnen." if not self.hinweise else self.hinweise[0],
                "PROJEKT-NUR-LESEN",
            )
        if not holds_sperre(self.pfad, self._sperre):
            raise ProjektGesperrt(
                f"Die Sperre von „{self.pfad.name}“ ist weg: Jemand hat sie gelöscht oder übernommen, oder das Laufwerk ist nicht zu erreichen.",
                "Bitte das Projekt schließen und neu öffnen.",
                "PROJEKT-SPERRE-WEG",
            )
        if _identify(self.pfad) != self._datei:
            raise ProjektFehler(
                f"„{self.pfad}“ wurde verschoben, ersetzt oder gelöscht, während das Projekt offen war.",
                "Bitte das Projekt schließen, die Datei zurücklegen (oder eine Sicherung nehmen) und neu öffnen.",
                "PROJEKT-DATEI-WEG",
            )


def _identify(pfad: Path) -> tuple[int, int] | None:
    """Which file lies there; None when none does.

    Windows does not let anybody move an open file, and its numbers of files on shares are not reliable: there only
    whether one is there.
    """
    try:
        angaben = pfad.stat()
    except OSError:
        return None
    return (angaben.st_dev, angaben.st_ino) if os.name == "posix" else (0, 0)


def _build_filter(merkmale: Iterable[str] | None, ab_jahr: int | None, bis_jahr: int | None) -> tuple[str, list[str]]:
    teile, werte = [], []
    if merkmale is not None:
        teile.append("merkmal IN (SELECT value FROM json_each(?))")
        werte.append(json.dumps(list(merkmale)))
    if ab_jahr is not None:
        teile.append("stand >= ?")
        werte.append(f"{ab_jahr:04d}-01-01")
    if bis_jahr is not None:
        teile.append("stand <= ?")
        werte.append(f"{bis_jahr:04d}-12-31")
    return ("WHERE " + " AND ".join(teile) if teile else ""), werte
