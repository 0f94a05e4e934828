"""Sheets that exist only when there is something to show: Index, Planungsprozess."""

from __future__ import annotations

from sozialtool.ausgabe.bausteintafel import ANTEILE, build_reihen
from sozialtool.ausgabe.bericht import Indexblatt
from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zahl, Zeile, Zellwert
from sozialtool.ausgabe.tabellenblatt import write_tabelle
from sozialtool.ausgabe.textblatt import to_text
from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt, write_inhalt
from sozialtool.ausgabe.werkbank import Werkbank, grund
from sozialtool.ausgabe.zeichen import legende
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.schreibweise import runde

_SEITE = 1000


def write_index(bank: Werkbank) -> None:
    """Write the composite index with its base set; nothing without one."""
    index = bank.bericht.index
    if index is None:
        return
    tabelle = describe_index(bank, index)
    blatt = bank.blatt(
        "Statusindex" if bank.bericht.indexblaetter else "Index", tuple(s.breite for s in tabelle.spalten), skala=90
    )
    blatt.titel(index.titel, f"Index: {index.titel}")
    if index.warnung:
        blatt.text(index.warnung, bold=True)
        blatt.leer()
    blatt.absatz(say_index(bank))
    blatt.leer()
    write_tabelle(blatt, tabelle)
    blatt.fertig()


def say_index(bank: Werkbank) -> str:
    """Say what an index cannot show, and where the rates stand that can."""
    ohne = "handlungsfelder" in bank.bericht.ohne
    quoten = "" if ohne else " Dafür stehen die Quoten in den Blättern der Handlungsfelder."
    return (
        "Ein Index ordnet Gebiete untereinander. Sein Mittel ist in jedem Jahr null: Eine Verbesserung der ganzen "
        f"Stadt zeigt er nicht.{quoten}"
    )


def describe_index(bank: Werkbank, index: Indexblatt) -> Tabelle:
    """Describe the table of the composite index."""
    stellen = index.stellen or (index.nachkommastellen,) * len(index.spalten)
    zeilen = tuple(
        Zeile(tuple(_zelle(wert, nach) for wert, nach in zip(zeile, stellen, strict=True))) for zeile in index.zeilen
    )
    texte = [any(isinstance(zeile.zellen[nr], str) for zeile in zeilen) for nr in range(len(stellen))]
    breite = max(70, min(140, (_SEITE - 320) // max(len(stellen) - 2, 1)))
    breiten = (200, *(120 if text else breite for text in texte[1:]))
    spalten = tuple(
        Spalte(titel, Spaltenart.TEXT if text else Spaltenart.ZAHL, "", pixel, nach)
        for titel, text, pixel, nach in zip(index.spalten, texte, breiten, stellen, strict=True)
    )
    anmerkungen = tuple(text for text in (f"Grundmenge: {index.basis}" if index.basis else "", index.hinweis) if text)
    return Tabelle(
        f"{index.titel}: {bank.bericht.planungsebene.mehrzahl} von {bank.bericht.kommune.name}",
        spalten, zeilen, nummer=bank.mappe.next_tabelle(),
        anmerkungen=anmerkungen, quelle=bank.quelle([]), legende=legende(zeilen),
    )  # fmt: skip


def write_indexblatt(bank: Werkbank, inhalt: Vergleichsblatt) -> None:
    """Write one sheet of an own index."""
    blatt = bank.blatt(inhalt.name, inhalt.breiten, skala=inhalt.skala)
    write_inhalt(blatt, inhalt)
    blatt.fertig()


def _zelle(wert: str | float | None, stellen: int) -> Zellwert:
    if wert is None:
        return grund(Zeichen.FEHLT)
    if wert == Zeichen.GEHEIM.symbol:
        return grund(Zeichen.GEHEIM)
    return wert if isinstance(wert, str) else Zahl(runde(wert, stellen), nachkommastellen=stellen)


def write_planung(bank: Werkbank) -> None:
    """Write the council's table of the six Bausteine; nothing without them."""
    if not bank.bericht.bausteine:
        return
    blatt = bank.blatt("Planungsprozess", ANTEILE)
    blatt.titel("Planungsprozess", "Planungsprozess: die Bausteine und ihr Stand")
    blatt.leer()
    write_tabelle(blatt, describe_bausteine(bank))
    blatt.fertig()


def describe_bausteine(bank: Werkbank) -> Tabelle:
    """Describe the table of the six Bausteine.

    Source of the three columns: fach/regeln.md section 6 (council paper of Voerde, 15.08.2024).
    """
    bericht, lang = bank.bericht, Spaltenart.LANG
    reihen = build_reihen(bericht.bausteine, bericht.inhalte, bericht.umsetzungsstaende, bericht.stand)
    zeilen = tuple(Zeile(tuple(to_text(zelle) for zelle in reihe)) for reihe in reihen)
    koepfe = ("Baustein", "Inhalte", f"Umsetzungsstand/Planung in {bericht.kommune.name}")
    return Tabelle(
        f"Bausteine der Sozialplanung in {bericht.kommune.name}, Stand {bericht.stand:%d.%m.%Y}",
        tuple(Spalte(kopf, lang, breite=pixel) for kopf, pixel in zip(koepfe, ANTEILE, strict=True)), zeilen,
        nummer=bank.mappe.next_tabelle(),
    )  # fmt: skip
