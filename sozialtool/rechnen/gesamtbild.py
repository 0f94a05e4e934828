"""Population, segregation and standardised rates, from released base figures alone.

A secret figure gives no result: the area is left out and named, or keeps its sign. A sum over areas is a sum of released figures, so it
tells nothing that they do not tell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

import attrs

from sozialtool.fach.aussage import Aussage, Methode
from sozialtool.fach.auswertung import (
    Altersgruppe,
    Entwicklung,
    Gesamtbild,
    Saldo,
    Segregation,
    Segregationswert,
    Standardisierung,
    Standardquote,
    Standardwert,
)
from sozialtool.fach.indikator import Bruch, Indikator
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Merkmal, Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import format_anzahl, format_zahl
from sozialtool.rechnen.segregation import compute_id, compute_is
from sozialtool.rechnen.standardisierung import compute_standardisiert, sum_europa

Grundzahlen = Mapping[tuple[str, str, int], tuple[float | None, Zeichen | None]]
"""(Gebiet, Merkmal, Jahr) → released value, or the reason why there is none."""
EINWOHNER = "ew"
GRUPPEN = (
    ("auslaender", "ew"), ("mh", "ew"), ("ew_unter_18", "ew"), ("ew_ab_65", "ew"), ("sgb2", "ew_unter_65"),
    ("sgb2_unter_15", "ew_unter_15"), ("arbeitslose", "ew_15_65"),
)  # fmt: skip
"""Groups whose segregation is shown where they are released, and the people that each is a part of."""
PAARE = (("ew_unter_18", "ew_ab_65"),)
"""Pairs of groups whose dissimilarity is shown."""
MEISTE_JAHRE = 7
WENIGSTE_GEBIETE = 3
_DECKUNG = 0.8
"""An earlier year is shown when it has figures for so many of the newest year's areas."""
STANDARDQUOTEN = (
    Standardquote("SGB-II-Quote der unter 65-Jährigen", "A06", (
        Altersgruppe({"sgb2_unter_15": 1}, {"ew_unter_15": 1}, 0, 15),
        Altersgruppe({"sgb2_unter_18": 1, "sgb2_unter_15": -1}, {"ew_unter_18": 1, "ew_unter_15": -1}, 15, 18),
        Altersgruppe({"sgb2": 1, "sgb2_unter_18": -1}, {"ew_unter_65": 1, "ew_unter_18": -1}, 18, 65),
    )),
    Standardquote("Arbeitslosenanteil der 15- bis unter 65-Jährigen", "A01", (
        Altersgruppe({"arbeitslose_15_25": 1}, {"ew_15_25": 1}, 15, 25),
        Altersgruppe({"arbeitslose": 1, "arbeitslose_15_25": -1}, {"ew_15_65": 1, "ew_15_25": -1}, 25, 65),
    )),
    Standardquote("Anteil mit Migrationshintergrund", "M02", (
        Altersgruppe({"mh_unter_18": 1}, {"ew_unter_18": 1}, 0, 18),
        Altersgruppe({"mh": 1, "mh_unter_18": -1}, {"ew": 1, "ew_unter_18": -1}, 18, None),
    )),
)  # fmt: skip
"""Rates whose cases and people are known by age; each shown where all its figures are released."""
_SALDEN = {
    "geburten": "Geburten", "geburten-sterbefaelle": "natürlicher Saldo", "zuzuege-fortzuege": "Wanderungssaldo",
}  # fmt: skip


@attrs.frozen
class Stoff:
    """What the whole picture is made from: released figures, the areas (town first), descriptions."""

    zahlen: Grundzahlen
    gebiete: tuple[Gebiet, ...]
    merkmale: tuple[Merkmal, ...]
    indikatoren: tuple[Indikator, ...] = ()
    kennzahlen: Mapping[tuple[str, str, int], Kennzahl] = attrs.field(factory=dict)
    brueche: tuple[Bruch, ...] = ()

    @property
    def raeume(self) -> tuple[Gebiet, ...]:
        """The areas without town and "nicht zuzuordnen"."""
        return tuple(g for g in self.gebiete[1:] if not g.ist_rest)

    def jahre(self, merkmal: str, bis: int) -> tuple[int, ...]:
        """Years up to `bis` for which a Merkmal is there at all, ascending."""
        return tuple(sorted({j for _, m, j in self.zahlen if m == merkmal and j <= bis}))

    def add_up(self, gebiet: str, jahr: int, formel: Mapping[str, float]) -> float | None:
        """Sum of released figures times their factors; None where one is secret or missing."""
        summe = 0.0
        for merkmal, faktor in formel.items():
            wert, _ = self.zahlen.get((gebiet, merkmal, jahr), (None, None))
            if wert is None:
                return None
            summe += faktor * wert
        return summe

    def reason(self, gebiet: str, jahr: int, merkmale: Iterable[str]) -> Zeichen:
        """Why a sum has no value: secret before missing."""
        gruende = [self.zahlen.get((gebiet, m, jahr), (None, Zeichen.FEHLT)) for m in merkmale]
        zeichen = [grund or Zeichen.FEHLT for wert, grund in gruende if wert is None]
        return Zeichen.GEHEIM if Zeichen.GEHEIM in zeichen else next(iter(zeichen), Zeichen.FEHLT)

    def name(self, merkmal: str) -> str:
        """Name of a Merkmal."""
        return next((m.name for m in self.merkmale if m.schluessel == merkmal), merkmal)


