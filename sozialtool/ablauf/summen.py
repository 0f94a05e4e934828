"""What nobody delivered, but follows from what was: a Merkmal that by definition is the sum of others (`Merkmal.summe_aus`).

Registers count ages in bands ("unter 3", "3 bis unter 6" …); indicators need "unter 18". Only what an indicator needs
is put together, and only where the Merkmal itself was not delivered for any Stand of that year: a delivered figure always
stands. Disclosure control knows the same sums (`geheimhaltung.aufbau`), so that nothing can be taken out of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sozialtool.fach.messwert import Merkmal, Vermerk, Zeichen

Zeit = tuple[dt.date, int]
Wert = tuple[float | None, str | None, str | None, str | None]
"""Number, sign, Vermerk and Quelle, as in `fach.rahmen.MESSWERTE`; a number without sign has None there."""

_STAERKE = {vermerk.name: stelle for stelle, vermerk in enumerate(Vermerk)}


def list_summen(merkmale: Iterable[Merkmal]) -> dict[str, dict[str, float]]:
    """Merkmal → its summands with their factors, for those that are sums by definition and can be added."""
    alle = {m.schluessel: m for m in merkmale}
    return {
        k: m.summanden
        for k, m in alle.items()
        if m.summanden and m.art.additiv and all(s in alle and alle[s].art.additiv for s in m.summanden)
    }


def find_teile(gebraucht: Iterable[str], merkmale: Iterable[Merkmal]) -> frozenset[str]:
    """The Merkmale of which these can be put together, over any number of steps; without themselves where they are no part."""
    summen = list_summen(merkmale)
    gefunden: set[str] = set()
    offen = list(gebraucht)
    while offen:
        for teil in summen.get(offen.pop(), {}):
            if teil not in gefunden:
                gefunden.add(teil)
                offen.append(teil)
    return frozenset(gefunden)


def complete_laengen(geliefert: Mapping[str, set[int]], merkmale: Iterable[Merkmal]) -> dict[str, set[int]]:
    """Add to what was delivered (Merkmal → lengths in years) what can be put together of it."""
    summen = list_summen(merkmale)
    fertig = {merkmal: set(laengen) for merkmal, laengen in geliefert.items() if laengen}
    weiter = True
    while weiter:
        weiter = False
        for merkmal, teile in summen.items():
            laengen = set.intersection(*(fertig.get(teil, set()) for teil in teile))
            if laengen and merkmal not in fertig:
                fertig[merkmal] = laengen
                weiter = True
    return fertig


def add_summen(
    spalten: dict[str, list[Any]], merkmale: Iterable[Merkmal], gebraucht: Iterable[str]
) -> dict[str, list[Any]]:
    """Add rows for the Merkmale that are needed and follow from delivered ones; the given columns stay as they are.

    A sum of which one part is missing for an area says so with the same sign; where a part has no row, the sum has none.

    Args:
        spalten: columns of `fach.rahmen.MESSWERTE`.
        merkmale: those of the project.
        gebraucht: keys of what indicators need.
    """
    rechner = _Rechner(spalten, list_summen(merkmale))
    fehlend = sorted(set(gebraucht) & set(rechner.summen))
    neu = [
        {
            "gebiet": gebiet,
            "merkmal": merkmal,
            "stand": zeit[0],
            "jahre": zeit[1],
            **dict(zip(_WERTE, wert, strict=True)),
        }
        for merkmal in fehlend
        for zeit in sorted(rechner.zeiten)
        if not rechner.is_geliefert(merkmal, zeit)
        for gebiet, wert in sorted((rechner.find(merkmal, zeit) or {}).items())
    ]
    if not neu:
        return spalten
    return {name: [*spalte, *(zeile[name] for zeile in neu)] for name, spalte in spalten.items()}


_WERTE = ("wert", "zeichen", "vermerk", "quelle")


class _Rechner:
    """Figures by Merkmal, time and area; sums are put together when they are asked for."""

    def __init__(self, spalten: Mapping[str, list[Any]], summen: Mapping[str, Mapping[str, float]]) -> None:
        self.summen = summen
        teile = {teil for summanden in summen.values() for teil in summanden} | set(summen)
        self.geliefert: dict[str, dict[Zeit, dict[str, Wert]]] = {}
        self.zeiten: set[Zeit] = set()
        namen = ("merkmal", "stand", "jahre", "gebiet", *_WERTE)
        for merkmal, stand, jahre, gebiet, *wert in zip(*(spalten[name] for name in namen), strict=True):
            if merkmal in teile:
                self.zeiten.add((stand, jahre))
                je_zeit = self.geliefert.setdefault(merkmal, {})
                je_zeit.setdefault((stand, jahre), {})[gebiet] = (wert[0], wert[1], wert[2], wert[3])

    def is_geliefert(self, merkmal: str, zeit: Zeit) -> bool:
        """Whether the Merkmal itself was delivered in the same year, for the same length of time."""
        return any((stand.year, jahre) == (zeit[0].year, zeit[1]) for stand, jahre in self.geliefert.get(merkmal, {}))

    def find(self, merkmal: str, zeit: Zeit, unterwegs: frozenset[str] = frozenset()) -> dict[str, Wert] | None:
        """Figures of all areas at a time; None where there are none, or only by way of the Merkmal itself."""
        da = self.geliefert.get(merkmal, {}).get(zeit)
        if da is not None or merkmal not in self.summen or merkmal in unterwegs:
            return da
        teile = []
        for teil, faktor in self.summen[merkmal].items():
            werte = self.find(teil, zeit, unterwegs | {merkmal})
            if werte is None:
                return None
            teile.append((faktor, werte))
        gebiete = set.intersection(*(set(werte) for _, werte in teile))
        summe = {gebiet: _add([(faktor, werte[gebiet]) for faktor, werte in teile]) for gebiet in gebiete}
        return {gebiet: wert for gebiet, wert in summe.items() if wert[0] is None or wert[0] >= 0}


def _add(teile: list[tuple[float, Wert]]) -> Wert:
    quellen = {wert[3] for _, wert in teile}
    # Of several deliveries it has no single source, as in every other sum (`rechnen.gebiete`).
    quelle = quellen.pop() if len(quellen) == 1 else ""
    vermerk = max((wert[2] for _, wert in teile), key=lambda name: _STAERKE.get(name or "", 0))
    ohne_zahl = [wert[1] for _, wert in teile if wert[0] is None]
    if ohne_zahl:
        geheim = Zeichen.GEHEIM.name
        return None, geheim if geheim in ohne_zahl else ohne_zahl[0], vermerk, quelle
    zahl = sum(faktor * (wert[0] or 0.0) for faktor, wert in teile)
    return zahl, None if zahl else _nothing(teile), vermerk, quelle


def _nothing(teile: list[tuple[float, Wert]]) -> str | None:
    """The sign of a sum of nothing: as its parts write it."""
    nichts = Zeichen.NICHTS.name
    return nichts if all(wert[1] == nichts for _, wert in teile) else None
