"""Cells with coordinates become Messwerte; totals only where they are the only source."""

from __future__ import annotations

import datetime as dt

from sozialtool.einlesen.fund import Zeilenart
from sozialtool.einlesen.kontext import Kontext
from sozialtool.einlesen.lesung import Lesung, Wertzelle
from sozialtool.einlesen.rohblatt import adresse
from sozialtool.fach.messwert import Messwert

Koordinate = tuple[str, str, dt.date]


def build_messwerte(lesungen: tuple[Lesung, ...], kontext: Kontext, quelle: str) -> tuple[Messwert, ...]:
    """Return the Messwerte of all tables in the order of the file; of a doubled coordinate the first one."""
    werte: dict[Koordinate, Messwert] = {}
    for lesung in lesungen:
        for zelle in importable(lesung, kontext):
            assert zelle.stand is not None
            schluessel = (zelle.gebiet, zelle.merkmal, zelle.stand)
            if schluessel in werte:
                continue
            werte[schluessel] = Messwert(
                zelle.gebiet, zelle.merkmal, zelle.stand, zelle.inhalt.wert, zelle.inhalt.zeichen, zelle.inhalt.vermerk,
                quelle, zelle.jahre, "" if zelle.inhalt.zeichen is None else zelle.inhalt.rohtext,
                f"{lesung.fund.blatt}!{adresse(zelle.zeile, zelle.spalte)}",
            )  # fmt: skip
    return tuple(werte.values())


def importable(lesung: Lesung, kontext: Kontext) -> tuple[Wertzelle, ...]:
    """Cells that become Messwerte: complete coordinates, a known content, and no total that its parts give anyway."""
    voll = [z for z in lesung.zellen if z.gebiet and z.merkmal and z.stand and z.inhalt.unsicher not in UNBRAUCHBAR]
    teile: dict[tuple[str, dt.date | None], list[Wertzelle]] = {}
    for zelle in voll:
        if zelle.art is Zeilenart.DATEN:
            teile.setdefault((zelle.merkmal, zelle.stand), []).append(zelle)
    return tuple(z for z in voll if z.art is Zeilenart.DATEN or _only_source(z, teile, lesung, kontext))


UNBRAUCHBAR = frozenset(("ZEICHEN-UNBEKANNT", "ZELLE-FEHLER", "ZAHL-DATUM", "ZAHL-WAHRHEITSWERT", "ZAHL-BEREICH"))
"""Doubts of a cell that leave no figure to import."""


def _only_source(
    zelle: Wertzelle, teile: dict[tuple[str, dt.date | None], list[Wertzelle]], lesung: Lesung, kontext: Kontext
) -> bool:
    """A total is imported where rows are Merkmale, where it cannot be summed, or where a part of it has no number.

    With a starred part the printed total is the only source of the whole. It tells nothing that the source does not tell,
    and what may leave the house is decided by geheimhaltung (docs/entscheidungen/einlesen-summen.md).
    """
    if zelle.inhalt.wert is None and zelle.inhalt.rohtext == "":
        return False
    if not lesung.gelesene_gebiete:
        return True
    merkmal = kontext.umfeld.find_merkmal(zelle.merkmal)
    if merkmal is None or not merkmal.art.additiv:
        return True
    geschwister = [t for t in teile.get((zelle.merkmal, zelle.stand), []) if t.gebiet != zelle.gebiet]
    eigene = {g.schluessel for g in kontext.umfeld.gebiete if g.teil_von == zelle.gebiet}
    # A subtotal speaks for its own parts; the town for all of them.
    teile_davon = [t for t in geschwister if t.gebiet in eigene] if zelle.gebiet != kontext.umfeld.stadt else []
    return not geschwister or any(t.inhalt.wert is None for t in teile_davon or geschwister)
