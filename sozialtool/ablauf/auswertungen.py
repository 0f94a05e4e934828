"""What the figures carry: comparisons, changes, trends, many comparisons, as plain values for screens and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sozialtool.ablauf.kennzahlen import Ergebnis, Grundlage, check_jahr, compute, is_summe
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach import raum
from sozialtool.fach.aussage import Aussage
from sozialtool.fach.auswertung import Auswertung, Gesamtbild
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.referenz import Referenzwert
from sozialtool.fehler import BedienFehler
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.rechnen.auswertung import Rahmen
    from sozialtool.rechnen.gesamtbild import Stoff


def evaluate_indikator(
    projekt: Projekt,
    kennung: str,
    jahr: int | None = None,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    gebietsstand: str = "",
) -> Auswertung:
    """Evaluate one Indikator from released figures alone; without `jahr` in the Berichtsjahr.

    Raises:
        BedienFehler: no such agreed Indikator, no figure in that year; else as in `compute`.
    """
    rahmen = _read_rahmen(projekt, compute(projekt, fortschritt, stop, gebietsstand))
    einer = next((r for r in rahmen if r.indikator.kennung.casefold() == kennung.casefold()), None)
    if einer is None:
        raise BedienFehler(
            f"{kennung} gehört nicht zu den vereinbarten Indikatoren.",
            f"Möglich sind: {', '.join(r.indikator.kennung for r in rahmen)}.",
        )
    return _evaluate((einer,), jahr or projekt.kommune.berichtsjahr)[0]


def evaluate_alle(
    projekt: Projekt,
    jahr: int | None = None,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    gebietsstand: str = "",
) -> tuple[Auswertung, ...]:
    """Evaluate every Indikator that has figures in that year; errors as in `evaluate_indikator`."""
    rahmen = _read_rahmen(projekt, compute(projekt, fortschritt, stop, gebietsstand))
    gefragt = jahr or projekt.kommune.berichtsjahr
    return _evaluate(tuple(r for r in rahmen if any(j == gefragt for _, j in r.werte)), gefragt)


def _evaluate(rahmen: tuple[Rahmen, ...], jahr: int) -> tuple[Auswertung, ...]:
    from sozialtool.rechnen.auswertung import evaluate

    for einer in rahmen:
        check_jahr(jahr, {j for _, j in einer.werte})
    return tuple(evaluate(einer, jahr) for einer in rahmen)


def _read_rahmen(projekt: Projekt, ergebnis: Ergebnis) -> tuple[Rahmen, ...]:
    return build_rahmen(ergebnis, tuple(projekt.read(Referenzwert)))


def build_rahmen(ergebnis: Ergebnis, referenzen: tuple[Referenzwert, ...]) -> tuple[Rahmen, ...]:
    """Make the frame of evaluation of every Indikator; its figures are those of the released table."""
    from sozialtool.rechnen.auswertung import Rahmen

    grundlage = ergebnis.grundlage
    werte: dict[str, dict[tuple[str, int], Kennzahl]] = {}
    for zeile in ergebnis.tabelle.kennzahlen.select(Kennzahl._fields).iter_rows():
        kennzahl = Kennzahl.from_zeile(zeile)
        werte.setdefault(kennzahl.indikator, {})[kennzahl.gebiet, kennzahl.jahr] = kennzahl
    gebiete, eltern, ebene = grundlage.ordered_gebiete(), find_eltern(grundlage), name_ebene(grundlage)
    return tuple(
        Rahmen(
            indikator,
            werte.get(indikator.kennung, {}),
            gebiete,
            eltern,
            referenzen,
            ebene,
            is_summe(grundlage, indikator),
        )
        for indikator in grundlage.indikatoren
    )


def find_eltern(grundlage: Grundlage) -> dict[str, Gebiet]:
    """Key of an area of the planning level → its Ortsteil, where it has one."""
    ortsteile = {g.schluessel: g for g in grundlage.gebiete if g.ebene == raum.ORTSTEIL}
    return {
        g.schluessel: ortsteile[g.teil_von]
        for g in grundlage.gebiete
        if g.ebene == grundlage.planungsebene and g.teil_von in ortsteile
    }


def name_ebene(grundlage: Grundlage) -> str:
    """What an area of the planning level is called."""
    return next((e.name for e in grundlage.ebenen if e.schluessel == grundlage.planungsebene), "Sozialraum")


def describe_verfahren(auswertung: Auswertung) -> str:
    """Say what holds for all areas, and the methods behind an evaluation, as paragraphs."""
    from sozialtool.ablauf.auswertungstext import collect_aussagen, methoden_text

    alle = [f"{aussage.satz} Grundlage: {aussage.basis}." for aussage in auswertung.aussagen]
    return "\n\n".join([*alle, *methoden_text(collect_aussagen(auswertung))])


def describe_gesamtbild(
    projekt: Projekt,
    jahr: int | None = None,
    fortschritt: Fortschritt | None = None,
    stop: Stop | None = None,
    *,
    gruppen: tuple[str, ...] = (),
    gebietsstand: str = "",
) -> Gesamtbild:
    """Return population, segregation and standardised rates of a year, from the released base figures alone.

    `gruppen` are keys of Merkmale whose segregation is asked for; (): those that are usual.

    Raises:
        BedienFehler: a group is no Merkmal, or no figure in that year; else as in `compute`.
    """
    from sozialtool.rechnen.gesamtbild import build_gesamtbild

    ergebnis = compute(projekt, fortschritt, stop, gebietsstand)
    gefragt = jahr or projekt.kommune.berichtsjahr
    stoff = build_stoff(ergebnis)
    check_jahr(gefragt, {j for _, _, j in stoff.zahlen})
    fremd = [g for g in gruppen if g not in {m.schluessel for m in stoff.merkmale}]
    if fremd:
        raise BedienFehler(f"Ein Merkmal „{fremd[0]}“ gibt es nicht.", "Die Schlüssel stehen in der Liste „merkmale“.")
    return build_gesamtbild(stoff, gefragt, gruppen)


def build_stoff(ergebnis: Ergebnis) -> Stoff:
    """Take the released base figures and counts of a computation."""
    from sozialtool.rechnen.gesamtbild import Stoff, read_grundzahlen

    grundlage, tabelle = ergebnis.grundlage, ergebnis.tabelle
    kennzahlen = {}
    for zeile in tabelle.kennzahlen.select(Kennzahl._fields).iter_rows():
        k = Kennzahl.from_zeile(zeile)
        kennzahlen[k.gebiet, k.indikator, k.jahr] = k
    zahlen = read_grundzahlen(tabelle.messwerte.select("gebiet", "merkmal", "stand", "wert", "zeichen").iter_rows())
    return Stoff(
        zahlen, grundlage.ordered_gebiete(), grundlage.merkmale, grundlage.indikatoren, kennzahlen, grundlage.brueche
    )


def count_auffaellige(auswertungen: tuple[Auswertung, ...]) -> Aussage | None:
    """Say how many of all areas × indicators stand out, how many would by chance, and how many stay after Holm over all."""
    from sozialtool.rechnen.vielesaetze import say_alle

    return say_alle(auswertungen)
