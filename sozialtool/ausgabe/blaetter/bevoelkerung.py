"""Bevölkerung und Verteilung: population over the years, segregation, age-standardised rates."""

from __future__ import annotations

from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zahl, Zeile, Zellwert
from sozialtool.ausgabe.tabellenblatt import write_tabelle
from sozialtool.ausgabe.werkbank import Werkbank, dativ, grund, zeilenart
from sozialtool.ausgabe.zeichen import legende
from sozialtool.fach.auswertung import Entwicklung, Segregation, Standardisierung
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.schreibweise import format_zahl, runde

_NAME, _ZAHL, _SPALTEN = 330, 82, 9
_SKALA = 85
_KOPF = {"Wanderungssaldo": "Saldo der Wanderung"}
"""Heads that must break between words."""
_MEISTE_JAHRE = 4
"""Years of population beside first and last change and two balances."""


def write_bevoelkerung(bank: Werkbank) -> None:
    """Write the three parts; nothing where none has figures."""
    bild = bank.auswerter.gesamtbild
    if not (bild.entwicklungen or bild.segregationen or bild.standardisiert):
        return
    blatt = bank.blatt("Bevölkerung und Verteilung", (_NAME, *(_ZAHL,) * _SPALTEN), skala=_SKALA)
    blatt.titel(
        "Bevölkerung und Verteilung", "Bevölkerung und Verteilung: Entwicklung, Segregation, Altersstandardisierung"
    )
    if bild.bevoelkerung is not None:
        blatt.absatz(bild.bevoelkerung.satz)
        write_tabelle(blatt, describe_entwicklung(bank, bild.entwicklungen))
    if bild.segregationen:
        blatt.leer(14)
        write_tabelle(blatt, describe_segregation(bank, bild.segregationen))
    for standardisierung in bild.standardisiert:
        blatt.leer(14)
        write_tabelle(blatt, describe_standard(bank, standardisierung))
    blatt.fertig()


def _ort(bank: Werkbank) -> str:
    return f"in den {dativ(bank.bericht.planungsebene.mehrzahl)} von {bank.bericht.kommune.name}"


def describe_entwicklung(bank: Werkbank, entwicklungen: tuple[Entwicklung, ...]) -> Tabelle:
    """Describe the table of the population: years, change, balances."""
    erste = entwicklungen[0]
    alle = sorted({j for e in entwicklungen for j in (*e.ew, *e.zeichen)})
    jahre = [alle[0], *[j for j in alle[1:] if j > alle[-1] - _MEISTE_JAHRE]]
    salden = [(s.name, s.von, s.bis) for s in erste.salden]
    spalten = [
        Spalte(bank.bericht.planungsebene.name, breite=_NAME),
        *(Spalte(str(j), Spaltenart.ANZAHL, "Personen", _ZAHL) for j in jahre),
        Spalte(f"seit {alle[0]}", Spaltenart.DIFFERENZ, "Personen", _ZAHL),
        Spalte(f"seit {alle[0]}", Spaltenart.DIFFERENZ, "%", _ZAHL, 1),
        Spalte("Index", Spaltenart.ZAHL, f"{alle[0]} = 100", _ZAHL, 1),
    ]
    spalten += [
        Spalte(_KOPF.get(name, name), Spaltenart.DIFFERENZ, str(bis) if von == bis else f"{von}–{bis}", _ZAHL)
        for name, von, bis in salden
    ]
    frei = 1 + _SPALTEN
    zeilen = tuple(
        Zeile(_entwicklung(e, jahre, len(salden))[:frei], zeilenart(e.gebiet))
        for e in entwicklungen
        if e.ew or e.zeichen
    )
    titel = f"Einwohnerinnen und Einwohner {_ort(bank)}, {alle[0]} bis {alle[-1]}"
    hinweis = "Ein Saldo zählt alle Jahre, die darüber stehen. Zahlen aus dem Melderegister weichen von der amtlichen Fortschreibung ab."
    return Tabelle(
        titel, tuple(spalten[:frei]), zeilen, nummer=bank.mappe.next_tabelle(), anmerkungen=(hinweis,), quelle=bank.quelle([]),
        legende=legende(zeilen),
    )  # fmt: skip


def _entwicklung(e: Entwicklung, jahre: list[int], salden: int) -> tuple[Zellwert, ...]:
    zahlen: list[Zellwert] = [
        Zahl(runde(e.ew[j], 0)) if j in e.ew else grund(e.zeichen.get(j, Zeichen.FEHLT)) for j in jahre
    ]
    absolut, index = e.absolut, e.index
    if absolut is None or index is None:
        warum = next(iter(e.zeichen.values()), Zeichen.FEHLT)
        zahlen += [grund(warum)] * 3
    else:
        zahlen += [Zahl(runde(absolut, 0)), Zahl(runde(index - 100, 1)), Zahl(runde(index, 1))]
    eigene: list[Zellwert] = [
        Zahl(runde(s.wert, 0)) if s.wert is not None else grund(s.zeichen or Zeichen.FEHLT) for s in e.salden
    ]
    eigene += [grund(Zeichen.FEHLT)] * (salden - len(eigene))
    return (e.gebiet.name, *zahlen, *eigene)


