"""A huge text file of people, read piece by piece: never more than a few thousand rows are in memory.

Runs in the reading child process. Encoding and separator are found as for every text file (`csvdatei`).
"""

from __future__ import annotations

import codecs
import csv
import hashlib
from itertools import islice
from pathlib import Path

from sozialtool.einlesen.csvdatei import find_trenner, find_zeichensatz
from sozialtool.einlesen.register.zaehlen import Zaehlung
from sozialtool.fehler import DateiUnlesbar

AB = 16 * 1024 * 1024
"""Bytes from which a text file is read piece by piece."""
_BLOCK = 4 * 1024 * 1024
_ZEILEN = 50_000
_FELD = 100_000
"""A cell that long means that a quotation mark is never closed."""


def count_strom(
    pfad: Path, name: str, zaehlung: Zaehlung, leseart: tuple[str, str, str] | None
) -> tuple[str, tuple[str, str, str]]:
    """Count the people of a text file.

    Args:
        pfad: the file.
        name: what it is called in messages.
        zaehlung: takes the rows.
        leseart: (zeichensatz, trenner, dezimal), or None to find out.

    Returns:
        SHA-256, leseart as used.

    Raises:
        DateiUnlesbar: CSV-ANFUEHRUNG, a quotation mark is never closed.
        LookupError: the encoding asked for does not exist.
    """
    pruefsumme, zeichensatz, kopf = _look(pfad)
    zeichensatz = leseart[0] if leseart else zeichensatz
    trenner = leseart[1] if leseart else find_trenner(kopf.decode(zeichensatz, "replace").removeprefix("\ufeff"))
    csv.field_size_limit(_FELD)
    erste = 1
    with pfad.open(encoding=zeichensatz, errors="replace", newline="") as strom:
        leser = csv.reader((zeile.replace("\0", "") for zeile in strom), delimiter=trenner)
        breite = 0
        try:
            while stueck := list(islice(leser, _ZEILEN)):
                breite = breite or max(map(len, stueck))
                rechteck = [(z + [""] * (breite - len(z)))[:breite] if len(z) != breite else z for z in stueck]
                if erste > 1:
                    zaehlung.add_zeilen(name, rechteck, erste)
                elif not zaehlung.add_blatt(name, rechteck):
                    break
                erste += len(stueck)
        except csv.Error:
            # Its own words and the row stay here: they could quote a cell.
            raise DateiUnlesbar(
                f"In „{name}“ wird hinter Zeile {erste} ein Anführungszeichen nie geschlossen.",
                "Den Absender um eine neue Datei bitten.", "CSV-ANFUEHRUNG",
            ) from None  # fmt: skip
        verschluckt = leser.line_num - (erste - 1)
    if verschluckt:
        zaehlung.note_umbrueche(name, verschluckt)
    return pruefsumme, (zeichensatz, trenner, ",")


def _look(pfad: Path) -> tuple[str, str, bytes]:
    """Return SHA-256, encoding and the beginning; the first block that is no UTF-8 decides about the encoding."""
    summe = hashlib.sha256()
    pruefer = codecs.getincrementaldecoder("utf-8")()
    kopf, zeichensatz = b"", ""
    with pfad.open("rb") as strom:
        while block := strom.read(_BLOCK):
            summe.update(block)
            if not kopf:
                kopf = block[: block.rfind(b"\n") + 1] or block
                gefunden = find_zeichensatz(kopf)
                zeichensatz = "" if gefunden == "utf-8" else gefunden
            if not zeichensatz:
                try:
                    pruefer.decode(block)
                except UnicodeDecodeError:
                    zeichensatz = find_zeichensatz(block)
    return summe.hexdigest(), zeichensatz or "utf-8", kopf
