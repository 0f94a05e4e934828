"""Tables that stand side by side on a sheet, with an empty column between them."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from sozialtool.einlesen.fund import Tabellenfund, Textstelle
from sozialtool.einlesen.rohblatt import Rohblatt
from sozialtool.einlesen.zellart import Zellart, classify, has_letters

Finder = Callable[[Rohblatt], tuple[Tabellenfund, ...]]


def find_side_by_side(blatt: Rohblatt, find: Finder) -> tuple[Tabellenfund, ...]:
    """Split a sheet at its empty columns and find the tables of each part; nothing where the parts belong together.

    They are tables of their own only when each part has a header and labels of words: a gap inside one table leaves the
    right part without labels.
    """
    baender = _bands(blatt)
    if len(baender) < 2:
        return ()
    teile = [find(_cut(blatt, von, bis)) for von, bis in baender]
    mit = [teil for teil in teile if teil]
    if len(mit) < 2 or not all(_stands_alone(fund) for teil in mit for fund in teil):
        return ()
    gemeinsam = mit[0][0].titel
    alle = [f if f.titel else attrs.evolve(f, titel=_above(gemeinsam, f)) for teil in mit for f in teil]
    alle.sort(key=lambda f: (f.daten.zeile, f.daten.spalte))
    return tuple(attrs.evolve(fund, nummer=i) for i, fund in enumerate(alle, 1))


def _bands(blatt: Rohblatt) -> list[tuple[int, int]]:
    """Runs of columns between columns in which nothing stands at all."""
    auch = {s for _, s in blatt.fehler} | {s for _, s in blatt.ohne_wert}
    belegt = [
        s for s in range(blatt.breite)
        if s in auch or any(classify(zeile[s]) is not Zellart.LEER for zeile in blatt.zeilen)
    ]  # fmt: skip
    baender: list[tuple[int, int]] = []
    for s in belegt:
        if baender and s == baender[-1][1] + 1:
            baender[-1] = (baender[-1][0], s)
        else:
            baender.append((s, s))
    return baender


def _cut(blatt: Rohblatt, von: int, bis: int) -> Rohblatt:
    """The sheet with nothing outside of some columns; addresses stay what they are."""
    zeilen = tuple(
        tuple(wert if von <= s <= bis else None for s, wert in enumerate(zeile[: bis + 1])) for zeile in blatt.zeilen
    )
    return attrs.evolve(
        blatt, zeilen=zeilen,
        verbunden=tuple(b for b in blatt.verbunden if von <= b.spalte and b.bis_spalte <= bis),
        fehler={stelle: text for stelle, text in blatt.fehler.items() if von <= stelle[1] <= bis},
        ohne_wert=frozenset(stelle for stelle in blatt.ohne_wert if von <= stelle[1] <= bis),
    )  # fmt: skip


def _stands_alone(fund: Tabellenfund) -> bool:
    labels = [text for zeile in fund.datenzeilen for text in zeile.texte]
    return fund.kopf is not None and sum(map(has_letters, labels)) * 2 > len(fund.datenzeilen)


def _above(titel: tuple[Textstelle, ...], fund: Tabellenfund) -> tuple[Textstelle, ...]:
    oben = fund.kopf.zeile if fund.kopf else fund.daten.zeile
    return tuple(t for t in titel if t.zeile < oben)
