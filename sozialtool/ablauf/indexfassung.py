"""What a release keeps of an index beside its definition: its base set, and how its indicators were defined then."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

import attrs

from sozialtool.ablauf.vereinbarungen import write_definition
from sozialtool.fach.indikator import Indikator, Richtung
from sozialtool.fach.schreibweise import join_und
from sozialtool.fach.sozialindex import Indexfassung


@attrs.frozen
class Damals:
    """An indicator as it was: its formula in words, direction, name of its Teilindex ("" for none), whole definition (JSON).

    `definition` is "" for releases before it was kept: then the formula of today is taken, and said so.
    """

    formel: str
    richtung: Richtung
    teil: str = ""
    definition: str = ""


@attrs.frozen
class Beilage:
    """What goes with a version of an index: base set and indicators; both empty where nothing was kept."""

    basis: tuple[str, ...] = ()
    indikatoren: Mapping[str, Damals] = attrs.field(factory=dict)


def describe_formel(indikator: Indikator) -> str:
    """Write the formula with the years it pools."""
    return indikator.formel + (f", {indikator.jahre} Jahre zusammen" if indikator.jahre > 1 else "")


def write_indikatoren(indikatoren: Sequence[Indikator], teil_von: Mapping[str, str]) -> str:
    """Write how the indicators of an index are defined, as JSON."""
    werte = {
        i.kennung: [describe_formel(i), i.richtung.name, teil_von.get(i.kennung, ""), write_definition(i)]
        for i in indikatoren
    }
    return json.dumps(werte, ensure_ascii=False, sort_keys=True)


def read_beilage(fassung: Indexfassung) -> Beilage:
    """Read what a release kept."""
    werte = json.loads(fassung.indikatoren or "{}")
    damals = {k: Damals(formel, Richtung[richtung], *rest) for k, (formel, richtung, *rest) in werte.items()}
    return Beilage(fassung.gebiete, damals)


def apply_richtungen(indikator: Indikator, fest: Beilage) -> Indikator:
    """Give an indicator the direction that it had."""
    damals = fest.indikatoren.get(indikator.kennung)
    return indikator if damals is None else attrs.evolve(indikator, richtung=damals.richtung)


def describe_seither(indikatoren: Sequence[Indikator], gebiete: Collection[str], fest: Beilage) -> list[str]:
    """Say what cannot be computed as it was then: other formulas, areas that are gone."""
    saetze = []
    for i in indikatoren:
        damals = fest.indikatoren.get(i.kennung)
        if damals is not None and damals.formel != describe_formel(i):
            saetze.append(
                f"{i.kennung} ist seit dieser Ausgabe anders definiert: damals {damals.formel}, heute {describe_formel(i)}. "
                "Die Quoten hier sind nach der heutigen Definition gerechnet."
            )
    weg = [schluessel for schluessel in fest.basis if schluessel not in gebiete]
    if weg:
        saetze.append(f"Zur festgehaltenen Grundmenge gehören Gebiete, die es nicht mehr gibt: {join_und(weg)}.")
    return saetze
