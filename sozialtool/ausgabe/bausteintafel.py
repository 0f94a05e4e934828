"""The council's table of the six Bausteine in three columns (fach/regeln.md section 6: council paper of Voerde, 15.08.2024)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sozialtool.ausgabe.textblatt import Feldtext, Textblatt
from sozialtool.fach.prozess import Baustein, Fortschritt, Inhalt, Umsetzungsstand, natural_key, sort_staende

ANTEILE = (230, 300, 340)
"""Widths of the three columns, one to the other."""


def build_reihen(
    bausteine: Iterable[Baustein], inhalte: Sequence[Inhalt], staende: Sequence[Umsetzungsstand], stand: dt.date
) -> list[tuple[Feldtext, Feldtext, Feldtext]]:
    """Lay out one row for each Baustein; a sentence that is older than the paper has its day behind it."""
    reihen: list[tuple[Feldtext, Feldtext, Feldtext]] = []
    for baustein in sorted(bausteine, key=lambda b: b.nummer):
        eigene = sorted(
            (i for i in inhalte if i.baustein == baustein.nummer and i.holds_on(stand)),
            key=lambda i: (i.reihenfolge, natural_key(i.schluessel)),
        )
        saetze = sort_staende(s for s in staende if s.baustein == baustein.nummer and s.holds_on(stand))
        reihen.append((
            f"{baustein.nummer}. {baustein.name}{_say_fortschritt(baustein)}",
            tuple(inhalt.text for inhalt in eigene),
            tuple(s.text if s.datum == stand else f"{s.text} ({s.datum:%d.%m.%Y})" for s in saetze),
        ))  # fmt: skip
    return reihen


def _say_fortschritt(baustein: Baustein) -> str:
    """How far it is, where that says something: the council's form has no such line, and a column of "(offen)" tells nobody anything."""
    return "" if baustein.fortschritt is Fortschritt.OFFEN else f"\n({baustein.fortschritt.value})"


def build_tafel(
    bausteine: Sequence[Baustein], inhalte: Sequence[Inhalt], staende: Sequence[Umsetzungsstand], stadt: str, stand: dt.date
) -> Textblatt:  # fmt: skip
    """Describe the table of a day."""
    titel = f"Bausteine der Sozialplanung in {stadt}, Stand {stand:%d.%m.%Y}"
    koepfe = ("Baustein", "Inhalte", f"Umsetzungsstand/Planung in {stadt}")
    reihen = build_reihen(bausteine, inhalte, staende, stand)
    return Textblatt("Bausteine", titel, (), tuple(zip(koepfe, ANTEILE, strict=True)), tuple(reihen))
