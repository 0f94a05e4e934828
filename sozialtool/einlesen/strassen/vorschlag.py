"""Proposals for streets that are spelled in a way the Straßenverzeichnis does not know."""

from __future__ import annotations

from collections.abc import Iterable

from sozialtool.einlesen.aehnlich import GRENZE, Vorschlag
from sozialtool.einlesen.strassen.namen import norm_strasse
from sozialtool.fach.strasse import Strassenabschnitt


def propose_strassen(
    schreibweise: str, abschnitte: Iterable[Strassenabschnitt], hoechstens: int = 3
) -> tuple[Vorschlag, ...]:
    """Propose streets whose name is spelled alike, the most alike first; equal ones in the order of their keys."""
    from rapidfuzz import fuzz, process

    namen = {a.strasse: a.name for a in abschnitte}
    vorrat = {schluessel: norm_strasse(name) for schluessel, name in sorted(namen.items())}
    treffer = process.extract(
        norm_strasse(schreibweise), vorrat, scorer=fuzz.ratio, limit=hoechstens * 3, score_cutoff=GRENZE
    )
    folge = sorted(treffer, key=lambda t: (-t[1], t[2]))[:hoechstens]
    return tuple(Vorschlag(schluessel, namen[schluessel], round(prozent)) for _, prozent, schluessel in folge)
