"""The lock that names its holder: `<projekt>.sozial.sperre`, a text file beside the project.

It is created exclusively (`O_EXCL`), which also works on SMB shares. It is readable for people: person, computer, process,
time. A lock whose process on this computer is gone is taken over; that of another computer never is, because nobody
here can know. Reading needs no lock.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
import time
import uuid
from pathlib import Path

import attrs

from sozialtool.fehler import ProjektGesperrt
from sozialtool.projekt.uhr import read_uhr
from sozialtool.projekt.vorgang import find_beginn

_VERSUCHE = 5
_UNBEKANNT = "unbekannt"
_HALB_GESCHRIEBEN = 60
"""Seconds after which a lock without content counts as left behind by a crash."""
_LIEGENGEBLIEBEN: set[str] = set()
"""Locks of this process that are given up but could not be deleted, because another program held the file."""


@attrs.frozen
class Sperre:
    """Who holds a project, since when. `beginn` marks the start of the process: numbers of processes are reused."""

    person: str
    rechner: str
    vorgang: int
    beginn: str
    seit: dt.datetime
    kennung: str

    def to_text(self) -> str:
        """Write the content of the lock file."""
        return (
            "Dieses Projekt ist zum Schreiben geöffnet.\n"
            f"Person: {self.person}\nRechner: {self.rechner}\nVorgang: {self.vorgang}\nBeginn: {self.beginn}\n"
            f"Seit: {self.seit.isoformat(sep=' ')}\nKennung: {self.kennung}\n"
        )


def get_sperrdatei(pfad: Path) -> Path:
    """Return the path of the lock file of a project."""
    return pfad.with_name(pfad.name + ".sperre")


def read_sperre(pfad: Path) -> Sperre | None:
    """Read who holds the project at `pfad`; None when nobody does or the lock cannot be understood."""
    try:
        text = get_sperrdatei(pfad).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    angaben = {}
    for zeile in text.splitlines():
        name, doppelpunkt, wert = zeile.partition(":")
        if doppelpunkt:
            angaben[name.strip()] = wert.strip()
    try:
        return Sperre(
            angaben["Person"], angaben["Rechner"], int(angaben["Vorgang"]), angaben["Beginn"],
            dt.datetime.fromisoformat(angaben["Seit"]), angaben["Kennung"],
        )  # fmt: skip
    except (KeyError, ValueError):
        return None


def acquire_sperre(pfad: Path, wer: str) -> tuple[Sperre, str]:
    """Take the lock; raise `ProjektGesperrt` that names the holder, or OSError when the folder cannot be written.

    Returns:
        The lock, and a German hint when a dead process had left one behind (else "").
    """
    vorgang = os.getpid()
    eigene = Sperre(
        " ".join(wer.split()), _find_rechner(), vorgang, find_beginn(vorgang) or "", read_uhr(), uuid.uuid4().hex
    )
    hinweis = ""
    for versuch in range(_VERSUCHE):
        try:
            if _create(get_sperrdatei(pfad), eigene):
                return eigene, hinweis
        except PermissionError:
            # Windows: its holder has just deleted it while somebody still reads it; it is gone in a moment.
            if sys.platform != "win32" or versuch == _VERSUCHE - 1:
                raise
            time.sleep(0.05)
            continue
        halter = read_sperre(pfad)
        if halter is not None and not _is_tot(halter):
            raise _describe(pfad, halter)
        if halter is None and not _is_alt(get_sperrdatei(pfad)):
            time.sleep(0.05)  # its holder is just writing it, or has just gone
            continue
        if _take_away(pfad, halter):
            hinweis = "Das Programm wurde beim letzten Mal nicht richtig beendet; die Sperre ist übernommen."
        else:
            time.sleep(0.05)  # another process reads it, or takes it over itself
    raise _describe(pfad, read_sperre(pfad))


def holds_sperre(pfad: Path, sperre: Sperre) -> bool:
    """Whether the lock file still is the one that this process wrote."""
    jetzt = read_sperre(pfad)
    return jetzt is not None and jetzt.kennung == sperre.kennung


def release_sperre(pfad: Path, sperre: Sperre) -> None:
    """Remove the lock if it still is ours.

    Windows refuses while another process just reads it. If it stays nevertheless, the next opening takes it over.
    """
    for _ in range(_VERSUCHE):
        if not holds_sperre(pfad, sperre):
            return
        try:
            get_sperrdatei(pfad).unlink(missing_ok=True)
        except OSError:
            time.sleep(0.05)
    _LIEGENGEBLIEBEN.add(sperre.kennung)


def _create(datei: Path, sperre: Sperre) -> bool:
    try:
        griff = os.open(datei, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
    except FileExistsError:
        return False
    with os.fdopen(griff, "wb") as strom:
        strom.write(sperre.to_text().encode("utf-8", errors="replace"))
    return True


def _find_rechner() -> str:
    # platform.node() asks WMI on newer Pythons under Windows, which takes its time.
    return platform.node().strip() or _UNBEKANNT


def _is_tot(halter: Sperre) -> bool:
    if halter.kennung in _LIEGENGEBLIEBEN:
        return True
    if halter.rechner != _find_rechner() or halter.rechner == _UNBEKANNT:
        return False
    beginn = find_beginn(halter.vorgang)
    return beginn is None or bool(beginn and halter.beginn and beginn != halter.beginn)


def _is_alt(datei: Path) -> bool:
    try:
        return abs(time.time() - datei.stat().st_mtime) > _HALB_GESCHRIEBEN
    except OSError:
        return False


def _take_away(pfad: Path, halter: Sperre | None) -> bool:
    """Move the dead lock away and look at it once more: two processes may be taking it over at the same time."""
    datei = get_sperrdatei(pfad)
    beiseite = datei.with_name(f"{datei.name}.{uuid.uuid4().hex[:8]}")
    try:
        datei.rename(beiseite)
    except OSError:
        return False
    genommen = beiseite.read_text(encoding="utf-8", errors="replace")
    if halter is None or f"Kennung: {halter.kennung}\n" in genommen:
        beiseite.unlink()
        return True
    if datei.exists():
        beiseite.unlink()
    else:
        beiseite.rename(datei)
    return False


def _describe(pfad: Path, halter: Sperre | None) -> ProjektGesperrt:
    datei = get_sperrdatei(pfad).name
    if halter is None:
        wer = "ist gesperrt; wer es geöffnet hat, steht nicht in der Sperrdatei"
    elif halter.rechner == _find_rechner() and halter.vorgang == os.getpid():
        wer = "ist in diesem Programm schon geöffnet"
    else:
        seit = halter.seit.strftime("%d.%m.%Y, %H:%M")
        wer = f"ist geöffnet von {halter.person} am Rechner {halter.rechner}, seit {seit} Uhr"
    return ProjektGesperrt(
        f"„{pfad.name}“ {wer}.",
        f"Bitte dort schließen lassen oder hier nur zum Lesen öffnen. Ist jener Rechner abgestürzt, die Datei „{datei}“ löschen.",
        "PROJEKT-GESPERRT",
    )
