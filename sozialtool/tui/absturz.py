"""What happens when the program itself fails: a log file, and a German message instead of a traceback."""

from __future__ import annotations

import datetime as dt
import platform
import traceback
from pathlib import Path

from sozialtool import __version__, orte


def write_protokoll(fehler: BaseException, jetzt: dt.datetime | None = None) -> Path | None:
    """Write the trace of an unexpected error to the log folder: places in the program and kinds of errors, nothing else.

    The text of an exception may hold a cell of a file ("could not convert string …") or a path with a person's name.

    Returns:
        The file, or None when not even that is possible (full disk, no rights).
    """
    zeit = jetzt or dt.datetime.now()
    pfad = orte.protokolle() / f"absturz_{zeit:%Y-%m-%d_%H-%M-%S}.txt"
    kopf = f"sozialtool {__version__}, Python {platform.python_version()}, {platform.platform()}\n{zeit:%d.%m.%Y %H:%M:%S}\n\n"
    try:
        pfad.parent.mkdir(parents=True, exist_ok=True)
        pfad.write_text(kopf + _trace(fehler), encoding="utf-8")
    except OSError:
        return None
    return pfad


def _trace(fehler: BaseException) -> str:
    """Frames and class names of an exception and of what caused it, the cause first."""
    ursache = fehler.__cause__ or (None if fehler.__suppress_context__ else fehler.__context__)
    oben = _trace(ursache) + "\ndabei geschah:\n\n" if ursache is not None else ""
    stapel = traceback.extract_tb(fehler.__traceback__)
    zeilen = [f"  {_short(ort.filename)}, Zeile {ort.lineno}, in {ort.name}\n    {ort.line}\n" for ort in stapel]
    return f"{oben}{''.join(zeilen)}{type(fehler).__name__}\n"


def _short(pfad: str) -> str:
    """Path of a source file from the package on; what lies above it may name a person."""
    teile = Path(pfad).parts
    for wurzel in ("site-packages", "sozialtool"):
        if wurzel in teile:
            ab = len(teile) - 1 - teile[::-1].index(wurzel) + (wurzel == "site-packages")
            return "/".join(teile[ab:])
    return teile[-1] if teile else pfad


def describe_absturz(fehler: BaseException, protokoll: Path | None) -> str:
    """Say in German what happened, that the project is safe, and where the log lies."""
    wo = f"Was geschah, steht in\n  {protokoll}" if protokoll else "Ein Protokoll ließ sich nicht schreiben."
    return (
        "sozialtool ist auf einen Fehler im Programm gestoßen und wurde beendet.\n"
        "Das Projekt ist unversehrt: Jede angenommene Änderung war schon gespeichert.\n"
        f"{wo}\n"
        "Bitte starten Sie sozialtool noch einmal. Geschieht es wieder, schicken Sie das Protokoll an die Betreuung;\n"
        f"es enthält keine Zahlen aus dem Projekt. ({type(fehler).__name__})"
    )
