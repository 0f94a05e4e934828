"""Outlines of the Statistische Bezirke, invented like the town: tiles of the map, bent so that they look like land.

Each Sozialraum fills its tile; its Bezirke share it in rows by their number of people. Every point of the plane is moved by the same smooth
function, so that neighbours stay neighbours. The town is laid onto the lower Rhine, where it says it is; nothing of what really lies there is in it.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

from lindenrath.bezirke import BEZIRKE
from lindenrath.raum import SOZIALRAEUME

KACHEL = 1400.0
"""Metres of a tile."""
_OST, _NORD = 6.6871, 51.7205
"""Upper left corner of the map of tiles; the place that the descriptions of the fields have as their example."""
_GRAD = 111_194.93
"""Metres of one degree on a sphere of radius 6371.0088 km."""
_PUNKTE = 12
"""Stretches per side of a tile."""


def _bend(x: float, y: float) -> tuple[float, float]:
    """Move a point of the plane of tiles; smooth, by at most a quarter of a tile."""
    dx = 0.13 * math.sin(2.1 * y + 0.7) + 0.06 * math.sin(4.3 * x + 2.9 * y) + 0.05 * math.sin(7.7 * y - 3.1 * x)
    dy = 0.12 * math.sin(1.9 * x + 0.3) + 0.06 * math.sin(3.7 * y - 2.3 * x) + 0.05 * math.sin(8.3 * x + 2.2 * y)
    return x + dx, y + dy


def locate(x: float, y: float) -> list[float]:
    """Return longitude and latitude of a point of the plane of tiles."""
    ost, sued = _bend(x, y)
    quer = _GRAD * math.cos(math.radians(_NORD))
    return [round(_OST + ost * KACHEL / quer, 6), round(_NORD - sued * KACHEL / _GRAD, 6)]


Rechteck = tuple[float, float, float, float]
"""Left, top, right, bottom in tiles."""


def _stellen(von: float, bis: float, ecken: set[float]) -> list[float]:
    """Where a side has points: at its corners, at the corners of the neighbours, and every twelfth of a tile."""
    gitter = {i / _PUNKTE for i in range(math.ceil(von * _PUNKTE), math.floor(bis * _PUNKTE) + 1)}
    return sorted({von, bis} | {s for s in ecken | gitter if von < s < bis})


def _ring(lage: Rechteck, alle: list[Rechteck]) -> list[list[float]]:
    """A rectangle of the plane as a bent ring, closed, counter-clockwise as RFC 7946 wants it."""
    links, oben, rechts, unten = lage
    quer = {
        y: _stellen(links, rechts, {x for a, o, b, u in alle if y in (o, u) for x in (a, b)}) for y in (oben, unten)
    }
    hoch = {
        x: _stellen(oben, unten, {y for a, o, b, u in alle if x in (a, b) for y in (o, u)}) for x in (links, rechts)
    }
    ecken = [
        *((links, y) for y in hoch[links][:-1]), *((x, unten) for x in quer[unten][:-1]),
        *((rechts, y) for y in hoch[rechts][:0:-1]), *((x, oben) for x in quer[oben][:0:-1]), (links, oben),
    ]  # fmt: skip
    return [locate(x, y) for x, y in ecken]


def rechtecke() -> dict[str, Rechteck]:
    """Bezirk → where it lies before the plane is bent."""
    ergebnis = {}
    for raum in SOZIALRAEUME:
        eigene = [b for b in BEZIRKE if b.raum == raum.schluessel]
        x, y = raum.kachel
        reihen = 2 if len(eigene) < 7 else 3
        je_reihe = -(-len(eigene) // reihen)
        gruppen = [eigene[i : i + je_reihe] for i in range(0, len(eigene), je_reihe)]
        oben, ganz = float(y), sum(b.anteil for b in eigene)
        for gruppe in gruppen:
            summe = sum(b.anteil for b in gruppe)
            unten = round(oben + summe / ganz, 6)
            links = float(x)
            for bezirk in gruppe:
                # The smallest ones get a little more than their share, or nobody would see them.
                rechts = round(links + (bezirk.anteil + 0.03) / (summe + 0.03 * len(gruppe)), 6)
                ergebnis[bezirk.schluessel] = (links, oben, rechts, unten)
                links = rechts
            oben = unten
    return ergebnis


def write_umrisse(pfad: Path) -> None:
    """Write the outlines as GeoJSON (RFC 7946), one line per Bezirk."""
    lage = rechtecke()
    alle = list(lage.values())
    zeilen = []
    for bezirk in BEZIRKE:
        stueck = {
            "type": "Feature",
            "properties": {"bez_nr": bezirk.schluessel, "bez_name": bezirk.name},
            "geometry": {"type": "Polygon", "coordinates": [_ring(lage[bezirk.schluessel], alle)]},
        }
        zeilen.append(json.dumps(stueck, ensure_ascii=False, separators=(",", ":")))
    inhalt = '{"type":"FeatureCollection","features":[\n' + ",\n".join(zeilen) + "\n]}\n"
    pfad.parent.mkdir(parents=True, exist_ok=True)
    pfad.write_text(inhalt, encoding="utf-8", newline="\n")
