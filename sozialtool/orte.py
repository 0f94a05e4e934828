"""Where things are: shipped Vorlagen and example data, settings, logs; and how Windows wants its paths.

`vorlagen/` and `beispieldaten/` stand beside the package in a checkout and inside it (`_daten/`) in the wheel; one
function finds them in both places.
"""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path
from typing import Any

from sozialtool.fehler import DateiFehler, DateiFehlt, DateiGesperrt, grund_of, ohne_praefix

_PAKET = Path(__file__).resolve().parent


def _find_daten(name: str) -> Path:
    for ort in (_PAKET / "_daten" / name, _PAKET.parent / name):
        if ort.is_dir():
            return ort
    raise DateiFehlt(
        f"Der mitgelieferte Ordner „{name}“ ist nicht da.",
        "Bitte sozialtool noch einmal vollständig entpacken.",
        "ORT-FEHLT",
    )


def beispieldaten() -> Path:
    """Return the folder with Lindenrath's deliveries."""
    return _find_daten("beispieldaten")


def vorlagen() -> Path:
    """Return the folder with the Excel Vorlagen."""
    return _find_daten("vorlagen")


def einstellungen() -> Path:
    """Return the folder of the person's settings (not created here)."""
    import platformdirs

    return Path(platformdirs.user_config_dir("sozialtool", appauthor=False))


def protokolle() -> Path:
    """Return the folder of the log files (not created here)."""
    import platformdirs

    return Path(platformdirs.user_log_dir("sozialtool", appauthor=False))


# --- paths as people and systems write them -----------------------------------------------------------------

LANG = 248
"""Windows refuses longer folders (260 characters less a name of 8.3) without the extended form; sources at `extend`."""
PLATZ_DATEI = 40
"""Room for what a written file is called until it is complete."""
PLATZ_PROGRAMM = 110
"""Room for the longest path of a module or library below the folder of the program (packaging/ checks it)."""
PLATZ_ORDNER = 200
"""Room for what may lie in a folder: it is walked in the extended form early."""
_GERAET = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\..*)?", re.IGNORECASE)
_VERBOTEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def als_pfad(text: str) -> Path:
    r"""Read a path as people type or paste it.

    Explorer's "Als Pfad kopieren" puts it in quotation marks; `"C:\Ordner\"` in a command keeps the last one (the shell
    takes the backslash before it for an escape). "~" is the person's folder, and "C:" is the drive, not the folder in
    which some program once was on it.
    """
    sauber = text.strip().strip('"').strip()
    if sys.platform == "win32" and re.fullmatch(r"[A-Za-z]:", sauber):
        sauber += "\\"
    # "~name" is an ordinary name: nobody types the home folder of a colleague that way, but Office makes such files.
    return Path(sauber).expanduser() if re.match(r"~(?:[/\\]|$)", sauber) else Path(sauber)


def extend(text: str) -> str:
    """Write an absolute Windows path in its extended form, which may have 32,000 characters.

    Source: learn.microsoft.com, "Maximum Path Length Limitation" and "Naming Files, Paths, and Namespaces". The setting
    `LongPathsEnabled`, which would make it needless, is off by default.
    """
    if text.startswith(("\\\\?\\", "\\\\.\\")):
        return text
    return "\\\\?\\UNC\\" + text[2:] if text.startswith("\\\\") else "\\\\?\\" + text


def lang(pfad: Path | str, platz: int = PLATZ_DATEI) -> Path:
    """Return the absolute path, on Windows in the extended form where it and `platz` characters behind it need that."""
    if sys.platform != "win32":
        return Path(pfad).absolute()
    # Not Path.absolute: with Python 3.11 it leaves "D:x" relative when the folder at work is on another drive.
    text = os.path.abspath(pfad)  # noqa: PTH100
    return Path(extend(text) if len(text) + platz >= LANG else text)


def extend_suchpfade(*listen: list[str]) -> None:
    """Write the folders in which Python looks for modules in the extended form where the program lies that deep.

    Called before anything else is imported, so that a folder deep in a network share starts as well. Libraries name the
    folders of their DLLs after their own; AddDllDirectory refuses the extended form (error 87), so it gets the plain one.
    """
    geaendert = False
    for pfade in listen:
        neu = [extend(pfad) if len(pfad) + PLATZ_PROGRAMM >= LANG else pfad for pfad in pfade]
        geaendert |= neu != pfade
        pfade[:] = neu
    melde: Any = getattr(os, "add_dll_directory", None)
    if geaendert and melde is not None:
        os.add_dll_directory = lambda ordner: melde(ohne_praefix(str(ordner)))  # type: ignore[attr-defined,unused-ignore]


def zeige(pfad: Path | str) -> str:
    """Write a path for people: without the prefix of the extended form."""
    return ohne_praefix(str(pfad))


def find_mangel(name: str) -> str:
    """Say in German why a name cannot be that of a file or folder on Windows; "" when it can.

    Asked on every system, so that a folder made elsewhere works on the office PC.
    Source: learn.microsoft.com, "Naming Files, Paths, and Namespaces".
    """
    if zeichen := _VERBOTEN.search(name):
        return f"Das Zeichen {zeichen[0]!r} darf in Dateinamen nicht vorkommen."
    if _GERAET.fullmatch(name.strip()):
        return f"„{name}“ ist unter Windows der Name eines Geräts."
    if name != name.rstrip(" ."):
        return "Ein Name darf nicht mit einem Punkt oder Leerzeichen enden."
    return ""


