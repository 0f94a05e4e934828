"""What is to be released: which figures are secret, which are shown, and which sums the Kennzahlen show."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import attrs

from sozialtool.geheimhaltung.bestand import Bestand
from sozialtool.geheimhaltung.regeln import is_unten
from sozialtool.geheimhaltung.werte import Grund, Ort, Regel


@attrs.frozen
class Seite:
    """Numerator (`z`) or denominator (`n`) of one Kennzahl that is no single published figure: its own cell."""

    ort: Ort
    glieder: tuple[tuple[Ort, float], ...]


@attrs.frozen
class Auftrag:
    """What is to be released.

    Attributes:
        bestand: all figures.
        gruende: base cells that are secret by themselves.
        offen: base cells that are shown, in the Daten sheet or as numerator or denominator of a Kennzahl.
        zeilen: the Kennzahlen to release as (indikator, jahr, gebiet).
        anteile: Indikatoren whose numerator is part of their denominator.
        regel: settings of the primary rule.
        bekannt: Merkmale that everybody knows from elsewhere.
        daneben: base cells that earlier releases stand on, shown or not: what they and those of today make together counts, too.
        ohne_rundung: figures that are not even shown rounded, because others would be too certain beside them.
        fest: single figures that are known already, with who made them known; they are no secret any more.
    """

    bestand: Bestand
    gruende: Mapping[Ort, Grund]
    offen: frozenset[Ort]
    zeilen: tuple[tuple[str, int, str], ...]
    anteile: frozenset[str]
    regel: Regel
    bekannt: frozenset[str] = frozenset()
    fest: Mapping[Ort, str] = attrs.field(factory=dict)
    ohne_rundung: frozenset[Ort] = frozenset()
    daneben: frozenset[Ort] = frozenset()

    def is_gerundet(self, ort: Ort) -> bool:
        """Whether a figure is shown rounded (or would be, if it were shown)."""
        return self.gruende.get(ort) is Grund.GERUNDET and ort not in self.ohne_rundung

    @functools.cached_property
    def unten(self) -> frozenset[Ort]:
        """Base cells below the lowest level of their source: never shown, whether they are known already or not."""
        werte = self.bestand.werte if self.regel.ebenen else ()
        return frozenset(o for o in werte if is_unten(self.bestand, self.regel, o))

    @functools.cached_property
    def ausdruecke(self) -> Mapping[tuple[str, int, str, str], Seite]:
        """Sides of the Kennzahlen that are sums of several figures (or of figures that are not shown), by row and side."""
        ausdruecke = {}
        for zeile in self.zeilen:
            indikator, jahr, gebiet = zeile
            bezug = self.bestand.bezuege.get(indikator)
            if bezug is None or not bezug.linear:
                continue
            for art, seite in zip("zn", self.bestand.list_seiten(zeile), strict=True):
                if len(seite) == 1 and seite[0][0] in self.offen and seite[0][1] != 0.0:
                    continue
                glieder = tuple((o, f) for o, f in seite if f != 0.0)
                if len(glieder) > 1 or any(ort not in self.offen for ort, _ in glieder):
                    ausdruecke[indikator, jahr, gebiet, art] = Seite(Ort(gebiet, f"#{indikator}:{art}", jahr), glieder)
        return ausdruecke
