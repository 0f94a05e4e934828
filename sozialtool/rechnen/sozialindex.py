"""An index of one's own, computed along the steps of the OECD/JRC Handbook (2008); every stage is kept.

Pure Python over plain columns: one tuple per indicator, one place per area. A high index always means a high burden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from sozialtool.fach.sozialindex import Aggregation, Ausreisser, Fehlwerte, Klassen, Normierung
from sozialtool.fehler import DatenFehler
from sozialtool.rechnen.lagemasse import (
    korrelation,
    mittel,
    raenge_von_oben,
    rangkorrelation,
    standardabweichung,
    zaehle_kleinere,
)
from sozialtool.rechnen.normieren import Behandlung, aggregate, normalise, treat_ausreisser

Spalte = tuple[float | None, ...]
INDEX = "Index"
"""Name of the top of the tree."""
MINDESTANTEIL = 0.5
"""An area that lacks more than this share of its figures has no index, whatever is put in their place."""
MINDESTGEBIETE = 4
"""Fewer areas are not compared by an index."""


@attrs.frozen
class Indexplan:
    """What belongs to the index.

    Attributes:
        richtungen: indicator → 1.0 (a high value is a burden) or −1.0.
        eltern: indicator or Teilindex → what it is part of; whatever has no entry is part of `INDEX`. Any depth.
        gewichte: indicator or Teilindex → weight against the others of the same parent; without entry 1.
    """

    richtungen: Mapping[str, float]
    eltern: Mapping[str, str] = attrs.field(factory=dict)
    gewichte: Mapping[str, float] = attrs.field(factory=dict)

    def kinder(self) -> dict[str, tuple[str, ...]]:
        """Parent → children, every parent after its own children, `INDEX` last."""
        alle: dict[str, list[str]] = {}
        for blatt in self.richtungen:
            name = blatt
            while name != INDEX:
                oben = self.eltern.get(name, INDEX)
                if name not in alle.setdefault(oben, []):
                    alle[oben].append(name)
                name = oben
        return {name: tuple(alle[name]) for name in sorted(alle, key=self._tiefe, reverse=True)}

    def _tiefe(self, name: str) -> int:
        return 0 if name == INDEX else 1 + self._tiefe(self.eltern.get(name, INDEX))

    def wirksame_gewichte(self) -> dict[str, float]:
        """Share of each indicator in the whole, as its weight and those of its Teilindizes make it; the sum is 1.

        Holds for weighted means only.
        """
        kinder = self.kinder()
        anteile = {INDEX: 1.0}
        for oben in reversed(kinder):
            summe = sum(self.gewichte.get(name, 1.0) for name in kinder[oben])
            for name in kinder[oben]:
                anteile[name] = anteile[oben] * self.gewichte.get(name, 1.0) / summe
        return {name: anteile[name] for name in self.richtungen}


@attrs.frozen
class Verfahren:
    """The methods, one per step; `hoechstens` limits the capping (None: a tenth of the areas)."""

    fehlwerte: Fehlwerte = Fehlwerte.AUSLASSEN
    ausreisser: Ausreisser = Ausreisser.KEINE
    normierung: Normierung = Normierung.Z_GRUNDGESAMTHEIT
    aggregation: Aggregation = Aggregation.ARITHMETISCH
    klassen: Klassen = Klassen.DRITTEL
    hoechstens: int | None = None


@attrs.frozen
class Lage:
    """The figures: per indicator one value per area, None where it is missing.

    Attributes:
        werte: indicator → values.
        zugelassen: which areas may belong to the base set; (): all.
        gruppen: Ortsteil of each area, for `GRUPPENMITTEL`.
        bezug: indicator → reference value, for `ABSTAND`.
        fest: `zugelassen` is a base set that was found already: half of the figures need not be there once more.
    """

    werte: Mapping[str, Spalte]
    zugelassen: tuple[bool, ...] = ()
    gruppen: tuple[str, ...] = ()
    bezug: Mapping[str, float | None] = attrs.field(factory=dict)
    fest: bool = False


@attrs.frozen
class Indexstufen:
    """Every stage of an index; all columns have one place per area, None outside the base set.

    `ergaenzt`, `behandelt`, `normiert` go by indicator; `teile` by Teilindex; `raenge` 1 = highest burden; `klassen` 1 =
    lowest burden; `eingesetzt` names (indicator, place) of values put in; `behandlungen` what was done to extreme values.
    """

    basis: tuple[bool, ...]
    ergaenzt: dict[str, Spalte]
    behandelt: dict[str, Spalte]
    normiert: dict[str, Spalte]
    teile: dict[str, Spalte]
    index: Spalte
    raenge: tuple[int | None, ...]
    klassen: tuple[int | None, ...]
    eingesetzt: frozenset[tuple[str, int]]
    behandlungen: dict[str, Behandlung]


def compute_sozialindex(lage: Lage, plan: Indexplan, verfahren: Verfahren) -> Indexstufen:
    """Compute all stages.

    Raises:
        DatenFehler: INDEX-LEER no indicator, INDEX-WENIG too few areas, INDEX-OHNE-WERT an indicator without any value,
            INDEX-GEOMETRISCH and INDEX-BEZUG as in `normieren`.
    """
    namen = tuple(plan.richtungen)
    if not namen:
        raise DatenFehler("Der Index hat keinen Indikator.", "Bitte mindestens einen Indikator wählen.", "INDEX-LEER")
    _require_werte({name: lage.werte[name] for name in namen})
    basis = find_basis(lage, namen, verfahren.fehlwerte)
    if sum(basis) < MINDESTGEBIETE:
        wie_viele = {0: "Kein Gebiet hat", 1: "Nur ein Gebiet hat"}.get(sum(basis), f"Nur {sum(basis)} Gebiete haben")
        raise DatenFehler(
            f"{wie_viele} genug Werte für den Index; nötig sind {MINDESTGEBIETE}.",
            "Bitte Indikatoren wählen, für die mehr Gebiete eine Zahl haben, oder fehlende Werte anders behandeln.",
            "INDEX-WENIG",
        )
    ergaenzt = {name: _fill(lage, name, basis, verfahren.fehlwerte) for name in namen}
    _require_werte(ergaenzt)
    eingesetzt = frozenset(
        (name, i) for name in namen for i, wert in enumerate(ergaenzt[name]) if wert is not None and lage.werte[name][i] is None
    )  # fmt: skip
    behandelt, behandlungen = dict(ergaenzt), dict[str, Behandlung]()
    if verfahren.ausreisser is Ausreisser.KAPPEN:
        for name in namen:
            behandlungen[name] = treat_ausreisser(_dicht(ergaenzt[name]), verfahren.hoechstens)
            behandelt[name] = _zurueck(behandlungen[name].werte, ergaenzt[name])
    normiert = {
        name: _zurueck(
            normalise(_dicht(behandelt[name]), verfahren.normierung, plan.richtungen[name], lage.bezug.get(name)),
            behandelt[name],
        )
        for name in namen
    }
    teile = _climb(plan, normiert, verfahren.aggregation)
    index = teile.pop(INDEX)
    raenge, klassen = rank_and_class(index, verfahren.klassen)
    return Indexstufen(basis, ergaenzt, behandelt, normiert, teile, index, raenge, klassen, eingesetzt, behandlungen)


def _require_werte(spalten: Mapping[str, Spalte]) -> None:
    """Refuse indicators without a value in any area: they would drop out of the index without a word."""
    ohne = [name for name, spalte in spalten.items() if all(wert is None for wert in spalte)]
    if ohne:
        raise DatenFehler(
            f"In keinem Gebiet gibt es eine Zahl, mit der sich rechnen lässt, für: {', '.join(ohne)}.",
            "Bitte ein Jahr wählen, für das es Zahlen gibt, oder den Index ohne das rechnen, was fehlt.",
            "INDEX-OHNE-WERT",
        )


def find_basis(lage: Lage, namen: Sequence[str], fehlwerte: Fehlwerte) -> tuple[bool, ...]:
    """Say which areas belong to the base set: admitted, and complete or (with another rule) at least half complete."""
    anzahl = len(lage.werte[namen[0]])
    zugelassen = lage.zugelassen or (True,) * anzahl
    anteilig = 1.0 if lage.fest else len(namen) * MINDESTANTEIL
    noetig = len(namen) if fehlwerte is Fehlwerte.AUSLASSEN else anteilig
    return tuple(
        darf and sum(lage.werte[name][i] is not None for name in namen) >= noetig for i, darf in enumerate(zugelassen)
    )


def _fill(lage: Lage, name: str, basis: Sequence[bool], fehlwerte: Fehlwerte) -> Spalte:
    """Empty what lies outside the base set and fill gaps inside it, as the rule says."""
    roh = [wert if drin else None for wert, drin in zip(lage.werte[name], basis, strict=True)]
    if fehlwerte not in (Fehlwerte.MITTEL, Fehlwerte.GRUPPENMITTEL):
        return tuple(roh)
    gruppen = lage.gruppen if fehlwerte is Fehlwerte.GRUPPENMITTEL and lage.gruppen else ("",) * len(roh)
    alle = [wert for wert in roh if wert is not None]
    je_gruppe: dict[str, list[float]] = {}
    for gruppe, wert in zip(gruppen, roh, strict=True):
        if wert is not None:
            je_gruppe.setdefault(gruppe, []).append(wert)
    return tuple(
        mittel(je_gruppe.get(gruppe, alle)) if wert is None and drin and alle else wert
        for gruppe, wert, drin in zip(gruppen, roh, basis, strict=True)
    )


def _dicht(spalte: Spalte) -> list[float]:
    return [wert for wert in spalte if wert is not None]


def _zurueck(werte: Sequence[float], muster: Spalte) -> Spalte:
    """Put values back to the places where `muster` has one."""
    naechster = iter(werte)
    return tuple(None if wert is None else next(naechster) for wert in muster)


def _climb(plan: Indexplan, normiert: Mapping[str, Spalte], art: Aggregation) -> dict[str, Spalte]:
    """Aggregate from the leaves to `INDEX`; returns every level above the indicators."""
    spalten: dict[str, Spalte] = dict(normiert)
    oben: dict[str, Spalte] = {}
    for name, kinder in plan.kinder().items():
        gewichte = [plan.gewichte.get(kind, 1.0) for kind in kinder]
        zeilen = zip(*(spalten[kind] for kind in kinder), strict=True)
        spalten[name] = oben[name] = tuple(aggregate(zeile, gewichte, art) for zeile in zeilen)
    return oben


def rank_and_class(index: Spalte, klassen: Klassen) -> tuple[tuple[int | None, ...], tuple[int | None, ...]]:
    """Rank (1 = highest) and class (1 = lowest) from the unrounded index; None where there is none.

    Classes by position divide the areas as evenly as possible, equal values never apart. The classes of the Berlin
    Monitoring: x ≤ … of the standardised index: below −1, up to 1, up to 1.5, above (fach/regeln.md section 3).
    """
    werte = _dicht(index)
    if not werte:
        return index_leer(index), index_leer(index)
    if klassen is Klassen.MSS:
        mitte, streuung = mittel(werte), standardabweichung(werte)
        z = [(x - mitte) / streuung if streuung else 0.0 for x in werte]
        stufen = [1 if x < -1 else 2 if x <= 1 else 3 if x <= 1.5 else 4 for x in z]
    else:
        stufen = [1 + unter * klassen.anzahl // len(werte) for unter in zaehle_kleinere(werte)]
    raenge, klasse = iter(raenge_von_oben(werte)), iter(stufen)
    return (
        tuple(None if x is None else next(raenge) for x in index),
        tuple(None if x is None else next(klasse) for x in index),
    )


def index_leer(index: Spalte) -> tuple[None, ...]:
    """As many None as there are areas."""
    return (None,) * len(index)


@attrs.frozen
class Zusammenhang:
    """Correlation of two columns over the areas that have both; Pearson, Spearman, number of areas."""

    einer: str
    anderer: str
    pearson: float | None
    spearman: float | None
    anzahl: int


def compute_zusammenhaenge(stufen: Indexstufen) -> tuple[Zusammenhang, ...]:
    """Correlate each pair of indicators, and each indicator with the index, after their directions were applied."""
    spalten = {**stufen.normiert, INDEX: stufen.index}
    namen = tuple(spalten)
    return tuple(
        _correlate(einer, anderer, spalten[einer], spalten[anderer])
        for nummer, einer in enumerate(namen)
        for anderer in namen[nummer + 1 :]
    )


def _correlate(einer: str, anderer: str, x: Spalte, y: Spalte) -> Zusammenhang:
    paare = [(a, b) for a, b in zip(x, y, strict=True) if a is not None and b is not None]
    links, rechts = [a for a, _ in paare], [b for _, b in paare]
    return Zusammenhang(einer, anderer, korrelation(links, rechts), rangkorrelation(links, rechts), len(paare))
