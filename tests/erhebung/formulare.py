"""A small form for the tests of Abfrage and Rücklauf."""

from __future__ import annotations

import datetime as dt

import attrs

from sozialtool.erhebung.formular import Formular
from sozialtool.fach.abfrage import Fachbereich
from sozialtool.fach.messwert import Merkmal, Merkmalart, Messwert, Zeichen
from sozialtool.fach.raum import Gebiet, Kommune

STADT = Kommune("05999038", "Lindenrath")
NAMEN = ("Altstadt", "Am Bahnhof", "St. Marien", "Rheinfeld Nord", "Rheinfeld Süd")
GEBIETE = (
    *(Gebiet(f"0{n}", name, "sozialraum") for n, name in enumerate(NAMEN, start=1)),
    Gebiet("nz", "nicht zuzuordnen", "sozialraum"),
)
MERKMALE = (
    Merkmal("betreut_unter_3", "Betreute Kinder unter 3 Jahren (Wohnort)", stichtag="01.03.", fachbereich="Jugendamt",
            definition="In Kitas und Kindertagespflege, nach dem Wohnort."),
    Merkmal("hze", "Hilfen zur Erziehung", einheit="Hilfen", stichtag="Jahr", fachbereich="Jugendamt",
            definition="Am 31.12. laufende und im Jahr beendete Hilfen nach §§ 27, 29 bis 35, 41 SGB VIII."),
    Merkmal("hze_ambulant", "Ambulante Hilfen zur Erziehung", einheit="Hilfen", stichtag="Jahr", teil_von="hze"),
    Merkmal("alter_mittel", "Mittleres Alter bei Hilfebeginn", art=Merkmalart.DURCHSCHNITT, einheit="Jahre", stichtag="Jahr"),
)  # fmt: skip


def build_formular(jahr: int = 2025, **anders) -> Formular:
    vorjahr = {
        (gebiet.schluessel, merkmal.schluessel): Messwert(
            gebiet.schluessel, merkmal.schluessel, dt.date(jahr - 1, 12, 31), 40.0 + 5 * z - 7 * s
        )
        for z, gebiet in enumerate(GEBIETE[:-1])
        for s, merkmal in enumerate(MERKMALE)
    }
    vorjahr["02", "hze"] = Messwert("02", "hze", dt.date(jahr - 1, 12, 31), zeichen=Zeichen.GEHEIM)
    grund = Formular(
        STADT, Fachbereich("jugendamt", "Jugendamt"), jahr, GEBIETE, MERKMALE, frist=dt.date(jahr + 1, 3, 31), vorjahr=vorjahr
    )  # fmt: skip
    return attrs.evolve(grund, **anders)


def fill(werte=None) -> dict:
    """Complete entries that raise no question; `werte` overrides single cells."""
    voll = {}
    for z, gebiet in enumerate(GEBIETE):
        for s, merkmal in enumerate(MERKMALE):
            voll[gebiet.schluessel, merkmal.schluessel] = 41 + 5 * z - 7 * s if gebiet.schluessel != "nz" else None
    return voll | (werte or {})
