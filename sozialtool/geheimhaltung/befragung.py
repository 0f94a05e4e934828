"""Which groups of a survey are kept back: small ones, and others until no small one can be computed from all that is shown.

A group of an area is shown with everything or not at all. Cells are (area, group, answer) and (area, group, people); the relations of
`antwortsummen` and "the answers add up to the people" (several answers each: none is more than the people) make them one system,
which `sperren.protect` attacks. Whatever a small group answered, and how many they are, must be able to be 0 as well as n
(no more than the whole that it is part of, which everybody sees). Hiding more never narrows an interval: so the pattern of figures that `protect` finds is
safe, too, when every group that it touches is hidden altogether.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import attrs

from sozialtool.fach.antwortgruppe import ALLE, Ort
from sozialtool.geheimhaltung.antwortsummen import Frage, Summe, complete, list_summen
from sozialtool.geheimhaltung.buendel import Buendelsuche
from sozialtool.geheimhaltung.system import Beziehung, Schluessel, Schutz, Zelle
from sozialtool.geheimhaltung.werte import Grund

_MENSCHEN = -1
"""Number of the cell that holds the people of a group; the answers are counted from 0."""
_GANZES = 4.0
"""A whole is worth so much more than its parts with as many people: who reads asks for "alle" and for the town first."""


@attrs.frozen
class Rahmen:
    """What a survey asks for and what everybody knows of it.

    Attributes:
        mindestens: a group of fewer people is small.
        gebietssummen: an area and all areas of one level in it, for every area and level.
        geantwortet: how many answered at all (it stands beside the tally); None if nobody says.
        stadt: key of the whole town.
    """

    mindestens: int
    gebietssummen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    geantwortet: int | None = None
    stadt: str = ""


def protect_befragung(fragen: Sequence[Frage], rahmen: Rahmen) -> tuple[frozenset[Ort], ...]:
    """Return the groups of each question that are kept back.

    A group that is hidden in one question is hidden in every other that about as many of it answered: most people answer every
    question, and how many are hidden in one another would say. Where several answers were possible and nobody counted the people,
    a group is small, too, if it is small in every question with one answer.
    """
    klein = _find_kleine(fragen, rahmen.mindestens)
    kleine = [klein if f.menschen.keys() != f.zahlen.keys() else frozenset[Ort]() for f in fragen]
    geheim = [_protect_frage(f, rahmen, k, frozenset()) for f, k in zip(fragen, kleine, strict=True)]
    mit: list[frozenset[Ort]] = [frozenset()] * len(fragen)
    while True:
        neu = [_carry(fragen, geheim, k, rahmen.mindestens) for k in range(len(fragen))]
        if neu == mit:
            return tuple(geheim)
        for k, frage in enumerate(fragen):
            if neu[k] != mit[k]:
                geheim[k] |= _protect_frage(frage, rahmen, kleine[k], neu[k], geheim[k])
        mit = neu


def _find_kleine(fragen: Sequence[Frage], mindestens: int) -> frozenset[Ort]:
    """Groups that are small wherever people gave one answer each."""
    meiste: dict[Ort, int] = {}
    for frage in fragen:
        for ort in frage.zahlen if frage.eine else ():
            meiste[ort] = max(frage.count(ort), meiste.get(ort, 0))
    return frozenset(ort for ort, anzahl in meiste.items() if anzahl < mindestens)


def _carry(fragen: Sequence[Frage], geheim: Sequence[frozenset[Ort]], k: int, mindestens: int) -> frozenset[Ort]:
    """Groups of question k that another question with about as many people hides; where nobody counted people, all others."""
    ziel = fragen[k].menschen
    gefunden = set()
    for ort in fragen[k].zahlen:
        andere = [
            (ort in geheim[j], frage.menschen[ort])
            for j, frage in enumerate(fragen)
            if j != k and ort in frage.menschen and (frage.eine or ort in ziel)
        ]
        if ort in ziel:
            if any(weg and abs(ziel[ort] - anzahl) < mindestens for weg, anzahl in andere):
                gefunden.add(ort)
        elif andere and all(weg for weg, _ in andere):
            gefunden.add(ort)
    return frozenset(gefunden)


def _protect_frage(
    frage: Frage, rahmen: Rahmen, kleine: frozenset[Ort], mit: frozenset[Ort], schon: frozenset[Ort] = frozenset()
) -> frozenset[Ort]:
    """Hide the small groups, `mit`, and what would give them away: people first, each answer, then everything together.

    `kleine` are known to be small from elsewhere; `schon` are hidden already, and nothing is asked for them.
    """
    gelistet, frage = frozenset(frage.zahlen), complete(frage, rahmen.gebietssummen)
    klein = frozenset(ort for ort in frage.zahlen if frage.count(ort) < rahmen.mindestens or ort in kleine)
    geheim = (klein | mit | schon) & gelistet
    aufbau = _Aufbau(frage, rahmen, klein, mit - klein)
    if not geheim and not klein and not aufbau.hat_reste:
        return frozenset()
    return geheim | aufbau.protect(geheim)


def _is_knapp(summe: Summe, mindestens: int) -> bool:
    return 0 < summe.menschen < mindestens


class _Aufbau:
    """Cells and relations of one question."""

    def __init__(self, frage: Frage, rahmen: Rahmen, klein: frozenset[Ort], mit: frozenset[Ort]) -> None:
        self._frage, self._rahmen, self._klein, self._mit = frage, rahmen, klein, mit
        self._summen = list_summen(frage, rahmen.gebietssummen, rahmen.mindestens)
        self.antworten = tuple(dict.fromkeys(name for je in frage.zahlen.values() for name in je))
        oben = {g for g, _ in rahmen.gebietssummen} | {rahmen.stadt}
        self._gewicht = {
            ort: (1.0 + frage.count(ort)) * (_GANZES if ort[1] == ALLE else 1.0) * (_GANZES if ort[0] in oben else 1.0)
            for ort in frage.zahlen
        }
        self._leer = {gruppe for _, gruppe in frage.zahlen} - {ort[1] for ort in frage.zahlen if frage.count(ort)}
        self._ganze: dict[Ort, list[Ort]] = {}
        for summe in self._summen:
            if summe.ganzes not in klein and (summe.ganzes[1] == ALLE or summe.teile[0][1] == summe.ganzes[1]):
                for teil in summe.teile:
                    self._ganze.setdefault(teil, []).append(summe.ganzes)

    @property
    def hat_reste(self) -> bool:
        """Whether anything is left over somewhere that few people may be."""
        return any(_is_knapp(summe, self._rahmen.mindestens) for summe in self._summen)

    def protect(self, geheim: Collection[Ort]) -> frozenset[Ort]:
        """Return the groups that have to be hidden beside those that are."""
        zellen: list[Zelle] = []
        beziehungen: list[Beziehung] = []
        for k in (_MENSCHEN, *range(len(self.antworten))):
            zellen += [self._cell(ort, k) for ort in self._frage.zahlen if self._read(ort, k) is not None]
            for nr, summe in enumerate(self._summen):
                self._relate(nr, summe, k, zellen, beziehungen)
        if not self._frage.eine or self._tie_out(zellen, beziehungen):
            # Else the answers are independent of each other, and safe together if each is.
            self._join(zellen, beziehungen)
        orte = [ort for ort in self._frage.zahlen if ort not in self._frage.abgeleitet]
        nummer = {ort: b for b, ort in enumerate(orte)}
        buendel: dict[Schluessel, int] = {}
        for zelle in zellen:
            ort = (zelle.schluessel[0], zelle.schluessel[1])
            if ort in nummer:
                buendel[zelle.schluessel] = nummer[ort]
        gewichte = [self._gewicht[ort] for ort in orte]
        suche = Buendelsuche(zellen, beziehungen, buendel, gewichte, [nummer[ort] for ort in geheim])
        return frozenset(orte[b] for b in suche.run())

    def _read(self, ort: Ort, k: int) -> int | None:
        return self._frage.menschen.get(ort) if k == _MENSCHEN else self._frage.zahlen[ort].get(self.antworten[k], 0)

    def _cell(self, ort: Ort, k: int) -> Zelle:
        schutz = self._demand(ort, k)
        gezeigt = ort not in self._frage.abgeleitet
        grund = Grund.FALLZAHL if gezeigt and (ort in self._klein or ort in self._mit) else None
        wert, gewicht = self._read(ort, k), self._gewicht[ort]
        return Zelle((*ort, k), wert, gewicht=gewicht, primaer=grund, schutz=schutz, veroeffentlicht=gezeigt)

    def _demand(self, ort: Ort, k: int) -> Schutz | None:
        n = self._cap(self._ganze.get(ort, ()), k)
        # A group that nobody belongs to anywhere, or that nobody listed and nobody belongs to, has nobody to protect.
        leer = ort[1] in self._leer or (ort in self._frage.abgeleitet and not self._frage.count(ort))
        if ort in self._klein and n > 0 and not leer:
            return Schutz(0.0, n)
        return Schutz(breite=n) if ort in self._mit and k == _MENSCHEN and n > 0 else None

    def _cap(self, ganze: Iterable[Ort], k: int) -> float:
        """Return n, or the smallest shown whole: of nobody, none can be hidden."""
        werte = [wert for ort in ganze if (wert := self._read(ort, k)) is not None]
        return float(min([self._rahmen.mindestens, *werte]))

    def _relate(self, nr: int, summe: Summe, k: int, zellen: list[Zelle], beziehungen: list[Beziehung]) -> None:
        """Parts + rest = whole; a rest of nobody is no cell, one of few people is as secret as a small group."""
        orte = (*summe.teile, summe.ganzes)
        if any(self._read(ort, k) is None for ort in orte):
            return
        glieder: list[tuple[Schluessel, float]] = [((*ort, k), 1.0) for ort in summe.teile]
        rest = summe.menschen if k == _MENSCHEN else summe.rest.get(self.antworten[k], 0)
        if rest >= 0 and summe.offen:
            schluessel = _rest_key(nr, k)
            n = self._cap([] if summe.ganzes in self._klein else [summe.ganzes], k)
            schutz = Schutz(0.0, n) if n > 0 and _is_knapp(summe, self._rahmen.mindestens) else None
            zellen.append(Zelle(schluessel, rest, schutz=schutz, veroeffentlicht=False))
            glieder.append((schluessel, 1.0))
        beziehungen.append(Beziehung((*glieder, ((*summe.ganzes, k), -1.0))))

    def _join(self, zellen: list[Zelle], beziehungen: list[Beziehung]) -> None:
        """Answers add up to the people, or none is more than they are."""
        da = {z.schluessel: z.wert or 0 for z in zellen}
        gruppen = [(*ort,) for ort in self._frage.zahlen] + [_rest_key(nr, 0)[:2] for nr in range(len(self._summen))]
        for g, h in gruppen:
            menschen, antworten = (g, h, _MENSCHEN), [(g, h, k) for k in range(len(self.antworten))]
            antworten = [s for s in antworten if s in da]
            if menschen not in da or not antworten:
                continue
            if self._frage.eine:
                beziehungen.append(Beziehung((*((s, 1.0) for s in antworten), (menschen, -1.0))))
                continue
            for s in antworten:
                ohne = (f"\x00ohne {g}", h, s[2])
                zellen.append(Zelle(ohne, da[menschen] - da[s], veroeffentlicht=False))
                beziehungen.append(Beziehung(((s, 1.0), (ohne, 1.0), (menschen, -1.0))))

    def _tie_out(self, zellen: list[Zelle], beziehungen: list[Beziehung]) -> bool:
        """How many answered at all is known: all areas of a level, or the town, and those who left this question out."""
        bindet = False
        alle, stadt = self._rahmen.geantwortet, self._rahmen.stadt
        reihen = [unten for oben, unten in self._rahmen.gebietssummen if oben == stadt] + [(stadt,)]
        for nr, gebiete in enumerate(reihen):
            teile = [(g, ALLE) for g in gebiete if (g, ALLE) in self._frage.menschen]
            rest = (alle or 0) - sum(self._frage.menschen[t] for t in teile)
            if not teile or alle is None or alle < self._rahmen.mindestens or rest < 0:
                continue
            glieder: list[tuple[Schluessel, float]] = [((*t, _MENSCHEN), 1.0) for t in teile]
            if rest:
                schluessel = (f"\x00offen{nr}", "", _MENSCHEN)
                zellen.append(Zelle(schluessel, rest, veroeffentlicht=False))
                glieder.append((schluessel, 1.0))
            beziehungen.append(Beziehung(tuple(glieder), float(alle)))
            bindet = True
        return bindet


def _rest_key(nr: int, k: int) -> tuple[str, str, int]:
    """Key of what a sum leaves over: no area is called so."""
    return f"\x00rest{nr}", "", k
