"""A workbook of plain tables, one per sheet: comparison of Varianten, Datenübersicht, agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import attrs

from sozialtool.ausgabe.blatt import Blatt, Seitenrahmen
from sozialtool.ausgabe.datei import write_ganz
from sozialtool.ausgabe.mappe import Mappe
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.ausgabe.tabelle import Tabelle
from sozialtool.ausgabe.tabellenblatt import write_tabelle


@attrs.frozen
class Vergleichsblatt:
    """One sheet: its name, what it says before the table, the table."""

    name: str
    absaetze: tuple[str, ...]
    tabelle: Tabelle


def write_vergleich(
    pfad: Path | str, blaetter: Sequence[Vergleichsblatt], titel: str, stand: dt.date, *,
    thema: str = "Varianten der Sozialräume nebeneinander", stil: Stil = STIL,
) -> None:  # fmt: skip
    """Write the sheets in their order; the same content gives the same bytes.

    Args:
        pfad: target, ending in .xlsx; replaced as a whole.
        blaetter: the sheets; figures of people in them must be released ones.
        titel: head of the pages and title of the file.
        stand: date that stands in the file and in its properties.
        thema: what it is about, in the properties of the file.
        stil: colours and font.

    Raises:
        DateiGesperrt: the target is open in Excel.
        DateiFehler: the target cannot be written.
    """
    with write_ganz(Path(pfad)) as vorlaeufig:
        mappe = Mappe(vorlaeufig, stil)
        mappe.set_eigenschaften(titel, thema, "Sozialplanung", stand)
        rahmen = Seitenrahmen(titel, "", f"Stand {stand:%d.%m.%Y}")
        for inhalt in blaetter:
            blatt = Blatt(mappe, inhalt.name, [spalte.breite for spalte in inhalt.tabelle.spalten], rahmen)
            blatt.titel(inhalt.name)
            for absatz in inhalt.absaetze:
                blatt.absatz(absatz)
            if inhalt.tabelle.zeilen:
                write_tabelle(blatt, inhalt.tabelle)
            blatt.fertig()
        mappe.close()
