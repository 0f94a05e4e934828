"""What a figure carries: from released Kennzahlen of one indicator to comparisons, changes, trends and sentences.

Everything here is a function of released figures alone (the callers take them from a `FreigegebeneTabelle`), so it discloses nothing
that is not public already; a secret figure gives no result, and the area is named as left out.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import attrs

from sozialtool.fach.aussage import Aussage, Methode
from sozialtool.fach.auswertung import (
    DEUTLICH,
    Auswertung,
    Bezugsart,
    Gebietsauswertung,
    Gegenueber,
    Trendmangel,
    Wandel,
)
from sozialtool.fach.indikator import Indikator, Intervallart
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Vermerk
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.referenz import Referenzwert, find_klassen, find_passende
from sozialtool.rechnen.grenzen import SICHER, combine_grenzen, find_grenzen, find_p_gegen
from sozialtool.rechnen.mehrfach import adjust_holm
from sozialtool.rechnen.schrumpfung import compute_marshall
from sozialtool.rechnen.trend import WENIGSTE_JAHRE, compute_trend, find_abschnitt
from sozialtool.rechnen.tverteilung import WENIGSTE_WERTE
from sozialtool.rechnen.vielesaetze import FEST, say_viele
from sozialtool.rechnen.worte import satz, satz_gegenueber, satz_trend, satz_wandel

_METHODE = {
    Intervallart.WILSON: Methode.WILSON,
    Intervallart.BYAR: Methode.BYAR,
    Intervallart.MITTELWERT: Methode.MITTELWERT,
    Intervallart.KEINES: Methode.OHNE_SPANNE,
}
_DIFFERENZ = {
    Intervallart.WILSON: Methode.NEWCOMBE,
    Intervallart.BYAR: Methode.MOVER,
    Intervallart.MITTELWERT: Methode.MITTEL_DIFFERENZ,
}
_TREND = {Intervallart.WILSON: Methode.TREND_ANTEIL, Intervallart.BYAR: Methode.TREND_RATE}
Werte = Mapping[tuple[str, int], Kennzahl]
"""(Gebiet, Jahr) → released Kennzahl of one indicator."""


@attrs.frozen
class Rahmen:
    """What an evaluation stands in.

    Attributes:
        indikator: which.
        werte: its released figures of all years and levels.
        gebiete: town first, then the areas of the planning level.
        eltern: key of an area → the Ortsteil above it.
        referenzen: values from outside, of any indicator.
        ebene: what an area of the planning level is called.
        summe: the areas add up to the town (see `worte.satz`).
    """

    indikator: Indikator
    werte: Werte
    gebiete: tuple[Gebiet, ...]
    eltern: Mapping[str, Gebiet] = attrs.field(factory=dict)
    referenzen: tuple[Referenzwert, ...] = ()
    ebene: str = "Sozialraum"
    summe: bool = False

    @functools.cached_property
    def brueche(self) -> frozenset[int]:
        """First years after a break. A pool of years names the break as long as it lies inside; the first of them counts."""
        gruende: dict[int, set[str]] = {}
        for zeile in self.werte.values():
            if zeile.bruch:
                gruende.setdefault(zeile.jahr, set()).update(zeile.bruch.split("; "))
        einzeln = self.indikator.jahre <= 1
        return frozenset(j for j, teile in gruende.items() if einzeln or teile - gruende.get(j - 1, set()))

    @functools.cached_property
    def reihen(self) -> Mapping[str, dict[int, tuple[float, float]]]:
        """Area → year → numerator and denominator, where both are released."""
        reihen: dict[str, dict[int, tuple[float, float]]] = {}
        for zeile in self.werte.values():
            if zeile.wert is not None and zeile.zaehler is not None and zeile.nenner:
                reihen.setdefault(zeile.gebiet, {})[zeile.jahr] = (zeile.zaehler, zeile.nenner)
        return reihen

    @property
    def art(self) -> Intervallart:
        """Kind of interval; none where the definition gives none."""
        return self.indikator.intervall if self.indikator.hat_spanne else Intervallart.KEINES


def evaluate(rahmen: Rahmen, jahr: int) -> Auswertung:
    """Evaluate an indicator in one year; areas without a figure keep their row and its sign."""
    bezuege = find_passende(rahmen.referenzen, rahmen.indikator.kennung, jahr, rahmen.brueche)
    zeilen = [_evaluate_gebiet(rahmen, gebiet, jahr, bezuege) for gebiet in rahmen.gebiete]
    zeilen = _hold(rahmen, zeilen)
    zeilen, geglaettet = _smooth(rahmen, zeilen)
    aussagen = [*say_viele(zeilen), *geglaettet]
    namen = tuple((ref.name, ref.wert) for ref in bezuege)
    return Auswertung(rahmen.indikator, jahr, tuple(zeilen), namen, tuple(aussagen))


def _evaluate_gebiet(rahmen: Rahmen, gebiet: Gebiet, jahr: int, bezuege: Sequence[Referenzwert]) -> Gebietsauswertung:
    zeile = rahmen.werte.get((gebiet.schluessel, jahr))
    if zeile is None or zeile.wert is None:
        return Gebietsauswertung(gebiet, zeile)
    jahre = _find_trendjahre(rahmen, zeile)
    ergebnis = Gebietsauswertung(
        gebiet,
        zeile,
        sicher=find_grenzen(zeile, rahmen.indikator, SICHER),
        gegenueber=_compare(rahmen, gebiet, zeile, bezuege),
        vorjahr=_change(rahmen, zeile, 1),
        fuenfjahr=_change(rahmen, zeile, 5),
        trend=compute_trend(rahmen.art, rahmen.reihen.get(zeile.gebiet, {}), jahre, rahmen.indikator.faktor),
        trendmangel=_find_trendmangel(rahmen, jahre),
        klasse=_classify(rahmen, zeile),
    )
    return attrs.evolve(ergebnis, aussagen=_say(rahmen, ergebnis))


def exact(zeile: Kennzahl, indikator: Indikator) -> float:
    """The unrounded value where numerator and denominator are released, else the shown one; there must be one."""
    if zeile.zaehler is not None and zeile.nenner and zeile.nenner > 0:
        return zeile.zaehler / zeile.nenner * indikator.faktor
    assert zeile.wert is not None
    return zeile.wert


def _compare(
    rahmen: Rahmen, gebiet: Gebiet, zeile: Kennzahl, bezuege: Sequence[Referenzwert]
) -> tuple[Gegenueber, ...]:
    if rahmen.summe:  # a count is a part of the count of the whole: nothing to compare
        return ()
    andere: list[tuple[Bezugsart, str, float]] = []
    stadt = rahmen.gebiete[0]
    if gebiet is not stadt and not gebiet.ist_rest:
        if zeile.stadtwert is not None:
            andere.append((Bezugsart.STADT, stadt.name, zeile.stadtwert))
        oben = rahmen.eltern.get(gebiet.schluessel)
        hoch = rahmen.werte.get((oben.schluessel, zeile.jahr)) if oben else None
        # An Ortsteil that consists of this area alone has the same figure: nothing to compare.
        if oben and hoch and hoch.wert is not None and (hoch.zaehler, hoch.nenner) != (zeile.zaehler, zeile.nenner):
            andere.append((Bezugsart.ORTSTEIL, oben.name, exact(hoch, rahmen.indikator)))
    if not gebiet.ist_rest:
        andere += [(Bezugsart.REFERENZ, ref.name, ref.wert) for ref in bezuege]
    return tuple(_face(rahmen, zeile, *anderer) for anderer in andere)


def _face(rahmen: Rahmen, zeile: Kennzahl, art: Bezugsart, name: str, wert: float) -> Gegenueber:
    eigen = exact(zeile, rahmen.indikator)
    sinnvoll = wert > 0 and eigen >= 0 and not rahmen.indikator.stufe
    verhaeltnis = eigen / wert if sinnvoll else None
    grenzen, sicher = (find_grenzen(zeile, rahmen.indikator, sicherheit) for sicherheit in (0.95, SICHER))
    lage = zeile.lage
    if art is not Bezugsart.STADT:
        gross = verhaeltnis is not None and (verhaeltnis >= DEUTLICH or verhaeltnis <= 1 / DEUTLICH)
        lage = None
        if grenzen is not None:
            richtung = 1 if grenzen[0] > wert else -1 if grenzen[1] < wert else 0
            lage = richtung * (2 if gross else 1)
    ausserhalb = sicher is not None and not sicher[0] <= wert <= sicher[1]
    return Gegenueber(art, name, wert, eigen - wert, verhaeltnis, lage, bool(lage) and ausserhalb)


def _change(rahmen: Rahmen, zeile: Kennzahl, abstand: int) -> Wandel | None:
    """The change that the table shows, with limits where the two years share no counts."""
    wert = zeile.vorjahr if abstand == 1 else zeile.fuenfjahr
    frueher = rahmen.werte.get((zeile.gebiet, zeile.jahr - abstand))
    if wert is None or frueher is None or frueher.wert is None:
        return None
    return compare_jahre(rahmen.indikator, frueher, zeile, wert)


def compare_jahre(indikator: Indikator, frueher: Kennzahl, zeile: Kennzahl, wert: float) -> Wandel:
    """The change `wert` between two released figures of an area, with limits where the two years share no counts."""
    neu, alt = (find_grenzen(jahr, indikator) for jahr in (zeile, frueher))
    if zeile.jahr - frueher.jahr < indikator.jahre or neu is None or alt is None:
        return Wandel(frueher.jahr, zeile.jahr, wert)
    paar = combine_grenzen((exact(zeile, indikator), *neu), (exact(frueher, indikator), *alt))
    return Wandel(frueher.jahr, zeile.jahr, wert, *paar)


def _find_trendjahre(rahmen: Rahmen, zeile: Kennzahl) -> tuple[int, ...]:
    """Comparable years up to this one."""
    reihe = rahmen.reihen.get(zeile.gebiet, {})
    return find_abschnitt(reihe, rahmen.brueche, zeile.jahr, max(rahmen.indikator.jahre, 1))


def _find_trendmangel(rahmen: Rahmen, jahre: Sequence[int]) -> Trendmangel | None:
    """Why there is no trend; a pool that a break lies in counts as a break, too."""
    if rahmen.art not in _TREND or not jahre or len(jahre) >= WENIGSTE_JAHRE:
        return None
    schritt = max(rahmen.indikator.jahre, 1)
    bruch = any(jahre[0] - schritt < bruch <= jahre[0] for bruch in rahmen.brueche)
    return Trendmangel.BRUCH if bruch else Trendmangel.ZU_KURZ


def _classify(rahmen: Rahmen, zeile: Kennzahl) -> str:
    klassen = find_klassen(rahmen.referenzen, rahmen.indikator.kennung, zeile.jahr, rahmen.brueche)
    erreicht = [k.raum for k in klassen if exact(zeile, rahmen.indikator) >= k.wert]
    return erreicht[-1] if erreicht else ""


# -- all areas together -----------------------------------------------------------------------------------------------


def find_p_stadt(rahmen: Rahmen, zeile: Gebietsauswertung) -> float | None:
    """How surprising an area would be if it were like the town; None without test."""
    gegen, k = zeile.gegen(Bezugsart.STADT), zeile.kennzahl
    if gegen is None or k is None or gegen.lage is None:
        return None
    stadt = rahmen.werte.get((rahmen.gebiete[0].schluessel, k.jahr))
    erwartet = gegen.wert if stadt is None or stadt.wert is None else exact(stadt, rahmen.indikator)
    return find_p_gegen(k, rahmen.indikator, erwartet)


def _hold(rahmen: Rahmen, zeilen: list[Gebietsauswertung]) -> list[Gebietsauswertung]:
    """Mark what stays beyond chance among all areas of this indicator."""
    einzeln = [find_p_stadt(rahmen, zeile) for zeile in zeilen]
    ergebnis = []
    for zeile, p, adjustiert in zip(zeilen, einzeln, adjust_holm(einzeln), strict=True):
        gegen = tuple(
            attrs.evolve(g, p=p, haelt=adjustiert < FEST and bool(g.lage))
            if g.art is Bezugsart.STADT and adjustiert is not None
            else g
            for g in zeile.gegenueber
        )
        ergebnis.append(attrs.evolve(zeile, gegenueber=gegen))
    return ergebnis


def _smooth(rahmen: Rahmen, zeilen: list[Gebietsauswertung]) -> tuple[list[Gebietsauswertung], list[Aussage]]:
    """Draw the rates of the areas to their mean; only areas whose counts are released take part."""
    if rahmen.art not in _TREND:  # of counts alone
        return zeilen, []
    raeume = [z for z in zeilen[1:] if not z.gebiet.ist_rest]
    dabei = [z for z in raeume if _counts(z) is not None]
    if len(dabei) < 3:
        return zeilen, []
    paare = [paar for z in dabei if (paar := _counts(z)) is not None]
    werte = compute_marshall([x for x, _ in paare], [n for _, n in paare])
    je_gebiet = {z.gebiet.schluessel: w * rahmen.indikator.faktor for z, w in zip(dabei, werte, strict=True)}
    ohne = [z.gebiet.name for z in raeume if z.gebiet.schluessel not in je_gebiet]
    neu = [attrs.evolve(z, geglaettet=je_gebiet.get(z.gebiet.schluessel)) for z in zeilen]
    basis = f"{len(dabei)} Gebiete" + (f"; ohne {', '.join(ohne)} (Zahl geheim oder nicht da)" if ohne else "")
    text = "Geglättete Werte ziehen Gebiete mit wenigen Fällen zum Mittel aller Gebiete."
    return neu, [Aussage(text, Methode.MARSHALL, basis)]


def _counts(zeile: Gebietsauswertung) -> tuple[float, float] | None:
    k = zeile.kennzahl
    if k is None or k.wert is None or k.zaehler is None or not k.nenner or k.nenner <= 0 or k.zaehler < 0:
        return None
    return k.zaehler, k.nenner


# -- sentences --------------------------------------------------------------------------------------------------------


def _say(rahmen: Rahmen, zeile: Gebietsauswertung) -> tuple[Aussage, ...]:
    k, ind = zeile.kennzahl, rahmen.indikator
    assert k is not None
    methode, grund = _find_methode(rahmen, k)
    vorbehalte = (*grund, *_doubt(k, ind))
    basis = "ganze Stadt" if zeile.gebiet is rahmen.gebiete[0] else zeile.gebiet.name
    saetze = [
        Aussage(
            satz(k._asdict(), ind, zeile.gebiet.name, rahmen.ebene, summe=rahmen.summe),
            methode,
            basis,
            vorbehalte,
        )
    ]
    saetze += [
        Aussage(satz_gegenueber(g, ind), Methode.VERGLEICH, f"{basis} und {g.name}")
        for g in zeile.gegenueber
        if g.art is not Bezugsart.STADT
    ]
    if zeile.klasse:
        saetze.append(Aussage(f"Nach der Verteilung außerhalb: {zeile.klasse}.", Methode.VERGLEICH, basis))
    if zeile.fuenfjahr is not None:
        methode = methode if zeile.fuenfjahr.richtung is None else _DIFFERENZ[rahmen.art]
        saetze.append(
            Aussage(satz_wandel(zeile.fuenfjahr, ind), methode, f"{basis}, {zeile.fuenfjahr.von} und {k.jahr}")
        )
    if zeile.trend is not None:
        jahre = f"{zeile.trend.jahre} Werte"
        saetze.append(Aussage(satz_trend(zeile.trend, ind), _TREND[rahmen.art], f"{basis}, {jahre}"))
    return (*saetze, *_say_fehlendes(rahmen, zeile, basis))


def _find_methode(rahmen: Rahmen, k: Kennzahl) -> tuple[Methode, tuple[str, ...]]:
    """How the interval of a figure was found; why a mean has none."""
    if rahmen.indikator.intervall is not Intervallart.MITTELWERT or rahmen.indikator.stufe:
        return _METHODE[rahmen.art], ()
    if k.unten is not None:
        return Methode.MITTELWERT, ()
    if rahmen.art is Intervallart.KEINES:
        grund = "Keine Zufallsspanne: Geliefert sind nur Summe und Anzahl."
    elif k.nenner is not None and k.nenner < WENIGSTE_WERTE:
        grund = f"Keine Zufallsspanne: weniger als {WENIGSTE_WERTE} Werte."
    else:
        grund = (
            f"Keine Zufallsspanne: Wie weit die einzelnen Werte auseinanderliegen, ist für {k.jahr} nicht geliefert."
        )
    return Methode.MITTELWERT_OHNE, (grund,)


def _say_fehlendes(rahmen: Rahmen, zeile: Gebietsauswertung, basis: str) -> list[Aussage]:
    """Say why there is no change or no trend where a reader would look for one."""
    k = zeile.kennzahl
    assert k is not None
    saetze = []
    zusammen = max(rahmen.indikator.jahre, 1)
    brueche = sorted(b for b in rahmen.brueche if k.jahr - 4 - zusammen < b <= k.jahr)
    if zeile.fuenfjahr is None and brueche and (zeile.gebiet.schluessel, k.jahr - 5) in rahmen.werte:
        text = f"Mit {k.jahr - 5} wird nicht verglichen: {brueche[-1]} hat sich die Definition geändert."
        saetze.append(Aussage(text, Methode.VERGLEICH, basis))
    if zeile.trendmangel is not None and not _is_fuenfjaehrig(rahmen, zeile):
        jahre = _find_trendjahre(rahmen, k)
        erst = "erst zwei Werte" if len(jahre) > 1 else "erst einen Wert"
        text = f"Ohne Lücke und Bruch gibt es {erst} (seit {jahre[0]}); für einen Trend braucht es drei."
        saetze.append(Aussage(text, _TREND[rahmen.art], basis))
    return saetze


def _is_fuenfjaehrig(rahmen: Rahmen, zeile: Gebietsauswertung) -> bool:
    """Whether the figure comes every five years (elections to a council): the change is told, and the years between are no gap."""
    k = zeile.kennzahl
    assert k is not None
    dazwischen = range(k.jahr - 4, k.jahr)
    return zeile.fuenfjahr is not None and not any((k.gebiet, jahr) in rahmen.werte for jahr in dazwischen)


def _doubt(k: Kennzahl, ind: Indikator) -> list[str]:
    """What limits this very figure."""
    zweifel = []
    if k.vermerk not in (Vermerk.KEINER, Vermerk.GESCHAETZT):
        zweifel.append(f"Vermerk: {k.vermerk.value}.")
    if k.bruch:
        wann = str(k.jahr) if ind.jahre <= 1 else f"in den Jahren {k.jahr - ind.jahre + 1} bis {k.jahr}"
        zweifel.append(f"Bruch {wann}: {k.bruch}.")
    if ind.jahre > 1:
        zweifel.append(f"{ind.jahre} Jahre zusammengefasst.")
    return zweifel
