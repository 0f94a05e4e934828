"""Where the facilities of Lindenrath lie: somewhere in a Bezirk of their Sozialraum, the same place each time.

The list itself is written by hand (`planung/einrichtungen.csv`); positions are worked out of the invented outlines, so that both fit.
"""

from __future__ import annotations

import csv
import zlib
from pathlib import Path

from lindenrath.bezirke import BEZIRKE, Bezirk
from lindenrath.umrisse import locate, rechtecke
from lindenrath.werkstatt import write_csv

OHNE_LAGE = frozenset({"SPI-05", "BER-03"})
"""Left without position on purpose: lists are never complete."""
_RAND = 0.15
"""Share of a Bezirk along its border in which nothing lies."""


def write_lagen(ziel: Path, quelle: Path) -> None:
    """Write `lagen.csv` (key, latitude, longitude) for the facilities of a list that lie in a Sozialraum."""
    with quelle.open(encoding="utf-8", newline="") as datei:
        zeilen = list(csv.DictReader(datei, delimiter=";"))
    ecken = rechtecke()
    je_raum: dict[str, list[Bezirk]] = {}
    for bezirk in BEZIRKE:
        je_raum.setdefault(bezirk.raum, []).append(bezirk)
    orte = []
    for ort in zeilen:
        schluessel, bezirke = ort["schluessel"], je_raum.get(ort["gebiet"], [])
        if not bezirke or schluessel in OHNE_LAGE:
            continue
        zufall = zlib.crc32(schluessel.encode())
        # What is called like a Bezirk ("Spielplatz Weidenpark") lies there.
        genannt = [b for b in bezirke if b.name in ort["name"]] or bezirke
        links, oben, rechts, unten = ecken[genannt[zufall % len(genannt)].schluessel]
        quer, hoch = (_RAND + (1 - 2 * _RAND) * ((zufall >> stellen) % 997) / 996 for stellen in (8, 16))
        laenge, breite = locate(links + quer * (rechts - links), oben + hoch * (unten - oben))
        orte.append((schluessel, breite, laenge))
    write_csv(ziel, ("schluessel", "breite", "laenge"), orte)
