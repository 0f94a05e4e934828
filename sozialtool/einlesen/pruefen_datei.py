"""Checks of names and coordinates within one file."""

from __future__ import annotations

import re
from collections import Counter

from sozialtool.einlesen.fund import Zeilenart
from sozialtool.einlesen.lage import Lage, aufzaehlung
from sozialtool.einlesen.lesung import Lesung, Wertzelle
from sozialtool.einlesen.masstab import find_masstab
from sozialtool.einlesen.orte import list_staende
from sozialtool.einlesen.rohblatt import adresse
from sozialtool.einlesen.schluessel import column_keys, wordings
from sozialtool.einlesen.texte import zahl
from sozialtool.einlesen.zuordnung import Ort, Rolle
from sozialtool.fach.quelle import Befund, Schwere
from sozialtool.fach.schreibweise import format_anzahl


def check_widerspruch(lage: Lage) -> list[Befund]:
    """KOORDINATEN: row and column name different areas, Merkmale or years for the same cell."""
    befunde = []
    for lesung in lage.lesungen:
        for zeile, spalte, was in lesung.widerspruch:
            meldung = f"Zeile und Spalte nennen für diese Zelle Verschiedenes: {was}."
            vorschlag = "In der Zuordnung festlegen, was gilt."
            befunde.append(lage.befund("KOORDINATEN", Schwere.FEHLER, lesung.fund, (zeile, spalte), meldung, vorschlag))
    return befunde


def check_gebiet_unbekannt(lage: Lage) -> list[Befund]:
    """GEBIET-UNBEKANNT: labels that are no area of the project."""
    befunde = []
    for lesung in lage.lesungen:
        for offen in lesung.offen:
            if offen.art == "gebiete":
                stelle = (offen.zeile, offen.spalte)
                text = f"{offen.text} sind als Gebiete nicht bekannt."
                befunde.append(lage.befund("GEBIET-UNBEKANNT", Schwere.FRAGE, lesung.fund, stelle, text))
            if offen.art == "gebiet":
                name = f"{offen.code} {offen.text}".strip()
                text = f"„{name}“ ist als Gebiet nicht bekannt."
                stelle = (offen.zeile, offen.spalte)
                vorschlag = "Zuordnen oder als fremdes Gebiet auslassen."
                befunde.append(lage.befund("GEBIET-UNBEKANNT", Schwere.FRAGE, lesung.fund, stelle, text, vorschlag))
    return befunde


def check_gebiet_fremd(lage: Lage) -> list[Befund]:
    """GEBIET-FREMD: rows left out because the file is about more than this project's areas."""
    befunde = []
    for lesung in lage.lesungen:
        if lesung.fremde:
            namen = aufzaehlung([f"„{text}“" for _, _, text in lesung.fremde], 5)
            meldung = f"Nicht eingelesen, weil keine Gebiete des Projekts: {namen}."
            befunde.append(lage.befund("GEBIET-FREMD", Schwere.HINWEIS, lesung.fund, lesung.fremde[0][:2], meldung))
    return befunde


def check_gebiet_doppelt(lage: Lage) -> list[Befund]:
    """GEBIET-DOPPELT: two cells of the file claim to be the same value; different figures are an error."""
    befunde = []
    gesehen: dict[tuple[object, ...], tuple[Lesung, Wertzelle]] = {}
    gemeldet: set[tuple[int, int]] = set()
    for lesung in lage.lesungen:
        for zelle in lesung.zellen:
            if not (zelle.gebiet and zelle.stand) or zelle.art is not Zeilenart.DATEN:
                continue
            erste = gesehen.setdefault((zelle.gebiet, zelle.merkmal, zelle.stand), (lesung, zelle))
            if erste[1] is zelle or (id(lesung), zelle.zeile) in gemeldet:
                continue
            gleich = erste[1].inhalt.wert == zelle.inhalt.wert and erste[1].inhalt.zeichen == zelle.inhalt.zeichen
            if gleich:
                continue
            gemeldet.add((id(lesung), zelle.zeile))
            text = (
                f"{lage.gebiet(zelle.gebiet)} steht zweimal da: {lage.merkmal(zelle.merkmal)} einmal {_show(erste[1])}, "
                f"einmal {_show(zelle)}."
            )
            vorschlag = _which_double(erste, (lesung, zelle))
            stelle = (zelle.zeile, zelle.spalte)
            befunde.append(lage.befund("GEBIET-DOPPELT", Schwere.FEHLER, lesung.fund, stelle, text, vorschlag))
    return befunde


