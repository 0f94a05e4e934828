"""Deckblatt: whose report, which Drucksache, which Stand, which version of the areas."""

from __future__ import annotations

from sozialtool.ausgabe.werkbank import Werkbank
from sozialtool.fach.blattwahl import describe_ohne


def write_deckblatt(bank: Werkbank) -> None:
    """Write the cover."""
    bericht = bank.bericht
    blatt = bank.blatt("Deckblatt", (185, 720))
    stil = blatt.stil
    if bericht.anlage:
        form = blatt.formate.get(align="right", bold=True, font_color=stil.kopf)
        blatt.ws.write_string(blatt.rueck(22), 1, bericht.anlage, form)
    else:
        blatt.rueck(22)
    blatt.rueck(90)
    blatt.text(bericht.kommune.name, groesse=14, font_color=stil.neben)
    blatt.text("Sozialmonitoring", groesse=30, bold=True, font_color=stil.kopf)
    blatt.text(f"Berichtsjahr {bericht.jahr}", groesse=18, font_color=stil.kopf)
    linie = blatt.formate.get(top=2, top_color=stil.kopf)
    zeile = blatt.rueck(30)
    for spalte in (0, 1):
        blatt.ws.write_blank(zeile, spalte, None, linie)
    for name, wert in _angaben(bank):
        unten = blatt.zeile
        blatt.text(wert, spalte=1)
        blatt.ws.write_string(unten, 0, name, blatt.formate.get(font_color=stil.neben))
    blatt.leer(24)
    weg = describe_ohne(bericht.ohne)
    auszug = (f"Auszug: Diese Fassung enthält nicht alle Blätter. Weggelassen: {weg}.",) if weg else ()
    for hinweis in (*auszug, *bericht.hinweise):
        blatt.absatz(hinweis)
    blatt.fertig()
    blatt.ws.activate()


def _angaben(bank: Werkbank) -> list[tuple[str, str]]:
    bericht = bank.bericht
    kommune = bericht.kommune
    ort = ", ".join(teil for teil in (kommune.kreis, kommune.land) if teil)
    raeume = [raum for raum in bericht.raeume if not raum.ist_rest]
    angaben = [
        ("Kommune", f"{kommune.name} (AGS {kommune.ags}){', ' + ort if ort else ''}"),
        ("Stand", f"{bericht.stand:%d.%m.%Y}"),
        ("Gebietsstand", bericht.gebietsstand_text or "nicht angegeben"),
        (bericht.planungsebene.mehrzahl, f"{len(raeume)}"),
        ("Indikatoren", f"{len(bericht.vereinbarte)}"),
        ("Drucksache", bericht.drucksache),
    ]
    return [(name, wert) for name, wert in angaben if wert]
