"""The reading child process with an engine: `python -m sozialtool.ablauf.registerkind`.

It does what `einlesen.kindprozess` does, under the same limits; only the people of a huge text file are counted by Polars,
which is loaded while the parent still writes the job.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from sozialtool.einlesen import kindprozess

if TYPE_CHECKING:
    from sozialtool.einlesen.register.zaehlen import Zaehlung


def load() -> type[Zaehlung]:
    """Load the engine and what counts a huge text file.

    Polars writes nothing to disk unless a memory budget is set (POLARS_OOC_…, pola-rs/polars pull request 27998): with
    people in memory none may be, whoever set it.
    """
    for name in [name for name in os.environ if name.startswith("POLARS_OOC")]:
        del os.environ[name]
    from sozialtool.ablauf.grosszaehlung import Grosszaehlung

    return Grosszaehlung


def begin(plan: dict[str, Any]) -> Zaehlung:
    """Make what counts a huge text file."""
    return load()(plan)


if __name__ == "__main__":
    load()
    kindprozess.leave(kindprozess.main(begin))
