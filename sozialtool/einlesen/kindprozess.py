"""The child process that reads one foreign file: `python -m sozialtool.einlesen.kindprozess`.

The job comes as a frame on standard input, the answer leaves as frames on standard output (`protokoll`). It starts
quickly because it imports neither attrs nor any heavy library, and it limits itself before it opens anything.
"""

from __future__ import annotations

import gc
import io
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from sozialtool.einlesen import protokoll
from sozialtool.einlesen.dateiart import damaged_error, detect_art, is_huge_text
from sozialtool.einlesen.schranken import limit_process
from sozialtool.fehler import DateiFehler, DateiUnlesbar
from sozialtool.orte import explain_os_error

if TYPE_CHECKING:
    from sozialtool.einlesen.register.zaehlen import Zaehlung

_ZELLEN_JE_RAHMEN = 50_000
_MEGABYTE = 1_000_000

T = TypeVar("T")
Sende = Callable[[int, object], None]
Begin = Callable[[dict[str, Any]], "Zaehlung"]


def main(begin: Begin | None = None) -> int:
    """Read one job, answer it, return the exit code; `begin` makes what counts the people of a huge text file."""
    kanal = sys.stdout.buffer
    sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")  # nothing else may reach the channel
    rahmen = protokoll.read_frame(sys.stdin.buffer)
    if rahmen is None:
        return 2
    auftrag = rahmen[1]
    threading.Thread(target=_end_with_parent, daemon=True).start()
    limit_process(auftrag["speicher"], auftrag["sekunden"])
    gc.disable()  # millions of small values without cycles
    try:
        run(auftrag, kanal, begin)
    except DateiFehler as fehler:
        _report(kanal, fehler)
    except OSError as ursache:
        # Between the parent's look and ours the file went away or was locked.
        _report(kanal, explain_os_error(Path(auftrag["pfad"]), ursache))
    except MemoryError:
        # Said in words, because the parent looks for them: building a frame could fail again.
        sys.stderr.write("memory\n")
        return 1
    return 0


def _end_with_parent() -> None:
    """End when the parent is gone, also when it was killed: then the system closes its end of the pipe."""
    while sys.stdin.buffer.read(1):
        continue
    os._exit(3)


def _report(kanal: BinaryIO, fehler: DateiFehler) -> None:
    inhalt = (type(fehler).__name__, fehler.meldung, fehler.abhilfe, fehler.code)
    protokoll.write_frame(kanal, protokoll.FEHLER, inhalt)


def run(auftrag: dict[str, Any], kanal: BinaryIO, begin: Begin | None = None) -> None:
    """Read the file of a job and send its sheets.

    Args:
        auftrag: pfad, name, speicher (bytes), sekunden, zellen, entpackt (bytes), leseart (three texts or None); with
            `register` (the plan of `register.zaehlen.Zaehlung`) no cell is sent, only what was counted.
        kanal: where the frames go.
        begin: makes what counts the people of a huge text file from the plan; `Zaehlung` when none is given.

    Raises:
        DateiFehler: the file cannot be read at all.
    """
    name = auftrag["name"]

    def send(rahmen: int, werte: object) -> None:
        protokoll.write_frame(kanal, rahmen, werte)

    if auftrag.get("register") is not None and is_huge_text(Path(auftrag["pfad"])):
        send(protokoll.FERTIG, _count_strom(auftrag, send, begin))
        return
    inhalt = Path(auftrag["pfad"]).read_bytes()
    pruefsumme = _beside(lambda: _sum_up(inhalt))
    art = detect_art(name, inhalt, auftrag["entpackt"])
    if auftrag.get("register") is not None:
        lies = _count_text if art == "text" else _count_mappe
    else:
        lies = _send_text if art == "text" else _send_mappe
    fertig = lies(auftrag, art, inhalt, send)
    send(protokoll.FERTIG, {"pruefsumme": pruefsumme(), **fertig})


def _send_mappe(auftrag: dict[str, Any], art: str, inhalt: bytes, sende: Sende) -> dict[str, Any]:
    from sozialtool.einlesen.mappe import Mappe

    mappe = Mappe(auftrag["name"], art, inhalt, auftrag["zellen"])
    gut = anzahl = 0
    for blatt, sichtbar, zeilen, zusatz in mappe.blaetter():
        anzahl += 1
        gut += all(befund[0] != "BLATT-UNLESBAR" for befund in zusatz["befunde"])
        send_blatt(sende, blatt, zeilen, {**zusatz, "sichtbar": sichtbar})
        sende(protokoll.FORTSCHRITT, (anzahl, mappe.anzahl, blatt))
    if not anzahl:
        raise DateiUnlesbar(
            f"„{auftrag['name']}“ enthält kein Blatt mit Zellen.", "Die Datei in Excel ansehen.", "LESEN-OHNE-BLATT"
        )
    if not gut:
        raise damaged_error(auftrag["name"], mappe.grund)
    return {"format": art, "leseart": None}


