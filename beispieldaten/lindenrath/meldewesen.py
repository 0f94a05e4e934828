"""Einwohnermeldewesen: one workbook per year, codes as numbers (leading zeros lost), no names of areas."""

from __future__ import annotations

from typing import Any

from lindenrath.raum import AGS, MIT_REST, NZ
from lindenrath.soziales import stadtwert, werte_of
from lindenrath.werkstatt import Werkstatt, ende, mappe

ABSENDER = "Einwohnermeldewesen"
BESTAND = {
    "EW": "ew", "männlich": "ew_maennlich", "weiblich": "ew_weiblich", "deutsch": "deutsche",
    "nichtdeutsch": "auslaender", "dar. Nicht-EU": "auslaender_nicht_eu", "mit MH": "mh", "MH unter 18": "mh_unter_18",
    "unter 3": "ew_unter_3", "3 bis unter 6": "ew_3_6", "6 bis unter 10": "ew_6_10", "10 bis unter 15": "ew_10_15",
    "15 bis unter 18": "ew_15_18", "18 bis unter 25": "ew_18_25", "25 bis unter 45": "ew_25_45",
    "45 bis unter 65": "ew_45_65", "65 bis unter 80": "ew_65_80", "80 und älter": "ew_ab_80",
    "unter 15": "ew_unter_15", "unter 18": "ew_unter_18", "unter 20": "ew_unter_20", "unter 21": "ew_unter_21",
    "14 bis unter 21": "ew_14_21", "15 bis unter 25": "ew_15_25", "15 bis unter 65": "ew_15_65",
    "18 bis unter 65": "ew_18_65", "20 bis unter 65": "ew_20_65", "unter 65": "ew_unter_65", "5 und älter": "ew_ab_5",
    "18 und älter": "ew_ab_18", "65 und älter": "ew_ab_65", "75 und älter": "ew_ab_75",
    "ab Regelaltersgrenze": "ew_ab_regelalter", "Frauen 15 bis unter 45": "frauen_15_45", "Summe Alter": "alterssumme",
    "Wohndauer 5 Jahre und mehr": "wohndauer_ab_5",
}  # fmt: skip
HAUSHALTE = {
    "Haushalte insgesamt": "hh", "1-Personen-Haushalte": "hh_1p", "Alleinlebende 65+": "alleinlebend_ab_65",
    "Alleinlebende 75+": "alleinlebend_ab_75", "Haushalte mit Kindern": "hh_kinder",
    "dar. alleinerziehend": "hh_alleinerziehend", "3 und mehr Kinder": "hh_3kinder",
    "Kinder in AE-Haushalten": "kinder_alleinerziehend",
}  # fmt: skip
BEWEGUNG = {
    "Geburten": "geburten", "Zuzüge": "zuzuege", "dar. Zuzüge unter 6": "zuzuege_unter_6", "Fortzüge": "fortzuege",
    "dar. Fortzüge unter 6": "fortzuege_unter_6",
}  # fmt: skip


def liefern(w: Werkstatt, jahr: int) -> None:
    """Write the register counts of one year."""
    pfad = w.begin(
        f"{jahr}/Einwohner_Sozialraum_31-12-{jahr}.xlsx",
        ABSENDER,
        befunde=("CODE-NULLEN",),
        hinweis="Sozialraum als Zahl 1 bis 12; drei Blätter; 99 ist „nicht zuzuordnen“",
    )
    with mappe(pfad, "Bürgerbüro Lindenrath") as buch:
        titel = f"Einwohner am Ort der Hauptwohnung nach Sozialräumen, Stand 31.12.{jahr}"
        _blatt(w, buch, "Bestand", titel, BESTAND, jahr, 0)
        titel = f"Haushalte (HHSTAT) nach Sozialräumen, Stand 31.12.{jahr}"
        _blatt(w, buch, "Haushalte", titel, HAUSHALTE, jahr, 0)
        _blatt(w, buch, "Bewegung", f"Bewegungen nach Sozialräumen im Jahr {jahr}", BEWEGUNG, jahr, 1)


def _blatt(w: Werkstatt, buch: Any, name: str, titel: str, spalten: dict[str, str], jahr: int, jahre: int) -> None:
    blatt = buch.add_worksheet(name)
    formate = {ganz: buch.add_format({"num_format": "#,##0" if ganz else "#,##0.0"}) for ganz in (True, False)}
    fett = buch.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    blatt.write(0, 0, "Stadt Lindenrath · Bürgerbüro", fett)
    blatt.write(1, 0, titel)
    blatt.write_row(3, 0, ["SR", *spalten], fett)
    for zeile, gebiet in enumerate(MIT_REST, start=4):
        blatt.write(zeile, 0, 99 if gebiet == NZ else int(gebiet))
        for spalte, merkmal in enumerate(spalten.values(), start=1):
            zahl = formate[merkmal != "alterssumme"]
            blatt.write(zeile, spalte, werte_of(gebiet, jahr)[merkmal], zahl)
            w.note(gebiet, merkmal, ende(jahr), werte_of(gebiet, jahr)[merkmal], jahre=jahre)
    summe = 4 + len(MIT_REST)
    blatt.write(summe, 0, "Summe", fett)
    for spalte, merkmal in enumerate(spalten.values(), start=1):
        buchstabe = _spaltenname(spalte)
        formel = f"=SUM({buchstabe}5:{buchstabe}{summe})"
        zahl = formate[merkmal != "alterssumme"]
        blatt.write_formula(summe, spalte, formel, zahl, stadtwert(merkmal, jahr))
        _note_stadt(w, merkmal, jahr, jahre)
    blatt.write(summe + 2, 0, "99 = Anschrift keinem Sozialraum zuzuordnen")
    blatt.write(summe + 3, 0, "Quelle: Einwohnermelderegister, eigene Auszählung")


def _note_stadt(w: Werkstatt, merkmal: str, jahr: int, jahre: int) -> None:
    w.note(AGS, merkmal, ende(jahr), stadtwert(merkmal, jahr), jahre=jahre)


def _spaltenname(nummer: int) -> str:
    return chr(65 + nummer) if nummer < 26 else chr(64 + nummer // 26) + chr(65 + nummer % 26)
