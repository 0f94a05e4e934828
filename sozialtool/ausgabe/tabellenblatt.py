"""A described `Tabelle` on a sheet: head, rows, notes, legend, kept together on the page."""

from __future__ import annotations

from typing import Any

import attrs

from sozialtool.ausgabe.blatt import ZEILE, Blatt
from sozialtool.ausgabe.formate import Rahmen
from sozialtool.ausgabe.mappe import sauber
from sozialtool.ausgabe.schrift import breite, umbrechen
from sozialtool.ausgabe.tabelle import Grund, Spalte, Spaltenart, Tabelle, Zahl, Zeile, Zeilenart

_TEXTE = (Spaltenart.TEXT, Spaltenart.LANG)
_POLSTER = 12
_KOPFPOLSTER = 7

_LINKS: Rahmen = (("align", "left"),)
_EINGERUECKT: Rahmen = (("align", "left"), ("indent", 1))
_OBEN: Rahmen = (("align", "left"), ("valign", "top"))
_OBEN_EINGERUECKT: Rahmen = (*_OBEN, ("indent", 1))
_EINZUG, _KOPFEINZUG = 3, 9
"""Pixels by which a long text stands off the column before it: in rows, beyond `_POLSTER`; in heads."""
_RECHTS: Rahmen = (("align", "right"), ("num_format", "@_s"))


def write_tabelle(blatt: Blatt, tabelle: Tabelle, spalte: int = 0) -> list[int]:
    """Write a whole table; a page break falls before it or between its rows (the head is then repeated).

    Returns:
        the row number of each row of the body.
    """
    tabelle = _as_wide_as(tabelle, blatt, spalte)
    hoehen = [_zeilenhoehe(tabelle, zeile, blatt) for zeile in tabelle.zeilen]
    fuss = _fusshoehe(blatt, tabelle)
    kopf = _kopfhoehe(blatt, tabelle)
    ganz = kopf + sum(hoehen) + fuss
    # Below the title of a sheet a table begins at once: a page that carries the title alone helps nobody.
    oben = blatt.platz - blatt.frei() < blatt.platz // 5
    blatt.braucht(kopf + hoehen[0] if oben and hoehen else ganz if ganz <= blatt.platz else kopf + sum(hoehen[:6]))
    _write_kopf(blatt, tabelle, spalte, fortsetzung=False)
    orte: list[int] = []
    letzte_nummer = len(hoehen) - 1
    for nummer, (zeile, hoehe) in enumerate(zip(tabelle.zeilen, hoehen, strict=True)):
        # The last row stays with the notes, so that no page carries notes alone.
        if blatt.frei() < hoehe + (fuss if nummer == letzte_nummer else 0):
            blatt.umbruch()
            _write_kopf(blatt, tabelle, spalte, fortsetzung=True)
        orte.append(blatt.zeile)
        _write_zeile(blatt, tabelle, zeile, hoehe, spalte, letzte=nummer == letzte_nummer, beginn=orte[0])
    for anmerkung in _fusszeilen(blatt, tabelle):
        blatt.klein(anmerkung)
    return orte


# -- measuring ------------------------------------------------------------------------------------------------------


def _as_wide_as(tabelle: Tabelle, blatt: Blatt, erste: int) -> Tabelle:
    """Give the columns the widths of the sheet, which several tables share: by them texts are broken and measured."""
    paare = list(zip(tabelle.spalten, blatt.breiten[erste : erste + len(tabelle.spalten)], strict=True))
    if all(spalte.breite == pixel for spalte, pixel in paare):
        return tabelle
    return attrs.evolve(tabelle, spalten=tuple(attrs.evolve(spalte, breite=pixel) for spalte, pixel in paare))


def _fusszeilen(blatt: Blatt, tabelle: Tabelle) -> tuple[str, ...]:
    """List the notes; source and legend share a line where both fit."""
    quelle = f"Quelle: {tabelle.quelle}" if tabelle.quelle else ""
    beide = ". ".join(text for text in (quelle, tabelle.legende) if text)
    if breite(beide, blatt.kleingroesse) <= blatt.breite - 4:
        return (*tabelle.anmerkungen, *((beide,) if beide else ()))
    return (*tabelle.anmerkungen, quelle, tabelle.legende)


