"""A workbook of one sheet: a head, then sections of sentences, points and tables that share the columns of the sheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import attrs

from sozialtool.ausgabe.blatt import ZEILE, Blatt, Seitenrahmen
from sozialtool.ausgabe.datei import write_ganz
from sozialtool.ausgabe.mappe import Mappe
from sozialtool.ausgabe.stil import STIL, Stil
from sozialtool.ausgabe.tabelle import Tabelle
from sozialtool.ausgabe.tabellenblatt import write_tabelle


@attrs.frozen
class Abschnitt:
    """A section: its head ("" for none), paragraphs, a table, points below it."""

    titel: str = ""
    absaetze: tuple[str, ...] = ()
    tabelle: Tabelle | None = None
    punkte: tuple[str, ...] = ()


def write_abschnitte(
    pfad: Path | str, name: str, breiten: Sequence[int], abschnitte: Sequence[Abschnitt], titel: str, stand: dt.date,
    thema: str, drucksache: str = "", stil: Stil = STIL,
) -> None:  # fmt: skip
    """Write the sheet `name` with columns of these widths in pixels; the same content gives the same bytes.

    Raises:
        DateiGesperrt: the target is open in Excel. DateiFehler: it cannot be written.
    """
    with write_ganz(Path(pfad)) as vorlaeufig:
        mappe = Mappe(vorlaeufig, stil)
        mappe.set_eigenschaften(titel, thema, "Sozialplanung", stand)
        blatt = Blatt(mappe, name, breiten, Seitenrahmen(titel, drucksache, f"Stand {stand:%d.%m.%Y}"))
        blatt.titel(titel)
        for abschnitt in abschnitte:
            _write_abschnitt(blatt, abschnitt)
        blatt.fertig()
        mappe.close()


def _write_abschnitt(blatt: Blatt, abschnitt: Abschnitt) -> None:
    if abschnitt.titel:
        blatt.zwischentitel(abschnitt.titel)
    for absatz in abschnitt.absaetze:
        blatt.absatz(absatz)
    if abschnitt.tabelle is not None and abschnitt.tabelle.zeilen:
        write_tabelle(blatt, attrs.evolve(abschnitt.tabelle, nummer=blatt.mappe.next_tabelle()))
    for punkt in abschnitt.punkte:
        blatt.braucht(2 * ZEILE)
        blatt.text(f"– {punkt}")
