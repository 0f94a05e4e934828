"""Series across reforms: the figures of the project as they are on one Gebietsstand.

Figures of smallest areas need no conversion, they are summed up anew. Figures that were delivered for Sozialräume belong to the
Gebietsstand in force on their Stand; where that one divides the town in another way, they are converted with the people of
the smallest areas as weights (fach/regeln.md section 5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from sozialtool.ablauf.gebiete import EINWOHNER
from sozialtool.ablauf.gebietsstaende import Raumplan, find_geltenden, kleinste_ebene_of, raumplan
from sozialtool.fach.messwert import Merkmal, Vermerk
from sozialtool.fach.quelle import Befund, Quelle, Schwere
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, Ebene, Gebiet, Gebietsstand, Raum
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    import polars as pl

Zeile = tuple[Any, ...]
"""A row of the frame MESSWERTE: gebiet, merkmal, stand, jahre, …"""
Noetig = Callable[[str, dt.date], bool] | None
"""Whether figures of a Merkmal and Stand are wanted; None: all are."""


@attrs.frozen
class Umgestellt:
    """Columns of `rahmen.MESSWERTE` on one Gebietsstand, what was noticed on the way, and whether any count had to be split."""

    spalten: dict[str, list[Any]]
    befunde: tuple[Befund, ...] = ()
    geteilt: bool = False


def plan_geltend(projekt: Projekt) -> Raumplan | None:
    """Return the Gebietsstand in force with its content; None while the project keeps no assignments."""
    geltend = find_geltenden(projekt.read(Gebietsstand))
    return raumplan(projekt, geltend.schluessel) if geltend is not None and projekt.read(Raum) else None


def convert_projekt(projekt: Projekt, ziel: Raumplan, noetig: Noetig = None) -> Umgestellt:
    """Return the Messwerte of the project (those `noetig`; None: all) as they are on the Gebietsstand `ziel`.

    Which Gebietsstand the figures of Sozialräume of one Merkmal and Stand belong to: the one that their Quelle names; else the one in force on that day, if it has all
    these Sozialräume; else the newest of those that have most of them. Where the same Merkmal was delivered for the smallest areas too, these count. Without people of the
    smallest areas nothing can be split: figures of changed Sozialräume are then left out with a Befund.
    """
    spalten = projekt.read_messwerte()
    plaene = _read_plaene(projekt)
    fremde = {name for name, plan in plaene.items() if _shape(plan) != _shape(ziel)}
    if not fremde:
        return Umgestellt(keep_noetige(spalten, noetig))
    kleinste = kleinste_ebene_of(projekt.read(Ebene))
    bloecke = {g.schluessel for g in projekt.read(Gebiet) if g.ebene == kleinste}
    zeilen: list[Zeile] = list(zip(*spalten.values(), strict=True))
    raumschluessel = {r.schluessel for plan in plaene.values() for r in plan.raeume}
    darueber = {r.teil_von for plan in (*plaene.values(), ziel) for r in plan.raeume}
    unten = {zeile[1:4] for zeile in zeilen if zeile[0] in bloecke}
    herkuenfte = _find_herkuenfte(zeilen, plaene)
    an_quelle = list(spalten).index("quelle")
    je_quelle = {q.schluessel: q.gebietsstand for q in projekt.read(Quelle) if q.gebietsstand in plaene}
    zahlen = _read_einwohner(zeilen, bloecke)
    bleibt: list[Zeile] = []
    um: dict[tuple[str, dt.date], list[Zeile]] = {}
    for zeile in zeilen if noetig is None else (z for z in zeilen if noetig(z[1], z[2])):
        if zeile[0] in raumschluessel:
            herkunft = je_quelle.get(zeile[an_quelle], "") or herkuenfte[zeile[1:4]]
        else:
            herkunft = _find_above(zeile, plaene, ziel) if zeile[0] in darueber else ""
        if herkunft not in fremde:
            bleibt.append(zeile)
        elif zeile[1:4] not in unten and zeile[0] in raumschluessel:
            um.setdefault((herkunft, zeile[2]), []).append(zeile)
    befunde: list[Befund] = []
    geteilt = False
    merkmale, an_vermerk = projekt.read(Merkmal), list(spalten).index("vermerk")
    for (herkunft, tag), gruppe in sorted(um.items()):
        neue, gemeldet = _convert(gruppe, _pick_tag(zahlen, tag), (plaene[herkunft], ziel), merkmale, list(spalten))
        bleibt += [*neue, *_keep_stadt(gruppe, neue, plaene[herkunft], merkmale, spalten, projekt.kommune.ags)]
        befunde += gemeldet
        geteilt |= any(zeile[an_vermerk] == Vermerk.GESCHAETZT.name for zeile in neue)
    fertig = sorted(bleibt, key=lambda zeile: (zeile[0], zeile[1], zeile[2], zeile[3] or 0))
    return Umgestellt(
        {name: [zeile[i] for zeile in fertig] for i, name in enumerate(spalten)},
        tuple(dict.fromkeys(befunde)),
        geteilt,
    )


def keep_noetige(spalten: dict[str, list[Any]], noetig: Noetig) -> dict[str, list[Any]]:
    """Keep the rows whose Merkmal and Stand are needed (None: all)."""
    if noetig is None:
        return spalten
    da = [i for i, zeit in enumerate(zip(spalten["merkmal"], spalten["stand"], strict=True)) if noetig(*zeit)]
    return {name: [spalte[i] for i in da] for name, spalte in spalten.items()}


def _read_plaene(projekt: Projekt) -> dict[str, Raumplan]:
    """Agreed Gebietsstände with content, by key."""
    mit_inhalt = {r.gebietsstand for r in projekt.read(Raum)}
    staende = [s for s in projekt.read(Gebietsstand) if not s.variante and s.schluessel in mit_inhalt]
    return {s.schluessel: raumplan(projekt, s.schluessel) for s in staende}


def _shape(plan: Raumplan) -> tuple[dict[str, str], dict[str, str]]:
    """What makes two Gebietsstände the same for figures."""
    return dict(plan.zuordnung), {r.schluessel: r.teil_von for r in plan.raeume}


def _find_herkuenfte(zeilen: Iterable[Zeile], plaene: Mapping[str, Raumplan]) -> dict[Zeile, str]:
    """Merkmal, Stand, length → key of the Gebietsstand on which the Sozialräume were delivered."""
    eigene = {name: {r.schluessel for r in plan.raeume} for name, plan in plaene.items()}
    alle = set().union(*eigene.values())
    geliefert: dict[Zeile, set[str]] = {}
    for zeile in zeilen:
        if zeile[0] in alle:
            geliefert.setdefault(zeile[1:4], set()).add(zeile[0])
    neueste_zuerst = sorted(eigene, key=lambda name: plaene[name].stand.gueltig_ab or dt.date.min, reverse=True)
    herkuenfte = {}
    for zeit, gebiete in geliefert.items():
        geltend = _key_of_day(plaene, zeit[1])
        herkuenfte[zeit] = max([geltend, *neueste_zuerst], key=lambda name: len(gebiete & eigene[name]))
    return herkuenfte


def _key_of_day(plaene: Mapping[str, Raumplan], tag: dt.date) -> str:
    """Key of the Gebietsstand in force on a day."""
    geltend = find_geltenden((plan.stand for plan in plaene.values()), tag)
    assert geltend is not None
    return geltend.schluessel


def _find_above(zeile: Zeile, plaene: Mapping[str, Raumplan], ziel: Raumplan) -> str:
    """Key of the Gebietsstand of its day for an area above (Ortsteil) that has other people in `ziel`; else ""."""
    plan = plaene[_key_of_day(plaene, zeile[2])]
    return plan.stand.schluessel if _parts_above(plan, zeile[0]) != _parts_above(ziel, zeile[0]) else ""


def _parts_above(plan: Raumplan, gebiet: str) -> set[str]:
    """Smallest areas of an area above the Sozialräume."""
    raeume = {r.schluessel for r in plan.raeume if r.teil_von == gebiet}
    return {teil for teil, ziel in plan.zuordnung.items() if ziel in raeume}


def _read_einwohner(zeilen: Iterable[Zeile], bloecke: set[str]) -> dict[dt.date, dict[str, float]]:
    """Stand → smallest area → people, where every area has a figure that counts."""
    je: dict[dt.date, dict[str, float]] = {}
    for gebiet, merkmal, tag, _, wert, *_ in zeilen:
        if merkmal == EINWOHNER and gebiet in bloecke and wert is not None:
            je.setdefault(tag, {})[gebiet] = wert
    voll = max((len(zahlen) for zahlen in je.values()), default=0)
    return {tag: zahlen for tag, zahlen in je.items() if len(zahlen) == voll}


def _pick_tag(zahlen: dict[dt.date, dict[str, float]], tag: dt.date) -> tuple[dt.date, dict[str, float]] | None:
    """The people of the nearest Stand."""
    if not zahlen:
        return None
    nah = min(zahlen, key=lambda anderer: (abs((anderer - tag).days), anderer))
    return nah, zahlen[nah]


def _convert(
    gruppe: list[Zeile],
    einwohner: tuple[dt.date, dict[str, float]] | None,
    plaene: tuple[Raumplan, Raumplan],
    merkmale: list[Merkmal],
    namen: list[str],
) -> tuple[list[Zeile], tuple[Befund, ...]]:
    """Convert the figures of one Gebietsstand and one Stand."""
    from sozialtool import rechnen

    zaehlung = count_bewohner(plaene, einwohner[1] if einwohner else {})
    schluessel = rechnen.build_from_zaehlung(
        zaehlung, merkmal=EINWOHNER if einwohner else "", stand=einwohner[0] if einwohner else None
    )
    frame = rechnen.build_messwerte({name: [zeile[i] for zeile in gruppe] for i, name in enumerate(namen)})
    ergebnis = rechnen.convert_messwerte(frame, schluessel, merkmale)
    befunde = ergebnis.befunde
    if einwohner is None:
        befunde = (*befunde, _MISSING)
    return list(ergebnis.messwerte.select(namen).iter_rows()), befunde


def _keep_stadt(
    gruppe: list[Zeile],
    neue: list[Zeile],
    herkunft: Raumplan,
    merkmale: list[Merkmal],
    spalten: dict[str, list[Any]],
    ags: str,
) -> list[Zeile]:
    """Sum for the town what its new Sozialräume cannot be told (land): boundaries inside do not change the whole.

    Only where all Sozialräume have a figure and the town has none of its own; "nicht zuzuordnen" belongs to the sum.
    """
    namen = list(spalten)
    an_wert, an_zeichen = namen.index("wert"), namen.index("zeichen")
    additiv = {merkmal.schluessel for merkmal in merkmale if merkmal.art.additiv}
    zeiten = dict.fromkeys(z[1:4] for z in neue if z[an_zeichen] == "ABGELEITET" and z[1] in additiv)
    if not zeiten:
        return []
    ausser = [z for z in zip(*spalten.values(), strict=True) if z[0] in (ags, NICHT_ZUZUORDNEN) and z[1:4] in zeiten]
    zeilen = []
    for zeit in zeiten:
        teile = [z for z in (*gruppe, *ausser) if z[1:4] == zeit]
        da = {z[0] for z in teile if z[an_wert] is not None}
        if {r.schluessel for r in herkunft.raeume} <= da and ags not in {z[0] for z in teile} and len(da) == len(teile):
            summe = list(teile[0])
            summe[0], summe[an_wert] = ags, sum(teil[an_wert] for teil in teile)
            zeilen.append(tuple(summe))
    return zeilen


_MISSING = Befund(
    "UMRECHNEN-OHNE-EINWOHNER",
    Schwere.FRAGE,
    "Zahlen für Sozialräume, deren Grenzen sich geändert haben, lassen sich nicht umrechnen: Für die kleinsten Gebiete "
    "fehlen die Einwohner.",
    "Bitte die Einwohner der kleinsten Gebiete einlesen (Einwohnermelderegister).",
)


def count_bewohner(plaene: tuple[Raumplan, Raumplan], einwohner: Mapping[str, float]) -> pl.DataFrame:
    """People who live in both a Sozialraum before and one after; an unchanged one goes over as it is, even without people."""
    import polars as pl

    vorher, nachher = plaene
    paare: dict[tuple[str, str], float] = {}
    for gebiet, von in vorher.zuordnung.items():
        paar = (von, nachher.zuordnung.get(gebiet, "nz"))
        paare[paar] = paare.get(paar, 0.0) + einwohner.get(gebiet, 0.0)
    ziele: dict[str, set[str]] = {}
    for von, nach in paare:
        ziele.setdefault(von, set()).add(nach)
    zeilen = [
        (von, nach, max(zahl, 1.0) if len(ziele[von]) == 1 else zahl) for (von, nach), zahl in sorted(paare.items())
    ]
    return pl.DataFrame(zeilen, schema={"von": pl.String, "nach": pl.String, "anzahl": pl.Float64}, orient="row")
