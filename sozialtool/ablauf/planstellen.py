"""The places of the Planung: what is entered there so far, in one line each."""

from __future__ import annotations

import attrs

from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.planung import Befragung, Einrichtung, Massnahme, Massnahmenstand
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
    teile = [write_anzahl(len(massnahmen), "Maßnahme", "Maßnahmen"), f"{laufend} laufen" if laufend else ""]
    return (
        Planstelle("bestand", "Bestand und Versorgung", write_anzahl(len(projekt.read(Einrichtung)), "Eintrag", "Einträge")),
        Planstelle("stimmen", "Stimmen", write_anzahl(len(projekt.read(Stimme)), "Stimme", "Stimmen")),
        Planstelle("befragungen", "Befragungen", write_anzahl(len(projekt.read(Befragung)), "Befragung", "Befragungen")),
        Planstelle("bedarfe", "Bedarfe und Prioritäten", write_anzahl(len(projekt.read(Bedarf)), "Bedarf", "Bedarfe")),
        Planstelle("ziele", "Leitziele und Entwicklungsziele", write_anzahl(len(projekt.read(Entwicklungsziel)), "Ziel", "Ziele")),
        Planstelle("massnahmen", "Maßnahmen und Controlling", ", ".join(filter(None, teile))),
    )  # fmt: skip


def write_anzahl(anzahl: int, eins: str, viele: str) -> str:
    """Write how many, "noch leer" for none."""
    return f"{anzahl} {eins if anzahl == 1 else viele}" if anzahl else "noch leer"
