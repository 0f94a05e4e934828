"""A Word document that was just written to be written on in Word: what is said of it, and what becomes of the one before it."""

from __future__ import annotations

from pathlib import Path

import attrs

from sozialtool.orte import find_frei, zeige


@attrs.frozen
class Schriftstueck:
    """A written paper, invitation or minutes: its file, what the planner should know, where what she wrote in Word was kept.

    Of a council paper also what is missing (with it the paper must not go out), and the released figures in it: indicator, year, area.
    """

    pfad: Path
    hinweise: tuple[str, ...]
    aufgehoben: Path | None = None
    offen: tuple[str, ...] = ()
    kennzahlen: frozenset[tuple[str, int, str]] = frozenset()

    def describe(self) -> list[str]:
        """Say where it lies, where edits made in Word were kept, and what the planner should know; each a paragraph."""
        kopie = [f"Was in Word daran geändert war, liegt jetzt in {self.aufgehoben.name}."] if self.aufgehoben else []
        return [zeige(self.pfad), *kopie, *(f"! {hinweis}" for hinweis in self.hinweise)]


def keep_bearbeitet(pfad: Path) -> Path | None:
    """Copy a document that somebody has saved in Word since aside; None where it is as it was written."""
    from sozialtool.ausgabe.datei import write_ganz
    from sozialtool.ausgabe.word import is_bearbeitet

    if not pfad.is_file() or not is_bearbeitet(pfad):
        return None
    ziel = find_frei(pfad.with_name(f"{pfad.stem}_bearbeitet.docx"), gezaehlt=True)
    with write_ganz(ziel) as vorlaeufig:
        vorlaeufig.write_bytes(pfad.read_bytes())
    return ziel
