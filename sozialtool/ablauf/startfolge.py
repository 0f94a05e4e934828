"""A start belongs to one indicator, area and year: where these change, a start that the program filled does not stay behind."""

from __future__ import annotations

import math
from collections.abc import Iterable

import attrs

from sozialtool.fach import raum
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.ziel import Entwicklungsziel
from sozialtool.projekt import Projekt


def name_start(ziel: Entwicklungsziel) -> str:
    """Name what a start belongs to, as `Entwicklungsziel.start_fuer` keeps it: "A07 / 03 / 2023"."""
    return f"{ziel.indikator} / {ziel.gebiet} / {ziel.startjahr}"


def follow_starts(projekt: Projekt, ziele: Iterable[Entwicklungsziel]) -> list[Entwicklungsziel]:
    """Take filled starts away that belong to another indicator, area or year; a start typed by hand stays.

    `ziele` come in by a list or a form, with keys for names of areas.
    """
    bisher = {z.schluessel: z for z in projekt.read(Entwicklungsziel)}
    return [_follow(bisher.get(z.schluessel), z) for z in ziele]


def _follow(alt: Entwicklungsziel | None, neu: Entwicklungsziel) -> Entwicklungsziel:
    marke = neu.start_fuer
    if alt is not None and alt.start_fuer:
        if _gleich(alt.startwert, neu.startwert):
            marke = alt.start_fuer
        elif neu.start_fuer == alt.start_fuer:  # typed over: the limits were those of the other value
            marke = ""
            von = None if _gleich(alt.start_von, neu.start_von) else neu.start_von
            bis = None if _gleich(alt.start_bis, neu.start_bis) else neu.start_bis
            neu = attrs.evolve(neu, start_von=von, start_bis=bis)
    if marke and (neu.startwert is None or marke != name_start(neu)):
        return attrs.evolve(neu, startwert=None, start_von=None, start_bis=None, start_fuer="")
    return attrs.evolve(neu, start_fuer=marke)


def _gleich(a: float | None, b: float | None) -> bool:
    """Whether two values are the same: Excel and forms keep fifteen digits."""
    return a == b if a is None or b is None else math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12)


def find_startfragen(projekt: Projekt, vorher: object, nachher: object) -> tuple[str, ...]:
    """Say that a start was taken away since it belongs to something else, or ask whether a typed one still holds.

    The value itself is not said: it may be secret by now.
    """
    if (
        not isinstance(vorher, Entwicklungsziel)
        or not isinstance(nachher, Entwicklungsziel)
        or vorher.startwert is None
    ):
        return ()
    gebiete = projekt.read(Gebiet)
    namen = {n.casefold(): g.schluessel for g in gebiete for n in (g.name, g.schluessel)}
    namen[raum.STADT] = projekt.kommune.ags
    neu = attrs.evolve(nachher, gebiet=namen.get(nachher.gebiet.strip().casefold(), nachher.gebiet))
    was = ", ".join(
        titel
        for titel, name in (("Startjahr", "startjahr"), ("Sozialraum", "gebiet"), ("Indikator", "indikator"))
        if getattr(vorher, name) != getattr(neu, name)
    )
    ort = next((g.name for g in gebiete if g.schluessel == vorher.gebiet), vorher.gebiet)
    bisher = f"{vorher.indikator or 'noch keinen Indikator'}, {ort}, {vorher.startjahr}"
    bleibt = _follow(vorher, neu)
    if not was or (bleibt.startwert is not None and not _gleich(bleibt.startwert, vorher.startwert)):
        return ()
    kopf = f"Anders sind jetzt: {was}. Der Startwert"
    if bleibt.startwert is None:
        holen = "„Startwerte füllen“ (F7, Ziele, s; „planung startwerte“) holt ihn neu"
        return (f"{kopf} galt für {bisher} und ist deshalb leer; {holen}.",)
    return (f"{kopf} ist selbst eingetragen und steht noch so da wie für {bisher}: Gilt er auch jetzt?",)
