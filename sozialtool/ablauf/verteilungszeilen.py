"""A Mittelverteilung as lines of text for the command."""

from __future__ import annotations

from collections.abc import Sequence

from sozialtool.ablauf.verteilungsbild import Verteilungsbild, Verteilungszeile
from sozialtool.ablauf.verteilungstext import write_betrag
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.verteilung import Mitteleinheit


def verteilungen_text(bilder: Sequence[Verteilungsbild]) -> str:
    """Write each scenario as a table separated by tabs, with its assumptions below."""
    return "\n\n".join(_one(bild) for bild in bilder)


def _one(bild: Verteilungsbild) -> str:
    einheit = bild.szenario.einheit
    return "\n".join([
        f"{bild.szenario.name} {bild.jahr}",
        f"Gebiet\tKöpfe\tBetrag\t{einheit.je_wort}\tmehr/weniger\t{einheit.je_wort}\tBesonderheit",
        *(_line(zeile, einheit) for zeile in bild.zeilen),
        f"Zusammen\t{format_zahl(bild.koepfe)}\t{write_betrag(bild.szenario.summe, einheit)}",
        "Annahmen:",
        *(f"– {satz}" for satz in bild.annahmen),
    ])  # fmt: skip


def _line(zeile: Verteilungszeile, einheit: Mitteleinheit) -> str:
    teile = (
        zeile.gebiet.name, format_zahl(zeile.koepfe), write_betrag(zeile.betrag, einheit), format_zahl(zeile.je_kopf * einheit.je, 2),
        write_betrag(zeile.differenz, einheit, plus=True), format_zahl(zeile.differenz_je_kopf * einheit.je, 2, plus=True),
        zeile.anmerkung,
    )  # fmt: skip
    return "\t".join(teile).rstrip()
