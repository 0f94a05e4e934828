"""The container of legacy Office files: find one stream in it. Layout: [MS-CFB], sections 2.2–2.6.

Every chain is bounded by the size of the file, so that a damaged one ends. Runs in the child process (no attrs here).
"""

from __future__ import annotations

import struct

OLE_ANFANG = bytes.fromhex("D0CF11E0A1B11AE1")
"""The first bytes of such a file."""

_ENDE = 0xFFFF_FFFA
"""Sector numbers from here on are marks, not sectors."""


def read_stream(inhalt: bytes, *namen: str) -> bytes | None:
    """Return the first stream with one of these names (regardless of case); None when there is none or it is broken."""
    try:
        return _Behaelter(inhalt).read({name.casefold() for name in namen})
    except (struct.error, IndexError, ValueError, OverflowError):
        return None


class _Behaelter:
    def __init__(self, inhalt: bytes) -> None:
        self._inhalt = inhalt
        gross, klein = struct.unpack_from("<HH", inhalt, 30)
        if gross not in (9, 12) or klein != 6:
            raise ValueError(gross)
        self._sektor = 1 << gross
        self._hoechstens = len(inhalt) // self._sektor + 1
        self._fat = self._read_fat()
        verzeichnis = struct.unpack_from("<I", inhalt, 48)[0]
        self._eintraege = self._chain(verzeichnis)
        self._grenze = struct.unpack_from("<I", inhalt, 56)[0]

    def _at(self, nummer: int) -> bytes:
        anfang = (nummer + 1) * self._sektor
        return self._inhalt[anfang : anfang + self._sektor]

    def _read_fat(self) -> list[int]:
        sektoren = list(struct.unpack_from("<109I", self._inhalt, 76))
        weiter, anzahl = struct.unpack_from("<II", self._inhalt, 68)
        for _ in range(min(anzahl, self._hoechstens)):
            if weiter >= _ENDE:
                break
            teil = self._at(weiter)
            *mehr, weiter = struct.unpack(f"<{len(teil) // 4}I", teil)
            sektoren += mehr
        fat: list[int] = []
        for nummer in sektoren[: self._hoechstens]:
            if nummer < _ENDE:
                teil = self._at(nummer)
                fat += struct.unpack(f"<{len(teil) // 4}I", teil[: len(teil) // 4 * 4])
        return fat

    def _chain(self, nummer: int) -> bytes:
        teile: list[bytes] = []
        while nummer < _ENDE and len(teile) <= self._hoechstens:
            teile.append(self._at(nummer))
            nummer = self._fat[nummer]
        return b"".join(teile)

    def read(self, namen: set[str]) -> bytes | None:
        """Find a stream in the directory; small ones lie in the mini stream of the root entry."""
        wurzel = self._eintraege[:128]
        for stelle in range(0, len(self._eintraege) - 127, 128):
            eintrag = self._eintraege[stelle : stelle + 128]
            laenge = struct.unpack_from("<H", eintrag, 64)[0]
            name = eintrag[: max(0, min(laenge, 64) - 2)].decode("utf-16-le", "replace").casefold()
            if name in namen and eintrag[66] == 2:
                anfang, groesse = struct.unpack_from("<II", eintrag, 116)
                if groesse >= self._grenze:
                    return self._chain(anfang)[:groesse]
                return self._read_mini(struct.unpack_from("<I", wurzel, 116)[0], anfang, groesse)
        return None

    def _read_mini(self, wurzel: int, nummer: int, groesse: int) -> bytes:
        vorrat = self._chain(wurzel)
        daten = self._chain(struct.unpack_from("<I", self._inhalt, 60)[0])
        fat = struct.unpack(f"<{len(daten) // 4}I", daten)
        teile: list[bytes] = []
        while nummer < _ENDE and len(teile) <= groesse // 64:
            teile.append(vorrat[nummer * 64 : nummer * 64 + 64])
            nummer = fat[nummer]
        return b"".join(teile)[:groesse]