def _which_double(eine: tuple[Lesung, Wertzelle], andere: tuple[Lesung, Wertzelle]) -> str:
    """What to do: two columns of one row are the same Merkmal, or two rows the same area."""
    if eine[0] is andere[0] and eine[1].zeile == andere[1].zeile:
        spalten = " und ".join(adresse(0, z.spalte)[:-1] for _, z in (eine, andere))
        return f"Die Spalten {spalten} sind demselben Merkmal zugeordnet: eine davon anders zuordnen oder auslassen."
    return "Eine der beiden Zeilen einem anderen Gebiet zuordnen oder auslassen."


def _show(zelle: Wertzelle) -> str:
    return zelle.inhalt.rohtext.strip() or "leer" if zelle.inhalt.wert is None else zahl(zelle.inhalt.wert)


def check_gebiet_fehlt(lage: Lage) -> list[Befund]:
    """GEBIET-FEHLT: a table names most areas of a level, but not all."""
    befunde = []
    for lesung in lage.lesungen:
        gelesen = {z.gebiet for z in lesung.zellen if z.gebiet}
        ebenen = Counter(lage.kontext.ebenen.get(g, "") for g in gelesen)
        for ebene, anzahl in sorted(ebenen.items()):
            alle = [g for g in lage.kontext.umfeld.gebiete if g.ebene == ebene and not g.ist_rest]
            fehlend = [g.name for g in alle if g.schluessel not in gelesen]
            if not fehlend or anzahl < 2 or len(fehlend) * 2 > len(alle):
                continue
            text = f"Es fehlt: {aufzaehlung(fehlend)}."
            stelle = (lesung.fund.daten.zeile, lesung.fund.daten.spalte)
            vorschlag = "Beim Absender nachfragen, ob dort nichts ist oder eine Zeile vergessen wurde."
            befunde.append(lage.befund("GEBIET-FEHLT", Schwere.FRAGE, lesung.fund, stelle, text, vorschlag))
    return befunde


def check_code_nullen(lage: Lage) -> list[Befund]:
    """CODE-NULLEN: codes that lost their leading zeros and got them back from the known keys."""
    befunde = []
    for lesung in lage.lesungen:
        if not lesung.ergaenzt:
            continue
        zeile, spalte, text, gebiet = lesung.ergaenzt[0]
        meldung = f"Führende Nullen ergänzt: „{text}“ ist {gebiet} ({lage.gebiet(gebiet)})"
        mehr = len(lesung.ergaenzt) - 1
        meldung += f", ebenso {format_anzahl(mehr, 'weitere Zeile', 'weitere Zeilen')}." if mehr else "."
        befunde.append(lage.befund("CODE-NULLEN", Schwere.HINWEIS, lesung.fund, (zeile, spalte), meldung))
    return befunde


def check_spalte_ungelesen(lage: Lage) -> list[Befund]:
    """SPALTE-UNGELESEN: columns with figures that are left out, so that nothing is lost without a word."""
    befunde = []
    for lesung in lage.lesungen:
        werte = {s.nummer for s in lesung.fund.wertspalten} | _notes_of_figures(lage, lesung)
        namen: dict[str, int] = {}
        for lage_ in column_keys(lesung.fund):
            regel = lesung.regel.spalte(lage_.schluessel)
            if lage_.nummer in werte and regel is not None and regel.rolle in (Rolle.NICHT, Rolle.NOTIZ):
                namen.setdefault(lage_.text, lage_.nummer)
        if namen and lesung.regel.einlesen:
            oben = lesung.fund.kopf.bis_zeile if lesung.fund.kopf else lesung.fund.daten.zeile
            meldung = f"Nicht eingelesen: {aufzaehlung([f'„{name}“' for name in namen])}."
            stelle = (oben, next(iter(namen.values())))
            befunde.append(lage.befund("SPALTE-UNGELESEN", Schwere.HINWEIS, lesung.fund, stelle, meldung))
    return befunde


