"""What a monitoring workbook is made from: approved figures and the words around them."""

from __future__ import annotations

import datetime as dt
import typing
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from sozialtool.fach.indikator import Bruch, Handlungsfeld, Indikator, Zustand
from sozialtool.fach.karte import Punkt
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.prozess import Baustein, Inhalt, Umsetzungsstand
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.raum import SOZIALRAUM, STADT, Ebene, Gebiet, Gebietsstand, Kommune
from sozialtool.fach.referenz import Referenzwert
from sozialtool.fehler import BedienFehler, GeheimhaltungsFehler

if TYPE_CHECKING:
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt
    from sozialtool.geheimhaltung.freigabe import FreigegebeneTabelle


@attrs.frozen
class Indexblatt:
    """A composite index as plain rows, ready to be shown.

    Attributes:
        titel: name of the index with its year ("Sozialindex 2025").
        spalten: heads; the first is the area.
        zeilen: one row per area; numbers are rounded here to `nachkommastellen`, texts are shown as they are.
        basis: which areas form the base set, in words.
        hinweis: what must be known for reading it.
        nachkommastellen: decimals of the numbers.
        stellen: decimals of each column where they differ; empty: `nachkommastellen` for all.
        warnung: a warning that stands above the table in bold; empty for none.
    """

    titel: str
    spalten: tuple[str, ...]
    zeilen: tuple[tuple[str | float | None, ...], ...]
    basis: str = ""
    hinweis: str = ""
    nachkommastellen: int = 2
    stellen: tuple[int, ...] = ()
    warnung: str = ""


@attrs.frozen
class Anmerkung:
    """What a Fachbereich (`absender`) wrote about a Merkmal (its name) with figures of `stand`."""

    absender: str
    stand: dt.date | None
    merkmal: str
    text: str


