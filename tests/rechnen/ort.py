"""A small town for the tests of this room, and short ways to make frames."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import polars as pl

from sozialtool import rechnen
from sozialtool.fach.indikator import Bruch, Indikator, Intervallart
from sozialtool.fach.messwert import Merkmal, Merkmalart
from sozialtool.fach.rahmen import MESSWERTE
from sozialtool.fach.raum import Gebiet, Umsteiger

GEBIETE = (
    Gebiet("05170044", "Stadt", "stadt"),
    Gebiet("O1", "Nord", "ortsteil", "05170044", reihenfolge=1),
    Gebiet("O2", "Süd", "ortsteil", "05170044", reihenfolge=2),
    *(Gebiet(f"R{i}", f"Raum {i}", "sozialraum", f"O{(i + 1) // 2}", reihenfolge=i) for i in range(1, 5)),
    Gebiet("nz", "nicht zuzuordnen", "sozialraum", "05170044", reihenfolge=99),
    *(Gebiet(f"B{i}", f"Bezirk {i}", "stimmbezirk", f"R{i}") for i in range(1, 5)),
    Gebiet("B5", "Bezirk 5", "stimmbezirk", ""),
)
STADT = "05170044"
MERKMALE = (
    Merkmal("ew", "Einwohner"),
    Merkmal("kinder", "Kinder", teil_von="ew"),
    Merkmal("arm", "Arme"),
    Merkmal("alter", "Durchschnittsalter", Merkmalart.DURCHSCHNITT),
    Merkmal("stufe", "Stufe", Merkmalart.STUFE),
    Merkmal("summe", "Summe der Lebensjahre", Merkmalart.SUMME, mindestfallzahl=0),
    Merkmal("quadrate", "Summe ihrer Quadrate", Merkmalart.SUMME, mindestfallzahl=0),
    Merkmal("abweichung", "Standardabweichung", Merkmalart.DURCHSCHNITT, mindestfallzahl=0),
)


def messwerte(zeilen: Iterable[tuple]) -> pl.LazyFrame:
    """Rows (gebiet, merkmal, year or date, wert or name of the Zeichen[, jahre])."""
    spalten: dict[str, list] = {name: [] for name in MESSWERTE.schema}
    for gebiet, merkmal, stand, wert, *rest in zeilen:
        spalten["gebiet"].append(gebiet)
        spalten["merkmal"].append(merkmal)
        spalten["stand"].append(dt.date(stand, 12, 31) if isinstance(stand, int) else stand)
        spalten["jahre"].append(rest[0] if rest else 0)
        spalten["wert"].append({"NICHTS": 0.0}.get(wert) if isinstance(wert, str) else float(wert))
        spalten["zeichen"].append(wert if isinstance(wert, str) else None)
        spalten["vermerk"].append(rest[1] if len(rest) > 1 else "")
        spalten["quelle"].append(rest[2] if len(rest) > 2 else "q")
    return rechnen.build_messwerte(spalten)


def verdichte(
    zeilen: Iterable[tuple], umsteiger: Iterable[Umsteiger] = (), gebiete: Iterable[Gebiet] = GEBIETE
) -> pl.LazyFrame:
    """Aggregate rows over the small town."""
    return rechnen.aggregate_gebiete(
        messwerte(zeilen), rechnen.build_gebiete(gebiete), rechnen.build_umsteiger(umsteiger), MERKMALE
    )


def indikator(**angaben) -> Indikator:
    """A share of poor people unless said otherwise."""
    voll = {
        "kennung": "A", "name": "Armutsquote", "handlungsfeld": "x", "zaehler": "arm", "nenner": "ew",
        "intervall": Intervallart.WILSON,
    } | angaben  # fmt: skip
    return Indikator(**voll)


def rechne(
    zeilen: Iterable[tuple],
    *indikatoren: Indikator,
    brueche: Iterable[Bruch] = (),
    gebiete: Iterable[Gebiet] = GEBIETE,
    umsteiger: Iterable[Umsteiger] = (),
) -> dict[tuple[str, int, str], dict]:
    """Whole way: rows to Kennzahlen, by (indikator, jahr, gebiet)."""
    frame = rechnen.compute_kennzahlen(
        verdichte(zeilen, umsteiger, gebiete), rechnen.build_gebiete(gebiete), indikatoren or (indikator(),), MERKMALE,
        brueche,
    ).collect()  # fmt: skip
    return {(zeile["indikator"], zeile["jahr"], zeile["gebiet"]): zeile for zeile in frame.iter_rows(named=True)}
