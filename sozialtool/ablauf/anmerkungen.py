"""What departments wrote beside their figures: kept with the Quelle; what may be read by everybody goes into the method notes.

A remark is free text: "in der Altstadt nur zwei Fälle" would give away what the disclosure control hides. So only remarks
about a whole Merkmal go out, and of these only such as name no area, nobody and no number (years, days and paragraphs of a law aside).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sozialtool.fach.quelle import Befund, Quelle, Quellenbefund, Schwere
from sozialtool.fach.raum import STADT, Gebiet
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.bericht import Anmerkung
    from sozialtool.erhebung.ruecklauf import Ruecklauf

_CODE, _SPALTE = "ANMERKUNG", "ANMERKUNG-MERKMAL"
_HARMLOS = re.compile(
    r"\b\d{1,2}\.\s?\d{1,2}\.(?:\s?(?:19|20)\d\d)?|\b(?:19|20)\d\d(?:/(?:19|20)?\d\d)?\b|§+\s*\d+\w*|\bSGB\s+[IVX]+\b"
)
"""Days, years, school years and paragraphs: numbers that count nobody."""
_ZAHL = re.compile(
    r"\d|\b(?:null|zwei|drei|vier|fünf|sechs|sieben|acht|neun|\w*zehn|elf|zwölf|zwanzig|dreißig|hundert|paar|einzig\w*|einzeln\w*|"
    r"kein\w*|niemand\w*|beid\w*|ein(?:e[mnrs]?)?|frau|herrn?)\b",
    re.IGNORECASE,
)
"""Small numbers in words ("ein" may count somebody, whatever follows), and somebody by name."""


def keep_notizen(ruecklauf: Ruecklauf) -> Iterator[Befund]:
    """Turn the remarks of a return into Befunde that stay with its Quelle; they ask nothing."""
    for notiz in ruecklauf.notizen:
        code = _SPALTE if notiz.spalte else _CODE
        yield Befund(
            code, Schwere.HINWEIS, f"{notiz.ort}: {notiz.text}", "Anmerkung des Fachbereichs.", ruecklauf.datei
        )


def is_notiz(befund: Befund) -> bool:
    """Whether a Befund is a remark that somebody wrote, not something that a check found."""
    return befund.code in (_CODE, _SPALTE)


def list_anmerkungen(projekt: Projekt, jahr: int) -> tuple[tuple[Anmerkung, ...], int]:
    """List the remarks up to a year that may be read by everybody; and say how many more there are."""
    from sozialtool.ausgabe.bericht import Anmerkung

    quellen = {q.schluessel: q for q in projekt.read(Quelle) if q.stand is None or q.stand.year <= jahr}
    raeume = [g.name.casefold() for g in projekt.read(Gebiet) if g.ebene != STADT]
    oeffentlich, intern = [], 0
    for eintrag in projekt.read(Quellenbefund):
        quelle = quellen.get(eintrag.quelle)
        if quelle is None or not is_notiz(eintrag.befund):
            continue
        merkmal, _, text = eintrag.meldung.partition(": ")
        if eintrag.code == _SPALTE and is_harmless(text, raeume):
            oeffentlich.append(Anmerkung(quelle.absender, quelle.stand, merkmal, text))
        else:
            intern += 1
    return tuple(sorted(oeffentlich, key=lambda a: (str(a.stand), a.absender, a.merkmal, a.text))), intern


def is_harmless(text: str, raeume: Iterable[str]) -> bool:
    """Whether a remark names no area (`raeume`: their names, casefolded), no number and nobody."""
    klein = text.casefold()
    return not _ZAHL.search(_HARMLOS.sub(" ", text)) and not any(name in klein for name in raeume if name)
