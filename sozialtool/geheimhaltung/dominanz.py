"""Sums of money: how many they come from, and whether one or two of them make up nearly all.

With X the sum and x₁ ≥ x₂ ≥ … the single contributions a sum is sensitive where
    (n,k) rule:  x₁ + … + xₙ > k/100 · X
    p % rule:    X − x₁ − x₂ < p/100 · x₁      the second largest could tell the largest to within p %
and must then stay uncertain upward by 100/k·(x₁ + … + xₙ) − X or p/100·x₁ − (X − x₁ − x₂)
(Hundepool et al. 2010, Handbook on Statistical Disclosure Control, sections 4.2.1 and 4.2.2, Table 4.2). The Bundesagentur
asks for both a Mindestfallzahl and a Dominanzregel ("Regeln der statistischen Geheimhaltung").

What a department of a small town can deliver from its Fachverfahren is, per area, the number of cases (`Merkmal.faelle`)
and the largest and second largest amount (`Merkmal.beitraege`, KGRÖSSTE in Excel). Contributions of one and the same in two
areas count as two, unless the department gives the larger area's as well.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from sozialtool.fach.indikator import Indikator, Intervallart
from sozialtool.fach.messwert import Merkmal, Merkmalart
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, STADT
from sozialtool.geheimhaltung.bestand import Bestand
from sozialtool.geheimhaltung.system import Schutz
from sozialtool.geheimhaltung.werte import Dominanz, Grund, Ort, Regel

P_UEBLICH = 10.0
"""Per cent that stay open around a sensitive sum where the source names no p: the lower of the usual ones (10, 15)."""


def is_betrag(merkmal: Merkmal, regel: Regel) -> bool:
    """Whether the rules of this module hold for a Merkmal, instead of those for counts."""
    return merkmal.art is Merkmalart.SUMME and bool(
        merkmal.faelle or merkmal.beitraege or merkmal.schluessel in regel.dominanz
    )


def list_beitraege(merkmale: Iterable[Merkmal]) -> frozenset[str]:
    """Name the Merkmale that are contributions of single persons or bodies: they are never shown."""
    return frozenset(name for merkmal in merkmale for name in merkmal.beitraege)


def name_faelle(merkmale: Iterable[Merkmal], indikatoren: Iterable[Indikator]) -> list[Merkmal]:
    """Give what a mean is made of the number of its cases, where nobody has named it: the sum of one person's years is her age."""
    alle = {merkmal.schluessel: merkmal for merkmal in merkmale}
    for indikator in indikatoren:
        merkmal = alle.get(indikator.zaehler.strip())
        zaehlt = alle.get((indikator.nenner or indikator.fallzahl).strip())
        if merkmal is None or zaehlt is None or merkmal.faelle or merkmal.art is Merkmalart.ANZAHL:
            continue
        if zaehlt.art is Merkmalart.ANZAHL and (
            indikator.intervall is Intervallart.MITTELWERT or "€" in merkmal.einheit
        ):
            alle[merkmal.schluessel] = attrs.evolve(merkmal, faelle=zaehlt.schluessel)
    return list(alle.values())


@attrs.frozen
class Betrag:
    """A sum with what is known about what it is made of; `faelle` None: not known, `groesste` in descending order."""

    summe: float
    faelle: float | None
    mindestfallzahl: int
    groesste: tuple[float, ...]

    def sum_groesste(self, n: int) -> float:
        """Σ of the n largest, or the most that it can be where fewer are known."""
        bekannt = self.groesste[:n]
        fehlend = (n - len(bekannt)) * (bekannt[-1] if bekannt else self.summe)
        return min(sum(bekannt) + fehlend, max(self.summe, sum(bekannt)))

    @property
    def zweiter(self) -> float:
        """The second largest, or the most that it can be."""
        if len(self.groesste) > 1:
            return self.groesste[1]
        return max(0.0, min(self.groesste[0], self.summe - self.groesste[0])) if self.groesste else 0.0


def read_betrag(bestand: Bestand, ort: Ort) -> Betrag | None:
    """What is known about a sum of money; None where there is no such figure."""
    merkmal, summe = bestand.find_merkmal(ort.merkmal), bestand.get_zahl(ort)
    if merkmal is None or summe is None:
        return None
    zaehlt = bestand.merkmale.get(merkmal.faelle)
    faelle = None if zaehlt is None else bestand.get_zahl(_neben(ort, merkmal.faelle))
    groesste = _find_groesste(bestand, ort, merkmal)
    if faelle == 1:
        groesste = (summe,)
    n = zaehlt.mindestfallzahl if zaehlt is not None else merkmal.mindestfallzahl
    return Betrag(summe, faelle, n, groesste)


def _neben(ort: Ort, merkmal: str) -> Ort:
    """The cell of another Merkmal for the same area and time."""
    return ort._replace(merkmal=merkmal + ort.merkmal[len(ort.merkmal.partition("@")[0]) :])


