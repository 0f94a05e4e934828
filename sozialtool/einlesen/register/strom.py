"""A huge text file of people, read piece by piece: never more than a few pieces are in memory, and none is written.

Runs in the reading child process. Encoding and separator are found as for every text file (`csvdatei`). A piece ends with
a line; the counter may take it as it is (`Zaehlung.add_text`, an engine does), else it is split into cells here.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from sozialtool.einlesen.csvdatei import find_trenner, find_zeichensatz
from sozialtool.einlesen.register.zaehlen import Stueck, Zaehlung
from sozialtool.fehler import DateiUnlesbar

_ERSTES = 256 * 1024
_BLOCK = 16 * 1024 * 1024
_ZEILE = 64 * 1024 * 1024
"""Bytes without the end of a line after which a file is no list."""
_FELD = 100_000
"""A cell that long means that a quotation mark is never closed."""
_WIE_SIE_SIND = ("utf-8", "utf-8-sig")

Leseart = tuple[str, str, str]
"""(zeichensatz, trenner, dezimal)"""
Melde = Callable[[int, int], None]
"""Called with bytes that were read, of bytes."""


class _Umlesen(Exception):
    def __init__(self, zeichensatz: str) -> None:
        super().__init__(zeichensatz)
        self.zeichensatz = zeichensatz


def count_strom(
    pfad: Path, name: str, begin: Callable[[], Zaehlung], leseart: Leseart | None, melde: Melde | None = None
) -> tuple[Zaehlung, str, Leseart]:
    """Count the people of a text file.

    Args:
        pfad: the file.
        name: what it is called in messages.
        begin: makes an empty Zaehlung; called again when the encoding turns out to be another.
        leseart: how to read, or None to find out.
        melde: told how far it is.

    Returns:
        the Zaehlung with everybody, SHA-256, leseart as used.

    Raises:
        DateiUnlesbar: CSV-ANFUEHRUNG, a quotation mark is never closed; CSV-OHNE-ZEILEN, it has no lines.
        LookupError: the encoding asked for does not exist.
    """
    zeichensatz = leseart[0] if leseart else ""
    while True:
        lauf = _Lauf(pfad, name, begin(), zeichensatz, melde)
        try:
            return lauf.run(leseart)
        except _Umlesen as anders:
            zeichensatz = anders.zeichensatz


class _Lauf:
    """One pass over a file in one encoding."""

    def __init__(self, pfad: Path, name: str, zaehlung: Zaehlung, zeichensatz: str, melde: Melde | None) -> None:
        self._pfad, self._name, self._zaehlung, self._melde = pfad, name, zaehlung, melde
        self._fest = bool(zeichensatz)
        self._zeichensatz = zeichensatz
        self._summe = hashlib.sha256()
        self._trenner = ""
        self._breite = 0
        self._zeile = 1
        self._verschluckt = 0

    def run(self, leseart: Leseart | None) -> tuple[Zaehlung, str, Leseart]:
        with self._pfad.open("rb") as strom:
            stuecke = self._read(strom)
            for stueck in stuecke:
                if not self._trenner:
                    self._trenner = leseart[1] if leseart else find_trenner(stueck.decode("utf-8", "replace"))
                if not self._take(stueck, stuecke):
                    break
            for _ in stuecke:  # the checksum is that of the whole file
                continue
        if self._verschluckt:
            self._zaehlung.note_umbrueche(self._name, self._verschluckt)
        return self._zaehlung, self._summe.hexdigest(), (self._zeichensatz, self._trenner, ",")

    def _read(self, strom: BinaryIO) -> Iterator[bytes]:
        """Yield pieces of whole lines in UTF-8."""
        gesamt, gelesen, rest = self._pfad.stat().st_size, 0, b""
        entziffern: codecs.IncrementalDecoder | None = None
        while block := strom.read(_BLOCK if gelesen else _ERSTES):
            self._summe.update(block)
            if not gelesen:
                self._zeichensatz = self._zeichensatz or find_zeichensatz(block[: block.rfind(b"\n") + 1] or block)
                block = block.removeprefix(codecs.BOM_UTF8) if self._zeichensatz in _WIE_SIE_SIND else block
                if self._zeichensatz not in _WIE_SIE_SIND:
                    entziffern = codecs.getincrementaldecoder(self._zeichensatz)("replace")
            gelesen += len(block)
            if entziffern is not None:
                block = entziffern.decode(block).encode("utf-8", "replace")
            block = block.replace(b"\0", b"") if b"\0" in block else block
            schnitt = block.rfind(b"\n") + 1 or block.rfind(b"\r", 0, len(block) - 1) + 1
            if schnitt:
                yield b"".join((rest, memoryview(block)[:schnitt]))
                rest = block[schnitt:]
                if self._melde is not None:
                    self._melde(min(gelesen, gesamt), gesamt)
                continue
            rest += block
            if len(rest) > _ZEILE:
                raise DateiUnlesbar(
                    f"In „{self._name}“ ist kein Zeilenende zu finden.", "Den Absender um eine neue Datei bitten.",
                    "CSV-OHNE-ZEILEN",
                )  # fmt: skip
        if rest:
            yield rest

    def _take(self, stueck: bytes, weitere: Iterator[bytes]) -> bool:
        """Count one piece (and those into which a cell of it reaches); False when the file lists no people."""
        if self._breite:
            anzahl = self._zaehlung.add_text(self._name, Stueck(stueck, self._breite, self._trenner, self._zeile))
            if anzahl is not None:
                self._zeile += anzahl
                return True
        zeilen = self._split(stueck, weitere)
        erste, self._zeile = self._zeile, self._zeile + len(zeilen)
        if not self._breite:
            self._breite = max(map(len, zeilen), default=0)
            return self._zaehlung.add_blatt(self._name, self._square(zeilen))
        self._zaehlung.add_zeilen(self._name, self._square(zeilen), erste)
        return True

    def _square(self, zeilen: list[list[str]]) -> list[list[str]]:
        breite = self._breite
        return [z if len(z) == breite else (z + [""] * (breite - len(z)))[:breite] for z in zeilen]

    def _split(self, stueck: bytes, weitere: Iterator[bytes]) -> list[list[str]]:
        """Split a piece into rows of cells; while a cell is open at its end, the next piece belongs to it."""
        offen = self._decode(stueck)
        gelesen = 0

        def lines() -> Iterator[str]:
            nonlocal offen, gelesen
            while True:
                for gelesen, zeile in enumerate(offen, 1):  # noqa: B007 - read outside, to see the end of a piece
                    yield zeile
                naechstes = next(weitere, None)
                if naechstes is None:
                    return
                offen = self._decode(naechstes)

        csv.field_size_limit(_FELD)
        leser = csv.reader(lines(), delimiter=self._trenner)
        zeilen: list[list[str]] = []
        try:
            for zeile in leser:
                zeilen.append(zeile)
                if gelesen == len(offen):
                    break
        except csv.Error:
            # Its own words and the row stay here: they could quote a cell.
            raise DateiUnlesbar(
                f"In „{self._name}“ wird hinter Zeile {self._zeile} ein Anführungszeichen nie geschlossen.",
                "Den Absender um eine neue Datei bitten.", "CSV-ANFUEHRUNG",
            ) from None  # fmt: skip
        self._verschluckt += leser.line_num - len(zeilen)
        return zeilen

    def _decode(self, stueck: bytes) -> list[str]:
        """Turn a piece into lines; one that is no UTF-8, though all before it were, names another encoding."""
        try:
            text = stueck.decode("utf-8")
        except UnicodeDecodeError:
            if not self._fest and self._zeichensatz == "utf-8":
                raise _Umlesen(find_zeichensatz(stueck)) from None
            text = stueck.decode("utf-8", "replace")
        return list(io.StringIO(text, newline=""))
