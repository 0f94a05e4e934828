"""Enhanced Metafiles: vector pictures which Excel, Word and LibreOffice print sharp at any size.

Records after Microsoft's open specification [MS-EMF], revision 18. One unit is a hundredth of a millimetre. No picture library is
needed, and the same drawing gives the same bytes on every system. `Metafile` writes records, `Leinwand` draws in millimetres.
"""

from __future__ import annotations

import enum
import itertools
import struct
from collections.abc import Callable, Sequence

import attrs

from sozialtool.ausgabe.schrift import breite as textbreite

MILLIMETER = 100
"""Units of the picture per millimetre."""
PUNKT = 25.4 / 72 * MILLIMETER
"""Units per point of print."""
_FELD = 96 / 72
"""Pixels of the screen per point of print, the unit of `schrift.breite`."""


@attrs.frozen
class Vektorbild:
    """The finished picture: bytes of an .emf file, width and height in millimetres."""

    inhalt: bytes
    breite: float
    hoehe: float


class Anker(enum.Enum):
    """Where a text stands to its point (EMR_SETTEXTALIGN); always on the base line."""

    LINKS = 0 | 24
    MITTE = 6 | 24
    RECHTS = 2 | 24


def _rgb(farbe: str) -> int:
    """COLORREF: 0x00BBGGRR."""
    rot, gruen, blau = (int(farbe[i : i + 2], 16) for i in (1, 3, 5))
    return rot | gruen << 8 | blau << 16


class Metafile:
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
        kopf = struct.pack("<iiiii", -round(groesse * PUNKT), 0, 0, 0, 700 if fett else 400)
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
        einheit = PUNKT / _FELD
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

    def anker(self, anker: Anker) -> None:
        """Set where the following texts stand to their points."""
        self._record(22, struct.pack("<I", anker.value))

    def textfarbe(self, farbe: str) -> None:
        """Set the colour of the following texts."""
        self._record(24, struct.pack("<I", _rgb(farbe)))

    def linie(self, punkte: Sequence[tuple[int, int]]) -> None:
        """Draw a line through points with the pen that is taken up (EMR_POLYLINE)."""
        rahmen = (*(min(p[i] for p in punkte) for i in (0, 1)), *(max(p[i] for p in punkte) for i in (0, 1)))
        flach = [wert for punkt in punkte for wert in punkt]
        self._record(4, struct.pack("<4iI", *rahmen, len(punkte)) + struct.pack(f"<{len(flach)}i", *flach))

    def finish(self) -> Vektorbild:
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
        return Vektorbild(kopf + rumpf, *self._mass)


Ort = tuple[float, float]
"""Millimetres from the left and from the top."""


class Leinwand:
    """Draws in millimetres; pens, brushes and fonts are made when they are first needed.

    Args:
        breite, hoehe: millimetres.
        schrift: name of the font.
    """

    def __init__(self, breite: float, hoehe: float, schrift: str) -> None:
        self._bild = Metafile(breite, hoehe)
        self._schrift = schrift
        self._nummern: dict[tuple[object, ...], int] = {}
        self._jetzt: dict[str, object] = {"anker": Anker.MITTE, "farbe": "#1B1B1B"}

    def flaeche(self, ecken: Sequence[Ort], farbe: str, rand: str = "", dicke: float = 0.2) -> None:
        """Fill a polygon; its edge has the colour `rand`, its own without one."""
        self._stift(rand or farbe, dicke)
        self._take(("pinsel", farbe), lambda nummer: self._bild.brush(nummer, farbe))
        self._bild.polygons([[_unit(ort) for ort in ecken]])

    def kasten(self, links: float, oben: float, breite: float, hoehe: float, farbe: str, rand: str = "") -> None:
        """Fill a rectangle."""
        rechts, unten = links + breite, oben + hoehe
        self.flaeche([(links, oben), (rechts, oben), (rechts, unten), (links, unten)], farbe, rand)

    def linie(self, punkte: Sequence[Ort], farbe: str, dicke: float = 0.2) -> None:
        """Draw a line through at least two points."""
        self._stift(farbe, dicke)
        self._bild.linie([_unit(ort) for ort in punkte])

    def gestrichelt(self, von: Ort, bis: Ort, farbe: str, dicke: float = 0.2, strich: float = 1.2) -> None:
        """Draw a dashed line; a pen of Windows dashes only at the width of one unit."""
        laenge = max(abs(bis[0] - von[0]), abs(bis[1] - von[1]))
        anzahl = max(1, round(laenge / strich))
        for nummer in range(0, anzahl, 2):
            teile = [min(1.0, (nummer + n) / anzahl) for n in (0, 1)]
            self.linie([(von[0] + (bis[0] - von[0]) * t, von[1] + (bis[1] - von[1]) * t) for t in teile], farbe, dicke)

    def text(
        self, ort: Ort, text: str, groesse: float = 8.0, *, anker: Anker = Anker.LINKS, fett: bool = False, farbe: str = "#1B1B1B"
    ) -> None:  # fmt: skip
        """Write one line of text on the base line `ort`."""
        if self._jetzt["anker"] is not anker:
            self._bild.anker(anker)
        if self._jetzt["farbe"] != farbe:
            self._bild.textfarbe(farbe)
        self._jetzt = {"anker": anker, "farbe": farbe}
        self._take(
            ("schrift", groesse, fett), lambda nummer: self._bild.font(nummer, self._schrift, groesse, fett=fett)
        )
        self._bild.text(*_unit(ort), text, groesse, fett=fett)

    def finish(self) -> Vektorbild:
        """Return the picture."""
        return self._bild.finish()

    def _stift(self, farbe: str, dicke: float) -> None:
        self._take(("stift", farbe, dicke), lambda nummer: self._bild.pen(nummer, farbe, round(dicke * MILLIMETER)))

    def _take(self, was: tuple[object, ...], make: Callable[[int], None]) -> None:
        """Take up a pen, brush or font; make it first where it is new."""
        if was not in self._nummern:
            self._nummern[was] = len(self._nummern) + 1
            make(self._nummern[was])
        self._bild.select(self._nummern[was])


def _unit(ort: Ort) -> tuple[int, int]:
    return round(ort[0] * MILLIMETER), round(ort[1] * MILLIMETER)


def millimeter(text: str, groesse: float, *, fett: bool = False) -> float:
    """Return the width of a text in millimetres; `groesse` in points."""
    return textbreite(text, groesse, fett=fett) / 96 * 25.4
