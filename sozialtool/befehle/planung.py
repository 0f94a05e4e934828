"""The command `planung`: inventory and supply, voices, needs, goals, measures and their controlling."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.befehle.teile import Befehle, Oeffnen, Schritt, Schritte, arg, build_command, say_change
from sozialtool.orte import als_pfad, zeige

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "planung": build_command(
            "Bestand, Stimmen, Bedarfe, Ziele und Maßnahmen zeigen und auswerten; einzelne ändert „eintrag setzen“, viele „liste einlesen“",
            SCHRITTE,
            oeffnen,
            "bestand",
        ),
    }


def _show(name: str) -> Schritt:
    """Show a list of the planning by its name."""

    def tue(projekt: Projekt, angaben: argparse.Namespace) -> int:
        from sozialtool import ablauf
        from sozialtool.ablauf.plantafel import tafel_text

        tafel = ablauf.build_plantafel(projekt, name, getattr(angaben, "jahr", 0) or 0)
        print(tafel_text(ablauf.mark_tafel(projekt, tafel), detail=angaben.ausfuehrlich))
        return 0

    return tue


def _show_bestand(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.bestandstafel import build_bestandstafel
    from sozialtool.ablauf.plantafel import tafel_text

    tafel = build_bestandstafel(projekt, angaben.gebiet, angaben.art)
    print(tafel_text(ablauf.mark_tafel(projekt, tafel), detail=angaben.ausfuehrlich))
    return 0


def _show_hinweise(projekt: Projekt, _: argparse.Namespace) -> int:
    from sozialtool import ablauf

    saetze = ablauf.list_hinweise(projekt)
    print("\n".join(saetze) or "Kein Text nennt jemanden, und keine Zahl des Bestands fällt auf.")
    return 1 if saetze else 0


def _show_versorgung(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.bestandstafel import build_auffaelligentafel, build_versorgungstafel
    from sozialtool.ablauf.entfernungstafel import build_entfernungstafel, build_entfernungsuebersicht
    from sozialtool.ablauf.plantafel import tafel_text

    bilder = ablauf.compute_versorgungen(projekt, angaben.jahr or 0)
    tafeln, weit = [], []
    if angaben.mass:
        gefragt = {ablauf.find_mass(projekt, name).schluessel for name in angaben.mass}
        for bild in (b for b in bilder if b.mass.schluessel in gefragt):
            tafeln.append(build_versorgungstafel(bild))
            weit += [build_entfernungstafel(bild)] if bild.entfernungen else []
    else:
        tafeln.append(build_auffaelligentafel(bilder))
        weit += [build_entfernungsuebersicht(bilder)] if any(bild.entfernungen for bild in bilder) else []
    # What is said below a row of the supply has the distance already.
    texte = [*(tafel_text(t, detail=angaben.ausfuehrlich) for t in tafeln), *map(tafel_text, weit)]
    print("\n\n".join(texte))
    return 0


def _show_stimmen(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool.ablauf.plangrundlage import read_plangrundlage
    from sozialtool.ablauf.plantafel import tafel_text
    from sozialtool.ablauf.stimmen import build_stimmentafel, list_bedenkliche

    grundlage = read_plangrundlage(projekt, angaben.jahr or 0) if angaben.ausfuehrlich else None
    tafel = build_stimmentafel(projekt, grundlage, angaben.gebiet, angaben.feld)
    print(tafel_text(tafel, detail=angaben.ausfuehrlich))
    return 1 if list_bedenkliche(projekt) else 0


def _fill_start(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    aenderung, saetze = ablauf.fill_startwerte(projekt, angaben.ziele, neu=angaben.neu)
    print("\n".join(saetze))
    return say_change(aenderung) if aenderung is not None else 1


def _write(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    print(zeige(ablauf.write_planung(projekt, angaben.jahr or 0, angaben.drucksache)))
    if entwurf := ablauf.say_planungsentwurf(projekt, angaben.jahr or 0):
        konsole.say(entwurf)
    return 0


def _send(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    print("\n".join(zeige(pfad) for pfad in ablauf.write_traegervorlagen(projekt, angaben.jahr or 0, angaben.traeger)))
    return 0


def _take_back(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    unterschiede, hinweise = ablauf.import_traegervorlage(projekt, angaben.datei)
    print("\n".join((*unterschiede.zeilen(), *(f"! {satz}" for satz in hinweise))) or "Keine Unterschiede.")
    if not unterschiede:
        return 0
    if angaben.uebernehmen:
        return say_change(ablauf.save_liste(projekt, unterschiede))
    konsole.say("Noch nichts geändert. Mit --uebernehmen wird es übernommen.")
    return 1


_JAHR = arg("--jahr", type=int, help="Jahr der Zahlen (sonst: das Berichtsjahr)")
_AUSFUEHRLICH = arg("--ausfuehrlich", action="store_true", help="zu jeder Zeile alles, was dazu gehört")

SCHRITTE: Schritte = {
    "bestand": (
        "Einrichtungen und Angebote zeigen",
        (arg("--gebiet", default="", help="nur dieser Sozialraum (Schlüssel)"), arg("--art", default="", help="nur diese Art"), _AUSFUEHRLICH),
        True,
        _show_bestand,
    ),
    "versorgung": (
        "Plätze und Orte je Zielgruppe gegen die Stadt und wie weit es ist; ohne Angabe Lücken und mögliche Doppelungen",
        (arg("mass", nargs="*", metavar="WORAN", help="zum Beispiel kita pflege"), _JAHR, _AUSFUEHRLICH),
        True,
        _show_versorgung,
    ),
    "stimmen": (
        "Stimmen nach Sozialraum und Thema zeigen; --ausfuehrlich mit den Zahlen daneben",
        (arg("--gebiet", default="", help="nur dieser Sozialraum (Schlüssel)"),
         arg("--feld", default="", help="nur dieses Handlungsfeld (Schlüssel)"), _JAHR, _AUSFUEHRLICH),
        True,
        _show_stimmen,
    ),
    "hinweise": (
        "Texte, die vielleicht eine Person nennen, und auffällige Zahlen im Bestand zeigen (Stimmen: planung stimmen)", (), True, _show_hinweise,
    ),
    "befragungen": ("Befragungen ausgezählt zeigen", (_AUSFUEHRLICH,), True, _show("befragungen")),
    "bedarfe": ("Bedarfe mit Belegen und Priorität zeigen", (_JAHR, _AUSFUEHRLICH), True, _show("bedarfe")),
    "ziele": ("Ziele mit Start, Linie und Ampel zeigen", (_JAHR, _AUSFUEHRLICH), True, _show("ziele")),
    "startwerte": (
        "Startwerte der Ziele aus den veröffentlichten Zahlen füllen; danach bleiben sie stehen",
        (arg("ziele", nargs="*", metavar="ZIEL", help="welche (sonst: alle)"),
         arg("--neu", action="store_true", help="auch Startwerte ersetzen, die schon feststehen")),
        False,
        _fill_start,
    ),
    "massnahmen": ("Maßnahmen mit Leistung, Geld, Ziel und Urteilen zeigen", (_JAHR, _AUSFUEHRLICH), True, _show("massnahmen")),
    "an-traeger": (
        "Maßnahmen an die Verantwortlichen geben: je Träger eine Excel-Datei in abfragen/",
        (arg("traeger", nargs="?", default="", metavar="TRÄGER", help="nur an diesen"), _JAHR),
        True,
        _send,
    ),
    "von-traeger": (
        "eine Datei zurücknehmen: zeigt, was sich ändert, und übernimmt es mit --uebernehmen",
        (arg("datei", type=als_pfad, metavar="DATEI", help="Excel-Datei"), arg("--uebernehmen", action="store_true", help="übernehmen")),
        True,
        _take_back,
    ),
    "ausgeben": (
        "Bestand, Bedarf, Ziele und Maßnahmen als Excel schreiben",
        (_JAHR, arg("--drucksache", default="", help="Nummer der Drucksache")),
        True,
        _write,
    ),
}  # fmt: skip
