"""Secondary suppression: the lightest pattern in which every secret cell is safe, with the proof."""

from __future__ import annotations

import math
import threading
from collections.abc import Collection, Iterable, Sequence

import attrs

from sozialtool.fehler import Abgebrochen, GeheimhaltungsFehler
from sozialtool.geheimhaltung.angriff import Angreifer, Teilname, Verborgene, measure
from sozialtool.geheimhaltung.auswahl import Auswahl
from sozialtool.geheimhaltung.baum import Baum, find_baum
from sozialtool.geheimhaltung.schnitte import (
    Schnitt,
    attack,
    attack_baum,
    bridge_cuts,
    check_ganzzahlig,
    is_offengelegt,
    lonely_groups,
    neighbour_cut,
    pull_apart,
)
from sozialtool.geheimhaltung.system import (
    Beziehung,
    Schluessel,
    Schutz,
    Sperrmuster,
    System,
    Zelle,
    build_systeme,
    order,
)
from sozialtool.geheimhaltung.zeugen import Zeugen

_GLEICHSTAND = 1e-5
"""Between patterns of equal weight the order of the keys decides: weights differ by no more than this share."""

_LEICHTE_RUNDEN = 200
"""Rounds with fractions before the next choice in whole numbers; a few are the rule."""


_VIELE = 3
"""Insiders of one part from which tables are looked for that serve all of them."""


@attrs.frozen
class Aufwand:
    """Limits of the search, in work and not in time, so that the pattern is the same on every computer.

    Attributes:
        runden: rounds of attack and exact choice; after them cells are only added (safe, perhaps not the lightest).
        knoten: nodes of one choice.
    """

    runden: int = 40
    knoten: int = 2000


def protect(
    zellen: Iterable[Zelle],
    beziehungen: Iterable[Beziehung],
    *,
    schon_gesperrt: Collection[Schluessel] = (),
    mitwisser: bool = True,
    nachgeben: bool = True,
    aufwand: Aufwand | None = None,
    stop: threading.Event | None = None,
) -> Sperrmuster:
    """Find the pattern of least Σ gewicht in which every cell with `schutz` is protected, and prove it.

    Attack, cut, choose again, until no attack succeeds (Fischetti & Salazar 2000), in independent parts. At last
    whole-number tables are found for both ends of every interval, so that "counts are whole" helps nobody.

    Args:
        zellen: all figures; primary cells carry `primaer`, secret ones `schutz`.
        beziehungen: all relations that everybody knows.
        schon_gesperrt: cells that are suppressed in any case (an earlier release, another table).
        mitwisser: protect also against the only person of a cell of 1, who knows that cell.
        nachgeben: where a demand cannot be met by any pattern, ask for as much as can be met and say so; else raise.
        aufwand: limits of the search.
        stop: checked between the rounds.

    Raises:
        GeheimhaltungsFehler: a secret cell is disclosed by figures that are published in any case.
        Abgebrochen: `stop` was set.
    """
    zellen = tuple(zellen)
    gesperrt = frozenset(schon_gesperrt)
    aufwand = aufwand or Aufwand()
    suchen = []
    for system in build_systeme(zellen, beziehungen, nur_geheime=True):
        suche = _Suche(system, gesperrt, mitwisser=mitwisser, nachgeben=nachgeben, aufwand=aufwand, stop=stop)
        suche.run()
        suchen.append(suche)
    gezeigt = [z for z in zellen if z.veroeffentlicht]
    primaer = {z.schluessel for z in gezeigt if z.primaer is not None or z.schutz is not None}
    sekundaer = {z.schluessel for z in gezeigt if z.wert is None}
    sekundaer |= {s.system.zellen[i].schluessel for s in suchen for i in s.gewaehlt}
    intervalle = {s.system.zellen[i].schluessel: v for s in suchen for i, v in s.measure().items()}
    zusatz = (sekundaer | gesperrt) - primaer
    return Sperrmuster(
        tuple(sorted(primaer, key=order)),
        tuple(sorted(zusatz, key=order)),
        dict(sorted(intervalle.items(), key=lambda paar: order(paar[0]))),
        math.fsum(z.gewicht for z in zellen if z.schluessel in zusatz),
        all(s.optimal for s in suchen),
        tuple(text for s in suchen for text in s.erklaerung),
    )


