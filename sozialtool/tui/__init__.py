"""The terminal UI; the only place that imports textual."""

from __future__ import annotations

from pathlib import Path


def run_tui(pfad: Path | None = None) -> int:
    """Run the terminal UI until the planner leaves it.

    Args:
        pfad: project file (or folder with one) to open; None shows the recent ones.

    Returns:
        0, or 1 after a failure of the program itself (its log file is named on the screen).

    Raises:
        BedienFehler: the console window cannot show it (see `fenster.check_fenster`).
    """
    from sozialtool.tui.fenster import check_fenster

    check_fenster()
    from sozialtool.tui.app import SozialtoolApp

    app = SozialtoolApp(pfad)
    app.run()
    return app.return_code or 0
