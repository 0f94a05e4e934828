"""What Lindenrath has, hears, needs and plans, and its Drucksache: lists of beispieldaten/planung/ and drucksache/, written by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import attrs

from sozialtool.ablauf.beispielstadt import read_csv
from sozialtool.ablauf.leistungen import collect_leistungen
from sozialtool.ablauf.zielbild import fill_startwerte
from sozialtool.fach.bedarf import Bedarf, Stimme
from sozialtool.fach.drucksache import Anlage, Beratungsschritt, Drucksache, Textbaustein
from sozialtool.fach.foerderung import Foerderaufruf
from sozialtool.fach.planung import (
    Befragung,
    Befragungsfrage,
    Befragungszahl,
    Einrichtung,
    Massnahme,
    Massnahmenkosten,
    Massnahmenleistung,
)
from sozialtool.fach.ziel import Entwicklungsziel, Leitziel
from sozialtool.projekt import Projekt

_LISTEN: tuple[tuple[str, type], ...] = (
    ("einrichtungen", Einrichtung), ("befragungen", Befragung), ("befragungsfragen", Befragungsfrage),
    ("befragungszahlen", Befragungszahl), ("stimmen", Stimme), ("bedarfe", Bedarf), ("leitziele", Leitziel),
    ("entwicklungsziele", Entwicklungsziel), ("massnahmen", Massnahme), ("massnahmenkosten", Massnahmenkosten), ("massnahmenleistungen", Massnahmenleistung),
    ("foerderaufrufe", Foerderaufruf),
)  # fmt: skip


def fill_planung(projekt: Projekt, quelle: Path) -> None:
    """Enter all lists in one change, then freeze the starts of the goals."""
    with projekt.change("Bestand und Planung eingetragen", "beispieldaten") as schreiber:
        for name, klasse in _LISTEN:
            schreiber.put(*read_csv(quelle / "planung" / f"{name}.csv", klasse))
        schreiber.put(*_place(quelle))
    with projekt.change("Drucksache zum Monitoring eingetragen", "beispieldaten") as schreiber:
        for klasse in (Drucksache, Beratungsschritt, Textbaustein, Anlage):
            schreiber.put(*read_csv(quelle / "drucksache" / f"{klasse.__name__.lower()}.csv", klasse))
        schreiber.put(*collect_leistungen(read_csv(quelle / "planung" / "massnahmen.csv", Massnahme)))
    fill_startwerte(projekt)


def _place(quelle: Path) -> Iterator[Einrichtung]:
    """Facilities whose position is known, with it; positions are written beside the outlines they were worked out of."""
    with (quelle / "karte" / "lagen.csv").open(encoding="utf-8", newline="") as datei:
        lagen = {
            z["schluessel"]: (float(z["breite"]), float(z["laenge"])) for z in csv.DictReader(datei, delimiter=";")
        }
    for ort in read_csv(quelle / "planung" / "einrichtungen.csv", Einrichtung):
        if isinstance(ort, Einrichtung) and ort.schluessel in lagen:
            breite, laenge = lagen[ort.schluessel]
            yield attrs.evolve(ort, breite=breite, laenge=laenge)
