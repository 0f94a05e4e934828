"""Cells and relations: the tables of a release as pure numbers, whatever they mean.

Several tables, several releases or two sets of boundaries are nothing but more relations over the same cells.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping, Sequence

import attrs

from sozialtool.geheimhaltung.loeser import Programm
from sozialtool.geheimhaltung.verbund import Verbund
from sozialtool.geheimhaltung.werte import Grund

Schluessel = str | tuple[str, str, int]
"""Key of a cell; sorted by `order`, so that nothing depends on the order of input."""

GENAU = 1e-6
"""Differences below this are noise of the solver, not figures."""


@attrs.frozen
class Schutz:
    """Protection demanded for a secret cell against what can be computed from everything published.

    The interval [min, max] that an attacker finds must satisfy min ≤ `unten`, max ≥ `oben` and max − min ≥ `breite`
    (None: no such demand).

    For a count below the Mindestfallzahl n the rule is unten = 0, oben = n: "there may be nobody" and "it may be enough
    to be shown" both stay possible. Then every value that the primary rule wants to hide (1 … n−1) lies inside, and one
    value that needs no secrecy on either side, so that not even the fact "this is a small number" can be derived. An
    attacker who knows the rule and that counts are whole and not negative gains nothing by it.
    """

    unten: float | None = None
    oben: float | None = None
    breite: float = 0.0


@attrs.frozen
class Zelle:
    """One figure.

    Attributes:
        schluessel: unique key.
        wert: true value; None where we do not know it ourselves (starred by the source): never shown, never computed.
        gewicht: loss of information if it is suppressed (> 0).
        primaer: why it is secret by itself, None if it is not.
        nie_sperren: published in any case.
        obergrenze, untergrenze: limits that everybody knows; counts are not negative, balances may be.
        ganzzahlig: whether everybody knows that it is a whole number.
        schutz: demanded protection; only secret cells need one.
        veroeffentlicht: False for a figure that is not shown anyway (a complement): hidden at no cost.
    """

    schluessel: Schluessel
    wert: float | None
    gewicht: float = 1.0
    primaer: Grund | None = None
    nie_sperren: bool = False
    obergrenze: float | None = None
    untergrenze: float = 0.0
    ganzzahlig: bool = True
    schutz: Schutz | None = None
    veroeffentlicht: bool = True

    @property
    def grenzen(self) -> tuple[float, float | None]:
        """Known limits; a limit that the true value contradicts (part > whole) is none: it must not show the value."""
        if self.wert is None:
            return self.untergrenze, self.obergrenze
        unten = self.untergrenze if self.wert >= self.untergrenze else -math.inf
        return unten, None if self.obergrenze is None or self.wert > self.obergrenze else self.obergrenze

    @property
    def immer_verborgen(self) -> bool:
        """Whether the cell is hidden whatever the pattern is."""
        return self.primaer is not None or self.schutz is not None or self.wert is None or not self.veroeffentlicht


@attrs.frozen
class Beziehung:
    """A linear relation that everybody knows: Σ factor · cell = `rechte_seite`."""

    koeffizienten: tuple[tuple[Schluessel, float], ...]
    rechte_seite: float = 0.0


@attrs.frozen
class Sperrmuster:
    """A pattern of suppression with its proof.

    Attributes:
        primaer, sekundaer: suppressed published cells, sorted; secondary ones shield the primary ones.
        intervalle: (min, max) of every secret or suppressed cell as an attacker finds it; max may be `inf`.
        gewichtsverlust: Σ gewicht of the secondary cells.
        optimal: whether no pattern with a smaller loss is safe (proven).
        erklaerung: German sentences on what had to be conceded; empty in the normal case.
    """

    primaer: tuple[Schluessel, ...]
    sekundaer: tuple[Schluessel, ...]
    intervalle: Mapping[Schluessel, tuple[float, float]]
    gewichtsverlust: float
    optimal: bool
    erklaerung: tuple[str, ...] = ()

    @property
    def gesperrt(self) -> frozenset[Schluessel]:
        """All suppressed cells."""
        return frozenset(self.primaer) | frozenset(self.sekundaer)


@attrs.frozen
class System:
    """Cells and relations in a fixed order, by number; `werte` fulfils every relation.

    Attributes:
        zellen: sorted by key.
        zeilen: per relation the pairs (number of the cell, factor).
        seiten: right-hand sides, shifted where the figures do not tie out (rounded sources): the attacker is credited
            with knowing the deviation, which can only make the pattern safer.
        werte: true values; for unknown cells any value that fits.
        zeilen_von: per cell the numbers of its relations.
    """

    zellen: tuple[Zelle, ...]
    zeilen: tuple[tuple[tuple[int, float], ...], ...]
    seiten: tuple[float, ...]
    werte: tuple[float, ...]
    zeilen_von: tuple[tuple[int, ...], ...]

    @functools.cached_property
    def gesehen(self) -> tuple[bool, ...]:
        """Per cell whether it is published whatever the pattern is."""
        return tuple([zelle.nie_sperren and zelle.wert is not None for zelle in self.zellen])


def order(schluessel: Schluessel) -> str:
    """Sorting key of a cell key."""
    if isinstance(schluessel, str):
        return schluessel
    gebiet, merkmal, jahr = schluessel
    return f"{gebiet}\x1f{merkmal}\x1f{jahr}"


def build_systeme(
    zellen: Iterable[Zelle], beziehungen: Iterable[Beziehung], *, nur_geheime: bool = False
) -> tuple[System, ...]:
    """Split into independent systems. Cells published in any case are constants and connect nothing.

    `nur_geheime`: leave out the systems without any cell to protect.

    Raises `ValueError` for a doubled key or a relation over an unknown cell.
    """
    sortiert = sorted(zellen, key=lambda zelle: order(zelle.schluessel))
    nummer = {zelle.schluessel: i for i, zelle in enumerate(sortiert)}
    if len(nummer) != len(sortiert):
        raise ValueError("A key of a cell occurs twice")
    zeilen = [(_number(beziehung, nummer), beziehung.rechte_seite) for beziehung in beziehungen]
    zeilen.sort()
    teile = _find_teile(sortiert, [z for z, _ in zeilen])
    if nur_geheime:
        geheim = [zelle.schutz is not None for zelle in sortiert]
        teile = [
            teil
            for teil in teile
            if any(geheim[i] for i in teil[0]) or any(geheim[i] for nummer in teil[1] for i, _ in zeilen[nummer][0])
        ]
    return tuple(_cut_out(sortiert, zeilen, teil) for teil in teile)


def _number(beziehung: Beziehung, nummer: Mapping[Schluessel, int]) -> tuple[tuple[int, float], ...]:
    """A relation by numbers, each cell once."""
    try:
        liste = [(nummer[schluessel], faktor) for schluessel, faktor in beziehung.koeffizienten if faktor]
    except KeyError as fehler:
        raise ValueError(f"Unknown cell in a relation: {fehler.args[0]}") from None
    liste.sort()
    if len({i for i, _ in liste}) == len(liste):
        return tuple(liste)
    glieder = dict.fromkeys((i for i, _ in liste), 0.0)
    for i, faktor in liste:
        glieder[i] += faktor
    return tuple((i, f) for i, f in glieder.items() if f != 0.0)


def _find_teile(
    zellen: Sequence[Zelle], zeilen: Sequence[tuple[tuple[int, float], ...]]
) -> list[tuple[list[int], list[int]]]:
    """Connected parts as (cells, relations); constants belong to every part that uses them."""
    verbund = Verbund()
    fest = [zelle.nie_sperren and zelle.wert is not None for zelle in zellen]
    for zeile in zeilen:
        verbund.join([i for i, _ in zeile if not fest[i]])
    teile: dict[int, tuple[list[int], list[int]]] = {}
    for i in range(len(zellen)):
        if not fest[i]:
            stamm = verbund.find(i)
            if stamm in teile:
                teile[stamm][0].append(i)
            else:
                teile[stamm] = ([i], [])
    for nummer, zeile in enumerate(zeilen):
        erster = next((i for i, _ in zeile if not fest[i]), None)
        if erster is not None:
            teile[verbund.find(erster)][1].append(nummer)
    return [teile[i] for i in sorted(teile)]


def _cut_out(
    zellen: Sequence[Zelle],
    zeilen: Sequence[tuple[tuple[tuple[int, float], ...], float]],
    teil: tuple[list[int], list[int]],
) -> System:
    gebraucht = sorted({*teil[0], *[i for nummer in teil[1] for i, _ in zeilen[nummer][0]]})
    neu = {alt: i for i, alt in enumerate(gebraucht)}
    auswahl = tuple([zellen[i] for i in gebraucht])
    umgezaehlt = tuple([tuple([(neu[i], faktor) for i, faktor in zeilen[nummer][0]]) for nummer in teil[1]])
    return _balance(auswahl, umgezaehlt, [zeilen[nummer][1] for nummer in teil[1]])


def _balance(
    zellen: tuple[Zelle, ...], zeilen: tuple[tuple[tuple[int, float], ...], ...], seiten: list[float]
) -> System:
    """Give unknown cells a value that fits, and move right-hand sides where known figures do not tie out."""
    werte = [0.0 if zelle.wert is None else float(zelle.wert) for zelle in zellen]
    offen = [i for i, zelle in enumerate(zellen) if zelle.wert is None]
    if offen:
        for i, wert in zip(offen, _fit(zellen, zeilen, seiten, werte, offen), strict=True):
            werte[i] = wert
    neue = []
    for zeile, seite in zip(zeilen, seiten, strict=True):
        summe = sum([faktor * werte[i] for i, faktor in zeile])
        neue.append(seite if abs(summe - seite) <= GENAU else summe)
    zeilen_von: list[list[int]] = [[] for _ in zellen]
    for nummer, zeile in enumerate(zeilen):
        for i, _ in zeile:
            zeilen_von[i].append(nummer)
    return System(zellen, zeilen, tuple(neue), tuple(werte), tuple(tuple(liste) for liste in zeilen_von))


def _fit(
    zellen: tuple[Zelle, ...],
    zeilen: tuple[tuple[tuple[int, float], ...], ...],
    seiten: list[float],
    werte: list[float],
    offen: list[int],
) -> list[float]:
    """Values of the unknown cells with the least Σ |deviation| over all relations that contain one."""
    stelle = {i: k for k, i in enumerate(offen)}
    betroffen = [(z, s) for z, s in zip(zeilen, seiten, strict=True) if any(i in stelle for i, _ in z)]
    grenzen = [zellen[i].grenzen for i in offen] + [(0.0, None)] * (2 * len(betroffen))
    programm = Programm(grenzen, ganzzahlig=())
    gleichungen = []
    for k, (zeile, seite) in enumerate(betroffen):
        rest = seite - sum(faktor * werte[i] for i, faktor in zeile if i not in stelle)
        glieder = [(stelle[i], faktor) for i, faktor in zeile if i in stelle]
        schlupf = len(offen) + 2 * k
        gleichungen.append(([*glieder, (schlupf, 1.0), (schlupf + 1, -1.0)], rest))
    programm.add_gleichungen(gleichungen)
    loesung = programm.minimize(dict.fromkeys(range(len(offen), len(grenzen)), 1.0))
    assert loesung is not None
    return list(loesung.werte[: len(offen)])
