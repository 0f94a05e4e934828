"""The attacker: what everybody can compute about a hidden cell from everything published.

For each hidden cell the smallest and the largest value over all tables that agree with what is published
(feasibility interval; Fischetti & Salazar 2000, "Models and algorithms for optimizing cell suppression in tabular data
with linear constraints", JASA 95, section 2).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import attrs

from sozialtool.geheimhaltung.baum import Baum, find_baum
from sozialtool.geheimhaltung.loeser import Loesung, Programm
from sozialtool.geheimhaltung.system import GENAU, Beziehung, Schluessel, System, Zelle, build_systeme
from sozialtool.geheimhaltung.verbund import Verbund


@attrs.frozen
class Antwort:
    """One end of an interval: its value, the table that reaches it, and the price of every cell for the cut.

    `preise` has, per cell number, the reduced cost d = c − Aᵀπ of the minimisation of ±x; empty if there is no limit.
    """

    wert: float
    tabelle: Mapping[int, float]
    preise: Mapping[int, float]


class Angreifer:
    """Attack on one system with a given set of hidden cells (numbers), asked often."""

    def __init__(
        self, system: System, verborgen: Collection[int], *, ganzzahlig: bool = False, selten: bool = False
    ) -> None:
        self._system = system
        self._spalten = sorted(verborgen)
        self._stelle = {i: k for k, i in enumerate(self._spalten)}
        self._fest: dict[int, float] = {}
        self._grenzen = {i: system.zellen[i].grenzen for i in self._spalten}
        ganze = [k for k, i in enumerate(self._spalten) if system.zellen[i].ganzzahlig] if ganzzahlig else []
        self._programm = Programm(list(self._grenzen.values()), ganze, selten=selten)
        self._zeilen = sorted({nummer for i in self._spalten for nummer in system.zeilen_von[i]})
        self._programm.add_gleichungen([self._reduce(nummer) for nummer in self._zeilen])

    def _reduce(self, nummer: int) -> tuple[list[tuple[int, float]], float]:
        """A relation of the columns, what is seen of it being taken to the right-hand side."""
        glieder, seite = [], self._system.seiten[nummer]
        for i, faktor in self._system.zeilen[nummer]:
            stelle = self._stelle.get(i)
            if stelle is None:
                seite -= faktor * self._system.werte[i]
            else:
                glieder.append((stelle, faktor))
        return glieder, seite

    def know(self, bekannt: Mapping[int, float]) -> None:
        """Let the attacker know these cells (and no other hidden one)."""
        if not bekannt and not self._fest:
            return
        grenzen = {self._stelle[i]: self._grenzen[i] for i in self._fest}
        self._programm.set_grenzen(grenzen | {self._stelle[i]: (wert, wert) for i, wert in bekannt.items()})
        self._fest = dict(bekannt)

    def ask(self, nummer: int, richtung: int) -> Antwort:
        """Find the smallest (richtung +1) or largest (−1) value of a hidden cell."""
        loesung = self._programm.minimize({self._stelle[nummer]: float(richtung)})
        if loesung is None:
            return Antwort(-math.inf * richtung, {}, {})
        return Antwort(richtung * loesung.ziel, self._read(loesung), self._price(loesung, nummer, richtung))

    def push(self, hinab: Mapping[int, float], hinauf: Mapping[int, float]) -> Mapping[int, float]:
        """A table in which many cells are small or large at once, each not beyond its goal; empty if there is none.

        Stopped at its goal, no cell takes the room that others need: one program serves for many cells.
        """
        enger, kosten = {}, {}
        for i, ziel in hinab.items():
            if i not in self._fest:
                von, bis = self._grenzen[i]
                enger[i], kosten[self._stelle[i]] = (max(von, ziel), bis), 1.0
        for i, ziel in hinauf.items():
            if i not in self._fest:
                von, bis = self._grenzen[i]
                enger[i], kosten[self._stelle[i]] = (von, ziel if bis is None else min(bis, ziel)), -1.0
        self._programm.set_grenzen({self._stelle[i]: grenzen for i, grenzen in enger.items()})
        loesung = self._programm.minimize(kosten)
        self._programm.set_grenzen({self._stelle[i]: self._grenzen[i] for i in enger})
        return {} if loesung is None else self._read(loesung)

    def _read(self, loesung: Loesung) -> dict[int, float]:
        return dict(zip(self._spalten, loesung.werte, strict=True))

    def _price(self, loesung: Loesung, nummer: int, richtung: int) -> dict[int, float]:
        if not loesung.preise:
            return {}
        preise = {nummer: float(richtung)}
        for zeile, preis in zip(self._zeilen, loesung.preise, strict=True):
            if abs(preis) > 1e-9:
                for i, faktor in self._system.zeilen[zeile]:
                    preise[i] = preise.get(i, 0.0) - faktor * preis
        return {i: preis for i, preis in sorted(preise.items()) if abs(preis) > 1e-7 and i not in self._fest}


def split_verborgene(system: System, verborgen: Collection[int]) -> Iterator[tuple[int, ...]]:
    """Parts of the hidden cells that hang together by relations: each is attacked by itself."""
    offen = set(verborgen)
    gesehen: set[int] = set()
    for start in sorted(verborgen):
        if start not in offen:
            continue
        offen.discard(start)
        teil = [start]
        for i in teil:
            for nummer in system.zeilen_von[i]:
                if nummer not in gesehen:
                    gesehen.add(nummer)
                    neue = [j for j, _ in system.zeilen[nummer] if j in offen]
                    offen.difference_update(neue)
                    teil += neue
        yield tuple(sorted(teil))


Teilname = tuple[tuple[int, ...], tuple[int, ...]]
"""Which parts of always hidden cells hang together, and by which secondary cells."""


class Verborgene:
    """The parts of the hidden cells, found again quickly when only the secondary ones change."""

    def __init__(self, system: System, fest: Collection[int], ziele: frozenset[int]) -> None:
        self._system = system
        self._teile = list(split_verborgene(system, fest))
        self._mit_ziel = [not ziele.isdisjoint(teil) for teil in self._teile]
        self._teil_von_zeile: dict[int, int] = {}
        for nummer, teil in enumerate(self._teile):
            for i in teil:
                self._teil_von_zeile.update(dict.fromkeys(system.zeilen_von[i], nummer))

    def name(self, gewaehlt: Collection[int]) -> list[Teilname]:
        """Name the parts that hold a goal."""
        verbund, beruehrt = Verbund(), dict[int, None]()
        # Parts count from 0, relations without one from −1 downward.
        for i in gewaehlt:
            zeilen = self._system.zeilen_von[i]
            knoten = [self._teil_von_zeile.get(zeile, -1 - zeile) for zeile in zeilen]
            verbund.join(knoten)
            beruehrt.update(dict.fromkeys(knoten))
        verbunden: dict[int, tuple[list[int], list[int]]] = {}
        for k in beruehrt:
            if k >= 0:
                verbunden.setdefault(verbund.find(k), ([], []))[0].append(k)
        for i in sorted(gewaehlt):
            for zeile in self._system.zeilen_von[i][:1]:
                verbunden.setdefault(verbund.find(self._teil_von_zeile.get(zeile, -1 - zeile)), ([], []))[1].append(i)
        namen = [(tuple(sorted(teile)), tuple(zusatz)) for teile, zusatz in verbunden.values()]
        namen = [name for name in namen if any(self._mit_ziel[k] for k in name[0])]
        namen += [((k,), ()) for k, mit_ziel in enumerate(self._mit_ziel) if mit_ziel and k not in beruehrt]
        return sorted(namen)

    def list_zellen(self, name: Teilname) -> tuple[int, ...]:
        """Cells of a part."""
        return tuple(sorted([*name[1], *(i for k in name[0] for i in self._teile[k])]))


def measure(
    system: System,
    verborgen: Collection[int],
    gefragt: Collection[int],
    *,
    ganzzahlig: bool,
    einwaerts: bool,
    baeume: Callable[[Sequence[int]], Baum | None] | None = None,
) -> dict[int, tuple[float, float]]:
    """Intervals of the `gefragt` cells of one system; `einwaerts`: ends of whole-number cells go inward to whole ones.

    `baeume` gives the tree of a part, where somebody keeps them.
    """
    ergebnis = {}
    for teil in split_verborgene(system, verborgen):
        ziele = [i for i in teil if i in gefragt]
        if not ziele:
            continue
        baum = find_baum(system, teil) if baeume is None else baeume(teil)
        if baum is not None and (not ganzzahlig or baum.ist_ganz):
            baum.know({})
            enden = baum.measure()
        else:
            angreifer = Angreifer(system, teil, ganzzahlig=ganzzahlig)
            enden = {i: (angreifer.ask(i, 1).wert, angreifer.ask(i, -1).wert) for i in ziele}
        for i in ziele:
            ergebnis[i] = _tidy(*enden[i], ganz=system.zellen[i].ganzzahlig and einwaerts)
    return ergebnis


def _tidy(von: float, bis: float, *, ganz: bool) -> tuple[float, float]:
    """Remove solver noise; inward to whole numbers where the cell is one."""
    if ganz:
        von = float(math.ceil(von - GENAU)) if math.isfinite(von) else von
        bis = float(math.floor(bis + GENAU)) if math.isfinite(bis) else bis
    rund = [float(round(x)) if math.isfinite(x) and abs(x - round(x)) <= GENAU else x for x in (von, bis)]
    return rund[0] + 0.0, rund[1] + 0.0


def compute_intervalle(
    zellen: Iterable[Zelle],
    beziehungen: Iterable[Beziehung],
    gesperrt: Collection[Schluessel],
    *,
    bekannt: Mapping[Schluessel, float] | None = None,
    ganzzahlig: bool = False,
) -> dict[Schluessel, tuple[float, float]]:
    """Attack a pattern: (min, max) of each suppressed cell; max may be `inf`.

    Args:
        zellen: all figures; cells without value or not published are hidden too.
        beziehungen: all relations that everybody knows.
        gesperrt: keys of the suppressed cells.
        bekannt: hidden cells that this attacker knows (an insider).
        ganzzahlig: use that counts are whole (slower, sharper); else whole numbers are not used at all.
    """
    wissen = bekannt or {}
    umgewandelt = [
        attrs.evolve(z, wert=wissen[z.schluessel], nie_sperren=True, primaer=None) if z.schluessel in wissen else z
        for z in zellen
    ]
    ergebnis: dict[Schluessel, tuple[float, float]] = {
        schluessel: (wissen[schluessel], wissen[schluessel]) for schluessel in gesperrt if schluessel in wissen
    }
    frei = [
        attrs.evolve(z, nie_sperren=False) if z.schluessel in gesperrt and z.schluessel not in wissen else z
        for z in umgewandelt
    ]
    for system in build_systeme(frei, beziehungen):
        verborgen = hidden_of(system, gesperrt)
        gefragt = {i for i in verborgen if system.zellen[i].schluessel in gesperrt}
        for i, intervall in measure(system, verborgen, gefragt, ganzzahlig=ganzzahlig, einwaerts=ganzzahlig).items():
            ergebnis[system.zellen[i].schluessel] = intervall
    return ergebnis


def hidden_of(system: System, gesperrt: Collection[Schluessel]) -> frozenset[int]:
    """Numbers of the cells that are not seen: suppressed, unknown, or never published."""
    return frozenset(
        i
        for i, zelle in enumerate(system.zellen)
        if zelle.wert is None or (not zelle.nie_sperren and (not zelle.veroeffentlicht or zelle.schluessel in gesperrt))
    )


def reaches(tabellen: Sequence[Mapping[int, float]], nummer: int) -> tuple[float, float]:
    """Smallest and largest value of a cell in tables already found: a lower bound of its interval."""
    werte = [tabelle[nummer] for tabelle in tabellen if nummer in tabelle]
    return (min(werte), max(werte)) if werte else (math.inf, -math.inf)
