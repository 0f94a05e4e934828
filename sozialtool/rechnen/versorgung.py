"""Supply per need: places or facilities of an area per people of a group, against the town's own supply.

The rule (our own, visible wherever a result stands; its two limits are agreed thresholds): a gap is less than `luecke` times the town's
supply with at least one whole place or facility missing; "mehr" is more than `mehr` times with at least one above; it may be double
where at least two providers offer the same kind for the same ages. Nothing here, but less than one missing, is said as that, and so is
nothing in the whole town: there is nothing to compare with. What nobody needs next door (`wohnortnah` no) is judged for the town
alone. Counts of people come from released figures alone, places and facilities are public: nothing secret enters.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import attrs

from sozialtool.fach.planung import Einrichtung
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import format_anzahl
from sozialtool.fach.versorgung import Versorgungslage, Versorgungsmass, Versorgungszeile, Zaehlweise


@attrs.frozen
class Regel:
    """Limits of the rule as shares of the town's supply."""

    luecke: float = 0.75
    mehr: float = 1.5


def count_menge(mass: Versorgungsmass, orte: Sequence[Einrichtung]) -> tuple[float, int]:
    """Return places (or facilities), and how many facilities do not say their places."""
    if mass.zaehlt is Zaehlweise.ORTE:
        return float(len(orte)), 0
    return float(sum(o.plaetze or 0 for o in orte)), sum(o.plaetze is None for o in orte)


def compute_versorgung(
    mass: Versorgungsmass,
    gebiete: Sequence[Gebiet],
    orte: Mapping[str, Sequence[Einrichtung]],
    gruppen: Mapping[str, float | None],
    regel: Regel,
) -> tuple[Versorgungszeile, ...]:
    """Compute the supply of every area; `gebiete` begins with the town, whose facilities are all of them.

    Args:
        mass: what is set against whom.
        gebiete: town first, then its areas.
        orte: area → facilities of the kinds that count.
        gruppen: area → released number of people; None or no entry where there is none.
        regel: limits.
    """
    roh = [_count(mass, gebiet, tuple(orte.get(gebiet.schluessel, ())), gruppen) for gebiet in gebiete]
    stadt = roh[0]
    return (_say_town(stadt), *(_judge(mass, zeile, stadt, regel) for zeile in roh[1:]))


def _count(
    mass: Versorgungsmass, gebiet: Gebiet, orte: tuple[Einrichtung, ...], gruppen: Mapping[str, float | None]
) -> Versorgungszeile:
    menge, ohne = count_menge(mass, orte)
    gruppe = gruppen.get(gebiet.schluessel)
    wert = menge / gruppe * mass.je if gruppe else None
    grund = (
        ""
        if gruppe
        else "Die Zahl der Gruppe ist null."
        if gruppe == 0
        else "Die Zahl der Gruppe ist geheim oder fehlt."
    )
    return Versorgungszeile(gebiet, orte, menge, ohne, gruppe, wert, grund=grund)


def _say_town(stadt: Versorgungszeile) -> Versorgungszeile:
    """The town is what everything is compared with; where it has nothing at all, nothing is "like in the town"."""
    if stadt.wert is None:
        return stadt
    return attrs.evolve(stadt, lage=Versorgungslage.WIE_STADT) if stadt.wert else _say_nothing(stadt, stadt)


def _say_nothing(zeile: Versorgungszeile, stadt: Versorgungszeile) -> Versorgungszeile:
    """0 against 0: there is nothing in the town, or nobody noted the places of what there is."""
    if stadt.ohne_zahl:
        fehlt = _say_ohne_zahl(stadt.ohne_zahl, " der Stadt")
        return attrs.evolve(zeile, lage=Versorgungslage.OFFEN, grund=fehlt)
    wort = "nichts mit Plätzen" if stadt.orte else "nichts"
    return attrs.evolve(zeile, lage=Versorgungslage.KEINE, grund=f"In der ganzen Stadt ist dafür {wort} verzeichnet.")


def _say_ohne_zahl(anzahl: int, wo: str = "") -> str:
    return f"Bei {format_anzahl(anzahl, 'Einrichtung', 'Einrichtungen')}{wo} fehlt die Zahl der Plätze."


def _judge(mass: Versorgungsmass, zeile: Versorgungszeile, ganz: Versorgungszeile, regel: Regel) -> Versorgungszeile:
    if zeile.wert is None or zeile.gruppe is None:
        return zeile
    stadt = ganz.wert
    if stadt == 0:
        return _say_nothing(zeile, ganz)
    if not mass.wohnortnah:
        return attrs.evolve(zeile, lage=Versorgungslage.STADTWEIT)
    if stadt is None:
        return attrs.evolve(zeile, grund="Die Zahl der Gruppe in der Stadt ist geheim oder fehlt.")
    abstand = zeile.menge - stadt * zeile.gruppe / mass.je
    neu = attrs.evolve(zeile, abstand=abstand)
    if zeile.wert < regel.luecke * stadt and abstand <= -1:
        if zeile.ohne_zahl:
            return attrs.evolve(neu, grund=_say_ohne_zahl(zeile.ohne_zahl))
        return attrs.evolve(neu, lage=Versorgungslage.LUECKE)
    if zeile.wert > regel.mehr * stadt and abstand >= 1:
        doppelt = bool(find_doppelte(zeile.orte))
        return attrs.evolve(neu, lage=Versorgungslage.DOPPELT if doppelt else Versorgungslage.MEHR)
    if not zeile.menge and not zeile.ohne_zahl:
        grund = "Für so wenige Menschen fehlt rechnerisch weniger als eins."
        return attrs.evolve(neu, lage=Versorgungslage.HIER_KEINE, grund=grund)
    return attrs.evolve(neu, lage=Versorgungslage.WIE_STADT)


def find_doppelte(orte: Sequence[Einrichtung]) -> tuple[tuple[Einrichtung, Einrichtung], ...]:
    """Pairs of the same kind for overlapping ages and groups, by different named providers."""
    return tuple(
        (a, b)
        for a, b in itertools.combinations(orte, 2)
        if a.art == b.art and a.traeger and b.traeger and a.traeger != b.traeger and _same_people(a, b)
    )


def _same_people(a: Einrichtung, b: Einrichtung) -> bool:
    """Whether ages overlap and, where both name their groups, one of them is the same."""
    ende_a, ende_b = (999 if e.alter_bis is None else e.alter_bis for e in (a, b))
    alter = (a.alter_von or 0) < ende_b and (b.alter_von or 0) < ende_a
    wer = not a.zielgruppe or not b.zielgruppe or bool(set(a.zielgruppe) & set(b.zielgruppe))
    return alter and wer
