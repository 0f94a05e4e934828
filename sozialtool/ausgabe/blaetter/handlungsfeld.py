"""One sheet per Handlungsfeld: each indicator with numerator, denominator, interval, position and change."""

from __future__ import annotations

import re

from sozialtool.ausgabe.blatt import Blatt
from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zahl, Zeile, Zeilenart, Zellwert
from sozialtool.ausgabe.tabellenblatt import write_tabelle
from sozialtool.ausgabe.werkbank import (
    Werkbank,
    dativ,
    differenz,
    formel_in_worten,
    grund,
    lage_in_worten,
    malnehmen,
    rechnung,
    richtung_in_worten,
    say_ohne_spanne,
    zeilenart,
    zeitangabe,
    zelle,
)
from sozialtool.ausgabe.zeichen import LEGENDE_TREND, legende, write_trend
from sozialtool.fach.indikator import Handlungsfeld, Indikator, Zustand
from sozialtool.fach.kennzahl import Kennzahl
from sozialtool.fach.messwert import Vermerk, Zeichen
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.schreibweise import runde

_NAME = re.compile(r"[^\W\d]\w*")
_BREITEN = (220, 78, 78, 78, 78, 78, 78, 108, 82, 82, 84, 170)
"""Name, numbers, words last: a table without intervals leaves columns out and still fits."""
_SKALA = 80
"""Print scale at which two tables of a dozen areas share a page."""


_IMMER = (3, 8, 9)
"""Places of the value and its changes among the columns."""


def write_handlungsfeld(bank: Werkbank, feld: Handlungsfeld) -> None:
    """Write the sheet of a Handlungsfeld; nothing when it has no figures."""
    indikatoren = [
        ind for ind in bank.bericht.geordnete
        if ind.handlungsfeld == feld.schluessel and bank.zahlen.jahr(ind.kennung, bank.bericht.jahr) is not None
    ]  # fmt: skip
    if not indikatoren:
        return
    blatt = bank.blatt(feld.name, (bank.namensbreite(_BREITEN[0]), *_BREITEN[1:]), skala=_SKALA)
    blatt.titel(feld.name, f"Handlungsfeld {feld.name}")
    raeume = [raum.schluessel for raum in bank.bericht.raeume]
    klein = [ind for ind in indikatoren if bank.zahlen.hat_gebiete(ind.kennung, raeume)]
    for nummer, indikator in enumerate(klein):
        if nummer:
            blatt.leer(14)
        write_tabelle(blatt, describe_indikator(bank, indikator))
    _write_stadtweit(bank, blatt, [ind for ind in indikatoren if ind not in klein])
    # Once, and not above: two tables and their notes fill a page to the last line.
    if any(
        write_trend(bank.auswerter.find(i.kennung, raum))
        for i in klein
        for raum in (bank.bericht.stadt.schluessel, *raeume)
    ):
        blatt.leer(14)
        blatt.absatz(LEGENDE_TREND)
    blatt.fertig()


def describe_indikator(bank: Werkbank, indikator: Indikator) -> Tabelle:
    """Describe the table of one indicator in its newest year."""
    bericht = bank.bericht
    jahr = bank.zahlen.jahr(indikator.kennung, bericht.jahr)
    assert jahr is not None
    zeilen = tuple(build_zeile(bank, indikator, jahr, gebiet) for gebiet in (bericht.stadt, *bericht.raeume))
    spalten, zeilen = _ohne_leere(_spalten(bank, indikator, jahr), zeilen)
    zeit = zeitangabe(indikator, jahr, bericht.merkmale)
    return Tabelle(
        f"{indikator.name} in den {dativ(bericht.planungsebene.mehrzahl)} von {bericht.kommune.name}, {zeit}",
        spalten, zeilen, nummer=bank.mappe.next_tabelle(),
        anmerkungen=(" ".join(list_anmerkungen(bank, indikator, jahr)),), quelle=bank.quelle([indikator]),
        legende=legende(zeilen),
    )  # fmt: skip


def _ohne_leere(spalten: tuple[Spalte, ...], zeilen: tuple[Zeile, ...]) -> tuple[tuple[Spalte, ...], tuple[Zeile, ...]]:
    """Leave out columns in which no number and no word stands: a head above nothing would have to be explained."""
    voll = [
        nummer == 0 or any(isinstance(zeile.zellen[nummer], str | Zahl) for zeile in zeilen)
        for nummer in range(len(spalten))
    ]
    # Value and changes stay even where every one is suppressed or not comparable: their signs are the message.
    for nummer in _IMMER:
        voll[nummer] = True
    bleibt = [nummer for nummer, ist_voll in enumerate(voll) if ist_voll]
    return (
        tuple(spalten[nummer] for nummer in bleibt),
        tuple(Zeile(tuple(zeile.zellen[nummer] for nummer in bleibt), zeile.art) for zeile in zeilen),
    )


