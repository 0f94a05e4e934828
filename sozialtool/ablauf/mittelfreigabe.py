"""A Mittelverteilung that goes out: which released figures it shows, checked and kept like a release.

(docs/entscheidungen/ablauf-mittel-nur-nach-freigegebenem.md)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.ablauf.fassungen import find_definition
from sozialtool.ablauf.gezeigtes import read_heutige
from sozialtool.ablauf.indexwerte import list_gebiete, read_merkmal
from sozialtool.ablauf.verteilungsbild import Verteilungsbild
from sozialtool.ablauf.verteilungsgewichte import list_empfaenger
from sozialtool.fach.raum import NICHT_ZUZUORDNEN
from sozialtool.fach.sozialindex import Normierung, Sozialindex
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fach.verteilung import Schluesselart, Verteilungsszenario
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ablauf.kennzahlen import Ergebnis
    from sozialtool.geheimhaltung.festhalten import Auswahl

MIT_INDEX = (Schluesselart.INDEX, Schluesselart.STUFEN)


def record_mittel(
    projekt: Projekt, ergebnis: Ergebnis, bilder: Iterable[Verteilungsbild], pfad: Path, drucksache: str, am: dt.date,
    vorbehalt: str = "",
) -> Veroeffentlichung:  # fmt: skip
    """Search a written Mittelverteilung for leaks and keep what it shows as a release; `vorbehalt` as in its record.

    Raises:
        GeheimhaltungsFehler: GEHEIM-DATEI, it gives something away.
    """
    from sozialtool.ablauf.leckpruefung import require_dicht
    from sozialtool.ablauf.veroeffentlichungen import record_veroeffentlichung

    require_dicht(projekt, pfad)
    gezeigt = tuple(bilder)
    jahr = max(bild.jahr for bild in gezeigt)
    return record_veroeffentlichung(
        projekt, ergebnis, jahr, pfad, drucksache, am, build_auswahl(projekt, ergebnis, gezeigt), vorbehalt
    )


def build_auswahl(projekt: Projekt, ergebnis: Ergebnis, bilder: Iterable[Verteilungsbild]) -> Auswahl:
    """Say what scenarios show: heads and cases of the areas that get something, and for an index the rates it is made of.

    A factor is less than the rates behind it; they count as shown, so that a later release never hides one and thereby
    tells that it matters. What is secret or missing stands in no index and is not in it.
    """
    from sozialtool.geheimhaltung.festhalten import Auswahl
    from sozialtool.geheimhaltung.werte import Ort

    orte: set[Ort] = set()
    zeilen: set[tuple[str, int, str]] = set()
    for bild in bilder:
        for szenario in (bild.szenario, bild.gegen):
            empfaenger = [g.schluessel for g in list_empfaenger(ergebnis, szenario)]
            orte |= {Ort(g, szenario.koepfe, bild.jahr) for g in empfaenger}
            if szenario.art is Schluesselart.BEDARF:
                orte |= {Ort(g, szenario.bedarf, bild.jahr) for g in _list_gezaehlte(ergebnis, szenario, bild.jahr)}
            if szenario.art in MIT_INDEX:
                zeilen |= _list_quoten(projekt, ergebnis, szenario, bild.jahr)
    return Auswahl(frozenset(zeilen), frozenset(orte))


def _list_gezaehlte(ergebnis: Ergebnis, szenario: Verteilungsszenario, jahr: int) -> set[str]:
    """Name the areas whose cases can be read.

    Where some are secret, their sum stands there: what the town has beyond all others. So those count as shown, too.
    """
    zahlen = {g: wert for g, wert in read_merkmal(ergebnis, szenario.bedarf, jahr).items() if wert is not None}
    raeume = {g.schluessel for g in list_gebiete(ergebnis)}
    if not raeume <= zahlen.keys():
        return raeume & zahlen.keys() | {ergebnis.grundlage.kommune.ags, NICHT_ZUZUORDNEN} & zahlen.keys()
    return {g.schluessel for g in list_empfaenger(ergebnis, szenario)}


def _list_quoten(
    projekt: Projekt, ergebnis: Ergebnis, szenario: Verteilungsszenario, jahr: int
) -> set[tuple[str, int, str]]:
    """Name the rates of an index that have a value: those of the Sozialräume, and the town's where the distance to it counts."""
    index = find_definition(projekt, Sozialindex, szenario.index)
    raeume = [(jahr, g.schluessel) for g in list_gebiete(ergebnis)]
    if index.normierung is Normierung.ABSTAND:
        raeume.append((index.bezugsjahr or jahr, ergebnis.grundlage.kommune.ags))
    heute = read_heutige(ergebnis)
    return {ort for teil in index.teile for wo in raeume if (ort := (teil.kennung, *wo)) in heute}
