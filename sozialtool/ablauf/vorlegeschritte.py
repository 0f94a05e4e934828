"""From the first workbook to the paper: the next thing a newcomer would not think of, one at a time.

The order is that of the six Bausteine (fach/regeln.md section 6): bodies that see the figures, what there is and what is
said, needs, goals, measures, the council paper, the final release that goes with it.
"""

from __future__ import annotations

from collections.abc import Callable

from sozialtool.ablauf.vorlegen import ausgaben, find_monitoring
from sozialtool.ablauf.werte import NaechsterSchritt
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.drucksache import Drucksache
from sozialtool.fach.gremium import Gremium
from sozialtool.fach.planung import Einrichtung, Massnahme
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fach.ziel import Entwicklungsziel
from sozialtool.orte import als_pfad
from sozialtool.projekt import Projekt

_EINTRAEGE: tuple[tuple[type, str], ...] = (
    (Gremium, "Gremien eintragen: Wer berät die Zahlen, bevor sie hinausgehen? (F7, Gremien)"),
    (Einrichtung, "Bestand aufnehmen: Was gibt es in den Sozialräumen? (F7, Bestand)"),
    (Stimme, "Stimmen sammeln: Was sagen Fachkräfte und Bewohnerschaft zu den Zahlen? (F7, Stimmen)"),
    (Bedarf, "Ersten Bedarf festhalten: Was fehlt wo, mit Belegen? (F7, Bedarfe)"),
    (Entwicklungsziel, "Erstes Ziel vereinbaren: Welche Zahl soll sich bis wann ändern? (F7, Ziele)"),
    (Massnahme, "Erste Maßnahme eintragen: Wer tut was dafür, mit welchem Geld? (F7, Maßnahmen)"),
)
"""What is still empty → how to begin."""


def list_vorlegeschritte(projekt: Projekt) -> list[NaechsterSchritt]:
    """Return the next step on the way from the first workbook of the year to the paper, and what came in after that went out."""
    jahr = projekt.kommune.berichtsjahr
    return [*_find_spaete(projekt, jahr), *_find_naechsten(projekt, jahr)]


def _find_naechsten(projekt: Projekt, jahr: int) -> list[NaechsterSchritt]:
    if find_monitoring(projekt, jahr) is None:
        return []
    for klasse, text in _EINTRAEGE:
        if not projekt.read(klasse):
            return [NaechsterSchritt(text, "planung")]
    fehlt: tuple[tuple[Callable[[], bool], str, str], ...] = (
        (
            lambda: all((d.jahr or jahr) != jahr for d in projekt.read(Drucksache)),
            f"Drucksache zum Monitoring {jahr} beginnen (F7, Drucksachen).",
            "planung",
        ),
        (
            lambda: all(v.jahr != jahr for v in projekt.read(Veroeffentlichung)),
            f"Monitoring {jahr} endgültig ausgeben, als Anlage der Drucksache (F8).",
            "ausgabe",
        ),
        (
            lambda: (
                not any(a.jahr == jahr and als_pfad(a.pfad).name.startswith("Drucksache_") for a in ausgaben(projekt))
            ),
            f"Drucksache zum Monitoring {jahr} als Word schreiben (F8, d, w).",
            "ausgabe",
        ),
    )
    return next(([NaechsterSchritt(text, ziel)] for offen, text, ziel in fehlt if offen()), [])


def _find_spaete(projekt: Projekt, jahr: int) -> list[NaechsterSchritt]:
    """Say that something was delivered after the figures of the year had gone out: it may correct them."""
    zuletzt = max((v.am for v in projekt.read(Veroeffentlichung) if v.jahr == jahr and v.am is not None), default=None)
    spaet = [
        q.datei
        for q in projekt.read(Quelle)
        if zuletzt is not None and q.eingelesen_am is not None and q.eingelesen_am.date() > zuletzt
        and q.stand is not None and q.stand.year <= jahr
    ]  # fmt: skip
    if not spaet:
        return []
    text = f"Nach der Veröffentlichung eingelesen: {', '.join(spaet[:2])}. Ändert das Veröffentlichtes? (F8, d, k)"
    return [NaechsterSchritt(text, "ausgabe")]
