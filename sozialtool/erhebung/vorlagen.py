"""The Vorlagen of the folder `vorlagen/`: built from the field descriptions, the same bytes every time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from sozialtool import katalog
from sozialtool.ausgabe.katalogblatt import write_liste
from sozialtool.erhebung.abfrage import build_abfrage
from sozialtool.erhebung.formular import Formular, build_rest
from sozialtool.fach.abfrage import Datenbestand, Fachbereich
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.prozess import Baustein, Inhalt, Umsetzungsstand
from sozialtool.fach.raum import SOZIALRAUM, Gebiet, Gebietsstand, Kommune, Raum, Raumzuordnung
from sozialtool.fach.strasse import Strassenabschnitt
from sozialtool.fach.vereinbarung import Vereinbarung

_MUSTERJAHR = 2025
_LISTEN: tuple[tuple[str, type, str, Callable[[], tuple[object, ...]]], ...] = (
    ("Datenuebersicht", Datenbestand, "Datenübersicht: was in welchem Fachbereich vorliegt", tuple),
    ("Fachbereiche", Fachbereich, "Fachbereiche, die Daten liefern", tuple),
    ("Merkmale", Merkmal, "Merkmale: die Zahlen, die geliefert werden", katalog.load_merkmale),
    ("Indikatorenkatalog", Indikator, "Indikatorenkatalog", katalog.load_indikatoren),
    ("Sozialraeume", Gebiet, "Sozialräume und andere Gebiete", tuple),
    ("Gebietsstaende", Gebietsstand, "Gebietsstände und Varianten", tuple),
    ("Gebietsstand_Raeume", Raum, "Sozialräume eines Gebietsstands", tuple),
    ("Gebietsstand_Zuordnung", Raumzuordnung, "Kleinste Gebiete und ihr Sozialraum", tuple),
    ("Strassenverzeichnis", Strassenabschnitt, "Straßenverzeichnis", tuple),
    ("Bausteine", Baustein, "Die sechs Bausteine", katalog.load_bausteine),
    ("Bausteine_Inhalte", Inhalt, "Was zu den Bausteinen gehört", katalog.load_inhalte),
    ("Bausteine_Umsetzungsstand", Umsetzungsstand, "Umsetzungsstand der Bausteine", tuple),
    ("Vereinbarungen", Vereinbarung, "Vereinbarungen mit Gremium und Datum", tuple),
)  # fmt: skip
"""File name, class, head, and what stands in it already."""


def build_vorlagen(ordner: Path | str) -> list[Path]:
    """Write all Vorlagen into a folder, replacing those that are there; return their paths.

    Raises:
        DateiGesperrt: one of them is open in Excel.
        DateiFehler: the folder cannot be written.
    """
    ziel = Path(ordner)
    pfade = [ziel / "Datenabfrage.xlsx"]
    build_abfrage(pfade[0], _build_muster())
    for name, klasse, titel, inhalt in _LISTEN:
        pfade.append(ziel / f"{name}.xlsx")
        write_liste(pfade[-1], klasse, inhalt(), titel)
    return pfade


def _build_muster() -> Formular:
    """A form to look at: the Jugendamt of a town with six Sozialräume that have no names yet."""
    stadt = Kommune("00000000", "Musterstadt", "")
    gebiete = [Gebiet(f"{n:02}", f"Sozialraum {n}", SOZIALRAUM) for n in range(1, 7)]
    merkmale = tuple(m for m in katalog.load_merkmale() if m.fachbereich == "Jugendamt")
    return Formular(
        stadt, Fachbereich("jugendamt", "Jugendamt"), _MUSTERJAHR, (*gebiete, build_rest(stadt, SOZIALRAUM)), merkmale,
        frist=dt.date(_MUSTERJAHR + 1, 3, 31),
    )  # fmt: skip
