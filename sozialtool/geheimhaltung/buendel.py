"""Secondary suppression of whole groups of cells: the lightest choice of bundles in which every secret cell is safe.

As `sperren.protect` (attack, cut, choose again; Fischetti & Salazar 2000), but a choice hides all cells of a bundle, whatever
systems they are in: so one choice serves all answers of a survey. A cut over cells is one over bundles, their factors added up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sozialtool.geheimhaltung.angriff import Angreifer, split_verborgene
from sozialtool.geheimhaltung.auswahl import Auswahl
from sozialtool.geheimhaltung.baum import find_baum
from sozialtool.geheimhaltung.schnitte import Schnitt, attack, attack_baum, check_ganzzahlig, neighbour_cut
from sozialtool.geheimhaltung.system import Beziehung, Schluessel, Schutz, System, Zelle, build_systeme
from sozialtool.geheimhaltung.zeugen import Zeugen

_RUNDEN = 30
"""Exact choices; after them bundles are only added (safe, perhaps not the lightest)."""
_KNOTEN = 200
"""Nodes of one choice: a pattern for reading, which need not be the lightest of all."""
_KNAPP = Schutz(breite=1.0)
"""What is asked for at least, where no choice reaches the full demand: not exactly known."""


class Buendelsuche:
    """The search over all systems of one table of bundles."""

    def __init__(
        self,
        zellen: Iterable[Zelle],
        beziehungen: Iterable[Beziehung],
        buendel: Mapping[Schluessel, int],
        gewichte: Sequence[float],
        verborgen: Collection[int],
    ) -> None:
        """Take cells with their bundles (`buendel`; none: never shown), weights per bundle and what is hidden in any case."""
        self._systeme = build_systeme(zellen, beziehungen, nur_geheime=True)
        self._gewichte, self._fest = gewichte, frozenset(verborgen)
        self._von = [[buendel.get(z.schluessel, -1) for z in s.zellen] for s in self._systeme]
        self._frei = [frozenset(i for i, b in enumerate(von) if b >= 0 and b not in self._fest) for von in self._von]
        self._ziele = [{i: z.schutz for i, z in enumerate(s.zellen) if z.schutz is not None} for s in self._systeme]
        self._sicher: dict[tuple[int, tuple[int, ...]], bool] = {}
        self.gewaehlt: frozenset[int] = frozenset()

    def run(self) -> frozenset[int]:
        """Return the bundles that have to be hidden beside those that are hidden in any case."""
        frei = {b for nr, von in enumerate(self._von) for i, b in enumerate(von) if i in self._frei[nr]}
        auswahl = Auswahl({b: self._gewichte[b] * (1 + 1e-5 * b) for b in sorted(frei)}, (), _KNOTEN)
        for _ in range(_RUNDEN):
            while schnitte := self._attack(genau=False):
                self._learn(auswahl, schnitte)
                self.gewaehlt, _ = auswahl.relax()
            if not (schnitte := self._attack(genau=True)):
                self.gewaehlt, _ = auswahl.choose()
                if not (schnitte := self._attack(genau=True)):
                    return self.gewaehlt
            self._learn(auswahl, schnitte)
            self.gewaehlt, _ = auswahl.relax()
        while schnitte := self._attack(genau=True):
            for schnitt in schnitte:
                offen = [(f / self._gewichte[b], -b) for b, f in schnitt.items() if b not in self.gewaehlt]
                self.gewaehlt |= {-max(offen)[1]} if offen else set()
        return self.gewaehlt

    def _learn(self, auswahl: Auswahl, schnitte: Iterable[Mapping[int, float]]) -> None:
        for schnitt in schnitte:
            auswahl.add_deckung(tuple(schnitt.items()), 1.0)

    def _attack(self, *, genau: bool) -> list[dict[int, float]]:
        """Cuts over bundles that the choice violates; demands that no choice meets are lowered."""
        gefunden: list[dict[int, float]] = []
        for nr, system in enumerate(self._systeme):
            weg = self._fest | self.gewaehlt
            verborgen = [i for i, b in enumerate(self._von[nr]) if b < 0 or b in weg]
            for teil in split_verborgene(system, verborgen):
                if self._sicher.get((nr, teil), not genau) is genau or self._sicher.get((nr, teil)):
                    continue
                gefunden += self._attack_teil(nr, system, teil, genau=genau)
        return gefunden

    def _attack_teil(self, nr: int, system: System, teil: tuple[int, ...], *, genau: bool) -> list[dict[int, float]]:
        while True:
            ziele = {i: self._ziele[nr][i] for i in teil if i in self._ziele[nr]}
            schnitte = self._cut(nr, system, teil, ziele, genau=genau) if ziele else []
            if not schnitte:
                self._sicher[nr, teil] = genau
                return []
            je = [(s, self._bundle(nr, s)) for s in schnitte]
            offen = [s for s, glieder in je if sum(glieder.values()) < 1 - 1e-6]
            if not offen:
                return [glieder for _, glieder in je]
            for i in {s.ziel for s in offen}:
                self._lower(nr, i)

    def _lower(self, nr: int, i: int) -> None:
        if self._ziele[nr].get(i) == _KNAPP:
            del self._ziele[nr][i]
        elif i in self._ziele[nr]:
            self._ziele[nr][i] = _KNAPP

    def _cut(
        self, nr: int, system: System, teil: tuple[int, ...], ziele: Mapping[int, Schutz], *, genau: bool
    ) -> list[Schnitt]:
        baum = find_baum(system, teil)
        if baum is not None:
            schnitte = attack_baum(system, baum, ziele, self._frei[nr])
        else:
            zeugen = Zeugen(system, list(ziele))
            schnitte = attack(system, Angreifer(system, teil), ziele, self._frei[nr], zeugen)
        drin = frozenset(i for i, b in enumerate(self._von[nr]) if b in self.gewaehlt)
        if not schnitte and genau and not (baum is not None and baum.ist_ganz):
            fehlen = check_ganzzahlig(system, teil, ziele)
            schnitte = [neighbour_cut(system, teil, self._frei[nr], drin, i) for i in fehlen]
        # A cut that the choice meets, and yet the attack succeeds, is noise of the solver.
        return [
            neighbour_cut(system, teil, self._frei[nr], drin, s.ziel)
            if sum(f for b, f in self._bundle(nr, s).items() if b in self.gewaehlt) >= 1 - 1e-6
            else s
            for s in schnitte
        ]

    def _bundle(self, nr: int, schnitt: Schnitt) -> dict[int, float]:
        """Return a cut as one over bundles."""
        summen: dict[int, float] = {}
        for i, faktor in schnitt.glieder:
            b = self._von[nr][i]
            summen[b] = min(summen.get(b, 0.0) + faktor, 1.0)
        return summen
