"""Sheets that exist only when there is something to show: Index, Planungsprozess."""

from __future__ import annotations

from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zahl, Zeile, Zellwert
from sozialtool.ausgabe.tabellenblatt import write_tabelle
from sozialtool.ausgabe.werkbank import Werkbank
from sozialtool.ausgabe.zahlen import runde
from sozialtool.fach.messwert import Zeichen

_PLANUNG = (230, 300, 340)


def write_index(bank: Werkbank) -> None:
    """Write the composite index with its base set; nothing without one."""
    index = bank.bericht.index
    if index is None:
        return
    breiten = (200, *(max(70, min(140, 690 // max(len(index.spalten) - 1, 1))),) * (len(index.spalten) - 1))
    blatt = bank.blatt("Index", breiten)
    blatt.titel(index.titel, f"Index: {index.titel}")
    blatt.absatz(
        "Ein Index ordnet Gebiete untereinander. Sein Mittel ist in jedem Jahr gleich: Eine Verbesserung der ganzen "
        "Stadt zeigt er nicht. Dafür stehen die Quoten in den Blättern der Handlungsfelder."
    )
    blatt.leer()
    stellen = index.nachkommastellen
    textspalten = [any(isinstance(zeile[nr], str) for zeile in index.zeilen) for nr in range(len(index.spalten))]
    spalten = tuple(
        Spalte(titel, Spaltenart.TEXT if text else Spaltenart.ZAHL, "", breite, stellen)
        for titel, text, breite in zip(index.spalten, textspalten, breiten, strict=True)
    )
    zeilen = tuple(Zeile(tuple(_zelle(wert, stellen) for wert in zeile)) for zeile in index.zeilen)
    anmerkungen = tuple(text for text in (f"Grundmenge: {index.basis}" if index.basis else "", index.hinweis) if text)
    write_tabelle(blatt, Tabelle(
        f"{index.titel}, {bank.bericht.kommune.name}", spalten, zeilen, nummer=bank.mappe.next_tabelle(),
        anmerkungen=anmerkungen, quelle=bank.quelle([]),
    ))  # fmt: skip
    blatt.fertig()


def _zelle(wert: str | float | None, stellen: int) -> Zellwert:
    if wert is None:
        return Zeichen.FEHLT.symbol
    return wert if isinstance(wert, str) else Zahl(runde(wert, stellen))


def write_planung(bank: Werkbank) -> None:
    """Write the council's table of the six Bausteine; nothing without them.

    Source of the three columns: fach/regeln.md section 6 (council paper of Voerde, 15.08.2024).
    """
    bericht, lang = bank.bericht, Spaltenart.LANG
    if not bericht.bausteine:
        return
    blatt = bank.blatt("Planungsprozess", _PLANUNG)
    blatt.titel("Planungsprozess", "Planungsprozess: die Bausteine und ihr Stand")
    blatt.leer()
    zeilen = []
    for baustein in sorted(bericht.bausteine, key=lambda b: b.nummer):
        inhalte = sorted(
            (i for i in bericht.inhalte if i.baustein == baustein.nummer), key=lambda i: (i.reihenfolge, i.schluessel)
        )
        staende = sorted(
            (u for u in bericht.umsetzungsstaende if u.baustein == baustein.nummer),
            key=lambda u: (u.datum, u.schluessel),
            reverse=True,
        )
        zeilen.append(Zeile((
            f"{baustein.nummer}. {baustein.name} ({baustein.fortschritt.value})",
            "\n".join(f"– {inhalt.text} ({inhalt.fortschritt.value})" for inhalt in inhalte),
            "\n".join(f"{stand.datum:%d.%m.%Y}: {stand.text}" for stand in staende),
        )))  # fmt: skip
    spalten = (
        Spalte("Baustein", lang, breite=_PLANUNG[0]), Spalte("Inhalte", lang, breite=_PLANUNG[1]),
        Spalte(f"Umsetzungsstand/Planung in {bericht.kommune.name}", lang, breite=_PLANUNG[2]),
    )  # fmt: skip
    write_tabelle(blatt, Tabelle(
        f"Bausteine der Sozialplanung in {bericht.kommune.name}, Stand {bericht.stand:%d.%m.%Y}", spalten, tuple(zeilen),
        nummer=bank.mappe.next_tabelle(),
    ))  # fmt: skip
    blatt.fertig()
