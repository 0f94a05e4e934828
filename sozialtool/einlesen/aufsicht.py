"""The parent's side of reading: start the child, listen to it, end it on stop, on time, or when it went astray."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from sozialtool import fehler
from sozialtool.einlesen import protokoll

_MODUL = "sozialtool.einlesen.kindprozess"
_ANLAUF = "import runpy, sys; _, modul, *sys.path = sys.argv; runpy.run_module(modul, run_name='__main__')"
_PAUSEN = (0.2, 0.8)
"""Seconds before a start that failed is tried again."""
_TAKT = 0.02
_ATEM = 0.1
"""Seconds after which a waiting command looks whether Ctrl+C was pressed."""
_ERSTE_WORTE = 4000
_ERLAUBTE_FEHLER = {
    klasse.__name__: klasse for klasse in (fehler.DateiFehlt, fehler.DateiGesperrt, fehler.DateiUnlesbar)
}


def run_kind(
    auftrag: dict[str, Any],
    *,
    sekunden: float,
    stop: threading.Event | None,
    empfange: Callable[[int, Any], None],
    modul: str = "",
    rest: Callable[[], dict[str, Any]] = dict,
) -> None:
    """Run one reading job in a child process and hand every frame to `empfange`, until the child is done.

    Args:
        auftrag: job as plain values, see `kindprozess.run`.
        sekunden: time after which the child is ended.
        stop: set by the planner; the child is ended within a few hundredths of a second.
        empfange: called with kind and content of each frame except FEHLER, in the calling thread.
        modul: what the child runs instead of `kindprozess`; it must end in its `main`.
        rest: makes what the job still lacks, while the child starts; its errors end the child and are raised.

    Raises:
        Abgebrochen: stop was set.
        DateiFehler: what the child reported, or LESEN-ZEIT, LESEN-SPEICHER, LESEN-ABSTURZ.
    """
    if stop is not None and stop.is_set():
        raise fehler.Abgebrochen("Das Einlesen wurde abgebrochen.")
    with _start(modul or _MODUL) as kind:
        auftrag = auftrag | rest()
        waechter = _Waechter(kind, sekunden, stop)
        try:
            _send(kind, auftrag)
            fertig = _listen(cast("BinaryIO", kind.stdout), empfange)
        finally:
            waechter.end()
    if waechter.grund == "stop":
        raise fehler.Abgebrochen("Das Einlesen wurde abgebrochen.")
    if not fertig:
        raise _explain(auftrag["name"], waechter, sekunden)


def _start(modul: str) -> subprocess.Popen[bytes]:
    # -P: a random.py beside the planner's files must not be imported. -S: paths come from this process; by argument,
    # because the embeddable Python of Windows ignores PYTHONPATH.
    pfade = [str(Path(fehler.__file__).resolve().parent.parent), *filter(None, sys.path)]
    befehl = [sys.executable, "-P", "-S", "-X", "utf8", "-c", _ANLAUF, modul, *dict.fromkeys(pfade)]
    umgebung = {**os.environ, "RUST_BACKTRACE": "0"}
    kein_fenster = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows: no console may flash up

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            befehl,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=umgebung,
            creationflags=kein_fenster,
        )

    try:
        return _try_again(start)
    except OSError as ursache:
        raise fehler.DateiUnlesbar(
            f"Das Leseprogramm ließ sich nicht starten ({fehler.grund_of(ursache)}).",
            "Bitte die IT fragen, ob sie den Start von python.exe aus dem Programmordner sperrt.",
            "LESEN-START",
        ) from ursache


def _try_again(start: Callable[[], subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    """Start it, again after a moment where a busy system refused; what is forbidden or missing stays so."""
    for pause in _PAUSEN:
        try:
            return start()
        except (PermissionError, FileNotFoundError):
            raise
        except OSError:
            time.sleep(pause)
    return start()


def _send(kind: subprocess.Popen[bytes], auftrag: dict[str, Any]) -> None:
    eingang = cast("BinaryIO", kind.stdin)
    try:
        # It stays open: the child ends itself when it is closed, which the system does when this process dies.
        protokoll.write_frame(eingang, protokoll.AUFTRAG, auftrag)
    except OSError:
        # The child is gone already; its exit code says more than the broken pipe. Closed here, because the rest of the job
        # is still in the buffer and would break the pipe once more when the child is taken down.
        with contextlib.suppress(OSError):
            eingang.close()


def _read_frames(ausgang: BinaryIO) -> Iterator[tuple[int, Any]]:
    """Yield the frames; a thread waits for them, because Ctrl+C does not interrupt a waiting read on Windows."""
    ankunft: queue.SimpleQueue[tuple[int, Any] | BaseException | None] = queue.SimpleQueue()

    def read() -> None:
        try:
            while (rahmen := protokoll.read_frame(ausgang)) is not None:
                ankunft.put(rahmen)
            ankunft.put(None)
        except BaseException as ursache:  # noqa: BLE001 - raised again below, in the thread that asked
            ankunft.put(ursache)

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            rahmen = ankunft.get(timeout=_ATEM)
        except queue.Empty:
            continue
        if isinstance(rahmen, BaseException):
            raise rahmen
        if rahmen is None:
            return
        yield rahmen


def _listen(ausgang: BinaryIO, empfange: Callable[[int, Any], None]) -> bool:
    for art, inhalt in _read_frames(ausgang):
        if art == protokoll.FEHLER:
            name, meldung, abhilfe, code = inhalt
            raise _ERLAUBTE_FEHLER.get(name, fehler.DateiUnlesbar)(meldung, abhilfe, code)
        empfange(art, inhalt)
        if art == protokoll.FERTIG:
            return True
    return False


class _Waechter:
    """Ends the child on stop or on time, and keeps the first words of its complaint."""

    def __init__(self, kind: subprocess.Popen[bytes], sekunden: float, stop: threading.Event | None) -> None:
        self._kind = kind
        self._ende = time.monotonic() + sekunden
        self._stop = stop
        self._vorbei = threading.Event()
        self.grund = ""
        self.worte = b""
        self._faeden = [threading.Thread(target=ziel, daemon=True) for ziel in (self._watch, self._drain)]
        for faden in self._faeden:
            faden.start()

    def _watch(self) -> None:
        while not self._vorbei.wait(_TAKT):
            if self._stop is not None and self._stop.is_set():
                self.grund = "stop"
            elif time.monotonic() > self._ende:
                self.grund = "zeit"
            if self.grund:
                self._kind.kill()
                return

    def _drain(self) -> None:
        strom = cast("IO[bytes]", self._kind.stderr)
        while stueck := strom.read1(_ERSTE_WORTE):  # type: ignore[attr-defined]  # a pipe is a BufferedReader
            self.worte = (self.worte + stueck)[:_ERSTE_WORTE]

    def end(self) -> None:
        """Take the child down whatever it does, and wait for both threads."""
        self._vorbei.set()
        self._faeden[0].join()
        self._kind.kill()
        self._kind.wait()
        self._faeden[1].join()


def _explain(name: str, waechter: _Waechter, sekunden: float) -> fehler.DateiUnlesbar:
    if waechter.grund == "zeit":
        return fehler.DateiUnlesbar(
            f"„{name}“ war nach {sekunden:.0f} Sekunden noch nicht gelesen; das Lesen wurde beendet.",
            "In Excel öffnen, nur die nötigen Blätter in eine neue Mappe kopieren und diese einlesen.",
            "LESEN-ZEIT",
        )
    if b"memory" in waechter.worte.lower():
        return speicher_fehler(name)
    return fehler.DateiUnlesbar(
        f"„{name}“ ist beschädigt: das Leseprogramm ist daran gescheitert.",
        "In Excel öffnen, neu als xlsx speichern und noch einmal einlesen – oder den Absender um eine neue Datei bitten.",
        "LESEN-ABSTURZ",
    )


def speicher_fehler(name: str) -> fehler.DateiUnlesbar:
    """Build the message for a file that asks for too much memory."""
    return fehler.DateiUnlesbar(
        f"„{name}“ verlangt mehr Speicher, als das Lesen einer Datei bekommen darf.",
        "Die Datei ist sehr groß oder beschädigt. In Excel öffnen, nur die nötigen Blätter als neue xlsx speichern.",
        "LESEN-SPEICHER",
    )
