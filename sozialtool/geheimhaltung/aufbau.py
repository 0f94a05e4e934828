"""From figures to cells and relations: everything that an attacker can add up and subtract.

One cell per Merkmal × Gebiet × Jahr; beside it unpublished helper cells (remainders, sums of several Merkmale, the years
inside a pool), which are secret too where they are small. Relations: areas add up to the area above (with "nicht
zuzuordnen" to the town), part + remainder = whole, groups add up to their whole, pools are sums of years.
"""

from __future__ import annotations

import functools
import math
import threading
from collections.abc import Collection, Iterable

import attrs

from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, ORTSTEIL, STADT
from sozialtool.geheimhaltung.auftrag import Auftrag
from sozialtool.geheimhaltung.bestand import Glieder, name_rest
from sozialtool.geheimhaltung.gebietssummen import find_rest, list_gebietssummen
from sozialtool.geheimhaltung.regeln import demand_klein, demand_schutz, judge_zahl
from sozialtool.geheimhaltung.runden import demand_rest, limits_of
from sozialtool.geheimhaltung.system import Beziehung, Zelle
from sozialtool.geheimhaltung.werte import Grund, Ort

_STUFEN = {NICHT_ZUZUORDNEN: 5.0, ORTSTEIL: 100.0, STADT: 10_000.0}
"""Loss of information per level: the town's figure is compared with everywhere, "nicht zuzuordnen" with nothing."""
_SOZIALRAUM = 10.0
_BEZUGSGROESSE = 4.0
"""A whole carries many rates, so its loss weighs more than that of a part."""
_TIEFE = 8
"""Parts of parts; more only where Merkmale contain each other in a circle."""


@attrs.frozen
class Aufbau:
    """Cells and relations of a release, ready for `protect`; `bezugsgroessen` may be held fixed to ease the search."""

    zellen: tuple[Zelle, ...]
    beziehungen: tuple[Beziehung, ...]
    bezugsgroessen: frozenset[Ort]


def build_aufbau(auftrag: Auftrag, stop: threading.Event | None = None) -> Aufbau:
    """Build the system of one release."""
    bau = _Bau(auftrag)
    schritte = (
        bau.add_basis, bau.add_ausdruecke, bau.add_definitionen, bau.add_zeitraeume, bau.add_gebietssummen,
        bau.add_summen, bau.add_teile, bau.add_anteile,
    )  # fmt: skip
    for schritt in schritte:
        if stop is not None and stop.is_set():
            break
        schritt()
    return Aufbau(tuple(bau.zellen.values()), tuple(bau.beziehungen), bau.find_bezugsgroessen())


