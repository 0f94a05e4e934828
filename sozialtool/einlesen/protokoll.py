"""How the reading child process and its parent talk: length, kind, payload.

The payload is pickled, because nothing else carries dates as cheaply (a column of 37,000 texts or numbers costs about
2 ms in each direction). Unpickling is restricted to the four classes of `datetime`: whatever a hostile file makes of
the child, its answer can build plain values only and cannot execute code in the parent.
"""

from __future__ import annotations

import datetime as dt
import io
import pickle
import struct
from typing import Any, BinaryIO

KOPF = struct.Struct(">IB")
HOECHSTENS = 1 << 31

AUFTRAG = 0
"""dict of plain values, see `kindprozess.run`."""
FORTSCHRITT = 1
"""(done, of, what)"""
BLATT = 2
"""(name, height, width): a sheet begins."""
SPALTEN = 3
"""List of columns packed by `pack_spalte`."""
BLATT_ENDE = 4
"""dict of the extras of the sheet, see `blattxml.empty_zusatz`, and sichtbar."""
FERTIG = 5
"""dict: format, pruefsumme, leseart."""
FEHLER = 6
"""(class name in sozialtool.fehler, meldung, abhilfe, code)"""

_ERLAUBT = {("datetime", name): getattr(dt, name) for name in ("date", "datetime", "time", "timedelta")}


class _Entpacker(pickle.Unpickler):
    """Unpickler that knows four classes of values and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Return an allowed class; raise UnpicklingError for every other."""
        try:
            return _ERLAUBT[(module, name)]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None


def write_frame(kanal: BinaryIO, art: int, inhalt: object) -> None:
    """Send one frame.

    Raises:
        OverflowError: the payload is larger than `HOECHSTENS` bytes.
    """
    daten = pickle.dumps(inhalt, 5)
    if len(daten) > HOECHSTENS:
        raise OverflowError(len(daten))
    kanal.write(KOPF.pack(len(daten), art))
    kanal.write(daten)
    kanal.flush()


def read_frame(kanal: BinaryIO) -> tuple[int, Any] | None:
    """Receive one frame; None when the other side is gone or talks nonsense."""
    kopf = kanal.read(KOPF.size)
    if len(kopf) < KOPF.size:
        return None
    laenge, art = KOPF.unpack(kopf)
    if laenge > HOECHSTENS:
        return None
    daten = kanal.read(laenge)
    if len(daten) < laenge:
        return None
    try:
        return art, _Entpacker(io.BytesIO(daten)).load()
    except (pickle.UnpicklingError, ValueError, TypeError, EOFError, IndexError):
        return None


def pack_spalte(spalte: tuple[Any, ...]) -> tuple[bool, Any]:
    """Prepare a column for sending: days become numbers, because a pickled date costs twenty times as much."""
    probe = spalte[len(spalte) // 2]
    if type(probe) is dt.date and {type(wert) for wert in spalte} <= {dt.date, str, type(None)}:
        return True, [wert.toordinal() if type(wert) is dt.date else wert for wert in spalte]
    return False, spalte


def unpack_spalte(gepackt: tuple[bool, Any]) -> tuple[Any, ...]:
    """Undo `pack_spalte`."""
    tage, spalte = gepackt
    if tage:
        return tuple([dt.date.fromordinal(wert) if type(wert) is int else wert for wert in spalte])
    return spalte  # type: ignore[no-any-return]  # a tuple, as it was sent
