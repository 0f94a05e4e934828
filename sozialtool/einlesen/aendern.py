"""Change a Zuordnung: one small function per answer of the planner. Each returns a new Zuordnung."""

from __future__ import annotations

from typing import Any

import attrs

from sozialtool.einlesen.fragen import Frage
from sozialtool.einlesen.zuordnung import Fundort, Ort, Rolle, Spaltenregel, Tabellenregel, Zeilenregel, Zuordnung
from sozialtool.fach.messwert import Vermerk, Zeichen, Zeichenbedeutung
from sozialtool.fach.quelle import Befund
from sozialtool.fehler import BedienFehler


def apply_answer(zuordnung: Zuordnung, frage: Frage, wahl: str) -> Zuordnung:
    """Store the answer to a question.

    `wahl` is the key of a Gebiet or Merkmal, the name of a `Zeichen`, a `Vorschlag.schluessel` or a date 31.12.2025 for
    a Stand; "tausender" or "dezimal" for a point; "" means: do not import.
    """
    if frage.art == "merkmal":
        return with_merkmal(zuordnung, frage.tabelle, frage.schluessel, wahl) if wahl else ignore(
            zuordnung, frage.tabelle, frage.schluessel)  # fmt: skip
    if frage.art == "merkmal-zeile":
        return _with_zeile(zuordnung, frage.tabelle, Zeilenregel("merkmal", frage.schluessel, wahl))
    if frage.art == "gebiet":
        return with_gebiet(zuordnung, -1, frage.schluessel, wahl)
    if frage.art == "gebiete":
        return with_gebiet(zuordnung, frage.tabelle, frage.schluessel, wahl)
    if frage.art == "tabellengebiet":
        return with_tabellengebiet(zuordnung, frage.tabelle, wahl)
    if frage.art == "stand":
        for nummer in map(int, frage.schluessel.split(",") if frage.schluessel else (frage.tabelle,)):
            zuordnung = with_stand(zuordnung, nummer, wahl)
        return zuordnung
    if frage.art == "einheit":
        return with_faktor(zuordnung, frage.tabelle, frage.schluessel, float(wahl or 1))
    if frage.art == "punkt":
        if not wahl:
            return ignore(zuordnung, frage.tabelle, frage.schluessel)
        return with_tausenderpunkt(zuordnung, frage.tabelle, frage.schluessel, wahl == "tausender")
    if frage.art == "zeichen":
        return with_zeichen(zuordnung, frage.schluessel, Zeichen[wahl] if wahl else Zeichen.UNBEKANNT)
    raise BedienFehler(f"Auf die Frage „{frage.frage[:80]}“ gibt es hier keine Antwort.", "", "FRAGE-UNBEKANNT")


def with_merkmal(zuordnung: Zuordnung, tabelle: int, spalte: str, merkmal: str) -> Zuordnung:
    """Read the columns with this header key as values of a Merkmal ("": the Merkmal comes from the row)."""
    return _with_spalte(zuordnung, tabelle, spalte, rolle=Rolle.WERT, merkmal=merkmal)


def with_faktor(zuordnung: Zuordnung, tabelle: int, spalte: str, faktor: float) -> Zuordnung:
    """Say by what the figures of a column are multiplied (1: as they stand)."""
    return _with_spalte(zuordnung, tabelle, spalte, faktor=faktor)


def with_tausenderpunkt(zuordnung: Zuordnung, tabelle: int, spalte: str, tausender: bool) -> Zuordnung:
    """Decide for a column whether "1.234" is 1234 (True) or 1,234 (False)."""
    return _with_spalte(zuordnung, tabelle, spalte, tausenderpunkt=tausender)


def with_rolle(zuordnung: Zuordnung, tabelle: int, spalte: str, rolle: Rolle) -> Zuordnung:
    """Say what a column is. Two columns cannot both be the code, the area or the Stand: the former becomes a note."""
    regel = _regel(zuordnung, tabelle)
    if rolle in (Rolle.GEBIET, Rolle.GEBIETSCODE, Rolle.STAND):
        spalten = tuple(attrs.evolve(r, rolle=Rolle.NOTIZ) if r.rolle is rolle else r for r in regel.spalten)
        zuordnung = _replace(zuordnung, tabelle, attrs.evolve(regel, spalten=spalten))
    geaendert = _with_spalte(zuordnung, tabelle, spalte, rolle=rolle)
    if rolle in (Rolle.GEBIET, Rolle.GEBIETSCODE):
        regel = attrs.evolve(_regel(geaendert, tabelle), gebiet=Fundort(Ort.TABELLE))
        return _replace(geaendert, tabelle, regel)
    return geaendert


def ignore(zuordnung: Zuordnung, tabelle: int, spalte: str = "") -> Zuordnung:
    """Do not import a column; without one: not the whole table."""
    if not spalte:
        return _replace(zuordnung, tabelle, attrs.evolve(_regel(zuordnung, tabelle), einlesen=False))
    return _with_spalte(zuordnung, tabelle, spalte, rolle=Rolle.NICHT, merkmal="")


