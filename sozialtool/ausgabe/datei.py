"""A file appears whole or not at all."""

from __future__ import annotations

import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sozialtool.fehler import BedienFehler, DateiFehler, DateiGesperrt, grund_of
from sozialtool.orte import find_mangel, lang, remove, replace

KATEGORIE = "Sozialmonitoring"
"""Document property of everything written here; Excel keeps it when the person saves."""
_EIGEN = (f">{KATEGORIE}<".encode(), b">Sozialplanung</dc:creator>")
"""LibreOffice may drop the category; lists then still name their maker."""
_EIGENSCHAFTEN = 100_000


def check_ziel(pfad: Path, endung: str = ".xlsx") -> None:
    """Refuse a target chosen by the person that would destroy something else: a project, a delivered file.

    Raises:
        BedienFehler: ZIEL-ENDUNG, not an .xlsx (or .docx); ZIEL-NAME, no name for Windows; ZIEL-FREMD, an existing file that was not written here.
        DateiGesperrt: the target is open in Excel and cannot even be looked at.
    """
    if pfad.suffix.casefold() != endung:
        raise BedienFehler(
            f"„{pfad.name}“ ist kein Name für eine {_program(endung)}-Datei; nichts wurde geschrieben.",
            f"Bitte einen Namen mit der Endung {endung} wählen.",
            "ZIEL-ENDUNG",
        )
    mangel = find_mangel(pfad.name)
    if mangel:
        raise BedienFehler(
            f"Eine Datei kann nicht „{pfad.name}“ heißen. {mangel}", "Bitte einen anderen Namen wählen.", "ZIEL-NAME"
        )
    pfad = lang(pfad)
    if os.path.lexists(pfad) and not _is_eigen(pfad):
        raise BedienFehler(
            f"„{pfad.name}“ gibt es schon, und die Datei stammt nicht von sozialtool. Sie ist unverändert.",
            "Bitte einen anderen Namen wählen.",
            "ZIEL-FREMD",
        )


def _program(endung: str) -> str:
    """Name the program of the person for a file."""
    return "Word" if endung.casefold() == ".docx" else "Excel"


def _is_eigen(pfad: Path) -> bool:
    try:
        with zipfile.ZipFile(pfad) as paket, paket.open("docProps/core.xml") as teil:
            inhalt = teil.read(_EIGENSCHAFTEN)
    except PermissionError as fehler:  # Excel may hold it so that nobody else can even look
        raise _translate(pfad, fehler) from fehler
    except (OSError, KeyError, RuntimeError, ValueError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return False
    return any(zeichen in inhalt for zeichen in _EIGEN)


@contextmanager
def write_ganz(pfad: Path) -> Iterator[Path]:
    """Yield a temporary path beside `pfad`; replace `pfad` by it when the body succeeded, else leave all as it was.

    Raises:
        DateiGesperrt: the target is open in Excel or may not be written.
        DateiFehler: the folder is missing or full.
    """
    pfad = lang(pfad)
    try:
        pfad.parent.mkdir(parents=True, exist_ok=True)
        nummer, name = tempfile.mkstemp(prefix=f".{pfad.stem[:40]}-", suffix=".tmp", dir=pfad.parent)
        os.close(nummer)
    except OSError as fehler:
        raise _translate(pfad, fehler) from fehler
    vorlaeufig = Path(name)
    try:
        yield vorlaeufig
        _sync(vorlaeufig)
        # mkstemp makes the file private; colleagues on the town's share must be able to open the workbook.
        vorlaeufig.chmod(0o644)
        replace(vorlaeufig, pfad)
    except OSError as fehler:
        raise _translate(pfad, fehler) from fehler
    finally:
        remove(vorlaeufig)


_ENDE = struct.Struct("<4s4xHHII2x")
"""End of the central directory of a zip file without comment (PKWARE APPNOTE 4.3.16): sign, entries twice, size, offset."""
_EINTRAG, _UNIX = 46, 3
"""Length of the fixed part of an entry (APPNOTE 4.3.12); "made by" a Unix system (4.4.2)."""


def forget_system(pfad: Path) -> None:
    """Name the same system as maker of every part of a zip file: the same content gives the same bytes everywhere.

    `zipfile` writes 0 on Windows and 3 elsewhere, and has no way to say otherwise when somebody else fills it.

    Raises:
        ValueError: the file does not end like a zip file without comment.
    """
    with pfad.open("r+b") as datei:
        datei.seek(-_ENDE.size, os.SEEK_END)
        zeichen, _, anzahl, laenge, beginn = _ENDE.unpack(datei.read(_ENDE.size))
        if zeichen != b"PK\5\6":
            raise ValueError(f"{pfad.name}: kein Ende eines Zip-Verzeichnisses")
        datei.seek(beginn)
        verzeichnis = bytearray(datei.read(laenge))
        stelle = 0
        for _ in range(anzahl):
            verzeichnis[stelle + 5] = _UNIX
            stelle += _EINTRAG + sum(struct.unpack_from("<HHH", verzeichnis, stelle + 28))
        datei.seek(beginn)
        datei.write(verzeichnis)


def _sync(pfad: Path) -> None:
    """Have the content on the disk before the name changes, so that a power cut leaves the old or the new file."""
    with pfad.open("r+b") as datei:
        os.fsync(datei.fileno())


def build_gesperrt(pfad: Path, bleibt: str = "Die bisherige Datei ist unverändert.") -> DateiGesperrt:
    """Build the message for a target that another program holds, AUSGABE-GESPERRT; `bleibt` says what is as it was."""
    return DateiGesperrt(
        f"„{pfad.name}“ ist noch in {_program(pfad.suffix)} geöffnet oder schreibgeschützt. {bleibt}",
        "Bitte die Datei dort schließen und noch einmal ausgeben.",
        "AUSGABE-GESPERRT",
    )


def _translate(pfad: Path, fehler: OSError) -> DateiFehler:
    if isinstance(fehler, PermissionError):
        return build_gesperrt(pfad)
    return DateiFehler(
        f"„{pfad.name}“ lässt sich im Ordner „{pfad.parent}“ nicht schreiben ({grund_of(fehler)}).",
        "Bitte prüfen, ob das Laufwerk erreichbar ist und Platz hat. Die bisherige Datei ist unverändert.",
        "AUSGABE-SCHREIBEN",
    )
