"""Kachelkarte: the areas as tiles where the planner placed them; a map without borders that anybody can print."""

from __future__ import annotations

from sozialtool.ausgabe.blatt import Blatt
from sozialtool.ausgabe.mappe import sauber
from sozialtool.ausgabe.tabelle import Grund, Spaltenart, Zahl, Zeile
from sozialtool.ausgabe.werkbank import (
    Werkbank,
    Zahlenbank,
    flaechenfarbe,
    kartentitel,
    leitindikatoren,
    neueste,
    zelle,
)
from sozialtool.ausgabe.zeichen import legende
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.raum import Gebiet

_BREIT, _SEITE = 205, 900
_NAME, _WERT, _FUGE = 30, 20, 6


def write_kachelkarte(bank: Werkbank) -> None:
    """Write one map per leading indicator; nothing unless every Sozialraum has a place of its own."""
    karte = find_plaetze(bank)
    if not karte:
        return
    raeume = list(karte.values())
    spalten = max(x for x, _ in karte) + 1
    breite = min(_BREIT, (_SEITE - 10 * spalten) // spalten)
    indikatoren = [ind for ind in leitindikatoren(bank) if any(neueste(bank, ind, raum) for raum in raeume)]
    if breite < 60 or not indikatoren:
        return
    # Narrow columns between the tiles are the joints of the map.
    blatt = bank.blatt("Kachelkarte", (breite, 10) * spalten)
    blatt.titel("Kachelkarte", "Kachelkarte: die Sozialräume auf einen Blick, ungefähr nach ihrer Lage")
    for indikator in indikatoren:
        _write_karte(bank, blatt, indikator, karte)
    blatt.fertig()


def find_plaetze(bank: Zahlenbank) -> dict[tuple[int, int], Gebiet]:
    """Place (column, row) → Sozialraum, from 0; empty unless every one has a place of its own."""
    raeume = [raum for raum in bank.bericht.raeume if not raum.ist_rest]
    plaetze = {(raum.kachel_x, raum.kachel_y): raum for raum in raeume}
    if not raeume or len(plaetze) != len(raeume) or any(x is None or y is None or x < 0 or y < 0 for x, y in plaetze):
        return {}
    # Places may start anywhere: the map begins with its first tile.
    links, oben = min(x or 0 for x, _ in plaetze), min(y or 0 for _, y in plaetze)
    return {((x or 0) - links, (y or 0) - oben): raum for (x, y), raum in plaetze.items()}


def _write_karte(bank: Werkbank, blatt: Blatt, indikator: Indikator, karte: dict[tuple[int, int], Gebiet]) -> None:
    reihen = max(y for _, y in karte) + 1
    blatt.leer(14)
    blatt.braucht(48 + reihen * (_NAME + _WERT + _FUGE) + 30)
    bericht = bank.bericht
    stadt = zelle(neueste(bank, indikator, bericht.stadt), indikator)
    blatt.text(kartentitel(bank, indikator), bold=True, groesse=11, font_color=blatt.stil.kopf)
    zeile = blatt.rueck()
    blatt.ws.write_string(zeile, 0, sauber(f"{bericht.kommune.name} insgesamt"), blatt.formate.get(bold=True))
    _write_wert(blatt, (zeile, 2), stadt, ())
    blatt.rueck(_FUGE)
    for y in range(reihen):
        namen, werte = blatt.rueck(_NAME), blatt.rueck(_WERT)
        for (x, _), raum in sorted((platz, raum) for platz, raum in karte.items() if platz[1] == y):
            _write_kachel(bank, blatt, (namen, werte, 2 * x), indikator, raum)
        blatt.rueck(_FUGE)
    zeilen = [Zeile((zelle(neueste(bank, indikator, raum), indikator, mit_lage=True),)) for raum in karte.values()]
    blatt.klein(f"Quelle: {bank.quelle([indikator])}")
    blatt.klein(legende(zeilen))


def _write_kachel(bank: Werkbank, blatt: Blatt, ort: tuple[int, int, int], indikator: Indikator, raum: Gebiet) -> None:
    kennzahl = neueste(bank, indikator, raum)
    farbe = flaechenfarbe(bank.mappe.stil, kennzahl, indikator)
    rand = (("left", 1), ("right", 1), ("left_color", blatt.stil.neben), ("right_color", blatt.stil.neben))
    oben = (*rand, ("top", 1), ("top_color", blatt.stil.neben), ("bg_color", farbe))
    unten = (*rand, ("bottom", 1), ("bottom_color", blatt.stil.neben), ("bg_color", farbe))
    name = blatt.formate.aus(oben, (("text_wrap", True), ("align", "center"), ("font_size", 8.5)))
    blatt.ws.write_string(ort[0], ort[2], sauber(raum.name), name)
    _write_wert(blatt, (ort[1], ort[2]), zelle(kennzahl, indikator, mit_lage=True), unten)


def _write_wert(blatt: Blatt, ort: tuple[int, int], wert: object, rahmen: tuple[tuple[str, object], ...]) -> None:
    if isinstance(wert, Zahl):
        form = blatt.formate.zahl(
            Spaltenart.ZAHL, wert.nachkommastellen or 0, lage=wert.lage, vermerk=wert.vermerk, strich=wert.strich,
            rahmen=(*rahmen, ("bold", True)),
        )  # fmt: skip
        blatt.ws.write_number(*ort, wert.wert, form)
    elif isinstance(wert, Grund):
        blatt.ws.write_string(*ort, wert.symbol, blatt.formate.aus(rahmen, (("align", "right"), ("num_format", "@_s"))))
