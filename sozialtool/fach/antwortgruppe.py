"""Groups of people who answered a survey: what means everybody, and the name of a group without stray blanks."""

from __future__ import annotations

from sozialtool.fach.schreibweise import norm_wort

ALLE = "alle"
_ALLE_WORTE = frozenset(
    {
        "alle",
        "gesamt",
        "insgesamt",
        "zusammen",
        "summe",
        "alle befragten",
        "alle antwortenden",
        "alle personen",
        "befragte insgesamt",
    }
)
"""What people write for everybody who answered (compared without case and blanks)."""
ANTWORTENDE = "Antwortende"
"""In place of an answer: how many people answered a question that allowed several answers."""
Ort = tuple[str, str]
"""Area and group."""


def name_gruppe(text: str) -> str:
    """Return the name of a group without stray blanks; "alle" for whatever means everybody ("Alle", "Gesamt", "insgesamt")."""
    return ALLE if norm_wort(text) in _ALLE_WORTE else " ".join(text.split())


def is_antwortende(antwort: str) -> bool:
    """Whether a row of a tally says how many people answered the question at all, and no answer."""
    return norm_wort(antwort) == norm_wort(ANTWORTENDE)