@attrs.frozen
class Monitoringbericht:
    """Everything that `write_monitoring` needs; figures come from `tabelle` alone.

    Attributes:
        tabelle: approved figures; only `geheimhaltung.freigeben` makes them.
        kommune: the town.
        jahr: Berichtsjahr.
        gebiete: areas of all levels that are shown.
        ebenen: their levels; the one with `planungsebene` is the level of the Sozialräume.
        indikatoren: in any order; sheets order them by `reihenfolge`.
        handlungsfelder: the sheets of the workbook, in their `reihenfolge`.
        merkmale: for formulas in words and for the Stichtag in titles.
        brueche: breaks in definition.
        quellen: delivered files.
        anmerkungen: what departments wrote about a whole Merkmal, fit to be read by everybody.
        anmerkungen_intern: how many more remarks there are in the project.
        gebietsstand: name or date of the version of the areas.
        stand: date of production (never taken from the clock, so that the same project gives the same bytes).
        drucksache: number of the Drucksache, empty for none.
        anlage: what stands on the workbook as its Anlage ("Anlage 1 zur Drucksache 17/801"), empty for none.
        leitindikatoren: Kennungen of the indicators that are drawn as charts; empty: chosen by the program.
        index: a composite index, optional.
        indexblaetter: sheets of the town's own indices, made of released figures alone.
        planungsblaetter: profiles, goals, measures and participation, made of released figures and of what the town plans.
        bausteine, inhalte, umsetzungsstaende: the planning process, optional.
        hinweise: sentences for the Deckblatt.
        referenzen: values from outside that areas are compared with.
        umrisse: Sozialraum → rings of points in metres, for the map; optional.
        ohne: keys of `fach.blattwahl.BLAETTER` that are left out; secrecy is computed over everything all the same.
        alles_drucken: also print the long tables of Vergleich, Verlauf and Geheimhaltung, which else stand in the file alone.
    """

    tabelle: FreigegebeneTabelle
    kommune: Kommune
    jahr: int
    gebiete: tuple[Gebiet, ...]
    ebenen: tuple[Ebene, ...]
    indikatoren: tuple[Indikator, ...]
    handlungsfelder: tuple[Handlungsfeld, ...]
    stand: dt.date
    merkmale: tuple[Merkmal, ...] = ()
    brueche: tuple[Bruch, ...] = ()
    quellen: tuple[Quelle, ...] = ()
    anmerkungen: tuple[Anmerkung, ...] = ()
    anmerkungen_intern: int = 0
    gebietsstand: str | dt.date | Gebietsstand = ""
    drucksache: str = ""
    anlage: str = ""
    leitindikatoren: tuple[str, ...] = ()
    index: Indexblatt | None = None
    indexblaetter: tuple[Vergleichsblatt, ...] = ()
    planungsblaetter: tuple[Vergleichsblatt, ...] = ()
    bausteine: tuple[Baustein, ...] = ()
    inhalte: tuple[Inhalt, ...] = ()
    umsetzungsstaende: tuple[Umsetzungsstand, ...] = ()
    hinweise: tuple[str, ...] = ()
    referenzen: tuple[Referenzwert, ...] = ()
    umrisse: Mapping[str, tuple[tuple[Punkt, ...], ...]] = attrs.field(factory=dict, repr=False)
    ohne: frozenset[str] = frozenset()
    alles_drucken: bool = False

    @property
    def planungsebene(self) -> Ebene:
        """The agreed level of planning; a plain "Sozialraum" where none is marked."""
        for ebene in self.ebenen:
            if ebene.planungsebene:
                return ebene
        return next(
            (ebene for ebene in self.ebenen if ebene.schluessel == SOZIALRAUM),
            Ebene(SOZIALRAUM, "Sozialraum", "Sozialräume", planungsebene=True),
        )

    @property
    def stadt(self) -> Gebiet:
        """The whole town as an area."""
        return next((gebiet for gebiet in self.gebiete if gebiet.ebene == STADT), _stadt_of(self.kommune))

    @property
    def raeume(self) -> tuple[Gebiet, ...]:
        """The Sozialräume in the town's own order, "nicht zuzuordnen" last."""
        schluessel = self.planungsebene.schluessel
        raeume = [gebiet for gebiet in self.gebiete if gebiet.ebene == schluessel or gebiet.ist_rest]
        return tuple(sorted(raeume, key=lambda g: (g.ist_rest, g.reihenfolge, g.schluessel)))

    @property
    def felder(self) -> tuple[Handlungsfeld, ...]:
        """The Handlungsfelder in their order."""
        return tuple(sorted(self.handlungsfelder, key=lambda feld: (feld.reihenfolge, feld.schluessel)))

    @property
    def geordnete(self) -> tuple[Indikator, ...]:
        """The Indikatoren by Handlungsfeld and order; rejected ones are left out."""
        platz = {feld.schluessel: nummer for nummer, feld in enumerate(self.felder)}
        return tuple(
            sorted(
                (ind for ind in self.indikatoren if ind.zustand is not Zustand.VERWORFEN),
                key=lambda ind: (platz.get(ind.handlungsfeld, len(platz)), ind.reihenfolge, ind.kennung),
            )
        )

    @property
    def vereinbarte(self) -> tuple[Indikator, ...]:
        """The agreed Indikatoren; all of them while nothing has been agreed yet."""
        return tuple(ind for ind in self.geordnete if ind.zustand is Zustand.VEREINBART) or self.geordnete

    @property
    def gebietsstand_kurz(self) -> str:
        """Name of the version of the areas, for the line below a table."""
        return self.gebietsstand.name if isinstance(self.gebietsstand, Gebietsstand) else self.gebietsstand_text

    @property
    def gebietsstand_text(self) -> str:
        """The version of the areas as a person reads it."""
        stand = self.gebietsstand
        if isinstance(stand, Gebietsstand):
            ab = f", gültig ab {stand.gueltig_ab:%d.%m.%Y}" if stand.gueltig_ab else ""
            beschluss = f", beschlossen am {stand.beschlossen_am:%d.%m.%Y}" if stand.beschlossen_am else ""
            return f"{stand.name}{ab}{beschluss}"
        return f"{stand:%d.%m.%Y}" if isinstance(stand, dt.date) else stand


def _stadt_of(kommune: Kommune) -> Gebiet:
    return Gebiet(kommune.ags, kommune.name, STADT)


def check_bericht(bericht: Monitoringbericht) -> None:
    """Make sure that nothing but approved figures goes out and that there is something to show.

    Raises:
        GeheimhaltungsFehler: `tabelle` was not made by `geheimhaltung`.
        BedienFehler: no area or no figure.
    """
    from sozialtool.geheimhaltung.freigabe import FreigegebeneTabelle

    if not isinstance(typing.cast(object, bericht.tabelle), FreigegebeneTabelle):
        raise GeheimhaltungsFehler(
            "Die Zahlen für das Monitoring sind nicht durch die Geheimhaltung gegangen.",
            "Bitte die Ausgabe noch einmal über „Monitoring“ starten; so werden kleine Zahlen zuerst geschützt.",
            "AUSGABE-UNGEPRUEFT",
        )
    if not (bericht.tabelle.kennzahlen["jahr"] <= bericht.jahr).any():
        raise BedienFehler(
            f"Für {bericht.jahr} gibt es noch keine Kennzahlen.",
            "Bitte zuerst Dateien einlesen und Indikatoren vereinbaren.",
            "AUSGABE-LEER",
        )
