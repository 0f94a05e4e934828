"""Jugendamt: day care per year (merged heads, subtotals, footnotes; another layout from 2020), and one book on HzE."""

from __future__ import annotations

import datetime as dt
from typing import Any

from lindenrath.raum import AGS, JAHRE, MIT_REST, NAMEN, NZ, ORTSTEILE, SCHLUESSEL, raeume_of
from lindenrath.soziales import stadtwert, werte_of
from lindenrath.werkstatt import Werkstatt, ende, mappe

ABSENDER = "Jugendamt"
_ALT = (("unter 3 Jahre", "betreut_unter_3"), ("3 bis unter 6 Jahre", "betreut_3_6"))
_NEU = (
    ("U3-Kinder (Kita und Kindertagespflege)", "betreut_unter_3"),
    ("davon Kindertagespflege", "betreut_unter_3_ktp"),
    ("Ü3-Kinder", "betreut_3_6"),
)
_KITA = (
    ("Plätze²⁾", "kitaplaetze"),
    ("Kinder", "kita_kinder"),
    ("davon nichtdt. Familiensprache", "kita_andere_sprache"),
)
HZE = {
    "HzE insgesamt": "hze", "davon ambulant": "hze_ambulant", "davon (teil-)stationär": "hze_stationaer",
    "§ 8a-Verfahren": "verfahren_8a", "Inobhutnahmen": "inobhutnahmen", "JGH-Verfahren": "jugendgerichtshilfe",
}  # fmt: skip
_OFFEN = ("hze", "hze_ambulant", "hze_stationaer")
"""Delivered as they are; to keep them secret is left to the planner."""
_SCHREIBWEISE = {"02": "Bahnhofsviertel", "03": "St.Marien", "04": "Rheinfeld-Nord", "05": "Rheinfeld-Süd"}


def liefern_kita(w: Werkstatt, jahr: int) -> None:
    """Write the day care figures at 1 March; from 2020 with a column inserted and heads renamed."""
    hinweis = "Zwischensummen je Ortsteil, Fußnoten an Zahlen, verbundene Köpfe"
    if jahr == JAHRE[0] + 1:
        hinweis += "; neuer Aufbau: eine Spalte mehr, Köpfe umbenannt"
    pfad = w.begin(
        f"{jahr}/Kita_Auswertung_Stand_01.03.{jahr}.xlsx", ABSENDER, befunde=("ZAHL-FUSSNOTE",), hinweis=hinweis
    )
    with mappe(pfad, "Jugendamt Lindenrath") as buch:
        _Kitablatt(w, buch, jahr).write()


class _Kitablatt:
    """One sheet of the day care report."""

    def __init__(self, w: Werkstatt, buch: Any, jahr: int) -> None:
        self.w, self.jahr, self.stand = w, jahr, dt.date(jahr, 3, 1)
        self.blatt = buch.add_worksheet("Tabelle1")
        self.fett = buch.add_format({"bold": True, "text_wrap": True, "align": "center", "border": 1})
        self.betreut = _ALT if jahr == JAHRE[0] else _NEU
        self.spalten = [merkmal for _, merkmal in (*self.betreut, *_KITA)]
        self.zeile = 5

    def write(self) -> None:
        self.blatt.write(0, 0, "Kindertagesbetreuung in Lindenrath – Auswertung aus KiBiz.web")
        self.blatt.write(1, 0, f"Stand: 01.03.{self.jahr}")
        self._kopf()
        for ortsteil, name in ORTSTEILE.items():
            self.blatt.write(self.zeile, 0, f"Ortsteil {name}", self.fett)
            self.zeile += 1
            for gebiet in raeume_of(ortsteil):
                self._gebiet(gebiet)
            self._summe(f"Summe {name}", ortsteil, raeume_of(ortsteil))
        self._gebiet(NZ)
        self._summe("Lindenrath gesamt", AGS, MIT_REST)
        self.blatt.write(self.zeile + 1, 0, "1) Kinder ohne Anschrift im Stadtgebiet oder mit Auskunftssperre")
        self.blatt.write(
            self.zeile + 2, 0, "2) laut Betriebserlaubnis, nach dem Standort der Einrichtung; x = nicht sinnvoll"
        )
        self.blatt.write(self.zeile + 3, 0, "3) vorläufig, eine Einrichtung hat noch nicht gemeldet")

    def _kopf(self) -> None:
        breite = len(self.betreut)
        self.blatt.merge_range(3, 0, 4, 0, "Ortsteil / Sozialraum", self.fett)
        self.blatt.merge_range(3, 1, 3, breite, "Betreute Kinder nach Wohnort", self.fett)
        self.blatt.merge_range(3, breite + 1, 3, breite + 3, "Kindertageseinrichtungen", self.fett)
        self.blatt.merge_range(3, breite + 4, 4, breite + 4, "Bemerkung", self.fett)
        for spalte, (kopf, _) in enumerate((*self.betreut, *_KITA), start=1):
            self.blatt.write(4, spalte, kopf, self.fett)

    def _gebiet(self, gebiet: str) -> None:
        self.blatt.write(self.zeile, 0, "nicht zuzuordnen¹⁾" if gebiet == NZ else f"  {NAMEN[gebiet]}")
        for spalte, merkmal in enumerate(self.spalten, start=1):
            wert, text, zeichen = werte_of(gebiet, self.jahr)[merkmal], None, ""
            if merkmal == "kitaplaetze" and gebiet == NZ:
                text, zeichen = "x", "SINNLOS"
            elif wert == 0:
                text, zeichen = "-", "NICHTS"
            elif merkmal == "betreut_unter_3" and gebiet == "02":
                text = f"{wert}³⁾"
            elif merkmal == "kita_kinder" and gebiet == "07":
                text = f"{wert} 3)"
            self.blatt.write(self.zeile, spalte, wert if text is None else text)
            self.w.note(gebiet, merkmal, self.stand, None if zeichen == "SINNLOS" else wert, zeichen=zeichen)
        if gebiet == "07":
            self.blatt.write(self.zeile, len(self.spalten) + 1, "Neubau Heideweg ab August")
        self.zeile += 1

    def _summe(self, name: str, schluessel: str, gebiete: tuple[str, ...]) -> None:
        self.blatt.write(self.zeile, 0, name, self.fett)
        for spalte, merkmal in enumerate(self.spalten, start=1):
            summe = sum(werte_of(gebiet, self.jahr)[merkmal] for gebiet in gebiete)
            self.blatt.write(self.zeile, spalte, summe, self.fett)
            self.w.note(schluessel, merkmal, self.stand, summe)
        self.zeile += 1


