"""What an Abfrage looks like: its row, the count above the table, its words below. No widget."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from sozialtool.ablauf.abfragelage import Abfragelage
from sozialtool.fach.abfrage import Abfragestand
from sozialtool.tui.deutsch import anzahl, datum
from sozialtool.tui.teile.tabelle import Reihe
from sozialtool.tui.text import UMBRUCH, satz


def reihe(lage: Abfragelage) -> Reihe:
    """Make the row of an Abfrage."""
    abfrage = lage.zeile.abfrage
    texte = (lage.zeile.fachbereich.name, kurzer_stand(lage), datum(abfrage.frist, "–"), vorhanden(lage))
    return Reihe(abfrage.fachbereich, texte, lage, "bold" if lage.zeile.ueberfaellig else "")


def kurzer_stand(lage: Abfragelage) -> str:
    """State as sign and word, short enough for a column."""
    if not lage.zeile.ueberfaellig:
        return lage.zeile.stand
    return "! in Rückfrage" if lage.zeile.abfrage.stand is Abfragestand.IN_RUECKFRAGE else "! überfällig"


def vorhanden(lage: Abfragelage) -> str:
    """How many of the Merkmale that are asked have figures of the year: "9 von 12 Merkmalen"."""
    gefragt = lage.zeile.merkmale
    return f"{gefragt - len(lage.fehlend)} von {anzahl(gefragt, 'Merkmal', 'Merkmalen')}"


def summary(lagen: Sequence[Abfragelage]) -> str:
    """Count the Abfragen by state, what is overdue first."""
    if not lagen:
        return ""
    spaete = sum(lage.zeile.ueberfaellig for lage in lagen)
    teile = [f"! {spaete} überfällig"] if spaete else []
    for stand in Abfragestand:
        wieviel = sum(lage.zeile.abfrage.stand is stand and not lage.zeile.ueberfaellig for lage in lagen)
        teile += [f"{wieviel} {stand.value}"] if wieviel else []
    return f"{anzahl(len(lagen), 'Fachbereich', 'Fachbereiche')}: {', '.join(teile)}"


def describe_lage(lage: Abfragelage) -> Content:
    """Write an Abfrage in full: days, what is missing, what comes next."""
    abfrage, fachbereich = lage.zeile.abfrage, lage.zeile.fachbereich
    rolle = f" · {fachbereich.ansprechrolle}" if fachbereich.ansprechrolle else ""
    tage = [
        (wort, tag) for wort, tag in (("versandt", abfrage.versandt_am), ("erinnert", abfrage.erinnert_am),
                                      ("zurück", abfrage.zurueck_am), ("angenommen", abfrage.angenommen_am)) if tag
    ]  # fmt: skip
    weg = " · ".join([lage.zeile.stand, *(f"{wort} {datum(tag)}" for wort, tag in tage), abfrage.datei]).rstrip(" ·")
    fehlt = f"Es fehlen: {', '.join(lage.fehlend)}" if lage.fehlend else "Zu allen Merkmalen liegen Zahlen vor."
    kopf = satz((fachbereich.name, "bold"), (rolle, "$leise"))
    return UMBRUCH.join([kopf, satz(weg), satz(("Als Nächstes: ", "bold"), lage.naechstes), satz((fehlt, "$leise"))])
