"""The command `auswerten`: what the figures carry."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sozialtool.befehle.teile import Angabe, Befehle, Oeffnen, Schritt, add_steps, arg, progress
from sozialtool.fehler import BedienFehler

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt


_JAHR = arg("--jahr", type=int, help="Jahr der Zahlen (sonst: das Berichtsjahr)")


def build_commands(
    oeffnen: Oeffnen,
) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "auswerten": (
            "sagen, was die Zahlen tragen: Vergleiche, Veränderungen, Trends",
            lambda z: add_steps(z, {name: (hilfe, angaben) for name, (hilfe, angaben, _) in AUSWERTEN.items()}),
            lambda angaben: run_auswerten(angaben, oeffnen),
        ),
    }


def run_auswerten(angaben: argparse.Namespace, oeffnen: Oeffnen) -> int:
    """Do one step.

    Raises:
        BedienFehler: none was named.
    """
    if angaben.was is None:
        raise BedienFehler(f"Es fehlt, was zu tun ist: {', '.join(AUSWERTEN)}.", "Hilfe: sozialtool auswerten --hilfe")
    with oeffnen(angaben, nur_lesen=True) as projekt:
        return AUSWERTEN[angaben.was][2](projekt, angaben)


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


AUSWERTEN: dict[str, tuple[str, tuple[Angabe, ...], Schritt]] = {
    "indikator": (
        "einen Indikator in allen Gebieten: gegen Stadt, Ortsteil und Referenzwerte, Veränderung und Trend",
        (arg("indikator", metavar="KENNUNG", help="Kennung des Indikators"), _JAHR,
         arg("--kurz", action="store_true", help="nur die Zahlen, ohne Sätze")),
        _indikator,
    ),
    "alle": ("welche Gebiete bei welchem Indikator auffallen, und wie viele es durch Zufall wären", (_JAHR,), _alle),
    "bevoelkerung": ("Bevölkerungsentwicklung der Gebiete, mit Salden", (_JAHR,), _bevoelkerung),
    "segregation": (
        "wie ungleich Gruppen über die Gebiete verteilt sind, bereinigt um den Zufall",
        (arg("merkmale", nargs="*", metavar="MERKMAL", help="Schlüssel von Gruppen (sonst: die üblichen)"), _JAHR),
        _segregation,
    ),
    "standardisiert": ("altersstandardisierte Quoten neben den einfachen", (_JAHR,), _standardisiert),
}  # fmt: skip
"""Step → (help, arguments, what it does)."""
