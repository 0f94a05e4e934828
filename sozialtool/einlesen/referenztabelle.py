"""A table of figures from outside (Kreis, Land) read by a confirmed profile: places in rows, figures in columns, years anywhere.

Layouts seen: INKAR (name of the figure repeated over the years, years below), Regionalstatistik and Landesämter (one year, in head or
title), long tables with a column for the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import attrs

from sozialtool.einlesen.rohblatt import Rohblatt, Rohmappe, Zellwert, adresse
from sozialtool.einlesen.texte import clean, norm
from sozialtool.einlesen.zahlen import parse_zelle
from sozialtool.fach.referenz import Referenzprofil
from sozialtool.fach.schreibweise import format_anzahl

_JAHR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_KOPFSUCHE = 40


@attrs.frozen
class Fundwert:
    """One figure: head of its column, place as the file writes it, year, value, cell."""

    kopf: str
    raum: str
    jahr: int
    wert: float
    zelle: str


@attrs.frozen
class Referenzlesung:
    """What a profile finds in a file; `hinweise` say what it does not."""

    werte: tuple[Fundwert, ...]
    hinweise: tuple[str, ...] = ()


@attrs.frozen
class _Tabelle:
    blatt: Rohblatt
    zeile: int
    raum: int
    jahr: int | None
    spalten: Mapping[int, str]


def fits(mappe: Rohmappe, profil: Referenzprofil) -> bool:
    """Whether a file has the heads that the profile names, all of them; years in heads do not count."""
    return _find_tabelle(mappe, profil) is not None


def read_referenztabelle(mappe: Rohmappe, profil: Referenzprofil, jahr: int = 0) -> Referenzlesung:
    """Read the figures that a profile names; `jahr` for a file that names none. Empty where the file does not fit."""
    tabelle = _find_tabelle(mappe, profil)
    if tabelle is None:
        return Referenzlesung((), ("Die Datei hat nicht die Spalten, die das Profil nennt.",))
    dezimal = mappe.leseart.dezimal if mappe.leseart is not None else ","
    werte: list[Fundwert] = []
    ohne_zahl = ohne_jahr = 0
    for zeile, raum in _iter_raeume(tabelle, profil):
        for spalte, kopf in tabelle.spalten.items():
            zelle = tabelle.blatt.wert(zeile, spalte)
            gelesen = parse_zelle(zelle, dezimal=dezimal, angezeigt=tabelle.blatt.angezeigt.get((zeile, spalte)))
            stand = _find_jahr(tabelle, zeile, spalte) or jahr
            if gelesen.wert is None or gelesen.zeichen is not None:  # a sign is no rate, not even "-"
                ohne_zahl += 1
            elif not stand:
                ohne_jahr += 1
            else:
                werte.append(Fundwert(kopf, raum, stand, gelesen.wert, adresse(zeile, spalte)))
    gefunden = {wert.raum for wert in werte}
    hinweise = [f"„{raum}“ steht nicht in der Datei." for raum in profil.orte if raum not in gefunden]
    if ohne_zahl:
        hinweise.append(f"{format_anzahl(ohne_zahl, 'Feld', 'Felder')} ohne Zahl.")
    if ohne_jahr:
        hinweise.append(f"{format_anzahl(ohne_jahr, 'Zahl', 'Zahlen')} ohne Jahr; bitte das Jahr angeben.")
    return Referenzlesung(tuple(werte), tuple(hinweise))


def list_koepfe(mappe: Rohmappe, hoechstens: int = 12) -> tuple[str, ...]:
    """Name the heads of the first sheet without their years, to be mapped: its first row with the most different texts."""
    if not mappe.blaetter:
        return ()
    blatt = mappe.blaetter[0]
    zeilen = (
        list(dict.fromkeys(clean(_JAHR.sub("", clean(t))) for t in _fill(blatt, z) if isinstance(t, str) and t.strip()))
        for z in range(min(blatt.hoehe, _KOPFSUCHE))
    )
    koepfe = max(zeilen, key=len, default=[])
    return tuple(kopf for kopf in koepfe if kopf)[:hoechstens]


def _find_tabelle(mappe: Rohmappe, profil: Referenzprofil) -> _Tabelle | None:
    gesucht = {_kopf(kopf): kopf for kopf in profil.spalten}
    for blatt in mappe.blaetter:
        for zeile in range(min(blatt.hoehe, _KOPFSUCHE)):
            koepfe = [_kopf(text) for text in _fill(blatt, zeile)]
            if _kopf(profil.raumspalte) not in koepfe:
                continue
            spalten = {s: gesucht[kopf] for s, kopf in enumerate(koepfe) if kopf in gesucht}
            if set(spalten.values()) == set(gesucht.values()):
                jahr = koepfe.index(_kopf(profil.jahrspalte)) if _kopf(profil.jahrspalte) in koepfe[:] else None
                jahr = jahr if profil.jahrspalte.strip() else None
                return _Tabelle(blatt, zeile, koepfe.index(_kopf(profil.raumspalte)), jahr, spalten)
    return None


def _kopf(text: object) -> str:
    """Head without its year, so that next year's file has the same."""
    return norm(_JAHR.sub("", clean(text)))


def _fill(blatt: Rohblatt, zeile: int) -> list[Zellwert]:
    """Cells of a row, merged ones filled."""
    zellen = ["" if wert is None else wert for wert in blatt.zeilen[zeile]]
    for bereich in blatt.verbunden:
        if bereich.zeile <= zeile <= bereich.bis_zeile:
            wert = blatt.wert(bereich.zeile, bereich.spalte)
            for spalte in range(bereich.spalte, bereich.bis_spalte + 1):
                zellen[spalte] = "" if wert is None else wert
    return list(zellen)


def _iter_raeume(tabelle: _Tabelle, profil: Referenzprofil) -> Iterator[tuple[int, str]]:
    """Rows of the places that the profile names."""
    namen = {norm(raum): raum for raum in profil.orte}
    for zeile in range(tabelle.zeile + 1, tabelle.blatt.hoehe):
        wert = tabelle.blatt.wert(zeile, tabelle.raum)
        raum = namen.get(norm(_code(wert)))
        if raum is not None:
            yield zeile, raum


def _code(wert: Zellwert) -> str:
    """A place as text; a code that Excel made a number loses its ".0"."""
    if wert is None:
        return ""
    return str(int(wert)) if isinstance(wert, float) and wert.is_integer() else str(wert)


def _find_jahr(tabelle: _Tabelle, zeile: int, spalte: int) -> int:
    """Year of a figure: its column of years, its head, the lines below the head, the title; 0 where none or several stand there."""
    if tabelle.jahr is not None:
        return _only(str(_code(tabelle.blatt.wert(zeile, tabelle.jahr))))
    stand = _only(str(_fill(tabelle.blatt, tabelle.zeile)[spalte]))
    unten = tabelle.zeile + 1
    while not stand and unten < zeile and tabelle.blatt.wert(unten, tabelle.raum) in (None, ""):
        stand = _only(_code(tabelle.blatt.wert(unten, spalte)))
        unten += 1
    if stand:
        return stand
    titel = " ".join(str(z) for oben in range(tabelle.zeile) for z in tabelle.blatt.zeilen[oben] if z is not None)
    return _only(titel)


def _only(text: str) -> int:
    jahre = set(_JAHR.findall(text))
    return int(jahre.pop()) if len(jahre) == 1 else 0
