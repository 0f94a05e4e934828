"""Areas in tree order, with figures."""

from __future__ import annotations

from sozialtool.ablauf.werte import RaumZeile
from sozialtool.fach.raum import Ebene, Gebiet, Umsteiger
from sozialtool.projekt import Projekt

EINWOHNER = "ew"
"""Key of the Merkmal "Einwohner am Ort der Hauptwohnung" in the catalogue."""


def raeume(projekt: Projekt) -> tuple[RaumZeile, ...]:
    """List all areas, each below the one it belongs to; levels that cut across come last.

    `einwohner` is the newest delivered figure, or the sum over the parts where every part has one.
    """
    ebenen = {ebene.schluessel: ebene for ebene in projekt.read(Ebene)}
    gebiete = projekt.read(Gebiet)
    kinder: dict[str, list[Gebiet]] = {}
    for gebiet in gebiete:
        quer = not ebenen[gebiet.ebene].teil_von and gebiet.ebene != "stadt" if gebiet.ebene in ebenen else True
        kinder.setdefault("" if quer else gebiet.teil_von, []).append(gebiet)
    einwohner = _einwohner(projekt, gebiete)
    stadt = einwohner.get(projekt.kommune.ags)
    verteilt = {umsteiger.von for umsteiger in projekt.read(Umsteiger)}
    zeilen: list[RaumZeile] = []

    def walk(gebiet: Gebiet, tiefe: int) -> None:
        ebene = ebenen.get(gebiet.ebene) or Ebene(gebiet.ebene, gebiet.ebene, gebiet.ebene)
        zahl = einwohner.get(gebiet.schluessel)
        anteil = zahl / stadt * 100 if zahl is not None and stadt else None
        zeilen.append(RaumZeile(gebiet, ebene, tiefe, zahl, anteil, _hinweis(gebiet, ebene, verteilt)))
        for kind in kinder.get(gebiet.schluessel, ()):
            walk(kind, tiefe + 1)

    for gebiet in sorted(kinder.get("", ()), key=lambda g: g.ebene != "stadt"):
        walk(gebiet, 0)
    return tuple(zeilen)


def _hinweis(gebiet: Gebiet, ebene: Ebene, verteilt: set[str]) -> str:
    if ebene.teil_von or gebiet.ebene == "stadt" or gebiet.teil_von:
        return ""
    if gebiet.schluessel in verteilt:
        return "liegt in mehreren Sozialräumen, mit Gewichten verteilt"
    return "liegt in mehreren Sozialräumen, zählt als „nicht zuzuordnen“, bis Gewichte da sind (Befehl „liste“, Liste „gewichte“)"


def _einwohner(projekt: Projekt, gebiete: list[Gebiet]) -> dict[str, float]:
    """Return the newest inhabitants per area, summed up where only the parts were delivered."""
    spalten = projekt.read_messwerte(merkmale=[EINWOHNER])
    neueste: dict[str, tuple[object, float]] = {}
    for gebiet, stand, wert in zip(spalten["gebiet"], spalten["stand"], spalten["wert"], strict=True):
        if wert is not None and (gebiet not in neueste or stand > neueste[gebiet][0]):
            neueste[gebiet] = (stand, wert)
    zahlen = {gebiet: wert for gebiet, (_, wert) in neueste.items()}
    teile: dict[str, list[str]] = {}
    for gebiet in gebiete:
        if gebiet.teil_von:
            teile.setdefault(gebiet.teil_von, []).append(gebiet.schluessel)
    for _ in range(4):  # as many times as levels can nest
        for ganzes, stuecke in teile.items():
            if ganzes not in zahlen and all(stueck in zahlen for stueck in stuecke):
                zahlen[ganzes] = sum(zahlen[stueck] for stueck in stuecke)
    return zahlen
