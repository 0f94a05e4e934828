"""From the first workbook to the paper: the next thing a newcomer would not think of, one at a time.

Two ways run beside each other. To the paper: bodies that see the figures, the council paper, the final release that goes with it,
the paper in Word. And what broadens the work, in the order of the six Bausteine (fach/regeln.md section 6): what there is and
what is said, needs, goals, measures. The paper waits for none of these: a first Monitoring may go out with figures alone.
"""

from __future__ import annotations

from sozialtool.ablauf.abgleich import find_spaete
from sozialtool.ablauf.gezeigtes import is_monitoring
from sozialtool.ablauf.vorlegen import ausgaben, find_monitoring
from sozialtool.ablauf.werte import NaechsterSchritt
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.drucksache import Drucksache
from sozialtool.fach.gremium import Gremium
from sozialtool.fach.planung import Einrichtung, Massnahme
from sozialtool.fach.schreibweise import name_einige
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fach.ziel import Entwicklungsziel
from sozialtool.orte import als_pfad
from sozialtool.projekt import Projekt

_GREMIEN = "Gremien eintragen: Wer berät die Zahlen, bevor sie hinausgehen? (F7, Gremien)"
_EINTRAEGE: tuple[tuple[type, str, str], ...] = (
    (Gremium, _GREMIEN, "gremien"),
    (Einrichtung, "Bestand aufnehmen: Was gibt es in den Sozialräumen? (F7, Bestand)", "bestand"),
    (Stimme, "Stimmen sammeln: Was sagen Fachkräfte und Bewohnerschaft zu den Zahlen? (F7, Stimmen)", "stimmen"),
    (Bedarf, "Ersten Bedarf festhalten: Was fehlt wo, mit Belegen? (F7, Bedarfe)", "bedarfe"),
    (Entwicklungsziel, "Erstes Ziel vereinbaren: Welche Zahl soll sich bis wann ändern? (F7, Ziele)", "ziele"),
    (Massnahme, "Erste Maßnahme eintragen: Wer tut was dafür, mit welchem Geld? (F7, Maßnahmen)", "massnahmen"),
)
"""What is still empty, how to begin, and the place of the Planung where that is done."""
_MEISTE = 2


def list_vorlegeschritte(projekt: Projekt) -> list[NaechsterSchritt]:
    """Return what came in after figures had gone out, the next step to the paper of the year, and the next that broadens the work."""
    jahr = projekt.kommune.berichtsjahr
    schritte = _find_spaete(projekt)
    if find_monitoring(projekt, jahr) is not None:
        zur_drucksache = _find_zur_drucksache(projekt, jahr)
        leer, stelle = next(
            ((text, stelle) for klasse, text, stelle in _EINTRAEGE if not projekt.read(klasse)), ("", "")
        )
        schritte += zur_drucksache
        # Without a body both ways begin with the same step.
        if leer and leer not in (s.text for s in zur_drucksache):
            schritte.append(NaechsterSchritt(leer, "planung", stelle=stelle))
    return schritte


def _find_zur_drucksache(projekt: Projekt, jahr: int) -> list[NaechsterSchritt]:
    """Return the next step from the written Monitoring to the paper in Word; none where it is written."""
    endgueltig = any(v.jahr == jahr and is_monitoring(v) for v in projekt.read(Veroeffentlichung))
    begonnen = any((d.jahr or jahr) == jahr for d in projekt.read(Drucksache))
    geschrieben = any(a.jahr == jahr and als_pfad(a.pfad).name.startswith("Drucksache_") for a in ausgaben(projekt))
    schritte = (
        # What has gone out has been conferred on, or it was said why not.
        (endgueltig or bool(projekt.read(Gremium)), _GREMIEN, "planung", "gremien"),
        (begonnen, f"Drucksache zum Monitoring {jahr} beginnen (F7, Drucksachen).", "planung", "drucksachen"),
        (endgueltig, f"Monitoring {jahr} endgültig ausgeben, als Anlage der Drucksache (F8).", "ausgabe", ""),
        (geschrieben, f"Drucksache zum Monitoring {jahr} als Word schreiben (F8, d, w).", "ausgabe", "drucksachen"),
    )
    return next(
        ([NaechsterSchritt(text, ziel, stelle=stelle)] for erledigt, text, ziel, stelle in schritte if not erledigt), []
    )


def _find_spaete(projekt: Projekt) -> list[NaechsterSchritt]:
    """Say that something was delivered after figures had gone out: it may correct them."""
    spaet = [q.datei for q in find_spaete(projekt)]
    if not spaet:
        return []
    text = (
        f"Nach der Veröffentlichung eingelesen: {name_einige(spaet, _MEISTE)}. Ändert das Veröffentlichtes? (F8, d, k)"
    )
    return [NaechsterSchritt(text, "ausgabe", stelle="drucksachen")]
