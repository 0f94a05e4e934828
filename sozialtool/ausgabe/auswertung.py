"""What the figures of a report carry: evaluations of its indicators and the whole picture, from its released table alone."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from sozialtool.fach.aussage import Aussage, Methode
from sozialtool.fach.indikator import Intervallart
from sozialtool.fach.raum import ORTSTEIL
from sozialtool.rechnen.auswertung import Rahmen, evaluate
from sozialtool.rechnen.gesamtbild import Stoff, build_gesamtbild, read_grundzahlen
from sozialtool.rechnen.vielesaetze import say_alle

if TYPE_CHECKING:
    from sozialtool.ausgabe.bericht import Monitoringbericht
    from sozialtool.ausgabe.zahlen import Zahlen
    from sozialtool.fach.auswertung import Auswertung, Gebietsauswertung, Gesamtbild
    from sozialtool.fach.kennzahl import Kennzahl


@attrs.frozen
class Auswerter:
    """Evaluates a report once, when a sheet first asks."""

    bericht: Monitoringbericht
    zahlen: Zahlen

    @functools.cached_property
    def auswertungen(self) -> tuple[Auswertung, ...]:
        """Agreed indicators with an interval and figures for areas, each in its newest year; in the order of the sheets."""
        bericht, zahlen = self.bericht, self.zahlen
        werte: dict[str, dict[tuple[str, int], Kennzahl]] = {}
        for zeile in zahlen.zeilen:
            werte.setdefault(zeile.indikator, {})[zeile.gebiet, zeile.jahr] = zeile
        ortsteile = {g.schluessel: g for g in bericht.gebiete if g.ebene == ORTSTEIL}
        eltern = {g.schluessel: ortsteile[g.teil_von] for g in bericht.raeume if g.teil_von in ortsteile}
        raeume = [g.schluessel for g in bericht.raeume]
        ergebnis = []
        for ind in bericht.vereinbarte:
            jahr = zahlen.jahr(ind.kennung, bericht.jahr)
            if jahr is None or not ind.hat_spanne:
                continue
            if zahlen.hat_gebiete(ind.kennung, raeume):
                rahmen = Rahmen(
                    ind, werte[ind.kennung], (bericht.stadt, *bericht.raeume), eltern, bericht.referenzen,
                    bericht.planungsebene.name,
                )  # fmt: skip
                ergebnis.append(evaluate(rahmen, jahr))
        return tuple(ergebnis)

    def find(self, kennung: str, gebiet: str) -> Gebietsauswertung | None:
        """Return one area of one of them; None where there is none."""
        return self._nach_ort.get((kennung, gebiet))

    @functools.cached_property
    def _nach_ort(self) -> dict[tuple[str, str], Gebietsauswertung]:
        return {(a.indikator.kennung, z.gebiet.schluessel): z for a in self.auswertungen for z in a.gebiete}

    @functools.cached_property
    def gesamtbild(self) -> Gesamtbild:
        """Population, segregation and standardised rates of the Berichtsjahr."""
        bericht = self.bericht
        spalten = bericht.tabelle.messwerte.select("gebiet", "merkmal", "stand", "wert", "zeichen")
        kennzahlen = {(z.gebiet, z.indikator, z.jahr): z for z in self.zahlen.zeilen}
        stoff = Stoff(
            read_grundzahlen(spalten.iter_rows()), (bericht.stadt, *bericht.raeume), bericht.merkmale, bericht.vereinbarte,
            kennzahlen, bericht.brueche,
        )  # fmt: skip
        return build_gesamtbild(stoff, bericht.jahr)

    @functools.cached_property
    def alle(self) -> Aussage | None:
        """What holds for all comparisons together."""
        return say_alle(self.auswertungen)

    @property
    def methoden(self) -> tuple[Methode, ...]:
        """Methods behind anything that these sheets show, in their order."""
        benutzt = {aussage.methode for aussage in self._aussagen()}
        if any(zeile.kennzahl and zeile.kennzahl.rang for a in self.auswertungen for zeile in a.gebiete):
            benutzt.add(Methode.RANG)
        if any(ind.intervall is Intervallart.KEINES and ind.nenner for ind in self.bericht.vereinbarte):
            benutzt.add(Methode.OHNE_SPANNE)
        if any(ind.intervall is Intervallart.MITTELWERT and not ind.hat_spanne for ind in self.bericht.vereinbarte):
            benutzt.add(Methode.MITTELWERT_OHNE)
        return tuple(methode for methode in Methode if methode in benutzt)

    def _aussagen(self) -> Iterable[Aussage]:
        for auswertung in self.auswertungen:
            yield from auswertung.aussagen
            for zeile in auswertung.gebiete:
                yield from zeile.aussagen
        bild = self.gesamtbild
        einzelne = (bild.bevoelkerung, self.alle)
        yield from (aussage for aussage in einzelne if aussage is not None)
        yield from (s.aussage for s in bild.segregationen)
        yield from (s.aussage for s in bild.standardisiert)
