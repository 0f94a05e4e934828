"""Checks of single cells: readable, a known sign, a possible figure."""

from __future__ import annotations

from sozialtool.einlesen.lage import Lage
from sozialtool.einlesen.lesung import Lesung, Wertzelle
from sozialtool.einlesen.texte import zahl
from sozialtool.einlesen.zahltext import render_zahl
from sozialtool.fach.messwert import Merkmalart
from sozialtool.fach.quelle import Befund, Schwere

_ZWEIFEL: dict[str, tuple[Schwere, str, str]] = {
    "ZAHL-MEHRDEUTIG": (
        Schwere.FRAGE, "„{roh}“ kann zweierlei heißen; gelesen als {wert}.",
        "Prüfen und die Frage zu dieser Spalte beantworten; die Antwort gilt auch für die nächste Lieferung.",
    ),
    "ZAHL-FUSSNOTE": (
        Schwere.FRAGE, "„{roh}“: die letzte Ziffer sieht nach einer Fußnote aus; gelesen als {wert}.",
        "Beim Absender nachsehen, ob das stimmt.",
    ),
    "ZAHL-EINHEIT": (
        Schwere.FRAGE, "Hinter der Zahl „{roh}“ steht ein Wort; gelesen als {wert}.",
        "Prüfen, ob die Einheit die des Merkmals ist.",
    ),
    "ZAHL-GRENZE": (
        Schwere.FRAGE, "„{roh}“ nennt nur eine Grenze, keine Zahl.",
        "Beim Absender den genauen Wert erfragen oder als fehlend lassen.",
    ),
    "ZAHL-BEREICH": (
        Schwere.FEHLER, "„{roh}“ ist ein Bereich, keine Zahl.", "Beim Absender den genauen Wert erfragen.",
    ),
    "ZAHL-DATUM": (
        Schwere.FEHLER, "Hier steht ein Datum ({roh}), wo eine Zahl hingehört; Excel macht aus „1-3“ den 1. März.",
        "Den Wert beim Absender erfragen.",
    ),
    "ZAHL-WAHRHEITSWERT": (
        Schwere.FEHLER, "Hier steht {roh}, wo eine Zahl hingehört.", "Den Wert beim Absender erfragen.",
    ),
    "ZELLE-FEHLER": (
        Schwere.FEHLER, "Die Zelle enthält den Fehler {roh} statt einer Zahl.",
        "Die Datei in Excel berichtigen lassen und neu anfordern.",
    ),
    "ZEICHEN-UNBEKANNT": (
        Schwere.FRAGE, "Was „{roh}“ hier bedeutet, erklärt die Datei nicht.",
        "Bedeutung festlegen; sie gilt dann für diesen Absender.",
    ),
}  # fmt: skip


def check_gestoert(lage: Lage) -> list[Befund]:
    """ZELLE-FEHLER, FORMEL-OHNE-WERT: cells inside the data that hold an error or no stored result."""
    befunde = []
    blaetter = {blatt.name: blatt for blatt in lage.rohmappe.blaetter}
    for lesung in lage.lesungen:
        blatt = blaetter[lesung.fund.blatt]
        for stelle in lesung.gestoert:
            if stelle in blatt.fehler:
                meldung = f"Die Zelle enthält den Fehler {blatt.fehler[stelle]} statt einer Zahl."
                vorschlag = "Die Datei in Excel berichtigen lassen und neu anfordern."
                befunde.append(lage.befund("ZELLE-FEHLER", Schwere.FEHLER, lesung.fund, stelle, meldung, vorschlag))
            else:
                meldung = "Die Formel hat keinen gespeicherten Wert."
                vorschlag = "Die Datei in Excel öffnen, speichern und noch einmal einlesen."
                befunde.append(lage.befund("FORMEL-OHNE-WERT", Schwere.FEHLER, lesung.fund, stelle, meldung, vorschlag))
    return befunde


