"""What supports a proposal: the values that the project already holds."""

from __future__ import annotations

import statistics

import attrs

from sozialtool.einlesen.aehnlich import Vorschlag
from sozialtool.einlesen.kontext import Kontext
from sozialtool.einlesen.lesung import Lesung, Offen
from sozialtool.einlesen.texte import zahl
from sozialtool.fach.messwert import Messwert

MINDESTENS = 4
"""So many areas must have a value before figures alone propose a Merkmal."""
HOECHSTENS = 0.15
"""Median relative deviation from the stored values up to which figures propose a Merkmal."""


def find_stuetze(
    lesung: Lesung, kontext: Kontext, offen: Offen, vorschlaege: tuple[Vorschlag, ...]
) -> tuple[Vorschlag, ...]:
    """Add to each proposal the newest stored value that it would continue, and Merkmale whose values fit."""
    if not kontext.neueste:
        return vorschlaege
    paare = _probes(lesung, offen)
    if offen.art == "merkmal":
        vorschlaege = _add_fitting(kontext, offen, paare, vorschlaege)
    return tuple(v if v.grund else attrs.evolve(v, grund=_reason(kontext, offen, paare, v)) for v in vorschlaege)


def _probes(lesung: Lesung, offen: Offen) -> list[tuple[str, float]]:
    """Figures that the answer concerns: by Merkmal for a row, by Gebiet for a column."""
    if offen.art == "gebiet":
        zellen = [z for z in lesung.zellen if z.zeile == offen.zeile]
        return [(z.merkmal, z.inhalt.wert) for z in zellen if z.inhalt.wert is not None]
    return [(gebiet, wert) for key, gebiet, wert in lesung.proben if key == offen.schluessel]


def _add_fitting(
    kontext: Kontext, offen: Offen, paare: list[tuple[str, float]], vorschlaege: tuple[Vorschlag, ...]
) -> tuple[Vorschlag, ...]:
    """Merkmale whose newest values lie near the figures of the column, area by area.

    Men and women of an area are about as many: what contradicts the header's qualifiers is no proposal all the same.
    """
    passend = {v.schluessel: v for v in vorschlaege}
    for merkmal, werte in kontext.neueste.items():
        abstand = _deviation(paare, werte)
        if abstand is None or abstand > HOECHSTENS or merkmal not in kontext.merkmale.namen:
            continue
        if not kontext.themen.agrees(offen.formen, merkmal):
            continue
        prozent = round(92 - 200 * abstand)
        alt = passend.get(merkmal)
        if alt is None or alt.prozent < prozent:
            jahr = max(wert.stand.year for wert in werte.values())
            grund = f"die Werte passen zu denen von {jahr}"
            passend[merkmal] = Vorschlag(merkmal, kontext.merkmale.namen[merkmal], prozent, grund)
    return tuple(sorted(passend.values(), key=lambda v: (-v.prozent, v.schluessel))[:3])


def _deviation(paare: list[tuple[str, float]], werte: dict[str, Messwert]) -> float | None:
    abstaende = []
    for gebiet, neu in paare:
        alt = werte.get(gebiet)
        if alt is not None and alt.wert is not None:
            abstaende.append(abs(neu - alt.wert) / max(abs(alt.wert), 5.0))
    return statistics.median(abstaende) if len(abstaende) >= MINDESTENS else None


def _reason(kontext: Kontext, offen: Offen, paare: list[tuple[str, float]], vorschlag: Vorschlag) -> str:
    for schluessel, wert in paare:
        gebiet, merkmal = (vorschlag.schluessel, schluessel)
        if offen.art != "gebiet":
            gebiet, merkmal = (schluessel, vorschlag.schluessel)
        alt = kontext.neueste.get(merkmal, {}).get(gebiet)
        if alt is not None and alt.wert is not None:
            name = kontext.gebiete.namen.get(gebiet, gebiet)
            return f"{name} zuletzt {zahl(alt.wert)} ({alt.stand.year}), hier {zahl(wert)}"
    return ""
