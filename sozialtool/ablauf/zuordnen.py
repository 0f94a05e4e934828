"""The mapping of a file as lines a person can read and change, also where no question is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.daten import build_umfeld
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.quelle import Befund
from sozialtool.fach.raum import Gebiet
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.einlesen.pruefung import Pruefung
    from sozialtool.einlesen.zuordnung import Spaltenregel, Tabellenregel


@attrs.frozen
class ZuordnungZeile:
    """One line of the mapping.

    Attributes:
        tabelle: index of the rule; `art`: spalte, zeile, gebiet or stand.
        ort: column letter, or empty; `text`: what stands in the file.
        ziel: what it becomes, in words; `schluessel`: key under which the rule is kept.
        frage: Kennung of the open question, empty when it is answered.
    """

    tabelle: int
    art: str
    ort: str
    text: str
    ziel: str
    schluessel: str
    frage: str = ""


def merkmale(projekt: Projekt) -> tuple[Merkmal, ...]:
    """List all Merkmale by name."""
    return tuple(sorted(projekt.read(Merkmal), key=lambda merkmal: merkmal.name.casefold()))


def zuordnung_zeilen(projekt: Projekt, pruefung: Pruefung) -> tuple[ZuordnungZeile, ...]:
    """Write the rules of all tables as lines: columns first, then rows and areas, then Gebiet and Stand of the table."""
    namen = {m.schluessel: m.name for m in projekt.read(Merkmal)}
    namen |= {g.schluessel: g.name for g in projekt.read(Gebiet)}
    offen = {(f.tabelle, f.art, f.schluessel): f.kennung for f in pruefung.fragen}
    zeilen: list[ZuordnungZeile] = []
    for nummer, regel in enumerate(pruefung.zuordnung.tabellen):
        orte = _column_letters(pruefung, nummer)
        for spalte in regel.spalten:
            ziel, kennung = _spalten_ziel(spalte, namen), offen.get((nummer, "merkmal", spalte.kopf), "")
            ort = orte.get(spalte.kopf, "")
            zeilen.append(ZuordnungZeile(nummer, "spalte", ort, spalte.text, ziel, spalte.kopf, kennung))
        for zeile in regel.zeilen:
            ziel = namen.get(zeile.ziel, zeile.ziel) if zeile.ziel else "wird nicht übernommen"
            zeilen.append(ZuordnungZeile(nummer, zeile.art, "", zeile.text, ziel, zeile.text))
        zeilen += [
            ZuordnungZeile(nummer, "zeile", frage.zelle, frage.text, "", frage.schluessel, frage.kennung)
            for frage in pruefung.fragen
            if frage.tabelle == nummer and frage.art in ("gebiet", "merkmal-zeile")
        ]
        zeilen += _table_lines(nummer, regel, namen, offen)
    return tuple(zeilen)


def _column_letters(pruefung: Pruefung, nummer: int) -> dict[str, str]:
    from sozialtool.einlesen.rohblatt import adresse
    from sozialtool.einlesen.schluessel import column_keys

    for fund, regel in zip(pruefung.funde, pruefung.regeln, strict=True):
        if regel == nummer:
            orte: dict[str, str] = {}
            for lage in column_keys(fund):
                orte.setdefault(lage.schluessel, adresse(0, lage.nummer)[:-1])
            return orte
    return {}


def _spalten_ziel(spalte: Spaltenregel, namen: dict[str, str]) -> str:
    if spalte.merkmal:
        return namen.get(spalte.merkmal, spalte.merkmal)
    if spalte.gebiet:
        return namen.get(spalte.gebiet, spalte.gebiet)
    return {"NICHT": "wird nicht übernommen", "OFFEN": "?", "WERT": "Werte (Merkmal steht in der Zeile)"}.get(
        spalte.rolle.name, spalte.rolle.value
    )


def _table_lines(
    nummer: int, regel: Tabellenregel, namen: dict[str, str], offen: dict[tuple[int, str, str], str]
) -> list[ZuordnungZeile]:
    """Say where Gebiet and Stand of the whole table come from."""
    zeilen = []
    for art, frageart, name, fundort in (
        ("gebiet", "tabellengebiet", "Gebiet der Tabelle", regel.gebiet),
        ("stand", "stand", "Stand", regel.stand),
    ):
        frage = next((k for (tabelle, a, _), k in offen.items() if tabelle == nummer and a == frageart), "")
        if art == "gebiet" and fundort.ort.name == "OFFEN" and not frage:
            continue
        ziel = namen.get(fundort.wert, fundort.wert) or fundort.ort.value
        zeilen.append(ZuordnungZeile(nummer, art, "", name, ziel, "", frage))
    return zeilen


def set_spalte(projekt: Projekt, pruefung: Pruefung, tabelle: int, kopf: str, merkmal: str) -> Pruefung:
    """Map a column to a Merkmal, or leave it out with ""; also one about which nothing was asked."""
    from sozialtool.einlesen.aendern import ignore, with_merkmal
    from sozialtool.einlesen.pruefung import answer

    alt = pruefung.zuordnung
    neu = with_merkmal(alt, tabelle, kopf, merkmal) if merkmal else ignore(alt, tabelle, kopf)
    return answer(pruefung, build_umfeld(projekt), neu)


def accept_befund(projekt: Projekt, pruefung: Pruefung, befund: Befund) -> Pruefung:
    """Take a finding as it is: it stays in the list as a remark and no longer stands in the way."""
    from sozialtool.einlesen.aendern import accept
    from sozialtool.einlesen.pruefung import answer

    return answer(pruefung, build_umfeld(projekt), accept(pruefung.zuordnung, befund))
