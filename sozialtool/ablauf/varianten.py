"""Varianten of the Sozialräume side by side, before anybody decides.

What is here is for the planner's screen: inhabitants as they are, small groups between boundaries named. What leaves the house is
made of the released figures of one Gebietsstand only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.gebiete import EINWOHNER
from sozialtool.ablauf.gebietsstaende import Raumplan, find_geltenden, kleinste_ebene_of, quer_teile, raumplan
from sozialtool.ablauf.kennzahlen import Grundlage, check_jahr, compute_frames, read_grundlage, release
from sozialtool.ablauf.vereinbarungen import needed_merkmale
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach import raum
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.raum import Ebene, Gebiet, Gebietsstand, Raum
from sozialtool.fach.strasse import Strassenabschnitt
from sozialtool.fehler import Abgebrochen, BedienFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    import polars as pl

    from sozialtool.rechnen.differenzen import Differenz
    from sozialtool.rechnen.varianten import Seitenwechsel, Verteilung

RUNDUNG = 10
"""Inhabitants on paper are rounded to this: exact ones of two divisions of the same town give away every small group between."""
SCHRANKE = 100
"""Differences between old and new boundaries below so many people are shown unless the caller says otherwise."""


@attrs.frozen
class VariantenRaum:
    """One Sozialraum of a Variante: people (None: not known), share of the town's Sozialräume in percent, smallest areas."""

    raum: Raum
    einwohner: float | None
    anteil: float | None
    gebiete: int


@attrs.frozen
class Streuung:
    """One rate: share of its variance between Sozialräume and span of their rates.

    `zwischen` is 0 … 1, None where nothing varies or fewer than half of the smallest areas have a rate: ten of 74 say nothing.

    `gebiete` smallest areas had a rate, `ohne` had none. Formula: `rechnen.varianten.compute_streuung`.
    """

    indikator: Indikator
    zwischen: float | None
    niedrigster: float
    hoechster: float
    gebiete: int
    ohne: int


@attrs.frozen
class Variantenbild:
    """One Gebietsstand as the comparison shows it.

    Attributes:
        stand: the Gebietsstand; `gilt`: it is the one in force.
        raeume: in their order.
        verteilung: range and evenness of the inhabitants; None where a Sozialraum has no figure.
        streuung: key indicators whose figures reach down to the smallest areas.
        kleine, zellen: cells of Sozialräume that are secret by themselves, of all that have a figure.
        gesperrt: cells that disclosure control suppresses in all levels that go out; None: not computed.
        zerschnitten: level that cuts across → (area, names of its Sozialräume) for those with more than one.
        ungeprueft: level that cuts across → number of its areas of which nobody knows the smallest areas.
        wechsel: sections of streets that change sides against the one in force.
        differenzen: small groups between its boundaries and those in force.
        offen: smallest areas without Sozialraum.
        frei: Sozialraum → released inhabitants, rounded to `RUNDUNG`, None where they are suppressed; for paper. Empty where
            disclosure control was not run.
    """

    stand: Gebietsstand
    gilt: bool
    raeume: tuple[VariantenRaum, ...]
    verteilung: Verteilung | None
    streuung: tuple[Streuung, ...]
    kleine: int
    zellen: int
    gesperrt: int | None
    zerschnitten: Mapping[str, tuple[tuple[Gebiet, tuple[str, ...]], ...]]
    ungeprueft: Mapping[str, int]
    wechsel: tuple[Seitenwechsel, ...]
    differenzen: tuple[Differenz, ...]
    offen: tuple[str, ...]
    frei: Mapping[str, float | None] = attrs.field(factory=dict)


@attrs.frozen
class Variantenvergleich:
    """All compared Gebietsstände for one year, the one in force first; `schranke` is that of the differences, in people."""

    jahr: int
    schranke: int
    bilder: tuple[Variantenbild, ...]


