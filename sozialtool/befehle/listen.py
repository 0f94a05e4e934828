"""The command `liste`: lists of the project to Excel and back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.befehle.teile import Befehle, Oeffnen, progress
from sozialtool.orte import als_pfad

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt, Unterschiede

LISTEN = (
    "indikatoren", "gebiete", "merkmale", "gewichte", "fachbereiche", "datenuebersicht", "bausteine", "gremien", "beteiligung",
    "einrichtungen",
    "versorgung", "stimmen", "bedarfe", "ziele", "massnahmen", "leistungen", "drucksachen", "foerderaufrufe", "befragungen", "referenzwerte",
    "bekannte_zahlen",
    "geheimhaltungsregeln", "indizes", "szenarien",
)  # fmt: skip
"""Lists of `liste`; those of `ablauf.vorlegen`."""


def build_commands(
    oeffnen: Oeffnen,
) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "liste": (
            "eine Liste nach Excel geben und wieder einlesen", add_liste, lambda angaben: run_liste(angaben, oeffnen)
        ),
    }  # fmt: skip


def add_liste(z: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    z.add_argument(
        "was", choices=("ausgeben", "einlesen"), metavar="WAS", help="ausgeben (nach Excel) oder einlesen (zurück)"
    )
    z.add_argument(
        "liste",
        choices=LISTEN,
        metavar="LISTE",
        help="eine von: " + ", ".join(LISTEN),
    )
    z.add_argument("datei", type=als_pfad, metavar="DATEI", help="Excel-Datei")
    z.add_argument("--uebernehmen", action="store_true", help="die Unterschiede übernehmen")


def run_liste(angaben: argparse.Namespace, oeffnen: Oeffnen) -> int:
    """Write a list, or read it and show (and take over) what changed."""
    from sozialtool import ablauf

    with oeffnen(angaben) as projekt:
        if angaben.was == "ausgeben":
            ablauf.export_liste(projekt, angaben.liste, angaben.datei)
            print(angaben.datei)
            return 0
        unterschiede = ablauf.import_liste(projekt, angaben.liste, angaben.datei)
        print("\n".join(unterschiede.zeilen()) or "Keine Unterschiede.")
        hinweise = ablauf.check_unterschiede(projekt, unterschiede)
        neu = ablauf.list_neu_zu_vereinbarende(projekt, unterschiede)
        for satz in (*neu, *ablauf.list_verweise(projekt, unterschiede.entfernt), *hinweise):
            konsole.say(f"! {satz}")
        _show_folgen(projekt, unterschiede)
        if unterschiede and angaben.uebernehmen:
            ablauf.save_liste(projekt, unterschiede)
            konsole.say("Die Änderungen sind übernommen; „sozialtool zurueck“ nimmt sie zurück.")
        elif unterschiede:
            konsole.say("Noch nichts geändert. Mit --uebernehmen wird die Liste übernommen.")
    return 1 if unterschiede and not angaben.uebernehmen else 0


def _show_folgen(projekt: Projekt, unterschiede: Unterschiede) -> None:
    """Say what a changed definition in a list would do to the figures, before it is taken over."""
    from sozialtool import ablauf
    from sozialtool.ablauf.vereinbarungstext import folgen_text

    folgen = ablauf.preview_liste(projekt, unterschiede, progress)
    if folgen is not None:
        print(f"\nWas sich dadurch ändert:\n\n{folgen_text(folgen)}")
