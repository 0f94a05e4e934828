"""Sentences about many comparisons at once: how many stand out, how many would by chance, what stays after Holm."""

from __future__ import annotations

from collections.abc import Sequence

from sozialtool.fach.aussage import Aussage, Methode
from sozialtool.fach.auswertung import Auswertung, Bezugsart, Gebietsauswertung
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.schreibweise import format_anzahl, format_zahl
from sozialtool.rechnen.mehrfach import adjust_holm, count_zufaellige

FEST = 0.05
"""Below this probability a difference is taken for more than chance (95 %)."""


def say_alle(auswertungen: Sequence[Auswertung]) -> Aussage | None:
    """Say how many of all areas × indicators stand out, how many would by chance, and how many stay after Holm over all of them."""
    gegen = [
        g for a in auswertungen for z in a.gebiete if (g := z.gegen(Bezugsart.STADT)) is not None and g.p is not None
    ]
    if not gegen:
        return None
    auffaellig = sum(bool(g.lage) for g in gegen)
    bleiben = sum(
        bool(g.lage) and p is not None and p < FEST
        for g, p in zip(gegen, adjust_holm([g.p for g in gegen]), strict=True)
    )
    indikatoren = sum(any(g.p is not None for z in a.gebiete for g in z.gegenueber) for a in auswertungen)
    zufall = count_zufaellige(len(gegen))
    wie_viele, worin = (
        format_anzahl(len(gegen), "Vergleich", "Vergleiche"),
        format_anzahl(indikatoren, "Indikator", "Indikatoren"),
    )
    text = (
        f"{wie_viele} mit der Stadt ({worin}): {_faellt_auf(auffaellig)}. Wäre gar nichts verschieden, fielen durch Zufall etwa "
        f"{format_zahl(zufall, 0 if zufall >= _GANZ_AB else 1)} auf. {_bleibt(bleiben)}"
    )
    return Aussage(
        text, Methode.HOLM, f"{format_anzahl(len(gegen), 'freigegebener Wert', 'freigegebene Werte')} mit Zufallsspanne"
    )


_GANZ_AB = 5
"""From so many expected by chance on decimals say nothing."""


def _faellt_auf(anzahl: int) -> str:
    return "1 fällt auf" if anzahl == 1 else f"{anzahl} fallen auf"


def _bleibt(anzahl: int) -> str:
    """Say what stays when all comparisons count together."""
    if not anzahl:
        return "Keiner bleibt, wenn alle Vergleiche zusammen zählen (Holm)."
    if anzahl == 1:
        return "1 bleibt auch, wenn alle Vergleiche zusammen zählen (Holm): Er ist mit 95 % Sicherheit kein Zufall."
    return f"{anzahl} bleiben auch, wenn alle Vergleiche zusammen zählen (Holm): Von ihnen ist mit 95 % Sicherheit keiner Zufall."


def say_viele(zeilen: Sequence[Gebietsauswertung]) -> list[Aussage]:
    """Say it of the areas of one indicator; nothing where none can be compared."""
    gegen = [g for z in zeilen if (g := z.gegen(Bezugsart.STADT)) is not None and g.lage is not None]
    if not gegen:
        return []
    auffaellig, bleiben = sum(bool(g.lage) for g in gegen), sum(bool(g.haelt) for g in gegen)
    zufall = format_zahl(count_zufaellige(len(gegen)), 1)
    text = (
        f"{format_anzahl(len(gegen), 'Gebiet', 'Gebiete')} gegen die Stadt: {_faellt_auf(auffaellig)}; ohne jeden Unterschied wären es "
        f"im Mittel {zufall}. Nach Holm {'bleibt' if bleiben == 1 else 'bleiben'} {bleiben}."
    )
    geheim = sum(z.kennzahl is not None and z.kennzahl.zeichen is Zeichen.GEHEIM for z in zeilen[1:])
    basis = f"{format_anzahl(len(gegen), 'Gebiet', 'Gebiete')} mit Zufallsspanne" + (
        f"; {geheim} geheim" if geheim else ""
    )
    return [Aussage(text, Methode.HOLM, basis)]
