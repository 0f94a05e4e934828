"""Indicators: which can be computed from what is there, and which are agreed."""

from __future__ import annotations

import datetime as dt
import json
import re

import attrs

from sozialtool.ablauf.werte import IndikatorZeile
from sozialtool.fach.felder import felder_of
from sozialtool.fach.indikator import Handlungsfeld, Indikator, Zustand
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.vereinbarung import Gegenstand, Vereinbarung
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt

_NAME = re.compile(r"[a-z_][a-z0-9_]*")


def needed_merkmale(indikator: Indikator) -> tuple[str, ...]:
    """List the Merkmale of a formula, without the suffix of earlier years ("__vor5")."""
    namen = _NAME.findall(f"{indikator.zaehler} {indikator.nenner}")
    return tuple(dict.fromkeys(name.split("__")[0] for name in namen))


def indikatoren(projekt: Projekt) -> tuple[IndikatorZeile, ...]:
    """List the catalogue by Handlungsfeld; each line says which Merkmale are missing up to the Berichtsjahr.

    A Merkmal delivered for another length of time than the indicator asks for is missing too: three years' sums are no
    single years.
    """
    felder = {feld.schluessel: feld for feld in projekt.read(Handlungsfeld)}
    jahr = projekt.kommune.berichtsjahr
    geliefert = _delivered_lengths(projekt, jahr)
    merkmale = {merkmal.schluessel: merkmal for merkmal in projekt.read(Merkmal)}
    zeilen = []
    for indikator in projekt.read(Indikator):
        brauchbar = {1, indikator.jahre}
        fehlend = tuple(n for n in needed_merkmale(indikator) if not brauchbar & geliefert.get(n, set()))
        feld = felder.get(indikator.handlungsfeld)
        namen = tuple(_full_name(n, merkmale.get(n)) + _other_length(geliefert.get(n, set())) for n in fehlend)
        zeilen.append(IndikatorZeile(indikator, feld.name if feld else indikator.handlungsfeld, fehlend, namen))
    return tuple(zeilen)


def _delivered_lengths(projekt: Projekt, jahr: int) -> dict[str, set[int]]:
    """Merkmal → lengths in years of its figures up to the Berichtsjahr; a Stichtag counts as one year."""
    geliefert: dict[str, set[int]] = {}
    for name, jahre in projekt.list_zeitraeume(jahr):
        geliefert.setdefault(name, set()).add(max(1, jahre))
    return geliefert


def _other_length(jahre: set[int]) -> str:
    """Say for how many years a Merkmal was delivered instead; "" if it was not delivered at all."""
    return f" – geliefert nur als Summe über {' oder '.join(map(str, sorted(jahre)))} Jahre" if jahre else ""


def _full_name(schluessel: str, merkmal: Merkmal | None) -> str:
    if merkmal is None:
        return schluessel
    return f"{merkmal.name} ({merkmal.fachbereich})" if merkmal.fachbereich else merkmal.name


def agree_indikator(
    projekt: Projekt,
    kennung: str,
    zustand: Zustand,
    datum: dt.date | None = None,
    gremium: str = "",
    sitzung: str = "",
    abweichend: str = "",
) -> Aenderung:
    """Record what a body decided about an indicator, and keep the definition as it was then.

    Raises:
        BedienFehler: there is no such indicator, or an agreement without date.
    """
    indikator = projekt.get(Indikator, kennung)
    if indikator is None:
        raise BedienFehler(f"Einen Indikator {kennung} gibt es nicht.", "Bitte die Kennung prüfen.")
    if zustand is Zustand.VEREINBART and datum is None:
        raise BedienFehler("Zu einer Vereinbarung gehört ein Datum.", "Bitte den Tag der Sitzung angeben.")
    neu = attrs.evolve(indikator, zustand=zustand, vereinbart_am=datum, gremium=gremium.strip())
    with projekt.change(f"Indikator {kennung} {zustand.value}") as schreiber:
        schreiber.put(neu, next_step(projekt, neu, sitzung.strip(), abweichend.strip()))
    return projekt.verlauf(1)[0]


