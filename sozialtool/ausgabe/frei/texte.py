"""The other tables of the accessible edition: population, index, planning, secrecy, methods, signs, flat data."""

from __future__ import annotations

import math
from collections.abc import Iterable

import attrs

from sozialtool.ausgabe.blaetter import erklaerung
from sozialtool.ausgabe.blaetter.bevoelkerung import describe_entwicklung, describe_segregation, describe_standard
from sozialtool.ausgabe.blaetter.zusatz import describe_bausteine, describe_index, say_index
from sozialtool.ausgabe.formate import VERMERK_BUCHSTABE
from sozialtool.ausgabe.frei.blatt import ENTFAELLT, Freiblatt, from_tabelle, name_zeichen, name_zeichen_im
from sozialtool.ausgabe.frei.hinweise import KEINE
from sozialtool.ausgabe.stil import LAGE_WORTE
from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zahl, Zellwert
from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt
from sozialtool.ausgabe.werkbank import Werkbank
from sozialtool.ausgabe.zeichen import ORT_TREND, TREND_BEDEUTUNG, TREND_WORTE, ZEICHEN_WORTE
from sozialtool.fach.auswertung import Trendmangel
from sozialtool.fach.messwert import Vermerk, Zeichen
from sozialtool.fach.schreibweise import LAGE_WORT, LAGE_ZEICHEN, format_zahl
from sozialtool.geheimhaltung.werte import Grund, Sperrung

_LANG = Spaltenart.LANG
_TRENDMANGEL = {
    Trendmangel.BRUCH: "seit einem Bruch in der Definition weniger als drei Jahre",
    Trendmangel.ZU_KURZ: "überhaupt weniger als drei vergleichbare Jahre",
}


def build_bevoelkerung(bank: Werkbank) -> list[Freiblatt]:
    """Lay population, segregation and age-standardised rates out, each on a sheet."""
    bild = bank.auswerter.gesamtbild
    blaetter = []
    if bild.entwicklungen:
        saetze = (bild.bevoelkerung.satz,) if bild.bevoelkerung is not None else ()
        blaetter.append(
            from_tabelle("Bevölkerung im Verlauf", "", describe_entwicklung(bank, bild.entwicklungen), saetze)
        )
    if bild.segregationen:
        blaetter.append(from_tabelle("Verteilung", "", describe_segregation(bank, bild.segregationen)))
    tabellen = [(s.quote.name, describe_standard(bank, s)) for s in bild.standardisiert]
    if tabellen:
        wo = f"{bank.bericht.kommune.name} {bank.bericht.jahr}"
        blaetter.append(join_tabellen("Altersstandardisiert", f"Altersstandardisierte Quoten, {wo}", "Quote", tabellen))
    return blaetter


def join_tabellen(name: str, titel: str, kopf: str, tabellen: Iterable[tuple[str, Tabelle]]) -> Freiblatt:
    """Put tables of the same columns below each other; a first column says which of them a row is from."""
    alle = list(tabellen)
    muster = from_tabelle(name, titel, alle[0][1])
    zeilen = [(wer, *zeile.zellen) for wer, tabelle in alle for zeile in tabelle.zeilen]
    saetze = dict.fromkeys(satz for _, tabelle in alle for satz in from_tabelle("", "", tabelle).saetze)
    return attrs.evolve(muster, spalten=(Spalte(kopf), *muster.spalten), zeilen=zeilen, saetze=tuple(saetze))


# -- index and planning ------------------------------------------------------------------------------------------------


def build_index(bank: Werkbank) -> list[Freiblatt]:
    """Lay the town's own indices out, then the status index."""
    blaetter = [blatt for inhalt in bank.bericht.indexblaetter for blatt in build_vergleichsblatt(inhalt)]
    index = bank.bericht.index
    if index is not None:
        name = "Statusindex" if bank.bericht.indexblaetter else "Index"
        saetze = [satz for satz in (index.warnung, say_index(bank)) if satz]
        blaetter.append(from_tabelle(name, f"Index: {index.titel}", describe_index(bank, index), saetze))
    return blaetter


