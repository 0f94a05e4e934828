"""Where a break in definition stands, and which changes it forbids."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from sozialtool.fach.indikator import Bruch
from sozialtool.rechnen.jahreswerte import Rechenspalte, Rechnung
from sozialtool.rechnen.raster import SPANNEN


def build_brueche(rechnungen: Iterable[Rechnung], brueche: Iterable[Bruch]) -> pl.DataFrame:
    """One row per indicator and year that a Bruch touches.

    Columns: `reihe` (position of the indicator), jahr, `bruch` (reason, in the year from which on values differ),
    `bruch_quer` (the formula itself compares or sums across the Bruch), `quer_vorjahr`, `quer_fuenfjahr` (a change up to
    this year would cross it).
    """
    liste = tuple(brueche)
    betroffen = {bruch.merkmal for bruch in liste}
    zeilen: list[tuple[int, int, str | None, bool, bool, bool]] = []
    for reihe, rechnung in enumerate(rechnungen):
        spalten = [spalte for spalte in rechnung.spalten if spalte.merkmal in betroffen]
        if not spalten:
            continue
        gruende, intern = _find_jahre(spalten, liste)
        quer = {name: {jahr + k for jahr in gruende for k in range(spanne)} for name, spanne in SPANNEN.items()}
        for jahr in sorted(set(gruende) | set(intern) | quer["vorjahr"] | quer["fuenfjahr"]):
            texte = gruende.get(jahr) or intern.get(jahr)
            zeilen.append(
                (reihe, jahr, "; ".join(texte) if texte else None, jahr in intern,
                 jahr in quer["vorjahr"], jahr in quer["fuenfjahr"])
            )  # fmt: skip
    schema = {
        "reihe": pl.Int64, "jahr": pl.Int64, "bruch": pl.String,
        "bruch_quer": pl.Boolean, "quer_vorjahr": pl.Boolean, "quer_fuenfjahr": pl.Boolean,
    }  # fmt: skip
    return pl.DataFrame(zeilen, schema=schema, orient="row")


def _find_jahre(
    rechenspalten: list[Rechenspalte], brueche: tuple[Bruch, ...]
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Years in which the definition of the figure changes, and years whose formula spans a Bruch; each with reasons.

    A lagged Merkmal changes `vor` years later; a pool of n years changes in each of the n years in which the Bruch lies
    inside its window. A formula that names a Merkmal now and `vor` years earlier compares across the Bruch in between.
    """
    gruende: dict[int, list[str]] = {}
    intern: dict[int, list[str]] = {}
    for bruch in brueche:
        spalten = [spalte for spalte in rechenspalten if spalte.merkmal == bruch.merkmal]
        if not spalten:
            continue
        for spalte in spalten:
            for versatz in range(spalte.jahre):
                _note(gruende, bruch.ab_jahr + spalte.vor + versatz, bruch.grund)
        abstaende = [spalte.vor for spalte in spalten]
        for jahr in range(bruch.ab_jahr + min(abstaende), bruch.ab_jahr + max(abstaende)):
            _note(intern, jahr, bruch.grund)
    return gruende, intern


def _note(gruende: dict[int, list[str]], jahr: int, grund: str) -> None:
    """Add a reason to a year once."""
    liste = gruende.setdefault(jahr, [])
    if grund not in liste:
        liste.append(grund)
