"""The command `bausteine`: where the planning stands, since when, what proves it, what has changed since a paper."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.befehle.teile import Befehle, Oeffnen, Schritte, arg, build_command, say_change
from sozialtool.fehler import BedienFehler
from sozialtool.orte import als_pfad, zeige

if TYPE_CHECKING:
    import datetime as dt

    from sozialtool.ablauf import Projekt
    from sozialtool.ablauf.eingabehinweise import Bisher


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "bausteine": build_command(
            "den Weg der Sozialplanung: Stand, Verlauf, nächste Schritte, die Tabelle für den Rat",
            SCHRITTE,
            oeffnen,
            "stand",
        ),
    }


def _day(angaben: argparse.Namespace) -> dt.date | None:
    return konsole.read_tag(angaben.am, "--am")


def _today(angaben: argparse.Namespace) -> dt.date:
    import datetime as dt

    return _day(angaben) or dt.date.today()


def _show(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.bausteintext import bausteine_text

    print(bausteine_text(ablauf.describe_bausteine(projekt, _day(angaben))))
    return 0


def _show_verlauf(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool.ablauf.bausteintext import verlauf_text
    from sozialtool.fach.prozess import Umsetzungsstand, sort_staende

    saetze = [s for s in projekt.read(Umsetzungsstand) if angaben.baustein in (None, s.baustein)]
    print(verlauf_text(sort_staende(saetze)) or "Noch steht kein Satz da.")
    return 0


def _compare(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.bausteintext import aenderungen_text

    tag, wovon = ablauf.find_tag(projekt, angaben.seit)
    print(aenderungen_text(ablauf.compare_bausteine(projekt, tag, _day(angaben)), wovon))
    return 0


def _add_satz(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    bisher = ablauf.read_wegtexte(projekt)
    aenderung = ablauf.save_umsetzungsstand(
        projekt, angaben.baustein, _today(angaben), angaben.text, nachweise=angaben.nachweis, ueberholt=angaben.statt,
    )  # fmt: skip
    return _say_change(projekt, aenderung, bisher)


def _say_change(projekt: Projekt, aenderung: object, bisher: Bisher) -> int:
    """Say what changed, and before it what in it deserves a look; exit code 0."""
    from sozialtool import ablauf

    for satz in ablauf.check_seit(projekt, bisher):
        konsole.say(f"! {satz}")
    return say_change(aenderung)


def _outdate(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(ablauf.set_ueberholt(projekt, angaben.satz, _today(angaben)))


def _set_fortschritt(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.fach.prozess import Fortschritt

    return say_change(ablauf.set_fortschritt(projekt, angaben.bezug, Fortschritt(angaben.fortschritt), _day(angaben)))


def _set_schritt(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    alt = ablauf.find_bausteineintrag(projekt, angaben.bezug)
    wer = alt.zustaendig if angaben.zustaendig is None else angaben.zustaendig
    bis = konsole.read_tag(angaben.bis, "--bis")
    bisher = ablauf.read_wegtexte(projekt)
    return _say_change(projekt, ablauf.set_schritt(projekt, angaben.bezug, wer, angaben.text, bis), bisher)


def _set_nachweise(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(ablauf.set_nachweise(projekt, angaben.inhalt, angaben.nachweise))


def _import(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    tag = _day(angaben)
    if tag is None:
        raise BedienFehler(
            "Es fehlt, von wann die Tabelle ist.", "Bitte mit --am angeben, zum Beispiel --am 15.08.2024."
        )
    unterschiede = ablauf.import_bausteintabelle(projekt, angaben.datei, tag)
    print("\n".join(unterschiede.zeilen()) or "Keine Unterschiede.")
    for satz in ablauf.check_unterschiede(projekt, unterschiede):
        konsole.say(f"! {satz}")
    if unterschiede and angaben.uebernehmen:
        ablauf.save_liste(projekt, unterschiede)
        konsole.say("Die Tabelle ist übernommen; „sozialtool zurueck“ nimmt es zurück.")
    elif unterschiede:
        konsole.say("Noch nichts geändert. Mit --uebernehmen wird die Tabelle übernommen.")
    return 1 if unterschiede and not angaben.uebernehmen else 0


def _write(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    for pfad in ablauf.write_bausteine(projekt, _day(angaben), angaben.seit, angaben.drucksache):
        print(zeige(pfad))
    return 0


_AM = arg("--am", metavar="DATUM", help="Tag, um den es geht (sonst: heute)")
_BAUSTEIN = arg("baustein", type=int, metavar="NUMMER", help="Nummer des Bausteins, 1 bis 6")
_BEZUG = arg("bezug", metavar="BEZUG", help="Nummer des Bausteins (3) oder Schlüssel des Inhalts (3.1)")
_SEIT = "Tag, Nummer einer Drucksache oder Schlüssel einer Veröffentlichung"
SCHRITTE: Schritte = {
    "stand": ("zeigen, wo die Bausteine an einem Tag standen", (_AM,), True, _show),
    "verlauf": (
        "alle Sätze mit Datum und Schlüssel zeigen",
        (arg("baustein", nargs="?", type=int, metavar="NUMMER", help="nur dieser Baustein"),), True, _show_verlauf,
    ),
    "aenderungen": (
        "zeigen, was sich seit einer Drucksache oder einem Tag geändert hat",
        (arg("seit", metavar="SEIT", help=_SEIT), _AM), True, _compare,
    ),
    "satz": (
        "einen Satz mit Datum eintragen, wo der Baustein steht",
        (_BAUSTEIN, arg("text", metavar="TEXT", help="der Satz"), _AM,
         arg("--nachweis", action="append", default=[], metavar="NACHWEIS", help='was es beweist, zum Beispiel "Indikator A07"'),
         arg("--statt", action="append", default=[], metavar="SATZ", help="Schlüssel eines Satzes, den er ablöst")),
        False, _add_satz,
    ),
    "ueberholt": (
        "festhalten, dass ein Satz nicht mehr gilt",
        (arg("satz", metavar="SATZ", help="Schlüssel des Satzes"), _AM), False, _outdate,
    ),
    "fortschritt": (
        "setzen, wie weit ein Baustein oder Inhalt ist",
        (_BEZUG, arg("fortschritt", choices=("offen", "läuft", "vereinbart", "fertig"), metavar="FORTSCHRITT",
                     help="offen, läuft, vereinbart oder fertig"), _AM),
        False, _set_fortschritt,
    ),
    "schritt": (
        "den nächsten Schritt eintragen; leerer Text: keiner",
        (_BEZUG, arg("text", metavar="TEXT", help="was als Nächstes geschieht"),
         arg("--zustaendig", metavar="ROLLE", help="Stelle oder Rolle, keine Person (sonst: wie bisher)"),
         arg("--bis", metavar="DATUM", help="bis wann")),
        False, _set_schritt,
    ),
    "nachweise": (
        "eintragen, was den Stand eines Inhalts beweist; ohne Nachweis: keiner mehr",
        (arg("inhalt", metavar="INHALT", help="Schlüssel des Inhalts (3.1)"),
         arg("nachweise", nargs="*", metavar="NACHWEIS", help='zum Beispiel "Gebietsstand 2025" "Indikator A07"')),
        False, _set_nachweise,
    ),
    "einlesen": (
        "die Tabelle einer Drucksache übernehmen (Word, Excel oder csv)",
        (arg("datei", type=als_pfad, metavar="DATEI", help="drei Spalten wie im Rat, oder baustein;art;text"), _AM,
         arg("--uebernehmen", action="store_true", help="die Unterschiede übernehmen")),
        True, _import,
    ),
    "ausgeben": (
        "die Tabelle für den Rat als Excel und Word schreiben",
        (_AM, arg("--seit", default="", metavar="SEIT", help=f"auch, was sich geändert hat: {_SEIT}"),
         arg("--drucksache", default="", metavar="NUMMER", help="Nummer der Drucksache")),
        True, _write,
    ),
}  # fmt: skip
"""Step → (help, arguments, whether it only reads, what it does)."""
