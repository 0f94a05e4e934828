"""The clock of the project file: one place, so that tests can set it."""

from __future__ import annotations

import datetime as dt


def read_uhr() -> dt.datetime:
    """Return local time as the wall clock of the office shows it, without microseconds."""
    return dt.datetime.now().replace(microsecond=0)