def _find_groesste(bestand: Bestand, ort: Ort, merkmal: Merkmal) -> tuple[float, ...]:
    """The largest contributions, as delivered or else out of those of the areas below; () where some area's are missing."""
    geliefert = [bestand.get_zahl(_neben(ort, name)) for name in merkmal.beitraege]
    if geliefert and geliefert[0] is not None:
        return tuple(sorted((w for w in geliefert if w is not None), reverse=True))
    for teile in _list_teile(bestand, ort.gebiet):
        orte = [teil for name in teile if bestand.get_zahl(teil := ort._replace(gebiet=name))]
        je_teil = [_find_groesste(bestand, teil, merkmal) for teil in orte]
        if je_teil and all(je_teil):
            alle = sorted((w for groesste in je_teil for w in groesste), reverse=True)
            # Of areas with fewer known ones the next could be larger than what comes after.
            return tuple(alle[: min(len(groesste) for groesste in je_teil)])
    return ()


def _list_teile(bestand: Bestand, gebiet: str) -> list[list[str]]:
    """The areas directly below, level by level, with "nicht zuzuordnen" below the town."""
    ebenen: dict[str, list[str]] = {}
    for g in bestand.gebiete.values():
        if g.teil_von == gebiet and g.schluessel != NICHT_ZUZUORDNEN:
            ebenen.setdefault(g.ebene, []).append(g.schluessel)
    rest = [NICHT_ZUZUORDNEN] if bestand.ebene_of(gebiet) == STADT else []
    return [[*teile, *rest] for _, teile in sorted(ebenen.items())]


def judge_betrag(bestand: Bestand, regel: Regel, ort: Ort) -> Grund | None:
    """Judge a sum of money: too few cases, or too few that make it up.

    Where the largest contributions are not delivered, only the number of cases can be checked, and the printed rule says so.
    Where that is missing too although the source asks for a rule, nothing can be checked, and the sum is secret.
    """
    betrag = read_betrag(bestand, ort)
    merkmal = bestand.find_merkmal(ort.merkmal)
    if betrag is None or merkmal is None or (betrag.summe == 0 and not betrag.faelle):
        return None
    if betrag.faelle is not None and 0 < betrag.faelle < betrag.mindestfallzahl:
        return Grund.FALLZAHL
    if merkmal.faelle and betrag.faelle is None and _is_geheim(bestand, _neben(ort, merkmal.faelle)):
        return Grund.FALLZAHL
    dominanz = regel.find_dominanz(merkmal.schluessel)
    if dominanz is None:
        return None
    if not betrag.groesste:
        return Grund.DOMINANZ if not betrag.faelle else None
    return Grund.DOMINANZ if _measure_mangel(betrag, dominanz) > 0 else None


def has_wenige(bestand: Bestand, ort: Ort) -> bool:
    """Whether a figure that is not added up (average, share) comes from too few cases; that of one is his own figure."""
    merkmal = bestand.find_merkmal(ort.merkmal)
    zaehlt = None if merkmal is None else bestand.merkmale.get(merkmal.faelle)
    if merkmal is None or zaehlt is None:
        return False
    faelle = bestand.get_zahl(neben := _neben(ort, merkmal.faelle))
    return _is_geheim(bestand, neben) if faelle is None else 0 < faelle < zaehlt.mindestfallzahl


def _is_geheim(bestand: Bestand, ort: Ort) -> bool:
    eintrag = bestand.werte.get(ort)
    return eintrag is not None and eintrag.ist_geheim


def _measure_mangel(betrag: Betrag, dominanz: Dominanz) -> float:
    """By how much the sum would have to be larger to be safe; 0 where it is."""
    bedarf = [0.0]
    if dominanz.anzahl and dominanz.anteil:
        bedarf.append(100.0 / dominanz.anteil * betrag.sum_groesste(dominanz.anzahl) - betrag.summe)
    if dominanz.p and betrag.groesste:
        groesster = betrag.groesste[0]
        bedarf.append(dominanz.p / 100.0 * groesster - (betrag.summe - groesster - betrag.zweiter))
    # Percentages of amounts in cents leave dust.
    return max(b if b > 1e-9 * max(1.0, betrag.summe) else 0.0 for b in bedarf)


def demand_betrag(bestand: Bestand, regel: Regel, ort: Ort) -> Schutz | None:
    """What must stay open about a sensitive sum: what it lacks to be safe, and p % of it at least, to both sides."""
    betrag = read_betrag(bestand, ort)
    if betrag is None:
        return None
    dominanz = regel.find_dominanz(ort.merkmal.partition("@")[0]) or Dominanz()
    breite = max(_measure_mangel(betrag, dominanz), (dominanz.p or P_UEBLICH) / 100.0 * abs(betrag.summe))
    return Schutz(max(0.0, betrag.summe - breite), betrag.summe + breite)


def list_ungeprueft(bestand: Bestand, regel: Regel) -> tuple[str, ...]:
    """Say which sums of money nobody can check, one German sentence per Merkmal, for the planner."""
    texte = []
    for merkmal in sorted(bestand.merkmale.values(), key=lambda m: m.schluessel):
        if merkmal.schluessel not in regel.dominanz or (merkmal.faelle and merkmal.beitraege):
            continue
        if not any(ort.merkmal.partition("@")[0] == merkmal.schluessel for ort in bestand.werte):
            continue
        folge = "geprüft ist nur die Zahl der Fälle" if merkmal.faelle else "der Betrag bleibt gesperrt"
        texte.append(
            f"{merkmal.name}: Die Quelle verlangt eine Dominanzregel, die größten einzelnen Beiträge sind aber nicht geliefert; {folge}. "
            "Bitte bei den Merkmalen „Fälle zum Betrag“ und „Größte Beiträge“ nennen und abfragen."
        )
    return tuple(texte)
