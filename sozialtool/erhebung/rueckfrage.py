"""What does not fit becomes a Rückfrage: the same form with the entered values, the cells in question marked."""

from __future__ import annotations

from pathlib import Path

from sozialtool.erhebung.abfrage import build_abfrage
from sozialtool.erhebung.formular import ANMERKUNG, BEMERKUNG, GESAMT, WAHLTAG, WEIL, Formular, text_of
from sozialtool.erhebung.ruecklauf import Ruecklauf
from sozialtool.fach.quelle import Schwere


def build_rueckfrage(pfad: Path | str, formular: Formular, ruecklauf: Ruecklauf) -> None:
    """Write the Rückfrage to a return.

    Args:
        pfad: target, ending in .xlsx; replaced as a whole.
        formular: the form of the year that is being collected, also when another one came back.
        ruecklauf: what came back; entries that the form has no cell for are listed in words.

    Raises:
        DateiGesperrt: the target is open in Excel.
        DateiFehler: the target cannot be written.
    """
    build_abfrage(
        pfad, formular, eintraege=ruecklauf.eintraege, marken=ruecklauf.fragen, fragen=_fragen(formular, ruecklauf)
    )


def _fragen(formular: Formular, ruecklauf: Ruecklauf) -> list[str]:
    """Questions without a cell of their own, and entries without a place in this form."""
    markiert = {(marke.code, marke.zelle, marke.meldung) for marke in ruecklauf.fragen.values()}
    fragen = [
        f"{befund.meldung} {befund.vorschlag}".strip()
        for befund in ruecklauf.befunde
        if befund.schwere is not Schwere.HINWEIS and (befund.code, befund.zelle, befund.meldung) not in markiert
    ]
    zeilen = {g.schluessel for g in formular.gebiete} | {GESAMT, WEIL, BEMERKUNG, WAHLTAG}
    spalten = {m.schluessel for m in formular.merkmale} | {ANMERKUNG}
    for (zeile, spalte), wert in ruecklauf.eintraege.items():
        if zeile not in zeilen or spalte not in spalten:
            fragen.append(f"Kein Feld in diesem Formular: {zeile}, {spalte} – eingetragen war „{text_of(wert)}“.")
    return fragen
