"""These tests are about the program as it runs on Windows, the reading process included."""

from __future__ import annotations

from pathlib import Path

import pytest

HIER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of them; the hook sees those of the other rooms, too."""
    for item in items:
        if HIER in item.path.parents:
            item.add_marker(pytest.mark.kindprozess)
