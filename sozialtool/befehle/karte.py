"""The command `karte`: the map of tiles as text, where the tiles stand, and outlines from a GeoJSON file."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.befehle.teile import Befehle, Oeffnen, Schritte, arg, build_command, say_change
from sozialtool.orte import als_pfad

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "karte": build_command(
            "die Kachelkarte zeigen und legen, Umrisse der Gebiete einlesen", KARTE, oeffnen, "zeigen"
        ),
    }


def _zeigen(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.kartentext import karte_text, werte_text

    karte = ablauf.read_kacheln(projekt)
    kennung = angaben.indikator
    if kennung:
        print(werte_text(karte, ablauf.monitoring(projekt, angaben.jahr), kennung))
    else:
        print(karte_text(karte))
    return 0


def _setzen(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(ablauf.move_kachel(projekt, angaben.gebiet, angaben.spalte - 1, angaben.zeile - 1))


def _anordnen(projekt: Projekt, _: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(ablauf.arrange_kacheln(projekt))


def _umrisse(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    lesung = ablauf.read_umrisse(projekt, angaben.datei)
    print("\n".join(lesung.zeilen()))
    if angaben.uebernehmen:
        say_change(ablauf.save_umrisse(projekt, lesung))
    else:
        konsole.say("Noch nichts geändert. Mit --uebernehmen werden die Umrisse übernommen.")
    return 1 if lesung.ohne_umriss or lesung.fremde else 0


KARTE: Schritte = {
    "zeigen": (
        "die Kachelkarte zeigen, auf Wunsch mit den Werten eines Indikators",
        (arg("indikator", nargs="?", default="", metavar="KENNUNG", help="dieser Indikator (sonst: die Schlüssel)"),
         arg("--jahr", type=int, help="Jahr (sonst: das Berichtsjahr)")),
        True, _zeigen,
    ),
    "setzen": (
        "eine Kachel in eine Spalte und Zeile legen; liegt dort schon eine, tauschen beide",
        (arg("gebiet", metavar="GEBIET", help="Schlüssel oder Name des Sozialraums"),
         arg("spalte", type=int, metavar="SPALTE", help="von links, ab 1; 0 legt links davor"),
         arg("zeile", type=int, metavar="ZEILE", help="von oben, ab 1; 0 legt darüber")),
        False, _setzen,
    ),
    "anordnen": ("alle Kacheln neu legen: nach den Umrissen, sonst der Reihe nach", (), False, _anordnen),
    "umrisse": (
        "Umrisse aus einer GeoJSON-Datei lesen und auf Wunsch übernehmen",
        (arg("datei", type=als_pfad, metavar="DATEI", help="GeoJSON (.geojson, .json)"),
         arg("--uebernehmen", action="store_true", help="die Umrisse übernehmen")),
        True, _umrisse,
    ),
}  # fmt: skip
"""Step → (help, arguments, whether it only reads, what it does)."""
