"""The command `beteiligung`: who takes part where, what came of it, what is missing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.befehle.teile import Befehle, Oeffnen, Schritte, arg, build_command
from sozialtool.orte import zeige

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "beteiligung": build_command(
            "Beteiligung nach Ebene, Phase und Gruppe: geplant, gelaufen, was daraus wurde, was fehlt",
            SCHRITTE,
            oeffnen,
            "matrix",
        ),
    }


def _show_matrix(projekt: Projekt, angaben: argparse.Namespace) -> int:
    """Show the matrix and what is missing; 1 where something indispensable is."""
    from sozialtool import ablauf
    from sozialtool.ablauf.beteiligungsbild import say_fehlend
    from sozialtool.ablauf.beteiligungstafeln import build_matrix
    from sozialtool.ablauf.plantafel import tafel_text

    print(tafel_text(build_matrix(projekt, angaben.gebiet)))
    fehlend = [z for z in ablauf.describe_beteiligung(projekt, angaben.gebiet) if z.unverzichtbar and z.fehlend]
    for zeile in fehlend:
        konsole.say(f"{zeile.phase.value}: {say_fehlend(zeile)}")
    return 1 if fehlend else 0


def _show_liste(projekt: Projekt, _: argparse.Namespace) -> int:
    from sozialtool.ablauf.beteiligungstafeln import build_beteiligungstafel
    from sozialtool.ablauf.plantafel import tafel_text

    print(tafel_text(build_beteiligungstafel(projekt), detail=True))
    return 0


def _write(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    for pfad in ablauf.write_beteiligung(projekt, konsole.read_tag(angaben.am, "--am"), angaben.drucksache):
        print(zeige(pfad))
    return 0


SCHRITTE: Schritte = {
    "matrix": (
        "zeigen, wer sich in welcher Phase beteiligt und was fehlt",
        (arg("--gebiet", default="", metavar="SOZIALRAUM", help="nur dieser Sozialraum (Schlüssel oder Name)"),), True, _show_matrix,
    ),
    "liste": ("alles Geplante und Gelaufene zeigen, mit dem, was daraus wurde", (), True, _show_liste),
    "ausgeben": (
        "Matrix, Lücken und Liste als Excel und Word schreiben",
        (arg("--am", metavar="DATUM", help="Stand (sonst: heute)"), arg("--drucksache", default="", metavar="NUMMER", help="Nummer der Drucksache")),
        True, _write,
    ),
}  # fmt: skip
"""Step → (help, arguments, whether it only reads, what it does); entering goes by `eintrag setzen beteiligung`."""
