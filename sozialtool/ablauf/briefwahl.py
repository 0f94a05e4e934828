"""Which letterhead a document is written on: the one that is named, the one beside the project, or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.briefbogen import Briefbogen


def has_briefbogen(projekt: Projekt) -> bool:
    """Whether a letterhead lies beside the project."""
    from sozialtool.ausgabe.briefbogen import DATEI

    return (projekt.pfad.parent / DATEI).is_file()


def find_briefbogen(projekt: Projekt, pfad: Path | None, *, ohne: bool = False) -> Briefbogen | None:
    """Read the letterhead that is named, else the one beside the project; None where there is none or none is wanted (`ohne`).

    Raises:
        DateiFehler: as in `read_briefbogen`.
    """
    from sozialtool.ausgabe.briefbogen import DATEI, read_briefbogen

    if ohne or (pfad is None and not has_briefbogen(projekt)):
        return None
    return read_briefbogen(pfad or projekt.pfad.parent / DATEI)


def say_briefbogen(projekt: Projekt, pfad: Path | None = None) -> tuple[str, ...]:
    """Say what is to be known of the letterhead that a document is written on; arguments and errors as in `find_briefbogen`."""
    bogen = find_briefbogen(projekt, pfad)
    return bogen.hinweise if bogen else ()
