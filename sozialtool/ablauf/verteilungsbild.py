"""A sum distributed over the Sozialräume in one or several ways, with what each gains or loses per head, and every assumption.

Only released figures enter: heads, counts, and an index made of released rates. An amount is then a function of what everybody
may read, and nothing secret can be computed back from it (docs/entscheidungen/ablauf-mittel-nur-nach-freigegebenem.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.fassungen import find_definition
from sozialtool.ablauf.indextext import describe_stabil
from sozialtool.ablauf.verteilungsgewichte import Zutaten, collect_zutaten
from sozialtool.ablauf.verteilungstext import describe_annahmen, describe_leer_aus
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import format_zahl
from sozialtool.fach.verteilung import Schluesselart, Verteilungsszenario
from sozialtool.fehler import BedienFehler, DatenFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ablauf.kennzahlen import Ergebnis


@attrs.frozen
class Verteilungszeile:
    """What one Sozialraum gets.

    `koepfe` and `bedarf` are released counts (`bedarf` None unless it is distributed by need, `angesetzt` where the released
    remainder stands in for a secret), `faktor` the weight per head, amounts in the unit of the scenario; the differences are
    against the scenario it is compared with; `anmerkung` says what is special.
    """

    gebiet: Gebiet
    koepfe: float
    bedarf: float | None
    faktor: float | None
    betrag: float
    je_kopf: float
    differenz: float
    differenz_je_kopf: float
    angesetzt: bool = False
    anmerkung: str = ""


@attrs.frozen
class Verteilungsbild:
    """A scenario on the figures of a year, beside another one."""

    szenario: Verteilungsszenario
    jahr: int
    zeilen: tuple[Verteilungszeile, ...]
    gegen: Verteilungsszenario
    annahmen: tuple[str, ...]

    @property
    def vergleich(self) -> str:
        """Name of what it is compared with."""
        return self.gegen.name

    @property
    def koepfe(self) -> float:
        """Heads of all areas together."""
        return sum(zeile.koepfe for zeile in self.zeilen)


@attrs.frozen
class Verteilungsversuch:
    """A scenario with its result, or why there is none."""

    szenario: Verteilungsszenario
    bild: Verteilungsbild | None
    mangel: str = ""


def compute_verteilungen(
    projekt: Projekt,
    schluessel: Sequence[str] = (),
    jahr: int = 0,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
) -> tuple[Verteilungsbild, ...]:
    """Compute stored scenarios ((): all) on the figures of a year (0: that of each scenario, else the Berichtsjahr).

    Raises:
        BedienFehler: no such scenario, or none at all. DatenFehler: it cannot be computed; says why. Abgebrochen: stopped.
    """
    from sozialtool.ablauf.kennzahlen import compute

    alle = projekt.read(Verteilungsszenario)
    gewaehlt = [find_definition(projekt, Verteilungsszenario, s) for s in schluessel] if schluessel else alle
    if not gewaehlt:
        raise BedienFehler(
            "Es ist noch keine Mittelverteilung angelegt.",
            "Bitte eine anlegen: auf der Seite Mittelverteilung mit „n“.",
        )
    ergebnis = compute(projekt, fortschritt, stop)
    return tuple(compute_verteilung(projekt, ergebnis, szenario, jahr) for szenario in gewaehlt)


def try_verteilungen(
    projekt: Projekt, jahr: int = 0, fortschritt: Fortschritt | None = None, stop: Stop | None = None
) -> tuple[Verteilungsversuch, ...]:
    """Compute every stored scenario for the screen; what stands in the way of one is said in its place.

    Raises:
        DatenFehler: there is nothing to compute at all. Abgebrochen: stopped.
    """
    from sozialtool.ablauf.kennzahlen import compute

    alle = projekt.read(Verteilungsszenario)
    if not alle:
        return ()
    ergebnis = compute(projekt, fortschritt, stop)
    versuche = []
    for szenario in alle:
        try:
            versuche.append(Verteilungsversuch(szenario, compute_verteilung(projekt, ergebnis, szenario, jahr)))
        except (BedienFehler, DatenFehler) as fehler:
            versuche.append(Verteilungsversuch(szenario, None, str(fehler)))
    return tuple(versuche)


def compute_verteilung(
    projekt: Projekt, ergebnis: Ergebnis, szenario: Verteilungsszenario, jahr: int = 0
) -> Verteilungsbild:
    """Compute one scenario, stored or only tried out; errors as in `compute_verteilungen`."""
    gewaehlt = jahr or szenario.jahr or projekt.kommune.berichtsjahr
    gegen = _find_vergleich(projekt, szenario)
    zutaten = collect_zutaten(projekt, ergebnis, szenario, gewaehlt)
    betraege, anmerkungen = _divide(szenario, zutaten)
    gegenzutaten = collect_zutaten(projekt, ergebnis, gegen, gewaehlt)
    andere, _ = _divide(gegen, gegenzutaten)
    zeilen = tuple(
        _make_zeile(g, zutaten, (betraege[g.schluessel], andere.get(g.schluessel, 0.0)), anmerkungen[g.schluessel])
        for g in zutaten.gebiete
    )
    merkmale = {merkmal.schluessel: merkmal.name for merkmal in projekt.read(Merkmal)}
    annahmen = describe_annahmen(szenario, gewaehlt, gegen, merkmale, zutaten.index)
    rest = _describe_rest(zutaten, merkmale, szenario)
    # An index never stands without what it cannot show, and without how sure its classes are.
    index = (zutaten.index.hinweise[0], describe_stabil(zutaten.index)) if zutaten.index else ()
    leer_aus = describe_leer_aus(
        gegen, {g.name: andere[g.schluessel] for g in gegenzutaten.gebiete if g not in zutaten.gebiete}
    )
    return Verteilungsbild(szenario, gewaehlt, zeilen, gegen, (*annahmen, *leer_aus, *rest, *index))


def _find_vergleich(projekt: Projekt, szenario: Verteilungsszenario) -> Verteilungsszenario:
    """Return the scenario it is compared with; without one the same sum by heads alone.

    Raises:
        BedienFehler: no such scenario, or one in another unit.
    """
    if not szenario.vergleich:
        return attrs.evolve(
            szenario, schluessel="", name="dieselbe Summe nur nach Köpfen", art=Schluesselart.KOEPFE, mindestens=0.0,
            hoechstens=0.0, anteil_koepfe=0.0,
        )  # fmt: skip
    gegen = find_definition(projekt, Verteilungsszenario, szenario.vergleich)
    if gegen.einheit.kurz != szenario.einheit.kurz:
        raise BedienFehler(
            f"„{szenario.name}“ verteilt {szenario.einheit.kurz}, „{gegen.name}“ {gegen.einheit.kurz}.",
            "Bitte mit einem Szenario in derselben Einheit vergleichen.",
        )
    return gegen


def _make_zeile(gebiet: Gebiet, zutaten: Zutaten, betraege: tuple[float, float], anmerkung: str) -> Verteilungszeile:
    betrag, anderer = betraege
    schluessel = gebiet.schluessel
    koepfe = zutaten.koepfe[schluessel]
    differenz = betrag - anderer
    return Verteilungszeile(
        gebiet, koepfe, zutaten.bedarf.get(schluessel), zutaten.faktoren.get(schluessel), betrag,
        betrag / koepfe if koepfe else 0.0, differenz, differenz / koepfe if koepfe else 0.0,
        schluessel in zutaten.gruppe, anmerkung,
    )  # fmt: skip


# -- dividing ---------------------------------------------------------------------------------------------------------


def _divide(szenario: Verteilungsszenario, zutaten: Zutaten) -> tuple[dict[str, float], dict[str, str]]:
    """Divide the sum; returns amounts and remarks by area. Errors as in `rechnen.verteilen.distribute`."""
    from sozialtool.rechnen.verteilen import distribute

    einheit = szenario.einheit
    schluessel = [g.schluessel for g in zutaten.gebiete]
    gewichte = [_mix(szenario, zutaten, s) for s in schluessel]
    deckel = einheit.to_stuecke(szenario.hoechstens) if szenario.hoechstens else None
    zuteilungen = distribute(
        einheit.to_stuecke(szenario.summe), gewichte, einheit.to_stuecke(szenario.mindestens), deckel
    )
    betraege = {s: einheit.to_betrag(z.stuecke) for s, z in zip(schluessel, zuteilungen, strict=True)}
    anmerkungen = {}
    for s, z in zip(schluessel, zuteilungen, strict=True):
        teile = ["Sockel" if z.am_sockel else "", "Obergrenze" if z.an_obergrenze else ""]
        ohne_index = zutaten.index is not None and s in zutaten.index.ohne
        teile += ["Rest der Stadt" if s in zutaten.gruppe else "", "ohne Index: mittlerer Faktor" if ohne_index else ""]
        teile.append("" if zutaten.koepfe[s] else "keine Köpfe")  # an amount per head says nothing there
        anmerkungen[s] = ", ".join(filter(None, teile))
    return betraege, anmerkungen


def _mix(szenario: Verteilungsszenario, zutaten: Zutaten, schluessel: str) -> Fraction:
    """Weight of an area when a part of the sum goes by heads beforehand."""
    vorab = Fraction(szenario.anteil_koepfe) / 100
    koepfe = sum((Fraction(zahl) for zahl in zutaten.koepfe.values()), Fraction(0)) or Fraction(1)
    alle = sum(zutaten.gewichte.values(), Fraction(0)) or Fraction(1)
    return vorab * Fraction(zutaten.koepfe[schluessel]) / koepfe + (1 - vorab) * zutaten.gewichte[schluessel] / alle


def _describe_rest(zutaten: Zutaten, merkmale: Mapping[str, str], szenario: Verteilungsszenario) -> tuple[str, ...]:
    """Say what stands in for secret counts."""
    if not zutaten.gruppe:
        return ()
    namen = ", ".join(g.name for g in zutaten.gebiete if g.schluessel in zutaten.gruppe)
    was = merkmale.get(szenario.bedarf, szenario.bedarf)
    dazu = " und „nicht zuzuordnen“" if zutaten.mit_nz else ""
    wie = ", untereinander nach Köpfen geteilt" if len(zutaten.gruppe) > 1 else ""
    satz = (
        f"Für {namen} ist „{was}“ nicht veröffentlicht. Angesetzt ist, was nach den veröffentlichten Zahlen dafür{dazu} zusammen "
        f"bleibt ({format_zahl(zutaten.rest)}){wie}; die Zahl einzelner Gebiete folgt daraus nicht."
    )
    return (satz,)
