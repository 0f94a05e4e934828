"""The sheet that a Fachbereich fills: rows are its areas, columns its Merkmale, only the yellow cells are open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from sozialtool.ausgabe.blatt import SEITE_HOEHE, Seitenrahmen, set_seite
from sozialtool.ausgabe.formate import zahlenformat
from sozialtool.ausgabe.mappe import Mappe, sauber
from sozialtool.ausgabe.schrift import breite, umbrechen
from sozialtool.einlesen.rohblatt import Zellwert
from sozialtool.erhebung.eingaberegeln import define, set_regeln
from sozialtool.erhebung.formular import (
    ANGABEN,
    ANMERKUNG,
    BEMERKUNG,
    ERLAEUTERUNG,
    GESAMT,
    PRUEFUNG,
    SUMME,
    VORJAHR,
    WAHLTAG,
    WEIL,
    Formular,
    fragt_wahltag,
    is_wahl,
    text_of,
)
from sozialtool.fach.messwert import Merkmal, Merkmalart, Messwert
from sozialtool.fach.quelle import Befund
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import runde

Eintraege = Mapping[tuple[str, str], Zellwert]
"""(key of the row, key of the column) → what stands in the cell."""
Marken = Mapping[tuple[str, str], Befund]
"""(key of the row, key of the column) → what is asked about the cell."""

OFFEN, FRAGLICH = "#FFF9DB", "#FEE0B6"
_KENNUNGSZEILE, _NAMENSZEILE, _TEXTZEILE, _STANDZEILE = 4, 5, 6, 7
ERSTE_ZEILE = 8
_ERSTE_SPALTE = 2
_BREITE_NR, _BREITE_NAME, _BREITE_WERT, _BREITE_VORJAHR, _BREITE_NOTIZ = 46, 200, 92, 68, 220
_BREITE_NAME_MAX = 330
_SEITE = 1131
"""Column pixels on A4 landscape at 80 % (`ausgabe.blatt.SEITE_BREITE`)."""
_SKALEN = (80, 68)
"""Print scales in percent; the first at which everything fits on one page is taken, or at least on the height of one."""
_ZEILE = 18
"""Pixels of a row, set for all so that Excel and LibreOffice break pages at the same place."""
HINWEISE = (
    "Bitte nur die gelben Felder ausfüllen; alles andere ist gegen Versehen geschützt (ohne Kennwort).",
    f"Statt einer Zahl geht „geheim“, „folgt“, „k. A.“ … (siehe Blatt „{ERLAEUTERUNG}“) oder unten ein Grund für die ganze Spalte.",
)


@attrs.frozen
class Angabenblatt:
    """Writer of the sheet; `zeichen` is the absolute range of the allowed words on the sheet with the explanation."""

    mappe: Mappe
    ws: Any
    formular: Formular
    zeichen: str
    eintraege: Eintraege
    marken: Marken

    def spalte(self, nummer: int) -> int:
        """Return the column of a Merkmal by its position."""
        return _ERSTE_SPALTE + 2 * nummer

    @property
    def notizspalte(self) -> int:
        """Return the column of the free notes."""
        return self.spalte(len(self.formular.merkmale))

    @property
    def erste(self) -> int:
        """Return the row of the first area."""
        return ERSTE_ZEILE

    @property
    def letzte(self) -> int:
        """Return the row of the last area."""
        return ERSTE_ZEILE + len(self.formular.gebiete) - 1

    def form(self, **angaben: Any) -> Any:
        """Return a format with hairlines around the cell."""
        return self.mappe.formate.get(border=1, border_color=self.mappe.stil.linie, **angaben)

    def write_feld(self, ort: tuple[int, int], schluessel: tuple[str, str], **form: Any) -> None:
        """Write an open cell with what was entered, marked and commented where a question is about it."""
        wert = self.eintraege.get(schluessel)
        marke = self.marken.get(schluessel)
        zahl = form.pop("num_format", "@")
        if marke is not None and (wert is None or wert == ""):
            zahl = "@"  # an empty cell carries the sign itself
        elif marke is not None:
            zahl = '"? "@' if zahl == "@" else f'"? "{zahl};"? "−{zahl};"? "{zahl};"? "@'
        grund = FRAGLICH if marke else OFFEN
        format_ = self.form(locked=False, bg_color=grund, num_format=zahl, bold=bool(marke), **form)
        if wert is None or wert == "":
            self.ws.write_string(*ort, "?", format_) if marke else self.ws.write_blank(*ort, None, format_)
        elif isinstance(wert, int | float) and not isinstance(wert, bool):
            self.ws.write_number(*ort, wert, format_)
        else:
            self.ws.write_string(*ort, sauber(text_of(wert)), format_)
        if marke is not None:
            self.comment(ort, marke)

    def comment(self, ort: tuple[int, int], marke: Befund) -> None:
        """Say at a cell what is asked about it."""
        text = sauber(f"Rückfrage: {marke.meldung} {marke.vorschlag}".strip())[:1000]
        self.ws.write_comment(*ort, text, {"author": "Sozialplanung", "x_scale": 2.2, "y_scale": 1.6})


def write_angaben(
    mappe: Mappe, formular: Formular, zeichen: str, eintraege: Eintraege | None = None, marken: Marken | None = None
) -> None:
    """Add the sheet to a workbook.

    Args:
        mappe: workbook under construction.
        formular: rows, columns, texts.
        zeichen: absolute reference of the list of allowed words.
        eintraege: what stands in the open cells already (a Rückfrage).
        marken: cells that are asked about.
    """
    blatt = Angabenblatt(mappe, mappe.add_blatt(ANGABEN), formular, zeichen, eintraege or {}, marken or {})
    _set_seite(blatt)
    _write_kopf(blatt)
    for nummer, merkmal in enumerate(formular.merkmale):
        _write_spaltenkopf(blatt, blatt.spalte(nummer), merkmal)
    _write_zeilen(blatt)
    _write_summen(blatt)
    _write_fuss(blatt)
    set_regeln(blatt)
    blatt.ws.protect("", {"format_columns": True, "format_rows": True, "objects": True, "scenarios": True})


def _set_seite(blatt: Angabenblatt) -> None:
    formular, ws = blatt.formular, blatt.ws
    rahmen = Seitenrahmen(formular.titel, formular.kommune.name, f"Fassung {formular.fassung}")
    set_seite(ws, blatt.mappe.stil, rahmen)
    breiten = [
        _BREITE_NR,
        _name_width(formular),
        *[_BREITE_WERT, _BREITE_VORJAHR] * len(formular.merkmale),
        _BREITE_NOTIZ,
    ]
    for spalte, pixel in enumerate(breiten):
        ws.set_column_pixels(spalte, spalte, pixel)
    ws.repeat_columns(0, 1)
    ws.freeze_panes(ERSTE_ZEILE, _ERSTE_SPALTE)
    ws.set_v_pagebreaks([blatt.spalte(nummer) for nummer in _column_breaks(formular)])
    ws.print_area(0, 0, blatt.letzte + 9, blatt.notizspalte)
    _split_pages(blatt)
    ws.set_selection(ERSTE_ZEILE, _ERSTE_SPALTE, ERSTE_ZEILE, _ERSTE_SPALTE)


def _write_kopf(blatt: Angabenblatt) -> None:
    formular, ws, formate, stil = blatt.formular, blatt.ws, blatt.mappe.formate, blatt.mappe.stil
    ws.set_row_pixels(0, 28)
    # On several pages the first two columns are repeated: a text running out of them would be cut on each.
    links = 0 if _fits(formular) else _ERSTE_SPALTE
    gross = formate.get(bold=True, font_size=16, font_color=stil.kopf)
    ws.write_string(0, links, sauber(formular.titel), gross)
    if links:
        ws.write_string(0, 0, f"{ANGABEN} {formular.jahr}", gross)
    bis = f" · bitte zurück bis {formular.frist:%d.%m.%Y}" if formular.frist else ""
    ws.write_string(1, links, sauber(f"{formular.kommune.name}{bis}"), formate.get(bold=True))
    for zeile, text in enumerate(HINWEISE, start=2):
        ws.write_string(zeile, links, text, formate.get(font_color=stil.neben))
    klein = formate.get(font_size=7, font_color=stil.linie)
    ws.set_row_pixels(_KENNUNGSZEILE, 13)
    ws.write_string(_KENNUNGSZEILE, 0, "Schlüssel", klein)
    ws.write_string(_KENNUNGSZEILE, blatt.notizspalte, ANMERKUNG, klein)
    for nummer, merkmal in enumerate(formular.merkmale):
        ws.write_string(_KENNUNGSZEILE, blatt.spalte(nummer), merkmal.schluessel, klein)
        ws.write_string(_KENNUNGSZEILE, blatt.spalte(nummer) + 1, VORJAHR, formate.get(font_size=7, font_color=stil.linie, align="right"))  # fmt: skip
    kopf = blatt.form(bold=True, bg_color=stil.band, text_wrap=True)
    for zeile in (_NAMENSZEILE, _TEXTZEILE):
        for spalte in (0, 1, blatt.notizspalte):
            ws.write_blank(zeile, spalte, None, kopf)
    ws.write_string(_STANDZEILE, 0, "Nr.", kopf)
    ws.write_string(_STANDZEILE, 1, sauber(formular.ebene), kopf)
    ws.write_string(_STANDZEILE, blatt.notizspalte, "Anmerkungen (frei)", kopf)
    for zeile, pixel in zip((_NAMENSZEILE, _TEXTZEILE), _head_heights(formular), strict=True):
        ws.set_row_pixels(zeile, pixel)


def _head_heights(formular: Formular) -> tuple[int, int]:
    """Pixels of the rows with the names and with the definitions, so that no text is cut."""
    platz = _BREITE_WERT + _BREITE_VORJAHR - 12
    namen = max(len(umbrechen(sauber(m.name), platz, 10.0, fett=True)) for m in formular.merkmale)
    texte = max(len(umbrechen(sauber(define(m, formular)), platz, 8.5)) for m in formular.merkmale)
    return namen * 17 + 6, texte * 15 + 6


def _row_height(formular: Formular, gebiet: Gebiet) -> int:
    """Pixels of the row of an area; a name that is too long takes several lines."""
    zeilen = len(umbrechen(sauber(gebiet.name), _name_width(formular) - 12, 10))
    return _ZEILE if zeilen == 1 else 17 * zeilen + 3


def _split_pages(blatt: Angabenblatt) -> None:
    """Print small enough for one page below the other; where that is too small, heads repeat and the foot stays together."""
    skala = _scale(blatt.formular)
    oben, alles = _heights(blatt.formular)
    blatt.ws.set_print_scale(skala)
    blatt.ws.repeat_rows(_NAMENSZEILE, _STANDZEILE)
    if oben < SEITE_HOEHE * 100 // skala < alles:
        blatt.ws.set_h_pagebreaks([blatt.letzte + 5])


def _heights(formular: Formular) -> tuple[int, int]:
    """Pixels down to the sums, and down to the end."""
    tabelle = 28 + 4 * 20 + 13 + sum(_head_heights(formular)) + sum(_row_height(formular, g) for g in formular.gebiete)
    oben = tabelle + 4 * _ZEILE
    return oben, oben + 2 * 52 + 3 * _ZEILE


def _scale(formular: Formular) -> int:
    """Percent at which it is printed."""
    hoch = [s for s in _SKALEN if _heights(formular)[1] <= SEITE_HOEHE * 100 // s]
    return next((s for s in hoch if _width(formular) <= _room(s)), hoch[0] if hoch else _SKALEN[0])


def _room(skala: int) -> int:
    """Pixels of columns that fit on the width of a page."""
    return _SEITE * _SKALEN[0] // skala


def _width(formular: Formular) -> int:
    paare = len(formular.merkmale) * (_BREITE_WERT + _BREITE_VORJAHR)
    return _BREITE_NR + _name_width(formular) + paare + _BREITE_NOTIZ


def _fits(formular: Formular) -> bool:
    """Whether all columns are on one page."""
    return _width(formular) <= _room(_scale(formular))


def _column_breaks(formular: Formular) -> list[int]:
    """Numbers of the Merkmale that begin a page; the remarks never stand on one alone."""
    platz = _room(_scale(formular)) - _BREITE_NR - _name_width(formular)
    paar, anzahl = _BREITE_WERT + _BREITE_VORJAHR, len(formular.merkmale)
    je_seite = platz // paar
    anfaenge = list(range(je_seite, anzahl, je_seite))
    auf_letzter = anzahl - (anfaenge[-1] if anfaenge else 0)
    if auf_letzter > 1 and auf_letzter * paar + _BREITE_NOTIZ > platz:
        anfaenge.append(anzahl - 1)
    return anfaenge


def _name_width(formular: Formular) -> int:
    """Pixels for the names of the areas: none runs into the first open cell; very long ones are broken into lines."""
    laengster = max(breite(sauber(g.name), 10) for g in formular.gebiete)
    return int(min(max(_BREITE_NAME, laengster + 14), _BREITE_NAME_MAX))


def _write_spaltenkopf(blatt: Angabenblatt, spalte: int, merkmal: Merkmal) -> None:
    ws, stil, jahr = blatt.ws, blatt.mappe.stil, blatt.formular.jahr
    kopf = blatt.form(bold=True, bg_color=stil.band, text_wrap=True, align="left", valign="top")
    klein = blatt.form(font_size=8.5, bg_color=stil.band, text_wrap=True, align="left", valign="top")
    ws.merge_range(_NAMENSZEILE, spalte, _NAMENSZEILE, spalte + 1, sauber(merkmal.name), kopf)
    ws.merge_range(_TEXTZEILE, spalte, _TEXTZEILE, spalte + 1, sauber(define(merkmal, blatt.formular)), klein)
    ws.write_string(_STANDZEILE, spalte, str(jahr), blatt.form(bold=True, bg_color=stil.band, align="right"))
    ws.write_string(
        _STANDZEILE, spalte + 1, str(jahr - 1), blatt.form(bg_color=stil.band, align="right", font_color=stil.neben)
    )


def zahl_of(merkmal: Merkmal) -> str:
    """Return the number format of a Merkmal: no decimals for counts, two for averages and shares."""
    return zahlenformat(0 if merkmal.art in (Merkmalart.ANZAHL, Merkmalart.STUFE) else 2).split(";", maxsplit=1)[0]


def _write_zeilen(blatt: Angabenblatt) -> None:
    formular, ws, stil = blatt.formular, blatt.ws, blatt.mappe.stil
    fest = blatt.form(bg_color="#F3F4F4", text_wrap=True)
    for zeile, gebiet in enumerate(formular.gebiete, start=ERSTE_ZEILE):
        ws.write_string(zeile, 0, sauber(gebiet.schluessel), blatt.form(bg_color="#F3F4F4", font_color=stil.neben))
        ws.write_string(zeile, 1, sauber(gebiet.name), fest)
        ws.set_row_pixels(zeile, _row_height(formular, gebiet))
        for nummer, merkmal in enumerate(formular.merkmale):
            ort = (zeile, blatt.spalte(nummer))
            schluessel = (gebiet.schluessel, merkmal.schluessel)
            blatt.write_feld(ort, schluessel, num_format=zahl_of(merkmal), align="right")
            _write_vorjahr(blatt, (zeile, ort[1] + 1), formular.vorjahr.get(schluessel), merkmal)
        blatt.write_feld((zeile, blatt.notizspalte), (gebiet.schluessel, ANMERKUNG), text_wrap=True)


def _write_vorjahr(blatt: Angabenblatt, ort: tuple[int, int], messwert: Messwert | None, merkmal: Merkmal) -> None:
    form = {"bg_color": "#F3F4F4", "font_color": blatt.mappe.stil.neben, "align": "right"}
    if messwert is None:
        blatt.ws.write_blank(*ort, None, blatt.form(**form))
    elif messwert.wert is None or messwert.zeichen is not None:
        assert messwert.zeichen is not None
        blatt.ws.write_string(*ort, messwert.zeichen.symbol, blatt.form(**form))
    else:
        stellen = 0 if merkmal.art in (Merkmalart.ANZAHL, Merkmalart.STUFE) else 2
        blatt.ws.write_number(*ort, runde(messwert.wert, stellen), blatt.form(num_format=zahl_of(merkmal), **form))


# -- below the areas ------------------------------------------------------------------------------------------------


def _write_summen(blatt: Angabenblatt) -> None:
    """Sum of the rows, total as the department knows it, and whether both agree."""
    ws, stil, summe = blatt.ws, blatt.mappe.stil, blatt.letzte + 1
    fett = blatt.form(bold=True, bg_color=stil.band)
    nr = blatt.form(font_size=7, bg_color=stil.band, font_color=stil.linie, shrink=True)
    for zeile, schluessel, text in (
        (summe, SUMME, "Summe der Zeilen"),
        (summe + 1, GESAMT, "Stadt insgesamt (Ihre Zahl)"),
        (summe + 2, PRUEFUNG, "Prüfung"),
    ):
        ws.set_row_pixels(zeile, _ZEILE)
        ws.write_string(zeile, 0, schluessel, nr)
        ws.write_string(zeile, 1, text, fett)
        ws.write_blank(zeile, blatt.notizspalte, None, fett)
    blatt.write_feld((summe + 1, blatt.notizspalte), (GESAMT, ANMERKUNG), text_wrap=True)
    for nummer, merkmal in enumerate(blatt.formular.merkmale):
        _write_summenspalte(blatt, blatt.spalte(nummer), merkmal)


def _write_summenspalte(blatt: Angabenblatt, spalte: int, merkmal: Merkmal) -> None:
    ws, stil, summe = blatt.ws, blatt.mappe.stil, blatt.letzte + 1
    band = {"bg_color": stil.band, "align": "right"}
    blatt.write_feld((summe + 1, spalte), (GESAMT, merkmal.schluessel), num_format=zahl_of(merkmal), align="right")
    stadt = blatt.formular.vorjahr.get((blatt.formular.kommune.ags, merkmal.schluessel))
    _write_vorjahr(blatt, (summe + 1, spalte + 1), stadt, merkmal)
    for zeile in (summe, summe + 2):
        ws.write_blank(zeile, spalte + 1, None, blatt.form(**band))
        if not merkmal.art.additiv:
            ws.write_blank(zeile, spalte, None, blatt.form(**band))
    if not merkmal.art.additiv:
        return
    bereich = xl_range(ERSTE_ZEILE, spalte, blatt.letzte, spalte)
    werte = [blatt.eintraege.get((g.schluessel, merkmal.schluessel)) for g in blatt.formular.gebiete]
    zahlen = [wert for wert in werte if isinstance(wert, int | float) and not isinstance(wert, bool)]
    ergebnis = sum(zahlen) if zahlen else ""
    form = blatt.form(bold=True, num_format=zahl_of(merkmal), **band)
    ws.write_formula(summe, spalte, f'=IF(COUNT({bereich})=0,"",SUM({bereich}))', form, ergebnis)
    oben, unten = (xl_rowcol_to_cell(zeile, spalte) for zeile in (summe, summe + 1))
    formel = f'=IF(AND(ISNUMBER({oben}),ISNUMBER({unten})),IF(ABS({unten}-{oben})<0.5,"stimmt","weicht ab: "&ROUND({unten}-{oben},0)),"")'
    gesamt = blatt.eintraege.get((GESAMT, merkmal.schluessel))
    ws.write_formula(summe + 2, spalte, formel, blatt.form(**band), _compare(ergebnis, gesamt))


def _compare(summe: float | str, gesamt: Zellwert) -> str:
    """The result that the formula of the check will have."""
    if isinstance(summe, str) or not isinstance(gesamt, int | float) or isinstance(gesamt, bool):
        return ""
    unterschied = gesamt - summe
    return "stimmt" if abs(unterschied) < 0.5 else f"weicht ab: {runde(unterschied, 0):.0f}"


def _write_fuss(blatt: Angabenblatt) -> None:
    """The reason for a whole column, a remark on it, the day of the election, and the mark of the form."""
    ws, stil, weil = blatt.ws, blatt.mappe.stil, blatt.letzte + 5
    fett = blatt.form(bold=True, bg_color=stil.band, text_wrap=True)
    nr = blatt.form(font_size=7, bg_color=stil.band, font_color=stil.linie, shrink=True)
    zeilen = [(weil, WEIL, "Angabe nicht möglich, weil …", 52), (weil + 1, BEMERKUNG, "Bemerkung zur Spalte", 52)]
    if fragt_wahltag(blatt.formular):
        zeilen.append((weil + 2, WAHLTAG, "Wahltag (TT.MM.JJJJ)", 24))
    for zeile, schluessel, text, hoehe in zeilen:
        ws.set_row_pixels(zeile, hoehe)
        ws.write_string(zeile, 0, schluessel, nr)
        ws.write_string(zeile, 1, text, fett)
        for nummer, merkmal in enumerate(blatt.formular.merkmale):
            if schluessel != WAHLTAG or is_wahl(merkmal):
                _write_fussfeld(blatt, (zeile, blatt.spalte(nummer)), (schluessel, merkmal.schluessel))
    marke = blatt.mappe.formate.get(font_size=7, font_color=stil.neben)
    ws.write_string(weil + 3, 0, blatt.formular.kennung.to_text(), marke)


def _write_fussfeld(blatt: Angabenblatt, ort: tuple[int, int], schluessel: tuple[str, str]) -> None:
    """Write an open cell over both columns of a Merkmal, marked and commented where a question is about it."""
    marke, wert = blatt.marken.get(schluessel), blatt.eintraege.get(schluessel)
    form = blatt.form(
        locked=False, bg_color=FRAGLICH if marke else OFFEN, text_wrap=True, align="left", valign="top", font_size=8.5,
        num_format="dd.mm.yyyy" if schluessel[0] == WAHLTAG else "@",
    )  # fmt: skip
    blatt.ws.merge_range(*ort, ort[0], ort[1] + 1, "", form)
    if wert not in (None, ""):
        blatt.ws.write_string(*ort, sauber(text_of(wert)), form)
    if marke is not None:
        blatt.comment(ort, marke)
