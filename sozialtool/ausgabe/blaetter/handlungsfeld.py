"""One sheet per Handlungsfeld: each indicator with numerator, denominator, interval, position and change."""

from __future__ import annotations

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
    rechnung,
    richtung_in_worten,
    zeilenart,
    zeitangabe,
    zelle,
)
from sozialtool.ausgabe.zahlen import Kennzahl, runde
from sozialtool.ausgabe.zeichen import legende
from sozialtool.fach.indikator import Handlungsfeld, Indikator, Zustand
from sozialtool.fach.messwert import Vermerk, Zeichen
from sozialtool.fach.raum import Gebiet

_BREITEN = (171, 64, 68, 66, 56, 56, 148, 60, 82, 66, 68)


def write_handlungsfeld(bank: Werkbank, feld: Handlungsfeld) -> None:
    """Write the sheet of a Handlungsfeld; nothing when it has no figures."""
    indikatoren = [
        ind for ind in bank.bericht.geordnete
        if ind.handlungsfeld == feld.schluessel and bank.zahlen.jahr(ind.kennung, bank.bericht.jahr) is not None
    ]  # fmt: skip
    if not indikatoren:
        return
    blatt = bank.blatt(feld.name, (bank.namensbreite(_BREITEN[0]), *_BREITEN[1:]))
    blatt.titel(feld.name, f"Handlungsfeld {feld.name}")
    raeume = [raum.schluessel for raum in bank.bericht.raeume]
    klein = [ind for ind in indikatoren if bank.zahlen.hat_gebiete(ind.kennung, raeume)]
    for indikator in klein:
        blatt.leer(14)
        write_tabelle(blatt, describe_indikator(bank, indikator))
    _write_stadtweit(bank, blatt, [ind for ind in indikatoren if ind not in klein])
    blatt.fertig()


def describe_indikator(bank: Werkbank, indikator: Indikator) -> Tabelle:
    """Describe the table of one indicator in its newest year."""
    bericht = bank.bericht
    jahr = bank.zahlen.jahr(indikator.kennung, bericht.jahr)
    assert jahr is not None
    zeilen = tuple(_zeile(bank, indikator, jahr, gebiet) for gebiet in (bericht.stadt, *bericht.raeume))
    zeit = zeitangabe(indikator, jahr, bericht.merkmale)
    return Tabelle(
        f"{indikator.name} in den {dativ(bericht.planungsebene.mehrzahl)} von {bericht.kommune.name}, {zeit}",
        _spalten(bank, indikator, jahr), zeilen, nummer=bank.mappe.next_tabelle(),
        anmerkungen=tuple(_anmerkungen(bank, indikator, jahr)), quelle=bank.quelle([indikator]),
        legende=legende(zeilen),
    )  # fmt: skip


def _spalten(bank: Werkbank, indikator: Indikator, jahr: int) -> tuple[Spalte, ...]:
    einheit, stellen = indikator.einheit, indikator.nachkommastellen
    punkte = "%-Punkte" if einheit == "%" else einheit
    zaehler = einheit if not indikator.nenner else "Anzahl"
    spanne = "95-%-Intervall"
    zahl, differenz = Spaltenart.ZAHL, Spaltenart.DIFFERENZ
    return (
        Spalte(bank.bericht.planungsebene.name, breite=bank.namensbreite(_BREITEN[0])),
        Spalte("Zähler", Spaltenart.ANZAHL, zaehler, _BREITEN[1]),
        Spalte("Nenner", Spaltenart.ANZAHL, "Anzahl" if indikator.nenner else "", _BREITEN[2]),
        Spalte("Wert", zahl, einheit, _BREITEN[3], stellen),
        Spalte("von", zahl, einheit, _BREITEN[4], stellen, spanne),
        Spalte("bis", zahl, einheit, _BREITEN[5], stellen, spanne),
        Spalte("Lage gegen die Stadt", Spaltenart.TEXT, "", _BREITEN[6]),
        Spalte("Stadt = 1", zahl, "-fach", _BREITEN[7], 2),
        Spalte("Rang (möglich)", Spaltenart.ZEICHEN, "1 = höchster", _BREITEN[8]),
        Spalte(f"zu {jahr - 1}", differenz, punkte, _BREITEN[9], stellen, "Veränderung"),
        Spalte(f"zu {jahr - 5}", differenz, punkte, _BREITEN[10], stellen, "Veränderung"),
    )