def liefern_hze(w: Werkstatt) -> None:
    """Write one workbook with a sheet per year; the year stands in the sheet name only; 1 and 2 as "<3" where it is sensitive."""
    pfad = w.begin(
        "reihen/HzE_nach_Wohnort_2019-2025.xlsx",
        ABSENDER,
        hinweis="Ein Blatt je Jahr, das Jahr steht nur im Blattnamen; „<3“ ist geheim, „k. A.“ fehlt; kleine HzE-Zahlen stehen offen darin",
    )
    with mappe(pfad, "Jugendamt Lindenrath") as buch:
        for jahr in JAHRE:
            _hzeblatt(w, buch, jahr)


def _hzeblatt(w: Werkstatt, buch: Any, jahr: int) -> None:
    blatt, fett = buch.add_worksheet(str(jahr)), buch.add_format({"bold": True})
    blatt.write(0, 0, "Hilfen zur Erziehung und Schutzaufträge nach Wohnort", fett)
    blatt.write_row(2, 0, ["Sozialraum", *HZE], fett)
    for zeile, gebiet in enumerate((*SCHLUESSEL, NZ), start=3):
        name = "außerhalb / unbekannt" if gebiet == NZ else _SCHREIBWEISE.get(gebiet, NAMEN[gebiet])
        blatt.write(zeile, 0, name)
        for spalte, merkmal in enumerate(HZE.values(), start=1):
            text, wert, zeichen = _hzezelle(gebiet, jahr, merkmal)
            blatt.write(zeile, spalte, text)
            w.note(gebiet, merkmal, ende(jahr), wert, jahre=1, zeichen=zeichen)
    zeile = 3 + len(MIT_REST)
    blatt.write(zeile, 0, "Summe", fett)
    for spalte, merkmal in enumerate(HZE.values(), start=1):
        fehlt = merkmal == "jugendgerichtshilfe" and jahr == JAHRE[0]
        summe = stadtwert(merkmal, jahr)
        blatt.write(zeile, spalte, "k. A." if fehlt else summe, fett)
        w.note(AGS, merkmal, ende(jahr), None if fehlt else summe, jahre=1, zeichen="FEHLT" if fehlt else "")
    blatt.write(zeile + 2, 0, "laufende am 31.12. und im Jahr beendete Hilfen, ohne § 28 und § 35a")
    blatt.write(zeile + 3, 0, "<3: aus Gründen des Datenschutzes nicht ausgewiesen")


def _hzezelle(gebiet: str, jahr: int, merkmal: str) -> tuple[object, float | None, str]:
    wert = werte_of(gebiet, jahr)[merkmal]
    if merkmal == "jugendgerichtshilfe" and jahr == JAHRE[0]:
        return "k. A.", None, "FEHLT"
    if wert == 0:
        return "–", 0, "NICHTS"
    if wert < 3 and merkmal not in _OFFEN:
        return "<3", wert, "GEHEIM"
    return wert, wert, ""
