"""Shipped domain data as TOML: Merkmale, indicators, Bausteine, sign tables.

The loaders of `katalog.laden` stand here too and are fetched at their first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sozialtool.katalog.laden import (
        load_bausteine,
        load_beteiligungsregeln,
        load_brueche,
        load_gremien,
        load_handlungsfelder,
        load_indikatoren,
        load_inhalte,
        load_merkmale,
        load_schwellen,
        load_textbausteine,
        load_versorgungsmasse,
        load_zeichentabellen,
    )

__all__ = [
    "load_bausteine",
    "load_beteiligungsregeln",
    "load_brueche",
    "load_gremien",
    "load_handlungsfelder",
    "load_indikatoren",
    "load_inhalte",
    "load_merkmale",
    "load_schwellen",
    "load_textbausteine",
    "load_versorgungsmasse",
    "load_zeichentabellen",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(importlib.import_module("sozialtool.katalog.laden"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