class _Suche:
    """The search in one connected system."""

    def __init__(
        self,
        system: System,
        gesperrt: frozenset[Schluessel],
        *,
        mitwisser: bool,
        nachgeben: bool,
        aufwand: Aufwand,
        stop: threading.Event | None,
    ) -> None:
        self.system = system
        self.optimal = True
        self.erklaerung: list[str] = []
        self._mitwisser, self._nachgeben, self._aufwand, self._stop = mitwisser, nachgeben, aufwand, stop
        zellen = system.zellen
        self._fest = frozenset(i for i, z in enumerate(zellen) if z.immer_verborgen or z.schluessel in gesperrt)
        self._frei = frozenset(i for i, z in enumerate(zellen) if i not in self._fest and not z.nie_sperren)
        self._ziele: dict[int, Schutz] = {
            i: z.schutz for i, z in enumerate(zellen) if z.schutz is not None and i in self._fest
        }
        self._nachgegeben: dict[tuple[int, int | None], Schutz] = {}
        self._zugestaendnisse = 0
        self._gelernt: list[Schnitt] = []
        self._teile = Verborgene(system, self._fest, frozenset(self._ziele))
        self._sicher: dict[Teilname, bool] = {}
        self._baeume: dict[tuple[int, ...], Baum | None] = {}
        self._summen: dict[int, frozenset[int]] = {}
        self._alles: Angreifer | None = None
        self.gewaehlt: frozenset[int] = frozenset()

    @property
    def verborgen(self) -> frozenset[int]:
        """Numbers of all hidden cells."""
        return self._fest | self.gewaehlt

    def run(self) -> None:
        """Attack and choose until nothing succeeds."""
        if not self._ziele:
            return
        schnitte = self._attack()
        if not schnitte:
            return
        runde, stand, auswahl = 0, self._zugestaendnisse, self._start(())
        while runde < self._aufwand.runden:
            if self._zugestaendnisse > stand:
                # What was learned for a demand that cannot be met would cost figures for nothing.
                stand = self._zugestaendnisse
                self._gelernt = [s for s in self._gelernt if (s.ziel, s.mitwisser) not in self._nachgegeben]
                auswahl = self._start(self._gelernt)
            else:
                runde += 1
            schnitte, bewiesen = self._choose(auswahl, schnitte)
            if not schnitte and self._zugestaendnisse == stand:
                self.optimal &= bewiesen
                return
            schnitte += self._collect(schnitte)
        self._add_only(schnitte)

    def _choose(self, auswahl: Auswahl, schnitte: list[Schnitt]) -> tuple[list[Schnitt], bool]:
        """Choose until fractions learn nothing more, then whole; return the cuts that this choice violates.

        Everything that fractions touch, suppressed: an attack on that violates them too, and costs little.
        """
        for _ in range(_LEICHTE_RUNDEN):
            self._gelernt += schnitte
            for schnitt in schnitte:
                auswahl.add_deckung(schnitt.glieder, 1.0)
            self.gewaehlt, ganz = auswahl.relax()
            schnitte = self._attack(genau=ganz)
            if ganz and not schnitte:
                return [], True
            if not schnitte:
                break
        self.gewaehlt, ganz = auswahl.choose()
        return self._attack(), ganz

    def _collect(self, schnitte: list[Schnitt]) -> list[Schnitt]:
        """More cuts that the choice violates: those of patterns that hold it, up to a safe one."""
        gewaehlt, gefunden = self.gewaehlt, []
        while schnitte:
            for schnitt in schnitte:
                self._meet(schnitt)
            schnitte = self._attack(genau=False)
            gefunden += schnitte
        self.gewaehlt = gewaehlt
        return gefunden

    def _start(self, gelernt: Iterable[Schnitt]) -> Auswahl:
        """The choice with everything known before an attack, or from one; ties are broken by the order of the keys."""
        n = len(self.system.zellen)
        zellen = self.system.zellen
        auswahl = Auswahl(
            {i: zellen[i].gewicht * (1 + _GLEICHSTAND * (i + 1) / n) for i in sorted(self._frei)},
            lonely_groups(self.system, self._frei),
            self._aufwand.knoten,
        )
        ziele = [i for i in self._ziele if (i, None) not in self._nachgegeben]
        for schnitt in (*bridge_cuts(self.system, self._frei, ziele), *gelernt):
            auswahl.add_deckung(schnitt.glieder, 1.0)
        return auswahl

    def _attack(self, *, genau: bool = True) -> list[Schnitt]:
        """Attack every part that is not known to be safe; `genau`: with whole numbers too."""
        if self._stop is not None and self._stop.is_set():
            raise Abgebrochen("Die Geheimhaltung wurde abgebrochen.", "Es ist nichts hinausgegangen.")
        schnitte: list[Schnitt] = []
        nachgegeben = -1
        while not schnitte and self._zugestaendnisse > nachgegeben:
            nachgegeben = self._zugestaendnisse
            for name in self._teile.name(self.gewaehlt):
                if name not in self._sicher or (genau and not self._sicher[name]):
                    neue = self._attack_teil(self._teile.list_zellen(name), genau=genau)
                    schnitte += [schnitt for schnitt in neue if schnitt is not None]
                    if not neue:
                        self._sicher[name] = genau
        return schnitte

    def _attack_teil(self, teil: tuple[int, ...], *, genau: bool) -> list[Schnitt | None]:
        """Cuts for a part, None where a demand had to be given up; empty if it is safe."""
        ziele = {i: self._ziele[i] for i in teil if i in self._ziele}
        baum = self._find_baum(teil)
        gefunden = self._find_schnitte(teil, baum, ziele)
        if gefunden or not genau or (baum is not None and baum.ist_ganz):
            return [self._usable(schnitt, teil) for schnitt in gefunden]
        if any(self.system.zellen[i].ganzzahlig for i in teil):
            fehlen = check_ganzzahlig(self.system, teil, self._soften(ziele, None))
            gefunden = [neighbour_cut(self.system, teil, self._frei, self.gewaehlt, i) for i in fehlen]
        return [self._usable(schnitt, teil) for schnitt in gefunden]

    def _find_baum(self, teil: Sequence[int]) -> Baum | None:
        schluessel = tuple(teil)
        if schluessel not in self._baeume:
            self._baeume[schluessel] = find_baum(self.system, teil)
        return self._baeume[schluessel]

    def _find_schnitte(self, teil: tuple[int, ...], baum: Baum | None, ziele: dict[int, Schutz]) -> list[Schnitt]:
        """Attack a part as everybody and as each insider, until that yields something to choose by."""
        angreifer = Angreifer(self.system, teil) if baum is None else None
        zeugen = Zeugen(self.system, list(ziele))
        gefunden: list[Schnitt] = []
        einzelne = self._einzelne(ziele) if self._mitwisser else []
        for nummer, wer in enumerate((None, *einzelne)):
            wunsch = self._soften(ziele, wer)
            if angreifer is not None:
                if nummer == 1 and len(einzelne) >= _VIELE:
                    pull_apart(self.system, angreifer, self._soften(ziele, None), zeugen)
                gefunden += attack(self.system, angreifer, wunsch, self._frei, zeugen, wer)
            elif baum is not None:
                gefunden += attack_baum(self.system, baum, wunsch, self._frei, wer)
            if any(schnitt.erreichbar for schnitt in gefunden):
                break
        return gefunden

    def _soften(self, ziele: dict[int, Schutz], mitwisser: int | None) -> dict[int, Schutz]:
        """Demands as far as they can be met; of an insider nobody can hide what he knows by being himself."""
        # What cannot be hidden from everybody cannot be hidden from an insider either.
        ziele = {i: self._nachgegeben.get((i, None), schutz) for i, schutz in ziele.items()}
        if mitwisser is None:
            return ziele
        verbunden, ueber = self._find_verbundene(mitwisser), self._list_summen(mitwisser)
        return {
            i: self._nachgegeben.get((i, mitwisser)) or self._excuse(i, schutz, mitwisser, ueber)
            for i, schutz in ziele.items()
            if i not in verbunden
        }

    def _excuse(self, i: int, schutz: Schutz, mitwisser: int, ueber: Collection[int]) -> Schutz:
        if i in ueber:
            # He is in this sum himself, so it is at least 1.
            return attrs.evolve(schutz, unten=None if schutz.unten is None else max(schutz.unten, 1.0))
        if mitwisser in self._list_summen(i):
            # This cell holds him or nobody.
            oben = None if schutz.oben is None else min(schutz.oben, 1.0)
            return attrs.evolve(schutz, oben=oben, breite=min(schutz.breite, 1.0))
        return schutz

    def _list_summen(self, i: int) -> frozenset[int]:
        """Cells that contain a cell, directly or through others."""
        if i not in self._summen:
            gefunden: set[int] = set()
            rand = [i]
            while rand:
                teil = rand.pop()
                for nummer in self.system.zeilen_von[teil]:
                    zeile = self.system.zeilen[nummer]
                    ganze = [j for j, faktor in zeile if faktor < 0]
                    if len(ganze) == 1 and self.system.seiten[nummer] == 0 and ganze[0] not in {teil, *gefunden}:
                        gefunden.add(ganze[0])
                        rand.append(ganze[0])
            self._summen[i] = frozenset(gefunden)
        return self._summen[i]

    def _einzelne(self, ziele: Iterable[int]) -> list[int]:
        return [i for i in ziele if self.system.zellen[i].wert == 1 and self.system.zellen[i].ganzzahlig]

    def _find_verbundene(self, nummer: int) -> set[int]:
        """The cell and its partners, part and remainder of one whole: who knows one knows the other by birth."""
        zellen, partner = self.system.zellen, {nummer}
        for zeile in self.system.zeilen_von[nummer]:
            for i, _ in self.system.zeilen[zeile]:
                if not zellen[i].veroeffentlicht or not zellen[nummer].veroeffentlicht:
                    partner.add(i)
        return partner

    def _usable(self, schnitt: Schnitt, teil: tuple[int, ...]) -> Schnitt | None:
        """Return a cut that is new and can be met, or give way to what can be met at all."""
        if schnitt.is_met(self.gewaehlt):
            # Only noise of the solver gets here: the choice meets the cut, and yet the attack succeeds.
            schnitt = neighbour_cut(self.system, teil, self._frei, self.gewaehlt, schnitt.ziel)
        if schnitt.erreichbar:
            return schnitt
        self._give_way(schnitt)
        return None

    def _give_way(self, schnitt: Schnitt) -> None:
        """Ask for no more than is reached when everything that may be suppressed is."""
        i, s = schnitt.ziel, schnitt.mitwisser
        alle = self._alles = self._alles or Angreifer(self.system, self._fest | self._frei, selten=True)
        alle.know({} if s is None else {s: self.system.werte[s]})
        von, bis = alle.ask(i, 1).wert, alle.ask(i, -1).wert
        bisher = self._nachgegeben.get((i, s)) or self._nachgegeben.get((i, None), self._ziele[i])
        neu = Schutz(
            None if bisher.unten is None else max(bisher.unten, von),
            None if bisher.oben is None else min(bisher.oben, bis),
            min(bisher.breite, bis - von),
        )
        if neu == bisher:
            # Fractions reach the demand, whole numbers do not: nothing more can be hidden.
            neu = Schutz()
        zelle = self.system.zellen[i]
        if s is None:
            if zelle.wert is not None and (not self._nachgeben or is_offengelegt(self._ziele[i], von, bis)):
                raise GeheimhaltungsFehler(
                    f"{_name(zelle.schluessel)}: Die geheime Zahl lässt sich aus Zahlen berechnen, die in jedem Fall bekannt sind.",
                    "Bitte eine dieser Zahlen nicht veröffentlichen oder die Ebene weglassen.",
                    "GEHEIM-UNMOEGLICH",
                )
            self.erklaerung.append(
                f"{_name(zelle.schluessel)}: Der volle Abstand ist nicht erreichbar; geschützt ist, so weit es geht."
            )
        self._nachgegeben[i, s] = neu
        self._zugestaendnisse += 1

    def _add_only(self, schnitte: list[Schnitt]) -> None:
        """Attack and add the cells that help most for their weight; safe, perhaps not the lightest."""
        self.optimal = False
        while schnitte:
            for schnitt in schnitte:
                self._meet(schnitt)
            schnitte = self._attack()

    def _meet(self, schnitt: Schnitt) -> None:
        """Add the cells that help most for their weight until a cut is met."""
        while not schnitt.is_met(self.gewaehlt):
            offen = [(f / self.system.zellen[j].gewicht, -j) for j, f in schnitt.glieder if j not in self.gewaehlt]
            self.gewaehlt |= {-max(offen)[1]}

    def measure(self) -> dict[int, tuple[float, float]]:
        """Interval of every suppressed or secret cell."""
        if not self._ziele:
            return {}
        gefragt = {i for i in self.verborgen if self.system.zellen[i].veroeffentlicht or i in self._ziele}
        return measure(self.system, self.verborgen, gefragt, ganzzahlig=False, einwaerts=True, baeume=self._find_baum)


def _name(schluessel: Schluessel) -> str:
    """Name a figure for people; "~", "#" and "+" mark remainders, indicators and sums inside, and mean nothing outside."""
    return schluessel if isinstance(schluessel, str) else ", ".join(str(teil).lstrip("~#+") for teil in schluessel)
