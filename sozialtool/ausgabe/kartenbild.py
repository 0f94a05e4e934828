"""A map as a vector picture, which Excel, Word and LibreOffice print sharp at any size."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from sozialtool.ausgabe.emf import MILLIMETER, PUNKT, Metafile, Vektorbild
from sozialtool.fach.karte import Punkt, compute_mitte


@attrs.frozen
class Flaeche:
    """One area of the map: rings in metres, fill colour "#RRGGBB", lines of text at its middle (the first is bold)."""

    ringe: tuple[tuple[Punkt, ...], ...]
    farbe: str
    text: tuple[str, ...] = ()


def draw_karte(
    flaechen: Sequence[Flaeche], breite: float, hoehe: float, *, schrift: str, groesse: float = 8.0
) -> Vektorbild:
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

    bild = Metafile((rechts - links) * mass + 2 * rand, (oben - unten) * mass + 2 * rand)
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
    zeile = groesse * 1.2 * PUNKT
    for flaeche in flaechen:
        if not flaeche.text or not flaeche.ringe:
            continue
        x, y = ort(compute_mitte(flaeche.ringe))
        oberste = y - zeile * (len(flaeche.text) / 2 - 0.8)
        for nummer, text in enumerate(flaeche.text):
            bild.select(duenn if nummer else fett)
            bild.text(x, round(oberste + nummer * zeile), text, groesse, fett=not nummer)
    return bild.finish()
