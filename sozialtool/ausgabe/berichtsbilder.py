"""Pictures of a Sozialbericht: bars per area, series over the years, tile maps; each says its message in its caption."""

from __future__ import annotations

from collections.abc import Sequence

from sozialtool.ausgabe.berichtsstoff import figurtext, legende_of, make_noten
from sozialtool.ausgabe.blaetter.kachelkarte import find_plaetze
from sozialtool.ausgabe.schaubild import Balken, Kachel, Linie, draw_balken, draw_kacheln, draw_linien
from sozialtool.ausgabe.seitenplan import Bildblock
from sozialtool.ausgabe.stil import STIL
from sozialtool.ausgabe.stuecke import Bild, Satz
from sozialtool.ausgabe.verlaufssatz import say_verlauf
from sozialtool.ausgabe.werkbank import Zahlenbank, dativ, flaechenfarbe, kartentitel, zeitangabe, zelle
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import format_zahl

_JAHRE = 12
_HOECHSTENS = 36
"""Areas that can stand below each other in a chart of one page."""
_SPALTEN, _REIHEN = 10, 12
"""Tiles beside and below each other that a page holds."""


def _raeume(bank: Zahlenbank) -> list[Gebiet]:
    return [raum for raum in bank.bericht.raeume if not raum.ist_rest]


def _jahr(bank: Zahlenbank, ind: Indikator) -> int:
    return bank.zahlen.jahr(ind.kennung, bank.bericht.jahr) or bank.bericht.jahr


def _einheit(ind: Indikator) -> str:
    return "" if ind.einheit == "Anzahl" else ind.einheit


def _block(
    bank: Zahlenbank, art: str, ind: Indikator, bild: tuple[Bild, str], zeilen: Sequence[Kennzahl | None]
) -> Bildblock:
    """Put caption, source, whiskers in words and signs to a picture."""
    mit_spanne = art == "balken" and any(k is not None and k.unten is not None for k in zeilen)
    spanne = "Dünne Linien: was der Zufall bei so vielen Fällen erlaubt (95 %). " if mit_spanne else ""
    legende = legende_of([zelle(k, ind, mit_lage=True) for k in zeilen])
    key = f"{art}/{ind.kennung}"
    noten = make_noten(f"bild/{key}", (f"Quelle: {bank.quelle([ind])}.", f"{spanne}{legende}".strip()))
    return Bildblock(bild[0], Satz(f"titel/{key}", f"Titel: {ind.name}", bild[1]), noten)


def build_balken(bank: Zahlenbank, ind: Indikator) -> Bildblock | None:
    """Draw an indicator in all areas against the town; None without any figure to show."""
    jahr, raeume = _jahr(bank, ind), _raeume(bank)
    zeilen = [bank.zahlen.get(ind.kennung, jahr, raum.schluessel) for raum in raeume]
    if not any(k is not None and k.wert is not None for k in zeilen) or len(raeume) > _HOECHSTENS:
        return None
    balken = [
        Balken(raum.name, k.wert if k else None, figurtext(k, ind), k.unten if k else None, k.oben if k else None)
        for raum, k in zip(raeume, zeilen, strict=True)
    ]
    stadt = bank.zahlen.get(ind.kennung, jahr, bank.bericht.stadt.schluessel)
    linie = None
    if ind.nenner and stadt is not None and stadt.wert is not None:
        linie = (f"{bank.bericht.stadt.name} {format_zahl(stadt.wert, ind.nachkommastellen)}", stadt.wert)
    wann = zeitangabe(ind, jahr, bank.bericht.merkmale)
    einheit = f" in {_einheit(ind)}" if _einheit(ind) and _einheit(ind) not in ind.name else ""
    titel = f"{ind.name}{einheit} nach {dativ(bank.bericht.planungsebene.mehrzahl)}, {wann}"
    teile = [f"{b.name} {b.text}" for b in balken]
    alt = f"Balkendiagramm: {ind.name}{einheit}, {wann}. {'; '.join(([linie[0]] if linie else []) + teile)}."
    bild = Bild(f"bild/balken/{ind.kennung}", f"Balken: {ind.name}", draw_balken(balken, linie), alt)
    return _block(bank, "balken", ind, (bild, titel), zeilen)