def read_grundzahlen(
    zeilen: Iterable[tuple[str, str, dt.date, float | None, str | None]],
) -> dict[tuple[str, str, int], tuple[float | None, Zeichen | None]]:
    """Rows (gebiet, merkmal, stand, wert, zeichen) of a released table → figures by year; a later Stand of a year counts."""
    zahlen: dict[tuple[str, str, int], tuple[float | None, Zeichen | None]] = {}
    for gebiet, merkmal, stand, wert, zeichen in sorted(zeilen, key=lambda z: (z[2], z[0], z[1])):
        zahlen[gebiet, merkmal, stand.year] = (wert, Zeichen[zeichen] if zeichen else None)
    return zahlen


def build_gesamtbild(stoff: Stoff, jahr: int, gruppen: Sequence[str] = ()) -> Gesamtbild:
    """Everything of one year; parts without released figures are empty. `gruppen`: keys of groups, (): the usual ones.

    A group that is not usual is compared with the rest of the Merkmal that it is a part of.
    """
    entwicklungen = list_entwicklung(stoff, jahr)
    paare = [(g, dict(GRUPPEN).get(g, "")) for g in gruppen] or list(GRUPPEN)
    segregationen = [s for g, ganze in paare if (s := evaluate_segregation(stoff, g, jahr, gesamt=ganze)) is not None]
    if not gruppen:
        segregationen += [s for a, b in PAARE if (s := evaluate_segregation(stoff, a, jahr, b)) is not None]
    standardisiert = [wert for q in STANDARDQUOTEN if (wert := standardise(stoff, q, jahr)) is not None]
    bevoelkerung = _say_entwicklung(entwicklungen, find_bruch(stoff, jahr))
    return Gesamtbild(jahr, entwicklungen, bevoelkerung, tuple(segregationen), tuple(standardisiert))


# -- population -------------------------------------------------------------------------------------------------------


def list_entwicklung(stoff: Stoff, jahr: int) -> tuple[Entwicklung, ...]:
    """Population of every area from the first year on, or from the last break in its definition; () without two years."""
    bruch = find_bruch(stoff, jahr)
    jahre = tuple(j for j in stoff.jahre(EINWOHNER, jahr) if bruch is None or j >= bruch.ab_jahr)
    if len(jahre) < 2 or jahre[-1] != jahr:
        return ()
    ergebnis = []
    for gebiet in stoff.gebiete:
        paare = {j: stoff.zahlen.get((gebiet.schluessel, EINWOHNER, j), (None, Zeichen.FEHLT)) for j in jahre}
        ew = {j: wert for j, (wert, _) in paare.items() if wert is not None}
        zeichen = {j: grund or Zeichen.FEHLT for j, (wert, grund) in paare.items() if wert is None}
        ergebnis.append(Entwicklung(gebiet, ew, zeichen, jahre[0], jahr, _list_salden(stoff, gebiet, jahr)))
    return tuple(ergebnis)


def find_bruch(stoff: Stoff, jahr: int) -> Bruch | None:
    """Last break inside the series of population up to this year; nothing is compared across it."""
    erstes = min(stoff.jahre(EINWOHNER, jahr), default=jahr)
    brueche = [b for b in stoff.brueche if b.merkmal == EINWOHNER and erstes < b.ab_jahr <= jahr]
    return max(brueche, key=lambda b: b.ab_jahr, default=None)


