"""What lists of a survey must keep: one spelling for one group, answers that were possible, no more answers than people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import attrs

from sozialtool.fach.antwortgruppe import ALLE, is_antwortende, name_gruppe
from sozialtool.fach.planung import Befragung, Befragungsfrage, Befragungszahl, Frageform
from sozialtool.fach.raum import STADT, Gebiet
from sozialtool.fach.schreibweise import norm_wort
from sozialtool.projekt import Projekt

Listen = dict[type, list[Any]]
_KLEINSTE_GRUPPE = 3
"""Of two people each knows what the other one answered."""


def unify_zahlen(listen: Listen) -> list[Befragungszahl]:
    """Return the tallies with one spelling for one group of a survey, and with answers as the list of questions spells them.

    "Alle", "alle " and "Gesamt" are everybody who answered: under another name they would be a group like others, and nothing
    small would be kept back on their account.
    """
    fragen = {(f.befragung, f.nummer): f for f in listen.get(Befragungsfrage, ())}
    erste: dict[tuple[str, str], str] = {}
    zahlen = []
    for zahl in listen[Befragungszahl]:
        gruppe = name_gruppe(zahl.gruppe)
        gruppe = erste.setdefault((zahl.befragung, norm_wort(gruppe)), gruppe)
        frage = fragen.get((zahl.befragung, zahl.frage))
        antworten = {norm_wort(a): a for a in frage.antworten} if frage is not None else {}
        antwort = antworten.get(norm_wort(zahl.antwort), zahl.antwort)
        zahlen.append(attrs.evolve(zahl, gruppe=gruppe, antwort=antwort))
    return zahlen


def check_befragungen(_: Projekt, listen: Listen) -> list[str]:
    """Days in their order; no more answers than people who were asked; a smallest group of which there is a point."""
    fehler = []
    for b in listen[Befragung]:
        if b.von and b.bis and b.bis < b.von:
            fehler.append(f"{b.schluessel}: Der letzte Tag liegt vor dem ersten.")
        if any(anzahl is not None and anzahl < 0 for anzahl in (b.gefragt, b.geantwortet)):
            fehler.append(f"{b.schluessel}: „Gefragt“ und „Geantwortet“ können nicht unter null liegen.")
        if b.gefragt is not None and b.geantwortet is not None and b.geantwortet > b.gefragt:
            fehler.append(f"{b.schluessel}: Es haben mehr geantwortet als gefragt wurden.")
        if b.mindestfallzahl < _KLEINSTE_GRUPPE:
            fehler.append(
                f"{b.schluessel}: Die Mindestfallzahl ist {b.mindestfallzahl}. Unter {_KLEINSTE_GRUPPE} wäre in einer Gruppe zu "
                "erkennen, wer was geantwortet hat; üblich sind 10."
            )
    return fehler


def check_zahlen(projekt: Projekt, listen: Listen) -> list[str]:
    """Tallies belong to a question and an answer, each stands once, and nobody is counted who did not answer."""
    fragen = {(f.befragung, f.nummer): f for f in listen.get(Befragungsfrage, ())}
    befragungen = {b.schluessel: b for b in listen.get(Befragung, ())}
    fehler = [
        f"Frage {f.nummer}: Eine Befragung „{f.befragung}“ steht nicht in der Liste."
        for f in fragen.values()
        if f.befragung not in befragungen
    ]
    for zahl in listen[Befragungszahl]:
        frage = fragen.get((zahl.befragung, zahl.frage))
        if frage is None:
            fehler.append(f"Auszählung: Frage {zahl.frage} der Befragung „{zahl.befragung}“ steht nicht in der Liste.")
        elif frage.antworten and zahl.antwort not in frage.antworten and not _is_basis(frage, zahl):
            fehler.append(f"Frage {zahl.frage}: Die Antwort „{zahl.antwort}“ gibt es nicht.")
        if zahl.anzahl < 0:
            fehler.append(f"Frage {zahl.frage}, „{zahl.antwort}“: Eine Anzahl kann nicht unter null liegen.")
    return [
        *fehler,
        *_find_doppelte(listen),
        *_find_zu_wenige(listen),
        *_find_zu_viele(projekt, listen, fragen, befragungen),
    ]


def _is_basis(frage: Befragungsfrage, zahl: Befragungszahl) -> bool:
    """Whether a row says how many people answered a question with several answers."""
    return frage.form is Frageform.MEHRERE and is_antwortende(zahl.antwort)


def _find_doppelte(listen: Listen) -> Iterator[str]:
    """Two spellings of one group make two rows of one."""
    mal = Counter((z.befragung, z.frage, z.gebiet, z.gruppe, z.antwort) for z in listen[Befragungszahl])
    for (_, frage, _, gruppe, antwort), anzahl in mal.items():
        if anzahl > 1:
            yield (
                f"Frage {frage}, „{antwort}“: Die Gruppe „{gruppe}“ steht in einem Sozialraum {anzahl}-mal da "
                "(Groß- und Kleinschreibung machen keine zweite Gruppe). Bitte zusammenfassen oder anders nennen."
            )


def _find_zu_wenige(listen: Listen) -> Iterator[str]:
    """An answer that more people gave than answered the question."""
    je: dict[tuple[str, int, str, str], list[Befragungszahl]] = defaultdict(list)
    for z in listen[Befragungszahl]:
        je[z.befragung, z.frage, z.gebiet, z.gruppe].append(z)
    for (_, nummer, _, gruppe), zahlen in je.items():
        basis = max((z.anzahl for z in zahlen if is_antwortende(z.antwort)), default=None)
        for z in zahlen:
            if basis is not None and z.anzahl > basis:
                yield f"Frage {nummer}, „{z.antwort}“, {gruppe}: {z.anzahl}-mal genannt, aber nur {basis} Antwortende."


def _find_zu_viele(
    projekt: Projekt, listen: Listen, fragen: dict[tuple[str, int], Befragungsfrage], befragungen: dict[str, Befragung]
) -> Iterator[str]:
    """More people in a group of the town, or of all areas of a level together, than have answered at all.

    Where one answer was possible people are the sum of the answers, else at least as many as gave the most frequent one.
    """
    ebenen = {g.schluessel: g.ebene for g in projekt.read(Gebiet)} | {projekt.kommune.ags: STADT}
    je: dict[tuple[str, int, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for z in listen[Befragungszahl]:
        je[z.befragung, z.frage, z.gruppe][z.gebiet].append(z.anzahl)
    for (schluessel, nummer, gruppe), orte in je.items():
        frage, befragung = fragen.get((schluessel, nummer)), befragungen.get(schluessel)
        if frage is None or befragung is None or befragung.geantwortet is None:
            continue
        menschen = {ort: sum(da) if frage.form is Frageform.EINE else max(da) for ort, da in orte.items()}
        je_ebene: Counter[str] = Counter()
        for ort, anzahl in menschen.items():
            je_ebene[ebenen.get(ort, "")] += anzahl
        meiste = max(je_ebene.values())
        if meiste > befragung.geantwortet:
            wer = "" if gruppe == ALLE else f" in der Gruppe „{gruppe}“"
            yield f"Frage {nummer}: {meiste} Antwortende{wer}, aber nur {befragung.geantwortet} haben geantwortet."
