"""Create and open projects: check first, touch later."""

from __future__ import annotations

import getpass
import shutil
import sqlite3
import tempfile
from pathlib import Path

from sozialtool.fach.raum import Kommune
from sozialtool.fehler import BedienFehler, DateiFehlt, ProjektFehler, grund_of
from sozialtool.orte import is_belegt, lang, remove, replace
from sozialtool.projekt import protokoll
from sozialtool.projekt.dateipruefung import check_inhalt, check_kopf, check_ohne_spur, get_journal, has_journal
from sozialtool.projekt.migrationen import MIGRATIONEN, migrate, needs_migration, with_transaction
from sozialtool.projekt.projekt import Projekt
from sozialtool.projekt.sicherung import VOR_MIGRATION, describe_sicherung, write_automatisch, write_taegliche
from sozialtool.projekt.sperre import Sperre, acquire_sperre, release_sperre
from sozialtool.projekt.tabellen import tabelle_of
from sozialtool.projekt.verbindung import connect, german_errors, translate_os

ENDUNG = ".sozial"
PLATZ = 100
"""Room behind the path of a project for its backups with their journals."""


def create_projekt(pfad: Path, kommune: Kommune, *, wer: str = "") -> Projekt:
    """Create a project file and open it for writing.

    Args:
        pfad: `<ordner>/<kommune>.sozial`; the folder must exist, the file must not.
        kommune: the town.
        wer: who works here; default: the name under which the person is logged in.

    Raises:
        BedienFehler: wrong ending, or the file is already there.
        DateiFehlt: the folder is missing.
        ProjektFehler: nothing can be written there.
    """
    _require_sqlite()
    pfad = lang(pfad, PLATZ)
    _check_new(pfad)
    name = wer.strip() or _find_benutzer()
    with german_errors(pfad):
        sperre, _ = acquire_sperre(pfad, name)
        try:
            _check_new(pfad)
            _write_new(pfad, kommune, name)
            return Projekt(pfad, connect(pfad, "rw"), wer=name, sperre=sperre)
        except BaseException:
            release_sperre(pfad, sperre)
            raise


def open_projekt(pfad: Path, *, nur_lesen: bool = False, wer: str = "") -> Projekt:
    """Open a project file.

    A file or folder that cannot be written is opened for reading, with a hint in `Projekt.hinweise`.

    Args:
        pfad: the file.
        nur_lesen: without a lock, without any trace; an older file is brought up to date in memory only.
        wer: who works here; default: the name under which the person is logged in.

    Raises:
        DateiFehlt: file or folder is missing.
        ProjektFehler: foreign, damaged or newer; the file is left as it was.
        ProjektGesperrt: somebody else has it open for writing.
    """
    _require_sqlite()
    pfad = lang(pfad, PLATZ)
    name = wer.strip() or _find_benutzer()
    kopf = check_kopf(pfad, len(MIGRATIONEN))
    if nur_lesen:
        return _open_reading(pfad, name, wal=kopf.wal)
    hinweis = _find_hindernis(pfad)
    if hinweis:
        return _open_reading(pfad, name, wal=kopf.wal, hinweise=(hinweis,))
    try:
        sperre, hinweis = acquire_sperre(pfad, name)
    except OSError as fehler:
        grund = f"Im Ordner „{pfad.parent}“ darf nicht geschrieben werden ({grund_of(fehler)}); das Projekt ist nur zum Lesen geöffnet."
        return _open_reading(pfad, name, wal=kopf.wal, hinweise=(grund,))
    try:
        if kopf.wal:  # some other program switched the journal over; SQLite would leave files beside it when looking
            _open_reading(pfad, name, wal=True).close()
        return _open_writing(pfad, name, sperre, hinweis, spurlos=not kopf.wal)
    except BaseException:
        release_sperre(pfad, sperre)
        raise


def _open_writing(pfad: Path, wer: str, sperre: Sperre, hinweis: str, *, spurlos: bool) -> Projekt:
    abgestuerzt = has_journal(pfad)
    if spurlos and not abgestuerzt:
        check_ohne_spur(pfad)
    with german_errors(pfad):
        verbindung = connect(pfad, "rw")  # rolls back what a crash left in the journal
        try:
            if abgestuerzt:
                check_inhalt(pfad, verbindung)
                with_transaction(verbindung, lambda: _touch(verbindung))
            hinweise = [hinweis, describe_sicherung(pfad)]
            if needs_migration(verbindung):
                write_automatisch(pfad, verbindung, VOR_MIGRATION)
                migrate(verbindung)
            else:
                hinweise.append(write_taegliche(pfad, verbindung, protokoll.read_letzte_bewegung(verbindung)))
            return Projekt(pfad, verbindung, wer=wer, sperre=sperre, hinweise=filter(None, hinweise))
        except BaseException:
            verbindung.close()
            raise