def ignore_open(zuordnung: Zuordnung, tabelle: int) -> Zuordnung:
    """Do not import any column of the table that is still open."""
    regel = _regel(zuordnung, tabelle)
    spalten = tuple(attrs.evolve(r, rolle=Rolle.NICHT) if r.rolle is Rolle.OFFEN else r for r in regel.spalten)
    return _replace(zuordnung, tabelle, attrs.evolve(regel, spalten=spalten))


def with_gebiet(zuordnung: Zuordnung, tabelle: int, label: str, gebiet: str) -> Zuordnung:
    """Say which area a label means ("": rows with it are not imported); table -1: in all tables of the file."""
    for nummer in range(len(zuordnung.tabellen)) if tabelle < 0 else (tabelle,):
        zuordnung = _with_zeile(zuordnung, nummer, Zeilenregel("gebiet", label, gebiet))
    return zuordnung


def with_tabellengebiet(zuordnung: Zuordnung, tabelle: int, gebiet: str, ort: Ort = Ort.FEST) -> Zuordnung:
    """Say for which area the whole table holds; with another place than FEST the area is read there."""
    regel = _regel(zuordnung, tabelle)
    neu = Fundort(ort, regel.titel if ort is Ort.FEST else "", gebiet if ort is Ort.FEST else "")
    return _replace(zuordnung, tabelle, attrs.evolve(regel, gebiet=neu, einlesen=bool(gebiet)))


def with_stand(zuordnung: Zuordnung, tabelle: int, stand: str) -> Zuordnung:
    """Say where the Stand is ("TITEL:stand #", from a proposal) or what it is in this file (31.12.2025)."""
    ort, doppelpunkt, muster = stand.partition(":")
    neu = Fundort(Ort[ort], muster) if doppelpunkt and ort in Ort.__members__ else Fundort(Ort.FEST, "", stand)
    return _replace(zuordnung, tabelle, attrs.evolve(_regel(zuordnung, tabelle), stand=neu))


def with_zeichen(
    zuordnung: Zuordnung, text: str, zeichen: Zeichen | None, vermerk: Vermerk = Vermerk.KEINER
) -> Zuordnung:
    """Say what a sign means in this source."""
    andere = tuple(z for z in zuordnung.zeichen if z.text != text)
    return attrs.evolve(zuordnung, zeichen=(*andere, Zeichenbedeutung(text, zeichen, vermerk)))


def accept(zuordnung: Zuordnung, befund: Befund) -> Zuordnung:
    """Accept a finding of this file: it stays in the list as a remark and no longer stands in the way."""
    eintrag = f"{befund.code}@{befund.blatt}!{befund.zelle}"
    return attrs.evolve(zuordnung, hingenommen=tuple(dict.fromkeys((*zuordnung.hingenommen, eintrag))))


def _regel(zuordnung: Zuordnung, tabelle: int) -> Tabellenregel:
    if not 0 <= tabelle < len(zuordnung.tabellen):
        raise BedienFehler(f"Eine Tabelle Nummer {tabelle + 1} gibt es in dieser Datei nicht.", "", "TABELLE-UNBEKANNT")
    return zuordnung.tabellen[tabelle]


def _replace(zuordnung: Zuordnung, tabelle: int, regel: Tabellenregel) -> Zuordnung:
    tabellen = list(zuordnung.tabellen)
    tabellen[tabelle] = regel
    return attrs.evolve(zuordnung, tabellen=tuple(tabellen))


def _with_spalte(zuordnung: Zuordnung, tabelle: int, spalte: str, **neu: Any) -> Zuordnung:
    regel = _regel(zuordnung, tabelle)
    if regel.spalte(spalte) is None and " » " in spalte:  # a column within a section has no rule before its answer
        regel = attrs.evolve(regel, spalten=(*regel.spalten, Spaltenregel(spalte, Rolle.OFFEN)))
    if regel.spalte(spalte) is None:
        raise BedienFehler(f"Eine Spalte „{spalte}“ gibt es in dieser Tabelle nicht.", "", "SPALTE-UNBEKANNT")
    spalten: tuple[Spaltenregel, ...] = tuple(attrs.evolve(r, **neu) if r.kopf == spalte else r for r in regel.spalten)
    return _replace(zuordnung, tabelle, attrs.evolve(regel, spalten=spalten))


def _with_zeile(zuordnung: Zuordnung, tabelle: int, zeile: Zeilenregel) -> Zuordnung:
    regel = _regel(zuordnung, tabelle)
    andere = tuple(r for r in regel.zeilen if (r.art, r.text) != (zeile.art, zeile.text))
    return _replace(zuordnung, tabelle, attrs.evolve(regel, zeilen=(*andere, zeile)))
