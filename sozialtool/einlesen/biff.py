"""Error cells, number formats, hidden rows and columns of a legacy .xls (BIFF5 and BIFF8).

Layout: [MS-XLS] sections 2.4 (records) and 2.5.198.2 (error codes). Values come from python-calamine; comments are
not read. Runs in the child process (no attrs here).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from typing import Any

from sozialtool.einlesen.blattxml import empty_zusatz
from sozialtool.einlesen.ole import OLE_ANFANG, read_stream
from sozialtool.einlesen.paket import EINGEBAUT
from sozialtool.einlesen.zahlformat import is_interesting, show_zahl

_BOF, _EOF, _BOUNDSHEET, _FILEPASS = 0x0809, 0x000A, 0x0085, 0x002F
_FORMAT, _XF, _ROW, _COLINFO = 0x041E, 0x00E0, 0x0208, 0x007D
_BOOLERR, _FORMULA, _NUMBER, _RK, _MULRK = 0x0205, 0x0006, 0x0203, 0x027E, 0x00BD
_BIFF8 = 0x0600
_Tun = Callable[[dict[str, Any], bytes, dict[int, str]], None]
_FEHLER = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read_workbook(inhalt: bytes) -> bytes:
    """Return the workbook stream of an .xls; the bytes themselves when they are not in a container; b"" if broken."""
    return (read_stream(inhalt, "Workbook", "Book") or b"") if inhalt.startswith(OLE_ANFANG) else inhalt


def is_encrypted(strom: bytes) -> bool:
    """Whether a workbook stream carries the record FilePass."""
    return any(art == _FILEPASS for art, _ in _records(strom, 0))


def scan_xls(strom: bytes) -> dict[str, dict[str, Any]]:
    """Collect the extras of each sheet, by name."""
    kopf = _Kopf()
    try:
        for art, daten in _records(strom, 0):
            kopf.take(art, daten)
    except (struct.error, IndexError, ValueError):
        return {}
    formate = kopf.formate()
    return {name: _scan_sheet(strom, anfang, formate) for name, anfang in kopf.blaetter}


def _records(strom: bytes, stelle: int) -> Iterator[tuple[int, bytes]]:
    """Walk over the records of one substream, up to its end mark."""
    tiefe = 0
    while stelle + 4 <= len(strom):
        art, laenge = struct.unpack_from("<HH", strom, stelle)
        yield art, strom[stelle + 4 : stelle + 4 + laenge]
        stelle += 4 + laenge
        tiefe += (art == _BOF) - (art == _EOF)
        if art == _EOF and tiefe <= 0:
            return


class _Kopf:
    """What the first substream says: sheets and number formats."""

    def __init__(self) -> None:
        self.blaetter: list[tuple[str, int]] = []
        self._neu = True
        self._codes: dict[int, str] = {}
        self._stile: list[int] = []

    def take(self, art: int, daten: bytes) -> None:
        if art == _BOF:
            self._neu = struct.unpack_from("<H", daten)[0] == _BIFF8
        elif art == _BOUNDSHEET:
            name = (
                _text(daten[8:], daten[6], daten[7])
                if self._neu
                else daten[7 : 7 + daten[6]].decode("cp1252", "replace")
            )
            self.blaetter.append((name, struct.unpack_from("<I", daten)[0]))
        elif art == _FORMAT:
            nummer, laenge = struct.unpack_from("<HH" if self._neu else "<HB", daten)
            code = (
                _text(daten[5:], laenge, daten[4]) if self._neu else daten[3 : 3 + laenge].decode("cp1252", "replace")
            )
            self._codes[nummer] = code
        elif art == _XF:
            self._stile.append(struct.unpack_from("<H", daten, 2)[0])

    def formate(self) -> dict[int, str]:
        """Number of a cell style → its format code, where that can show something else than the value."""
        codes = {**EINGEBAUT, **self._codes}
        return {stil: codes[nummer] for stil, nummer in enumerate(self._stile) if is_interesting(codes.get(nummer, ""))}


def _text(daten: bytes, laenge: int, schalter: int) -> str:
    if schalter & 1:
        return daten[: 2 * laenge].decode("utf-16-le", "replace")
    return daten[:laenge].decode("latin-1")


def _scan_sheet(strom: bytes, anfang: int, formate: dict[int, str]) -> dict[str, Any]:
    zusatz = empty_zusatz()
    tun: dict[int, _Tun] = {_ROW: _row, _COLINFO: _colinfo, _BOOLERR: _boolerr, _FORMULA: _formula}
    if formate:
        tun |= {_NUMBER: _number, _RK: _rk, _MULRK: _mulrk}
    try:
        for art, daten in _records(strom, anfang):
            if art in tun:
                tun[art](zusatz, daten, formate)
    except (struct.error, IndexError, ValueError):
        # Damaged behind what was seen; python-calamine judges the values itself.
        return zusatz
    return zusatz


def _row(zusatz: dict[str, Any], daten: bytes, _: dict[int, str]) -> None:
    if daten[12] & 0x20:
        zusatz["verborgene_zeilen"].append(struct.unpack_from("<H", daten)[0])


def _colinfo(zusatz: dict[str, Any], daten: bytes, _: dict[int, str]) -> None:
    von, bis = struct.unpack_from("<HH", daten)
    if daten[8] & 1:
        zusatz["verborgene_spalten"].extend(range(von, min(bis, 255) + 1))


def _boolerr(zusatz: dict[str, Any], daten: bytes, _: dict[int, str]) -> None:
    if daten[7]:
        zusatz["fehler"][struct.unpack_from("<HH", daten)] = _FEHLER.get(daten[6], "#N/A")


def _formula(zusatz: dict[str, Any], daten: bytes, formate: dict[int, str]) -> None:
    zeile, spalte, stil = struct.unpack_from("<HHH", daten)
    if daten[12:14] != b"\xff\xff":
        _show(zusatz, (zeile, spalte), formate.get(stil), struct.unpack_from("<d", daten, 6)[0])
    elif daten[6] == 2:
        zusatz["fehler"][(zeile, spalte)] = _FEHLER.get(daten[8], "#N/A")


def _number(zusatz: dict[str, Any], daten: bytes, formate: dict[int, str]) -> None:
    zeile, spalte, stil, zahl = struct.unpack_from("<HHHd", daten)
    _show(zusatz, (zeile, spalte), formate.get(stil), zahl)


def _rk(zusatz: dict[str, Any], daten: bytes, formate: dict[int, str]) -> None:
    zeile, spalte, stil, roh = struct.unpack_from("<HHHI", daten)
    _show(zusatz, (zeile, spalte), formate.get(stil), _from_rk(roh))


def _mulrk(zusatz: dict[str, Any], daten: bytes, formate: dict[int, str]) -> None:
    zeile, spalte = struct.unpack_from("<HH", daten)
    for nummer in range((len(daten) - 6) // 6):
        stil, roh = struct.unpack_from("<HI", daten, 4 + 6 * nummer)
        _show(zusatz, (zeile, spalte + nummer), formate.get(stil), _from_rk(roh))


def _from_rk(roh: int) -> float:
    """Unpack a number of four bytes ([MS-XLS] 2.5.217): integer or upper half of a double, maybe in hundredths."""
    if roh & 2:
        zahl = float((roh >> 2) - (1 << 30 if roh & 0x8000_0000 else 0))
    else:
        zahl = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", roh & 0xFFFF_FFFC))[0]
    return zahl / 100 if roh & 1 else zahl


def _show(zusatz: dict[str, Any], ort: tuple[int, int], code: str | None, zahl: float) -> None:
    gezeigt = show_zahl(zahl, code) if code else None
    if gezeigt is not None:
        zusatz["angezeigt"][ort] = gezeigt