def _count_strom(auftrag: dict[str, Any], sende: Sende, begin: Begin | None) -> dict[str, Any]:
    from sozialtool.einlesen.register.strom import count_strom
    from sozialtool.einlesen.register.zaehlen import Zaehlung

    leseart = tuple(auftrag["leseart"]) if auftrag["leseart"] else None
    name = Path(auftrag["name"]).stem

    def melde(gelesen: int, gesamt: int) -> None:
        sende(protokoll.FORTSCHRITT, (gelesen // _MEGABYTE, gesamt // _MEGABYTE, name))

    def start() -> Zaehlung:
        return (begin or Zaehlung)(auftrag["register"])

    try:
        zaehlung, pruefsumme, leseart = count_strom(Path(auftrag["pfad"]), name, start, leseart, melde)
    except LookupError as ursache:
        raise _no_zeichensatz(auftrag["leseart"][0]) from ursache
    return {"pruefsumme": pruefsumme, "format": "csv", "leseart": leseart, **zaehlung.build()}


def _count_mappe(auftrag: dict[str, Any], art: str, inhalt: bytes, sende: Sende) -> dict[str, Any]:
    from sozialtool.einlesen.mappe import Mappe

    mappe = Mappe(auftrag["name"], art, inhalt, auftrag["zellen"], mit_zusaetzen=False)
    bereit = _beside(lambda: _begin_zaehlung(auftrag))
    befunde = []
    for nummer, (blatt, _, zeilen, zusatz) in enumerate(mappe.blaetter(), 1):
        befunde += [(code, schwere, blatt, *rest) for code, schwere, *rest in zusatz["befunde"]]
        bereit().add_blatt(blatt, zeilen)
        sende(protokoll.FORTSCHRITT, (nummer, mappe.anzahl, blatt))
    ergebnis = bereit().build()
    return {"format": art, "leseart": None, **ergebnis, "befunde": [*befunde, *ergebnis["befunde"]]}


def _begin_zaehlung(auftrag: dict[str, Any]) -> Zaehlung:
    from sozialtool.einlesen.register.zaehlen import Zaehlung

    return Zaehlung(auftrag["register"])


def _sum_up(inhalt: bytes) -> str:
    import hashlib

    return hashlib.sha256(inhalt).hexdigest()


def _beside(tue: Callable[[], T]) -> Callable[[], T]:
    """Do something while python-calamine parses, which does not hold Python's lock; return a function that waits for it."""
    ergebnis: list[T | BaseException] = []

    def run() -> None:
        try:
            ergebnis.append(tue())
        except BaseException as pech:  # noqa: BLE001 - raised again below, in the thread that waits for it
            ergebnis.append(pech)

    faden = threading.Thread(target=run, daemon=True)
    faden.start()

    def wait() -> T:
        faden.join()
        if isinstance(ergebnis[0], BaseException):
            raise ergebnis[0]
        return ergebnis[0]

    return wait


def _count_text(auftrag: dict[str, Any], _: str, inhalt: bytes, sende: Sende) -> dict[str, Any]:
    from sozialtool.einlesen.register.zaehlen import Zaehlung

    zaehlung = Zaehlung(auftrag["register"])
    gelesen = _read_text(auftrag, inhalt)
    name = Path(auftrag["name"]).stem
    zaehlung.add_blatt(name, gelesen["zeilen"])
    sende(protokoll.FORTSCHRITT, (1, 1, name))
    ergebnis = zaehlung.build()
    befunde = [(code, schwere, name, *rest) for code, schwere, *rest in gelesen["befunde"]]
    return {"format": "csv", "leseart": gelesen["leseart"], **ergebnis, "befunde": [*befunde, *ergebnis["befunde"]]}


def _send_text(auftrag: dict[str, Any], _: str, inhalt: bytes, sende: Sende) -> dict[str, Any]:
    from sozialtool.einlesen.blattxml import empty_zusatz

    gelesen = _read_text(auftrag, inhalt)
    zusatz = {**empty_zusatz(), "befunde": gelesen["befunde"], "sichtbar": True}
    send_blatt(sende, Path(auftrag["name"]).stem, gelesen["zeilen"], zusatz)
    return {"format": "csv", "leseart": gelesen["leseart"]}


def _read_text(auftrag: dict[str, Any], inhalt: bytes) -> dict[str, Any]:
    from sozialtool.einlesen.csvdatei import read_csv

    leseart = auftrag["leseart"]
    try:
        return read_csv(inhalt, tuple(leseart) if leseart else None, auftrag["zellen"])
    except LookupError as ursache:
        raise _no_zeichensatz(leseart[0]) from ursache


def _no_zeichensatz(name: str) -> DateiUnlesbar:
    return DateiUnlesbar(
        f"Einen Zeichensatz „{name}“ gibt es nicht.", "Zum Beispiel utf-8 oder cp1252 angeben.", "LESEN-ZEICHENSATZ"
    )


def send_blatt(sende: Sende, name: str, zeilen: list[list[Any]], zusatz: dict[str, Any]) -> None:
    """Send one sheet column by column: a column of one type is packed fastest, and the parent unpacks meanwhile."""
    hoehe, breite = len(zeilen), len(zeilen[0]) if zeilen else 0
    sende(protokoll.BLATT, (name, hoehe, breite))
    stapel: list[tuple[bool, Any]] = []
    for roh in zip(*zeilen, strict=True):
        spalte = tuple([None if wert == "" else wert for wert in roh]) if "" in roh else roh
        stapel.append(protokoll.pack_spalte(spalte))
        if len(stapel) * hoehe >= _ZELLEN_JE_RAHMEN:
            sende(protokoll.SPALTEN, stapel)
            stapel = []
    if stapel:
        sende(protokoll.SPALTEN, stapel)
    sende(protokoll.BLATT_ENDE, zusatz)


def leave(rueckgabe: int) -> None:
    """End the process without taking millions of values apart first."""
    sys.stderr.flush()
    os._exit(rueckgabe)


if __name__ == "__main__":
    leave(main())