def describe_segregation(bank: Werkbank, segregationen: tuple[Segregation, ...]) -> Tabelle:
    """Describe the table of how unevenly groups are spread; formulas: `rechnen.segregation`."""
    jahre = sorted({j for s in segregationen for j in s.werte})[-_SPALTEN + 2 :]
    spalten = (
        Spalte("Gruppe und woran sie gemessen wird", Spaltenart.LANG, breite=_NAME),
        Spalte("Index", Spaltenart.ZAHL, str(jahre[-1]), _ZAHL, 1), Spalte("Zufall", Spaltenart.ZAHL, str(jahre[-1]), _ZAHL, 1),
        *(Spalte(str(j), Spaltenart.ZAHL, "", _ZAHL, 1, "bereinigter Index") for j in jahre),
    )  # fmt: skip
    zeilen = tuple(Zeile(_segregation(s, jahre)) for s in segregationen)
    anmerkungen = []
    for s in segregationen:
        brueche = (
            f" Bruch {', '.join(map(str, s.brueche))}: davor und danach ist nicht vergleichbar." if s.brueche else ""
        )
        ohne = f" ohne {', '.join(s.ohne)} (Zahl geheim oder nicht da)" if s.ohne else ""
        if brueche or ohne:
            anmerkungen.append(f"{_gruppe(s)}:{ohne}{'.' if ohne else ''}{brueche}")
    anmerkungen.append(
        "0 heißt: überall der gleiche Anteil; 100: völlig getrennt. Index: so viel Prozent der Gruppe müssten umziehen, damit ihr Anteil "
        "überall gleich wäre. Zufall: so hoch wäre er bei zufälliger Verteilung; bereinigt: davon befreit, unter 0 heißt "
        "gleichmäßiger als der Zufall."
    )
    return Tabelle(
        f"Wie ungleich Gruppen über die {bank.bericht.planungsebene.mehrzahl} von {bank.bericht.kommune.name} verteilt sind, "
        f"{jahre[0]} bis {jahre[-1]}", spalten, zeilen,
        nummer=bank.mappe.next_tabelle(), anmerkungen=tuple(anmerkungen), quelle=bank.quelle([]), legende=legende(zeilen),
    )  # fmt: skip


def _gruppe(s: Segregation) -> str:
    return f"{s.gruppe} gegen {s.andere} (ID)" if s.andere else f"{s.gruppe} an {s.gesamt} (IS)"


def _segregation(s: Segregation, jahre: list[int]) -> tuple[Zellwert, ...]:
    neuester = s.werte.get(jahre[-1])
    # Of a year that is not shown, too few areas have figures that may be shown.
    fehlt = grund(Zeichen.SINNLOS)
    kopf: list[Zellwert] = [fehlt, fehlt]
    if neuester is not None:
        kopf = [Zahl(runde(neuester.wert, 1)), Zahl(runde(neuester.zufall, 1))]
    reihe: list[Zellwert] = []
    for jahr in jahre:
        wert = s.werte.get(jahr)
        reihe.append(fehlt if wert is None or wert.bereinigt is None else Zahl(runde(wert.bereinigt, 1)))
    return (_gruppe(s), *kopf, *reihe)


def describe_standard(bank: Werkbank, s: Standardisierung) -> Tabelle:
    """Describe the table of one age-standardised rate beside the plain one."""
    spalten = (
        Spalte(bank.bericht.planungsebene.name, breite=_NAME),
        Spalte("einfach", Spaltenart.ZAHL, s.quote.einheit, _ZAHL, 1),
        Spalte("standardi- siert", Spaltenart.ZAHL, s.quote.einheit, _ZAHL, 1),
        Spalte("von", Spaltenart.ZAHL, s.quote.einheit, _ZAHL, 1, "95-%-Spanne"),
        Spalte("bis", Spaltenart.ZAHL, s.quote.einheit, _ZAHL, 1, "95-%-Spanne"),
    )
    zeilen = []
    for gebiet in (bank.bericht.stadt, *bank.bericht.raeume):
        if gebiet.schluessel not in s.werte:
            continue
        roh, wert, zeichen = s.werte[gebiet.schluessel]
        fehlt = grund(zeichen or Zeichen.FEHLT)
        zahlen = [fehlt] * 3 if wert is None else [Zahl(runde(z, 1)) for z in (wert.wert, wert.unten, wert.oben)]
        zeilen.append(Zeile((gebiet.name, fehlt if roh is None else Zahl(runde(roh, 1)), *zahlen), zeilenart(gebiet)))
    alter = ", ".join(f"{g.von} bis unter {g.bis}" if g.bis else f"ab {g.von}" for g in s.quote.gruppen)
    hinweis = (
        f"Als hätten alle Gebiete die gleiche Altersmischung (Europastandardbevölkerung 2013; Altersgruppen {alter} Jahre). Nur zum "
        f"Vergleichen: Die wirkliche Quote ist die einfache. / Unter {format_zahl(10, 0)} Fällen wird nicht standardisiert."
    )
    return Tabelle(
        f"{s.quote.name}, altersstandardisiert, {bank.bericht.kommune.name} und {bank.bericht.planungsebene.mehrzahl}, {s.jahr}", spalten, tuple(zeilen), nummer=bank.mappe.next_tabelle(),
        anmerkungen=(hinweis,), quelle=bank.quelle([]), legende=legende(zeilen),
    )  # fmt: skip
