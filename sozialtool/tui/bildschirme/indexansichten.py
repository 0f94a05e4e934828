"""The four views of an index as tables: result, stages, robustness, definition."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sozialtool.ablauf import Indexbild
from sozialtool.ablauf.indextext import (
    describe_bewegung,
    describe_klasse,
    describe_verfahren,
    share_anders,
    share_gewichte,
)
from sozialtool.fach.indikator import Richtung
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.tui.teile.kacheln import break_name
from sozialtool.tui.teile.tabelle import Reihe, Spalte

Ansicht = tuple[str, Callable[[Indexbild, int], tuple[list[Spalte], list[Reihe]]]]
"""Title, and what makes columns and rows of it for a width in cells."""
_NAME, _ZAHL, _STUFE = 18, 8, 11


def build_ergebnis(bild: Indexbild, breite: int) -> tuple[list[Spalte], list[Reihe]]:
    """Index, rank, span and class first; the rates as far as they fit."""
    platz = breite - _NAME - 36
    gezeigt = bild.indikatoren[: max(0, platz // 9)]
    spalten = [
        Spalte("Sozialraum", _NAME), Spalte("Index", _ZAHL, "right"), Spalte("Rang", 6, "right"),
        Spalte("von–bis", 9, "right"), Spalte(" Klasse"),
        *(Spalte(_kurz(i.kurzname, i.kennung, 8), 9, "right") for i in gezeigt),
    ]  # fmt: skip
    reihen = []
    for platz_nr, gebiet in enumerate(bild.gebiete):
        spanne, rang = bild.robustheit.spannen[platz_nr], bild.stufen.raenge[platz_nr]
        quoten = []
        for i in gezeigt:
            leer = "•" if (i.kennung, gebiet.schluessel) in bild.geheim else "k. A."
            quoten.append(format_zahl(bild.lage.werte[i.kennung][platz_nr], i.nachkommastellen, leer=leer))
        texte = (
            gebiet.name, _zahl(bild.stufen.index[platz_nr]), "x" if rang is None else str(rang),
            f"{spanne.von}–{spanne.bis}" if spanne else "", f" {describe_klasse(bild, platz_nr)}", *quoten,
        )  # fmt: skip
        reihen.append(Reihe(gebiet.schluessel, texte, platz_nr))
    return spalten, reihen


def build_stufen(bild: Indexbild, breite: int) -> tuple[list[Spalte], list[Reihe]]:
    """Teilindizes before single values, as far as they fit."""
    alle = [
        *((name.removeprefix("Teilindex "), spalte) for name, spalte in bild.stufen.teile.items()),
        *((_kurz(i.kurzname, i.kennung, 9), bild.stufen.normiert[i.kennung]) for i in bild.indikatoren),
    ]
    gezeigt = alle[: max(1, (breite - _NAME - _ZAHL - 4) // _STUFE)]
    koepfe = [break_name(name, _STUFE - 1) for name, _ in gezeigt]
    spalten = [
        Spalte("Sozialraum"), Spalte("Index", _ZAHL, "right"),
        *(Spalte(oben or unten, _STUFE, "right", unten if oben else "") for oben, unten in koepfe),
    ]  # fmt: skip
    reihen = [
        Reihe(g.schluessel, (g.name, _zahl(bild.stufen.index[nr]), *(_zahl(spalte[nr]) for _, spalte in gezeigt)), nr)
        for nr, g in enumerate(bild.gebiete)
    ]
    return spalten, reihen


def build_robustheit(bild: Indexbild, breite: int) -> tuple[list[Spalte], list[Reihe]]:
    """Rank, its span, and how often the class stays."""
    del breite
    spalten = [
        Spalte("Sozialraum", _NAME), Spalte("Rang", 6, "right"), Spalte("von–bis", 9, "right"),
        Spalte("Gewichte", 10, "right", "% gleich"), Spalte("Verfahren", 10, "right", "% gleich"), Spalte(" verschiebt"),
    ]  # fmt: skip
    reihen = []
    for nr, gebiet in enumerate(bild.gebiete):
        spanne = bild.robustheit.spannen[nr]
        if spanne is None:
            texte: tuple[str, ...] = (gebiet.name, "x", "x", "", "", f" {describe_klasse(bild, nr)}")
        else:
            anteile = (
                format_zahl(anteil, 0, leer="x") for anteil in (share_gewichte(bild, nr), share_anders(bild, nr))
            )
            texte = (
                gebiet.name, str(bild.stufen.raenge[nr]), f"{spanne.von}–{spanne.bis}", *anteile,
                f" {describe_bewegung(bild, spanne)}",
            )  # fmt: skip
        reihen.append(Reihe(gebiet.schluessel, texte, nr))
    return spalten, reihen


def build_definition(bild: Indexbild, breite: int) -> tuple[list[Spalte], list[Reihe]]:
    """Parts with their weights, then the methods step by step."""
    del breite
    wirksam = bild.plan.wirksame_gewichte()
    spalten = [Spalte("Woraus er besteht"), Spalte("Wahl", 34), Spalte("wirkt mit", 11, "right")]
    reihen = []
    for i in bild.indikatoren:
        wie = "belastend" if i.richtung is Richtung.BELASTEND else "entlastend"
        gewicht = format_zahl(bild.plan.gewichte.get(i.kennung, 1.0), 2)
        name, wahl = f"{i.kennung} {i.name}", f"{wie}, Gewicht {gewicht}"
        texte = (name, wahl, f"{format_zahl(wirksam[i.kennung] * 100, 1)} %")
        reihen.append(Reihe(i.kennung, texte, f"{name}: {wahl}."))
    reihen += [
        Reihe(f"#{schritt}", (schritt, wahl, ""), f"{schritt}: {wahl}.") for schritt, wahl in describe_verfahren(bild)
    ]
    return spalten, reihen


def _kurz(name: str, kennung: str, platz: int) -> str:
    """Return the short name of an indicator where it fits, else its Kennung."""
    return name if name and len(name) <= platz else kennung


def _zahl(wert: float | None) -> str:
    return format_zahl(wert, 2, leer="x")


ANSICHTEN: Sequence[Ansicht] = (
    ("Ergebnis", build_ergebnis),
    ("Rechenstufen", build_stufen),
    ("Robustheit", build_robustheit),
    ("Definition", build_definition),
)
