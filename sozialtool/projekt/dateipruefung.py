"""Is this a project, and is it whole? Answers without changing a byte.

The header is read as plain bytes first: SQLite itself would create journals or roll back somebody else's file.
Layout of the header: https://www.sqlite.org/fileformat.html, section 1.3.
"""

from __future__ import annotations

import sqlite3
import struct
from pathlib import Path

import attrs

from sozialtool.fehler import DateiFehlt, ProjektFehler
from sozialtool.projekt.sicherung import find_sicherungen
from sozialtool.projekt.siegel import find_broken_seal
from sozialtool.projekt.verbindung import connect, german_errors

ANWENDUNG = 0x536F7A69
"""`application_id` of a project file: the letters "Sozi"."""
KOPF = 100
"""Bytes of the header."""
_ANTEILE = bytes((0, 64, 32, 32))
"""Reserved bytes per page and the three payload fractions, which are fixed."""
_SCHEMAFORMAT = 4
_UTF8 = 1
_MARKE = b"SQLite format 3\x00"


@attrs.frozen
class Kopf:
    """What the header of a project file says."""

    version: int
    wal: bool


def get_journal(pfad: Path) -> Path:
    """Return the path of SQLite's rollback journal."""
    return pfad.with_name(pfad.name + "-journal")


def has_journal(pfad: Path) -> bool:
    """Whether a journal lies beside the file: a process died while writing, or one is writing now."""
    journal = get_journal(pfad)
    return journal.is_file() and journal.stat().st_size > 0


def check_kopf(pfad: Path, version: int) -> Kopf:
    """Read the header; raise `DateiFehlt` or `ProjektFehler` when this is not a project that this program can open.

    Args:
        pfad: the file.
        version: highest `user_version` that this program knows.
    """
    with german_errors(pfad):
        if not pfad.parent.is_dir():
            raise DateiFehlt(
                f"Den Ordner „{pfad.parent}“ gibt es nicht.", "Ist das Laufwerk verbunden?", "PROJEKT-ORDNER"
            )
        if not pfad.exists():
            raise DateiFehlt(f"Das Projekt „{pfad}“ gibt es nicht.", _name_sicherung(pfad), "PROJEKT-FEHLT")
        if pfad.is_dir():
            raise ProjektFehler(
                f"„{pfad}“ ist ein Ordner.", "Bitte die Datei mit der Endung .sozial darin wählen.", "PROJEKT-ORDNER"
            )
        with pfad.open("rb") as datei:
            kopf = datei.read(KOPF)
        groesse = pfad.stat().st_size
    if not kopf.startswith(_MARKE) or len(kopf) < KOPF:
        raise _describe_fremd(pfad, kopf)
    return _parse_kopf(pfad, kopf, groesse, version)


def _parse_kopf(pfad: Path, kopf: bytes, groesse: int, version: int) -> Kopf:
    (anwendung,) = struct.unpack_from(">I", kopf, 68)
    (gespeichert,) = struct.unpack_from(">i", kopf, 60)
    if anwendung != ANWENDUNG:
        raise ProjektFehler(
            f"„{pfad.name}“ ist eine Datenbank, aber kein Projekt von sozialtool (oder sein Anfang ist beschädigt).",
            "Bitte die richtige Datei wählen. " + _name_sicherung(pfad),
            "PROJEKT-FREMD",
        )
    seite, schreiben, lesen, rest = struct.unpack_from(">HBB4s", kopf, 16)
    geaendert, seiten = struct.unpack_from(">II", kopf, 24)
    (gueltig,) = struct.unpack_from(">I", kopf, 92)
    seite = 65536 if seite == 1 else seite
    if schreiben not in (1, 2) or lesen not in (1, 2) or gespeichert < 1 or rest != _ANTEILE:
        raise describe_schaden(pfad, "Kopf der Datei")
    if struct.unpack_from(">I", kopf, 44) != (_SCHEMAFORMAT,) or struct.unpack_from(">I", kopf, 56) != (_UTF8,):
        raise describe_schaden(pfad, "Kopf der Datei")
    # While a journal waits to be rolled back, length and header may disagree.
    if not has_journal(pfad) and geaendert == gueltig and seiten * seite > groesse:
        raise describe_schaden(pfad, f"{groesse} statt {seiten * seite} Bytes")
    if gespeichert > version:
        raise ProjektFehler(
            f"„{pfad.name}“ wurde mit einer neueren Fassung von sozialtool gespeichert "
            f"(Stand {gespeichert}, dieses Programm kennt {version}).",
            "Bitte die neuere Fassung des Programms verwenden.",
            "PROJEKT-NEUER",
        )
    return Kopf(gespeichert, 2 in (schreiben, lesen))


def check_inhalt(pfad: Path, verbindung: sqlite3.Connection) -> None:
    """Let SQLite look at every page and compare the seals; raise `ProjektFehler` when the file is damaged."""
    with german_errors(pfad):
        (ergebnis,) = verbindung.execute("PRAGMA quick_check(1)").fetchone()
        if ergebnis != "ok":
            raise describe_schaden(pfad, "Aufbau der Datenbank")  # SQLite names the page, in English
        (version,) = verbindung.execute("PRAGMA user_version").fetchone()
        tabellen = {name for (name,) in verbindung.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if not {"migration", "aenderung", "laufend", "kommune"} <= tabellen:
            raise describe_schaden(pfad, "Tabellen fehlen")
        (gelaufen,) = verbindung.execute("SELECT coalesce(max(nummer), 0) FROM migration").fetchone()
        if gelaufen != version:
            raise describe_schaden(pfad, f"Stand {version} statt {gelaufen}")
        gebrochen = find_broken_seal(verbindung)
        if gebrochen:
            raise describe_schaden(pfad, f"Prüfsumme von „{gebrochen}“")


def check_ohne_spur(pfad: Path) -> None:
    """Run `check_inhalt` on a connection that cannot write."""
    with german_errors(pfad):
        verbindung = connect(pfad, "ro")
        try:
            check_inhalt(pfad, verbindung)
        finally:
            verbindung.close()


def describe_schaden(pfad: Path, einzelheit: str) -> ProjektFehler:
    """Build the error for a damaged project, naming the newest backup."""
    return ProjektFehler(
        f"„{pfad.name}“ ist beschädigt ({einzelheit}). Es wurde nichts verändert.",
        _name_sicherung(pfad) or "Bitte eine Kopie der Datei aus der Datensicherung der IT holen lassen.",
        "PROJEKT-SCHADEN",
    )


def _describe_fremd(pfad: Path, kopf: bytes) -> ProjektFehler:
    if not kopf:
        was = "ist leer"
    elif kopf.startswith(b"PK"):
        was = "ist eine Excel- oder Zip-Datei und kein Projekt"
    elif kopf.startswith(_MARKE):
        was = "ist abgeschnitten"
    else:
        was = "ist kein Projekt von sozialtool (oder sein Anfang ist beschädigt)"
    return ProjektFehler(
        f"„{pfad.name}“ {was}.",
        _name_sicherung(pfad) or "Bitte die Datei mit der Endung .sozial wählen, die „Neues Projekt“ angelegt hat.",
        "PROJEKT-FREMD",
    )


def _name_sicherung(pfad: Path) -> str:
    sicherungen = find_sicherungen(pfad)
    if not sicherungen:
        return ""
    neueste = sicherungen[-1]
    zeit = neueste.zeit.strftime("%d.%m.%Y, %H:%M")
    return f"Die neueste Sicherung ist vom {zeit} Uhr: „sicherungen/{neueste.pfad.name}“."