def _list_salden(stoff: Stoff, gebiet: Gebiet, jahr: int) -> tuple[Saldo, ...]:
    """Balances that some agreed indicator releases as its numerator, over the years that it pools."""
    salden: dict[str, Saldo] = {}
    for ind in stoff.indikatoren:
        name = _SALDEN.get(ind.zaehler.replace(" ", ""))
        k = stoff.kennzahlen.get((gebiet.schluessel, ind.kennung, jahr))
        if name is None or k is None or name in salden:
            continue
        zeichen = None if k.zaehler is not None else k.zeichen or Zeichen.FEHLT
        salden[name] = Saldo(name, jahr - max(ind.jahre, 1) + 1, jahr, k.zaehler, zeichen)
    return tuple(salden[name] for name in _SALDEN.values() if name in salden)


def _say_entwicklung(entwicklungen: Sequence[Entwicklung], bruch: Bruch | None = None) -> Aussage | None:
    if not entwicklungen:
        return None
    stadt = entwicklungen[0]
    if stadt.absolut is None or stadt.index is None:
        return None
    unterschied = f"ebenso viele wie {stadt.von}"
    if stadt.absolut:
        wort = "mehr" if stadt.absolut > 0 else "weniger"
        prozent = format_zahl(stadt.index - 100, 1, plus=True)
        unterschied = f"{format_zahl(abs(stadt.absolut), 0)} {wort} als {stadt.von} ({prozent} %)"
    text = f"Im Jahr {stadt.bis} leben in {stadt.gebiet.name} {format_zahl(stadt.ew[stadt.bis], 0)} Menschen, {unterschied}."
    wachsend = sum((e.absolut or 0) > 0 for e in entwicklungen[1:] if not e.gebiet.ist_rest)
    gezaehlt = sum(e.absolut is not None for e in entwicklungen[1:] if not e.gebiet.ist_rest)
    if gezaehlt:
        text += f" Gewachsen {'ist' if wachsend == 1 else 'sind'} {wachsend} von {format_anzahl(gezaehlt, 'Gebiet', 'Gebieten')}."
    if bruch is not None:
        text += f" Mit den Jahren vor {bruch.ab_jahr} wird nicht verglichen ({bruch.grund})."
    return Aussage(text, Methode.BEVOELKERUNG, f"ganze Stadt, {stadt.von} bis {stadt.bis}")


# -- segregation ------------------------------------------------------------------------------------------------------


def evaluate_segregation(
    stoff: Stoff, gruppe: str, jahr: int, andere: str = "", *, gesamt: str = ""
) -> Segregation | None:
    """Segregation of a group against the rest of its whole, or of two groups; None where nothing is released.

    All years rest on the same areas: those whose figures are released in every year shown. An earlier year with too few of them is
    left out rather than that it empties the base set.
    """
    gesamt = andere or gesamt or next((m.teil_von for m in stoff.merkmale if m.schluessel == gruppe), "") or EINWOHNER
    heute = [g for g in stoff.raeume if _has_both(stoff, g, gruppe, gesamt, jahr)]
    if len(heute) < WENIGSTE_GEBIETE:
        return None
    jahre = [
        j
        for j in stoff.jahre(gruppe, jahr)[-MEISTE_JAHRE:]
        if sum(_has_both(stoff, g, gruppe, gesamt, j) for g in heute) >= _DECKUNG * len(heute)
    ]
    dabei = tuple(g for g in heute if all(_has_both(stoff, g, gruppe, gesamt, j) for j in jahre))
    if len(dabei) < WENIGSTE_GEBIETE:
        return None
    werte = {j: _compute(stoff, dabei, gruppe, gesamt, j, paar=bool(andere)) for j in jahre}
    ohne = tuple(g.name for g in stoff.raeume if g not in dabei)
    brueche = tuple(sorted({
        b.ab_jahr for b in stoff.brueche if b.merkmal in (gruppe, gesamt) and jahre[0] < b.ab_jahr <= jahr
    }))  # fmt: skip
    basis = f"{len(dabei)} Gebiete" + (f"; ohne {', '.join(ohne)} (Zahl geheim oder nicht da)" if ohne else "")
    methode = Methode.SEGREGATION_ID if andere else Methode.SEGREGATION_IS
    vorbehalte = tuple(f"Bruch {b}: davor und danach ist nicht vergleichbar." for b in brueche)
    aussage = Aussage(
        _say_segregation(stoff.name(gruppe), stoff.name(gesamt), werte[jahr], paar=bool(andere)),
        methode,
        basis,
        vorbehalte,
    )
    return Segregation(
        stoff.name(gruppe), stoff.name(gesamt), stoff.name(andere) if andere else "", werte,
        tuple(g.name for g in dabei), ohne, brueche, aussage,
    )  # fmt: skip


