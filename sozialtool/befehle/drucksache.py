"""The command `drucksache`: council papers begun, shown, written, handed in; what a correction changes in them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.befehle.teile import (
    BRIEFBOGEN,
    ENTWURF,
    FREIGABE,
    Befehle,
    Oeffnen,
    Schritte,
    arg,
    build_command,
    progress,
    say_ausgegeben,
    say_change,
    say_geschrieben,
)
from sozialtool.fehler import ProjektGesperrt
from sozialtool.orte import zeige

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "drucksache": build_command(
            "Drucksachen anlegen, zeigen, als Word schreiben und nach einer Berichtigung korrigieren",
            SCHRITTE,
            lambda angaben, **wie: (
                _open_check(angaben, oeffnen) if angaben.was == _PRUEFEN else oeffnen(angaben, **wie)
            ),
            "liste",
        ),
    }


def _open_check(angaben: argparse.Namespace, oeffnen: Oeffnen) -> Projekt:
    """Open for writing, so that it is kept that nothing differs; for reading alone where somebody else writes."""
    try:
        return oeffnen(angaben, nur_lesen=False)
    except ProjektGesperrt:
        return oeffnen(angaben, nur_lesen=True)


def _list(projekt: Projekt, _: argparse.Namespace) -> int:
    from sozialtool.ablauf.drucksachentafel import build_drucksachentafel
    from sozialtool.ablauf.plantafel import tafel_text

    print(tafel_text(build_drucksachentafel(projekt)))
    return 0


def _show(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool.ablauf.drucksachentafel import build_teiletafel
    from sozialtool.ablauf.plantafel import tafel_text

    print(tafel_text(build_teiletafel(projekt, angaben.nummer), detail=True))
    return 0


def _create(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(
        ablauf.create_drucksache(projekt, angaben.nummer, angaben.jahr or 0, konsole.read_tag(angaben.am, "--am"))
    )


def _renew(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(ablauf.renew_beratungsfolge(projekt, angaben.nummer))


def _renumber(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(ablauf.renumber_drucksache(projekt, angaben.nummer, angaben.neu))


def _fields(_: Projekt | None, __: argparse.Namespace) -> int:
    from sozialtool.ablauf.drucksachenwort import WEITERE
    from sozialtool.ablauf.textfelder import describe_felder

    print("\n".join(describe_felder(WEITERE)))
    return 0


def _write(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    ergebnis = ablauf.issue_drucksache(
        projekt, angaben.nummer, progress, stand=konsole.read_tag(angaben.am, "--am"), briefbogen=angaben.briefbogen,
        grenzen_geprueft=angaben.grenzen_geprueft, bekanntes_hinnehmen=angaben.bekanntes_hinnehmen,
        endgueltig=angaben.endgueltig, begruendung=angaben.ohne_beratung,
    )  # fmt: skip
    code = say_geschrieben(ergebnis)
    say_ausgegeben(projekt, angaben, ablauf.describe_drucksache(projekt, angaben.nummer).jahr)
    return code


def _check(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.korrekturtafel import build_korrekturtafel
    from sozialtool.ablauf.plantafel import tafel_text

    bild = ablauf.find_korrekturen(projekt, progress)
    print(tafel_text(build_korrekturtafel(projekt, bild), detail=angaben.ausfuehrlich))
    return 1 if bild else 0


def _correct(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    pfad = ablauf.issue_korrektur(
        projekt, angaben.anlass, progress, stand=konsole.read_tag(angaben.am, "--am"), nummer=angaben.nummer,
        briefbogen=angaben.briefbogen, grenzen_geprueft=angaben.grenzen_geprueft,
        bekanntes_hinnehmen=angaben.bekanntes_hinnehmen, endgueltig=angaben.endgueltig, begruendung=angaben.ohne_beratung,
    )  # fmt: skip
    print(zeige(pfad))
    hinweise = ablauf.say_briefbogen(projekt, angaben.briefbogen)
    for hinweis in hinweise:
        konsole.say(f"! {hinweis}")
    if not angaben.endgueltig:
        konsole.say(ENTWURF)
    return 1 if hinweise else 0


_NUMMER = arg("nummer", metavar="NUMMER", help="Nummer der Drucksache, zum Beispiel 17/801")
_AM = arg("--am", metavar="DATUM", help="Tag (sonst: heute)")

_PRUEFEN = "berichtigungen"
SCHRITTE: Schritte = {
    "liste": ("die Drucksachen zeigen, mit dem, was zu ihnen festgehalten ist", (), True, _list),
    "zeigen": ("eine Drucksache mit Beratungsfolge, Textbausteinen und Anlagen zeigen", (_NUMMER,), True, _show),
    "anlegen": (
        "eine Drucksache zum Monitoring beginnen: Beratungsfolge aus den Sitzungen, fertige Textbausteine, Anlage",
        (_NUMMER, arg("--jahr", type=int, help="Jahr der Zahlen (sonst: das Berichtsjahr)"), _AM), False, _create,
    ),
    "beratungsfolge": ("die Beratungsfolge neu aus den Sitzungen übernehmen", (_NUMMER,), False, _renew),
    "nummer": (
        "einer Drucksache ihre endgültige Nummer geben",
        (_NUMMER, arg("neu", metavar="NEU", help="die neue Nummer")), False, _renumber,
    ),
    "felder": ("zeigen, was in Texten eingesetzt werden kann: {A07}, {A07 Rheinfeld Nord}, {Jahr} …", (), None, _fields),
    "schreiben": (
        "die Drucksache als Word schreiben; mit --endgueltig wird festgehalten, welche Zahlen darin hinausgehen",
        (_NUMMER, _AM, BRIEFBOGEN, *FREIGABE), False, _write,
    ),
    _PRUEFEN: (
        "zeigen, welche veröffentlichten Zahlen sich seither geändert haben, und in welcher Drucksache sie stehen",
        (arg("--ausfuehrlich", action="store_true", help="zu jeder Zeile alles, was dazu gehört"),), True, _check,
    ),
    "korrektur": (
        "die Korrekturmitteilung als Word schreiben: bisher veröffentlichte und berichtigte Zahlen",
        (arg("--anlass", default="", metavar="TEXT", help="warum berichtigt wird (sonst: aus den neuen Lieferungen)"),
         arg("--nummer", default="", metavar="NUMMER", help="Nummer der Drucksache, mit der die Mitteilung hinausgeht"),
         _AM, BRIEFBOGEN, *FREIGABE), False, _correct,
    ),
}  # fmt: skip
