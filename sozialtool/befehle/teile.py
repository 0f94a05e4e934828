"""What the command modules share: how a command is described, its steps, progress, what is said of a change."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from sozialtool import konsole
from sozialtool.orte import als_pfad

if TYPE_CHECKING:
    from sozialtool.ablauf import Projekt

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


def arg(*namen: str, **wie: object) -> Angabe:
    """Name an argument of a step, as argparse takes it."""
    return namen, wie


def to_zahl(text: str) -> float:
    """Read a number as it is typed, "0,001" or "0.001"; raise ValueError for anything else."""
    return float(text.replace(",", "."))


def add_steps(z: argparse.ArgumentParser, schritte: dict[str, tuple[str, tuple[Angabe, ...]]]) -> None:
    """Give a command steps, each with its own help; the project may be named behind the step, too."""
    unter = z.add_subparsers(dest="was", metavar="WAS", title="Schritte", parser_class=type(z))
    for name, (hilfe, angaben) in schritte.items():
        schritt = unter.add_parser(name, help=hilfe, description=hilfe[:1].upper() + hilfe[1:] + ".")
        schritt.add_argument(
            "--projekt", type=als_pfad, metavar="DATEI", default=argparse.SUPPRESS, help="Projektdatei oder Ordner"
        )
        for namen, wie in angaben:
            schritt.add_argument(*namen, **wie)  # type: ignore[arg-type]  # settings of argparse as plain values


def say_change(aenderung: object) -> int:
    """Say what a command changed and how it is taken back; exit code 0."""
    konsole.say(f"{getattr(aenderung, 'text', aenderung)}. „sozialtool zurueck“ nimmt es zurück.")
    return 0


def progress(fertig: int, von: int, was: str) -> None:
    """Say how far long work has come, on a terminal only."""
    if sys.stderr.isatty():
        konsole.say(f"  {fertig}/{von} {was}")
