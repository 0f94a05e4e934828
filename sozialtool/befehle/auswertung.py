"""The command `auswerten`: what the figures carry."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sozialtool.befehle.teile import Befehle, Oeffnen, Schritte, arg, build_command, progress

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt


_JAHR = arg("--jahr", type=int, help="Jahr der Zahlen (sonst: das Berichtsjahr)")


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "auswerten": build_command(
            "sagen, was die Zahlen tragen: Vergleiche, Veränderungen, Trends", AUSWERTEN, oeffnen
        ),
    }


def _indikator(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.auswertungstext import auswertung_text

    ergebnis = ablauf.evaluate_indikator(projekt, angaben.indikator, angaben.jahr, progress)
    print(auswertung_text(ergebnis, einzeln=not angaben.kurz))
    return 0


def _alle(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.auswertungstext import auffaellige_text

    auswertungen = ablauf.evaluate_alle(projekt, angaben.jahr, progress)
    print(auffaellige_text(auswertungen, ablauf.count_auffaellige(auswertungen)))
    return 0


def _bevoelkerung(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.auswertungstext import bevoelkerung_text

    print(bevoelkerung_text(ablauf.describe_gesamtbild(projekt, angaben.jahr, progress)))
    return 0


def _segregation(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.auswertungstext import segregation_text

    print(
        segregation_text(ablauf.describe_gesamtbild(projekt, angaben.jahr, progress, gruppen=tuple(angaben.merkmale)))
    )
    return 0


def _standardisiert(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.auswertungstext import standard_text

    bild = ablauf.describe_gesamtbild(projekt, angaben.jahr, progress)
    print(standard_text(bild, ablauf.monitoring(projekt, angaben.jahr).gebiete))
    return 0


AUSWERTEN: Schritte = {
    "indikator": (
        "einen Indikator in allen Gebieten: gegen Stadt, Ortsteil und Referenzwerte, Veränderung und Trend",
        (arg("indikator", metavar="KENNUNG", help="Kennung des Indikators"), _JAHR,
         arg("--kurz", action="store_true", help="nur die Zahlen, ohne Sätze")),
        True, _indikator,
    ),
    "alle": ("welche Gebiete bei welchem Indikator auffallen, und wie viele es durch Zufall wären", (_JAHR,), True, _alle),
    "bevoelkerung": ("Bevölkerungsentwicklung der Gebiete, mit Salden", (_JAHR,), True, _bevoelkerung),
    "segregation": (
        "wie ungleich Gruppen über die Gebiete verteilt sind, bereinigt um den Zufall",
        (arg("merkmale", nargs="*", metavar="MERKMAL", help="Schlüssel von Gruppen (sonst: die üblichen)"), _JAHR),
        True, _segregation,
    ),
    "standardisiert": ("altersstandardisierte Quoten neben den einfachen", (_JAHR,), True, _standardisiert),
}  # fmt: skip
"""Step → (help, arguments, what it does)."""
