"""What a draft looks like as rows: tables found, columns and areas with what becomes of them. No widget."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs
from rich.text import Text

from sozialtool.tui.assistent.entwurf import Entwurf
from sozialtool.tui.deutsch import anzahl
from sozialtool.tui.teile.tabelle import Reihe
from sozialtool.tui.text import kuerzen, zahl, zelle

if TYPE_CHECKING:
    from sozialtool.ablauf import Frage, Rohblatt, Tabellenfund, ZuordnungZeile

SCHMAL, BREIT = 5, 26
"""Least and greatest width of a column of the preview, in cells."""
VORSCHAU = 200
"""Rows of a sheet that are shown; the preview says so."""


def buchstabe(spalte: int) -> str:
    """Name a column as Excel does: 0 → "A"."""
    text, rest = "", spalte + 1
    while rest:
        rest, stelle = divmod(rest - 1, 26)
        text = chr(65 + stelle) + text
    return text


def describe_fund(fund: Tabellenfund) -> str:
    """Say where a table lies: "Blatt „Auswertung“ · Kopf Zeile 4–6 · Daten B7:F18 · sicher 90 %"."""
    kopf = "ohne Kopf"
    if fund.kopf is not None:
        von, bis = fund.kopf.zeile + 1, fund.kopf.bis_zeile + 1
        kopf = f"Kopf Zeile {von}" if von == bis else f"Kopf Zeile {von}–{bis}"
    return f"Blatt „{fund.blatt}“ · {kopf} · Daten {fund.daten} · sicher {fund.sicherheit:.0%}".replace("%", " %")


def cell(wert: object) -> str:
    """Write a cell of a foreign sheet as it is stored, in German."""
    if wert is None:
        return ""
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, float | int):
        ganz = isinstance(wert, int) or wert.is_integer()
        return str(int(wert)) if ganz and abs(wert) < 1e15 else f"{wert:.15g}".replace(".", ",")
    if isinstance(wert, dt.date):
        return f"{wert:%d.%m.%Y}"
    return str(wert)


def preview_widths(blatt: Rohblatt, ab_spalte: int, platz: int) -> list[int]:
    """Widths of the columns, from one on, that fit into so many cells: as wide as their texts, within limits."""
    breiten: list[int] = []
    for spalte in range(ab_spalte, blatt.breite):
        laengste = max((len(cell(zeile[spalte])) for zeile in blatt.zeilen[:VORSCHAU]), default=0)
        breite = max(SCHMAL, min(laengste, BREIT)) + 2
        if breiten and sum(breiten) + breite > platz:
            break
        breiten.append(breite)
    return breiten


def _preview_cell(wert: object, breite: int) -> str | Text:
    if isinstance(wert, float | int) and not isinstance(wert, bool):
        return zelle(f"{kuerzen(cell(wert), breite - 2):>{breite - 2}}")
    return cell(wert)


def preview(blatt: Rohblatt, ab_spalte: int, breiten: Sequence[int]) -> list[Reihe]:
    """Make the rows of the preview: row number as in Excel, then the cells of some columns."""
    return [
        Reihe(
            str(nummer),
            (
                str(nummer + 1),
                *(_preview_cell(zeile[ab_spalte + stelle], breite) for stelle, breite in enumerate(breiten)),
            ),
        )
        for nummer, zeile in enumerate(blatt.zeilen[:VORSCHAU])
    ]


@attrs.frozen
class Zeile:
    """A line of the mapping: where, what stands there, what becomes of it; with its question where one is open."""

    ort: str
    text: str
    ziel: str
    frage: Frage | None = None
    regel: ZuordnungZeile | None = None


def build_zeilen(entwurf: Entwurf) -> list[tuple[str, list[Zeile]]]:
    """Group the mapping: what is open first, then columns, then areas."""
    fragen = [_frage_zeile(frage) for frage in entwurf.pruefung.fragen]
    gruppen = [
        ("Noch offen", fragen),
        ("Spalten", _regeln(entwurf, "spalte")),
        ("Ganze Tabelle", _regeln(entwurf, "stand")),
        ("Zeilen", _regeln(entwurf, "merkmal", "abschnitt")),
        ("Gebiete", _gebiete(entwurf)),
    ]
    return [(titel, zeilen) for titel, zeilen in gruppen if zeilen]


_OHNE_TEXT = {"stand": "Stand der Tabelle", "tabellengebiet": "Gebiet der Tabelle", "einheit": "Einheit"}
"""What a question is about where the file says nothing."""


def _frage_zeile(frage: Frage) -> Zeile:
    text = frage.text or _OHNE_TEXT.get(frage.art, "ohne Beschriftung")
    if not frage.vorschlaege:
        return Zeile(frage.zelle, text, "?", frage)
    erster = frage.vorschlaege[0]
    sicher = f" ({erster.prozent} %)" if erster.prozent else ""
    return Zeile(frage.zelle, text, f"? {erster.name}{sicher}", frage)


def _regeln(entwurf: Entwurf, *arten: str) -> list[Zeile]:
    """Lines of the rules that are settled."""
    return [
        Zeile(zeile.ort, zeile.text, zeile.ziel, regel=zeile)
        for zeile in entwurf.zeilen
        if zeile.art in arten and not zeile.frage
    ]


def _gebiete(entwurf: Entwurf) -> list[Zeile]:
    """Areas as they were understood: row by row where a row is one area."""
    je_zeile: dict[tuple[str, int], set[str]] = {}
    for messwert in entwurf.pruefung.messwerte:
        blatt, _, adresse = messwert.zelle.rpartition("!")
        ziffern = "".join(zeichen for zeichen in adresse if zeichen.isdigit())
        if ziffern:
            je_zeile.setdefault((blatt, int(ziffern) - 1), set()).add(messwert.gebiet)
    zeilen = []
    for fund in entwurf.pruefung.funde:
        for reihe in fund.datenzeilen:
            gebiete = je_zeile.get((fund.blatt, reihe.nummer), set())
            if len(gebiete) == 1:
                name = entwurf.gebiete.get(next(iter(gebiete)), next(iter(gebiete)))
                zeilen.append(Zeile(str(reihe.nummer + 1), " ".join(reihe.beschriftung), name))
    return zeilen


def summary(entwurf: Entwurf) -> str:
    """Say what would be taken over: figures, areas, Merkmale, newest Stand."""
    werte = entwurf.pruefung.messwerte
    if not werte:
        return "Es wurden keine Werte gefunden."
    gebiete = len({wert.gebiet for wert in werte})
    merkmale = len({wert.merkmal for wert in werte})
    staende: Sequence[dt.date] = sorted({wert.stand for wert in werte})
    zeit = f"{staende[0]:%d.%m.%Y}" if len(staende) == 1 else f"{staende[0]:%d.%m.%Y} bis {staende[-1]:%d.%m.%Y}"
    ohne = sum(wert.wert is None for wert in werte)
    grund = f", davon {zahl(ohne)} ohne Zahl, mit Grund" if ohne else ""
    teile = (
        anzahl(len(werte), "Wert", "Werte") + grund,
        anzahl(gebiete, "Gebiet", "Gebiete"),
        anzahl(merkmale, "Merkmal", "Merkmale"),
    )
    return " · ".join((*teile, f"Stand {zeit}"))
