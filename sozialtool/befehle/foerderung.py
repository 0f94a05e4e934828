"""The command `foerdernachweis`: Sozialräume against the town for a funding call, as text, one page of Word and one sheet."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sozialtool.befehle.teile import FREIGABE, Befehle, Oeffnen, Schritte, arg, build_command, progress, say_ausgegeben
from sozialtool.orte import zeige

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "foerdernachweis": build_command(
            "für einen Förderaufruf zeigen und schreiben, wie Sozialräume gegen die Stadt stehen",
            SCHRITTE,
            oeffnen,
            "liste",
        ),
    }


def _list(projekt: Projekt, _: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.plantafel import tafel_text

    print(tafel_text(ablauf.build_plantafel(projekt, "foerderaufrufe"), detail=True))
    return 0


def _show(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.foerdertext import build_foerdertafel
    from sozialtool.ablauf.plantafel import tafel_text

    nachweis = ablauf.compute_foerdernachweis(projekt, angaben.aufruf, angaben.jahr or 0, progress)
    print(tafel_text(build_foerdertafel(nachweis), detail=True))
    return 1 if nachweis.fehlend else 0


def _write(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    pfade = ablauf.write_foerdernachweis(
        projekt,
        angaben.aufruf,
        angaben.jahr or 0,
        progress,
        endgueltig=angaben.endgueltig,
        grenzen_geprueft=angaben.grenzen_geprueft,
        bekanntes_hinnehmen=angaben.bekanntes_hinnehmen,
        begruendung=angaben.ohne_beratung,
    )
    print("\n".join(zeige(pfad) for pfad in pfade))
    say_ausgegeben(projekt, angaben, angaben.jahr or projekt.kommune.berichtsjahr)
    return 0


_AUFRUF = arg(
    "aufruf", nargs="?", default="", metavar="AUFRUF", help="Schlüssel des Förderaufrufs (sonst: der einzige)"
)
_JAHR = arg("--jahr", type=int, help="neuestes Jahr der Zahlen (sonst: das Berichtsjahr)")

SCHRITTE: Schritte = {
    "liste": ("Förderaufrufe zeigen; bearbeitet werden sie als Excel-Liste „foerderaufrufe“", (), True, _list),
    "zeigen": ("die Zahlen, Sätze, Bedarfe und Maßnahmen eines Nachweises zeigen", (_AUFRUF, _JAHR), True, _show),
    "ausgeben": ("den Nachweis schreiben: eine Seite Word, ein Blatt Excel", (_AUFRUF, _JAHR, *FREIGABE), True, _write),
}
