"""The Mittelverteilung as tables: all scenarios side by side, and one with everything."""

from __future__ import annotations

from collections.abc import Sequence

from sozialtool.ablauf import Verteilungsbild, Verteilungszeile
from sozialtool.ablauf.verteilungstext import write_betrag
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.verteilung import Schluesselart
from sozialtool.tui.teile.tabelle import Reihe, Spalte

_NAME, _KOEPFE, _JE = 18, 8, 25
"""Cells of a name, of heads, of amount and difference of one scenario: two scenarios stand side by side on 80."""


def build_vergleich(
    bilder: Sequence[Verteilungsbild], erstes: int, breite: int
) -> tuple[list[Spalte], list[Reihe], int]:  # fmt: skip
    """Amount and gain or loss per head of as many scenarios as fit, from `erstes` on; also how many they are."""
    anzahl = max(1, (breite - _NAME - _KOEPFE) // _JE)
    gezeigt = bilder[erstes : erstes + anzahl]
    spalten = [Spalte("Sozialraum"), Spalte("Köpfe", _KOEPFE, "right")]
    for bild in gezeigt:
        einheit = bild.szenario.einheit.kurz
        spalten += [
            Spalte(bild.szenario.name, 13, "right", einheit),
            Spalte(f"+/− {_je(bild)}", _JE - 13, "right", einheit),
        ]
    je = [{z.gebiet.schluessel: z for z in bild.zeilen} for bild in gezeigt]
    alle = {z.gebiet.schluessel: z for bild in bilder for z in bild.zeilen}
    folge = sorted(alle.values(), key=lambda z: (z.gebiet.reihenfolge, z.gebiet.schluessel))
    reihen = []
    for zeile in folge:
        texte = [zeile.gebiet.name, format_zahl(_koepfe(je, zeile))]
        for teil, bild in zip(je, gezeigt, strict=True):
            texte += _paar(teil.get(zeile.gebiet.schluessel), bild)
        reihen.append(Reihe(zeile.gebiet.schluessel, tuple(texte), zeile.gebiet.schluessel))
    summe = [format_zahl(gezeigt[0].koepfe) if gezeigt else ""]
    for bild in gezeigt:
        summe += [format_zahl(bild.szenario.summe, bild.szenario.einheit.stellen), ""]
    reihen.append(Reihe("#summe", ("Zusammen", *summe), None, "bold"))
    return spalten, reihen, anzahl


def _koepfe(je: Sequence[dict[str, Verteilungszeile]], zeile: Verteilungszeile) -> float:
    """Heads of the first shown scenario; the others say theirs in their own view."""
    eigene = je[0].get(zeile.gebiet.schluessel) if je else None
    return eigene.koepfe if eigene is not None else zeile.koepfe


def _paar(zeile: Verteilungszeile | None, bild: Verteilungsbild) -> list[str]:
    if zeile is None:
        return ["–", ""]
    return [
        format_zahl(zeile.betrag, bild.szenario.einheit.stellen),
        format_zahl(zeile.differenz_je_kopf * bild.szenario.einheit.je, 2, plus=True),
    ]


def _je(bild: Verteilungsbild) -> str:
    """Short head of a column of amounts per head."""
    return "je Kopf" if bild.szenario.einheit.je == 1 else "je 1.000"


def build_szenario(bild: Verteilungsbild) -> tuple[list[Spalte], list[Reihe]]:
    """One scenario: after what, amount, per head, gain or loss, what is special."""
    einheit, art = bild.szenario.einheit, bild.szenario.art
    grund = {Schluesselart.KOEPFE: "", Schluesselart.BEDARF: "Fälle"}.get(art, "Faktor")
    spalten = [
        Spalte("Sozialraum", _NAME), Spalte("Köpfe", _KOEPFE, "right"),
        *((Spalte(grund, 8, "right"),) if grund else ()),
        Spalte("Betrag", 13, "right", einheit.kurz), Spalte(_je(bild), 9, "right", einheit.kurz),
        Spalte(f"+/− {_je(bild)}", 12, "right", einheit.kurz), Spalte(" "),
    ]  # fmt: skip
    reihen = []
    for z in bild.zeilen:
        wert = (
            format_zahl(z.bedarf, 1 if z.angesetzt else 0) if art is Schluesselart.BEDARF else format_zahl(z.faktor, 2)
        )
        texte = (
            z.gebiet.name, format_zahl(z.koepfe), *((wert,) if grund else ()), format_zahl(z.betrag, einheit.stellen),
            format_zahl(z.je_kopf * einheit.je, 2), format_zahl(z.differenz_je_kopf * einheit.je, 2, plus=True), f" {z.anmerkung}",
        )  # fmt: skip
        reihen.append(Reihe(z.gebiet.schluessel, texte, z.gebiet.schluessel))
    leer = ("",) if grund else ()
    summe = ("Zusammen", format_zahl(bild.koepfe), *leer, format_zahl(bild.szenario.summe, einheit.stellen), "", "", "")
    reihen.append(Reihe("#summe", summe, None, "bold"))
    return spalten, reihen


def describe_zeile(bild: Verteilungsbild, gebiet: str | None) -> str:
    """Say in one sentence what an area gets and against what."""
    zeile = next((z for z in bild.zeilen if z.gebiet.schluessel == gebiet), None)
    einheit = bild.szenario.einheit
    if zeile is None:
        return f"{bild.szenario.name}: {write_betrag(bild.szenario.summe, einheit)}, {bild.szenario.art.value}."
    mehr = write_betrag(abs(zeile.differenz), einheit)
    wie = "genauso viel wie" if not zeile.differenz else f"{mehr} {'mehr' if zeile.differenz > 0 else 'weniger'} als"
    return (
        f"{zeile.gebiet.name} bekommt {write_betrag(zeile.betrag, einheit)} ({format_zahl(zeile.je_kopf * einheit.je, 2)} {einheit.je_wort}), "
        f"{wie} bei: {bild.vergleich}{f' ({zeile.anmerkung})' if zeile.anmerkung else ''}."
    )
