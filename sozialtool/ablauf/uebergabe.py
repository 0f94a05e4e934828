"""Übergabe: the whole project as plain workbooks, so that a successor without this program can read everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from sozialtool.ablauf.uebergabeplan import PLAN, Uebergabeteil
from sozialtool.ablauf.uebergabewerte import (
    KENNZAHLEN,
    KENNZAHLEN_KOEPFE,
    MIT_VORSCHLAG,
    WESSEN,
    compute_kennzahlblatt,
    read_geltende,
)
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.fach.felder import Feld, felder_of
from sozialtool.fach.messwert import Merkmal, Messwert
from sozialtool.fach.quelle import Quelle
from sozialtool.fach.raum import Gebiet
from sozialtool.fach.veroeffentlichung import Veroeffentlichung
from sozialtool.fehler import Abgebrochen
from sozialtool.projekt import Projekt

if TYPE_CHECKING:
    from sozialtool.ausgabe.uebergabemappe import Rohspalte, Rohtabelle

ORDNER, INHALT = "uebergabe", "Inhalt.xlsx"
WARNUNG = (
    "Die Übergabe enthält alle Zahlen ungeschützt, auch sehr kleine und die wahren Werte gesperrter. Sie ist für die Nachfolge im Haus: "
    "Bitte nicht weitergeben, nicht veröffentlichen, nicht per Mail verschicken."
)
"""Said on the screen before anything is written, and on the sheet of contents."""
_LESEHILFE = (
    "Jedes Blatt ist eine schlichte Tabelle ab A1, eine Zeile je Eintrag. Eine leere Zelle heißt: nichts eingetragen. Ist ein Text länger, als eine "
    "Zelle fasst, geht er in der Spalte „(Fortsetzung)“ weiter; lange Listen gehen in den Dateien „_Teil_2“ und folgenden weiter. Das zweite Blatt "
    "erklärt jede Spalte."
)
_ALLE_AENDERUNGEN = 10**9


@attrs.frozen
class Posten:
    """One line of the contents: file, sheet, rows, what stands there, why it is confidential."""

    datei: str
    blatt: str
    zeilen: int
    was: str
    geheim: str


@attrs.frozen
class _Blatt:
    """A sheet before it is written: the table, what stands there, and the fields of its columns for the explanation."""

    tabelle: Rohtabelle
    was: str
    felder: tuple[Feld, ...]


def uebergabe_ordner(projekt: Projekt) -> Path:
    """Return the folder that `write_uebergabe` fills."""
    from sozialtool.ablauf.vorlegen import ausgaben_ordner

    return ausgaben_ordner(projekt, projekt.kommune.berichtsjahr) / ORDNER


def write_uebergabe(
    projekt: Projekt, fortschritt: Fortschritt | None = None, stop: Stop | None = None, *, stand: dt.date | None = None
) -> tuple[Path, tuple[Posten, ...]]:
    """Write `ausgaben/<Jahr>/uebergabe/`; return the folder and what lies there. It appears whole or not at all.

    Whoever calls shows `WARNUNG` before.

    Raises:
        DateiGesperrt: a file of the folder is open in Excel. BedienFehler: something else lies in the folder.
        DateiFehler: it cannot be written. Abgebrochen: stopped, the folder is as it was.
    """
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.ausgabe.ordnertausch import write_ordner
    from sozialtool.ausgabe.uebergabemappe import write_rohmappe

    tag, ziel = stand or dt.date.today(), uebergabe_ordner(projekt)
    make_folder(ziel.parent)
    posten: list[Posten] = []
    spalten: list[tuple[str, ...]] = []
    with write_ordner(ziel) as ordner:
        for nummer, teil in enumerate(PLAN):
            _check_stop(stop)
            if fortschritt is not None:
                fortschritt(nummer, len(PLAN) + 1, teil.name)
            for folge, blaetter in enumerate(_collect(projekt, teil, stop), start=1):
                datei = f"{teil.stamm}{f'_Teil_{folge}' if folge > 1 else ''}.xlsx"
                write_rohmappe(ordner / datei, datei.removesuffix(".xlsx"), [b.tabelle for b in blaetter], tag)
                posten += [Posten(datei, b.tabelle.name, len(b.tabelle.zeilen), b.was, teil.geheim) for b in blaetter]
                if folge == 1:
                    spalten += [zeile for b in blaetter for zeile in _explain(datei, b)]
        _write_inhalt(projekt, ordner / INHALT, posten, spalten, tag)
        _check_stop(stop)
    if fortschritt is not None:
        fortschritt(len(PLAN) + 1, len(PLAN) + 1, "fertig")
    return ziel, tuple(posten)


def _check_stop(stop: Stop | None) -> None:
    if stop is not None and stop.is_set():
        raise Abgebrochen("Die Übergabe wurde angehalten.", "Der Ordner ist, wie er vorher war.", "ABGEBROCHEN")


# -- what stands in the workbooks -------------------------------------------------------------------------------------


def _collect(projekt: Projekt, teil: Uebergabeteil, stop: Stop | None) -> Iterator[list[_Blatt]]:
    """The sheets of a workbook; then those of further ones, each with the next part of a list that is too long for a sheet."""
    from sozialtool.ausgabe.uebergabemappe import ZEILEN_JE_BLATT

    erste: list[_Blatt] = []
    lange: list[tuple[type, str, str]] = []
    for klasse, (name, was) in teil.blaetter.items():
        eintraege: list[Any] = projekt.read_stueck(klasse, 0, ZEILEN_JE_BLATT)
        erste.append(_build_blatt(projekt, klasse, name, was, eintraege))
        lange += [(klasse, name, was)] if len(eintraege) == ZEILEN_JE_BLATT else []
    zusatz = [_split(blatt, ZEILEN_JE_BLATT) for blatt in _build_zusatz(projekt, teil)]
    yield [*erste, *(stuecke[0] for stuecke in zusatz)]
    for klasse, name, was in lange:
        ab = ZEILEN_JE_BLATT
        while eintraege := projekt.read_stueck(klasse, ab, ZEILEN_JE_BLATT):
            _check_stop(stop)
            yield [_build_blatt(projekt, klasse, name, was, eintraege)]
            ab += ZEILEN_JE_BLATT
    for stueck in (stueck for stuecke in zusatz for stueck in stuecke[1:]):
        _check_stop(stop)
        yield [stueck]


def _split(blatt: _Blatt, hoechstens: int) -> list[_Blatt]:
    """Cut a sheet into parts of so many rows; at least one."""
    zeilen = blatt.tabelle.zeilen
    return [
        attrs.evolve(blatt, tabelle=attrs.evolve(blatt.tabelle, zeilen=zeilen[ab : ab + hoechstens]))
        for ab in range(0, max(len(zeilen), 1), hoechstens)
    ]


def _build_blatt(projekt: Projekt, klasse: type, name: str, was: str, eintraege: Sequence[Any]) -> _Blatt:
    """Lay out a list: every field of its class under its German label; Messwerte with names beside their keys."""
    from sozialtool.ausgabe.uebergabemappe import Rohspalte, Rohtabelle

    felder = felder_of(klasse)
    geltende = read_geltende(projekt, klasse, eintraege) if klasse in MIT_VORSCHLAG else []
    alle = [e for e, _ in geltende] or eintraege
    zeilen: list[tuple[Any, ...]] = [tuple(getattr(e, feld.name) for feld in felder) for e in alle]
    spalten = [
        Rohspalte.from_feld(feld, (zeile[nr] for zeile in zeilen) if feld.art is str else ())
        for nr, feld in enumerate(felder)
    ]
    if klasse in MIT_VORSCHLAG:
        zeilen = [(*zeile, wessen) for zeile, (_, wessen) in zip(zeilen, geltende, strict=True)]
        spalten.append(Rohspalte(WESSEN.titel))
        felder = (*felder, WESSEN)
    if klasse is Messwert:
        zeilen = [(*zeile, *namen) for zeile, namen in zip(zeilen, _name(projekt, eintraege), strict=True)]
        spalten += [Rohspalte(titel) for titel in _NAMEN]
    return _Blatt(Rohtabelle(name, tuple(spalten), zeilen), was, felder)


_NAMEN = ("Name des Gebiets", "Name des Merkmals", "Einheit", "Datei der Quelle")


def _name(projekt: Projekt, messwerte: Sequence[Messwert]) -> Iterator[tuple[str, ...]]:
    """Names beside the keys of Messwerte, so that nobody has to look them up."""
    gebiete = {g.schluessel: g.name for g in projekt.read(Gebiet)}
    merkmale = {m.schluessel: (m.name, m.einheit) for m in projekt.read(Merkmal)}
    dateien = {q.schluessel: q.datei for q in projekt.read(Quelle)}
    for m in messwerte:
        yield gebiete.get(m.gebiet, ""), *merkmale.get(m.merkmal, ("", "")), dateien.get(m.quelle, "")


def _build_zusatz(projekt: Projekt, teil: Uebergabeteil) -> Iterator[_Blatt]:
    """Sheets of what is no list of its own: computed Kennzahlen, figures and patterns of releases, the log of all changes."""
    if Veroeffentlichung in teil.blaetter:
        yield from _build_fassungen(projekt)
    if Messwert in teil.blaetter:
        was, zeilen = compute_kennzahlblatt(projekt)
        yield _plain(KENNZAHLEN, was, KENNZAHLEN_KOEPFE, zeilen)
    if teil is PLAN[-1]:
        yield _build_verlauf(projekt)


def _build_fassungen(projekt: Projekt) -> Iterator[_Blatt]:
    """Write out what every release froze: the base figures, which Kennzahlen it showed, and what it suppressed."""
    from sozialtool.geheimhaltung.festhalten import thaw

    alle = [(v.schluessel, thaw(v.inhalt, v.name)) for v in projekt.read(Veroeffentlichung) if v.inhalt]
    zahlen = [
        (name, ort.merkmal, ort.jahr, ort.gebiet, e.stand, e.jahre, e.wert, e.zeichen or "", ort in f.auftrag.offen, ort in f.gesperrt)
        for name, f in alle
        for ort, e in f.auftrag.bestand.werte.items()
    ]  # fmt: skip
    koepfe: tuple[tuple[str, type], ...] = (
        ("Veröffentlichung", str), ("Merkmal", str), ("Jahr", int), ("Gebiet", str), ("Stand", dt.date), ("Jahre", int), ("Wert", float),
        ("Zeichen", str), ("gezeigt", bool), ("gesperrt", bool),
    )  # fmt: skip
    was = "Jede Grundzahl, auf der die Ausgabe beruhte, und ob sie gezeigt oder gesperrt war."
    yield _plain("Festgehaltene Zahlen", was, koepfe, zahlen)
    zeilen = [(name, *zeile) for name, f in alle for zeile in f.auftrag.zeilen]
    koepfe = (("Veröffentlichung", str), ("Indikator", str), ("Jahr", int), ("Gebiet", str))
    yield _plain("Gezeigte Kennzahlen", "Welche Kennzahlen die Ausgabe zeigte.", koepfe, zeilen)
    muster = [(name, o.merkmal, o.jahr, o.gebiet) for name, f in alle for o in sorted(f.gesperrt)]
    koepfe = (("Veröffentlichung", str), ("Merkmal", str), ("Jahr", int), ("Gebiet", str))
    yield _plain("Sperrmuster", "Welche Grundzahlen gesperrt waren.", koepfe, muster)
    bezuege = [
        (name, b.indikator, _write_summe(b.zaehler), _write_summe(b.nenner), b.faktor, b.jahre) for name, f in alle for b in f.auftrag.bestand.bezuege.values()
    ]  # fmt: skip
    koepfe = (
        ("Veröffentlichung", str), ("Indikator", str), ("Zähler", str), ("Nenner", str), ("mal", float), ("Jahre", int),
    )  # fmt: skip
    yield _plain("Definitionen", "Wie jeder Indikator in der Ausgabe gerechnet war.", koepfe, bezuege)


def _write_summe(seite: Mapping[str, float]) -> str:
    """Write numerator or denominator as a sum: "sgb2 · 1 + sgb3 · 1"."""
    return " + ".join(f"{merkmal} · {_write_faktor(faktor)}" for merkmal, faktor in seite.items())


def _write_faktor(faktor: float) -> str:
    """Write a factor with every digit it has and a decimal comma: 1, 0,5, 0,00001, 1234567."""
    text = f"{Decimal(repr(faktor)):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _build_verlauf(projekt: Projekt) -> _Blatt:
    zeilen = [
        (a.nummer, a.zeit, a.wer, a.text, a.herkunft, a.anzahl, a.zurueckgenommen)
        for a in reversed(projekt.verlauf(_ALLE_AENDERUNGEN))
    ]
    koepfe = (
        ("Nummer", int), ("Zeit", dt.datetime), ("Wer", str), ("Was", str), ("Woher", str), ("Einträge", int), ("zurückgenommen", bool),
    )  # fmt: skip
    return _plain("Verlauf", "Jede Änderung am Projekt, die älteste zuerst.", koepfe, zeilen)


def _plain(name: str, was: str, koepfe: Sequence[tuple[str, type]], zeilen: Sequence[tuple[Any, ...]]) -> _Blatt:
    from sozialtool.ausgabe.uebergabemappe import Rohspalte, Rohtabelle

    spalten: tuple[Rohspalte, ...] = tuple(Rohspalte(titel, art) for titel, art in koepfe)
    felder = tuple(Feld(titel, titel, art) for titel, art in koepfe)
    return _Blatt(Rohtabelle(name, spalten, zeilen), was, felder)


# -- the sheet of contents --------------------------------------------------------------------------------------------


def _explain(datei: str, blatt: _Blatt) -> Iterator[tuple[str, ...]]:
    """Say of each column what it holds."""
    from sozialtool.ausgabe.uebergabemappe import describe_art

    for feld in blatt.felder:
        hilfe = " ".join(filter(None, (feld.hilfe, f"Einheit: {feld.einheit}." if feld.einheit else "")))
        yield datei, blatt.tabelle.name, feld.titel, "Schlüssel" if feld.schluessel else "", describe_art(feld), hilfe


def _write_inhalt(
    projekt: Projekt, pfad: Path, posten: Sequence[Posten], spalten: Sequence[tuple[str, ...]], tag: dt.date
) -> None:
    """Write what lies where, how many rows, what it means, what is confidential; and every column."""
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart, Tabelle, Zahl, Zeile
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt, write_vergleich

    lang = Spaltenart.LANG
    inhalt = Tabelle(
        "Was in der Übergabe liegt",
        (
            Spalte("Datei", lang, breite=300), Spalte("Blatt", lang, breite=150), Spalte("Zeilen", Spaltenart.ANZAHL, breite=62),
            Spalte("Was dort steht", lang, breite=330), Spalte("Vertraulich", lang, breite=210),
        ),
        tuple(Zeile((p.datei, p.blatt, Zahl(p.zeilen), p.was, f"ja: {p.geheim}" if p.geheim else "–")) for p in posten),
        beschreibung="Eine Zeile je Blatt: Datei, Blatt, Zahl der Zeilen, Inhalt, ob vertraulich",
    )  # fmt: skip
    erklaert = Tabelle(
        "Was in den Spalten steht",
        tuple(
            Spalte(name, lang, breite=breite)
            for name, breite in (
                ("Datei", 230),
                ("Blatt", 130),
                ("Spalte", 150),
                ("", 70),
                ("Art", 200),
                ("Was gemeint ist", 280),
            )
        ),
        tuple(Zeile(zeile) for zeile in spalten),
        beschreibung="Eine Zeile je Spalte: wo sie steht, was für Werte sie hat, was gemeint ist",
    )
    saetze = (
        f"NICHT WEITERGEBEN. {WARNUNG}",
        _LESEHILFE,
    )
    titel = f"Übergabe der Sozialplanung {projekt.kommune.name}"
    write_vergleich(
        pfad,
        (Vergleichsblatt("Inhalt", saetze, inhalt, titel=titel), Vergleichsblatt("Spalten", (), erklaert)),
        titel,
        tag,
        thema="Übergabe: nicht weitergeben",
        drucksache="NICHT WEITERGEBEN",
    )
