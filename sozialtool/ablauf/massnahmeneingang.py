"""Measures that a Träger sent back and that lie among the returns: recognised, taken over when nothing is to be asked."""

from __future__ import annotations

from pathlib import Path

from sozialtool.ablauf.listenaustausch import save_liste
from sozialtool.ablauf.ruecklaeufe import Eingang, Eingangsart
from sozialtool.ablauf.traegervorlagen import import_traegervorlage
from sozialtool.fehler import SozialtoolFehler
from sozialtool.projekt import Projekt


def sort_massnahmen(projekt: Projekt, pfad: Path) -> Eingang:
    """Take over what a Träger filled in; what touches an agreement, is new or missing waits for the planner.

    One bad file must not keep the others out: what does not fit is said in the Eingang.
    """
    try:
        unterschiede, hinweise = import_traegervorlage(projekt, pfad)
    except SozialtoolFehler as fehler:
        return Eingang(pfad.name, Eingangsart.NICHT_ZUGEORDNET, meldung=f"Maßnahmen: {fehler}")
    wer = ", ".join(sorted({e.verantwortlich for _, e in unterschiede.geaendert if hasattr(e, "verantwortlich")}))
    if not unterschiede:
        text = " ".join(("Maßnahmen ohne Unterschied zu dem, was eingetragen ist.", *hinweise))
        return Eingang(pfad.name, Eingangsart.MASSNAHMEN, wer, meldung=text)
    zeilen = "\n".join(unterschiede.zeilen())
    if hinweise:
        text = f"{' '.join(hinweise)}\n{zeilen}\nZum Übernehmen öffnen, oder: planung von-traeger."
        return Eingang(pfad.name, Eingangsart.MASSNAHMEN_OFFEN, wer, meldung=text)
    save_liste(projekt, unterschiede)
    return Eingang(pfad.name, Eingangsart.MASSNAHMEN, wer, meldung=f"Übernommen: {unterschiede.kurz()}.\n{zeilen}")
