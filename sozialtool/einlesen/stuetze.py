"""What supports a proposal: the value that the project already holds for it."""

from __future__ import annotations

import attrs

from sozialtool.einlesen.aehnlich import Vorschlag
from sozialtool.einlesen.kontext import Kontext
from sozialtool.einlesen.lesung import Lesung, Offen
from sozialtool.einlesen.texte import zahl
from sozialtool.fach.messwert import Messwert


def find_stuetze(
    lesung: Lesung, kontext: Kontext, offen: Offen, vorschlaege: tuple[Vorschlag, ...]
) -> tuple[Vorschlag, ...]:
    """Add to each proposal the newest stored value that it would continue."""
    if not vorschlaege or not kontext.umfeld.bestand:
        return vorschlaege
    return tuple(attrs.evolve(v, grund=_reason(lesung, kontext, offen, v) or v.grund) for v in vorschlaege)


def _reason(lesung: Lesung, kontext: Kontext, offen: Offen, vorschlag: Vorschlag) -> str:
    if offen.art == "gebiet":
        zellen = [z for z in lesung.zellen if z.zeile == offen.zeile and z.inhalt.wert is not None]
        paare = [(vorschlag.schluessel, z.merkmal, z.inhalt.wert) for z in zellen]
    else:
        paare = [(gebiet, vorschlag.schluessel, wert) for key, gebiet, wert in lesung.proben if key == offen.schluessel]
    for gebiet, merkmal, wert in paare:
        alt = _newest(kontext, gebiet, merkmal)
        if alt is not None and alt.wert is not None and wert is not None:
            name = kontext.gebiete.namen.get(gebiet, gebiet)
            return f"{name} zuletzt {zahl(alt.wert)} ({alt.stand.year}), hier {zahl(wert)}"
    return ""


def _newest(kontext: Kontext, gebiet: str, merkmal: str) -> Messwert | None:
    werte = [m for (g, k, _), m in kontext.umfeld.bestand.items() if g == gebiet and k == merkmal]
    return max(werte, key=lambda m: m.stand, default=None)
