"""Every step as a command; without a command the terminal UI starts.

Messages go to stderr, results to stdout. Exit codes: 0 done, 1 done with findings, 2 wrong use, 3 file problem
(entwurf.md section 6). Nothing heavy is imported before it is known what is asked for.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from sozialtool import befehle, konsole, prozessor
from sozialtool.befehle.teile import Befehle, progress
from sozialtool.fehler import BedienFehler, DateiUnlesbar
from sozialtool.orte import als_pfad, zeige

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt

_DEUTSCH = {
    "usage: ": "Aufruf: ",
    "positional arguments": "Angaben",
    "options": "Schalter",
    "the following arguments are required: %s": "Es fehlt: %s",
    "unrecognized arguments: %s": "Unbekannte Angabe: %s",
    "expected one argument": "hier fehlt ein Wert",
    "expected at least one argument": "hier fehlt mindestens ein Wert",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r gibt es nicht; möglich sind %(choices)s",
    "invalid %(type)s value: %(value)r": "mit %(value)r kann hier nichts angefangen werden",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "not allowed with argument %s": "geht nicht zusammen mit %s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "%(parser_name)r gibt es nicht; möglich sind %(choices)s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s ist nicht eindeutig: %(matches)s",
    "ignored explicit argument %r": "der Wert %r passt hier nicht",
}


class _Zerleger(argparse.ArgumentParser):
    """An argument parser that speaks German and raises instead of leaving the program."""

    def __init__(self, **angaben: object) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **angaben)  # type: ignore[arg-type]  # passed through
        self.add_argument("--hilfe", "--help", "-h", action="help", help="diese Hilfe zeigen")

    def error(self, message: str) -> NoReturn:
        raise BedienFehler(message[:1].upper() + message[1:] + ".", f"Hilfe: {self.prog} --hilfe")


def _translate(text: str) -> str:
    return _DEUTSCH.get(text, text)


def _translate_plural(einzahl: str, mehrzahl: str, anzahl: int) -> str:
    return _translate(einzahl if anzahl == 1 else mehrzahl)


def build_parser() -> argparse.ArgumentParser:
    """Build the parser with all commands; argparse's own texts are replaced by German ones (trap 29)."""
    argparse._ = _translate  # type: ignore[attr-defined]  # the only place argparse takes its texts from
    argparse.ngettext = _translate_plural  # type: ignore[attr-defined]
    zerleger = _Zerleger(
        prog="sozialtool",
        description="Sozialplanung für kleine Städte: einlesen, rechnen, geheim halten, vorlegen. Ohne Befehl startet die Oberfläche.",
        epilog="Ende: 0 erledigt · 1 erledigt, mit Befunden · 2 falsch bedient · 3 Datei nicht verwendbar · 4 Fehler im Programm.",
    )
    zerleger.add_argument("--version", action="store_true", help="Version zeigen")
    zerleger.add_argument(
        "--projekt", type=als_pfad, metavar="DATEI", help="Projektdatei oder Ordner (sonst: der jetzige Ordner)"
    )
    befehle = zerleger.add_subparsers(dest="befehl", metavar="BEFEHL", parser_class=_Zerleger, title="Befehle")
    for name, (hilfe, ergaenze, _) in COMMANDS.items():
        befehl = befehle.add_parser(name, help=hilfe, description=hilfe[:1].upper() + hilfe[1:] + ".")
        if name not in ("beispiel", "neu", "vorlagen"):  # The project may be named before or after the command.
            befehl.add_argument(
                "--projekt", type=als_pfad, metavar="DATEI", default=argparse.SUPPRESS, help="Projektdatei oder Ordner"
            )
        ergaenze(befehl)
    return zerleger


def run(argumente: list[str]) -> int:
    """Run one command line and return the exit code."""
    return konsole.guard(lambda: _run(argumente))


def _run(argumente: list[str]) -> int:
    try:
        angaben = build_parser().parse_args(argumente)
    except SystemExit as ende:  # argparse has printed a help text
        return ende.code if isinstance(ende.code, int) else 0
    if angaben.version:
        from sozialtool import __version__

        print(f"sozialtool {__version__}")
        return 0
    prozessor.check_prozessor()
    if angaben.befehl is None:
        return _show_oberflaeche(angaben.projekt)
    return COMMANDS[angaben.befehl][2](angaben)


def _show_oberflaeche(pfad: Path | None) -> int:
    if not konsole.is_terminal():
        raise BedienFehler(
            "Die Oberfläche braucht ein Terminal; hier ist die Eingabe oder eine Ausgabe umgeleitet.",
            "Jeder Schritt geht auch als Befehl: sozialtool --hilfe",
        )
    from sozialtool.tui import run_tui

    return run_tui(pfad)