class _Bau:
    """The cells and relations built so far."""

    def __init__(self, auftrag: Auftrag) -> None:
        self.auftrag = auftrag
        self.bestand = auftrag.bestand
        self.zellen: dict[Ort, Zelle] = {}
        self.beziehungen: list[Beziehung] = []
        self._ausdruecke = auftrag.ausdruecke
        self._seiten = {(s.ort.merkmal, s.ort.jahr): s.glieder for s in self._ausdruecke.values()}
        self._teile: dict[str, list[str]] = {}
        for merkmal in sorted(self.bestand.merkmale.values(), key=lambda m: m.schluessel):
            if merkmal.teil_von and merkmal.art.additiv:
                self._teile.setdefault(merkmal.teil_von, []).append(merkmal.schluessel)
        self._rund: set[Ort] = set()
        self._genau: dict[Ort, Ort] = {}
        self._aufgeloest: set[Ort] = set()
        self._geteilt: set[tuple[Ort, Ort]] = set()
        self._stadtzahlen: dict[tuple[str, int], float | None] = {}
        self._krumm, self._negativ = self.bestand.find_besondere()
        self._stadt = next((g.schluessel for g in self.bestand.gebiete.values() if g.ebene == STADT), "")

    # --- base cells

    def add_basis(self) -> None:
        """One cell per figure that is shown."""
        for ort in sorted(self.auftrag.offen):
            merkmal = self.bestand.find_merkmal(ort.merkmal)
            if merkmal is not None and merkmal.art.additiv:
                self._add(ort, shown=True)
        for ort in sorted(self.auftrag.daneben):
            self._add_helfer(ort)

    def _add(self, ort: Ort, *, shown: bool, gerechnet: bool = True) -> None:
        """Add a figure; `gerechnet`: what is shown is computed from it (if it is not shown itself)."""
        eintrag = self.bestand.werte.get(ort)
        fest = ort in self.auftrag.fest
        grund = None if fest else self.auftrag.gruende.get(ort)
        zelle = Zelle(
            ort,
            None if eintrag is None else eintrag.wert,
            gewicht=self._weigh(ort),
            primaer=grund if shown else None,
            nie_sperren=fest or (ort.merkmal in self.auftrag.bekannt and grund is None),
            untergrenze=-math.inf if ort.merkmal in self._negativ else 0.0,
            ganzzahlig=(ort.merkmal, ort.jahr) not in self._krumm,
            schutz=demand_schutz(self.bestand, self.auftrag.regel, ort, grund),
            veroeffentlicht=shown,
        )
        rund = not fest and gerechnet and self.auftrag.gruende.get(ort) is Grund.GERUNDET
        self.zellen[ort] = self._limit(zelle) if rund else zelle

    def _limit(self, zelle: Zelle) -> Zelle:
        """Everybody knows how far a rounded figure can be from the true one."""
        ort = zelle.schluessel
        assert isinstance(ort, Ort)
        self._rund.add(ort)
        if zelle.wert is None or not self.auftrag.is_gerundet(ort):
            return zelle
        unten, oben = limits_of(zelle.wert, ganzzahlig=zelle.ganzzahlig)
        return attrs.evolve(zelle, untergrenze=max(zelle.untergrenze, unten), obergrenze=oben)

    def _weigh(self, ort: Ort) -> float:
        ebene = self.bestand.ebene_of(ort.gebiet)
        stufe = _STUFEN.get(ebene, _SOZIALRAUM)
        wert, stadt = self.bestand.get_zahl(ort), self._find_stadtzahl(ort.merkmal, ort.jahr)
        anteil = min(1.0, abs(wert) / stadt) if wert is not None and stadt else 0.0
        gross = _BEZUGSGROESSE if ort.merkmal in self._teile else 1.0
        # A zero is often known from elsewhere (no school, no home there), so it shields badly.
        return round(stufe * gross * (1.0 + anteil + (1.0 if wert == 0 else 0.0)), 6)

    def _find_stadtzahl(self, merkmal: str, jahr: int) -> float | None:
        if (merkmal, jahr) not in self._stadtzahlen:
            self._stadtzahlen[merkmal, jahr] = self.bestand.get_zahl(Ort(self._stadt, merkmal, jahr))
        return self._stadtzahlen[merkmal, jahr]

    # --- sums of several figures

    def add_ausdruecke(self) -> None:
        """A cell for each numerator or denominator that is a sum, and helper cells for figures shown nowhere."""
        for seite in {s.ort: s for s in self._ausdruecke.values()}.values():
            offen = all(ort in self.auftrag.offen for ort, _ in seite.glieder)
            self._add_ausdruck(seite.ort, seite.glieder, shown=not offen)

    def _add_ausdruck(self, ort: Ort, glieder: Collection[tuple[Ort, float]], *, shown: bool) -> None:
        merkmale = [self.bestand.find_merkmal(glied.merkmal) for glied, _ in glieder]
        if any(merkmal is None or not merkmal.art.additiv for merkmal in merkmale):
            return
        for glied, _ in glieder:
            self._add_helfer(glied, gerechnet=True)
        self._add_summe(ort, glieder, self._find_n([ort]), shown=shown)

    @functools.cached_property
    def _salden(self) -> set[str]:
        """Differences that count no people: no share, and below zero somewhere (Zuzüge less Fortzüge).

        Two more came than left: that says nothing about anybody. The counts behind it stay secret where they are small.
        """
        return {
            seite.ort.merkmal
            for (indikator, *_), seite in self._ausdruecke.items()
            if indikator not in self.auftrag.anteile
            and any(faktor < 0 for _, faktor in seite.glieder)
            and (self.bestand.sum_up(seite.glieder) or 0.0) < 0
        }

    def _add_summe(self, ort: Ort, glieder: Iterable[tuple[Ort, float]], n: int, *, shown: bool) -> None:
        glieder = tuple(glieder)
        if any(self.auftrag.gruende.get(o) is Grund.GERUNDET for o, _ in glieder):
            self._add_runde_summe(ort, glieder, n, shown=shown)
            return
        wert = self.bestand.sum_up(glieder)
        klein = judge_zahl(wert, n)
        quelle = any(self.auftrag.gruende.get(o) is Grund.QUELLE for o, _ in glieder)
        grund = Grund.FALLZAHL if klein else Grund.QUELLE if wert is None and quelle else None
        if grund is None and any(o in self.auftrag.unten for o, _ in glieder):
            grund = Grund.EBENE
        schutz = demand_klein(float(n), None) if klein else None
        stufe = _STUFEN.get(self.bestand.ebene_of(ort.gebiet), _SOZIALRAUM)
        self.zellen[ort] = Zelle(
            ort,
            wert,
            gewicht=stufe * 2,
            primaer=grund if shown else None,
            untergrenze=0.0 if all(f > 0 and o.merkmal not in self._negativ for o, f in glieder) else -math.inf,
            ganzzahlig=all(f == round(f) and self.zellen[o].ganzzahlig for o, f in glieder),
            schutz=schutz,
            veroeffentlicht=shown,
        )
        self.beziehungen.append(Beziehung(((ort, -1.0), *glieder)))

    def _add_runde_summe(self, ort: Ort, glieder: tuple[tuple[Ort, float], ...], n: int, *, shown: bool) -> None:
        """A sum with rounded figures: shown is the sum of what is shown of them, the true one is hidden.

        So what such a sum adds to what everybody knows are its other figures, the rounded ones being constants in it.
        """
        genau = self._genau[ort] = ort._replace(merkmal=f"{ort.merkmal}=")
        ganz = all(f == round(f) and self.zellen[o].ganzzahlig for o, f in glieder)
        wert = self.bestand.sum_up(glieder)
        self.zellen[genau] = Zelle(genau, wert, untergrenze=-math.inf, ganzzahlig=ganz, veroeffentlicht=False)
        self._rund.add(genau)
        self.beziehungen.append(Beziehung(((genau, -1.0), *glieder)))
        andere = tuple((o, f) for o, f in glieder if self.auftrag.gruende.get(o) is not Grund.GERUNDET)
        if andere:
            self._add_summe(ort, andere, n, shown=shown)

    def add_definitionen(self) -> None:
        """Figures that are sums of others by definition (65 and older = 65 to 80 + 80 and older), and so can be parted.

        A sum with two figures that are shown, or that other sums limit, limits the rest: those become helper cells.
        """
        summen = [m for m in self.bestand.merkmale.values() if m.summe_aus and m.art.additiv]
        offen = []
        for gebiet, laenge, jahr in sorted({(o.gebiet, o.merkmal.partition("@")[2], o.jahr) for o in self.zellen}):
            for merkmal in summen:
                ganzes = Ort(gebiet, f"{merkmal.schluessel}@{laenge}" if laenge else merkmal.schluessel, jahr)
                neu = ganzes in self.bestand.werte and ganzes not in self._aufgeloest
                glieder, fehlt = self.bestand.spell_rest(ganzes) if neu else ({}, [])
                if glieder or fehlt:
                    reste = [name_rest(fehlt)] if fehlt else []
                    offen.append((((ganzes, -1.0), *glieder.items()), fehlt, (ganzes, *glieder, *reste)))
        while bekannt := [s for s in offen if sum(ort in self.zellen for ort in s[2]) >= 2]:
            offen = [s for s in offen if s not in bekannt]
            for koeffizienten, fehlt, _ in bekannt:
                self._aufgeloest.add(koeffizienten[0][0])
                for ort, _ in koeffizienten:
                    self._add_helfer(ort)
                self._add_teilung(koeffizienten, fehlt, self._find_n(fehlt))

    def _add_helfer(self, ort: Ort, *, gerechnet: bool = False) -> None:
        """A figure that is not shown, but that others limit; it is secret too where it is small."""
        merkmal = self.bestand.find_merkmal(ort.merkmal)
        if ort not in self.zellen and merkmal is not None:
            self._add(ort, shown=False, gerechnet=gerechnet)

    def add_zeitraeume(self) -> None:
        """A delivered sum over several years is the sum of its years, where some of those are shown as well."""
        for ort in [o for o in self.zellen if "@" in o.merkmal]:
            merkmal, _, jahre = ort.merkmal.partition("@")
            einzeln = [Ort(ort.gebiet, merkmal, ort.jahr - schritt) for schritt in range(int(jahre))]
            if any(teil in self.zellen for teil in einzeln):
                self._add_teile(ort, einzeln)

    def add_summen(self) -> None:
        """Groups, definitions and periods, until none of them brings a figure that another one parts further."""
        vorher = -1
        while vorher != len(self.zellen):
            vorher = len(self.zellen)
            self.add_gruppen()
            self.add_definitionen()
            self.add_zeitraeume()

    # --- areas

    def add_gebietssummen(self) -> None:
        """The areas of each level add up to the nearest area above; those that are shown nowhere are in the sum, too."""
        for summe in list(list_gebietssummen(self.zellen, self.bestand, self._stadt, self._seiten)):
            for ort in summe.fehlt:
                seite = self._seiten.get((ort.merkmal, ort.jahr), ())
                glieder = [(o._replace(gebiet=ort.gebiet), f) for o, f in seite]
                if glieder and all(o in self.bestand.werte for o, _ in glieder):
                    self._add_ausdruck(ort, glieder, shown=False)
                elif not glieder:
                    self._add_helfer(ort)
            teile = [*summe.teile, *(ort for ort in summe.fehlt if ort in self.zellen)]
            fehlt = [ort for ort in summe.fehlt if ort not in self.zellen]
            rest = 0.0 if fehlt else find_rest(self.zellen, summe.ganzes, teile)
            # More in the areas than in the whole: what deviates counts as known, as in every sum that does not tie out.
            if rest > 0:
                ebene = self.bestand.ebene_of(teile[0].gebiet)
                fehlt = [summe.ganzes._replace(merkmal=f"{summe.ganzes.merkmal}:{ebene}")]
            koeffizienten = ((summe.ganzes, -1.0), *((teil, 1.0) for teil in teile))
            self._add_teilung(koeffizienten, fehlt, self._find_n([summe.ganzes]))

    # --- parts, remainders, groups

    def add_teile(self) -> None:
        """Part + remainder = whole, where both are known; a remainder below n, or of nobody, is a secret of its own."""
        for ort in list(self.zellen):
            ganzes, n = self._find_ganzes(ort)
            if ganzes is not None:
                self._add_rest(Ort(ort.gebiet, f"~{ort.merkmal}", ort.jahr), ort, ganzes, n)

    def _find_ganzes(self, ort: Ort) -> tuple[Ort | None, int]:
        """Cell of the nearest whole that there is one of, and the Mindestfallzahl of the remainder.

        Between a part and the whole of its whole nobody is counted: that remainder only says that there are not fewer than none.
        """
        merkmal = self.bestand.find_merkmal(ort.merkmal)
        n = merkmal.mindestfallzahl if merkmal is not None else 0
        ganzes = self.bestand.find_ganzes(ort)
        for _ in range(_TIEFE):
            if ganzes is None or ganzes in self.zellen:
                return ganzes, n
            ganzes, n = self.bestand.find_ganzes(ganzes), 0
        return None, 0

    def add_anteile(self) -> None:
        """Numerator + remainder = denominator of a share, unless that is a part and its whole already."""
        # Shares that are simply a part of its whole have their remainder already.
        schlicht = self.bestand.find_schlichte() - {indikator for indikator, *_ in self._ausdruecke}
        gefragt = {i: b for i, b in self.bestand.bezuege.items() if i in self.auftrag.anteile - schlicht and b.linear}
        for zeile in self.auftrag.zeilen:
            indikator, jahr, gebiet = zeile
            if indikator not in gefragt:
                continue
            bezug = gefragt[indikator]
            glieder = self.bestand.list_seiten(zeile)
            seiten = [self._find_seite(zeile, art, seite) for art, seite in zip("zn", glieder, strict=True)]
            if seiten[0] is None or seiten[1] is None:
                continue
            if self.bestand.find_ganzes(seiten[0]) == seiten[1]:
                continue
            rest = Ort(gebiet, f"~#{indikator}", jahr)
            self._add_rest(rest, seiten[0], seiten[1], self._find_n(Ort(gebiet, name, jahr) for name in bezug.zaehler))

    def _find_seite(self, zeile: tuple[str, int, str], art: str, glieder: Glieder) -> Ort | None:
        """Cell of the numerator or denominator, None if it is no plain count."""
        seite = self._ausdruecke.get((*zeile, art))
        if seite is not None:
            ort = self._genau.get(seite.ort, seite.ort)
            return ort if ort in self.zellen else None
        return glieder[0][0] if len(glieder) == 1 and glieder[0][1] == 1.0 and glieder[0][0] in self.zellen else None

    def _add_rest(self, rest: Ort, teil: Ort, ganzes: Ort, n: int) -> None:
        a, b = self.zellen[teil], self.zellen[ganzes]
        wert = None if a.wert is None or b.wert is None else round(b.wert - a.wert, 9)
        regel = self.auftrag.regel.of(teil.merkmal.partition("@")[0])
        verraet = regel.alle and wert == 0 and bool(b.wert) and n > 0
        klein = judge_zahl(wert, n) and a.wert != 0
        schutz = None
        if n > 0 and (klein or verraet):
            schutz = demand_rest(b.wert) if {teil, ganzes} & self._rund else demand_klein(float(n), b.wert)
        ganz = a.ganzzahlig and b.ganzzahlig
        self.zellen[rest] = Zelle(rest, wert, ganzzahlig=ganz, schutz=schutz, veroeffentlicht=False)
        self.beziehungen.append(Beziehung(((teil, 1.0), (rest, 1.0), (ganzes, -1.0))))

    def add_gruppen(self) -> None:
        """The members of a group add up to their whole; members that are not shown are one unknown helper."""
        gruppen = self.bestand.gruppen
        gezeigt = {o for o, z in self.zellen.items() if z.veroeffentlicht} | self.auftrag.daneben
        for ganzes in self.bestand.find_volle(gezeigt):
            self._add_helfer(ganzes)
        for ganzes in list(self.zellen):
            for (oben, _), glieder in gruppen.items():
                if oben == ganzes.merkmal.partition("@")[0]:
                    self._add_gruppe(ganzes, glieder)

    def _add_gruppe(self, ganzes: Ort, glieder: list[str]) -> None:
        _, at, jahre = ganzes.merkmal.partition("@")
        orte = [ganzes._replace(merkmal=f"{merkmal}{at}{jahre}") for merkmal in glieder]
        if any(ort in self.zellen for ort in orte):
            self._add_teile(ganzes, orte)

    def _add_teile(self, ganzes: Ort, orte: list[Ort]) -> None:
        """A whole is the sum of its parts; a part that is not shown is what the others leave, so it is secret too where small."""
        if (ganzes, orte[0]) in self._geteilt:
            return
        self._geteilt.add((ganzes, orte[0]))
        for ort in orte:
            if ort in self.bestand.werte:
                self._add_helfer(ort)
        da = [ort for ort in orte if ort in self.zellen]
        fehlt = [ort for ort in orte if ort not in da]
        self._add_teilung(((ganzes, -1.0), *((ort, 1.0) for ort in da)), fehlt, self._find_n(fehlt))

    def _find_n(self, orte: Iterable[Ort]) -> int:
        """Return the Mindestfallzahl of what some figures make together: the largest of theirs; 0 for balances, which count nobody."""
        teile = [o for ort in orte if ort.merkmal not in self._salden for o, _ in self._seiten.get((ort.merkmal, ort.jahr), ((ort, 1.0),))]  # fmt: skip
        return max((m.mindestfallzahl for o in teile if (m := self.bestand.find_merkmal(o.merkmal))), default=0)

    def _add_teilung(self, glieder: tuple[tuple[Ort, float], ...], fehlt: Collection[Ort], n: int) -> None:
        """Σ factor · figure = 0; parts of which there is no figure are one unknown, the same one in every sum, secret below `n`."""
        if fehlt:
            werte = [(self.zellen[ort].wert, faktor) for ort, faktor in glieder]
            wert = None if any(w is None for w, _ in werte) else round(-sum(w * f for w, f in werte if w), 9) + 0.0
            ganz = all(self.zellen[ort].ganzzahlig for ort, _ in glieder)
            schutz = demand_klein(float(n), None) if judge_zahl(wert, n) else None
            rest = name_rest(fehlt)
            if rest not in self.zellen or self.zellen[rest].wert is None:
                self.zellen[rest] = Zelle(rest, wert, ganzzahlig=ganz, schutz=schutz, veroeffentlicht=False)
            glieder = (*glieder, (rest, 1.0))
        self.beziehungen.append(Beziehung(glieder))

    def find_bezugsgroessen(self) -> frozenset[Ort]:
        """Wholes without any secret in their year, in themselves or beside them in a group: they can stay as they are."""
        unruhig = {(o.merkmal, o.jahr) for o, z in self.zellen.items() if z.primaer is not None or z.wert is None}
        ruhig = set()
        for ort, zelle in self.zellen.items():
            merkmal = self.bestand.find_merkmal(ort.merkmal)
            if not zelle.veroeffentlicht or ort.merkmal not in self._teile or merkmal is None:
                continue
            if not any((name, ort.jahr) in unruhig for name in self._circle(merkmal)):
                ruhig.add(ort)
        return frozenset(ruhig)

    def _circle(self, merkmal: Merkmal) -> Collection[str]:
        if not merkmal.gruppe:
            return (merkmal.schluessel,)
        andere = (self.bestand.merkmale[name] for name in self._teile.get(merkmal.teil_von, ()))
        return [m.schluessel for m in andere if m.gruppe == merkmal.gruppe] + [merkmal.schluessel]
