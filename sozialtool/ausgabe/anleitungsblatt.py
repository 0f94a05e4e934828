"""The sheet that explains a list column by column, with an example: for people who fill it without ever having seen us."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence

import attrs

from sozialtool.ausgabe.blatt import Blatt, Seitenrahmen
from sozialtool.ausgabe.mappe import Mappe
from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile
from sozialtool.ausgabe.tabellenblatt import write_tabelle
from sozialtool.fach.felder import Feld, felder_of

ANLEITUNG = "Anleitung"
"""Name of the sheet."""
LEGENDE = "Schlüssel"
"""Name of the sheet that explains keys."""
_SPALTEN = (
    Spalte("Spalte", Spaltenart.LANG, breite=135), Spalte("Was hineingehört", Spaltenart.LANG, breite=300),
    Spalte("Muss", Spaltenart.LANG, breite=70), Spalte("Erlaubt ist", Spaltenart.LANG, breite=230),
    Spalte("Beispiel", Spaltenart.LANG, breite=170),
)  # fmt: skip
_SCHRITTE = (
    "Eine Zeile je Eintrag; neue Einträge unten anfügen, überflüssige Zeilen löschen.",
    "Die Überschriften und ihre Reihenfolge bitte so lassen: Daran erkennt sozialtool die Liste wieder.",
    "Dunkle Überschriften sind Schlüssel: Jeder kommt nur einmal vor. Bei vorhandenen Zeilen bitte nicht ändern.",
    "Klickt man in eine Zelle, erscheint eine kurze Hilfe; wo es eine Auswahl gibt, öffnet sie der Pfeil rechts.",
    "Stellen und Rollen nennen, keine Personen. Speichern und zurückgeben; der Dateiname ist gleich.",
)


@attrs.frozen
class Listenteil:
    """One list of a workbook: class, its records in order, head of the sheet, and what it is for (one or two sentences).

    `legende` says what keys in its cells mean: (key, name).
    """

    klasse: type
    objekte: tuple[object, ...]
    titel: str
    zweck: str = ""
    legende: tuple[tuple[str, str], ...] = ()

    @property
    def blatt(self) -> str:
        """Name of the sheet: that of the class, as a person writes it."""
        return self.klasse.__name__.replace("Massnahme", "Maßnahme").replace("Strasse", "Straße")


def write_anleitung(mappe: Mappe, teile: Sequence[Listenteil], titel: str) -> None:
    """Add the sheet: what the lists are for, how they are filled, and each column with an example."""
    blatt = Blatt(mappe, ANLEITUNG, [spalte.breite for spalte in _SPALTEN], Seitenrahmen(titel, "", ANLEITUNG))
    blatt.titel(f"{ANLEITUNG}: {titel}")
    for schritt in _SCHRITTE:
        blatt.text(f"• {schritt}")
    for teil in teile:
        blatt.leer()
        blatt.zwischentitel(teil.titel)
        if teil.zweck:
            blatt.absatz(teil.zweck)
        zeilen = tuple(Zeile(_row(feld)) for feld in felder_of(teil.klasse))
        write_tabelle(
            blatt,
            Tabelle(
                f"Spalten im Blatt „{teil.blatt}“",
                _SPALTEN,
                zeilen,
                beschreibung="Jede Spalte mit Erklärung und Beispiel.",
            ),
        )
    blatt.fertig()
    for teil in teile:
        if teil.legende:
            _write_legende(mappe, teil, titel)


def _write_legende(mappe: Mappe, teil: Listenteil, titel: str) -> None:
    """Add a sheet that says what the keys mean, in two columns, so that it prints on few pages."""
    blatt = Blatt(mappe, LEGENDE, (165, 315) * 2, Seitenrahmen(titel, "", LEGENDE))
    blatt.titel(f"Was die Schlüssel in „{teil.titel}“ bedeuten")
    halb = -(-len(teil.legende) // 2)
    links, rechts = teil.legende[:halb], (*teil.legende[halb:], ("", ""))
    zeilen = tuple(Zeile((*a, *b)) for a, b in zip(links, rechts, strict=False))
    spalten = tuple(Spalte(name, Spaltenart.LANG) for name in ("Schlüssel", "Bedeutung", "Schlüssel ", "Bedeutung "))
    beschreibung = "Schlüssel von Merkmalen und ihre Namen."
    write_tabelle(blatt, Tabelle("Merkmale in den Formeln", spalten, zeilen, beschreibung=beschreibung))
    blatt.fertig()


def _row(feld: Feld) -> tuple[str, ...]:
    muss = "Schlüssel" if feld.schluessel else "ja" if feld.pflicht else "–"
    einheit = f"Einheit: {feld.einheit}." if feld.einheit else ""
    hilfe = " ".join(teil for teil in (feld.hilfe, einheit) if teil)
    return (feld.titel, hilfe or feld.titel, muss, describe_erlaubt(feld), feld.beispiel)


def describe_erlaubt(feld: Feld) -> str:
    """Say in German what may be typed into a field."""
    auswahl = [wert for wert in feld.auswahl if wert]
    if auswahl and not issubclass(feld.art, tuple):
        return ", ".join(auswahl)
    if issubclass(feld.art, enum.Enum):
        return ""
    erlaubt: dict[type, str] = {
        bool: "ja oder nein", int: "ganze Zahl", float: "Zahl", dt.date: "Datum wie 31.12.2025",
        dt.datetime: "Datum mit Uhrzeit", tuple: "Text; mehrere durch Semikolon trennen",
    }  # fmt: skip
    return erlaubt.get(feld.art, "Text")
