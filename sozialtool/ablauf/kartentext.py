"""The map of tiles as plain text, for the command."""

from __future__ import annotations

from collections.abc import Callable

from sozialtool.ablauf.karte import Kachelkarte
from sozialtool.ablauf.textausgabe import find_indikator
from sozialtool.ablauf.werte import Monitoring
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import LAGE_ZEICHEN, format_zahl

_BREIT = 22


def karte_text(karte: Kachelkarte) -> str:
    """Draw the map with names and keys, columns and rows numbered from 1."""
    if not karte.gebiete:
        return "Es gibt noch keine Sozialräume."
    hinweis = (
        "\nNoch ein Vorschlag: „karte anordnen“ hält ihn fest, „karte setzen“ ändert ihn." if karte.vorschlag else ""
    )
    return _draw(karte, lambda gebiet: gebiet.schluessel) + hinweis


def werte_text(karte: Kachelkarte, monitoring: Monitoring, kennung: str) -> str:
    """Draw the map with the figures of an indicator and their signs against the town.

    Raises:
        BedienFehler: there is no such indicator.
    """
    indikator = find_indikator(monitoring, kennung)

    def wert(gebiet: Gebiet) -> str:
        kennzahl = monitoring.zelle(gebiet.schluessel, indikator.kennung)
        if kennzahl is None or kennzahl.wert is None:
            return ((kennzahl.zeichen if kennzahl else None) or Zeichen.FEHLT).symbol
        zahl = format_zahl(kennzahl.wert, indikator.nachkommastellen)
        return f"{zahl} {LAGE_ZEICHEN[kennzahl.lage]}" if kennzahl.lage else zahl

    stadt = monitoring.gebiete[0]
    kopf = f"{indikator.name} ({indikator.einheit}), {monitoring.jahr}\n{stadt.name}: {wert(stadt)}\n\n"
    return f"{kopf}{_draw(karte, wert)}\n\n▲ höher, ▼ niedriger als die Stadt, doppelt: deutlich; • geheim"


def _draw(karte: Kachelkarte, unten: Callable[[Gebiet], str]) -> str:
    breite = min(_BREIT, max((len(g.name) for g in karte.gebiete), default=0))
    zeilen = ["    " + " ".join(f"{nummer:^{breite}}" for nummer in range(1, karte.masse[0] + 1))]
    for nummer, reihe in enumerate(karte.reihen(), start=1):
        zeilen.append("")
        zeilen.append(f"{nummer:>2}  " + " ".join(f"{g.name[:breite] if g else '':^{breite}}" for g in reihe))
        zeilen.append("    " + " ".join(f"{unten(g) if g else '':^{breite}}" for g in reihe))
    return "\n".join(zeile.rstrip() for zeile in zeilen)
