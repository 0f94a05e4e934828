"""The aggregated Messwerte of one release as plain cells: one figure per Gebiet × Merkmal × Jahr."""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from collections.abc import Collection, Iterable, Mapping

import attrs
import polars as pl

from sozialtool.fach.messwert import Merkmal, Zeichen
from sozialtool.fach.raum import NICHT_ZUZUORDNEN, Gebiet
from sozialtool.geheimhaltung.werte import Bezug, Ort

ALS_NULL = (Zeichen.NICHTS.name, Zeichen.FAST_NICHTS.name)
"""Signs that come with a number; all others say that there is none."""

NIE_GELIEFERT = "NIE_GELIEFERT"
"""Stands for a sign where there is no row at all, but the figure follows from others: nobody shows it, everybody can know it."""

_VOR = re.compile(r"^(?P<merkmal>.+)__vor(?P<jahre>\d+)$")

Glieder = list[tuple[Ort, float]]
"""Cells with their coefficients."""


@attrs.frozen
class Eintrag:
    """One figure: `wert` None is explained by `zeichen` (name of a `Zeichen`); `jahre` as in the frame."""

    wert: float | None
    zeichen: str | None
    stand: dt.date
    jahre: int | None

    @property
    def ist_geheim(self) -> bool:
        """Whether the source itself kept it secret."""
        return self.wert is None and self.zeichen == Zeichen.GEHEIM.name


