"""What is noted about data in the house must be found again: names become keys, what nobody knows is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from sozialtool.fach.abfrage import Datenbestand, Fachbereich
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Ebene
from sozialtool.fach.schreibweise import norm_wort
from sozialtool.projekt import Projekt


@attrs.frozen
class _Namen:
    """Key or name, whatever its case → key."""

    merkmale: dict[str, str]
    bereiche: dict[str, str]
    ebenen: dict[str, str]


def resolve_bestand(projekt: Projekt, eintraege: Iterable[Datenbestand]) -> tuple[list[Datenbestand], list[str]]:
    """Return the lines with keys for names of Merkmale, Fachbereiche and levels, and a sentence per thing nobody knows.

    A Fachbereich may be unknown: it is noted here before anybody asks it. So may a level: figures may exist by address or
    postcode, whatever the town divides itself into.
    """
    namen = _read_namen(projekt)
    neu, fehler = [], []
    for eintrag in eintraege:
        merkmal = namen.merkmale.get(norm_wort(eintrag.merkmal))
        ebene = namen.ebenen.get(norm_wort(eintrag.kleinste_ebene), eintrag.kleinste_ebene.strip())
        if merkmal is None:
            fehler.append(f"Ein Merkmal „{eintrag.merkmal}“ gibt es nicht.")
        bereich = namen.bereiche.get(norm_wort(eintrag.fachbereich), eintrag.fachbereich.strip())
        neu.append(attrs.evolve(eintrag, fachbereich=bereich, merkmal=merkmal or eintrag.merkmal, kleinste_ebene=ebene))
    return neu, list(dict.fromkeys([*fehler, *_find_doppelte(neu)]))


def _find_doppelte(eintraege: Sequence[Datenbestand]) -> list[str]:
    paare = [(e.fachbereich, e.merkmal) for e in eintraege]
    return [
        f"{merkmal} steht zweimal bei {bereich}." for bereich, merkmal in paare if paare.count((bereich, merkmal)) > 1
    ]


def _read_namen(projekt: Projekt) -> _Namen:
    ebenen: dict[str, str] = {}
    for ebene in projekt.read(Ebene):
        ebenen |= {norm_wort(n): ebene.schluessel for n in (ebene.schluessel, ebene.name, ebene.mehrzahl) if n}
    merkmale, bereiche = projekt.read(Merkmal), projekt.read(Fachbereich)
    return _Namen(
        {norm_wort(m.name): m.schluessel for m in merkmale} | {norm_wort(m.schluessel): m.schluessel for m in merkmale},
        {norm_wort(b.name): b.schluessel for b in bereiche} | {norm_wort(b.schluessel): b.schluessel for b in bereiche},
        ebenen,
    )
