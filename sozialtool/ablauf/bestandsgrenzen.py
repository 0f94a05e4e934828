"""Which figures an entry of the Bestand can have, and from which on somebody should look again: one table, with reasons.

What cannot be is refused wherever an entry comes in (`planungspruefung`); what is only unlikely is asked (`eingabehinweise`).
The usual numbers of places are our own judgement: they are to catch a slip of the hand, not to judge a house.
"""

from __future__ import annotations

from math import inf

import attrs

from sozialtool.fach.felder import felder_of
from sozialtool.fach.planung import Einrichtung
from sozialtool.fach.schreibweise import format_zahl

Spanne = tuple[float, float]


@attrs.frozen
class Grenze:
    """Bounds of one field, both included.

    Attributes:
        feld: field of `Einrichtung`.
        moeglich: what can be at all.
        ueblich: what nobody has to ask about.
        warum_nicht: why nothing else can be.
        warum_fragen: why it is asked.
        arten: kinds that it holds for; (): all.
    """

    feld: str
    moeglich: Spanne
    ueblich: Spanne
    warum_nicht: str
    warum_fragen: str
    arten: tuple[str, ...] = ()


_PLAETZE = "Plätze können nicht unter null liegen; leer heißt: keine oder unbekannt."
_NULL_ZU_VIEL = "Ist eine Ziffer zu viel, oder sind mehrere Häuser zusammen gemeint?"
_ALTER = "Ein Alter liegt zwischen 0 und 150 Jahren; leer heißt: ohne Grenze."
_OHNE_GRENZE = "Soll es keine Grenze geben, bleibt das Feld leer."
# Germany's outermost points are 47.27° and 55.06° north, 5.87° and 15.04° east; rounded outwards.
GRENZEN: tuple[Grenze, ...] = (
    Grenze("plaetze", (0, inf), (0, 400), _PLAETZE, f"So groß ist kaum eine Kita. {_NULL_ZU_VIEL}", ("Kindertageseinrichtung",)),
    Grenze("plaetze", (0, inf), (0, 2000), _PLAETZE, f"So viele hat kaum ein einzelnes Haus. {_NULL_ZU_VIEL}"),
    Grenze("belegt", (0, inf), (0, inf), "Belegte Plätze können nicht unter null liegen.", ""),
    Grenze("alter_von", (0, 150), (0, 100), _ALTER, _OHNE_GRENZE),
    Grenze("alter_bis", (1, 150), (1, 110), _ALTER, _OHNE_GRENZE),
    Grenze("breite", (-90, 90), (47.0, 55.1), "Breiten reichen von −90 bis 90 Grad.", "Deutschland liegt zwischen 47 und 55,1 Grad nördlicher Breite."),
    Grenze("laenge", (-180, 180), (5.8, 15.1), "Längen reichen von −180 bis 180 Grad.", "Deutschland liegt zwischen 5,8 und 15,1 Grad östlicher Länge."),
)  # fmt: skip
"""For each field the first line that holds for the kind counts."""
UEBERBELEGT, UEBERBELEGT_AB = 1.25, 5
"""A house may be overbooked; a quarter and more than five above its places is asked about."""


def find_unmoegliches(e: Einrichtung) -> list[str]:
    """Say what cannot be, in German sentences that name the entry."""
    fehler = [
        f"{e.name}: {_say(g, w)} kann nicht stimmen. {g.warum_nicht}" for g, w in _bound(e) if not _lies(w, g.moeglich)
    ]
    if e.alter_von is not None and e.alter_bis is not None and e.alter_von >= e.alter_bis:
        fehler.append(f"{e.name}: „Alter bis unter“ muss größer sein als „Alter von“.")
    if (e.breite is None) != (e.laenge is None):
        fehler.append(f"{e.name}: Zu einer Koordinate gehören Breite und Länge.")
    if _is_swapped(e):
        fehler.append(f"{e.name}: Breite und Länge sind vertauscht; die Breite ist die größere Zahl (47 bis 55).")
    return fehler


def find_unwahrscheinliches(e: Einrichtung) -> list[str]:
    """Say what is possible and unlikely, as questions."""
    fragen = [
        f"{_say(g, w)}: Stimmt das? {g.warum_fragen}"
        for g, w in _bound(e)
        if _lies(w, g.moeglich) and not _lies(w, g.ueblich)
    ]
    if (
        e.plaetze is not None
        and e.belegt is not None
        and e.belegt > max(e.plaetze * UEBERBELEGT, e.plaetze + UEBERBELEGT_AB)
    ):
        was = f"{format_zahl(e.belegt)} belegt bei {format_zahl(e.plaetze)} Plätzen"
        fragen.append(f"{was}: Stimmt das? Vielleicht sind beide Zahlen verwechselt.")
    return fragen


def _bound(e: Einrichtung) -> list[tuple[Grenze, float]]:
    """Return the bound that counts for each field that is filled, with its value."""
    je: dict[str, Grenze] = {}
    for grenze in GRENZEN:
        if not grenze.arten or e.art in grenze.arten:
            je.setdefault(grenze.feld, grenze)
    return [(g, wert) for g in je.values() if (wert := getattr(e, g.feld)) is not None]


def _lies(wert: float, spanne: Spanne) -> bool:
    return spanne[0] <= wert <= spanne[1]


def _is_swapped(e: Einrichtung) -> bool:
    """Whether both lie in Germany once they change places: as they stand, that is the sea off Somalia."""
    breite, laenge = (next(g.ueblich for g in GRENZEN if g.feld == name) for name in ("breite", "laenge"))
    return e.breite is not None and e.laenge is not None and _lies(e.breite, laenge) and _lies(e.laenge, breite)


def _say(grenze: Grenze, wert: float) -> str:
    titel = next(f.titel for f in felder_of(Einrichtung) if f.name == grenze.feld)
    stellen = 0 if wert == int(wert) else 4
    return f"„{titel}“ {format_zahl(wert, stellen)}"
