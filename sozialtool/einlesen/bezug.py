"""What a header such as "darunter unter 15 Jahre" is a part of: the subject that the column before it names."""

from __future__ import annotations

from collections.abc import Callable

from sozialtool.einlesen.aehnlich import Vorschlag
from sozialtool.einlesen.fund import Spaltenart
from sozialtool.einlesen.kontext import Kontext
from sozialtool.einlesen.lesung import Lesung, Offen
from sozialtool.einlesen.orte import texts_beside
from sozialtool.einlesen.schluessel import column_keys, wordings
from sozialtool.einlesen.texte import without_note
from sozialtool.einlesen.themen import is_dependent
from sozialtool.einlesen.zusaetze import fits, read_zusatz

_SICHER = 80
"""A subject that the project knows less surely than this is no evidence of its Merkmal, only of its words."""
_GLEICHE = 85
"""Per cent of a proposal that rests on the people counted and the subject beside, not on letters."""
_HOECHSTENS = 3


def propose_teil(lesung: Lesung, kontext: Kontext, offen: Offen) -> tuple[Vorschlag, ...] | None:
    """Propose Merkmale for a column whose header says who is counted, but not what; None where it says what, or nothing does.

    Its subject stands in a column before or in the title: "unter 15 Jahre" behind "Regelleistungsberechtigte" is not all
    children of the town, and "0 - u. 3" below "Einwohner nach Altersgruppen" is. The nearest column that leads to
    anything counts.
    """
    eigen = without_note(offen.formen[0]) if offen.formen else ""
    if offen.art != "merkmal" or not read_zusatz(eigen).beschreibt_nur:
        return None
    davor = _list_subjects(lesung, kontext, offen.spalte)
    for kopf, merkmal in davor:
        vorschlaege = _propose(kontext, eigen, kopf, merkmal)
        if vorschlaege:
            return vorschlaege
    if davor or kontext.merkmale.propose(offen.formen):
        return () if davor else None
    daneben = texts_beside(lesung.fund, kontext.datei)
    return _same_people(kontext, eigen, lambda m: kontext.themen.is_supported(m, daneben)) or None


def _propose(kontext: Kontext, eigen: str, kopf: str, merkmal: str) -> tuple[Vorschlag, ...]:
    beste: dict[str, Vorschlag] = {}
    for name in dict.fromkeys((kopf, without_note(kopf), *_names(kontext, merkmal))):
        for vorschlag in kontext.merkmale.propose((f"{name} {eigen}",)):
            alt = beste.get(vorschlag.schluessel)
            if alt is None or alt.prozent < vorschlag.prozent:
                beste[vorschlag.schluessel] = vorschlag
    if merkmal:
        for vorschlag in _same_people(kontext, eigen, lambda m: kontext.themen.follows(m, merkmal)):
            beste.setdefault(vorschlag.schluessel, vorschlag)
    # What the subject itself is called is the column before, not this one.
    beste.pop(merkmal, None)
    return tuple(sorted(beste.values(), key=lambda v: (-v.prozent, v.schluessel))[:_HOECHSTENS])


def _same_people(kontext: Kontext, eigen: str, passt: Callable[[str], bool]) -> tuple[Vorschlag, ...]:
    """Merkmale that count the same ages, sex and nationality, however they write them ("3 - u. 6": "3 bis unter 6-Jährige")."""
    zusatz = read_zusatz(eigen)
    if not zusatz.alter and not zusatz.werte:
        return ()
    return tuple(
        Vorschlag(schluessel, name, _GLEICHE)
        for schluessel, name in kontext.merkmale.namen.items()
        if schluessel in kontext.themen.oben and fits(zusatz, kontext.themen.zusaetze[schluessel]) and passt(schluessel)
    )[:_HOECHSTENS]


def _list_subjects(lesung: Lesung, kontext: Kontext, spalte: int) -> list[tuple[str, str]]:
    """Wording and Merkmal ("" when unsure) of each column before that says what is counted, the nearest first."""
    lagen = {lage.nummer: lage.schluessel for lage in column_keys(lesung.fund)}
    gefunden: dict[str, str] = {}
    for davor in reversed([s for s in lesung.fund.spalten if s.nummer < spalte and s.art is Spaltenart.WERT]):
        formen = wordings(davor.kopf)
        if not formen or is_dependent(formen[0]) or formen[0] in gefunden:
            continue
        regel = lesung.regel.spalte(lagen[davor.nummer])
        erste = kontext.merkmale.propose(formen, 1)
        sicher = erste[0].schluessel if erste and erste[0].prozent >= _SICHER else ""
        gefunden[formen[0]] = regel.merkmal if regel is not None and regel.merkmal else sicher
    return list(gefunden.items())


def _names(kontext: Kontext, merkmal: str) -> tuple[str, ...]:
    gefunden = kontext.umfeld.find_merkmal(merkmal) if merkmal else None
    return (gefunden.name, *gefunden.namen) if gefunden else ()
