"""Figures of a form that are possible, but surprising: totals, parts larger than the whole, jumps, copies of last year.

An Anmerkung in the row or a Bemerkung under the column explains them: then they are named and not asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from sozialtool.einlesen.rohblatt import Zellwert
from sozialtool.erhebung.formular import ANMERKUNG, BEMERKUNG, GESAMT, Formular
from sozialtool.fach.messwert import Merkmal, Merkmalart
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import format_zahl

SPRUNG_ANTEIL, SPRUNG_MINDESTENS = 0.5, 20
"""A change of more than half and of at least 20 since last year is asked about."""
_GLEICH_AB = 4
_VIELE_AB = 4
"""From so many rows on, and more than half of all, one question about the column stands for one per row."""
_STADT = Gebiet(GESAMT, "Stadt insgesamt", "")

Fund = tuple[tuple[str, str], Befund]


@attrs.frozen
class Zahlen:
    """The plain figures of a form: (row, Merkmal) → number, beside everything that was entered."""

    zahlen: Mapping[tuple[str, str], float]
    eintraege: Mapping[tuple[str, str], Zellwert]
    formular: Formular
    ags: str

    def is_explained(self, zeile: str, spalte: str) -> bool:
        """Whether the department has written something about the row or the column."""
        return bool(self.eintraege.get((zeile, ANMERKUNG)) or self.eintraege.get((BEMERKUNG, spalte)))

    def frage(self, ort: tuple[str, str], code: str, meldung: str, vorschlag: str) -> Fund:
        """Make a question, or a remark where it is explained."""
        if self.is_explained(*ort):
            return ort, Befund(code, Schwere.HINWEIS, meldung, "Der Fachbereich hat dazu etwas angemerkt.")
        return ort, Befund(code, Schwere.FRAGE, meldung, vorschlag)


def find_auffaelliges(zahlen: Zahlen) -> Iterator[Fund]:
    """Walk over all surprising figures, column by column."""
    for merkmal in zahlen.formular.merkmale:
        yield from _check_summe(zahlen, merkmal)
        yield from _gather(zahlen, merkmal, list(_check_teil(zahlen, merkmal)), "RUECKLAUF-TEIL")
        yield from _gather(zahlen, merkmal, list(_check_sprung(zahlen, merkmal)), "RUECKLAUF-SPRUNG")
        yield from _check_gleich(zahlen, merkmal)


def _gather(zahlen: Zahlen, merkmal: Merkmal, funde: list[Fund], code: str) -> Iterator[Fund]:
    """Ask once where most rows of a column are surprising in the same way: then something else was counted."""
    gefuellt = sum((g.schluessel, merkmal.schluessel) in zahlen.zahlen for g in zahlen.formular.gebiete)
    offen = [fund for fund in funde if fund[1].schwere is Schwere.FRAGE]
    if len(offen) < _VIELE_AB or 2 * len(offen) <= gefuellt:
        yield from funde
        return
    erster = offen[0][1].meldung
    name = next(g.name for g in (*zahlen.formular.gebiete, _STADT) if g.schluessel == offen[0][0][0])
    vorn = "" if merkmal.name in erster else f"„{merkmal.name}“: "
    meldung = f"{vorn}In {len(offen)} von {gefuellt} Zeilen, zum Beispiel {name}: {erster}"
    rat = "Bitte klären, ob anders gezählt oder die Spalte vertauscht wurde; stimmt es, genügt eine Bemerkung unten."
    yield zahlen.frage((BEMERKUNG, merkmal.schluessel), code, meldung, rat)
    yield from (fund for fund in funde if fund[1].schwere is not Schwere.FRAGE)


def _check_summe(zahlen: Zahlen, merkmal: Merkmal) -> Iterator[Fund]:
    gesamt = zahlen.zahlen.get((GESAMT, merkmal.schluessel))
    if gesamt is None or not merkmal.art.additiv:
        return
    orte = [(g.schluessel, merkmal.schluessel) for g in zahlen.formular.gebiete]
    ohne_zahl = [ort for ort in orte if ort not in zahlen.zahlen and ort in zahlen.eintraege]
    summe = sum(zahlen.zahlen.get(ort, 0.0) for ort in orte)
    leer = [ort for ort in orte[:-1] if ort not in zahlen.eintraege]
    if summe > gesamt + 0.5 or (not ohne_zahl and not leer and abs(summe - gesamt) >= 0.5):
        meldung = (
            f"Die Zeilen ergeben {format_zahl(summe)}, für die Stadt stehen {format_zahl(gesamt)} da ({merkmal.name})."
        )
        rat = "Fehlt etwas unter „nicht zuzuordnen“? Bitte berichtigen oder erläutern."
        yield zahlen.frage((GESAMT, merkmal.schluessel), "RUECKLAUF-SUMME", meldung, rat)


def _check_teil(zahlen: Zahlen, merkmal: Merkmal) -> Iterator[Fund]:
    ganzes = next((m for m in zahlen.formular.merkmale if m.schluessel == merkmal.teil_von), None)
    if ganzes is None or not merkmal.art.additiv:
        return
    for zeile in (*(g.schluessel for g in zahlen.formular.gebiete), GESAMT):
        teil = zahlen.zahlen.get((zeile, merkmal.schluessel))
        voll = zahlen.zahlen.get((zeile, ganzes.schluessel))
        if teil is not None and voll is not None and teil > voll:
            meldung = f"„{merkmal.name}“ ({format_zahl(teil)}) ist mehr als „{ganzes.name}“ ({format_zahl(voll)})."
            yield zahlen.frage((zeile, merkmal.schluessel), "RUECKLAUF-TEIL", meldung, "Bitte beide Zahlen prüfen.")


def _check_sprung(zahlen: Zahlen, merkmal: Merkmal) -> Iterator[Fund]:
    if merkmal.art not in (Merkmalart.ANZAHL, Merkmalart.SUMME):
        return
    for gebiet in zahlen.formular.gebiete:
        ort = (gebiet.schluessel, merkmal.schluessel)
        neu, vorher = zahlen.zahlen.get(ort), zahlen.formular.vorjahr.get(ort)
        if neu is None or vorher is None or vorher.wert is None:
            continue
        unterschied = abs(neu - vorher.wert)
        if unterschied >= SPRUNG_MINDESTENS and unterschied > SPRUNG_ANTEIL * vorher.wert:
            meldung = f"Ein großer Sprung: {format_zahl(vorher.wert)} im Vorjahr, jetzt {format_zahl(neu)}."
            yield zahlen.frage(ort, "RUECKLAUF-SPRUNG", meldung, "Bitte prüfen; stimmt es, genügt eine Anmerkung.")


def _check_gleich(zahlen: Zahlen, merkmal: Merkmal) -> Iterator[Fund]:
    """A whole column exactly as last year: perhaps the old file was copied."""
    paare = []
    for gebiet in zahlen.formular.gebiete:
        ort = (gebiet.schluessel, merkmal.schluessel)
        vorher = zahlen.formular.vorjahr.get(ort)
        if ort in zahlen.zahlen and vorher is not None and vorher.wert is not None:
            paare.append((zahlen.zahlen[ort], vorher.wert))
    if len(paare) >= _GLEICH_AB and all(neu == alt for neu, alt in paare) and any(neu for neu, _ in paare):
        meldung = f"„{merkmal.name}“: alle Zahlen sind genau wie im Vorjahr."
        yield (
            (BEMERKUNG, merkmal.schluessel),
            Befund("RUECKLAUF-GLEICH", Schwere.HINWEIS, meldung, "Bei Plätzen ist das üblich, sonst bitte nachfragen."),
        )
