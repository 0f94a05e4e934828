"""Screens as plain text, for commands, screen readers and pipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.daten import describe_frage
from sozialtool.ablauf.datenuebersicht import Datenuebersicht, Datenzeile
from sozialtool.ablauf.kennzahlen import check_jahr
from sozialtool.ablauf.werte import EinleseErgebnis, Kennzahl, Monitoring, Uebersicht
from sozialtool.fach.abfrage import Datenbestand
from sozialtool.fach.felder import felder_of
from sozialtool.fach.indikator import Indikator
from sozialtool.fach.quelle import Befund
from sozialtool.fach.schreibweise import LAGE_TEXT, format_zahl
from sozialtool.fehler import BedienFehler

if TYPE_CHECKING:
    from sozialtool.einlesen.pruefung import Pruefung


def uebersicht_text(uebersicht: Uebersicht) -> str:
    """Write the start screen as lines of text."""
    kommune = uebersicht.kommune
    zeilen = [
        f"{kommune.name} · Berichtsjahr {kommune.berichtsjahr} · Gebietsstand {uebersicht.gebietsstand}",
        "",
        "Der Weg",
    ]
    for zeile in uebersicht.bausteine:
        zeilen.append(f"{zeile.baustein.nummer} {zeile.baustein.name}: {zeile.baustein.fortschritt.value}")
        zeilen += [f"    {inhalt.text}: {inhalt.fortschritt.value}" for inhalt in zeile.inhalte]
        zeilen += [f"    {stand.datum:%d.%m.%Y}: {stand.text}" for stand in zeile.staende[:1]]
    zeilen += ["", "Als Nächstes"]
    zeilen += [f"{'!' if s.dringlich else '○'} {s.text}" for s in uebersicht.naechste] or ["Nichts ist offen."]
    zeilen += ["", "Zuletzt"]
    zeilen += [
        f"{a.zeit:%d.%m.%Y %H:%M} {a.text}{' (zurückgenommen)' if a.zurueckgenommen else ''}"
        for a in uebersicht.zuletzt
    ]
    return "\n".join(zeilen)


def wert_text(indikator: Indikator, kennzahl: Kennzahl | None) -> str:
    """Write a figure or the sign that says why there is none."""
    if kennzahl is None:
        return "k. A."
    if kennzahl.wert is None:
        return kennzahl.zeichen.symbol if kennzahl.zeichen else "k. A."
    return format_zahl(kennzahl.wert, indikator.nachkommastellen)


def monitoring_text(monitoring: Monitoring, kennung: str = "") -> str:
    """Write the matrix (or one indicator in detail) as lines of text, tab separated for a spreadsheet.

    Raises:
        BedienFehler: there are no figures for the year, or the indicator is not agreed.
    """
    check_jahr(monitoring.jahr, monitoring.jahre)
    if kennung:
        return _one_indikator(monitoring, kennung)
    zeilen = [
        "\t".join(["Gebiet", *(f"{i.kennung} {i.kurzname or i.name} ({i.einheit})" for i in monitoring.indikatoren)])
    ]
    for gebiet in monitoring.gebiete:
        werte = [wert_text(i, monitoring.zelle(gebiet.schluessel, i.kennung)) for i in monitoring.indikatoren]
        zeilen.append("\t".join([gebiet.name, *werte]))
    return "\n".join(zeilen)


def find_indikator(monitoring: Monitoring, kennung: str) -> Indikator:
    """Return the agreed Indikator with this Kennung, large or small letters.

    Raises:
        BedienFehler: no such Indikator among the agreed ones.
    """
    indikator = next((i for i in monitoring.indikatoren if i.kennung.casefold() == kennung.casefold()), None)
    if indikator is None:
        raise BedienFehler(
            f"{kennung} gehört nicht zu den vereinbarten Indikatoren.",
            f"Möglich sind: {', '.join(i.kennung for i in monitoring.indikatoren)}.",
        )
    return indikator


def _one_indikator(monitoring: Monitoring, kennung: str) -> str:
    indikator = find_indikator(monitoring, kennung)
    zeilen = [f"{indikator.kennung} {indikator.name}, {monitoring.jahr}, in {indikator.einheit}"]
    for gebiet in monitoring.gebiete:
        kennzahl = monitoring.zelle(gebiet.schluessel, indikator.kennung)
        zeile = f"{gebiet.name}: {wert_text(indikator, kennzahl)}"
        if kennzahl and kennzahl.unten is not None and kennzahl.oben is not None:
            stellen = indikator.nachkommastellen
            zeile += f" ({format_zahl(kennzahl.unten, stellen)} bis {format_zahl(kennzahl.oben, stellen)})"
        if kennzahl and kennzahl.lage is not None and gebiet is not monitoring.gebiete[0]:
            zeile += f" {LAGE_TEXT[kennzahl.lage]}"
        zeilen.append(zeile)
    return "\n".join(zeilen)


def befund_text(befund: Befund) -> str:
    """Write a finding: weight, place, what is there and what to do; the code small behind it."""
    ort = " ".join(teil for teil in (befund.datei, befund.blatt, befund.zelle) if teil)
    satz = " ".join(teil for teil in (befund.meldung, befund.vorschlag) if teil)
    return f"{befund.schwere.value}: {f'{ort}: ' if ort else ''}{satz} [{befund.code}]"


def pruefung_text(pruefung: Pruefung) -> str:
    """Write what a file would bring: its tables, differences of layout, open questions, number of values."""
    zeilen = [f"Tabelle: Blatt {fund.blatt}, Daten in {fund.daten}" for fund in pruefung.funde] or [
        "Es wurde keine Tabelle gefunden."
    ]
    zeilen += [f"Aufbau: {abweichung.meldung}" for abweichung in pruefung.abweichungen]
    zeilen += [f"Frage: {describe_frage(frage)}" for frage in pruefung.fragen]
    zeilen.append(
        f"{len(pruefung.messwerte)} Werte würden eingelesen." if pruefung.messwerte else "Keine Werte gefunden."
    )
    return "\n".join(zeilen)


def einlese_text(ergebnis: EinleseErgebnis) -> str:
    """Write what became of one delivery, with everything it still waits for."""
    kopf = "angenommen" if ergebnis.angenommen else "offen"
    zeilen = [f"{kopf:<11}{ergebnis.werte:>6} Werte {ergebnis.befunde:>4} Befunde  {ergebnis.datei}"]
    if ergebnis.meldung:
        zeilen.append(f"    {ergebnis.meldung}")
    zeilen += [f"    Aufbau: {abweichung}" for abweichung in ergebnis.abweichungen]
    zeilen += [f"    Frage: {frage}" for frage in ergebnis.fragen]
    return "\n".join(zeilen)


def datenuebersicht_text(uebersicht: Datenuebersicht, *, nur_fehlende: bool = False) -> str:
    """Write the Datenübersicht: what can be computed, what would help, and each Merkmal with what is known about it."""
    zeilen = [
        f"Zu rechnen: {len(uebersicht.berechenbar)} Indikatoren ({', '.join(uebersicht.berechenbar) or 'keiner'})"
    ]
    zeilen.append(f"Gebraucht und noch nicht geliefert: {len(uebersicht.fehlend)} Merkmale")
    for frei in uebersicht.freischaltungen:
        if frei.sofort:
            woher = f" ({frei.merkmal.fachbereich})" if frei.merkmal.fachbereich else ""
            zeilen.append(f"  {frei.merkmal.name}{woher} schaltet allein frei: {', '.join(frei.sofort)}")
    name = None
    for zeile in uebersicht.fehlend if nur_fehlende else uebersicht.zeilen:
        if zeile.name != name:
            name = zeile.name
            rolle = f" – Ansprechrolle: {zeile.ansprechrolle}" if zeile.ansprechrolle else ""
            zeilen += ["", f"{name or 'Ohne Fachbereich'}{rolle}"]
        zeilen.append(f"  {zeile.merkmal.name}: {zeile.bestand.verfuegbarkeit.value}")
        zeilen += [f"    {text}" for text in describe_bestand(zeile)]
    return "\n".join(zeilen)


def describe_bestand(zeile: Datenzeile) -> tuple[str, ...]:
    """Say what is known about a Merkmal, and what it is needed for, in up to two lines."""
    bestand = attrs.evolve(zeile.bestand, kleinste_ebene=zeile.ebene)
    angaben = [
        f"{feld.titel}: {feld.to_text(getattr(bestand, feld.name))}"
        for feld in felder_of(Datenbestand)
        if feld.name not in ("merkmal", "fachbereich", "verfuegbarkeit") and getattr(bestand, feld.name)
    ]
    if zeile.letzter_stand is not None:
        angaben.insert(0, f"zuletzt geliefert: {zeile.letzter_stand:%d.%m.%Y}")
    noetig = (
        f"nötig für: {', '.join(zeile.indikatoren)}" if zeile.indikatoren else "zurzeit von keinem Indikator gebraucht"
    )
    return (" · ".join(angaben), noetig) if angaben else (noetig,)
