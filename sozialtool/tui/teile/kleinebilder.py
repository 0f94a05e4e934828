"""One area over the years: a small picture per Indikator, area above town on one scale. No widget."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from textual.content import Content

from sozialtool.ablauf.werte import Monitoring
from sozialtool.fach.auswertung import Auswertung, Gebietsauswertung, Trend
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.raum import Gebiet
from sozialtool.tui.teile import matrix
from sozialtool.tui.text import UMBRUCH, klar, kuerzen, satz, verlaufszeile, zahl

BREITE = 38
"""Cells of one picture with the gap behind it: two fit on 80, three on 120."""
_JAHRE = 12
_WORT = {1: "▲ steigt", -1: "▼ sinkt", 0: ""}


def zeichne(
    monitoring: Monitoring, auswertungen: Sequence[Auswertung], gebiet: Gebiet, felder: dict[str, str], breite: int
) -> Content:
    """Lay the pictures out under their Handlungsfelder, as many beside each other as fit."""
    je_reihe = max(breite // BREITE, 1)
    zeilen: list[Content] = []
    for feld, gruppe in groupby(auswertungen, key=lambda a: a.indikator.handlungsfeld):
        bilder = [_bild(monitoring, auswertung, gebiet) for auswertung in gruppe]
        zeilen.append(klar(felder.get(feld, feld), "bold $petrol"))
        for ab in range(0, len(bilder), je_reihe):
            reihe = bilder[ab : ab + je_reihe]
            zeilen += [
                satz(*((f"{bild[nr]:<{BREITE}}", "bold" if nr == 0 else "") for bild in reihe))
                for nr in range(len(reihe[0]))
            ]
    return UMBRUCH.join(zeilen)


def _bild(monitoring: Monitoring, auswertung: Auswertung, gebiet: Gebiet) -> tuple[str, str, str, str]:
    """Head with the trend, the area's line, the town's line, an empty line."""
    ind = auswertung.indikator
    jahre = [jahr for jahr in monitoring.jahre if jahr <= auswertung.jahr][-_JAHRE:]
    brueche = _brueche(monitoring, ind, jahre)
    stadt = monitoring.gebiete[0]
    orte = [gebiet, stadt] if gebiet is not stadt else [stadt]
    reihen = [[monitoring.zelle(ort.schluessel, ind.kennung, jahr) for jahr in jahre] for ort in orte]
    alle = [wert for zellen in reihen for wert in _werte(zellen) if wert is not None]
    zeile = next((z for z in auswertung.gebiete if z.gebiet.schluessel == gebiet.schluessel), None)
    einheit = ind.einheit.replace("‰", "je 1.000")  # not every console font has the sign (trap 24)
    name = f"{ind.kurzname or ind.name} ({einheit})" if einheit else ind.kurzname or ind.name
    wort = trendwort(zeile)
    kopf = kuerzen(name, BREITE - 3 - len(wort)) + "  " + wort
    linien = []
    for titel, zellen in zip(("hier", "Stadt"), reihen, strict=False):
        # A count of the town is far above that of an area: each has its own scale.
        eigene = alle if ind.nenner else [wert for wert in _werte(zellen) if wert is not None]
        linien.append(_linie(titel, zellen, (min(eigene, default=0.0), max(eigene, default=0.0)), jahre, brueche, ind))
    if gebiet is stadt:
        linien = [linien[0].replace("hier ", "Stadt", 1), ""]
    return kuerzen(kopf, BREITE - 1), linien[0], linien[1], ""


def _werte(zellen: Sequence[Kennzahl | None]) -> list[float | None]:
    return [zelle.wert if zelle is not None else None for zelle in zellen]


def _brueche(monitoring: Monitoring, ind: Indikator, jahre: Sequence[int]) -> set[int]:
    stadt = monitoring.gebiete[0].schluessel
    return {j for j in jahre[1:] if (zelle := monitoring.zelle(stadt, ind.kennung, j)) is not None and zelle.bruch}


def _linie(
    titel: str, zellen: Sequence[Kennzahl | None], grenzen: tuple[float, float], jahre: Sequence[int], brueche: set[int],
    ind: Indikator,
) -> str:  # fmt: skip
    """Write "hier   28,0 ▁▂≠▃▅ 32,6": first and last value (or why there is none), a ≠ before the first year after a break."""
    werte, letzter = _werte(zellen), matrix.wert(ind, zellen[-1] if zellen else None)
    da = [wert for wert in werte if wert is not None]
    if not da:
        return f"{titel:<5} {letzter}"
    balken = verlaufszeile([*werte, *grenzen])[: len(werte)]
    bild = "".join(f"{'≠' if jahr in brueche else ''}{balken[nr]}" for nr, jahr in enumerate(jahre))
    return f"{titel:<5} {zahl(da[0], ind.nachkommastellen):>7} {bild} {letzter}"


def trendwort(zeile: Gebietsauswertung | None) -> str:
    """Sign and word of the trend; nothing where chance may explain it."""
    trend: Trend | None = zeile.trend if zeile is not None else None
    return _WORT[trend.richtung] if trend is not None else ""
