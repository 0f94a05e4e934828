"""The commands `gremien`, `sitzungen` and `eintrag`: who meets when, what came of it, where each Thema stands."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING, Any

from sozialtool import konsole
from sozialtool.befehle.teile import (
    BRIEFBOGEN,
    Befehle,
    Oeffnen,
    Schritte,
    arg,
    build_command,
    say_change,
    say_geschrieben,
)
from sozialtool.fehler import BedienFehler

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt
    from sozialtool.fach.felder import Feld


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "gremien": build_command("Gremien, ihre Themen und wo jedes steht", GREMIEN, oeffnen, "liste"),
        "sitzungen": build_command(
            "Sitzungen: Tagesordnung, Ergebnisse, Aufgaben, Einladung und Niederschrift", SITZUNGEN, oeffnen, "liste"
        ),
        "eintrag": build_command(
            "einen Eintrag (Gremium, Sitzung, Aufgabe, Einrichtung, Bedarf, Ziel, Maßnahme …) anlegen, ändern oder streichen",
            EINTRAG,
            oeffnen,
        ),
    }


# -- gremien ----------------------------------------------------------------------------------------------------------


def _list_gremien(projekt: Projekt, _: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.prozesstext import gremien_text

    print(gremien_text(ablauf.list_gremien(projekt)) or "Noch kein Gremium. Die üblichen: sozialtool gremien uebliche")
    return 0


def _take_gremien(projekt: Projekt, _: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(ablauf.take_gremien(projekt))


def _show_umlauf(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.prozesstext import umlauf_text

    umlaeufe = ablauf.describe_umlauf(projekt, auch_abgeschlossene=angaben.alle)
    print(umlauf_text(umlaeufe) or "Kein Thema ist unterwegs.")
    return 0


# -- sitzungen --------------------------------------------------------------------------------------------------------


def _list_sitzungen(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.prozesstext import sitzungen_text

    namen = {g.schluessel: g.name for g in ablauf.list_gremien(projekt)}
    print(sitzungen_text(ablauf.list_sitzungen(projekt, angaben.gremium), namen) or "Noch keine Sitzung.")
    return 0


def _show_sitzung(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.prozesstext import sitzung_text

    print(sitzung_text(ablauf.describe_sitzung(projekt, angaben.sitzung)))
    return 0


def _new_sitzung(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    tag = konsole.read_tag(angaben.datum, "DATUM")
    gremium = next(
        (
            g
            for g in ablauf.list_gremien(projekt)
            if angaben.gremium.casefold() in (g.schluessel.casefold(), g.name.casefold())
        ),
        None,
    )
    if gremium is None or tag is None:
        bekannt = ", ".join(g.schluessel for g in ablauf.list_gremien(projekt))
        raise BedienFehler(f"Ein Gremium „{angaben.gremium}“ gibt es nicht.", f"Möglich sind: {bekannt}.")
    neu = ablauf.propose_sitzung(projekt, gremium, tag)
    ablauf.create_sitzung(projekt, neu, angaben.top)
    print(neu.schluessel)
    return 0


def _set_tagesordnung(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(ablauf.save_tagesordnung(projekt, angaben.sitzung, angaben.titel))


def _write_einladung(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    bogen = {"briefbogen": angaben.briefbogen, "ohne_briefbogen": angaben.ohne_briefbogen}
    code = say_geschrieben(
        ablauf.write_einladung(projekt, angaben.sitzung, konsole.read_tag(angaben.am, "--am"), **bogen)
    )
    aenderung = ablauf.mark_eingeladen(projekt, angaben.sitzung) if angaben.verschickt else None
    if aenderung is not None:
        say_change(aenderung)
    return code


def _write_niederschrift(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    bogen = {"briefbogen": angaben.briefbogen, "ohne_briefbogen": angaben.ohne_briefbogen}
    return say_geschrieben(
        ablauf.write_niederschrift(projekt, angaben.sitzung, konsole.read_tag(angaben.am, "--am"), **bogen)
    )


def _agree(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(ablauf.agree_beschluss(projekt, angaben.sitzung, angaben.nummer))


def _list_aufgaben(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.prozesstext import aufgaben_text

    heute = dt.date.today()
    aufgaben = ablauf.list_aufgaben(projekt, nur_offene=not angaben.alle)
    print(aufgaben_text(aufgaben, heute) or "Keine Aufgabe ist offen.")
    return 1 if any(a.is_ueberfaellig(heute) for a in aufgaben) else 0


def _settle(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    return say_change(
        ablauf.settle_aufgabe(projekt, angaben.aufgabe, konsole.read_tag(angaben.am, "--am") or dt.date.today())
    )


# -- eintrag ----------------------------------------------------------------------------------------------------------


def _read_key(angaben: argparse.Namespace) -> tuple[type[Any], tuple[Any, ...], list[str]]:
    """Split what was typed into class, key values and FELD=WERT."""
    from sozialtool import ablauf
    from sozialtool.fach.felder import felder_of

    klasse = ablauf.PFLEGBAR.get(angaben.art.casefold())
    if klasse is None:
        raise BedienFehler(
            f"„{angaben.art}“ lässt sich so nicht eintragen.",
            f"Möglich sind: {', '.join(ablauf.PFLEGBAR)}. Anderes ändert eine Liste: liste ausgeben, liste einlesen.",
        )
    schluessel: list[Feld] = [f for f in felder_of(klasse) if f.schluessel]
    worte = angaben.angaben
    if len(worte) < len(schluessel) or any("=" in wort for wort in worte[: len(schluessel)]):
        raise BedienFehler(
            "Der Schlüssel fehlt.", f"Erwartet wird: {' '.join(f.titel.upper() for f in schluessel)} FELD=WERT …"
        )
    werte = tuple(f.from_text(wort) for f, wort in zip(schluessel, worte, strict=False))
    return klasse, werte, worte[len(schluessel) :]


def _set_eintrag(projekt: Projekt, angaben: argparse.Namespace) -> int:
    import attrs

    from sozialtool import ablauf
    from sozialtool.befehle.teile import read_zuweisungen
    from sozialtool.fach.felder import schluessel_of

    klasse, schluessel, zuweisungen = _read_key(angaben)
    alt = projekt.get(klasse, *schluessel)
    werte = read_zuweisungen(klasse, zuweisungen, "name=Trägerrunde") if zuweisungen else {}
    if alt is None:
        werte = {**dict(zip(schluessel_of(klasse), schluessel, strict=True)), **werte}
        ablauf.require_pflicht(klasse, werte)
    elif attrs.evolve(alt, **werte) == alt:
        konsole.say("Es ändert sich nichts.")
        return 0
    aenderung = ablauf.save_eintrag(projekt, klasse, werte, alt)
    for satz in ablauf.check_eingabe(projekt, klasse, werte, alt):
        konsole.say(f"! {satz}")
    return say_change(aenderung)


def _show_eintrag(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool.fach.felder import felder_of

    eintrag = _get(projekt, angaben)
    print("\n".join(f"{f.titel}: {f.to_text(getattr(eintrag, f.name))}" for f in felder_of(type(eintrag))))
    return 0


def _remove_eintrag(projekt: Projekt, angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    eintrag = _get(projekt, angaben)
    verweise = ablauf.list_verweise(projekt, [eintrag])
    if verweise and not angaben.trotzdem:
        raise BedienFehler(
            " ".join(verweise), "Soll es trotzdem gestrichen werden: noch einmal mit --trotzdem.", "EINTRAG-GENANNT"
        )
    return say_change(ablauf.remove_eintrag(projekt, eintrag))


def _get(projekt: Projekt, angaben: argparse.Namespace) -> Any:
    klasse, schluessel, _ = _read_key(angaben)
    eintrag = projekt.get(klasse, *schluessel)
    if eintrag is None:
        raise BedienFehler(f"„{' '.join(map(str, schluessel))}“ gibt es nicht.", "Bitte den Schlüssel prüfen.")
    return eintrag


# -- steps ------------------------------------------------------------------------------------------------------------

_SITZUNG = arg("sitzung", metavar="SITZUNG", help="Schlüssel der Sitzung, zum Beispiel PR-03")
_AM = arg("--am", metavar="DATUM", help="Tag (sonst: heute)")
_BOGEN = (BRIEFBOGEN, arg("--ohne-briefbogen", action="store_true", help="auch dann ohne Briefbogen, wenn es ihn gibt"))
_ALLE = arg("--alle", action="store_true", help="auch, was abgeschlossen oder erledigt ist")
_ART = arg(
    "art",
    metavar="ART",
    help="gremium, sitzung, thema, top, beschluss, aufgabe, beteiligung, drucksache, beratungsschritt, textbaustein, anlage; der Planung: "
    "einrichtung, stimme, bedarf, leitziel, ziel, massnahme, kosten, leistung, befragung, frage, auszaehlung oder foerderaufruf",
)
_ANGABEN = arg(
    "angaben",
    nargs="+",
    metavar="ANGABE",
    help="der Schlüssel, dann FELD=WERT (Felder wie in der Excel-Liste); in langen Texten beginnt || einen neuen Absatz",
)
_TROTZDEM = arg(
    "--trotzdem", action="store_true", help="auch streichen, was anderswo genannt wird oder womit Zahlen hinausgingen"
)
GREMIEN: Schritte = {
    "liste": ("die Gremien mit ihren Mitgliedern (Rollen) zeigen", (), True, _list_gremien),
    "uebliche": (
        "die üblichen Gremien anlegen, mit einem Stadtteilarbeitskreis je Sozialraum",
        (),
        False,
        _take_gremien,
    ),
    "umlauf": ("zeigen, wo jedes Thema im Umlauf der Gremien steht", (_ALLE,), True, _show_umlauf),
}
SITZUNGEN: Schritte = {
    "liste": (
        "die Sitzungen zeigen", (arg("--gremium", default="", metavar="GREMIUM", help="nur dieses Gremium"),), True, _list_sitzungen,
    ),
    "zeigen": ("eine Sitzung mit Tagesordnung, Ergebnissen, Beschlüssen und Aufgaben zeigen", (_SITZUNG,), True, _show_sitzung),
    "anlegen": (
        "die nächste Sitzung eines Gremiums anlegen",
        (arg("gremium", metavar="GREMIUM", help="Schlüssel oder Name"), arg("datum", metavar="DATUM", help="Tag der Sitzung"),
         arg("--top", action="append", default=[], metavar="TITEL", help="ein Tagesordnungspunkt; mehrmals")),
        False, _new_sitzung,
    ),
    "tagesordnung": (
        "die Tagesordnung schreiben; Punkte gleichen Titels behalten ihr Ergebnis",
        (_SITZUNG, arg("titel", nargs="+", metavar="TITEL", help="die Punkte in ihrer Reihenfolge")), False, _set_tagesordnung,
    ),
    "einladung": (
        "die Einladung als Word schreiben",
        (_SITZUNG, _AM, *_BOGEN, arg("--verschickt", action="store_true", help="festhalten, dass eingeladen ist")), False, _write_einladung,
    ),
    "niederschrift": ("die Niederschrift als Word schreiben", (_SITZUNG, _AM, *_BOGEN), True, _write_niederschrift),
    "vereinbaren": (
        "festhalten, was ein Beschluss vereinbart (Indikator, Schwelle, Index, Mittelverteilung, Gebietsstand)",
        (_SITZUNG, arg("nummer", type=int, metavar="NUMMER", help="Nummer des Beschlusses")), False, _agree,
    ),
    "aufgaben": ("die offenen Aufgaben zeigen, wer und bis wann", (_ALLE,), True, _list_aufgaben),
    "erledigt": (
        "eine Aufgabe abhaken", (arg("aufgabe", metavar="AUFGABE", help="Schlüssel der Aufgabe"), _AM), False, _settle,
    ),
}  # fmt: skip
EINTRAG: Schritte = {
    "setzen": ("einen Eintrag anlegen oder ändern", (_ART, _ANGABEN), False, _set_eintrag),
    "zeigen": ("einen Eintrag mit allen Angaben zeigen", (_ART, _ANGABEN), True, _show_eintrag),
    "loeschen": ("einen Eintrag streichen", (_ART, _ANGABEN, _TROTZDEM), False, _remove_eintrag),
}
"""Step → (help, arguments, whether it only reads, what it does)."""
