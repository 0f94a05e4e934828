"""The places of the Planung: what is entered there so far, in one line each."""

from __future__ import annotations

import attrs

from sozialtool.ablauf.beteiligungsbild import describe_beteiligung
from sozialtool.ablauf.sitzungen import list_aufgaben
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.beteiligung import Beteiligung
from sozialtool.fach.drucksache import Drucksache
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.gremium import Gremium, Sitzung, Thema
from sozialtool.fach.planung import Befragung, Einrichtung, Massnahme, Massnahmenstand
from sozialtool.fach.prozess import Umsetzungsstand
from sozialtool.fach.ziel import Entwicklungsziel
from sozialtool.projekt import Projekt


@attrs.frozen
class Planstelle:
    """A place of the Planung: key, name, what stands there."""

    schluessel: str
    name: str
    stand: str


def list_planstellen(projekt: Projekt) -> tuple[Planstelle, ...]:
    """List the places in the order of the work: what there is, what is heard, what is needed, wanted, done."""
    massnahmen = projekt.read(Massnahme)
    laufend = sum(m.stand is Massnahmenstand.LAEUFT for m in massnahmen)
    teile = [
        write_anzahl(len(massnahmen), "Maßnahme", "Maßnahmen"),
        f"{laufend} {'läuft' if laufend == 1 else 'laufen'}" if laufend else "",
    ]
    return (
        Planstelle("bestand", "Bestand und Versorgung", write_anzahl(len(projekt.read(Einrichtung)), "Eintrag", "Einträge")),
        Planstelle("stimmen", "Stimmen", write_anzahl(len(projekt.read(Stimme)), "Stimme", "Stimmen")),
        Planstelle("befragungen", "Befragungen", write_anzahl(len(projekt.read(Befragung)), "Befragung", "Befragungen")),
        Planstelle("bedarfe", "Bedarfe und Prioritäten", write_anzahl(len(projekt.read(Bedarf)), "Bedarf", "Bedarfe")),
        Planstelle("ziele", "Leitziele und Entwicklungsziele", write_anzahl(len(projekt.read(Entwicklungsziel)), "Ziel", "Ziele")),
        Planstelle("massnahmen", "Maßnahmen und Controlling", ", ".join(filter(None, teile))),
        Planstelle("foerderung", "Fördernachweis", write_anzahl(len(projekt.read(Foerderaufruf)), "Aufruf", "Aufrufe")),
        Planstelle("gremien", "Gremien", write_anzahl(len(projekt.read(Gremium)), "Gremium", "Gremien")),
        Planstelle("sitzungen", "Sitzungen", write_anzahl(len(projekt.read(Sitzung)), "Sitzung", "Sitzungen")),
        Planstelle("umlauf", "Umlauf der Themen", write_anzahl(len(projekt.read(Thema)), "Thema", "Themen")),
        Planstelle("aufgaben", "Aufgaben", f"{len(list_aufgaben(projekt)) or 'keine'} offen"),
        Planstelle("beteiligung", "Beteiligung", _count_beteiligung(projekt)),
        Planstelle(
            "bausteine", "Bausteine für den Rat", write_anzahl(len(projekt.read(Umsetzungsstand)), "Satz", "Sätze")
        ),
        Planstelle("drucksachen", "Drucksachen", write_anzahl(len(projekt.read(Drucksache)), "Drucksache", "Drucksachen")),
    )  # fmt: skip


def _count_beteiligung(projekt: Projekt) -> str:
    """Say how much there is; what is missing once something has begun."""
    anzahl = len(projekt.read(Beteiligung))
    fehlt = sum(bool(z.unverzichtbar and z.fehlend) for z in describe_beteiligung(projekt)) if anzahl else 0
    return write_anzahl(anzahl, "Eintrag", "Einträge") + (
        f", ! {fehlt} {'Phase' if fehlt == 1 else 'Phasen'}" if fehlt else ""
    )


def write_anzahl(anzahl: int, eins: str, viele: str) -> str:
    """Write how many, "noch leer" for none."""
    return f"{anzahl} {eins if anzahl == 1 else viele}" if anzahl else "noch leer"
