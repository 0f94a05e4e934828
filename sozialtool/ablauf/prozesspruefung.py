"""What lists of the process must keep: Bausteine, bodies and meetings that exist, days in their order, proofs that lead somewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs

from sozialtool.ablauf.nachweise import check_nachweise
from sozialtool.fach.beteiligung import Beteiligung, Beteiligungsebene, Beteiligungsstand
from sozialtool.fach.gremium import (
    Aufgabe,
    Aufgabenstand,
    Beschluss,
    Gremienart,
    Gremium,
    Sitzung,
    Sitzungsstand,
    Tagesordnungspunkt,
    Thema,
)
from sozialtool.fach.prozess import Baustein, Fortschrittsschritt, Inhalt, Umsetzungsstand
from sozialtool.projekt import Projekt

Listen = dict[type, list[Any]]
"""Class → records that are to be taken over together."""


def check_prozess(projekt: Projekt, listen: Listen) -> tuple[Listen, list[str]]:
    """Return the records with keys for names of bodies, and everything that does not fit, in German sentences.

    What is not in `listen` is as in the project.
    """
    gremien = {w.casefold(): g.schluessel for g in _all(projekt, listen, Gremium) for w in (g.name, g.schluessel)}
    neu = {klasse: [_take_keys(e, gremien) for e in eintraege] for klasse, eintraege in listen.items()}
    return neu, [text for klasse, pruefe in _CHECKS.items() if klasse in neu for text in pruefe(projekt, neu)]


def _take_keys(eintrag: Any, gremien: Mapping[str, str]) -> Any:
    if isinstance(eintrag, Sitzung):
        return attrs.evolve(eintrag, gremium=gremien.get(eintrag.gremium.strip().casefold(), eintrag.gremium))
    return eintrag


def _all(projekt: Projekt, listen: Mapping[type, Sequence[Any]], klasse: type) -> Sequence[Any]:
    """List what will be there: what comes in takes the place of what the project has under the same key."""
    return (*projekt.read(klasse), *listen.get(klasse, ()))


def _keys(projekt: Projekt, listen: Listen, klasse: type) -> set[Any]:
    return {e.schluessel for e in _all(projekt, listen, klasse)}


def _missing(paare: Iterable[tuple[str, Any]], bekannt: set[Any], was: str) -> list[str]:
    """Name references that lead nowhere; an empty one is none."""
    return [
        f"{wo}: {was} „{bezug}“ gibt es nicht."
        for wo, bezug in paare
        if bezug not in ("", None) and bezug not in bekannt
    ]


def _check_tage(wo: str, von: dt.date | None, bis: dt.date | None) -> list[str]:
    return [f"{wo}: Das Ende liegt nicht nach dem Beginn."] if von and bis and bis <= von else []


# -- Bausteine --------------------------------------------------------------------------------------------------------


def _check_inhalte(projekt: Projekt, listen: Listen) -> list[str]:
    return _check_aussagen(projekt, listen, listen[Inhalt])


def _check_staende(projekt: Projekt, listen: Listen) -> list[str]:
    return _check_aussagen(projekt, listen, listen[Umsetzungsstand])


def _check_aussagen(projekt: Projekt, listen: Listen, eintraege: Sequence[Any]) -> list[str]:
    nummern = {b.nummer for b in _all(projekt, listen, Baustein)}
    fehler = []
    for e in eintraege:
        wo = f"{type(e).__name__} {e.schluessel}"
        if e.baustein not in nummern:
            fehler.append(f"{wo}: Einen Baustein {e.baustein} gibt es nicht.")
        fehler += _check_tage(wo, *((e.seit, e.entfallen) if isinstance(e, Inhalt) else (e.datum, e.ueberholt)))
        fehler += check_nachweise(projekt, e.nachweise, wo)
    return fehler


def _check_schritte(projekt: Projekt, listen: Listen) -> list[str]:
    bekannt = {str(b.nummer) for b in _all(projekt, listen, Baustein)} | _keys(projekt, listen, Inhalt)
    paare = ((f"Fortschritt vom {s.datum:%d.%m.%Y}", s.bezug) for s in listen[Fortschrittsschritt])
    return _missing(paare, bekannt, "Einen Baustein oder Inhalt")


# -- bodies and meetings ----------------------------------------------------------------------------------------------


def _check_gremien(_: Projekt, listen: Listen) -> list[str]:
    fehler = [
        f"{g.name}: Die Station im Umlauf kann nicht unter null liegen." for g in listen[Gremium] if g.station < 0
    ]
    ohne = [g for g in listen[Gremium] if g.art is Gremienart.STADTTEIL and not g.gebiet]
    return fehler + [f"{g.name}: Zu einem Stadtteilarbeitskreis gehört ein Sozialraum." for g in ohne]


def _check_sitzungen(projekt: Projekt, listen: Listen) -> list[str]:
    fehler = _missing(
        ((f"Sitzung {s.schluessel}", s.gremium) for s in listen[Sitzung]),
        _keys(projekt, listen, Gremium),
        "Ein Gremium",
    )
    heute = dt.date.today()
    frueh = [s for s in listen[Sitzung] if s.stand is Sitzungsstand.GEHALTEN and s.datum > heute]
    return fehler + [
        f"Sitzung {s.schluessel}: Sie ist erst am {s.datum:%d.%m.%Y} und kann noch nicht gehalten sein." for s in frueh
    ]


def _check_punkte(projekt: Projekt, listen: Listen) -> list[str]:
    punkte = [(f"{p.sitzung} TOP {p.nummer}", p) for p in listen[Tagesordnungspunkt]]
    sitzungen, themen = _keys(projekt, listen, Sitzung), _keys(projekt, listen, Thema)
    return [
        *_missing(((wo, p.sitzung) for wo, p in punkte), sitzungen, "Eine Sitzung"),
        *_missing(((wo, p.thema) for wo, p in punkte), themen, "Ein Thema"),
    ]


def _check_beschluesse(projekt: Projekt, listen: Listen) -> list[str]:
    punkte = {(p.sitzung, p.nummer) for p in _all(projekt, listen, Tagesordnungspunkt)}
    fehler = []
    for b in listen[Beschluss]:
        wo = f"{b.sitzung} Beschluss {b.nummer}"
        if (b.sitzung, b.top) not in punkte:
            fehler.append(f"{wo}: Einen TOP {b.top} hat die Sitzung „{b.sitzung}“ nicht.")
        fehler += check_nachweise(projekt, b.nachweise, wo)
    return fehler


def _check_aufgaben(projekt: Projekt, listen: Listen) -> list[str]:
    aufgaben = listen[Aufgabe]
    fehler = _missing(
        ((f"Aufgabe {a.schluessel}", a.sitzung) for a in aufgaben), _keys(projekt, listen, Sitzung), "Eine Sitzung"
    )
    punkte = {(p.sitzung, p.nummer) for p in _all(projekt, listen, Tagesordnungspunkt)}
    for a in aufgaben:
        if a.top is not None and (a.sitzung, a.top) not in punkte:
            wo = (
                f"hat die Sitzung „{a.sitzung}“ nicht"
                if a.sitzung
                else "gibt es nur in einer Sitzung, und genannt ist keine"
            )
            fehler.append(f"Aufgabe {a.schluessel}: Einen TOP {a.top} {wo}.")
    frueh = [a for a in aufgaben if a.erledigt_am is not None and a.stand is not Aufgabenstand.ERLEDIGT]
    return fehler + [
        f"Aufgabe {a.schluessel}: Erledigt am {a.erledigt_am:%d.%m.%Y}, aber {a.stand.value}." for a in frueh
    ]


def _check_themen(_: Projekt, listen: Listen) -> list[str]:
    return [text for t in listen[Thema] for text in _check_tage(f"Thema {t.schluessel}", t.beginn, t.abgeschlossen)]


def _check_beteiligungen(projekt: Projekt, listen: Listen) -> list[str]:
    fehler = []
    for e in listen[Beteiligung]:
        if e.ebene is Beteiligungsebene.SOZIALRAUM and not e.gebiet:
            fehler.append(f"{e.name}: Zur Ebene Sozialraum gehört, in welchem.")
        if e.ebene is Beteiligungsebene.STADT and e.gebiet:
            fehler.append(f"{e.name}: In der Gesamtstadt steht kein Sozialraum.")
        if e.stand is Beteiligungsstand.GELAUFEN and e.datum is not None and e.datum > dt.date.today():
            fehler.append(f"{e.name}: Sie ist erst am {e.datum:%d.%m.%Y} und kann noch nicht gelaufen sein.")
        fehler += check_nachweise(projekt, e.nachweise, e.name)
    return fehler


_CHECKS: Mapping[type, Callable[[Projekt, Listen], Sequence[str]]] = {
    Inhalt: _check_inhalte, Umsetzungsstand: _check_staende, Fortschrittsschritt: _check_schritte, Gremium: _check_gremien,
    Sitzung: _check_sitzungen, Thema: _check_themen, Tagesordnungspunkt: _check_punkte, Beschluss: _check_beschluesse,
    Aufgabe: _check_aufgaben, Beteiligung: _check_beteiligungen,
}  # fmt: skip
