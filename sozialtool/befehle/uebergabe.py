"""The command `uebergabe`: the whole project as plain workbooks for a successor."""

from __future__ import annotations

import argparse

from sozialtool import konsole
from sozialtool.befehle.teile import Befehle, Oeffnen, progress
from sozialtool.orte import zeige


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """Name → (help, how it takes its arguments, what it does), for the command line."""
    return {
        "uebergabe": (
            "das ganze Projekt als schlichte Arbeitsmappen für die Nachfolge schreiben; nicht weitergeben",
            lambda _: None,
            lambda angaben: _write(angaben, oeffnen),
        ),
    }


def _write(angaben: argparse.Namespace, oeffnen: Oeffnen) -> int:
    from sozialtool import ablauf
    from sozialtool.ablauf.uebergabe import WARNUNG

    konsole.say(WARNUNG)
    with oeffnen(angaben, nur_lesen=True) as projekt:
        ordner, posten = ablauf.write_uebergabe(projekt, progress)
    print(zeige(ordner))
    konsole.say(f"{len({p.datei for p in posten}) + 1} Dateien; was wo steht, sagt Inhalt.xlsx.")
    return 0
