"""How much of a rank is a matter of method: the index computed again and again, each time with one choice made otherwise.

Source: OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 7 (robustness and sensitivity); Saisana, Saltelli,
Tarantola (2005), JRSS A 168: 307–323. Every run is listed, also those that are not possible, with the reason.
"""

from __future__ import annotations

import enum
import random
from collections.abc import Iterator, Sequence

import attrs

from sozialtool.fach.sozialindex import Aggregation, Ausreisser, Normierung
from sozialtool.fehler import DatenFehler
from sozialtool.rechnen.sozialindex import Indexplan, Indexstufen, Lage, Verfahren, compute_sozialindex


class Laufart(enum.Enum):
    """What a run does otherwise."""

    OHNE = "ein Indikator weggelassen"
    NORMIERUNG = "andere Normierung"
    AGGREGATION = "andere Zusammenfassung"
    AUSREISSER = "Ausreißer anders behandelt"
    GEWICHTE = "andere Gewichte"


@attrs.frozen
class Lauf:
    """One run: kind, what exactly, ranks and classes by place of the area; `grund` says why it was not possible."""

    art: Laufart
    was: str
    raenge: tuple[int | None, ...] = ()
    klassen: tuple[int | None, ...] = ()
    grund: str = ""


@attrs.frozen
class Spanne:
    """What the runs did to one area: best and worst rank, share of runs in the same class, the runs of the ends."""

    von: int
    bis: int
    gleiche_klasse: float
    laeufe: int
    bester_lauf: str
    schlechtester_lauf: str


@attrs.frozen
class Streuplan:
    """How the weights are changed: number of runs, at most by this share (0.25: a quarter up or down), start of the chance."""

    laeufe: int = 200
    streuung: float = 0.25
    startzahl: int = 1


@attrs.frozen
class Robustheit:
    """All runs and, by place of the area, the span; None for an area without index."""

    laeufe: tuple[Lauf, ...]
    spannen: tuple[Spanne | None, ...]

    @property
    def moegliche(self) -> tuple[Lauf, ...]:
        """The runs that gave a result."""
        return tuple(lauf for lauf in self.laeufe if not lauf.grund)

    def share_of(self, platz: int, klasse: int | None, *arten: Laufart) -> float | None:
        """Share of the runs of these kinds that put the area into this class; None without such runs or without class."""
        klassen = [lauf.klassen[platz] for lauf in self.moegliche if lauf.art in arten]
        gezaehlt = [k for k in klassen if k is not None]
        return None if klasse is None or not gezaehlt else sum(k == klasse for k in gezaehlt) / len(gezaehlt)


def compute_robustheit(
    lage: Lage, plan: Indexplan, verfahren: Verfahren, stufen: Indexstufen, streuplan: Streuplan
) -> Robustheit:
    """Run everything otherwise that can be otherwise and put the results together.

    The base set stays that of `stufen`: an area does not come and go between the runs. Only one that keeps no figure at all when
    an indicator is left out has no rank in that run.
    """
    fest = attrs.evolve(lage, zugelassen=stufen.basis, fest=True)
    laeufe = tuple(
        _run(art, was, fest, anderer_plan, anderes)
        for art, was, anderer_plan, anderes in _list_laeufe(plan, verfahren, streuplan)
    )
    spannen = tuple(
        None if klasse is None or rang is None else _span(laeufe, platz, rang, klasse)
        for platz, (rang, klasse) in enumerate(zip(stufen.raenge, stufen.klassen, strict=True))
    )
    return Robustheit(laeufe, spannen)


_Anders = tuple[Laufart, str, Indexplan, Verfahren]


def _list_laeufe(plan: Indexplan, verfahren: Verfahren, streuplan: Streuplan) -> Iterator[_Anders]:
    """Name every run: each indicator left out, every other method, then the changed weights."""
    if len(plan.richtungen) > 1:
        for name in plan.richtungen:
            rest = {n: r for n, r in plan.richtungen.items() if n != name}
            yield Laufart.OHNE, f"ohne {name}", attrs.evolve(plan, richtungen=rest), verfahren
    for normierung in Normierung:
        if normierung is not verfahren.normierung:
            yield Laufart.NORMIERUNG, normierung.value, plan, attrs.evolve(verfahren, normierung=normierung)
    for aggregation in Aggregation:
        if aggregation is not verfahren.aggregation:
            yield _other_aggregation(plan, verfahren, aggregation)
    ausreisser = next(a for a in Ausreisser if a is not verfahren.ausreisser)
    yield Laufart.AUSREISSER, ausreisser.value, plan, attrs.evolve(verfahren, ausreisser=ausreisser)
    namen = sorted({*plan.richtungen, *plan.eltern.values()})
    # A sequence that anybody can compute again; nothing here must stay unguessed.
    zufall = random.Random(streuplan.startzahl)  # noqa: S311  statistics, no secret
    for nummer in range(1, streuplan.laeufe + 1):
        faktoren = {name: 1 + streuplan.streuung * (2 * zufall.random() - 1) for name in namen}
        gewichte = {name: plan.gewichte.get(name, 1.0) * faktor for name, faktor in faktoren.items()}
        yield Laufart.GEWICHTE, f"Gewichte {nummer}", attrs.evolve(plan, gewichte=gewichte), verfahren


def _other_aggregation(plan: Indexplan, verfahren: Verfahren, aggregation: Aggregation) -> _Anders:
    """Build a run with another aggregation; the geometric mean needs a scale above zero and says that it takes it."""
    was, normierung = aggregation.value, verfahren.normierung
    if aggregation is Aggregation.GEOMETRISCH and normierung not in (Normierung.RANG, Normierung.MIN_MAX_1):
        normierung = Normierung.MIN_MAX_1
        was = f"{was}, {normierung.value}"
    return Laufart.AGGREGATION, was, plan, attrs.evolve(verfahren, aggregation=aggregation, normierung=normierung)


def _run(art: Laufart, was: str, lage: Lage, plan: Indexplan, verfahren: Verfahren) -> Lauf:
    try:
        stufen = compute_sozialindex(lage, plan, verfahren)
    except DatenFehler as fehler:
        return Lauf(art, was, grund=fehler.meldung)
    return Lauf(art, was, stufen.raenge, stufen.klassen)


def _span(laeufe: Sequence[Lauf], platz: int, rang: int, klasse: int) -> Spanne:
    """Put the runs together for one area; its own rank belongs to the span."""
    paare = [(lauf.raenge[platz], lauf) for lauf in laeufe if not lauf.grund]
    ergebnisse = [(r, lauf) for r, lauf in paare if r is not None]
    if not ergebnisse:
        return Spanne(rang, rang, 1.0, 0, "", "")
    bester, b_lauf = min(ergebnisse, key=lambda paar: paar[0])
    schlechtester, s_lauf = max(ergebnisse, key=lambda paar: paar[0])
    gleich = sum(lauf.klassen[platz] == klasse for _, lauf in ergebnisse) / len(ergebnisse)
    return Spanne(
        min(bester, rang), max(schlechtester, rang), gleich, len(ergebnisse),
        b_lauf.was if bester < rang else "", s_lauf.was if schlechtester > rang else "",
    )  # fmt: skip
