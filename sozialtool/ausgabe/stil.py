"""The look of everything that goes out, as data: a town can exchange colours and font.

The values were checked for contrast by the WCAG 2.1 formula; `tests/ausgabe/test_stil.py` keeps the check.
"""

from __future__ import annotations

import attrs

from sozialtool.fach.indikator import Richtung


@attrs.frozen
class Stil:
    """Colours (`#RRGGBB`), font and sizes.

    Arial is the default: every office PC has it, LibreOffice replaces it by the metrically equal Liberation Sans, so
    that widths and page breaks are the same everywhere (Calibri has no equal stand-in on a bare Linux).

    Attributes:
        schrift: font of cells, heads and charts.
        groesse: size of the text in points; sheets are printed at 80 % or more, so that 8 pt remain.
        kopf: head, lines of emphasis, links.
        band: background of a table head.
        tinte: text.
        neben: secondary text.
        linie: hairlines.
        gegen_stadt: five backgrounds from "entlastend" (−2) over "im Rahmen" (0) to "belastend" (+2).
        stufen: four backgrounds for sequential classes.
        geheim: background of a suppressed cell.
        linien: colours of chart lines beside the city (which is always `tinte`).
        zurueck: colour of chart lines in the background.
        balken: colour of bars without a judgement.
    """

    schrift: str = "Arial"
    groesse: float = 10
    kopf: str = "#1F4E5F"
    band: str = "#DCE8EC"
    tinte: str = "#1B1B1B"
    neben: str = "#5B6470"
    linie: str = "#B8C4C9"
    gegen_stadt: tuple[str, str, str, str, str] = ("#998EC3", "#D8DAEB", "#F3F4F4", "#FEE0B6", "#F1A340")
    stufen: tuple[str, str, str, str] = ("#F7FBFF", "#DCE9F5", "#9EC9E2", "#3C8CBF")
    geheim: str = "#ECECEC"
    linien: tuple[str, str, str] = ("#A65300", "#6A5AA8", "#1F7A8C")
    zurueck: str = "#C3CBCF"
    balken: str = "#7D98A3"

    def farbe(self, lage: int | None, richtung: Richtung) -> str:
        """Return the background for a position against the city; empty for neutral indicators and without position."""
        if lage is None or richtung is Richtung.NEUTRAL:
            return ""
        vorzeichen = 1 if richtung is Richtung.BELASTEND else -1
        return self.gegen_stadt[2 + vorzeichen * lage]


STIL = Stil()
"""The look that is shipped."""

LAGE_WORTE = {
    2: "deutlich höher als in der Stadt",
    1: "höher als in der Stadt",
    0: "im Rahmen des Zufalls wie in der Stadt",
    -1: "niedriger als in der Stadt",
    -2: "deutlich niedriger als in der Stadt",
}


def leuchtdichte(farbe: str) -> float:
    """Compute the relative luminance of `#RRGGBB`, 0 (black) to 1 (white).

    Source: W3C, Web Content Accessibility Guidelines 2.1, definition of relative luminance.
    """
    anteile = []
    for stelle in (1, 3, 5):
        kanal = int(farbe[stelle : stelle + 2], 16) / 255
        anteile.append(kanal / 12.92 if kanal <= 0.03928 else ((kanal + 0.055) / 1.055) ** 2.4)
    rot, gruen, blau = anteile
    return 0.2126 * rot + 0.7152 * gruen + 0.0722 * blau


def kontrast(eine: str, andere: str) -> float:
    """Compute the contrast ratio of two colours, 1 to 21; text needs 4.5 (WCAG 2.1, success criterion 1.4.3)."""
    hell, dunkel = sorted((leuchtdichte(eine), leuchtdichte(andere)), reverse=True)
    return (hell + 0.05) / (dunkel + 0.05)