def _notes_of_figures(lage: Lage, lesung: Lesung) -> set[int]:
    """Label columns that hold figures and are called like a Merkmal: they stand left of the names of the areas."""
    blatt = next(blatt for blatt in lage.rohmappe.blaetter if blatt.name == lesung.fund.blatt)
    gefunden = set()
    for spalte in lesung.fund.beschriftungsspalten:
        zellen = [blatt.wert(zeile.nummer, spalte.nummer) for zeile in lesung.fund.datenzeilen]
        zahlen = sum(1 for wert in zellen if isinstance(wert, int | float) and not isinstance(wert, bool))
        formen = wordings(spalte.kopf, tuple(stelle.text for stelle in lesung.fund.titel))
        if zahlen * 2 > len(zellen) and lage.kontext.find_merkmal(formen, "", ()):
            gefunden.add(spalte.nummer)
    return gefunden


def check_stand_widerspruch(lage: Lage) -> list[Befund]:
    """STAND-WIDERSPRUCH: title and file name speak of different years, and the year is taken from one of them."""
    befunde = []
    for lesung in lage.lesungen:
        if lesung.regel.stand.ort not in (Ort.TITEL, Ort.DATEI, Ort.BLATT):
            continue
        funde = list_staende(lesung.fund, lage.rohmappe.datei)
        jahre = {z.stand.year for z in lesung.zellen if z.stand is not None}
        andere = [f for f in funde if f.ort.ort in (Ort.TITEL, Ort.DATEI, Ort.BLATT) and f.zeit.jahr not in jahre]
        andere = [f for f in andere if f.sicher or f.ort.ort is Ort.DATEI]  # not the day of printing
        andere = [f for f in andere if f.zeit.jahre in (None, 0, 1)]  # "2019–2025" in a file name contradicts no year
        if jahre and andere:
            gelesen = aufzaehlung([str(jahr) for jahr in sorted(jahre)])
            text = f"Gelesen als {gelesen}, aber „{andere[0].text[:60]}“ nennt {andere[0].zeit.jahr}."
            stelle = (lesung.fund.daten.zeile, lesung.fund.daten.spalte)
            vorschlag = "Prüfen, von wann die Zahlen sind."
            befunde.append(lage.befund("STAND-WIDERSPRUCH", Schwere.FRAGE, lesung.fund, stelle, text, vorschlag))
    return befunde


def check_masstab(lage: Lage) -> list[Befund]:
    """EINHEIT-TITEL: the title says "in Prozent", "in Tsd." or "je 1.000", and counts are read below it."""
    befunde = []
    for lesung in lage.lesungen:
        stelle = find_masstab(lesung.fund) if lesung.regel.einlesen else None
        ungeklaert = [r for r in lesung.regel.spalten if r.rolle in (Rolle.WERT, Rolle.OFFEN) and r.faktor == 0.0]
        if stelle is None or not ungeklaert:
            continue
        text = f"Im Titel steht „{stelle.text[:80]}“; die Zahlen darunter sind dann keine Anzahlen."
        vorschlag = (
            "Beim Absender die Anzahlen selbst erbitten; Anteile und gerundete Tausender nicht als Anzahl einlesen."
        )
        ort = (stelle.zeile, stelle.spalte)
        befunde.append(lage.befund("EINHEIT-TITEL", Schwere.FRAGE, lesung.fund, ort, text, vorschlag))
    return befunde


_PROGNOSE = re.compile(r"prognos|vorausberechn|vorausschätz|hochrechnung", re.IGNORECASE)


def check_prognose(lage: Lage) -> list[Befund]:
    """PROGNOSE: the title says that the figures were forecast; read as Messwerte they would stand in a future year."""
    befunde = []
    for lesung in lage.lesungen:
        titel = lesung.fund.titel if lesung.regel.einlesen and lesung.zellen else ()
        stelle = next((stelle for stelle in titel if _PROGNOSE.search(stelle.text)), None)
        if stelle is None:
            continue
        text = f"Im Titel steht „{stelle.text[:80]}“; die Zahlen darunter sind dann berechnet, nicht gezählt."
        vorschlag = "Das Blatt nicht einlesen; das Monitoring zeigt nur gezählte Zahlen."
        ort = (stelle.zeile, stelle.spalte)
        befunde.append(lage.befund("PROGNOSE", Schwere.FRAGE, lesung.fund, ort, text, vorschlag))
    return befunde
