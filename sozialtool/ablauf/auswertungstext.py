"""Evaluations as plain text, for commands, screen readers and pipes."""

from __future__ import annotations

from collections.abc import Iterable

from sozialtool.ablauf.textausgabe import wert_text
from sozialtool.fach.aussage import Aussage, Methode
from sozialtool.fach.auswertung import (
    Auswertung,
    Bezugsart,
    Entwicklung,
    Gebietsauswertung,
    Gesamtbild,
    Segregation,
    Standardisierung,
)
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import LAGE_TEXT, format_zahl


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
    if k is not None and k.rang is not None:
        spanne = f" ({k.rang_von} bis {k.rang_bis})" if k.rang_von is not None and k.rang_von != k.rang_bis else ""
        teile.append(f"Rang {k.rang}{spanne}")
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
    return f"{LAGE_TEXT[lage]}{', sicher' if sicher else ''}"


def collect_aussagen(auswertung: Auswertung) -> tuple[Aussage, ...]:
    """All sentences of an evaluation."""
    return (*(aussage for zeile in auswertung.gebiete for aussage in zeile.aussagen), *auswertung.aussagen)


def methoden_text(aussagen: Iterable[Aussage]) -> list[str]:
    """Write the methods behind sentences, each once."""
    benutzt = {aussage.methode for aussage in aussagen}
    return [
        f"{m.titel}: {m.text} {m.vorbehalt} Quelle: {m.quelle or 'eigene Festlegung'}." for m in Methode if m in benutzt
    ]


def bevoelkerung_text(bild: Gesamtbild) -> str:
    """Write the population of all areas: people, change, index, balances."""
    if bild.bevoelkerung is None or not bild.entwicklungen:
        return f"Für {bild.jahr} gibt es keine Einwohnerzahlen, die sich mit früheren vergleichen lassen."
    zeilen = [bild.bevoelkerung.satz, ""]
    zeilen += [_entwicklung_zeile(e) for e in bild.entwicklungen if e.ew or e.salden]
    return "\n".join([*zeilen, "", "Verfahren", *methoden_text([bild.bevoelkerung])])


def _entwicklung_zeile(e: Entwicklung) -> str:
    teile = [f"{e.gebiet.name}: {_zahl(e.ew.get(e.bis), e.zeichen.get(e.bis), 0)}"]
    if e.absolut is not None and e.index is not None:
        teile.append(
            f"seit {e.von} {format_zahl(e.absolut, 0, plus=True)} ({format_zahl(e.index - 100, 1, plus=True)} %)"
        )
        teile.append(f"Index {format_zahl(e.index, 1)}")
    elif e.zeichen:
        teile.append(f"seit {e.von}: {next(iter(e.zeichen.values())).symbol}")
    teile += [f"{s.name} {_jahre(s.von, s.bis)}: {_zahl(s.wert, s.zeichen, 0)}" for s in e.salden]
    return " · ".join(teile)


def _jahre(von: int, bis: int) -> str:
    return str(bis) if von == bis else f"{von}–{bis}"


def _zahl(wert: float | None, zeichen: Zeichen | None, stellen: int) -> str:
    return format_zahl(wert, stellen) if wert is not None else (zeichen or Zeichen.FEHLT).symbol


def segregation_text(bild: Gesamtbild) -> str:
    """Write segregation by group: this year's sentence, then index, chance and adjusted value by year."""
    if not bild.segregationen:
        return f"Für {bild.jahr} ist keine Gruppe in genug Gebieten freigegeben; es braucht mindestens drei."
    zeilen = [text for s in bild.segregationen for text in _segregation_zeilen(s)]
    return "\n".join([*zeilen, "Verfahren", *methoden_text(s.aussage for s in bild.segregationen)])


def _segregation_zeilen(s: Segregation) -> list[str]:
    index = "ID" if s.andere else "IS"
    zeilen = [s.aussage.satz, f"    Grundlage: {s.aussage.basis}.", *(f"    {v}" for v in s.aussage.vorbehalte)]
    for jahr, wert in s.werte.items():
        if wert is None:
            zeilen.append(f"    {jahr}: {Zeichen.ABGELEITET.symbol}")
            continue
        bereinigt = "" if wert.bereinigt is None else f", bereinigt {format_zahl(wert.bereinigt, 1)}"
        zeilen.append(
            f"    {jahr}: {index} {format_zahl(wert.wert, 1)}{bereinigt} (Zufall {format_zahl(wert.zufall, 1)})"
        )
    return [*zeilen, ""]


def standard_text(bild: Gesamtbild, gebiete: Iterable[Gebiet]) -> str:
    """Write standardised rates beside the plain ones."""
    if not bild.standardisiert:
        return f"Für {bild.jahr} ist keine Quote nach Alter freigegeben."
    orte = tuple(gebiete)
    zeilen = [text for s in bild.standardisiert for text in _standard_zeilen(s, orte)]
    return "\n".join([*zeilen, "Verfahren", *methoden_text(s.aussage for s in bild.standardisiert)])


def _standard_zeilen(s: Standardisierung, gebiete: Iterable[Gebiet]) -> list[str]:
    zeilen = [f"{s.quote.name}, {s.jahr}, in {s.quote.einheit}", f"    Grundlage: {s.aussage.basis}."]
    for gebiet in gebiete:
        if gebiet.schluessel not in s.werte:
            continue
        roh, wert, zeichen = s.werte[gebiet.schluessel]
        text = (zeichen or Zeichen.FEHLT).symbol
        if wert is not None:
            text = f"{format_zahl(wert.wert, 1)} ({format_zahl(wert.unten, 1)} bis {format_zahl(wert.oben, 1)})"
        zeilen.append(f"{gebiet.name}: einfach {_zahl(roh, zeichen, 1)} · altersstandardisiert {text}")
    return [*zeilen, ""]


def auffaellige_text(auswertungen: Iterable[Auswertung], alle: Aussage | None) -> str:
    """Write which areas stand out, by indicator, and how much of that would be chance."""
    zeilen = []
    for a in auswertungen:
        teile = [
            f"{z.gebiet.name} {lage_text(g.lage, sicher=g.sicher)}{'' if g.haelt else ' *'}"
            for z in a.gebiete
            for g in z.gegenueber
            if g.art is Bezugsart.STADT and g.lage
        ]
        if teile:
            zeilen.append(f"{a.indikator.kennung} {a.indikator.name}: {'; '.join(teile)}")
    if alle is None:
        return "Es gibt keine Werte mit Zufallsspanne, die sich mit der Stadt vergleichen lassen."
    return "\n".join(
        [
            *zeilen,
            "",
            "* hält unter den Gebieten dieses Indikators nicht stand (Holm).",
            alle.satz,
            *methoden_text([alle]),
        ]
    )
