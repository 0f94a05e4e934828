"""Two definitions of an indicator compared in words, with the names of Merkmale instead of their keys."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sozialtool.fach.felder import felder_of
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Merkmal

_NAME = re.compile(r"[a-z_][a-z0-9_]*")
OHNE_DEFINITION = frozenset({"zustand", "vereinbart_am", "gremium", "reihenfolge", "kurzname"})
"""Fields of an indicator that say how far it is or how it is shown, not what it is."""
_FORMELN = ("zaehler", "nenner")


def describe_formel(formel: str, merkmale: Iterable[Merkmal]) -> str:
    """Write a formula with names: "sgb2_unter_15" → "Unter 15-Jährige in Bedarfsgemeinschaften (SGB II)"."""
    namen = {merkmal.schluessel: merkmal.name for merkmal in merkmale}

    def ersetze(treffer: re.Match[str]) -> str:
        name, _, versatz = treffer[0].partition("__vor")
        text = namen.get(name, name)
        return f"{text} ({versatz} Jahre zuvor)" if versatz else text

    return _NAME.sub(ersetze, formel).replace(" * ", " · ").replace(" - ", " − ")


VORHER = ("bisher", "neu")
HEUTE = ("damals", "heute")
"""The two words with which definitions are set against each other."""


def describe_unterschiede(
    alt: Indikator, neu: Indikator, merkmale: Iterable[Merkmal], worte: tuple[str, str] = VORHER
) -> tuple[str, ...]:
    """Say field by field what `neu` defines in another way than `alt`; empty when nothing."""
    liste = tuple(merkmale)
    zeilen = []
    for feld in felder_of(Indikator):
        werte = [feld.to_text(getattr(indikator, feld.name)) for indikator in (alt, neu)]
        if feld.name in OHNE_DEFINITION or werte[0] == werte[1]:
            continue
        if feld.name in _FORMELN:
            werte = [describe_formel(wert, liste) for wert in werte]
        bisher, jetzt = (f"„{wert}“" if wert else "leer" for wert in werte)
        zeilen.append(f"{feld.titel}: {worte[0]} {bisher}, {worte[1]} {jetzt}")
    return tuple(zeilen)
