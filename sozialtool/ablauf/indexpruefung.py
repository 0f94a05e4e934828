"""What lists of indices and of Mittelverteilungen must keep: indicators, areas, Merkmale and each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import attrs

from sozialtool.ablauf.fassungen import check_definition, check_frei, schluessel_of
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.sozialindex import Bestandteil, Sozialindex
from sozialtool.fach.verteilung import Verteilungsszenario
from sozialtool.fehler import SozialtoolFehler
from sozialtool.projekt import Projekt

D = TypeVar("D", bound=Sozialindex | Verteilungsszenario)
_Melden = Callable[[str, str, str], None]
"""Says that in a column of a record there is a name that nobody knows."""


def check_indizes(projekt: Projekt, eintraege: Sequence[Sozialindex]) -> tuple[list[Sozialindex], list[str]]:
    """Return the indices with keys as the project writes them, and everything that does not fit, in German sentences."""
    kennungen = _namen((i.kennung, i.kennung) for i in projekt.read(Indikator))
    orte = _orte(projekt)

    def resolve(index: Sozialindex, melde: _Melden) -> Sozialindex:
        teile = []
        for teil in index.teile:
            kennung = kennungen.get(teil.kennung.casefold())
            if kennung is None:
                melde("Bestandteile", "Einen Indikator", teil.kennung)
            teile.append(str(Bestandteil(kennung or teil.kennung, teil.gewicht, teil.teil)))
        gleich = index.teile == tuple(Bestandteil.parse(text) for text in teile)
        ausgenommen = _find_alle(
            index.ausgenommen, orte, lambda name: melde("Ausgenommene Gebiete", "Ein Gebiet", name)
        )
        return attrs.evolve(index, bestandteile=index.bestandteile if gleich else tuple(teile), ausgenommen=ausgenommen)

    return _check(projekt, eintraege, resolve)


def check_szenarien(
    projekt: Projekt, eintraege: Sequence[Verteilungsszenario]
) -> tuple[list[Verteilungsszenario], list[str]]:
    """Return the scenarios with keys as the project writes them, and everything that does not fit, in German sentences."""
    merkmale = _namen((name, m.schluessel) for m in projekt.read(Merkmal) for name in (m.name, m.schluessel))
    indizes = _namen((i.kennung, i.kennung) for i in projekt.read(Sozialindex))
    szenarien = _namen((s.schluessel, s.schluessel) for s in eintraege)
    orte = _orte(projekt)

    def resolve(szenario: Verteilungsszenario, melde: _Melden) -> Verteilungsszenario:
        gesucht = (
            ("koepfe", "Köpfe", "Ein Merkmal", merkmale), ("bedarf", "Fallzahl", "Ein Merkmal", merkmale),
            ("index", "Index", "Einen Index", indizes), ("vergleich", "Vergleich mit", "Ein Szenario", szenarien),
        )  # fmt: skip
        neu: dict[str, Any] = {}
        for feld, spalte, was, namen in gesucht:
            text = str(getattr(szenario, feld)).strip()
            neu[feld] = namen.get(text.casefold(), text)
            if text and text.casefold() not in namen:
                melde(spalte, was, text)
        ausgenommen = _find_alle(
            szenario.ausgenommen, orte, lambda name: melde("Ausgenommene Gebiete", "Ein Gebiet", name)
        )
        return attrs.evolve(szenario, ausgenommen=ausgenommen, **neu)

    return _check(projekt, eintraege, resolve)


def _namen(paare: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.strip().casefold(): schluessel for name, schluessel in paare}


def _orte(projekt: Projekt) -> dict[str, str]:
    return _namen((name, g.schluessel) for g in projekt.read(Gebiet) for name in (g.name, g.schluessel))


def _find_alle(texte: Sequence[str], namen: Mapping[str, str], melde: Callable[[str], None]) -> tuple[str, ...]:
    """Keys for names; what nobody knows is reported and stays."""
    for text in texte:
        if text.strip().casefold() not in namen:
            melde(text)
    return tuple(namen.get(text.strip().casefold(), text) for text in texte)


def _check(projekt: Projekt, eintraege: Sequence[D], resolve: Callable[[D, _Melden], D]) -> tuple[list[D], list[str]]:
    """Check each record on its own; one that cannot be read stays as it is, with a sentence."""
    neu: list[D] = []
    fehler: list[str] = []
    for eintrag in eintraege:
        name = schluessel_of(eintrag)

        def melde(spalte: str, was: str, text: str, name: str = name) -> None:
            fehler.append(f"{name}, Spalte „{spalte}“: {was} „{text}“ gibt es nicht.")

        try:
            check_definition(eintrag)
            if projekt.get(type(eintrag), name) is None:
                check_frei(projekt, eintrag)
            neu.append(resolve(eintrag, melde))
        except SozialtoolFehler as grund:
            neu.append(eintrag)
            fehler.append(f"{name}: {grund}")
    return neu, fehler
