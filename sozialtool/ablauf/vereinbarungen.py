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
    """List the catalogue by Handlungsfeld; each line says which Merkmale are missing up to the Berichtsjahr."""
    felder = {feld.schluessel: feld for feld in projekt.read(Handlungsfeld)}
    jahr = projekt.kommune.berichtsjahr
    geliefert = set(projekt.read_messwerte(bis_jahr=jahr)["merkmal"]) if projekt.count_messwerte() else set()
    merkmale = {merkmal.schluessel: merkmal for merkmal in projekt.read(Merkmal)}
    zeilen = []
    for indikator in projekt.read(Indikator):
        fehlend = tuple(name for name in needed_merkmale(indikator) if name not in geliefert)
        feld = felder.get(indikator.handlungsfeld)
        namen = tuple(_full_name(name, merkmale.get(name)) for name in fehlend)
        zeilen.append(IndikatorZeile(indikator, feld.name if feld else indikator.handlungsfeld, fehlend, namen))
    return tuple(zeilen)


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
