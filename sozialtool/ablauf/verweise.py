"""Who names a record: said before it is struck out, because what names it then leads nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sozialtool.ablauf.belege import name_beleg
from sozialtool.ablauf.planeintraege import name_eintrag, name_klasse
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.beteiligung import Beteiligung
from sozialtool.fach.drucksache import Drucksache
from sozialtool.fach.gremium import Beschluss
from sozialtool.fach.nachweis import Nachweisart, parse_nachweis
from sozialtool.fach.planung import Befragung, Befragungsfrage, Befragungszahl, Einrichtung, Massnahme, Massnahmenkosten
from sozialtool.fach.prozess import Inhalt, Umsetzungsstand
from sozialtool.fach.schreibweise import name_einige
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fach.versorgung import Versorgungsmass
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from sozialtool.projekt import Projekt

_FELDER: dict[type, tuple[tuple[type[Any], str], ...]] = {
    Entwicklungsziel: ((Massnahme, "ziel"),), Leitziel: ((Entwicklungsziel, "leitziel"),), Bedarf: ((Entwicklungsziel, "bedarfe"),),
    Massnahme: ((Massnahmenkosten, "massnahme"), (Drucksache, "massnahmen")),
    Befragung: ((Befragungsfrage, "befragung"), (Befragungszahl, "befragung")),
}  # fmt: skip
"""Class → who names it by its key, and in which field."""
_BELEGE = (Bedarf, Stimme, Einrichtung, Befragungsfrage, Versorgungsmass)
"""Classes that a need may name as evidence."""
_NACHWEISE = {
    Massnahme: Nachweisart.MASSNAHME, Einrichtung: Nachweisart.EINRICHTUNG, Befragung: Nachweisart.BEFRAGUNG,
    Beteiligung: Nachweisart.BETEILIGUNG,
}  # fmt: skip
"""Classes that the process may name as a proof."""
_MIT_NACHWEISEN: tuple[type[Any], ...] = (Inhalt, Umsetzungsstand, Beschluss, Beteiligung)
_MEISTE = 4


def list_verweise(projekt: Projekt, eintraege: Collection[Any]) -> tuple[str, ...]:
    """Say of each record that is to go who names it, unless that goes, too, and of a paper what went out with it; () where nobody does."""
    saetze: list[str] = []
    for eintrag in eintraege:
        if isinstance(eintrag, Drucksache):
            saetze += _list_hinausgegangenes(projekt, eintrag)
        namen = [
            f"{name_klasse(type(e))} {name_eintrag(e)}" for e in _list_nennende(projekt, eintrag) if e not in eintraege
        ]
        if namen:
            wer = f"{name_klasse(type(eintrag))} {name_eintrag(eintrag)}"
            saetze.append(f"{wer} wird genannt: {name_einige(namen, _MEISTE, '; ')}. Das führt dann nirgendwohin.")
    return tuple(saetze)


def _list_hinausgegangenes(projekt: Projekt, drucksache: Drucksache) -> Iterator[str]:
    """Say which releases belong to a paper: they stay, and nobody would find any more what they went out with."""
    namen = [v.name for v in projekt.read(Veroeffentlichung) if _names(v.drucksache, drucksache.schluessel)]
    if namen:
        yield (
            f"Zur Drucksache {drucksache.schluessel} ist festgehalten, was hinausging: {name_einige(namen, _MEISTE, '; ')}. "
            "Das bleibt festgehalten, hätte dann aber keine Drucksache mehr."
        )


def _list_nennende(projekt: Projekt, eintrag: Any) -> Iterator[Any]:
    klasse = type(eintrag)
    for anderer, feld in _FELDER.get(klasse, ()):
        yield from (e for e in projekt.read(anderer) if _names(getattr(e, feld), eintrag.schluessel))
    if klasse in _BELEGE:
        yield from (b for b in projekt.read(Bedarf) if _names(b.belege, name_beleg(eintrag)))
    if klasse is Befragung:
        yield from (
            b for b in projekt.read(Bedarf) if any(_names(s.partition("/")[0], eintrag.schluessel) for s in b.belege)
        )
    if klasse in _NACHWEISE:
        for anderer in _MIT_NACHWEISEN:
            yield from (
                e for e in projekt.read(anderer) if _proves(e.nachweise, _NACHWEISE[klasse], eintrag.schluessel)
            )


def _names(wert: str | tuple[str, ...], schluessel: str) -> bool:
    genannt = (wert,) if isinstance(wert, str) else wert
    return any(text.strip().casefold() == schluessel.casefold() for text in genannt)


def _proves(nachweise: Iterable[str], art: Nachweisart, schluessel: str) -> bool:
    gelesen = (n for text in nachweise if (n := parse_nachweis(text)) is not None)
    return any(n.art is art and n.schluessel.casefold() == schluessel.casefold() for n in gelesen)
