"""Vergleich: each indicator against town, Ortsteil and values from outside, with change and trend."""

from __future__ import annotations

from collections.abc import Sequence

from sozialtool.ausgabe.blatt import ZEILE, Blatt
from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zahl, Zeile, Zellwert
from sozialtool.ausgabe.tabellenblatt import write_tabelle
from sozialtool.ausgabe.werkbank import LAGE_KURZ, Werkbank, dativ, differenz, grund, zeilenart, zeitangabe, zelle
from sozialtool.ausgabe.zeichen import legende, write_trend
from sozialtool.fach.auswertung import Auswertung, Bezugsart, Gebietsauswertung, Gegenueber, Wandel
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.schreibweise import LAGE_ZEICHEN, format_zahl, runde

_NAME = 170
_IMMER = (64, 162, 72, 178, 132)
"""Pixels for value, position, shrunk value, change, trend."""
_ORTSTEIL, _FREMD = (112, 76), (92, 92)
"""Pixels for name and distance of the Ortsteil; for the distances to values from outside, which stand last."""
_SKALA = 80
_REFERENZEN = 2
"""Values from outside that fit beside each other."""
_HINWEIS = (
    "! auch außerhalb der 99,8-%-Spanne. * hält nicht stand, wenn alle Gebiete dieses Indikators zusammen zählen (Holm). "
    "Abstände in der Einheit des Indikators; ihr Zeichen gilt gegen den Vergleichswert. Geglättet: zum Mittel der Gebiete gezogen, "
    "je kleiner die Fallzahl, desto stärker. Veränderung mit 95-%-Spanne; ● im Rahmen des Zufalls."
)


def write_vergleich(bank: Werkbank) -> None:
    """Write a table per indicator; nothing where none has intervals."""
    auswertungen = bank.auswerter.auswertungen
    if not auswertungen:
        return
    mit_ortsteil = any(z.gegen(Bezugsart.ORTSTEIL) for a in auswertungen for z in a.gebiete)
    fremde = min(max(len(a.bezuege) for a in auswertungen), _REFERENZEN)
    breiten = (*_IMMER, *(_ORTSTEIL if mit_ortsteil else ()), *_FREMD[:fremde])
    blatt = bank.blatt("Vergleich", (bank.namensbreite(_NAME), *breiten), skala=_SKALA)
    blatt.titel("Vergleich", "Vergleich: gegen Stadt, Ortsteil und Werte von außen, Veränderung und Trend")
    if bank.auswerter.alle is not None:
        blatt.absatz(bank.auswerter.alle.satz)
    if not bank.bericht.alles_drucken:
        _write_auffaelliges(blatt, auswertungen)
    bank.ende_druck(blatt, "Die Tabellen je Indikator")
    blatt.absatz(_HINWEIS)
    for nummer, auswertung in enumerate(auswertungen):
        if nummer:
            blatt.leer(14)
        write_tabelle(blatt, describe_vergleich(bank, auswertung, mit_ortsteil=mit_ortsteil))
    blatt.fertig()


def _write_auffaelliges(blatt: Blatt, auswertungen: Sequence[Auswertung]) -> None:
    """Say for each indicator where chance explains least; with the tables in print it stands below each of them."""
    saetze = [satz for a in auswertungen for satz in _auffaelligster(a)]
    if not saetze:
        return
    blatt.zwischentitel("Was je Indikator am meisten auffällt")
    for satz in saetze:
        blatt.braucht(3 * ZEILE)
        blatt.text(f"– {satz}")
        blatt.rueck(4)


def describe_vergleich(bank: Werkbank, auswertung: Auswertung, *, mit_ortsteil: bool) -> Tabelle:
    """Describe the table of one indicator; columns for values from outside stand last and only where there are some."""
    bericht, ind = bank.bericht, auswertung.indikator
    spalten = _spalten(bank, auswertung, mit_ortsteil=mit_ortsteil)
    knapp = tuple(_zeile(bank, auswertung, zeile, mit_ortsteil=mit_ortsteil) for zeile in auswertung.gebiete)
    saetze = [*_auffaelligster(auswertung), *(f"{a.satz} Grundlage: {a.basis}." for a in auswertung.aussagen[:1])]
    return Tabelle(
        f"{ind.name} in den {dativ(bericht.planungsebene.mehrzahl)} von {bericht.kommune.name} im Vergleich, "
        f"{zeitangabe(ind, auswertung.jahr, bericht.merkmale)}",
        spalten, knapp, nummer=bank.mappe.next_tabelle(), anmerkungen=tuple(saetze),
        quelle=_quelle(bank, auswertung), legende=legende(knapp),
    )  # fmt: skip


def _auffaelligster(auswertung: Auswertung) -> list[str]:
    """The sentence about the area that chance explains least; none where nothing stands out."""
    zeilen = [
        (gegen.p, nummer, zeile.aussagen[0].satz)
        for nummer, zeile in enumerate(auswertung.gebiete)
        if (gegen := zeile.gegen(Bezugsart.STADT)) is not None and gegen.p is not None and gegen.lage and zeile.aussagen
    ]
    return [min(zeilen)[2]] if zeilen else []


