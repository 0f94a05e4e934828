"""The commands `ausgeben` and `geheimhaltung`: what goes out, what has gone out, what is secret and why."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.befehle.teile import FREIGABE, Befehle, Oeffnen, add_angaben, add_was, progress, say_ausgegeben
from sozialtool.fach.blattwahl import BLAETTER, describe_ohne, find_ohne
from sozialtool.fehler import BedienFehler
from sozialtool.orte import als_pfad, zeige

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt

SCHRITTE = {
    "stand": "zeigen, was gesperrt ist und was schon hinausgegangen ist",
    "regeln": "zeigen, was die Quellen verlangen und welche Zahlen von außen bekannt sind",
    "erklaeren": "sagen, warum eine Kennzahl gesperrt ist und was ein Außenstehender über sie weiß",
    "pruefen": "eine geschriebene Arbeitsmappe durchsuchen, ob irgendwo etwas Geheimes steht",
    "zurueckziehen": "eine festgehaltene Veröffentlichung streichen, die doch nicht hinausging",
}
"""What `geheimhaltung` can do."""


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    hilfe = "zeigen, was gesperrt ist, warum, und was schon hinausgegangen ist"
    return {
        "ausgeben": (
            "die Monitoring-Arbeitsmappe schreiben",
            add_ausgeben,
            lambda angaben: run_ausgeben(angaben, oeffnen),
        ),
        "geheimhaltung": (hilfe, add_geheimhaltung, lambda angaben: run_geheimhaltung(angaben, oeffnen)),
    }


def add_ausgeben(z: argparse.ArgumentParser) -> None:
    """Add the arguments of `ausgeben`."""
    z.add_argument("--jahr", type=int, help="Berichtsjahr (sonst: das des Projekts)")
    z.add_argument("--drucksache", default="", metavar="NUMMER", help="Nummer der Drucksache für das Deckblatt")
    for schalter, hilfe in (("--blaetter", "nur diese Blätter"), ("--ohne", "alle Blätter außer diesen")):
        z.add_argument(
            schalter, nargs="+", default=[], metavar="BLATT", choices=tuple(BLAETTER), type=str.casefold,
            help=f"{hilfe}: {', '.join(BLAETTER)}; Geheimhaltung, Methoden und Zeichenerklärung sind immer dabei"
            if schalter == "--blaetter" else hilfe,
        )  # fmt: skip
    z.add_argument(
        "--barrierefrei", action="store_true",
        help="dazu die barrierefreie Ausgabe derselben Zahlen schreiben; mit --endgueltig gehört sie immer dazu",
    )  # fmt: skip
    z.add_argument(
        "--alles-drucken", action="store_true",
        help="auch die langen Tabellen von Vergleich, Verlauf und Geheimhaltung drucken; in der Datei stehen sie immer",
    )  # fmt: skip
    add_angaben(z, FREIGABE)


def run_ausgeben(angaben: argparse.Namespace, oeffnen: Oeffnen) -> int:
    """Write the workbook, as a draft or as the release that goes out."""
    from sozialtool import ablauf

    ohne = find_ohne(angaben.blaetter, angaben.ohne)
    with oeffnen(angaben) as projekt:
        jahr = angaben.jahr or projekt.kommune.berichtsjahr
        pfad = ablauf.ausgeben(
            projekt, jahr, angaben.drucksache, progress, grenzen_geprueft=angaben.grenzen_geprueft,
            bekanntes_hinnehmen=angaben.bekanntes_hinnehmen, endgueltig=angaben.endgueltig,
            begruendung=angaben.ohne_beratung, ohne=ohne, barrierefrei=angaben.barrierefrei, alles_drucken=angaben.alles_drucken,
        )  # fmt: skip
        frei = ablauf.barrierefrei_of(pfad)
        print(*(zeige(datei) for datei in (pfad, frei) if datei.exists()), sep="\n")
        if ohne:
            konsole.say(f"Ohne: {describe_ohne(ohne)}. Was geheim bleibt, ist über alle Blätter gerechnet.")
        say_ausgegeben(projekt, angaben, jahr)
    return 0


def add_geheimhaltung(z: argparse.ArgumentParser) -> None:
    """Add the arguments of `geheimhaltung`."""
    add_was(z, SCHRITTE)
    z.add_argument(
        "bezug",
        nargs="*",
        metavar="BEZUG",
        help="bei erklaeren: Indikator und Gebiet (A07 03); bei pruefen: die Datei; bei zurueckziehen: der Schlüssel (2025-1)",
    )
    z.add_argument("--jahr", type=int, default=0, help="Jahr (sonst: das Berichtsjahr)")


def run_geheimhaltung(angaben: argparse.Namespace, oeffnen: Oeffnen) -> int:
    """Do one step; 0 done, 1 something was found."""
    with oeffnen(angaben, nur_lesen=angaben.was != "zurueckziehen") as projekt:
        return _STEPS[angaben.was](projekt, angaben)


def _stand(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    jahr = angaben.jahr or projekt.kommune.berichtsjahr
    print(ablauf.describe_geheimhaltung(projekt, jahr))
    zeilen = ablauf.list_gesperrte(projekt, jahr)
    if zeilen:
        print(f"\n{jahr} steht deshalb ein Punkt (•) statt des Werts bei:")
        print(*(f"  {zeile}" for zeile in zeilen), sep="\n")
        print("Den Grund einer Stelle sagt: sozialtool geheimhaltung erklaeren KENNUNG GEBIET")
    veroeffentlicht = ablauf.list_veroeffentlichungen(projekt)
    if veroeffentlicht:
        print("\nVeröffentlicht:")
        for v in veroeffentlicht:
            print(f"  {v.schluessel}  {v.name}" + (f"\n      {v.vorbehalt}" if v.vorbehalt else ""))
    else:
        print("\nNoch ist keine Veröffentlichung festgehalten (sozialtool ausgeben --endgueltig).")
    befunde = ablauf.list_geheimbefunde(projekt)
    for text in befunde:
        konsole.say(text)
    return 1 if befunde else 0


def _rules(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool.ablauf.geheimtafel import build_bekanntentafel, build_regeltafel
    from sozialtool.ablauf.plantafel import tafel_text

    del angaben
    print(tafel_text(build_regeltafel(projekt), detail=True))
    print()
    print(tafel_text(build_bekanntentafel(projekt), detail=True))
    konsole.say("Ändern: F8 und g, oder mit „liste ausgeben geheimhaltungsregeln DATEI“ in Excel.")
    return 0


def _explain(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    if len(angaben.bezug) != 2:
        raise BedienFehler("Es fehlt, welche Kennzahl gemeint ist.", "Bitte Indikator und Gebiet angeben: A07 03.")
    jahr = angaben.jahr or projekt.kommune.berichtsjahr
    print(ablauf.explain_sperrung(projekt, angaben.bezug[0], angaben.bezug[1], jahr))
    return 0


def _check(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    if len(angaben.bezug) != 1:
        raise BedienFehler("Es fehlt, welche Arbeitsmappe geprüft werden soll.", "Bitte die Datei angeben.")
    pfad = als_pfad(angaben.bezug[0])
    befunde = ablauf.check_arbeitsmappe(projekt, pfad)
    for befund in befunde:
        print(f"{befund.blatt} {befund.zelle}".strip() + f": {befund.meldung} ({befund.code})")
    if not befunde:
        print(f"{zeige(pfad)}: nichts gefunden, was geheim bleiben muss.")
    return 1 if befunde else 0


def _withdraw(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    if len(angaben.bezug) != 1:
        raise BedienFehler("Es fehlt, welche Veröffentlichung gemeint ist.", "Bitte den Schlüssel angeben: 2025-1.")
    print(ablauf.withdraw_veroeffentlichung(projekt, angaben.bezug[0]).text)
    return 0


_STEPS: dict[str, Callable[[Projekt, argparse.Namespace], int]] = {
    "stand": _stand,
    "regeln": _rules,
    "erklaeren": _explain,
    "pruefen": _check,
    "zurueckziehen": _withdraw,
}