def _touch(verbindung: sqlite3.Connection) -> None:
    """Write something and take it back: a journal that was only begun holds nothing to roll back and would stay."""
    protokoll.set_laufend(verbindung, 0)
    protokoll.set_laufend(verbindung, None)


def _open_reading(pfad: Path, wer: str, *, wal: bool, hinweise: tuple[str, ...] = ()) -> Projekt:
    with german_errors(pfad):
        verbindung = _connect_reading(pfad, wal=wal)
        try:
            check_inhalt(pfad, verbindung)
            if needs_migration(verbindung):
                verbindung = _load_into_memory(verbindung)
                migrate(verbindung)
            hinweise = (*hinweise, *filter(None, [describe_sicherung(pfad)]))
            return Projekt(pfad, verbindung, wer=wer, sperre=None, hinweise=hinweise)
        except BaseException:
            verbindung.close()
            raise


def _connect_reading(pfad: Path, *, wal: bool) -> sqlite3.Connection:
    if wal:
        return _connect_copy(pfad)
    try:
        return connect(pfad, "ro")
    except sqlite3.OperationalError:
        # With the journal of a living writer SQLite reads; with that of a dead one it would have to write first.
        if not has_journal(pfad):
            raise
        return _connect_copy(pfad)


def _connect_copy(pfad: Path) -> sqlite3.Connection:
    """Read a file with a waiting journal without touching it: roll back in a copy and keep that in memory."""
    with tempfile.TemporaryDirectory(prefix="sozialtool-") as ordner:
        kopie = Path(ordner) / "kopie.sozial"
        shutil.copyfile(pfad, kopie)
        for anhang in (get_journal(pfad).name, pfad.name + "-wal"):
            quelle = pfad.with_name(anhang)
            if quelle.is_file():
                shutil.copyfile(quelle, kopie.with_name(anhang.replace(pfad.name, kopie.name)))
        return _load_into_memory(connect(kopie, "rw"))


def _load_into_memory(verbindung: sqlite3.Connection) -> sqlite3.Connection:
    speicher = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        verbindung.backup(speicher)
    except BaseException:
        speicher.close()
        raise
    finally:
        verbindung.close()
    return speicher


def _check_new(pfad: Path) -> None:
    if pfad.suffix != ENDUNG:
        raise BedienFehler(
            f"„{pfad.name}“ hat nicht die Endung {ENDUNG}.", f"Zum Beispiel: {pfad.stem}{ENDUNG}", "PROJEKT-ENDUNG"
        )
    with german_errors(pfad):
        if not pfad.parent.is_dir():
            raise DateiFehlt(f"Den Ordner „{pfad.parent}“ gibt es nicht.", "Bitte zuerst anlegen.", "PROJEKT-ORDNER")
        if pfad.exists():
            raise BedienFehler(
                f"„{pfad}“ gibt es schon.", "Bitte öffnen oder einen anderen Namen wählen.", "PROJEKT-DA"
            )


def _write_new(pfad: Path, kommune: Kommune, wer: str) -> None:
    """Write the new project under another name and rename it: a crash leaves no half project."""
    neu = pfad.with_name(pfad.name + ".neu")
    neu.unlink(missing_ok=True)
    try:
        verbindung = connect(neu, "rwc")
        try:
            migrate(verbindung)
            with_transaction(verbindung, lambda: _write_first(verbindung, kommune, wer))
        finally:
            verbindung.close()
        replace(neu, pfad)
    except BaseException:
        remove(neu)
        raise


def _write_first(verbindung: sqlite3.Connection, kommune: Kommune, wer: str) -> None:
    nummer = protokoll.begin_entry(verbindung, "Projekt angelegt", "", wer)
    tabelle = tabelle_of(Kommune)
    verbindung.execute(tabelle.upsert_sql(), tabelle.row_of(kommune))
    protokoll.end_entry(verbindung, nummer)
    # A project without its town would be none: this entry cannot be taken back.
    verbindung.execute("UPDATE aenderung SET umkehrbar = 0 WHERE nummer = ?", (nummer,))


def _find_hindernis(pfad: Path) -> str:
    try:
        with pfad.open("r+b"):
            return ""
    except OSError as fehler:
        if is_belegt(fehler, pfad):
            raise translate_os(fehler, pfad) from fehler
        return f"„{pfad.name}“ ist schreibgeschützt ({grund_of(fehler)}) und deshalb nur zum Lesen geöffnet."


def _find_benutzer() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # A PC without any user name in its environment; the log then says so.
        return "unbekannt"


def _require_sqlite() -> None:
    if sqlite3.sqlite_version_info < (3, 37):
        raise ProjektFehler(
            f"Dieses Python bringt SQLite {sqlite3.sqlite_version} mit; gebraucht wird 3.37 oder neuer.",
            "Bitte ein neueres Python verwenden.",
            "PROJEKT-SQLITE",
        )
