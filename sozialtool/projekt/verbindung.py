"""Connections to SQLite, and its errors in German."""

from __future__ import annotations

import sqlite3
import sys
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Literal

from sozialtool.fehler import DatenFehler, ProjektFehler, ProjektGesperrt, SozialtoolFehler, grund_of
from sozialtool.orte import BELEGT, find_winerror, is_belegt, lang

WARTEN = 5.0
"""Seconds to wait for another process that is just writing."""
LANGER_PFAD = 32_000 if sys.platform == "win32" else 240
"""SQLite adds "-journal" and takes 512 bytes; on Windows the extended form of a path may have 32,000 characters."""
LANGER_NAME = 240


def build_uri(pfad: PurePath, modus: str) -> str:
    """Build the file URI for SQLite.

    `Path.as_uri` would write a UNC path as file://server/…, and SQLite refuses a server name; with an empty authority
    (file:////server/…) it opens it. Sources: https://www.sqlite.org/uri.html, section 3.1; https://www.sqlite.org/vfs.html.
    """
    if str(pfad).startswith("\\\\?\\"):
        # The extended form of a long path: only with backslashes, and only this VFS takes more than 1,040 bytes.
        return f"file:{urllib.parse.quote(str(pfad))}?mode={modus}&vfs=win32-longpath"
    text = pfad.as_posix()
    if not text.startswith("/"):
        text = "/" + text
    return f"file://{urllib.parse.quote(text)}?mode={modus}"


def connect(pfad: Path, modus: Literal["ro", "rw", "rwc"]) -> sqlite3.Connection:
    """Open a connection without implicit transactions that may be used from any thread, one at a time."""
    verbindung = sqlite3.connect(
        build_uri(lang(pfad), modus), uri=True, timeout=WARTEN, isolation_level=None, check_same_thread=False
    )
    try:
        # A large cache: a change that fits is written at commit, so that readers are not locked out meanwhile.
        for pragma in ("trusted_schema = OFF", "temp_store = MEMORY", "cache_size = -65536", "synchronous = FULL"):
            verbindung.execute(f"PRAGMA {pragma}")
        verbindung.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # now the file is really read
        if modus != "ro":
            verbindung.execute("PRAGMA journal_mode = DELETE").fetchone()
    except BaseException:  # also UnicodeDecodeError: a message that quotes damaged bytes
        verbindung.close()
        raise
    return verbindung


@contextmanager
def german_sqlite_errors(pfad: Path) -> Iterator[None]:
    """Turn errors of SQLite into errors of `fehler`; all others pass, for the caller's own code may run inside."""
    try:
        yield
    except sqlite3.Error as fehler:
        deutsch = _translate(fehler, pfad)
        if deutsch is None:
            raise
        raise deutsch from fehler


@contextmanager
def german_errors(pfad: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the file system into errors of `fehler`."""
    try:
        with german_sqlite_errors(pfad):
            yield
    except OSError as fehler:
        raise translate_os(fehler, pfad) from fehler
    except UnicodeDecodeError as fehler:
        # A message of SQLite that quotes damaged bytes cannot even become a Python text.
        from sozialtool.projekt.dateipruefung import describe_schaden  # it imports this module

        raise describe_schaden(pfad, "unlesbarer Text") from fehler


def translate_os(fehler: OSError, pfad: Path) -> ProjektFehler:
    """Say in German why the file system refused."""
    if _is_zu_lang(pfad):
        return _pfad_zu_lang(pfad)
    if is_belegt(fehler, pfad):
        return _describe_belegt(pfad)
    if isinstance(fehler, PermissionError):
        return ProjektFehler(
            f"Für „{pfad}“ fehlt das Recht zu schreiben oder zu lesen, oder ein anderes Programm hält die Datei.",
            "Bitte einen anderen Ordner wählen oder die IT um das Recht bitten.",
            "PROJEKT-RECHT",
        )
    return ProjektFehler(
        f"„{pfad}“ ist nicht zu erreichen ({grund_of(fehler)}).",
        "Ist das Laufwerk verbunden und noch Platz darauf?",
        "PROJEKT-ZUGRIFF",
    )


def _describe_belegt(pfad: Path) -> ProjektFehler:
    return ProjektFehler(
        f"„{pfad.name}“ wird gerade von einem anderen Programm festgehalten. Es wurde nichts geändert.",
        "Bitte dieses Programm schließen (die Datensicherung oder Virenprüfung abwarten) und noch einmal versuchen.",
        "PROJEKT-BELEGT",
    )


def _is_zu_lang(pfad: Path) -> bool:
    return len(str(pfad.absolute())) > LANGER_PFAD or any(len(teil) > LANGER_NAME for teil in pfad.parts)


def _pfad_zu_lang(pfad: Path) -> ProjektFehler:
    return ProjektFehler(
        f"Der Pfad ist mit {len(str(pfad.absolute()))} Zeichen zu lang: „…{str(pfad)[-60:]}“.",
        "Bitte in einen Ordner mit kürzerem Namen legen.",
        "PROJEKT-PFAD",
    )


def _translate(fehler: sqlite3.Error, pfad: Path) -> SozialtoolFehler | None:
    code = getattr(fehler, "sqlite_errorcode", None)
    if code is None and "decode to UTF-8" in str(fehler):  # the file is damaged, but only the Python module sees it
        code = sqlite3.SQLITE_CORRUPT
    if code is None:
        return None  # raised by the Python module, not by SQLite: an error of this program
    code &= 0xFF
    if code == sqlite3.SQLITE_FULL:
        return ProjektFehler(
            f"Auf dem Laufwerk von „{pfad.name}“ ist kein Platz mehr. Es wurde nichts geändert.",
            "Bitte Platz schaffen und noch einmal versuchen.",
            "PROJEKT-PLATZ",
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return ProjektGesperrt(
            f"„{pfad.name}“ wird gerade von einem anderen Programm gelesen oder geschrieben.",
            "Bitte einen Augenblick warten und noch einmal versuchen.",
            "PROJEKT-BESETZT",
        )
    if code in (sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG):
        return DatenFehler(f"Ein Wert passt nicht in das Projekt ({_name_of(fehler)}).", "", "PROJEKT-WERT")
    return _translate_access(fehler, code, pfad)


def _translate_access(fehler: sqlite3.Error, code: int, pfad: Path) -> SozialtoolFehler:
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        if _is_zu_lang(pfad):
            return _pfad_zu_lang(pfad)
        if find_winerror(pfad) in BELEGT:
            return _describe_belegt(pfad)
        return ProjektFehler(
            f"In „{pfad}“ kann nicht geschrieben oder gelesen werden ({_name_of(fehler)}).",
            "Ist das Laufwerk verbunden und der Ordner zum Schreiben freigegeben?",
            "PROJEKT-ZUGRIFF",
        )
    # Corrupt, not a database, or a table that is not as this program made it.
    from sozialtool.projekt.dateipruefung import describe_schaden  # it imports this module

    return describe_schaden(pfad, "Aufbau der Datenbank")  # SQLite's own words are English


def _name_of(fehler: sqlite3.Error) -> str:
    """Return the code that the IT can look up; SQLite's own sentences are English."""
    return str(getattr(fehler, "sqlite_errorname", "SQLITE"))
