"""A workbook of plain tables, one per sheet: comparison of Varianten, Datenübersicht, agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import attrs

from sozialtool.ausgabe.blatt import ZEILE, Blatt, Seitenrahmen
from sozialtool.ausgabe.datei import write_ganz
from sozialtool.ausgabe.mappe import Mappe
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.ausgabe.tabelle import Tabelle
from sozialtool.ausgabe.tabellenblatt import write_tabelle


@attrs.frozen
class Vergleichsblatt:
    """One sheet: its name, what it says before the table, the table; more tables below it, what is listed at the end.

    `wahl` is the key in `fach.blattwahl` by which the Monitoring takes it or leaves it out.
    `je_gebiet`: each table is about one area and has two columns, of which the second is headed so where all stand in one table.
    """

    name: str
    absaetze: tuple[str, ...]
    tabelle: Tabelle
    weitere: tuple[Tabelle, ...] = ()
    schluss: str = ""
    punkte: tuple[str, ...] = ()
    titel: str = ""
    skala: int = 100
    je_gebiet: str = ""
    wahl: str = "planung"

    @property
    def breiten(self) -> tuple[int, ...]:
        """Width of each column of the sheet in pixels: what the widest of its tables needs there."""
        spalten = [tabelle.spalten for tabelle in (self.tabelle, *self.weitere)]
        return tuple(max(spalte.breite for spalte in je if spalte) for je in zip_longest(*spalten))


def write_vergleich(
    pfad: Path | str, blaetter: Sequence[Vergleichsblatt], titel: str, stand: dt.date, *,
    thema: str = "Varianten der Sozialräume nebeneinander", drucksache: str = "", stil: Stil = STIL,
) -> None:  # fmt: skip
    """Write the sheets in their order; the same content gives the same bytes.

    Args:
        pfad: target, ending in .xlsx; replaced as a whole.
        blaetter: the sheets; figures of people in them must be released ones.
        titel: head of the pages and title of the file.
        stand: date that stands in the file and in its properties.
        thema: what it is about, in the properties of the file.
        drucksache: what stands right above every page, for instance "Anlage 2 zur Drucksache 26/031".
        stil: colours and font.

    Raises:
        DateiGesperrt: the target is open in Excel.
        DateiFehler: the target cannot be written.
    """
    with write_ganz(Path(pfad)) as vorlaeufig:
        mappe = Mappe(vorlaeufig, stil)
        mappe.set_eigenschaften(titel, thema, "Sozialplanung", stand)
        rahmen = Seitenrahmen(titel, drucksache, f"Stand {stand:%d.%m.%Y}")
        for inhalt in blaetter:
            blatt = Blatt(mappe, inhalt.name, inhalt.breiten, rahmen, inhalt.skala)
            write_inhalt(blatt, inhalt)
            blatt.fertig()
        mappe.close()


def write_inhalt(blatt: Blatt, inhalt: Vergleichsblatt) -> None:
    """Write head, paragraphs, tables and the points at the end onto a sheet; the tables are counted through the workbook."""
    blatt.titel(inhalt.titel or inhalt.name)
    for absatz in inhalt.absaetze:
        blatt.absatz(absatz)
    for nummer, tabelle in enumerate((inhalt.tabelle, *inhalt.weitere)):
        if tabelle.zeilen:
            if nummer:
                blatt.leer(14)
            write_tabelle(blatt, attrs.evolve(tabelle, nummer=blatt.mappe.next_tabelle()))
    if inhalt.punkte:
        blatt.zwischentitel(inhalt.schluss)
        for punkt in inhalt.punkte:
            blatt.braucht(2 * ZEILE)
            blatt.text(f"– {punkt}")