def _has_both(stoff: Stoff, gebiet: Gebiet, gruppe: str, gesamt: str, jahr: int) -> bool:
    return all(stoff.zahlen.get((gebiet.schluessel, m, jahr), (None, None))[0] is not None for m in (gruppe, gesamt))


def _compute(
    stoff: Stoff, dabei: Sequence[Gebiet], gruppe: str, gesamt: str, jahr: int, *, paar: bool
) -> Segregationswert | None:
    eine = [stoff.add_up(g.schluessel, jahr, {gruppe: 1.0}) or 0.0 for g in dabei]
    ganze = [stoff.add_up(g.schluessel, jahr, {gesamt: 1.0}) or 0.0 for g in dabei]
    return compute_id(eine, ganze) if paar else compute_is(eine, ganze)


def _say_segregation(gruppe: str, gesamt: str, wert: Segregationswert | None, *, paar: bool) -> str:
    """Say the figure and what chance alone would give; from when on it is "high" nobody has settled for towns of this size."""
    kopf = f"{gruppe} gegen {gesamt}" if paar else f"{gruppe} (Anteil an: {gesamt})"
    if wert is None or wert.bereinigt is None:
        return f"{kopf}: für diese Zahlen lässt sich kein Index rechnen."
    mehr = "" if wert.bereinigt > 0 else " Ungleicher als durch Zufall ist die Gruppe damit nicht verteilt."
    return (
        f"{kopf}: {format_zahl(wert.wert, 1)} % der Gruppe müssten umziehen, damit ihr Anteil überall gleich wäre; "
        f"{format_zahl(wert.zufall, 1)} % wären es schon bei zufälliger Verteilung.{mehr}"
    )


# -- standardisation --------------------------------------------------------------------------------------------------


def standardise(stoff: Stoff, quote: Standardquote, jahr: int) -> Standardisierung | None:
    """Standardise a rate in every area of a year; None where its figures are not released for the town."""
    if any(stoff.add_up(stoff.gebiete[0].schluessel, jahr, g.faelle) is None for g in quote.gruppen):
        return None
    werte = {g.schluessel: _standardise(stoff, quote, g.schluessel, jahr) for g in stoff.gebiete if not g.ist_rest}
    ohne = sum(wert is None for _, wert, _ in werte.values())
    alter = ", ".join(f"{g.von} bis unter {g.bis}" if g.bis else f"ab {g.von}" for g in quote.gruppen)
    basis = f"{len(werte) - ohne} Gebiete mit Stadt; Altersgruppen {alter}" + (f"; {ohne} ohne Wert" if ohne else "")
    text = f"{quote.name}: als hätten alle Gebiete die gleiche Altersmischung."
    return Standardisierung(quote, jahr, werte, Aussage(text, Methode.STANDARD, basis))


def _standardise(
    stoff: Stoff, quote: Standardquote, gebiet: str, jahr: int
) -> tuple[float | None, Standardwert | None, Zeichen | None]:
    """Raw rate over all age groups, standardised rate, reason."""
    roh = _rate(stoff, quote, gebiet, jahr)
    faelle = [stoff.add_up(gebiet, jahr, g.faelle) for g in quote.gruppen]
    menge = [stoff.add_up(gebiet, jahr, g.menge) for g in quote.gruppen]
    x, n = [f for f in faelle if f is not None], [m for m in menge if m is not None]
    if len(x) < len(faelle) or len(n) < len(menge) or any(f < 0 for f in x):
        namen = [m for g in quote.gruppen for m in (*g.faelle, *g.menge)]
        return roh, None, stoff.reason(gebiet, jahr, namen)
    wert = compute_standardisiert(x, n, [sum_europa(g.von, g.bis) for g in quote.gruppen], quote.faktor)
    return roh, wert, None if wert is not None else Zeichen.UNSICHER


def _rate(stoff: Stoff, quote: Standardquote, gebiet: str, jahr: int) -> float | None:
    """The plain rate; figures that cancel out between the age groups need not be released."""
    x, n = (
        stoff.add_up(gebiet, jahr, _merge(teile))
        for teile in zip(*((g.faelle, g.menge) for g in quote.gruppen), strict=True)
    )
    return x / n * quote.faktor if x is not None and n else None


def _merge(formeln: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Add formulas up; what cancels out is left out."""
    summe: dict[str, float] = {}
    for formel in formeln:
        for merkmal, faktor in formel.items():
            summe[merkmal] = summe.get(merkmal, 0.0) + faktor
    return {merkmal: faktor for merkmal, faktor in summe.items() if faktor}
