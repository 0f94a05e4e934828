"""Pure Polars functions: Kennzahlen, intervals, comparison, index.

The doors are loaded when they are first used, so that this package costs nothing at start.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sozialtool.rechnen.differenzen import find_differenzen
    from sozialtool.rechnen.gebiete import aggregate_gebiete
    from sozialtool.rechnen.index import compute_mss_dynamik, compute_mss_index, compute_mss_status
    from sozialtool.rechnen.jahreswerte import find_bedarf
    from sozialtool.rechnen.kennzahlen import compute_kennzahlen
    from sozialtool.rechnen.pruefung import check_zaehler_nenner
    from sozialtool.rechnen.rahmen import build_gebiete, build_messwerte, build_umsteiger
    from sozialtool.rechnen.umsteigen import convert_messwerte
    from sozialtool.rechnen.umsteigeschluessel import build_from_gewichte, build_from_zaehlung
    from sozialtool.rechnen.varianten import (
        compute_streuung,
        count_kleine,
        describe_verteilung,
        find_seitenwechsel,
        find_zerschnitten,
    )

__all__ = [
    "aggregate_gebiete",
    "build_from_gewichte",
    "build_from_zaehlung",
    "build_gebiete",
    "build_messwerte",
    "build_umsteiger",
    "check_zaehler_nenner",
    "compute_kennzahlen",
    "compute_mss_dynamik",
    "compute_mss_index",
    "compute_mss_status",
    "compute_streuung",
    "convert_messwerte",
    "count_kleine",
    "describe_verteilung",
    "find_bedarf",
    "find_differenzen",
    "find_seitenwechsel",
    "find_zerschnitten",
]

_ORTE = {
    "aggregate_gebiete": "gebiete",
    "build_from_gewichte": "umsteigeschluessel",
    "build_from_zaehlung": "umsteigeschluessel",
    "build_gebiete": "rahmen",
    "build_messwerte": "rahmen",
    "build_umsteiger": "rahmen",
    "check_zaehler_nenner": "pruefung",
    "compute_kennzahlen": "kennzahlen",
    "compute_mss_dynamik": "index",
    "compute_mss_index": "index",
    "compute_mss_status": "index",
    "compute_streuung": "varianten",
    "convert_messwerte": "umsteigen",
    "count_kleine": "varianten",
    "describe_verteilung": "varianten",
    "find_bedarf": "jahreswerte",
    "find_differenzen": "differenzen",
    "find_seitenwechsel": "varianten",
    "find_zerschnitten": "varianten",
}


def __getattr__(name: str) -> Any:
    """Load the module of a door (PEP 562)."""
    if name not in _ORTE:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"{__name__}.{_ORTE[name]}"), name)
