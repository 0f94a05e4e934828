"""Indicators of an index as an earlier definition had them, computed on today's figures.

A formula that was agreed anew since, or an indicator that rests, must not keep anybody from recomputing last year's index. Its
rates are protected together with everything that today's release shows, so that two formulas side by side disclose nothing
(fach/regeln.md section 4, tables linked by the same base figures).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.folgen import RECHNET
from sozialtool.ablauf.indexfassung import Beilage, Damals, describe_formel
from sozialtool.ablauf.vereinbarungen import definition_at, read_definition, write_definition
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.sozialindex import Sozialindex
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ablauf.kennzahlen import Ergebnis


def collect_damals(projekt: Projekt, index: Sozialindex, tag: dt.date) -> Beilage:
    """Find how the indicators of an index were agreed on a day; those without an agreement by then are as today."""
    damals = {}
    for kennung in _list_kennungen(projekt, index):
        alt = definition_at(projekt, kennung, tag)
        if alt is not None:
            damals[kennung] = Damals(describe_formel(alt), alt.richtung, "", write_definition(alt))
    return Beilage((), damals)


def compute_damals(
    projekt: Projekt, index: Sozialindex, fest: Beilage, fortschritt: Fortschritt | None, stop: Stop | None
) -> tuple[Ergebnis, tuple[str, ...]]:
    """Compute today's figures with those indicators of the index that were defined otherwise as they were then.

    Returns:
        The result, whose `grundlage` has them under their Kennung as they were; a sentence for each of them.

    Raises:
        DatenFehler: there is nothing to compute, or it cannot be protected. FormelFehler: a Merkmal of the old formula is gone.
        Abgebrochen: stopped.
    """
    from sozialtool.ablauf.kennzahlen import Ergebnis, compute, compute_frames, release

    heute = compute(projekt, fortschritt, stop)
    andere = _find_andere(projekt, heute, index, fest)
    if not andere:
        return heute, ()
    melde = fortschritt or (lambda _fertig, _von, _was: None)
    neue = {alt.kennung: alt for alt, _ in andere}
    stehen = [neue.pop(i.kennung, i) for i in heute.grundlage.indikatoren]
    grundlage = attrs.evolve(heute.grundlage, indikatoren=(*stehen, *neue.values()))
    messwerte, kennzahlen = compute_frames(projekt, grundlage, melde)
    tabelle = release(grundlage, messwerte, kennzahlen, melde, stop, heute.tabelle)
    return Ergebnis(grundlage, tabelle), tuple(satz for _, satz in andere)


def _find_andere(projekt: Projekt, heute: Ergebnis, index: Sozialindex, fest: Beilage) -> list[tuple[Indikator, str]]:
    """Return the indicators that today's result has otherwise or not at all, as they were, with what is to be said."""
    gerechnet = {i.kennung: i for i in heute.grundlage.indikatoren}
    gefunden = []
    for kennung in _list_kennungen(projekt, index):
        damals, jetzt = fest.indikatoren.get(kennung), projekt.get(Indikator, kennung)
        if damals is None or not damals.definition or jetzt is None:
            continue
        alt = read_definition(jetzt, damals.definition)
        if any(getattr(alt, f) != getattr(jetzt, f) for f in RECHNET):
            satz = (
                f"{kennung} ist seither anders definiert: damals {damals.formel}, heute {describe_formel(jetzt)}. "
                "Hier ist nach der damaligen Definition gerechnet."
            )
        elif kennung not in gerechnet:
            satz = f"{kennung} ist heute „{jetzt.zustand.value}“ und gehört nicht mehr zum Monitoring; hier ist er gerechnet."
        else:
            continue
        gefunden.append((alt, satz))
    return gefunden


def _list_kennungen(projekt: Projekt, index: Sozialindex) -> list[str]:
    """The Kennungen of the index in the spelling of the project; unknown ones are left out."""
    je_name = {i.kennung.casefold(): i.kennung for i in projekt.read(Indikator)}
    return [je_name[t.kennung.casefold()] for t in index.teile if t.kennung.casefold() in je_name]
