"""The places of the Planung: what is entered there so far, in one line each."""

from __future__ import annotations

import attrs

from sozialtool.fach.planung import Einrichtung
from sozialtool.projekt import Projekt


@attrs.frozen
class Planstelle:
    """A place of the Planung: key, name, what stands there."""

    schluessel: str
    name: str
    stand: str


def list_planstellen(projekt: Projekt) -> tuple[Planstelle, ...]:
    """List the places in the order of the work: what there is, what is heard, what is needed, wanted, done."""
    return (
        Planstelle(
            "bestand", "Bestand und Versorgung", write_anzahl(len(projekt.read(Einrichtung)), "Eintrag", "Einträge")
        ),
    )


def write_anzahl(anzahl: int, eins: str, viele: str) -> str:
    """Write how many, "noch leer" for none."""
    return f"{anzahl} {eins if anzahl == 1 else viele}" if anzahl else "noch leer"
