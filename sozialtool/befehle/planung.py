"""The command `planung`: inventory and supply, voices, needs, goals, measures and their controlling."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sozialtool.befehle.teile import Angabe, Befehle, Oeffnen, Schritt, add_steps, arg

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt

_Eintrag = tuple[str, tuple[Angabe, ...], bool, Schritt]


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "planung": (
            "Bestand, Stimmen, Bedarfe, Ziele und Maßnahmen zeigen, ändern und auswerten",
            lambda z: add_steps(z, {name: (hilfe, angaben) for name, (hilfe, angaben, _, _) in SCHRITTE.items()}),
            lambda angaben: _run(angaben, oeffnen),
        ),
    }


def _run(angaben: argparse.Namespace, oeffnen: Oeffnen) -> int:
    _, _, nur_lesen, tun = SCHRITTE[angaben.was or "bestand"]
    with oeffnen(angaben, nur_lesen=nur_lesen) as projekt:
        return tun(projekt, angaben)


def _show_bestand(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool.ablauf.bestandstafel import build_bestandstafel
    from sozialtool.ablauf.plantafel import tafel_text

    tafel = build_bestandstafel(projekt, getattr(angaben, "gebiet", ""), getattr(angaben, "art", ""))
    print(tafel_text(tafel, detail=getattr(angaben, "ausfuehrlich", False)))
    return 0


def _show_versorgung(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.bestandstafel import build_auffaelligentafel, build_versorgungstafel
    from sozialtool.ablauf.plantafel import tafel_text

    bilder = ablauf.compute_versorgungen(projekt, angaben.jahr or 0)
    if angaben.mass:
        gefragt = {ablauf.find_mass(projekt, name).schluessel for name in angaben.mass}
        tafeln = [build_versorgungstafel(bild) for bild in bilder if bild.mass.schluessel in gefragt]
    else:
        tafeln = [build_auffaelligentafel(bilder)]
    print("\n\n".join(tafel_text(tafel, detail=angaben.ausfuehrlich) for tafel in tafeln))
    return 0


_JAHR = arg("--jahr", type=int, help="Jahr der Zahlen (sonst: das Berichtsjahr)")
_AUSFUEHRLICH = arg("--ausfuehrlich", action="store_true", help="zu jeder Zeile alles, was dazu gehört")

SCHRITTE: dict[str, _Eintrag] = {
    "bestand": (
        "Einrichtungen und Angebote zeigen",
        (arg("--gebiet", default="", help="nur dieser Sozialraum (Schlüssel)"), arg("--art", default="", help="nur diese Art"), _AUSFUEHRLICH),
        True,
        _show_bestand,
    ),
    "versorgung": (
        "Plätze und Orte je Zielgruppe gegen die Stadt zeigen; ohne Angabe Lücken und mögliche Doppelungen",
        (arg("mass", nargs="*", metavar="WORAN", help="zum Beispiel kita pflege"), _JAHR, _AUSFUEHRLICH),
        True,
        _show_versorgung,
    ),
}  # fmt: skip
