"""A Mittelverteilung that goes out: which released figures it shows, checked and kept like a release.

(docs/entscheidungen/ablauf-mittel-nur-nach-freigegebenem.md)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.ablauf.fassungen import find_definition
from sozialtool.ablauf.verteilungsbild import Verteilungsbild
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
    """Say what scenarios show: heads and cases of the Sozialräume, of the town and of the rest; for an index all its rates.

    A factor is less than the rates behind it; they count as shown, so that a later release never hides one and thereby
    tells that it matters.
    """
    from sozialtool.geheimhaltung.festhalten import Auswahl
    from sozialtool.geheimhaltung.werte import Ort

    gebiete = [g.schluessel for g in ergebnis.grundlage.ordered_gebiete()]
    orte: set[Ort] = set()
    zeilen: set[tuple[str, int, str]] = set()
    for bild in bilder:
        for szenario in (bild.szenario, bild.gegen):
            orte |= {Ort(g, merkmal, bild.jahr) for merkmal in _list_merkmale(szenario) for g in gebiete}
            if szenario.art in MIT_INDEX:
                index = find_definition(projekt, Sozialindex, szenario.index)
                jahre = (
                    {bild.jahr, index.bezugsjahr or bild.jahr}
                    if index.normierung is Normierung.ABSTAND
                    else {bild.jahr}
                )
                zeilen |= {(teil.kennung, jahr, g) for teil in index.teile for jahr in jahre for g in gebiete}
    return Auswahl(frozenset(zeilen), frozenset(orte))


def _list_merkmale(szenario: Verteilungsszenario) -> tuple[str, ...]:
    return (szenario.koepfe, szenario.bedarf) if szenario.art is Schluesselart.BEDARF else (szenario.koepfe,)
