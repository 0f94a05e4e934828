"""The commands `vereinbarungen` and `datenuebersicht`: what is agreed, what a change would do, which data exist."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.befehle.teile import Befehle, Oeffnen, add_was, progress, read_zuweisungen
from sozialtool.fehler import BedienFehler, FeldFehler
from sozialtool.orte import als_pfad, zeige

if TYPE_CHECKING:
    from sozialtool.ablauf import Beschluss, Projekt
    from sozialtool.fach.indikator import Indikator, Zustand


SCHRITTE = {
    "stand": "zeigen, was vereinbart ist, was offen ist und bei wem",
    "verlauf": "zeigen, wie eine Vereinbarung zustande kam und was sich an der Definition geändert hat",
    "beschliessen": "festhalten, was ein Gremium beschlossen hat (mit --am, --gremium)",
    "aendern": "eine Definition ändern: erst zeigen, was sich dadurch ändert, mit --uebernehmen ändern",
}
"""What `vereinbarungen` can do."""
ZUSTAENDE = ("vorgeschlagen", "vereinbart", "ruht", "verworfen")


def build_commands(
    oeffnen: Oeffnen,
) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "vereinbarungen": (
            "zeigen, was vereinbart ist; Beschlüsse festhalten; Definitionen ändern und vorher sehen, was das ändert",
            add_vereinbarungen,
            lambda angaben: run_vereinbarungen(angaben, oeffnen),
        ),
        "datenuebersicht": (
            "zeigen, welche Daten es gibt, was zu rechnen ist und was fehlt",
            add_datenuebersicht,
            lambda angaben: run_datenuebersicht(angaben, oeffnen),
        ),
    }


def add_vereinbarungen(z: argparse.ArgumentParser) -> None:
    """Add the arguments of `vereinbarungen`."""
    add_was(z, SCHRITTE)
    z.add_argument(
        "bezug",
        nargs="*",
        metavar="BEZUG",
        help="Kennung eines Indikators (A07), einer Schwelle (mindestfallzahl, mindestfallzahl/Jugendamt) oder eines "
        "Gebietsstands; beim Ändern danach FELD=WERT, zum Beispiel nenner=ew_unter_15",
    )
    z.add_argument("--zustand", choices=ZUSTAENDE, metavar="ZUSTAND", help=f"einer von: {', '.join(ZUSTAENDE)}")
    z.add_argument("--am", metavar="DATUM", help="Tag der Sitzung, zum Beispiel 04.03.2026")
    z.add_argument("--gremium", default="", help="wer beschlossen hat")
    z.add_argument("--sitzung", default="", help="zum Beispiel „3. Sitzung“ oder „TOP 5“")
    z.add_argument(
        "--abweichend", default="", metavar="TEXT", help="wer es anders sah und warum; Stellen, keine Personen"
    )
    z.add_argument("--wert", metavar="ZAHL", help="neuer Wert einer Schwelle")
    z.add_argument("--jahr", type=int, default=0, help="Jahr, dessen Zahlen gezeigt werden (sonst: das Berichtsjahr)")
    z.add_argument("--excel", type=als_pfad, metavar="DATEI", help="Stand und Verlauf als Excel schreiben (bei stand)")
    z.add_argument("--uebernehmen", action="store_true", help="die gezeigte Änderung übernehmen")


def run_vereinbarungen(angaben: argparse.Namespace, oeffnen: Oeffnen) -> int:
    """Do one step; 0 done, 1 shown but not yet taken over."""
    liest = angaben.was in ("stand", "verlauf") or (angaben.was == "aendern" and not angaben.uebernehmen)
    with oeffnen(angaben, nur_lesen=liest) as projekt:
        return _STEPS[angaben.was](projekt, angaben)


def _stand(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.vereinbarungstext import stand_text

    zustaende = [_zustand(angaben.zustand)] if angaben.zustand else []
    zeilen = ablauf.list_vereinbarungen(projekt, zustaende)
    if angaben.excel:
        ablauf.write_vereinbarungen(projekt, angaben.excel, zustaende)
        konsole.say(f"Die Vereinbarungen liegen in {zeige(angaben.excel)}.")
    print(stand_text(zeilen) or "Keine Vereinbarung in diesem Zustand.")
    return 0


def _zustand(wort: str | None) -> Zustand:
    from sozialtool.fach.indikator import Zustand

    return Zustand(wort or "vereinbart")


def _verlauf(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.vereinbarungstext import verlauf_text

    texte = []
    for bezug in _require_bezug(angaben):
        zeile = ablauf.find_vereinbarung(projekt, bezug)
        texte.append(verlauf_text(zeile, ablauf.describe_schritte(projekt, zeile)))
    print("\n\n".join(texte))
    return 0


def _require_bezug(angaben: argparse.Namespace) -> list[str]:
    if not angaben.bezug:
        raise BedienFehler("Es fehlt, worum es geht.", "Bitte die Kennung angeben, zum Beispiel A07.")
    return list(angaben.bezug)


def _decide(projekt: Projekt, angaben: argparse.Namespace) -> int:
    """Record one decision for all that are named; all or, when one is wrong, none."""
    from sozialtool import ablauf
    from sozialtool.ablauf.vereinbarungstext import describe_beschluss

    ablauf.decide(projekt, _require_bezug(angaben), _beschluss(angaben), _read_wert(angaben.wert))
    for bezug in angaben.bezug:
        zeile = ablauf.find_vereinbarung(projekt, bezug)
        text = describe_beschluss(zeile.letzter) if zeile.letzter else ""
        print(f"{zeile.bezug} {zeile.name}: {zeile.zustand.value}" + (f" – {text}" if text else ""))
    return 0


def _beschluss(angaben: argparse.Namespace) -> Beschluss:
    from sozialtool import ablauf

    tag = konsole.read_tag(angaben.am, "--am")
    return ablauf.Beschluss(_zustand(angaben.zustand), tag, angaben.gremium, angaben.sitzung, angaben.abweichend)


def _read_wert(text: str | None) -> float | None:
    from sozialtool.fach.felder import felder_of
    from sozialtool.fach.schwelle import Schwelle

    if text is None:
        return None
    try:
        return float(next(feld for feld in felder_of(Schwelle) if feld.name == "wert").from_text(text))
    except FeldFehler as fehler:
        raise BedienFehler(f"„{text}“ ist keine Zahl.", "Erwartet wird ein Wert wie 5.") from fehler


def _change(projekt: Projekt, angaben: argparse.Namespace) -> int:
    """Show what a change does; take it over only when that was asked for."""
    from sozialtool import ablauf
    from sozialtool.ablauf.vereinbarungstext import folgen_text

    bezug, *zuweisungen = _require_bezug(angaben)
    wert = _read_wert(angaben.wert)
    if wert is not None:
        print(folgen_text(ablauf.preview_schwelle(projekt, bezug, wert, angaben.jahr, progress)))
        konsole.say(
            "Beschlossen wird der Wert mit: sozialtool vereinbarungen beschliessen … --wert … --am … --gremium …"
        )
        return 1
    neu = _set_felder(projekt, bezug, zuweisungen)
    if neu in (zeile.indikator for zeile in ablauf.indikatoren(projekt)):
        konsole.say(f"Es ändert sich nichts: {neu.kennung} ist schon so definiert.")
        return 0
    print(folgen_text(ablauf.preview_change(projekt, [neu], (), angaben.jahr, progress)))
    if not angaben.uebernehmen:
        konsole.say("Noch nichts geändert. Mit --uebernehmen wird die Definition geändert.")
        return 1
    with projekt.together(f"Indikator {neu.kennung} geändert" + (f", {angaben.zustand}" if angaben.am else "")):
        ablauf.change_definition(projekt, neu)
        if angaben.am:
            ablauf.decide(projekt, [neu.kennung], _beschluss(angaben))
    konsole.say("Die Definition ist geändert; „sozialtool zurueck“ nimmt die Änderung zurück.")
    return 0


def _set_felder(projekt: Projekt, kennung: str, zuweisungen: list[str]) -> Indikator:
    """Return the indicator with the fields that the command line names, read by their descriptions."""
    import attrs

    from sozialtool import ablauf
    from sozialtool.fach.indikator import Indikator

    zeile = next((z for z in ablauf.indikatoren(projekt) if z.indikator.kennung.casefold() == kennung.casefold()), None)
    if zeile is None:
        raise BedienFehler(f"Einen Indikator {kennung} gibt es nicht.", "Bitte die Kennung prüfen.")
    return attrs.evolve(zeile.indikator, **read_zuweisungen(Indikator, zuweisungen, "nenner=ew_unter_15"))


_STEPS: dict[str, Callable[[Projekt, argparse.Namespace], int]] = {
    "stand": _stand, "verlauf": _verlauf, "beschliessen": _decide, "aendern": _change,
}  # fmt: skip


# -- Datenübersicht ---------------------------------------------------------------------------------------------------


def add_datenuebersicht(z: argparse.ArgumentParser) -> None:
    """Add the arguments of `datenuebersicht`."""
    z.add_argument("--fehlend", action="store_true", help="nur Merkmale, die gebraucht werden und fehlen")
    z.add_argument("--excel", type=als_pfad, metavar="DATEI", help="als Excel schreiben")


def run_datenuebersicht(angaben: argparse.Namespace, oeffnen: Oeffnen) -> int:
    """Show which data exist, what can be computed, and what one more Merkmal would unlock; 1 when something is missing."""
    from sozialtool import ablauf
    from sozialtool.ablauf.textausgabe import datenuebersicht_text

    with oeffnen(angaben, nur_lesen=True) as projekt:
        uebersicht = ablauf.compute_datenuebersicht(projekt)
        if angaben.excel:
            ablauf.write_datenuebersicht(projekt, angaben.excel)
            konsole.say(f"Die Datenübersicht liegt in {zeige(angaben.excel)}.")
    print(datenuebersicht_text(uebersicht, nur_fehlende=angaben.fehlend))
    return 1 if uebersicht.fehlend else 0
