"""What a department put into a form beyond its cells: notes, comments, further rows, columns and sheets."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sozialtool.einlesen.rohblatt import Rohblatt, Rohmappe, adresse
from sozialtool.erhebung.formular import (
    ANGABEN,
    ANMERKUNG,
    BEMERKUNG,
    ERLAEUTERUNG,
    GESAMT,
    RUECKFRAGEN,
    VERSTECKT,
    WEIL,
    Kennung,
    text_of,
)
from sozialtool.erhebung.lage import Bauplan, Lage
from sozialtool.fach.quelle import Befund, Schwere

_EIGENE_BLAETTER = (ERLAEUTERUNG, RUECKFRAGEN, VERSTECKT)
_HOECHSTENS = 200


@attrs.frozen
class Notiz:
    """One remark of the department: where it stands (area, Merkmal, or cell) and what it says.

    `spalte`: it belongs to a whole column, that is to a Merkmal and to no area.
    """

    ort: str
    text: str
    spalte: bool = False


def find_notizen(mappe: Rohmappe, lage: Lage, plan: Bauplan) -> tuple[Notiz, ...]:
    """Collect remarks: the free column and row, reasons, comments, texts below the table, texts on added sheets."""
    notizen = [*_from_feldern(lage, plan), *_from_kommentaren(mappe), *_from_unten(lage), *_from_blaettern(mappe, lage)]
    return tuple(notizen[:_HOECHSTENS])


def _from_feldern(lage: Lage, plan: Bauplan) -> Iterator[Notiz]:
    blatt = lage.blatt
    if ANMERKUNG in lage.spalten:
        for zeile, z in lage.zeilen.items():
            text = blatt.wert(z, lage.spalten[ANMERKUNG])
            if _is_text(text) and zeile in (*plan.gebiete, GESAMT):
                yield Notiz(plan.gebiete.get(zeile, "Stadt insgesamt"), str(text).strip())
    for zeile in (WEIL, BEMERKUNG):
        for merkmal, s in lage.spalten.items():
            text = blatt.wert(lage.zeilen[zeile], s) if zeile in lage.zeilen else None
            if merkmal != ANMERKUNG and _is_text(text):
                vorn = "Angabe nicht möglich, weil … " if zeile == WEIL else ""
                yield Notiz(plan.merkmale.get(merkmal, merkmal), f"{vorn}{str(text).strip()}", spalte=True)


def _from_kommentaren(mappe: Rohmappe) -> Iterator[Notiz]:
    for blatt in mappe.blaetter:
        for (z, s), text in sorted(blatt.kommentare.items()):
            # The comments of a Rückfrage are our own words.
            if "Rückfrage:" not in text[:60] and text.strip():
                yield Notiz(f"{blatt.name} {adresse(z, s)}", text.strip())


def _from_unten(lage: Lage) -> Iterator[Notiz]:
    unten = max(lage.zeilen.values(), default=lage.blatt.hoehe)
    for z, s, wert in lage.blatt.belegt():
        if z > unten and _is_text(wert) and Kennung.from_text(str(wert)) is None:
            yield Notiz(f"{lage.blatt.name} {adresse(z, s)}", str(wert).strip())


def _from_blaettern(mappe: Rohmappe, lage: Lage) -> Iterator[Notiz]:
    for blatt in _fremde_blaetter(mappe, lage):
        for z, s, wert in blatt.belegt():
            if _is_text(wert):
                yield Notiz(f"{blatt.name} {adresse(z, s)}", str(wert).strip())


def _fremde_blaetter(mappe: Rohmappe, lage: Lage) -> list[Rohblatt]:
    return [b for b in mappe.blaetter if b is not lage.blatt and b.name not in _EIGENE_BLAETTER and any(b.belegt())]


def _is_text(wert: object) -> bool:
    return isinstance(wert, str) and bool(wert.strip())


def find_zusatz(mappe: Rohmappe, lage: Lage, plan: Bauplan) -> list[Befund]:
    """Name filled rows and columns that the form does not have, and added sheets: their figures are not read."""
    befunde = [*_find_zeilen(lage), *_find_spalten(lage, plan)]
    for blatt in _fremde_blaetter(mappe, lage):
        anzahl = sum(1 for _ in blatt.belegt())
        meldung = f"Das Blatt „{blatt.name}“ gehört nicht zum Formular ({anzahl} gefüllte Zellen)."
        zweites = ANGABEN.casefold() in blatt.name.casefold()
        befunde.append(
            Befund("RUECKLAUF-BLATT", Schwere.FRAGE if zweites else Schwere.HINWEIS, meldung,
                   "Die Texte stehen bei den Anmerkungen; Zahlen bitte selbst ansehen.", "", blatt.name)
        )  # fmt: skip
    return befunde


def _find_zeilen(lage: Lage) -> Iterator[Befund]:
    bekannt = set(lage.zeilen.values())
    doppelt = {ort for schluessel, ort in lage.doppelt if schluessel in lage.zeilen}
    oben, unten = min(bekannt, default=0), max(bekannt, default=0)
    for z in range(oben, unten):
        if z in bekannt or z in doppelt:
            continue
        werte = [text for w in lage.blatt.zeilen[z] if (text := text_of(w))]
        gefuellt = [s for s in lage.spalten.values() if lage.blatt.wert(z, s) not in (None, "")]
        if gefuellt:
            yield Befund("RUECKLAUF-ZUSATZZEILE", Schwere.FRAGE,
                         f"Zeile {z + 1} gehört nicht zum Formular: {' | '.join(werte)[:200]}.",
                         "Bitte klären, zu welchem Gebiet sie gehört.", "", lage.blatt.name, adresse(z, 0))  # fmt: skip


def _find_spalten(lage: Lage, plan: Bauplan) -> Iterator[Befund]:
    bekannt = set(lage.spalten.values()) | set(lage.vorjahr.values())
    bekannt |= {ort for schluessel, ort in lage.doppelt if schluessel not in lage.zeilen}
    erste = min(lage.spalten.values(), default=0)
    zeilen = [z for schluessel, z in lage.zeilen.items() if schluessel in plan.gebiete]
    for s in range(erste, lage.blatt.breite):
        werte = [text for z in zeilen if (text := text_of(lage.blatt.wert(z, s)))]
        if s not in bekannt and werte:
            yield Befund("RUECKLAUF-ZUSATZSPALTE", Schwere.FRAGE,
                         f"Spalte {adresse(0, s)[:-1]} gehört nicht zum Formular: {' | '.join(werte)[:200]}.",
                         "Bitte klären, was sie enthält.", "", lage.blatt.name, adresse(lage.kopf, s))  # fmt: skip
