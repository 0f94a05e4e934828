"""The door out of the house: from computed figures to a `FreigegebeneTabelle`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable

import polars as pl

from sozialtool.fach.indikator import Indikator
from sozialtool.fach.messwert import Merkmal
from sozialtool.fach.raum import STADT, Gebiet
from sozialtool.fehler import Abgebrochen
from sozialtool.geheimhaltung.bereinigen import clean_kennzahlen, clean_messwerte
from sozialtool.geheimhaltung.bestand import Bestand, list_orte, merkmale_of, read_bestand
from sozialtool.geheimhaltung.regeln import find_primaere
from sozialtool.geheimhaltung.tabelle import FreigegebeneTabelle, Inhalt, look_inside, make_tabelle
from sozialtool.geheimhaltung.werte import Beweis, Bezug, Grund, Ort, Regel, Sperrung

__all__ = ["FreigegebeneTabelle", "freigeben", "warum_gesperrt"]

Fortschritt = Callable[[int, int, str], None]
Zeile = tuple[str, int, str]


def freigeben(
    kennzahlen: pl.DataFrame | pl.LazyFrame,
    messwerte: pl.DataFrame | pl.LazyFrame,
    indikatoren: Iterable[Indikator],
    merkmale: Iterable[Merkmal],
    gebiete: Iterable[Gebiet],
    bezuege: Iterable[Bezug],
    *,
    veroeffentlichte_ebenen: Collection[str] | None = None,
    daten_merkmale: Collection[str] | None = None,
    regel: Regel | None = None,
    fortschritt: Fortschritt | None = None,
    stop: threading.Event | None = None,
) -> FreigegebeneTabelle:
    """Suppress what must stay secret and what would disclose it; the only maker of a `FreigegebeneTabelle`.

    Args:
        kennzahlen: schema `rahmen.KENNZAHLEN`, all levels and years that are to be released.
        messwerte: schema `rahmen.MESSWERTE`, aggregated to all levels with "nicht zuzuordnen".
        indikatoren: the ones to release; rows of others are dropped.
        merkmale: descriptions of all Merkmale in `messwerte`.
        gebiete: all areas with their level and parent.
        bezuege: how each Indikator is made of Merkmale.
        veroeffentlichte_ebenen: levels whose figures leave (others are known to nobody); default: all in `kennzahlen`.
        daten_merkmale: Merkmale whose base figures are shown; default: those of one-year indicators.
        regel: settings of the primary rule.
        fortschritt: called with (done, of, what).
        stop: checked between the steps; then `Abgebrochen`.

    Raises:
        GeheimhaltungsFehler: no safe pattern exists.
        Abgebrochen: `stop` was set.
    """
    regel = regel or Regel()
    liste = list(indikatoren)
    rahmen, basis = _collect(kennzahlen), _collect(messwerte)
    bestand = read_bestand(basis, merkmale, gebiete, bezuege)
    _step(fortschritt, stop, 0, "Kleine Zahlen suchen")
    if veroeffentlichte_ebenen is None:
        veroeffentlichte_ebenen = sorted(rahmen["ebene"].drop_nulls().unique())
    rahmen = _select(rahmen, liste, veroeffentlichte_ebenen)
    gruende = find_primaere(bestand, regel)
    sichtbar = _find_sichtbare(bestand, liste, veroeffentlichte_ebenen, daten_merkmale)
    abhaengig = _link(rahmen, bestand)
    zeilen = {zeile for zeile, orte in abhaengig.items() if any(ort in gruende for ort in orte)}
    _step(fortschritt, stop, 1, "Tabellen bereinigen")
    protokoll = tuple(
        Sperrung(*ort, Grund.QUELLE if gruende[ort] is Grund.QUELLE else Grund.GEHEIM, 0.0, None)
        for ort in sorted(sichtbar)
        if ort in gruende
    )
    inhalt = Inhalt(
        clean_kennzahlen(rahmen, zeilen, liste, STADT),
        clean_messwerte(basis, bestand, gruende, sichtbar),
        protokoll,
        Beweis(len(protokoll), sum(s.grund is Grund.QUELLE for s in protokoll), None, None, optimal=False, regel=""),
        gruende,
        abhaengig,
    )
    return make_tabelle(inhalt)


def warum_gesperrt(tabelle: FreigegebeneTabelle, indikator: str, jahr: int, gebiet: str) -> str:
    """Explain in one German sentence, for the screen, why a Kennzahl is not shown; "" where it is shown."""
    inhalt = look_inside(tabelle)
    orte = [ort for ort in inhalt.abhaengig.get((indikator, jahr, gebiet), ()) if ort in inhalt.gruende]
    if not orte:
        return ""
    texte = [f"{ort.merkmal} {ort.jahr}: {inhalt.gruende[ort].value}" for ort in orte]
    return "Gesperrt – " + "; ".join(texte) + "."


def _collect(frame: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    return frame.collect() if isinstance(frame, pl.LazyFrame) else frame


def _step(fortschritt: Fortschritt | None, stop: threading.Event | None, schritt: int, text: str) -> None:
    if stop is not None and stop.is_set():
        raise Abgebrochen("Die Geheimhaltung wurde abgebrochen.", "Es ist nichts hinausgegangen.")
    if fortschritt is not None:
        fortschritt(schritt, 2, text)


def _select(rahmen: pl.DataFrame, indikatoren: list[Indikator], ebenen: Collection[str]) -> pl.DataFrame:
    kennungen = sorted({indikator.kennung for indikator in indikatoren})
    return rahmen.filter(pl.col("indikator").is_in(kennungen) & pl.col("ebene").is_in(sorted(ebenen)))


def _find_sichtbare(
    bestand: Bestand, indikatoren: list[Indikator], ebenen: Collection[str], daten_merkmale: Collection[str] | None
) -> set[Ort]:
    """Name the base cells that the Daten sheet shows."""
    if daten_merkmale is None:
        bezuege = [bestand.bezuege[i.kennung] for i in indikatoren if i.kennung in bestand.bezuege]
        daten_merkmale = {
            merkmal
            for b in bezuege
            if b.jahre <= 1
            for seite in (b.zaehler, b.nenner)
            for merkmal in merkmale_of(seite)
        }
    gewollt = set(daten_merkmale)
    gezeigt = {*ebenen, "nz"} if STADT in ebenen else set(ebenen)
    return {ort for ort in bestand.werte if ort.merkmal in gewollt and bestand.ebene_of(ort.gebiet) in gezeigt}


def _link(rahmen: pl.DataFrame, bestand: Bestand) -> dict[Zeile, tuple[Ort, ...]]:
    """Name the base cells that each Kennzahl is made of."""
    abhaengig: dict[Zeile, tuple[Ort, ...]] = {}
    for indikator, jahr, gebiet in rahmen.select("indikator", "jahr", "gebiet").iter_rows():
        bezug = bestand.bezuege.get(indikator)
        if bezug is None:
            continue
        orte = {
            ort for seite in (bezug.zaehler, bezug.nenner) for ort, _ in list_orte(seite, gebiet, jahr, bezug.jahre)
        }
        abhaengig[indikator, jahr, gebiet] = tuple(sorted(orte))
    return abhaengig
