"""What is said of a Word document that was just written."""

from __future__ import annotations

from sozialtool import ablauf
from sozialtool.ablauf.drucksachenwort import Geschrieben
from sozialtool.orte import zeige


def describe_geschrieben(geschrieben: ablauf.Schriftstueck | Geschrieben) -> list[str]:
    """Say where it lies, where edits made in Word were kept, and what the planner should know; each a paragraph."""
    teile = [zeige(geschrieben.pfad)]
    if geschrieben.aufgehoben is not None:
        teile.append(f"Was in Word daran geändert war, liegt jetzt in {geschrieben.aufgehoben.name}.")
    return [*teile, *(f"! {hinweis}" for hinweis in geschrieben.hinweise)]
