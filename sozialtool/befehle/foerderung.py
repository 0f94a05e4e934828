"""The command `foerdernachweis`: Sozialräume against the town for a funding call, as text, one page of Word and one sheet."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.befehle.teile import ENTWURF, FREIGABE, Angabe, Befehle, Oeffnen, Schritt, add_steps, arg, progress
from sozialtool.orte import zeige

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "foerdernachweis": (
            "für einen Förderaufruf zeigen und schreiben, wie Sozialräume gegen die Stadt stehen",
            lambda z: add_steps(z, {name: (hilfe, angaben) for name, (hilfe, angaben, _, _) in SCHRITTE.items()}),
            lambda angaben: _run(angaben, oeffnen),
        ),
    }


def _run(angaben: argparse.Namespace, oeffnen: Oeffnen) -> int:
    _, _, nur_lesen, tun = SCHRITTE[angaben.was or "liste"]
    endgueltig = getattr(angaben, "endgueltig", False)
    with oeffnen(angaben, nur_lesen=nur_lesen and not endgueltig) as projekt:
        return tun(projekt, angaben)


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
    if not angaben.endgueltig:
        konsole.say(ENTWURF)
    return 0


_AUFRUF = arg(
    "aufruf", nargs="?", default="", metavar="AUFRUF", help="Schlüssel des Förderaufrufs (sonst: der einzige)"
)
_JAHR = arg("--jahr", type=int, help="neuestes Jahr der Zahlen (sonst: das Berichtsjahr)")

SCHRITTE: dict[str, tuple[str, tuple[Angabe, ...], bool, Schritt]] = {
    "liste": ("Förderaufrufe zeigen; bearbeitet werden sie als Excel-Liste „foerderaufrufe“", (), True, _list),
    "zeigen": ("die Zahlen, Sätze, Bedarfe und Maßnahmen eines Nachweises zeigen", (_AUFRUF, _JAHR), True, _show),
    "ausgeben": ("den Nachweis schreiben: eine Seite Word, ein Blatt Excel", (_AUFRUF, _JAHR, *FREIGABE), True, _write),
}
