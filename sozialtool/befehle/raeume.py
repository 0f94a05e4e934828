"""The commands `raeume` and `umsteiger`: Gebietsstände, Varianten, their comparison, weights between them."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.befehle import adressen
from sozialtool.befehle.teile import Befehle, Oeffnen, Schritte, arg, build_command, progress, say_change, to_zahl
from sozialtool.fehler import BedienFehler
from sozialtool.orte import als_pfad, zeige

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt


_STAND = arg("gebietsstand", metavar="GEBIETSSTAND", help="sein Schlüssel, wie „raeume“ ihn zeigt")
_VARIANTE = arg("variante", metavar="VARIANTE", help="Schlüssel der Variante")
_DATEI = arg("datei", type=als_pfad, metavar="DATEI", help="Excel-Datei")
_UEBERNEHMEN = arg("--uebernehmen", action="store_true", help="die Unterschiede übernehmen")
_VEREINBARUNG = (
    arg("--am", required=True, metavar="DATUM", help="Tag der Vereinbarung"),
    arg("--gremium", required=True, metavar="NAME", help="wer vereinbart hat"),
    arg("--ab", metavar="DATUM", help="gilt ab (sonst: ab dem Tag der Vereinbarung)"),
    arg("--sitzung", default="", metavar="TEXT", help="Sitzung oder Tagesordnungspunkt"),
    arg("--abweichend", default="", metavar="TEXT", help="abweichende Meinungen"),
)
_JAHR = arg("--jahr", type=int, help="Jahr der Zahlen (sonst: das Berichtsjahr)")


def build_commands(
    oeffnen: Oeffnen,
) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "raeume": build_command(
            "Gebietsstände und Varianten der Sozialräume: anlegen, verschieben, vergleichen, vereinbaren",
            RAEUME,
            oeffnen,
            "stand",
        ),
        "umsteiger": build_command("Umsteigeschlüssel zwischen Gebieten prüfen oder bilden", UMSTEIGER, oeffnen),
        "strassen": (
            "Straßenverzeichnis lesen und prüfen, Schreibweisen entscheiden",
            adressen.add_strassen,
            lambda angaben: adressen.run_strassen(angaben, oeffnen),
        ),
        "register": (
            "eine Liste von Personen nach kleinsten Gebieten auszählen",
            adressen.add_register,
            lambda angaben: adressen.run_register(angaben, oeffnen),
        ),
    }


def _stand(projekt: Projekt, _: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.raumtext import plaene_text

    print(plaene_text(ablauf.describe_plaene(projekt)))
    return 0


def _zeigen(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.raumtext import plan_text

    bild = ablauf.describe_plan(projekt, angaben.gebietsstand)
    print(plan_text(bild, mit_gebieten=angaben.gebiete))
    return 1 if bild.offen else 0


def _variante(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(ablauf.make_variante(projekt, angaben.variante, angaben.name, angaben.aus, angaben.bemerkung))


def _verschieben(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.raumtext import plan_text

    say_change(ablauf.move_gebiete(projekt, angaben.variante, angaben.gebiete, angaben.nach))
    print(plan_text(ablauf.describe_plan(projekt, angaben.variante)))
    return 0


def _raum(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.fach.raum import Raum

    plan = ablauf.raumplan(projekt, angaben.variante)
    if angaben.weg:
        return say_change(ablauf.remove_raum(projekt, angaben.variante, angaben.raum))
    alt = next((r for r in plan.raeume if r.schluessel == angaben.raum), None)
    neu = Raum(
        angaben.variante, angaben.raum,
        angaben.name or (alt.name if alt else ""),
        angaben.teil_von or (alt.teil_von if alt else ""),
        alt.reihenfolge if alt else max((r.reihenfolge for r in plan.raeume), default=0) + 1,
    )  # fmt: skip
    return say_change(ablauf.save_raum(projekt, neu))


def _ausgeben(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    print(zeige(ablauf.export_variante(projekt, angaben.gebietsstand, angaben.datei)))
    return 0


def _einlesen(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    unterschiede = ablauf.import_variante(projekt, angaben.variante, angaben.datei)
    print("\n".join(unterschiede.zeilen()) or "Keine Unterschiede.")
    if unterschiede and angaben.uebernehmen:
        return say_change(ablauf.save_liste(projekt, unterschiede))
    if unterschiede:
        konsole.say("Noch nichts geändert. Mit --uebernehmen wird die Zuordnung übernommen.")
    return 1 if unterschiede else 0


def _vergleichen(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.raumtext import vergleich_text

    vergleich = ablauf.compare_varianten(
        projekt, angaben.varianten, angaben.jahr, progress,
        schranke=angaben.schranke, mit_sperrung=not angaben.ohne_sperrung,
    )  # fmt: skip
    print(vergleich_text(projekt, vergleich, einzeln=angaben.einzeln))
    if angaben.excel:
        print(zeige(ablauf.write_variantenvergleich(projekt, angaben.varianten, angaben.jahr, progress)))
    return 1 if any(bild.differenzen for bild in vergleich.bilder) else 0


def _tag_der_vereinbarung(angaben: argparse.Namespace) -> dt.date:
    am = konsole.read_tag(angaben.am, "--am")
    if am is None:
        raise BedienFehler("Wann vereinbart wurde, fehlt.", "Bitte mit --am angeben.")
    return am


def _vereinbaren_heutige(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(
        ablauf.agree_sozialraeume(
            projekt, _tag_der_vereinbarung(angaben), angaben.gremium, konsole.read_tag(angaben.ab, "--ab"),
            name=angaben.name, sitzung=angaben.sitzung, abweichend=angaben.abweichend,
        )
    )  # fmt: skip


def _vereinbaren(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    am = _tag_der_vereinbarung(angaben)
    return say_change(
        ablauf.agree_gebietsstand(
            projekt, angaben.variante, am, angaben.gremium, konsole.read_tag(angaben.ab, "--ab"),
            sitzung=angaben.sitzung, abweichend=angaben.abweichend,
        )
    )  # fmt: skip


def _verwerfen(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(ablauf.remove_variante(projekt, angaben.variante))


def _reihen(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.raumtext import reihe_text, umrechnung_text

    bild = ablauf.describe_umrechnung(projekt, angaben.gebietsstand)
    if angaben.indikator:
        monitoring = ablauf.monitoring(projekt, fortschritt=progress, gebietsstand=angaben.gebietsstand)
        print(reihe_text(monitoring, angaben.indikator))
    else:
        print(umrechnung_text(bild))
    return 1 if bild.befunde else 0


def _umsteiger_pruefen(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.raumtext import umsteiger_text

    datei = ablauf.read_umsteigerdatei(angaben.datei, schwelle=angaben.schwelle)
    print(umsteiger_text(datei))
    if angaben.uebernehmen:
        say_change(ablauf.save_umsteiger(projekt, datei, angaben.datei.name))
    return 1 if datei.befunde else 0


def _umsteiger_bilden(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.raumtext import umsteiger_text

    datei = ablauf.build_umsteiger(projekt, angaben.von, angaben.nach)
    print(umsteiger_text(datei, mit_gewichten=True))
    if angaben.datei:
        titel = f"Umsteigeschlüssel {angaben.von} – {angaben.nach}"
        print(zeige(ablauf.export_umsteiger(projekt, datei, angaben.datei, titel)))
    return 1 if datei.befunde else 0


RAEUME: Schritte = {
    "stand": ("Gebietsstände und Varianten zeigen", (), True, _stand),
    "zeigen": (
        "die Sozialräume eines Gebietsstands mit Einwohnern zeigen",
        (_STAND, arg("--gebiete", action="store_true", help="auch die kleinsten Gebiete")),
        True, _zeigen,
    ),
    "variante": (
        "eine Variante anlegen, als Kopie",
        (_VARIANTE, arg("name", metavar="NAME", help="wie sie heißen soll"),
         arg("--aus", default="", metavar="GEBIETSSTAND", help="Kopie hiervon (sonst: vom geltenden)"),
         arg("--bemerkung", default="", metavar="TEXT", help="worum es bei ihr geht")),
        False, _variante,
    ),
    "verschieben": (
        "kleinste Gebiete einer Variante in einen anderen Sozialraum verschieben",
        (_VARIANTE, arg("gebiete", nargs="+", metavar="GEBIET", help="Schlüssel der Gebiete"),
         arg("--nach", required=True, metavar="SOZIALRAUM", help="Schlüssel des Sozialraums")),
        False, _verschieben,
    ),
    "raum": (
        "einen Sozialraum einer Variante anlegen, umbenennen oder (leer) wegnehmen",
        (_VARIANTE, arg("raum", metavar="SOZIALRAUM", help="sein Schlüssel"),
         arg("--name", default="", metavar="NAME", help="sein Name"),
         arg("--teil-von", default="", metavar="GEBIET", help="Schlüssel des Gebiets darüber"),
         arg("--weg", action="store_true", help="den leeren Sozialraum wegnehmen")),
        False, _raum,
    ),
    "ausgeben": ("die Zuordnung der kleinsten Gebiete nach Excel geben", (_STAND, _DATEI), True, _ausgeben),
    "einlesen": (
        "die bearbeitete Zuordnung einer Variante zurücklesen", (_VARIANTE, _DATEI, _UEBERNEHMEN), False, _einlesen
    ),
    "vergleichen": (
        "Varianten mit dem geltenden Gebietsstand vergleichen",
        (arg("varianten", nargs="*", metavar="VARIANTE", help="nur diese (sonst: alle Varianten)"), _JAHR,
         arg("--excel", action="store_true", help="auch Variantenvergleich.xlsx in ausgaben/JAHR schreiben"),
         arg("--einzeln", action="store_true", help="auch jede Straße, jeden Bezirk, jede kleine Gruppe nennen"),
         arg("--schranke", type=int, default=100, metavar="ZAHL", help="Differenzen unter so vielen Menschen (sonst: 100)"),
         arg("--ohne-sperrung", action="store_true", help="gesperrte Zellen nicht rechnen (geht schneller)")),
        False, _vergleichen,
    ),
    "vereinbaren": (
        "festhalten, dass eine Variante vereinbart ist",
        (_VARIANTE, *_VEREINBARUNG), False, _vereinbaren,
    ),
    "vereinbaren-heutige": (
        "festhalten, dass die Sozialräume, wie sie heute sind, vereinbart sind (ohne Variante)",
        (*_VEREINBARUNG, arg("--name", default="", metavar="NAME", help="wie der Gebietsstand heißt (sonst: nach ihrer Zahl)")),
        False, _vereinbaren_heutige,
    ),
    "verwerfen": ("eine Variante verwerfen", (_VARIANTE,), False, _verwerfen),
    "reihen": (
        "zeigen, wie sich die Zahlen auf einen Gebietsstand umrechnen lassen",
        (_STAND, arg("--indikator", default="", metavar="KENNUNG", help="die Reihe dieses Indikators")),
        True, _reihen,
    ),
}  # fmt: skip
"""Step → (help, arguments, whether it only reads, what it does)."""

UMSTEIGER: Schritte = {
    "pruefen": (
        "einen Umsteigeschlüssel lesen, prüfen und auf Wunsch übernehmen",
        (arg("datei", type=als_pfad, metavar="DATEI", help="csv, xlsx oder ods: alt, neu, Gewicht"),
         arg("--schwelle", type=to_zahl, metavar="ANTEIL", help="kleinere Anteile weglassen (sonst: 0,001)"),
         arg("--uebernehmen", action="store_true", help="als Gewichte in das Projekt übernehmen")),
        True, _umsteiger_pruefen,
    ),
    "bilden": (
        "den Umsteigeschlüssel zwischen zwei Gebietsständen aus den Einwohnern der kleinsten Gebiete bilden",
        (arg("von", metavar="VON", help="Gebietsstand"), arg("nach", metavar="NACH", help="Gebietsstand"),
         arg("--datei", type=als_pfad, metavar="DATEI", help="auch als Excel schreiben")),
        True, _umsteiger_bilden,
    ),
}  # fmt: skip
