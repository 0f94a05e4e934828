"""What the command modules share: how a command is described, its steps, progress, what is said of a change."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from sozialtool import konsole
from sozialtool.fach.schreibweise import end_satz
from sozialtool.fehler import BedienFehler
from sozialtool.orte import als_pfad

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt, Schriftstueck

Oeffnen = Callable[..., "Projekt"]
"""Opens the project that the command line names."""
Schritt = Callable[["Projekt", argparse.Namespace], int]
"""Does one step and returns the exit code."""
Angabe = tuple[tuple[str, ...], dict[str, object]]
"""Names and settings of one argument."""
Befehl = tuple[str, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int]]
"""Help, how it takes its arguments, what it does."""
Befehle = dict[str, Befehl]
"""Name → command."""
Eintrag = tuple[str, tuple[Angabe, ...], bool | None, Schritt]
"""One step of a command: help, arguments, whether it only reads (None: no project is opened at all), what it does."""
Schritte = Mapping[str, Eintrag]
"""Name of a step → the step."""


def arg(*namen: str, **wie: object) -> Angabe:
    """Name an argument of a step, as argparse takes it."""
    return namen, wie


FREIGABE: tuple[Angabe, ...] = (
    arg(
        "--grenzen-geprueft",
        action="store_true",
        help="geprüft: aus Zahlen in früheren Grenzen folgt zusammen mit diesen nichts",
    ),
    arg(
        "--endgueltig",
        action="store_true",
        help="diese Fassung geht hinaus: als Veröffentlichung festhalten, damit spätere mit ihr zusammen nichts verraten",
    ),
    arg(
        "--bekanntes-hinnehmen",
        action="store_true",
        help="ausgeben, obwohl frühere Veröffentlichungen eine geheime Zahl schon verraten haben",
    ),
    arg(
        "--ohne-beratung",
        default="",
        metavar="GRUND",
        help="warum die endgültige Fassung hinausgeht, bevor sie gesehen hat, wer Zahlen zuerst sehen soll",
    ),
)
"""What whoever writes a workbook says about its way out."""
BRIEFBOGEN = arg(
    "--briefbogen", type=als_pfad, metavar="DATEI",
    help="Briefbogen der Stadt (.docx oder .dotx); sonst briefbogen.docx neben dem Projekt, wenn es ihn gibt",
)  # fmt: skip
ENTWURF = "Das ist ein Entwurf. Geht er so hinaus: noch einmal mit --endgueltig, dann wird er festgehalten."


def add_angaben(z: argparse.ArgumentParser, angaben: Sequence[Angabe]) -> None:
    """Let a command or step take these arguments."""
    for namen, wie in angaben:
        z.add_argument(*namen, **wie)  # type: ignore[arg-type]  # settings of argparse as plain values


def to_zahl(text: str) -> float:
    """Read a number as it is typed, "0,001" or "0.001"; raise ValueError for anything else."""
    return float(text.replace(",", "."))


_BESCHLOSSEN = ("zustand", "vereinbart_am", "gremium")
"""What a Gremium decides is recorded with its session by `vereinbarungen beschliessen`, never just set."""


_ABSATZ = re.compile(r"\s*\|\|\s*")
"""Two strokes part the paragraphs of a text that has several: no shell takes a line break in a word."""


def read_zuweisungen(klasse: type, zuweisungen: Sequence[str], beispiel: str) -> dict[str, Any]:
    """Read FELD=WERT as field → value; a field goes by its name or its title in the Excel list, in any case.

    In texts of several paragraphs "||" begins a new one.

    Raises:
        BedienFehler: there is none, or no such field. FeldFehler: the value does not fit.
    """
    from sozialtool.fach.felder import felder_of

    alle = [f for f in felder_of(klasse) if not f.schluessel]
    zu_beschliessen = _BESCHLOSSEN if any(f.name == "vereinbart_am" for f in alle) else ()
    moeglich = [f for f in alle if f.name not in zu_beschliessen]
    felder = {wort.casefold(): f for f in moeglich for wort in (f.titel, f.name)}
    werte = {}
    for zuweisung in zuweisungen:
        name, gleich, text = zuweisung.partition("=")
        feld = felder.get(name.strip().casefold())
        if not gleich or feld is None:
            raise BedienFehler(
                f"„{zuweisung}“ ist keine Änderung.",
                f"Erwartet wird FELD=WERT; Felder sind {', '.join(f.name for f in moeglich)}.",
            )
        werte[feld.name] = feld.from_text(_ABSATZ.sub("\n", text) if feld.absaetze else text)
    if not werte:
        raise BedienFehler("Es fehlt, was sich ändern soll.", f"Zum Beispiel: {beispiel}")
    return werte


def add_was(z: argparse.ArgumentParser, schritte: Mapping[str, str], sonst: str = "stand") -> None:
    """Let a command take what to do as its first word; all steps share their arguments."""
    hilfe = "; ".join(f"{name}: {text}" for name, text in schritte.items())
    z.add_argument("was", nargs="?", default=sonst, choices=tuple(schritte), metavar="WAS", help=hilfe)


def build_command(hilfe: str, schritte: Schritte, oeffnen: Oeffnen, sonst: str = "") -> Befehl:
    """Make a command of its steps, each with its own help; the project may be named behind the step, too.

    `sonst` is the step that goes without a name, with the defaults of its arguments; without one, a step must be named.
    A step that only reads opens the project for writing where it is told to change something (--endgueltig, --uebernehmen).
    """

    def run(angaben: argparse.Namespace) -> int:
        name = angaben.was or sonst
        if not name:
            raise BedienFehler(
                f"Es fehlt, was zu tun ist: {', '.join(schritte)}.", "Mit --hilfe stehen die Angaben dazu da."
            )
        _, eigene, nur_lesen, tun = schritte[name]
        if angaben.was is None:
            _set_defaults(angaben, eigene)
        if nur_lesen is None:
            return tun(cast("Projekt", None), angaben)
        schreibt = any(getattr(angaben, schalter, False) for schalter in ("endgueltig", "uebernehmen"))
        with oeffnen(angaben, nur_lesen=nur_lesen and not schreibt) as projekt:
            return tun(projekt, angaben)

    return hilfe, lambda z: _add_steps(z, schritte), run


def _add_steps(z: argparse.ArgumentParser, schritte: Schritte) -> None:
    unter = z.add_subparsers(dest="was", metavar="WAS", title="Schritte", parser_class=type(z))
    for name, (hilfe, angaben, _, _) in schritte.items():
        schritt = unter.add_parser(name, help=hilfe, description=hilfe[:1].upper() + hilfe[1:] + ".")
        schritt.add_argument(
            "--projekt", type=als_pfad, metavar="DATEI", default=argparse.SUPPRESS, help="Projektdatei oder Ordner"
        )
        add_angaben(schritt, angaben)


def _set_defaults(angaben: argparse.Namespace, eigene: Sequence[Angabe]) -> None:
    """Give what was typed the arguments of a step that was not named; none of them may be required."""
    leser = argparse.ArgumentParser(add_help=False)
    add_angaben(leser, eigene)
    leser.parse_args([], angaben)


def say_change(aenderung: object) -> int:
    """Say what a command changed and how it is taken back; exit code 0."""
    konsole.say(f"{end_satz(str(getattr(aenderung, 'text', aenderung)))} „sozialtool zurueck“ nimmt es zurück.")
    return 0


def say_ausgegeben(projekt: Projekt, angaben: argparse.Namespace, jahr: int) -> None:
    """Say of something that was written that it is a draft, or of a final one what came after the bodies had seen the figures."""
    from sozialtool import ablauf

    if not angaben.endgueltig:
        konsole.say(ENTWURF)
        return
    for satz in ablauf.list_seither(projekt, jahr):
        konsole.say(f"! {satz}")


def say_geschrieben(geschrieben: Schriftstueck) -> int:
    """Print where a Word document lies and what is to be known of it; 1 where there is something, else 0."""
    pfad, *saetze = geschrieben.describe()
    print(pfad)
    for satz in saetze:
        konsole.say(satz)
    return 1 if geschrieben.hinweise else 0


def progress(fertig: int, von: int, was: str) -> None:
    """Say how far long work has come, on a terminal only."""
    if sys.stderr.isatty():
        konsole.say(f"  {fertig}/{von} {was}")