def next_step(projekt: Projekt, indikator: Indikator, sitzung: str = "", abweichend: str = "") -> Vereinbarung:
    """Build the next step in the history of an indicator; `fassung` rises when its definition is another one."""
    schritte = history_of(projekt, Gegenstand.INDIKATOR, indikator.kennung)
    inhalt = _write_definition(indikator)
    fassung = schritte[-1].fassung + (schritte[-1].inhalt != inhalt) if schritte else 1
    return Vereinbarung(
        gegenstand=Gegenstand.INDIKATOR, bezug=indikator.kennung, nummer=len(schritte) + 1, zustand=indikator.zustand,
        fassung=fassung, am=indikator.vereinbart_am, gremium=indikator.gremium, sitzung=sitzung, abweichend=abweichend,
        inhalt=inhalt,
    )  # fmt: skip


def history_of(projekt: Projekt, gegenstand: Gegenstand, bezug: str) -> tuple[Vereinbarung, ...]:
    """List the steps of an agreement, the oldest first."""
    schritte = [v for v in projekt.read(Vereinbarung) if v.gegenstand is gegenstand and v.bezug == bezug]
    return tuple(sorted(schritte, key=lambda v: v.nummer))


def definition_at(projekt: Projekt, kennung: str, tag: dt.date) -> Indikator | None:
    """Return an indicator as it was agreed on a day; None when nothing was agreed by then.

    A release keeps the definition that was in force when it was made, whatever is agreed later.
    """
    schritte = [
        v for v in history_of(projekt, Gegenstand.INDIKATOR, kennung)
        if v.zustand is Zustand.VEREINBART and v.am is not None and v.am <= tag
    ]  # fmt: skip
    heute = projekt.get(Indikator, kennung)
    if not schritte or heute is None:
        return None
    schritt = max(schritte, key=lambda v: (v.am or dt.date.min, v.nummer))
    werte = json.loads(schritt.inhalt)
    felder = {feld.name: feld for feld in felder_of(Indikator)}
    gelesen = {name: felder[name].from_text(text) for name, text in werte.items() if name in felder}
    return attrs.evolve(heute, **gelesen, zustand=schritt.zustand, vereinbart_am=schritt.am, gremium=schritt.gremium)


def change_definition(projekt: Projekt, neu: Indikator) -> Aenderung:
    """Take over another definition of an indicator; what was agreed has to be agreed again.

    Raises:
        BedienFehler: there is no such indicator.
        FormelFehler: the formula cannot be computed.
    """
    alt = projekt.get(Indikator, neu.kennung)
    if alt is None:
        raise BedienFehler(f"Einen Indikator {neu.kennung} gibt es nicht.", "Bitte die Kennung prüfen.")
    check_formel(projekt, neu)
    anders = _write_definition(alt) != _write_definition(neu)
    if anders and alt.zustand is Zustand.VEREINBART:
        neu = attrs.evolve(neu, zustand=Zustand.VORGESCHLAGEN, vereinbart_am=None, gremium="")
    with projekt.change(f"Indikator {neu.kennung} geändert") as schreiber:
        schreiber.put(neu)
        if anders and history_of(projekt, Gegenstand.INDIKATOR, neu.kennung):
            schreiber.put(next_step(projekt, neu))
    return projekt.verlauf(1)[0]


def check_formel(projekt: Projekt, indikator: Indikator) -> None:
    """Check that numerator and denominator can be computed; raise `FormelFehler` with a German message otherwise."""
    from sozialtool.rechnen.formel import parse_formel

    merkmale = projekt.read(Merkmal)
    for text in filter(None, (indikator.zaehler, indikator.nenner)):
        parse_formel(text, merkmale)


_KEINE_DEFINITION = frozenset({"zustand", "vereinbart_am", "gremium", "reihenfolge", "kurzname"})
"""Fields of an indicator that say how far it is or how it is shown, not what it is."""


def _write_definition(indikator: Indikator) -> str:
    werte = {
        feld.name: feld.to_text(getattr(indikator, feld.name))
        for feld in felder_of(Indikator)
        if feld.name not in _KEINE_DEFINITION
    }
    return json.dumps(werte, ensure_ascii=False, sort_keys=True)
