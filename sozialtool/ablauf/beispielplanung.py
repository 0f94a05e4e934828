"""What Lindenrath has, hears, needs and plans: the lists of beispieldaten/planung/, written by hand."""

from __future__ import annotations

from pathlib import Path

from sozialtool.ablauf.beispielstadt import read_csv
from sozialtool.fach.planung import Einrichtung
from sozialtool.projekt import Projekt

_LISTEN: tuple[tuple[str, type], ...] = (("einrichtungen", Einrichtung),)


def fill_planung(projekt: Projekt, quelle: Path) -> None:
    """Enter all lists in one change."""
    with projekt.change("Bestand und Planung eingetragen", "beispieldaten") as schreiber:
        for name, klasse in _LISTEN:
            schreiber.put(*read_csv(quelle / "planung" / f"{name}.csv", klasse))
