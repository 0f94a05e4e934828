"""The planning as sheets: supply, needs, goals, measures, voices, surveys, inventory. Figures of people are released ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from sozialtool.ablauf.bedarfsbild import Bedarfsbild, build_bedarfsbilder, describe_regel
from sozialtool.ablauf.befragungsbild import BASISHINWEIS, SCHUTZHINWEISE, build_fragenbilder
from sozialtool.ablauf.bestandstafel import build_auffaelligentafel
from sozialtool.ablauf.controlling import Massnahmenbild, build_massnahmenbilder, describe_regeln
from sozialtool.ablauf.entfernungsblatt import build_entfernungstabellen
from sozialtool.ablauf.gezeigtes import find_zeigende
from sozialtool.ablauf.leistungen import describe_leistungen
from sozialtool.ablauf.plangrundlage import Plangrundlage, read_plangrundlage
from sozialtool.ablauf.stimmen import list_zeigbare
from sozialtool.ablauf.versorgungsbild import write_tag
from sozialtool.ablauf.werte import Fortschritt, Stop
from sozialtool.ablauf.zielbild import Zielbild, build_zielbilder
from sozialtool.ablauf.zieltafel import GELD_WORT, LEISTUNG_WORT, describe_geld, describe_wirkung
from sozialtool.fach.indikator import Handlungsfeld
from sozialtool.fach.messwert import Zeichen
from sozialtool.fach.planung import Einrichtung
from sozialtool.fach.schreibweise import format_dauer, format_zahl, runde
from sozialtool.projekt import Projekt
from sozialtool.rechnen.zielabgleich import REGEL

if TYPE_CHECKING:
    from sozialtool.ausgabe.tabelle import Spalte, Tabelle, Zellwert
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

_QUELLE = "freigegebene Zahlen des Monitorings, Bestand und Planung der Stadt"


def write_planung(
    projekt: Projekt, jahr: int = 0, drucksache: str = "", fortschritt: Fortschritt | None = None, stop: Stop | None = None,
    *, stand: dt.date | None = None,
) -> Path:  # fmt: skip
    """Write ausgaben/<jahr>/Planung_<jahr>.xlsx and return its path.

    It is no release of its own: it says "Entwurf" until everything that its figures are taken from has gone out otherwise
    (`say_planungsentwurf`; docs/entscheidungen/ablauf-planung-ist-entwurf.md).

    Raises:
        DatenFehler: nothing to compute. DateiGesperrt: the workbook is open in Excel. Abgebrochen: stopped.
    """
    from sozialtool.ablauf.drucksachen import say_anlage
    from sozialtool.ablauf.projekte import make_folder
    from sozialtool.ablauf.vorlegen import ausgaben_ordner
    from sozialtool.ausgabe.datei import check_ziel
    from sozialtool.ausgabe.vergleichsmappe import write_vergleich

    grundlage = read_plangrundlage(projekt, jahr, fortschritt, stop)
    pfad = ausgaben_ordner(projekt, grundlage.jahr) / f"Planung_{grundlage.jahr}.xlsx"
    make_folder(pfad.parent)
    check_ziel(pfad)
    titel = f"Bestand, Bedarf und Maßnahmen {projekt.kommune.name} {grundlage.jahr}"
    anlage = say_anlage(projekt, [pfad.name], drucksache)
    blaetter = build_planungsblaetter(projekt, grundlage)
    if entwurf := _say_entwurf(grundlage):
        titel = f"Entwurf: {titel}"
        blaetter = tuple(attrs.evolve(blatt, absaetze=(entwurf, *blatt.absaetze)) for blatt in blaetter)
    write_vergleich(pfad, blaetter, titel, stand or dt.date.today(), thema="Planung", drucksache=anlage)
    return pfad


def say_planungsentwurf(projekt: Projekt, jahr: int = 0) -> str:
    """Say why the workbook of the planning is a draft, and what makes it none; "" where it is none. Errors as in `write_planung`."""
    return _say_entwurf(read_plangrundlage(projekt, jahr))


def _say_entwurf(grundlage: Plangrundlage) -> str:
    if find_zeigende(grundlage.ergebnis, grundlage.jahr) is not None:
        return ""
    return (
        "Entwurf, bleibt im Haus: Zahlen darin sind noch nicht endgültig hinausgegangen. Soll die Planung hinaus: zuerst das Monitoring "
        "endgültig ausgeben, dann die Planung neu schreiben."
    )


def build_planungsblaetter(projekt: Projekt, grundlage: Plangrundlage) -> tuple[Vergleichsblatt, ...]:
    """Lay out every sheet that has something to show."""
    bedarfe, ziele = build_bedarfsbilder(projekt, grundlage), build_zielbilder(projekt, grundlage)
    massnahmen = build_massnahmenbilder(projekt, grundlage)
    blaetter = (
        _build_massnahmen(projekt, grundlage, massnahmen), _build_ziele(grundlage, ziele), _build_bedarfe(projekt, grundlage, bedarfe),
        _build_versorgung(grundlage), _build_stimmen(projekt, grundlage), _build_befragungen(projekt, grundlage),
        _build_bestand(projekt, grundlage),
    )  # fmt: skip
    return tuple(blatt for blatt in blaetter if blatt.tabelle.zeilen)


def _blatt(
    name: str,
    absaetze: tuple[str, ...],
    tabelle: Tabelle,
    weitere: tuple[Tabelle, ...] = (),
    punkte: tuple[str, ...] = (),
) -> Vergleichsblatt:
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

    return Vergleichsblatt(name, absaetze, tabelle, weitere, "Wie gerechnet wird", punkte, skala=90)


def _tabelle(
    titel: str, spalten: Sequence[Spalte], zeilen: Sequence[Sequence[Zellwert]], anmerkungen: tuple[str, ...] = ()
) -> Tabelle:
    from sozialtool.ausgabe.tabelle import Tabelle, Zeile

    return Tabelle(
        titel,
        tuple(spalten),
        tuple(Zeile(tuple(z)) for z in zeilen),
        anmerkungen=anmerkungen,
        quelle=_QUELLE,
        beschreibung=titel,
    )


def _text(titel: str, breite: int, *, lang: bool = False) -> Spalte:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart

    return Spalte(titel, Spaltenart.LANG if lang else Spaltenart.TEXT, breite=breite)


def _zahlspalte(titel: str, einheit: str = "", breite: int = 70, stellen: int = 0) -> Spalte:
    from sozialtool.ausgabe.tabelle import Spalte, Spaltenart

    return Spalte(titel, Spaltenart.ZAHL if stellen else Spaltenart.ANZAHL, einheit, breite, stellen)


def _zahl(wert: float | None, stellen: int = 0, zeichen: Zeichen | None = None) -> Zellwert:
    from sozialtool.ausgabe.tabelle import Zahl
    from sozialtool.ausgabe.werkbank import grund

    if wert is None:
        return grund(zeichen or Zeichen.FEHLT)
    return Zahl(runde(wert, stellen), nachkommastellen=stellen)


def _orte(grundlage: Plangrundlage, gebiete: Sequence[str]) -> str:
    return ", ".join(grundlage.name(g) for g in gebiete) or "ganze Stadt"


def _build_massnahmen(projekt: Projekt, grundlage: Plangrundlage, bilder: Sequence[Massnahmenbild]) -> Vergleichsblatt:
    spalten = (
        _text("Maßnahme", 155, lang=True), _text("Wer und wo", 170, lang=True), _text("Zeitraum, Stand", 90, lang=True),
        _text("Leistung", 140, lang=True), _text("Geld", 210, lang=True), _text("Ziel und Wirkung", 165, lang=True),
        _text("Was Beteiligte sagen", 197, lang=True),
    )  # fmt: skip
    zeilen = []
    for b in bilder:
        m = b.massnahme
        mit = f"\nmit {'; '.join(m.partner)}" if m.partner else ""
        ist = f"{format_zahl(m.leistung_ist, leer='–')} von {format_zahl(m.leistung_ziel, leer='–')}"
        wann = format_dauer(m.beginn, m.ende)
        zeilen.append((
            f"{m.schluessel} {m.name}", f"{m.verantwortlich}{mit}\n{_orte(grundlage, m.gebiete)}", f"{wann}\n{m.stand.value}",
            f"{b.leistung.zeichen} {LEISTUNG_WORT[b.leistung]}\n{m.leistung}: {ist}{_list_jahre(b)}" if m.leistung else "–",
            f"{b.ausgaben.zeichen} {GELD_WORT[b.ausgaben]}\n{describe_geld(b, urteil=False)}",
            "\n".join((*((b.wirkung.text, f"{b.ziel.ziel.schluessel} {b.ziel.ziel.name}") if b.ziel else ()), *describe_wirkung(grundlage, m))) or "–",
            "\n".join((_urteil("Teilnehmende", m.nutzerurteil.value, m.zufriedenheit), _urteil("Fachkräfte", m.fachurteil.value, m.fachsicht))),
        ))  # fmt: skip
    titel = f"Maßnahmen und wie sie laufen, {projekt.kommune.name} {grundlage.jahr}"
    return _blatt("Maßnahmen", (), _tabelle(titel, spalten, zeilen), punkte=(*describe_regeln(projekt), REGEL))


def _urteil(wer: str, urteil: str, warum: str) -> str:
    return f"{wer} {urteil}" + (f": {warum}" if warum else "")


def _list_jahre(b: Massnahmenbild) -> str:
    """The years of a service below the newest; "" where there is no other."""
    verlauf = describe_leistungen(b.leistungen)
    return "\n" + verlauf.replace("; ", "\n") if verlauf else ""


def _build_ziele(grundlage: Plangrundlage, bilder: Sequence[Zielbild]) -> Vergleichsblatt:
    spalten = (
        _text("Ziel", 200, lang=True), _text("Sozialraum", 120, lang=True), _text("Indikator", 190, lang=True), _text("Startjahr", 72, lang=True),
        _zahlspalte("Start", "", 60, 1), _zahlspalte("Zielwert", "", 64, 1), _text("bis", 80, lang=True), _text("Jahr", 50, lang=True),
        _zahlspalte("Wert", "", 60, 1), _zahlspalte("auf der Linie", "", 66, 1), _text("Ampel", 165, lang=True),
    )  # fmt: skip
    zeilen = []
    for b in bilder:
        z, s = b.ziel, b.stand
        ind = grundlage.indikatoren.get(z.indikator)
        zeilen.append((
            f"{z.schluessel} {z.name}", grundlage.name(z.gebiet), f"{z.indikator} {ind.name} ({ind.einheit})" if ind else "–",
            "–" if z.startjahr is None else str(z.startjahr),
            _zahl(z.startwert, 1, Zeichen.GEHEIM if b.eintrag.startwert is not None else None), _zahl(z.zielwert, 1), write_tag(z.ziel_bis),
            str(s.jetzt.jahr) if s.jetzt else "–", _zahl(s.jetzt.wert if s.jetzt else None, 1), _zahl(s.soll, 1),
            s.ampel.text + (f"\n{s.grund}" if s.grund else ""),
        ))  # fmt: skip
    return _blatt(
        "Ziele", (), _tabelle(f"Entwicklungsziele, Zahlen bis {grundlage.jahr}", spalten, zeilen), punkte=(REGEL,)
    )


def _build_bedarfe(projekt: Projekt, grundlage: Plangrundlage, bilder: Sequence[Bedarfsbild]) -> Vergleichsblatt:
    zeigbar = {s.schluessel for s in list_zeigbare(projekt)}
    spalten = (
        _text("Bedarf", 170, lang=True), _text("Wo und für wen", 130, lang=True), _text("Belege", 400, lang=True),
        _text("Priorität", 170, lang=True), _text("Empfehlung", 180, lang=True), _text("Stand", 75, lang=True),
    )  # fmt: skip
    zeilen = []
    for b in bilder:
        # A voice that points to somebody, or may not go out, is no evidence outside.
        belege = [beleg.text for beleg in b.belege if not beleg.stimme or beleg.stimme in zeigbar]
        prozent = f" ({format_zahl(100 * b.anteil)} % der Punkte)" if b.anteil is not None else ""
        zeilen.append((
            f"{b.bedarf.schluessel} {b.bedarf.name}", f"{_orte(grundlage, b.bedarf.gebiete)}\n{', '.join(b.bedarf.zielgruppe)}".strip(),
            "\n".join(f"– {t}" for t in belege) or "–", f"{b.prioritaet.value}{prozent}\n" + "\n".join(b.rechnung[:-1]),
            b.bedarf.empfehlung or "–", b.bedarf.stand.value,
        ))  # fmt: skip
    return _blatt(
        "Bedarfe",
        (),
        _tabelle(f"Bedarfe mit Belegen, Zahlen von {grundlage.jahr}", spalten, zeilen),
        punkte=describe_regel(projekt)[1:],
    )


def _build_versorgung(grundlage: Plangrundlage) -> Vergleichsblatt:
    bilder = [v for v in grundlage.versorgung if v.stadt.orte]
    spalten = [
        _text("Sozialraum", 150),
        *(_zahlspalte(v.mass.name, f"je {format_zahl(v.mass.je)}", 96, v.mass.stellen) for v in bilder),
    ]
    je = [{z.gebiet.schluessel: z for z in v.zeilen} for v in bilder]
    orte = [z.gebiet for z in bilder[0].zeilen] if bilder else []
    zeilen = [
        [g.name, *(_zahl(zeile.wert, v.mass.stellen, zeile.zeichen) if (zeile := teil.get(g.schluessel)) else None
                   for v, teil in zip(bilder, je, strict=True))]
        for g in orte
    ]  # fmt: skip
    tafel = build_auffaelligentafel(grundlage.versorgung)
    punkte = tuple(" ".join((f"{z.texte[2]}, {z.detail[0]}", *z.detail[1:])) for z in tafel.zeilen)
    gruppen = ("; ".join(f"{v.mass.name}: {v.mass.einheit}" for v in bilder) + ".",)
    from sozialtool.ausgabe.vergleichsmappe import Vergleichsblatt

    return Vergleichsblatt(
        "Versorgung", tafel.hinweise, _tabelle(f"Versorgung je Zielgruppe, Zahlen von {grundlage.jahr}", spalten, zeilen, gruppen),
        build_entfernungstabellen(bilder), schluss="Lücken und mögliche Doppelungen", punkte=punkte, skala=90,
    )  # fmt: skip


def _build_stimmen(projekt: Projekt, grundlage: Plangrundlage) -> Vergleichsblatt:
    felder = {f.schluessel: f.name for f in projekt.read(Handlungsfeld)}
    spalten = (
        _text("Sozialraum", 150),
        _text("Thema", 190),
        _text("Stimme", 480, lang=True),
        _text("Wer, wo, wann", 260, lang=True),
    )
    folge = {g: nr for nr, g in enumerate(grundlage.gebiete)}
    alle = sorted(list_zeigbare(projekt), key=lambda s: (folge.get(s.gebiet, -1), s.handlungsfeld, s.schluessel))
    zeilen = [
        (
            grundlage.name(s.gebiet),
            felder.get(s.handlungsfeld, ""),
            f"„{s.text}“",
            ", ".join(filter(None, (s.wer, s.art.value, write_tag(s.datum)))),
        )
        for s in alle
    ]
    return _blatt(
        "Stimmen",
        ("Zitiert wird ohne Namen; jede Stimme steht für sich, gezählt wird nicht.",),
        _tabelle("Stimmen aus den Sozialräumen", spalten, zeilen),
    )


def _build_befragungen(projekt: Projekt, grundlage: Plangrundlage) -> Vergleichsblatt:
    spalten = (
        _text("Frage", 300, lang=True), _text("Sozialraum", 150, lang=True), _text("Gruppe", 110, lang=True), _text("Antwort", 150, lang=True), _zahlspalte("Anzahl"),
        _zahlspalte("Antwortende"), _zahlspalte("Anteil", "%", 64, 1), _zahlspalte("von", "%", 64, 1), _zahlspalte("bis", "%", 64, 1),
    )  # fmt: skip
    zeilen: list[Sequence[Zellwert]] = []
    for bild in build_fragenbilder(projekt):
        for g in bild.gruppen:
            kopf = (bild.frage.text, grundlage.name(g.gebiet), g.gruppe)
            if g.geheim:
                zeilen.append((*kopf, "•", *(_zahl(None, 0, Zeichen.GEHEIM) for _ in range(5))))
            zeilen += [
                (
                    *kopf,
                    a.antwort,
                    _zahl(a.anzahl),
                    _zahl(g.basis, 0, Zeichen.UNBEKANNT),
                    *(_zahl(w, 1, Zeichen.SINNLOS) for w in (a.anteil, a.unten, a.oben)),
                )
                for a in g.antworten
            ]
    hinweise = (
        *SCHUTZHINWEISE,
        BASISHINWEIS,
        "Die Spannen sagen, was der Zufall erlaubt; wer nicht geantwortet hat, denkt vielleicht anders.",
    )
    return _blatt("Befragungen", hinweise, _tabelle("Antworten der Befragungen", spalten, zeilen))


def _build_bestand(projekt: Projekt, grundlage: Plangrundlage) -> Vergleichsblatt:
    spalten = (
        _text("Sozialraum", 115, lang=True), _text("Name", 200, lang=True), _text("Art", 140, lang=True), _text("Träger", 165, lang=True), _zahlspalte("Plätze", "", 55),
        _zahlspalte("belegt", "", 55), _text("Finanzierung", 170, lang=True), _text("barrierefrei", 85, lang=True), _text("Überprüfung", 140, lang=True),
    )  # fmt: skip
    folge = {g: nr for nr, g in enumerate(grundlage.gebiete)}
    alle = sorted(projekt.read(Einrichtung), key=lambda e: (folge.get(e.gebiet, -1), e.art, e.name))
    zeilen = [
        (grundlage.name(e.gebiet), e.name, e.art, e.traeger or "–", _zahl(e.plaetze, 0, Zeichen.SINNLOS), _zahl(e.belegt, 0, Zeichen.SINNLOS),
         "; ".join(e.finanzierung) or "–", e.barrierefrei.value, f"{e.urteil.value} ({write_tag(e.geprueft_am)})" if e.geprueft_am else "–")
        for e in alle
    ]  # fmt: skip
    return _blatt("Bestand", (), _tabelle("Einrichtungen, Angebote, Nahversorgung und Haltestellen", spalten, zeilen))
