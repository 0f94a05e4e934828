"""Datenübersicht and agreements as workbooks to read and to hand round; nothing in them is a figure of people."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sozialtool.ablauf.datenuebersicht import Datenuebersicht, compute_datenuebersicht
from sozialtool.ablauf.unterschiede import describe_formel
from sozialtool.ablauf.vereinbarungsliste import Vereinbarungszeile, describe_schritte, list_vereinbarungen
from sozialtool.fach.indikator import Indikator, Zustand
from sozialtool.fach.messwert import Merkmal
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

Zeilen = list[tuple[str, ...]]


def write_datenuebersicht(projekt: Projekt, pfad: Path | str, stand: dt.date | None = None) -> Path:
    """Write what exists in which Fachbereich, what is missing, and what one more Merkmal would unlock.

    Raises:
        BedienFehler: the target is another file, as in `ausgabe.datei.check_ziel`. DateiGesperrt: open in Excel.
    """
    uebersicht = compute_datenuebersicht(projekt)
    blaetter = (
        _sheet_bestand(uebersicht),
        _sheet_grundlagen(uebersicht),
        _sheet_fehlend(uebersicht),
        _sheet_indikatoren(projekt, uebersicht),
    )
    return _write(pfad, blaetter, f"Datenübersicht {projekt.kommune.name}", "Welche Daten es im Haus gibt", stand)


def write_vereinbarungen(
    projekt: Projekt, pfad: Path | str, zustaende: Collection[Zustand] = (), stand: dt.date | None = None
) -> Path:
    """Write all agreements with what is open, and their history with the differences in words.

    Raises:
        BedienFehler: the target is another file, as in `ausgabe.datei.check_ziel`. DateiGesperrt: open in Excel.
    """
    zeilen = list_vereinbarungen(projekt, zustaende)
    blaetter = (_sheet_stand(zeilen), _sheet_verlauf(projekt, zeilen))
    return _write(pfad, blaetter, f"Vereinbarungen {projekt.kommune.name}", "Was wann mit wem vereinbart wurde", stand)


def _write(
    pfad: Path | str, blaetter: Sequence[Vergleichsblatt], titel: str, thema: str, stand: dt.date | None
) -> Path:
    from sozialtool.ausgabe.datei import check_ziel
    from sozialtool.ausgabe.vergleichsmappe import write_vergleich

    ziel = Path(pfad)
    check_ziel(ziel)
    write_vergleich(ziel, blaetter, titel, stand or dt.date.today(), thema=thema)
    return ziel


def _sheet(
    name: str, absatz: str, spalten: Sequence[tuple[str, int]], zeilen: Iterable[tuple[str, ...]]
) -> Vergleichsblatt:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zeile
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

    liste = tuple(Zeile(zeile) for zeile in zeilen)
    tabelle = Tabelle(name, tuple(Spalte(t, Spaltenart.LANG, breite=b) for t, b in spalten), liste, beschreibung=absatz)
    return Vergleichsblatt(name, (absatz, *(() if liste else ("Dazu gibt es nichts zu zeigen.",))), tabelle)


# -- Datenübersicht -------------------------------------------------------------------------------------------------

_BESTAND = (
    ("Fachbereich", 180), ("Merkmal", 260), ("Verfügbarkeit", 100), ("Kleinste Ebene", 140), ("Stichtag", 75), ("Turnus", 80),
    ("Zuletzt geliefert", 85), ("Nötig für", 160),
)  # fmt: skip
_GRUNDLAGEN = (
    ("Fachbereich", 180), ("Ansprechrolle", 180), ("Format", 190), ("Rechtsgrundlage", 150), ("Datenschutz", 230),
    ("Gilt für", 160),
)  # fmt: skip


def _sheet_bestand(uebersicht: Datenuebersicht) -> Vergleichsblatt:
    zeilen: Zeilen = []
    for z in uebersicht.zeilen:
        b = z.bestand
        geliefert = f"{z.letzter_stand:%d.%m.%Y}" if z.letzter_stand else ""
        zeilen.append((
            z.name, z.merkmal.name, b.verfuegbarkeit.value, z.ebene, b.stichtag, b.turnus, geliefert, ", ".join(z.indikatoren),
        ))  # fmt: skip
    absatz = "Was in welchem Fachbereich vorliegt, bis auf welche Ebene, und welche Indikatoren es brauchen."
    return _sheet("Bestand", absatz, _BESTAND, zeilen)


def _sheet_grundlagen(uebersicht: Datenuebersicht) -> Vergleichsblatt:
    """Write on what terms a Fachbereich passes figures on; it says the same about most of its Merkmale, so once."""
    gruppen: dict[tuple[str, ...], list[str]] = {}
    je_fachbereich = Counter(z.name for z in uebersicht.zeilen)
    for z in uebersicht.zeilen:
        b = z.bestand
        angaben = (z.name, z.ansprechrolle, b.format, b.rechtsgrundlage, b.datenschutz)
        gruppen.setdefault(angaben, []).append(z.merkmal.name)
    zeilen = [
        (*angaben, "alle Merkmale" if len(namen) == je_fachbereich[angaben[0]] else ", ".join(namen))
        for angaben, namen in gruppen.items()
        if any(angaben[1:])
    ]
    absatz = (
        "Wen man fragt, wie geliefert wird, auf welcher Rechtsgrundlage, und worauf bei der Weitergabe zu achten ist."
    )
    return _sheet("Grundlagen", absatz, _GRUNDLAGEN, zeilen)


def _sheet_fehlend(uebersicht: Datenuebersicht) -> Vergleichsblatt:
    spalten = (
        ("Merkmal", 260),
        ("Fachbereich", 160),
        ("Schaltet allein frei", 220),
        ("Hilft zusammen mit anderen", 220),
    )
    zeilen = [
        (f.merkmal.name, f.merkmal.fachbereich, ", ".join(f.sofort), ", ".join(f.mit_anderen))
        for f in uebersicht.freischaltungen
    ]
    absatz = "Merkmale, die ein Indikator braucht und die noch niemand geliefert hat; oben steht, was am meisten hilft."
    return _sheet("Was fehlt", absatz, spalten, zeilen)


def _sheet_indikatoren(projekt: Projekt, uebersicht: Datenuebersicht) -> Vergleichsblatt:
    spalten = (("Kennung", 70), ("Indikator", 270), ("Zustand", 100), ("Rechnung", 420))
    merkmale = projekt.read(Merkmal)
    zeilen = [
        (i.kennung, i.name, i.zustand.value, describe_formel(i.formel, merkmale))
        for i in projekt.read(Indikator)
        if i.kennung in uebersicht.berechenbar
    ]
    return _sheet("Was zu rechnen ist", "Indikatoren, für die alle Zahlen vorliegen.", spalten, zeilen)


# -- agreements -----------------------------------------------------------------------------------------------------

_STAND = (
    ("Gegenstand", 95), ("Kennung", 120), ("Was", 260), ("Zustand", 95), ("Fassung", 60), ("Datum", 75), ("Gremium", 120),
    ("Offen", 180),
)  # fmt: skip
_VERLAUF = (
    ("Kennung", 100), ("Nr.", 34), ("Zustand", 90), ("Fassung", 56), ("Datum", 72), ("Gremium", 110), ("Sitzung", 80),
    ("Abweichende Meinung", 140), ("Was sich damit änderte", 230), ("Heute anders", 230),
)  # fmt: skip


def _sheet_stand(zeilen: Sequence[Vereinbarungszeile]) -> Vergleichsblatt:
    inhalt = [
        (z.gegenstand.value, z.bezug, z.name, z.zustand.value, str(z.fassung), _day(z.am), z.gremium, z.offen)
        for z in zeilen
    ]
    return _sheet("Vereinbarungen", "Was vereinbart ist, was offen ist und wer es als Nächstes berät.", _STAND, inhalt)


def _sheet_verlauf(projekt: Projekt, zeilen: Sequence[Vereinbarungszeile]) -> Vergleichsblatt:
    inhalt = [
        (
            z.bezug, str(s.vereinbarung.nummer), s.vereinbarung.zustand.value, str(s.vereinbarung.fassung),
            _day(s.vereinbarung.am), s.vereinbarung.gremium, s.vereinbarung.sitzung, s.vereinbarung.abweichend,
            "; ".join(s.gegen_vorher), "; ".join(s.gegen_heute),
        )
        for z in zeilen
        for s in describe_schritte(projekt, z)
    ]  # fmt: skip
    return _sheet("Verlauf", "Jeder Beschluss mit der Definition, die damals galt, im Vergleich.", _VERLAUF, inhalt)


def _day(tag: dt.date | None) -> str:
    return f"{tag:%d.%m.%Y}" if tag else ""