def _spalten(bank: Werkbank, indikator: Indikator, jahr: int) -> tuple[Spalte, ...]:
    einheit, stellen = indikator.einheit, indikator.nachkommastellen
    punkte = "%-Punkte" if einheit == "%" else einheit
    spanne = "95-%-Intervall"
    zahl, differenz = Spaltenart.ZAHL, Spaltenart.DIFFERENZ
    return (
        Spalte(bank.bericht.planungsebene.name, breite=bank.namensbreite(_BREITEN[0])),
        Spalte("Zähler", Spaltenart.ANZAHL, "Anzahl", _BREITEN[1]),
        Spalte("Nenner", Spaltenart.ANZAHL, "Anzahl", _BREITEN[2]),
        Spalte("Wert", zahl, einheit, _BREITEN[3], stellen),
        Spalte("von", zahl, einheit, _BREITEN[4], stellen, spanne),
        Spalte("bis", zahl, einheit, _BREITEN[5], stellen, spanne),
        Spalte("Stadt = 1", zahl, "-fach", _BREITEN[6], 2),
        Spalte("Rang (möglich)", Spaltenart.ZEICHEN, "1 = höchster", _BREITEN[7]),
        Spalte(f"zu {jahr - 1}", differenz, punkte, _BREITEN[8], stellen, "Veränderung"),
        Spalte(f"zu {jahr - 5}", differenz, punkte, _BREITEN[9], stellen, "Veränderung"),
        Spalte("Trend", Spaltenart.TEXT, "", _BREITEN[10]),
        Spalte("Lage gegen die Stadt", Spaltenart.TEXT, "", _BREITEN[11]),
    )


def build_zeile(bank: Werkbank, indikator: Indikator, jahr: int, gebiet: Gebiet) -> Zeile:
    """Build the row of an area: name, numerator, denominator, value, limits, ratio, rank, two changes, trend, position."""
    kennzahl = bank.zahlen.get(indikator.kennung, jahr, gebiet.schluessel)
    art = zeilenart(gebiet)
    if kennzahl is None:
        fehlt = grund(Zeichen.FEHLT)
        return Zeile((gebiet.name, fehlt, fehlt, fehlt, *(None,) * 8), art)
    stellen = indikator.nachkommastellen
    # A count of its own has neither numerator nor denominator, and its share of the town is no ratio.
    quote = bool(indikator.nenner)
    zellen: tuple[Zellwert, ...] = (
        gebiet.name,
        _anzahl(kennzahl.zaehler, kennzahl) if quote else None,
        _anzahl(kennzahl.nenner, kennzahl) if quote else None,
        _wert(kennzahl, indikator),
        _folge(kennzahl, kennzahl.unten, stellen),
        _folge(kennzahl, kennzahl.oben, stellen),
        _folge(kennzahl, kennzahl.verhaeltnis if quote else None, 2) if art is not Zeilenart.STADT else None,
        _rang(kennzahl) if art is Zeilenart.GEBIET else None,
        differenz(bank, kennzahl, indikator, kennzahl.vorjahr, 1),
        differenz(bank, kennzahl, indikator, kennzahl.fuenfjahr, 5),
        write_trend(bank.auswerter.find(indikator.kennung, gebiet.schluessel)) or _folge(kennzahl, None, 0),
        _lage(kennzahl) if art is Zeilenart.GEBIET else None,
    )
    return Zeile(zellen, art)


def _folge(kennzahl: Kennzahl, wert: float | None, stellen: int) -> Zellwert:
    """Return what follows from the value; where that is suppressed or missing, the same sign stands here."""
    if wert is not None:
        return Zahl(runde(wert, stellen))
    return grund(kennzahl.zeichen) if kennzahl.wert is None and kennzahl.zeichen else None


def _lage(kennzahl: Kennzahl) -> Zellwert:
    return lage_in_worten(kennzahl.lage) or (grund(kennzahl.zeichen) if kennzahl.zeichen is Zeichen.GEHEIM else None)


def _anzahl(wert: float | None, kennzahl: Kennzahl) -> Zellwert:
    if wert is None:
        return grund(kennzahl.zeichen or Zeichen.FEHLT)
    stellen = 0 if wert == int(wert) else 1
    return Zahl(runde(wert, stellen), strich=wert == 0, nachkommastellen=stellen)


def _wert(kennzahl: Kennzahl, indikator: Indikator) -> Zellwert:
    """Return the value; as a formula over numerator and denominator where that gives exactly what is shown."""
    ergebnis = zelle(kennzahl, indikator)
    if not isinstance(ergebnis, Zahl) or not kennzahl.nenner or kennzahl.zaehler is None:
        return ergebnis
    zaehler, nenner = _gezeigt(kennzahl.zaehler), _gezeigt(kennzahl.nenner)
    stellen = indikator.nachkommastellen
    if nenner and runde(zaehler / nenner * indikator.faktor, stellen) == ergebnis.wert:
        formel = f"ROUND({{1}}/{{2}}*{indikator.faktor:.15g},{stellen})"
        return Zahl(
            ergebnis.wert, vermerk=kennzahl.vermerk, formel=formel, nachkommastellen=stellen, strich=ergebnis.strich
        )
    return ergebnis