def build_planung(bank: Werkbank, wahl: str) -> list[Freiblatt]:
    """Lay the sheets of the planning out that go by this key; behind the measures the Bausteine."""
    gewaehlt = [inhalt for inhalt in bank.bericht.planungsblaetter if inhalt.wahl == wahl]
    blaetter = [blatt for inhalt in gewaehlt for blatt in build_vergleichsblatt(inhalt)]
    if bank.bericht.bausteine and wahl == "planung":
        blaetter.append(from_tabelle("Planungsprozess", "", describe_bausteine(bank)))
    return blaetter


def build_vergleichsblatt(inhalt: Vergleichsblatt) -> list[Freiblatt]:
    """Give each table of a sheet one of its own; tables about one area each go below each other on one."""
    tabellen = [tabelle for tabelle in (inhalt.tabelle, *inhalt.weitere) if tabelle.zeilen]
    punkte = (f"{inhalt.schluss}:", *inhalt.punkte) if inhalt.punkte else ()
    if inhalt.je_gebiet and tabellen:
        blatt = join_tabellen(inhalt.name, inhalt.titel or inhalt.name, "Sozialraum", [(t.titel, t) for t in tabellen])
        was, text = blatt.spalten[1:]
        spalten = (blatt.spalten[0], was, attrs.evolve(text, titel=inhalt.je_gebiet))
        return [attrs.evolve(blatt, spalten=spalten, saetze=(*inhalt.absaetze, *blatt.saetze, *punkte))]
    blaetter = []
    for nummer, tabelle in enumerate(tabellen, start=1):
        name = inhalt.name if nummer == 1 else f"{inhalt.name}, Teil {nummer}"
        saetze = (*inhalt.absaetze, *punkte) if nummer == 1 else ()
        blaetter.append(from_tabelle(name, tabelle.titel, tabelle, saetze))
    return blaetter


# -- secrecy and methods -----------------------------------------------------------------------------------------------


def build_geheimhaltung(bank: Werkbank) -> list[Freiblatt]:
    """Say what is not shown, and list it: one row for each suppressed figure with the limits an outsider can infer."""
    saetze = [name_zeichen_im(satz) for satz in erklaerung.say_geheimhaltung(bank)]
    namen, gebiete = erklaerung.name_orte(bank)
    protokoll = bank.bericht.tabelle.protokoll
    geordnet = sorted(
        protokoll,
        key=lambda s: (namen.get(s.merkmal, s.merkmal), gebiete.get(s.gebiet, (len(gebiete), s.gebiet)), s.jahr),
    )
    zeilen = [
        _sperrzeile(s, namen.get(s.merkmal, s.merkmal), gebiete.get(s.gebiet, (0, s.gebiet))[1]) for s in geordnet
    ]
    spalten: tuple[Spalte, ...] = (
        Spalte("Grundzahl"), Spalte("Gebiet"), Spalte("Jahr", Spaltenart.ZEICHEN), Spalte("mögliche Zahlen"),
        Spalte("hatte schon die Quelle gesperrt"),
    )  # fmt: skip
    if not zeilen:
        spalten, zeilen = (Spalte("Grundzahl"),), [("keine ist gesperrt",)]
    else:
        saetze.append(
            "Mögliche Zahlen: Genauer lässt sich die Zahl aus allem, was veröffentlicht ist, nicht eingrenzen."
        )
    titel = "Geheimhaltung: was nicht gezeigt wird und warum es sich nicht zurückrechnen lässt"
    return [Freiblatt("Geheimhaltung", titel, spalten, zeilen, tuple(saetze))]


def _sperrzeile(sperrung: Sperrung, name: str, gebiet: str) -> tuple[Zellwert, ...]:
    von = "" if math.isinf(sperrung.intervall_von) else format_zahl(sperrung.intervall_von, 0)
    bis = "" if sperrung.intervall_bis is None else format_zahl(sperrung.intervall_bis, 0)
    spanne = f"{von} bis {bis}" if von and bis else f"ab {von}" if von else f"bis {bis}" if bis else "jede Zahl"
    return name, gebiet, Zahl(float(sperrung.jahr)), spanne, "ja" if sperrung.grund is Grund.QUELLE else "nein"


