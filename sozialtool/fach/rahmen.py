"""Frames with a written schema: columns, types, units, one place per frame.

The types are plain Python types, so that this module needs no engine; Polars takes `Rahmen.schema` as it is.
"""

from __future__ import annotations

import datetime as dt

import attrs


@attrs.frozen
class Spalte:
    """One column of a frame."""

    name: str
    art: type
    bedeutung: str


@attrs.frozen
class Rahmen:
    """A frame: name, columns, and the columns that identify a row."""

    name: str
    schluessel: tuple[str, ...]
    spalten: tuple[Spalte, ...]

    @property
    def schema(self) -> dict[str, type]:
        """Column name → Python type, in order; accepted by Polars as a schema."""
        return {spalte.name: spalte.art for spalte in self.spalten}


MESSWERTE = Rahmen(
    "Messwerte",
    ("gebiet", "merkmal", "stand"),
    (
        Spalte("gebiet", str, "Schlüssel des Gebiets"),
        Spalte("merkmal", str, "Schlüssel des Merkmals"),
        Spalte("stand", dt.date, "Stichtag oder letzter Tag des Zeitraums"),
        Spalte("jahre", int, "Länge des Zeitraums in Jahren, 0 bei Stichtag"),
        Spalte("wert", float, "Wert in der Einheit des Merkmals, leer mit Grund"),
        Spalte("zeichen", str, "Name des Zeichens (Zeichen.name) oder leer"),
        Spalte("vermerk", str, "Name des Vermerks (Vermerk.name) oder leer"),
        Spalte("quelle", str, "Schlüssel der Quelle"),
    ),
)
"""One row per Gebiet × Merkmal × Stand, as delivered."""

GEBIETE = Rahmen(
    "Gebiete",
    ("gebiet",),
    (
        Spalte("gebiet", str, "Schlüssel"),
        Spalte("name", str, "Name"),
        Spalte("ebene", str, "Schlüssel der Ebene"),
        Spalte("teil_von", str, "Schlüssel des Gebiets darüber, leer wenn quer"),
        Spalte("reihenfolge", int, "Reihenfolge der Stadt"),
    ),
)

UMSTEIGER = Rahmen(
    "Umsteiger",
    ("von", "nach"),
    (
        Spalte("von", str, "Schlüssel des Quellgebiets"),
        Spalte("nach", str, "Schlüssel des Zielgebiets"),
        Spalte("gewicht", float, "Anteil, Summe je Quellgebiet 1"),
    ),
)

KENNZAHLEN = Rahmen(
    "Kennzahlen",
    ("indikator", "jahr", "gebiet"),
    (
        Spalte("indikator", str, "Kennung"),
        Spalte("jahr", int, "Berichtsjahr; bei zusammengefassten Jahren das letzte"),
        Spalte("gebiet", str, "Schlüssel des Gebiets"),
        Spalte("ebene", str, "Schlüssel der Ebene"),
        Spalte("zaehler", float, "Zähler des Gebiets"),
        Spalte("nenner", float, "Nenner des Gebiets, leer ohne Nenner"),
        Spalte("wert", float, "Kennzahl in der Einheit des Indikators"),
        Spalte("unten", float, "untere 95-%-Grenze"),
        Spalte("oben", float, "obere 95-%-Grenze"),
        Spalte("stadtwert", float, "Wert der ganzen Stadt"),
        Spalte("verhaeltnis", float, "Wert / Stadtwert"),
        Spalte("lage", int, "gegen die Stadt: -2 … 2, leer ohne Intervall; 0 im Rahmen des Zufalls"),
        Spalte("rang", int, "Rang unter den Gebieten der Ebene, 1 = höchster Wert"),
        Spalte("rang_von", int, "bester Rang, den die Intervalle zulassen"),
        Spalte("rang_bis", int, "schlechtester Rang, den die Intervalle zulassen"),
        Spalte("vorjahr", float, "Veränderung zum Vorjahr (Prozentpunkte oder Einheit)"),
        Spalte("fuenfjahr", float, "Veränderung zu vor fünf Jahren"),
        Spalte("zeichen", str, "Name des Zeichens, warum kein Wert da ist"),
        Spalte("vermerk", str, "Name des Vermerks"),
        Spalte("bruch", str, "Grund eines Bruchs in diesem Jahr, sonst leer"),
    ),
)
"""One row per Indikator × Jahr × Gebiet, for the levels stadt, ortsteil and Planungsebene."""
