"""What a command needs from its console: characters it can show, a quiet end, a German word for every failure."""

from __future__ import annotations

import codecs
import datetime as dt
import errno
import os
import sys
import unicodedata
from collections.abc import Callable

from sozialtool.fehler import BedienFehler, SozialtoolFehler

ABSTURZ = 4
"""Exit code after a failure of the program itself; 0 to 3 are those of entwurf.md section 6."""

_ERSATZ = {
    "−": "-", "–": "-", "—": "-", "…": "...", "•": "*", "●": "o", "○": "o", "▲": "^", "▼": "v", "√": "ok", "×": "x",
    "→": "->", "„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'", "·": "-", "§": "Par.", "°": "Grad", "€": "EUR",
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss",
}  # fmt: skip
"""What stands for a character that the console lacks. A lost minus would change a figure, so nothing is just dropped."""


def _replace(fehler: UnicodeError) -> tuple[str, int]:
    if not isinstance(fehler, UnicodeEncodeError):
        raise fehler
    text = fehler.object[fehler.start : fehler.end]
    return "".join(_ERSATZ.get(zeichen) or _plain(zeichen) for zeichen in text), fehler.end


def _plain(zeichen: str) -> str:
    kern = unicodedata.normalize("NFKD", zeichen).encode("ascii", "ignore").decode("ascii")
    return kern or ("" if unicodedata.combining(zeichen) else "?")


def read_tag(text: str | None, schalter: str) -> dt.date | None:
    """Read a day that was typed behind a switch; None where nothing was.

    Raises:
        BedienFehler: not a day.
    """
    from sozialtool.fach.felder import parse_datum

    if not text:
        return None
    try:
        return parse_datum(text)
    except ValueError as fehler:
        raise BedienFehler(
            f"„{text}“ ist kein Datum ({schalter}).", "Erwartet wird ein Tag wie 31.12.2025."
        ) from fehler


def make_output_safe() -> None:
    """Never fail on a console that cannot show a character (cp1252, cp850, ASCII): it gets the nearest plain one."""
    codecs.register_error("sozialtool", _replace)
    for strom in (sys.stdout, sys.stderr):
        if hasattr(strom, "reconfigure"):
            strom.reconfigure(errors="sozialtool")


def is_terminal() -> bool:
    """Whether a person sits before the program; the terminal UI reads stdin and draws on stdout or stderr."""
    stroeme = (sys.stdin, sys.stdout, sys.stderr)
    return all(strom is not None and strom.isatty() for strom in stroeme)


def say(text: str) -> None:
    """Write a message to stderr."""
    print(text, file=sys.stderr, flush=True)


def guard(tun: Callable[[], int]) -> int:
    """Run a command and return its exit code; every failure becomes a German message on stderr, never a traceback."""
    make_output_safe()
    try:
        code = tun()
        sys.stdout.flush()
    except SozialtoolFehler as fehler:
        klein = f" [{fehler.code}]" if fehler.code else ""
        say(f"{fehler.titel}: {fehler}{klein}")
        return fehler.exit_code
    except KeyboardInterrupt:
        say("Abgebrochen. Was bis hierhin als angenommen gemeldet ist, bleibt; „sozialtool zurueck“ nimmt es zurück.")
        return 2
    except Exception as fehler:  # noqa: BLE001 - the last net: a planner must never see a traceback
        return _describe_failure(fehler)
    return code


def _describe_failure(fehler: Exception) -> int:
    nummer = fehler.errno if isinstance(fehler, OSError) else None
    if nummer == errno.EPIPE or (nummer == errno.EINVAL and _output_is_gone()):
        _drop_output()  # the reader ("| head -1", "| more") has seen enough
        return 0
    if nummer == errno.ENOSPC:
        _drop_output()
        say("Der Datenträger ist voll; das Ergebnis ist nicht vollständig geschrieben. Bitte Platz schaffen.")
        return 3
    from sozialtool.tui.absturz import describe_absturz, write_protokoll

    say(describe_absturz(fehler, write_protokoll(fehler)))
    return ABSTURZ


def _output_is_gone() -> bool:
    """Whether nobody reads stdout any more (Windows says EINVAL then, which may mean a wrong file name, too)."""
    try:
        sys.stdout.write("\n")
        sys.stdout.flush()
    except OSError:
        return True
    return False


def _drop_output() -> None:
    """Send what is still buffered nowhere; else Python complains in English when it ends."""
    try:
        nirgends = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nirgends, sys.stdout.fileno())
        os.close(nirgends)
    except (OSError, ValueError, AttributeError):
        return
