"""A Beschluss of a meeting that agrees something: the Vereinbarung follows from it and is not typed a second time."""

from __future__ import annotations

from sozialtool.ablauf import vereinbarungen
from sozialtool.ablauf.nachweise import describe_nachweis, resolve_nachweise
from sozialtool.ablauf.sitzungen import find_sitzung
from sozialtool.ablauf.variantenpflege import agree_gebietsstand
from sozialtool.ablauf.vereinbarungsliste import decide, list_vereinbarungen
from sozialtool.fach.gremium import Beschluss, Beschlussart, Gremium, Sitzung
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.nachweis import Nachweis, Nachweisart
from sozialtool.fach.schreibweise import name_einige
from sozialtool.fach.vereinbarung import Gegenstand
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Aenderung, Projekt

_GILT = (Beschlussart.ZUGESTIMMT, Beschlussart.MIT_AENDERUNG)
"""Only this agrees something; a recommendation or a look at it does not."""
_MEISTE = 4
_SACHEN = {
    Nachweisart.INDIKATOR: Gegenstand.INDIKATOR, Nachweisart.SCHWELLE: Gegenstand.SCHWELLE, Nachweisart.INDEX: Gegenstand.INDEX,
    Nachweisart.MITTELVERTEILUNG: Gegenstand.SZENARIO, Nachweisart.GEBIETSSTAND: Gegenstand.GEBIETSSTAND,
}  # fmt: skip


def list_vereinbares(projekt: Projekt, sitzung: str, nummer: int) -> tuple[str, ...]:
    """Say what a Beschluss agrees that is not recorded as agreed on that day; () where it is no such Beschluss, or there is none."""
    beschluss = projekt.get(Beschluss, sitzung, nummer)
    if beschluss is None:
        return ()
    return tuple(describe_nachweis(n) for n in _list_offene(projekt, find_sitzung(projekt, sitzung), beschluss))


def agree_beschluss(projekt: Projekt, sitzung: str, nummer: int) -> Aenderung:
    """Record what a Beschluss agrees, with day, body, session and dissent of its meeting: one change, however much it is.

    Raises:
        BedienFehler: there is no such Beschluss, it agrees nothing that is open, or a Gebietsstand cannot be agreed so.
    """
    wann = find_sitzung(projekt, sitzung)
    beschluss = projekt.get(Beschluss, wann.schluessel, nummer)
    if beschluss is None:
        raise BedienFehler(
            f"Einen Beschluss {nummer} hat die Sitzung {wann.schluessel} nicht.", "Bitte die Nummer prüfen."
        )
    offene = _list_offene(projekt, wann, beschluss)
    if not offene:
        raise BedienFehler(
            "Dieser Beschluss vereinbart nichts, was noch offen ist.",
            "Er muss zugestimmt haben, und unter „Betrifft“ steht, was: zum Beispiel „Indikator A07“ oder „Gebietsstand 2026“.",
        )
    gremium = projekt.get(Gremium, wann.gremium)
    name = gremium.name if gremium is not None else wann.gremium
    was = name_einige([n.schluessel for n in offene], _MEISTE)
    with projekt.together(f"Sitzung {wann.schluessel}, Beschluss {nummer}: {was} vereinbart"):
        for n in offene:
            if n.art is Nachweisart.GEBIETSSTAND:
                agree_gebietsstand(
                    projekt, n.schluessel, wann.datum, name, sitzung=wann.schluessel, abweichend=beschluss.abweichend
                )
        uebrige = [n.schluessel for n in offene if n.art is not Nachweisart.GEBIETSSTAND]
        if uebrige:
            inhalt = vereinbarungen.Beschluss(
                Zustand.VEREINBART, wann.datum, name, wann.schluessel, beschluss.abweichend
            )
            decide(projekt, uebrige, inhalt)
    return projekt.verlauf(1)[0]


def _list_offene(projekt: Projekt, sitzung: Sitzung, beschluss: Beschluss) -> tuple[Nachweis, ...]:
    """What it names, exists, can be agreed, and is not agreed on that day or later."""
    if beschluss.art not in _GILT:
        return ()
    heute = {(z.gegenstand, z.bezug.casefold()): z for z in list_vereinbarungen(projekt)}
    offene = []
    for n in resolve_nachweise(projekt, beschluss.nachweise):
        zeile = heute.get((_SACHEN[n.art], n.schluessel.casefold())) if n.gefunden and n.art in _SACHEN else None
        if zeile is None:
            continue
        schon = zeile.zustand is Zustand.VEREINBART and zeile.am is not None and zeile.am >= sitzung.datum
        # A Gebietsstand in force cannot be agreed again: changed boundaries are a new one.
        fest = zeile.gegenstand is Gegenstand.GEBIETSSTAND and zeile.zustand is Zustand.VEREINBART
        if not schon and not fest:
            offene.append(n)
    return tuple(offene)