def compare_varianten(
    projekt: Projekt,
    schluessel: Sequence[str] = (),
    jahr: int | None = None,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    schranke: int = SCHRANKE,
    mit_sperrung: bool = True,
) -> Variantenvergleich:
    """Compare Gebietsstände ((): the one in force and all Varianten) by the figures of one year (None: the Berichtsjahr).

    `mit_sperrung` also runs disclosure control for each, which takes longest.

    Raises:
        BedienFehler: a `schranke` below 1, no Gebietsstand to compare, none of that name, or a year without figures. Abgebrochen: stopped.
    """
    if schranke < 1:
        raise BedienFehler("Die Schranke der Differenzen ist eine Zahl von Menschen ab 1.", "Üblich ist 100.")
    if jahr is not None:
        check_jahr(jahr, {tag.year for tag in projekt.read_messwerte(merkmale=[EINWOHNER])["stand"]})
    staende = projekt.read(Gebietsstand)
    geltend = find_geltenden(staende)
    namen = list(schluessel) or [s.schluessel for s in staende if s.variante]
    if geltend is None or not namen:
        raise BedienFehler("Es gibt noch keine Variante.", "Bitte zuerst eine Variante anlegen.", "VARIANTE-KEINE")
    namen = list(dict.fromkeys([geltend.schluessel, *namen]))
    basis = raumplan(projekt, geltend.schluessel)
    bilder = []
    for nummer, name in enumerate(namen):
        if stop is not None and stop.is_set():
            raise Abgebrochen("Der Vergleich wurde angehalten.", "Es wurde nichts geändert.")
        if fortschritt is not None:
            fortschritt(nummer, len(namen), f"Gebietsstand {name} rechnen")
        bilder.append(
            _build_bild(
                _Auftrag(projekt, basis, jahr or projekt.kommune.berichtsjahr, schranke, stop), name, mit_sperrung
            )
        )
    return Variantenvergleich(jahr or projekt.kommune.berichtsjahr, schranke, tuple(bilder))


@attrs.frozen
class _Auftrag:
    """What is the same for all compared Gebietsstände."""

    projekt: Projekt
    basis: Raumplan
    jahr: int
    schranke: int
    stop: Stop | None


def _build_bild(auftrag: _Auftrag, name: str, mit_sperrung: bool) -> Variantenbild:
    """Compute one Gebietsstand and describe it."""
    from sozialtool import rechnen

    projekt, plan = auftrag.projekt, raumplan(auftrag.projekt, name)
    ebenen = projekt.read(Ebene)
    kleinste = kleinste_ebene_of(ebenen)
    grundlage = read_grundlage(projekt, name)
    gerechnet = (raum.STADT, grundlage.planungsebene, kleinste)
    messwerte, kennzahlen = compute_frames(projekt, grundlage, lambda *_: None, gerechnet, auftrag.jahr)
    messwerte = messwerte.filter(messwerte["stand"].dt.year() == auftrag.jahr)
    kennzahlen = kennzahlen.filter(kennzahlen["jahr"] == auftrag.jahr)
    kleine, zellen = _count_kleine(grundlage, plan, messwerte)
    raeume = _describe_raeume(plan, _read_einwohner(messwerte))
    bloecke = {g.schluessel for g in projekt.read(Gebiet) if g.ebene == kleinste}
    zahlen = _read_einwohner(messwerte)
    gesperrt, frei = _release(auftrag, grundlage, messwerte, kennzahlen) if mit_sperrung else (None, {})
    zerschnitten, ungeprueft = _find_zerschnitten(projekt, plan, ebenen)
    return Variantenbild(
        stand=plan.stand,
        gilt=plan.stand == auftrag.basis.stand,
        raeume=raeume,
        verteilung=rechnen.describe_verteilung(count_all(raeume)),
        streuung=_compute_streuung(grundlage, plan, kennzahlen),
        kleine=kleine,
        zellen=zellen,
        gesperrt=gesperrt,
        frei={r.raum.schluessel: frei.get(r.raum.schluessel) for r in raeume} if mit_sperrung else {},
        zerschnitten=zerschnitten,
        ungeprueft=ungeprueft,
        wechsel=rechnen.find_seitenwechsel(
            projekt.read(Strassenabschnitt), auftrag.basis.zuordnung, plan.zuordnung
        ),
        differenzen=rechnen.find_differenzen(
            {block: zahlen.get(block) for block in bloecke}, auftrag.basis.zuordnung, plan.zuordnung, auftrag.schranke
        ),
        offen=tuple(sorted(bloecke - set(plan.zuordnung))),
    )  # fmt: skip


def _read_einwohner(messwerte: pl.DataFrame) -> dict[str, float]:
    """Area → people; of several Stichtage in the year, the last."""
    import polars as pl

    ew = messwerte.filter((pl.col("merkmal") == EINWOHNER) & pl.col("wert").is_not_null()).sort("stand")
    return dict(ew.select("gebiet", "wert").iter_rows())