def build_linien(bank: Zahlenbank, ind: Indikator) -> Bildblock | None:
    """Draw an indicator over the years: the town dark, the highest and the lowest area coloured, others pale; None below two years."""
    stadt = bank.bericht.stadt
    jahre = [j for j in bank.zahlen.jahre(ind.kennung) if j <= bank.bericht.jahr][-_JAHRE:]
    if len(jahre) < 2:
        return None
    brueche = [j for j in bank.zahlen.brueche(ind.kennung) if jahre[0] < j <= jahre[-1]]
    gebiete = [stadt, *_raeume(bank)] if ind.nenner else [stadt]
    werte = {g.schluessel: _werte(bank, ind, g, jahre) for g in gebiete}
    enden = [(w[-1], g.schluessel) for g in gebiete[1:] if (w := werte[g.schluessel])[-1] is not None]
    vorn = {max(enden)[1], min(enden)[1]} if len(enden) > 1 else set()
    rollen = {g.schluessel: "stadt" if g is stadt else "vorn" if g.schluessel in vorn else "" for g in gebiete}
    linien = [
        Linie(g.name, werte[g.schluessel], rollen[g.schluessel])
        for g in gebiete
        if any(w is not None for w in werte[g.schluessel])
    ]
    if not linien:
        return None
    titel = say_verlauf(bank, ind, jahre, brueche)
    gezeigt = [linie for linie in linien if linie.rolle]
    teile = "; ".join(f"{linie.name}: {_say_reihe(jahre, linie.werte, ind)}" for linie in gezeigt)
    bruch = f" Bruch in der Definition: {', '.join(map(str, brueche))}." if brueche else ""
    alt = f"Liniendiagramm: {titel}. {teile}.{bruch}"
    bild = Bild(f"bild/linien/{ind.kennung}", f"Verlauf: {ind.name}", draw_linien(jahre, linien, brueche), alt)
    blass = f" Blass: die übrigen {bank.bericht.planungsebene.mehrzahl}." if len(linien) > len(gezeigt) else ""
    gruende = "".join(
        f" ≠ {j}: {t}; davor und danach ist nicht vergleichbar."
        for j, t in bank.zahlen.brueche(ind.kennung).items()
        if j in brueche
    )
    # One note: a report of before has one, and a refresh fills places, it makes none.
    note = f"Quelle: {bank.quelle([ind])}. Angabe in {ind.einheit}.{blass}{gruende}"
    noten = make_noten(f"bild/linien/{ind.kennung}", (note,))
    return Bildblock(bild, Satz(f"titel/linien/{ind.kennung}", f"Titel: Verlauf {ind.name}", titel), noten)


def _werte(bank: Zahlenbank, ind: Indikator, gebiet: Gebiet, jahre: Sequence[int]) -> tuple[float | None, ...]:
    zeilen = [bank.zahlen.get(ind.kennung, jahr, gebiet.schluessel) for jahr in jahre]
    return tuple(None if k is None else k.wert for k in zeilen)


def _say_reihe(jahre: Sequence[int], werte: Sequence[float | None], ind: Indikator) -> str:
    return ", ".join(f"{j} {format_zahl(w, ind.nachkommastellen, leer='–')}" for j, w in zip(jahre, werte, strict=True))


def _platz(bank: Zahlenbank) -> dict[str, tuple[int, int]] | None:
    """Return the place of every area on the tile map, from 0; None unless each has one of its own and all fit on a page."""
    karte = find_plaetze(bank)
    if not karte or max(x for x, _ in karte) >= _SPALTEN or max(y for _, y in karte) >= _REIHEN:
        return None
    return {raum.schluessel: platz for platz, raum in karte.items()}


def build_karte(bank: Zahlenbank, ind: Indikator) -> Bildblock | None:
    """Draw an indicator on the tile map: figure and sign in every tile; None where the areas have no places."""
    plaetze, jahr = _platz(bank), _jahr(bank, ind)
    if plaetze is None:
        return None
    zeilen = {r.schluessel: bank.zahlen.get(ind.kennung, jahr, r.schluessel) for r in _raeume(bank)}
    if not any(k is not None and k.wert is not None for k in zeilen.values()):
        return None
    kacheln = [
        Kachel(
            *plaetze[r.schluessel],
            r.name,
            figurtext(zeilen[r.schluessel], ind),
            flaechenfarbe(STIL, zeilen[r.schluessel], ind),
        )
        for r in _raeume(bank)
    ]
    titel = f"{kartentitel(bank, ind)}; Lage der Kacheln ungefähr wie in der Stadt"
    alt = f"Kachelkarte: {kartentitel(bank, ind)}. {'; '.join(f'{k.name} {k.text}' for k in kacheln)}."
    bild = Bild(f"bild/karte/{ind.kennung}", f"Karte: {ind.name}", draw_kacheln(kacheln), alt)
    return _block(bank, "karte", ind, (bild, titel), list(zeilen.values()))


def build_titelkarte(bank: Zahlenbank) -> Bild | None:
    """Draw the areas by name for the first page; None where they have no places."""
    plaetze = _platz(bank)
    if plaetze is None:
        return None
    kacheln = [Kachel(*plaetze[r.schluessel], r.name, "", STIL.band) for r in _raeume(bank)]
    alt = f"Die {bank.bericht.planungsebene.mehrzahl} von {bank.bericht.kommune.name} als Kacheln: {', '.join(k.name for k in kacheln)}."
    return Bild("bild/titel", "Sozialräume", draw_kacheln(kacheln), alt)
