"""Title, source and signs belong to their table or picture: beside one that a person has edited they stay as they were.

A table with her figures of last year must not get the Stand of today. What would stand there today is said instead, cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from sozialtool.ausgabe.fundstellen import Fundstelle, read_zellen
from sozialtool.ausgabe.stuecke import Bild, Stueck, Tafel

_NOTE = re.compile(r"note\d+/(.+)")


def find_traeger(schluessel: str) -> tuple[str, ...]:
    """Return the keys that the table or picture of a title or note can have; () for every other piece."""
    note = _NOTE.fullmatch(schluessel)
    if note is not None:
        return (f"tafel/{note[1]}", note[1])
    rest = schluessel.removeprefix("titel/")
    return () if rest == schluessel else (f"tafel/{rest}", f"bild/{rest}")


def find_begleitende(
    wurzel: Any, stellen: Sequence[Fundstelle], key: Callable[[Fundstelle], str], is_ihres: Callable[[Fundstelle], bool]
) -> frozenset[int]:
    """Return the numbers of those titles and notes whose table or picture is hers; of copies the nearest counts.

    Args:
        wurzel: the part of the document.
        stellen: its pieces.
        key: the key of a piece.
        is_ihres: whether she has edited a table or picture.
    """
    traeger: dict[str, list[Fundstelle]] = {}
    for stelle in stellen:
        traeger.setdefault(key(stelle), []).append(stelle)
    ihre = {s for s, liste in traeger.items() if s.startswith(("tafel/", "bild/")) and any(map(is_ihres, liste))}
    if not ihre:
        return frozenset()
    orte = {element: nummer for nummer, element in enumerate(wurzel.iter())}
    ergebnis = set()
    for nummer, stelle in enumerate(stellen):
        gemeint = [t for s in find_traeger(key(stelle)) if s in ihre for t in traeger[s]]
        if gemeint:
            ort = _ort(stelle, orte)
            naechster = min(gemeint, key=lambda t: abs(_ort(t, orte) - ort))
            if is_ihres(naechster):
                ergebnis.add(nummer)
    return frozenset(ergebnis)


def _ort(stelle: Fundstelle, orte: dict[Any, int]) -> int:
    elemente = [e for e in (stelle.tabelle, *stelle.laeufe, stelle.lesezeichen, stelle.sdt) if e is not None]
    return orte.get(elemente[0], 0) if elemente else 0


def list_unterschiede(stelle: Fundstelle, stueck: Stueck) -> tuple[str, ...]:
    """Say what a table or picture of hers shows otherwise than the figures of today, a line each; () for texts."""
    if isinstance(stueck, Tafel) and stelle.tabelle is not None:
        return _compare_tafel(read_zellen(stelle.tabelle), stueck)
    if isinstance(stueck, Bild) and stelle.blip is not None:
        alt = stelle.docpr.get("descr", "") if stelle.docpr is not None else ""
        return _compare_worte(alt, stueck.alt)
    return ()


def _compare_tafel(steht: list[list[str]], tafel: Tafel) -> tuple[str, ...]:
    """Compare row by row by the name of the row, so that one more or less does not shift all others."""
    kopf, *zeilen = ([" ".join(zelle.split()) for zelle in zeile] for zeile in steht or [[]])
    heute = [[" ".join(zelle.split()) for zelle in zeile] for zeile in tafel.zeilen]
    spalten = [" ".join(k.split()) for k in tafel.kopf]
    je_name: dict[str, list[list[str]]] = {}
    for zeile in zeilen:
        je_name.setdefault(zeile[0] if zeile else "", []).append(zeile)
    ergebnis = [f"Kopf: {a or 'leer'} → {b or 'leer'}" for a, b in zip(kopf, spalten, strict=False) if a != b]
    offen = []
    for soll in heute:
        liste = je_name.get(soll[0])
        if liste:
            ergebnis += _compare_zeile(liste.pop(0), soll, spalten)
        else:
            offen.append(soll)
    rest = [zeile for liste in je_name.values() for zeile in liste]
    ergebnis += [f"{soll[0]}: fehlt hier; heute {', '.join(soll[1:])}" for soll in offen]
    ergebnis += [f"{' '.join(zeile[:1])}: gibt es heute nicht mit diesem Namen" for zeile in rest]
    return tuple(ergebnis)


def _compare_zeile(ist: list[str], soll: list[str], spalten: list[str]) -> list[str]:
    if len(ist) != len(soll):
        return [f"{soll[0]}: {len(ist)} statt {len(soll)} Spalten"]
    return [
        f"{soll[0]}, {spalte}: {a or 'leer'} → {b or 'leer'}"
        for a, b, spalte in zip(ist[1:], soll[1:], spalten[1:], strict=True)
        if a != b
    ]


def _compare_worte(steht: str, heute: str) -> tuple[str, ...]:
    """Compare what two alternative texts list ("Nord 31,2; Süd 9,8"): only parts that are not in the other."""
    alt, neu = ([" ".join(t.split()).rstrip(".") for t in re.split(r"[;:] ", text)] for text in (steht, heute))
    if len(alt) == len(neu):
        return tuple(f"{a} → {b}" for a, b in zip(alt, neu, strict=True) if a != b)
    return tuple(f"heute: {teil}" for teil in neu if teil not in alt)
