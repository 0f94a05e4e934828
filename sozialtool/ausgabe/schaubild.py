"""Charts and tile maps as vector pictures: plain values in, a picture out; what is not shown as a figure is not drawn either.

A value None has no bar, no point and no colour, only its sign: the length of a bar is a figure (fach/regeln.md section 4).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import attrs

from sozialtool.ausgabe.emf import Anker, Leinwand, Vektorbild, millimeter
from sozialtool.ausgabe.schrift import umbrechen
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.fach.schreibweise import format_zahl

BREITE = 170.0
"""Millimetres between the margins of A4."""
_ZEILE, _KOPF, _FUSS = 3.8, 7.5, 5.5
_GROESSE, _KLEIN = 8.0, 7.0
_BRUCH = "≠"
_Hoehe = Callable[[float], float]


@attrs.frozen
class Balken:
    """One bar: name, value and limits of chance (None: there is none to show), what is written behind it."""

    name: str
    wert: float | None
    text: str
    unten: float | None = None
    oben: float | None = None


@attrs.frozen
class Linie:
    """One series: a value per year (None: a gap); `rolle` is "stadt", "vorn" or "" for a pale line in the background."""

    name: str
    werte: tuple[float | None, ...]
    rolle: str = ""


@attrs.frozen
class Kachel:
    """One tile: column and row from 0, name, value with its sign as text, colour."""

    spalte: int
    zeile: int
    name: str
    text: str
    farbe: str


def draw_balken(balken: Sequence[Balken], stadt: tuple[str, float] | None, *, stil: Stil = STIL) -> Vektorbild:
    """Draw one horizontal bar per area from zero, thin whiskers for the limits, the town as a dark line.

    Args:
        balken: the areas in their own order.
        stadt: label and value of the line; None without one.
        stil: colours and font.
    """
    links = min(60.0, max((millimeter(b.name, _GROESSE) for b in balken), default=0.0) + 3)
    rechts = max((millimeter(b.text, _GROESSE) for b in balken), default=0.0) + 4
    werte = [w for b in balken for w in (b.wert, b.unten, b.oben) if w is not None] + ([stadt[1]] if stadt else [])
    skala = _Skala(werte, links, BREITE - rechts)
    hoehe = _KOPF + _ZEILE * len(balken) + _FUSS
    bild = Leinwand(BREITE, hoehe, stil.schrift)
    unten = hoehe - _FUSS
    _draw_gitter(bild, skala, _KOPF - 1, unten, stil)
    enden = [_draw_einen(bild, b, _KOPF + nummer * _ZEILE, skala, stil) for nummer, b in enumerate(balken)]
    if stadt is not None:
        x = skala.ort(stadt[1])
        bild.linie([(x, _KOPF - 2), (x, unten)], stil.tinte, 0.5)
        halb = millimeter(stadt[0], _GROESSE, fett=True) / 2
        mitte = min(max(x, halb + 1), BREITE - halb - 1)
        bild.text((mitte, _KOPF - 3.4), stadt[0], _GROESSE, anker=Anker.MITTE, fett=True)
    for nummer, (b, ende) in enumerate(zip(balken, enden, strict=True)):
        oben = _KOPF + nummer * _ZEILE
        bild.kasten(ende + 0.8, oben + 0.9, millimeter(b.text, _GROESSE) + 0.8, _ZEILE - 1.6, "#FFFFFF")
        farbe = stil.neben if b.wert is None else stil.tinte
        bild.text((ende + 1.2, oben + _ZEILE * 0.72), b.text, _GROESSE, farbe=farbe)
    return bild.finish()


def _draw_einen(bild: Leinwand, b: Balken, oben: float, skala: _Skala, stil: Stil) -> float:
    """Draw name, bar and whiskers; return where they end."""
    grund, mitte = oben + _ZEILE * 0.72, oben + _ZEILE / 2
    platz = (skala.links - 3) / 25.4 * 96
    bild.text((0.5, grund), umbrechen(b.name, platz, _GROESSE)[0], _GROESSE)
    if b.wert is None:
        return skala.ort(max(0.0, skala.von))
    null, ende = skala.ort(min(max(0.0, skala.von), skala.bis)), skala.ort(b.wert)
    if abs(ende - null) > 0.05:
        bild.kasten(min(null, ende), oben + 0.8, abs(ende - null), _ZEILE - 1.6, stil.balken)
    weit = max(null, ende)
    if b.unten is not None and b.oben is not None:
        a, z = skala.ort(b.unten), skala.ort(b.oben)
        bild.linie([(a, mitte), (z, mitte)], stil.tinte, 0.25)
        for x in (a, z):
            bild.linie([(x, mitte - 0.9), (x, mitte + 0.9)], stil.tinte, 0.25)
        weit = max(weit, z)
    return weit


class _Skala:
    """A linear axis from zero (or below) to a round number, in millimetres from the left."""

    def __init__(self, werte: Sequence[float], links: float, rechts: float) -> None:
        hoch, tief = max([*werte, 0.0]), min([*werte, 0.0])
        self.schritt = _schritt((hoch - tief) or 1.0)
        self.von = math.floor(tief / self.schritt + 1e-9) * self.schritt
        self.bis = max(math.ceil(hoch / self.schritt - 1e-9), self.von / self.schritt + 1) * self.schritt
        self.links, self.rechts = links, rechts

    def ort(self, wert: float) -> float:
        """Millimetres of a value."""
        return self.links + (wert - self.von) / (self.bis - self.von) * (self.rechts - self.links)

    def marken(self) -> list[float]:
        """Round values along the axis."""
        anzahl = round((self.bis - self.von) / self.schritt)
        return [self.von + n * self.schritt for n in range(anzahl + 1)]

    def beschrifte(self, wert: float) -> str:
        """Write a value of the axis."""
        stellen = max(0, -math.floor(math.log10(self.schritt) + 1e-9))
        return format_zahl(wert, stellen)


def _schritt(spanne: float) -> float:
    """Return a round distance of marks: 1, 2 or 5 times a power of ten, four to seven of them."""
    roh = spanne / 5
    zehner = 10.0 ** math.floor(math.log10(roh))
    return next(zehner * faktor for faktor in (1, 2, 5, 10) if zehner * faktor >= roh * 0.999)


def _draw_gitter(bild: Leinwand, skala: _Skala, oben: float, unten: float, stil: Stil) -> None:
    for wert in skala.marken():
        x = skala.ort(wert)
        bild.linie([(x, oben), (x, unten)], stil.linie, 0.3 if not wert else 0.1)
        bild.text((x, unten + 3.8), skala.beschrifte(wert), _KLEIN, anker=Anker.MITTE, farbe=stil.neben)


def draw_linien(
    jahre: Sequence[int], linien: Sequence[Linie], brueche: Sequence[int], *, hoehe: float = 39.0, stil: Stil = STIL
) -> Vektorbild:
    """Draw series over years from zero, names at the ends of the lines, breaks in definition as gaps with their sign.

    Args:
        jahre: ascending.
        linien: pale ones are drawn first, the town last.
        brueche: first years after a break; no line runs across.
        hoehe: millimetres.
        stil: colours and font.
    """
    namen = [linie.name for linie in linien if linie.rolle]
    rechts = max((millimeter(name, _GROESSE, fett=True) for name in namen), default=0.0) + 5
    oben, unten, links, breit = 6.0, hoehe - 6.0, 14.0, BREITE - rechts
    skala = _Skala([w for linie in linien for w in linie.werte if w is not None], 0.0, 1.0)
    schritt = (breit - links) / max(len(jahre) - 1, 1)
    xs = [links + nummer * schritt for nummer in range(len(jahre))]

    def y(wert: float) -> float:
        return unten - skala.ort(wert) * (unten - oben)

    bild = Leinwand(BREITE, hoehe, stil.schrift)
    for wert in skala.marken():
        bild.linie([(links, y(wert)), (breit, y(wert))], stil.linie, 0.3 if not wert else 0.1)
        bild.text((links - 1.5, y(wert) + 1), skala.beschrifte(wert), _KLEIN, anker=Anker.RECHTS, farbe=stil.neben)
    for x, jahr in zip(xs, jahre, strict=True):
        bild.text((x, unten + 4.2), str(jahr), _KLEIN, anker=Anker.MITTE, farbe=stil.neben)
    for bruch in brueche:
        if bruch in jahre[1:]:
            x = xs[jahre.index(bruch)] - schritt / 2
            bild.gestrichelt((x, oben), (x, unten), stil.neben)
            bild.text((x, oben - 1.5), _BRUCH, _GROESSE, anker=Anker.MITTE)
    enden = _draw_reihen(bild, jahre, xs, linien, brueche, y, stil)
    for (_, farbe, name), hier in zip(enden, _spread([ende for ende, _, _ in enden], 3.6), strict=True):
        bild.text((breit + 2.5, hier + 1), name, _GROESSE, fett=True, farbe=farbe)
    return bild.finish()


def _draw_reihen(
    bild: Leinwand, jahre: Sequence[int], xs: Sequence[float], linien: Sequence[Linie], brueche: Sequence[int], y: _Hoehe, stil: Stil,
) -> list[tuple[float, str, str]]:  # fmt: skip
    """Draw the lines; return height, colour and name of those that are labelled."""
    farben, enden = iter(stil.linien), []
    for linie in sorted(linien, key=lambda linie: ("", "vorn", "stadt").index(linie.rolle)):
        farbe = stil.tinte if linie.rolle == "stadt" else next(farben) if linie.rolle else stil.zurueck
        dicke = 0.9 if linie.rolle == "stadt" else 0.6 if linie.rolle else 0.25
        for stueck in _pieces(jahre, linie.werte, brueche):
            punkte = [(xs[nummer], y(wert)) for nummer, wert in stueck]
            if len(punkte) > 1:
                bild.linie(punkte, farbe, dicke)
            for x, hoehe in punkte if linie.rolle or len(punkte) == 1 else ():
                bild.kasten(x - 0.7, hoehe - 0.7, 1.4, 1.4, farbe)
        letzte = next((wert for wert in reversed(linie.werte) if wert is not None), None)
        if linie.rolle and letzte is not None:
            enden.append((y(letzte), farbe, linie.name))
    return sorted(enden)


def _pieces(
    jahre: Sequence[int], werte: Sequence[float | None], brueche: Sequence[int]
) -> list[list[tuple[int, float]]]:
    """Cut a series at gaps and breaks."""
    stuecke: list[list[tuple[int, float]]] = [[]]
    for nummer, (jahr, wert) in enumerate(zip(jahre, werte, strict=True)):
        if wert is None or jahr in brueche:
            stuecke.append([])
        if wert is not None:
            stuecke[-1].append((nummer, wert))
    return [stueck for stueck in stuecke if stueck]


def _spread(orte: Sequence[float], abstand: float) -> list[float]:
    """Move ascending places apart to at least `abstand`, the middle of them stays where it is."""
    neu = list(orte)
    for _ in range(20):
        for a, b in itertools.pairwise(range(len(neu))):
            fehlt = abstand - (neu[b] - neu[a])
            if fehlt > 0.01:
                neu[a] -= fehlt / 2
                neu[b] += fehlt / 2
    return neu


def draw_kacheln(kacheln: Sequence[Kachel], *, stil: Stil = STIL) -> Vektorbild:
    """Draw a tile map: name, figure and sign stand in each tile, the colour only helps.

    Raises:
        ValueError: no tile.
    """
    if not kacheln:
        raise ValueError("no tile")
    spalten, zeilen = max(k.spalte for k in kacheln) + 1, max(k.zeile for k in kacheln) + 1
    breite, hoehe, fuge = min(38.0, (BREITE - 1) / spalten - 1.5), 14.0, 1.5
    gesamt = spalten * (breite + fuge) + 0.5
    bild = Leinwand(gesamt, zeilen * (hoehe + fuge) + 0.5, stil.schrift)
    for k in kacheln:
        x, oben = 0.5 + k.spalte * (breite + fuge), 0.5 + k.zeile * (hoehe + fuge)
        bild.kasten(x, oben, breite, hoehe, k.farbe, stil.neben)
        groesse = next((g for g in (8.0, 7.0, 6.0) if millimeter(k.name, g) <= breite - 1.5), 6.0)
        name = umbrechen(k.name, (breite - 1.5) / 25.4 * 96, groesse)[0]
        bild.text((x + breite / 2, oben + 5.0), name, groesse, anker=Anker.MITTE)
        bild.text((x + breite / 2, oben + 10.8), k.text, 9.5, anker=Anker.MITTE, fett=True)
    return bild.finish()
