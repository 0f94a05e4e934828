"""The released figures that needs and goals are judged by: one reading of the released table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.bestandstafel import write_kennzahl
from sozialtool.ablauf.versorgungsbild import Versorgungsbild, build_versorgungen
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import LAGE_WORT, format_zahl
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ablauf.kennzahlen import Ergebnis


@attrs.frozen
class Plangrundlage:
    """Released figures of all years by (area, Kennung, year), the supply, the areas and indicators by key."""

    jahr: int
    ergebnis: Ergebnis
    kennzahlen: Mapping[tuple[str, str, int], Kennzahl]
    versorgung: tuple[Versorgungsbild, ...]
    gebiete: Mapping[str, Gebiet]
    indikatoren: Mapping[str, Indikator]
    stadt: str

    def find(self, gebiet: str, kennung: str, jahr: int | None = None) -> Kennzahl | None:
        """Return a released figure, or None where there is no row."""
        return self.kennzahlen.get((gebiet, kennung, self.jahr if jahr is None else jahr))

    def find_neueste(self, gebiet: str, kennung: str, nach: int) -> Kennzahl | None:
        """Return the newest figure with a value after the year `nach` and up to the year of this reading; None without."""
        for jahr in range(self.jahr, nach, -1):
            k = self.find(gebiet, kennung, jahr)
            if k is not None and k.wert is not None:
                return k
        return None

    def find_versorgung(self, mass: str) -> Versorgungsbild | None:
        """Return the supply by the key of its measure; None where it is not computed."""
        return next((v for v in self.versorgung if v.mass.schluessel == mass), None)

    def name(self, gebiet: str) -> str:
        """Name an area."""
        return self.gebiete[gebiet].name if gebiet in self.gebiete else gebiet

    @property
    def raeume(self) -> tuple[str, ...]:
        """Keys of the Sozialräume, without the rest."""
        ebene = self.ergebnis.grundlage.planungsebene
        return tuple(g.schluessel for g in self.gebiete.values() if g.ebene == ebene and not g.ist_rest)

    def write(self, gebiet: str, kennung: str, jahr: int | None = None) -> str:
        """Write a figure as a person reads it: "30,9 % (Stadt 12,8 %), deutlich höher"."""
        k = self.find(gebiet, kennung, jahr)
        ind = self.indikatoren.get(kennung)
        if k is None or ind is None:
            return "kein veröffentlichter Wert"
        if k.wert is None:
            return k.zeichen.value if k.zeichen else "kein Wert"
        text = f"{format_zahl(k.wert, ind.nachkommastellen)} {ind.einheit}".strip()
        if k.stadtwert is None or gebiet == self.stadt:
            return text
        lage = "" if k.lage is None else f", {LAGE_WORT[k.lage]}"
        return f"{text} (Stadt {format_zahl(k.stadtwert, ind.nachkommastellen)} {ind.einheit}{lage})".replace(" )", ")")

    def write_kurz(self, gebiet: str, kennung: str) -> str:
        """Write a figure with its sign alone."""
        return write_kennzahl(self.find(gebiet, kennung))


def read_plangrundlage(
    projekt: Projekt, jahr: int = 0, fortschritt: Fortschritt | None = None, stop: Stop | None = None
) -> Plangrundlage:
    """Compute and protect, and take what the planning needs of it; errors as in `kennzahlen.compute`."""
    from sozialtool.ablauf.kennzahlen import check_jahr, compute

    ergebnis = compute(projekt, fortschritt, stop)
    gefragt = jahr or projekt.kommune.berichtsjahr
    check_jahr(gefragt, set(ergebnis.tabelle.kennzahlen["jahr"]))
    return build_plangrundlage(projekt, ergebnis, gefragt)


def build_plangrundlage(projekt: Projekt, ergebnis: Ergebnis, jahr: int) -> Plangrundlage:
    """Take what the planning needs from one released table."""
    alle = (Kennzahl.from_zeile(z) for z in ergebnis.tabelle.kennzahlen.select(Kennzahl._fields).iter_rows())
    return Plangrundlage(
        jahr,
        ergebnis,
        {(k.gebiet, k.indikator, k.jahr): k for k in alle},
        build_versorgungen(projekt, ergebnis, jahr),
        {g.schluessel: g for g in ergebnis.grundlage.gebiete},
        {i.kennung: i for i in ergebnis.grundlage.indikatoren},
        ergebnis.grundlage.kommune.ags,
    )
