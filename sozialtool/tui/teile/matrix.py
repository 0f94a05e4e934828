"""The matrix of the monitoring in words and columns: pages by Handlungsfeld, a cell, the lines below it. No widget."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import attrs
from rich.style import Style
from rich.text import Text
from textual.content import Content

from sozialtool.ablauf.werte import Kennzahl, Monitoring
from sozialtool.fach.indikator import Indikator, Richtung
from sozialtool.fach.messwert import Vermerk, Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import LAGE_ZEICHEN
from sozialtool.tui.teile.tabelle import Reihe, Spalte
from sozialtool.tui.text import UMBRUCH, klar, satz, verlaufszeile, zahl, zelle
from sozialtool.tui.themen import lage_stil

NAME_MIN, NAME_MAX = 14, 26
"""Cells for the name of an area."""
SCHMAL, BREIT, VIEL_PLATZ = 10, 14, 84
"""Cells for a figure with its sign; a Kurzname (12 letters) fits into the wide one, used from so many cells on."""

LAGE = {**LAGE_ZEICHEN, 0: ""}
"""Sign of the position against the city; within chance stands nothing."""


@attrs.frozen
class Block:
    """One page of columns: Indikatoren of one Handlungsfeld that fit side by side."""

    titel: str
    indikatoren: tuple[Indikator, ...]


def name_width(gebiete: Sequence[Gebiet]) -> int:
    """Cells for the longest name of an area, within limits."""
    return max(NAME_MIN, min(NAME_MAX, max((len(gebiet.name) for gebiet in gebiete), default=0) + 1))


def figure_width(platz: int, anzahl: int = 0) -> int:
    """Cells per column of figures, for the cells that all of them have together; few columns share what is free."""
    schmal = BREIT if platz >= VIEL_PLATZ else SCHMAL
    return max(schmal, min(BREIT, platz // anzahl)) if anzahl else schmal


def build_bloecke(indikatoren: Sequence[Indikator], namen: dict[str, str], platz: int) -> tuple[Block, ...]:
    """Split the Indikatoren into pages: by Handlungsfeld, and evenly where a Handlungsfeld does not fit.

    Args:
        indikatoren: in the order of the catalogue.
        namen: key of a Handlungsfeld → name.
        platz: cells for the columns of figures.
    """
    hoechstens = max(platz // figure_width(platz), 1)
    bloecke = []
    for feld, gruppe in groupby(indikatoren, key=lambda indikator: indikator.handlungsfeld):
        glieder = tuple(gruppe)
        seiten = -(-len(glieder) // hoechstens)
        je_seite = -(-len(glieder) // seiten)
        for nummer in range(seiten):
            teil = f" {nummer + 1}/{seiten}" if seiten > 1 else ""
            titel = namen.get(feld, feld) + teil
            bloecke.append(Block(titel, glieder[nummer * je_seite : (nummer + 1) * je_seite]))
    return tuple(bloecke)


def spalten(block: Block, breite_name: int, breite: int) -> tuple[Spalte, ...]:
    """Make the columns of a page: the name of the area, then a column per Indikator with its unit below the name."""
    koepfe = [
        Spalte(indikator.kurzname or indikator.kennung, breite, "right", _einheit(indikator, breite))
        for indikator in block.indikatoren
    ]
    return (Spalte("", breite_name), *koepfe)


def _einheit(indikator: Indikator, breite: int) -> str:
    """Unit above the figures where it fits there, else above the whole column."""
    return f"{indikator.einheit}    " if len(indikator.einheit) <= breite - 4 else indikator.einheit or " "


def reihen(monitoring: Monitoring, block: Block, breite: int, *, dunkel: bool) -> list[Reihe]:
    """Make the rows of a page: the city (bold), the areas in their own order, "nicht zuzuordnen" last."""
    zeilen = []
    for nummer, gebiet in enumerate(monitoring.gebiete):
        zellen = [figur(monitoring, gebiet, indikator, breite, dunkel=dunkel) for indikator in block.indikatoren]
        zeilen.append(Reihe(gebiet.schluessel, (gebiet.name, *zellen), gebiet, "bold" if nummer == 0 else ""))
    return zeilen


def figur(monitoring: Monitoring, gebiet: Gebiet, indikator: Indikator, breite: int, *, dunkel: bool) -> Text:
    """Write one cell: the figure to the right, its mark, a blank, then two cells for the sign against the city."""
    kennzahl = monitoring.zelle(gebiet.schluessel, indikator.kennung)
    stadt = bool(monitoring.gebiete) and gebiet is monitoring.gebiete[0]
    lage = (kennzahl.lage or 0) if kennzahl and not stadt else 0
    stil = lage_stil(burden(indikator, lage), dunkel=dunkel)
    # Filled up by hand: the figures stand above each other on the decimal, whether a sign follows or not.
    ziffern = wert(indikator, kennzahl)
    luecke = "" if len(ziffern) > breite - 4 else " "  # "150.000" in a narrow column takes the room of the blank
    text = f"{ziffern:>{breite - 4}}{_marke(kennzahl)}{luecke}{LAGE[lage]:<2}"
    return zelle(text, stil + Style(bold=stadt))


def _marke(kennzahl: Kennzahl | None) -> str:
    """Mark an estimated figure in the cell between it and its sign."""
    geschaetzt = kennzahl is not None and kennzahl.wert is not None and kennzahl.vermerk is Vermerk.GESCHAETZT
    return "s" if geschaetzt else " "


def burden(indikator: Indikator, lage: int) -> int:
    """Turn height into burden by the Richtung; neutral Indikatoren have no colour at all."""
    return {Richtung.BELASTEND: lage, Richtung.ENTLASTEND: -lage, Richtung.NEUTRAL: 0}[indikator.richtung]


def wert(indikator: Indikator, kennzahl: Kennzahl | None) -> str:
    """Write a figure with its decimals, or the sign that says why there is none."""
    if kennzahl is None:
        return Zeichen.FEHLT.symbol
    if kennzahl.wert is None:
        return kennzahl.zeichen.symbol if kennzahl.zeichen else Zeichen.FEHLT.symbol
    return zahl(kennzahl.wert, indikator.nachkommastellen)


def wert_mit_einheit(indikator: Indikator, kennzahl: Kennzahl | None) -> str:
    """Write a figure with its unit; a sign with its meaning."""
    text = wert(indikator, kennzahl)
    if kennzahl is None:
        return f"{text} ({Zeichen.FEHLT.value})"
    if kennzahl.wert is None:
        return f"{text} ({kennzahl.zeichen.value})" if kennzahl.zeichen else text
    return f"{text} {indikator.einheit}"


def detail(monitoring: Monitoring, gebiet: Gebiet, indikator: Indikator) -> Content:
    """Write the lines below the matrix: the sentence (with counts and interval), rank and series, break."""
    kennzahl = monitoring.zelle(gebiet.schluessel, indikator.kennung)
    text = monitoring.satz(gebiet.schluessel, indikator.kennung)
    if kennzahl is None or kennzahl.wert is None:
        kopf = klar(f"{gebiet.name} · {indikator.name}: {wert_mit_einheit(indikator, kennzahl)}", "bold")
        warum = monitoring.warum_gesperrt(gebiet.schluessel, indikator.kennung)
        return satz(kopf, UMBRUCH, warum or text)
    lage = " · ".join(teil for teil in (rang(monitoring, kennzahl), reihe(monitoring, gebiet, indikator)) if teil)
    zeilen = [klar(text), klar(lage)]
    zusatz = [f"Bruch {kennzahl.jahr}: {kennzahl.bruch}"] if kennzahl.bruch else []
    zusatz += [f"Vermerk: {kennzahl.vermerk.value}"] if kennzahl.vermerk is not Vermerk.KEINER else []
    if zusatz:
        zeilen.append(klar(" · ".join(zusatz)))
    return UMBRUCH.join(zeilen)


def rang(monitoring: Monitoring, kennzahl: Kennzahl) -> str:
    """Write "Rang 1 (1 bis 2)": the rank and the span that the intervals allow."""
    if kennzahl.rang is None:
        return ""
    spanne = ""
    if kennzahl.rang_von is not None and kennzahl.rang_bis is not None and kennzahl.rang_von != kennzahl.rang_bis:
        spanne = f" ({kennzahl.rang_von} bis {kennzahl.rang_bis})"
    return f"Rang {kennzahl.rang}{spanne} von {sum(not g.ist_rest for g in monitoring.gebiete[1:])}"


def reihe(monitoring: Monitoring, gebiet: Gebiet, indikator: Indikator) -> str:
    """Write the series up to the shown year: "2020: 29,0 ▁▂▃▃▅▆"."""
    jahre = [jahr for jahr in monitoring.jahre if jahr <= monitoring.jahr]
    werte = [_wert_im_jahr(monitoring, gebiet, indikator, jahr) for jahr in jahre]
    erstes = next(((jahr, w) for jahr, w in zip(jahre, werte, strict=True) if w is not None), None)
    if erstes is None or sum(w is not None for w in werte) < 2:
        return ""
    return f"{erstes[0]}: {zahl(erstes[1], indikator.nachkommastellen)} {verlaufszeile(werte).strip()}"


def _wert_im_jahr(monitoring: Monitoring, gebiet: Gebiet, indikator: Indikator, jahr: int) -> float | None:
    kennzahl = monitoring.zelle(gebiet.schluessel, indikator.kennung, jahr)
    return kennzahl.wert if kennzahl else None
