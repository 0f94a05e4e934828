"""What comes next in the process: figures to be discussed, meetings without a result, tasks that are overdue."""

from __future__ import annotations

import datetime as dt

from sozialtool.ablauf.sitzungen import list_aufgaben, list_sitzungen
from sozialtool.ablauf.umlauf import find_ungesehen
from sozialtool.ablauf.werte import NaechsterSchritt
from sozialtool.fach.gremium import Gremium, Sitzungsstand
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.projekt import Projekt


def list_prozessschritte(projekt: Projekt, heute: dt.date) -> list[NaechsterSchritt]:
    """List the open steps of bodies and meetings; none where no body is entered."""
    gremien = {g.schluessel: g.name for g in projekt.read(Gremium)}
    if not gremien:
        return []
    schritte = _steps_zahlen(projekt, heute)
    offen = (Sitzungsstand.GEPLANT, Sitzungsstand.EINGELADEN)
    vorbei = [s for s in list_sitzungen(projekt) if s.stand in offen and s.datum < heute]
    if len(vorbei) == 1:
        s = vorbei[0]
        text = f"{gremien.get(s.gremium, s.gremium)} war am {s.datum:%d.%m.%Y}: Ergebnis eintragen."
        schritte.append(NaechsterSchritt(text, "planung", stelle="sitzungen"))
    elif vorbei:
        text = f"{len(vorbei)} Sitzungen sind vorbei: Ergebnisse eintragen."
        schritte.append(NaechsterSchritt(text, "planung", stelle="sitzungen"))
    spaet = [a for a in list_aufgaben(projekt) if a.is_ueberfaellig(heute)]
    if spaet:
        wer = ", ".join(dict.fromkeys(a.zustaendig for a in spaet[:3]))
        wort = "1 Aufgabe ist" if len(spaet) == 1 else f"{len(spaet)} Aufgaben sind"
        schritte.append(NaechsterSchritt(f"{wort} überfällig: {wer}.", "planung", stelle="aufgaben"))
    return schritte


def _steps_zahlen(projekt: Projekt, heute: dt.date) -> list[NaechsterSchritt]:
    """Name who has still to see the figures of the year, unless they have gone out already."""
    jahr = projekt.kommune.berichtsjahr
    if not projekt.count_messwerte() or any(v.jahr == jahr for v in projekt.read(Veroeffentlichung)):
        return []
    ungesehen = find_ungesehen(projekt, jahr, heute)
    return [
        NaechsterSchritt(
            f"Monitoring {jahr} beraten: {g.name}, bevor es hinausgeht (F7, Sitzungen).",
            "planung",
            stelle="sitzungen",
        )
        for g in ungesehen
    ]