def _fusshoehe(blatt: Blatt, tabelle: Tabelle) -> int:
    platz, groesse = blatt.breite - 4, blatt.kleingroesse
    return sum(len(umbrechen(sauber(text), platz, groesse)) for text in _fusszeilen(blatt, tabelle)) * blatt.kleinzeile


def _titelhoehe(blatt: Blatt, spalten: tuple[Spalte, ...]) -> int:
    zeilen = max(
        len(
            umbrechen(
                sauber(s.titel),
                s.breite - _KOPFPOLSTER - _KOPFEINZUG * (s.art is Spaltenart.LANG),
                blatt.kleingroesse,
                fett=True,
            )
        )
        for s in spalten
    )
    return zeilen * (blatt.kleinzeile - 1) + 6


def _kopfhoehe(blatt: Blatt, tabelle: Tabelle) -> int:
    titel = len(umbrechen(sauber(tabelle.ueberschrift), blatt.breite - 4, 11, fett=True)) * 19
    gruppe = ZEILE if any(spalte.gruppe for spalte in tabelle.spalten) else 0
    einheit = blatt.kleinzeile if any(spalte.einheit for spalte in tabelle.spalten) else 0
    return titel + gruppe + einheit + _titelhoehe(blatt, tabelle.spalten)


def zeilenhoehe(text: str, platz: int, groesse: float, *, fett: bool = False) -> int:
    """Return the height in pixels of a row that wraps this text in a column of `platz` pixels."""
    return ZEILE + (len(umbrechen(sauber(text), platz - _POLSTER, groesse, fett=fett)) - 1) * 15


def _zeilenhoehe(tabelle: Tabelle, zeile: Zeile, blatt: Blatt) -> int:
    fett = zeile.art is Zeilenart.STADT
    hoehen = [
        zeilenhoehe(zelle, spalte.breite - _EINZUG * (spalte.art is Spaltenart.LANG), blatt.stil.groesse, fett=fett)
        for zelle, spalte in zip(zeile.zellen, tabelle.spalten, strict=True)
        if isinstance(zelle, str) and spalte.art in _TEXTE
    ]
    luft = 4 if any(spalte.art is Spaltenart.LANG for spalte in tabelle.spalten) else 0
    return max(hoehen, default=ZEILE) + luft


# -- writing --------------------------------------------------------------------------------------------------------


def _write_kopf(blatt: Blatt, tabelle: Tabelle, erste: int, *, fortsetzung: bool) -> None:
    stil, ws = blatt.stil, blatt.ws
    titel = tabelle.ueberschrift + (" (Fortsetzung)" if fortsetzung else "")
    for text in umbrechen(sauber(titel), blatt.breite - 4, 11, fett=True):
        ws.write_string(blatt.rueck(19), erste, text, blatt.formate.get(bold=True, font_size=11, font_color=stil.kopf))
    grund: dict[str, Any] = {"bg_color": stil.band, "bold": True, "font_size": blatt.kleingroesse, "text_wrap": True}
    if any(spalte.gruppe for spalte in tabelle.spalten):
        _write_gruppen(blatt, tabelle, erste, grund)
    zeile = blatt.rueck(_titelhoehe(blatt, tabelle.spalten))
    mit_einheit = any(spalte.einheit for spalte in tabelle.spalten)
    unten = {} if mit_einheit else {"bottom": 1, "bottom_color": stil.kopf}
    for nummer, spalte in enumerate(tabelle.spalten):
        form = blatt.formate.get(**{**grund, **unten, **dict(_ausrichtung(spalte, nummer)), "valign": "bottom"})
        ws.write_string(zeile, erste + nummer, sauber(spalte.titel), form)
    if mit_einheit:
        zeile = blatt.rueck(blatt.kleinzeile)
        klein = {**grund, "bold": False, "bottom": 1, "bottom_color": stil.kopf}
        for nummer, spalte in enumerate(tabelle.spalten):
            form = blatt.formate.get(**{**klein, **dict(_ausrichtung(spalte, nummer)), "valign": "bottom"})
            ws.write_string(zeile, erste + nummer, sauber(spalte.einheit), form)


