"""Karte: the Sozialräume in their outlines, one picture per leading indicator; every figure in it also stands in a table."""

from __future__ import annotations

import io

from sozialtool.ausgabe.blatt import Blatt
from sozialtool.ausgabe.kartenbild import Flaeche, draw_karte
from sozialtool.ausgabe.tabelle import Grund, Zahl, Zeile
from sozialtool.ausgabe.werkbank import Werkbank, flaechenfarbe, kartentitel, leitindikatoren, neueste, zelle
from sozialtool.ausgabe.zeichen import legende
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import LAGE_ZEICHEN, format_zahl

_BREITE, _HOEHE = 230.0, 120.0
"""Millimetres of a picture; two lines of head and foot leave one picture a page."""
_PIXEL = 96 / 25.4


def write_karte(bank: Werkbank) -> None:
    """Write one picture per leading indicator; nothing unless every Sozialraum has an outline."""
    bericht = bank.bericht
    raeume = [raum for raum in bericht.raeume if not raum.ist_rest]
    if not raeume or any(not bericht.umrisse.get(raum.schluessel) for raum in raeume):
        return
    indikatoren = [ind for ind in leitindikatoren(bank) if any(neueste(bank, ind, raum) for raum in raeume)]
    if not indikatoren:
        return
    blatt = bank.blatt("Karte", (900,))
    blatt.titel("Karte", "Karte: die Sozialräume in ihren Grenzen")
    for indikator in indikatoren:
        _write_bild(bank, blatt, indikator, raeume)
    blatt.fertig()


def _write_bild(bank: Werkbank, blatt: Blatt, indikator: Indikator, raeume: list[Gebiet]) -> None:
    bericht = bank.bericht
    nummer = bank.mappe.next_abbildung()
    titel = f"Abbildung {nummer}: {kartentitel(bank, indikator)}"
    flaechen = [
        Flaeche(
            bericht.umrisse[raum.schluessel],
            flaechenfarbe(bank.mappe.stil, neueste(bank, indikator, raum), indikator),
            (raum.name, _wert(bank, indikator, raum)),
        )
        for raum in raeume
    ]
    bild = draw_karte(flaechen, _BREITE, _HOEHE, schrift=blatt.stil.schrift)
    hoehe = int(bild.hoehe * _PIXEL) + 8
    blatt.braucht(hoehe + 90)
    blatt.text(titel, bold=True, groesse=11, font_color=blatt.stil.kopf)
    stadt = zelle(neueste(bank, indikator, bericht.stadt), indikator)
    blatt.klein(f"{bericht.kommune.name} insgesamt: {_to_text(stadt, indikator)}")
    blatt.ws.insert_image(
        blatt.platz_fuer(hoehe), 0, f"karte_{nummer}.emf",
        {"image_data": io.BytesIO(bild.inhalt), "description": _alt_text(titel, raeume, flaechen), "object_position": 1},
    )  # fmt: skip
    zeilen = [Zeile((zelle(neueste(bank, indikator, raum), indikator, mit_lage=True),)) for raum in raeume]
    weg = "handlungsfelder" in bank.bericht.ohne
    auch = "" if weg else " Alle Werte stehen auch in den Tabellen der Handlungsfelder."
    blatt.klein(f"Quelle: {bank.quelle([indikator])}.{auch}")
    blatt.klein(legende(zeilen))
    blatt.leer(12)


def _wert(bank: Werkbank, indikator: Indikator, raum: Gebiet) -> str:
    return _to_text(zelle(neueste(bank, indikator, raum), indikator, mit_lage=True), indikator)


def _to_text(wert: object, indikator: Indikator) -> str:
    """A cell as a label: the rounded figure and its sign, or the sign that says why there is none."""
    if isinstance(wert, Zahl):
        lage = f" {LAGE_ZEICHEN[wert.lage]}" if wert.lage else ""
        return f"{format_zahl(wert.wert, indikator.nachkommastellen)}{lage}"
    return wert.symbol if isinstance(wert, Grund) else ""


def _alt_text(titel: str, raeume: list[Gebiet], flaechen: list[Flaeche]) -> str:
    """The picture in words: what it shows, then every label."""
    werte = "; ".join(f"{raum.name} {flaeche.text[1]}" for raum, flaeche in zip(raeume, flaechen, strict=True))
    return f"Karte der Sozialräume. {titel}. {werte}."