def _quelle(bank: Werkbank, auswertung: Auswertung) -> str:
    kennung = auswertung.indikator.kennung
    fremde = [r for r in bank.bericht.referenzen if r.indikator == kennung and r.name in dict(auswertung.bezuege)]
    von_aussen = "; ".join(dict.fromkeys(f"{r.name}: {r.quelle}" for r in fremde))
    return "; ".join(teil for teil in (bank.quelle([auswertung.indikator]), von_aussen) if teil)


def _spalten(bank: Werkbank, auswertung: Auswertung, *, mit_ortsteil: bool) -> tuple[Spalte, ...]:
    ind = auswertung.indikator
    stellen, einheit = ind.nachkommastellen, ind.einheit
    spalten = [
        Spalte(bank.bericht.planungsebene.name, breite=bank.namensbreite(_NAME)),
        Spalte("Wert", Spaltenart.ZAHL, einheit, _IMMER[0], stellen),
        Spalte("gegen die Stadt", Spaltenart.TEXT, "", _IMMER[1]),
        Spalte("geglättet", Spaltenart.ZAHL, einheit, _IMMER[2], stellen),
        Spalte(f"seit {auswertung.jahr - 5} (mit Spanne)", Spaltenart.TEXT, "", _IMMER[3]),
        Spalte("Trend", Spaltenart.TEXT, "", _IMMER[4]),
    ]
    if mit_ortsteil:
        spalten.append(Spalte("Ortsteil", Spaltenart.TEXT, einheit, _ORTSTEIL[0]))
        spalten.append(Spalte("Abstand dazu", Spaltenart.DIFFERENZ, "", _ORTSTEIL[1], stellen))
    spalten += [
        Spalte(f"zu {name}", Spaltenart.DIFFERENZ, f"({format_zahl(wert, stellen)})", breite, stellen)
        for (name, wert), breite in zip(auswertung.bezuege, _FREMD, strict=False)
    ]
    return tuple(spalten)


def _zeile(bank: Werkbank, auswertung: Auswertung, zeile: Gebietsauswertung, *, mit_ortsteil: bool) -> Zeile:
    ind, k = auswertung.indikator, zeile.kennzahl
    wert = zelle(k, ind)
    bezuege = auswertung.bezuege[:_REFERENZEN]
    if k is None or k.wert is None:
        geheim = grund(Zeichen.GEHEIM) if k is not None and k.zeichen is Zeichen.GEHEIM else None
        leer = (None,) * (3 + 2 * mit_ortsteil + len(bezuege))
        return Zeile((zeile.gebiet.name, wert, geheim, *leer), zeilenart(zeile.gebiet))
    stellen = ind.nachkommastellen
    zellen: list[Zellwert] = [
        zeile.gebiet.name, wert, _stadt(zeile.gegen(Bezugsart.STADT)),
        None if zeile.geglaettet is None else Zahl(runde(zeile.geglaettet, stellen), nachkommastellen=stellen),
        _wandel(zeile.fuenfjahr, stellen) or differenz(bank, k, ind, None, 5), _trend(zeile),
    ]  # fmt: skip
    if mit_ortsteil:
        oben = zeile.gegen(Bezugsart.ORTSTEIL)
        zellen += [f"{oben.name} {format_zahl(oben.wert, stellen)}" if oben else None, _abstand(oben, stellen)]
    zellen += [_abstand(zeile.gegen(Bezugsart.REFERENZ, name), stellen) for name, _ in bezuege]
    return Zeile(tuple(zellen), zeilenart(zeile.gebiet))


def _stadt(gegen: Gegenueber | None) -> Zellwert:
    if gegen is None or gegen.lage is None:
        return None
    merkzeichen = ("!" if gegen.sicher else "") + ("" if gegen.haelt or not gegen.lage else " *")
    return f"{LAGE_ZEICHEN[gegen.lage]} {LAGE_KURZ[gegen.lage]}{merkzeichen}"


def _abstand(gegen: Gegenueber | None, stellen: int) -> Zellwert:
    if gegen is None:
        return None
    return Zahl(runde(gegen.differenz, stellen), lage=gegen.lage, nachkommastellen=stellen)


def _wandel(wandel: Wandel | None, stellen: int) -> Zellwert:
    if wandel is None:
        return None
    text = format_zahl(wandel.differenz, stellen, plus=True)
    if wandel.unten is None or wandel.oben is None:
        return text
    zufall = " ●" if wandel.richtung == 0 else ""
    return f"{text} ({format_zahl(wandel.unten, stellen, plus=True)} bis {format_zahl(wandel.oben, stellen, plus=True)}){zufall}"


def _trend(zeile: Gebietsauswertung) -> Zellwert:
    seit = f" seit {zeile.trend.von}" if zeile.trend is not None and zeile.trend.richtung else ""
    return write_trend(zeile) + seit or None
