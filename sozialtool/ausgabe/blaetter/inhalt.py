"""Inhalt: every sheet and every Steckbrief as a link."""

from __future__ import annotations

from sozialtool.ausgabe.blatt import Blatt
from sozialtool.ausgabe.mappe import verweis
from sozialtool.ausgabe.werkbank import Werkbank

_SKALA = 85
"""Print scale at which sheets and Steckbriefe of a town with a dozen Sozialräume share a page."""
_KLEINSTE = 15
"""Pixels of a line in a full table of contents: 10-point text still stands clear of the next."""


def start_inhalt(bank: Werkbank) -> Blatt:
    """Take the second place in the workbook; the lines are known only when all sheets are written."""
    return bank.blatt("Inhalt", (24, 640, 300), skala=_SKALA)


def write_inhalt(bank: Werkbank, blatt: Blatt) -> None:
    """Write the links."""
    eintraege = tuple(bank.mappe.eintraege)
    blatt.text("Inhalt", groesse=16, bold=True, font_color=blatt.stil.kopf)
    linie = blatt.formate.get(top=2, top_color=blatt.stil.kopf)
    zeile = blatt.rueck(10)
    for spalte in range(3):
        blatt.ws.write_blank(zeile, spalte, None, linie)
    # The hint stands above, where it is read before the links and cannot fall onto a page of its own.
    blatt.klein(
        "Ein Klick auf eine Zeile führt zum Blatt. Die Zeichen in den Tabellen erklärt das Blatt „Zeichenerklärung“."
    )
    blatt.leer()
    hoehe = max(_KLEINSTE, min(22, blatt.frei() // max(len(eintraege), 1)))
    link = blatt.formate.get(font_color=blatt.stil.kopf, underline=1)
    neben = blatt.formate.get(font_color=blatt.stil.neben)
    for eintrag in eintraege:
        blatt.braucht(hoehe)
        zeile = blatt.rueck(hoehe)
        blatt.ws.write_url(zeile, min(eintrag.stufe, 1), verweis(eintrag.blatt, eintrag.zeile), link, eintrag.text)
        if not eintrag.stufe:
            blatt.ws.write_string(zeile, 2, f"Blatt „{eintrag.blatt}“", neben)
    blatt.fertig()