def _zeile(bank: Werkbank, indikator: Indikator, jahr: int, gebiet: Gebiet) -> Zeile:
    kennzahl = bank.zahlen.get(indikator.kennung, jahr, gebiet.schluessel)
    art = zeilenart(gebiet)
    if kennzahl is None:
        fehlt = grund(Zeichen.FEHLT)
        return Zeile((gebiet.name, fehlt, fehlt, fehlt, None, None, None, None, None, None, None), art)
    stellen = indikator.nachkommastellen
    zellen: tuple[Zellwert, ...] = (
        gebiet.name,
        _anzahl(kennzahl.zaehler, kennzahl),
        _anzahl(kennzahl.nenner, kennzahl) if indikator.nenner else None,
        _wert(kennzahl, indikator),
        *(None if grenze is None else Zahl(runde(grenze, stellen)) for grenze in (kennzahl.unten, kennzahl.oben)),
        lage_in_worten(kennzahl.lage) if art is Zeilenart.GEBIET else None,
        None if kennzahl.verhaeltnis is None or art is Zeilenart.STADT else Zahl(runde(kennzahl.verhaeltnis, 2)),
        _rang(kennzahl),
        differenz(bank, kennzahl, indikator, kennzahl.vorjahr, 1),
        differenz(bank, kennzahl, indikator, kennzahl.fuenfjahr, 5),
    )
    return Zeile(zellen, art)


def _anzahl(wert: float | None, kennzahl: Kennzahl) -> Zellwert:
    if wert is None:
        return grund(kennzahl.grund or Zeichen.FEHLT)
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
            ergebnis.wert, vermerk=kennzahl.guete, formel=formel, nachkommastellen=stellen, strich=ergebnis.strich
        )
    return ergebnis


def _gezeigt(wert: float) -> float:
    return runde(wert, 0 if wert == int(wert) else 1)


def _rang(kennzahl: Kennzahl) -> Zellwert:
    if kennzahl.rang is None:
        return None
    if kennzahl.rang_von is None or kennzahl.rang_bis is None or kennzahl.rang_von == kennzahl.rang_bis:
        return str(kennzahl.rang)
    return f"{kennzahl.rang} ({kennzahl.rang_von}–{kennzahl.rang_bis})"


def _anmerkungen(bank: Werkbank, indikator: Indikator, jahr: int) -> list[str]:
    merkmale = bank.bericht.merkmale
    zeilen = [f"Rechnung: {rechnung(indikator, merkmale)}. {richtung_in_worten(indikator.richtung).capitalize()}."]
    if indikator.nenner:
        namen = [formel_in_worten(teil, merkmale) for teil in (indikator.zaehler, indikator.nenner)]
        faktor = f"{indikator.faktor:.15g}".replace(".", ",")
        wertung = richtung_in_worten(indikator.richtung)
        zeilen = [f"Zähler: {namen[0]}. Nenner: {namen[1]}. Wert = Zähler ÷ Nenner · {faktor}; {wertung}."]
    zeilen += [
        f"≠ Bruch {ab}: {text}. Veränderungen darüber hinweg werden nicht ausgewiesen."
        for ab, text in sorted(bank.zahlen.brueche(indikator.kennung).items())
        if jahr - 5 < ab <= jahr
    ]
    if indikator.hinweis:
        zeilen.append(indikator.hinweis)
    stadt = bank.zahlen.get(indikator.kennung, jahr, bank.bericht.stadt.schluessel)
    if stadt is not None and stadt.guete is Vermerk.GERUNDET:
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
        zeile = _zeile(bank, indikator, jahr, bericht.stadt)
        name = f"{indikator.name} ({indikator.einheit}), {zeitangabe(indikator, jahr, bericht.merkmale)}"
        zeilen.append(Zeile((name, *zeile.zellen[1:]), Zeilenart.GEBIET))
    erster = indikatoren[0]
    spalten = [
        Spalte(s.titel, s.art, "", s.breite, s.nachkommastellen, s.gruppe) for s in _spalten(bank, erster, bericht.jahr)
    ]
    spalten[9:] = [Spalte("zum Vorjahr", Spaltenart.DIFFERENZ, "", _BREITEN[9], 1, "Veränderung"),
                   Spalte("zu vor 5 Jahren", Spaltenart.DIFFERENZ, "", _BREITEN[10], 1, "Veränderung")]  # fmt: skip
    blatt.leer(14)
    write_tabelle(blatt, Tabelle(
        f"Nur für die ganze Stadt verfügbar: {bericht.kommune.name}", tuple(spalten), tuple(zeilen),
        nummer=bank.mappe.next_tabelle(), quelle=bank.quelle(indikatoren), legende=legende(zeilen),
    ))  # fmt: skip
