"""Error cells and hidden rows and columns of a legacy .xls – thin version: nothing yet."""

from __future__ import annotations

from typing import Any


def scan_xls(inhalt: bytes) -> dict[str, dict[str, Any]]:
    """Collect the extras of each sheet, by name."""
    _ = inhalt
    return {}