def _describe_raeume(plan: Raumplan, einwohner: Mapping[str, float]) -> tuple[VariantenRaum, ...]:
    """Sozialräume with people and share."""
    summe = sum(einwohner.get(r.schluessel, 0.0) for r in plan.raeume)
    ziele = list(plan.zuordnung.values())
    zeilen = []
    for r in plan.raeume:
        zahl = einwohner.get(r.schluessel)
        anteil = zahl / summe * 100 if zahl is not None and summe else None
        zeilen.append(VariantenRaum(r, zahl, anteil, ziele.count(r.schluessel)))
    return tuple(zeilen)


def count_all(raeume: Sequence[VariantenRaum]) -> list[float]:
    """People of all Sozialräume; none at all where one of them has no figure: range and evenness would be wrong."""
    zahlen = [r.einwohner if r.gebiete else 0.0 for r in raeume]
    return [] if any(zahl is None for zahl in zahlen) else [zahl for zahl in zahlen if zahl is not None]


def _count_kleine(grundlage: Grundlage, plan: Raumplan, messwerte: pl.DataFrame) -> tuple[int, int]:
    """Small cells of the Merkmale that the key indicators need."""
    from sozialtool import rechnen

    gebraucht = {name for indikator in grundlage.indikatoren for name in needed_merkmale(indikator)}
    merkmale = [merkmal for merkmal in grundlage.merkmale if merkmal.schluessel in gebraucht]
    return rechnen.count_kleine(messwerte, [r.schluessel for r in plan.raeume], merkmale)


def _compute_streuung(grundlage: Grundlage, plan: Raumplan, kennzahlen: pl.DataFrame) -> tuple[Streuung, ...]:
    """Rates of the key indicators that are known for smallest areas."""
    from sozialtool import rechnen

    je = {indikator.kennung: indikator for indikator in grundlage.indikatoren}
    frame = rechnen.compute_streuung(kennzahlen, plan.zuordnung, grundlage.indikatoren)
    zeilen = [
        Streuung(
            je[z["indikator"]],
            z["zwischen"] if z["gebiete"] >= z["ohne"] else None,
            z["niedrigster"],
            z["hoechster"],
            z["gebiete"],
            z["ohne"],
        )
        for z in frame.iter_rows(named=True)
    ]
    return tuple(sorted(zeilen, key=lambda z: (z.indikator.reihenfolge, z.indikator.kennung)))


def _release(
    auftrag: _Auftrag, grundlage: Grundlage, messwerte: pl.DataFrame, kennzahlen: pl.DataFrame
) -> tuple[int, dict[str, float]]:
    """How many cells disclosure control suppresses in the levels that go out, and the inhabitants that it releases, rounded."""
    import polars as pl

    hinaus = kennzahlen.filter(pl.col("ebene").is_in(list(grundlage.gerechnete_ebenen)))
    tabelle = release(grundlage, messwerte, hinaus, lambda *_: None, auftrag.stop)
    gesperrt = sum(sperrung.jahr == auftrag.jahr for sperrung in tabelle.protokoll)
    return gesperrt, {g: round(z / RUNDUNG) * RUNDUNG for g, z in _read_einwohner(tabelle.messwerte).items()}


def _find_zerschnitten(
    projekt: Projekt, plan: Raumplan, ebenen: Sequence[Ebene]
) -> tuple[dict[str, tuple[tuple[Gebiet, tuple[str, ...]], ...]], dict[str, int]]:
    """Areas of the levels that cut across which lie in several Sozialräume, and how many nobody can judge."""
    from sozialtool import rechnen

    teile = quer_teile(projekt)
    paare = [(quer, teil) for quer, eigene in teile.items() for teil in sorted(eigene)]
    geschnitten = rechnen.find_zerschnitten(paare, plan.zuordnung)
    namen = {r.schluessel: r.name for r in plan.raeume}
    gebiete = projekt.read(Gebiet)
    zerschnitten, ungeprueft = {}, {}
    for ebene in ebenen:
        if ebene.teil_von or ebene.schluessel == raum.STADT:
            continue
        eigene = [g for g in gebiete if g.ebene == ebene.schluessel]
        zerschnitten[ebene.schluessel] = tuple(
            (g, tuple(namen.get(ziel, ziel) for ziel in geschnitten[g.schluessel]))
            for g in eigene
            if g.schluessel in geschnitten
        )
        ungeprueft[ebene.schluessel] = sum(g.schluessel not in teile for g in eigene)
    return zerschnitten, ungeprueft
