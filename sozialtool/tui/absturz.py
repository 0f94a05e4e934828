"""What happens when the program itself fails: a log file, and a German message instead of a traceback."""

from __future__ import annotations

import datetime as dt
import platform
import traceback
from pathlib import Path

from sozialtool import __version__, orte


def write_protokoll(fehler: BaseException, jetzt: dt.datetime | None = None) -> Path | None:
    """Write the trace of an unexpected error to the log folder, without values of variables.

    Returns:
        The file, or None when not even that is possible (full disk, no rights).
    """
    zeit = jetzt or dt.datetime.now()
    pfad = orte.protokolle() / f"absturz_{zeit:%Y-%m-%d_%H-%M-%S}.txt"
    kopf = f"sozialtool {__version__}, Python {platform.python_version()}, {platform.platform()}\n{zeit:%d.%m.%Y %H:%M:%S}\n\n"
    try:
        pfad.parent.mkdir(parents=True, exist_ok=True)
        pfad.write_text(kopf + "".join(traceback.format_exception(fehler)), encoding="utf-8")
    except OSError:
        return None
    return pfad


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
