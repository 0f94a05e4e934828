"""What a list from Excel must keep: levels and areas that fit together, formulas that can be computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from sozialtool.fach import raum
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Ebene, Gebiet
from sozialtool.fehler import DatenFehler, FormelFehler
from sozialtool.projekt import Projekt

_MEISTE = 8
QUER_EBENEN = (Ebene(raum.STIMMBEZIRK, "Stimmbezirk", "Stimmbezirke", "", veroeffentlichen=False, reihenfolge=4),)
"""Levels that a list may use before the project knows them; they come along with the first area on them."""


def check_liste(projekt: Projekt, eintraege: Sequence[Any]) -> list[Any]:
    """Return the records of an edited list as they can be taken over; what a person writes becomes a key.

    Raises:
        DatenFehler: LISTE-INHALT, with every record that does not fit.
    """
    klasse = type(eintraege[0]) if eintraege else None
    if klasse is Indikator:
        return _check_indikatoren(projekt, eintraege)
    return _check_gebiete(projekt, eintraege) if klasse is Gebiet else list(eintraege)


def new_ebenen(projekt: Projekt, eintraege: Iterable[Any]) -> list[Ebene]:
    """List the levels that come along with new areas."""
    bekannt = {ebene.schluessel for ebene in projekt.read(Ebene)}
    gebraucht = {eintrag.ebene for eintrag in eintraege if isinstance(eintrag, Gebiet)}
    return [ebene for ebene in QUER_EBENEN if ebene.schluessel in gebraucht - bekannt]


def _raise(fehler: Sequence[str]) -> None:
    if fehler:
        rest = f"\n… und {len(fehler) - _MEISTE} weitere." if len(fehler) > _MEISTE else ""
        raise DatenFehler(
            "Die Liste passt nicht zusammen:\n" + "\n".join(fehler[:_MEISTE]) + rest,
            "Bitte in Excel berichtigen, speichern und noch einmal einlesen. Es wurde nichts übernommen.",
            "LISTE-INHALT",
        )


def _check_indikatoren(projekt: Projekt, eintraege: Sequence[Indikator]) -> list[Indikator]:
    from sozialtool.rechnen.formel import parse_formel

    merkmale = projekt.read(Merkmal)
    fehler = []
    for indikator in eintraege:
        for formel in filter(None, (indikator.zaehler, indikator.nenner)):
            try:
                parse_formel(formel, merkmale)
            except FormelFehler as ursache:
                fehler.append(f"{indikator.kennung}: {ursache.meldung}")
    _raise(fehler)
    return list(eintraege)


def _check_gebiete(projekt: Projekt, eintraege: Sequence[Gebiet]) -> list[Gebiet]:
    ebenen = {ebene.schluessel: ebene for ebene in (*QUER_EBENEN, *projekt.read(Ebene))}
    fehler: list[str] = []
    gebiete = [_find_ebene(gebiet, ebenen, fehler) for gebiet in eintraege]
    ags = projekt.kommune.ags
    if [g.schluessel for g in gebiete if g.ebene == raum.STADT] != [ags]:
        fehler.append(f"Die Stadt selbst muss genau einmal darin stehen: Schlüssel {ags}, Ebene stadt.")
    gebiete = [_find_oberes(gebiet, gebiete, ebenen, ags, fehler) for gebiet in gebiete]
    fehler += _list_verwaiste(projekt, {gebiet.schluessel for gebiet in gebiete})
    _raise(fehler)
    return _with_rest(projekt, gebiete, ebenen)


def _find_ebene(gebiet: Gebiet, ebenen: dict[str, Ebene], fehler: list[str]) -> Gebiet:
    """Take the key of a level for its name: "Sozialraum" and "Sozialräume" are "sozialraum"."""
    gesucht = gebiet.ebene.strip().casefold()
    for ebene in ebenen.values():
        if gesucht in (ebene.schluessel.casefold(), ebene.name.casefold(), ebene.mehrzahl.casefold()):
            return attrs.evolve(gebiet, ebene=ebene.schluessel)
    namen = ", ".join(sorted(ebene.schluessel for ebene in ebenen.values()))
    fehler.append(f"{_name(gebiet)}: Eine Ebene „{gebiet.ebene}“ gibt es nicht; möglich sind {namen}.")
    return gebiet


def _find_oberes(
    gebiet: Gebiet, gebiete: Sequence[Gebiet], ebenen: dict[str, Ebene], ags: str, fehler: list[str]
) -> Gebiet:
    """Take the key of the area above for its name; without any, a Sozialraum or Ortsteil belongs to the town."""
    ebene = ebenen.get(gebiet.ebene)
    if ebene is None or gebiet.ebene == raum.STADT:
        return gebiet
    if not gebiet.teil_von:
        return attrs.evolve(gebiet, teil_von=ags) if ebene.teil_von else gebiet
    gesucht = gebiet.teil_von.strip().casefold()
    oben = [g for g in gebiete if g.schluessel.casefold() == gesucht] or [
        g for g in gebiete if g.name.casefold() == gesucht
    ]
    if len(oben) != 1:
        fehler.append(f"{_name(gebiet)}: Ein Gebiet „{gebiet.teil_von}“ (Teil von) steht nicht in der Liste.")
    elif ebene.teil_von and oben[0].ebene not in _levels_above(ebene, ebenen):
        fehler.append(f"{_name(gebiet)} kann nicht Teil von {_name(oben[0])} sein: Das ist keine Ebene darüber.")
    elif oben[0].schluessel == gebiet.schluessel:
        fehler.append(f"{_name(gebiet)} kann nicht Teil von sich selbst sein.")
    return attrs.evolve(gebiet, teil_von=oben[0].schluessel) if len(oben) == 1 else gebiet


def _levels_above(ebene: Ebene, ebenen: dict[str, Ebene]) -> set[str]:
    oben: set[str] = set()
    while ebene.teil_von and ebene.teil_von not in oben and ebene.teil_von in ebenen:
        oben.add(ebene.teil_von)
        ebene = ebenen[ebene.teil_von]
    return oben


def _list_verwaiste(projekt: Projekt, bleiben: set[str]) -> list[str]:
    """Name areas that would vanish although figures belong to them: the town's totals would change without a word."""
    zahlen = Counter(projekt.read_messwerte()["gebiet"])
    namen = {gebiet.schluessel: _name(gebiet) for gebiet in projekt.read(Gebiet)}
    return [
        f"{name} fehlt, aber {zahlen[schluessel]} Zahlen gehören dazu; die Zeile muss bleiben (der Name darf sich ändern)."
        for schluessel, name in namen.items()
        if schluessel not in bleiben and zahlen[schluessel]
    ]


def _with_rest(projekt: Projekt, gebiete: list[Gebiet], ebenen: dict[str, Ebene]) -> list[Gebiet]:
    """Add "nicht zuzuordnen" to the Sozialräume, so that parts and total can tie out."""
    planung = next((ebene.schluessel for ebene in ebenen.values() if ebene.planungsebene), "")
    if any(gebiet.ist_rest for gebiet in gebiete) or not any(gebiet.ebene == planung for gebiet in gebiete):
        return gebiete
    rest = projekt.get(Gebiet, raum.NICHT_ZUZUORDNEN)
    reihenfolge = max(gebiet.reihenfolge for gebiet in gebiete) + 1
    neu = Gebiet(raum.NICHT_ZUZUORDNEN, "nicht zuzuordnen", planung, projekt.kommune.ags, reihenfolge=reihenfolge)
    return [*gebiete, rest or neu]


def _name(gebiet: Gebiet) -> str:
    return f"{gebiet.name} ({gebiet.schluessel})"
