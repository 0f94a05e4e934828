"""Many comparisons at once: how many stand out by chance alone, and which stay."""

from __future__ import annotations

from collections.abc import Sequence


def adjust_holm(p_werte: Sequence[float | None]) -> list[float | None]:
    """Adjusted p values after Holm S (1979), A simple sequentially rejective multiple test procedure, Scand J Statist 6: 65–70.

    Those below 5 % are, with 95 % confidence, all of them more than chance. None stays None and does not count.
    """
    geordnet = sorted((p, nummer) for nummer, p in enumerate(p_werte) if p is not None)
    ergebnis: list[float | None] = [None] * len(p_werte)
    bisher = 0.0
    for rang, (p, nummer) in enumerate(geordnet):
        bisher = max(bisher, min(1.0, p * (len(geordnet) - rang)))
        ergebnis[nummer] = bisher
    return ergebnis


def count_zufaellige(anzahl: int, sicherheit: float = 0.95) -> float:
    """How many of so many comparisons stand out on average when nothing differs at all."""
    return anzahl * (1 - sicherheit)
