"""Nachweise followed: what a statement points to, with the title of what it leads to; what leads nowhere is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from sozialtool.ablauf.schwellen import list_schwellen
from sozialtool.fach.beteiligung import Beteiligung
from sozialtool.fach.gremium import Gremium, Sitzung, Thema, title_of
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.nachweis import Nachweis, Nachweisart, parse_nachweis
from sozialtool.fach.planung import Befragung, Einrichtung, Massnahme
from sozialtool.fach.raum import Gebietsstand
from sozialtool.fach.sozialindex import Sozialindex
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fach.verteilung import Verteilungsszenario
from sozialtool.projekt import Projekt

Paare = Iterator[tuple[str, str]]
"""Key and title of everything of one kind."""


def resolve_nachweise(projekt: Projekt, texte: Iterable[str]) -> tuple[Nachweis, ...]:
    """Follow each proof; one that is not written as "Art Schlüssel" is left out (`check_nachweise` names it)."""
    gelesen = [nachweis for nachweis in map(parse_nachweis, texte) if nachweis is not None]
    je_art = {art: list(_LISTEN[art](projekt)) for art in dict.fromkeys(nachweis.art for nachweis in gelesen)}
    return tuple(_follow(nachweis, je_art[nachweis.art]) for nachweis in gelesen)


def _follow(nachweis: Nachweis, paare: Iterable[tuple[str, str]]) -> Nachweis:
    for schluessel, titel in paare:
        if schluessel.casefold() == nachweis.schluessel.casefold():
            return attrs.evolve(nachweis, schluessel=schluessel, titel=titel)
    return attrs.evolve(nachweis, gefunden=False)


def describe_nachweis(nachweis: Nachweis) -> str:
    """Say what a proof leads to: "Indikator A07: SGB-II-Quote der unter 18-Jährigen"."""
    return f"{nachweis.text}: {nachweis.titel}" if nachweis.gefunden else f"{nachweis.text}: gibt es nicht (mehr)"


def check_nachweise(projekt: Projekt, texte: Iterable[str], wo: str) -> list[str]:
    """Name every proof that cannot be read or leads nowhere, in German sentences that begin with `wo`."""
    liste = tuple(texte)
    arten = ", ".join(art.value for art in Nachweisart)
    fehler = [
        f"{wo}: „{text}“ ist kein Nachweis; erwartet wird Art und Schlüssel, zum Beispiel „Indikator A07“ ({arten})."
        for text in liste
        if parse_nachweis(text) is None
    ]
    fehlende = [nachweis for nachweis in resolve_nachweise(projekt, liste) if not nachweis.gefunden]
    return fehler + [f"{wo}: Der Nachweis „{nachweis.text}“ führt nirgendwohin." for nachweis in fehlende]


def _named(klasse: type[Any], name: str = "name", schluessel: str = "schluessel") -> Callable[[Projekt], Paare]:
    """List keys and names of a class."""
    return lambda projekt: ((getattr(e, schluessel), getattr(e, name)) for e in projekt.read(klasse))


def _thresholds(projekt: Projekt) -> Paare:
    return ((s.schluessel, f"{s.name} {s.wert:g}".replace(".", ",")) for s in list_schwellen(projekt))


def _meetings(projekt: Projekt) -> Paare:
    gremien = {g.schluessel: g for g in projekt.read(Gremium)}
    return ((s.schluessel, title_of(s, gremien.get(s.gremium))) for s in projekt.read(Sitzung))


_LISTEN: Mapping[Nachweisart, Callable[[Projekt], Paare]] = {
    Nachweisart.SITZUNG: _meetings, Nachweisart.THEMA: _named(Thema),
    Nachweisart.INDIKATOR: _named(Indikator, schluessel="kennung"), Nachweisart.GEBIETSSTAND: _named(Gebietsstand),
    Nachweisart.SCHWELLE: _thresholds, Nachweisart.INDEX: _named(Sozialindex, schluessel="kennung"),
    Nachweisart.MITTELVERTEILUNG: _named(Verteilungsszenario), Nachweisart.VEROEFFENTLICHUNG: _named(Veroeffentlichung),
    Nachweisart.BETEILIGUNG: _named(Beteiligung), Nachweisart.EINRICHTUNG: _named(Einrichtung), Nachweisart.MASSNAHME: _named(Massnahme), Nachweisart.BEFRAGUNG: _named(Befragung),
}  # fmt: skip
