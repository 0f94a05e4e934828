"""Sozialamt: four tables on one sheet, all numbers as text ("1.234", "12,3 %"), rows in another order each time."""

from __future__ import annotations

from typing import Any

from lindenrath.raum import AGS, MIT_REST, NAMEN, NZ, SCHLUESSEL
from lindenrath.soziales import stadtwert, werte_of
from lindenrath.werkstatt import Werkstatt, ende, mappe, prozent, tausend

ABSENDER = "Sozialamt"
_JAHRE = {"beratungskontakte": 1}
_NAME = {"03": "Sankt Marien", "06": "Holthausen Dorf", "07": "Holth. Heide", NZ: "ohne festen Wohnsitz / unbekannt"}


def liefern(w: Werkstatt, jahr: int) -> None:
    """Write Grundsicherung, AsylbLG, Bildung und Teilhabe and Sozialberatung of one year."""
    pfad = w.begin(
        f"{jahr}/Sozialhilfe_{jahr}_final.xlsx",
        ABSENDER,
        # In 2022 people from Ukraine first receive benefits of the AsylbLG: the town's figure jumps.
        befunde=("SPALTE-UNGELESEN", "ZAHL-MEHRDEUTIG", *(("SPRUNG",) if jahr == 2022 else ())),
        hinweis="Vier Tabellen untereinander, Zahlen als Text, Namen statt Nummern; 1 und 2 als „*“ beim AsylbLG",
    )
    alphabetisch = tuple(sorted(SCHLUESSEL, key=lambda g: _NAME.get(g, NAMEN[g])))
    with mappe(pfad, "Sozialamt Lindenrath") as buch:
        blatt = buch.add_worksheet("Übersicht")
        fett = buch.add_format({"bold": True, "bottom": 1})
        blatt.write(0, 0, f"Sozialamt Lindenrath – Jahresübersicht {jahr}", fett)
        titel = f"Tabelle 1: Grundsicherung nach dem 4. Kapitel SGB XII am 31.12.{jahr}"
        kopf = {"im Alter": "grusi_alter", "bei Erwerbsminderung": "grusi_em"}
        zeile = _tabelle(
            w, blatt, fett, 2, titel, kopf, (*SCHLUESSEL, NZ), jahr, ("Quote im Alter", "ew_ab_regelalter")
        )
        titel = f"Tabelle 2: Leistungen nach dem AsylbLG am 31.12.{jahr}"
        zeile = _tabelle(w, blatt, fett, zeile + 2, titel, {"Personen": "asylblg"}, (*alphabetisch, NZ), jahr, None)
        titel = f"Tabelle 3: Bildung und Teilhabe, Stand 31.12.{jahr}"
        kopf = {"Berechtigte": "but_berechtigte", "mit Leistung": "but_mit_leistung"}
        zeile = _tabelle(
            w, blatt, fett, zeile + 2, titel, kopf, (*alphabetisch, NZ), jahr, ("Anteil", "but_berechtigte")
        )
        titel = f"Tabelle 4: Allgemeine Sozialberatung im Jahr {jahr}"
        zeile = _tabelle(
            w, blatt, fett, zeile + 2, titel, {"Beratungskontakte": "beratungskontakte"}, (*SCHLUESSEL, NZ), jahr, None
        )
        blatt.write(zeile + 2, 0, "– = nichts vorhanden; * = geheim (weniger als 3 Personen)")


def _tabelle(
    w: Werkstatt, blatt: Any, fett: Any, zeile: int, titel: str, spalten: dict[str, str], gebiete: tuple[str, ...],
    jahr: int, quote: tuple[str, str] | None,
) -> int:  # fmt: skip
    """Write one table from `zeile` on; return the row of its total."""
    blatt.write(zeile, 0, titel, fett)
    blatt.write_row(zeile + 1, 0, ["Sozialraum", *spalten, *([quote[0]] if quote else [])], fett)
    merkmale = list(spalten.values())
    for nummer, gebiet in enumerate(gebiete, start=zeile + 2):
        blatt.write(nummer, 0, _NAME.get(gebiet, NAMEN[gebiet]))
        for spalte, merkmal in enumerate(merkmale, start=1):
            text, wert, zeichen = _zelle(werte_of(gebiet, jahr)[merkmal], merkmal)
            blatt.write_string(nummer, spalte, text)
            w.note(gebiet, merkmal, ende(jahr), wert, jahre=_JAHRE.get(merkmal, 0), zeichen=zeichen)
        if quote:
            werte = werte_of(gebiet, jahr)
            blatt.write_string(
                nummer, len(merkmale) + 1, prozent(werte[merkmale[-1 if quote[0] == "Anteil" else 0]], werte[quote[1]])
            )
    summe = zeile + 2 + len(MIT_REST)
    blatt.write(summe, 0, "Zusammen", fett)
    for spalte, merkmal in enumerate(merkmale, start=1):
        blatt.write_string(summe, spalte, tausend(stadtwert(merkmal, jahr)), fett)
        w.note(AGS, merkmal, ende(jahr), stadtwert(merkmal, jahr), jahre=_JAHRE.get(merkmal, 0))
    return summe


def _zelle(wert: int, merkmal: str) -> tuple[str, float | None, str]:
    if wert == 0:
        return "–", 0, "NICHTS"
    if merkmal == "asylblg" and wert < 3:
        return "*", wert, "GEHEIM"
    return tausend(wert), wert, ""
