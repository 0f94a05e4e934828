"""Every error that a person may see, as one tree.

::

    SozialtoolFehler            message in plain German, with what to do (exit code 2)
    ├─ BedienFehler             the command or the answer does not fit (exit code 2)
    ├─ DateiFehler              a file cannot be used (exit code 3)
    │  ├─ DateiFehlt            it is not there
    │  ├─ DateiGesperrt         another program (Excel) or person holds it
    │  ├─ DateiUnlesbar         damaged, encrypted, not what its name says, or too large
    │  └─ ProjektFehler         the project file: foreign, damaged, newer
    │     └─ ProjektGesperrt    somebody else has it open
    ├─ DatenFehler              the content contradicts itself or the agreement
    │  ├─ FormelFehler          the formula of an Indikator
    │  └─ FeldFehler            one value does not fit the description of its field
    ├─ GeheimhaltungsFehler     no safe pattern exists, or an unprotected figure was about to leave
    └─ Abgebrochen              the planner pressed stop; nothing was changed

An error carries what happened, where, and what to do. It is rendered at the edge (cli or tui), never printed where it arises.
"""

from __future__ import annotations

import errno


def ohne_praefix(text: str) -> str:
    r"""Take the prefix of long Windows paths (`\\?\`, `\\?\UNC\`) out of a text: people know the plain form only."""
    return text.replace("\\\\?\\UNC\\", "\\\\").replace("\\\\?\\", "")


class SozialtoolFehler(Exception):
    """Base of all errors with a message for the planner.

    Args:
        meldung: what happened and where, one or two German sentences.
        abhilfe: what to do now, one German sentence; may be empty.
        code: stable short code, shown small behind the message.
    """

    exit_code = 2
    titel = "Das hat nicht geklappt"

    def __init__(self, meldung: str, abhilfe: str = "", code: str = "") -> None:
        super().__init__(meldung)
        self.meldung = ohne_praefix(meldung)
        self.abhilfe = ohne_praefix(abhilfe)
        self.code = code

    def __str__(self) -> str:
        return f"{self.meldung} {self.abhilfe}".strip()

    def __reduce__(self) -> tuple[type[SozialtoolFehler], tuple[str, ...]]:
        # Errors travel from the reading child process to the parent by pickle.
        return (type(self), (self.meldung, self.abhilfe, self.code))


class BedienFehler(SozialtoolFehler):
    """The command or an answer does not fit."""

    titel = "So geht es nicht"


class DateiFehler(SozialtoolFehler):
    """A file cannot be used."""

    exit_code = 3
    titel = "Die Datei lässt sich nicht verwenden"


class DateiFehlt(DateiFehler):
    """The file or folder is not there."""


class DateiGesperrt(DateiFehler):
    """Another program or person holds the file."""


class DateiUnlesbar(DateiFehler):
    """Damaged, encrypted, too large, or not what its name says."""


class ProjektFehler(DateiFehler):
    """The project file is foreign, damaged or newer than this program."""

    titel = "Das Projekt lässt sich nicht öffnen"


class ProjektGesperrt(ProjektFehler):
    """Somebody else has the project open."""


class DatenFehler(SozialtoolFehler):
    """The content contradicts itself or what was agreed."""


class FormelFehler(DatenFehler):
    """The formula of an Indikator cannot be used."""


class FeldFehler(DatenFehler):
    """A value does not fit the description of its field.

    Args:
        meldung, abhilfe, code: as in `SozialtoolFehler`.
        feld: name of the field, where several are checked together; a form then goes there.
    """

    def __init__(self, meldung: str, abhilfe: str = "", code: str = "", feld: str = "") -> None:
        super().__init__(meldung, abhilfe, code)
        self.feld = feld

    def __reduce__(self) -> tuple[type[SozialtoolFehler], tuple[str, ...]]:
        return (type(self), (self.meldung, self.abhilfe, self.code, self.feld))


class GeheimhaltungsFehler(SozialtoolFehler):
    """No safe pattern exists, or an unprotected figure was about to leave."""

    titel = "Das darf so nicht hinaus"


class Abgebrochen(SozialtoolFehler):
    """The planner stopped the work; nothing was changed."""

    titel = "Abgebrochen"


_GRUENDE = {
    errno.EACCES: "das Recht dazu fehlt",
    errno.EPERM: "das Recht dazu fehlt",
    errno.EROFS: "schreibgeschützter Datenträger",
    errno.ENOSPC: "kein Platz mehr auf dem Datenträger",
    errno.ENOENT: "nicht vorhanden",
    errno.EEXIST: "schon vorhanden",
    errno.EISDIR: "das ist ein Ordner",
    errno.ENOTDIR: "ein Teil des Pfads ist kein Ordner",
    errno.ENAMETOOLONG: "der Name ist zu lang",
    errno.EIO: "der Datenträger meldet einen Fehler",
    errno.EBUSY: "gerade in Benutzung",
    errno.EMFILE: "zu viele Dateien sind geöffnet",
}


def grund_of(fehler: OSError) -> str:
    """Say in German why the system refused; its own words only where Windows has them in its language."""
    if getattr(fehler, "winerror", None) and fehler.strerror:
        return fehler.strerror
    return _GRUENDE.get(fehler.errno or 0, f"Systemfehler {fehler.errno}" if fehler.errno else "Grund unbekannt")
