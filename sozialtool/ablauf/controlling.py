"""Measures: service, money, effect and what those say who are there, each with its light and the rule behind it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from sozialtool.ablauf.leistungen import list_leistungen
from sozialtool.ablauf.plangrundlage import Plangrundlage
from sozialtool.ablauf.schwellen import find_schwelle
from sozialtool.ablauf.zielbild import Zielbild, build_zielbilder
from sozialtool.fach.planung import Massnahme, Massnahmenkosten, Massnahmenleistung, Urteil
from sozialtool.fach.ziel import Ampel
from sozialtool.projekt import Projekt
from sozialtool.rechnen.zielabgleich import judge_geld, judge_leistung


@attrs.frozen
class Geld:
    """Plan and spending of the years whose spending is known, and the plan of all years."""

    plan: float
    ausgegeben: float
    gesamt: float
    eigen: float
    dritt: float
    jahre: tuple[int, ...]

    @property
    def offen(self) -> float:
        """What nobody has said yet where it comes from; negative where more was entered than it costs."""
        return round(self.gesamt - self.eigen - self.dritt, 2)


@attrs.frozen
class Massnahmenbild:
    """A measure with its lights; `ziel` is the goal that it serves, `leistungen` what it achieved year by year."""

    massnahme: Massnahme
    kosten: tuple[Massnahmenkosten, ...]
    geld: Geld
    leistung: Ampel
    ausgaben: Ampel
    ziel: Zielbild | None
    leistungen: tuple[Massnahmenleistung, ...] = ()

    @property
    def wirkung(self) -> Ampel:
        """The light of the goal: whether it has to do with the measure nobody can compute."""
        return self.ziel.stand.ampel if self.ziel else Ampel.OFFEN


URTEIL_ZEICHEN = {Urteil.GUT: "√", Urteil.GEMISCHT: "○", Urteil.KRITISCH: "!", Urteil.OFFEN: "–"}
"""Sign of what people say; the word always stands beside it somewhere."""


def build_massnahmenbilder(projekt: Projekt, grundlage: Plangrundlage) -> tuple[Massnahmenbild, ...]:
    """Judge every measure."""
    ziele = {b.ziel.schluessel: b for b in build_zielbilder(projekt, grundlage)}
    kosten, leistungen = projekt.read(Massnahmenkosten), list_leistungen(projekt)
    gruen, gelb, spanne = (find_schwelle(projekt, f"ampel_{name}").wert / 100 for name in ("gruen", "gelb", "geld"))
    bilder = []
    for m in projekt.read(Massnahme):
        eigene = tuple(k for k in kosten if k.massnahme == m.schluessel)
        geld = sum_geld(eigene)
        bilder.append(Massnahmenbild(
            m, eigene, geld, judge_leistung(m.leistung_ist, m.leistung_ziel, gruen, gelb),
            judge_geld(geld.ausgegeben, geld.plan, spanne), ziele.get(m.ziel), leistungen.get(m.schluessel, ()),
        ))  # fmt: skip
    return tuple(bilder)


def sum_geld(kosten: Sequence[Massnahmenkosten]) -> Geld:
    """Add up plan and spending over the years whose spending is known."""
    fertig = [k for k in kosten if k.ausgegeben is not None]
    return Geld(
        sum(k.kosten for k in fertig), sum(k.ausgegeben or 0.0 for k in fertig), sum(k.kosten for k in kosten),
        sum(k.eigenmittel or 0.0 for k in kosten), sum(k.drittmittel or 0.0 for k in kosten), tuple(k.jahr for k in fertig),
    )  # fmt: skip


def describe_regeln(projekt: Projekt) -> tuple[str, ...]:
    """Say the rules of the lights in words, with the numbers in force."""
    schwellen = [find_schwelle(projekt, f"ampel_{name}") for name in ("gruen", "gelb", "geld")]
    saetze = [f"{s.name} ({s.wert:g} {s.einheit}, {s.zustand.value}): {s.regel}" for s in schwellen]
    return (*saetze, "Ob sich der Indikator wegen der Maßnahme bewegt, sagt keine dieser Zahlen.")