def _open(angaben: argparse.Namespace, *, nur_lesen: bool = False) -> Projekt:
    from sozialtool import ablauf

    projekt = ablauf.open_projekt(angaben.projekt or Path(), nur_lesen=nur_lesen)
    for hinweis in projekt.hinweise:  # only readable, lock taken over, a backup, no daily copy: never without a word
        konsole.say(hinweis)
    return projekt


def _beispiel(angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    ergebnis = ablauf.make_beispiel(angaben.ordner, fortschritt=progress)
    print(ergebnis.bericht, flush=True)
    if angaben.ohne_oberflaeche or not konsole.is_terminal():
        return 0
    return _show_oberflaeche(ergebnis.projekt)


def _neu(angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.fach.raum import Kommune, land_of

    kommune = Kommune(angaben.ags, angaben.name, angaben.land or land_of(angaben.ags), angaben.kreis, angaben.jahr)
    with ablauf.create_projekt(angaben.ordner or Path(ablauf.folder_name(angaben.name)), kommune) as projekt:
        print(zeige(projekt.pfad))
        konsole.say(
            f'Das Projekt {kommune.name} ist angelegt. Weiter mit: sozialtool --projekt "{zeige(projekt.pfad)}"'
        )
    return 0


def _einlesen(angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.daten import find_dateien
    from sozialtool.ablauf.textausgabe import einlese_text

    antworten = _read_antworten(angaben.antwort, angaben.antworten)
    ergebnisse = []
    with _open(angaben) as projekt:
        dateien = find_dateien(projekt, angaben.dateien)
        for nummer, datei in enumerate(dateien):
            progress(nummer, len(dateien), datei.name)
            # One by one, so that what is said to be accepted is exactly what is, also after Ctrl+C.
            ergebnisse += ablauf.read_eingang(
                projekt, [datei], antworten=antworten, aufbau_bestaetigt=angaben.aufbau_bestaetigen,
                gebietsstand=angaben.gebietsstand,
            )  # fmt: skip
            print(einlese_text(ergebnisse[-1]), flush=True)
    if any(ergebnis.fragen for ergebnis in ergebnisse):
        konsole.say('Antworten gibt man mit --antwort "KENNUNG=WAHL" oder in der Oberfläche (F5).')
    if any(ergebnis.abweichungen for ergebnis in ergebnisse):
        konsole.say("Stimmt der neue Aufbau, dann noch einmal mit --aufbau-bestaetigen.")
    if all(ergebnis.unlesbar for ergebnis in ergebnisse):
        return 3
    return 1 if any(ergebnis.befunde or not ergebnis.angenommen for ergebnis in ergebnisse) else 0


def _read_antworten(einzeln: list[str], datei: Path | None) -> dict[str, str]:
    """Collect answers "KENNUNG=WAHL" from the command line and from a text file; "-" means "do not import"."""
    zeilen = list(einzeln)
    if datei is not None:
        try:
            zeilen += [
                z for z in datei.read_text(encoding="utf-8-sig").splitlines() if z.strip() and not z.startswith("#")
            ]
        except (OSError, UnicodeDecodeError) as fehler:
            raise DateiUnlesbar(
                f"Die Antworten in {datei} lassen sich nicht lesen.", "Erwartet wird eine Textdatei in UTF-8."
            ) from fehler
    antworten = {}
    for zeile in zeilen:
        kennung, gleich, wahl = zeile.rpartition("=")
        if not gleich or not kennung.strip():
            raise BedienFehler(f"„{zeile}“ ist keine Antwort.", 'Erwartet wird "KENNUNG=WAHL".')
        antworten[kennung.strip()] = "" if wahl.strip() == "-" else wahl.strip()
    return antworten


def _pruefen(angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.textausgabe import befund_text, pruefung_text

    offen = False
    with _open(angaben, nur_lesen=True) as projekt:
        if angaben.datei:
            pruefung = ablauf.examine(projekt, angaben.datei, fortschritt=progress)
            befunde, offen = pruefung.befunde, not pruefung.bereit
            print(pruefung_text(pruefung))
        else:
            befunde = tuple(b for quelle in ablauf.quellen(projekt) for b in ablauf.befunde_of(projekt, quelle))
        if angaben.excel:
            ablauf.export_befunde(projekt, befunde, angaben.excel)
            konsole.say(f"Die Befundliste liegt in {angaben.excel}.")
    print("\n".join(befund_text(befund) for befund in befunde) or "Keine Befunde.")
    return 1 if befunde or offen else 0


def _rechnen(angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.textausgabe import monitoring_text

    with _open(angaben, nur_lesen=True) as projekt:
        jahr = angaben.jahr or projekt.kommune.berichtsjahr
        print(monitoring_text(ablauf.monitoring(projekt, jahr, fortschritt=progress), angaben.indikator))
    return 0


def _args_zurueck(z: argparse.ArgumentParser) -> None:
    z.add_argument("--trotzdem", action="store_true", help="auch, wenn es eine Veröffentlichung betrifft")


def _zurueck(angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    with _open(angaben) as projekt:
        print(f"Zurückgenommen: {ablauf.undo(projekt, trotzdem=angaben.trotzdem).text}")
    return 0


def _wiederherstellen(angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    with _open(angaben) as projekt:
        print(f"Wieder hergestellt: {ablauf.redo(projekt, trotzdem=angaben.trotzdem).text}")
    return 0


def _sichern(angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf

    with _open(angaben) as projekt:
        print(zeige(ablauf.back_up(projekt)))
    return 0


def _stand(angaben: argparse.Namespace) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.textausgabe import uebersicht_text

    with _open(angaben, nur_lesen=True) as projekt:
        print(uebersicht_text(ablauf.uebersicht(projekt)))
    return 0


def _args_beispiel(z: argparse.ArgumentParser) -> None:
    z.add_argument(
        "ordner", nargs="?", type=als_pfad, default=Path("Sozialplanung") / "Lindenrath", metavar="ORDNER", help="wohin"
    )
    z.add_argument("--ohne-oberflaeche", action="store_true", help="danach die Oberfläche nicht öffnen")


def _args_neu(z: argparse.ArgumentParser) -> None:
    z.add_argument("name", metavar="NAME", help="Name der Stadt")
    z.add_argument("--ags", required=True, help="amtlicher Gemeindeschlüssel, acht Ziffern")
    z.add_argument("--jahr", type=int, required=True, help="Berichtsjahr")
    z.add_argument("--land", default="", help="Bundesland (sonst: das des Gemeindeschlüssels)")
    z.add_argument("--kreis", default="", help="Kreis")
    z.add_argument("--ordner", type=als_pfad, help="wohin (sonst: Ordner mit dem Namen der Stadt)")


def _args_einlesen(z: argparse.ArgumentParser) -> None:
    z.add_argument("dateien", nargs="*", type=als_pfad, metavar="DATEI", help="Dateien oder Ordner (sonst: eingang/)")
    z.add_argument(
        "--antwort",
        action="append",
        default=[],
        metavar="KENNUNG=WAHL",
        help='eine offene Frage beantworten; "-": nicht einlesen',
    )
    z.add_argument("--antworten", type=als_pfad, metavar="DATEI", help="Antworten aus einer Textdatei, eine je Zeile")
    z.add_argument("--aufbau-bestaetigen", action="store_true", help="einen geänderten Aufbau der Datei annehmen")
    grenzen = "in diesen Grenzen ist gezählt (sonst: den am Stichtag geltenden)"
    z.add_argument("--gebietsstand", default="", metavar="GEBIETSSTAND", help=grenzen)


def _args_pruefen(z: argparse.ArgumentParser) -> None:
    z.add_argument(
        "datei", nargs="?", type=als_pfad, metavar="DATEI", help="eine Datei ansehen, ohne sie zu übernehmen"
    )
    z.add_argument("--excel", type=als_pfad, metavar="DATEI", help="Befundliste als Excel für den Absender")


def _args_rechnen(z: argparse.ArgumentParser) -> None:
    z.add_argument("--jahr", type=int, help="Berichtsjahr (sonst: das des Projekts)")
    z.add_argument("--indikator", default="", metavar="KENNUNG", help="nur dieser Indikator, mit allen Angaben")


def _no_args(_: argparse.ArgumentParser) -> None:
    return


COMMANDS: Befehle = {
    "beispiel": ("die erfundene Stadt Lindenrath anlegen und den ganzen Weg rechnen", _args_beispiel, _beispiel),
    "neu": ("ein Projekt für eine Stadt anlegen", _args_neu, _neu),
    "einlesen": ("gelieferte Dateien einlesen", _args_einlesen, _einlesen),
    "pruefen": ("Befunde zeigen oder eine Datei ansehen, ohne sie zu übernehmen", _args_pruefen, _pruefen),
    "rechnen": ("Kennzahlen rechnen und als Text zeigen", _args_rechnen, _rechnen),
    **befehle.build_commands(_open),
    "sichern": ("eine Sicherung mit Datum anlegen", _no_args, _sichern),
    "zurueck": ("die letzte Änderung zurücknehmen", _args_zurueck, _zurueck),
    "wiederherstellen": ("wiederherstellen, was zuletzt zurückgenommen wurde", _args_zurueck, _wiederherstellen),
    "stand": ("zeigen, was offen ist", _no_args, _stand),
}
"""Name → (help, how it takes its arguments, what it does)."""
