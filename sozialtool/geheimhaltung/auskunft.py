"""What the planner may know about a released table beside what is shown: reasons, intervals, findings. Never for print."""

from __future__ import annotations

import polars as pl

from sozialtool.fach.messwert import Zeichen
from sozialtool.geheimhaltung.tabelle import FreigegebeneTabelle, look_inside
from sozialtool.geheimhaltung.worte import describe_bekannt, describe_gruende, describe_zellen


def warum_gesperrt(tabelle: FreigegebeneTabelle, indikator: str, jahr: int, gebiet: str) -> str:
    """Explain in one German sentence, for the planner's screen, why a Kennzahl is not shown; "" where it is shown.

    Names the true reason, so it must not be printed.
    """
    inhalt = look_inside(tabelle)
    zeile = (indikator, jahr, gebiet)
    text = describe_gruende(inhalt.abhaengig.get(zeile, ()), inhalt.gruende, inhalt.namen, inhalt.auftrag.regel)
    if text:
        return text
    treffer = inhalt.kennzahlen.filter(
        (pl.col("indikator") == indikator) & (pl.col("jahr") == jahr) & (pl.col("gebiet") == gebiet)
    )
    if treffer["zeichen"].to_list() == [Zeichen.GEHEIM.name]:
        if any(ort in inhalt.auftrag.unten for ort in inhalt.abhaengig.get(zeile, ())):
            return "Gesperrt: enthält eine Zahl, die erst von größeren Gebieten hinausgehen darf."
        return "Gesperrt: enthält eine Zahl, die schon in der Quelle geheim ist."
    return ""


def erklaere(tabelle: FreigegebeneTabelle, indikator: str, jahr: int, gebiet: str) -> tuple[str, ...]:
    """Explain a suppressed Kennzahl, one German sentence per cell behind it with its interval; () where it is shown.

    Names the true reason, so it must not be printed.
    """
    inhalt = look_inside(tabelle)
    orte = inhalt.abhaengig.get((indikator, jahr, gebiet), ())
    saetze = describe_zellen(orte, inhalt.gruende, inhalt.namen, inhalt.intervalle, inhalt.auftrag.regel)
    allgemein = warum_gesperrt(tabelle, indikator, jahr, gebiet)
    return saetze or ((allgemein,) if allgemein else ())


def list_bekannte(tabelle: FreigegebeneTabelle) -> tuple[str, ...]:
    """Secrets that earlier releases have disclosed, one sentence each, for the planner alone; empty in the normal case."""
    inhalt = look_inside(tabelle)
    return describe_bekannt(inhalt.bekannt, inhalt.auftrag.bestand)


def list_befunde(tabelle: FreigegebeneTabelle) -> tuple[str, ...]:
    """Findings for the planner alone (not for print): stars that sources themselves give away, weaker protection."""
    return look_inside(tabelle).befunde