def find_frei(pfad: Path, *, gezaehlt: bool = False) -> Path:
    """Return the path, or with the first number that is free where a file is there: what somebody wrote stays.

    "a.docx", "a_2.docx", "a_3.docx" …; `gezaehlt`: the first one has its number, too: "a_1.docx", "a_2.docx" …
    """
    nummer, frei = 1, pfad.with_name(f"{pfad.stem}_1{pfad.suffix}") if gezaehlt else pfad
    while lang(frei).exists():
        nummer += 1
        frei = pfad.with_name(f"{pfad.stem}_{nummer}{pfad.suffix}")
    return frei


def safe_name(name: str, ersatz: str) -> str:
    """Turn any text into a name that `find_mangel` accepts: "CON" → "ersatz CON", "a/b?" → "a_b_"."""
    text = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]+', "_", name).lstrip().rstrip(" .")
    return f"{ersatz} {text}".rstrip() if not text.strip("_") or _GERAET.fullmatch(text) else text


# --- why the system refuses, and patience with it -----------------------------------------------------------

BELEGT = (32, 33)
"""ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION (winerror.h): another program, mostly Excel, holds the file."""


def find_winerror(pfad: Path, fehler: OSError | None = None) -> int:
    """Return the number of the Windows error behind a failed access, 0 elsewhere or when it works now.

    `open` passes on only the errno of the C library: EACCES for a file that Excel holds as for one without rights.
    """
    nummer = getattr(fehler, "winerror", None) or 0
    if nummer or sys.platform != "win32":
        return nummer
    import _winapi

    teilen, vorhandene = 7, 3
    try:
        griff = _winapi.CreateFile(str(pfad), _winapi.GENERIC_READ, teilen, 0, vorhandene, 0, 0)
    except OSError as genauer:
        return genauer.winerror or 0
    _winapi.CloseHandle(griff)
    return 0


_WOLKE = range(358, 405)
"""Windows error codes of cloud files that are not there (winerror.h, ERROR_CLOUD_FILE_*)."""
_NETZ = (53, 64, 67, 121, 1203, 1219, 1231, 1232)
"""Windows error codes of a network path that does not answer (winerror.h)."""


def explain_os_error(datei: Path, ursache: OSError | ValueError, bereich: str = "LESEN") -> DateiFehler:
    """Say in German why the operating system does not hand out a file to read, the same for whoever reads it.

    Returns:
        The error to raise; its code begins with `bereich` and ends with PLATZHALTER, GESPERRT, NETZ or FEHLT.
    """
    fenster = find_winerror(lang(datei), ursache) if isinstance(ursache, OSError) else 0
    if fenster in _WOLKE:
        return DateiFehlt(
            f"„{datei.name}“ liegt nur in der Cloud (OneDrive) und ist gerade nicht erreichbar.",
            "Im Explorer mit der rechten Maustaste „Immer auf diesem Gerät behalten“ wählen und noch einmal versuchen.",
            f"{bereich}-PLATZHALTER",
        )
    if isinstance(ursache, PermissionError):
        programm = "Word" if datei.suffix.casefold().startswith((".doc", ".dot")) else "Excel"
        return DateiGesperrt(
            f"„{datei.name}“ wird gerade von einem anderen Programm benutzt, oder Sie dürfen sie nicht lesen.",
            f"Die Datei in {programm} schließen – auch bei Kollegen – und noch einmal versuchen.",
            f"{bereich}-GESPERRT",
        )
    if fenster in _NETZ or (_is_network(datei) and not _is_ordner(datei.parent)):
        return DateiFehlt(
            f"Das Netzlaufwerk von „{datei}“ antwortet nicht.",
            "Die Verbindung prüfen oder die Datei auf diesen Rechner kopieren.",
            f"{bereich}-NETZ",
        )
    if isinstance(ursache, FileNotFoundError):
        wo = "" if _is_ordner(datei.parent) else " Auch der Ordner ist nicht da."
        return DateiFehlt(f"„{datei}“ gibt es nicht.{wo}", "Name und Ordner prüfen.", f"{bereich}-FEHLT")
    grund = grund_of(ursache) if isinstance(ursache, OSError) else "der Name ist nicht erlaubt"
    return DateiFehlt(f"„{datei}“ lässt sich nicht öffnen ({grund}).", "Name und Ordner prüfen.", f"{bereich}-FEHLT")


def _is_network(datei: Path) -> bool:
    return str(datei).startswith(("\\\\", "//"))


def _is_ordner(ordner: Path) -> bool:
    try:
        return os.path.isdir(ordner)  # noqa: PTH112  # Path.is_dir raises on names that no system accepts
    except ValueError:
        return False


def is_belegt(fehler: BaseException, pfad: Path) -> bool:
    """Whether another program holds the file (Windows only; elsewhere open files can be read and replaced)."""
    return isinstance(fehler, PermissionError) and find_winerror(pfad, fehler) in BELEGT


def replace(von: Path, nach: Path) -> None:
    """Move a file to a name, replacing what has it, with patience: virus scanners hold new files for a moment."""
    for pause in (0.05, 0.1, 0.2, None):
        try:
            von.replace(nach)
        except PermissionError:
            if pause is None:
                raise
            time.sleep(pause)
        else:
            return


def remove(pfad: Path) -> None:
    """Delete a file of our own; patient as `replace`, and without a word when it must stay."""
    for pause in (0.05, 0.1, 0.2, 0.0):
        try:
            pfad.unlink(missing_ok=True)
        except PermissionError:
            time.sleep(pause)
        else:
            return
