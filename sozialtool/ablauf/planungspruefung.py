"""What lists of the planning must keep: places and themes that exist, money that adds up, answers that were possible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from sozialtool.ablauf.befragungspruefung import check_befragungen, check_zahlen, unify_zahlen
from sozialtool.ablauf.bestandsgrenzen import find_unmoegliches
from sozialtool.ablauf.startfolge import follow_starts
from sozialtool.ablauf.zielpruefung import check_bedarfe, check_masse, check_ziele, known, link_ziele
from sozialtool.fach import raum
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.beteiligung import Beteiligung
from sozialtool.fach.felder import felder_of
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.gremium import Gremium
from sozialtool.fach.indikator import Handlungsfeld, Indikator
from sozialtool.fach.planung import (
    Befragung,
    Befragungszahl,
    Einrichtung,
    Massnahme,
    Massnahmenkosten,
    Massnahmenleistung,
)
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.versorgung import Versorgungsmass
from sozialtool.fach.ziel import Entwicklungsziel
from sozialtool.projekt import Projekt

Listen = dict[type, list[Any]]
"""Class → records of one workbook."""
_CENT = 0.005
_ZEITEN = (1900, 2100)
"""Years that can be meant in a plan."""


@attrs.frozen
class _Orte:
    """Finds areas by key or name and collects those that nobody knows."""

    namen: Mapping[str, str]
    felder: Mapping[str, str]
    fehler: list[str] = attrs.field(factory=list)

    def find(self, text: str, wo: str) -> str:
        schluessel = self.namen.get(text.strip().casefold())
        if schluessel is None:
            self.fehler.append(f"{wo}: Ein Gebiet „{text}“ gibt es nicht.")
        return schluessel or text

    def find_feld(self, text: str, wo: str) -> str:
        """Return the key of a Handlungsfeld; none is fine."""
        schluessel = self.felder.get(text.strip().casefold())
        if text.strip() and schluessel is None:
            self.fehler.append(f"{wo}: Ein Handlungsfeld „{text}“ gibt es nicht.")
        return schluessel or text


def check_planung(projekt: Projekt, listen: Listen) -> tuple[Listen, list[str]]:
    """Return the records with keys for names of areas, and everything that does not fit, in German sentences."""
    gebiete = projekt.read(Gebiet)
    namen = {g.name.casefold(): g.schluessel for g in gebiete} | {
        g.schluessel.casefold(): g.schluessel for g in gebiete
    }
    felder = {name.casefold(): f.schluessel for f in projekt.read(Handlungsfeld) for name in (f.schluessel, f.name)}
    orte = _Orte(namen | {raum.STADT: projekt.kommune.ags}, felder)
    neu: Listen = {klasse: [_place(e, orte) for e in eintraege] for klasse, eintraege in listen.items()}
    fehler = [*orte.fehler, *(satz for eintraege in neu.values() for e in eintraege for satz in _check_zeiten(e))]
    if Befragungszahl in neu:
        neu[Befragungszahl] = unify_zahlen(neu)
    if Entwicklungsziel in neu:
        neu[Entwicklungsziel] = follow_starts(projekt, neu[Entwicklungsziel])
    if Massnahme in neu:
        neu[Massnahme], lose = link_ziele(projekt, neu, neu[Massnahme])
        fehler += lose
    for klasse, pruefe in _CHECKS.items():
        if klasse in neu:
            fehler += pruefe(projekt, neu)
    return neu, fehler


def _check_zeiten(eintrag: Any) -> list[str]:
    """A day or a year far from our time is a slip of the hand: 31.12.9999, 20255, 3."""
    namen = (str(getattr(eintrag, n, "")) for n in ("schluessel", "massnahme", "name", "text"))
    wo = next(filter(None, namen), "")
    fehler = []
    for f in felder_of(type(eintrag)):
        wert = getattr(eintrag, f.name)
        jahr = wert.year if isinstance(wert, dt.date) else wert if f.art is int and f.name.endswith("jahr") else None
        if jahr and not _ZEITEN[0] <= jahr <= _ZEITEN[1]:
            fehler.append(f"{wo}: „{f.titel}“ kann nicht stimmen: {f.to_text(wert)}.")
    return fehler


def _place(eintrag: Any, orte: _Orte) -> Any:
    """Take the keys of areas and Handlungsfelder for their names."""
    wo = getattr(eintrag, "name", "") or f"{getattr(eintrag, 'frage', '')} {getattr(eintrag, 'antwort', '')}".strip()
    wo = f"Frage {wo}" if isinstance(eintrag, Befragungszahl) else wo or str(getattr(eintrag, "schluessel", ""))
    neu: dict[str, Any] = {}
    ohne_ort = isinstance(eintrag, Gremium | Beteiligung) and not eintrag.gebiet
    if hasattr(eintrag, "gebiet") and not ohne_ort:
        neu["gebiet"] = orte.find(eintrag.gebiet, wo)
    if hasattr(eintrag, "gebiete"):
        # "Rheinfeld Nord; 04" is one area: twice it would count its people twice.
        neu["gebiete"] = tuple(dict.fromkeys(orte.find(g, wo) for g in eintrag.gebiete))
    if isinstance(eintrag, Stimme | Bedarf | Versorgungsmass):
        neu["handlungsfeld"] = orte.find_feld(eintrag.handlungsfeld, wo)
    return attrs.evolve(eintrag, **neu) if neu else eintrag


def _check_einrichtungen(_: Projekt, listen: Listen) -> list[str]:
    return [satz for e in listen[Einrichtung] for satz in find_unmoegliches(e)]


def _check_massnahmen(projekt: Projekt, listen: Listen) -> list[str]:
    kennungen = {indikator.kennung for indikator in projekt.read(Indikator)}
    fehler = []
    for m in listen[Massnahme]:
        if m.beginn and m.ende and m.ende < m.beginn:
            fehler.append(f"{m.schluessel}: Das Ende liegt vor dem Beginn.")
        if any(z is not None and z < 0 for z in (m.leistung_ziel, m.leistung_ist)):
            fehler.append(f"{m.schluessel}: Ziel und Stand der Leistung können nicht unter null liegen.")
        if m.wirkung and m.wirkung not in kennungen:
            fehler.append(f"{m.schluessel}: Einen Indikator „{m.wirkung}“ gibt es nicht (Kennzahl der Wirkung).")
    return fehler


def _check_kosten(projekt: Projekt, listen: Listen) -> list[str]:
    bekannt = {m.schluessel for m in known(projekt, listen, Massnahme)}
    fehler = []
    for k in listen[Massnahmenkosten]:
        wo = f"Kosten {k.massnahme} {k.jahr}"
        if k.massnahme not in bekannt:
            fehler.append(f"{wo}: Eine Maßnahme „{k.massnahme}“ steht nicht in der Liste.")
        betraege = [k.kosten, k.eigenmittel, k.drittmittel, k.ausgegeben]
        if any(betrag is not None and betrag < 0 for betrag in betraege):
            fehler.append(f"{wo}: Beträge können nicht unter null liegen.")
        mittel = [betrag for betrag in (k.eigenmittel, k.drittmittel) if betrag is not None]
        if len(mittel) == 1 and mittel[0] > k.kosten + _CENT:
            fehler.append(f"{wo}: Eigenmittel oder Drittmittel sind höher als die Kosten.")
        if len(mittel) == 2 and abs(sum(mittel) - k.kosten) > _CENT:
            fehler.append(f"{wo}: Eigenmittel und Drittmittel ergeben nicht die Kosten.")
    return fehler


def _check_leistungen(projekt: Projekt, listen: Listen) -> list[str]:
    bekannt = {m.schluessel for m in known(projekt, listen, Massnahme)}
    fehler = []
    for e in listen[Massnahmenleistung]:
        if e.massnahme not in bekannt:
            fehler.append(f"Leistung {e.massnahme} {e.jahr}: Eine Maßnahme „{e.massnahme}“ gibt es nicht.")
        if any(zahl is not None and zahl < 0 for zahl in (e.ziel, e.ist)):
            fehler.append(f"Leistung {e.massnahme} {e.jahr}: Gezähltes kann nicht unter null liegen.")
    return fehler


def _check_aufrufe(projekt: Projekt, listen: Listen) -> list[str]:
    """Calls name Sozialräume, and indicators that there are; what there is none for has a column of its own."""
    kennungen = {indikator.kennung for indikator in projekt.read(Indikator)}
    fehler = []
    for a in listen[Foerderaufruf]:
        fehler += [
            f"{a.schluessel}: Einen Indikator „{k}“ gibt es nicht; wofür es keinen gibt, steht unter „Außerdem verlangt“."
            for k in a.indikatoren
            if k not in kennungen
        ]
        if not a.gebiete:
            fehler.append(f"{a.schluessel}: Es fehlt, für welche Sozialräume beantragt wird.")
        if projekt.kommune.ags in a.gebiete:
            fehler.append(f"{a.schluessel}: Verglichen wird mit der Stadt; sie kann nicht selbst dabei stehen.")
    return fehler


_CHECKS: Mapping[type, Callable[[Projekt, Listen], Sequence[str]]] = {
    Einrichtung: _check_einrichtungen, Massnahme: _check_massnahmen, Massnahmenkosten: _check_kosten, Massnahmenleistung: _check_leistungen,
    Befragung: check_befragungen, Befragungszahl: check_zahlen, Bedarf: check_bedarfe, Entwicklungsziel: check_ziele,
    Versorgungsmass: check_masse, Foerderaufruf: _check_aufrufe,
}  # fmt: skip
