"""Any foreign file becomes a `Rohmappe`: the only door to the bytes of others.

The reading itself happens in a child process with limits (`kindprozess`), because a crafted workbook of two kilobytes
can ask for gigabytes and abort the process that reads it.
"""

from __future__ import annotations

import gc
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

from sozialtool.einlesen import protokoll
from sozialtool.einlesen.aufsicht import run_kind
from sozialtool.einlesen.lesebefunde import describe_blatt, describe_mappe
from sozialtool.einlesen.rohblatt import Bereich, Leseart, Rohblatt, Rohmappe
from sozialtool.fach.quelle import Befund
from sozialtool.fehler import DateiUnlesbar
from sozialtool.orte import explain_os_error, lang

Fortschritt = Callable[[int, int, str], None]
"""(done, of, what)"""


@attrs.frozen
class Grenzen:
    """How much one foreign file may ask for; beyond that reading ends with a German message.

    Attributes:
        sekunden: time for the whole file.
        speicher: bytes of memory of the reading process.
        datei: bytes of the file.
        entpackt: bytes of all its parts when unpacked.
        zellen: cells of the grid of one sheet, empty ones included; more are cut off with a Befund.
    """

    sekunden: float = 120.0
    speicher: int = 1536 * 1024 * 1024
    datei: int = 200 * 1024 * 1024
    entpackt: int = 600 * 1024 * 1024
    zellen: int = 8_000_000


def read_rohmappe(
    pfad: Path | str,
    *,
    leseart: Leseart | None = None,
    grenzen: Grenzen | None = None,
    fortschritt: Fortschritt | None = None,
    stop: threading.Event | None = None,
) -> Rohmappe:
    """Read xlsx, xlsm, xls, xlsb, ods or a text file with separators.

    Args:
        pfad: the file; what it is, is decided by its bytes.
        leseart: how to read a text file, if the planner wants it otherwise than found.
        grenzen: limits on time, memory and size.
        fortschritt: called with (done, of, sheet) after each sheet, in the calling thread.
        stop: when set, reading ends at once.

    Returns:
        all sheets with cells, hidden ones too, and what was found: ZELLE-FEHLER, FORMEL-OHNE-WERT, BLATT-VERBORGEN,
        ZEILE-VERBORGEN, SPALTE-VERBORGEN, RASTER-ABGESCHNITTEN, BLATT-UNLESBAR, DATEI-ENDUNG, CSV-…

    Raises:
        DateiFehlt: LESEN-FEHLT.
        DateiGesperrt: LESEN-GESPERRT.
        DateiUnlesbar: LESEN-LEER, -KENNWORT, -HTML, -KAPUTT, -ZU-GROSS, -ZEIT, -SPEICHER, -ABSTURZ, …
        Abgebrochen: stop was set.
    """
    datei, grenzen = lang(pfad), grenzen or Grenzen()
    sammler = _Sammler(datei.name, fortschritt)
    auftrag = build_auftrag(datei, leseart, grenzen)
    lief = gc.isenabled()
    gc.disable()  # millions of plain values arrive; collecting them meanwhile costs a third of the time
    try:
        run_kind(auftrag, sekunden=grenzen.sekunden, stop=stop, empfange=sammler.take)
    finally:
        if lief:
            gc.enable()
    return sammler.build()


def build_auftrag(datei: Path, leseart: Leseart | None, grenzen: Grenzen) -> dict[str, Any]:
    """Look at the file and write the job for the child process, see `kindprozess.run`; errors as `read_rohmappe`."""
    _check_datei(datei, grenzen)
    return {
        "pfad": str(datei),
        "name": datei.name,
        "speicher": grenzen.speicher,
        "sekunden": grenzen.sekunden,
        "zellen": grenzen.zellen,
        "entpackt": grenzen.entpackt,
        "leseart": attrs.astuple(leseart) if leseart else None,
    }


def _check_datei(datei: Path, grenzen: Grenzen) -> None:
    """Settle in the parent what the operating system says about the file."""
    if datei.name.startswith("~$"):
        raise DateiUnlesbar(
            f"„{datei.name}“ ist nur die Merkdatei, die Excel anlegt, solange eine Mappe offen ist.",
            f"Die Datei „{datei.name[2:]}“ einlesen.",
            "LESEN-FREMD",
        )
    try:
        zustand = datei.stat()
        if stat.S_ISDIR(zustand.st_mode):
            raise DateiUnlesbar(f"„{datei}“ ist ein Ordner.", "Eine Datei darin wählen.", "LESEN-ORDNER")
        if not stat.S_ISREG(zustand.st_mode):
            raise DateiUnlesbar(f"„{datei}“ ist keine gewöhnliche Datei.", "Eine Datei wählen.", "LESEN-FREMD")
        with datei.open("rb") as strom:
            strom.read(1)
    except (OSError, ValueError) as ursache:
        raise explain_os_error(datei, ursache) from ursache
    if zustand.st_size > grenzen.datei:
        raise DateiUnlesbar(
            f"„{datei.name}“ hat {zustand.st_size / 1e6:.0f} MB; gelesen wird bis {grenzen.datei / 1e6:.0f} MB.",
            "In Excel öffnen, nur die nötigen Blätter in eine neue Mappe kopieren und diese einlesen.",
            "LESEN-ZU-GROSS",
        )


class _Sammler:
    """Puts the frames of the child together."""

    def __init__(self, name: str, fortschritt: Fortschritt | None) -> None:
        self._name = name
        self._fortschritt = fortschritt
        self._blaetter: list[Rohblatt] = []
        self._befunde: list[Befund] = []
        self._kopf: tuple[str, int, int] = ("", 0, 0)
        self._spalten: list[tuple[Any, ...]] = []
        self._fertig: dict[str, Any] = {}

    def take(self, art: int, inhalt: Any) -> None:
        """Take one frame."""
        if art == protokoll.BLATT:
            self._kopf, self._spalten = inhalt, []
        elif art == protokoll.SPALTEN:
            self._spalten.extend(map(protokoll.unpack_spalte, inhalt))
        elif art == protokoll.BLATT_ENDE:
            self._end_blatt(inhalt)
        elif art == protokoll.FERTIG:
            self._fertig = inhalt
        elif art == protokoll.FORTSCHRITT and self._fortschritt is not None:
            self._fortschritt(*inhalt)

    def _end_blatt(self, zusatz: dict[str, Any]) -> None:
        name, hoehe, _ = self._kopf
        zeilen = tuple(zip(*self._spalten, strict=True)) if self._spalten else ((),) * hoehe
        self._spalten = []
        blatt = Rohblatt(
            name,
            zeilen,
            tuple(Bereich(*ecken) for ecken in sorted(zusatz["verbunden"])),
            zusatz["fehler"],
            frozenset(zusatz["ohne_wert"]),
            zusatz["angezeigt"],
            frozenset(zusatz["verborgene_zeilen"]),
            frozenset(zusatz["verborgene_spalten"]),
            zusatz["sichtbar"],
            zusatz["kommentare"],
        )
        self._blaetter.append(blatt)
        self._befunde.extend(describe_blatt(blatt, zusatz["befunde"], self._name))

    def build(self) -> Rohmappe:
        """Return the whole file."""
        art = self._fertig["format"]
        angaben = self._fertig["leseart"]
        leseart = Leseart(*angaben) if angaben else None
        befunde = (*describe_mappe(self._name, art), *self._befunde)
        return Rohmappe(self._name, art, self._fertig["pruefsumme"], tuple(self._blaetter), befunde, leseart)