def _gezeigt(wert: float) -> float:
    return runde(wert, 0 if wert == int(wert) else 1)


def _rang(kennzahl: Kennzahl) -> Zellwert:
    if kennzahl.rang is None:
        return _folge(kennzahl, None, 0)
    if kennzahl.rang_von is None or kennzahl.rang_bis is None or kennzahl.rang_von == kennzahl.rang_bis:
        return str(kennzahl.rang)
    return f"{kennzahl.rang} ({kennzahl.rang_von}–{kennzahl.rang_bis})"


def list_anmerkungen(bank: Werkbank, indikator: Indikator, jahr: int) -> list[str]:
    """List what must be known about the figures of an indicator: how they are made, breaks, what is rounded."""
    merkmale = bank.merkmalnamen
    wertung = richtung_in_worten(indikator.richtung)
    zeilen = [f"Rechnung: {rechnung(indikator, merkmale)}; {wertung}."]
    if indikator.nenner:
        namen = [formel_in_worten(teil, merkmale) for teil in (indikator.zaehler, indikator.nenner)]
        zeilen = [f"Zähler: {namen[0]}. Nenner: {namen[1]}. Wert = Zähler ÷ Nenner{malnehmen(indikator)}; {wertung}."]
    brueche = [
        f"{ab} ({text})" for ab, text in sorted(bank.zahlen.brueche(indikator.kennung).items()) if jahr - 5 < ab <= jahr
    ]
    if brueche:
        zeilen.append(f"≠ Bruch {' und '.join(brueche)}: Veränderungen darüber hinweg werden nicht ausgewiesen.")
    if ohne := say_ohne_spanne(indikator):
        zeilen.append(ohne)
    if indikator.hinweis:
        zeilen.append(f"{indikator.hinweis.rstrip('.')}.")
    stadt = bank.zahlen.get(indikator.kennung, jahr, bank.bericht.stadt.schluessel)
    gerundet = set(bank.bericht.tabelle.beweis.gerundet) & set(_NAME.findall(f"{indikator.zaehler} {indikator.nenner}"))
    if gerundet:
        zeilen.append(
            f"Anzahlen der Quelle ({', '.join(merkmale.get(m, m) for m in sorted(gerundet))}) sind auf 5 gerundet, jede für sich: Teile "
            "und Summe müssen sich nicht genau decken; Anteile sind aus den gerundeten Anzahlen gerechnet."
        )
    elif stadt is not None and stadt.vermerk is Vermerk.GERUNDET:
        zeilen.append("Die Quelle rundet ihre Zahlen; Teile und Summe müssen sich nicht genau decken.")
    if indikator.zustand is not Zustand.VEREINBART:
        zeilen.append(f"Dieser Indikator ist noch nicht vereinbart (Stand: {indikator.zustand.value}).")
    return zeilen


def _write_stadtweit(bank: Werkbank, blatt: Blatt, indikatoren: list[Indikator]) -> None:
    """Write one table for the indicators that exist for the whole town only."""
    if not indikatoren:
        return
    bericht = bank.bericht
    zeilen = []
    for indikator in indikatoren:
        jahr = bank.zahlen.jahr(indikator.kennung, bericht.jahr)
        assert jahr is not None
        zeile = build_zeile(bank, indikator, jahr, bericht.stadt)
        name = f"{indikator.name} ({indikator.einheit}), {zeitangabe(indikator, jahr, bericht.merkmale)}"
        zeilen.append(Zeile((name, *zeile.zellen[1:]), Zeilenart.GEBIET))
    erster = indikatoren[0]
    spalten = [
        Spalte(s.titel, s.art, "", s.breite, s.nachkommastellen, s.gruppe) for s in _spalten(bank, erster, bericht.jahr)
    ]
    spalten[8:10] = [Spalte("zum Vorjahr", Spaltenart.DIFFERENZ, "", _BREITEN[8], 1, "Veränderung"),
                     Spalte("zu vor 5 Jahren", Spaltenart.DIFFERENZ, "", _BREITEN[9], 1, "Veränderung")]  # fmt: skip
    blatt.leer(14)
    write_tabelle(blatt, Tabelle(
        f"Nur für die ganze Stadt verfügbar: {bericht.kommune.name}, {bericht.jahr}",
        *_ohne_leere(tuple(spalten), tuple(zeilen)), nummer=bank.mappe.next_tabelle(), quelle=bank.quelle(indikatoren), legende=legende(zeilen),
    ))  # fmt: skip
