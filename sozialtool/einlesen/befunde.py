"""All checks of a delivery, in one list, and the order of their findings.

Each check is a named function with a stable code; it lists all offenders, each with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import attrs

from sozialtool.einlesen.lage import Lage
from sozialtool.einlesen.pruefen_bestand import check_aelter, check_schon_geliefert, check_sprung, check_wert_aendert
from sozialtool.einlesen.pruefen_datei import (
    check_code_nullen,
    check_gebiet_doppelt,
    check_gebiet_fehlt,
    check_gebiet_fremd,
    check_gebiet_unbekannt,
    check_masstab,
    check_prognose,
    check_spalte_ungelesen,
    check_stand_widerspruch,
    check_widerspruch,
)
from sozialtool.einlesen.pruefen_summen import check_gruppe_falsch, check_summe_falsch, check_teil_groesser
from sozialtool.einlesen.pruefen_zellen import (
    check_gestoert,
    check_negativ,
    check_nicht_ganz,
    check_punkt,
    check_zellen,
)
from sozialtool.fach.quelle import Befund, Schwere

__all__ = ["REGELN", "Lage", "check_alle"]

REGELN: tuple[Callable[[Lage], list[Befund]], ...] = (
    check_schon_geliefert,
    check_gestoert,
    check_zellen,
    check_punkt,
    check_widerspruch,
    check_gebiet_unbekannt,
    check_gebiet_fremd,
    check_gebiet_doppelt,
    check_gebiet_fehlt,
    check_code_nullen,
    check_spalte_ungelesen,
    check_stand_widerspruch,
    check_masstab,
    check_prognose,
    check_summe_falsch,
    check_gruppe_falsch,
    check_teil_groesser,
    check_negativ,
    check_nicht_ganz,
    check_sprung,
    check_aelter,
    check_wert_aendert,
)
"""Order in which findings about the same cell are listed."""

_NUR_IN_DATEN = ("ZELLE-FEHLER", "FORMEL-OHNE-WERT")
_ADRESSE = re.compile(r"([A-Z]+)(\d+)")


def check_alle(lage: Lage) -> tuple[Befund, ...]:
    """Run all checks; findings come in the order of the file: whole file, then sheet, row, column.

    Error cells and formulas without a value matter only inside the data that is read. What the planner has accepted
    (`Zuordnung.hingenommen`) becomes a remark.
    """
    alle = [befund for befund in lage.rohmappe.befunde if befund.code not in _NUR_IN_DATEN]
    for regel in REGELN:
        alle += regel(lage)
    blaetter = {blatt.name: i for i, blatt in enumerate(lage.rohmappe.blaetter)}
    sortiert = sorted(alle, key=lambda befund: _place(befund, blaetter))
    return tuple(_soften(befund, lage.hingenommen) for befund in dict.fromkeys(sortiert))


def _place(befund: Befund, blaetter: dict[str, int]) -> tuple[int, int, int]:
    treffer = _ADRESSE.match(befund.zelle)
    if treffer is None:
        return (blaetter.get(befund.blatt, -1), -1, -1)
    spalte = 0
    for buchstabe in treffer[1]:
        spalte = spalte * 26 + ord(buchstabe) - 64
    return (blaetter.get(befund.blatt, -1), int(treffer[2]), spalte)


def _soften(befund: Befund, hingenommen: tuple[str, ...]) -> Befund:
    if f"{befund.code}@{befund.blatt}!{befund.zelle}" not in hingenommen:
        return befund
    return attrs.evolve(befund, schwere=Schwere.HINWEIS, vorschlag="Hingenommen.")
