"""What a successor needs in order to read the Übergabe and what is stored nowhere: values in force by proposal, computed Kennzahlen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sozialtool.ablauf.schwellen import list_schwellen
from sozialtool.ablauf.versorgungsbild import list_masse
from sozialtool.fach.felder import Feld
from sozialtool.fach.indikator import Zustand
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.schwelle import Schwelle
from sozialtool.fach.versorgung import Versorgungsmass
from sozialtool.fehler import SozialtoolFehler
from sozialtool.projekt import Projekt

VORSCHLAG = "Vorschlag des Programms, nicht vereinbart"
WESSEN = Feld(
    "wessen",
    "Wessen Wert",
    str,
    f"Von der Stadt, oder „{VORSCHLAG}“: er gilt, solange die Stadt nichts anderes einträgt.",
)
"""The column that says whose a value in force is."""
MIT_VORSCHLAG: dict[type, Any] = {Schwelle: list_schwellen, Versorgungsmass: list_masse}
"""Classes of which the program has proposals that hold until the town has its own."""


def read_geltende(projekt: Projekt, klasse: type, eigene: Sequence[Any]) -> list[tuple[Any, str]]:
    """List what is in force of a class, each with whose it is; `eigene` is what the project has of it."""
    stadt = {eintrag.schluessel for eintrag in eigene}
    return [(e, _say_wessen(e) if e.schluessel in stadt else VORSCHLAG) for e in MIT_VORSCHLAG[klasse](projekt)]


def _say_wessen(eintrag: Any) -> str:
    zustand = getattr(eintrag, "zustand", None)
    if zustand is None:
        return "Liste der Stadt"
    return (
        "von der Stadt vereinbart" if zustand is Zustand.VEREINBART else "von der Stadt eingetragen, nicht vereinbart"
    )


KENNZAHLEN = "Kennzahlen"
KENNZAHLEN_KOEPFE: tuple[tuple[str, type], ...] = (
    ("Indikator", str), ("Name des Indikators", str), ("Jahr", int), ("Gebiet", str), ("Name des Gebiets", str), ("Wert", float), ("Einheit", str),
    ("Zähler", float), ("Nenner", float), ("Warum ohne Wert", str),
)  # fmt: skip
_WAS = (
    "Jede Kennzahl der Indikatoren, die ins Monitoring gehen, aus den Messwerten mit der Formel im Blatt „Indikatoren“ gerechnet: UNGESCHÜTZT, "
    "auch was geheim ist und nie gezeigt werden darf."
)


def compute_kennzahlblatt(projekt: Projekt) -> tuple[str, list[tuple[Any, ...]]]:
    """Compute the Kennzahlen of all years unprotected; return what the sheet holds, and its rows in the order of `KENNZAHLEN_KOEPFE`.

    Where they cannot be computed the sheet says why: the Übergabe is written all the same.
    """
    try:
        return _WAS, list(_compute(projekt))
    except SozialtoolFehler as fehler:
        return f"Die Kennzahlen ließen sich nicht rechnen: {str(fehler).rstrip('.')}.", []


def _compute(projekt: Projekt) -> Iterator[tuple[Any, ...]]:
    from sozialtool.ablauf.kennzahlen import compute_frames, read_grundlage

    grundlage = read_grundlage(projekt)
    if not grundlage.indikatoren or not projekt.count_messwerte():
        return
    _, kennzahlen = compute_frames(projekt, grundlage, lambda _fertig, _von, _was: None, exakt=True)
    gebiete = {g.schluessel: g.name for g in grundlage.gebiete}
    indikatoren = {i.kennung: i for i in grundlage.indikatoren}
    spalten = ("indikator", "jahr", "gebiet", "wert", "zaehler", "nenner", "zeichen")
    for kennung, jahr, gebiet, wert, zaehler, nenner, zeichen in (
        kennzahlen.select(spalten).sort(spalten[:3]).iter_rows()
    ):
        ind = indikatoren[kennung]
        warum = Zeichen[zeichen].value if zeichen else ""
        name = gebiete.get(gebiet, "")
        yield kennung, ind.name, jahr, gebiet, name, wert, ind.einheit, zaehler, nenner, warum
