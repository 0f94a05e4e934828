"""Coordinates that hold for a whole table: found in title, sheet name, file name or below the table.

Only the place and the pattern are remembered, never the year or the area itself: next year's file, or the neighbour's
file of the same layout, says something else at the same place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

import attrs

from sozialtool.einlesen.fund import Tabellenfund
from sozialtool.einlesen.kontext import Kontext
from sozialtool.einlesen.schluessel import text_key
from sozialtool.einlesen.standteile import NICHTS, Standteil, from_zelle, is_ausgabetag, split_zeit
from sozialtool.einlesen.zuordnung import Fundort, Ort
from sozialtool.fach.felder import parse_datum

_STANDWORT = re.compile(r"\b(?:stand|stichtag|zum|am|berichtsjahr|jahr|schuljahr|zeitraum|monat)\b", re.IGNORECASE)
_GEDRUCKT = re.compile(r"\d{1,2}:\d{2}")


@attrs.frozen
class Standfund:
    """A statement about the Stand beside a table: where, with which pattern, what, and whether it is sure enough."""

    ort: Fundort
    zeit: Standteil
    text: str
    sicher: bool


def places(fund: Tabellenfund, datei: str) -> Iterator[tuple[Ort, str]]:
    """Walk over the texts beside a table, the most trustworthy place first."""
    for stelle in fund.titel:
        yield Ort.TITEL, stelle.text
    if fund.blatt != PurePath(datei).stem:  # the sheet of a CSV is called like its file
        yield Ort.BLATT, fund.blatt
    for stelle in fund.fussnoten:
        if len(stelle.text) <= 200:
            yield Ort.FUSSNOTE, stelle.text
    yield Ort.DATEI, PurePath(datei).stem.replace("_", " ")


def texts_beside(fund: Tabellenfund, datei: str) -> tuple[str, ...]:
    """Title, sheet name and file name: what may say what a table is about."""
    return tuple(text for ort, text in places(fund, datei) if ort is not Ort.FUSSNOTE)


def list_staende(fund: Tabellenfund, datei: str) -> tuple[Standfund, ...]:
    """List all statements about a year beside a table; of several in the title those with "Stand" and a day first."""
    funde = []
    for ort, text in places(fund, datei):
        _, zeit = split_zeit(text)
        if zeit.jahr is None:
            continue
        gedruckt = bool(_GEDRUCKT.search(text)) or is_ausgabetag(text)
        sicher = ort in (Ort.TITEL, Ort.BLATT) and not gedruckt
        funde.append(Standfund(Fundort(ort, text_key(text)), zeit, text, sicher))
    rang = {Ort.TITEL: 0, Ort.BLATT: 1, Ort.DATEI: 2, Ort.FUSSNOTE: 3}
    return tuple(sorted(funde, key=lambda f: (rang[f.ort.ort], -bool(_STANDWORT.search(f.text)), f.zeit.tag is None)))


def find_stand(fund: Tabellenfund, ort: Fundort, datei: str) -> Standteil:
    """Read the Stand at the remembered place; nothing when it is not there."""
    if ort.ort is Ort.FEST:
        try:
            tag = parse_datum(ort.wert)
        except ValueError:
            return from_zelle(ort.wert)
        return Standteil(tag.year, tag.month, tag.day)
    kandidaten = [f for f in list_staende(fund, datei) if f.ort.ort is ort.ort]
    genau = [f for f in kandidaten if f.ort.muster == ort.muster]
    if genau:
        return genau[0].zeit
    jahre = {f.zeit for f in kandidaten if f.sicher or ort.ort not in (Ort.TITEL, Ort.BLATT)}
    return jahre.pop() if len(jahre) == 1 else NICHTS


def find_tabellengebiet(fund: Tabellenfund, ort: Fundort, kontext: Kontext) -> str:
    """Return the area that the remembered place names; "" when it names none or several.

    A fixed area holds unless the title has changed and now names another one: then the table stays open, so that the
    neighbour's file is not taken for one's own.
    """
    if ort.ort is Ort.FEST:
        im_titel = gebiete_at(fund, Ort.TITEL, kontext)
        fremd = im_titel and ort.wert not in im_titel and ort.muster != title_pattern(fund)
        return "" if fremd else ort.wert
    gefunden = gebiete_at(fund, ort.ort, kontext)
    return gefunden[0] if len(gefunden) == 1 else ""


def gebiete_at(fund: Tabellenfund, ort: Ort, kontext: Kontext) -> tuple[str, ...]:
    """List the areas named at a place beside the table."""
    gefunden: dict[str, None] = {}
    for platz, text in places(fund, kontext.datei):
        if platz is ort:
            gefunden |= dict.fromkeys(kontext.find_im_text(text))
    return tuple(gefunden)


def title_pattern(fund: Tabellenfund) -> str:
    """Title of a table without years, as one text."""
    return " / ".join(text_key(stelle.text) for stelle in fund.titel)
