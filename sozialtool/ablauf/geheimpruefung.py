"""What lists about disclosure control must keep: sources, levels, areas and figures that the project knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import attrs

from sozialtool.ablauf.veroeffentlichungen import find_ebene
from sozialtool.fach import raum
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Ebene, Gebiet
from sozialtool.fach.veroeffentlichung import BekannteZahl, Geheimhaltungsregel
from sozialtool.projekt import Projekt


def check_regeln(
    projekt: Projekt, eintraege: Sequence[Geheimhaltungsregel]
) -> tuple[list[Geheimhaltungsregel], list[str]]:
    """Return the rules with keys for names of levels, and everything that does not fit, in German sentences.

    A rule that meets no figure would protect nothing and nobody would notice: its source must supply some Merkmal.
    """
    quellen = {m.fachbereich.strip().casefold(): m.fachbereich for m in projekt.read(Merkmal) if m.fachbereich.strip()}
    ebenen = projekt.read(Ebene)
    doppelt = Counter(e.fachbereich.strip().casefold() for e in eintraege)
    neu, fehler = [], [f"{name}: steht zweimal da." for name, anzahl in doppelt.items() if anzahl > 1]
    for e in eintraege:
        if e.fachbereich.strip().casefold() not in quellen:
            namen = ", ".join(sorted(quellen.values()))
            fehler.append(f"{e.fachbereich}: Diese Quelle liefert kein Merkmal; möglich sind {namen}.")
        ebene = find_ebene(e.ab_ebene, ebenen) if e.ab_ebene.strip() else None
        if e.ab_ebene.strip() and ebene is None:
            namen = ", ".join(ebene.name for ebene in ebenen)
            fehler.append(
                f"{e.fachbereich}, Spalte „Nur ab Ebene“: „{e.ab_ebene}“ gibt es nicht; möglich sind {namen}."
            )
        fehler += [f"{e.fachbereich}: {text}" for text in _check_dominanz(e)]
        neu.append(attrs.evolve(e, ab_ebene=ebene.schluessel if ebene else ""))
    return neu, fehler


def _check_dominanz(regel: Geheimhaltungsregel) -> list[str]:
    """Numbers that can be meant: some of the largest, a share below all of it, a percentage."""
    fehler = []
    if bool(regel.dominanz_anzahl) != bool(regel.dominanz_anteil):
        fehler.append("Zur Dominanz gehören die Zahl der größten Beiträge und ihr höchster Anteil.")
    if not 0 <= regel.dominanz_anzahl <= _MEISTE:
        fehler.append(f"Dominanz: geprüft werden können 1 bis {_MEISTE} größte Beiträge.")
    if not 0 <= regel.dominanz_anteil < 100 or not 0 <= regel.p_prozent <= 100:
        fehler.append("Anteile der Dominanz liegen unter 100 %, p höchstens bei 100 %.")
    return fehler


_MEISTE = 9


def check_bekannte(projekt: Projekt, eintraege: Sequence[BekannteZahl]) -> tuple[list[BekannteZahl], list[str]]:
    """Return the figures from outside with keys for names, and everything that does not fit, in German sentences."""
    gebiete = projekt.read(Gebiet)
    orte = {g.name.strip().casefold(): g.schluessel for g in gebiete} | {
        g.schluessel.casefold(): g.schluessel for g in gebiete
    }
    orte |= {raum.STADT: projekt.kommune.ags}
    merkmale = projekt.read(Merkmal)
    namen = {m.name.strip().casefold(): m.schluessel for m in merkmale} | {
        m.schluessel.casefold(): m.schluessel for m in merkmale
    }
    neu, fehler = [], []
    for e in eintraege:
        gebiet, merkmal = orte.get(e.gebiet.strip().casefold()), namen.get(e.merkmal.strip().casefold())
        if gebiet is None:
            fehler.append(f"{e.merkmal}: Ein Gebiet „{e.gebiet}“ gibt es nicht.")
        if merkmal is None:
            fehler.append(f"{e.gebiet}: Ein Merkmal „{e.merkmal}“ gibt es nicht.")
        if e.jahr and e.jahr not in raum.JAHRE:
            fehler.append(f"{e.gebiet}, {e.merkmal}: Das Jahr {e.jahr} kann nicht stimmen; 0 heißt jedes Jahr.")
        neu.append(attrs.evolve(e, gebiet=gebiet or e.gebiet, merkmal=merkmal or e.merkmal))
    return neu, fehler


PRUEFER: dict[type, Callable[[Projekt, Any], tuple[list[Any], list[str]]]] = {
    Geheimhaltungsregel: check_regeln,
    BekannteZahl: check_bekannte,
}
"""Class → its check, for lists from Excel and records entered by hand; these records change what is shown."""
