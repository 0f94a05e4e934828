"""A sheet of the accessible edition: sentences in column A, below them one real table, nothing else.

What it follows, line by line: docs/entscheidungen/ausgabe-barrierefrei.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from sozialtool.ausgabe.mappe import Eintrag, Mappe, sauber, verweis
from sozialtool.ausgabe.schrift import breite, umbrechen
from sozialtool.ausgabe.tabelle import Grund, Spalte, Spaltenart, Tabelle, Zahl, Zellwert
from sozialtool.fach.messwert import Zeichen

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

GROESSE, TITELGROESSE = 12, 16
"""Points of text and of the title; the list asks for a plain font of a readable size."""
TITEL: tuple[tuple[str, Any], ...] = (("font_size", TITELGROESSE), ("bold", True))
"""Format of a title; `paket` finds it by its size and tags it as a heading."""
_SCHRIFT: tuple[tuple[str, Any], ...] = (("font_size", GROESSE), ("valign", "top"))
_ZEILE, _TITELZEILE = 21, 28
"""Pixels of a row of text and of the title."""
_SATZ = 1150
"""Pixels after which a sentence goes on in the next row."""
_ENDE = re.compile(r"(?<=[a-zäöüß)“%]{2}[.:]) (?=[A-ZÄÖÜ„(])")
"""Between two sentences; an abbreviation such as "k. A." is none."""
_RAND, _SCHMAL, _TEXT, _LANG = 16, 70, 330, 520
"""Pixels beside a text; of the narrowest column, of the widest with words, with sentences."""
INHALT = "Inhalt"
ENTFAELLT = "entfällt"
"""Stands where nothing could stand: no cell of a table is empty."""

WORTE = {
    Zeichen.NICHTS.symbol: "nichts vorhanden",
    Zeichen.GEHEIM.symbol: "geheim",
    Zeichen.UNBEKANNT.symbol: "unbekannt",
    Zeichen.FOLGT.symbol: "folgt",
    Zeichen.UNSICHER.symbol: "nicht sicher genug",
    Zeichen.SINNLOS.symbol: "nicht sinnvoll",
    Zeichen.FEHLT.symbol: "nicht geliefert",
    Zeichen.BRUCH.symbol: "Bruch",
}
"""Sign of the printed edition → word that stands behind it here: a screen reader passes over many signs in silence."""


@attrs.frozen
class Freiblatt:
    """One sheet: its name, title, what is said before the table, heads, rows, alternative text.

    `leer`: what an empty cell means, where some are; without it every empty cell becomes „entfällt“.
    """

    name: str
    titel: str
    spalten: tuple[Spalte, ...]
    zeilen: Sequence[tuple[Zellwert, ...]]
    saetze: tuple[str, ...] = ()
    leer: str = ""


def from_tabelle(name: str, titel: str, tabelle: Tabelle, saetze: Iterable[str] = ()) -> Freiblatt:
    """Take a described table over: groups and units go into the heads, notes and source above the table."""
    quelle = (f"Quelle: {tabelle.quelle}.",) if tabelle.quelle else ()
    spalten = tuple(attrs.evolve(s, titel=_head_of(s), einheit="", gruppe="") for s in tabelle.spalten)
    zeilen = [zeile.zellen for zeile in tabelle.zeilen]
    return Freiblatt(name, titel or tabelle.titel, spalten, zeilen, (*saetze, *tabelle.anmerkungen, *quelle))


def _head_of(spalte: Spalte) -> str:
    vorn = f"{spalte.gruppe}, " if spalte.gruppe else ""
    return f"{vorn}{spalte.titel}" + (f" ({spalte.einheit})" if spalte.einheit else "")


class Freimappe:
    """Writes sheets into a workbook, each under a name of its own; remembers them for the contents."""

    def __init__(self, mappe: Mappe) -> None:
        self.mappe = mappe
        formate = mappe.formate
        self._titel = formate.get(**dict(TITEL), valign="top")
        self._satz = formate.get(**dict(_SCHRIFT))
        self._wort = formate.get(**dict(_SCHRIFT), text_wrap=True)
        self._kopf = formate.get(**dict(_SCHRIFT), bold=True, text_wrap=True)
        self._link = formate.get(**dict(_SCHRIFT), font_color=mappe.stil.kopf, underline=1, text_wrap=True)

    def start(self, name: str) -> Worksheet:
        """Take a place in the workbook, to be filled later by `fill`."""
        return self.mappe.add_blatt(name)

    def add(self, blatt: Freiblatt) -> None:
        """Write a sheet at the end."""
        self.fill(self.start(blatt.name), blatt)

    def fill(self, ws: Worksheet, blatt: Freiblatt, links: Sequence[str] = ()) -> None:
        """Write a sheet; with `links` the first column leads to the sheets of these names."""
        if blatt.zeilen:
            self._table(ws, self.begin(ws, blatt), blatt, links)

    def begin(self, ws: Worksheet, blatt: Freiblatt) -> int:
        """Set the page up and write title and sentences; return the row of the heads."""
        ws.set_default_row(_ZEILE * 0.75)
        ws.set_landscape()
        ws.set_paper(9)
        ws.fit_to_pages(1, 0)
        self.mappe.eintraege.append(Eintrag(sauber(blatt.titel), str(ws.name)))
        ws.set_row_pixels(0, _TITELZEILE)
        ws.write_string(0, 0, sauber(blatt.titel), self._titel)
        leer = blatt.leer or (f"Wo nichts stehen kann, steht „{ENTFAELLT}“." if _has_leere(blatt) else "")
        umfang = f"Dieses Blatt enthält eine Tabelle mit {_say_zeilen(len(blatt.zeilen))} und {_say_spalten(len(blatt.spalten))}."
        zeile = 1
        for satz in (umfang, *blatt.saetze, leer):
            for teil in split_saetze(satz):
                ws.write_string(zeile, 0, teil, self._satz)
                zeile += 1
        if str(ws.name) != INHALT:
            ws.write_url(zeile, 0, verweis(INHALT), self._plain_link(), "Zum Inhaltsverzeichnis")
            zeile += 1
        return zeile

    def write_text(self, ws: Worksheet, titel: str, saetze: Iterable[str]) -> None:
        """Write a sheet of sentences, one in each row, without a table."""
        ws.set_default_row(_ZEILE * 0.75)
        ws.set_column_pixels(0, 0, _SATZ + _RAND)
        ws.set_row_pixels(0, _TITELZEILE)
        ws.set_landscape()
        ws.set_paper(9)
        ws.fit_to_pages(1, 0)
        ws.write_string(0, 0, sauber(titel), self._titel)
        for zeile, satz in enumerate((satz for satz in saetze if satz), start=1):
            self._raise(ws, zeile, len(umbrechen(sauber(satz), _SATZ, GROESSE)))
            ws.write_string(zeile, 0, sauber(satz), self._wort)

    def _plain_link(self) -> Any:
        return self.mappe.formate.get(**dict(_SCHRIFT), font_color=self.mappe.stil.kopf, underline=1)

    def mark(self, ws: Worksheet, kopf: int, anzahl: int, titel: str, spalten: Sequence[str]) -> None:
        """Mark cells up as a table with a head row, a name, a title and an alternative text; without filter and fill."""
        ws.add_table(kopf, 0, kopf + anzahl, len(spalten) - 1, {
            "columns": [{"header": text, "header_format": self._kopf} for text in spalten],
            "name": _table_name(str(ws.name)), "style": None, "banded_rows": False, "autofilter": False,
            "title": sauber(titel)[:250],
            "description": f"Tabelle mit {_say_zeilen(anzahl)}. Spalten: {', '.join(spalten)}"[:1000],
        })  # fmt: skip
        ws.repeat_rows(kopf)

    def _table(self, ws: Worksheet, kopf: int, blatt: Freiblatt, links: Sequence[str]) -> None:
        koepfe = unique([sauber(s.titel) or "ohne Titel" for s in blatt.spalten])
        zeilen = [[_cell(wert) for wert in zeile] for zeile in blatt.zeilen]
        breiten = [
            self._width(ws, nr, koepfe[nr], spalte, [zeile[nr] for zeile in zeilen])
            for nr, spalte in enumerate(blatt.spalten)
        ]
        self.mark(ws, kopf, len(zeilen), blatt.titel, koepfe)
        self._raise(ws, kopf, max(_count(k, b, fett=True) for k, b in zip(koepfe, breiten, strict=True)))
        formate: dict[tuple[Any, ...], Any] = {}
        for nr, zeile in enumerate(zeilen, start=kopf + 1):
            hoehe = 1
            for ort, (wert, spalte, platz) in enumerate(zip(zeile, blatt.spalten, breiten, strict=True)):
                if isinstance(wert, Zahl):
                    ws.write_number(nr, ort, wert.wert, self._number_format(formate, wert, spalte))
                elif links and not ort:
                    ws.write_url(nr, ort, verweis(links[nr - kopf - 1]), self._link, wert)
                elif wert:
                    ws.write_string(nr, ort, wert, self._wort)
                    hoehe = max(hoehe, _count(wert, platz))
            self._raise(ws, nr, hoehe)

    def _raise(self, ws: Worksheet, zeile: int, zeilen: int) -> None:
        if zeilen > 1:
            ws.set_row_pixels(zeile, 3 + 18 * zeilen)

    def _width(
        self, ws: Worksheet, nr: int, kopf: str, spalte: Spalte, zellen: Sequence[Zahl | str]
    ) -> tuple[int, int]:
        """Set a column as wide as its longest text, within limits; every word of the head fits."""
        texte = dict.fromkeys(zelle for zelle in zellen if isinstance(zelle, str))
        laengste = max((breite(teil, GROESSE) for text in texte for teil in text.split("\n")), default=0.0)
        ziffern = max(
            (len(f"{zelle.wert:,.{_decimals(zelle, spalte)}f}") for zelle in zellen if isinstance(zelle, Zahl)),
            default=0,
        )
        wort = max((breite(teil, GROESSE, fett=True) for teil in re.split(r"\s|(?<=-)", kopf)), default=0.0)
        hoechstens = _LANG if spalte.art is Spaltenart.LANG else _TEXT
        pixel = int(max(_SCHMAL, wort + _RAND, min(hoechstens, laengste + _RAND), 9 * ziffern + 26))
        ws.set_column_pixels(nr, nr, pixel)
        return pixel, int(laengste)

    def _number_format(self, formate: dict[tuple[Any, ...], Any], zahl: Zahl, spalte: Spalte) -> Any:
        if spalte.art is Spaltenart.ZEICHEN:
            return self.mappe.formate.get(**dict(_SCHRIFT), num_format="0", align="right")
        schluessel = (spalte.art is Spaltenart.DIFFERENZ, _decimals(zahl, spalte), zahl.vermerk)
        if schluessel not in formate:
            formate[schluessel] = self.mappe.formate.zahl(
                Spaltenart.DIFFERENZ if schluessel[0] else Spaltenart.ZAHL, schluessel[1], vermerk=zahl.vermerk, rahmen=_SCHRIFT
            )  # fmt: skip
        return formate[schluessel]


def _decimals(zahl: Zahl, spalte: Spalte) -> int:
    return spalte.nachkommastellen if zahl.nachkommastellen is None else zahl.nachkommastellen


def _count(text: str, platz: tuple[int, int], *, fett: bool = False) -> int:
    """Lines of a text in a column of (width, width of its longest text) pixels."""
    if not fett and platz[1] + _RAND <= platz[0] and "\n" not in text:
        return 1
    return len(umbrechen(text, platz[0] - _RAND, GROESSE, fett=fett))


def _cell(wert: Zellwert) -> Zahl | str:
    """What stands in a cell: a number, words, or a sign with the word for it."""
    if isinstance(wert, Zahl):
        # A known zero is "–" in print; the sign alone would be silent.
        return name_zeichen(Zeichen.NICHTS.symbol) if wert.strich and wert.wert == 0 else wert
    if isinstance(wert, Grund):
        return name_zeichen(wert.symbol)
    text = sauber(wert or "")
    return name_zeichen(text) if text in WORTE else text or ENTFAELLT


def name_zeichen(symbol: str) -> str:
    """Write a sign with its word: "• geheim"."""
    return f"{symbol} {WORTE[symbol]}" if symbol in WORTE else symbol


def name_zeichen_im(satz: str) -> str:
    """Put the word behind a lone sign in brackets: "(•)" becomes "(• geheim)"."""
    for symbol in (Zeichen.GEHEIM.symbol, Zeichen.BRUCH.symbol):
        satz = satz.replace(f"({symbol})", f"({name_zeichen(symbol)})")
    return satz


def split_saetze(text: str) -> list[str]:
    """Split a paragraph into rows: a sentence each; one that is too long for a screen goes on in the next row."""
    return [teil for satz in _ENDE.split(sauber(text)) if satz for teil in umbrechen(satz, _SATZ, GROESSE)]


def _say_zeilen(anzahl: int) -> str:
    return f"{anzahl} Zeilen" if anzahl != 1 else "einer Zeile"


def _say_spalten(anzahl: int) -> str:
    return f"{anzahl} Spalten" if anzahl != 1 else "einer Spalte"


def _has_leere(blatt: Freiblatt) -> bool:
    return any(wert is None or wert == "" for zeile in blatt.zeilen for wert in zeile)


def unique(koepfe: Sequence[str]) -> list[str]:
    """Number heads that occur twice: in a table each must be different (Excel ignores case)."""
    gesehen: dict[str, int] = {}
    fertig = []
    for kopf in koepfe:
        nummer = gesehen[kopf.casefold()] = gesehen.get(kopf.casefold(), 0) + 1
        fertig.append(kopf if nummer == 1 else f"{kopf} ({nummer})")
    return fertig


def _table_name(blatt: str) -> str:
    """Name a table after its sheet: letters, digits, underscores; never a name that could be a cell."""
    return "Tabelle_" + re.sub(r"\W+", "_", blatt).strip("_")