@attrs.frozen
class Bestand:
    """All figures and descriptions that one release is checked with.

    Attributes:
        werte: the figure of each Gebiet × Merkmal × Jahr, in the order of their keys; a delivered sum over n > 1 years
            has the key `merkmal@n`.
        merkmale, gebiete: by key.
        bezuege: by Indikator.
    """

    werte: Mapping[Ort, Eintrag]
    merkmale: Mapping[str, Merkmal]
    gebiete: Mapping[str, Gebiet]
    bezuege: Mapping[str, Bezug]

    def get_zahl(self, ort: Ort | None) -> float | None:
        """Value of a cell, None where there is no number."""
        eintrag = None if ort is None else self.werte.get(ort)
        return None if eintrag is None else eintrag.wert

    @functools.cached_property
    def _gefunden(self) -> dict[str, tuple[Merkmal | None, str]]:
        """Merkmal and key of the whole for the keys asked so far."""
        return {}

    def _look_up(self, name: str) -> tuple[Merkmal | None, str]:
        fund = self._gefunden.get(name)
        if fund is None:
            stamm, at, jahre = name.partition("@")
            merkmal = self.merkmale.get(stamm)
            ganzes = f"{merkmal.teil_von}{at}{jahre}" if merkmal is not None and merkmal.teil_von else ""
            fund = self._gefunden[name] = (merkmal, ganzes)
        return fund

    def find_merkmal(self, name: str) -> Merkmal | None:
        """Merkmal of a cell key, with or without a length of time."""
        return self._look_up(name)[0]

    def find_ganzes(self, ort: Ort) -> Ort | None:
        """Cell of the whole that this one is a part of, over the same time."""
        ganzes = self._look_up(ort.merkmal)[1]
        return Ort(ort.gebiet, ganzes, ort.jahr) if ganzes else None

    def spell_out(self, ort: Ort, tiefe: int = 5) -> dict[Ort, float]:
        """Parts of a sum by definition, with factors; undelivered parts by their own parts; empty if that fails."""
        merkmal = self.find_merkmal(ort.merkmal)
        laenge = ort.merkmal[len(ort.merkmal.partition("@")[0]) :]
        summe: dict[Ort, float] = {}
        for name, faktor in merkmal.summanden.items() if merkmal is not None and tiefe else ():
            teil = ort._replace(merkmal=name + laenge)
            teile = {teil: 1.0} if teil in self.werte else self.spell_out(teil, tiefe - 1)
            if not teile:
                return {}
            for glied, anteil in teile.items():
                summe[glied] = summe.get(glied, 0.0) + faktor * anteil
        return summe

    @functools.cached_property
    def _ebenen(self) -> dict[str, str]:
        return {name: gebiet.ebene for name, gebiet in self.gebiete.items()} | {NICHT_ZUZUORDNEN: NICHT_ZUZUORDNEN}

    @functools.cached_property
    def gebiete_je_ebene(self) -> dict[str, list[str]]:
        """Keys of the areas by level, in their order."""
        je: dict[str, list[str]] = {}
        for name in sorted(self.gebiete):
            je.setdefault(self.gebiete[name].ebene, []).append(name)
        return je

    def ebene_of(self, gebiet: str) -> str:
        """Level of a Gebiet; "nicht zuzuordnen" is a level of its own; unknown areas have level ""."""
        return self._ebenen.get(gebiet, "")

    def spell_rest(self, ort: Ort) -> tuple[dict[Ort, float], list[Ort]]:
        """Parts of a sum by definition, with factors, and those of which there is no figure; empty if one of those is taken off."""
        if alle := self.spell_out(ort):
            return alle, []
        merkmal = self.find_merkmal(ort.merkmal)
        laenge = ort.merkmal[len(ort.merkmal.partition("@")[0]) :]
        teile = (
            {ort._replace(merkmal=n + laenge): f for n, f in merkmal.summanden.items()} if merkmal is not None else {}
        )
        da = {teil: faktor for teil, faktor in teile.items() if teil in self.werte}
        fehlt = [teil for teil in teile if teil not in da]
        return (da, fehlt) if all(teile[teil] > 0 for teil in fehlt) else ({}, [])

    @functools.cached_property
    def zeitraeume(self) -> dict[str, list[int]]:
        """Lengths of the delivered sums over several years, by Merkmal."""
        paare = {ort.merkmal.partition("@")[::2] for ort in self.werte if "@" in ort.merkmal}
        return {name: sorted(int(n) for m, n in paare if m == name) for name in sorted({m for m, _ in paare})}

    @functools.cached_property
    def gruppen(self) -> dict[tuple[str, str], list[str]]:
        """Members by whole and group."""
        gruppen: dict[tuple[str, str], list[str]] = {}
        for merkmal in sorted(self.merkmale.values(), key=lambda m: m.schluessel):
            if merkmal.gruppe and merkmal.teil_von and merkmal.art.additiv:
                gruppen.setdefault((merkmal.teil_von, merkmal.gruppe), []).append(merkmal.schluessel)
        return dict(sorted(gruppen.items()))

    def find_volle(self, gezeigt: Collection[Ort]) -> list[Ort]:
        """Name delivered wholes that the members of a group, all among `gezeigt`, add up to."""
        volle = []
        for (oben, _), glieder in self.gruppen.items():
            for ort in sorted(o for o in gezeigt if o.merkmal.partition("@")[0] == glieder[0]):
                laenge = ort.merkmal[len(glieder[0]) :]
                ganzes = ort._replace(merkmal=oben + laenge)
                if ganzes in self.werte and all(ort._replace(merkmal=g + laenge) in gezeigt for g in glieder):
                    volle.append(ganzes)
        return volle

    @functools.cached_property
    def gliederungen(self) -> list[dict[str, float]]:
        """Sums of Merkmale by group and by definition, Σ factor · Merkmal = 0, the whole first with factor -1."""
        summen = [(oben, dict.fromkeys(glieder, 1.0)) for (oben, _), glieder in self.gruppen.items()]
        summen += [(m.schluessel, m.summanden) for m in self.merkmale.values() if m.summe_aus and m.art.additiv]
        return [{ganzes: -1.0, **teile} for ganzes, teile in summen if ganzes not in teile]

    def list_orte(self, seite: Mapping[str, float], gebiet: str, jahr: int, jahre: int) -> Glieder:
        """Resolve one side of a `Bezug` into cells with coefficients, `jahr` being the last of `jahre` pooled years.

        A delivered sum over just so many years goes before the sum of single years, as in the computation of the rates.
        """
        if jahre <= 1 and len(seite) == 1 and "__vor" not in (name := next(iter(seite))):
            return [(Ort(gebiet, name, jahr), seite[name])]
        summe: dict[Ort, float] = {}
        for name, faktor in seite.items():
            treffer = _VOR.match(name)
            merkmal, zurueck = (treffer["merkmal"], int(treffer["jahre"])) if treffer else (name, 0)
            ganz = Ort(gebiet, f"{merkmal}@{jahre}", jahr - zurueck)
            einzeln = [Ort(gebiet, merkmal, jahr - zurueck - schritt) for schritt in range(max(1, jahre))]
            for ort in [ganz] if jahre > 1 and ganz in self.werte else einzeln:
                summe[ort] = summe.get(ort, 0.0) + faktor
        return sorted(summe.items())

    @functools.cached_property
    def _seiten(self) -> dict[tuple[str, int, str], tuple[Glieder, Glieder]]:
        return {}

    def list_seiten(self, zeile: tuple[str, int, str]) -> tuple[Glieder, Glieder]:
        """Numerator and denominator of a Kennzahl (indikator, jahr, gebiet) as `list_orte` resolves them."""
        seiten = self._seiten.get(zeile)
        if seiten is None:
            indikator, jahr, gebiet = zeile
            einfach = self._einfache.get(indikator)
            if einfach is not None:
                (teil, a), (ganzes, b) = einfach
                seiten = [(Ort(gebiet, teil, jahr), a)], [(Ort(gebiet, ganzes, jahr), b)]
            else:
                bezug = self.bezuege[indikator]
                seiten = (
                    self.list_orte(bezug.zaehler, gebiet, jahr, bezug.jahre),
                    self.list_orte(bezug.nenner, gebiet, jahr, bezug.jahre),
                )
            self._seiten[zeile] = seiten
        return seiten

    @functools.cached_property
    def _einfache(self) -> dict[str, tuple[tuple[str, float], tuple[str, float]]]:
        """The Indikatoren of one figure over another, both of the same year: most of them."""
        einfache = {}
        for name, bezug in self.bezuege.items():
            paare = (*bezug.zaehler.items(), *bezug.nenner.items())
            schlicht = bezug.jahre <= 1 and len(bezug.zaehler) == len(bezug.nenner) == 1
            if schlicht and not any("__vor" in merkmal for merkmal, _ in paare):
                einfache[name] = (paare[0], paare[1])
        return einfache

    def find_besondere(self) -> tuple[set[tuple[str, int]], set[str]]:
        """Merkmale with figures that are not whole (weighted areas, in these years), or negative (balances)."""
        krumm, negativ = set(), set()
        for ort, eintrag in self.werte.items():
            wert = eintrag.wert
            if wert is None or (wert >= 0 and wert % 1 == 0):
                continue
            if wert % 1:
                krumm.add((ort.merkmal, ort.jahr))
            if wert < 0:
                negativ.add(ort.merkmal)
        return krumm, negativ

    def find_schlichte(self) -> frozenset[str]:
        """Indikatoren that are one Merkmal over the whole that it is a part of."""
        ganze = {name: merkmal.teil_von for name, merkmal in self.merkmale.items()}
        return frozenset(
            name
            for name, ((teil, a), (ganzes, b)) in self._einfache.items()
            if a == b == 1.0 and ganze.get(teil) == ganzes
        )

    def sum_up(self, glieder: Iterable[tuple[Ort, float]]) -> float | None:
        """Σ factor · figure; None where one is missing."""
        summe = 0.0
        for ort, faktor in glieder:
            eintrag = self.werte.get(ort)
            if eintrag is None or eintrag.wert is None:
                return None
            summe += faktor * eintrag.wert
        return round(summe, 9)