_ZEICHENWORTE = [(LAGE_ZEICHEN[lage], f"„{LAGE_WORT[lage]}“") for lage in (2, -2, 1, -1, 0)]


def without_zeichen(satz: str) -> str:
    """Say in words what a sentence of the printed edition says about its signs."""
    for zeichen, wort in _ZEICHENWORTE:
        satz = satz.replace(zeichen, wort)
    return name_zeichen_im(satz)


def build_methoden(bank: Werkbank) -> list[Freiblatt]:
    """Lay out how figures are made: principles, indicators, procedures, breaks, files, remarks."""
    bericht, wo = bank.bericht, f"{bank.bericht.kommune.name} {bank.bericht.jahr}"
    stand = f"Gebietsstand: {bericht.gebietsstand_text}." if bericht.gebietsstand_text else ""
    texte = (*(without_zeichen(g.write(farbe=False)) for g in erklaerung.METHODEN), *filter(None, (stand,)))
    grundsaetze = [(str(nr), text) for nr, text in enumerate(texte, start=1)]
    blaetter = [
        Freiblatt("Methoden", f"Methoden: wie die Zahlen entstehen, {wo}", (Spalte("Nr."), Spalte("Grundsatz", _LANG)), grundsaetze),
        from_tabelle("Indikatoren", f"Indikatoren und ihre Rechnung, {wo}", erklaerung.describe_indikatoren(bank)),
    ]  # fmt: skip
    for name, titel, tabelle in (
        ("Verfahren", f"Verfahren der Auswertung, {wo}", erklaerung.describe_verfahren(bank)),
        ("Brüche", "", erklaerung.describe_brueche(bank)),
        ("Quellen", f"Eingelesene Dateien, {wo}", erklaerung.describe_quellen(bank) if bericht.quellen else None),
        ("Anmerkungen", "", erklaerung.describe_anmerkungen(bank) if bericht.anmerkungen else None),
    ):
        if tabelle is not None:
            blaetter.append(from_tabelle(name, titel, tabelle))
    return blaetter


def build_zeichenerklaerung() -> Freiblatt:
    """Explain every sign, letter and fixed word of this edition."""
    lagen = set(LAGE_ZEICHEN.values())
    zeilen: list[tuple[Zellwert, ...]] = [
        (f"{name_zeichen(zeichen)}", bedeutung, ort)
        for zeichen, bedeutung, ort in ZEICHEN_WORTE
        if zeichen not in lagen and ort != ORT_TREND and zeichen != Zeichen.FAST_NICHTS.symbol
    ]
    zeilen += [(LAGE_WORT[lage], LAGE_WORTE[lage], "Spalten zur Lage gegen die Stadt") for lage in LAGE_ZEICHEN]
    zeilen += [
        *((TREND_WORTE[richtung], bedeutung, ORT_TREND) for richtung, bedeutung in TREND_BEDEUTUNG.items()),
        *((m.value, _TRENDMANGEL[m], ORT_TREND) for m in Trendmangel),
        (ENTFAELLT, "Hier kann nichts stehen", "steht statt einer Angabe"),
        ("[Hinweis 1]", "Der Text steht im Blatt „Hinweise“ unter dieser Nummer", "letzte Spalte"),
        (KEINE, "Zu dieser Zeile gibt es keinen Hinweis", "Spalte „Hinweise“"),
    ]  # fmt: skip
    spalten = (Spalte("Zeichen oder Wort"), Spalte("Bedeutung", _LANG), Spalte("Ort"))
    buchstaben = ", ".join(f"{b} für {v.value}" for v, b in VERMERK_BUCHSTABE.items())
    saetze = (f"Buchstaben hinter einer Zahl: {buchstaben}; in Klammern: {Vermerk.EINGESCHRAENKT.value}.",)
    return Freiblatt(
        "Zeichenerklärung", "Zeichenerklärung: Zeichen, Abkürzungen und feste Wörter", spalten, zeilen, saetze
    )
