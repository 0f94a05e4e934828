"""A map as a vector picture (Enhanced Metafile), which Excel, Word and LibreOffice print sharp at any size.

Records after Microsoft's open specification [MS-EMF], revision 18. One unit is a hundredth of a millimetre. No picture library is
needed, and the same map gives the same bytes on every system.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Sequence

import attrs

from sozialtool.ausgabe.schrift import breite as textbreite
from sozialtool.fach.karte import Punkt, compute_mitte

MILLIMETER = 100
"""Units of the picture per millimetre."""
_PUNKT = 25.4 / 72 * MILLIMETER
_FELD = 96 / 72
"""Pixels of the screen per point of print, the unit of `schrift.breite`."""


@attrs.frozen
class Flaeche:
    """One area of the map: rings in metres, fill colour "#RRGGBB", lines of text at its middle (the first is bold)."""

    ringe: tuple[tuple[Punkt, ...], ...]
    farbe: str
    text: tuple[str, ...] = ()


@attrs.frozen
class Kartenbild:
    """The finished picture: bytes of an .emf file, width and height in millimetres."""

    inhalt: bytes
    breite: float
    hoehe: float


def draw_karte(
    flaechen: Sequence[Flaeche], breite: float, hoehe: float, *, schrift: str, groesse: float = 8.0
) -> Kartenbild:
    """Draw areas into a box of at most `breite` × `hoehe` millimetres, north up, in true proportion.

    Args:
        flaechen: at least one with a ring.
        breite: millimetres at most.
        hoehe: millimetres at most.
        schrift: name of the font, as in the workbook.
        groesse: points of the labels.

    Raises:
        ValueError: nothing to draw.
    """
    punkte = [p for flaeche in flaechen for ring in flaeche.ringe for p in ring]
    if not punkte:
        raise ValueError("no outline")
    links, rechts = min(x for x, _ in punkte), max(x for x, _ in punkte)
    unten, oben = min(y for _, y in punkte), max(y for _, y in punkte)
    rand = 1.0
    mass = min((breite - 2 * rand) / max(rechts - links, 1.0), (hoehe - 2 * rand) / max(oben - unten, 1.0))

    def ort(punkt: Punkt) -> tuple[int, int]:
        return (
            round((rand + (punkt[0] - links) * mass) * MILLIMETER),
            round((rand + (oben - punkt[1]) * mass) * MILLIMETER),
        )

    bild = _Metafile((rechts - links) * mass + 2 * rand, (oben - unten) * mass + 2 * rand)
    bild.pen(1, "#6B7280", round(0.2 * MILLIMETER))
    farben = {farbe: nummer for nummer, farbe in enumerate(dict.fromkeys(f.farbe for f in flaechen), start=2)}
    for farbe, nummer in farben.items():
        bild.brush(nummer, farbe)
    for flaeche in flaechen:
        bild.select(farben[flaeche.farbe])
        bild.polygons([[ort(punkt) for punkt in ring] for ring in flaeche.ringe if len(ring) >= 3])
    fett, duenn = len(farben) + 2, len(farben) + 3
    bild.font(fett, schrift, groesse, fett=True)
    bild.font(duenn, schrift, groesse, fett=False)
    zeile = groesse * 1.2 * _PUNKT
    for flaeche in flaechen:
        if not flaeche.text or not flaeche.ringe:
            continue
        x, y = ort(compute_mitte(flaeche.ringe))
        oberste = y - zeile * (len(flaeche.text) / 2 - 0.8)
        for nummer, text in enumerate(flaeche.text):
            bild.select(duenn if nummer else fett)
            bild.text(x, round(oberste + nummer * zeile), text, groesse, fett=not nummer)
    return bild.finish()


def _rgb(farbe: str) -> int:
    """COLORREF: 0x00BBGGRR."""
    rot, gruen, blau = (int(farbe[i : i + 2], 16) for i in (1, 3, 5))
    return rot | gruen << 8 | blau << 16


class _Metafile:
    """Records in their order; objects are numbered by the caller from 1."""

    def __init__(self, breite: float, hoehe: float) -> None:
        self._mass = (breite, hoehe)
        self._ende = (round(breite * MILLIMETER), round(hoehe * MILLIMETER))
        self._teile: list[bytes] = []
        self._objekte = 0
        self._record(17, struct.pack("<I", 1))  # EMR_SETMAPMODE: MM_TEXT, one unit is one unit of the device
        self._record(18, struct.pack("<I", 1))  # EMR_SETBKMODE: transparent, letters stand on the colour
        self._record(19, struct.pack("<I", 1))  # EMR_SETPOLYFILLMODE: alternate, inner rings are holes
        self._record(22, struct.pack("<I", 6 | 24))  # EMR_SETTEXTALIGN: centre, base line
        self._record(24, struct.pack("<I", _rgb("#1B1B1B")))  # EMR_SETTEXTCOLOR

    def _record(self, art: int, inhalt: bytes) -> None:
        inhalt += b"\0" * (-len(inhalt) % 4)
        self._teile.append(struct.pack("<II", art, 8 + len(inhalt)) + inhalt)

    def pen(self, nummer: int, farbe: str, dicke: int) -> None:
        """Make the pen of all outlines and take it up."""
        self._record(38, struct.pack("<IIiiI", nummer, 0, dicke, 0, _rgb(farbe)))
        self._made(nummer)
        self.select(nummer)

    def brush(self, nummer: int, farbe: str) -> None:
        """Make a solid brush."""
        self._record(39, struct.pack("<IIII", nummer, 0, _rgb(farbe), 0))
        self._made(nummer)

    def font(self, nummer: int, name: str, groesse: float, *, fett: bool) -> None:
        """Make a font (EMR_EXTCREATEFONTINDIRECTW with a LogFontPanose)."""
        kopf = struct.pack("<iiiii", -round(groesse * _PUNKT), 0, 0, 0, 700 if fett else 400)
        gesicht = name[:31].encode("utf-16-le").ljust(64, b"\0")
        # Character set 1: default; then empty full name and style, version, size of the style, match, reserved, vendor, culture, PANOSE.
        logfont = kopf + bytes((0, 0, 0, 1, 0, 0, 0, 0)) + gesicht
        self._record(82, struct.pack("<I", nummer) + logfont + b"\0" * (128 + 64 + 24 + 12))
        self._made(nummer)

    def _made(self, nummer: int) -> None:
        self._objekte = max(self._objekte, nummer)

    def select(self, nummer: int) -> None:
        """Take up a pen, brush or font."""
        self._record(37, struct.pack("<I", nummer))

    def polygons(self, ringe: list[list[tuple[int, int]]]) -> None:
        """Fill rings together (EMR_POLYPOLYGON)."""
        if not ringe:
            return
        punkte = [p for ring in ringe for p in ring]
        rahmen = (*(min(p[i] for p in punkte) for i in (0, 1)), *(max(p[i] for p in punkte) for i in (0, 1)))
        zahlen = [len(ring) for ring in ringe]
        flach = [wert for punkt in punkte for wert in punkt]
        self._record(
            8,
            struct.pack("<4iII", *rahmen, len(ringe), len(punkte))
            + struct.pack(f"<{len(zahlen)}I", *zahlen)
            + struct.pack(f"<{len(flach)}i", *flach),
        )

    def text(self, x: int, y: int, text: str, groesse: float, *, fett: bool) -> None:
        """Write centred on `x`, base line at `y`; the advance of each letter is measured, as the record demands it."""
        roh = text.encode("utf-16-le")
        anzahl = len(roh) // 2
        einheit = _PUNKT / _FELD
        stellen = [round(textbreite(text[:i], groesse, fett=fett) * einheit) for i in range(len(text) + 1)]
        schritte = [bis - von for von, bis in itertools.pairwise(stellen)]
        schritte += [0] * (anzahl - len(schritte))  # letters beyond the first plane take two units
        polster = roh + b"\0" * (-len(roh) % 4)
        self._record(
            84,
            struct.pack("<4iIff", 0, 0, *self._ende, 1, 1.0, 1.0)
            + struct.pack("<iiIII4iI", x, y, anzahl, 76, 0, 0, 0, -1, -1, 76 + len(polster))
            + polster
            + struct.pack(f"<{anzahl}i", *schritte),
        )

    def finish(self) -> Kartenbild:
        """Put the header before the records."""
        self._record(14, struct.pack("<III", 0, 16, 20))  # EMR_EOF
        rumpf = b"".join(self._teile)
        laenge = 108 + len(rumpf)
        breite, hoehe = self._ende
        kopf = struct.pack("<II4i4i", 1, 108, 0, 0, breite, hoehe, 0, 0, breite, hoehe)
        kopf += struct.pack(
            "<IIIIHHIII", 0x464D4520, 0x10000, laenge, len(self._teile) + 1, self._objekte + 1, 0, 0, 0, 0
        )
        # A device of 100 units per millimetre, an A4 sheet in size: units and hundredths of a millimetre are the same.
        kopf += struct.pack("<iiii", 21000, 29700, 210, 297)
        kopf += struct.pack("<IIIii", 0, 0, 0, 210_000, 297_000)
        return Kartenbild(kopf + rumpf, *self._mass)
