"""The command `bericht`: write the Sozialbericht as Word, refresh one that has been written on, say what can be typed in it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.befehle.teile import Befehle, Oeffnen, Schritte, arg, build_command, progress
from sozialtool.orte import als_pfad, zeige

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "bericht": build_command(
            "den Sozialbericht als Word schreiben und später mit neuen Zahlen auffrischen",
            SCHRITTE,
            oeffnen,
            "schreiben",
        ),
    }


def _write(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    pfad = ablauf.write_sozialbericht(
        projekt, angaben.jahr or 0, angaben.drucksache, progress,
        felder=angaben.feld or (), raeume=angaben.raum or (),
        grenzen_geprueft=angaben.grenzen_geprueft,
        bekanntes_hinnehmen=angaben.bekanntes_hinnehmen,
    )  # fmt: skip
    print(zeige(pfad))
    konsole.say("Weiterschreiben in Word; neue Zahlen später mit „bericht auffrischen“.")
    return 0


def _refresh(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    pflege = ablauf.refresh_sozialbericht(
        projekt, angaben.datei, angaben.jahr or 0, progress, nach=angaben.nach, drucksache=angaben.drucksache,
        ueberschreiben=angaben.auch_geaenderte, grenzen_geprueft=angaben.grenzen_geprueft,
        bekanntes_hinnehmen=angaben.bekanntes_hinnehmen,
    )  # fmt: skip
    print(pflege.text)
    return 1 if pflege.fragt else 0


def _release(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    v = ablauf.release_sozialbericht(
        projekt, angaben.datei, angaben.drucksache, progress, grenzen_geprueft=angaben.grenzen_geprueft,
        bekanntes_hinnehmen=angaben.bekanntes_hinnehmen, begruendung=angaben.ohne_beratung,
    )  # fmt: skip
    for satz in ablauf.list_seither(projekt, v.jahr):
        konsole.say(f"! {satz}")
    konsole.say(f"Festgehalten: {v.name}. „sozialtool zurueck --trotzdem“ nimmt es zurück.")
    return 0


def _show_plaetze(_: Projekt | None, __: argparse.Namespace) -> int:
    from sozialtool.ablauf.berichtpflege import describe_plaetze

    print("\n".join(describe_plaetze()))
    return 0


_JAHR = arg("--jahr", type=int, help="Jahr der Zahlen (sonst: das Berichtsjahr)")
_DRUCKSACHE = arg("--drucksache", default="", help="Nummer der Drucksache")
_GRENZEN = arg(
    "--grenzen-geprueft", action="store_true", help="geprüft: aus Zahlen in früheren Grenzen folgt zusammen mit diesen nichts"
)  # fmt: skip
_BEKANNT = arg(
    "--bekanntes-hinnehmen", action="store_true",
    help="schreiben, obwohl frühere Veröffentlichungen eine geheime Zahl schon verraten haben",
)  # fmt: skip

SCHRITTE: Schritte = {
    "schreiben": (
        "den Bericht neu schreiben; einer, der schon da ist, bleibt liegen",
        (_JAHR, _DRUCKSACHE,
         arg("--feld", action="append", metavar="NAME", help="nur dieses Handlungsfeld (mehrmals möglich)"),
         arg("--raum", action="append", metavar="NAME", help="nur dieser Sozialraum (mehrmals möglich)"), _GRENZEN, _BEKANNT),
        True, _write,
    ),
    "auffrischen": (
        "neue Zahlen, Tabellen und Bilder in einen Bericht bringen, an dem weitergeschrieben wurde; eigene Worte bleiben",
        (arg("datei", type=als_pfad, metavar="DATEI", help="der Bericht (.docx), in Word geschlossen"), _JAHR, _DRUCKSACHE,
         arg("--nach", type=als_pfad, metavar="DATEI", help="in diese neue Datei schreiben, statt den Bericht zu ersetzen und vorher zu sichern"),
         arg("--auch-geaenderte", action="store_true", help="auch ersetzen, was von Hand überschrieben wurde"), _GRENZEN, _BEKANNT),
        True, _refresh,
    ),
    "festhalten": (
        "den fertigen Bericht als Veröffentlichung festhalten, wie er hinausgeht",
        (arg("datei", type=als_pfad, metavar="DATEI", help="der Bericht (.docx), in Word geschlossen"), _DRUCKSACHE,
         arg("--ohne-beratung", default="", metavar="GRUND", help="warum er hinausgeht, bevor ihn gesehen hat, wer Zahlen zuerst sehen soll"),
         _GRENZEN, _BEKANNT),
        False, _release,
    ),
    "felder": ("zeigen, was sich in Word in geschweiften Klammern schreiben lässt", (), None, _show_plaetze),
}  # fmt: skip
