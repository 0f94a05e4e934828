"""A start belongs to one indicator, area and year: where these change, a start that the program filled does not stay behind."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import attrs

from sozialtool.ablauf.kennzahlen import keep_ergebnis
from sozialtool.fach import raum
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.ziel import Entwicklungsziel
from sozialtool.projekt import Projekt

EINSTELLUNG = "startwerte_ohne_zahl"
"""Which goals asked for a start and found no released figure: only computing tells, and the start screen computes nothing."""


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


def build_vermerk(projekt: Projekt, ohne: Mapping[str, str]) -> dict[str, object]:
    """Return the note that these goals (key → `name_start`) found no released figure, and on which deliveries that was."""
    return {"ziele": {**_read_vermerk(projekt), **ohne}, "stand": _read_stand(projekt)}


def note_ohne_zahl(projekt: Projekt, ohne: Mapping[str, str]) -> None:
    """Keep that nothing was found, where somebody would be asked again; a project that is only read keeps nothing."""
    if projekt.nur_lesen or all(_read_vermerk(projekt).get(k) == wofuer for k, wofuer in ohne.items()):
        return
    vorher = projekt.revision
    with projekt.change(f"Startwerte: noch kein veröffentlichter Wert für {', '.join(ohne)}") as schreiber:
        schreiber.set_setting(EINSTELLUNG, build_vermerk(projekt, ohne))
    keep_ergebnis(projekt, vorher)


def find_wartende(projekt: Projekt) -> frozenset[str]:
    """Return the keys of goals for whose start no figure is released, as far as that was asked and nothing came in since."""
    vermerk = _read_vermerk(projekt)
    return frozenset(z.schluessel for z in projekt.read(Entwicklungsziel) if vermerk.get(z.schluessel) == name_start(z))


def _read_vermerk(projekt: Projekt) -> dict[str, str]:
    vermerk = projekt.setting(EINSTELLUNG) or {}
    return dict(vermerk["ziele"]) if vermerk.get("stand") == _read_stand(projekt) else {}


def _read_stand(projekt: Projekt) -> list[str]:
    """What a figure may be released by: deliveries, and indicators that are agreed."""
    quellen = sorted(f"{q.schluessel} {q.eingelesen_am}" for q in projekt.read(Quelle))
    return [*quellen, *sorted(i.kennung for i in projekt.read(Indikator) if i.zustand is Zustand.VEREINBART)]
