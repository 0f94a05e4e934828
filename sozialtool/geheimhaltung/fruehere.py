"""One system with everything that is known already: earlier releases, other boundaries, figures from outside.

A figure that an earlier release showed, and that has not changed since, is a constant: it is never suppressed afterwards,
and the pattern must be safe beside it. What an earlier release kept secret stays a hidden cell of the same system, so it
cannot be computed back by means of the new one. A corrected figure is another cell than the one shown before.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence

import attrs

from sozialtool.geheimhaltung.angriff import measure
from sozialtool.geheimhaltung.aufbau import Aufbau, build_aufbau
from sozialtool.geheimhaltung.auftrag import Auftrag
from sozialtool.geheimhaltung.bestand import Bestand
from sozialtool.geheimhaltung.regeln import demand_unten, judge_zahl
from sozialtool.geheimhaltung.schnitte import is_offengelegt
from sozialtool.geheimhaltung.system import GENAU, Beziehung, Schluessel, Schutz, Zelle, build_systeme
from sozialtool.geheimhaltung.werte import Bekannt, Frueher, Grund, Ort, Stueck

_ANDERS = "§"
"""Between a key and the release whose version of it is meant: the figure was corrected since, or the area was another."""


@attrs.frozen
class Gemeinsam:
    """The joint system, the secrets that what is known already discloses, and who made each known cell known."""

    aufbau: Aufbau
    bekannt: tuple[Bekannt, ...]
    woher: Mapping[Schluessel, str] = attrs.field(factory=dict)

    @property
    def schluessel(self) -> frozenset[Schluessel]:
        """Keys of all cells."""
        return frozenset(zelle.schluessel for zelle in self.aufbau.zellen)


def find_gezeigte(fruehere: Iterable[Frueher], bestand: Bestand) -> dict[Ort, str]:
    """Name the figures of `bestand` that an earlier release showed as they are now, with the first one that did."""
    return _find_gleiche(fruehere, bestand, gerundet=False)


def find_gerundete(fruehere: Iterable[Frueher], bestand: Bestand) -> frozenset[Ort]:
    """Name the figures of `bestand` that an earlier release showed rounded, and that are the same now."""
    return frozenset(_find_gleiche(fruehere, bestand, gerundet=True))


def _find_gleiche(fruehere: Iterable[Frueher], bestand: Bestand, *, gerundet: bool) -> dict[Ort, str]:
    gezeigt: dict[Ort, str] = {}
    for frueher in fruehere:
        alt = frueher.release
        for ort in sorted(alt.auftrag.offen - alt.gesperrt):
            if alt.auftrag.is_gerundet(ort) != gerundet:
                continue
            ziel = _rename(ort, frueher.gebiete)
            neu, damals = bestand.get_zahl(ziel), alt.auftrag.bestand.get_zahl(ort)
            if ziel == ort and neu is not None and damals is not None and abs(neu - damals) <= GENAU:
                gezeigt.setdefault(ort, alt.name)
    return gezeigt


def find_umgerechnete(fruehere: Iterable[Frueher], bestand: Bestand) -> frozenset[Ort]:
    """Name the converted figures that hold a share of a figure an earlier release did not show.

    A figure on new boundaries is Σ w · (figure on old ones). Who knows the weights (the people of the smallest areas) and the
    old figures that were shown has the hidden one from it: so "a suppressed part makes the result suppressed" (fach/regeln.md
    section 5). A Merkmal and year counts as converted where its figures are not whole.
    """
    krumm = {(o.merkmal, o.jahr) for o, e in bestand.werte.items() if e.wert is not None and e.wert != round(e.wert)}
    gefunden: set[Ort] = set()
    for frueher in fruehere:
        ziele: dict[str, set[str]] = {}
        for stueck in frueher.stuecke:
            ziele.setdefault(stueck.alt, set()).add(stueck.neu)
        for ort in frueher.release.gesperrt:
            if (ort.merkmal, ort.jahr) in krumm:
                neue = ziele.get(frueher.gebiete.get(ort.gebiet, ort.gebiet), ())
                gefunden.update(ort._replace(gebiet=neu) for neu in neue)
    return frozenset(ort for ort in gefunden if bestand.get_zahl(ort) is not None)


def _find_daneben(fruehere: Sequence[Frueher], alte: Sequence[Aufbau], bestand: Bestand) -> frozenset[Ort]:
    """Name the figures of `bestand` that the systems `alte` of earlier releases hold, unless they have been corrected since.

    One release shows how many people there are, another how many women: together, not each by itself, they tell the men.
    """
    gefunden: set[Ort] = set()
    for frueher, alt in zip(fruehere, alte, strict=True):
        for zelle in alt.zellen:
            ort = zelle.schluessel
            assert isinstance(ort, Ort)
            neu = bestand.get_zahl(ort)
            gleich = neu is not None and zelle.wert is not None and abs(neu - zelle.wert) <= GENAU
            if gleich and _rename(ort, frueher.gebiete) == ort:
                gefunden.add(ort)
    return frozenset(gefunden)


def join_fruehere(auftrag: Auftrag, fruehere: Sequence[Frueher], stop: threading.Event | None = None) -> Gemeinsam:
    """Build the system of a release, put those of earlier ones beside it, and settle what is known already."""
    alte = [build_aufbau(frueher.release.auftrag, stop) for frueher in fruehere]
    aufbau = build_aufbau(attrs.evolve(auftrag, daneben=_find_daneben(fruehere, alte, auftrag.bestand)), stop)
    if not fruehere and not auftrag.fest:
        return Gemeinsam(aufbau, ())
    bau = _Gemeinsam(aufbau, auftrag)
    for frueher, alt in zip(fruehere, alte, strict=True):
        bau.add_release(frueher, alt)
    for frueher in fruehere:
        bau.add_stuecke(frueher)
    bekannt = bau.settle()
    zellen = tuple(bau.zellen.values())
    return Gemeinsam(
        attrs.evolve(aufbau, zellen=zellen, beziehungen=tuple(bau.beziehungen.values())), bekannt, bau.woher
    )


def settle_verflochtene(gemeinsam: Gemeinsam) -> Gemeinsam:
    """Name the secrets, too, that only several relations together disclose, whatever is suppressed now; they cost a solver."""
    bekannt = list(gemeinsam.bekannt)
    for system in build_systeme(gemeinsam.aufbau.zellen, gemeinsam.aufbau.beziehungen, nur_geheime=True):
        quellen = sorted({gemeinsam.woher[z.schluessel] for z in system.zellen if z.schluessel in gemeinsam.woher})
        offen = [i for i, z in enumerate(system.zellen) if not z.nie_sperren or z.wert is None]
        ziele = {i: z.schutz for i in offen if (z := system.zellen[i]).schutz is not None and z.wert is not None}
        if not quellen:
            continue
        for i, (von, bis) in measure(system, offen, ziele, ganzzahlig=False, einwaerts=False).items():
            zelle, schutz = system.zellen[i], ziele[i]
            if schutz is not None and is_offengelegt(schutz, von, bis):
                assert isinstance(zelle.schluessel, Ort)
                bekannt.append(Bekannt(zelle.schluessel, zelle.primaer or Grund.FALLZAHL, tuple(quellen)))
    verraten = {eintrag.ort for eintrag in bekannt}
    zellen = tuple(_make_fest(z) if z.schluessel in verraten else z for z in gemeinsam.aufbau.zellen)
    bekannt.sort(key=lambda b: str(b.ort))
    return attrs.evolve(gemeinsam, aufbau=attrs.evolve(gemeinsam.aufbau, zellen=zellen), bekannt=tuple(bekannt))


def _make_fest(zelle: Zelle) -> Zelle:
    """What everybody knows: seen by the attacker, and no secret."""
    if zelle.nie_sperren and zelle.veroeffentlicht and zelle.primaer is None and zelle.schutz is None:
        return zelle
    return attrs.evolve(zelle, nie_sperren=True, veroeffentlicht=True, primaer=None, schutz=None)


def _rename(ort: Ort, gebiete: Mapping[str, str]) -> Ort:
    neu = gebiete.get(ort.gebiet)
    return ort if neu is None else ort._replace(gebiet=neu)


class _Gemeinsam:
    """The cells and relations of all releases so far."""

    def __init__(self, aufbau: Aufbau, auftrag: Auftrag) -> None:
        self.auftrag = auftrag
        self.zellen: dict[Schluessel, Zelle] = {z.schluessel: z for z in aufbau.zellen}
        self.beziehungen = {frozenset(b.koeffizienten): b for b in aufbau.beziehungen}
        self.verraten: list[Bekannt] = []
        self.woher: dict[Schluessel, str] = {ort: wer for ort, wer in auftrag.fest.items()}  # noqa: C416 - a wider key type

    def add_release(self, frueher: Frueher, alt: Aufbau) -> None:
        """Add the cells and relations `alt` of an earlier release."""
        release = frueher.release
        neu = {z.schluessel: self._place(z, frueher) for z in alt.zellen}
        for zelle in alt.zellen:
            gezeigt = zelle.veroeffentlicht and zelle.wert is not None and zelle.schluessel not in release.verborgen
            gezeigt = gezeigt and zelle.primaer is not Grund.GERUNDET
            self._take(neu[zelle.schluessel], zelle, release.name if gezeigt else "")
        andere = {alt_ort for alt_ort, ort in neu.items() if alt_ort != ort}
        for beziehung in alt.beziehungen:
            um = beziehung
            if andere and any(s in andere for s, _ in um.koeffizienten):
                um = Beziehung(tuple((neu[s], f) for s, f in um.koeffizienten), um.rechte_seite)
            self.beziehungen.setdefault(frozenset(um.koeffizienten), um)

    def _place(self, zelle: Zelle, frueher: Frueher) -> Ort:
        """Key of an earlier cell in the joint system: the same where the figure is the same."""
        ort = zelle.schluessel
        assert isinstance(ort, Ort)
        ziel = _rename(ort, frueher.gebiete)
        jetzt = self.zellen.get(ziel)
        wert = jetzt.wert if jetzt is not None else self.auftrag.bestand.get_zahl(ziel)
        da = jetzt is not None or ziel in self.auftrag.bestand.werte
        gleich = wert is None or zelle.wert is None or abs(wert - zelle.wert) <= GENAU
        return ziel if not da or gleich else ziel._replace(merkmal=f"{ziel.merkmal}{_ANDERS}{frueher.release.name}")

    def _take(self, ort: Ort, zelle: Zelle, gezeigt: str) -> None:
        """Take over a cell; `gezeigt` names the release that showed it."""
        jetzt = self.zellen.get(ort)
        if jetzt is None:
            jetzt = attrs.evolve(zelle, schluessel=ort, veroeffentlicht=False, primaer=None)
        elif zelle.primaer is Grund.GERUNDET:
            # What was shown rounded stays known that far.
            grenzen = [g for g in (jetzt.obergrenze, zelle.obergrenze) if g is not None]
            unten = max(jetzt.untergrenze, zelle.untergrenze)
            jetzt = attrs.evolve(jetzt, untergrenze=unten, obergrenze=min(grenzen, default=None))
        if gezeigt:
            self.woher.setdefault(ort, gezeigt)
            if jetzt.wert is None:
                # The source has starred it since, or does not deliver it any more: known it stays.
                if jetzt.primaer is not None:
                    self.verraten.append(Bekannt(ort, jetzt.primaer, (gezeigt,)))
                jetzt = attrs.evolve(jetzt, wert=zelle.wert)
            jetzt = _make_fest(jetzt)
        self.zellen[ort] = jetzt

    # --- two divisions of one town

    def add_stuecke(self, frueher: Frueher) -> None:
        """Old and new areas are sums of the pieces between the boundaries: a small group in a piece is a secret of its own."""
        gruppen: dict[str, list[Stueck]] = {}
        for stueck in frueher.stuecke:
            gruppen.setdefault(stueck.alt, []).append(stueck)
            gruppen.setdefault(stueck.neu, []).append(stueck)
        alte = {stueck.alt for stueck in frueher.stuecke}
        orte = [o for o in self.zellen if isinstance(o, Ort) and o.merkmal[0] not in "#~" and _ANDERS not in o.merkmal]
        for merkmal, jahr in sorted({(o.merkmal, o.jahr) for o in orte if o.gebiet in alte}):
            summen = {}
            for gebiet, stuecke in sorted(gruppen.items()):
                ganzes = Ort(gebiet, merkmal, jahr)
                if ganzes in self.zellen:
                    summen[ganzes] = [self._find_stueck(s, gruppen, merkmal, jahr) for s in stuecke]
            # Converted figures (estimates, so not whole) count nobody: their pieces are no sums of people (`find_umgerechnete`).
            if all(self.zellen[ganzes].ganzzahlig for ganzes in summen):
                self._add_summen(summen, {self._find_stueck(s, gruppen, merkmal, jahr): s for s in frueher.stuecke})

    def _find_stueck(self, stueck: Stueck, gruppen: Mapping[str, list[Stueck]], merkmal: str, jahr: int) -> Ort:
        """Cell of a piece: that of the area where the piece is the whole of it."""
        for gebiet in (stueck.alt, stueck.neu):
            if len(gruppen[gebiet]) == 1 and Ort(gebiet, merkmal, jahr) in self.zellen:
                return Ort(gebiet, merkmal, jahr)
        return Ort(f"{stueck.alt}∩{stueck.neu}", merkmal, jahr)

    def _add_summen(self, summen: Mapping[Ort, list[Ort]], stuecke: Mapping[Ort, Stueck]) -> None:
        """Add the sums over pieces, with the figure of each piece as far as it can be known in this house."""
        werte = {ort: self._count(ort, stueck) for ort, stueck in stuecke.items()}
        weiter = True
        while weiter:
            weiter = False
            for ganzes, teile in summen.items():
                offen = [teil for teil in teile if werte[teil] is None]
                summe = self.zellen[ganzes].wert
                if len(offen) == 1 and summe is not None:
                    werte[offen[0]] = round(summe - sum(werte[teil] or 0.0 for teil in teile), 9)
                    weiter = True
        for ort, wert in werte.items():
            if ort not in self.zellen:
                self.zellen[ort] = Zelle(ort, wert, schutz=self._protect(ort, wert), veroeffentlicht=False)
        for ganzes, teile in summen.items():
            if teile != [ganzes]:
                summe_aus = Beziehung(((ganzes, -1.0), *((teil, 1.0) for teil in teile)))
                self.beziehungen.setdefault(frozenset(summe_aus.koeffizienten), summe_aus)

    def _count(self, ort: Ort, stueck: Stueck) -> float | None:
        if ort in self.zellen:
            return self.zellen[ort].wert
        teile = [self.auftrag.bestand.get_zahl(ort._replace(gebiet=teil)) for teil in stueck.teile]
        return None if not teile or any(t is None for t in teile) else sum(t for t in teile if t is not None)

    def _protect(self, ort: Ort, wert: float | None) -> Schutz | None:
        merkmal = self.auftrag.bestand.find_merkmal(ort.merkmal)
        n = merkmal.mindestfallzahl if merkmal is not None else 0
        if merkmal is not None and merkmal.schluessel in self.auftrag.regel.ebenen:
            # A piece is smaller than any area that its source lets out.
            return demand_unten(wert, n)
        if judge_zahl(wert, n):
            return Schutz(0.0, float(n))
        # Of a piece that nobody in this house can count it is not known whether it is small.
        return Schutz(breite=float(n)) if wert is None and n > 0 else None

    # --- what is known already

    def settle(self) -> tuple[Bekannt, ...]:
        """Make constants of all cells that follow from constants by subtraction; name the secrets among them."""
        bekannt = list(self.verraten)
        zeilen = list(self.beziehungen.values()) if self.woher else []
        fest = {s for s, zelle in self.zellen.items() if zelle.nie_sperren and zelle.wert is not None}
        weiter = True
        while weiter:
            weiter, rest = False, []
            for beziehung in zeilen:
                offen = [s for s, _ in beziehung.koeffizienten if s not in fest]
                if len(offen) == 1 and self._follows(beziehung, offen[0], bekannt):
                    fest.add(offen[0])
                    weiter = True
                elif offen:
                    rest.append(beziehung)
            zeilen = rest
        return tuple(sorted(bekannt, key=lambda b: str(b.ort)))

    def _follows(self, beziehung: Beziehung, schluessel: Schluessel, bekannt: list[Bekannt]) -> bool:
        """Settle a cell that follows from constants; whether it does."""
        zelle = self.zellen[schluessel]
        quellen = sorted({self.woher[s] for s, _ in beziehung.koeffizienten if s in self.woher})
        if not quellen or zelle.wert is None:
            return False
        self.woher[schluessel] = quellen[0]
        self.zellen[schluessel] = _make_fest(zelle)
        if zelle.schutz is not None or zelle.primaer is not None:
            assert isinstance(schluessel, Ort)
            bekannt.append(Bekannt(schluessel, zelle.primaer or Grund.FALLZAHL, tuple(quellen)))
        return True
