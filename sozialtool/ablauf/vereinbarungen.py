"""Indicators: which can be computed from what is there, and which are agreed."""

from __future__ import annotations

import datetime as dt
import re

import attrs

from sozialtool.ablauf.werte import IndikatorZeile
from sozialtool.fach.indikator import Handlungsfeld, Indikator, Zustand
from sozialtool.fach.messwert import Merkmal
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
    projekt: Projekt, kennung: str, zustand: Zustand, datum: dt.date | None = None, gremium: str = ""
) -> Aenderung:
    """Record what a body decided about an indicator.

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
        schreiber.put(neu)
    return projekt.verlauf(1)[0]
