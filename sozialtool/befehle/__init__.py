"""The commands by what they are about; `cli` puts them together. Nothing heavy is imported before it is known what is asked for."""

from __future__ import annotations

from sozialtool.befehle import (
    abfragen,
    auswertung,
    bausteine,
    bericht,
    beteiligung,
    drucksache,
    foerderung,
    geheimhaltung,
    index,
    karte,
    listen,
    planung,
    prozess,
    raeume,
    referenzen,
    uebergabe,
    vereinbarungen,
)
from sozialtool.befehle.teile import Befehle, Oeffnen


def build_commands(oeffnen: Oeffnen) -> Befehle:
    """All commands that work on an open project, in the order of the help."""
    befehle: Befehle = {}
    for modul in (
        auswertung,
        geheimhaltung,
        listen,
        abfragen,
        vereinbarungen,
        raeume,
        karte,
        index,
        planung,
        drucksache,
        foerderung,
        bericht,
        bausteine,
        prozess,
        beteiligung,
        referenzen,
        uebergabe,
    ):
        befehle |= modul.build_commands(oeffnen)
    return befehle
