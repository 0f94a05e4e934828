"""The commands `strassen` and `register`: the Straßenverzeichnis, spellings decided once, lists of people counted by it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.befehle.teile import Oeffnen, add_was, say_change
from sozialtool.fehler import BedienFehler
from sozialtool.orte import als_pfad

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt
    from sozialtool.fach.strasse import Strassenabschnitt

KEINE = "-"
"""Written for "no street of the town"."""

SCHRITTE = {
    "pruefen": "das Straßenverzeichnis des Projekts auf Lücken und Überschneidungen prüfen",
    "einlesen": "ein Straßenverzeichnis lesen und prüfen; mit --uebernehmen an die Stelle des bisherigen setzen",
    "suchen": "sagen, in welchem kleinsten Gebiet eine Adresse liegt (mit --adresse)",
    "schreibweisen": "entschiedene Schreibweisen zeigen",
    "entscheiden": "eine Schreibweise entscheiden (mit --schreibweise und --strasse)",
}
"""What `strassen` can do."""


def add_strassen(z: argparse.ArgumentParser) -> None:
    """Add the arguments of `strassen`."""
    add_was(z, SCHRITTE, "pruefen")
    z.add_argument("datei", nargs="?", type=als_pfad, metavar="DATEI", help="Excel- oder Textdatei (beim Einlesen)")
    z.add_argument("--uebernehmen", action="store_true", help="das Gelesene übernehmen")
    z.add_argument("--adresse", default="", metavar="TEXT", help="zum Beispiel „Bahnhofstr. 12a“")
    z.add_argument("--schreibweise", default="", metavar="TEXT", help="wie sie in der Datei steht")
    z.add_argument("--strasse", default="", metavar="SCHLUESSEL", help="Straßenschlüssel; „-“: keine Straße der Stadt")


def add_register(z: argparse.ArgumentParser) -> None:
    """Add the arguments of `register`."""
    z.add_argument("datei", type=als_pfad, metavar="DATEI", help="Liste von Personen (Excel oder Text)")
    z.add_argument("--stichtag", required=True, metavar="DATUM", help="an diesem Tag zählt das Alter")
    z.add_argument("--stamm", default="ew", metavar="MERKMAL", help="was jede Person der Liste ist (sonst: ew)")
    z.add_argument("--absender", default="", metavar="NAME", help="Fachbereich oder Behörde")
    z.add_argument("--uebernehmen", action="store_true", help="die Anzahlen in das Projekt übernehmen")


def run_strassen(angaben: argparse.Namespace, oeffnen: Oeffnen) -> int:
    """Do one step; 1 when there are findings."""
    with oeffnen(angaben, nur_lesen=angaben.was in ("pruefen", "suchen", "schreibweisen")) as projekt:
        return _STEPS[angaben.was](projekt, angaben)


def _check(projekt: Projekt, _: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.textausgabe import befund_text

    abschnitte, befunde = ablauf.strassen(projekt), ablauf.check_strassen(projekt)
    print(f"{_count(abschnitte)}.")
    print("\n".join(befund_text(befund) for befund in befunde) or "Keine Befunde.")
    return 1 if befunde else 0


def _read(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.textausgabe import befund_text

    if angaben.datei is None:
        raise BedienFehler("Welche Datei gelesen werden soll, fehlt.", "Zum Beispiel: strassen einlesen strassen.xlsx")
    lesung = ablauf.read_strassen(projekt, angaben.datei)
    print(f"{_count(lesung.abschnitte)} gelesen.")
    print("\n".join(befund_text(befund) for befund in lesung.befunde) or "Keine Befunde.")
    if angaben.uebernehmen:
        say_change(ablauf.accept_strassen(projekt, lesung))
    else:
        konsole.say("Noch nichts geändert. Mit --uebernehmen wird das Verzeichnis übernommen.")
    return 1 if lesung.befunde or not angaben.uebernehmen else 0


def _count(abschnitte: Sequence[Strassenabschnitt]) -> str:
    from sozialtool.fach.schreibweise import format_anzahl

    strassen = format_anzahl(len({a.strasse for a in abschnitte}), "Straße", "Straßen")
    return f"{strassen} mit {format_anzahl(len(abschnitte), 'Abschnitt', 'Abschnitten')}"


def _find(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    if not angaben.adresse:
        raise BedienFehler("Welche Adresse gesucht wird, fehlt.", "Bitte mit --adresse angeben.")
    gebiet = ablauf.find_gebiet(projekt, angaben.adresse)
    print(gebiet)
    konsole.say(ablauf.explain_adresse(projekt, angaben.adresse))
    return 1 if gebiet == "nz" else 0


def _show_spellings(projekt: Projekt, _: argparse.Namespace) -> int:
    from sozialtool import ablauf

    namen = {a.strasse: a.name for a in ablauf.strassen(projekt)}
    zeilen = [
        f"{text}\t{ziel or KEINE}\t{namen.get(ziel, 'keine Straße der Stadt')}"
        for text, ziel in ablauf.schreibweisen(projekt)
    ]
    print("\n".join(zeilen) or "Noch ist keine Schreibweise entschieden.")
    return 0


def _decide(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    if not angaben.schreibweise or not angaben.strasse:
        raise BedienFehler(
            "Zum Entscheiden gehören --schreibweise und --strasse.", "„-“ heißt: keine Straße der Stadt."
        )
    ziel = "" if angaben.strasse == KEINE else angaben.strasse
    return say_change(ablauf.decide_schreibweise(projekt, angaben.schreibweise, ziel))


def run_register(angaben: argparse.Namespace, oeffnen: Oeffnen) -> int:
    """Count a list of people; nothing of a person is printed or kept. 1 when spellings are open or there are findings."""
    from sozialtool import ablauf
    from sozialtool.ablauf.textausgabe import befund_text
    from sozialtool.fach.schreibweise import format_anzahl

    stichtag = konsole.read_tag(angaben.stichtag, "--stichtag")
    if stichtag is None:
        raise BedienFehler("Der Stichtag fehlt.", "Bitte mit --stichtag angeben, zum Beispiel 31.12.2025.")
    with oeffnen(angaben) as projekt:
        lesung = ablauf.count_register(projekt, angaben.datei, stichtag, stamm=angaben.stamm)
        werte = format_anzahl(len(lesung.messwerte), "Wert", "Werte")
        print(f"{format_anzahl(lesung.personen)} gezählt, {werte}.")
        print("\n".join(befund_text(befund) for befund in lesung.befunde) or "Keine Befunde.")
        for offen in ablauf.offene_schreibweisen(projekt, lesung):
            vorschlag = ", ".join(f"{name} ({key}, {prozent} %)" for key, name, prozent in offen.vorschlaege)
            personen = format_anzahl(offen.personen)
            print(f"Unbekannt: {offen.schreibweise} ({personen}); ähnlich: {vorschlag or 'nichts'}")
        if lesung.offen:
            konsole.say("Entscheiden: sozialtool strassen entscheiden --schreibweise TEXT --strasse SCHLUESSEL")
        if angaben.uebernehmen:
            say_change(ablauf.accept_register(projekt, lesung, absender=angaben.absender))
        else:
            konsole.say("Noch nichts geändert. Mit --uebernehmen werden die Anzahlen übernommen.")
    return 1 if lesung.offen or lesung.befunde or not angaben.uebernehmen else 0


_STEPS: dict[str, Callable[[Projekt, argparse.Namespace], int]] = {
    "pruefen": _check, "einlesen": _read, "suchen": _find, "schreibweisen": _show_spellings, "entscheiden": _decide,
}  # fmt: skip
