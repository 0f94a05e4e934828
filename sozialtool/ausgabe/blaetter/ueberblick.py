"""Auf einen Blick: the matrix Sozialraum × agreed Indikatoren, the city first, each position against the city."""

from __future__ import annotations

from collections.abc import Iterable

from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile, Zeilenart, Zellwert
from sozialtool.ausgabe.tabellenblatt import write_tabelle
from sozialtool.ausgabe.werkbank import Werkbank, dativ, kurzname, name_of_feld, neueste, zeilenart, zelle
from sozialtool.ausgabe.zeichen import legende
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.raum import Gebiet

_NAME = 205
_WERT = 75
_JE_BLOCK = 12
_SKALA = 87
"""Print scale at which two or three Handlungsfelder fit beside each other."""


def write_ueberblick(bank: Werkbank) -> None:
    """Write the matrix in blocks of columns that each fill one readable page."""
    bericht = bank.bericht
    blatt = bank.blatt("Auf einen Blick", (bank.namensbreite(_NAME), *(_WERT,) * _JE_BLOCK), skala=_SKALA)
    blatt.titel("Auf einen Blick", f"Auf einen Blick: {bericht.planungsebene.mehrzahl} und Stadt im Vergleich")
    blatt.klein(
        "Das Zeichen neben der Zahl sagt, wie das Gebiet zur Stadt steht. Die Farbe zeigt, ob das eher Unterstützung "
        "nahelegt (orange) oder entlastet (violett); Indikatoren ohne Wertung bleiben weiß."
    )
    kleinraeumig = [ind for ind in bericht.vereinbarte if _hat_raeume(bank, ind)]
    for block in bloecke(kleinraeumig, _JE_BLOCK):
        blatt.leer()
        write_tabelle(blatt, describe_matrix(bank, block))
    blatt.fertig()


def bloecke(indikatoren: Iterable[Indikator], groesse: int) -> list[list[Indikator]]:
    """Split into blocks of at most `groesse`; a Handlungsfeld stays together where it fits.

    Blocks are filled evenly: a Handlungsfeld moves to the next block rather than being cut.
    """
    felder: dict[str, list[Indikator]] = {}
    for indikator in indikatoren:
        felder.setdefault(indikator.handlungsfeld, []).append(indikator)
    fertig: list[list[Indikator]] = []
    offen: list[Indikator] = []
    for feld in felder.values():
        if offen and len(offen) + len(feld) > groesse:
            fertig.append(offen)
            offen = []
        offen = [*offen, *feld]
        while len(offen) > groesse:
            fertig.append(offen[:groesse])
            offen = offen[groesse:]
    return [*fertig, offen] if offen else fertig


def describe_matrix(bank: Werkbank, indikatoren: list[Indikator]) -> Tabelle:
    """Describe one block of the matrix: the first column is repeated in each block."""
    bericht = bank.bericht
    felder = list(dict.fromkeys(name_of_feld(bericht.felder, ind.handlungsfeld) for ind in indikatoren))
    spalten = [Spalte("Gebiet", breite=bank.namensbreite(_NAME))]
    for indikator in indikatoren:
        jahr = bank.zahlen.jahr(indikator.kennung, bericht.jahr)
        einheit = indikator.einheit if jahr == bericht.jahr else f"{indikator.einheit} ({jahr})"
        spalten.append(
            Spalte(kurzname(indikator), Spaltenart.ZAHL, einheit, _WERT, indikator.nachkommastellen,
                   name_of_feld(bericht.felder, indikator.handlungsfeld))
        )  # fmt: skip
    zeilen = [_zeile(bank, gebiet, indikatoren) for gebiet in (bericht.stadt, *bericht.raeume)]
    return Tabelle(
        f"{' · '.join(felder)} in den {dativ(bericht.planungsebene.mehrzahl)} von {bericht.kommune.name}, {bericht.jahr}",
        tuple(spalten), tuple(zeilen), nummer=bank.mappe.next_tabelle(), anmerkungen=_langnamen(indikatoren),
        legende=legende(zeilen), quelle=bank.quelle(indikatoren),
    )  # fmt: skip


def _langnamen(indikatoren: list[Indikator]) -> tuple[str, ...]:
    """Explain the short heads in one note."""
    paare = [f"{kurzname(ind)}: {ind.name}" for ind in indikatoren if kurzname(ind) != ind.name]
    return (f"Kurz für – {'; '.join(paare)}.",) if paare else ()


def _zeile(bank: Werkbank, gebiet: Gebiet, indikatoren: list[Indikator]) -> Zeile:
    art = zeilenart(gebiet)
    zellen: list[Zellwert] = [gebiet.name]
    for indikator in indikatoren:
        kennzahl = neueste(bank, indikator, gebiet)
        lage = kennzahl.lage if kennzahl else None
        farbe = bank.mappe.stil.farbe(lage, indikator.richtung) if art is Zeilenart.GEBIET else ""
        zellen.append(zelle(kennzahl, indikator, mit_lage=art is Zeilenart.GEBIET, farbe=farbe))
    return Zeile(tuple(zellen), art)


def _hat_raeume(bank: Werkbank, indikator: Indikator) -> bool:
    return bank.zahlen.hat_gebiete(indikator.kennung, (raum.schluessel for raum in bank.bericht.raeume))
