"""Schulamt: one CSV of all school years, Latin-1, semicolon, decimal comma, title line above the head."""

from __future__ import annotations

import datetime as dt

from lindenrath.raum import JAHRE, MIT_REST, NAMEN, NZ
from lindenrath.soziales import werte_of
from lindenrath.werkstatt import Werkstatt

ABSENDER = "Schulamt"
SPALTEN = {
    "Grundschulkinder": "grundschueler", "davon OGS": "ogs_kinder", "Abgänge Kl. 4": "uebergaenge_4",
    "davon Gymnasium": "uebergang_gymnasium",
}  # fmt: skip


def liefern(w: Werkstatt) -> None:
    """Write all school years in long form: one line per year and Sozialraum."""
    pfad = w.begin(
        "reihen/Schulstatistik_Export_SJ2019-2025.csv",
        ABSENDER,
        befunde=("SPALTE-UNGELESEN",),
        hinweis="Latin-1, Semikolon, Dezimalkomma; Schuljahr und Sozialraum in Spalten; 99 ist „nicht zuzuordnen“",
    )
    zeilen = [
        "Schulamt Lindenrath;Schülerinnen und Schüler nach Wohnort, Stichtag 15.10.;;;;;;;",
        "Schuljahr;SR;Sozialraum;Grundschulkinder;davon OGS;OGS-Quote;Abgänge Kl. 4;davon Gymnasium;Übergangsquote",
    ]
    for jahr in JAHRE:
        for gebiet in MIT_REST:
            werte = [werte_of(gebiet, jahr)[merkmal] for merkmal in SPALTEN.values()]
            kinder, ogs, vier, gymnasium = werte
            nummer, name = ("99", "ohne Zuordnung") if gebiet == NZ else (gebiet, NAMEN[gebiet])
            felder = [
                f"{jahr}/{(jahr + 1) % 100:02d}",
                nummer,
                name,
                kinder,
                ogs,
                _quote(ogs, kinder),
                vier,
                gymnasium,
                _quote(gymnasium, vier),
            ]
            zeilen.append(";".join(str(feld) for feld in felder))
            for merkmal, wert in zip(SPALTEN.values(), werte, strict=True):
                w.note(gebiet, merkmal, dt.date(jahr, 10, 15), wert)
    pfad.write_bytes(("\r\n".join(zeilen) + "\r\n").encode("latin-1"))


def _quote(teil: int, ganzes: int) -> str:
    return f"{100 * teil / ganzes:.1f}".replace(".", ",") if ganzes else ""