def _write_gruppen(blatt: Blatt, tabelle: Tabelle, erste: int, grund: dict[str, Any]) -> None:
    """Write the group heads; a group spans its columns by flowing over empty cells, without merging."""
    zeile = blatt.rueck()
    offen = {**grund, "text_wrap": False, "font_color": blatt.stil.kopf, "align": "left"}
    vorige = ""
    for nummer, spalte in enumerate(tabelle.spalten):
        beginnt = spalte.gruppe != vorige
        rand = {"left": 1, "left_color": blatt.stil.kopf} if beginnt and nummer else {}
        form = blatt.formate.get(**offen, **rand)
        if beginnt and spalte.gruppe:
            blatt.ws.write_string(zeile, erste + nummer, sauber(spalte.gruppe), form)
        else:
            blatt.ws.write_blank(zeile, erste + nummer, None, form)
        vorige = spalte.gruppe


def _ausrichtung(spalte: Spalte, nummer: int) -> Rahmen:
    """Align texts left (a little off a number before them), numbers right with the room of a Vermerk behind them."""
    if spalte.art is Spaltenart.LANG:
        return _OBEN_EINGERUECKT if nummer else _OBEN
    if spalte.art in (*_TEXTE, Spaltenart.VERLAUF):
        return _EINGERUECKT if nummer else _LINKS
    return _RECHTS


def zeilenrahmen(blatt: Blatt, art: Zeilenart, *, letzte: bool) -> Rahmen:
    """Return the properties that all cells of a row share: bold city, hairline, closing line."""
    stil = blatt.stil
    linie: list[tuple[str, Any]] = [("bottom", 1), ("bottom_color", stil.kopf if letzte else stil.linie)]
    if art is Zeilenart.STADT:
        linie = [("bold", True), ("bottom", 1), ("bottom_color", stil.kopf)]
    if art is Zeilenart.REST:
        linie.append(("italic", True))
    return tuple(linie)


def _write_zeile(
    blatt: Blatt, tabelle: Tabelle, zeile: Zeile, hoehe: int, erste: int, *, letzte: bool, beginn: int
) -> None:
    ws, formate = blatt.ws, blatt.formate
    nummer = blatt.rueck(hoehe)
    gewoehnlich = zeilenrahmen(blatt, zeile.art, letzte=letzte)
    if any(spalte.art is Spaltenart.LANG for spalte in tabelle.spalten):
        # Beside a long text a number stands in its first line.
        gewoehnlich = (*gewoehnlich, ("valign", "top"))
    am_bruch = (*gewoehnlich, ("left", 5), ("left_color", blatt.stil.kopf))
    for ort, (wert, spalte) in enumerate(zip(zeile.zellen, tabelle.spalten, strict=True), start=erste):
        rahmen = am_bruch if spalte.trennung else gewoehnlich
        if isinstance(wert, Zahl):
            _write_zahl(blatt, (nummer, ort), wert, spalte, rahmen, beginn)
        elif isinstance(wert, Grund):
            grund = (*_RECHTS, ("bg_color", blatt.stil.geheim)) if wert.geheim else _RECHTS
            ws.write_string(nummer, ort, wert.symbol, formate.aus(rahmen, grund))
        elif wert:
            umbruch = (("text_wrap", True),) if spalte.art in _TEXTE else ()
            form = formate.aus(rahmen, _ausrichtung(spalte, ort - erste) + umbruch)
            ws.write_string(nummer, ort, sauber(wert), form)
        else:
            ws.write_blank(nummer, ort, None, formate.aus(rahmen, ()))


def _write_zahl(blatt: Blatt, ort: tuple[int, int], zahl: Zahl, spalte: Spalte, rahmen: Rahmen, beginn: int) -> None:
    stellen = spalte.nachkommastellen if zahl.nachkommastellen is None else zahl.nachkommastellen
    form = blatt.formate.zahl(
        spalte.art, stellen, lage=zahl.lage, farbe=zahl.farbe, vermerk=zahl.vermerk, strich=zahl.strich, rahmen=rahmen
    )
    if zahl.formel:
        zellen = [f"{spaltenname}{ort[0] + 1}" for spaltenname in blatt.spaltennamen]
        # A sum over the rows above passes over repeated heads: they are text.
        oben = f"{blatt.spaltennamen[ort[1]]}{beginn + 1}:{blatt.spaltennamen[ort[1]]}{ort[0]}"
        blatt.ws.write_formula(*ort, "=" + zahl.formel.format(*zellen, oben=oben), form, zahl.wert)
    else:
        blatt.ws.write_number(*ort, zahl.wert, form)