def read_bestand(
    messwerte: pl.DataFrame, merkmale: Iterable[Merkmal], gebiete: Iterable[Gebiet], bezuege: Iterable[Bezug]
) -> Bestand:
    """Read a frame of schema `rahmen.MESSWERTE` (all levels).

    Of several Stände in a year the one counts that most levels have, and of those the latest: the same that the rates are
    computed from.
    """
    orte = {gebiet.schluessel: gebiet for gebiet in gebiete}
    spalten = messwerte.select("gebiet", "merkmal", "stand", "wert", "zeichen", "jahre").sort(
        "gebiet", "merkmal", "stand"
    )
    ebenen: dict[tuple[str, int], dict[dt.date, set[str]]] = {}
    zeilen = []
    for gebiet, merkmal, stand, zahl, zeichen, jahre in spalten.iter_rows():
        name = merkmal if (jahre or 0) <= 1 else f"{merkmal}@{jahre}"
        wert = _read_wert(zahl, zeichen)
        zeilen.append((Ort(gebiet, name, stand.year), Eintrag(wert, zeichen or None, stand, jahre)))
        if gebiet in orte:
            ebenen.setdefault((name, stand.year), {}).setdefault(stand, set()).add(orte[gebiet].ebene)
    gilt = {zeit: max(staende, key=lambda s: (len(staende[s]), s)) for zeit, staende in ebenen.items()}
    return Bestand(
        {ort: eintrag for ort, eintrag in zeilen if gilt.get((ort.merkmal, ort.jahr)) == eintrag.stand},
        {merkmal.schluessel: merkmal for merkmal in merkmale},
        orte,
        {bezug.indikator: bezug for bezug in bezuege},
    )


def _read_wert(zahl: float | None, zeichen: str | None) -> float | None:
    """Number of a row. A sign beats a number beside it: what the source calls secret is secret even if it shows."""
    if zeichen in ALS_NULL:
        return 0.0 if zahl is None else zahl
    return None if zeichen or zahl is None or not math.isfinite(zahl) else zahl


def name_rest(fehlt: Collection[Ort]) -> Ort:
    """Key of what nobody delivered, the same in every sum that lacks just this."""
    erster = min(fehlt)
    # A colon: no key has one, while "sgb" in year 2 and "sgb2" would be the same.
    namen = sorted(
        f"{ort.merkmal}:{ort.jahr - erster.jahr}" if ort.jahr != erster.jahr else ort.merkmal for ort in fehlt
    )
    return erster._replace(merkmal=f"~+{'+'.join(namen)}")


def merkmale_of(seite: Mapping[str, float], jahre: int) -> set[str]:
    """Name the Merkmale of one side of a `Bezug` as cells are called: without shifts, pools with their length."""
    namen = {treffer["merkmal"] if (treffer := _VOR.match(name)) else name for name in seite}
    return namen if jahre <= 1 else {f"{name}@{jahre}" for name in namen}
