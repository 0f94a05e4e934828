"""Why the operating system does not hand out a file, in German. Used by the parent and the child (no attrs here)."""

from __future__ import annotations

import os
from pathlib import Path

from sozialtool.fehler import DateiFehler, DateiFehlt, DateiGesperrt, grund_of
from sozialtool.orte import find_winerror

_WOLKE = range(358, 405)
"""Windows error codes of cloud files that are not there (winerror.h, ERROR_CLOUD_FILE_*)."""
_NETZ = (53, 64, 67, 121, 1203, 1219, 1231, 1232)
"""Windows error codes of a network path that does not answer (winerror.h)."""


def explain_os_error(datei: Path, ursache: OSError | ValueError) -> DateiFehler:
    """Say in German why the operating system does not hand out a file."""
    fenster = find_winerror(datei, ursache) if isinstance(ursache, OSError) else 0
    if fenster in _WOLKE:
        return DateiFehlt(
            f"„{datei.name}“ liegt nur in der Cloud (OneDrive) und ist gerade nicht erreichbar.",
            "Im Explorer mit der rechten Maustaste „Immer auf diesem Gerät behalten“ wählen und noch einmal einlesen.",
            "LESEN-PLATZHALTER",
        )
    if isinstance(ursache, PermissionError):
        programm = "Word" if datei.suffix.casefold().startswith((".doc", ".dot")) else "Excel"
        return DateiGesperrt(
            f"„{datei.name}“ wird gerade von einem anderen Programm benutzt, oder Sie dürfen sie nicht lesen.",
            f"Die Datei in {programm} schließen – auch bei Kollegen – und noch einmal einlesen.",
            "LESEN-GESPERRT",
        )
    if fenster in _NETZ or (_is_network(datei) and not _exists(datei.parent)):
        return DateiFehlt(
            f"Das Netzlaufwerk von „{datei}“ antwortet nicht.",
            "Die Verbindung prüfen oder die Datei auf diesen Rechner kopieren.",
            "LESEN-NETZ",
        )
    if isinstance(ursache, FileNotFoundError):
        wo = "" if _exists(datei.parent) else " Auch der Ordner ist nicht da."
        return DateiFehlt(f"„{datei}“ gibt es nicht.{wo}", "Name und Ordner prüfen.", "LESEN-FEHLT")
    grund = grund_of(ursache) if isinstance(ursache, OSError) else "der Name ist nicht erlaubt"
    return DateiFehlt(f"„{datei}“ lässt sich nicht öffnen ({grund}).", "Name und Ordner prüfen.", "LESEN-FEHLT")


def _is_network(datei: Path) -> bool:
    return str(datei).startswith(("\\\\", "//"))


def _exists(ordner: Path) -> bool:
    try:
        return os.path.isdir(ordner)  # noqa: PTH112  # Path.is_dir raises on names that no system accepts
    except ValueError:
        return False