def check_zellen(lage: Lage) -> list[Befund]:
    """ZAHL-…, ZEICHEN-UNBEKANNT: cells whose content allows a doubt."""
    befunde = []
    for lesung in lage.lesungen:
        for zelle in lesung.zellen:
            if zelle.inhalt.fussnote and not zelle.inhalt.unsicher and zelle.inhalt.wert is not None:
                befunde.append(_note(lage, lesung, zelle))
            if not zelle.inhalt.unsicher:
                continue
            schwere, meldung, vorschlag = _ZWEIFEL.get(
                zelle.inhalt.unsicher,
                (Schwere.FRAGE, "„{roh}“ ist nicht eindeutig; gelesen als {wert}.", "Bitte prüfen."),
            )
            # Without a point of our own: "1.134" read as 1134 or as 1,134.
            wert = "keine Zahl" if zelle.inhalt.wert is None else render_zahl(zelle.inhalt.wert)
            text = meldung.format(roh=zelle.inhalt.rohtext.strip()[:40], wert=wert)
            stelle = (zelle.zeile, zelle.spalte)
            befunde.append(lage.befund(zelle.inhalt.unsicher, schwere, lesung.fund, stelle, text, vorschlag))
    return befunde


def _note(lage: Lage, lesung: Lesung, zelle: Wertzelle) -> Befund:
    wert = zahl(zelle.inhalt.wert or 0.0)
    text = f"Neben der Zahl steht eine Fußnote ({zelle.inhalt.fussnote}); gelesen als {wert}."
    return lage.befund("ZAHL-FUSSNOTE", Schwere.HINWEIS, lesung.fund, (zelle.zeile, zelle.spalte), text)


def check_punkt(lage: Lage) -> list[Befund]:
    """ZAHL-MEHRDEUTIG: how the point of a column of text numbers was understood, and why."""
    befunde = []
    for lesung in lage.lesungen:
        gelesen = {(z.zeile, z.spalte): z.inhalt.wert for z in lesung.zellen}
        for spalte, punkt in lesung.punkte:
            wert = gelesen.get((punkt.zeile, spalte))
            if punkt.offen or wert is None:
                continue
            was = "trennt Tausender" if punkt.tausender else "ist ein Dezimalpunkt"
            text = f"Der Punkt {was} in dieser Spalte, „{punkt.text[:40]}“ ist gelesen als {render_zahl(wert)}: {punkt.grund}."
            stelle = (punkt.zeile, spalte)
            befunde.append(lage.befund("ZAHL-MEHRDEUTIG", Schwere.HINWEIS, lesung.fund, stelle, text))
    return befunde


def check_negativ(lage: Lage) -> list[Befund]:
    """NEGATIV: a count, share or level below zero."""
    befunde = []
    for wert in lage.messwerte:
        merkmal = lage.kontext.umfeld.find_merkmal(wert.merkmal)
        if wert.wert is None or wert.wert >= 0 or merkmal is None or merkmal.art is Merkmalart.SUMME:
            continue
        if merkmal.art is Merkmalart.DURCHSCHNITT:
            continue
        text = f"{lage.merkmal(wert.merkmal)}, {lage.gebiet(wert.gebiet)}: {zahl(wert.wert)} ist kleiner als null."
        befunde.append(lage.befund_zu("NEGATIV", Schwere.FEHLER, wert, text, "Beim Absender nachfragen."))
    return befunde


def check_nicht_ganz(lage: Lage) -> list[Befund]:
    """NICHT-GANZ: decimals in a count. Averages keep what is stored (fach/regeln.md section 1)."""
    befunde = []
    for wert in lage.messwerte:
        merkmal = lage.kontext.umfeld.find_merkmal(wert.merkmal)
        if wert.wert is None or wert.wert == round(wert.wert) or merkmal is None:
            continue
        if merkmal.art not in (Merkmalart.ANZAHL, Merkmalart.STUFE):
            continue
        text = f"{lage.merkmal(wert.merkmal)} ist eine Anzahl, hier steht {zahl(wert.wert)}."
        vorschlag = "Prüfen, ob ein Durchschnitt oder ein Anteil gemeint ist."
        befunde.append(lage.befund_zu("NICHT-GANZ", Schwere.FRAGE, wert, text, vorschlag))
    return befunde
