"""Evaluations as plain text, for commands, screen readers and pipes."""

from __future__ import annotations

from collections.abc import Iterable

from sozialtool.ablauf.textausgabe import wert_text
from sozialtool.fach.aussage import Aussage, Methode
from sozialtool.fach.auswertung import Auswertung, Gebietsauswertung
from sozialtool.fach.schreibweise import format_zahl


def auswertung_text(auswertung: Auswertung, *, einzeln: bool = False) -> str:
    """Write an Indikator: a line per area, then what holds for all; with `einzeln` every sentence with its method."""
    ind = auswertung.indikator
    zeilen = [f"{ind.kennung} {ind.name}, {auswertung.jahr}, in {ind.einheit}"]
    for zeile in auswertung.gebiete:
        zeilen.append(_zeile(auswertung, zeile))
        if einzeln:
            zeilen += [f"    {text}" for aussage in zeile.aussagen for text in (aussage.satz, *aussage.vorbehalte)]
    for name, wert in auswertung.bezuege:
        zeilen.append(f"{name}: {format_zahl(wert, ind.nachkommastellen)} {ind.einheit}".strip())
    zeilen += ["", *(f"{aussage.satz} Grundlage: {aussage.basis}." for aussage in auswertung.aussagen)]
    zeilen += ["", "Verfahren", *methoden_text(collect_aussagen(auswertung))]
    return "\n".join(zeilen)


def _zeile(auswertung: Auswertung, zeile: Gebietsauswertung) -> str:
    ind, stellen = auswertung.indikator, auswertung.indikator.nachkommastellen
    k = zeile.kennzahl
    teile = [f"{zeile.gebiet.name}: {wert_text(ind, k)}"]
    if k is not None and k.unten is not None and k.oben is not None:
        teile.append(f"95 %: {format_zahl(k.unten, stellen)} bis {format_zahl(k.oben, stellen)}")
    if zeile.sicher is not None:
        teile.append(f"99,8 %: {format_zahl(zeile.sicher[0], stellen)} bis {format_zahl(zeile.sicher[1], stellen)}")
    teile += [f"{g.name} {lage_text(g.lage, sicher=g.sicher)}" for g in zeile.gegenueber if g.lage is not None]
    if zeile.geglaettet is not None:
        teile.append(f"geglättet {format_zahl(zeile.geglaettet, stellen)}")
    if zeile.klasse:
        teile.append(zeile.klasse)
    return " · ".join(teile)


def lage_text(lage: int | None, *, sicher: bool) -> str:
    """Write a position: sign and word, "sicher" where the 99.8 % limits say so as well."""
    if lage is None:
        return ""
    wort = {
        2: "▲▲ deutlich höher",
        1: "▲ höher",
        0: "● im Rahmen des Zufalls",
        -1: "▼ niedriger",
        -2: "▼▼ deutlich niedriger",
    }
    return f"{wort[lage]}{', sicher' if sicher else ''}"


def collect_aussagen(auswertung: Auswertung) -> tuple[Aussage, ...]:
    """All sentences of an evaluation."""
    return (*(aussage for zeile in auswertung.gebiete for aussage in zeile.aussagen), *auswertung.aussagen)


def methoden_text(aussagen: Iterable[Aussage]) -> list[str]:
    """Write the methods behind sentences, each once."""
    benutzt = {aussage.methode for aussage in aussagen}
    return [
        f"{m.titel}: {m.text} {m.vorbehalt} Quelle: {m.quelle or 'eigene Festlegung'}." for m in Methode if m in benutzt
    ]
