"""The command `referenzwerte`: figures of Kreis and Land from the files of those who publish them."""

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
        "referenzwerte": build_command(
            "Werte von Kreis, Land und Bund aus deren Dateien einlesen; einmal zugeordnet, liest sich die nächste von selbst",
            SCHRITTE,
            oeffnen,
            "profile",
        ),
    }


def _list(projekt: Projekt, _: argparse.Namespace) -> int:
    from sozialtool import ablauf

    zeilen = [
        f"{p.name}\t{p.raumspalte}\t{'; '.join(p.raeume)}\t{'; '.join(p.werte)}\t{p.quelle}"
        for p in ablauf.list_referenzprofile(projekt)
    ]
    print("\n".join(zeilen) or "Noch kein Profil. Anlegen: sozialtool referenzwerte zuordnen …")
    return 0


def _assign(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.fach.referenz import Referenzprofil

    profil = Referenzprofil(
        angaben.profil, angaben.raumspalte, tuple(angaben.raum), tuple(angaben.wert), angaben.quelle, angaben.jahrspalte
    )
    return say_change(ablauf.save_referenzprofil(projekt, profil))


def _read(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    vorschau = ablauf.preview_referenzen(projekt, angaben.datei, angaben.profil, angaben.jahr)
    konsole.say(f"Gelesen mit dem Profil „{vorschau.profil.name}“.")
    for hinweis in vorschau.hinweise:
        konsole.say(hinweis)
    print("\n".join(vorschau.zeilen) or "Keine Unterschiede.")
    if not vorschau.unterschiede:
        return 0
    if not angaben.uebernehmen:
        konsole.say("Noch nichts geändert. Mit --uebernehmen werden die Werte übernommen.")
        return 1
    return say_change(ablauf.save_liste(projekt, vorschau.unterschiede))


SCHRITTE: Schritte = {
    "profile": ("die Zuordnungen zeigen", (), True, _list),
    "zuordnen": (
        "einmal sagen, was Spalten und Zeilen einer Datei bedeuten",
        (
            arg("profil", metavar="PROFIL", help="kurzer Name, zum Beispiel INKAR"),
            arg("--raumspalte", required=True, metavar="KOPF", help="Spalte mit Namen oder Schlüssel der Räume"),
            arg("--raum", nargs="+", required=True, metavar="RAUM", help='"05170 = Kreis Wesel"'),
            arg("--wert", nargs="+", required=True, metavar="WERT", help='"Arbeitslosenquote = A01", mit Faktor "… = A01 * 0,1"'),
            arg("--jahrspalte", default="", metavar="KOPF", help="Spalte mit dem Jahr, wenn es eine gibt"),
            arg("--quelle", required=True, help="wer die Werte veröffentlicht und wo"),
        ),
        False,
        _assign,
    ),
    "einlesen": (
        "eine Datei mit dem passenden Profil lesen und die Unterschiede zeigen",
        (
            arg("datei", type=als_pfad, metavar="DATEI", help="Datei (xlsx, xls, ods, csv)"),
            arg("--profil", default="", help="welches Profil (sonst: das passende)"),
            arg("--jahr", type=int, default=0, help="Jahr der Werte, wenn die Datei keines nennt"),
            arg("--uebernehmen", action="store_true", help="die Werte übernehmen"),
        ),
        True,
        _read,
    ),
}  # fmt: skip
