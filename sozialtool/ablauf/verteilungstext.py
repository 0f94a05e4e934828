"""The assumptions of a Mittelverteilung in words, as they stand on the sheet, on the screen and in the command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sozialtool.fach.indikator import Zustand
from sozialtool.fach.schreibweise import format_zahl, join_und
from sozialtool.fach.verteilung import Mitteleinheit, Schluesselart, Verteilungsszenario

if TYPE_CHECKING:
    from sozialtool.ablauf.indexbild import Indexbild


def write_betrag(betrag: float, einheit: Mitteleinheit, *, plus: bool = False) -> str:
    """Write an amount with its unit: 12.345,60 €."""
    return f"{format_zahl(betrag, einheit.stellen, plus=plus)} {einheit.kurz}"


def describe_annahmen(
    szenario: Verteilungsszenario,
    jahr: int,
    gegen: Verteilungsszenario,
    merkmale: Mapping[str, str],
    index: Indexbild | None,
) -> tuple[str, ...]:
    """List every assumption of a scenario; `merkmale` gives the names of Merkmale."""
    einheit = szenario.einheit
    koepfe = merkmale.get(szenario.koepfe, szenario.koepfe)
    saetze = [
        f"Verteilt werden {write_betrag(szenario.summe, einheit)} {szenario.art.value}, Zahlen von {jahr}.",
        f"Köpfe: {koepfe}. „Nicht zuzuordnen“ bekommt nichts.",
        _describe_schluessel(szenario, merkmale, index),
        f"Vorab nach Köpfen: {format_zahl(szenario.anteil_koepfe, 1)} %." if szenario.anteil_koepfe else "",
        f"Jedes Gebiet bekommt mindestens {write_betrag(szenario.mindestens, einheit)}." if szenario.mindestens else "",
        f"Kein Gebiet bekommt mehr als {write_betrag(szenario.hoechstens, einheit)}." if szenario.hoechstens else "",
        f"Nichts bekommen: {', '.join(szenario.ausgenommen)}." if szenario.ausgenommen else "",
        f"Gerundet wird auf {einheit.stueck}; der Rest geht nach den größten Bruchteilen, damit die Summe aufgeht.",
        _describe_vergleich(szenario, gegen),
        _describe_zustand(szenario),
        szenario.hinweis,
    ]
    return tuple(satz for satz in saetze if satz)


def _describe_schluessel(szenario: Verteilungsszenario, merkmale: Mapping[str, str], index: Indexbild | None) -> str:
    if szenario.art is Schluesselart.BEDARF:
        return f"Fallzahl: {merkmale.get(szenario.bedarf, szenario.bedarf)}."
    if index is None:
        return ""
    wer = f"Index: {index.index.kennung} {index.index.name} ({index.fassung})"
    if szenario.art is Schluesselart.STUFEN:
        faktoren = " · ".join(f"Klasse {nr}: {text}-fach" for nr, text in enumerate(szenario.stufen, start=1))
        return f"{wer}; je Kopf {faktoren} (Klasse 1 ist am wenigsten belastet)."
    hoechst = format_zahl(szenario.hoechstfaktor, 2)
    return f"{wer}; je Kopf 1-fach beim niedrigsten bis {hoechst}-fach beim höchsten Index, dazwischen gleichmäßig steigend."


def _describe_vergleich(szenario: Verteilungsszenario, gegen: Verteilungsszenario) -> str:
    andere = ""
    if gegen.summe != szenario.summe:
        andere = f" Dort werden {write_betrag(gegen.summe, gegen.einheit)} verteilt, also eine andere Summe."
    return f"Mehr und weniger: gegen „{gegen.name}“.{andere}"


def _describe_zustand(szenario: Verteilungsszenario) -> str:
    if szenario.zustand is Zustand.VEREINBART and szenario.vereinbart_am:
        wer = f" ({szenario.gremium})" if szenario.gremium else ""
        return f"Vereinbart am {szenario.vereinbart_am:%d.%m.%Y}{wer}."
    return f"Stand: {szenario.zustand.value}, noch nicht beschlossen." if szenario.zustand is Zustand.VORGESCHLAGEN else (
        f"Stand: {szenario.zustand.value}."
    )  # fmt: skip


def describe_leer_aus(gegen: Verteilungsszenario, dort: Mapping[str, float]) -> tuple[str, ...]:
    """Name the areas that get something in the other scenario alone (name → amount): they have no row that says what they lose."""
    verlierer = [f"{name} ({write_betrag(betrag, gegen.einheit)})" for name, betrag in dort.items() if betrag]
    return (f"Nur bei „{gegen.name}“ bekommen etwas, hier nichts: {join_und(verlierer)}.",) if verlierer else ()
